"""Profiles of rules, the lexicon beside them, and the hash by which a pack is known."""

import re
from hashlib import sha256
from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.words import Severity
from streams.errors import ConfigError
from streams.rules.pack import PackFile, Rule
from streams.rules.reading import PackText, content_hash, draft_of, read_pack
from streams.rules.specs import OverdueSpec
from tests.support.packs import LEXICON, OVERDUE, files_of, rule_of, text_of, with_tests

PROFILES: Final = """\
profiles:
  pilkades:
    severity: low
    texts: {title: {id: "Desa: {place}"}}
  pemilu:
    detector: {raise_to: critical}
"""
LINE: Final = OVERDUE.count("\n") + 1
"""Of `profiles:` in the file of the rule."""
KNOWN: Final = "begins, deadline, limit_minutes, place"


def profiled(profile: str, profiles: str = PROFILES, override: str = "") -> PackText:
    """Return the pack with profiles in its rule of absence, read for one of them."""
    overrides = (PackFile("rules/own.yaml", override),) if override else ()
    return PackText("uji", profile, files_of({"rules/T03.yaml": OVERDUE + profiles}), overrides)


def raises_to(rule: Rule) -> Severity | None:
    """Return to which severity a rule of absence rises."""
    assert isinstance(rule.detector, OverdueSpec)
    return rule.detector.raise_to


def test_a_profile_changes_what_it_names() -> None:
    """What it does not name is as in the rule, and no other profile comes in."""
    base = rule_of(text_of())
    pilkades, pemilu = rule_of(profiled("pilkades")), rule_of(profiled("pemilu"))
    assert (Severity.LOW, "Desa: {place}") == (pilkades.severity, pilkades.texts.title.id)
    assert (base.texts.title.en, base.detector) == (pilkades.texts.title.en, pilkades.detector)
    assert (Severity.MEDIUM, Severity.CRITICAL) == (pemilu.severity, raises_to(pemilu))


def test_without_a_profile_of_that_name_the_rule_is_as_it_stands() -> None:
    """A rule that says nothing of a kind of election is the same in it."""
    assert rule_of(text_of()) == rule_of(profiled("pilkada"))


def test_one_draft_gives_every_profile() -> None:
    """A pack is read once; which profile is wanted is asked later."""
    draft = draft_of(profiled("pilkada"))
    found = [draft.pack(one).rules[0].severity for one in ("pilkada", "pilkades", "pemilu")]
    assert [Severity.MEDIUM, Severity.LOW, Severity.MEDIUM] == found


def test_an_override_lies_on_top_of_a_profile() -> None:
    """The election's own word is the last; what it does not name stays the profile's."""
    found = rule_of(profiled("pilkades", override="overrides: {T03: {severity: high}}"))
    assert (Severity.HIGH, "Desa: {place}") == (found.severity, found.texts.title.id)


PROFILE_FAULTS: Final = {
    "a field that nobody knows": (
        "profiles:\n  pemilu:\n    boss: x\n",
        f"{LINE + 2}: boss: found `boss`, expected one of",
    ),
    "a value of another kind": (
        "profiles:\n  pemilu: {severity: merah}\n",
        f"{LINE + 1}: severity: found 'merah', expected one of",
    ),
    "what is wrong across fields": (
        "profiles:\n  pemilu:\n    texts:\n      title: {id: '{tempat}'}\n",
        f"{LINE + 3}: texts.title: found {{tempat}}, expected one of {KNOWN}",
    ),
    "no fields": (
        "profiles:\n  pemilu: high\n",
        f"{LINE + 1}: profiles.pemilu: expected fields as `severity: high`",
    ),
    "another id": (
        "profiles:\n  pemilu:\n    severity: low\n    id: T04\n",
        f"{LINE + 3}: profiles.pemilu.id: a profile keeps the id of its rule",
    ),
    "tests": (
        "profiles:\n  pemilu:\n    tests: []\n",
        (
            f"{LINE + 2}: profiles.pemilu.tests: tests stand beside `profiles`; "
            "`world: {kind: pilkades}` in one says what it is about"
        ),
    ),
    "profiles": (
        "profiles:\n  pemilu:\n    profiles: {pilkades: {severity: low}}\n",
        f"{LINE + 2}: profiles.pemilu.profiles: expected the fields that differ in this profile",
    ),
    "a name that is misspelt": (
        "profiles:\n  pemilu: {severity: low}\n  pilkadez: {severity: low}\n",
        (
            f"{LINE + 2}: profiles.pilkadez: no such profile; "
            "expected one of pilkada, pilkades, pemilu"
        ),
    ),
    "no names": (
        "profiles: [pemilu]\n",
        f"{LINE}: profiles: expected fields as `severity: high`",
    ),
}


@pytest.mark.parametrize(("profiles", "told"), PROFILE_FAULTS.values(), ids=PROFILE_FAULTS)
@pytest.mark.parametrize("profile", ["pilkada", "pemilu"])
def test_a_fault_in_a_profile_is_told_whichever_is_chosen(
    profiles: str, told: str, profile: str
) -> None:
    """Or it would be found on the day on which the profile is used first."""
    with pytest.raises(ConfigError) as refused:
        read_pack(profiled(profile, profiles))
    assert str(refused.value).startswith(f"rules/T03.yaml:{told}")


def test_a_profile_without_fields_differs_in_nothing() -> None:
    """As one whose differences have been taken away."""
    assert rule_of(text_of()) == rule_of(profiled("pilkades", "profiles:\n  pilkades:\n"))


def test_an_override_that_no_longer_fits_a_profile_is_told() -> None:
    """Even where another profile is chosen."""
    override = "overrides:\n  T03:\n    detector: {raise_to: null}\n"
    with pytest.raises(ConfigError, match=r"detector\.watches\[0\]: rises without"):
        read_pack(profiled("pilkada", override=override))


def test_the_tests_of_a_rule_come_with_it_in_every_profile() -> None:
    """A test says itself which kind of election it is about."""
    text = with_tests('  - {name: a, until: "08:00", expect: []}\n')
    for profile in ("pilkada", "pilkades"):
        [case] = rule_of(replace(text, profile=profile)).tests
        assert "a" == case.name


def test_the_lexicon_is_read_with_the_pack() -> None:
    """A fault in it is told before the first text comes: of form, and of what it is about."""
    text = text_of({"lexicon.yaml": LEXICON})
    assert PackFile("lexicon.yaml", LEXICON) == read_pack(text).lexicon
    with pytest.raises(
        ConfigError, match=r"^lexicon\.yaml:1: expected `spellings`.*\n.*:3: boss: "
    ):
        read_pack(text_of({"lexicon.yaml": LEXICON.replace("spellings", "boss")}))
    told = r"^lexicon\.yaml: categories\.INT-09: expected a category of the taxonomy$"
    with pytest.raises(ConfigError, match=told):
        read_pack(text_of({"lexicon.yaml": LEXICON.replace("INT-01", "INT-09")}))


def test_a_pack_may_be_without_a_lexicon() -> None:
    """A person classifies the texts."""
    assert read_pack(text_of()).lexicon is None


def test_the_hash_of_a_pack_is_stable() -> None:
    """The same texts have the same one, wherever and whenever it is computed."""
    text = PackText("uji", "pilkada", (PackFile("taxonomy.yaml", "a: 1\n"),))
    told = (
        b'{"name":"uji","profile":"pilkada",'
        b'"files":[{"name":"taxonomy.yaml","text":"a: 1\\n"}],"overrides":[]}'
    )
    assert sha256(told).hexdigest() == content_hash(text)
    assert re.fullmatch(r"[0-9a-f]{64}", content_hash(text_of()))
    assert content_hash(text_of()) == content_hash(text_of())


HASHED: Final = {
    "the name": replace(text_of(), name="lain"),
    "the profile": text_of(profile="pilkades"),
    "a letter of a file": text_of({"rules/T03.yaml": f"{OVERDUE} "}),
    "a file more": text_of({"notes.yaml": "a: 1"}),
    "the name of a file": replace(
        text_of(), files=(*text_of().files[:-1], replace(text_of().files[-1], name="rules/X.yaml"))
    ),
    "an override": replace(text_of(), overrides=(PackFile("rules/own.yaml", ""),)),
    "whether a file is one of the pack": replace(
        text_of(), files=text_of().files[:-1], overrides=text_of().files[-1:]
    ),
}


@pytest.mark.parametrize("other", HASHED.values(), ids=HASHED)
def test_the_hash_changes_with_all_that_a_pack_is_made_of(other: PackText) -> None:
    """Two packs with one hash would be taken for one."""
    assert content_hash(text_of()) != content_hash(other)
