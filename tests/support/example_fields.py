"""What each field of the inputs may hold and what it must not, said once for all messages.

A pair of lists: values that are taken, values that are refused. `tests.support.examples` puts them
into messages.
"""

from typing import Final

from streams.wire.schemas import Json

__all__ = [
    "COMMAND",
    "COUNT",
    "FLAG",
    "HEARTBEAT",
    "IDS",
    "INT64_MAX",
    "MISSING",
    "NATURAL",
    "REPORT",
    "SHA",
    "SOURCE",
    "SOURCES",
    "TEXT",
    "TIMES",
    "TPS",
    "WHOLE",
    "Cases",
    "Message",
    "Values",
    "inside",
    "text_to",
    "variant",
]

Message = dict[str, Json]

INT64_MAX: Final = (1 << 63) - 1
MISSING: Final = "(left out)"
"""In the table: the message without the field."""

SOURCE: Final[Message] = {"id": "kpps-170209-003", "role": "kpps", "channel": "app"}
HEARTBEAT: Final[Message] = {
    "id": "hb-000123",
    "at": "2024-11-27T07:10:00+07:00",
    "kind": "heartbeat",
    "tps": "17.02.09.1001-003",
    "source": SOURCE,
    "situation": "aman",
    "queue": 12,
    "voters": 130,
}
REPORT: Final[Message] = {
    "id": "r-1",
    "at": "2024-11-27T09:31:00+07:00",
    "source": {"id": "warga-77", "role": "warga", "channel": "whatsapp"},
    "category": "KAM-08",
    "text": "Dua kelompok saling dorong di depan TPS",
    "place": {"tps": "17.02.09.1001-003"},
    "people": 20,
}
COUNT: Final[Message] = {
    "id": "c-1",
    "at": "2024-11-27T15:02:00+07:00",
    "tps": "17.02.09.1001-003",
    "contest": "bupati",
    "status": "provisional",
    "source": SOURCE,
    "votes": {"01": 120, "02": 98},
    "valid": 218,
    "invalid": 3,
}
COMMAND: Final[Message] = {
    "id": "cmd-1",
    "at": "2024-11-27T09:33:00+07:00",
    "actor": {"id": "op-7", "role": "operator", "area": "17.02"},
    "command": "ack",
    "alert": "1702-MZXW6YTBOI2HGZLM",
}
Values = tuple[list[Json], list[Json]]
Cases = dict[str, Values]
"""By field: values that are taken, values that are not."""

TIMES: Final[Values] = (
    [
        "2024-11-27T07:10:00Z",
        "2024-11-27t07:10:00z",
        "2024-11-27T07:10:00.123456789+07:00",
        "2024-02-29T23:59:59-00:00",
        "2024-11-27T07:10:00.5+09:00",
    ],
    [
        "2024-11-27T07:10:00",
        "2024-11-27 07:10:00Z",
        "2024-11-27T07:10:00Z\n",
        "2024-11-27T07:10:00+07:00\n",
        "2024-11-27T07:10:00+0700",
        "2024-11-27T07:10Z",
        "2024-11-27T07:10:00.1234567890Z",
        "2024-11-27T07:10:00.Z",
        "٢024-11-27T07:10:00Z",
        "2024-13-27T07:10:00Z",
        "2023-02-29T07:10:00Z",
        "2024-11-27T24:00:00Z",
        "2024-11-27T23:60:00Z",
        "2024-12-31T23:59:60Z",
        "2024-11-27T07:10:00+24:00",
        "2024-11-27T07:10:00+07:60",
        "0000-01-01T00:00:00Z",
        "",
        1732666200000,
        None,
    ],
)
IDS: Final[Values] = (
    ["a", "x" * 64, "é" * 64, "𝄞" * 64, "a\n"],
    ["", "x" * 65, 1, None, ["a"], MISSING],
)
TPS: Final[Values] = (
    ["36.04.17.2010-001", "91.03.01.3001-999"],
    [
        "36.04.17.2010-001\n",
        "36.04.17.2010",
        "3604172010-001",
        "36.04.17.2010-1",
        "36.04.17.2010-0001",
        " 36.04.17.2010-001",
        "\uff13\uff16.04.17.2010-001",
        "3604170",
        "",
        None,
    ],
)
NATURAL: Final[Values] = (
    [0, 1, INT64_MAX],
    [-1, INT64_MAX + 1, 10**30, 1.0, 1e3, 0.5, "1", True, None],
)
WHOLE: Final[Values] = (
    [0, -1, INT64_MAX, -INT64_MAX - 1],
    [INT64_MAX + 1, -INT64_MAX - 2, 1.0, "1", False, None],
)
FLAG: Final[Values] = ([True, False], ["true", 0, 1, None])
TEXT: Final[Values] = (["", "Kantor desa", "a\u0000b"], [1, None, []])
SHA: Final[Values] = (
    ["0f" * 32],
    ["0F" * 32, "0f" * 32 + "\n", "0f" * 31, "", None],
)


def text_to(length: int) -> Values:
    """Return texts of at most so many characters, and what is none of them."""
    return ["", "é" * length], ["x" * (length + 1), 5, None]


def inside(plain: Json, cases: Cases) -> Values:
    """Return cases of fields inside an object as values of the object."""
    assert isinstance(plain, dict), "only an object has fields"
    good: list[Json] = []
    bad: list[Json] = ["text", None, []]
    for field, (taken, refused) in cases.items():
        good += [variant(plain, field, value) for value in taken]
        bad += [variant(plain, field, value) for value in refused]
    return good, bad


def variant(plain: Message, field: str, value: Json) -> Message:
    """Return a message with one field changed, or left out if the value is `MISSING`."""
    rest = {key: old for key, old in plain.items() if key != field}
    return rest if value == MISSING else rest | {field: value}


SOURCES: Final = inside(
    SOURCE,
    {
        "id": IDS,
        "role": (["pam_tps", "system", "operator"], ["KPPS", "ketua", "", None, MISSING]),
        "camp": (["01", ""], [1, None]),
        "channel": (["sms", "radio", MISSING], ["telegram", "", None]),
        "for": (["warga", "pam_tps"], ["camat", None]),
        "unknown": ([None, 5, {}], []),
    },
)
