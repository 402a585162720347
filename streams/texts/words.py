"""Single words for people: numbers, what can happen at a TPS, who speaks, how an alert stands."""

from typing import Final

from streams.domain.alert import AlertState, Change, Text
from streams.domain.events import ActorRole
from streams.domain.happenings import Happening
from streams.domain.words import SituationColour, SourceClass

__all__ = [
    "actor_role_text",
    "change_text",
    "colour_text",
    "happening_text",
    "level_text",
    "number_text",
    "source_class_text",
    "state_text",
]

_SMALL: Final = 0.01
"""Below it two digits that are not zero are shown, however far behind the point."""


def number_text(value: float) -> Text:
    """Return a number as people write it: `7,5` in Indonesian, `7.5` in English."""
    digits = 2 if abs(value) >= _SMALL else 6
    english = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return Text(english.replace(".", ","), english)


_HAPPENINGS: Final = {
    Happening.LOGISTICS_RECEIVED: Text("logistik diterima", "materials received"),
    Happening.OPENED: Text("buka", "opened"),
    Happening.SUSPENDED: Text("terhenti", "halted"),
    Happening.RESUMED: Text("dilanjutkan", "resumed"),
    Happening.POSTPONED: Text("ditunda", "postponed"),
    Happening.CLOSED: Text("tutup", "closed"),
    Happening.COUNTING_STARTED: Text("penghitungan mulai", "counting started"),
    Happening.COUNTING_FINISHED: Text("penghitungan selesai", "counting finished"),
    Happening.BOX_DEPARTED: Text("kotak berangkat", "box departed"),
    Happening.ESCORT_JOINED: Text("pengawal bergabung", "escort joined"),
    Happening.BOX_ARRIVED: Text("kotak tiba", "box arrived"),
    Happening.HEARTBEAT: Text("masih berjalan", "going on"),
    Happening.CHECKIN: Text("lapor diri", "check-in"),
    Happening.DURESS: Text("tombol darurat", "duress"),
    Happening.COUNT: Text("hitungan", "count"),
    Happening.CONFIRM_IDENTITY: Text("identitas dipastikan", "identity confirmed"),
    Happening.CONFIRM_SEAL: Text("segel dipastikan", "seal confirmed"),
}


def happening_text(happening: Happening) -> Text:
    """Return how people call what a status, a count or a command tells."""
    return _HAPPENINGS[happening]


_SOURCE_CLASSES: Final = {
    SourceClass.ORGANISERS: Text("penyelenggara", "organisers"),
    SourceClass.SUPERVISORS: Text("pengawas", "supervisors"),
    SourceClass.WITNESSES: Text("saksi", "witnesses"),
    SourceClass.POLICE: Text("polisi", "police"),
    SourceClass.CITIZENS: Text("warga", "citizens"),
    SourceClass.SYSTEM: Text("sistem", "system"),
}


_COLOURS: Final = {
    SituationColour.HIJAU: Text("hijau", "hijau (calm)"),
    SituationColour.KUNING: Text("kuning", "kuning (tense)"),
    SituationColour.MERAH: Text("merah", "merah (out of hand)"),
}


def colour_text(colour: SituationColour) -> Text:
    """Return how people call the situation of an area."""
    return _COLOURS[colour]


def source_class_text(source_class: SourceClass) -> Text:
    """Return how people call those who speak as one class."""
    return _SOURCE_CLASSES[source_class]


_CHANGES: Final = {
    Change.OPENED: Text("muncul", "opened"),
    Change.UPDATED: Text("diperbarui", "updated"),
    Change.RAISED: Text("makin berat", "raised"),
    Change.LOWERED: Text("lebih ringan", "lowered"),
    Change.ESCALATED: Text("naik", "escalated"),
    Change.ACKNOWLEDGED: Text("diambil", "acknowledged"),
    Change.UNACKNOWLEDGED: Text("dilepas", "unacknowledged"),
    Change.SHELVED: Text("disisihkan", "shelved"),
    Change.UNSHELVED: Text("dikembalikan", "unshelved"),
    Change.RETURNED: Text("pulih", "returned"),
    Change.REOPENED: Text("muncul lagi", "reopened"),
    Change.RESOLVED: Text("selesai", "resolved"),
    Change.INHIBITED: Text("diredam", "inhibited"),
    Change.UNINHIBITED: Text("tidak diredam", "uninhibited"),
}


def change_text(change: Change) -> Text:
    """Return how people call what has become of an alert."""
    return _CHANGES[change]


_STATES: Final = {
    AlertState.UNACKNOWLEDGED: Text("belum diambil", "unacknowledged"),
    AlertState.ACKNOWLEDGED: Text("sudah diambil", "acknowledged"),
    AlertState.RETURNED: Text("pulih sendiri", "returned"),
    AlertState.SHELVED: Text("disisihkan", "shelved"),
    AlertState.INHIBITED: Text("diredam", "inhibited"),
    AlertState.RESOLVED: Text("selesai", "resolved"),
}


def state_text(state: AlertState) -> Text:
    """Return how people call where an alert stands."""
    return _STATES[state]


_ACTOR_ROLES: Final = {
    ActorRole.VIEWER: Text("pengamat", "viewer"),
    ActorRole.OPERATOR: Text("operator", "operator"),
    ActorRole.COMMANDER: Text("komandan", "commander"),
    ActorRole.LIAISON: Text("penghubung", "liaison"),
    ActorRole.PROPAM: Text("Propam", "Propam"),
    ActorRole.SYSTEM: Text("sistem", "system"),
}


def actor_role_text(role: ActorRole) -> Text:
    """Return how people call somebody who commands."""
    return _ACTOR_ROLES[role]


_LEVELS: Final = {
    "tps": Text("Pam TPS", "TPS officers"),
    "polsek": Text("Polsek", "Polsek"),
    "polres_ops": Text("posko Polres", "Polres ops"),
    "polres": Text("Kapolres", "Kapolres"),
    "polda": Text("Polda", "Polda"),
    "kpps": Text("KPPS", "KPPS"),
    "ppk": Text("PPK", "PPK"),
    "kpu": Text("KPU", "KPU"),
    "ptps": Text("PTPS", "PTPS"),
    "panwascam": Text("Panwascam", "Panwascam"),
    "bawaslu": Text("Bawaslu", "Bawaslu"),
    "panitia": Text("panitia desa", "desa committee"),
    "camat": Text("camat", "camat"),
    "panitia_kab": Text("panitia kabupaten", "kab. committee"),
    "satreskrim": Text("Satreskrim", "Satreskrim"),
    "propam_polres": Text("Propam Polres", "Propam Polres"),
    "propam_polda": Text("Propam Polda", "Propam Polda"),
    "it": Text("TI jaga", "IT on call"),
}


def level_text(level: str) -> Text:
    """Return how people call a level of a ladder."""
    return _LEVELS.get(level, Text(level, level))
