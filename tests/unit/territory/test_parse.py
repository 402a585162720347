"""A folder as a whole: which files there must be, and one list of all faults."""

import pytest

from streams.domain.ids import AreaCode
from streams.territory.beside import Override
from streams.territory.fault import Fault, FaultSeverity
from streams.territory.parse import parse_folder
from tests.unit.territory.folders import (
    AREAS,
    BOGOR,
    PERSONNEL,
    TEXTS,
    TPS,
    faults_of,
    plan_of,
    replaced,
    told,
    without,
)


def test_the_good_folder_has_no_fault() -> None:
    """Else no other test would mean anything."""
    assert [] == faults_of(TEXTS)


@pytest.mark.parametrize("file", ["election.toml", "tps.csv", "personnel.csv", "contacts.toml"])
def test_a_missing_file_is_one_fault(file: str) -> None:
    """And no fault of what would have stood in it."""
    assert [f"{file}:0: : error"] == told(without(file))
    assert parse_folder(without(file), AREAS)[0] is None


def test_without_neighbours_there_are_none() -> None:
    """That file is optional."""
    assert [] == told(without("adjacency.csv"))
    assert {} == plan_of(without("adjacency.csv")).adjacency


def test_without_actors_messages_count() -> None:
    """The file is optional, and a person should know what that means."""
    assert ["actors.csv:0: : warning"] == told(without("actors.csv"))
    assert plan_of(without("actors.csv")).actors is None


def test_a_file_that_could_not_be_decoded_is_not_missing() -> None:
    """What the reader of the folder found is told, and nothing else of that file."""
    for file in TEXTS:
        bad = Fault(
            file=file,
            line=3,
            column="",
            found="the byte 0xff",
            expected="UTF-8",
            severity=FaultSeverity.ERROR,
        )
        assert (None, (bad,)) == parse_folder(without(file), AREAS, [bad])


def test_an_empty_folder_is_four_missing_files() -> None:
    """Each is named, in the order of the contract, then what is optional."""
    expected = [
        "election.toml:0: : error",
        "tps.csv:0: : error",
        "personnel.csv:0: : error",
        "contacts.toml:0: : error",
        "actors.csv:0: : warning",
    ]
    assert expected == told({})


def test_all_faults_of_all_files_are_told_at_once() -> None:
    """File by file in the order of the contract, line by line."""
    texts = {
        "actors.csv": "actor,role,area\nposko,bos,36.04\n",
        "adjacency.csv": "desa_a,desa_b\nx,36.04.17.2006\n",
        "contacts.toml": '[[contacts]]\nladder = "OPS"\n',
        "personnel.csv": PERSONNEL.replace("true", "x", 1).replace("P02", "P9"),
        "tps.csv": TPS.replace("rawan", "aman", 1).replace("500", "-1", 1).replace("P01", "P9", 1),
        "election.toml": TEXTS["election.toml"].replace("pilkada", "pemilu raya", 1),
    }
    expected = [
        "election.toml:2: kind: error",
        "tps.csv:2: dpt: error",
        "tps.csv:2: class: error",
        "personnel.csv:2: on_duty: error",
        "contacts.toml:1: level: error",
        "contacts.toml:1: area: error",
        "contacts.toml:1: channel: error",
        "contacts.toml:1: target: error",
        "contacts.toml:1: name: error",
        "adjacency.csv:2: desa_a: error",
        "actors.csv:2: role: error",
    ]
    assert expected == [line for line in told(texts) if line.endswith("error")]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("adjacent.csv", " (did you mean adjacency.csv?)"),
        ("notes.csv", ""),
        ("rules/local.yml.txt", ""),
        ("rules/local.json", ""),
    ],
)
def test_a_file_that_is_not_read_is_told(name: str, hint: str) -> None:
    """A slip in a name must not pass silently."""
    faults = faults_of(TEXTS | {name: "x"})
    assert [(name, "a file that is not read")] == [(one.file, one.found) for one in faults]
    assert faults[0].expected.endswith(hint)
    assert {"warning"} == {one.severity for one in faults}


def test_overrides_are_handed_on_unread() -> None:
    """Sorted by name; what they mean is for the pack to say."""
    plan = plan_of(TEXTS | {"rules/b.yaml": "B", "rules/a.yml": "A"})
    assert (Override("a.yml", "A"), Override("b.yaml", "B")) == plan.overrides


def test_a_folder_may_bring_its_own_register() -> None:
    """For a kabupaten that the shipped one lists no desa of."""
    register = (
        "code;name\n32.01;Bogor\n32.01.01;Cibinong\n"
        "32.01.01.1001;Pondok Rajeg\n32.01.01.1002;Karadenan\n"
    )
    texts = replaced("election.toml", ('area = "36"', 'area = "32"')) | {"tps.csv": TPS + BOGOR}
    assert ["tps.csv:0: : warning"] == told(texts)
    assert [] == told(texts | {"areas.csv": register})
    plan = plan_of(texts | {"areas.csv": register})
    assert "Karadenan" == plan.desa[AreaCode("32.01.01.1002")]
    assert ["areas.csv:2: code: error"] == told(TEXTS | {"areas.csv": "code,name\n3201,x\n"})


def test_the_order_of_rows_does_not_matter() -> None:
    """The same rows are the same plan."""
    header, *rows = TPS.strip().split("\n")
    turned = "\n".join([header, *reversed(rows)])
    assert plan_of() == plan_of(TEXTS | {"tps.csv": turned})
    assert list(plan_of().tps) == list(plan_of(TEXTS | {"tps.csv": turned}).tps)


@pytest.mark.parametrize(
    ("old", "new", "around"),
    [
        ("", "", "\ufeff{}"),
        ("\n", "\r\n", "{}"),
        (",", ";", "{}"),
        (",", " , ", "{}"),
        ("", "", "{}\n\n,,,\n"),
    ],
    ids=["mark", "windows", "semicolon", "blanks", "empty lines"],
)
def test_spreadsheet_habits_change_nothing(old: str, new: str, around: str) -> None:
    """In any of the CSV files."""
    turned = {
        name: around.format(text.replace(old, new) if old else text)
        for name, text in TEXTS.items()
        if name.endswith(".csv")
    }
    assert plan_of() == plan_of(TEXTS | turned)
