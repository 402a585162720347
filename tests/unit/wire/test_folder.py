"""Election folders on disk: found, decoded, and handed on as texts."""

import gc
from pathlib import Path

import pytest

from streams.errors import InputError
from streams.territory.areas import NO_AREAS
from streams.wire import folder as reader
from streams.wire.folder import load_folder, load_plan, shipped_areas
from tests.unit.territory.folders import AREAS, TEXTS, plan_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write the good folder to disk."""
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def told(folder: Path) -> list[str]:
    """Return the faults of a folder as text."""
    return [str(fault) for fault in load_folder(folder)[1]]


def test_a_folder_becomes_a_plan(folder: Path) -> None:
    """The same as of its texts, with the shipped register."""
    assert (plan_of(), ()) == load_folder(folder)
    assert plan_of() == load_plan(folder)


def test_the_shipped_register_is_read_once() -> None:
    """And is the one in the repository."""
    assert AREAS == shipped_areas()
    assert shipped_areas() is shipped_areas()


def test_another_register_may_be_handed_in(folder: Path) -> None:
    """Then the shipped one is not used."""
    plan, _ = load_folder(folder, NO_AREAS)
    assert plan is not None
    assert 3 == len(plan.desa)


def test_bytes_that_are_no_utf_8_are_named_by_line(folder: Path) -> None:
    """Excel's old CSV is the usual cause; the other files are still checked."""
    text = TEXTS["tps.csv"].replace("Lamaran", "Lamarán").encode("latin-1")
    (folder / "tps.csv").write_bytes(text)
    (folder / "actors.csv").write_text("actor,role,area\nposko,bos,36.04\n")
    faults = told(folder)
    expected = 'tps.csv:5: found the byte 0xe1, expected UTF-8: save it again as "CSV UTF-8"'
    assert expected == faults[0]
    assert ["actors.csv"] == [fault.partition(":")[0] for fault in faults[1:]]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf_16_is_called_by_its_name(folder: Path, encoding: str) -> None:
    """Excel's "Unicode text"."""
    (folder / "tps.csv").write_bytes(
        ("\ufeff" if encoding[-2:] == "be" else "").encode(encoding)
        + TEXTS["tps.csv"].encode(encoding)
    )
    expected = 'tps.csv: found UTF-16, expected UTF-8: save it again as "CSV UTF-8"'
    assert [expected] == told(folder)


def test_a_mark_before_the_text_is_taken(folder: Path) -> None:
    """Excel's "CSV UTF-8" begins with it."""
    for name, text in TEXTS.items():
        (folder / name).write_text(text.replace("\n", "\r\n"), encoding="utf-8-sig", newline="")
    assert (plan_of(), ()) == load_folder(folder)


def test_rules_are_read_and_other_files_are_not(folder: Path) -> None:
    """Notes, pictures, hidden files and what Excel leaves behind are no part of the folder."""
    (folder / "rules").mkdir()
    (folder / "rules" / "local.yaml").write_text("x: 1\n")
    (folder / "rules" / "README.md").write_text("about")
    for name in ("README.md", "map.png", ".~lock.tps.csv", "~$tps.csv", "old.csv.d"):
        (folder / name).write_bytes(b"\xff")
    (folder / "sub.csv").mkdir()
    plan, faults = load_folder(folder)
    assert plan is not None
    assert [("local.yaml", "x: 1\n")] == [(one.file, one.text) for one in plan.overrides]
    assert () == faults


def test_a_misspelt_file_does_not_pass_silently(folder: Path) -> None:
    """It is a warning, also in `rules/`."""
    (folder / "actor.csv").write_text("x")
    (folder / "rules").mkdir()
    (folder / "rules" / "local.yaml.bak").write_text("x")
    found = [fault.partition(",")[0] for fault in told(folder)]
    assert [
        "actor.csv: found a file that is not read",
        "rules/local.yaml.bak: found a file that is not read",
    ] == found


def test_a_file_that_cannot_be_read_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the system's word for why; it is not missing as well."""

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (folder / "actors.csv").unlink()
    (folder / "adjacency.csv").unlink()
    found = told(folder)
    assert 4 == len([fault for fault in found if "(Permission denied)" in fault])
    assert ["actors.csv: found no such file"] == [
        fault.partition(",")[0] for fault in found if "Permission" not in fault
    ]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """Whoever asked is told what was expected."""
    (tmp_path / "file").write_text("x")
    for name in ("nothing", "file"):
        with pytest.raises(InputError, match=r"no such folder, expected one with election\.toml"):
            load_folder(tmp_path / name)


def test_a_plan_that_is_needed_comes_or_says_all_that_is_wrong(folder: Path) -> None:
    """Errors in the message, warnings not."""
    (folder / "tps.csv").write_text(TEXTS["tps.csv"].replace("500", "x").replace("true", "ada"))
    (folder / "actors.csv").unlink()
    with pytest.raises(InputError) as caught:
        load_plan(folder)
    lines = str(caught.value).split("\n")
    assert lines[0].endswith(f"cannot be used; mend it (siaga check {folder}):")
    assert ["tps.csv:2: dpt", "tps.csv:2: internet"] == [
        line.partition(": found")[0] for line in lines[1:3]
    ]
    assert 6 == len(lines)


@pytest.mark.parametrize("on", [True, False])
def test_the_collector_is_left_as_it_was(folder: Path, *, on: bool) -> None:
    """It is off while a plan is made, and only then."""
    was_on = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        load_folder(folder)
        assert on is gc.isenabled()
    finally:
        (gc.enable if was_on else gc.disable)()


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "No such file or directory; install"), ("code,name\n3604,x\n", "install the package")],
)
def test_a_damaged_installation_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None, message: str
) -> None:
    """The register is part of the package: without it no place could be found."""
    path = tmp_path / "areas.csv"
    if content is not None:
        path.write_text(content)
    monkeypatch.setattr(reader, "_AREAS", path)
    shipped_areas.cache_clear()
    with pytest.raises(InputError, match=message):
        shipped_areas()
    shipped_areas.cache_clear()
