"""The cases of the suite: the tests that the rules of the shipped pack bring along.

Every rule has tests of its own: a little election, some events, the lines that must come. They say
what the rule means. This suite takes the same events and does to them what a real day does to
events (see `transforms`), and says what must come of that for every rule alike. So a new rule is
held to all of it by being in the pack, without a line here but its row in `tables`.

A test that is written for each class of TPS is one test here, of one class; which one goes round,
so that a rule is tried in all classes. Of a rule with many tests some are left to `siaga rules
test`: those that fire come first, and of either sort every n-th is taken.
"""

from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import Final

from msgspec import Struct

from streams.authoring.packs import Packs
from streams.domain.alert import Change
from streams.domain.words import TpsClass
from streams.rules.cases import RuleCase
from streams.rules.pack import Pack
from streams.rules.reading import Draft, draft_of
from streams.setup import pack_text

__all__ = ["DRAFT", "PACK", "PACKS", "RULE_IDS", "Tried", "cases_of", "plain_cases_of", "sample"]

FIRING_MAX: Final = 7
HOLDING_MAX: Final = 5

DRAFT: Final[Draft] = draft_of(pack_text("siaga", "pilkada"))
PACK: Final[Pack] = DRAFT.pack("pilkada")
PACKS: Final = Packs(DRAFT)
RULE_IDS: Final[tuple[str, ...]] = tuple(rule.id for rule in PACK.rules)


class Tried(Struct, frozen=True, eq=False):
    """One test of one rule, as this suite uses it; each is only itself."""

    rule: str
    case: RuleCase

    @property
    def name(self) -> str:
        """How a difference names it, and what a reason for leaving it out is matched with."""
        return f"{self.rule}: {self.case.name}"

    @property
    def fires(self) -> bool:
        """Whether the author expects an alert of the rule itself."""
        return any(one.change is Change.OPENED and not one.rule for one in self.case.expect)

    @property
    def asked(self) -> frozenset[str]:
        """The rules that judge even where they are shadows."""
        others = (one.rule for one in self.case.expect if one.rule)
        return frozenset((self.rule, *self.case.silent, *others))


@cache
def cases_of(rule_id: str) -> tuple[Tried, ...]:
    """Return the tests of a rule: of those that are written for each class, one of some class."""
    written = _written(rule_id)
    return tuple(variants[turn % len(variants)] for turn, variants in enumerate(written))


@cache
def plain_cases_of(rule_id: str) -> tuple[Tried, ...]:
    """Return the tests of a rule whose TPS are all of the class that an unknown TPS has."""
    return tuple(
        tried
        for variants in _written(rule_id)
        for tried in variants
        if {tried.case.tps_class, *tried.case.classes.values()} == {TpsClass.KURANG_RAWAN}
    )


def sample(tried: Sequence[Tried]) -> tuple[Tried, ...]:
    """Return a bounded number of tests of a rule, firing ones first."""
    firing = [one for one in tried if one.fires]
    holding = [one for one in tried if not one.fires]
    return (*_spread(firing, FIRING_MAX), *_spread(holding, HOLDING_MAX))


def _spread(tried: Sequence[Tried], at_most: int) -> Sequence[Tried]:
    """Return at most so many of them, evenly spread, the first among them."""
    step = max(1, -(-len(tried) // at_most))
    return tried[::step]


@cache
def _written(rule_id: str) -> tuple[tuple[Tried, ...], ...]:
    """Return the tests of a rule as they are written: those of one text side by side."""
    rule = PACK.rule(rule_id)
    assert rule is not None, rule_id
    tried = [Tried(rule_id, case) for case in rule.tests]
    return tuple(tuple(variants) for _, variants in groupby(tried, key=_written_name))


def _written_name(tried: Tried) -> str:
    return tried.case.name.removesuffix(f" ({tried.case.tps_class})")
