"""The generator of whole nasty days, and what holds of the oracle on every one of them."""

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from tests.oracle.book import Line
from tests.oracle.compare import differences
from tests.oracle.days import PLAIN
from tests.oracle.days_whole import main, make_whole_day
from tests.oracle.export import as_journal
from tests.oracle.known_rules import KNOWN
from tests.oracle.replay import Judged, judge_day, judge_journal, print_line
from tests.oracle.stories import TOWN, VILLAGE
from tests.oracle.times import parse_time

SEEDS = (0, 1, 2, 11)
"""Close results are rare: the last has some that end."""
UNTIL = parse_time("2024-11-29T00:00:00+07:00")
FOLDERS = {"town": TOWN, "village": VILLAGE}
SELDOM = frozenset({"V05", "V08", "V09", "V11", "W06", "W11", "X01", "X07"})
"""What needs a larger area: stories tell of it, and the days of the district in `make faults`."""
LEANS_ON = {
    **dict.fromkeys(("W06", "W10", "X03", "X06", "X07"), KNOWN),
    "T07": {"X01"},
    "W01": {"W14"},
    "W03": {"W14", "V07"},
    "W04": {"W14"},
    "W08": {"W14"},
    "W09": {"W14"},
    "W12": {"W14"},
    "W13": {"W14"},
    "W15": {"W14"},
    "T10": {"V07"},
    "T11": {"V07"},
}
"""Which other rules a rule asks."""


@cache
def day(name: str, seed: int) -> list[str]:
    """A day, made once however many tests ask for it."""
    return make_whole_day(seed, FOLDERS[name])


@cache
def judged(name: str, seed: int) -> Judged:
    """The judgment of a day."""
    return judge_day(FOLDERS[name], day(name, seed), UNTIL)


def seen(name: str) -> Counter[str]:
    """How often each rule has made each change, over all seeds."""
    lines = (line for seed in SEEDS for line in judged(name, seed).lines)
    return Counter(f"{line.about.rule} {line.change}" for line in lines)


def test_a_seed_gives_one_day(capsys: pytest.CaptureFixture[str]) -> None:
    """The same seed, the same bytes; also from the command line."""
    assert day("village", 1) != day("village", 2)
    assert 0 == main(["0"])
    assert day("town", 0) == capsys.readouterr().out.splitlines()


def test_every_rule_opens_and_ends() -> None:
    """A rule that never speaks would not be tested; nor one that never stops."""
    counted = seen("town") + seen("village")
    assert {rule for rule in KNOWN - SELDOM if counted[f"{rule} opened"] < 2} == set()
    ends = ("resolved", "returned")
    assert {r for r in KNOWN - SELDOM if not any(counted[f"{r} {end}"] for end in ends)} == set()


def test_severities_rise_and_fall() -> None:
    """T02 and V06 do both, T09 rises."""
    counted = seen("town") + seen("village")
    assert min(counted[change] for change in ("T02 raised", "V06 raised", "T09 raised")) > 0
    assert min(counted[change] for change in ("T02 lowered", "V06 lowered")) > 0


def test_persons_close_what_nothing_else_ends() -> None:
    """Rightly and wrongly, and some of it begins again."""
    counted = seen("town") + seen("village")
    rules = ("W08", "W09", "W12", "W13")
    assert min(counted[f"{rule} resolved"] for rule in rules) > 1
    assert sum(counted[f"{rule} reopened"] for rule in rules) > 1
    assert 0 == sum(counted[f"{rule} returned"] for rule in rules)
    refused = {why for seed in SEEDS for _, why in judged("town", seed).refusals}
    assert {"only propam acts on alerts of PROP", "close_case needs a reason"} <= refused


def test_a_plain_day_has_no_reports_and_no_persons() -> None:
    """Every spice may be left out."""
    topics = {line.split('"')[3] for line in make_whole_day(0, TOWN, PLAIN)}
    assert {"tps.status", "vote.counts"} == topics


def test_reasons_of_dead_letters_come_up() -> None:
    """Bad lines among good ones, unknown contests and choices among them."""
    letters = [letter for seed in SEEDS for letter in judged("village", seed).dead_letters]
    assert {"contest walikota", "choice 09"} <= {letter.detail for letter in letters}


@pytest.mark.parametrize("name", sorted(FOLDERS))
@pytest.mark.parametrize("seed", SEEDS)
def test_lines_of_an_alert_are_in_order(name: str, seed: int) -> None:
    """§4 "never before the alert's last line"; §5 "`revision` counts lines … from 1"."""
    last: dict[str, tuple[int, int]] = {}
    for line in judged(name, seed).lines:
        revision, at = last.get(line.alert, (0, 0))
        assert revision + 1 == line.revision
        assert at <= line.at
        last[line.alert] = (line.revision, line.at)
    final = {alert.id: alert.revision for alert in judged(name, seed).alerts}
    assert {alert: revision for alert, (revision, _) in last.items()} == final


@pytest.mark.parametrize(("name", "hour"), [("town", "14"), ("village", "18")])
def test_a_journal_gives_the_lines_of_its_replay(name: str, hour: str) -> None:
    """§4: with an intake that lags nowhere both clocks are those of the replay."""
    until, folder = parse_time(f"2024-11-27T{hour}:00:00+07:00"), FOLDERS[name]
    replayed = judge_day(folder, day(name, 0), until).lines
    told = judge_journal(folder, as_journal(folder, day(name, 0), until)).lines
    assert [_of_a_record(line) for line in replayed] == [_of_a_record(line) for line in told]
    assert 20 < len(told)


def _of_a_record(line: Line) -> Line:
    """A record is named by its line in a replay, by its offset in a journal."""
    by_record = line.cause.partition(":")[0] in {"input", "3"}
    return replace(line, cause="record" if by_record else line.cause)


def test_rules_are_judged_alike_alone_and_together() -> None:
    """A rule needs no other but those that it asks: so any set of them can be compared."""
    lines = [print_line(line) for line in judged("village", 0).lines]
    for rule in sorted(KNOWN):
        some = frozenset({rule, *LEANS_ON.get(rule, ())})
        alone = judge_day(VILLAGE, day("village", 0), UNTIL, rules=some)
        told = [print_line(line) for line in alone.lines]
        assert [] == differences(lines, told, frozenset({rule}))
        assert {line.about.rule for line in alone.lines} <= some
