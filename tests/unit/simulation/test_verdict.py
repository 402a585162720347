"""The verdict finds what is missing, what is otherwise, and what nobody expected."""

import pytest
from msgspec.structs import replace

from streams.domain.alert import AlertState, Change, Ladder
from streams.domain.effects import Line, Reply, ReplyOutcome
from streams.domain.events import CommandKind
from streams.domain.ids import AlertId, ElectionId, Scope
from streams.domain.times import MINUTE_MS, SECOND_MS, EpochMs
from streams.domain.words import Severity
from streams.simulation.story import Story
from streams.simulation.verdict import complaints
from tests.unit.simulation.written import TPS, story_of

STORY = story_of(f"""\
    posts:
      - {{at: "07:12", command: {{actor: posko-1, command: ack, alert: T03@{TPS}}}}}
    expect:
      - {{at: "07:10", rule: T03, scope: {TPS}, change: opened, severity: high, level: polsek,
         state: unacknowledged, cause: deadline}}
    never: [{{rule: W11}}, {{rule: W04, scope: {TPS}}}]
""")
AT = EpochMs(STORY.starts + 40 * MINUTE_MS)
LINE = Line(
    at=AT,
    alert=AlertId("1702-A"),
    revision=1,
    rule="T03",
    scope=Scope(TPS),
    key="",
    change=Change.OPENED,
    state=AlertState.UNACKNOWLEDGED,
    severity=Severity.HIGH,
    ladder=Ladder.OPS,
    level="polsek",
    drill=False,
    cause="deadline",
    election=ElectionId("rejang-lebong-2024"),
)
DONE = Reply(command="only-01", outcome=ReplyOutcome.DONE, reason="", at=AT, kind=CommandKind.ACK)
REFUSED = replace(DONE, outcome=ReplyOutcome.REFUSED, reason="not here")


def judged(*lines: Line, story: Story = STORY) -> tuple[str, ...]:
    """Return the complaints about some lines when the command was carried out."""
    return complaints(story, lines, [DONE])


def test_what_is_as_expected_is_no_matter() -> None:
    """The very line, at the very second."""
    assert () == judged(LINE)


@pytest.mark.parametrize("seconds", [-1, 1])
def test_a_second_more_or_less_is_let_pass(seconds: int) -> None:
    """That is what `within_s` says."""
    assert () == judged(replace(LINE, at=EpochMs(AT + seconds * SECOND_MS)))


def test_a_line_that_does_not_come_is_missing() -> None:
    """Told with its time."""
    assert (f"missing: 07:10:00 T03 {TPS} opened",) == judged()


def test_a_line_two_seconds_off_is_another_one() -> None:
    """One is missing, and one was not expected."""
    found = judged(replace(LINE, at=EpochMs(AT + 2 * SECOND_MS)))
    assert (f"missing: 07:10:00 T03 {TPS} opened",) == found[:1]
    assert (f"not expected: 07:10:02 T03 {TPS} opened high deadline",) == found[1:]


@pytest.mark.parametrize(
    ("line", "difference"),
    [
        (replace(LINE, severity=Severity.MEDIUM), "severity: expected high, got medium"),
        (replace(LINE, level="polres"), "level: expected polsek, got polres"),
        (replace(LINE, cause="late"), "cause: expected deadline, got late"),
        (replace(LINE, cause="input:7"), "cause: expected deadline, got input"),
        (replace(LINE, cause="3:8812"), "cause: expected deadline, got input"),
        (replace(LINE, cause="command:a"), "cause: expected deadline, got command"),
        (
            replace(LINE, state=AlertState.RETURNED),
            "state: expected unacknowledged, got returned",
        ),
    ],
)
def test_a_difference_is_told(line: Line, difference: str) -> None:
    """Each field that the author has named."""
    assert (f"07:10:00 T03 {TPS} opened: {difference}",) == judged(line)


def test_a_line_of_another_scope_or_key_is_another_one() -> None:
    """It satisfies nobody."""
    for other in (replace(LINE, key="KAM-01"), replace(LINE, scope=Scope("17.02.09.1027-001"))):
        assert 2 == len(judged(other))


def test_one_line_satisfies_one_expectation() -> None:
    """Told twice is once too often."""
    again = replace(LINE, revision=2)
    assert (f"not expected: 07:10:00 T03 {TPS} opened high deadline",) == judged(LINE, again)


def test_low_severity_may_come_unexpected() -> None:
    """It wakes nobody."""
    assert () == judged(LINE, replace(LINE, rule="W14", severity=Severity.LOW))


def test_what_must_never_come_is_told_even_if_low() -> None:
    """By its rule anywhere, or at its scope."""
    low = replace(LINE, severity=Severity.LOW)
    for rule in ("W11", "W04"):
        found = judged(LINE, replace(low, rule=rule))
        assert (f"must never come: 07:10:00 {rule} {TPS} opened low deadline",) == found


def test_never_at_one_scope_is_not_never_anywhere() -> None:
    """Elsewhere the rule may tell."""
    elsewhere = replace(LINE, rule="W04", scope=Scope("17.02"), severity=Severity.LOW)
    assert () == judged(LINE, elsewhere)


def test_a_command_answered_otherwise_is_told() -> None:
    """With the reason that was given."""
    expected = "command only-01: refused (not here), expected done"
    assert (expected,) == complaints(STORY, [LINE], [REFUSED])


def test_a_command_without_an_answer_is_told() -> None:
    """Each gets exactly one."""
    assert ("command only-01: no reply, expected done",) == complaints(STORY, [LINE], [])
