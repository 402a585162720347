"""Drives the detector `same` over photos of forms: one photo for two TPS of a kabupaten.

Who bears a photo are the forms that no other of their side corrects. So a correction withdraws it,
whichever of the two comes first.
"""

from collections.abc import Iterator
from typing import Final

from streams.alerts.case import Case
from streams.domain.alert import Evidence, Text, Why
from streams.domain.forms import Form, Ledger, kept, sides_of
from streams.domain.ids import AreaCode, ElectionId
from streams.judge.roster import common_area, most_vulnerable, scope_of
from streams.judge.standing_forms import Moved
from streams.judge.telling import Grounds, Teller
from streams.judge.world import Watched
from streams.rules.compiled_counts import ImageRule
from streams.rules.detectors import same
from streams.rules.wording import area_text

__all__ = ["notice"]

_TOPIC: Final = "vote.counts"
_NOWHERE: Final = same.SameState()
_SHOWN_MAX: Final = 6
"""TPS named in a text; all are in the evidence."""


def notice(teller: Teller, watched: Watched, moved: Moved) -> None:
    """Take in which photos a TPS bears now, and which no more."""
    if not watched.rules.counts.images:
        return
    old, new = set(_bearing(moved.before)), set(_bearing(moved.ledger))
    still_there = set(moved.ledger.forms)
    # A correction may bear the same photo: it is not over and begun again by that.
    for form in sorted(new - old, key=_order):
        _changed(teller, watched, moved, form, borne=True)
    for form in sorted(old - new, key=_order):
        # What only had to make room has not been withdrawn.
        if form in still_there:
            _changed(teller, watched, moved, form, borne=False)


def _bearing(ledger: Ledger) -> Iterator[Form]:
    return (form for forms in sides_of(ledger) for form in kept(forms) if form.image)


def _order(form: Form) -> tuple[int, str, str]:
    return form.at, form.id, form.source


def _changed(teller: Teller, watched: Watched, moved: Moved, form: Form, *, borne: bool) -> None:
    assert teller.accepted is not None, "a count has come"
    election, code = teller.accepted.election, moved.tps.code
    key = (election, scope_of(code, "image", form.image))
    before = teller.state.images.get(key) or _NOWHERE
    if borne:
        bearer = same.Bearer(code, form.at, form.source, form.id, _TOPIC, form.offset)
        after, _ = same.bear(before, bearer)
    else:
        after, _ = same.withdraw(before, form.source, form.id)
    teller.state.images.put(key, after)
    for rule in watched.rules.counts.images:
        _tell(teller, watched, rule, (election, before, after), form.image)


def _tell(
    teller: Teller,
    watched: Watched,
    rule: ImageRule,
    states: tuple[ElectionId, same.SameState, same.SameState],
    image: str,
) -> None:
    election, before, after = states
    codes = tuple(dict.fromkeys(one.place for one in (after.bearers or before.bearers)))
    place = common_area(codes)
    case = Case(election, rule.head.rule.id, scope_of(codes[0], "image", image), "", place)
    if same.is_shared(after):
        teller.hold(rule.head, case, _grounds(watched, after, codes), teller.by_record())
    elif same.is_shared(before):
        teller.end(case, teller.by_record())


def _grounds(watched: Watched, state: same.SameState, codes: tuple[AreaCode, ...]) -> Grounds:
    plan = watched.plan
    known = (plan.tps_or_unknown(code) for code in codes)
    tps_class = most_vulnerable(tuple(tps for tps in known if tps is not None))
    shown = [area_text(plan, code) for code in sorted(codes)[:_SHOWN_MAX]]
    more = f", … ({len(codes)})" if len(codes) > _SHOWN_MAX else ""
    return Grounds(
        tps_class=tps_class,
        values={
            "tps_names": Text(
                ", ".join(one.id for one in shown) + more, ", ".join(one.en for one in shown) + more
            ),
            "tps_count": Text(str(len(codes)), str(len(codes))),
        },
        why=(Why("class", tps_class.value), Why("tps_with_image", len(codes), 1, holds=False)),
        evidence=tuple(
            Evidence(one.topic, one.id, one.at, one.source, one.offset) for one in state.bearers
        ),
    )
