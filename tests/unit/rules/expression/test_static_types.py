"""Types: what goes with what, and how a type is called."""

import pytest

from streams.rules.expression.static_types import (
    BOOL,
    DOUBLE,
    INT,
    NOTHING,
    STRING,
    Field,
    ListType,
    MapType,
    RecordType,
    StringType,
    Type,
    fits,
    join,
    shown,
)

COLOUR = StringType(("red", "blue"), "Colour")
SIZE = StringType(("big", "small"), "Size")
RED, GREEN = StringType(("red",)), StringType(("green",))
POINT = RecordType("point", {"x": Field(INT, "x")})


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (INT, "int"),
        (STRING, "string"),
        (RED, "string"),
        (COLOUR, "Colour"),
        (ListType(MapType(DOUBLE)), "list(map(string, double))"),
        (POINT, "point"),
    ],
)
def test_types_are_called_as_in_cel(kind: Type, expected: str) -> None:
    """Enumerations and records by their own name."""
    assert expected == shown(kind)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (INT, INT, INT),
        (INT, DOUBLE, None),
        (STRING, RED, STRING),
        (RED, RED, RED),
        (RED, GREEN, StringType(("red", "green"))),
        (COLOUR, RED, COLOUR),
        (RED, COLOUR, StringType(("red", "blue"), "Colour")),
        (COLOUR, GREEN, StringType(("red", "blue", "green"))),
        (COLOUR, STRING, STRING),
        (ListType(NOTHING), ListType(INT), ListType(INT)),
        (ListType(INT), ListType(NOTHING), ListType(INT)),
        (ListType(INT), ListType(STRING), None),
        (MapType(INT), MapType(INT), MapType(INT)),
        (MapType(INT), MapType(DOUBLE), None),
        (POINT, POINT, POINT),
        (POINT, INT, None),
    ],
)
def test_joined_types(left: Type, right: Type, expected: Type | None) -> None:
    """The type of a ternary, and of the items of a list."""
    found = join(left, right)
    if isinstance(expected, StringType) and isinstance(found, StringType):
        assert (expected.name, set(expected.words or ())) == (found.name, set(found.words or ()))
    else:
        assert expected == found


@pytest.mark.parametrize(
    ("kind", "expected", "good"),
    [
        (BOOL, BOOL, True),
        (INT, DOUBLE, False),
        (COLOUR, STRING, True),
        (RED, COLOUR, True),
        (COLOUR, COLOUR, True),
        (GREEN, COLOUR, False),
        (STRING, COLOUR, False),
        (SIZE, COLOUR, False),
        (ListType(RED), ListType(COLOUR), True),
        (ListType(GREEN), ListType(COLOUR), False),
        (ListType(NOTHING), ListType(COLOUR), True),
        (ListType(STRING), ListType(COLOUR), False),
    ],
)
def test_what_fits(kind: Type, expected: Type, good: bool) -> None:  # noqa: FBT001  # A row of a table.
    """Where words are expected, every word must be one of them."""
    assert good is fits(kind, expected)
