"""A document tells on which line its fault stands."""

import pytest
from msgspec import Struct

from streams.errors import InputError
from streams.simulation.story_document import Document

TEXT = """\
name: "10:30"
parts:
  - count: 3
    area: 17.02
  - count: many
"""


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a document."""

    count: int
    area: str = ""


class Whole(Struct, frozen=True, forbid_unknown_fields=True):
    """A document."""

    name: str
    parts: tuple[Part, ...]


def test_scalars_are_what_their_types_say() -> None:
    """No number of base 60, and a code stays the text that it is."""
    document = Document("x.yaml", TEXT.replace("many", "4").replace('"10:30"', "10:30"))
    assert Whole("10:30", (Part(3, "17.02"), Part(4))) == document.read(Whole)


def test_a_fault_names_file_line_and_field() -> None:
    """So that its author finds it at once."""
    with pytest.raises(InputError) as told:
        Document("x.yaml", TEXT).read(Whole)
    assert "x.yaml:5: parts[1].count: Expected `int`, got `str`" == str(told.value)


def test_a_field_that_is_missing_is_told_at_its_mapping() -> None:
    """The nearest line that is there."""
    with pytest.raises(InputError, match=r"x.yaml:3: parts\[0\]: .*required field `count`"):
        Document("x.yaml", "name: a\nparts:\n  - area: b\n").read(Whole)


@pytest.mark.parametrize(
    ("path", "line"),
    [((), 1), (("name",), 1), (("parts", 0, "area"), 4), (("parts", 7), 3), (("none",), 1)],
)
def test_a_path_leads_to_its_line(path: tuple[str | int, ...], line: int) -> None:
    """As far as the document goes along with it."""
    assert f"x.yaml:{line}: " in str(Document("x.yaml", TEXT).fault(path, "wrong"))


def test_what_is_no_yaml_is_told() -> None:
    """With the words of the reader, which name the line."""
    with pytest.raises(InputError, match=r"(?s)x.yaml: expected YAML: .*line 2"):
        Document("x.yaml", "a: [1,\nb: }")


def test_a_mapping_takes_over_the_fields_of_another() -> None:
    """Its own go before, and the other stays as it is."""
    text = "name: a\nparts:\n  - &one {count: 3, area: b}\n  - {<<: *one, count: 4}\n"
    expected = Whole("a", (Part(3, "b"), Part(4, "b")))
    assert expected == Document("x.yaml", text).read(Whole)


def test_what_takes_over_no_mapping_is_told() -> None:
    """A list of mappings is more than stories need."""
    with pytest.raises(InputError, match=r"x.yaml:3: parts\[0\]: .*unknown field `<<`"):
        Document("x.yaml", "name: a\nparts:\n  - {<<: [], count: 3}\n").read(Whole)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name: a\nname: b\n", "x.yaml:2: name stands twice; expected once"),
        ("name: a\n? [b]\n: c\n", "x.yaml:2: found a mapping or list as a name, expected a word"),
        ("a: &a [*a]\n", "x.yaml: nested too deeply; expected a few levels"),
    ],
)
def test_what_a_story_cannot_say_is_told(text: str, told: str) -> None:
    """With its line: YAML would keep the last of two, and take a list in itself."""
    with pytest.raises(InputError) as found:
        Document("x.yaml", text)
    assert told == str(found.value)


def test_a_document_may_be_empty() -> None:
    """It says nothing; what it should have said is told when it is read as something."""
    with pytest.raises(InputError, match=r"x.yaml:1: file: Expected `object`, got `null`"):
        Document("x.yaml", "").read(Whole)
