"""The detector `same`: texts that say the same in other words.

Times are minutes.
"""

from hashlib import blake2b
from itertools import combinations, permutations
from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.ids import AreaCode
from streams.domain.times import MINUTE_MS, EpochMs
from streams.rules.detectors.same import (
    CLAIMS_MAX,
    TEXTS_MAX,
    AlikeLimits,
    AlikeState,
    Began,
    Grew,
    Text,
    answer,
    forget,
    hear,
    likeness,
    sketch_of,
)

LIMITS: Final = AlikeLimits(alike_min=0.35, sources_min=5, desa_min=3, window_ms=60 * MINUTE_MS)
"""W11: five texts of three desa in an hour. Source: domain §4b."""
A_MOMENT: Final = 1 / MINUTE_MS

VOTED: Final = (
    "Surat suara di TPS 3 sudah dicoblos duluan paslon 1, sebarkan!!!",
    "surat suara di tps 05 sdh dicoblos duluan utk paslon 01. sebarkan",
    "SEBARKAN!! surat suara di TPS sudah di coblos duluan paslon satu",
    "Infonya suratsuara di tps udah dicoblosss duluan paslon 1, sebarkan ya",
    "Tlg sebarkan srt suara TPS 3 sudah tercoblos duluan paslon 1",
)
"""One rumour, as people would copy it."""
POSTPONED: Final = (
    "Katanya pencoblosan diundur besok karena banjir di kecamatan",
    "pencoblosan di undur besok krn banjir di kec. katanya",
    "Info dari WA: pencoblosan diundur sampai besok karena banjir!!",
    "PENCOBLOSAN DIUNDUR BESOK KARENA BANJIIIR",
)
OTHERS: Final = (
    "beredar kabar kotak suara dibawa kabur dari kantor desa tadi malam",
    "surat suara di TPS 3 kurang banyak, warga menunggu di luar",
    "tinta di tps bisa dihapus pakai sabun, bisa nyoblos dua kali sebarkan",
    "KPU katanya menunda pencoblosan karena surat suara habis",
)
"""Each about something else, in the same words."""


def test_copies_of_a_rumour_are_more_alike_than_different_ones() -> None:
    """Each copy is like some other by the limit; two rumours in the same words are far from it."""
    for rumour in (VOTED, POSTPONED):
        for text in rumour:
            near = [one for one in rumour if one != text]
            assert (
                max(likeness(sketch_of(text), sketch_of(one)) for one in near) >= LIMITS.alike_min
            )
    different = [
        likeness(sketch_of(one), sketch_of(other))
        for group, others in combinations((VOTED, POSTPONED, OTHERS), 2)
        for one in group
        for other in others
    ]
    assert max(different) < 0.25


def text(minute: float, desa: int, words: str) -> Text:
    """Return a text from a desa; its source is told by its time."""
    at = EpochMs(round((1000 + minute) * MINUTE_MS))
    place = AreaCode(f"17.02.01.{2000 + desa}")
    return Text(at, f"s{minute:.6f}", "r1", place, "crowd.reports", "0:1", sketch_of(words))


def told(*texts: Text) -> tuple[AlikeState, list[str]]:
    """Hear texts; return what is told."""
    state, found = AlikeState(), list[str]()
    for one in texts:
        state, finding = hear(state, one, LIMITS)
        found.append("" if finding is None else type(finding).__name__)
    return state, found


A: Final = VOTED[0]
CASES: Final[dict[str, tuple[list[tuple[float, int, str]], list[str]]]] = {
    # minute, desa and words of each text, and what is told of each
    "five of three desa": (
        [(0, 1, A), (1, 2, A), (2, 3, A), (3, 1, A), (4, 1, A)],
        ["", "", "", "", "Began"],
    ),
    "in other words": (
        [(minute, minute % 3, words) for minute, words in enumerate(VOTED)],
        ["", "", "", "", "Began"],
    ),
    "five of two desa": ([(n, n % 2, A) for n in range(5)], [""] * 5),
    "then the third desa": (
        [*((n, n % 2, A) for n in range(5)), (6, 3, A)],
        [*[""] * 5, "Began"],
    ),
    "four": ([(n, n, A) for n in range(4)], [""] * 4),
    "it begins once, and grows": (
        [(n, n, A) for n in range(7)],
        ["", "", "", "", "Began", "Grew", "Grew"],
    ),
    "within an hour, both ends of it": (
        [(0, 1, A), (1, 2, A), (2, 3, A), (3, 4, A), (60, 5, A)],
        ["", "", "", "", "Began"],
    ),
    "a moment too late": (
        [(0, 1, A), (1, 2, A), (2, 3, A), (3, 4, A), (60 + A_MOMENT, 5, A)],
        [""] * 5,
    ),
    "one that comes late": (
        [(0, 1, A), (1, 2, A), (2, 3, A), (80, 5, A), (4, 4, A), (59, 6, A)],
        ["", "", "", "", "", "Began"],
    ),
    "different rumours": (
        [(n, n, words) for n, words in enumerate((*OTHERS, POSTPONED[0]))],
        [""] * 5,
    ),
    "words that are too few": ([(n, n, "hoaks!") for n in range(6)], [""] * 6),
}


@pytest.mark.parametrize(("texts", "expected"), CASES.values(), ids=CASES)
def test_a_rumour(texts: list[tuple[float, int, str]], expected: list[str]) -> None:
    """Five alike of three desa in one hour, wherever in the day it lies."""
    assert expected == told(*(text(*one) for one in texts))[1]


@pytest.mark.parametrize(("alike_min", "claims"), [(0.5, 1), (0.51, 2)])
def test_texts_are_alike_from_the_limit_on(alike_min: float, claims: int) -> None:
    """Inclusive: these have two shingles of four in common."""
    state = AlikeState()
    for minute, sketch in enumerate(((1, 2, 3), (2, 3, 4))):
        said = replace(text(minute, 1, A), sketch=sketch)
        state, _ = hear(state, said, replace(LIMITS, alike_min=alike_min))
    assert claims == len({one.claim for one in state.texts})


def test_the_same_text_again_changes_nothing() -> None:
    """Known by source and id."""
    state, _ = told(*(text(n, n, A) for n in range(4)))
    again = replace(text(3, 9, A), at=text(4, 0, A).at)
    assert (state, None) == hear(state, again, LIMITS)


def test_a_claim_is_named_by_its_first_text() -> None:
    """Whatever came first; once it holds it keeps its name, though an earlier text comes."""
    texts = [text(n, n, A) for n in range(5)]
    state, _ = told(*texts)
    turned, _ = told(*reversed(texts))
    assert state == turned
    [claim] = state.held
    assert {claim} == {one.claim for one in state.texts}
    after, found = hear(state, text(-5, 7, A), LIMITS)
    assert (Grew(claim), (claim,)) == (found, after.held)
    assert {claim} == {one.claim for one in after.texts}


BRIDGE: Final = f"{VOTED[0]} {POSTPONED[0]}"
"""Says both, so that it is alike to each of two that are not alike to one another."""


def test_what_is_alike_to_a_third_is_one_claim() -> None:
    """Even if the third comes last."""
    halves = [text(0, 1, VOTED[0]), text(1, 2, VOTED[0]), text(2, 3, POSTPONED[0])]
    state, found = told(*halves, text(3, 4, POSTPONED[0]), text(4, 5, BRIDGE))
    assert ["", "", "", "", "Began"] == found
    assert 1 == len({one.claim for one in state.texts})


def test_two_claims_that_hold_stay_two() -> None:
    """A text like both joins the one that it is more like."""
    first = [text(n, n, VOTED[0]) for n in range(5)]
    other = [text(10 + n, n, POSTPONED[0]) for n in range(5)]
    state, _ = told(*first, *other)
    claims = {one.source: one.claim for one in state.texts}
    nearer = text(20, 9, f"{VOTED[0]} {POSTPONED[0]}")
    shares = [likeness(one.sketch, nearer.sketch) for one in (first[0], other[0])]
    assert min(shares) >= LIMITS.alike_min
    assert shares[1] > shares[0]
    after, found = hear(state, nearer, LIMITS)
    assert Grew(claims[other[0].source]) == found
    assert state.held == after.held
    assert 2 == len(after.held)


def test_what_is_not_told_yet_joins_a_claim_that_holds() -> None:
    """As soon as a text is like both."""
    state, _ = told(*(text(n, n, VOTED[0]) for n in range(5)), text(10, 8, POSTPONED[0]))
    after, found = hear(state, text(11, 9, BRIDGE), LIMITS)
    assert Grew(state.held[0]) == found
    assert {state.held[0]} == {one.claim for one in after.texts}


def test_an_answer_ends_it() -> None:
    """What was said of it is forgotten, so that it takes five more; another claim stands."""
    state, _ = told(*(text(n, n, A) for n in range(5)), text(6, 8, POSTPONED[0]))
    after = answer(state, state.held[0])
    assert (text(6, 8, POSTPONED[0]).sketch,) == tuple(one.sketch for one in after.texts)
    assert () == after.held
    found = None
    for n in range(5):
        assert found is None
        after, found = hear(after, text(10 + n, n, A), LIMITS)
    assert isinstance(found, Began)


def test_an_answer_to_nothing_changes_nothing() -> None:
    """Nobody knows that claim."""
    state, _ = told(*(text(n, n, A) for n in range(5)))
    assert state == answer(state, "no such claim")


def test_a_text_that_is_forgotten_was_never_one_of_a_rumour() -> None:
    """Four and one more are no five then; of a claim that holds all are kept."""
    four, _ = told(*(text(n, n, A) for n in range(4)))
    gone = four.texts[0]
    left = forget(four, gone.source, gone.id)
    assert four.texts[1:] == left.texts
    assert hear(left, text(5, 5, A), LIMITS)[1] is None
    assert four == forget(four, gone.source, "another")
    held, _ = hear(four, text(5, 5, A), LIMITS)
    assert held == forget(held, gone.source, gone.id)


def test_a_claim_that_holds_is_known_again_after_a_day() -> None:
    """Its newest text is kept; one that does not hold is forgotten after two windows."""
    state, _ = told(*(text(n, n, A) for n in range(5)), text(5, 5, POSTPONED[0]))
    [claim] = state.held
    later, found = hear(state, text(1440, 1, OTHERS[0]), LIMITS)
    assert found is None
    assert [claim] == [one.claim for one in later.texts[:-1]]
    assert Grew(claim) == hear(later, text(1441, 1, A), LIMITS)[1]


def test_texts_are_kept_for_two_windows() -> None:
    """Inclusive; one that is older when it comes changes nothing."""
    kept, _ = told(text(0, 1, A), text(120, 1, OTHERS[0]))
    assert 2 == len(kept.texts)
    forgotten, _ = told(text(0, 1, A), text(120 + A_MOMENT, 1, OTHERS[0]))
    assert 1 == len(forgotten.texts)
    assert (forgotten, None) == hear(forgotten, text(0, 1, A), LIMITS)


def other_words(number: int) -> str:
    """Return words that are like those of no other number."""
    return "".join(chr(ord("a") + byte % 26) for byte in blake2b(b"%d" % number).digest())


def test_no_more_is_kept_than_may_be() -> None:
    """The newest of the texts that hold nothing."""
    limits = replace(LIMITS, sources_min=1000)
    state = AlikeState()
    for n in range(TEXTS_MAX + 5):
        state, _ = hear(state, text(n / 10, n, A), limits)
    assert TEXTS_MAX - CLAIMS_MAX == len(state.texts)
    assert text((TEXTS_MAX + 4) / 10, 0, A).at == state.texts[-1].at


def test_no_more_claims_are_known_than_may_be() -> None:
    """The one whose newest text is the oldest makes room."""
    limits = replace(LIMITS, sources_min=1, desa_min=1, alike_min=1.0)
    state, first = AlikeState(), ""
    for n in range(CLAIMS_MAX + 5):
        state, found = hear(state, text(n * 300, n, other_words(n)), limits)
        assert isinstance(found, Began)
        first = first or found.claim
    assert CLAIMS_MAX == len(state.held)
    assert first not in state.held
    assert CLAIMS_MAX == len({one.claim for one in state.texts if one.claim in state.held})


def test_five_copies_meet_in_whatever_order_they_come() -> None:
    """All five are in one claim that holds."""
    texts = [text(n, n, words) for n, words in enumerate(VOTED)]
    for order in list(permutations(texts))[::7]:
        state, found = told(*order)
        assert "Began" == found[-1]
        assert 1 == len({one.claim for one in state.texts})
