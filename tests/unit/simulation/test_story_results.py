"""How the ordinary forms of a story vote."""

from collections.abc import Mapping

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from streams.domain.events import CountStatus, Source, VoteCount
from streams.domain.ids import AreaCode
from streams.domain.times import EpochMs
from streams.domain.words import Role
from streams.simulation.post import Post, post_count
from streams.simulation.story_results import Leaning, as_led

TPS = "17.02.09.1027-002"
AT = EpochMs(0)
LED = Leaning(AreaCode("17.02"), "bupati", {"01": 2, "02": 1})


def form(
    votes: Mapping[str, int], status: CountStatus = CountStatus.FINAL, contest: str = "bupati"
) -> Post:
    """Return an ordinary form of the TPS."""
    event = VoteCount(
        id="f1",
        at="2024-11-27T14:00:00+07:00",
        tps=TPS,
        contest=contest,
        status=status,
        source=Source("kpps", Role.KPPS),
        votes=dict(votes),
        valid=sum(votes.values()),
        invalid=4,
    )
    return post_count(event, AT, AT, (TPS,))


def votes_of(post: Post) -> dict[str, int]:
    """Return what a form says."""
    return msgspec.json.decode(post.value, type=VoteCount).votes


def test_the_valid_votes_of_a_final_form_are_shared_out() -> None:
    """All of them: what is left goes to the largest remainder."""
    assert {"01": 203, "02": 102} == votes_of(as_led(form({"01": 5, "02": 300}), (LED,)))


def test_a_form_under_way_is_rounded_down() -> None:
    """And its valid votes are those that it has."""
    led = as_led(form({"01": 5, "02": 300}, CountStatus.PROVISIONAL), (LED,))
    assert {"01": 203, "02": 101} == votes_of(led)
    assert b'"valid":304' in led.value


def test_all_else_of_a_form_stays() -> None:
    """Who has sent it, when, and how many are invalid."""
    ordinary = form({"01": 5, "02": 300})
    led = as_led(ordinary, (LED,))
    assert ordinary.value.replace(b'{"01":5,"02":300}', b'{"01":203,"02":102}') == led.value
    assert (ordinary.at, ordinary.about, ordinary.tps) == (led.at, led.about, led.tps)


def test_the_nearest_area_says_how_it_leans() -> None:
    """Whatever the order in which they are written."""
    near = Leaning(AreaCode(TPS[:8]), "bupati", {"01": 1, "02": 1})
    for leanings in ((LED, near), (near, LED)):
        assert {"01": 2, "02": 2} == votes_of(as_led(form({"01": 4, "02": 0}), leanings))


def test_other_contests_and_areas_and_messages_stay() -> None:
    """Byte for byte."""
    elsewhere = Leaning(AreaCode("17.03"), "bupati", LED.shares)
    other = form({"01": 1, "02": 9}, contest="gubernur")
    assert other == as_led(other, (LED,))
    assert form({"01": 1, "02": 9}) == as_led(form({"01": 1, "02": 9}), (elsewhere,))
    heartbeat = Post(AT, AT, "tps.status", b"{}", "heartbeat", tps=TPS)
    assert heartbeat == as_led(heartbeat, (LED,))


@given(
    st.lists(st.integers(1, 1000), min_size=2, max_size=5),
    st.lists(st.integers(0, 600), min_size=2, max_size=5),
)
def test_no_choice_ever_falls(shares: list[int], readings: list[int]) -> None:
    """However the shares are, while more is read, and at the end (V04)."""
    choices = {f"{number + 1:02}": share for number, share in enumerate(shares)}
    leaning = (Leaning(AreaCode("17"), "bupati", choices),)
    before = dict.fromkeys(choices, 0)
    for valid in sorted(readings):
        under_way = votes_of(as_led(form({"01": valid}, CountStatus.PROVISIONAL), leaning))
        assert all(under_way[choice] >= before[choice] for choice in choices)
        before = under_way
    final = votes_of(as_led(form({"01": max(readings)}), leaning))
    assert all(final[choice] >= before[choice] for choice in choices)
    assert max(readings) == sum(final.values())
