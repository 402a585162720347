"""The pure modules of the page, tested by Node where it is: `node --test`."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

_HERE: Final = Path(__file__).parent
_PAGE: Final = _HERE.parents[1] / "streams" / "room" / "page"
_MODULE_LINES_MAX: Final = 300
_ELSEWHERE: Final = re.compile(r"\b(?:https?|wss?)://|[\"'`(]//\w")
_KEY: Final = re.compile(r"\bt\(\s*\"([a-z0-9_.]+)\"")
TESTS: Final = sorted(path.name for path in _HERE.glob("*.test.js"))
PARTS: Final = sorted({path.name.split(".")[0] for path in (_PAGE / "words").glob("*.json")})


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no node here")
@pytest.mark.parametrize("name", TESTS)
def test_the_modules_do_what_their_tests_say(name: str) -> None:
    """Each file of tests passes, and it has tests."""
    done = subprocess.run(
        ["node", "--test", "--test-reporter=tap", str(_HERE / name)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert 0 == done.returncode, done.stdout + done.stderr
    passed = re.search(r"^# pass (\d+)$", done.stdout, re.MULTILINE)
    assert passed is not None
    assert int(passed[1]) > 0


@pytest.mark.parametrize("part", PARTS)
def test_both_languages_have_the_same_words(part: str) -> None:
    """Equal keys in equal order, equal `{names}` in each, and none is empty."""
    indonesian, english = (words(part, language) for language in ("id", "en"))
    assert list(indonesian) == list(english)
    for key, text in indonesian.items():
        assert text.strip()
        assert english[key].strip(), key
        assert names_in(text) == names_in(english[key]), key


def test_no_key_stands_in_two_files() -> None:
    """The files are merged: of two equal keys one would be lost."""
    keys = [key for part in PARTS for key in words(part, "id")]
    assert len(keys) == len(set(keys))


def test_every_word_that_a_module_asks_for_is_there() -> None:
    """A key that is written out in a module stands in the catalogue."""
    known = {key for part in PARTS for key in words(part, "id")}
    asked = {
        f"{path.name}: {key}"
        for path in modules()
        for key in _KEY.findall(path.read_text(encoding="utf-8"))
        if key not in known
    }
    assert set() == asked


def test_a_module_is_read_in_a_sitting() -> None:
    """No module of ours has more than 300 lines."""
    lines = {path.name: path.read_text(encoding="utf-8").count("\n") for path in modules()}
    assert {} == {name: count for name, count in lines.items() if count > _MODULE_LINES_MAX}


def test_every_module_says_what_it_is_for() -> None:
    """It begins with a comment of at least a sentence."""
    silent = [path.name for path in modules() if not path.read_text("utf-8").startswith("// ")]
    assert [] == silent


def test_no_file_names_an_address_elsewhere() -> None:
    """No module, style or page of ours asks another host for anything."""
    ours = [*modules(), *_PAGE.glob("*.css"), *_PAGE.glob("*.html")]
    foreign = [path.name for path in ours if _ELSEWHERE.search(path.read_text(encoding="utf-8"))]
    assert [] == foreign


@pytest.mark.parametrize("text", ["fetch('https://a.example/')", "url(//a.example/x)", "wss://b"])
def test_an_address_elsewhere_is_found(text: str) -> None:
    """The pattern sees what it should."""
    assert _ELSEWHERE.search(text)


def modules() -> list[Path]:
    """Return the modules that we wrote; what others wrote stands in vendor/."""
    return sorted(_PAGE.glob("*.js"))


def words(part: str, language: str) -> dict[str, str]:
    """Read a file of words."""
    text = (_PAGE / "words" / f"{part}.{language}.json").read_text(encoding="utf-8")
    return dict(json.loads(text, object_pairs_hook=unique))


def unique(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Refuse a key that stands twice in one file."""
    found = dict(pairs)
    assert len(found) == len(pairs)
    return found


def names_in(text: str) -> list[str]:
    """Return the `{names}` of a text."""
    return sorted(re.findall(r"\{(\w+)\}", text))
