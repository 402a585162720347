"""Expressions of rules over happenings: which names they see, and what decides them."""

import pytest

from streams.domain.alert import Why
from streams.domain.happenings import Happening, Point, Said
from streams.domain.words import Role
from streams.rules.expression.condition import Environment
from streams.rules.expression.faults import ExpressionError
from streams.rules.specs import ConditionScope
from streams.rules.views import About
from streams.rules.wheres import (
    BOX_NAMES,
    OFFICER_NAMES,
    TPS_NAMES,
    compile_where,
    names_of,
)
from tests.support.world import KR, local, plan

TPS = About(plan().tps[KR], plan().election)
OFFICER = About(None, plan().election)


def point(said: Said, clock: str = "12:00", kind: Happening = Happening.HEARTBEAT) -> Point:
    """Return a word of a TPS."""
    return Point(local(clock), kind, "a", "kpps-1", "0:1", Role.KPPS, said)


def holds(text: str, said: Said, about: About = TPS, names: Environment = BOX_NAMES) -> bool:
    """Tell whether an expression is true of a word at noon."""
    return compile_where(text, names).holds(point(said), about)


def test_an_expression_sees_the_event_and_the_tps() -> None:
    """Both by the names of their views; the class is a word."""
    text = 'event.role == "kpps" && tps.class == "kurang_rawan" && tps.dpt == 412'
    assert holds(text, Said())
    assert not holds(text.replace("412", "413"), Said())


def test_times_are_moments() -> None:
    """They can be reckoned with: the last hour before the TPS closes at 13:00."""
    where = compile_where('event.at >= tps.closes_at - duration("1h")', TPS_NAMES)
    found = [where.holds(point(Said(), clock), TPS) for clock in ("11:59:59", "12:00", "13:05")]
    assert [False, True, True] == found


def test_the_departure_of_a_box_is_seen() -> None:
    """As it was said; empty, where nobody said that it left."""
    text = "has(departure.seal) && has(event.seal) && event.seal != departure.seal"
    left = point(Said(seal="S-1"), "11:00", Happening.BOX_DEPARTED)
    about = About(TPS.tps, TPS.election, left)
    assert holds(text, Said(seal="S-2"), about)
    assert not holds(text, Said(seal="S-1"), about)
    assert not holds(text, Said(seal="S-2"), TPS)


def test_an_officer_has_no_tps() -> None:
    """What is about an officer sees the event alone."""
    text = 'has(event.situation) && event.situation == "aman"'
    assert not holds(text, Said(), OFFICER, OFFICER_NAMES)


@pytest.mark.parametrize(
    ("scope", "names"),
    [
        (ConditionScope.OFFICER, {"event"}),
        (ConditionScope.TPS, {"event", "tps"}),
        (ConditionScope.FORM, {"event", "tps"}),
        (ConditionScope.BOX, {"event", "tps", "departure"}),
    ],
)
def test_a_scope_has_its_names(scope: ConditionScope, names: set[str]) -> None:
    """As the table on top of the module has them."""
    assert names == names_of(scope).variables.keys()


def test_a_name_that_is_not_seen_is_refused_when_it_is_read() -> None:
    """Not when the first event comes."""
    with pytest.raises(ExpressionError, match="found tps, expected a variable"):
        compile_where("tps.dpt > 3", OFFICER_NAMES)
    with pytest.raises(ExpressionError, match="found departure, expected a variable"):
        compile_where('departure.box == "K-1"', TPS_NAMES)


def test_an_expression_is_a_yes_or_no() -> None:
    """A number decides nothing."""
    with pytest.raises(ExpressionError, match="found int, expected bool"):
        compile_where("tps.dpt", TPS_NAMES)


def test_what_cannot_be_computed_does_not_hold() -> None:
    """One strange number must not keep a rule from being asked again."""
    where = compile_where("tps.dpt / (tps.dpt - 412) > 0 || event.kind == 'opened'", TPS_NAMES)
    assert not where.holds(point(Said()), TPS)


def test_what_decided_is_told_as_arithmetic() -> None:
    """So that whoever is called can reckon it again; that a number was told at all is none."""
    where = compile_where("has(event.queue) && event.queue > 50 && tps.dpt < 1000", TPS_NAMES)
    expected = (Why("event.queue > 50", "60 > 50"), Why("tps.dpt < 1000", "412 < 1000"))
    assert expected == where.why(point(Said(queue=60)), TPS)


def test_what_was_not_told_is_told() -> None:
    """It may be the very reason."""
    where = compile_where("!has(event.queue)", TPS_NAMES)
    expected = (Why("has(event.queue)", "has(event.queue)", holds=False),)
    assert expected == where.why(point(Said()), TPS)
