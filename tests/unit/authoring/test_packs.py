"""Packs as tests need them: made ready once for each profile that is asked for."""

import pytest

from streams.authoring.packs import Packs
from streams.errors import ConfigError
from streams.rules.reading import draft_of
from tests.support.packs import OVERDUE, text_of


def packs(profiles: str = "") -> Packs:
    """Return the little pack, its rule of absence with these profiles."""
    return Packs(draft_of(text_of({"rules/T03.yaml": OVERDUE + profiles})))


def test_a_profile_is_made_ready_once() -> None:
    """A hundred tests of a rule read its pack one time."""
    made = packs()
    assert made.ready_for("pilkada") is made.ready_for("pilkada")
    assert made.ready_for("pilkada") is not made.ready_for("pilkades")


def test_each_profile_has_its_own_thresholds() -> None:
    """They do not mix, in whatever order they are asked for."""
    watch = "{scope: tps, since: plan.opens_at, ends: [opened], limit: 5m}"
    made = packs(f"profiles: {{pilkades: {{detector: {{watches: [{watch}]}}}}}}\n")
    found = [
        made.ready_for(profile).overdue_tps[0].limits_ms[0] // 60_000
        for profile in ("pilkades", "pilkada", "pilkades")
    ]
    assert [5, 30, 5] == found


def test_a_shadow_judges_where_it_is_asked_for() -> None:
    """A test of another rule is judged as the workers judge: without it."""
    text = OVERDUE.replace("maturity: stable", "maturity: shadow")
    made = Packs(draft_of(text_of({"rules/T03.yaml": text})))
    asked, other = frozenset({"T03"}), frozenset({"W02"})
    assert () == made.ready_for("pilkada").overdue_tps
    assert () == made.ready_for("pilkada", other).overdue_tps
    assert 1 == len(made.ready_for("pilkada", asked).overdue_tps)
    assert made.ready_for("pilkada", other) is made.ready_for("pilkada")
    assert made.ready_for("pilkada", asked | other) is made.ready_for("pilkada", asked)


def test_a_pack_that_cannot_be_read_is_refused_when_it_is_asked_for() -> None:
    """A mutant is one; that it cannot be read is an answer too."""
    made = packs("quiet: soon\n")
    with pytest.raises(ConfigError, match=r"^rules/T03\.yaml:19: quiet: found 'soon'"):
        made.ready_for("pilkada")
