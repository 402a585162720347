"""Variables of every type, and values for them that like the edges."""

from enum import StrEnum
from typing import Final, TypeAlias

from hypothesis import strategies as st
from msgspec import UNSET, Struct, UnsetType

from streams.rules.expression.binding import record_of
from streams.rules.expression.condition import Environment
from streams.rules.expression.literals import (
    DURATION_MAX_MS,
    INT_MAX,
    INT_MIN,
    TIMESTAMP_MAX_MS,
    TIMESTAMP_MIN_MS,
)
from streams.rules.expression.static_types import (
    BOOL,
    DOUBLE,
    DURATION,
    INT,
    STRING,
    TIMESTAMP,
    ListType,
    MapType,
)

Worlds: TypeAlias = dict[str, object]
"""The values of all variables."""


class Colour(StrEnum):
    """A closed set of words."""

    GREEN = "green"
    RED = "red"


class Inner(Struct, frozen=True):
    """A record in a record."""

    d: float
    n: int | UnsetType = UNSET
    note: str = ""


class Record(Struct, frozen=True, kw_only=True):
    """A record with fields that may be missing."""

    b: bool
    colour: Colour
    inner: Inner
    items: tuple[Inner, ...]
    q: int | UnsetType = UNSET
    note: str = ""
    maybe: Inner | UnsetType = UNSET


ENVIRONMENT: Final = Environment(
    {
        "i": INT,
        "j": INT,
        "x": DOUBLE,
        "y": DOUBLE,
        "s": STRING,
        "t": STRING,
        "b": BOOL,
        "at": TIMESTAMP,
        "until": TIMESTAMP,
        "span": DURATION,
        "numbers": ListType(INT),
        "doubles": ListType(DOUBLE),
        "words": ListType(STRING),
        "votes": MapType(INT),
        "w": record_of(Record, "w"),
    }
)

ALPHABET: Final = "ab01 é😀\n\t\"'\\"
KEYS: Final = ("01", "02", "é")
INTS: Final = (
    st.sampled_from((0, 1, -1, 2, -3, 10, INT_MAX, INT_MIN, INT_MAX - 1, INT_MIN + 1))
    | st.integers(-20, 20)
    | st.integers(INT_MIN, INT_MAX)
)
DOUBLES: Final = (
    st.sampled_from((0.0, -0.0, 1.0, -1.5, 2.0, 9.223372036854775807e18, -9.223372036854775808e18))
    | st.integers(-20, 20).map(float)
    | st.floats()
)
STRINGS: Final = st.text(ALPHABET, max_size=4)
TIMESTAMPS: Final = (
    st.sampled_from((0, TIMESTAMP_MIN_MS, TIMESTAMP_MAX_MS, 1_732_665_600_000))
    | st.integers(0, 4_000_000).map(lambda ms: 1_732_665_600_000 + ms)
    | st.integers(TIMESTAMP_MIN_MS, TIMESTAMP_MAX_MS)
)
MOMENTS: Final = TIMESTAMPS.filter(lambda ms: ms > TIMESTAMP_MIN_MS)
"""As variables: the reference takes the first moment of all for none, but not as a literal."""
_LONG_MS: Final = DURATION_MAX_MS - 10_000
"""The reference fails within the last second of the range, where a difference would still fit."""
DURATIONS: Final = (
    st.sampled_from((0, 1, -1, 60_000, 5_400_000, _LONG_MS, -_LONG_MS))
    | st.integers(-4_000_000, 4_000_000)
    | st.integers(-_LONG_MS, _LONG_MS)
)
INNERS: Final = st.builds(Inner, DOUBLES, INTS | st.just(UNSET), STRINGS)
RECORDS: Final = st.builds(
    Record,
    b=st.booleans(),
    colour=st.sampled_from(Colour),
    inner=INNERS,
    items=st.lists(INNERS, max_size=3).map(tuple),
    q=INTS | st.just(UNSET),
    note=STRINGS,
    maybe=INNERS | st.just(UNSET),
)


def _lists(items: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(items, max_size=3).map(tuple)


WORLDS: Final[st.SearchStrategy[Worlds]] = st.fixed_dictionaries(
    {
        "i": INTS,
        "j": INTS,
        "x": DOUBLES,
        "y": DOUBLES,
        "s": STRINGS,
        "t": STRINGS,
        "b": st.booleans(),
        "at": MOMENTS,
        "until": MOMENTS,
        "span": DURATIONS,
        "numbers": _lists(INTS),
        "doubles": _lists(DOUBLES),
        "words": _lists(STRINGS),
        "votes": st.dictionaries(st.sampled_from(KEYS), INTS, max_size=3),
        "w": RECORDS,
    }
)
ORDINARY: Final[Worlds] = {
    "i": 3,
    "j": -4,
    "x": 1.5,
    "y": 0.0,
    "s": "ab01",
    "t": "é😀",
    "b": True,
    "at": 1_732_665_600_000,
    "until": 0,
    "span": 5_400_000,
    "numbers": (1, 2, 3),
    "doubles": (0.5,),
    "words": ("a", ""),
    "votes": {"01": 440, "é": 0},
    "w": Record(b=False, colour=Colour.RED, inner=Inner(0.25, 7), items=(Inner(2.0),), q=4),
}
"""One world without edges, for where the values are not what is tried."""
