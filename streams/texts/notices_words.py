"""The catalogue of notices: every label and turn of phrase, Indonesian and English.

Calm and in the imperative, as somebody wants to read who has ten of them. What is not certain is
*perlu dicek*; no text accuses anybody. Names in braces are filled in.
"""

from typing import Final

from streams.domain.alert import Change, Text
from streams.texts.words import change_text

__all__ = ["NOTICES", "change_words", "pick", "said"]

_ENGLISH: Final = "en"

NOTICES: Final = {
    # First and last words.
    "drill": Text("LATIHAN", "EXERCISE"),
    "drill_line": Text(
        "LATIHAN - bukan kejadian sebenarnya", "EXERCISE - this is not a real incident"
    ),
    "for_information": Text("untuk diketahui", "for information"),
    "calls": Text("{count} alarm menunggu jawaban", "{count} alerts wait for an answer"),
    "news": Text("{count} kabar tentang alarm", "{count} alerts have changed"),
    "gravest": Text("Terberat", "Gravest"),
    "roll_up": Text(
        "{count} alarm baru di Kecamatan {name} sejak {since}",
        "{count} new alerts in Kecamatan {name} since {since}",
    ),
    "pace": Text(
        "Dalam sepuluh menit terakhir muncul {count}.",
        "In the last ten minutes {count} were opened.",
    ),
    "rest": Text(
        "… dan {count} lagi; semuanya ada di layar posko.",
        "… and {count} more; all are on the screens of the control room.",
    ),
    "messages": Text("Pesan lain: {count}", "Other messages: {count}"),
    "to_check": Text("perlu dicek", "to be checked"),
    "restricted_calls": Text(
        "{count} alarm terbatas perlu dicek", "{count} restricted, to be checked"
    ),
    "restricted_news": Text("{count} kabar terbatas", "{count} restricted, for information"),
    # Lines of one alert.
    "for_call": Text("Untuk: {level} - mohon dijawab", "For: {level} - please answer"),
    "for_inform": Text("Untuk: {level} - tidak perlu dijawab", "For: {level} - no answer needed"),
    "instead_of": Text(
        "Pengganti: di {level} tidak ada yang bertugas, maka Anda yang diberi tahu",
        "Instead: nobody is on duty for {level}, so you are told",
    ),
    "where": Text("Tempat: {place}", "Where: {place}"),
    "since": Text("Sejak: {time}", "Since: {time}"),
    "why": Text("Sebab: {summary}", "Why: {summary}"),
    "what_to_do": Text("Lakukan: {action}", "What to do: {action}"),
    "told": Text("Sudah diberi tahu: {who}", "Told before: {who}"),
    "told_nobody": Text("{level} {time} (tidak ada kontak)", "{level} {time} (no contact)"),
    "taken_by": Text("Dipegang: {who}", "Taken on by: {who}"),
    "answer_by": Text("Jawab sebelum: {time}", "Answer before: {time}"),
    "answer_by_then": Text(
        "Jawab sebelum: {time}; sesudah itu dipanggil {level}",
        "Answer before: {time}; after that {level} is called",
    ),
    "unreached": Text(
        "Hubungi sendiri lewat telepon: {who} (tidak ada dalam daftar kontak)",
        "Telephone yourself: {who} (not on the list of contacts)",
    ),
    "flapping": Text(
        "Hilang-timbul: datang dan perginya baru dikabarkan lagi setelah satu jam tenang",
        "Comes and goes: told again only after a calm hour",
    ),
    "reply": Text(
        "Jawab: balas AMBIL {code} untuk mengambil, NAIK {code} untuk menaikkan",
        "Answer: reply AMBIL {code} to take it on, NAIK {code} to send it up",
    ),
    "link": Text("Jawab lewat: {link}", "Answer at: {link}"),
    "runbook": Text("Panduan: {page}", "Runbook: {page}"),
    # Pieces of an SMS.
    "short_since": Text("Sejak {time}", "Since {time}"),
    "short_taken": Text("Dipegang {who}", "Taken on by {who}"),
    "short_reply": Text("Balas AMBIL {code}", "Reply AMBIL {code}"),
    "short_both": Text("Balas AMBIL {code} atau NAIK {code}", "Reply AMBIL {code} or NAIK {code}"),
    # Days.
    "yesterday": Text("kemarin {clock}", "yesterday {clock}"),
    "tomorrow": Text("besok {clock}", "tomorrow {clock}"),
    "days_ago": Text("{days} hari lalu {clock}", "{days} days ago {clock}"),
    "in_days": Text("{days} hari lagi {clock}", "in {days} days {clock}"),
}
"""By key."""
_OF_HEADS: Final = {
    Change.OPENED: Text("", ""),
    Change.UNACKNOWLEDGED: Text("dilepas, perlu diambil lagi", "let go, to be taken on again"),
    Change.UNSHELVED: Text("tidak disisihkan lagi", "shelved no more"),
    Change.UNINHIBITED: Text("tidak diredam lagi", "no more inhibited"),
}
"""What a head says of a change where its word alone does not."""


def pick(text: Text, language: str) -> str:
    """Return a text in a language; in Indonesian if it is not English that is asked for."""
    return text.en if language == _ENGLISH else text.id


def said(key: str, language: str, **names: str) -> str:
    """Return a text of the catalogue, filled in."""
    return pick(NOTICES[key], language).format(**names)


def change_words(change: Change, language: str) -> str:
    """Return what the head of a notice says of a change; nothing of what has just opened."""
    return pick(_OF_HEADS.get(change) or change_text(change), language)
