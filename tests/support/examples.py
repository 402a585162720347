"""Examples of the inputs, good and bad, each with what is to become of it.

One plain message a topic, and a table: a field and values that it may take or must not. The table
is the contract read aloud; types, generated schemas and the contract's schemas must all agree
with it (`tests/unit/wire/test_schemas.py`).
"""

import json
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from streams.wire.schemas import Json
from tests.support.example_fields import (
    COMMAND,
    COUNT,
    FLAG,
    HEARTBEAT,
    IDS,
    MISSING,
    NATURAL,
    REPORT,
    SHA,
    SOURCES,
    TEXT,
    TIMES,
    TPS,
    WHOLE,
    Cases,
    Message,
    inside,
    text_to,
    variant,
)
from tests.support.example_gateways import GATEWAY, GATEWAY_CASES, GATEWAY_WHOLES
from tests.support.example_receipts import RECEIPT, RECEIPT_CASES

__all__ = ["CASES", "PLAIN", "SCHEMA_OF", "Example", "as_bytes", "examples"]

PLAIN: Final[dict[str, Message]] = {
    "tps.status": HEARTBEAT,
    "crowd.reports": REPORT,
    "vote.counts": COUNT,
    "operator.commands": COMMAND,
    "siaga.gateways": GATEWAY,
    "siaga.receipts": RECEIPT,
    "siaga.restricted.receipts": RECEIPT,
}
"""A message of each input topic that nothing is wrong with."""
SCHEMA_OF: Final[dict[str, str]] = {
    "tps.status": "tps-status",
    "crowd.reports": "crowd-report",
    "vote.counts": "vote-count",
    "operator.commands": "operator-command",
    "siaga.gateways": "gateway-heartbeat",
    "siaga.receipts": "receipt",
    "siaga.restricted.receipts": "receipt",
}


def _photos(count: int) -> Json:
    return [{"kind": "photo"} for _ in range(count)]


def _videos(hashes: list[Json]) -> list[Json]:
    return [[{"kind": "video", "sha256": sha}] for sha in hashes]


def _votes(numbers: list[Json]) -> list[Json]:
    return [{"01": number} for number in numbers]


_COMMON: Final[Cases] = {
    "id": IDS,
    "at": (TIMES[0], [*TIMES[1], MISSING]),
    "election": (["rejang-lebong-2024", ""], [7, None]),
    "unknown": ([None, {"deep": [1, 2.5, "x"]}], []),
}
CASES: Final[dict[str, Cases]] = {
    "tps.status": {
        **_COMMON,
        "source": (SOURCES[0], [*SOURCES[1], MISSING]),
        "tps": (TPS[0], [*TPS[1], MISSING]),
        "kind": (["opened", "closed", "box_arrived"], ["open", "", "checkin", None, MISSING]),
        "ballots": NATURAL,
        "complete": FLAG,
        "situation": (["aman", "waspada", "gangguan", MISSING], ["merah", "", None]),
        "queue": NATURAL,
        "voters": NATURAL,
        "all_voted": FLAG,
        "reason": text_to(500),
        "box": text_to(32),
        "seal": text_to(32),
        "seal_intact": FLAG,
        "escort": ([[], ["P01", ""]], ["P01", [1], [None], None]),
        "eta_minutes": ([1, 0.5, 1e300], [0, -1, "30", True, None]),
        "place": (["pps", "kabupaten"], ["desa", "", None]),
        "officer": TEXT,
        "contest": TEXT,
        "corrects": TEXT,
    },
    "crowd.reports": {
        **_COMMON,
        "source": (SOURCES[0], [*SOURCES[1], MISSING]),
        "category": (["KAM-01", "UMM-99", MISSING], ["KAM-1", "XYZ-01", "KAM-01\n", "", None]),
        "text": (["", "é" * 4000, MISSING], ["x" * 4001, 1, None]),
        "place": inside(
            {},
            {
                "tps": TPS,
                "desa": (["36.04.17.2010"], ["36.04.17.2010\n", "36.04.17", "3604172010", None]),
                "kecamatan": (["36.04.17", "Carenang", ""], [17, None]),
                "kabupaten": (["36.04", "Serang"], [3604, None]),
                "name": (["Mekarsari", ""], [1, None]),
                "tps_number": ([1, 999], [0, 1000, 1.0, "1", None]),
                "lat": ([-90, 90, 0.5, 1e-300], [-90.001, 91, "6", None, True]),
                "lon": ([-180, 180.0], [181, -180.5, None]),
                "unknown": ([5], []),
            },
        ),
        "people": NATURAL,
        "situation": (["aman"], ["hijau", None]),
        "evidence": (
            [
                [],
                _photos(20),
                [{"kind": "witness", "uri": "", "more": 1}],
                *_videos(SHA[0]),
            ],
            [
                _photos(21),
                [{}],
                [{"kind": "gif"}],
                [None],
                {"kind": "photo"},
                None,
                *_videos(SHA[1]),
            ],
        ),
        "subject": ([{}, {"officer": "P01"}, {"more": None}], [{"officer": 1}, "P01", None]),
    },
    "vote.counts": {
        **_COMMON,
        "source": (SOURCES[0], [*SOURCES[1], MISSING]),
        "tps": (TPS[0], [*TPS[1], MISSING]),
        "contest": (["bupati", ""], [1, None, MISSING]),
        "status": (["final"], ["official", "", None, MISSING]),
        "votes": (
            [*_votes(WHOLE[0]), {"": 1}, {"01": 1, "kosong": 2}],
            [*_votes(WHOLE[1]), {}, [1], None, MISSING],
        ),
        "valid": WHOLE,
        "invalid": WHOLE,
        "ballots": inside({}, dict.fromkeys(("received", "used", "spoiled", "unused"), WHOLE)),
        "voters": inside({}, dict.fromkeys(("dpt", "dptb", "dpk"), WHOLE)),
        "corrects": TEXT,
        "image_sha256": SHA,
    },
    "operator.commands": {
        **_COMMON,
        "actor": inside(
            COMMAND["actor"],
            {
                "id": IDS,
                "role": (["viewer", "propam"], ["warga", "", None, MISSING]),
                "area": (["17", "", MISSING], [17, None]),
            },
        ),
        "command": (["use_pack", "set_class"], ["acknowledge", "", None, MISSING]),
        "alert": (["", "T03@17.02.09.1001-003"], [1, None, MISSING]),
        "report": TEXT,
        "tps": TPS,
        "area": TEXT,
        "officer": TEXT,
        "until": TIMES,
        "class": (["rawan", "khusus"], ["merah", "", None]),
        "situation": (["hijau", "merah"], ["aman", None]),
        "reason": text_to(1000),
        **dict.fromkeys(("level", "box", "pair", "category", "story", "rule", "pack"), TEXT),
        # The contract does not name these, and so refuses nothing in them.
        "step": (["jalur", "", None, 7, MISSING], []),
        "channel": (["telegram", "", "x" * 32, "x" * 33, None, ["sms"], MISSING], []),
    },
    "siaga.gateways": GATEWAY_CASES,
    **dict.fromkeys(("siaga.receipts", "siaga.restricted.receipts"), RECEIPT_CASES),
}
"""By topic and field: what may stand there and what must not, all else being plain."""

MESSAGES: Final[dict[str, list[tuple[Json, bool]]]] = {
    "tps.status": [
        (variant(HEARTBEAT, "kind", "checkin"), False),
        (variant(HEARTBEAT, "kind", "checkin") | {"officer": "P01"}, True),
        (variant(variant(HEARTBEAT, "kind", "duress"), "tps", MISSING) | {"officer": "P01"}, True),
        (variant(HEARTBEAT, "tps", MISSING) | {"officer": "P01"}, False),
    ],
    "crowd.reports": [
        (variant(variant(REPORT, "text", MISSING), "category", MISSING), False),
        (variant(REPORT, "place", MISSING), True),
    ],
    "vote.counts": [(variant(COUNT, "valid", MISSING), True)],
    "operator.commands": [
        (variant(COMMAND, "alert", MISSING), False),
        (variant(variant(COMMAND, "alert", MISSING), "command", "use_pack"), True),
        *(
            (variant(COMMAND, "alert", MISSING) | {field: value}, True)
            for field, value in (
                ("report", "1702-MZXW6YTBOI2HGZLM"),
                ("area", "17.02"),
                ("tps", "17.02.09.1001-003"),
            )
        ),
    ],
    "siaga.gateways": GATEWAY_WHOLES,
    "siaga.receipts": [],
    "siaga.restricted.receipts": [],
}
"""Messages that are good or bad as a whole."""


class Example(Struct, frozen=True):
    """A message, and whether it may be taken."""

    name: str
    topic: str
    value: Json
    good: bool

    @property
    def body(self) -> bytes:
        """The message as it is sent."""
        return as_bytes(self.value)


def as_bytes(value: Json) -> bytes:
    """Return JSON text as most producers write it."""
    return json.dumps(value, ensure_ascii=False).encode()


def examples() -> Iterator[Example]:
    """Yield every example of every input."""
    for topic, cases in CASES.items():
        for field, (taken, refused) in cases.items():
            for good, values in ((True, taken), (False, refused)):
                for at, value in enumerate(values):
                    name = f"{topic} {field} {'good' if good else 'bad'} {at}"
                    yield Example(name, topic, variant(PLAIN[topic], field, value), good)
        wholes: list[tuple[Json, bool]] = [(PLAIN[topic], True), ([PLAIN[topic]], False)]
        wholes += [(None, False), ("text", False), (5, False), ({}, False), *MESSAGES[topic]]
        for at, (value, good) in enumerate(wholes):
            yield Example(f"{topic} whole {at}", topic, value, good)
