"""The day that a demo plays."""

from pathlib import Path

import pytest

from streams.cli.demo_day import load_day
from streams.domain.alert import Text
from streams.errors import InputError
from streams.wire.time import parse_time

SHIPPED = Path(__file__).parents[3] / "elections" / "rejang-lebong-2024"


def test_without_a_folder_it_is_the_shipped_one() -> None:
    """Wherever it is started."""
    day = load_day(None, 1)
    assert SHIPPED.samefile(day.folder)
    assert day.story is not None
    assert (day.story.title, day.story.captions) == (day.title, day.captions)
    assert day.captions != ()


def test_another_seed_is_another_day() -> None:
    """And the same seed the same."""
    assert load_day(SHIPPED, 1).messages == load_day(SHIPPED, 1).messages
    assert load_day(SHIPPED, 1).messages != load_day(SHIPPED, 2).messages


def test_a_folder_without_a_story_has_an_ordinary_day(folder: Path) -> None:
    """From half an hour before the first TPS opens until the last closes."""
    day = load_day(folder, 1)
    assert Text("Hari biasa: serang-2024", "An ordinary day: serang-2024") == day.title
    assert parse_time("2024-11-27T06:30:00+07:00") == day.starts
    assert parse_time("2024-11-27T13:00:00+07:00") == day.ends
    assert (None, ()) == (day.story, day.captions)
    assert day.messages != ()


def test_a_folder_that_is_not_there_is_named() -> None:
    """Exit code 1 follows."""
    with pytest.raises(InputError, match="nowhere: no such folder"):
        load_day(Path("nowhere"), 1)


def test_without_source_tree_a_folder_must_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message says how."""
    monkeypatch.setattr("streams.cli.demo_day._ROOT", tmp_path)
    with pytest.raises(InputError, match=r"name an election folder \(--election FOLDER\)"):
        load_day(None, 1)
