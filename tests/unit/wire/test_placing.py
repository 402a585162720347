"""Where events belong: election, place, flags; and what is known to nobody."""

import pytest

from streams.domain.effects import DeadLetterReason
from streams.domain.journal import Accepted, AcceptedReport, Flag
from streams.wire.accept import Acceptor
from streams.wire.records import DeadLettered, Journaled
from streams.wire.schemas import Json
from tests.unit.wire.worlds import (
    IDLE,
    LISTED,
    PILKADES,
    REAL,
    RERUN,
    STRANGE,
    UNLISTED,
    VILLAGE,
    acceptor,
    count,
    record,
    report,
    status,
)

ALONE = acceptor()
ALL = acceptor(None, REAL, RERUN, PILKADES)
NUMBERED: Json = {"desa": "17.02.09.1012", "tps_number": 1}
NAMED: Json = {"kecamatan": "Curup", "name": "dwi tunggal"}
UNKNOWN, PLACE = DeadLetterReason.UNKNOWN, DeadLetterReason.PLACE


def accepted(judge: Acceptor, topic: str, value: Json) -> Accepted:
    """Return the accepted event that a message becomes."""
    taken = judge.accept(record(topic, value))
    assert isinstance(taken, Journaled), taken
    assert isinstance(taken.record, Accepted)
    assert taken.key.decode() == taken.record.place[:5]
    return taken.record


def refused(judge: Acceptor, topic: str, value: Json) -> DeadLettered:
    """Return the verdict on a message that is a dead letter."""
    taken = judge.accept(record(topic, value))
    assert isinstance(taken, DeadLettered), taken
    return taken


@pytest.mark.parametrize(
    ("topic", "value"),
    [
        ("tps.status", status()),
        ("vote.counts", count()),
        ("crowd.reports", report()),
        ("crowd.reports", report(place=NUMBERED)),
        ("crowd.reports", report(place=NAMED)),
    ],
)
def test_a_sure_place_is_taken_as_it_is(topic: str, value: Json) -> None:
    """By code, by desa and number, by name and kecamatan; nothing is flagged."""
    found = accepted(ALONE, topic, value)
    assert ("rejang-lebong-2024", ()) == (found.election, found.flags)
    assert found.place in {LISTED, LISTED[:13]}


@pytest.mark.parametrize(
    ("topic", "value"),
    [
        ("tps.status", status(tps=UNLISTED)),
        ("vote.counts", count(tps=UNLISTED)),
        ("crowd.reports", report(place={"tps": UNLISTED})),
    ],
)
def test_an_unlisted_tps_of_a_desa_that_votes_is_taken_and_flagged(topic: str, value: Json) -> None:
    """Lists are wrong more often than people on the spot."""
    found = accepted(ALONE, topic, value)
    assert (UNLISTED, (Flag.UNKNOWN_TPS,)) == (found.place, found.flags)


@pytest.mark.parametrize("topic", ["tps.status", "vote.counts"])
@pytest.mark.parametrize("tps", [IDLE, STRANGE, "91.03.01.3001-001"])
def test_a_tps_of_a_desa_that_does_not_vote_is_unknown(topic: str, tps: str) -> None:
    """It is there or not, in a watched kabupaten or another: nobody votes in it."""
    value = status(tps=tps) if topic == "tps.status" else count(tps=tps)
    assert UNKNOWN is refused(ALL, topic, value).reason


def test_a_report_from_a_desa_that_does_not_vote_is_taken() -> None:
    """Trouble does not ask who votes; the TPS that is none is left out of the place."""
    found = accepted(ALL, "crowd.reports", report(place={"tps": IDLE}))
    assert (IDLE[:13], "pilkades-serang") == (found.place, found.election)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ({"name": "Dwi Tunggal"}, "17.02"),
        ({"kecamatan": "Curup"}, "17.02.09"),
        ({"kecamatan": "17.02.09"}, "17.02.09"),
        ({"desa": "17.02.09.1012", "kecamatan": "17.02.10"}, "17.02"),
        (None, "17.02"),
    ],
)
def test_an_unsure_place_is_the_narrowest_area_and_flagged(place: Json, expected: str) -> None:
    """A name alone, a kecamatan alone, a contradiction, nothing at all: a person decides."""
    found = accepted(ALONE, "crowd.reports", report(place=place))
    assert (expected, (Flag.PLACE_UNSURE,)) == (found.place, found.flags)


def test_candidates_go_with_an_unsure_place() -> None:
    """So that the person in the control room clicks instead of searching."""
    found = accepted(ALONE, "crowd.reports", report(place={"name": "Dwi Tunggal"}))
    assert isinstance(found, AcceptedReport)
    assert "17.02.09.1012" == found.candidates[0]


def test_without_one_kabupaten_nothing_is_sure() -> None:
    """Two are watched, and the report names neither."""
    assert PLACE is refused(ALL, "crowd.reports", report(place={"name": "Mekarsari"})).reason


def test_a_named_election_makes_its_kabupaten_sure() -> None:
    """It is watched in one kabupaten only, so the report is of that one."""
    value = report(place={"name": "Mekarsari"}, election="pilkades-serang")
    found = accepted(ALL, "crowd.reports", value)
    assert ("36.04", (Flag.PLACE_UNSURE,)) == (found.place, found.flags)


def test_a_report_of_a_code_that_nobody_knows_is_unknown() -> None:
    """The register lists all desa of this kabupaten."""
    assert UNKNOWN is refused(ALONE, "crowd.reports", report(place={"tps": STRANGE})).reason


def test_the_election_is_the_nearest_that_has_the_place() -> None:
    """One TPS, two polls ten days apart."""
    near = accepted(ALL, "tps.status", status())
    late = ALL.accept(record("tps.status", status(at="2024-12-06T20:00:00+07:00")))
    assert "rejang-lebong-2024" == near.election
    assert isinstance(late, Journaled)
    assert isinstance(late.record, Accepted)
    # The sender's clock is ahead of the broker's, but his word on the day counts.
    assert ("rerun", (Flag.CLOCK_AHEAD,)) == (late.record.election, late.record.flags)


@pytest.mark.parametrize(
    ("topic", "value"),
    [
        ("tps.status", status(election="rerun")),
        ("vote.counts", count(election="rerun")),
        ("crowd.reports", report(election="rerun")),
    ],
)
def test_a_named_election_counts_before_the_nearest(topic: str, value: Json) -> None:
    """The sender knows which poll he means."""
    assert "rerun" == accepted(ALL, topic, value).election


@pytest.mark.parametrize(
    ("topic", "value"),
    [
        ("tps.status", status(election="nobody-2024")),
        ("tps.status", status(election="pilkades-serang")),
        ("vote.counts", count(election="nobody-2024")),
        ("crowd.reports", report(election="nobody-2024")),
        ("crowd.reports", report(category="KAM-99")),
        ("vote.counts", count(contest="walikota")),
        ("vote.counts", count(contest="")),
        ("vote.counts", count(votes={"01": 1, "kosong": 2})),
        ("vote.counts", count(tps=VILLAGE, contest="lamaran")),
        ("tps.status", status(tps=VILLAGE, kind="logistics_received", contest="lamaran")),
        ("tps.status", status(kind="logistics_received", contest="walikota")),
        ("tps.status", status(kind="checkin", tps=None, officer="X9")),
        ("tps.status", status(kind="checkin", tps=None, officer="")),
        ("tps.status", status(kind="duress", tps=None, officer="P01A", election="rerun")),
    ],
)
def test_what_nobody_knows_is_unknown(topic: str, value: Json) -> None:
    """Elections, categories, contests that do not cover the TPS, choices, officers."""
    assert UNKNOWN is refused(ALL, topic, value).reason


@pytest.mark.parametrize(
    ("topic", "value"),
    [
        ("vote.counts", count(tps=VILLAGE, contest="mekarsari")),
        ("vote.counts", count(contest="gubernur")),
        ("tps.status", status(kind="logistics_received", contest="gubernur")),
        ("tps.status", status(kind="checkin", officer="X9")),
    ],
)
def test_what_somebody_knows_is_taken(topic: str, value: Json) -> None:
    """A contest of the province covers the TPS; an officer who names his TPS may be anybody."""
    assert () == accepted(ALL, topic, value).flags


@pytest.mark.parametrize(
    ("officer", "expected", "election"),
    [
        ("P01A", "17.02", "rejang-lebong-2024"),
        ("R1", "17.02", "rejang-lebong-2024"),
        ("N1", "17.02.09", "rerun"),
        ("S1", "36.04.18", "pilkades-serang"),
        ("S2", "36.04", "pilkades-serang"),
    ],
)
def test_an_officer_without_tps_is_where_his_polsek_is(
    officer: str, expected: str, election: str
) -> None:
    """In its kecamatan; in the kabupaten if the Polsek spans several, or he belongs to none."""
    value = status(kind="duress", tps=None, officer=officer)
    found = accepted(ALL, "tps.status", value)
    assert (expected, election, ()) == (found.place, found.election, found.flags)


def test_an_officer_of_two_kabupaten_must_name_the_tps() -> None:
    """Two rosters have the id K1, and neither kabupaten is sure."""
    value = status(kind="checkin", tps=None, officer="K1")
    assert PLACE is refused(ALL, "tps.status", value).reason
    assert "36.04.17" == accepted(ALL, "tps.status", {**value, "election": "pilkades-serang"}).place
