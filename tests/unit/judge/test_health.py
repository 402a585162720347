"""What Siaga itself does not see (X05), and that it says so."""

from collections.abc import Iterable, Sequence
from typing import Final

import pytest
from msgspec.structs import replace

from streams import pipeline
from streams.domain.effects import Effect
from streams.domain.events import CommandKind
from streams.domain.ids import AreaCode
from streams.domain.journal import IntakeMark, OwnerMark
from streams.domain.times import MINUTE_MS, EpochMs
from streams.judge.rows import Quarantine
from streams.judge.state import PartitionState
from streams.judge.world import Watched, World
from streams.pipeline import Step
from tests.support.events import command, heartbeat, opened
from tests.support.stories import (
    Item,
    alerts_of,
    at,
    brief,
    deaf,
    hearing,
    journal,
    judge,
    judge_into,
    lines_of,
    replies_of,
    story,
)
from tests.support.world import ELECTION, FAR, KABUPATEN, KR, every_rule, local, plan

HEARD: Final = "X05@pipeline:heard"
SOURCES: Final = {"tps.status": 1}
WORLD: Final = World({ELECTION: Watched.of(plan(), every_rule())})


def resumed(rule: str) -> Item:
    """Let the one who leads have a rule asked again."""
    told = command(CommandKind.RESUME_RULE, by="chief")
    return replace(told, event=replace(told.event, rule=rule))


def test_what_is_not_read_is_told() -> None:
    """From a minute behind on; intake that reads again is trusted after five minutes."""
    found = story(
        *(at("05:00"), heartbeat(KR), at("05:01"), deaf, at("05:10"), hearing, at("05:20")),
        of=HEARD,
        world=WORLD,
    )
    assert ["05:01:30 opened"] == found[:1]
    assert "returned" in found[-1]
    assert "05:15" <= found[-1][:5] <= "05:16"


def test_a_moment_of_lag_is_ordinary() -> None:
    """A minute behind is no trouble yet."""
    assert [] == story(
        *(at("05:00"), heartbeat(KR), at("05:01"), deaf, at("05:01:30"), hearing, at("05:20")),
        of=HEARD,
        world=WORLD,
    )


def test_who_stutters_is_one_trouble() -> None:
    """It is over when it has been well for five minutes on end."""
    found = story(
        *(at("05:00"), heartbeat(KR), at("05:01"), deaf, at("05:10"), hearing, at("05:12"), deaf),
        *(at("05:16"), hearing, at("05:30")),
        of=HEARD,
        world=WORLD,
    )
    assert ["opened", "returned"] == [one.split()[1] for one in found if "escalated" not in one]


def marked(*marks: tuple[str, int, int], clock: bool = True) -> list[Effect]:
    """Judge marks of intake: when, and how many it took in and put aside since the last."""
    state = PartitionState(0, WORLD)
    effects: list[Effect] = []
    for number, (moment, taken, refused) in enumerate(marks):
        time = local(moment)
        mark = IntakeMark(
            claims={"tps.status/0": time},
            sources=SOURCES,
            clock=time if clock else None,
            taken=taken,
            refused=refused,
        )
        effects += pipeline.step(state, Step(f"0:{number}", time, mark))
        if not clock:
            effects += pipeline.step(state, Step("owner", time, OwnerMark()))
    return effects


def of_letters(effects: Iterable[Effect]) -> list[str]:
    """Return the lines about dead letters of the first kabupaten."""
    scope = f"pipeline:{KABUPATEN}/deadletters"
    return [brief(line) for line in lines_of(effects) if line.scope == scope]


LETTERS: Final[dict[str, tuple[list[tuple[str, int, int]], bool]]] = {
    "more than one in a hundred, and twenty": ([("09:00", 1979, 20), ("09:01", 0, 0)], True),
    "exactly one in a hundred": ([("09:00", 1980, 20), ("09:01", 0, 0)], False),
    "nineteen, however few came in": ([("09:00", 0, 19), ("09:01", 0, 0)], False),
    "twenty of twenty": ([("09:00", 0, 20)], True),
    "twenty within five minutes": ([("09:00", 0, 10), ("09:04:50", 0, 10)], True),
    "twenty in more than five minutes": ([("09:00", 0, 10), ("09:05", 0, 10)], False),
    "none": ([("09:00", 1000, 0)], False),
}


@pytest.mark.parametrize(("marks", "told"), LETTERS.values(), ids=LETTERS)
def test_too_much_that_cannot_be_taken(marks: list[tuple[str, int, int]], *, told: bool) -> None:
    """By share and number of the last five minutes."""
    assert told is bool(of_letters(marked(("08:59", 0, 0), *marks)))


def test_letters_are_over_when_they_have_been_few_for_long_enough() -> None:
    """Five minutes after the window has emptied."""
    marks = [(f"09:{minute:02}", 0, 20 if minute == 0 else 0) for minute in range(12)]
    found = of_letters(marked(("08:59", 0, 0), *marks))
    assert ["09:00 opened", "09:10 returned"] == [one for one in found if "escalated" not in one]


@pytest.mark.parametrize("last", [(KR, FAR), (FAR, KR)], ids=["own first", "another's first"])
def test_what_comes_at_the_end_of_a_silence_counts_in_any_order(last: Sequence[AreaCode]) -> None:
    """Five minutes after the first word, also at that very moment; without it nothing was well."""
    begun = (at("05:00"), heartbeat(KR), at("06:10:01"), heartbeat(KR), at("06:15:01"))
    again = [heartbeat(tps) for tps in last]
    assert ["06:05 opened", "06:15:01 returned", "06:20:01 reopened"] == of_input(*begun, *again)
    assert ["06:05 opened"] == of_input(*begun, heartbeat(FAR))


def of_input(*items: Item) -> list[str]:
    """Return the lines about what comes in from the first kabupaten, until 06:25."""
    lines = lines_of(judge(journal(*items, at("06:25")), WORLD))
    scope = f"pipeline:{KABUPATEN}/input"
    told = [brief(line) for line in lines if line.scope == scope]
    return [one for one in told if "escalated" not in one]


def test_every_kabupaten_is_told() -> None:
    """Each has its own alert: whoever watches it must know that he cannot trust silence."""
    found = [line.scope for line in lines_of(marked(("08:59", 0, 0), ("09:00", 0, 20)))]
    assert [f"pipeline:{area}/deadletters" for area in ("17.02", "17.03")] == sorted(set(found))


def test_long_before_the_day_nobody_is_called() -> None:
    """An election that is loaded weeks before is watched from the day before."""
    early = EpochMs(local("09:00") - 30 * 24 * 60 * MINUTE_MS)
    state = PartitionState(0, WORLD)
    mark = IntakeMark({"tps.status/0": early}, SOURCES, clock=early, taken=0, refused=100)
    assert [] == lines_of(pipeline.step(state, Step("0:0", early, mark)))


def test_a_played_day_is_not_behind() -> None:
    """Its clock is the player's, and runs as fast as he likes."""
    state = PartitionState(0, WORLD)
    first = local("09:00")
    pipeline.step(
        state, Step("0:0", first, IntakeMark({"tps.status/0": first}, SOURCES, clock=first))
    )
    later = EpochMs(first + 10 * MINUTE_MS)
    lagging = IntakeMark({"tps.status/0": first}, SOURCES, clock=later)
    effects = pipeline.step(state, Step("0:1", later, lagging))
    assert [] == [line for line in lines_of(effects) if line.scope.endswith("/heard")]


def failing() -> PartitionState:
    """Return a state in which nobody can tell how long a TPS may be silent."""
    watched = WORLD.elections[ELECTION]
    broken = tuple(replace(one, limits_ms=()) for one in watched.rules.overdue_tps)
    rules = replace(watched.rules, overdue_tps=broken)
    return PartitionState(0, World({ELECTION: replace(watched, rules=rules)}))


def test_a_rule_that_fails_is_told() -> None:
    """Once a rule and scope; a person has it asked again, and the alert is over by that."""
    state = failing()
    day: list[Item] = [at("07:00"), opened(KR), at("07:01")]
    told = judge_into(state, journal(*day))
    alerts = [one for one in alerts_of(told).values() if one.key == f"T07@{KR}"]
    assert ["X05"] == [one.rule for one in alerts]
    assert [f"pipeline:{KABUPATEN}/rule"] == [one.scope for one in alerts]
    assert isinstance(state.quarantine.get((ELECTION, "T07", KR)), Quarantine)


def test_resume_rule_names_what_it_needs() -> None:
    """The rule, and one that is put aside."""
    effects = judge(journal(at("05:00"), resumed(""), resumed("T07")), WORLD)
    assert [
        "resume_rule needs `rule`, the id of a rule",
        "rule T07 is not put aside anywhere here",
    ] == replies_of(effects)


def test_what_is_asked_again_has_no_alert() -> None:
    """It is told anew if it fails again."""
    state = failing()
    effects = judge_into(state, journal(at("07:00"), opened(KR), at("07:01"), resumed("T07")))
    ends = [line for line in lines_of(effects) if line.key == f"T07@{KR}"]
    assert ["opened", "returned"] == [str(line.change) for line in ends][:2]
    assert AreaCode(KABUPATEN) == ends[0].scope.partition(":")[2].partition("/")[0]
