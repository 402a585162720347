"""Noise: much, about everything, and never two voices for one thing."""

from collections import Counter

import pytest

from streams.domain.events import CrowdReport, Place
from streams.domain.ids import AreaCode
from streams.domain.words import BASE_WEIGHT, Role, TpsClass
from streams.simulation.noise import noise_posts, rumbles
from streams.wire.inputs import decode_input
from tests.stories.judging import REJANG_LEBONG, plan_of

PLAN = plan_of(REJANG_LEBONG)
NEEDED = {rumble.category: rumble.corroboration for rumble in rumbles()}
ENOUGH_ALONE = {"KAM-04", "KAM-06", "KAM-07", "PRO-01", "LOG-01", "LOG-02"}
"""Those that any single voice is enough for."""


def reports(seed: int) -> list[tuple[AreaCode, CrowdReport]]:
    """Return the reports of a morning, each with the desa that it means."""
    found: list[tuple[AreaCode, CrowdReport]] = []
    for post in noise_posts(PLAN, seed):
        event = decode_input(post.topic, post.value).event
        assert isinstance(event, CrowdReport)
        found.append((AreaCode(post.about[0]), event))
    return found


def test_there_is_much_of_it() -> None:
    """About one report for three TPS."""
    assert 120 < len(reports(1)) <= 156


def test_it_is_about_nearly_everything() -> None:
    """A morning has reports of most of the categories that people use."""
    assert len({report.category for _, report in reports(1)}) > 20


@pytest.mark.parametrize("seed", range(5))
def test_no_two_voices_tell_of_one_thing(seed: int) -> None:
    """A category comes once in a desa, at most."""
    told = Counter((desa, one.category) for desa, one in reports(seed) if one.category)
    assert {1} == set(told.values())


@pytest.mark.parametrize("seed", range(5))
def test_a_single_voice_is_never_enough(seed: int) -> None:
    """Not even where the class of a TPS makes rules one level easier."""
    for desa, report in reports(seed):
        if isinstance(report.category, str):
            classes = {PLAN.tps[code].tps_class for code in PLAN.tps_of_desa[desa]}
            easier = 0 if classes == {TpsClass.KURANG_RAWAN} else 1
            needed = max(1, NEEDED[report.category] - easier)
            assert BASE_WEIGHT[report.source.role] < needed


def test_there_is_none_of_what_one_voice_is_enough_for() -> None:
    """Those categories would ring a bell, however weak the voice."""
    assert ENOUGH_ALONE.isdisjoint(NEEDED)


def test_some_are_of_no_category() -> None:
    """They wait for a person."""
    assert 10 < sum(not isinstance(one.category, str) for _, one in reports(1)) < 60


def test_places_are_given_in_many_ways() -> None:
    """By code, in words, by a name alone, or not at all."""
    ways: Counter[tuple[str, ...]] = Counter()
    for _, report in reports(1):
        place = report.place if isinstance(report.place, Place) else Place()
        fields = ("tps", "desa", "kecamatan", "name", "tps_number")
        ways[tuple(field for field in fields if getattr(place, field))] += 1
    expected = {("tps",), ("desa",), ("kecamatan", "name", "tps_number"), ("name",), ()}
    assert expected <= ways.keys()


def test_names_are_written_as_people_write_them() -> None:
    """In capitals, in small letters, without blanks."""
    written = {one.place.name for _, one in reports(1) if isinstance(one.place, Place)}
    assert any(name.isupper() for name in written)
    assert any(name.islower() for name in written)


def test_witnesses_stand_for_a_choice() -> None:
    """Of a contest in which their TPS votes."""
    camps = {r.source.camp for seed in range(5) for _, r in reports(seed)}
    of_witnesses = {r.source.role for _, r in reports(1) if r.source.camp}
    assert {"", "01", "02"} <= camps
    assert of_witnesses <= {Role.SAKSI}
