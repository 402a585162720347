"""Collects the facts of a legal ground for voting again, by TPS and ground.

Whether it comes to that others decide, so nothing but a person ends it. Facts are alerts: what they
rest on is in theirs, with every record that it came from.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

from msgspec.structs import replace

from streams.alerts.case import Case
from streams.domain.alert import Alert, Evidence, Text, Why
from streams.domain.ids import AreaCode, Scope, desa_of, kabupaten_of
from streams.judge.state import PartitionState
from streams.judge.telling import AlertChange, Grounds, Teller
from streams.judge.world import Watched
from streams.rules.area_specs import Fact, Ground
from streams.rules.compiled_areas import DossierRule
from streams.texts.words import number_text

__all__ = ["notice"]

_TPS_LENGTH: Final = 17
_DESA_LENGTH: Final = 13
_EVIDENCE_MAX: Final = 50


def notice(teller: Teller, change: AlertChange) -> None:
    """Take in that an alert has opened, or ended, which may be a fact of some ground."""
    alert = change.after
    if len(alert.place) < _DESA_LENGTH:
        return
    watched = teller.state.world.of(alert.election)
    for rule in watched.rules.areas.dossier:
        for name, ground in rule.grounds.items():
            if any(_speaks_of(fact, alert) for fact in ground.facts):
                for tps in _tps_near(teller.state, watched, alert):
                    _look(teller, rule, (name, ground), tps, change)


def _speaks_of(fact: Fact, alert: Alert) -> bool:
    own = alert.rule == fact.rule and fact.key in {None, alert.key}
    return own or alert.rule in fact.beside


def _tps_near(state: PartitionState, watched: Watched, alert: Alert) -> Iterator[AreaCode]:
    """Yield the TPS that an alert may be a fact of: its own, those of its evidence, its desa's."""
    if len(alert.place) == _TPS_LENGTH:
        yield alert.place
    beside = {one for rule in watched.rules.areas.dossier for one in _beside(rule)}
    if alert.rule in beside:
        near = state.open_alerts(alert.election, kabupaten_of(alert.place))
        places = dict.fromkeys(one.place for one in near if len(one.place) == _TPS_LENGTH)
        yield from (one for one in places if desa_of(one) == desa_of(alert.place))
    elif len(alert.place) == _DESA_LENGTH:
        yield from _of_evidence(state, alert)


def _beside(rule: DossierRule) -> Iterator[str]:
    for ground in rule.grounds.values():
        for fact in ground.facts:
            yield from fact.beside


def _of_evidence(state: PartitionState, alert: Alert) -> tuple[AreaCode, ...]:
    """Return the TPS that the evidence of an alert of a desa names."""
    row = state.score.get((alert.election, alert.rule, alert.scope, alert.key))
    return () if row is None else row.places


def _look(
    teller: Teller, rule: DossierRule, named: tuple[str, Ground], tps: AreaCode, change: AlertChange
) -> None:
    name, ground = named
    election = change.after.election
    case = Case(election, rule.head.rule.id, Scope(tps), name, tps)
    ask = partial(_facts, teller.state, change.after, ground, tps)
    facts = teller.guard(rule.head, case, ask)
    known = teller.state.latest_of(case.identity)
    if facts:
        teller.hold(rule.head, case, _grounds(teller, rule, ground, (known, facts)), change.moment)
    elif facts is not None and known is not None and known.holds and not known.is_open:
        # Decided, and its facts are over: what comes now is another matter, since that word.
        decided_at = known.resolved_at or change.moment.at
        teller.end(case, replace(change.moment, at=decided_at))


def _facts(
    state: PartitionState, changed: Alert, ground: Ground, tps: AreaCode
) -> tuple[Alert, ...]:
    """Return the open alerts that are facts of a ground at a TPS, the oldest first."""
    alerts = state.open_alerts(changed.election, kabupaten_of(tps))
    return tuple(
        one
        for one in alerts
        if one.is_burning
        and _is_about(state, one, tps)
        and any(_matches(fact, one, alerts) for fact in ground.facts)
    )


def _is_about(state: PartitionState, alert: Alert, tps: AreaCode) -> bool:
    return alert.place == tps or (alert.place == desa_of(tps) and tps in _of_evidence(state, alert))


def _matches(fact: Fact, alert: Alert, alerts: list[Alert]) -> bool:
    if alert.rule != fact.rule or fact.key not in {None, alert.key}:
        return False
    near = (one for one in alerts if one.rule in fact.beside and one.is_burning)
    return not fact.beside or any(desa_of(one.place) == desa_of(alert.place) for one in near)


def _grounds(
    teller: Teller,
    rule: DossierRule,
    ground: Ground,
    found: tuple[Alert | None, tuple[Alert, ...]],
) -> Grounds:
    known, facts = found
    watched = teller.state.world.of(facts[0].election)
    earlier = known.evidence if known is not None and known.is_open else ()
    evidence = dict.fromkeys((*earlier, *(e for one in facts for e in one.evidence)))
    told = [one for one in known.why if one.check == "fact"] if known and known.is_open else []
    own = [Why("fact", f"{one.rule} {one.id}") for one in facts]
    days = rule.days.get(watched.plan.election.kind)
    latest = Text(f"H+{days}", f"day {days} after the poll") if days else Text("–", "–")
    return Grounds(
        tps_class=facts[0].tps_class,
        values={
            "ground": Text(ground.id, ground.en),
            "facts": number_text(len(dict.fromkeys((*told, *own)))),
            "latest": latest,
        },
        why=(
            Why("class", facts[0].tps_class.value),
            *dict.fromkeys((*told, *own)),
            *((Why("latest_day", days),) if days else ()),
        ),
        evidence=_newest(tuple(evidence)),
    )


def _newest(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    return tuple(sorted(evidence, key=lambda one: (one.at, one.id))[-_EVIDENCE_MAX:])
