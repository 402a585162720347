"""The closed sets of words that the contract fixes (contract §1).

Each set is a `StrEnum`, so that a word is the same in a message, in the journal, in a pack, in a
metric label and in the code. Three scales look alike and must never be mixed: the *class* of a
TPS (how vulnerable it is on the map), the *colour* of an area (how the day goes there) and the
*severity* of an alert (how badly somebody is needed).
"""

from enum import StrEnum
from typing import Final

__all__ = [
    "BASE_WEIGHT",
    "SEVERITIES",
    "TPS_CLASSES",
    "VULNERABILITY",
    "AreaKind",
    "Channel",
    "EvidenceKind",
    "Role",
    "ScopeKind",
    "Severity",
    "Situation",
    "SituationColour",
    "SourceClass",
    "TpsClass",
    "source_class_of",
]


class Severity(StrEnum):
    """How badly somebody is needed; `SEVERITIES` has them from least to most."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


SEVERITIES: Final = (Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL)


class TpsClass(StrEnum):
    """Vulnerability of a TPS on the map of the police, in the order of every threshold list."""

    KURANG_RAWAN = "kurang_rawan"
    RAWAN = "rawan"
    SANGAT_RAWAN = "sangat_rawan"
    KHUSUS = "khusus"


TPS_CLASSES: Final = (
    TpsClass.KURANG_RAWAN,
    TpsClass.RAWAN,
    TpsClass.SANGAT_RAWAN,
    TpsClass.KHUSUS,
)

VULNERABILITY: Final = {
    TpsClass.KURANG_RAWAN: 0,
    TpsClass.RAWAN: 1,
    TpsClass.KHUSUS: 2,
    TpsClass.SANGAT_RAWAN: 3,
}
"""Which class is the more vulnerable. `khusus` (a prison, a hospital) is a kind rather than a
degree; contract §1 tightens it to `sangat_rawan`, so it ranks right below."""


class SituationColour(StrEnum):
    """Situation of an area: calm, tense, out of hand."""

    HIJAU = "hijau"
    KUNING = "kuning"
    MERAH = "merah"


class Situation(StrEnum):
    """What somebody on the spot says of it."""

    AMAN = "aman"
    WASPADA = "waspada"
    GANGGUAN = "gangguan"


class Role(StrEnum):
    """Who sends a message."""

    PAM_TPS = "pam_tps"
    BHABINKAMTIBMAS = "bhabinkamtibmas"
    POLSEK = "polsek"
    POLRES = "polres"
    PTPS = "ptps"
    PANWAS = "panwas"
    KPPS = "kpps"
    PANITIA = "panitia"
    PPK = "ppk"
    LINMAS = "linmas"
    SAKSI = "saksi"
    WARGA = "warga"
    ANONIM = "anonim"
    OPERATOR = "operator"
    SYSTEM = "system"


class SourceClass(StrEnum):
    """Which kind of source a role is; corroboration may ask for two of them."""

    POLICE = "police"
    SUPERVISORS = "supervisors"
    ORGANISERS = "organisers"
    WITNESSES = "witnesses"
    CITIZENS = "citizens"
    SYSTEM = "system"


_CLASSES: Final = {
    Role.PAM_TPS: SourceClass.POLICE,
    Role.BHABINKAMTIBMAS: SourceClass.POLICE,
    Role.POLSEK: SourceClass.POLICE,
    Role.POLRES: SourceClass.POLICE,
    Role.PTPS: SourceClass.SUPERVISORS,
    Role.PANWAS: SourceClass.SUPERVISORS,
    Role.KPPS: SourceClass.ORGANISERS,
    Role.PANITIA: SourceClass.ORGANISERS,
    Role.PPK: SourceClass.ORGANISERS,
    Role.LINMAS: SourceClass.ORGANISERS,
    Role.SAKSI: SourceClass.WITNESSES,
    Role.WARGA: SourceClass.CITIZENS,
    Role.ANONIM: SourceClass.CITIZENS,
    Role.SYSTEM: SourceClass.SYSTEM,
}

BASE_WEIGHT: Final = {
    **dict.fromkeys((Role.PAM_TPS, Role.BHABINKAMTIBMAS, Role.POLSEK, Role.POLRES), 3.0),
    **dict.fromkeys((Role.PTPS, Role.PANWAS), 3.0),
    **dict.fromkeys((Role.KPPS, Role.PANITIA, Role.PPK, Role.LINMAS), 2.0),
    **dict.fromkeys((Role.SAKSI, Role.WARGA), 1.0),
    Role.ANONIM: 0.5,
    Role.SYSTEM: 0.0,
}
"""Weight of one voice as evidence, by role. Source: contract §1."""


def source_class_of(role: Role) -> SourceClass:
    """Return the class of a role that speaks for itself; an operator must be resolved before."""
    return _CLASSES[role]


class Channel(StrEnum):
    """How a report came in."""

    APP = "app"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    PHONE = "phone"
    RADIO = "radio"
    WEB = "web"


class EvidenceKind(StrEnum):
    """What is attached to a report."""

    PHOTO = "photo"
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"
    WITNESS = "witness"


class AreaKind(StrEnum):
    """Level of an administrative area."""

    PROVINSI = "provinsi"
    KABUPATEN = "kabupaten"
    KECAMATAN = "kecamatan"
    DESA = "desa"
    TPS = "tps"


class ScopeKind(StrEnum):
    """What an alert is about (alert.schema.json `scope.kind`)."""

    TPS = "tps"
    DESA = "desa"
    KECAMATAN = "kecamatan"
    KABUPATEN = "kabupaten"
    POLSEK = "polsek"
    PAIR = "pair"
    BOX = "box"
    OFFICER = "officer"
    CONTEST = "contest"
    SOURCE = "source"
    CLAIM = "claim"
    IMAGE = "image"
    PIPELINE = "pipeline"
