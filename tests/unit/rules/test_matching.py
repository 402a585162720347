"""Which happenings a rule asks for: by their kind, and by an expression where it has one."""

from functools import partial

from streams.domain.happenings import Happening, Point, Said
from streams.domain.words import Role
from streams.rules.fields import Clause, Clauses
from streams.rules.matching import NOTHING, Matcher, matcher_of
from streams.rules.views import About
from streams.rules.wheres import TPS_NAMES, compile_where
from tests.support.world import KR, local, plan

ABOUT = About(plan().tps[KR], plan().election)
BUSY = "has(event.queue) && event.queue > 50"


def point(kind: Happening, said: Said | None = None) -> Point:
    """Return a word of a TPS."""
    return Point(local("12:00"), kind, "a", "kpps-1", "0:1", Role.KPPS, said or Said())


def matcher(*clauses: Happening | Clause) -> Matcher:
    """Return the matcher of some clauses over a TPS."""
    made: Clauses = clauses
    return matcher_of(made, partial(compile_where, names=TPS_NAMES))


BOTH = matcher(
    Happening.OPENED, Clause((Happening.HEARTBEAT, Happening.CLOSED), BUSY), Happening.POSTPONED
)
CLOSED_BUSY = point(Happening.CLOSED, Said(queue=51))


def test_a_word_asks_for_every_happening_of_its_kind() -> None:
    """Whatever was said with it."""
    assert BOTH.matches(point(Happening.OPENED), ABOUT)
    assert BOTH.matches(point(Happening.OPENED, Said(queue=1)), ABOUT)


def test_an_expression_asks_for_some_of_its_kinds() -> None:
    """Of those only; another kind of which it would be true is not asked for."""
    assert BOTH.matches(CLOSED_BUSY, ABOUT)
    assert BOTH.matches(point(Happening.HEARTBEAT, Said(queue=51)), ABOUT)
    assert not BOTH.matches(point(Happening.CLOSED, Said(queue=50)), ABOUT)
    assert not BOTH.matches(point(Happening.RESUMED, Said(queue=51)), ABOUT)


def test_a_clause_without_an_expression_is_its_words() -> None:
    """Either way of writing is one matcher."""
    words = matcher(Happening.OPENED, Happening.CLOSED)
    assert words == matcher(Clause((Happening.OPENED, Happening.CLOSED)))
    assert frozenset({Happening.OPENED, Happening.CLOSED}) == words.bare


def test_a_word_wins_over_an_expression_of_the_same_kind() -> None:
    """Any of the clauses will do."""
    either = matcher(Clause((Happening.CLOSED,), BUSY), Happening.CLOSED)
    assert either.matches(point(Happening.CLOSED), ABOUT)
    assert () == either.why(CLOSED_BUSY, ABOUT)


def test_kinds_are_those_of_all_clauses() -> None:
    """By them it is known which happenings must be kept."""
    assert {
        Happening.OPENED,
        Happening.HEARTBEAT,
        Happening.CLOSED,
        Happening.POSTPONED,
    } == BOTH.kinds


def test_only_an_expression_has_something_to_tell() -> None:
    """A kind alone is no arithmetic, and what does not hold decided nothing."""
    assert ["event.queue > 50"] == [why.check for why in BOTH.why(CLOSED_BUSY, ABOUT)]
    assert () == BOTH.why(point(Happening.OPENED), ABOUT)
    assert () == BOTH.why(point(Happening.CLOSED, Said(queue=50)), ABOUT)


def test_of_two_expressions_the_one_that_holds_is_told() -> None:
    """Not the first that names the kind."""
    two = matcher(
        Clause((Happening.CLOSED,), "has(event.queue) && event.queue > 100"),
        Clause((Happening.CLOSED,), "tps.dpt > 400"),
    )
    assert ["tps.dpt > 400"] == [why.check for why in two.why(CLOSED_BUSY, ABOUT)]


def test_the_question_of_a_place_is_the_same_question() -> None:
    """With and without expressions."""
    words = matcher(Happening.OPENED)
    asked = [CLOSED_BUSY, point(Happening.CLOSED), point(Happening.OPENED)]
    assert [True, False, True] == [BOTH.about(ABOUT)(one) for one in asked]
    assert [False, False, True] == [words.about(ABOUT)(one) for one in asked]


def test_nothing_asks_for_nothing() -> None:
    """And says so: a rule may have no begin."""
    assert (False, True, True) == (
        bool(NOTHING),
        bool(matcher(Happening.OPENED)),
        bool(matcher(Clause((Happening.CLOSED,), BUSY))),
    )
    assert not NOTHING.matches(point(Happening.OPENED), ABOUT)
    assert NOTHING == matcher()
