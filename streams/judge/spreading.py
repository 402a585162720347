"""Drives the detector `spread`: alerts of one category in several desa become one matter."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from streams.alerts.case import Case
from streams.domain.alert import Alert, AlertState, Text, Why
from streams.domain.ids import AreaCode, ElectionId, Scope, desa_of, kabupaten_of
from streams.domain.words import VULNERABILITY, Severity, TpsClass
from streams.judge import parents
from streams.judge.state import PartitionState
from streams.judge.table import Key
from streams.judge.telling import AlertChange, Grounds, Teller
from streams.rules.compiled_areas import SpreadRule
from streams.rules.detectors import spread

__all__ = ["notice"]

_DESA_LENGTH: Final = 13
_NO_FIRE: Final = spread.SpreadState()
_SHOWN_MAX: Final = 5
"""Desa named in a text."""
_EVIDENCE_MAX: Final = 20
"""Newest evidence of the children that is shown; all is with them."""


def notice(teller: Teller, change: AlertChange) -> None:
    """Ask what has become one matter, after an alert has changed."""
    alert = change.after
    if len(alert.place) < _DESA_LENGTH:
        return
    for rule in teller.state.world.of(alert.election).rules.areas.spread:
        if alert.rule in rule.children:
            _step(teller, rule, change, parents.code_of(alert))


def _step(teller: Teller, rule: SpreadRule, change: AlertChange, code: str) -> None:
    state, alert = teller.state, change.after
    key = (alert.election, rule.head.rule.id, kabupaten_of(alert.place), code)
    burning = tuple(_burning(state, rule, key))
    before = state.spread.get(key) or _NO_FIRE
    if not burning and before == _NO_FIRE:
        return
    children = tuple(
        spread.Child(desa_of(one.place), one.opened_at, one.severity is Severity.CRITICAL)
        for one in burning
    )
    neighbours = state.world.of(alert.election).plan.adjacency
    ask = partial(spread.step, before, children, neighbours, rule.limits)
    answer = teller.guard(rule.head, _case(rule, key, AreaCode(key[2])), ask)
    if answer is None or answer[0] == before:
        return
    after, findings = answer
    state.spread.put(key, after)
    for finding in findings:
        if isinstance(finding, spread.Finished):
            teller.end(_case(rule, key, finding.kecamatan), change.moment)
    for parent in after.parents:
        grounds = _grounds(teller, rule, key, parent, burning)
        teller.hold(rule.head, _case(rule, key, parent.kecamatan), grounds, change.moment)
    known = {desa for parent in before.parents for desa in parent.desa}
    for one in burning:
        # Whom a person has shelved since it was taken in stays shelved.
        if one.state is not AlertState.SHELVED or desa_of(one.place) not in known:
            parents.reconcile(teller, one.id, change.moment)


def _burning(state: PartitionState, rule: SpreadRule, key: Key) -> Iterator[Alert]:
    """Yield the alerts that burn of a category in a kabupaten, the oldest first."""
    election, _, kabupaten, code = key
    for one in state.open_alerts(ElectionId(election), AreaCode(kabupaten)):
        asked = one.rule in rule.children and parents.code_of(one) == code
        if asked and one.is_burning and len(one.place) >= _DESA_LENGTH:
            yield one


def _case(rule: SpreadRule, key: Key, kecamatan: AreaCode) -> Case:
    return Case(ElectionId(key[0]), rule.head.rule.id, Scope(kecamatan), key[3], kecamatan)


def _grounds(
    teller: Teller,
    rule: SpreadRule,
    key: Key,
    parent: spread.Parent,
    burning: tuple[Alert, ...],
) -> Grounds:
    children = [one for one in burning if desa_of(one.place) in parent.desa]
    plan = teller.state.world.of(ElectionId(key[0])).plan
    classes = (one.tps_class for one in children)
    tps_class = max(classes, key=VULNERABILITY.__getitem__, default=TpsClass.KURANG_RAWAN)
    names = ", ".join(plan.name_of(one) for one in parent.desa[:_SHOWN_MAX])
    more = ", …" if len(parent.desa) > _SHOWN_MAX else ""
    count = str(len(parent.desa))
    evidence = sorted((e for one in children for e in one.evidence), key=lambda e: (e.at, e.id))
    return Grounds(
        tps_class=tps_class,
        values={
            "category": rule.names.get(key[3], Text(key[3], key[3])),
            "desa_count": Text(count, count),
            "desa_names": Text(names + more, names + more),
        },
        why=(
            Why("class", tps_class.value),
            Why("desa_burning", len(parent.desa), rule.limits.desa_min),
            Why("children", len(children)),
        ),
        evidence=tuple(evidence[-_EVIDENCE_MAX:]),
        severity=rule.raise_to if parent.raised else rule.head.severity(tps_class),
    )
