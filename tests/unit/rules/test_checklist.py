"""The checklist of a rule: what an author may write, and what an alert opens with."""

import pytest

from streams.errors import ConfigError
from streams.rules.compiling import compile_pack
from streams.rules.pack import Pack
from streams.rules.reading import read_pack
from streams.setup import load_pack
from tests.support.world import changed_pack

BEFORE = "false_positives:\n"
FIRST = '  - {key: jalur, id: "Jalur dibuka.", en: "The way is open."}\n'
WRITTEN = f"checklist:\n{FIRST}"
REFUSED: dict[str, tuple[str, str]] = {
    "a key twice": (FIRST + FIRST, "'jalur' stands twice; expected each key once"),
    "no key": ('  - {id: "Jalur dibuka.", en: "The way is open."}\n', "key"),
    "a key with a space": (FIRST.replace("jalur,", "jalur air,"), "key"),
    "one language": ('  - {key: jalur, id: "Jalur dibuka."}\n', "en"),
    "a third language": (FIRST.replace("}", ', jv: "Dalan."}'), "jv"),
}


def shipped(profile: str) -> Pack:
    """Return the shipped pack for a profile."""
    return load_pack("siaga", profile)


def test_a_rule_may_have_a_checklist() -> None:
    """Each step by its key, in both languages, in the order of the file."""
    rule = read_pack(changed_pack(BEFORE, WRITTEN + BEFORE, 1)).rules
    [steps] = [one.checklist for one in rule if one.checklist]
    assert [("jalur", "Jalur dibuka.", "The way is open.")] == [
        (one.key, one.id, one.en) for one in steps
    ]


@pytest.mark.parametrize(("written", "told"), REFUSED.values(), ids=REFUSED)
def test_a_checklist_that_cannot_be_ticked_is_refused(written: str, told: str) -> None:
    """With the file, and what was expected."""
    with pytest.raises(ConfigError) as refused:
        read_pack(changed_pack(BEFORE, f"checklist:\n{written}{BEFORE}", 1))
    assert "checklist" in str(refused.value)
    assert told in str(refused.value)


def test_an_alert_opens_with_nothing_done() -> None:
    """The head of a rule hands out its checklist as it is written."""
    compiled = compile_pack(shipped("pilkada"))
    heads = [rule.head for rules in compiled.score.values() for rule in rules]
    [flood] = {head.checklist for head in heads if head.rule.id == "W13"}
    assert ("warga-rentan", "posko") == (flood[0].key, flood[-1].key)
    assert {None} == {one.done_at for one in flood}


def test_a_pilkades_has_the_steps_of_an_election_and_names_its_own_bodies() -> None:
    """A panitia in the place of KPU and Bawaslu, under the same keys."""
    pilkada, pilkades = (shipped(profile).rule("W13") for profile in ("pilkada", "pilkades"))
    assert pilkada is not None
    assert pilkades is not None
    assert [one.key for one in pilkada.checklist] == [one.key for one in pilkades.checklist]
    words = " ".join(one.id + one.en for one in pilkades.checklist)
    assert "KPU" not in words
    assert "Bawaslu" not in words
    assert "PTPS" not in words
