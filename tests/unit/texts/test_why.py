"""Checks in words: what a person reads of the arithmetic behind an alert."""

import pytest

from streams.domain.alert import Why
from streams.rules.expression.static_types import RecordType
from streams.rules.wheres import BOX_NAMES
from streams.texts.why import why_text

CASES = {
    Why("class", "sangat_rawan"): ("kelas kerawanan: sangat rawan", "class: sangat rawan"),
    Why("score", 3.5, 3.0): (
        "nilai semua bukti 3,5, ambang 3",
        "weight of all evidence 3.5, threshold 3",
    ),
    Why("expected_by", "not received", "07:20"): (
        "ditunggu sampai 07:20: belum ada kabar",
        "awaited until 07:20: no word",
    ),
    Why("stage", "counting_started", "13:12"): (
        "pukul 13:12 dilaporkan: penghitungan mulai",
        "reported at 13:12: counting started",
    ),
    Why("sides", "organisers, supervisors", holds=False): (
        "yang berbeda: penyelenggara, pengawas",
        "who differ: organisers, supervisors",
    ),
    Why("changes_winner", value=True): ("pemenangnya berbeda: ya", "another winner: yes"),
    Why("event.ballots != tps.ballots_expected", "455 != 475"): (
        "surat suara yang diterima ≠ surat suara yang seharusnya: 455 ≠ 475",
        "ballots received ≠ ballots expected: 455 ≠ 475",
    ),
    Why("tps.listed", "true"): ("TPS ada dalam rencana: ya", "TPS in the plan: yes"),
    Why("has(event.escort)", "has(event.escort)", holds=False): (
        "pengawal: tidak disebut",
        "escort: not told",
    ),
    Why("size(event.escort) == 0", "0 == 0"): (
        "size(pengawal) = 0: 0 = 0",
        "size(escort) = 0: 0 = 0",
    ),
    Why("something new", 4): ("something new: 4", "something new: 4"),
}


@pytest.mark.parametrize("why", CASES)
def test_a_check_is_a_sentence(why: Why) -> None:
    """Names and values in words, in both languages; what has no word stays as it is."""
    found = why_text(why)
    assert CASES[why] == (found.id, found.en)


def test_every_name_of_an_expression_has_words() -> None:
    """Whatever a rule asks, whoever is called can read it."""
    names = [
        f"{record}.{field}"
        for record, kind in BOX_NAMES.variables.items()
        if isinstance(kind, RecordType)
        for field in kind.fields
    ]
    assert len(names) > 20
    silent = [name for name in names if name in why_text(Why(name, "1")).id]
    assert [] == silent
