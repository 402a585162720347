"""What a panel is made of, said without Grafana: a dashboard is a tuple of these.

`parts` and `tables` make panels of them. A panel always has a title and a description in both
languages, a unit, and words for where there is nothing.
"""

from msgspec import Struct

from tools.dashboards.words import NO_DATA, Words, both

__all__ = [
    "Across",
    "Bars",
    "Column",
    "Curve",
    "Head",
    "Heat",
    "Key",
    "Limits",
    "Number",
    "Query",
    "Row",
    "Rows",
    "Said",
    "Spec",
    "Timeline",
]

Limits = tuple[tuple[float, str], ...]
"""From which value on it has which colour, rising; below the first it is calm."""


class Said(Struct, frozen=True):
    """A text in both languages."""

    id: str
    en: str

    @property
    def beside(self) -> str:
        """Both, the second beside the first: titles."""
        return both(self.id, self.en)

    @property
    def below(self) -> str:
        """Both, the second below the first: descriptions."""
        return f"{self.id}\n\n{self.en}"


class Head(Struct, frozen=True):
    """What stands above a panel, and how large it is."""

    title: Said
    about: Said
    """Why one looks at it, and what to do then."""
    size: tuple[int, int]
    """Columns of 24, and rows."""
    nothing: str = NO_DATA


class Query(Struct, frozen=True):
    """An expression, and how its series are called."""

    expr: str
    legend: str
    exemplars: bool = False
    """Each exemplar is a point with a link to its alert."""


class Number(Struct, frozen=True):
    """One large number; its background says whether somebody must look."""

    head: Head
    unit: str
    expr: str
    limits: Limits = ()
    words: Words | None = None


class Curve(Struct, frozen=True):
    """Values over time; the first limit is drawn as a line."""

    head: Head
    unit: str
    queries: tuple[Query, ...]
    words: Words | None = None
    """How series are called, and their colours."""
    stacked: bool = False
    """Their sum is what one looks at."""
    limits: Limits = ()


class Bars(Struct, frozen=True):
    """One bar a series, as it is now."""

    head: Head
    unit: str
    queries: tuple[Query, ...]
    words: Words | None = None
    limits: Limits = ()


class Heat(Struct, frozen=True):
    """The buckets of a histogram over time."""

    head: Head
    unit: str
    expr: str


class Timeline(Struct, frozen=True):
    """One row a series, in the words that its values stand for."""

    head: Head
    words: Words
    query: Query


class Key(Struct, frozen=True):
    """A column with a label, which says what a row is about."""

    label: str
    title: Said
    link: str = ""
    """Where a click leads."""
    words: Words | None = None
    width: int = 0


class Column(Struct, frozen=True):
    """A column with the values of a query."""

    expr: str
    title: Said
    unit: str = "none"
    limits: Limits = ()
    words: Words | None = None
    hidden: bool = False
    """The query brings labels only."""


class Rows(Struct, frozen=True):
    """A table with a row for all series that have the same labels."""

    head: Head
    keys: tuple[Key, ...]
    """The labels that are shown, in order. The first query has all of them."""
    columns: tuple[Column, ...]
    worst: int = -1
    """The column by which rows are ordered, the largest value first; -1: by the first key."""


class Across(Struct, frozen=True):
    """A table of one query: the values of one label down, those of another across."""

    head: Head
    unit: str
    expr: str
    down: Key
    across: str
    words: Words
    """The values that stand across, in order."""


class Row(Struct, frozen=True):
    """A line above panels that belong together."""

    title: Said


Spec = Number | Curve | Bars | Heat | Timeline | Rows | Across
