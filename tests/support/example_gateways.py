"""What a heartbeat of a gateway may say and what it must not, as the tables of `examples`."""

from typing import Final

from streams.wire.schemas import Json
from tests.support.example_fields import (
    IDS,
    MISSING,
    NATURAL,
    TIMES,
    Cases,
    Message,
    inside,
    variant,
)

__all__ = ["GATEWAY", "GATEWAY_CASES", "GATEWAY_WHOLES"]

GATEWAY: Final[Message] = {
    "id": "beat-1",
    "at": "2024-11-27T09:33:00+07:00",
    "source": {"id": "sms-1", "role": "system", "channel": "sms"},
    "areas": ["17.02"],
    "oldest_pending_at": "2024-11-27T09:12:00+07:00",
}
_EMPTY: Final = variant(GATEWAY, "oldest_pending_at", MISSING)
_AREAS: Final = ("17.02", "17.02.09", "17.02.09.1001", "17.02.09.1001-003")
_NO_AREAS: Final = ("", "17", "1702", "17.02.", "17.02.09.1001-1", "17.2", None)


def _each(codes: tuple[Json, ...], end: str = "") -> list[Json]:
    return [[f"{code}{end}" if isinstance(code, str) else code] for code in codes]


_HERE: Final[list[Json]] = ["17.02"]
_MANY: Final[list[Json]] = [*_each(_AREAS), ["17.02", "17.03"], _HERE * 1000]
_WRONG: Final[list[Json]] = [
    *(*_each(_AREAS, "\n"), *_each(_NO_AREAS)),
    *([], _HERE * 1001, "17.02", None, MISSING),
]
GATEWAY_CASES: Final[Cases] = {
    "id": IDS,
    "at": (TIMES[0], [*TIMES[1], MISSING]),
    "election": (["rejang-lebong-2024", ""], [7, None]),
    "unknown": ([None, {"deep": [1, 2.5, "x"]}], []),
    "source": inside(
        GATEWAY["source"],
        {
            "id": IDS,
            "role": (["system"], ["kpps", "operator", "", None, MISSING]),
            "channel": (["sms", "whatsapp", MISSING], ["telegram", "", None]),
        },
    ),
    "areas": (_MANY, _WRONG),
    "oldest_pending_at": ([*TIMES[0], MISSING], TIMES[1]),
    "pending": NATURAL,
    "every_seconds": ([1, 300, MISSING], [0, 301, 1.0, "60", None]),
}
GATEWAY_WHOLES: Final[list[tuple[Json, bool]]] = [
    (_EMPTY, True),
    (_EMPTY | {"pending": 0}, True),
    (_EMPTY | {"pending": 1}, False),
    *((_EMPTY | {"every_seconds": seconds}, True) for seconds in range(1, 20)),
]
