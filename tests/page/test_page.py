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
_ELSEWHERE: Final = re.compile(r"\b(?:https?|wss?)://|[\"'`(]//\w")
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="there is no node here")
TESTS: Final = sorted(path.name for path in _HERE.glob("*.test.js"))
PARTS: Final = sorted({path.name.split(".")[0] for path in (_PAGE / "words").glob("*.json")})


@needs_node
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


@needs_node
def test_every_module_parses_and_finds_what_it_imports() -> None:
    """Linked as a browser links them: a name that is not exported would leave a blank page."""
    done = linked(_PAGE)
    assert done.stdout == f"{len(modules())} modules\n", done.stdout + done.stderr
    assert 0 == done.returncode


@needs_node
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("let a = ;", "Unexpected token"),
        ('import { b } from "./b.js";', "does not provide an export named 'b'"),
        ('import { b } from "./c.js";', "no such file"),
    ],
    ids=["syntax", "name", "file"],
)
def test_a_module_that_cannot_be_linked_is_found(tmp_path: Path, text: str, says: str) -> None:
    """Each is named with what is wrong."""
    (tmp_path / "a.js").write_text(text, encoding="utf-8")
    (tmp_path / "b.js").write_text("export const a = 1;", encoding="utf-8")
    done = linked(tmp_path)
    assert 1 == done.returncode
    assert "a.js: " in done.stdout
    assert says in done.stdout


def linked(folder: Path) -> subprocess.CompletedProcess[str]:
    """Let Node link all modules of a folder, without running one."""
    command = ["node", "--no-warnings", "--experimental-vm-modules"]
    return subprocess.run(
        [*command, str(_HERE / "linked.mjs"), str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_page_says_one_thing_with_one_word() -> None:
    """Words of the glossary, and none of those that it lists beside them."""
    refused = refused_on_the_page()
    assert {"peringatan", "diakui"} <= refused
    found = [
        f"{key}: {word}"
        for part in PARTS
        for key, text in words(part, "id").items()
        for word in re.findall(r"\w+", text.lower())
        if word.removesuffix("nya") in refused
    ]
    assert [] == found


def refused_on_the_page() -> set[str]:
    """Return the last column of the glossary's table of what people read."""
    glossary = (_HERE.parents[1] / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split("|") for line in glossary.splitlines() if line.startswith("|")]
    columns = [row[3] for row in rows if len(row) == len(("id", "en", "is", "not"))]
    return {word.strip(" –") for column in columns for word in column.split(",")} - {""}


def test_every_module_says_what_it_is_for() -> None:
    """It begins with a comment of at least a sentence."""
    silent = [path.name for path in modules() if not path.read_text("utf-8").startswith("// ")]
    assert [] == silent


def test_a_module_fetches_files_from_beside_itself() -> None:
    """A kept page has its files at another address: what names the page's own is not found."""
    files = [file for kind in ("*.js", "*.css") for file in _PAGE.glob(kind)]
    naming = [file.name for file in files if re.search("[\"'`(]/page/", file.read_text())]
    assert ["sw.js"] == naming, "only the worker, which tells the page where its files are"


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
