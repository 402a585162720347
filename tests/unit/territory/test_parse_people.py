"""`personnel.csv` and `actors.csv`."""

from typing import Final

import pytest

from streams.domain.events import ActorRole
from streams.domain.ids import AreaCode
from streams.domain.words import Role
from streams.territory.parse import parse_folder
from streams.territory.plan import Actor, Officer
from tests.unit.territory.folders import (
    AREAS,
    ELECTION,
    PERSONNEL,
    TEXTS,
    TPS,
    Texts,
    cell,
    faults_of,
    plan_of,
    replaced,
    row,
    told,
    without,
)

SERANG, LEBONG = AreaCode("36.04"), AreaCode("17.02")
LEBONG_AREAS = "Dwi Tunggal,Curup,Rejang Lebong,Bengkulu"
TWIN = row("17.02.09.1012-001", LEBONG_AREAS, "Carenang", "P01") + row(
    "17.02.09.1012-002", LEBONG_AREAS, "Curup", "P09"
)
HEADER = PERSONNEL.partition("\n")[0] + "\n"


def two_kabupaten(line: str) -> Texts:
    """Return a folder in which Polsek Carenang and pair P01 occur in two kabupaten."""
    texts = replaced("election.toml", ('area = "36"', 'area = "17"'))
    return texts | {"tps.csv": TPS + TWIN, "personnel.csv": HEADER + line + "\n"}


def test_a_row_arrives_whole() -> None:
    """Officers are found by kabupaten and id; the number stays apart."""
    plan = plan_of()
    expected = Officer(
        officer="A2",
        name="Sandi Dua",
        role=Role.PAM_TPS,
        polsek="Carenang",
        kabupaten=SERANG,
        pair="P02",
        on_duty=True,
        shift_start_minutes=360,
        shift_end_minutes=1080,
    )
    assert expected == plan.officers[SERANG, "A2"]
    assert AreaCode("36.04.17.2010") == plan.officers[SERANG, "B1"].desa
    assert not plan.officers[SERANG, "R1"].on_duty


def test_numbers_stay_apart_and_are_not_shown() -> None:
    """They are in one form, in a structure whose text has none of them."""
    phones = plan_of().phones
    expected = {(SERANG, "A1"): "+6281200000001", (SERANG, "B1"): "+6281200000002"}
    assert expected == phones.numbers
    assert "Phones(2)" == repr(phones)


@pytest.mark.parametrize("text", ["81200000001", "(0812) 0000.0001", "6281200000001", "021 555123"])
def test_numbers_are_taken_as_people_write_them(text: str) -> None:
    """Also without the zero that a spreadsheet stripped."""
    numbers = plan_of(cell("personnel.csv", 2, "phone", text)).phones.numbers
    assert numbers[SERANG, "A1"].startswith("+62")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("officer", ""),
        ("officer", "A2"),
        ("officer", "x" * 65),
        ("name", ""),
        ("role", "polisi"),
        ("polsek", ""),
        ("polsek", "Carenag"),
        ("pair", "P99"),
        ("phone", "6.28E+11"),
        ("phone", "ada"),
        ("on_duty", ""),
        ("on_duty", "kadang"),
        ("desa", "Mekarsari"),
        ("desa", "17.02.09.1012"),
        ("kabupaten", "17.02"),
        ("kabupaten", "3604"),
    ],
)
def test_each_wrong_cell_is_named_once(column: str, value: str) -> None:
    """On its line, in its column, and nothing else with it."""
    errors = [
        (one.line, one.column)
        for one in faults_of(cell("personnel.csv", 2, column, value))
        if one.severity == "error"
    ]
    # An id that the next row has as well is told there.
    assert [(3 if value == "A2" else 2, column)] == errors


@pytest.mark.parametrize(
    ("column", "value", "named"),
    [
        ("shift_start", "07:00", ["shift_end"]),
        ("shift_end", "07:00", ["shift_start"]),
        ("shift_start", "dini hari", ["shift_start", "shift_end"]),
    ],
)
def test_a_shift_is_both_or_neither(column: str, value: str, named: list[str]) -> None:
    """The missing half is told where it is missing."""
    faults = faults_of(cell("personnel.csv", 2, column, value))
    assert named == [one.column for one in faults]


def test_a_shift_has_a_length() -> None:
    """From six to six is no shift."""
    texts = replaced("personnel.csv", ("06:00,18:00", "06:00,6.00"))
    assert ["personnel.csv:3: shift_end: error"] == told(texts)


def test_a_shift_may_end_on_the_next_day() -> None:
    """A guard of the night is one."""
    plan = plan_of(replaced("personnel.csv", ("06:00,18:00", "18:00,06:00")))
    officer = plan.officers[SERANG, "A2"]
    assert (1080, 360) == (officer.shift_start_minutes, officer.shift_end_minutes)


def test_a_wrong_number_is_not_shown() -> None:
    """The fault names the row, not the number."""
    faults = faults_of(cell("personnel.csv", 2, "phone", "0812-12"))
    assert ["something else (not shown)"] == [one.found for one in faults]


def test_slips_are_hinted_at() -> None:
    """The nearest Polsek or pair of the kabupaten is proposed."""
    expected = [
        "a polsek that tps.csv has there (did you mean Carenang?)",
        "a pair that tps.csv has there (did you mean P01?)",
        f"one of {', '.join(Role)} (did you mean polres?)",
    ]
    found = [
        faults_of(cell("personnel.csv", 2, column, value))[0].expected
        for column, value in (("polsek", "Carenag"), ("pair", "P001"), ("role", "polress"))
    ]
    assert expected == found


def test_a_national_file_gets_no_hints() -> None:
    """With 21 kabupaten a guess would not be worth its time; the fault is named all the same."""
    provinces = sorted(code for code in AREAS.names if len(code) == 2)[:21]
    texts = {
        "election.toml": ELECTION.replace('"36"', f'"{provinces[0]}"'),
        "tps.csv": TPS + "".join(row(f"{code}.01.01.2001-001", "A,B,C,D") for code in provinces),
    }
    line = "A1,x,pam_tps,Carenag,,,true,,,,\n"
    faults = faults_of(TEXTS | texts | {"personnel.csv": HEADER + line})
    expected = ["a polsek that tps.csv has there"]
    assert expected == [one.expected for one in faults if one.file == "personnel.csv"]


@pytest.mark.parametrize(
    ("line", "kabupaten"),
    [
        ("A1,x,pam_tps,Carenang,P01,,true,,,,36.04", SERANG),
        ("A1,x,pam_tps,Carenang,P01,,true,,,,17.02", LEBONG),
        ("A1,x,pam_tps,Curup,P01,,true,,,,", LEBONG),
        ("A1,x,pam_tps,Carenang,P02,,true,,,,", SERANG),
        ("A1,x,panwas,,P09,,true,,,,", LEBONG),
        ("A1,x,polres,,,,true,,,,17.02", LEBONG),
    ],
)
def test_an_officer_belongs_to_one_kabupaten(line: str, kabupaten: AreaCode) -> None:
    """By the column, else by the Polsek, else by the pair: whatever makes it sure."""
    plan = plan_of(two_kabupaten(line))
    assert [(kabupaten, "A1")] == list(plan.officers)


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("A1,x,pam_tps,Carenang,P01,,true,,,,", "its polsek occurs in 17.02, 36.04"),
        ("A1,x,bhabinkamtibmas,Carenang,,,true,,,,", "its polsek occurs in 17.02, 36.04"),
        ("A1,x,panwas,,P01,,true,,,,", "its pair occurs in 17.02, 36.04"),
        ("A1,x,polres,,,,true,,,,", "there are TPS in 17.02, 36.04"),
    ],
)
def test_where_a_name_occurs_twice_the_code_is_needed(line: str, hint: str) -> None:
    """Nothing is guessed."""
    errors = [one for one in faults_of(two_kabupaten(line)) if one.severity == "error"]
    assert [("kabupaten", f"a code, as {hint}")] == [(one.column, one.expected) for one in errors]


def test_one_id_may_occur_in_two_kabupaten() -> None:
    """Each Polres numbers its own people."""
    lines = "A1,x,polres,,,,true,,,,36.04\nA1,y,polres,,,,true,,,,17.02"
    assert {(SERANG, "A1"), (LEBONG, "A1")} == set(plan_of(two_kabupaten(lines)).officers)


def test_a_fault_of_the_map_is_none_of_the_roster() -> None:
    """Whose Polsek stands in a row of tps.csv with a wrong code is not told as well."""
    texts = cell("tps.csv", 5, "tps", "36.04.18.2007-1") | {
        "personnel.csv": PERSONNEL.replace("A2,Sandi Dua,pam_tps,Carenang", "A2,x,pam_tps,Binuang"),
        "adjacency.csv": "desa_a,desa_b\n",
    }
    texts["tps.csv"] = texts["tps.csv"].replace(
        "Banten,Carenang,500,sangat", "Banten,Binuang,5,sangat"
    )
    assert ["tps.csv:5: tps: error"] == told(texts)


def test_actors_have_a_role_and_an_area() -> None:
    """A program's area may be empty: it acts everywhere."""
    expected = (
        Actor("posko", ActorRole.OPERATOR, SERANG),
        Actor("kapolres", ActorRole.COMMANDER, AreaCode("36")),
        Actor("siaga", ActorRole.SYSTEM, AreaCode("")),
    )
    assert expected == plan_of().actors


@pytest.mark.parametrize(
    ("line", "column", "value"),
    [
        (2, "actor", ""),
        (3, "actor", "posko"),
        (2, "role", "admin"),
        (2, "area", ""),
        (2, "area", "17.02"),
        (2, "area", "3604"),
        (2, "area", "20.01"),
        (2, "area", "36.04.17.2010-001"),
        (2, "area", "Serang"),
    ],
)
def test_each_wrong_actor_is_named_once(line: int, column: str, value: str) -> None:
    """On its line, in its column."""
    assert [f"actors.csv:{line}: {column}: error"] == told(cell("actors.csv", line, column, value))


def test_actors_without_a_map_are_not_told() -> None:
    """If no TPS could be read, no area is foreign."""
    texts = TEXTS | {"tps.csv": TPS.split("\n")[0]}
    assert ["tps.csv:0: : error"] == told(texts)


ROOM: Final = (
    Actor("pos-2", ActorRole.OPERATOR, AreaCode("")),
    Actor("kapolres", ActorRole.COMMANDER, AreaCode("36")),
    Actor("posko", ActorRole.COMMANDER, SERANG),
)


def with_room(texts: Texts) -> tuple[tuple[Actor, ...] | None, list[str]]:
    """Return the roster of a folder beside a control room with users, and the faults."""
    plan, faults = parse_folder(texts, AREAS, room=ROOM)
    return plan.actors if plan else None, [str(fault) for fault in faults]


def test_the_control_rooms_users_are_added_to_the_actors() -> None:
    """Who stands in both counts as the room has him, and `siaga check` says so."""
    roster, faults = with_room(TEXTS)
    system = Actor("siaga", ActorRole.SYSTEM, AreaCode(""))
    second, kapolres, posko = ROOM
    assert (posko, kapolres, system, second) == roster
    found = "actors.csv: actor: found posko as operator of 36.04"
    assert [
        f"{found}, expected commander of 36.04, as the room's users have it [warning]"
    ] == faults


def test_without_actors_the_control_rooms_users_are_the_roster() -> None:
    """There is one then, so nobody is warned that messages count; no users are one as well."""
    assert (ROOM, []) == with_room(without("actors.csv"))
    plan, faults = parse_folder(without("actors.csv"), AREAS, room=())
    assert plan is not None
    assert ((), ()) == (plan.actors, faults)


def test_a_contact_may_answer_as_a_user_of_the_control_room() -> None:
    """He is on the roster like any other."""
    named = TEXTS["contacts.toml"].replace("[[contacts]]", '[[contacts]]\nactor = "pos-2"', 1)
    texts = TEXTS | {"contacts.toml": named}
    roster, faults = with_room(texts)
    assert roster is not None
    assert 1 == len(faults)
    assert parse_folder(texts, AREAS)[0] is None
