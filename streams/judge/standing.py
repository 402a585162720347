"""Drives the detector `condition` over the facts of a TPS, a box, an officer.

What holds is a function of what happened, so after every change of the facts it is asked anew, and
told where that is something else than was told before.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Final

from msgspec import UNSET, Struct
from msgspec.structs import replace

from streams.alerts.case import Case, Moment
from streams.domain.alert import Evidence, Text, Why
from streams.domain.boxes import OF_BOXES, last_departure
from streams.domain.facts import TpsFacts
from streams.domain.happenings import Happening, Point
from streams.domain.ids import AreaCode, ElectionId, Scope
from streams.domain.words import TPS_CLASSES, TpsClass
from streams.judge.custody import boxes_known
from streams.judge.facts import Noted
from streams.judge.roster import scope_of
from streams.judge.telling import Grounds, Teller
from streams.judge.world import Watched
from streams.rules.compiled import ConditionRule
from streams.rules.detectors import condition
from streams.rules.matching import Matcher
from streams.rules.specs import Needed
from streams.rules.views import About
from streams.rules.wording import area_text, clock_text, contest_text, local_times
from streams.territory.plan import Plan, Tps

__all__ = ["Scene", "look_at_scene", "look_at_tps"]

_NO_FACTS: Final = TpsFacts()
_STATUS_TOPIC: Final = "tps.status"


class Scene(Struct, frozen=True, gc=False, kw_only=True):
    """Where something happened, with all that happened there."""

    election: ElectionId
    scope: Scope
    place: AreaCode
    tps_class: TpsClass
    tps: Tps | None
    points: tuple[Point, ...]
    before: tuple[Point, ...] = ()
    """What had happened there by what was known until now, where something was taken back."""


def look_at_tps(teller: Teller, watched: Watched, tps: Tps, noted: Noted) -> None:
    """Ask the rules of a TPS and its boxes, after something has changed."""
    assert teller.accepted is not None, "only a message changes the facts"
    rules, election = watched.rules, teller.accepted.election
    of_tps = [rule for rule in rules.condition_tps if rule.kinds & noted.changed]
    of_boxes = [rule for rule in rules.condition_box if rule.kinds & noted.changed]
    if not of_tps and not of_boxes:
        return
    facts = teller.state.facts.get((election, tps.code)) or _NO_FACTS
    scene = Scene(
        election=election,
        scope=Scope(tps.code),
        place=tps.code,
        tps_class=tps.tps_class,
        tps=tps,
        points=facts.happenings,
        before=noted.before.happenings,
    )
    look_at_scene(teller, of_tps, scene, noted.changed)
    for box in _boxes(watched.plan, scene, tps) if of_boxes else ():
        look_at_scene(teller, of_boxes, box, noted.changed)


def look_at_scene(
    teller: Teller, rules: Iterable[ConditionRule], scene: Scene, changed: frozenset[Happening]
) -> bool:
    """Ask the rules of one event about a scene; return whether anything of them held before."""
    held = False
    for rule in rules:
        if not rule.kinds & changed:
            continue
        for key, points in _by_key(teller, rule, scene):
            held = _look(teller, rule, scene, (key, points)) or held
    return held


def _boxes(plan: Plan, scene: Scene, tps: Tps) -> Iterator[Scene]:
    for box, points in boxes_known(plan, tps, scene.points, scene.before).items():
        yield Scene(
            election=scene.election,
            scope=scope_of(tps.code, "box", box),
            place=tps.code,
            tps_class=tps.tps_class,
            tps=tps,
            points=points,
        )


def _by_key(
    teller: Teller, rule: ConditionRule, scene: Scene
) -> Iterator[tuple[str, tuple[Point, ...]]]:
    """Yield what happened by the keys of the alerts that it can be about."""
    if not rule.by_contest:
        yield "", scene.points
        return
    plan = teller.state.world.of(scene.election).plan
    own = [point for point in scene.points if point.kind in rule.kinds]
    gone = (point for point in scene.before if point.kind in rule.kinds)
    keys = dict.fromkeys(_contest_of(plan, scene, point) for point in (*gone, *own))
    for key in keys:
        yield key, tuple(point for point in own if _contest_of(plan, scene, point) == key)


def _contest_of(plan: Plan, scene: Scene, point: Point) -> str:
    """Return the contest that is named, else the only one of that TPS, else nothing."""
    contests = plan.election.contests_of(scene.place)
    only = contests[0].id if len(contests) == 1 else ""
    return point.said.contest or only


def _look(
    teller: Teller, rule: ConditionRule, scene: Scene, keyed: tuple[str, tuple[Point, ...]]
) -> bool:
    key, points = keyed
    case = Case(scene.election, rule.head.rule.id, scene.scope, key, scene.place)
    before = teller.state.condition.get(case.identity)
    answer = teller.guard(rule.head, case, partial(_verdict, teller, rule, scene, points))
    if answer is None:
        return before is not None
    event, severe = answer
    after = None if event is None else condition.state_of(event, severe=severe)
    if after == before:
        return before is not None
    if event is None or after is None:
        teller.state.condition.delete(case.identity)
        teller.end(case, teller.by_record())
        return True
    teller.state.condition.put(case.identity, after)
    if rule.answered and (before is None or after.since > before.since):
        _answered(teller, case)
    _hold(teller, rule, scene, case, event)
    return before is not None


def _verdict(
    teller: Teller, rule: ConditionRule, scene: Scene, points: tuple[Point, ...]
) -> tuple[Point | None, bool]:
    """Return the event that holds, if any, and whether with the higher severity."""
    about = partial(_about, teller.state.world.of(scene.election).plan, scene)
    event = condition.holding_event(
        points,
        lambda point: rule.happens.matches(point, about(point)),
        tuple(partial(_matches, end, about) for end in rule.ends),
        needs_all=rule.needed is Needed.ALL,
    )
    return event, event is not None and rule.severe.matches(event, about(event))


def _matches(matcher: Matcher, about: Callable[[Point], About], point: Point) -> bool:
    return matcher.matches(point, about(point))


def _about(plan: Plan, scene: Scene, point: Point) -> About:
    departed = last_departure(scene.points, point) if point.kind in OF_BOXES else None
    return About(scene.tps, plan.election, departed)


def _hold(teller: Teller, rule: ConditionRule, scene: Scene, case: Case, event: Point) -> None:
    """Tell that an event holds: as a new alert, as evidence of an open one, and how severe."""
    state = teller.state.condition.get(case.identity)
    assert state is not None, "what holds has been kept"
    plan = teller.state.world.of(scene.election).plan
    place = TPS_CLASSES.index(scene.tps_class)
    severe = state.severe and rule.raise_to
    grounds = Grounds(
        tps_class=scene.tps_class,
        values=_values(plan, scene, event, case.key),
        why=_why(plan, rule, scene, event),
        evidence=(Evidence(_STATUS_TOPIC, event.id, event.at, event.source, event.offset),),
        severity=rule.raise_to[place] if severe else rule.head.severity(scene.tps_class),
    )
    teller.hold(rule.head, case, grounds, teller.by_record())


def _why(plan: Plan, rule: ConditionRule, scene: Scene, event: Point) -> tuple[Why, ...]:
    about = _about(plan, scene, event)
    asked = (*rule.happens.why(event, about), *rule.severe.why(event, about))
    offset = plan.offset_minutes(scene.place)
    return (
        Why("class", scene.tps_class.value),
        Why("status", event.kind.value),
        *(replace(one, value=local_times(str(one.value), offset)) for one in asked),
    )


def _values(plan: Plan, scene: Scene, event: Point, key: str) -> dict[str, Text]:
    """Return what the texts of a rule may name of an event."""
    said = event.said
    departed = last_departure(scene.points, event)
    expected = "" if scene.tps is None else plan.election.ballots_due(scene.tps.dpt)
    texts = {
        "at": clock_text(event.at, plan.offset_minutes(scene.place)),
        "ballots": "" if said.ballots is UNSET else said.ballots,
        "queue": "" if said.queue is UNSET else said.queue,
        "voters": "" if said.voters is UNSET else said.voters,
        "dpt": "" if scene.tps is None else scene.tps.dpt,
        "expected": expected,
        "contest": contest_text(plan, key or said.contest),
        "box": said.box,
        "seal": said.seal,
        "departed_box": departed.said.box if departed else "",
        "departed_seal": departed.said.seal if departed else "",
    }
    told = {name: Text(str(text) or "–", str(text) or "–") for name, text in texts.items()}
    return {**told, "area": area_text(plan, scene.place)}


def _answered(teller: Teller, case: Case) -> None:
    """A call that a person has resolved was answered then: the next one is a new one."""
    alert = teller.state.latest_of(case.identity)
    if alert is not None and alert.resolved_at is not None:
        teller.end(case, Moment(alert.resolved_at, teller.now, teller.cause))
