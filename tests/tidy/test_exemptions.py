"""Nobody silences a checker without saying why."""

import pytest

from tests.tidy.exemptions import loosened, unexplained
from tests.tidy.tree import complaints, listed, python_sources


def test_every_exemption_says_why() -> None:
    """A silencer has a code and a reason."""
    assert "" == complaints(unexplained, python_sources())


def test_types_are_loose_in_few_places() -> None:
    """Only the modules that touch untyped libraries from within switch rules off."""
    found = (broken for source in python_sources() for broken in loosened(source.path, source.text))
    assert "" == listed(found)


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa",
        "# noqa: F401",
        "# noqa: because I say so",
        "# type: ignore",
        "# type: ignore[misc]",
        "# type: ignore  # It is right.",
        "# pyright: ignore[reportUnknownMemberType]",
        "# pragma: no cover",
    ],
)
def test_a_bare_silencer_is_found(comment: str) -> None:
    """Without code or without reason it is refused."""
    assert 1 == len(unexplained(f"import this  {comment}\n"))


@pytest.mark.parametrize(
    "text",
    [
        "import this  # noqa: F401  # The import is the effect.\n",
        "import this  # noqa: F401, E402 - The import is the effect.\n",
        "# Faust has no types here.\nimport this  # type: ignore[misc]\n",
        "import this  # This is no silencer.\n",
        'text = "# noqa"\n',
    ],
)
def test_an_explained_one_passes(text: str) -> None:
    """The reason stands behind the code or on the line above."""
    assert [] == unexplained(text)


def test_a_module_that_loosens_types_is_found() -> None:
    """The transport may; one line of code may too, with its reason."""
    comment = "# pyright: reportUnknownMemberType=false\n"
    assert 1 == len(loosened("streams/room/api.py", comment))
    assert [] == loosened("streams/engine/transport.py", comment)
    assert [] == loosened("streams/room/api.py", "x = 1  # pyright: ignore[reportX]\n")
