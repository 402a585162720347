"""`election.toml`: every key checked, every fault named by line."""

import pytest

from streams.territory.fault import Faults
from streams.territory.parse_election import parse_election
from streams.territory.plan import Contest, Election, ElectionKind
from tests.unit.territory.folders import ELECTION


def read(text: str) -> tuple[Election, list[str]]:
    """Return the election, and line, key and severity of each fault."""
    faults = Faults("election.toml")
    election = parse_election(text, faults).election
    return election, [f"{one.line} {one.column} {one.severity}" for one in faults.noted]


def changed(old: str, new: str) -> tuple[Election, list[str]]:
    """Read the good file with one change."""
    assert ELECTION.count(old) == 1, old
    return read(ELECTION.replace(old, new))


def test_a_good_file_is_read_whole() -> None:
    """Each key arrives."""
    election, faults = read(ELECTION)
    expected = Election(
        id=election.id,
        kind=ElectionKind.PILKADA,
        profile="pilkada",
        pack="siaga",
        languages=("id", "en"),
        date="2024-11-27",
        poll_opens="07:00",
        poll_closes="13:00",
        heartbeat_minutes=12,
        ballot_reserve=0.025,
        max_voters=600,
        contests=(
            Contest(id="bupati", area=election.contests[0].area, choices=("01", "02")),
            Contest(id="gubernur", area=election.contests[1].area, choices=("01", "kosong")),
        ),
    )
    assert (expected, []) == (election, faults)
    assert ("serang-2024", "36.04") == (election.id, election.contests[0].area)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('id = "serang-2024"\n', "\n", "0 id error"),
        ('id = "serang-2024"', 'id = "serang#1"', "1 id error"),
        ('id = "serang-2024"', "id = 3", "1 id error"),
        ('kind = "pilkada"\n', "\n", "0 kind error"),
        ('kind = "pilkada"', 'kind = "pilpres"', "2 kind error"),
        ('profile = "pilkada"', 'profile = "pilkad"', "3 profile error"),
        ('pack = "siaga"', "pack = 1", "4 pack error"),
        ('["id", "en"]', '["id", "jv"]', "5 languages error"),
        ('["id", "en"]', "[]", "5 languages error"),
        ("date = 2024-11-27\n", "\n", "0 date error"),
        ("2024-11-27", '"27-11-2024"', "6 date error"),
        ("2024-11-27", '"2024-02-30"', "6 date error"),
        ("2024-11-27", "1999-12-31", "6 date error"),
        ("2024-11-27", "2024-11-27T07:00:00", "6 date error"),
        ('"07:00"', '"pagi"', "7 poll_opens error"),
        ('"07:00"', "7", "7 poll_opens error"),
        ('"13:00"', '"06:00"', "8 poll_closes error"),
        ('"13:00"', '"07:00"', "8 poll_closes error"),
        ('poll_closes = "13:00"\n', "\n", "0 poll_closes warning"),
        ("heartbeat_minutes = 12\n", "\n", "0 heartbeat_minutes warning"),
        ("heartbeat_minutes = 12", "heartbeat_minutes = 0", "9 heartbeat_minutes error"),
        ("0.025", "2.5", "10 ballot_reserve error"),
        ("600", "900", "11 max_voters warning"),
        ("600", "0", "11 max_voters error"),
        ('choices = ["01", "02"]', 'choices = ["01"]', "15 choices error"),
        ('choices = ["01", "02"]', "choices = [1, 2]", "15 choices error"),
        ('choices = ["01", "02"]\n', "\n", "12 choices error"),
        ('area = "36.04"', 'area = "3604"', "14 area error"),
        ('area = "36.04"', 'area = "20.04"', "14 area error"),
        ('area = "36.04"', 'area = "36.04.17.2010-001"', "14 area error"),
        ('id = "gubernur"', 'id = "bupati"', "17 id error"),
        ('area = "36"\n', 'area = "36"\npairs = 2\n', "19 pairs warning"),
        ('pack = "siaga"', 'pakc = "siaga"', "4 pakc warning"),
    ],
)
def test_each_fault_is_named_once(old: str, new: str, fault: str) -> None:
    """One slip, one fault, on its line."""
    assert [fault] == changed(old, new)[1]


def test_an_election_needs_a_contest() -> None:
    """Without one no count could be judged."""
    assert ["0 contests error"] == read(ELECTION.partition("[[")[0])[1]


def test_one_bracket_is_not_two() -> None:
    """A table that cannot be repeated is told as that, and not as missing as well."""
    text = ELECTION.partition("[[")[0] + '[contests]\nid = "x"\n'
    assert ["12 contests error"] == read(text)[1]


def test_what_is_no_toml_is_one_fault() -> None:
    """Not one for each key that could not be found in it."""
    _, faults = changed('kind = "pilkada"', "kind = pilkada")
    assert ["2  error"] == faults


@pytest.mark.parametrize(
    ("old", "new", "key", "value"),
    [
        ('profile = "pilkada"\n', "", "profile", "pilkada"),
        ('pack = "siaga"\n', "", "pack", "siaga"),
        ('languages = ["id", "en"]\n', "", "languages", ("id", "en")),
        ("2024-11-27", '"2024-11-27"', "date", "2024-11-27"),
        ('"07:00"', "07:00:00", "poll_opens", "07:00"),
        ('"07:00"', '"7.30"', "poll_opens", "07:30"),
        ("0.025", "0", "ballot_reserve", 0),
    ],
)
def test_what_may_be_left_out_or_written_otherwise(
    old: str, new: str, key: str, value: object
) -> None:
    """Defaults and other spellings of one thing are no fault."""
    election, faults = changed(old, new)
    assert (value, []) == (getattr(election, key), faults)


def test_the_profile_follows_the_kind() -> None:
    """A pilkades is judged by the thresholds of a pilkades unless it says otherwise."""
    text = ELECTION.replace('kind = "pilkada"\nprofile = "pilkada"', 'kind = "pilkades"')
    election, faults = read(text)
    assert ("pilkades", []) == (election.profile, faults)


def test_contests_know_the_line_of_their_area() -> None:
    """For checks that need the TPS."""
    found = parse_election(ELECTION, Faults("election.toml"))
    assert {"bupati": 14, "gubernur": 18} == found.contest_lines
