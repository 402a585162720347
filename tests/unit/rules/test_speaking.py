"""Records that are read from YAML: every misfit is told, in words that an author knows."""

from typing import Annotated, Final

import pytest
from msgspec import Meta, Struct

from streams.domain.words import Severity
from streams.rules.faults import PackError
from streams.rules.fields import DurationByClass, NumberByClass
from streams.rules.speaking import converted
from streams.rules.yaml_text import Tree, read_yaml

FILE: Final = "rules/A.yaml"


class Inner(Struct, frozen=True, forbid_unknown_fields=True):
    """A record in a record."""

    limit: int
    notes: tuple[str, ...] = ()


class Knock(Struct, frozen=True, forbid_unknown_fields=True, tag="knock", tag_field="kind"):
    """One of two kinds."""

    times: Annotated[int, Meta(ge=1, le=3)] = 1


class Ring(Struct, frozen=True, forbid_unknown_fields=True, tag="ring", tag_field="kind"):
    """The other kind."""

    loud: bool = False


class Outer(Struct, frozen=True, forbid_unknown_fields=True):
    """A record as rules are: with records, lists and mappings in it."""

    name: str
    inner: Inner
    more: tuple[Inner, ...] = ()
    by_name: dict[str, Inner] = {}
    code: Annotated[str, Meta(pattern="^[A-Z]$", description="a code as A")] = "A"
    severity: Severity = Severity.LOW
    limit: DurationByClass = "1m"
    score: NumberByClass | None = None
    share: Annotated[float, Meta(gt=0)] = 1.0
    bell: Knock | Ring = Knock()


def tree(text: str) -> Tree:
    """Read a record, from its line 3 on whatever a test says of it."""
    return read_yaml(FILE, f"name: x\ninner: {{limit: 1}}\n{text}")


def told(text: str) -> list[str]:
    """Return what is said of a record."""
    with pytest.raises(PackError) as refused:
        converted(tree(text), Outer)
    return str(refused.value).splitlines()


def test_a_tree_becomes_a_record() -> None:
    """As its types say."""
    text = "by_name: {k: {limit: 1, notes: [a]}}\nscore: [1, 2, 3, 4.5]\nbell: {kind: ring}\n"
    named = {"k": Inner(1, ("a",))}
    expected = Outer("x", Inner(1), by_name=named, score=(1.0, 2.0, 3.0, 4.5), bell=Ring())
    assert expected == converted(tree(text), Outer)


MISFITS: Final = {
    "of another kind, in a list of records": (
        "more:\n  - limit: 1\n  - limit: 2\n    notes: [a, 7]\n",
        ":6: more[1].notes[1]: found 7, expected a text",
    ),
    "of another kind, in a mapping by names": (
        "by_name:\n  k: {limit: x}\n",
        ":4: by_name.k.limit: found 'x', expected a whole number",
    ),
    "yes or no for a number": (
        "by_name: {k: {limit: true}}",
        ":3: by_name.k.limit: found true, expected a whole number",
    ),
    "a list for a record": ("by_name: {k: [1]}", ":3: by_name.k: found a list of 1, expected f"),
    "a record for a list": (
        "more: {limit: 1}",
        ":3: more: found fields, expected a list, as `",
    ),
    "a word for a mapping": ("by_name: x", ":3: by_name: found 'x', expected fields as `name: val"),
    "nothing": (
        "severity:",
        ":3: severity: found nothing, expected one of low, medium, high",
    ),
    "missing": ("more: [{notes: []}]", ":3: more[0]: expected `limit`, which is missing"),
    "unknown": (
        "boss: y",
        ":3: boss: found `boss`, expected one of name, inner, more, by_name",
    ),
    "unknown, nearly a field": ("severityy: low", "bell; did you mean severity"),
    "another form": ("code: abc", ":3: code: found 'abc', expected a code as A"),
    "a long text": (f"code: {'x' * 99}", f"found '{'x' * 60}…', expected a code as A"),
    "no such word": ("severity: hihg", "low, medium, high, critical; did you mean high"),
    "no duration": ("limit: 90", ":3: limit: found 90, expected a duration as 30m, 90s or 2h"),
    "no duration of a class": (
        "limit: [1m, 2m, 3x, 4m]",
        ":3: limit[2]: found '3x', expected a duration as 30m, 90s or 2h",
    ),
    "three of four": (
        "limit: [1m, 2m, 3m]",
        ":3: limit: found a list of 3, expected one value, or four in the order kurang_rawan, r",
    ),
    "no number": ("score: banyak", ":3: score: found 'banyak', expected a number"),
    "no number of a class": ("score: [1, 2, x, 4]", ":3: score[2]: found 'x', expected a number"),
    "a number that is too small": ("share: 0", ":3: share: found 0, expected a number, above 0"),
    "a number out of range": (
        "bell: {kind: knock, times: 4}",
        ":3: bell.times: found 4, expected a whole number, at least 1, at most 3",
    ),
    "a field of the other kind": (
        "bell: {kind: knock, loud: true}",
        ":3: bell.loud: found `loud`, expected one of kind, times",
    ),
    "no kind": (
        "bell: {loud: true}",
        ":3: bell: expected `kind`, which is missing: one of kn",
    ),
    "no such kind": (
        "bell: {kind: rign}",
        ":3: bell.kind: found 'rign', expected one of knock, ring; did you mean ring",
    ),
}


@pytest.mark.parametrize(("text", "what"), MISFITS.values(), ids=MISFITS)
def test_a_misfit_is_told_with_line_field_and_what_was_expected(text: str, what: str) -> None:
    """In the words of who wrote it: no type of a program is named."""
    (line,) = told(text)
    assert line.startswith(FILE)
    assert what in line


def test_every_misfit_is_told() -> None:
    """An author mends a file once."""
    found = told("severity: merah\nlimit: [1m, x, y, 1m]\nmore: [{limit: a}, {}]\nboss: z\n")
    places = [line.split(": ")[0].rpartition(":")[2] + " " + line.split(": ")[1] for line in found]
    expected = ["3 severity", "4 limit[1]", "4 limit[2]", "5 more[0].limit", "5 more[1]", "6 boss"]
    assert expected == places
