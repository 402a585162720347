"""Two judgments side by side."""

from tests.oracle.compare import differences
from tests.oracle.replay import print_line
from tests.oracle.stories import KR, Story


def lines() -> list[str]:
    """A few printed lines of the stages."""
    judged = Story().begin().judged("07:50").lines
    return [print_line(line) for line in judged if line.about.rule.startswith("T")]


def test_a_judgment_agrees_with_itself() -> None:
    """In any order of alerts, and whatever else is told of rules that the oracle leaves alone."""
    other = '{"rule":"X02","scope":"17.02.09","key":"","alert":"1702-A","change":"opened"}'
    updated = lines()[0].replace('"opened"', '"updated"')
    assert [] == differences(lines(), [other, updated, *sorted(lines(), reverse=False)])


def test_another_time_is_a_difference() -> None:
    """The first line on which the two part is named."""
    changed = [line.replace("07:30:00", "07:31:00") if KR in line else line for line in lines()]
    found = differences(lines(), changed)
    assert 1 == len(found)
    assert "expected 2024-11-27T07:30:00+07:00 opened" in found[0]
    assert "got 2024-11-27T07:31:00+07:00 opened" in found[0]


def test_a_missing_line_is_a_difference() -> None:
    """On either side."""
    without = [line for line in lines() if KR not in line]
    assert "got no more" in differences(lines(), without)[0]
    assert "expected no more" in differences(without, lines())[0]


def test_some_rules_are_compared_and_others_not() -> None:
    """By default all; some where they are asked for."""
    theirs = [line.replace('"T03"', '"T01"') for line in lines()]
    assert [] == differences([], theirs, frozenset({"T03"}))
    alerts = {line.split('"alert":')[1][:24] for line in theirs if '"T01"' in line}
    assert len(alerts) == len(differences([], theirs, frozenset({"T01"}))) > 0
    assert len(alerts) == len(differences([], theirs))


def test_lines_of_a_lower_severity_are_compared() -> None:
    """The oracle tells them too."""
    lowered = [line.replace('"opened"', '"lowered"') for line in lines()]
    assert [] != differences(lowered, [])
