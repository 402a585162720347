"""Why a request or an event is not taken: one fixed word, its HTTP status, what can be mended.

| reason        | status | the sender …                                                        |
|---------------|--------|---------------------------------------------------------------------|
| `encoding`    | 400    | must mend the message; so of `json`, `envelope`, `schema`,          |
|               |        | `bad_time` and `batch`                                              |
| `signature`   | 401    | is not who he says; which part is wrong is not told                 |
| `forbidden`   | 403    | is known, and may not send this                                     |
| `unknown`     | 404    | has the wrong address                                               |
| `method`      | 405    | has the wrong method                                                |
| `timeout`     | 408    | was too slow                                                        |
| `id_conflict` | 409    | has used this id for something else                                 |
| `size`        | 413    | must send less at once                                              |
| `media_type`  | 415    | must say what it is                                                 |
| `rate`        | 429    | must wait (`Retry-After`)                                           |
| `fault`       | 500    | has found a fault of ours                                           |
| `unavailable` | 503    | should repeat it with the same ids (`Retry-After`)                  |

The words that intake has as well are intake's own: what is refused here would have been a dead
letter of that reason. The answer is a problem document (RFC 9457).
"""

from enum import StrEnum
from typing import Final

from msgspec import Struct

from streams.domain.alert import Text

__all__ = ["MEANING", "STATUS", "FieldProblem", "Problem", "Reason", "Refusal", "problem_of"]

_AT: Final = " - at `"


class Reason(StrEnum):
    """Why something is not taken."""

    ENCODING = "encoding"
    JSON = "json"
    ENVELOPE = "envelope"
    SCHEMA = "schema"
    BAD_TIME = "bad_time"
    BATCH = "batch"
    SIGNATURE = "signature"
    FORBIDDEN = "forbidden"
    UNKNOWN = "unknown"
    METHOD = "method"
    TIMEOUT = "timeout"
    ID_CONFLICT = "id_conflict"
    SIZE = "size"
    MEDIA_TYPE = "media_type"
    RATE = "rate"
    FAULT = "fault"
    UNAVAILABLE = "unavailable"


STATUS: Final = {
    Reason.ENCODING: 400,
    Reason.JSON: 400,
    Reason.ENVELOPE: 400,
    Reason.SCHEMA: 400,
    Reason.BAD_TIME: 400,
    Reason.BATCH: 400,
    Reason.SIGNATURE: 401,
    Reason.FORBIDDEN: 403,
    Reason.UNKNOWN: 404,
    Reason.METHOD: 405,
    Reason.TIMEOUT: 408,
    Reason.ID_CONFLICT: 409,
    Reason.SIZE: 413,
    Reason.MEDIA_TYPE: 415,
    Reason.RATE: 429,
    Reason.FAULT: 500,
    Reason.UNAVAILABLE: 503,
}

_ILL_FORMED: Final = Text(
    "Isi pesan belum benar. Perbaiki bagian yang disebut, lalu kirim lagi.",
    "The message is not well formed. Mend the part that is named, and send it again.",
)
MEANING: Final = {
    Reason.ENCODING: _ILL_FORMED,
    Reason.JSON: _ILL_FORMED,
    Reason.ENVELOPE: _ILL_FORMED,
    Reason.SCHEMA: _ILL_FORMED,
    Reason.BAD_TIME: _ILL_FORMED,
    Reason.BATCH: _ILL_FORMED,
    Reason.SIGNATURE: Text("Pengirim tidak dapat dikenali.", "The sender could not be recognised."),
    Reason.FORBIDDEN: Text(
        "Pengirim ini tidak berwenang mengirim pesan ini.",
        "This sender may not send this message.",
    ),
    Reason.UNKNOWN: Text("Alamat ini tidak ada.", "There is nothing at this address."),
    Reason.METHOD: Text(
        "Cara ini tidak tersedia di alamat ini.", "This address does not take this method."
    ),
    Reason.TIMEOUT: Text(
        "Pesan datang terlalu lambat. Kirim lagi.", "The message came too slowly. Send it again."
    ),
    Reason.ID_CONFLICT: Text(
        "Nomor pesan ini sudah dipakai untuk isi yang lain.",
        "This id was used for other content already.",
    ),
    Reason.SIZE: Text("Pesan terlalu besar.", "The message is too large."),
    Reason.MEDIA_TYPE: Text("Jenis isi tidak dikenal.", "This type of content is not taken."),
    Reason.RATE: Text(
        "Terlalu banyak pesan sekaligus. Tunggu sebentar, lalu kirim lagi.",
        "Too many messages at once. Wait a moment, and send it again.",
    ),
    Reason.FAULT: Text("Terjadi kesalahan pada sistem.", "The system has a fault."),
    Reason.UNAVAILABLE: Text(
        "Sistem belum dapat menerima. Kirim lagi dengan nomor yang sama.",
        "The system cannot take it at the moment. Send it again with the same ids.",
    ),
}
"""What each reason means, in the words of whoever is at the other end."""


class Refusal(Exception):  # noqa: N818 - A verdict on a request, not an error of ours.
    """The request, or one event of it, is not taken.

    Attributes:
        reason: Why, as one of the fixed words.
        detail: For the sender alone: what was expected. It may repeat a word of the message.
        retry_after_s: When it may be tried again; 0: that is not what it needs.
    """

    def __init__(self, reason: Reason, detail: str = "", *, retry_after_s: float = 0) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail
        self.retry_after_s = retry_after_s

    @property
    def status(self) -> int:
        """The HTTP status of the reason."""
        return STATUS[self.reason]


class FieldProblem(Struct, frozen=True):
    """What is wrong with one field of a form, for the person who has filled it in."""

    field: str
    text: Text


class Problem(Struct, frozen=True, omit_defaults=True):
    """What a sender is told of a refusal."""

    status: int
    reason: Reason
    title: str
    text: Text
    detail: str = ""
    field: str = ""
    """Path of the field in the event, as `$.source.role`; empty: it is not one field."""
    errors: tuple[FieldProblem, ...] = ()
    """Of a form: every field that is wrong."""


def problem_of(refusal: Refusal) -> Problem:
    """Return what is told of a refusal."""
    words, at, path = refusal.detail.rpartition(_AT)
    return Problem(
        status=refusal.status,
        reason=refusal.reason,
        title=MEANING[refusal.reason].en,
        text=MEANING[refusal.reason],
        detail=words if at else refusal.detail,
        field=path.removesuffix("`") if at else "",
    )
