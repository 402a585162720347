"""Why a message was put aside, and what can be done about it, for who looks at dead letters."""

from typing import Final

from streams.domain.alert import Text
from streams.domain.effects import DeadLetterReason

__all__ = ["advice_text", "reason_text"]

_REASONS: Final = {
    DeadLetterReason.ENCODING: Text("bukan UTF-8", "not UTF-8"),
    DeadLetterReason.JSON: Text("kosong, atau bukan JSON", "no value, or no JSON"),
    DeadLetterReason.ENVELOPE: Text(
        "pembungkusnya salah (CloudEvents, latihan)", "what wraps it is wrong (CloudEvents, drill)"
    ),
    DeadLetterReason.SCHEMA: Text(
        "ada isian yang kurang atau salah bentuk", "a field is missing or of another form"
    ),
    DeadLetterReason.UNKNOWN: Text(
        "bentuknya benar, tetapi tidak dikenal", "well formed, but nobody knows it"
    ),
    DeadLetterReason.PLACE: Text("tempatnya tidak pasti", "no area is sure"),
    DeadLetterReason.SIZE: Text("lebih dari 1 MiB", "more than 1 MiB"),
    DeadLetterReason.ID_CONFLICT: Text(
        "id ini sudah dipakai pengirim yang sama untuk isi lain",
        "the same sender has used this id for other content",
    ),
    DeadLetterReason.BAD_TIME: Text(
        "waktunya tidak terbaca atau terlalu jauh", "its time is unreadable or too far away"
    ),
    DeadLetterReason.SIGNATURE: Text(
        "tidak bertanda tangan, atau tanda tangannya salah", "not signed, or wrongly"
    ),
    DeadLetterReason.FORBIDDEN: Text(
        "pengirim ini tidak boleh mengirimnya", "this producer may not send it"
    ),
}
_MEND: Final = Text("perbaiki isinya, lalu kirim lagi", "mend the value, then send it again")
_ADVICE: Final = {
    DeadLetterReason.ENCODING: _MEND,
    DeadLetterReason.JSON: _MEND,
    DeadLetterReason.ENVELOPE: _MEND,
    DeadLetterReason.SCHEMA: _MEND,
    DeadLetterReason.UNKNOWN: Text(
        "perbaiki kodenya, atau kirim lagi setelah kodenya dikenal",
        "mend the code, or send it again once the code is known",
    ),
    DeadLetterReason.PLACE: Text(
        "lengkapi tempatnya (TPS, atau desa dengan kecamatan), lalu kirim lagi",
        "complete the place (a TPS, or desa with kecamatan), then send it again",
    ),
    DeadLetterReason.SIZE: Text(
        "minta pengirim mengirimnya lebih kecil", "have its sender send it smaller"
    ),
    DeadLetterReason.ID_CONFLICT: Text(
        "beri id baru jika isinya memang lain", "give it a new id if it is another message"
    ),
    DeadLetterReason.BAD_TIME: Text(
        "perbaiki waktunya, lalu kirim lagi", "mend the time, then send it again"
    ),
    DeadLetterReason.SIGNATURE: Text(
        "periksa kunci pengirim; jangan kirim lagi sebelum pasti siapa dia",
        "check the key of the sender; send it only when sure who that is",
    ),
    DeadLetterReason.FORBIDDEN: Text(
        "periksa izin pengirim pada berkas produsen",
        "check what the file of producers lets this sender send",
    ),
}


def reason_text(reason: str) -> Text:
    """Return why a message was put aside; a word that nobody knows is its own text."""
    known = reason in set(DeadLetterReason)
    return _REASONS[DeadLetterReason(reason)] if known else Text(reason, reason)


def advice_text(reason: str) -> Text:
    """Return what to do about it."""
    return _ADVICE[DeadLetterReason(reason)] if reason in set(DeadLetterReason) else _MEND
