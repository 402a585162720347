"""What of the suite does not fit a case, and why: nothing is left out without a row here.

A row names a transform, a pattern of case names (`RULE: name`, as `fnmatch` reads it) and the
reason. A row that fits no case any more is refused, so that the list does not outlive its rules.
"""

from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Final

from msgspec import Struct

from tests.conformance.cases import Tried, cases_of, plain_cases_of, sample

__all__ = [
    "LEFT_OUT",
    "LIVE_RULES",
    "NOTHING_TO_TURN",
    "NOT_OF_A_DRILL",
    "LeftOut",
    "Transform",
    "cases_for",
    "live_elsewhere",
]

LIVE_RULES: Final = frozenset({"X02", "X03", "X06"})
"""They collect what other rules told, when it was told (ADR 18).

An alert that would not have been told, had its messages come at once or in another order, makes a
colour or a fact all the same, and only a person ends those. So where all comes late or in another
order, their lines are compared in their own cases only.
"""
NOT_OF_A_DRILL: Final = frozenset({"X05"})
"""It watches our pipeline and not a TPS: the real election has that, a drill has none."""
NOTHING_TO_TURN: Final = {
    "X09": "It is about receipts, and a call goes out before anybody can say what became of it.",
    "X07": "It is about commands, and an order means what is known when it is given: it is alone.",
}
"""Rules of whose cases no burst can be turned, and why."""


class Transform(StrEnum):
    """What is done to the cases."""

    DUPLICATE = "duplicate"
    DRILL = "drill"
    ELECTIONS = "elections"
    ZONE = "zone"
    LATE = "late"
    OUT_OF_ORDER = "out_of_order"
    CLOSED = "closed"
    POSTPONED = "postponed"
    UNKNOWN_TPS = "unknown_tps"


class LeftOut(Struct, frozen=True):
    """Cases that a transform cannot be done to."""

    transform: Transform
    patterns: tuple[str, ...]
    reason: str

    def fits(self, transform: Transform, tried: Tried) -> bool:
        """Tell whether this row is about a case."""
        return transform is self.transform and any(
            fnmatchcase(tried.name, pattern) for pattern in self.patterns
        )


LEFT_OUT: Final = (
    LeftOut(
        Transform.DRILL,
        ("W11: dijawab dan ditutup*", "W11: * diselesaikan orang*"),
        "It names a claim by the id that follows from those of the reports: a drill has its own.",
    ),
    LeftOut(
        Transform.ELECTIONS,
        ("W11: dijawab dan ditutup*", "W11: * diselesaikan orang*"),
        "It names a claim by the id that follows from those of the reports: each has its own.",
    ),
    LeftOut(
        Transform.LATE,
        (
            "T03: gladi buka lebih dari enam jam*",
            "T04: jam pengirim lebih dari dua menit di depan*",
        ),
        "The case is about the time of receipt itself: received later it is another case.",
    ),
    LeftOut(
        Transform.LATE,
        (
            "W01: SMS boleh terlambat satu jam*",
            "W01: terlambat 10 menit masih dihitung*",
            "W11: yang terlambat datang*",
            "W11: lewat SMS boleh terlambat 60 menit",
            "W14: yang dihitung jam kejadian: sebelas dalam 10 menit, diterima berselang*",
            "W06: terlambat sampai: perkara saat diterima",
            "W07: laporan lewat radio boleh terlambat 60 menit",
        ),
        "They are as late as a report may be already; later than that it is in no window (ADR 18).",
    ),
    LeftOut(
        Transform.LATE,
        ("W03: *12 jam tenang*", "W03: hitungan pihak lain di TPS tipis: 12 jam dihitung lagi"),
        "A report raises an alarm when it is received, and the posture has fallen by then.",
    ),
    LeftOut(
        Transform.LATE,
        ("W01: *banjir*", "W14: sumber yang membanjiri tidak bersuara*"),
        "Quiet times run by `now` (contract §4): the flood is over when the report is received.",
    ),
    LeftOut(
        Transform.LATE,
        (
            "W04: *aman*",
            "W07: petugas kedua*",
            "X03: yang sudah pulih*",
            "X03: alarm kritis yang dibuka lagi*",
        ),
        "An officer's word counts if it was given since the alert opened (ADR 6, 18).",
    ),
    LeftOut(
        Transform.OUT_OF_ORDER,
        ("T10: selisih tidak tipis lagi*", "V07: selisih dikoreksi*", "W03: selisih dikoreksi*"),
        "Posture is live: a margin that was corrected before it was known has raised none.",
    ),
    LeftOut(
        Transform.OUT_OF_ORDER,
        (
            "V09: kewaspadaan naik*",
            "V09: lewat dua jam kembali biasa",
            "W03: *12 jam*",
            "W03: *selisih tipis*",
            "W03: wilayah lebar*",
        ),
        "Evidence is weighed when evidence comes (contract §4), not when the posture rises later.",
    ),
    LeftOut(
        Transform.OUT_OF_ORDER,
        ("W01: yang dilaporkan sebelum banjir*",),
        "What is received of a source while it floods weighs less, whenever it happened.",
    ),
    LeftOut(
        Transform.OUT_OF_ORDER,
        ("W15: bukti TPS yang sudah punya peringatan sendiri*",),
        "What the desa was told of before its TPS had enough is ended by quiet and a person only.",
    ),
    LeftOut(
        Transform.OUT_OF_ORDER,
        ("W07: petugas kedua melapor aman: selesai",),
        "A second officer decides after the alert opened; here the second word comes first.",
    ),
    LeftOut(
        Transform.OUT_OF_ORDER,
        ("X03: yang sudah pulih tidak dihitung",),
        "Live (ADR 18): the word that ended the first alarm comes when the second has opened.",
    ),
    LeftOut(
        Transform.CLOSED,
        ("T04: tutup sedetik sebelum*", "T04: jam tutup menurut TPS*", "T04: *terlambat tiba*"),
        "It is closing time when the word comes, and such a word of closing ends the alert.",
    ),
    LeftOut(
        Transform.CLOSED,
        ("T01: *setelah batas*", "T03: *setelah batas*", "T06: *terlambat diterima*"),
        "The alert has a line before what caused it was known, so the day cannot be cut there.",
    ),
    LeftOut(
        Transform.POSTPONED,
        ("T04: *terlambat tiba*",),
        "By its own time the word comes after the closing that it explains.",
    ),
    LeftOut(
        Transform.POSTPONED,
        ("X08: naik ke jenjang tanpa petugas*",),
        "What calls there is an alert of a deadline, and that is off.",
    ),
    LeftOut(
        Transform.POSTPONED,
        ("X03: alarm yang naik*", "X06: terhenti*", "X06: kerusuhan sesudah terhenti*"),
        "What it would tell again is an alert of a deadline, and that is off.",
    ),
    LeftOut(
        Transform.UNKNOWN_TPS,
        (
            "T01: rencana subuh*",
            "T01: buka setelah alarm mengakhirinya",
            "T01: status lain apa pun bukan kabar logistik",
            "T10: tanpa perkiraan: 1,5 kali waktu tempuh TPS itu*",
        ),
        "The due time, or the way of the box, stands in the plan.",
    ),
    LeftOut(
        Transform.UNKNOWN_TPS,
        (
            "T07: *pasangan*",
            "T07: status lain memulai jam lagi, dan TPS tetap diawasi",
            "W10: *kotak masuk*",
            "W10: *kotak desanya masuk",
            "W10: melapor tepat pada batas*",
        ),
        "The case is about a pair of officers, and only a plan gives them a TPS.",
    ),
    LeftOut(
        Transform.UNKNOWN_TPS,
        ("T10: selisih*", "T11: *selisih*", "W03: *selisih*", "W03: *12 jam*", "W03: *tipis*"),
        "The case is about a margin, and its TPS is in no total.",
    ),
    LeftOut(
        Transform.UNKNOWN_TPS,
        ("W01: 499,5 meter*", "W01: TPS berjarak 400 meter*"),
        "The case is about a distance, and only a plan says where a TPS is.",
    ),
)


def live_elsewhere(tried: Tried) -> frozenset[str]:
    """Return the rules whose lines the order and the time of receipt change in a case."""
    return LIVE_RULES - {tried.rule}


def _is_left_out(transform: Transform, tried: Tried) -> bool:
    """Tell whether a transform is not done to a case."""
    return any(row.fits(transform, tried) for row in LEFT_OUT)


def cases_for(transform: Transform, rule_id: str) -> tuple[Tried, ...]:
    """Return a bounded sample of the cases of a rule that a transform is done to."""
    written = _written(transform, rule_id)
    return sample([tried for tried in written if not _is_left_out(transform, tried)])


def _written(transform: Transform, rule_id: str) -> tuple[Tried, ...]:
    plain = transform is Transform.UNKNOWN_TPS
    return plain_cases_of(rule_id) if plain else cases_of(rule_id)
