"""The level at which a rule starts: every ladder that it may climb must have it."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.errors import ConfigError
from streams.rules.reading import read_pack
from tests.support.packs import EVIDENCE, OVERDUE, changed, rule_of, text_of

T03: Final = "rules/T03.yaml"
W04: Final = "rules/W04.yaml"
REFUSED: Final = {
    # what is changed in which file, on which line it is told, and what is said
    "a start at no level": (
        T03,
        "ladders: ADM\n",
        "ladders: ADM\nstarts_at: foo\n",
        14,
        (
            "starts_at: found 'foo', expected a level of every ladder that is climbed "
            "(ADM: kpps, ppk, kpu)"
        ),
    ),
    "a start at a level that a ladder of some class has not": (
        T03,
        "ladders: ADM\n",
        "ladders: [ADM, ADM, OPS+ADM, ADM]\nstarts_at: kpps\n",
        14,
        (
            "starts_at: found 'kpps', expected a level of every ladder that is climbed "
            "(ADM: kpps, ppk, kpu; OPS: tps, polsek, polres_ops, polres, polda)"
        ),
    ),
    "a start at a level of a ladder that is only told": (
        T03,
        "ladders: ADM\n",
        "ladders: ADM+OPS\nstarts_at: polsek\n",
        14,
        "starts_at: found 'polsek', expected a level of every ladder that is climbed (ADM: ",
    ),
    "a start at a level that the ladder of some category has not": (
        W04,
        "owner: bag-ops",
        "owner: bag-ops\nstarts_at: polsek",
        5,
        (
            "starts_at: found 'polsek', expected a level of every ladder that is climbed "
            "(ADM: kpps, ppk, kpu; OPS: "
        ),
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "line", "told"), REFUSED.values(), ids=REFUSED)
def test_a_level_that_a_ladder_has_not_is_refused(
    file: str, old: str, new: str, line: int, told: str
) -> None:
    """Or the severity would say where it starts, and nobody would notice."""
    with pytest.raises(ConfigError) as refused:
        read_pack(changed(file, old, new))
    assert str(refused.value).startswith(f"{file}:{line}: {told}")


@pytest.mark.parametrize(
    ("ladders", "level"),
    [
        ("ADM", "kpu"),
        ("[OPS+ADM, OPS, OPS, OPS]", "polda"),
        ("[OPS, SYS, OPS, SYS]", "polres_ops"),
    ],
)
def test_a_rule_may_start_at_a_level_that_every_ladder_has(ladders: str, level: str) -> None:
    """Of those that are climbed, whatever else is told."""
    found = changed(T03, "ladders: ADM\n", f"ladders: {ladders}\nstarts_at: {level}\n")
    assert level == rule_of(found).starts_at


def test_evidence_may_start_at_a_level_of_the_ladder_of_its_categories() -> None:
    """Which the taxonomy names, where the rule names none."""
    text = EVIDENCE.replace("[INT-01, INT-02]", "[INT-02]") + "starts_at: polsek\n"
    assert "polsek" == rule_of(text_of({W04: text}), "W04").starts_at


def test_levels_are_those_of_the_profile() -> None:
    """A village has others: there the rule says where it starts, or it would not."""
    rule = OVERDUE.replace("ladders: ADM\n", "ladders: ADM\nstarts_at: ppk\n")
    profile = "profiles:\n  pilkades:\n    {}\n"
    with pytest.raises(ConfigError) as refused:
        read_pack(text_of({T03: rule + profile.format("severity: low")}))
    told = "starts_at: found 'ppk', expected a level of every ladder that is climbed "
    assert f"{T03}:14: {told}(ADM: panitia, camat, panitia_kab)" == str(refused.value)
    good = text_of({T03: rule + profile.format("starts_at: camat")})
    assert "ppk" == rule_of(good).starts_at
    assert "camat" == rule_of(replace(good, profile="pilkades")).starts_at
