"""Drives the detector `same` over texts: a rumour that people copy, in several desa.

A person answers a rumour; what was said of it until then is forgotten, so that it can be told anew
when it comes back.
"""

from functools import partial
from typing import Final

from msgspec import UnsetType

from streams.alerts.case import Case, Moment
from streams.domain.alert import Evidence, Text, Why
from streams.domain.ids import AreaCode, ElectionId, desa_of, kabupaten_of
from streams.domain.journal import AcceptedReport, AcceptedStatus
from streams.domain.times import MINUTE_MS
from streams.domain.words import VULNERABILITY, TpsClass
from streams.judge.roster import common_area, scope_of
from streams.judge.telling import Grounds, Teller
from streams.judge.triage import count
from streams.judge.weighing import TOO_LITTLE
from streams.judge.world import Watched
from streams.rules.compiled import RumourRule, minutes_text
from streams.rules.detectors import same
from streams.rules.wording import area_text
from streams.texts.words import number_text

__all__ = ["hear", "withdraw"]

_NOTHING_SAID: Final = same.AlikeState()
_SHOWN_MAX: Final = 5
"""Desa named in a text; all are in the evidence."""


def hear(teller: Teller, rule: RumourRule, accepted: AcceptedReport | AcceptedStatus) -> str:
    """Compare a report with the others; return why it must wait for a person, or nothing."""
    if isinstance(accepted, AcceptedStatus) or isinstance(accepted.event.text, UnsetType):
        return TOO_LITTLE
    text = accepted.event.text
    election, kabupaten = accepted.election, kabupaten_of(accepted.place)
    key = (election, rule.head.rule.id, kabupaten)
    before = _without_answered(teller, rule, election, kabupaten)
    said = same.Text(
        at=accepted.at,
        source=accepted.event.source.id,
        id=accepted.event.id,
        desa=desa_of(accepted.place),
        topic=accepted.origin.topic,
        offset=teller.name,
        sketch=same.sketch_of(text),
        tps_class=_class_at(teller, accepted),
    )
    whole = _case(election, rule, kabupaten, ("", kabupaten))
    answer = teller.guard(rule.head, whole, partial(same.hear, before, said, rule.limits))
    if answer is None:
        return "rule"
    after, found = answer
    if after != before:
        teller.state.rumours.put(key, after)
    if found is None:
        return TOO_LITTLE
    texts = tuple(one for one in after.texts if one.claim == found.claim)
    watched = teller.state.world.of(election)
    place = common_area(tuple(one.desa for one in texts))
    case = _case(election, rule, kabupaten, (found.claim, place))
    teller.hold(rule.head, case, _grounds(watched, rule, texts), teller.by_record())
    count(teller, rule.head, case, texts)
    return ""


def withdraw(
    teller: Teller, election: ElectionId, kabupaten: AreaCode, said: tuple[str, str]
) -> None:
    """Forget a text of no rumour that was told yet; one that was is for a person to end."""
    state = teller.state
    for rules in state.world.of(election).rules.rumours.values():
        for rule in rules:
            key = (election, rule.head.rule.id, kabupaten)
            if (row := state.rumours.get(key)) is None:
                continue
            after = same.forget(row, *said)
            if after != row:
                state.rumours.put(key, after)


def _class_at(teller: Teller, accepted: AcceptedReport) -> TpsClass:
    """Return the class of the TPS that a report is about; of none `kurang_rawan`."""
    plan = teller.state.world.of(accepted.election).plan
    tps = plan.tps.get(accepted.place)
    return TpsClass.KURANG_RAWAN if tps is None else tps.tps_class


def _without_answered(
    teller: Teller, rule: RumourRule, election: ElectionId, kabupaten: AreaCode
) -> same.AlikeState:
    """Return what was said, but of claims that a person has answered since."""
    state = teller.state.rumours.get((election, rule.head.rule.id, kabupaten)) or _NOTHING_SAID
    for claim in state.held:
        case = _case(election, rule, kabupaten, (claim, kabupaten))
        alert = teller.state.latest_of(case.identity)
        if alert is not None and alert.resolved_at is not None and not alert.is_open:
            teller.end(case, Moment(alert.resolved_at, teller.now, teller.cause))
            state = same.answer(state, claim)
    return state


def _case(
    election: ElectionId, rule: RumourRule, kabupaten: AreaCode, about: tuple[str, AreaCode]
) -> Case:
    claim, place = about
    return Case(election, rule.head.rule.id, scope_of(kabupaten, "claim", claim), "", place)


def _grounds(watched: Watched, rule: RumourRule, texts: tuple[same.Text, ...]) -> Grounds:
    plan, limits = watched.plan, rule.limits
    desa = sorted({one.desa for one in texts})
    sources = len({one.source for one in texts})
    tps_class = max((one.tps_class for one in texts), key=VULNERABILITY.__getitem__)
    names = ", ".join(plan.name_of(one) for one in desa[:_SHOWN_MAX])
    more = ", …" if len(desa) > _SHOWN_MAX else ""
    return Grounds(
        tps_class=tps_class,
        values={
            "area": area_text(plan, common_area(tuple(desa))),
            "desa_names": Text(names + more, names + more),
            "sources": number_text(sources),
            "desa_count": number_text(len(desa)),
            "window_minutes": minutes_text(limits.window_ms),
        },
        why=(
            Why("class", tps_class.value),
            Why("senders_alike", sources, limits.sources_min),
            Why("desa_alike", len(desa), limits.desa_min),
            Why("window_minutes", limits.window_ms / MINUTE_MS),
        ),
        evidence=tuple(Evidence(i.topic, i.id, i.at, i.source, i.offset) for i in texts),
    )
