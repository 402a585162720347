"""Codes of places and ids of alerts."""

import re
from typing import Final

import pytest

from streams.domain.ids import (
    AreaCode,
    ElectionId,
    Scope,
    alert_id,
    area_kind,
    desa_of,
    digest_id,
    kabupaten_of,
    kecamatan_of,
    parents_of,
    provinsi_of,
)
from streams.domain.words import AreaKind

TPS: Final = "36.04.17.2010-001"
CASE: Final = (ElectionId("serang-2024"), "T03", Scope(TPS), "")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("36", AreaKind.PROVINSI),
        ("36.04", AreaKind.KABUPATEN),
        ("36.04.17", AreaKind.KECAMATAN),
        ("36.04.17.2010", AreaKind.DESA),
        (TPS, AreaKind.TPS),
        ("3604170", None),
        ("36.04.17.2010-01", None),
        ("36.04.17.2010-0011", None),
        ("36.04.17.2010-001\n", None),
        ("36.04.17-2010.001", None),
        ("36,04", None),
        ("٣٦", None),
        ("", None),
    ],
)
def test_the_form_of_a_code_says_its_level(code: str, kind: AreaKind | None) -> None:
    """BPS codes look alike and are none; digits are ASCII; nothing may follow."""
    assert kind is area_kind(code)


def test_a_code_contains_its_parents() -> None:
    """So the tree needs no table."""
    assert ("36", "36.04", "36.04.17", "36.04.17.2010") == (
        provinsi_of(TPS),
        kabupaten_of(TPS),
        kecamatan_of(TPS),
        desa_of(TPS),
    )
    assert ("36", "36.04", "36.04.17", "36.04.17.2010", TPS) == parents_of(TPS)
    assert ("36", "36.04") == parents_of("36.04")


def test_an_alerts_id_is_digits_and_base32() -> None:
    """As the contract's schema asks for it."""
    assert re.fullmatch(r"3604-[A-Z2-7]{16}", alert_id(AreaCode("36.04"), CASE, 1))


def test_the_id_is_known_for_good() -> None:
    """Written down once: another algorithm would give every alert of the past another name."""
    assert "3604-MAFPI3HZPTDBBRGQ" == alert_id(AreaCode("36.04"), CASE, 1)


def test_everything_that_makes_an_episode_changes_its_id() -> None:
    """Election, rule, scope, key and number, each of them."""
    kabupaten = AreaCode("36.04")
    election, rule, scope, _ = CASE
    ids = [
        alert_id(kabupaten, CASE, 1),
        alert_id(kabupaten, CASE, 2),
        alert_id(kabupaten, (ElectionId("serang-2029"), rule, scope, ""), 1),
        alert_id(kabupaten, (election, "T06", scope, ""), 1),
        alert_id(kabupaten, (election, rule, Scope("36.04.17.2010-002"), ""), 1),
        alert_id(kabupaten, (election, rule, scope, "KAM-01"), 1),
    ]
    assert len(ids) == len(set(ids))


def test_parts_do_not_run_into_each_other() -> None:
    """`a` beside `bc` is not `ab` beside `c`."""
    assert digest_id("36.04", "a", "bc") != digest_id("36.04", "ab", "c")
