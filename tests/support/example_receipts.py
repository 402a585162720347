"""What each field of a receipt may hold; the contract names the topic and leaves the rest to us."""

from typing import Final

from tests.support.example_fields import (
    IDS,
    INT64_MAX,
    MISSING,
    TEXT,
    TIMES,
    Cases,
    Message,
    Values,
    inside,
    text_to,
)

__all__ = ["RECEIPT", "RECEIPT_CASES"]

RECEIPT: Final[Message] = {
    "id": "1702-MZXW6YTBOI2HGZLM:sms:0",
    "at": "2024-11-27T09:32:10+07:00",
    "notice": "1702-MZXW6YTBOI2HGZLM",
    "destination": "OPS/polsek@17.02.09/1",
    "channel": "sms",
    "outcome": "delivered",
    "tries": 1,
    "alerts": [{"alert": "1702-ABCDEFGHIJKLMNOP", "revision": 1}],
    "election": "rejang-lebong-2024",
}
_DESTINATIONS: Final[Values] = (
    [
        *("OPS/polres_ops@17.02", "agency/bpbd@17/12", "SYS/it@17.02.09.1001-003/1"),
        *("OPS/tps@17.02.09.1001/1", "ADM/kpu@17", "GAK/bawaslu@17.02/3", "PROP/propam_polda@17"),
        *("ADM/kpps@36.04.17.2010-001", "agency/pln@36.04/99", "OPS/polda@36/1", "SYS/it@36/2"),
    ],
    [
        "OPS/polsek",
        "OPS/polsek@",
        "OPS/polsek@17.02/0",
        "OPS/polsek@17.02/1\n",
        "OPS/Budi Santoso@17.02",
        "polsek@17.02",
        "OPS/polsek@17.02/" + "1" * 90,
        None,
        MISSING,
    ],
)
_IDS_OF_ALERTS: Final[Values] = (
    ["3604-MZXW6YTBOI2HGZLM"],
    [
        "1702-MZXW6YTBOI2HGZLM\n",
        "1702-mzxw6ytboi2hgzlm",
        "17.02-MZXW6YTBOI2HGZLM",
        "",
        None,
        MISSING,
    ],
)
_ALERT: Final = inside(
    {"alert": "1702-ABCDEFGHIJKLMNOP", "revision": 1},
    {
        "alert": _IDS_OF_ALERTS,
        "revision": ([1, INT64_MAX], [0, -1, INT64_MAX + 1, 1.0, "1", None, MISSING]),
        "unknown": ([5], []),
    },
)

RECEIPT_CASES: Final[Cases] = {
    "id": IDS,
    "at": (TIMES[0], [*TIMES[1], MISSING]),
    "notice": _IDS_OF_ALERTS,
    "destination": _DESTINATIONS,
    "channel": (["", "x" * 32], ["x" * 33, 1, None, MISSING]),
    "outcome": (["failed", "blocked", "unaddressed"], ["sent", "", None, MISSING]),
    "attempt": ([0, 999, MISSING], [-1, 1000, 1.0, "1", None]),
    "tries": ([0, INT64_MAX, MISSING], [-1, 0.5, "1", None]),
    "next": text_to(32),
    "detail": text_to(200),
    "reference": text_to(200),
    "alerts": ([[], *([one] for one in _ALERT[0])], [None, {}, *([one] for one in _ALERT[1])]),
    "election": TEXT,
    "unknown": ([None, {"deep": [1, 2.5, "x"]}], []),
}
"""By field: values that are taken, values that are not."""
