"""The detector `dispute`: the crowd says one thing, an officer another, a second one decides."""

from itertools import permutations
from typing import Final

import pytest

from streams.domain.ids import AreaCode
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import Situation, SourceClass, TpsClass
from streams.rules.detectors.dispute import (
    WORDS_MAX,
    DisputeLimits,
    DisputeState,
    Word,
    Words,
    begin,
    concerns,
    decides,
    forget,
    hear,
    judge,
    said,
    unsaid,
    withdraw,
)
from streams.rules.evidence import Item

DESA: Final = AreaCode("36.04.17.2001")
HERE: Final = AreaCode("36.04.17.2001-001")
THERE: Final = AreaCode("36.04.17.2001-002")
LIMITS: Final = DisputeLimits(score=3.0, window_ms=30 * MINUTE_MS)


def ms(minute: float) -> EpochMs:
    """Return a moment, in minutes from the first."""
    return EpochMs(int(minute * MINUTE_MS))


def crowd(minute: float, weight: float = 3.0, tps: AreaCode | None = HERE) -> Item:
    """Return what somebody reports."""
    name = f"w{minute:g}"
    return Item(
        at=ms(minute),
        weight=weight,
        source_class=SourceClass.CITIZENS,
        voices=(f"source:{name}",),
        tps=tps,
        tps_class=TpsClass.KURANG_RAWAN,
        lat=None,
        lon=None,
        topic="crowd.reports",
        id=name,
        source=name,
        offset="",
    )


def word(minute: float, source: str = "pam-1", place: AreaCode = HERE) -> Word:
    """Return an officer's word that all is well."""
    at = ms(minute)
    return Word(at, place, Situation.AMAN, source, f"{source}@{minute:g}", "tps.status", "")


def heard(*minutes: float) -> DisputeState:
    """Return what was heard at some minutes, each enough by itself."""
    state = DisputeState()
    for minute in minutes:
        state = hear(state, crowd(minute))
    return state


@pytest.mark.parametrize(
    ("spoken", "calm", "pair"),
    [
        ((0,), (30,), (0, 30)),
        ((30,), (0,), (30, 0)),
        ((10,), (10,), (10, 10)),
        ((0,), (30.1,), None),
        ((30.1,), (0,), None),
        ((), (10,), None),
        ((10,), (), None),
        ((0, 50), (10, 70), (50, 70)),
        ((0, 50), (40, 10), (50, 40)),
        ((50, 60), (61,), (60, 61)),
        ((0, 100), (5,), (0, 5)),
    ],
)
def test_words_within_the_window_oppose_each_other(
    spoken: tuple[float, ...], calm: tuple[float, ...], pair: tuple[float, float] | None
) -> None:
    """Whichever was first, in whatever order they came; of several the newest."""
    for minutes in permutations(spoken):
        found = judge(heard(*minutes), map(word, calm), LIMITS)
        told = None if found is None else (found.crowd.items[-1].at, found.word.at)
        assert (None if pair is None else (ms(pair[0]), ms(pair[1]))) == told


def test_the_crowd_must_reach_the_score() -> None:
    """Voices of one window add up, older ones do not."""
    almost = hear(hear(DisputeState(), crowd(0, 2.0)), crowd(1, 0.9))
    assert judge(almost, [word(2)], LIMITS) is None
    assert judge(hear(almost, crowd(2, 0.1)), [word(2)], LIMITS) is not None
    assert judge(hear(almost, crowd(30.5, 1.0)), [word(31)], LIMITS) is None


def test_who_says_that_something_is_wrong_denies_nobody() -> None:
    """Only an "aman" is denied by the crowd."""
    trouble = Word(ms(0), HERE, Situation.GANGGUAN, "pam-1", "x", "tps.status", "")
    assert judge(heard(0), [trouble], LIMITS) is None


@pytest.mark.parametrize(
    ("place", "tps", "expected"),
    [
        (HERE, (HERE,), True),
        (HERE, (THERE,), False),
        (HERE, (HERE, THERE), True),
        (DESA, (HERE,), True),
        (AreaCode("36.04.17.2002"), (HERE,), False),
        (HERE, (), True),
    ],
)
def test_a_word_speaks_of_its_place(
    place: AreaCode, tps: tuple[AreaCode, ...], *, expected: bool
) -> None:
    """Of the desa it speaks of every TPS, of a TPS only of that one."""
    assert expected is concerns(place, tps)


def test_a_second_officer_decides() -> None:
    """Not the first one, not a word from before, and not one on another place."""
    state = heard(0)
    found = judge(state, [word(5)], LIMITS)
    assert found is not None
    held = begin(state, found, ms(6))
    assert held.holding
    assert not state.holding
    assert not decides(held, word(7))
    assert not decides(held, word(5.9, "pam-2"))
    assert not decides(held, word(7, "pam-2", THERE))
    assert decides(held, word(6, "pam-2"))
    assert decides(held, word(7, "pam-2", DESA))
    assert not decides(state, word(7, "pam-2"))


def test_who_began_it_stays_the_one_to_be_confirmed() -> None:
    """Another officer who joins later is a second one; the places grow."""
    state = heard(0)
    first = judge(state, [word(5)], LIMITS)
    assert first is not None
    held = begin(state, first, ms(6))
    more = hear(held, crowd(8, tps=THERE))
    again = judge(more, [word(9, "pam-2", DESA)], LIMITS)
    assert again is not None
    grown = begin(more, again, ms(10))
    assert ("pam-1", ms(6), (HERE, THERE)) == (grown.source, grown.since, grown.places)


def test_what_led_to_it_is_forgotten() -> None:
    """What was said after the decision stays."""
    assert (ms(8),) == tuple(one.at for one in forget(heard(0, 8), ms(5)).items)


def test_what_is_taken_back_was_never_said() -> None:
    """Of the crowd, and of an officer."""
    assert DisputeState() == withdraw(heard(0), "w0", "w0")
    assert heard(0) == withdraw(heard(0), "w0", "other")
    assert Words() == unsaid(Words((word(1),)), "pam-1", "pam-1@1")


def test_of_an_officer_the_newest_word_counts() -> None:
    """Whichever came first; of too many officers those who spoke last."""
    words = Words()
    for minutes in ((1, 2), (2, 1)):
        words = Words()
        for minute in minutes:
            words = said(words, word(minute))
        assert (word(2),) == words.words
    for number in range(WORDS_MAX + 1):
        words = said(words, word(10 + number, f"pam-{number}"))
    assert WORDS_MAX == len(words.words)
    assert ms(11) == words.words[0].at
