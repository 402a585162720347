"""Runbooks on the page: from where they are read, and that an installed room has them all."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Final

import pytest

from streams.room.runbooks import as_html, runbook_of

_ROOT: Final = Path(__file__).parents[3]
_RUNBOOKS: Final = sorted(
    one.name for one in (_ROOT / "docs" / "runbooks").glob("[A-Z][0-9][0-9].md")
)
_BUILT_FROM: Final = ("pyproject.toml", "LICENSE", "streams", "tools/wheel.py", "docs/runbooks")
_BUILD: Final = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"
_SHOW: Final = """
import sys
from streams.room import runbooks
print(runbooks.__file__)
for name in sys.argv[1:]:
    print(name, len(runbooks.runbook_of(f"docs/runbooks/{name}").id))
"""


def test_a_runbook_is_shown_as_html_without_anything_that_acts() -> None:
    """Whatever somebody writes into one."""
    made = as_html("# Judul\n\n1. **Buka** `x`\n2. <script>alert(1)</script>\n\n[a](http://b)")
    assert "<h2>Judul</h2>" in made
    assert "<ol><li><strong>Buka</strong> <code>x</code></li>" in made
    assert ("<script" in made, "<a" in made) == (False, False)


@pytest.mark.parametrize(
    "name",
    ["", "T01.md", "docs/runbooks/../T01.md", "docs/runbooks/t01.md", "docs/runbooks/Z99.md"],
)
def test_what_is_no_runbook_is_none(name: str) -> None:
    """A name in an alert leads nowhere else on this machine."""
    assert not runbook_of(name).id


@pytest.mark.parametrize("name", _RUNBOOKS)
def test_every_runbook_can_be_shown(name: str) -> None:
    """With a heading and something to do."""
    found = runbook_of(f"docs/runbooks/{name}").id
    assert found.startswith("<h2>")
    assert "<li>" in found


def test_a_wheel_has_the_runbooks(tmp_path: Path) -> None:
    """It is built from the sources, unpacked elsewhere, and asked there."""
    source, built, unpacked = (tmp_path / name for name in ("source", "built", "unpacked"))
    ignored = shutil.ignore_patterns("__pycache__")
    for name in _BUILT_FROM:
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (_ROOT / name).is_dir():
            shutil.copytree(_ROOT / name, target, ignore=ignored)
        else:
            shutil.copy(_ROOT / name, target)
    built.mkdir()
    _python(_BUILD, str(built), within=source)
    [wheel] = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(unpacked)
    assert not list(unpacked.glob("**/docs"))
    said = _python(_SHOW, *_RUNBOOKS, within=unpacked).splitlines()
    assert str(unpacked / "streams" / "room" / "runbooks.py") == said[0]
    assert _RUNBOOKS == [line.split()[0] for line in said[1:] if int(line.split()[1]) > 0]
    assert (unpacked / "streams" / "room" / "page" / "index.html").is_file()


def _python(code: str, *words: str, within: Path) -> str:
    """Run a program in a folder, whose modules come first."""
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=within,
        env=os.environ | {"PYTHONPATH": str(within)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stderr
    return done.stdout
