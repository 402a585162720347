"""Keeps what officers tell of themselves, and asks the rules about it.

A cry for help ends when the officer checks in with "aman" and a commander has confirmed that it is
the officer: somebody who is forced can press "aman" too. Only what a rule listens to is kept.
"""

from typing import Final

from msgspec.structs import replace

from streams.domain.facts import TpsFacts, add_remark, take_back
from streams.domain.happenings import Happening, Point
from streams.domain.ids import AreaCode, ElectionId, Scope
from streams.domain.journal import AcceptedCommand, AcceptedStatus
from streams.judge.facts import EVERYTHING, point_of
from streams.judge.roster import most_vulnerable, scope_of, tps_of_officer
from streams.judge.standing import Scene, look_at_scene
from streams.judge.telling import Teller
from streams.judge.world import Watched
from streams.rules.views import About

__all__ = ["confirm", "notice"]

_NO_FACTS: Final = TpsFacts()


def notice(teller: Teller, accepted: AcceptedStatus) -> None:
    """Take in a status that an officer sends of himself."""
    event = accepted.event
    if not isinstance(event.officer, str):
        return
    watched = teller.state.world.of(accepted.election)
    point = point_of(accepted, teller.name)
    about = About(None, watched.plan.election)
    listened = any(
        asked.matches(point, about)
        for rule in watched.rules.condition_officer
        for asked in (rule.happens, *rule.ends)
    )
    if not listened and not event.corrects:
        return
    key = (accepted.election, scope_of(accepted.place, "officer", event.officer))
    facts = teller.state.officers.get(key) or _NO_FACTS
    if event.corrects:
        facts = take_back(facts, event.source.id, event.corrects)
    if listened:
        facts = add_remark(_unanswered(teller, watched, key, facts, point), point)
    teller.state.officers.put(key, facts)
    changed = EVERYTHING if event.corrects else frozenset({point.kind})
    _look(teller, watched, accepted, facts, changed)


def _unanswered(
    teller: Teller, watched: Watched, key: tuple[str, str], facts: TpsFacts, point: Point
) -> TpsFacts:
    """Return the facts without the calls that a person has answered, if another one comes.

    Else one of them would hold again when the new one is taken back.
    """
    election, scope = key
    about = About(None, watched.plan.election)
    for rule in watched.rules.condition_officer:
        identity = (ElectionId(election), rule.head.rule.id, Scope(scope), "")
        row, alert = teller.state.condition.get(identity), teller.state.latest_of(identity)
        is_new = row is not None and point.at > row.since and rule.happens.matches(point, about)
        if rule.answered and is_new and alert is not None and alert.resolved_at is not None:
            left = (one for one in facts.remarks if not rule.happens.matches(one, about))
            facts = replace(facts, remarks=tuple(left))
    return facts


def confirm(teller: Teller, accepted: AcceptedCommand) -> bool:
    """Take in that a commander has recognised an officer; tell whether anything waited for it."""
    event = accepted.event
    watched = teller.state.world.of(accepted.election)
    key = (accepted.election, scope_of(accepted.place, "officer", event.officer))
    point = Point(accepted.at, Happening.CONFIRM_IDENTITY, event.id, event.actor.id, teller.name)
    facts = add_remark(teller.state.officers.get(key) or _NO_FACTS, point)
    teller.state.officers.put(key, facts)
    return _look(teller, watched, accepted, facts, frozenset({point.kind}))


def _look(
    teller: Teller,
    watched: Watched,
    accepted: AcceptedStatus | AcceptedCommand,
    facts: TpsFacts,
    changed: frozenset[Happening],
) -> bool:
    plan, event = watched.plan, accepted.event
    officer_id = str(event.officer)
    tps = tps_of_officer(plan, accepted.place, officer_id)
    if not tps and isinstance(event.tps, str):
        # Without a pair the evidence says how vulnerable the place is (contract §1).
        at_tps = plan.tps_or_unknown(AreaCode(event.tps))
        tps = (at_tps,) if at_tps else ()
    scene = Scene(
        election=accepted.election,
        scope=Scope(scope_of(accepted.place, "officer", officer_id)),
        place=accepted.place,
        tps_class=most_vulnerable(tps),
        tps=None,
        points=facts.happenings,
    )
    return look_at_scene(teller, watched.rules.condition_officer, scene, changed)
