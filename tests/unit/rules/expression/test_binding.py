"""Record types from structs: names, types and what may be missing."""

from enum import StrEnum
from typing import Annotated

import pytest
from msgspec import UNSET, Meta, Struct, UnsetType, field

from streams.domain.events import OperatorCommand, Source, TpsStatus, VoteCount
from streams.rules.expression.binding import record_of
from streams.rules.expression.static_types import (
    BOOL,
    DOUBLE,
    DURATION,
    INT,
    STRING,
    TIMESTAMP,
    Field,
    ListType,
    MapType,
    Missing,
    RecordType,
    StringType,
)


class Colour(StrEnum):
    """Two words."""

    RED = "red"
    BLUE = "blue"


class Part(Struct):
    """A record in a record."""

    a: int


class Whole(Struct, kw_only=True):
    """One field of each kind."""

    flag: bool
    number: Annotated[int, Meta(ge=0)]
    ratio: float
    text: Annotated[str, Meta(max_length=3, description="short")]
    colour: Colour
    part: Part
    rows: tuple[Part, ...]
    names: list[str]
    counts: dict[str, Annotated[int, Meta(ge=0)]]
    for_: str = field(name="for")
    unset: int | UnsetType = UNSET
    unset_text: str | UnsetType = UNSET
    none: Part | None = None
    note: str = ""
    level: str = "low"
    times: int = 0
    tags: tuple[str, ...] = ()
    more: list[str] = field(default_factory=list[str])


PART = RecordType("whole.part", {"a": Field(INT, "a")})
COLOUR = StringType(("red", "blue"), "Colour")


def test_every_kind_of_field() -> None:
    """By its name on the wire, with its type and how it says that it is missing."""
    assert {
        "flag": Field(BOOL, "flag"),
        "number": Field(INT, "number"),
        "ratio": Field(DOUBLE, "ratio"),
        "text": Field(STRING, "text"),
        "colour": Field(COLOUR, "colour"),
        "part": Field(PART, "part"),
        "rows": Field(ListType(RecordType("whole.rows[]", PART.fields)), "rows"),
        "names": Field(ListType(STRING), "names"),
        "counts": Field(MapType(INT), "counts"),
        "for": Field(STRING, "for_"),
        "unset": Field(INT, "unset", Missing.UNSET),
        "unset_text": Field(STRING, "unset_text", Missing.UNSET),
        "none": Field(RecordType("whole.none", PART.fields), "none", Missing.NONE),
        "note": Field(STRING, "note", Missing.EMPTY),
        "level": Field(STRING, "level"),
        "times": Field(INT, "times"),
        "tags": Field(ListType(STRING), "tags"),
        "more": Field(ListType(STRING), "more"),
    } == record_of(Whole, "whole").fields


def test_fields_are_overridden_and_dropped() -> None:
    """A type replaces the type only; a field replaces all; what is dropped is unknown."""
    made = record_of(
        Whole,
        "whole",
        overrides={"unset": DURATION, "text": Field(TIMESTAMP, "part.a")},
        dropped=("flag", "for"),
    )
    assert Field(DURATION, "unset", Missing.UNSET) == made.fields["unset"]
    assert Field(TIMESTAMP, "part.a") == made.fields["text"]
    assert not {"flag", "for"} & made.fields.keys()


def test_what_is_overridden_or_dropped_must_exist() -> None:
    """A field that was renamed is not forgotten here."""
    with pytest.raises(AssertionError, match="whole has no field zzz to override or drop"):
        record_of(Whole, "whole", overrides={"zzz": INT})
    with pytest.raises(AssertionError, match="whole has no field for_ to override or drop"):
        record_of(Whole, "whole", dropped=("for_",))


def test_what_no_expression_knows_is_a_mistake() -> None:
    """It must be overridden or dropped."""

    class Odd(Struct):
        odd: int | str

    with pytest.raises(AssertionError, match=r"odd\.odd is UnionType, which no expression knows"):
        record_of(Odd, "odd")
    assert {} == record_of(Odd, "odd", dropped=("odd",)).fields


def test_keys_are_text() -> None:
    """A map by numbers is none of ours."""

    class Odd(Struct):
        odd: dict[int, str]

    with pytest.raises(AssertionError, match=r"odd\.odd has keys that are no text"):
        record_of(Odd, "odd")


@pytest.mark.parametrize("event", [TpsStatus, VoteCount, OperatorCommand, Source])
def test_every_event_is_a_record(event: type[Struct]) -> None:
    """No field of the contract needs an exception."""
    made = record_of(event, "event")
    assert set(event.__struct_encode_fields__) == set(made.fields)
