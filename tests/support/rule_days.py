"""The little days that the tests of rules tell, as journals that can be judged in parts."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from streams.authoring import events as written
from streams.authoring.places import (
    ELECTION,
    NUMBERS,
    desa_code,
    moment_ms,
    plan_of,
    tps_code,
)
from streams.domain.effects import Effect, Line
from streams.domain.ids import ElectionId
from streams.domain.journal import JournalRecord
from streams.domain.times import EpochMs
from streams.judge.world import Watched, World
from streams.pipeline import Step
from streams.replay import BadLine, Judged, Outcome, Replay
from streams.rules.cases import CaseWorld, RuleCase
from streams.rules.compiled import CompiledPack
from streams.rules.compiling import compile_pack
from streams.setup import load_pack
from streams.territory.areas import NO_AREAS
from streams.territory.loaded import Territory
from streams.wire.accept import Acceptor, AcceptSettings
from tests.support.stories import brief, lines_of

__all__ = ["RuleDay", "cases_of", "day_of", "day_with", "played", "told_by"]

_SETTINGS: Final = AcceptSettings(by_scope=True)
_SHORT: Final[dict[str, str]] = {
    **{tps_code(number): number for number in NUMBERS},
    **{desa_code(letter): letter for letter in "ABCDEF"},
}


class RuleDay(Replay):
    """A replay that remembers the journal that it made on the way."""

    def __init__(self, world: World, acceptor: Acceptor, until: EpochMs) -> None:
        """Begin before the first line."""
        super().__init__(world, acceptor, until)
        self.world = world
        self.steps: list[Step] = []

    def _step(self, number: int, record: JournalRecord) -> Judged:
        name = f"input:{number}" if number else "mark"
        self.steps.append(Step(name, EpochMs(0), record))
        return super()._step(number, record)


@cache
def _ready(kind: str) -> CompiledPack:
    return compile_pack(load_pack("siaga", kind))


def cases_of(rule_id: str) -> Iterator[RuleCase]:
    """Yield the tests of a shipped rule, of each class of TPS the first."""
    rule = _ready("pilkada").pack.rule(rule_id)
    assert rule is not None, f"the pack has no rule {rule_id}"
    yield from {case.name: case for case in reversed(rule.tests)}.values()


def day_of(case: RuleCase) -> RuleDay:
    """Judge the events of a test once, and return the day."""
    return played(case)[0]


def played(case: RuleCase) -> tuple[RuleDay, list[Judged]]:
    """Judge the events of a test; return the day and all that was judged."""
    rules = _ready(case.world.kind)
    plan = plan_of(case, written.numbers_of(case))
    acceptor = Acceptor(Territory.of([plan]), NO_AREAS, frozenset(rules.pack.taxonomy), _SETTINGS)
    world = World({ElectionId(ELECTION): Watched.of(plan, rules)})
    day = RuleDay(world, acceptor, moment_ms(case.until))
    outcomes: list[Outcome] = []
    for number, line in enumerate(written.lines_of(case), start=1):
        outcomes += day.take(number, line)
    outcomes += day.finish()
    assert not [one for one in outcomes if isinstance(one, BadLine)], "every line can be taken"
    return day, [one for one in outcomes if isinstance(one, Judged)]


def day_with(
    *events: dict[str, object], until: str, world: CaseWorld | None = None
) -> list[Effect]:
    """Judge events as the tests of rules write them; return all effects."""
    case = RuleCase(name="a", world=world or CaseWorld(), events=events, until=until, expect=())
    return [effect for judged in played(case)[1] for effect in judged.effects]


def told_by(effects: Iterable[Effect], *rules: str) -> list[str]:
    """Return the lines of some rules: `09:00 opened W15@1|LOG-04`, TPS and desa in short."""
    return [f"{brief(one)} {_name(one)}" for one in lines_of(effects) if one.rule in rules]


def _name(line: Line) -> str:
    scope = _SHORT.get(line.scope, line.scope)
    return f"{line.rule}@{scope}" + (f"|{line.key}" if line.key else "")
