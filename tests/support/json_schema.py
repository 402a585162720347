"""JSON Schema as the contract reads it: stricter than the standard in three places.

An integer is written without a fraction, a pattern lets nothing follow, and `date-time` is checked:
RFC 3339 with an offset, a moment that exists, no leap second. The reading of times here shares
nothing with `streams.wire.time`, so that each checks the other.
"""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Protocol, cast

from jsonschema import Draft202012Validator, FormatChecker

from streams.wire.schemas import Json

CONTRACT = Path(__file__).parents[1] / "contract"
"""The contract's schemas, as they were handed to us."""
_FORMATS = FormatChecker(formats=())


class Judge(Protocol):
    """What we use of a validator."""

    def is_valid(self, instance: object) -> bool:
        """Tell whether a value is as its schema wants it."""
        ...

    def validate(self, instance: object) -> None:
        """Raise what is wrong with a value."""
        ...


class _Written(float):
    """A number that was written with a point or an exponent, so it is no integer."""

    def is_integer(self) -> bool:
        return False


def read_json(text: bytes) -> Json:
    """Return the value of a JSON text, in which `1.0` stays another thing than `1`."""
    return cast("Json", json.loads(text, parse_float=_Written))


def judge(schema: dict[str, Json]) -> Judge:
    """Return a validator that reads a schema as the contract does."""
    Draft202012Validator.check_schema(schema)
    made = Draft202012Validator(_strict(schema), format_checker=_FORMATS)
    return cast("Judge", made)


def contract_schema(name: str) -> dict[str, Json]:
    """Return one of the contract's schemas."""
    path = CONTRACT / f"{name}.schema.json"
    return cast("dict[str, Json]", json.loads(path.read_text(encoding="utf-8")))


def in_contract(name: str) -> bool:
    """Tell whether the contract has a schema of this name; the others it leaves to us."""
    return (CONTRACT / f"{name}.schema.json").exists()


def _strict(schema: dict[str, Json]) -> dict[str, Json]:
    """Say in Python what the patterns of a schema say in JSON Schema."""
    text = json.dumps(schema).replace('$"', '\\\\Z"')
    return cast("dict[str, Json]", json.loads(text))


@_FORMATS.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    if isinstance(value, str):
        text = re.sub(r"\.[0-9]+", "", value.upper())
        # %z takes minutes of an offset beyond 59, the standard does not.
        if re.search(r"[+-]..:[6-9].$", text):
            raise ValueError(text)
        datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z")
    return True
