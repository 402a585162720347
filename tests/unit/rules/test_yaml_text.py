"""YAML as rules are written in it: every value with its file and line, and no traps."""

from typing import Final

import pytest

from streams.errors import ConfigError
from streams.rules.yaml_text import Tree, Value, merged, read_yaml

FILE: Final = "rules/A.yaml"


def tree(text: str, file: str = FILE) -> Tree:
    """Read a document."""
    return read_yaml(file, text)


READ: Final[dict[str, tuple[str, Value]]] = {
    # what is meant: as it is written, and what is read
    "a time": ("12:30", "12:30"),
    "a time with seconds": ("12:30:59", "12:30:59"),
    "a time of one digit": ("7:05", "7:05"),
    "a time of a day": ("2024-11-27 07:00:00", "2024-11-27 07:00:00"),
    "a date": ("2024-11-27", "2024-11-27"),
    "a time in quotes": ('"12:30"', "12:30"),
    "a whole number": ("42", 42),
    "the largest": ("9223372036854775807", 9223372036854775807),
    "what is a number of base 60 to YAML": ("1" + 20 * ":30", "1" + 20 * ":30"),
    "the least": ("-9223372036854775808", -9223372036854775808),
    "a number of any length in quotes": (f'"{5000 * "9"}"', 5000 * "9"),
    "a whole number in quotes": ('"42"', "42"),
    "a fraction": ("1.5", 1.5),
    "true": ("true", True),
    "nothing": ("", None),
    "a word": ("opened", "opened"),
    "a code that begins with a digit": ("36.04.17.2001-001", "36.04.17.2001-001"),
    "a list": ("[07:00, 3, a]", ["07:00", 3, "a"]),
    "a mapping": ("{at: 07:00}", {"at": "07:00"}),
    "a text over lines": (">-\n  a ||\n  b", "a || b"),
}


@pytest.mark.parametrize(("text", "value"), READ.values(), ids=READ)
def test_what_is_written_is_read(text: str, value: Value) -> None:
    """YAML 1.1 takes 12:30 for the number 750, and a date for no text; neither is meant here."""
    found = tree(f"a: {text}").data["a"]
    assert (type(value), value) == (type(found), found)


@pytest.mark.parametrize("name", ["on", "off", "yes", "no", "null", "1", "12:30", "2024-11-27"])
def test_a_name_is_the_word_that_is_written(name: str) -> None:
    """`on:` is a field of rules; YAML 1.1 takes it for true."""
    assert {name: "x"} == tree(f"{name}: x").data


def test_every_value_knows_its_line() -> None:
    """Fields, what is in them, and entries of lists, in either way of writing."""
    found = tree("a: 1\n\nb:\n  c: x\n  d:\n    - 1\n    - {e: 2}\n")
    expected: dict[tuple[str | int, ...], int] = {
        (): 1,
        ("a",): 1,
        ("b",): 3,
        ("b", "c"): 4,
        ("b", "d"): 5,
        ("b", "d", 0): 6,
        ("b", "d", 1): 7,
        ("b", "d", 1, "e"): 7,
    }
    assert expected == {path: found.mark(path)[1] for path in expected}
    assert {FILE} == {found.mark(path)[0] for path in expected}


def test_a_place_is_told_as_people_write_it() -> None:
    """Of what is missing, the line of what is around it is told."""
    found = tree("a: 1\nb:\n  c:\n    - {d: x}\n")
    assert f"{FILE}:4: b.c[0].d" == found.where(("b", "c", 0, "d"))
    assert f"{FILE}:4: b.c[0].missing.too" == found.where(("b", "c", 0, "missing", "too"))
    assert f"{FILE}:1: missing" == found.where(("missing",))
    assert f"{FILE}:1" == found.where(())


def test_a_part_is_a_tree_of_its_own() -> None:
    """It keeps its lines."""
    part = tree("a: 1\nb:\n  - c: x\n    d: y\n").under(("b", 0))
    assert {"c": "x", "d": "y"} == part.data
    assert (f"{FILE}:4: d", f"{FILE}:3") == (part.where(("d",)), part.where(()))


UNREADABLE: Final = {
    "a list that is not closed": ("a: 1\nb: [1, 2\nc: 3\n", f"{FILE}:3: not YAML: did not find"),
    "a tab before a field": ("a:\n\tb: 1\n", f"{FILE}:2: not YAML: found a tab; use spaces"),
    "a colon in a text": (
        "a: b: c\n",
        f"{FILE}:1: not YAML: mapping values are not allowed in this context; put a text with a",
    ),
    "a sign of YAML before a text": (
        "a: @b\n",
        f"{FILE}:1: not YAML: found character that cannot start any token; put a text that begins",
    ),
    "two documents": ("a: 1\n---\nb: 2\n", f"{FILE}:2: not YAML: but found another document"),
    "a tag of a program": (
        "a: 1\nb: !!python/name:os.system x",
        f"{FILE}:2: not YAML: could not determine a constructor",
    ),
    "a sign that nobody can see": ("a: \x00", f"{FILE}: not YAML: unacceptable character"),
    "nothing": ("", f"{FILE}:1: expected fields as `name: value`"),
    "a list": ("- a\n", f"{FILE}:1: expected fields as `name: value`"),
    "a word": ("a\n", f"{FILE}:1: expected fields as `name: value`"),
    "a field that stands twice": ("a: 1\nb: 2\na: 3\n", f"{FILE}:3: a stands twice; expected once"),
    "an inner field that stands twice": (
        "a:\n  - {b: 1, c: {d: 1, d: 2}}\n",
        f"{FILE}:2: a[0].c.d stands twice; expected once",
    ),
    "an alias": (
        "a: &x 1\n\nb: *x\n",
        f"{FILE}:3: found an alias (*), expected the value itself",
    ),
    "a mapping that is merged in": (
        "a: &x {b: 1}\nc:\n  <<: *x\n",
        f"{FILE}:3: found an alias (*), expected the value itself",
    ),
    "a date that there is not": (
        "a: 1\nb:\n  c: 2024-13-45\n",
        f"{FILE}:3: b.c: found '2024-13-45', which is no timestamp; expected one, or a text in quo",
    ),
    "a number beyond all numbers": (
        f"a: {200 * '1:'}1.5\n",
        f"{FILE}:1: a: found '{30 * '1:'}…', which is no float; expected one",
    ),
    "a number of more digits than Python reads": (
        f"a:\n  b: [1, {5000 * '9'}]\n",
        f"{FILE}:2: a.b[1]: found '{60 * '9'}…', which is no int of 64 bits; expected one, or a t",
    ),
    "a hexadecimal one, which it reads and cannot write": (
        f"a: 0x{5000 * 'f'}\n",
        f"{FILE}:1: a: found '0x{58 * 'f'}…', which is no int of 64 bits; expected one",
    ),
    "one more than fits": (
        "a: 9223372036854775808\n",
        f"{FILE}:1: a: found '9223372036854775808', which is no int of 64 bits; expected one",
    ),
    "one less than fits": (
        "a: -9223372036854775809\n",
        f"{FILE}:1: a: found '-9223372036854775809'",
    ),
    "lists in lists, too many": (f"a: {2000 * '['}{2000 * ']'}", f"{FILE}: nested too deeply"),
    "a number by its tag that is none": (
        "a: [1, !!int abc]\n",
        f"{FILE}:1: a[1]: found 'abc', which is no int; expected one",
    ),
    "a number by its tag that is nothing": ("a: !!int ''\n", f"{FILE}:1: a: found '', which is no"),
    "a yes or no by its tag that is neither": (
        "a: !!bool entah\n",
        f"{FILE}:1: a: found 'entah', which is no bool",
    ),
    "a date by its tag that is none": (
        "a: !!timestamp besok\n",
        f"{FILE}:1: a: found 'besok', which is no timestamp",
    ),
    "a list as a name": (
        "a: 1\n? [b]\n: 2\n",
        f"{FILE}:2: found a mapping or list as a name, expected a word",
    ),
}


@pytest.mark.parametrize(("text", "told"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_told_with_its_line(text: str, told: str) -> None:
    """And with what was expected."""
    with pytest.raises(ConfigError) as refused:
        tree(text)
    assert str(refused.value).startswith(told)


def test_fields_are_merged_at_every_depth() -> None:
    """What is not named stays."""
    below = tree("a: 1\nb:\n  c: {d: 1, e: 2}\n  f: 3\n")
    above = tree("b:\n  c: {e: 4}\n", "own.yaml")
    expected = {"a": 1, "b": {"c": {"d": 1, "e": 4}, "f": 3}}
    assert expected == merged(below, above).data


@pytest.mark.parametrize(
    ("below", "above"),
    [
        ("[1, 2, 3]", "[4]"),
        ("[{b: 1}, {c: 2}]", "[{c: 3}]"),
        ("{b: 1}", "[4]"),
        ("[4]", "{b: 1}"),
        ("{b: 1}", "x"),
        ("{b: 1}", ""),
        ("x", "{b: 1}"),
    ],
)
def test_anything_but_a_mapping_is_replaced_as_a_whole(below: str, above: str) -> None:
    """Entries of a list have no names by which they could be merged."""
    top = tree(f"a: {above}")
    assert top.data == merged(tree(f"a: {below}"), top).data


def test_what_is_merged_says_where_it_stands() -> None:
    """A fault in an override is told in the override, one below it in the pack."""
    below = tree("a:\n  b: 1\n  c: [1, 2]\n")
    found = merged(below, tree("\n\na:\n  c: [3]\n  d: 4\n", "own.yaml"))
    assert f"{FILE}:2: a.b" == found.where(("a", "b"))
    assert "own.yaml:4: a.c[0]" == found.where(("a", "c", 0))
    assert "own.yaml:5: a.d" == found.where(("a", "d"))
    assert "own.yaml:3: a" == found.where(("a",))


def test_no_place_is_left_of_a_list_that_is_replaced() -> None:
    """Its second entry is gone, so whoever asks is shown the list that stands there now."""
    found = merged(tree("a: [1, {b: 2}]"), tree("a: [3]", "own.yaml"))
    assert "own.yaml:1: a[1].b" == found.where(("a", 1, "b"))


def test_merging_changes_neither() -> None:
    """The base of a rule is merged once for each profile."""
    below, above = tree("a: {b: 1}"), tree("a: {b: 2, c: 3}", "own.yaml")
    merged(below, above)
    assert tree("a: {b: 1}") == below
    assert tree("a: {b: 2, c: 3}", "own.yaml") == above
