"""Reads YAML so that every fault can be told with its file and line.

A *tree* is what a document says, beside the place of every value in it. Trees are merged field by
field (`merged`): what lies on top brings its own places along, so that a fault in an override is
told where the override stands, and not in the pack below it.

Only what a rule needs is read: mappings with text keys, lists, and plain values. A key that stands
twice is a fault (YAML would keep the last and say nothing), and so is an alias: a document that
can be read aloud from top to bottom needs none.
"""

import re
from collections.abc import Callable
from typing import Final, TypeVar, cast

import msgspec
import yaml
from msgspec import Struct

from streams.errors import ConfigError

__all__ = ["Mark", "Node", "Path", "Tree", "Value", "converted", "merged", "read_yaml"]

Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]
Node = dict[str, Value]
Path = tuple[str | int, ...]
"""Where a value stands: names of fields and numbers of entries, from the top."""
_Scalar = Callable[[yaml.Node], object]
Mark = tuple[str, int]
"""File and line, from 1."""
T = TypeVar("T")

# The one in C where PyYAML was built with it: a lexicon of thousands of phrases is read in a tenth
# of the time.
_LOADER: Final[type[yaml.SafeLoader]] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_AT: Final = re.compile(r"^(?P<what>.*?)(?: - at (?:`key` in )?`\$(?P<path>[^`]*)`)?$", re.DOTALL)
_STEP: Final = re.compile(r"\.([A-Za-z_][A-Za-z_0-9]*)|\[([0-9]+)\]")
_UNKNOWN_FIELD: Final = re.compile(r"unknown field `([^`]*)`")


class Tree(Struct, frozen=True):
    """A mapping, and the file and line of each value in it."""

    data: Node
    marks: dict[Path, Mark]

    def where(self, path: Path) -> str:
        """Return `file:line: field` of a value, or of what is around it where it is missing."""
        known = path
        while known and known not in self.marks:
            known = known[:-1]
        file, line = self.marks.get(known, ("?", 0))
        return f"{file}:{line}: {_text_of(path)}" if path else f"{file}:{line}"

    def under(self, path: Path) -> "Tree":
        """Return the mapping at `path` as a tree of its own."""
        value: Value = self.data
        for step in path:
            value = cast("dict[str | int, Value]", value)[step]
        marks = {
            at[len(path) :]: mark for at, mark in self.marks.items() if at[: len(path)] == path
        }
        return Tree(cast("Node", value), marks)


def read_yaml(file: str, text: str) -> Tree:
    """Read a document whose top is a mapping.

    Raises:
        ConfigError: with file, line, and what was expected.
    """
    try:
        return _read(file, text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise ConfigError(f"{file}:{line}: not YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise ConfigError(f"{file}: not YAML: {error}") from error


def _read(file: str, text: str) -> Tree:
    top = yaml.compose(text, Loader=_LOADER)
    if not isinstance(top, yaml.MappingNode):
        raise ConfigError(f"{file}:1: expected fields as `name: value`")
    for token in yaml.scan(text, Loader=_LOADER):
        if isinstance(token, yaml.AliasToken):
            line = token.start_mark.line + 1
            raise ConfigError(f"{file}:{line}: found an alias (*), expected the value itself")
    marks: dict[Path, Mark] = {}
    # The types of PyYAML leave out what this takes.
    scalar = yaml.SafeLoader("").construct_object  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    data = _value(_Reader(file, cast("_Scalar", scalar), marks), top, ())
    assert isinstance(data, dict), "its node is a mapping"
    return Tree(data, marks)


class _Reader(Struct):
    file: str
    scalar: _Scalar
    marks: dict[Path, Mark]


def _value(reader: _Reader, node: yaml.Node, path: Path) -> Value:
    reader.marks[path] = (reader.file, node.start_mark.line + 1)
    match node:
        case yaml.MappingNode(value=entries):
            return _mapping(reader, entries, path)
        case yaml.SequenceNode(value=entries):
            return [_value(reader, one, (*path, n)) for n, one in enumerate(entries)]
        case _:
            found = _plain(reader, node, path)
            # A bare date or time is text here: YAML 1.1 takes 12:30 for the number 750.
            if isinstance(found, str | int | float | bool | None) and ":" not in node.value:
                return found
            return str(node.value)


def _plain(reader: _Reader, node: yaml.Node, path: Path) -> object:
    try:
        return reader.scalar(node)
    except (ValueError, LookupError, AttributeError, OverflowError) as error:
        # By its form or its tag it is a date or a number, and there is none such. What PyYAML
        # raises then is what the parts that it is made of happen to raise.
        kind = node.tag.rpartition(":")[2]
        what = f"found {str(node.value)!r}, which is no {kind}; expected one, or a text in quotes"
        raise ConfigError(
            f"{reader.file}:{node.start_mark.line + 1}: {_text_of(path)}: {what}"
        ) from error


def _mapping(
    reader: _Reader, entries: list[tuple[yaml.Node, yaml.Node]], path: Path
) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for key, value in entries:
        where = f"{reader.file}:{key.start_mark.line + 1}"
        if not isinstance(key, yaml.ScalarNode):
            raise ConfigError(f"{where}: found a mapping or list as a name, expected a word")
        name = str(key.value)
        if name in found:
            raise ConfigError(f"{where}: {_text_of((*path, name))} stands twice; expected once")
        found[name] = _value(reader, value, (*path, name))
        reader.marks[(*path, name)] = (reader.file, key.start_mark.line + 1)
    return found


def merged(below: Tree, above: Tree) -> Tree:
    """Return `below` with the fields of `above` put in place of its own.

    Mappings are merged field by field, at every depth; lists and values are replaced as a whole.
    """
    marks = dict(below.marks)
    data = _merged(below.data, above, (), marks)
    return Tree(data, marks)


def _merged(below: Node, above: Tree, path: Path, marks: dict[Path, Mark]) -> Node:
    inner = above.under(path).data if path else above.data
    result = dict(below)
    for name, value in inner.items():
        at = (*path, name)
        old = result.get(name)
        if isinstance(old, dict) and isinstance(value, dict):
            result[name] = _merged(old, above, at, marks)
        else:
            for known in [one for one in marks if one[: len(at)] == at]:
                del marks[known]
            result[name] = value
            marks |= {one: mark for one, mark in above.marks.items() if one[: len(at)] == at}
        marks[at] = above.marks[at]
    return result


def converted(tree: Tree, kind: type[T]) -> T:
    """Return what a tree says as a record.

    Raises:
        ConfigError: with file, line, field, what was found or expected.
    """
    try:
        return msgspec.convert(tree.data, kind)
    except msgspec.ValidationError as error:
        what, path = _located(str(error))
        raise ConfigError(f"{tree.where(path)}: {what}") from error


def _located(message: str) -> tuple[str, Path]:
    """Return what an error says, and the field that it is about."""
    found = _AT.match(message)
    assert found, "the pattern takes any text"
    # Which entry of a mapping is meant, the message does not say: `[...]`.
    known, _, beyond = (found["path"] or "").partition("[...]")
    path: Path = tuple(name or int(number) for name, number in _STEP.findall(known))
    unknown = _UNKNOWN_FIELD.search(message)
    what = f"{found['what']} (in {beyond.removeprefix('.')})" if beyond else found["what"]
    return what, (*path, unknown[1]) if unknown and not beyond else path


def _text_of(path: Path) -> str:
    """Return a path as people write it: `detector.watches[0].limit`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")
