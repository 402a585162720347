"""Every test of a command begins in an empty folder, without settings, and leaves no log behind."""

import logging
import os
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.support.commands import election_folder


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    """Take away what the machine has: settings in the environment, and a `siaga.toml`."""
    for name in [name for name in os.environ if name.startswith("SIAGA_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = before


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an election folder of four TPS."""
    return election_folder(tmp_path)
