"""Types that an expression can have, known before any event is there.

| type | in Python | written |
|---|---|---|
| `bool`, `int` (64 bits), `double` | `bool`, `int`, `float` | `true`, `-12`, `1.5` |
| `string` | `str` | `"text"` |
| `timestamp` | `int`, milliseconds since 1970 in UTC | `timestamp("2024-11-27T07:00:00+07:00")` |
| `duration` | `int`, milliseconds | `duration("90m")` |
| `list(T)` | `tuple` or `list` | `[1, 2]` |
| `map(string, T)` | `Mapping` | never |
| a record | any object with attributes | never |

A string may be known to be one of a closed set of words: that of an enumeration has the name of
it, a literal is a set of one word without a name. So a word that no enumeration has is found by
comparing sets, wherever the literal stands.
"""

from enum import Enum
from typing import Final, TypeAlias

from msgspec import UNSET, Struct

__all__ = [
    "BOOL",
    "DOUBLE",
    "DURATION",
    "INT",
    "NOTHING",
    "STRING",
    "TIMESTAMP",
    "Field",
    "ListType",
    "MapType",
    "Missing",
    "RecordType",
    "ScalarType",
    "StringType",
    "Type",
    "enum_of",
    "equatable",
    "fits",
    "join",
    "shown",
    "stranger",
    "words_of",
]


class ScalarType(Struct, frozen=True):
    """A type without parts."""

    name: str


class StringType(Struct, frozen=True):
    """Text; `words` are all it can be, or None when it can be anything."""

    words: tuple[str, ...] | None = None
    name: str = ""
    """Of the enumeration; empty for a literal."""


class ListType(Struct, frozen=True):
    """Items of one type."""

    item: "Type"


class MapType(Struct, frozen=True):
    """Values of one type by text."""

    value: "Type"


class Missing(Enum):
    """How a field says that it is not there."""

    NEVER = "never"
    """It always is."""
    UNSET = UNSET
    NONE = None
    EMPTY = ""


class Field(Struct, frozen=True):
    """A field of a record."""

    type: "Type"
    attribute: str
    """Where the value is in Python; may have dots."""
    missing: Missing = Missing.NEVER


class RecordType(Struct, frozen=True):
    """Named fields, by the name that an expression uses."""

    name: str
    fields: dict[str, Field]


Type: TypeAlias = ScalarType | StringType | ListType | MapType | RecordType

BOOL: Final = ScalarType("bool")
INT: Final = ScalarType("int")
DOUBLE: Final = ScalarType("double")
TIMESTAMP: Final = ScalarType("timestamp")
DURATION: Final = ScalarType("duration")
NOTHING: Final = ScalarType("nothing")
"""Type of the items of `[]`: fits everything."""
STRING: Final = StringType()


def enum_of(name: str, words: type[Enum]) -> StringType:
    """Return the type of a string enumeration, in the order of its words."""
    return StringType(tuple(str(word.value) for word in words), name)


def shown(kind: Type) -> str:
    """Name a type as in CEL; an enumeration and a record by their own name."""
    match kind:
        case ScalarType(name=name) | RecordType(name=name):
            return name
        case StringType(name=name):
            return name or "string"
        case ListType(item=item):
            return f"list({shown(item)})"
        case MapType(value=value):
            return f"map(string, {shown(value)})"


def join(left: Type, right: Type) -> Type | None:
    """Return the type that has the values of both, or None when there is none."""
    match left, right:
        case (_, ScalarType(name="nothing")):
            return left
        case (ScalarType(name="nothing"), _):
            return right
        case StringType(), StringType():
            return _either(left, right)
        case ListType(item=mine), ListType(item=yours):
            joined = join(mine, yours)
            return None if joined is None else ListType(joined)
        case _:
            return left if left == right else None


def _either(left: StringType, right: StringType) -> StringType:
    if left.words is None or right.words is None:
        return STRING
    words = left.words + tuple(word for word in right.words if word not in left.words)
    # A literal among the words of an enumeration leaves the enumeration what it is.
    for known in (left, right):
        if known.name and len(known.words or ()) == len(words):
            return StringType(words, known.name)
    return StringType(words)


def words_of(kind: Type) -> StringType | None:
    """Return the string type in a type: that of a string, or of the items of a list."""
    match kind:
        case StringType():
            return kind
        case ListType(item=item):
            return words_of(item)
        case _:
            return None


def stranger(left: Type, right: Type) -> tuple[str, StringType] | None:
    """Find a word on one side that the enumeration on the other side does not have."""
    mine, yours = words_of(left), words_of(right)
    if mine is None or yours is None:
        return None
    for enumeration, other in ((mine, yours), (yours, mine)):
        if enumeration.name and enumeration.words is not None:
            for word in other.words or ():
                if word not in enumeration.words:
                    return word, enumeration
    return None


def fits(kind: Type, expected: Type) -> bool:
    """Tell whether every value of a type is one of the expected type."""
    if join(kind, expected) is None:
        return False
    mine, wanted = words_of(kind), words_of(expected)
    if mine is None or wanted is None or wanted.words is None:
        return True
    return mine.words is not None and set(mine.words) <= set(wanted.words)


def equatable(kind: Type) -> bool:
    """Tell whether two values of a type can be compared by `==`: scalars, and lists of them."""
    match kind:
        case ScalarType() | StringType():
            return True
        case ListType(item=item):
            return equatable(item)
        case _:
            return False
