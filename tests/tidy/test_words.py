"""One thing has one name."""

import pytest

from tests.tidy.tree import Source, listed, read, sources
from tests.tidy.words import Refused, refused_words, second_names

GLOSSARY = "docs/glossary.md"
READ_BY_US = (".py", ".md", ".toml", "Makefile")

TABLE = """
| name | is | not |
|---|---|---|
| dead letter | kept whole | old queue, oldq |
| notice | what is told | memo (streams/sinks, tests) |
| event | observed | |
"""


def test_nobody_uses_a_second_name() -> None:
    """Code and documentation use the first name; the glossary alone lists the second."""
    refused = refused_words(read(GLOSSARY))
    ours = [source for source in sources() if source.path.endswith(READ_BY_US)]
    found = (
        complaint
        for source in ours
        if source.path != GLOSSARY
        for complaint in second_names(source, refused)
    )
    assert "" == listed(found)


def test_the_glossary_refuses_something() -> None:
    """The real table is read: a known pair is in it."""
    assert "dead letter" in {entry.instead for entry in refused_words(read(GLOSSARY))}


def test_a_row_may_refuse_none_one_or_several() -> None:
    """The last column is a list of words, each with the folders where it is right."""
    expected = [
        Refused("old queue", "dead letter", ()),
        Refused("oldq", "dead letter", ()),
        Refused("memo", "notice", ("streams/sinks", "tests")),
    ]
    assert expected == refused_words(TABLE)


@pytest.mark.parametrize(
    "text", ["an oldq", "OLDQ_TOPIC", "my_oldq2", "old\nqueue", "old_queues", "Old-Queue"]
)
def test_a_second_name_is_found_however_it_is_written(text: str) -> None:
    """Case, joints and being part of an identifier hide nothing."""
    assert second_names(Source("streams/a.py", text), refused_words(TABLE))


@pytest.mark.parametrize("text", ["foldqueue", "oldqueue", "an old, long queue"])
def test_other_words_are_left_alone(text: str) -> None:
    """Letters around it make another word of it."""
    assert [] == second_names(Source("streams/a.py", text), refused_words(TABLE))


def test_a_foreign_format_keeps_its_word() -> None:
    """A word is right in the folders that its row names, and only there."""
    refused = refused_words(TABLE)
    assert [] == second_names(Source("streams/sinks/a.py", "memo"), refused)
    expected = ["streams/a.py:2: memo: write notice"]
    assert expected == second_names(Source("streams/a.py", "\nmemo"), refused)
