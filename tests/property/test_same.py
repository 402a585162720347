"""What holds of fingerprints and of texts that are alike, in whatever order they come."""

from typing import Final

from hypothesis import assume, given
from hypothesis import strategies as st

from streams.domain.ids import AreaCode
from streams.domain.times import MINUTE_MS, EpochMs
from streams.rules.detectors.same import (
    CLAIMS_MAX,
    LETTERS_MIN,
    SKETCH_SIZE,
    TEXTS_MAX,
    AlikeLimits,
    AlikeState,
    Bearer,
    Began,
    Finished,
    Grew,
    SameState,
    Text,
    answer,
    bear,
    hear,
    likeness,
    sketch_of,
    withdraw,
)
from tests.support.histories import quick

LIMITS: Final = AlikeLimits(alike_min=0.5, sources_min=3, desa_min=2, window_ms=60 * MINUTE_MS)
ANY_LETTERS: Final = st.text(st.characters(categories=["L"]), min_size=20, max_size=80)
ANY_TEXT: Final = st.text(max_size=80) | ANY_LETTERS
WORDS: Final = st.lists(
    st.sampled_from(
        ("surat", "suara", "dicoblos", "diundur", "banjir", "kotak", "dibawa", "besok")
    ),
    min_size=3,
    max_size=6,
).map(" ".join)


def desa(number: int) -> AreaCode:
    """Return the code of a desa."""
    return AreaCode(f"17.02.01.200{number}")


FORMS: Final = st.tuples(
    st.booleans(), st.integers(min_value=1, max_value=3), st.sampled_from("abcde")
)


@quick(150)
@given(st.lists(FORMS, max_size=30))
def test_a_fingerprint_holds_while_two_places_bear_it(
    steps: list[tuple[bool, int, str]],
) -> None:
    """Counted again from all that was said; what is told tells each change of it, and no more."""
    state, places = SameState(), dict[str, int]()
    found: Began | Finished | None
    for comes, place, form in steps:
        held = len(set(places.values())) > 1
        if comes:
            places.setdefault(form, place)
            state, found = bear(state, Bearer(desa(place), EpochMs(0), form, form, "", ""))
        else:
            places.pop(form, None)
            state, found = withdraw(state, form, form)
        holds = len(set(places.values())) > 1
        expected = Began() if holds else Finished()
        assert (expected if holds is not held else None) == found
        assert sorted((desa(where), name) for name, where in places.items()) == [
            (one.place, one.id) for one in state.bearers
        ]


@quick(150)
@given(ANY_TEXT, ANY_TEXT)
def test_likeness_is_a_share_both_ways(one: str, other: str) -> None:
    """From 0 to 1; of a text and itself 1, if it says enough."""
    mine, yours = sketch_of(one), sketch_of(other)
    assert 0 <= likeness(mine, yours) == likeness(yours, mine) <= 1
    assert likeness(mine, mine) == (1 if mine else 0)
    assert len(mine) <= SKETCH_SIZE


def shingles_of(letters: str) -> set[str]:
    """Return the runs of five letters."""
    return {letters[start : start + 5] for start in range(len(letters) - 4)}


LETTERS: Final = st.text("abc", min_size=LETTERS_MIN, max_size=40)


@quick(150)
@given(LETTERS, LETTERS)
def test_likeness_of_short_texts_is_exact(one: str, other: str) -> None:
    """Jaccard's, of the shingles that are in both and in either."""
    # Repeats are one letter, so a text of other letters stands between each two.
    mine, yours = ("".join(f"{sign}x" for sign in text) for text in (one, other))
    both, either = shingles_of(mine) & shingles_of(yours), shingles_of(mine) | shingles_of(yours)
    assume(len(either) <= SKETCH_SIZE)
    assert len(both) / len(either) == likeness(sketch_of(mine), sketch_of(yours))


@quick(100)
@given(
    st.text("abcdefghijklm ", min_size=20, max_size=200),
    st.text("nopqrstuvwxyz ", min_size=20, max_size=200),
)
def test_texts_without_a_common_shingle_never_meet(one: str, other: str) -> None:
    """However low the limit."""
    assert likeness(sketch_of(one), sketch_of(other)) == 0


def text(minute: int, number: int, place: int, words: str) -> Text:
    """Return a text; its source is its number."""
    at = EpochMs(minute * MINUTE_MS)
    return Text(at, f"s{number}", "r", desa(place), "crowd.reports", "0:1", sketch_of(words))


@quick(100)
@given(ANY_LETTERS, st.integers(min_value=0, max_value=120))
def test_identical_texts_always_meet(words: str, later: int) -> None:
    """Within two windows, whatever they say, if it is enough."""
    assume(sketch_of(words))
    state = AlikeState()
    for number, minute in enumerate((0, later)):
        state, _ = hear(state, text(minute, number, 1, words), LIMITS)
    assert 2 == len(state.texts)
    assert 1 == len({one.claim for one in state.texts})


def texts(horizon: int) -> st.SearchStrategy[list[Text]]:
    """Make texts of a few words, each of another source."""
    said = st.tuples(
        st.integers(min_value=0, max_value=horizon), st.integers(min_value=1, max_value=3), WORDS
    )
    return st.lists(said, max_size=12).map(
        lambda all_said: [
            text(minute, number, place, words)
            for number, (minute, place, words) in enumerate(all_said)
        ]
    )


def heard(said: list[Text]) -> AlikeState:
    """Hear texts."""
    state = AlikeState()
    for one in said:
        state, _ = hear(state, one, LIMITS)
    return state


def counted_again(said: list[Text]) -> set[str]:
    """Return the sources in a claim that must hold, by joining what is alike until nothing is."""
    groups = [{one} for one in said if one.sketch]
    for one in said:
        near = {other for other in said if likeness(one.sketch, other.sketch) >= LIMITS.alike_min}
        touched = [group for group in groups if near & group]
        if touched:
            joined = set[Text]().union(*touched)
            groups = [*(group for group in groups if group not in touched), joined]
    return {
        one.source
        for group in groups
        if any(
            len({one.source for one in inside}) >= LIMITS.sources_min
            and len({one.desa for one in inside}) >= LIMITS.desa_min
            for end in group
            if (inside := [one for one in group if 0 <= end.at - one.at <= LIMITS.window_ms])
        )
        for one in group
    }


@quick(150)
@given(texts(120).flatmap(lambda said: st.tuples(st.just(said), st.permutations(said))))
def test_a_text_is_in_a_claim_that_holds_in_whatever_order_they_come(
    orders: tuple[list[Text], list[Text]],
) -> None:
    """And if and only if who counts again finds it there."""
    expected = counted_again(orders[0])
    for said in orders:
        state = heard(said)
        assert expected == {one.source for one in state.texts if one.claim in state.held}


@quick(100)
@given(texts(400))
def test_a_claim_begins_once_and_then_grows_until_it_is_answered(said: list[Text]) -> None:
    """Told twice a text changes nothing; an answer leaves nothing of its claim."""
    state, held = AlikeState(), set[str]()
    for one in said:
        state, found = hear(state, one, LIMITS)
        match found:
            case Began(claim):
                assert claim not in held
                held.add(claim)
            case Grew(claim):
                assert claim in held
            case None:
                assert one.source not in {
                    known.source for known in state.texts if known.claim in held
                }
        assert held == set(state.held)
        assert (state, None) == hear(state, one, LIMITS)
        assert tuple(sorted(state.texts)) == state.texts
        assert len(state.texts) <= TEXTS_MAX
        assert len(held) <= CLAIMS_MAX
    for claim in sorted(held):
        state = answer(state, claim)
        assert claim not in {one.claim for one in state.texts}
    assert () == state.held
