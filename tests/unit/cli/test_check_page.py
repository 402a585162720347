"""The reference page of election folders: its examples pass, and its tables are what is read."""

import re
from argparse import Namespace
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from streams.cli.check import run
from streams.domain.alert import LADDERS, PILKADES_LADDERS
from streams.domain.events import ActorRole
from streams.domain.words import Channel, Role, TpsClass
from streams.rules.report_specs import ScoreSpec
from streams.setup import pack_of
from streams.territory.fault import Fault, FaultSeverity
from streams.territory.parse import FILES
from streams.wire.folder import load_folder, load_plan
from tests.support.snippets import DOCS

PAGE: Final = (DOCS / "reference" / "election-folder.md").read_text("utf-8")
BLOCK: Final = re.compile(
    r"^`([a-z/]+\.[a-z]+)`:\n\n```[a-z]+\n(.*?)^```$", re.DOTALL | re.MULTILINE
)
SECTION: Final = re.compile(r"^## `([a-z.]+)`\n(.*?)(?=^## |\Z)", re.DOTALL | re.MULTILINE)
ROW: Final = re.compile(r"^\| `([a-z_]+)` \| (.*) \| (.*) \| (.*) \|$", re.MULTILINE)
RANGE: Final = re.compile(r"from [-0-9.]+ to [-0-9.]+")
TOLD: Final = re.compile(r"expected one of ([a-z_, ]+)")
UNKNOWN: Final = "qqqqqq"


class Row(NamedTuple):
    """What the page says of a column or key."""

    name: str
    holds: str
    missing: str
    """Of a column whether it may be missing; of a key its default."""
    example: str


Texts = dict[str, str]
SMALLEST: Final[Texts] = {"contacts.toml": "", **dict(BLOCK.findall(PAGE))}
RULES: Final = "rules/local.yaml"
LOCAL: Final = SMALLEST.pop(RULES)
TABLES: Final = {
    name: [Row(*found) for found in ROW.findall(text)] for name, text in SECTION.findall(PAGE)
}
CSV: Final = [name for name in TABLES if name.endswith(".csv")]
COLUMNS: Final = [(name, row.name) for name in CSV for row in TABLES[name]]
TOP: Final = [row for row in TABLES["election.toml"] if row.name not in {"area", "choices"}][:-1]
"""Keys above the contests, whose `id` comes last."""
CONTEST: Final = TABLES["election.toml"][-3:]
CONTACT: Final = TABLES["contacts.toml"]


def toml(rows: list[Row], without: str = "") -> str:
    """Return the examples of some keys; `contests` stands below them as tables."""
    kept = (row for row in rows if row.name not in {without, "contests"})
    return "".join(f"{row.name} = {row.example.strip('`')}\n" for row in kept)


def csv(
    name: str, cells: dict[str, str] | None = None, without: frozenset[str] = frozenset()
) -> str:
    """Return a file of one row, made of the examples, with other cells and without some columns."""
    rows = [row for row in TABLES[name] if row.name not in without]
    values = [(cells or {}).get(row.name, row.example) for row in rows]
    return f"{','.join(row.name for row in rows)}\n{','.join(values)}\n"


def contests() -> str:
    """Return the table of a contest, made of the examples."""
    return f"[[contests]]\n{toml(CONTEST)}"


def full() -> Texts:
    """Return the folder of all examples."""
    election = toml(TOP) + contests()
    contacts = f"[[contacts]]\n{toml(CONTACT)}"
    return {
        "election.toml": election,
        "contacts.toml": contacts,
        **{name: csv(name) for name in CSV},
    }


def faults_of(folder: Path, texts: Texts) -> list[Fault]:
    """Return what `siaga check` finds in a folder of these files."""
    for name, text in texts.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return [*load_folder(folder)[1]]


def errors_of(folder: Path, texts: Texts) -> list[str]:
    """Return the errors alone, as people read them."""
    found = faults_of(folder, texts)
    return [str(fault) for fault in found if fault.severity is FaultSeverity.ERROR]


def faults_in(name: str, folder: Path, text: str) -> list[str]:
    """Return the errors in one file, which stands in the folder of all examples."""
    # The register is large; to add to it takes longer than all the rest.
    texts = {one: other for one, other in full().items() if one in {name, *SMALLEST}}
    return [one for one in errors_of(folder, {**texts, name: text}) if one.startswith(name)]


def together(name: str) -> frozenset[str]:
    """Return the columns of a file that are there both or not at all."""
    return frozenset(row.name for row in TABLES[name] if row.missing.endswith("both"))


def row_of(name: str, column: str) -> Row:
    """Return what the page says of a column."""
    return next(row for row in TABLES[name] if row.name == column)


def test_the_smallest_folder_passes_as_the_page_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the very warnings that stand there."""
    assert {"election.toml", "tps.csv", "personnel.csv", "contacts.toml"} == set(SMALLEST)
    assert [] == errors_of(tmp_path, SMALLEST)
    assert 0 == run(Namespace(election=tmp_path, json=False, notify=None, config=None))
    assert f"```text\n{capsys.readouterr().out}```\n" in PAGE


@pytest.mark.parametrize("name", sorted(SMALLEST))
def test_no_file_of_the_smallest_folder_can_be_left_out(tmp_path: Path, name: str) -> None:
    """Each is required."""
    texts = {one: text for one, text in SMALLEST.items() if one != name}
    assert [name] == [found.partition(":")[0] for found in errors_of(tmp_path, texts)]


@pytest.mark.parametrize("line", SMALLEST["election.toml"].splitlines())
def test_no_line_of_the_smallest_election_can_be_left_out(tmp_path: Path, line: str) -> None:
    """What has a default is not there."""
    text = SMALLEST["election.toml"].replace(f"{line}\n", "")
    assert errors_of(tmp_path, {**SMALLEST, "election.toml": text})


def test_the_override_is_read(tmp_path: Path) -> None:
    """It changes its field, and the pack is one that a worker can start with."""
    assert [] == errors_of(tmp_path, {**SMALLEST, RULES: LOCAL})
    rule = pack_of(load_plan(tmp_path)).rule("W01")
    assert rule is not None
    assert isinstance(rule.detector, ScoreSpec)
    assert "45m" == rule.detector.quiet


def test_all_examples_together_are_a_folder_without_errors(tmp_path: Path) -> None:
    """Each file of the page is in it; warnings are of ladders that no contact belongs to."""
    assert set(FILES) == set(full()) == set(TABLES)
    found = faults_of(tmp_path, full())
    assert {"contacts.toml", "areas.csv", ""} >= {one.file for one in found}
    assert [] == [str(one) for one in found if one.severity is FaultSeverity.ERROR]


@pytest.mark.parametrize("name", sorted(TABLES))
def test_the_page_has_the_columns_and_keys_that_are_read(tmp_path: Path, name: str) -> None:
    """As the loader lists them itself, when it finds one that it does not know."""
    texts = full()
    if name in CSV:
        texts[name] = texts[name].replace("\n", f",{UNKNOWN}\n", 1)
    elif name == "contacts.toml":
        texts[name] += f"{UNKNOWN} = 1\n"
    else:
        texts[name] = f"{UNKNOWN} = 1\n{texts[name]}"
    [found] = [one for one in faults_of(tmp_path, texts) if one.column == UNKNOWN]
    told = TOLD.match(f"expected {found.expected}")
    assert told
    rows = TOP if name == "election.toml" else TABLES[name]
    # What stands instead of two keys of the table is told of below it.
    instead = {"agency"} if name == "contacts.toml" else set[str]()
    assert set(told[1].split(", ")) == {row.name for row in rows} | instead


@pytest.mark.parametrize(("name", "column"), COLUMNS)
def test_a_cell_may_be_empty_where_the_page_says_so(tmp_path: Path, name: str, column: str) -> None:
    """And nowhere else; where it goes with another, not alone."""
    missing = row_of(name, column).missing
    alone = faults_in(name, tmp_path, csv(name, {column: ""}))
    assert (missing.startswith("no") or missing.endswith("both")) == bool(alone)
    both = dict.fromkeys(together(name), "")
    if column in both:
        assert [] == faults_in(name, tmp_path, csv(name, both))


@pytest.mark.parametrize(("name", "column"), COLUMNS)
def test_a_column_may_be_missing_where_the_page_says_so(
    tmp_path: Path, name: str, column: str
) -> None:
    """And nowhere else."""
    both = together(name)
    without = both if column in both else frozenset({column})
    errors = faults_in(name, tmp_path, csv(name, without=without))
    assert row_of(name, column).missing.startswith("yes") == (not errors)


@pytest.mark.parametrize("row", TOP, ids=[row.name for row in TOP])
def test_a_key_of_the_election_has_the_default_that_the_page_says(tmp_path: Path, row: Row) -> None:
    """A required one has none."""
    tail = "" if row.name == "contests" else contests()
    without = toml(TOP, row.name) + tail
    errors = faults_in("election.toml", tmp_path, without)
    assert (row.missing == "required") == bool(errors)
    if not errors:
        left_out = load_plan(tmp_path).election
        kind = row_of("election.toml", "kind").example
        default = kind if row.missing == "the `kind`" else row.missing
        assert [] == faults_in(
            "election.toml", tmp_path, toml([row._replace(example=default)]) + without
        )
        assert load_plan(tmp_path).election == left_out


@pytest.mark.parametrize(
    ("table", "row"),
    [("contests", row) for row in CONTEST] + [("contacts", row) for row in CONTACT],
    ids=[f"contests-{row.name}" for row in CONTEST] + [f"contacts-{row.name}" for row in CONTACT],
)
def test_a_key_of_a_table_is_required_where_the_page_says_so(
    tmp_path: Path, table: str, row: Row
) -> None:
    """Of contests and of contacts."""
    head = f"{toml(TOP)}[[contests]]\n" if table == "contests" else "[[contacts]]\n"
    name = "election.toml" if table == "contests" else "contacts.toml"
    text = head + toml(CONTEST if table == "contests" else CONTACT, row.name)
    assert (row.missing == "required") == bool(faults_in(name, tmp_path, text))


@pytest.mark.parametrize(
    ("column", "beyond"),
    [("dpt", "100000"), ("lat", "7"), ("lon", "142"), ("transit_minutes", "2881")],
)
def test_a_cell_has_the_range_that_the_page_says(tmp_path: Path, column: str, beyond: str) -> None:
    """As the loader tells it, of a number beyond."""
    text = csv("tps.csv", {column: beyond})
    [found] = faults_in("tps.csv", tmp_path, text)
    assert RANGE.findall(row_of("tps.csv", column).holds) == RANGE.findall(found)


@pytest.mark.parametrize("key", ["heartbeat_minutes", "ballot_reserve", "max_voters"])
def test_a_key_has_the_range_that_the_page_says(tmp_path: Path, key: str) -> None:
    """As the loader tells it, of a number beyond."""
    row = row_of("election.toml", key)
    text = toml(TOP, key) + f"{key} = 99999\n" + contests()
    [found] = faults_in("election.toml", tmp_path, text)
    assert RANGE.findall(row.holds) == RANGE.findall(found)


def test_every_word_of_a_closed_set_is_there() -> None:
    """Roles, classes, channels, roles of actors, and the levels of each ladder."""
    words = [*Role, *TpsClass, *Channel, *ActorRole]
    assert [] == [str(word) for word in words if f"`{word}`" not in PAGE]
    for ladder, levels in LADDERS.items():
        told = (" ".join(f"`{one}`" for one in some) for some in (levels, PILKADES_LADDERS[ladder]))
        assert f"| `{ladder}` | {' | '.join(told)} |" in PAGE
