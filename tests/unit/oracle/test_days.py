"""The generator of nasty days, and what holds of the oracle on every one of them."""

import json
from collections import Counter
from dataclasses import fields
from functools import cache

import pytest

from tests.oracle.compare import differences
from tests.oracle.days import PLAIN, Spice, make_day
from tests.oracle.known_rules import OF_OLD
from tests.oracle.replay import Judged, judge_day, print_line
from tests.oracle.stories import TINY, ms, nasty_day

SEEDS = range(3)
UNTIL = ms("18:00")


@cache
def judged(seed: int) -> Judged:
    """The judgment of a day with everything in it."""
    return judge_day(TINY, nasty_day(seed), UNTIL, rules=OF_OLD)


def test_a_seed_gives_one_day() -> None:
    """The same seed, the same bytes; another seed, another day."""
    assert nasty_day(0) == make_day(0, TINY)
    assert nasty_day(0) != nasty_day(1)


def test_every_change_comes_up() -> None:
    """Days without a kind of change would test nothing of it."""
    seen = Counter((line.about.rule, line.change) for seed in SEEDS for line in judged(seed).lines)
    changes = "opened escalated acknowledged unacknowledged returned reopened resolved shelved"
    assert {*changes.split(), "raised", "unshelved"} == {change for _, change in seen}
    assert {rule for rule, _ in seen} == OF_OLD


def test_every_cause_comes_up() -> None:
    """So it is with causes, and with the reasons of dead letters and refusals."""
    days = [judged(seed) for seed in SEEDS]
    causes = {line.cause.partition(":")[0] for day in days for line in day.lines}
    assert {"deadline", "late", "input", "command"} == causes
    reasons = {letter.reason for day in days for letter in day.dead_letters}
    assert {"json", "envelope", "schema", "unknown", "bad_time", "id_conflict"} == reasons
    assert 10 < len({why for day in days for _, why in day.refusals})


@pytest.mark.parametrize("name", [field.name for field in fields(Spice)])
def test_every_spice_can_be_tasted(name: str) -> None:
    """Each switch changes some day, alone on top of a plain one (commands act on alerts)."""
    base = {"reports": name == "copies", "commands": name == "shelving"}
    plain = Spice(**{**vars(PLAIN), **base, name: False})
    spiced = Spice(**{**vars(PLAIN), **base, name: True})
    assert any(make_day(seed, TINY, plain) != make_day(seed, TINY, spiced) for seed in SEEDS)


@pytest.mark.parametrize("seed", SEEDS)
def test_lines_of_an_alert_are_in_order(seed: int) -> None:
    """§4 "never before the alert's last line"; §5 "`revision` counts lines … from 1"."""
    last: dict[str, tuple[int, int]] = {}
    for line in judged(seed).lines:
        revision, at = last.get(line.alert, (0, 0))
        assert revision + 1 == line.revision
        assert at <= line.at
        last[line.alert] = (line.revision, line.at)


@pytest.mark.parametrize("seed", SEEDS)
def test_states_follow_the_table(seed: int) -> None:
    """§5: each line's change leads from the state before to the state after."""
    allowed = {
        "opened": ({""}, {"unacknowledged"}),
        "escalated": ({"unacknowledged", "acknowledged"}, {"unacknowledged"}),
        "acknowledged": ({"unacknowledged"}, {"acknowledged"}),
        "unacknowledged": ({"acknowledged"}, {"unacknowledged"}),
        "raised": ({"unacknowledged", "acknowledged", "shelved"}, {"unacknowledged"}),
        "returned": ({"unacknowledged"}, {"returned"}),
        "reopened": ({"returned", "resolved"}, {"unacknowledged"}),
        "resolved": ({"unacknowledged", "acknowledged", "shelved", "returned"}, {"resolved"}),
        "shelved": ({"unacknowledged", "acknowledged", "returned", "shelved"}, {"shelved"}),
        "unshelved": ({"shelved"}, {"unacknowledged", "acknowledged", "returned"}),
    }
    states: dict[str, str] = {}
    for line in judged(seed).lines:
        before, after = allowed[line.change]
        assert states.get(line.alert, "") in before
        assert line.state in after
        states[line.alert] = line.state


@pytest.mark.parametrize("seed", SEEDS)
def test_the_final_state_is_that_of_the_last_line(seed: int) -> None:
    """`--alerts` writes "the final state of every alert"."""
    day = judged(seed)
    last = {line.alert: (line.state, line.severity, line.level) for line in day.lines}
    final = {a.id: (a.state, a.severity, a.levels[a.level]) for a in day.alerts}
    assert last == final


@pytest.mark.parametrize("seed", range(2))
def test_the_order_within_a_second_changes_no_opening(seed: int) -> None:
    """§4: settled at marks "from all records judged by then", however they came before it."""
    day = make_day(seed, TINY, Spice(**{**vars(PLAIN), "late": True, "corrections": True}))
    # Everybody's clock is rounded to a minute of receipt, so that there is something to turn.
    told = [json.loads(line) for line in day]
    moments = [entry.get("received_at") or entry["value"]["at"] for entry in told]
    minutes = [f"{moment[:16]}:59+07:00" for moment in moments]
    heap = [
        (minute, number, json.dumps({**entry, "received_at": minute}))
        for number, (minute, entry) in enumerate(zip(minutes, told, strict=True))
    ]
    straight = [line for _, _, line in sorted(heap)]
    turned = [line for _, _, line in sorted(heap, key=lambda item: (item[0], -item[1]))]
    assert straight != turned
    openings = [
        [
            print_line(line)
            for line in judge_day(TINY, lines, UNTIL).lines
            if line.change == "opened"
        ]
        for lines in (straight, turned)
    ]
    assert [] == differences(openings[0], openings[1], OF_OLD)
