"""Everything public says what it is, and every test which property it holds."""

import pytest

from tests.tidy.docstrings import undocumented
from tests.tidy.tree import complaints, python_sources


def test_everything_public_is_documented() -> None:
    """A reader finds one sentence at each name before reading its code."""
    assert "" == complaints(undocumented, python_sources())


def test_each_kind_of_silence_is_refused() -> None:
    """Module, class, method, function and coroutine must all speak."""
    text = "class C:\n    def m(self): ...\nasync def f(): ...\n"
    expected = [
        "1: the module has no docstring",
        "1: C has no docstring",
        "2: m has no docstring",
        "3: f has no docstring",
    ]
    assert expected == undocumented(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        '"""Say."""\ndef _f(): ...\n',
        '"""Say."""\ndef f():\n    """Say."""\n    def inner(): ...\n',
        '"""Say."""\nclass _C:\n    def m(self): ...\n',
        '"""Say."""\n@overload\ndef f(): ...\n',
    ],
    ids=["nothing", "private", "inside", "private class", "overload"],
)
def test_what_nobody_else_sees_may_be_silent(text: str) -> None:
    """Private and nested names, and mere signatures, need no docstring."""
    assert [] == undocumented(text)
