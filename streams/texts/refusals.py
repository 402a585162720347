"""Why the fold has refused a command, in words for the person who gave it.

The fold says its reason in one English sentence, which stands in replies and in audits for good.
Here each of those sentences has its Indonesian one. A test reads the sentences out of the code, so
none is forgotten; what is not known all the same, from another version, goes on as it came.
"""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from streams.domain.alert import LADDERS, PILKADES_LADDERS, AlertState, Text
from streams.domain.events import ActorRole, CommandKind
from streams.domain.words import SituationColour
from streams.texts.words import actor_role_text, colour_text, level_text, state_text

__all__ = ["is_known", "refusal_text"]

_FORMS: Final = {
    # Who may.
    "the actor is not on the roster (users_file, actors.csv) of this election": (
        "Anda tidak terdaftar sebagai pemberi perintah dalam pemilihan ini (users_file, actors.csv)"
    ),
    "role {role} may not {command}": "Peran {role} tidak berwenang memberi perintah {command}",
    "role {role} acts on alerts of {ladders} only": (
        "Peran {role} hanya menangani alarm pada tangga {ladders}"
    ),
    "{place} lies outside area {area} of the actor": "{place} di luar wilayah tugas Anda ({area})",
    "only a commander may shelve a critical alert": (
        "Alarm kritis hanya dapat disisihkan oleh komandan"
    ),
    # What it is about.
    "{command} needs `tps` or `area`, or the alert or report it is about": (
        "Perintah {command} perlu TPS, wilayah, alarm atau laporan yang dimaksud"
    ),
    "{command} needs `alert`": "Perintah {command} perlu alarm yang dimaksud",
    "{command} needs `until`": "Perintah {command} perlu batas waktu",
    "{command} needs `officer`": "Perintah {command} perlu petugas yang dimaksud",
    "{command} needs `officer` or `pair`, one of them": (
        "Perintah {command} perlu satu petugas atau satu pasangan, salah satu saja"
    ),
    "{command} needs `report`, the tracking id of a report": (
        "Perintah {command} perlu nomor laporan"
    ),
    "no alert {alert} in this election; expected its id": (
        "Tidak ada alarm {alert} dalam pemilihan ini"
    ),
    "no report {report} in this election; expected a tracking id of siaga.triage": (
        "Tidak ada laporan {report} dalam pemilihan ini"
    ),
    "this version does not carry out {command} yet": (
        "Perintah {command} belum dapat dijalankan oleh versi ini"
    ),
    # The life of an alert.
    "an alert that is {state} cannot be moved by {command}": (
        "Alarm yang {state} tidak dapat diubah dengan perintah {command}"
    ),
    "{level} is the top of ladder {ladder}": "{level} sudah jenjang teratas tangga {ladder}",
    "ladder {ladder} has no level {level}; it has {levels}": (
        "Tangga {ladder} tidak punya jenjang {level}; yang ada: {levels}"
    ),
    "level {level} has been told already; the alert stands at {now}": (
        "Jenjang {level} sudah diberi tahu; alarm ini sekarang pada {now}"
    ),
    "`until` must lie within {minutes} minutes from now": (
        "Batas waktu paling lama {minutes} menit dari sekarang"
    ),
    "an alert can be reopened for 12 hours after it was resolved": (
        "Alarm hanya dapat dibuka lagi dalam 12 jam setelah selesai"
    ),
    "close_case needs in `reason` by whom it was closed, and its number there": (
        "Untuk menutup perkara, tulis siapa yang menutupnya dan nomornya di sana"
    ),
    # Notes.
    "note needs in `reason` its text, or in `step` what is done": (
        "Catatan perlu isi, atau langkah yang sudah dikerjakan"
    ),
    "rule {rule} has no checklist: a note about it has no `step`": (
        "Aturan {rule} tidak punya daftar langkah"
    ),
    "the checklist of rule {rule} has no step {step}; it has {steps}": (
        "Daftar langkah aturan {rule} tidak punya langkah {step}; yang ada: {steps}"
    ),
    # Officers.
    "alert {alert} is resolved; nobody is sent to it any more": (
        "Alarm {alert} sudah selesai; tidak ada lagi yang dikirim"
    ),
    "officer {name} is not on duty now": "Petugas {name} sedang tidak bertugas",
    "pair {name} is not on duty now": "Pasangan {name} sedang tidak bertugas",
    "officer {name} is not dispatched to any alert": "Petugas {name} tidak sedang dikirim",
    "pair {name} is not dispatched to any alert": "Pasangan {name} tidak sedang dikirim",
    "officer {name} is not dispatched to alert {alert}": (
        "Petugas {name} tidak dikirim ke alarm {alert}"
    ),
    "pair {name} is not dispatched to alert {alert}": (
        "Pasangan {name} tidak dikirim ke alarm {alert}"
    ),
    "officer {name} is dispatched to this alert already": (
        "Petugas {name} sudah dikirim ke alarm ini"
    ),
    "officer {name} is dispatched to alert {alert}; release him first": (
        "Petugas {name} sedang dikirim ke alarm {alert}; lepas dulu"
    ),
    "no officer {name} on the roster of {area}": "Tidak ada petugas {name} dalam daftar {area}",
    "no pair {name} on the roster of {area}": "Tidak ada pasangan {name} dalam daftar {area}",
    "officer {name} is no police: {roles}": "Petugas {name} bukan polisi: {roles}",
    "pair {name} is no police: {roles}": "Pasangan {name} bukan polisi: {roles}",
    "nothing waits for officer {name}": "Tidak ada yang menunggu kepastian petugas {name}",
    # Boxes.
    "confirm_seal needs `box`, or the alert of the box": (
        "Untuk memastikan segel, sebut kotaknya atau alarm tentang kotak itu"
    ),
    "alert {alert} is not about a box": "Alarm {alert} bukan tentang kotak suara",
    "nothing is known of box {box}": "Kotak {box} belum dikenal",
    # Reports.
    "the report {report} was placed in {place} already": (
        "Laporan {report} sudah ditempatkan di {place}"
    ),
    "it is not sure where report {report} is: expected place_report before": (
        "Tempat laporan {report} belum pasti: tempatkan dulu"
    ),
    "the report {report} has no category: expected one in `category`": (
        "Laporan {report} belum punya kategori: pilih satu"
    ),
    "no rule weighs reports of {category}: expected a `category` that one weighs": (
        "Tidak ada aturan yang menimbang laporan {category}: pilih kategori lain"
    ),
    "the report {report} was rejected already": "Laporan {report} sudah ditolak",
    "the report {report} counts already for alert {alert}; expected reject_report before": (
        "Laporan {report} sudah dihitung untuk alarm {alert}; tolak dulu"
    ),
    "the report {report} counts already; expected reject_report before": (
        "Laporan {report} sudah dihitung; tolak dulu"
    ),
    "the sender of report {report} has taken it back": (
        "Pengirim laporan {report} sudah menariknya kembali"
    ),
    "the report {report} was rejected more than {hours} hours ago and is not kept": (
        "Laporan {report} ditolak lebih dari {hours} jam lalu dan tidak disimpan lagi"
    ),
    "place_report needs `tps`, or in `area` the code of a desa": (
        "Untuk menempatkan laporan, sebut TPS atau desanya"
    ),
    "a report is placed in a TPS or a desa, as 17.02.09.1001; got {place}": (
        "Laporan ditempatkan di TPS atau desa, seperti 17.02.09.1001; yang datang {place}"
    ),
    "{place} does not lie in {area}: expected one place": (
        "{place} tidak terletak di {area}: sebut satu tempat saja"
    ),
    "{place} is judged apart: expected a place in {area}, where it was reported": (
        "{place} dinilai terpisah: pilih tempat di {area}, asal laporan ini"
    ),
    "the desa of TPS {place} does not vote: expected a TPS that is watched": (
        "Desa dari TPS {place} tidak memilih: pilih TPS yang dipantau"
    ),
    "nobody knows the desa {place}": "Desa {place} tidak dikenal",
    "nobody knows the category {category}: expected one of the taxonomy": (
        "Kategori {category} tidak dikenal"
    ),
    # The situation of an area.
    "set_situation needs `area` and `situation`": (
        "Untuk mengubah situasi, sebut wilayah dan warnanya"
    ),
    "set_situation is for a kecamatan or kabupaten; found {place}": (
        "Situasi ditetapkan untuk kecamatan atau kabupaten; yang datang {place}"
    ),
    "no rule of this pack is about the colour of an area": (
        "Paket aturan ini tidak mengatur warna situasi"
    ),
    "the situation of {place} is {colour} already": "Situasi {place} memang sudah {colour}",
    "from {colour} the situation goes down by one colour an order": (
        "Dari {colour}, situasi turun satu warna setiap perintah"
    ),
    "{place} is not calm yet; it goes down after {wanted} calm minutes": (
        "{place} belum tenang; situasi turun setelah {wanted} menit tenang"
    ),
    "{place} is calm for {minutes} minutes; it goes down after {wanted} calm minutes": (
        "{place} baru tenang {minutes} menit; situasi turun setelah {wanted} menit tenang"
    ),
    # Packs and rules.
    "use_pack needs `pack`, the hash that `siaga rules publish` has told": (
        "Sebut paket aturan dengan nomor yang diberikan `siaga rules publish`"
    ),
    "no pack {pack} is published; `siaga rules publish` publishes one": (
        "Paket aturan {pack} belum diterbitkan; terbitkan dengan `siaga rules publish`"
    ),
    "pack {pack} cannot be used: {error}": "Paket aturan {pack} tidak dapat dipakai: {error}",
    "resume_rule needs `rule`, the id of a rule": "Sebut aturan yang harus dijalankan lagi",
    "rule {rule} is not put aside anywhere here": "Aturan {rule} tidak sedang disingkirkan di sini",
}
"""The fold's sentences, and the Indonesian ones; names in braces are the same in both."""
_COMMANDS: Final[Mapping[str, str]] = {
    CommandKind.ACK: "ambil",
    CommandKind.UNACK: "batal ambil",
    CommandKind.ESCALATE: "naikkan",
    CommandKind.SHELVE: "sisihkan",
    CommandKind.UNSHELVE: "aktifkan lagi",
    CommandKind.RESOLVE: "selesai",
    CommandKind.REOPEN: "buka lagi",
    CommandKind.NOTE: "catat",
    CommandKind.CONFIRM_REPORT: "benarkan laporan",
    CommandKind.REJECT_REPORT: "tolak laporan",
    CommandKind.PLACE_REPORT: "tempatkan laporan",
    CommandKind.SET_CLASS: "ubah kelas TPS",
    CommandKind.SET_SITUATION: "ubah situasi",
    CommandKind.DISPATCH: "kirim",
    CommandKind.RELEASE: "lepas",
    CommandKind.CONFIRM_SEAL: "pastikan segel",
    CommandKind.CONFIRM_IDENTITY: "pastikan identitas",
    CommandKind.CLOSE_CASE: "tutup perkara",
    CommandKind.USE_PACK: "pakai paket aturan",
    CommandKind.RESUME_RULE: "jalankan lagi aturan",
    CommandKind.DRILL_START: "mulai latihan",
    CommandKind.DRILL_STOP: "hentikan latihan",
}
"""As the buttons of the page call them."""


_LEVELS: Final[Mapping[str, str]] = {
    level: level_text(level).id
    for ladders in (LADDERS, PILKADES_LADDERS)
    for levels in ladders.values()
    for level in levels
}


def _translator(words: type[StrEnum], text: Callable[..., Text]) -> Mapping[str, str]:
    return {word.value: text(word).id for word in words}


_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "command": _COMMANDS,
    "state": _translator(AlertState, state_text),
    "role": {
        role.value: actor_role_text(role).id for role in ActorRole if role is not ActorRole.SYSTEM
    },
    "colour": _translator(SituationColour, colour_text),
    "level": _LEVELS,
    "levels": _LEVELS,
    "now": _LEVELS,
}
"""What stands in braces and has a word of its own in Indonesian."""


def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(form)))


_PATTERNS: Final = tuple((_pattern(english), text) for english, text in _FORMS.items())


def refusal_text(reason: str) -> Text:
    """Return why a command was refused, as a sentence in both languages."""
    return Text(_sentence(_indonesian(reason) or reason), _sentence(reason))


def is_known(reason: str) -> bool:
    """Tell whether there is an Indonesian sentence for a reason of the fold."""
    return bool(_indonesian(reason))


def _indonesian(reason: str) -> str:
    found = ((pattern.fullmatch(reason), text) for pattern, text in _PATTERNS)
    match, text = next((one for one in found if one[0] is not None), (None, ""))
    if match is None:
        return ""
    return text.format(**{name: _word(name, one) for name, one in match.groupdict().items()})


def _word(name: str, said: str) -> str:
    words = _WORDS.get(name, {})
    return ", ".join(words.get(one, one) for one in said.split(", "))


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words else ""
