"""The arithmetic of an alert in words: what each check of a judgment says to a person.

A check is a record (`Why`): a name, a value, often a threshold. Its name is one of `CHECKS`, or an
expression of a rule, whose value is the expression in figures. Of an expression the names are
put into words, and the figures stay as they are:

    event.ballots != tps.ballots_expected: 455 != 475
    surat suara yang diterima ≠ surat suara yang seharusnya: 455 ≠ 475
"""

import re
from typing import Final

from streams.domain.alert import Text, Why
from streams.domain.happenings import Happening
from streams.domain.words import SourceClass
from streams.texts.checks import CHECKS
from streams.texts.words import happening_text, number_text, source_class_text

__all__ = ["why_text"]

_NAMES: Final = {
    "event.kind": Text("kabar", "what was reported"),
    "event.at": Text("pukul kejadian", "time of the event"),
    "event.role": Text("peran pelapor", "role of the reporter"),
    "event.ballots": Text("surat suara yang diterima", "ballots received"),
    "event.complete": Text("logistik lengkap", "materials complete"),
    "event.situation": Text("situasi", "situation"),
    "event.queue": Text("antrean", "queue"),
    "event.voters": Text("yang sudah memilih", "voters so far"),
    "event.all_voted": Text("semua sudah memilih", "all have voted"),
    "event.box": Text("nomor kotak", "number of the box"),
    "event.seal": Text("nomor segel", "number of the seal"),
    "event.seal_intact": Text("segel utuh", "seal intact"),
    "event.escort": Text("pengawal", "escort"),
    "event.eta_minutes": Text("perkiraan menit perjalanan", "minutes expected on the way"),
    "event.place": Text("tempat tujuan", "where it goes"),
    "event.contest": Text("pemilihan", "contest"),
    "event.status": Text("jenis hitungan", "kind of count"),
    "tps.code": Text("kode TPS", "code of the TPS"),
    "tps.class": Text("kelas kerawanan", "class"),
    "tps.dpt": Text("DPT", "DPT"),
    "tps.ballots_expected": Text("surat suara yang seharusnya", "ballots expected"),
    "tps.opens_at": Text("jam buka", "opening time"),
    "tps.closes_at": Text("jam tutup", "closing time"),
    "tps.listed": Text("TPS ada dalam rencana", "TPS in the plan"),
    "tps.transit_minutes": Text("menit perjalanan menurut rencana", "minutes on the way by plan"),
    "tps.internet": Text("ada internet", "has internet"),
    "departure.box": Text("nomor kotak saat berangkat", "number of the box on departure"),
    "departure.seal": Text("nomor segel saat berangkat", "number of the seal on departure"),
}
_VALUES: Final = {
    "true": Text("ya", "yes"),
    "false": Text("tidak", "no"),
    "sources": Text("pelapor", "reporters"),
    "reports": Text("laporan", "reports"),
    **{one.value: happening_text(one) for one in Happening},
    **{one.value: source_class_text(one) for one in SourceClass},
}
_SIGNS: Final = {"!=": "≠", "==": "=", "<=": "≤", ">=": "≥"}
_SIGN: Final = re.compile("|".join(map(re.escape, _SIGNS)))
_NAME: Final = re.compile(r"(?P<asked>has\()?(?P<name>(?:event|tps|departure)\.\w+)(?(asked)\))")


def why_text(why: Why) -> Text:
    """Return a check in words; what no word is known for stays as it is."""
    value, threshold = _value_text(why.value), _value_text(why.threshold)
    if (words := CHECKS.get(why.check)) is not None:
        return Text(
            words.id.format(value=value.id, threshold=threshold.id),
            words.en.format(value=value.en, threshold=threshold.en),
        )
    asked = _expression_text(why.check)
    if why.check == why.value:
        told = Text("disebut", "told") if why.holds else Text("tidak disebut", "not told")
        return Text(f"{asked.id}: {told.id}", f"{asked.en}: {told.en}")
    return Text(f"{asked.id}: {_signs(value.id)}", f"{asked.en}: {_signs(value.en)}")


def _value_text(value: str | float | None) -> Text:
    match value:
        case None:
            return Text("–", "–")
        case bool():
            return _VALUES[str(value).lower()]
        case int() | float():
            return number_text(value)
        case _:
            words = [_VALUES.get(word, Text(word, word)) for word in value.split(", ")]
            return Text(
                ", ".join(word.id for word in words).replace("_", " "),
                ", ".join(word.en for word in words).replace("_", " "),
            )


def _expression_text(text: str) -> Text:
    """Return an expression with words for its names; `has(name)` is the name alone."""
    return Text(
        _signs(_NAME.sub(lambda found: _name_text(found["name"]).id, text)),
        _signs(_NAME.sub(lambda found: _name_text(found["name"]).en, text)),
    )


def _name_text(name: str) -> Text:
    return _NAMES.get(name, Text(name, name))


def _signs(text: str) -> str:
    return _SIGN.sub(lambda found: _SIGNS[found[0]], text)
