"""Words and colours of the dashboards: Indonesian first, English beside it.

The colours are Okabe and Ito's, which people of every colour vision tell apart. None of them stands
alone: each value has its word or its number on the panel.
"""

from typing import Final

from grafana_foundation_sdk.models.dashboard import DataSourceRef

__all__ = [
    "AMBER",
    "BLUE",
    "CALM",
    "CHANGES",
    "CLASSES",
    "DUTIES",
    "FORMS",
    "NONE",
    "NO_DATA",
    "PERCENTILES",
    "RECEIPTS",
    "RED",
    "SEVERITIES",
    "SITUATION",
    "SKY",
    "SOURCE",
    "STAGES",
    "STATES",
    "Words",
    "both",
]

Words = dict[str, tuple[str, str]]
"""A value of a label → its text and its colour."""

CALM: Final = "#4C566A"
SKY: Final = "#56B4E9"
BLUE: Final = "#0072B2"
GREEN: Final = "#009E73"
YELLOW: Final = "#F0E442"
AMBER: Final = "#E69F00"
RED: Final = "#D55E00"
PINK: Final = "#CC79A7"
GREY: Final = "#999999"

SOURCE: Final = DataSourceRef(type_val="prometheus", uid="siaga-prometheus")
"""The one datasource; `deploy/grafana/provisioning/datasources` gives it this uid."""
NO_DATA: Final = "tidak ada data · no data"
NONE: Final = "tidak ada · none"
"""Where nothing to show is good news."""


def both(indonesian: str, english: str) -> str:
    """Return a text in both languages."""
    return f"{indonesian} · {english}"


SEVERITIES: Final[Words] = {
    "critical": (both("kritis", "critical"), RED),
    "high": (both("tinggi", "high"), AMBER),
    "medium": (both("sedang", "medium"), SKY),
    "low": (both("rendah", "low"), GREY),
}
STAGES: Final[Words] = {
    "not_open": (both("belum buka", "not open"), GREY),
    "voting": (both("pemungutan", "voting"), SKY),
    "suspended": (both("terhenti", "suspended"), RED),
    "postponed": (both("ditunda", "postponed"), PINK),
    "closed": (both("tutup", "closed"), YELLOW),
    "counting": (both("penghitungan", "counting"), AMBER),
    "counted": (both("selesai hitung", "counted"), GREEN),
    "box_away": (both("kotak di jalan", "box away"), BLUE),
    "box_in": (both("kotak tiba", "box in"), CALM),
}
STATES: Final[Words] = {
    "unacknowledged": (both("belum diakui", "unacknowledged"), RED),
    "acknowledged": (both("diakui", "acknowledged"), SKY),
    "returned": (both("reda, belum dilihat", "returned"), AMBER),
    "shelved": (both("ditangguhkan", "shelved"), GREY),
    "inhibited": (both("diredam induknya", "inhibited"), PINK),
}
CLASSES: Final[Words] = {
    "kurang_rawan": (both("kurang rawan", "less vulnerable"), SKY),
    "rawan": (both("rawan", "vulnerable"), AMBER),
    "sangat_rawan": (both("sangat rawan", "very vulnerable"), RED),
    "khusus": (both("khusus", "special"), PINK),
}
DUTIES: Final[Words] = {
    "free": (both("siap", "free"), GREEN),
    "bound": (both("menangani", "bound"), SKY),
    "escorting": (both("mengawal", "escorting"), BLUE),
    "off_duty": (both("lepas tugas", "off duty"), GREY),
    "missing": (both("tak terdengar", "missing"), PINK),
    "needed": (both("diminta", "needed"), AMBER),
    "bko": (both("BKO", "from outside"), RED),
}
FORMS: Final[Words] = {
    "expected": (both("TPS memilih", "TPS that vote"), GREY),
    "reported": (both("formulir masuk", "form in"), SKY),
    "final": (both("formulir final", "form final"), GREEN),
}
CHANGES: Final[Words] = {
    "opened": (both("terbuka", "opened"), RED),
    "escalated": (both("naik jenjang", "escalated"), AMBER),
    "acknowledged": (both("diakui", "acknowledged"), SKY),
    "returned": (both("reda", "returned"), PINK),
    "resolved": (both("selesai", "resolved"), GREEN),
}
RECEIPTS: Final[Words] = {
    "delivered": (both("sampai", "delivered"), GREEN),
    "failed": (both("gagal", "failed"), RED),
    "blocked": (both("ditahan", "blocked"), AMBER),
    "unaddressed": (both("tanpa alamat", "unaddressed"), PINK),
}
PERCENTILES: Final[Words] = {
    "p50": (both("separuh", "p50"), SKY),
    "p90": (both("9 dari 10", "p90"), AMBER),
    "p99": (both("99 dari 100", "p99"), RED),
}
SITUATION: Final[Words] = {
    "0": (both("hijau", "green"), GREEN),
    "1": (both("kuning", "yellow"), AMBER),
    "2": (both("MERAH", "RED"), RED),
}
"""Values of `siaga_area_colour`."""
