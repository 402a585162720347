"""Why a report waits for a person, or what has become of it, for those who decide of it."""

from typing import Final

from streams.domain.alert import Text
from streams.domain.effects import TriageStatus

__all__ = ["waiting_text"]

_WAITS: Final = {
    "place": Text("tempatnya belum pasti", "place not sure"),
    "category": Text("kategorinya belum pasti", "category not sure"),
    "rule": Text("belum ada aturan yang menilainya", "no rule judges it"),
    "late": Text("datang terlambat", "it came late"),
    "score": Text("buktinya belum cukup", "not enough evidence yet"),
    "resolved": Text("alarmnya sudah ditutup petugas", "a person has closed its alert"),
    "rejected": Text("ditolak petugas", "rejected by a person"),
    "taken_back": Text("ditarik pengirimnya", "taken back by its sender"),
}
_STATUSES: Final = {
    TriageStatus.OPEN: Text("menunggu diperiksa", "waits to be checked"),
    TriageStatus.PLACED: Text("sudah ditempatkan, perlu dicek", "placed, to be checked"),
    TriageStatus.CONFIRMED: Text("dihitung sebagai bukti", "counts as evidence"),
    TriageStatus.REJECTED: Text("ditolak", "rejected"),
}


def waiting_text(status: TriageStatus, why: str) -> Text:
    """Return why a report stands as it does; a rule that it counts for is not named."""
    return _WAITS.get(why) or _STATUSES[status]
