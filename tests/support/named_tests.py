"""Tests that a page of the documentation names, as `tests/x/test_y.py::test_z`."""

import re
from pathlib import Path
from typing import Final

__all__ = ["is_a_test", "named_tests"]

ROOT: Final = Path(__file__).parents[2]
_TEST: Final = re.compile(r"`([^`:]+\.py)::([^`]+)`")


def named_tests(page: str) -> list[tuple[str, str]]:
    """Return file and name of every test that is named on a page."""
    return sorted(set(_TEST.findall(page)))


def is_a_test(file: str, name: str) -> bool:
    """Tell whether a file has a test function, or a machine of them, of this name."""
    source = (ROOT / file).read_text(encoding="utf-8")
    return bool(re.search(rf"^(def|class) {re.escape(name)}\(", source, re.MULTILINE))
