"""Names are compared as people mean them."""

import pytest

from streams.domain.words import AreaKind
from streams.territory.names import alikeness, fold, readings, same_name, short_name


@pytest.mark.parametrize(
    "name", ["Ragas Masigit", "RAGASMASIGIT", "ragas-masigit", " Ragas  Masigit. ", "Rágas Masigit"]
)
def test_case_blanks_punctuation_and_accents_mean_nothing(name: str) -> None:
    """The five spellings are one name."""
    assert "ragasmasigit" == fold(name)


@pytest.mark.parametrize("name", ["", " ", "-.,'", "—"])
def test_a_name_without_letters_is_none(name: str) -> None:
    """It folds to nothing and has no reading."""
    assert "" == fold(name)
    assert frozenset() == readings(name, AreaKind.DESA)


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Desa Mekarsari", AreaKind.DESA, {"desamekarsari", "mekarsari"}),
        ("Kel.Curup", AreaKind.DESA, {"kelcurup", "curup"}),
        ("Kelurahan Air Bang", AreaKind.DESA, {"kelurahanairbang", "airbang", "urahanairbang"}),
        ("Kelapa", AreaKind.DESA, {"kelapa", "apa"}),
        ("Kec. Carenang", AreaKind.KECAMATAN, {"keccarenang", "carenang"}),
        ("Kab Serang", AreaKind.KABUPATEN, {"kabserang", "serang"}),
        ("Curup", AreaKind.DESA, {"curup"}),
        ("Desa", AreaKind.DESA, {"desa"}),
        ("TPS 1", AreaKind.TPS, {"tps1"}),
    ],
)
def test_a_word_for_the_kind_may_stand_before(
    name: str, kind: AreaKind, expected: set[str]
) -> None:
    """As blanks mean nothing, both readings stand until one is found."""
    assert expected == readings(name, kind)


def test_the_name_of_a_kabupaten_is_short_and_a_kota_stays_one() -> None:
    """Serang is a kabupaten, Kota Serang is not."""
    assert "Serang" == short_name("Kabupaten Serang")
    assert "kota Serang" == short_name("Kota Serang")
    assert "kota Jakarta Pusat" == short_name("Kota Administrasi Jakarta Pusat")
    assert "Curup" == short_name("Curup")


@pytest.mark.parametrize(
    ("one", "other", "kind", "same"),
    [
        ("Serang", "Kabupaten Serang", AreaKind.KABUPATEN, True),
        ("Kab. Serang", "Kabupaten Serang", AreaKind.KABUPATEN, True),
        ("Kota Serang", "Kabupaten Serang", AreaKind.KABUPATEN, False),
        ("Serang", "Kota Serang", AreaKind.KABUPATEN, False),
        ("Kota Serang", "Kota Serang", AreaKind.KABUPATEN, True),
        ("Desa Lamaran", "Lamaran", AreaKind.DESA, True),
        ("Lamaran", "Renged", AreaKind.DESA, False),
    ],
)
def test_two_spellings_of_one_area(one: str, other: str, kind: AreaKind, *, same: bool) -> None:
    """A folder may write a name as the register does or as people do."""
    assert same is same_name(one, other, kind)


def test_alikeness_grows_with_what_is_shared() -> None:
    """A slip is more alike than another name; the same is 1, nothing shared is 0."""
    assert 1.0 == alikeness("mekarsari", "mekarsari")
    assert 0.0 == alikeness("mekarsari", "tunjung")
    assert alikeness("mekarsari", "mekarsri") > alikeness("mekarsari", "sukasari")
    assert 0.0 == alikeness("a", "a")
