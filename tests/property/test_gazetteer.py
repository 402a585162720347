"""What holds of every name, however it is written, and of every homonym."""

from functools import cache

from hypothesis import given
from hypothesis import strategies as st
from msgspec import convert

from streams.domain.events import Place
from streams.domain.ids import AreaCode, kabupaten_of, kecamatan_of
from streams.territory.gazetteer import Gazetteer, Nowhere, Resolved, Unsure
from streams.territory.names import fold
from streams.territory.plan import covers
from tests.unit.territory.folders import AREAS, plan_of

PLAN = plan_of()
DESA = sorted(PLAN.desa)
MEKARSARI = tuple(code for code in DESA if PLAN.desa[code] == "Mekarsari")
NOISE = st.sampled_from(["", "", " ", "  ", "-", ".", "'", "\t", " . "])


@cache
def gazetteer() -> Gazetteer:
    """Watch Serang, whose 326 desa hold many homonyms."""
    return Gazetteer([PLAN], AREAS)


@st.composite
def written(draw: st.DrawFn, name: str) -> str:
    """Write a name in any case, with any blanks and punctuation between its letters."""
    letters = [sign.upper() if draw(st.booleans()) else sign.lower() for sign in name]
    spaced = [sign + draw(NOISE) for sign in letters if not sign.isspace()]
    return draw(NOISE) + "".join(spaced)


@st.composite
def places(draw: st.DrawFn) -> Place:
    """Make any place of codes and names around a desa of Serang, fitting or not."""
    one, other = draw(st.sampled_from(DESA)), draw(st.sampled_from(DESA))
    fields: dict[str, object] = {
        "tps": f"{one}-{draw(st.integers(1, 5)):03}",
        "desa": draw(st.sampled_from([one, other])),
        "kecamatan": draw(
            st.sampled_from([kecamatan_of(one), PLAN.kecamatan[kecamatan_of(other)]])
        ),
        "kabupaten": draw(st.sampled_from(["36.04", "Serang", "Kota Serang", "entah"])),
        "name": PLAN.desa[draw(st.sampled_from([one, other]))],
        "tps_number": draw(st.integers(1, 5)),
        "lat": draw(st.floats(-7, -5)),
        "lon": draw(st.floats(105, 107)),
    }
    kept = draw(st.sets(st.sampled_from(sorted(fields))))
    return convert({key: value for key, value in fields.items() if key in kept}, Place)


@given(st.data(), st.sampled_from(DESA))
def test_spelling_never_changes_the_answer(data: st.DataObject, desa: AreaCode) -> None:
    """Case, blanks and punctuation mean nothing, in names of desa, kecamatan and kabupaten."""
    name, kecamatan = PLAN.desa[desa], PLAN.kecamatan[kecamatan_of(desa)]
    plain = Place(name=name, kecamatan=kecamatan, kabupaten="Kabupaten Serang")
    other = Place(
        name=data.draw(written(name)),
        kecamatan=data.draw(written(kecamatan)),
        kabupaten=data.draw(written("Kabupaten Serang")),
    )
    assert gazetteer().resolve(plain) == gazetteer().resolve(other)
    without = Place(name=plain.name), Place(name=other.name)
    assert gazetteer().resolve(without[0]) == gazetteer().resolve(without[1])


@given(st.sampled_from(DESA))
def test_name_and_kecamatan_are_sure(desa: AreaCode) -> None:
    """Every desa of Serang is found by them, as no kecamatan there has a homonym."""
    place = Place(name=PLAN.desa[desa], kecamatan=PLAN.kecamatan[kecamatan_of(desa)])
    assert Resolved(desa) == gazetteer().resolve(place)


@given(st.sampled_from(DESA), st.sampled_from(["", "36.04", "Serang", "Kab. Serang"]))
def test_a_name_without_a_kecamatan_is_never_sure(desa: AreaCode, kabupaten: str) -> None:
    """Even if it is unique in the kabupaten: it goes to a person, who sees the desa first."""
    found = gazetteer().resolve(Place(name=PLAN.desa[desa], kabupaten=kabupaten))
    assert isinstance(found, Unsure)
    assert ("36.04", True) == (found.area, desa in found.candidates)
    same = [code for code in found.candidates if fold(PLAN.desa[code]) == fold(PLAN.desa[desa])]
    assert same == list(found.candidates[: len(same)])


@given(st.data())
def test_a_homonym_is_found_by_its_own_kecamatan_only(data: st.DataObject) -> None:
    """Mekarsari is three desa of Serang; in any other kecamatan it contradicts."""
    name = data.draw(written("Mekarsari"))
    kecamatan = AreaCode(data.draw(st.sampled_from(sorted(PLAN.kecamatan))))
    found = gazetteer().resolve(Place(name=name, kecamatan=kecamatan))
    own = [code for code in MEKARSARI if kecamatan_of(code) == kecamatan]
    if own:
        assert Resolved(own[0]) == found
    else:
        assert isinstance(found, Unsure)
        assert set(MEKARSARI) <= set(found.candidates)


@given(places())
def test_what_is_found_agrees_with_every_field(place: Place) -> None:
    """No answer contradicts a code that was given, or a name that is known."""
    found = gazetteer().resolve(place)
    if not isinstance(found, Resolved):
        return
    desa = AreaCode(found.area[:13])
    codes = [text for text in (place.tps, place.desa) if isinstance(text, str)]
    assert all(desa == code[:13] for code in codes)
    if place.name:
        assert fold(PLAN.desa[desa]) == fold(place.name)
    if place.kecamatan:
        assert place.kecamatan in {kecamatan_of(desa), PLAN.kecamatan[kecamatan_of(desa)]}
    assert place.kabupaten != "Kota Serang"


@given(places())
def test_what_is_not_sure_stays_in_the_kabupaten(place: Place) -> None:
    """With one watched kabupaten there always is a sure area, and candidates lie in it."""
    found = gazetteer().resolve(place)
    assert not isinstance(found, Nowhere)
    if isinstance(found, Unsure):
        assert "36.04" == kabupaten_of(found.area)
        assert all(covers(found.area, code) for code in found.candidates)
        assert len(set(found.candidates)) == len(found.candidates) <= 8


@given(places())
def test_an_answer_depends_on_nothing_but_the_question(place: Place) -> None:
    """Asked twice, and of another gazetteer of the same plan, it is the same."""
    assert gazetteer().resolve(place) == Gazetteer([PLAN], AREAS).resolve(place)
