"""Drives the detector `situation`: the colours of kecamatan and kabupaten, and orders about them.

What only some may know raises no colour that all can see, and what is wrong with the pipeline says
nothing about the villages.
"""

from functools import partial
from typing import Final

from msgspec import Struct

from streams.alerts.case import Case, Moment
from streams.domain.alert import Ladder, Why
from streams.domain.ids import AreaCode, ElectionId, Scope, kabupaten_of, kecamatan_of
from streams.domain.journal import AcceptedCommand
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import VULNERABILITY, Severity, SituationColour, TpsClass
from streams.judge.table import Key
from streams.judge.telling import AlertChange, Grounds, Teller
from streams.rules.compiled_areas import SituationRule
from streams.rules.detectors import situation
from streams.texts.words import colour_text, number_text

__all__ = ["notice", "order"]

_AREA_LENGTHS: Final = (5, 8)
_CALM: Final = situation.SituationState()
_GRAVE: Final = frozenset({Severity.HIGH, Severity.CRITICAL})
_EVIDENCE_MAX: Final = 20
"""Newest evidence that is shown; all is with the alerts that are counted."""


class _Area(Struct, frozen=True):
    """An area whose colour a rule watches."""

    rule: SituationRule
    election: ElectionId
    code: AreaCode

    @property
    def key(self) -> Key:
        """Of what is remembered of it."""
        return self.election, self.rule.head.rule.id, self.code

    @property
    def case(self) -> Case:
        """What its alert is about."""
        return Case(self.election, self.rule.head.rule.id, Scope(self.code), "", self.code)


def notice(teller: Teller, change: AlertChange) -> None:
    """Ask for the colours of the areas of an alert that has changed."""
    alert = change.after
    areas = teller.state.world.of(alert.election).rules.areas
    if alert.restricted_to or alert.ladder is Ladder.SYS or alert.rule in areas.retold:
        return
    for rule in areas.situation:
        for code in dict.fromkeys((kecamatan_of(alert.place), kabupaten_of(alert.place))):
            _look(teller, _Area(rule, alert.election, code), change)


def _look(teller: Teller, area: _Area, change: AlertChange) -> None:
    alert = change.after
    before = teller.state.situations.get(area.key) or _CALM
    known = next((one for one in before.marks if one.alert == alert.id), None)
    marked = situation.mark(before, alert.id, _mark(change, known), change.moment.at)
    if marked == before:
        return
    ask = partial(situation.colour_of, marked, area.rule.limits)
    colour = teller.guard(area.rule.head, area.case, ask)
    if colour is not None:
        _put(teller, area, situation.raise_to(marked, colour), change.moment)


def _mark(change: AlertChange, known: situation.Mark | None) -> situation.Mark | None:
    """Return how an alert counts now: since when it is as grave as it is."""
    alert = change.after
    if not alert.is_burning or alert.severity not in _GRAVE:
        return None
    critical = alert.severity is Severity.CRITICAL
    same = known is not None and known.critical == critical
    at = known.at if known is not None and same else change.moment.at
    return situation.Mark(at, alert.id, critical)


def _put(
    teller: Teller,
    area: _Area,
    after: situation.SituationState,
    moment: Moment,
    ordered: str = "",
) -> None:
    """Keep how an area stands, and tell its colour if that is another now."""
    before = teller.state.situations.get(area.key) or _CALM
    teller.state.situations.put(area.key, after)
    if after.colour is before.colour:
        return
    if after.colour is SituationColour.HIJAU:
        teller.end(area.case, moment)
    else:
        teller.hold(area.rule.head, area.case, _grounds(teller, area, after, ordered), moment)


def order(teller: Teller, accepted: AcceptedCommand) -> str:
    """Carry out a commander's order about a colour; return why it can't be, or nothing."""
    command = accepted.event
    code, asked = command.area, command.situation
    if not isinstance(code, str) or not isinstance(asked, SituationColour):
        return "set_situation needs `area` and `situation`"
    if len(code) not in _AREA_LENGTHS:
        return f"set_situation is for a kecamatan or kabupaten; found {code}"
    rules = teller.state.world.of(accepted.election).rules.areas.situation
    if not rules:
        return "no rule of this pack is about the colour of an area"
    area, moment = _Area(rules[0], accepted.election, AreaCode(code)), teller.by_record()
    before = teller.state.situations.get(area.key) or _CALM
    if situation.rank(asked) > situation.rank(before.colour):
        _put(teller, area, situation.raise_to(before, asked), moment, teller.cause)
    elif refused := _refused(area, before, asked, moment.at):
        return refused
    else:
        _put(teller, area, situation.lower(before, moment.at), moment, teller.cause)
    return ""


def _refused(
    area: _Area, before: situation.SituationState, asked: SituationColour, at: EpochMs
) -> str:
    """Return why the colour of an area cannot go down; empty: it can."""
    steps = situation.rank(before.colour) - situation.rank(asked)
    if steps == 0:
        return f"the situation of {area.code} is {asked} already"
    if steps > 1:
        return f"from {before.colour} the situation goes down by one colour an order"
    calm_ms, wanted_ms = situation.calm_for(before, at), area.rule.calm_ms
    if calm_ms is not None and calm_ms >= wanted_ms:
        return ""
    calm = "not calm yet" if calm_ms is None else f"calm for {calm_ms // MINUTE_MS} minutes"
    return f"{area.code} is {calm}; it goes down after {wanted_ms // MINUTE_MS} calm minutes"


def _grounds(teller: Teller, area: _Area, state: situation.SituationState, ordered: str) -> Grounds:
    rule = area.rule
    found = (teller.state.alert(one.alert) for one in state.marks)
    alerts = [one for one in found if one is not None]
    classes = (one.tps_class for one in alerts)
    tps_class = max(classes, key=VULNERABILITY.__getitem__, default=TpsClass.KURANG_RAWAN)
    critical = sum(one.critical for one in state.marks)
    high = situation.most_high(state, rule.limits)
    evidence = sorted((e for one in alerts for e in one.evidence), key=lambda e: (e.at, e.id))
    merah = state.colour is SituationColour.MERAH
    return Grounds(
        tps_class=tps_class,
        values={
            "colour": colour_text(state.colour),
            "critical": number_text(critical),
            "high": number_text(high),
        },
        why=(
            Why("class", tps_class.value),
            Why("critical_open", critical, rule.limits.merah_critical),
            Why("high_open", high, rule.limits.kuning_high),
            *((Why("ordered", ordered),) if ordered else ()),
        ),
        evidence=tuple(evidence[-_EVIDENCE_MAX:]),
        severity=rule.raise_to if merah else rule.head.severity(tps_class),
    )
