"""The fold against the oracle on days on which calls reach nobody, and the oracle's reading of X09.

All rules that both know are compared: a receipt changes X09 and nothing else.
"""

import json
from functools import cache

import pytest

from streams.config import Config
from streams.setup import Setup, load_setup, recorded_settings
from tests.faults.recorded import judged
from tests.oracle.compare import differences
from tests.oracle.days_receipts import WIRED, make_called_day
from tests.oracle.folder import Folder, read_folder
from tests.oracle.known_rules import COMPARED, WITH_RECEIPTS
from tests.oracle.readings import AS_THE_FOLD
from tests.oracle.replay import judge_day, print_line
from tests.oracle.stories import KR, KR_FAR, Story

NEAR, FAR = "OPS/polsek@17.02.09", "OPS/polsek@17.02"


@cache
def loaded() -> tuple[Folder, Setup]:
    """Return the folder as the oracle reads it, and as the product does."""
    return read_folder(WIRED), load_setup([WIRED], recorded_settings(Config()))


def found(day: list[str], other: list[str]) -> list[str]:
    """Return what differs if the oracle judges a day, and the product another one."""
    folder, setup = loaded()
    read = judge_day(folder, day, readings=AS_THE_FOLD, rules=WITH_RECEIPTS)
    expected = [print_line(line) for line in read.lines]
    lines, _ = judged(setup, other)
    assert any('"rule":"X09"' in line for line in lines)
    return differences(expected, lines, COMPARED | {"X09"})


@pytest.mark.parametrize("seed", range(3))
def test_days_of_calls_in_vain_are_judged_alike(seed: int) -> None:
    """By one way or by all, once or again, of several alerts or one: line by line the same."""
    day = make_called_day(seed, loaded()[0])
    assert [] == found(day, day)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 180))
def test_many_days_of_calls_in_vain_are_judged_alike(seed: int) -> None:
    """The same over many days."""
    day = make_called_day(seed, loaded()[0])
    assert [] == found(day, day)


def test_a_difference_would_be_seen() -> None:
    """If one receipt in nine says the contrary it is another day: so the comparison can fail."""
    day = make_called_day(0, loaded()[0])
    assert {"X09"} == {
        one[:3] for one in found([_other(n, line) for n, line in enumerate(day)], day)
    }


def _other(number: int, line: str) -> str:
    if number % 9 or '"siaga.receipts"' not in line:
        return line
    told = json.loads(line)
    told["value"]["outcome"] = "delivered" if told["value"]["outcome"] != "delivered" else "failed"
    return json.dumps(told)


def called(tps: str = KR) -> tuple[Story, str]:
    """Begin a day on which a Polsek is called; return the id of its alert too."""
    day = Story(loaded()[0])
    day.rules = WITH_RECEIPTS
    day.begin().report("09:00", "KAM-11", tps=tps, role="ptps")
    (name,) = {line.alert for line in day.judged("09:01").lines if line.about.rule == "W15"}
    return day, name


def told(day: Story) -> list[str]:
    """Tell of X09 what changed when, and of which level."""
    return [line.replace(" high pipeline:17.02/contacts|", " ") for line in day.shown("X09")]


def test_a_call_that_reaches_none_of_a_level_is_told() -> None:
    """The Polsek of this kecamatan has two contacts: the second failure is the last."""
    day, name = called()
    day.receipt("09:02", f"{NEAR}/1", "failed", about=name)
    assert [] == told(day)
    day.receipt("09:03", f"{NEAR}/2", "failed", about=name)
    assert [f"09:03:00 opened {NEAR}"] == told(day)


@pytest.mark.parametrize("outcome", ["failed", "blocked", "unaddressed"])
def test_whatever_keeps_it_from_a_contact_is_the_same(outcome: str) -> None:
    """The runbook: "gagal, tidak dikenal, atau ditahan"."""
    day, name = called(KR_FAR)
    assert [f"09:02:00 opened {FAR}"] == told(day.receipt("09:02", f"{FAR}/1", outcome, about=name))


def test_a_way_that_is_left_is_waited_for() -> None:
    """A receipt with `next` says that another way is tried."""
    day, name = called(KR_FAR)
    day.receipt("09:02", f"{FAR}/1", "failed", about=name, next="sms")
    assert [] == told(day)
    day.receipt("09:03", f"{FAR}/1", "failed", about=name, attempt=1)
    assert [f"09:03:00 opened {FAR}"] == told(day)


def test_one_contact_that_is_reached_is_enough() -> None:
    """Before or after another one's failure."""
    for first, second in (("delivered", "failed"), ("failed", "delivered")):
        day, name = called()
        day.receipt("09:02", f"{NEAR}/1", first, about=name)
        assert [] == told(day.receipt("09:03", f"{NEAR}/2", second, about=name))


def test_one_message_to_the_level_ends_it() -> None:
    """Of whatever alert; a message to another level does not."""
    day, name = called(KR_FAR)
    day.receipt("09:02", f"{FAR}/1", "failed", about=name)
    day.receipt("09:03", f"{NEAR}/1", "delivered", about="1702-" + "B" * 16)
    assert [f"09:02:00 opened {FAR}"] == told(day)
    day.receipt("09:04", f"{FAR}/1", "delivered", about="1702-" + "B" * 16)
    assert [f"09:02:00 opened {FAR}", f"09:04:00 returned {FAR}"] == told(day)


def test_what_is_over_or_was_told_before_it_came_back_counts_for_nothing() -> None:
    """A call of an alert that a person has resolved, and opened again."""
    day, name = called(KR_FAR)
    day.command("09:01", "resolve", name).receipt("09:02", f"{FAR}/1", "failed", about=name)
    assert [] == told(day)
    day.command("09:03", "reopen", name).receipt("09:04", f"{FAR}/1", "failed", about=name)
    assert [] == told(day)
    day.receipt("09:05", f"{FAR}/1", "failed", about=name, revision=3)
    assert [f"09:05:00 opened {FAR}"] == told(day)


def test_a_receipt_of_an_older_call_says_nothing_of_the_newest() -> None:
    """Who had taken it on gives it back: the Polsek is called anew."""
    day, name = called(KR_FAR)
    day.command("09:01", "ack", name).command("09:02", "unack", name)
    assert [] == told(day.receipt("09:03", f"{FAR}/1", "failed", about=name))
    day.receipt("09:04", f"{FAR}/1", "failed", about=name, revision=3)
    assert [f"09:04:00 opened {FAR}"] == told(day)


def test_a_persons_word_answers_it_and_the_next_failure_is_new() -> None:
    """The runbook: "diselesaikan orang"."""
    day, name = called(KR_FAR)
    day.receipt("09:02", f"{FAR}/1", "failed", about=name)
    day.command("09:03", "resolve", day.judged().lines[-1].alert)
    day.receipt("09:08", f"{FAR}/1", "failed", about=name, attempt=1)
    expected = ["09:02:00 opened", "09:03:00 resolved", "09:08:00 reopened"]
    assert [f"{one} {FAR}" for one in expected] == told(day)


def test_its_own_call_in_vain_is_one_more_and_no_chain() -> None:
    """The docs: "There is one for each level … so its own failing calls make no chain"."""
    day, name = called(KR_FAR)
    day.receipt("09:02", f"{FAR}/1", "failed", about=name)
    room = "SYS/polres_ops@17.02"
    for clock in ("09:03", "09:05"):
        own = day.judged().lines[-1].alert
        for number in (1, 2):
            day.receipt(clock, f"{room}/{number}", "failed", about=own)
    assert [f"09:02:00 opened {FAR}", f"09:03:00 opened {room}"] == told(day)


def test_the_level_above_is_called_for_one_without_contacts() -> None:
    """election-folder.md: "if there is none, those of the next level up"."""
    folder = loaded()[0]
    levels = folder.ladders["GAK"]
    assert ("GAK/panwascam@17.02.07", 2) == folder.contacts_for("GAK", levels[1:], KR_FAR)
    assert ("GAK/bawaslu@17.02", 1) == folder.contacts_for("GAK", levels[1:], KR)
    assert ("", 0) == folder.contacts_for("GAK", levels, "36.04")
