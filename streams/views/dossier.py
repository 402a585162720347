"""The file of facts for voting again at a TPS (PSU), in its parts, as X06 has collected it.

Whether it comes to that others decide: the view says what is there, until when something can be
done, and what somebody who has to decide will ask for next.
"""

from typing import Final

from msgspec import Struct

from streams.domain.alert import Alert, AlertState, Evidence, Text
from streams.domain.ids import AlertId, AreaCode
from streams.domain.times import DAY_MS, EpochMs
from streams.judge.state import PartitionState
from streams.territory.zone import offset_minutes
from streams.views.asked import Asked, alerts_of, may_see

__all__ = ["Dossier", "DossierFact", "dossiers_of"]

_FACT: Final = "fact"
_TWO: Final = 2
_ONE_SOURCE: Final = Text("sumber kedua", "a second source")
_NOBODY_LOOKS: Final = Text(
    "petugas yang mengambil dan mengecek", "somebody who has taken it and looked"
)
_NO_CLOCK: Final = Text(
    "batas waktu menurut aturan pemilihan ini", "the time limit by the law of this election"
)
_UNDECIDED: Final = Text(
    "keputusan yang berwenang dan nomornya", "the decision of who is competent, and its number"
)


class DossierFact(Struct, frozen=True):
    """An alert that is a fact of the ground."""

    alert: AlertId
    rule: str
    title: Text
    at: EpochMs
    """When it opened."""
    state: AlertState
    evidence: tuple[Evidence, ...]


class Dossier(Struct, frozen=True, kw_only=True):
    """The facts that match one ground at one TPS."""

    alert: Alert
    tps: AreaCode
    ground: Text
    facts: tuple[DossierFact, ...]
    """In order of time."""
    sources: int
    """How many different senders its evidence has."""
    latest_day: int | None
    """Days after the poll by which a second one must be held; None: not known for this kind."""
    latest_at: EpochMs | None
    """The end of that day."""
    missing: tuple[Text, ...]


def dossiers_of(state: PartitionState, asked: Asked) -> tuple[Dossier, ...]:
    """Return the open dossiers of an area that may be seen, the oldest first."""
    rules = {one.head.rule.id: one for one in state.world.of(asked.election).rules.areas.dossier}
    found: list[Dossier] = []
    for alert in alerts_of(state, asked):
        rule = rules.get(alert.rule)
        if rule is None or not alert.is_open or alert.key not in rule.grounds:
            continue
        ground = rule.grounds[alert.key]
        days = rule.days.get(state.world.of(asked.election).plan.election.kind)
        found.append(_dossier(state, asked, alert, (Text(ground.id, ground.en), days)))
    return tuple(found)


def _dossier(
    state: PartitionState, asked: Asked, alert: Alert, law: tuple[Text, int | None]
) -> Dossier:
    ground, days = law
    facts = tuple(sorted(_facts(state, asked, alert), key=lambda one: (one.at, one.alert)))
    sources = len({one.source for one in alert.evidence if one.source})
    return Dossier(
        alert=alert,
        tps=alert.place,
        ground=ground,
        facts=facts,
        sources=sources,
        latest_day=days,
        latest_at=None if days is None else _end_of_day(state, asked, alert.place, days),
        missing=(
            *((_ONE_SOURCE,) if sources < _TWO else ()),
            *((_NOBODY_LOOKS,) if alert.acknowledged_at is None else ()),
            *((_NO_CLOCK,) if days is None else ()),
            _UNDECIDED,
        ),
    )


def _facts(state: PartitionState, asked: Asked, alert: Alert) -> list[DossierFact]:
    """Return the alerts that the why of a dossier names, as far as they may be seen."""
    named = [str(why.value).partition(" ")[2] for why in alert.why if why.check == _FACT]
    found = (state.alert(one) for one in named)
    return [
        DossierFact(one.id, one.rule, one.title, one.opened_at, one.state, one.evidence)
        for one in found
        if one is not None and may_see(one, asked.role)
    ]


def _end_of_day(state: PartitionState, asked: Asked, place: AreaCode, days: int) -> EpochMs:
    election = state.world.of(asked.election).plan.election
    return EpochMs(election.day_start_at(offset_minutes(place)) + (days + 1) * DAY_MS)
