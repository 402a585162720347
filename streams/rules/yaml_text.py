"""Reads YAML so that every fault can be told with its file and line.

A *tree* is what a document says, beside the place of every value in it. Trees are merged field by
field (`merged`): what lies on top brings its own places along, so that a fault in an override is
told where the override stands, and not in the pack below it.

Only what a rule needs is read: mappings with text keys, lists, and plain values. A key that stands
twice is a fault (YAML would keep the last and say nothing), and so is an alias: a document that
can be read aloud from top to bottom needs none.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final, cast

import yaml
from msgspec import Struct

from streams.rules.faults import PackError, PackFault

__all__ = ["Mark", "Marks", "Node", "Path", "Tree", "Value", "merged", "read_yaml", "text_of"]

Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]
Node = dict[str, Value]
Path = tuple[str | int, ...]
"""Where a value stands: names of fields and numbers of entries, from the top."""
_Scalar = Callable[[yaml.Node], object]
Mark = tuple[str, int]
"""File and line, from 1."""

# The one in C where PyYAML was built with it: a lexicon of thousands of phrases is read in a tenth
# of the time.
_LOADER: Final[type[yaml.SafeLoader]] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_INT_MIN: Final = -(1 << 63)
_INT_MAX: Final = (1 << 63) - 1
_WHOLE: Final = re.compile(r"[+-]?(0x[0-9a-fA-F_]+|0b[01_]+|[0-9][0-9_]*)")
_SHOWN_MAX: Final = 60

_ADVICE: Final = {
    "mapping values are not allowed": "; put a text with a colon in quotes",
    "cannot start any token": "; put a text that begins with this sign in quotes",
}
"""What to do, by what the library says."""


class Marks(Struct, frozen=True):
    """The place of a value, and of what is in it."""

    own: Mark
    inner: "dict[str | int, Marks]"
    """By name of the field or number of the entry."""


class Tree(Struct, frozen=True):
    """A mapping, and the file and line of each value in it."""

    data: Node
    marks: Marks

    def where(self, path: Path) -> str:
        """Return `file:line: field` of a value, or of what is around it where it is missing."""
        file, line = self.mark(path)
        return f"{file}:{line}: {text_of(path)}" if path else f"{file}:{line}"

    def mark(self, path: Path) -> Mark:
        """Return file and line of a value, or of what is around it where it is missing."""
        known = self.marks
        for step in path:
            if step not in known.inner:
                break
            known = known.inner[step]
        return known.own

    def fault(self, path: Path, what: str) -> PackError:
        """Return what is to be raised of a value."""
        return PackError([_fault(self.mark(path), path, what)])

    def faults(self, misfits: Iterable[tuple[Path, str]]) -> PackError:
        """Return what is to be raised of several values, each with what is wrong with it."""
        return PackError([_fault(self.mark(path), path, what) for path, what in misfits])

    def under(self, path: Path) -> "Tree":
        """Return the mapping at `path` as a tree of its own."""
        value: Value = self.data
        marks = self.marks
        for step in path:
            value = cast("dict[str | int, Value]", value)[step]
            marks = marks.inner[step]
        return Tree(cast("Node", value), marks)


def read_yaml(file: str, text: str) -> Tree:
    """Read a document whose top is a mapping.

    Raises:
        PackError: with file, line, and what was expected.
    """
    try:
        return _read(file, text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        what = _spoken(str(error.problem), text.splitlines()[line - 1 : line])
        raise _at((file, line), f"not YAML: {what}; mend this first") from error
    except yaml.YAMLError as error:
        raise _at((file, 0), f"not YAML: {error}") from error
    except RecursionError:
        raise _at((file, 0), "nested too deeply; expected a few levels") from None


def _spoken(problem: str, line: list[str]) -> str:
    """Return what a library says of a line, with what to do where that is known."""
    if "cannot start any token" in problem and any("\t" in one for one in line):
        return "found a tab; use spaces"
    advice = next((do for word, do in _ADVICE.items() if word in problem), "")
    return f"{problem}{advice}"


def _at(mark: Mark, what: str) -> PackError:
    return PackError([_fault(mark, (), what)])


def _fault(mark: Mark, path: Path, what: str) -> PackFault:
    file, line = mark
    return PackFault(file, line, text_of(path), what)


def _read(file: str, text: str) -> Tree:
    top = yaml.compose(text, Loader=_LOADER)
    if not isinstance(top, yaml.MappingNode):
        raise _at((file, 1), "expected fields as `name: value`")
    for token in yaml.scan(text, Loader=_LOADER) if "*" in text else ():
        if isinstance(token, yaml.AliasToken):
            line = token.start_mark.line + 1
            raise _at((file, line), "found an alias (*), expected the value itself")
    # The types of PyYAML leave out what this takes.
    scalar = yaml.SafeLoader("").construct_object  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    data, marks = _value(_Reader(file, cast("_Scalar", scalar)), top, ())
    assert isinstance(data, dict), "its node is a mapping"
    return Tree(data, marks)


class _Reader(Struct):
    file: str
    scalar: _Scalar

    def mark(self, node: yaml.Node) -> Mark:
        return self.file, node.start_mark.line + 1


def _value(reader: _Reader, node: yaml.Node, path: Path) -> tuple[Value, Marks]:
    mark = reader.mark(node)
    match node:
        case yaml.MappingNode(value=entries):
            return _mapping(reader, entries, path, mark)
        case yaml.SequenceNode(value=entries):
            read = [_value(reader, one, (*path, n)) for n, one in enumerate(entries)]
            inner: dict[str | int, Marks] = {n: marks for n, (_, marks) in enumerate(read)}
            return [value for value, _ in read], Marks(mark, inner)
        case _:
            found = _plain(reader, node, path)
            # A bare date or time is text here: YAML 1.1 takes 12:30 for the number 750.
            if isinstance(found, str | int | float | bool | None) and ":" not in node.value:
                return found, Marks(mark, {})
            return str(node.value), Marks(mark, {})


def _plain(reader: _Reader, node: yaml.Node, path: Path) -> object:
    try:
        found = reader.scalar(node)
    except (ValueError, LookupError, AttributeError, OverflowError) as error:
        # By its form or its tag it is a date or a number, and there is none such, or one of more
        # digits than Python reads. What PyYAML raises then is what the parts that it is made of
        # happen to raise.
        raise _misfit(reader, node, path) from error
    is_time = ":" in node.value  # Which stays a text.
    if isinstance(found, int) and not (is_time or _INT_MIN <= found <= _INT_MAX):
        raise _misfit(reader, node, path)
    return found


def _misfit(reader: _Reader, node: yaml.Node, path: Path) -> PackError:
    text, kind = str(node.value), node.tag.rpartition(":")[2]
    # A number that is too large has the form of one.
    kind = f"{kind} of 64 bits" if _WHOLE.fullmatch(text) else kind
    shown = text if len(text) <= _SHOWN_MAX else f"{text[:_SHOWN_MAX]}…"
    what = f"found {shown!r}, which is no {kind}; expected one, or a text in quotes"
    return PackError([_fault(reader.mark(node), path, what)])


def _mapping(
    reader: _Reader, entries: list[tuple[yaml.Node, yaml.Node]], path: Path, own: Mark
) -> tuple[dict[str, Value], Marks]:
    found: dict[str, Value] = {}
    inner: dict[str | int, Marks] = {}
    for key, node in entries:
        mark = reader.mark(key)
        if not isinstance(key, yaml.ScalarNode):
            raise _at(mark, "found a mapping or list as a name, expected a word")
        name = str(key.value)
        if name in found:
            raise _at(mark, f"{text_of((*path, name))} stands twice; expected once")
        found[name], marks = _value(reader, node, (*path, name))
        inner[name] = Marks(mark, marks.inner)
    return found, Marks(own, inner)


def merged(below: Tree, above: Tree) -> Tree:
    """Return `below` with the fields of `above` put in place of its own.

    Mappings are merged field by field, at every depth; lists and values are replaced as a whole.
    """
    data, inner = {**below.data}, {**below.marks.inner}
    for name, value in above.data.items():
        if isinstance(value, dict) and isinstance(data.get(name), dict):
            both = merged(below.under((name,)), above.under((name,)))
            data[name], inner[name] = both.data, Marks(above.mark((name,)), both.marks.inner)
        else:
            data[name], inner[name] = value, above.marks.inner[name]
    return Tree(data, Marks(below.marks.own, inner))


def text_of(path: Path) -> str:
    """Return a path as people write it: `detector.watches[0].limit`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")
