"""How an area stands: its TPS by stage, its open alerts, colours, counts, boxes and reports.

Of counts it says how many TPS are in and never for whom: who leads is for KPU to tell.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from streams.domain.alert import Alert, AlertState
from streams.domain.facts import Stage, TpsFacts, stage_of
from streams.domain.forms import form_that_stands
from streams.domain.ids import AreaCode, Scope, kabupaten_of
from streams.domain.times import HOUR_MS, EpochMs
from streams.domain.words import SEVERITIES, Severity, SituationColour
from streams.judge.health import PIPELINE
from streams.judge.state import PartitionState
from streams.judge.world import Watched
from streams.rules.specs import Listens
from streams.territory.plan import Tps
from streams.views.asked import Asked, alerts_of, kecamatan_of_area, tps_of_area
from streams.views.chronicle import Chronicle, Reports
from streams.views.custody import CustodyCounts, custody_of
from streams.views.strength import PolsekStrength, strength_of

__all__ = [
    "AreaColour",
    "CountProgress",
    "OpenAlerts",
    "Situation",
    "Stations",
    "Trust",
    "situation_of",
]

_LATELY_MS: Final = HOUR_MS
_NO_FACTS: Final = TpsFacts()
_KABUPATEN_LENGTH: Final = 5


class Stations(Struct, frozen=True):
    """The TPS of an area."""

    total: int
    by_stage: tuple[tuple[Stage, int], ...]
    """Every stage, in the order of the day."""
    never_heard: int
    silent: int
    """Of which an alert says that they have been quiet for too long."""
    last_heard_at: EpochMs | None
    """When the newest message of any of them was sent."""


class OpenAlerts(Struct, frozen=True):
    """The open alerts of an area that may be seen."""

    alerts: tuple[Alert, ...]
    """The gravest first, of these the oldest."""
    by_severity: tuple[tuple[Severity, int], ...]
    """Every severity, the gravest first."""
    by_state: tuple[tuple[AlertState, int], ...]
    by_level: tuple[tuple[str, int], ...]
    """Those that nobody has taken, by the level that was told."""
    overdue: int
    """Nobody has taken them, and the time for it has run out at the level that was told last."""
    oldest_unacknowledged: Alert | None


class AreaColour(Struct, frozen=True):
    """How tense an area is."""

    area: AreaCode
    colour: SituationColour


class CountProgress(Struct, frozen=True):
    """How far a contest is counted."""

    contest: str
    tps_all: int
    tps_in: int
    """TPS of which there is any form."""
    tps_final: int


class Trust(Struct, frozen=True):
    """How far what is shown may be believed."""

    heard_at: EpochMs
    """Everything that was sent before this has been judged."""
    blind: tuple[Alert, ...]
    """Open alerts about Siaga itself."""


class Situation(Struct, frozen=True, kw_only=True):
    """How an area stands at a moment."""

    stations: Stations
    alerts: OpenAlerts
    colours: tuple[AreaColour, ...]
    """Of the kabupaten, then of their kecamatan; only of areas that lie in what was asked for, or
    of the kecamatan that it lies in."""
    counts: tuple[CountProgress, ...]
    custody: CustodyCounts
    strength: tuple[PolsekStrength, ...]
    reports: Reports
    trust: Trust


def situation_of(state: PartitionState, chronicle: Chronicle, asked: Asked) -> Situation:
    """Return how an area stands."""
    watched = state.world.of(asked.election)
    alerts = alerts_of(state, asked)
    stations = tuple(tps_of_area(watched.plan, asked))
    return Situation(
        stations=_stations(state, asked, stations, alerts),
        alerts=open_alerts(alerts, asked.now),
        colours=_colours(state, watched, asked),
        counts=_counts(state, watched, asked, stations),
        custody=custody_of(state, asked).counts,
        strength=strength_of(state, asked),
        reports=chronicle.reports(asked, _LATELY_MS),
        trust=trust_of(state, alerts),
    )


def trust_of(state: PartitionState, alerts: Iterable[Alert]) -> Trust:
    """Return how far what is shown may be believed."""
    blind = tuple(one for one in alerts if one.is_open and one.scope.startswith(PIPELINE))
    return Trust(state.clocks.heard, blind)


def open_alerts(alerts: Iterable[Alert], now: EpochMs) -> OpenAlerts:
    """Return the open ones of some alerts, and what there is to say of them together."""
    found = [one for one in alerts if one.is_open]
    asking = [one for one in found if one.state is AlertState.UNACKNOWLEDGED]
    severities, states = Counter(one.severity for one in found), Counter(one.state for one in found)
    levels = Counter(one.level for one in asking)
    return OpenAlerts(
        alerts=tuple(sorted(found, key=_gravest)),
        by_severity=tuple((one, severities[one]) for one in reversed(SEVERITIES)),
        by_state=tuple((one, states[one]) for one in AlertState if states[one]),
        by_level=tuple(sorted(levels.items())),
        overdue=sum(_is_overdue(one, now) for one in asking),
        oldest_unacknowledged=min(asking, key=lambda one: (one.opened_at, one.id), default=None),
    )


def _gravest(alert: Alert) -> tuple[int, EpochMs, str]:
    return -SEVERITIES.index(alert.severity), alert.opened_at, alert.id


def _is_overdue(alert: Alert, now: EpochMs) -> bool:
    """Tell whether the top of a ladder has been told, or a level that should have been is not."""
    if alert.severity is Severity.LOW:
        return False
    return alert.due_at is None or alert.due_at < now


def _stations(
    state: PartitionState, asked: Asked, stations: tuple[Tps, ...], alerts: Iterable[Alert]
) -> Stations:
    facts = [state.facts.get((asked.election, tps.code)) or _NO_FACTS for tps in stations]
    stages = Counter(map(stage_of, facts))
    heard = [one.islands[-1][1] for one in facts if one.islands]
    rules = state.world.of(asked.election).rules.overdue_tps
    listening = {rule.head.rule.id for rule in rules if rule.messages is Listens.ANY}
    quiet = {one.scope for one in alerts if one.is_open and one.holds and one.rule in listening}
    return Stations(
        total=len(stations),
        by_stage=tuple((stage, stages[stage]) for stage in Stage),
        never_heard=len(stations) - len(heard),
        silent=sum(Scope(tps.code) in quiet for tps in stations),
        last_heard_at=max(heard, default=None),
    )


def _colours(state: PartitionState, watched: Watched, asked: Asked) -> tuple[AreaColour, ...]:
    kecamatan = kecamatan_of_area(watched.plan, asked)
    kabupaten = sorted({kabupaten_of(code) for code in kecamatan})
    shown = kabupaten if len(asked.area) <= _KABUPATEN_LENGTH else []
    rules = watched.rules.areas.situation
    found: list[AreaColour] = []
    for code in (*shown, *kecamatan):
        rows = (state.situations.get((asked.election, one.head.rule.id, code)) for one in rules)
        colours = [row.colour for row in rows if row is not None]
        found.append(AreaColour(code, max(colours, key=_tense, default=SituationColour.HIJAU)))
    return tuple(found)


def _tense(colour: SituationColour) -> int:
    return list(SituationColour).index(colour)


def _counts(
    state: PartitionState, watched: Watched, asked: Asked, stations: tuple[Tps, ...]
) -> tuple[CountProgress, ...]:
    found: list[CountProgress] = []
    for contest in watched.plan.election.contests:
        own = [tps for tps in stations if contest in watched.plan.election.contests_of(tps.code)]
        if not own:
            continue
        ledgers = (state.ledgers.get((asked.election, tps.code, contest.id)) for tps in own)
        forms = [form for one in ledgers if one and (form := form_that_stands(one)) is not None]
        final = sum(form.is_final for form in forms)
        found.append(CountProgress(contest.id, len(own), len(forms), final))
    return tuple(found)
