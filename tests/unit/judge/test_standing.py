"""What one event makes hold, and what ends it: T02, T04 and T12 over the facts of the day."""

from typing import Final

import pytest

from streams.domain.alert import Evidence
from streams.domain.events import CommandKind
from tests.support.events import closed, command, correction, heartbeat, opened, postponed, resumed
from tests.support.station import PTPS, arrived, departed, materials, saying, sent_by
from tests.support.stories import (
    Item,
    Told,
    alerts_of,
    at,
    brief,
    journal,
    judge,
    lines_of,
    name_of,
    named,
    said,
    story,
)
from tests.support.world import GOVERNOR, KR, UNKNOWN, local, whole_world

DAY: Final = whole_world()
ONE_PAPER: Final = whole_world(GOVERNOR)
SIX: Final = at("06:00")
EARLY: Final[list[Item]] = [at("07:00"), opened(KR), at("11:00"), named("c1", closed(KR))]
CLOSED: Final = "11:00 opened"


BALLOTS: Final[dict[str, tuple[Told, list[str]]]] = {
    "412 voters and 2.5 percent, rounded up": (materials(KR, 423), []),
    "one too few": (materials(KR, 422), ["T02@KR| medium"]),
    "one too many": (materials(KR, 424), ["T02@KR| medium"]),
    "5 percent short": (materials(KR, 402), ["T02@KR| medium"]),
    "more than that": (materials(KR, 401), ["T02@KR| high"]),
    "more than 5 percent over": (materials(KR, 445), ["T02@KR| high"]),
    "of a contest that is named": (materials(KR, 1, "bupati"), ["T02@KR|bupati high"]),
    "no number": (materials(KR), []),
    "a TPS that no plan has": (materials(UNKNOWN, 1), []),
}


@pytest.mark.parametrize(("told", "lines"), BALLOTS.values(), ids=BALLOTS)
def test_ballots_are_the_voters_and_the_reserve(told: Told, lines: list[str]) -> None:
    """Exactly; with two contests of which none is named, the key is empty."""
    found = [line for line in lines_of(judge(journal(SIX, told), DAY)) if line.rule == "T02"]
    assert lines == [f"T02@KR|{line.key} {line.severity}" for line in found]


def test_the_only_contest_of_a_tps_need_not_be_named() -> None:
    """It is the key all the same."""
    found = lines_of(judge(journal(SIX, materials(KR, 1)), ONE_PAPER))
    assert ["T02@KR|gubernur"] == [name_of(line) for line in found if line.rule == "T02"]


RECEIPTS: Final[dict[str, tuple[list[Item], list[str]]]] = {
    "the missing ones have come": (
        [at("06:10"), materials(KR, 423)],
        ["06:00 opened high", "06:10 returned high"],
    ),
    "some of them have": (
        [at("06:10"), materials(KR, 420)],
        ["06:00 opened high", "06:10 lowered medium"],
    ),
    "more are missing than was thought": (
        [at("06:10"), materials(KR, 422), at("06:12"), materials(KR, 300)],
        ["06:00 opened high", "06:10 lowered medium", "06:12 raised high"],
    ),
    "the latest receipt decides, not the last that came": (
        [at("06:10"), said("05:50", materials(KR, 423))],
        ["06:00 opened high"],
    ),
    "of another contest": ([at("06:10"), materials(KR, 423, "bupati")], ["06:00 opened high"]),
    "taken back": (
        [at("06:10"), correction("m1", heartbeat(KR))],
        ["06:00 opened high", "06:10 returned high"],
    ),
    "put right by a supervisor": (
        [at("06:10"), sent_by(PTPS, materials(KR, 423))],
        ["06:00 opened high", "06:10 returned high"],
    ),
}


@pytest.mark.parametrize(("items", "lines"), RECEIPTS.values(), ids=RECEIPTS)
def test_the_latest_receipt_decides(items: list[Item], lines: list[str]) -> None:
    """Whoever sent it; how bad it is goes with it."""
    day = journal(SIX, named("m1", materials(KR, 300)), *items, at("06:13"))
    found = [line for line in lines_of(judge(day, DAY)) if name_of(line) == "T02@KR"]
    told = [f"{brief(line)} {line.severity}" for line in found]
    assert lines == [one for one in told if "escalated" not in one]


ENDS: Final[dict[str, tuple[list[Item], str]]] = {
    "it opens again": ([opened(KR)], "11:10 returned"),
    "it goes on": ([resumed(KR)], "11:10 returned"),
    "it is put off": ([postponed(KR)], "11:10 returned"),
    "everybody has voted after all": ([saying(closed(KR), all_voted=True)], "11:10 returned"),
    "somebody else says so too": ([sent_by(PTPS, closed(KR))], "11:05 escalated"),
    "a heartbeat": ([heartbeat(KR)], "11:05 escalated"),
    "the closing is taken back": ([correction("c1", heartbeat(KR))], "11:10 returned"),
    "what was said before it": ([said("10:59", opened(KR))], "11:05 escalated"),
}


@pytest.mark.parametrize(("items", "last"), ENDS.values(), ids=ENDS)
def test_an_early_closing_holds_until_something_answers_it(items: list[Item], last: str) -> None:
    """By a word that lies behind it; the latest early closing is the one that holds."""
    told = story(*EARLY, at("11:10"), *items, at("11:12"), of="T04@KR", world=DAY)
    assert (CLOSED, last) == (told[0], told[-1])


def test_who_closes_when_all_have_voted_closes_in_time() -> None:
    """And so does who closes at the hour."""
    day = [at("07:00"), opened(KR), at("11:00"), saying(closed(KR), all_voted=True), at("13:00")]
    assert [] == story(*day, closed(KR), of="T04@KR", world=DAY)


def test_an_alert_rests_on_the_latest_event() -> None:
    """Of two early closings the second is its evidence, and nobody is told anew."""
    later = named("c2", sent_by(PTPS, closed(KR)))
    alert = alerts_of(judge(journal(*EARLY, at("11:02"), later), DAY))["T04@KR"]
    expected = Evidence("tps.status", "c2", local("11:02"), "ptps", alert.evidence[0].offset)
    assert ((expected,), 1) == (alert.evidence, alert.revision)
    assert "11:02" in alert.summary.id


def test_what_was_said_before_holds_again_when_the_later_word_is_taken_back() -> None:
    """The alert stays, and rests on what is left."""
    items = [*EARLY, at("11:02"), named("c2", sent_by(PTPS, closed(KR)))]
    items += [at("11:04"), sent_by(PTPS, correction("c2", heartbeat(KR)))]
    alert = alerts_of(judge(journal(*items), DAY))["T04@KR"]
    assert (["c1"], True) == ([one.id for one in alert.evidence], alert.holds)


def test_what_a_person_has_resolved_begins_anew_only_after_its_end() -> None:
    """A further early closing is the same matter; an opening in between makes it another."""
    resolved: list[Item] = [*EARLY, at("11:01"), command(CommandKind.RESOLVE, "T04@KR")]
    again = [at("11:30"), sent_by(PTPS, closed(KR)), at("11:31")]
    assert [CLOSED, "11:01 resolved"] == story(*resolved, *again, of="T04@KR", world=DAY)
    between = [at("11:20"), opened(KR), *again]
    told = story(*resolved, *between, of="T04@KR", world=DAY)
    assert [CLOSED, "11:01 resolved", "11:30 reopened"] == told


ARRIVALS: Final[dict[str, tuple[Told, bool]]] = {
    "whole, with the same numbers": (arrived(KR, "K5", "S1", intact=True), False),
    "with its seal broken": (arrived(KR, "K5", "S1", intact=False), True),
    "with another seal": (arrived(KR, "K5", "S2"), True),
    "with another number": (arrived(KR, "K7", "S1"), True),
    "with no word on seal or number": (arrived(KR), False),
}


@pytest.mark.parametrize(("told", "holds"), ARRIVALS.values(), ids=ARRIVALS)
def test_a_box_must_come_in_as_it_left(told: Told, *, holds: bool) -> None:
    """Where both sides name a number."""
    day = [at("16:00"), departed(KR, "K5", "S1", "A1"), at("16:20"), told]
    assert (["16:20 opened"] if holds else []) == story(*day, of="T12@box:K5", world=DAY)


def test_what_was_said_of_the_departure_may_come_after_the_arrival() -> None:
    """Only then the numbers can be compared."""
    day = [at("16:20"), arrived(KR, "K5", "S2"), at("16:30")]
    day += [said("16:00", departed(KR, "K5", "S1", "A1")), at("16:31")]
    assert ["16:30 opened"] == story(*day, of="T12@box:K5", world=DAY)


def test_the_texts_name_the_numbers_of_both_sides() -> None:
    """What nobody told is a dash."""
    day = [at("16:00"), departed(KR, "K5", "S1", "A1"), at("16:20"), arrived(KR, "K5", "S2")]
    alert = alerts_of(judge(journal(*day), DAY))["T12@box:K5"]
    assert {"S1", "S2"} <= set(alert.summary.id.replace(",", " ").replace(".", " ").split())
    assert ["class", "status"] == [why.check for why in alert.why[:2]]
    assert alert.why[2:]
