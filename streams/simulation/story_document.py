"""A YAML document that knows on which line each of its fields stands.

All scalars are text: YAML would make 17.02 a number, 10:30 one of base 60 and "no" a truth. What a
field is, its type says. `<<` takes over the fields of another mapping, those of the same name
excepted: forms of one TPS have most of theirs in common.
"""

import re
from typing import Final, TypeVar, cast

import msgspec
import yaml

from streams.errors import InputError

__all__ = ["Document", "Path"]

Path = tuple[str | int, ...]
"""Where a field stands: names in mappings, numbers in sequences."""
_Kind = TypeVar("_Kind")

_TAKEN_OVER: Final = "<<"
_AT: Final = re.compile(r"^(?P<what>.*?)(?: - at `(?P<path>.*)`)?$", re.DOTALL)
_STEP: Final = re.compile(r"\.(?P<name>\w+)|\[(?P<number>[0-9]+)\]")


# The one in C where PyYAML was built with it: a day's story is read in a tenth of the time.
_LOADER: Final[type[yaml.BaseLoader]] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Document:
    """One file, as its author sees it."""

    def __init__(self, name: str, text: str) -> None:
        """Read the text of the file called `name`.

        Raises:
            InputError: It is not YAML, or more than text, sequences and mappings.
        """
        self._name = name
        try:
            self._root = yaml.compose(text, _LOADER)
            self._value = None if self._root is None else self._value_of(self._root)
        except yaml.YAMLError as error:
            raise InputError(f"{name}: expected YAML: {error}") from error
        except RecursionError:
            raise InputError(f"{name}: nested too deeply; expected a few levels") from None

    def _value_of(self, node: yaml.Node) -> object:
        """Return the text, sequence or mapping that a node stands for."""
        match node:
            case yaml.MappingNode(value=pairs):
                own: dict[str, object] = {}
                for key, value in pairs:
                    own[self._name_of(key, own)] = self._value_of(value)
                taken = own.get(_TAKEN_OVER)
                if not isinstance(taken, dict):
                    return own
                del own[_TAKEN_OVER]
                return cast("dict[str, object]", taken) | own
            case yaml.SequenceNode(value=items):
                return [self._value_of(item) for item in items]
            case _:
                return str(node.value)

    def _name_of(self, key: yaml.Node, known: dict[str, object]) -> str:
        where = f"{self._name}:{key.start_mark.line + 1}"
        if not isinstance(key, yaml.ScalarNode):
            raise InputError(f"{where}: found a mapping or list as a name, expected a word")
        name = str(key.value)
        if name in known:
            raise InputError(f"{where}: {name} stands twice; expected once")
        return name

    def read(self, kind: type[_Kind]) -> _Kind:
        """Return the document as a `kind`.

        Raises:
            InputError: It is none; the message names line and field.
        """
        return self.convert(self._value, kind, ())

    def convert(self, value: object, kind: type[_Kind], path: Path) -> _Kind:
        """Return a value that stands at `path` as a `kind`.

        Raises:
            InputError: It is none; the message names line and field.
        """
        try:
            return msgspec.convert(value, kind, strict=False)
        except msgspec.ValidationError as error:
            found = _AT.fullmatch(str(error))
            assert found is not None, "the pattern matches any text"
            raise self.fault((*path, *_steps(found["path"] or "")), found["what"]) from error

    def fault(self, path: Path, what: str) -> InputError:
        """Return the error that something is wrong with the field at `path`."""
        field = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
        return InputError(f"{self._name}:{self._line(path)}: {field.lstrip('.') or 'file'}: {what}")

    def _line(self, path: Path) -> int:
        """Return the line of the field, or of the nearest one above it that is there."""
        node, line = self._root, 1
        for step in path:
            node = _below(node, step)
            if node is None:
                break
            line = node.start_mark.line + 1
        return line


def _below(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    match node, step:
        case yaml.MappingNode(value=pairs), str(name):
            return next((value for key, value in pairs if key.value == name), None)
        case yaml.SequenceNode(value=items), int(number) if number < len(items):
            item: yaml.Node = items[number]
            return item
        case _:
            return None


def _steps(text: str) -> Path:
    """Read msgspec's way of writing a path: `$.incidents[2].posts[0].at`."""
    return tuple(
        step["name"] if step["name"] is not None else int(step["number"])
        for step in _STEP.finditer(text)
    )
