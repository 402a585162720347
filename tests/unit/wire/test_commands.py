"""Where commands belong."""

import pytest

from streams.domain.effects import DeadLetterReason
from streams.domain.journal import Accepted, Flag
from streams.territory.loaded import Territory
from streams.wire.accept import Acceptor, AcceptSettings
from streams.wire.folder import shipped_areas
from streams.wire.records import Broadcast, DeadLettered, Journaled, Taken
from streams.wire.schemas import Json
from tests.unit.wire.worlds import (
    IDLE,
    LISTED,
    NEIGHBOUR,
    PILKADES,
    REAL,
    RERUN,
    STRANGE,
    UNLISTED,
    VILLAGE,
    acceptor,
    command,
    record,
)

ALL = acceptor(None, REAL, RERUN, PILKADES)
REPLAY = acceptor(AcceptSettings(by_scope=True), REAL, RERUN, PILKADES)
SERANG_REPORT = "3604-MZXW6YTBOI2HGZLM"
UNKNOWN, PLACE = DeadLetterReason.UNKNOWN, DeadLetterReason.PLACE


def taken(**changes: Json) -> Taken:
    """Return the verdict on a command with some fields changed."""
    return ALL.accept(record("operator.commands", command(**changes)))


def place_of(verdict: Taken) -> str:
    """Return the place of an accepted command."""
    assert isinstance(verdict, Journaled), verdict
    assert isinstance(verdict.record, Accepted)
    return verdict.record.place


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "17.02"),
        ({"alert": None, "report": SERANG_REPORT}, "36.04"),
        ({"alert": None, "tps": LISTED}, LISTED),
        ({"alert": None, "area": "36.04.17"}, "36.04.17"),
        ({"alert": None, "area": IDLE[:13]}, IDLE[:13]),
        ({"alert": None, "area": VILLAGE}, VILLAGE),
        ({"alert": None, "area": "36"}, "36.04"),
        ({"report": SERANG_REPORT}, "17.02"),
        ({"alert": None, "report": SERANG_REPORT, "tps": LISTED}, "36.04"),
        ({"alert": None, "tps": VILLAGE, "area": "17.02"}, VILLAGE),
        ({"alert": "", "report": "", "area": "17.02"}, "17.02"),
    ],
)
def test_the_thing_that_is_changed_places_the_command(
    changes: dict[str, Json], expected: str
) -> None:
    """Alert, then report, then TPS, then area; an empty text names nothing."""
    assert expected == place_of(taken(**changes))


@pytest.mark.parametrize(
    ("area", "expected"),
    [("17.02.09", "17.02.09"), ("", "17.02"), ("36.04", "17.02"), ("Curup", "17.02")],
)
def test_a_command_that_names_nothing_is_placed_at_home(area: str, expected: str) -> None:
    """Forms send empty texts; the fold refuses it, and somebody is told."""
    actor: Json = {"id": "ops", "role": "operator", "area": area}
    verdict = taken(alert="", tps=None, area="", election="rejang-lebong-2024", actor=actor)
    assert expected == place_of(verdict)
    assert isinstance(verdict, Journaled)
    assert isinstance(verdict.record, Accepted)
    assert (Flag.PLACE_UNSURE,) == verdict.record.flags


def test_an_unlisted_tps_is_flagged() -> None:
    """As in every other message."""
    verdict = taken(alert=None, tps=UNLISTED)
    assert isinstance(verdict, Journaled)
    assert isinstance(verdict.record, Accepted)
    assert (Flag.UNKNOWN_TPS,) == verdict.record.flags


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"alert": "9103-MZXW6YTBOI2HGZLM"}, UNKNOWN),
        ({"alert": "1702-mzxw6ytboi2hgzlm"}, UNKNOWN),
        ({"alert": "1702-MZXW6YTBOI2HGZLM\n"}, UNKNOWN),
        ({"alert": "T03@17.02.09.1012-001"}, UNKNOWN),
        ({"alert": None, "report": "r-1"}, UNKNOWN),
        ({"alert": None, "tps": IDLE}, UNKNOWN),
        ({"tps": STRANGE}, UNKNOWN),
        ({"alert": None, "area": "Curup"}, UNKNOWN),
        ({"alert": None, "area": "17.02.99"}, UNKNOWN),
        ({"alert": None, "area": "91.03"}, UNKNOWN),
        ({"alert": None, "area": "91"}, UNKNOWN),
        ({"category": "KAM-99"}, UNKNOWN),
        ({"election": "nobody-2024"}, UNKNOWN),
        ({"election": "pilkades-serang"}, UNKNOWN),
    ],
)
def test_what_nobody_knows_is_unknown(changes: dict[str, Json], expected: str) -> None:
    """An id of no form, a place that is not watched, a category of no pack."""
    verdict = taken(**changes)
    assert isinstance(verdict, DeadLettered), verdict
    assert expected == verdict.reason


def test_a_province_with_two_watched_kabupaten_is_no_place() -> None:
    """No partition judges both."""
    both = acceptor(None, PILKADES, NEIGHBOUR)
    verdict = both.accept(record("operator.commands", command(alert=None, area="36")))
    assert isinstance(verdict, DeadLettered)
    assert PLACE is verdict.reason


def test_without_a_register_any_code_of_a_desa_may_be_one() -> None:
    """Nobody can say which codes of the neighbour are wrong."""
    beside = acceptor(None, NEIGHBOUR)
    value = command(alert=None, area="36.01.01.2099")
    assert "36.01.01.2099" == place_of(beside.accept(record("operator.commands", value)))


def test_without_any_election_nothing_is_known() -> None:
    """An installation that watches nothing takes nothing, not even a pack."""
    nothing = Acceptor(Territory.of([]), shipped_areas(), frozenset())
    for value in (command(), command(alert=None, command="use_pack")):
        verdict = nothing.accept(record("operator.commands", value))
        assert isinstance(verdict, DeadLettered)
        assert UNKNOWN is verdict.reason


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "17.02"),
        ({"area": "17.02.09"}, "17.02.09"),
        ({"area": "Curup"}, "17.02"),
        ({"area": "36.04"}, "17.02"),
        ({"election": "rejang-lebong-2024"}, "17.02"),
    ],
)
def test_a_pack_is_taken_into_use_everywhere(changes: dict[str, Json], expected: str) -> None:
    """The order goes to every partition, whatever it names, in the nearest election."""
    verdict = taken(alert=None, command="use_pack", pack="0f0f", **changes)
    assert isinstance(verdict, Broadcast), verdict
    assert isinstance(verdict.record, Accepted)
    assert ("rejang-lebong-2024", expected) == (verdict.record.election, verdict.record.place)


def test_a_pack_of_an_election_that_is_not_loaded_is_unknown() -> None:
    """There is no partition to obey."""
    verdict = taken(alert=None, command="use_pack", election="nobody-2024")
    assert isinstance(verdict, DeadLettered)
    assert UNKNOWN is verdict.reason


@pytest.mark.parametrize(
    ("alert", "expected"),
    [
        ("1702-MZXW6YTBOI2HGZLM", "17.02"),
        ("T03@17.02.09.1012-001", LISTED),
        ("W01@17.02.09.1012|KAM-01", "17.02.09.1012"),
        ("T07@pair:36.04/P03", "36.04"),
        ("W02@officer:36.04/a@b|c", "36.04"),
        ("X02@polsek:17.02/Curup", "17.02"),
        ("V10@contest:bupati@17.02", "17.02"),
        ("V10@contest:gubernur@17|01", "17.02"),
    ],
)
def test_a_replay_may_name_an_alert_by_its_scope(alert: str, expected: str) -> None:
    """Who writes a file of events cannot know the ids."""
    verdict = REPLAY.accept(record("operator.commands", command(alert=alert)))
    assert expected == place_of(verdict)


@pytest.mark.parametrize("alert", ["T03@", "@17.02", "T03@pair:", "T03@Curup", "T03@contest:x"])
def test_a_scope_without_a_place_is_unknown(alert: str) -> None:
    """It is of no form that a transition shows."""
    verdict = REPLAY.accept(record("operator.commands", command(alert=alert)))
    assert isinstance(verdict, DeadLettered)
    assert UNKNOWN is verdict.reason
