"""Notices a level that was called while none of its contacts was on duty there.

Somebody above it was told instead, or nobody at all: those who keep the list must know. A level
that has no contact in the whole kabupaten is none of this: that was known before the day, and said
at the beginning of its log (`beginning`).
"""

from streams.alerts.book import due_at
from streams.alerts.case import Case, Moment
from streams.domain.alert import Alert, Evidence, Text, Why
from streams.domain.ids import kabupaten_of
from streams.domain.notice import Post
from streams.domain.words import TpsClass
from streams.judge.reaching import Reached
from streams.judge.roster import scope_of
from streams.judge.telling import Grounds, Teller
from streams.rules.head import RuleHead
from streams.texts.words import number_text

__all__ = ["hold_anew", "note_call"]

_CONTACTS = "contacts"
_CLASS = TpsClass.KURANG_RAWAN
"""It watches no TPS, and has none in its evidence (contract §1)."""


def note_call(teller: Teller, alert: Alert, post: Post, reached: Reached) -> None:
    """Take in who was told for a level of an alert's ladder."""
    watched = teller.state.world.of(alert.election)
    kabupaten = kabupaten_of(alert.place)
    if not watched.directory.is_staffed(post, kabupaten):
        return
    for rule in watched.rules.areas.unassigned:
        scope = scope_of(kabupaten, "pipeline", _CONTACTS)
        key = f"{post.ladder}/{post.level}"
        case = Case(alert.election, rule.head.rule.id, scope, key, kabupaten)
        if reached.contacts and not reached.instead_of:
            teller.end(case, _moment(teller, alert))
        else:
            moment = _moment(teller, alert)
            hold_anew(teller, rule.head, case, _grounds(alert, post, reached), moment)


def hold_anew(teller: Teller, head: RuleHead, case: Case, grounds: Grounds, moment: Moment) -> None:
    """Tell what is wrong with the list of contacts, unless it is told already."""
    known = teller.state.latest_of(case.identity)
    if known is not None and known.is_open and known.holds:
        return
    if known is not None and known.holds and known.resolved_at is not None:
        # A person has seen to it, and it is so again.
        teller.end(case, Moment(known.resolved_at, teller.now, teller.cause))
    teller.hold(head, case, grounds, moment)


def _moment(teller: Teller, alert: Alert) -> Moment:
    """Return the moment of the call: that of the line that asks for it."""
    if teller.accepted is not None:
        return teller.by_record()
    return due_at(alert.updated_at, teller.now)


def _grounds(alert: Alert, post: Post, reached: Reached) -> Grounds:
    level = f"{post.ladder}/{post.level}"
    told = f"{reached.post.ladder}/{reached.post.level}" if reached.contacts else ""
    return Grounds(
        tps_class=_CLASS,
        values={
            "ladder": Text(post.ladder, post.ladder),
            "level": Text(post.level, post.level),
            "instead": Text(told or "tidak ada", told or "nobody"),
        },
        why=(
            Why("class", _CLASS.value),
            # Who keeps the list may see this, and not what is restricted.
            Why("called", level if alert.restricted_to else f"{level} {alert.id}"),
            Why("on_duty_there", number_text(0).id, holds=False),
            Why("told_instead", told or "–", holds=bool(told)),
        ),
        evidence=tuple[Evidence, ...](),
    )
