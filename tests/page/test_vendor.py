"""What others wrote and the page ships: known, unchanged, and with its licence."""

import hashlib
import tomllib
from pathlib import Path
from typing import Any, Final

import pytest

_PAGE: Final = Path(__file__).parents[2] / "streams" / "room" / "page"
_VENDOR: Final = _PAGE / "vendor"
_LICENCES: Final = {"MIT", "Apache-2.0", "OFL-1.1"}
FILES: Final[list[dict[str, Any]]] = tomllib.loads(
    (_VENDOR / "vendor.toml").read_text(encoding="utf-8")
)["files"]


@pytest.mark.parametrize("entry", FILES, ids=lambda entry: str(entry["file"]))
def test_a_file_is_what_the_list_says(entry: dict[str, Any]) -> None:
    """Its hash is the one that was written down, and what was not changed is the original."""
    found = hashlib.sha256((_VENDOR / entry["file"]).read_bytes()).hexdigest()
    assert entry["sha256"] == found
    assert (entry["original"] == found) == (entry["changed"] == [])
    assert 64 == len(entry["original"])


@pytest.mark.parametrize("entry", FILES, ids=lambda entry: str(entry["file"]))
def test_a_file_has_its_licence_beside_it(entry: dict[str, Any]) -> None:
    """The licence is one that we may ship under, and its text is there."""
    assert entry["licence"] in _LICENCES
    text = (_VENDOR / entry["licence_file"]).read_text(encoding="utf-8")
    assert "copyright" in text.lower()


def test_nothing_is_shipped_that_is_not_on_the_list() -> None:
    """Every file of vendor/ and every font is listed, or is a licence that is named."""
    listed = {
        (_VENDOR / entry[key]).resolve() for entry in FILES for key in ("file", "licence_file")
    }
    there = {path.resolve() for path in (*_VENDOR.iterdir(), *(_PAGE / "fonts").iterdir())}
    assert there == listed | {_VENDOR / "vendor.toml"}


def test_no_vendored_module_imports_by_a_bare_name() -> None:
    """Without an import map a bare name would be looked for and not found."""
    modules = [path.read_text(encoding="utf-8") for path in _VENDOR.glob("*.js")]
    assert not [text for text in modules if 'from"preact' in text or 'from"@preact' in text]
