"""The files of the page, and the worker that is told which of them belong together."""

import asyncio
import json
from pathlib import Path

import pytest

from streams.room.assets import Assets
from streams.web.message import Answer, Incoming
from streams.web.refusal import Refusal


def worker_of(folder: Path) -> Answer:
    """Return the answer to who asks for the worker of a page."""
    return asyncio.run(Assets(folder).worker(Incoming()))


def page(folder: Path, **files: str) -> Path:
    """Write a page of these scripts."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder


def test_the_worker_knows_every_file_by_its_tag(tmp_path: Path) -> None:
    """By the one that the server sends with it; itself is not among them."""
    folder = page(tmp_path, app="let app;", sw="let worker;")
    version, files, source = worker_of(folder).body.decode().split("\n")
    file = asyncio.run(Assets(folder).file(Incoming(path={"file": "app.js"})))
    named = json.loads(files.removeprefix("const FILES = ").removesuffix(";"))
    assert {"app.js": dict(file.headers)["etag"]} == named
    assert version.startswith('const VERSION = "')
    assert "let worker;" == source


def test_a_file_that_changes_makes_another_worker(tmp_path: Path) -> None:
    """Else a browser would keep what it has; what is the same stays the same."""
    before = worker_of(page(tmp_path, app="let app;", sw="let worker;"))
    assert before == worker_of(tmp_path)
    assert before.body != worker_of(page(tmp_path, app="let other;")).body


def test_the_shell_says_of_which_version_it_is(tmp_path: Path) -> None:
    """Of that of the worker, and another one whenever any file is; the worker knows the shell."""
    page(tmp_path, app="let app;", sw="let worker;")
    (tmp_path / "index.html").write_text('<meta name="siaga-version" content="">')
    assets = Assets(tmp_path)
    shell = asyncio.run(assets.shell(Incoming()))
    assert f'<meta name="siaga-version" content="{assets.version}">' == shell.body.decode()
    version, files, _ = worker_of(tmp_path).body.decode().split("\n")
    assert f'const VERSION = "{assets.version}";' == version
    named = json.loads(files.removeprefix("const FILES = ").removesuffix(";"))
    assert dict(shell.headers)["etag"] == named["index.html"]
    assert assets.version != Assets(page(tmp_path, app="let other;")).version


def test_the_shell_of_this_room_has_a_place_for_its_version() -> None:
    """Else a page would never learn that the room has become another."""
    assets = Assets()
    assert f'content="{assets.version}"' in asyncio.run(assets.shell(Incoming())).body.decode()


def test_a_page_without_a_worker_has_none(tmp_path: Path) -> None:
    """It is not found, as any other file."""
    with pytest.raises(Refusal):
        worker_of(page(tmp_path, app="let app;"))
