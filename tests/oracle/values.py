"""Reading untyped JSON without trusting it."""

from collections.abc import Mapping
from typing import cast

__all__ = ["Json", "integer", "number", "part", "parts", "text", "texts"]

Json = Mapping[str, object]
"""A JSON object as it was parsed."""


def text(value: Json, name: str) -> str:
    """The text of a field, or the empty text."""
    got = value.get(name)
    return got if isinstance(got, str) else ""


def number(value: Json, name: str) -> float | None:
    """The number of a field, if it is one."""
    got = value.get(name)
    return float(got) if isinstance(got, int | float) and not isinstance(got, bool) else None


def integer(value: Json, name: str) -> int | None:
    """The whole number of a field, if it is one."""
    got = value.get(name)
    return got if isinstance(got, int) and not isinstance(got, bool) else None


def part(value: Json, name: str) -> Json:
    """The object of a field, or an empty one."""
    got = value.get(name)
    return cast("Json", got) if isinstance(got, dict) else {}


def parts(value: Json, name: str) -> list[Json]:
    """The objects in the array of a field."""
    got = value.get(name)
    items = cast("list[object]", got) if isinstance(got, list) else []
    return [cast("Json", item) for item in items if isinstance(item, dict)]


def texts(value: Json, name: str) -> list[str]:
    """The texts in the array of a field."""
    got = value.get(name)
    items = cast("list[object]", got) if isinstance(got, list) else []
    return [item for item in items if isinstance(item, str)]
