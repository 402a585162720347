"""The crowd: 200 voices, each for itself, about everything."""

from collections import Counter, defaultdict

import pytest

from streams.domain.events import CrowdReport, Place
from streams.domain.words import Role
from streams.simulation.ordinary import rates
from streams.simulation.ordinary.crowd import crowd_posts, sayings
from streams.simulation.ordinary.kinds import IRREGULAR, ORDINARY, Day
from streams.territory.plan import ElectionKind
from streams.wire.inputs import decode_input
from tests.unit.simulation.ordinary.made import DAY_KINDS, plan_of

PLAN = plan_of(ElectionKind.PILKADA)


def reports(seed: int, day: str = "ordinary") -> list[CrowdReport]:
    """Return the reports of a day."""
    found: list[CrowdReport] = []
    for post in crowd_posts(Day(PLAN, seed, DAY_KINDS[day])):
        event = decode_input(post.topic, post.value).event
        assert isinstance(event, CrowdReport)
        found.append(event)
    return found


MANY = [one for seed in range(10) for one in reports(seed)]
MANY_IRREGULAR = [one for seed in range(10) for one in reports(seed, "irregular")]
GRAVE = {"KAM-04", "KAM-06"}
"""What pages at a single word."""


@pytest.mark.parametrize("seed", range(3))
def test_there_are_as_many_as_the_budget_says(seed: int) -> None:
    """Two hundred a day, each by somebody else."""
    assert rates.REPORTS == len(reports(seed)) == len({one.source.id for one in reports(seed)})


def test_everything_that_is_drawn_can_be_said() -> None:
    """Each category has words, and nobody has words for another."""
    said = {
        category for kind in (ORDINARY, IRREGULAR) for category in (*kind.chatter, *kind.claimed)
    }
    assert said == sayings().keys()


def test_most_of_it_has_no_category() -> None:
    """The gateway asks for none."""
    share = sum(not isinstance(one.category, str) for one in MANY) / len(MANY)
    assert 0.56 < share < 0.69


def test_as_many_claim_what_is_not_so_as_the_sources_say() -> None:
    """Of the 8.4 % who claim something 88.4 % are wrong: 7.5 % of those who are no witnesses."""
    assert abs(ORDINARY.claims - 0.075) < 0.001
    only_claimed = ORDINARY.claimed.keys() - ORDINARY.chatter.keys()
    weights = ORDINARY.claimed
    share = sum(weights[one] for one in only_claimed) / sum(weights.values())
    found = sum(one.category in only_claimed for one in MANY) / len(MANY)
    assert abs(found - share * ORDINARY.claims) < 0.015


def test_money_neutrality_and_procedure_come_first() -> None:
    """Three quarters of the weights, and what is grave a thousandth."""
    weights: dict[str, float] = defaultdict(float)
    for category, weight in ORDINARY.claimed.items():
        weights[category[:3]] += weight
    assert ["PID", "NET", "PRO"] == sorted(weights, key=weights.__getitem__, reverse=True)[:3]
    grave = sum(ORDINARY.claimed[one] for one in GRAVE) / sum(weights.values())
    assert 0 < grave < 0.002


def test_only_citizens_report_on_an_ordinary_day() -> None:
    """Known or not: an officer who reports something has seen it."""
    assert {Role.WARGA, Role.ANONIM} == {one.source.role for one in MANY}


def test_a_twelfth_of_an_irregular_day_claims_something() -> None:
    """As many as Uchaguzi did not archive as noise, by people of all roles."""
    only_claimed = IRREGULAR.claimed.keys() - IRREGULAR.chatter.keys()
    claims = [one for one in MANY_IRREGULAR if one.category in only_claimed]
    assert abs(len(claims) / len(MANY_IRREGULAR) - IRREGULAR.claims) < 0.02
    assert len({one.category for one in claims}) > 20
    assert len({one.source.role for one in claims}) > 4


def test_a_third_does_not_say_surely_where() -> None:
    """A name alone, a kecamatan alone, nothing at all."""
    unsure = 0
    for one in MANY:
        place = one.place if isinstance(one.place, Place) else Place()
        exact = isinstance(place.tps, str) or isinstance(place.desa, str)
        unsure += not exact and not (place.name and place.kecamatan)
    assert abs(unsure / len(MANY) - 0.27) < 0.04


def test_words_are_seldom_the_same() -> None:
    """Two who say one thing say it in their own words."""
    texts = Counter(one.text for one in MANY)
    assert sum(count - 1 for count in texts.values()) < 0.1 * len(MANY)
