"""The official engine of CEL, asked the same as ours.

It knows records as maps, so a field that is missing is a key that is not there. Times are
`datetime` and `timedelta` on its side and milliseconds on ours.
"""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from typing import Final, cast

from cel_expr_python import cel  # type: ignore[import-untyped]  # It has stubs, and no marker for them.
from msgspec import UNSET, Struct, structs

from streams.rules.expression.static_types import DURATION, TIMESTAMP
from tests.unit.rules.expression.world import ENVIRONMENT, Worlds

FAILED: Final = "failed"
"""What an evaluation gives that has no value."""
REFUSED: Final = "refused"

_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MS: Final = dt.timedelta(milliseconds=1)
_KINDS: Final = {
    "i": cel.Type.INT,
    "j": cel.Type.INT,
    "x": cel.Type.DOUBLE,
    "y": cel.Type.DOUBLE,
    "s": cel.Type.STRING,
    "t": cel.Type.STRING,
    "b": cel.Type.BOOL,
    "at": cel.Type.TIMESTAMP,
    "until": cel.Type.TIMESTAMP,
    "span": cel.Type.DURATION,
    "numbers": cel.Type.List(cel.Type.INT),
    "doubles": cel.Type.List(cel.Type.DOUBLE),
    "words": cel.Type.List(cel.Type.STRING),
    "votes": cel.Type.Map(cel.Type.STRING, cel.Type.INT),
    "w": cel.Type.Map(cel.Type.STRING, cel.Type.DYN),
}
_ENV: Final = cel.NewEnv(variables=_KINDS)


def parses(text: str) -> bool:
    """Tell whether a text is an expression of CEL, whatever its types."""
    try:
        _ENV.compile(text, disable_check=True)
    except RuntimeError:
        return False
    return True


def evaluated(text: str, values: Worlds) -> object:
    """Return the value as ours would be, `FAILED` or `REFUSED`."""
    try:
        program = _ENV.compile(text)
    except RuntimeError:
        return REFUSED
    result = program.eval(data={name: _given(name, value) for name, value in values.items()})
    return FAILED if result.type() == cel.Type.ERROR else comparable(result.plain_value())


def comparable(value: object) -> object:
    """Make values comparable: of their own type, times in milliseconds, NaN equal to itself."""
    match value:
        case dt.datetime():
            return "int", (value - _EPOCH) // _MS
        case dt.timedelta():
            return "int", value // _MS
        case float() if math.isnan(value):
            return "float", "NaN"
        case str():
            return "str", str(value)
        case list() | tuple():
            items = cast("Sequence[object]", value)
            return [comparable(item) for item in items]
        case _:
            return type(value).__name__, value


def _given(name: str, value: object) -> object:
    kind = ENVIRONMENT.variables[name]
    if isinstance(value, int) and kind == TIMESTAMP:
        return _EPOCH + value * _MS
    if isinstance(value, int) and kind == DURATION:
        return value * _MS
    return _plain(value)


def _plain(value: object) -> object:
    match value:
        case Struct():
            fields = structs.asdict(value)
            # As the types of ours say it: unset, or a note that is empty.
            return {
                name: _plain(one)
                for name, one in fields.items()
                if one is not UNSET and not (name == "note" and one == "")
            }
        case tuple():
            items = cast("Sequence[object]", value)
            return [_plain(item) for item in items]
        case Mapping():
            entries = cast("Mapping[str, object]", value)
            return {key: _plain(entries[key]) for key in entries}
        case str():
            return str(value)
        case _:
            return value
