"""Who is named in a village: never a body of KPU or Bawaslu, which have no part in a pilkades.

And the other way round: where they have, nobody is sent to the village's own.
"""

import re
from collections.abc import Iterator
from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.alert import Text
from streams.domain.effects import AlertShown
from streams.rules.area_specs import DossierSpec
from streams.rules.cases import CaseWorld
from streams.rules.pack import Pack, PackFile, Rule
from streams.rules.profiles import profiles_of
from streams.rules.reading import draft_of, read_pack
from streams.rules.taxonomy import taxonomy_of
from streams.rules.yaml_text import read_yaml
from streams.setup import load_pack, pack_text
from streams.territory.plan import ElectionKind
from tests.support.rule_days import day_with
from tests.support.stories import only

KPU_AND_BAWASLU: Final = re.compile(
    r"(?<![a-z])(kpu|kpps|ppk|pps|sirekap|c\.hasil|kwk|bawaslu|panwas\w*|ptps|pengawas tps"
    r"|gakkumdu|dkpp)(?![a-z])",
    re.IGNORECASE,
)
"""Bodies and forms of a pilkada or pemilu. Source: domain §2 on pilkades; contract §1, ladders."""
OF_A_VILLAGE: Final = re.compile(
    r"(?<![a-z])(camat|panitia[ _]kab(upaten)?|bpd|satreskrim)(?![a-z])", re.IGNORECASE
)
"""Bodies that decide in a pilkades alone."""
NEVER_IN_A_VILLAGE: Final = frozenset({"V09"})
"""Without a second candidate nobody votes, so no column is empty. Source: UU 3/2024 art. 34A."""
ELSEWHERE: Final = ("pilkada", "pemilu")
VILLAGE: Final = load_pack("siaga", "pilkades")


def words_of(rule: Rule) -> Iterator[str]:
    """Yield all that people read of a rule, and all whom it tells."""
    texts: tuple[Text, ...] = (rule.texts.title, rule.texts.summary, rule.texts.action)
    for text in (*texts, *rule.false_positives):
        yield from (text.id, text.en)
    yield from (*rule.route, rule.starts_at)


def naming(pack: Pack, bodies: re.Pattern[str]) -> set[str]:
    """Return the rules and categories of a pack that name one of some bodies."""
    named = {
        rule.id
        for rule in pack.rules
        if rule.id not in NEVER_IN_A_VILLAGE and any(map(bodies.search, words_of(rule)))
    }
    return named | {
        code
        for code, one in pack.taxonomy.items()
        if any(map(bodies.search, (one.id, one.en, *one.route)))
    }


def test_in_a_village_nobody_is_sent_to_kpu_or_bawaslu() -> None:
    """By no text and by no route."""
    assert set() == naming(VILLAGE, KPU_AND_BAWASLU)


@pytest.mark.parametrize("kind", ELSEWHERE)
def test_elsewhere_nobody_is_sent_to_those_of_a_village(kind: str) -> None:
    """By no text and by no route."""
    assert set() == naming(load_pack("siaga", kind), OF_A_VILLAGE)


CHANGES: Final = {
    "a title": ('overrides: {T07: {texts: {title: {id: "Hubungi Bawaslu"}}}}', "T07"),
    "a summary": ('overrides: {T07: {texts: {summary: {en: "Ask the PPK."}}}}', "T07"),
    "an action": ('overrides: {T07: {texts: {action: {id: "Lihat C.Hasil-KWK."}}}}', "T07"),
    "what is harmless": (
        'overrides: {T07: {false_positives: [{id: "PTPS lupa.", en: "Forgotten."}]}}',
        "T07",
    ),
    "a route": ("overrides: {X01: {route: [pln, kpu]}}", "X01"),
}


@pytest.mark.parametrize(("change", "rule_id"), CHANGES.values(), ids=CHANGES)
def test_a_rule_that_names_them_is_found(change: str, rule_id: str) -> None:
    """Wherever it does."""
    overrides = (PackFile("rules/own.yaml", change),)
    changed = read_pack(replace(pack_text("siaga", "pilkades"), overrides=overrides))
    assert {rule_id} == naming(changed, KPU_AND_BAWASLU)


@pytest.mark.parametrize(
    ("written", "changed"),
    [("route: [polres, damkar]", "route: [polres, gakkumdu]"), ('id: "Pembakaran"', 'id: "KPPS"')],
    ids=["route", "name"],
)
def test_a_category_that_names_them_is_found(written: str, changed: str) -> None:
    """By its route, or by the name that stands in titles."""
    text = pack_text("siaga", "pilkades")
    files = tuple(replace(one, text=one.text.replace(written, changed)) for one in text.files)
    assert {"KAM-05"} == naming(read_pack(replace(text, files=files)), KPU_AND_BAWASLU)


TAXONOMY: Final = next(
    file.text for file in pack_text("siaga", "pilkada").files if file.name == "taxonomy.yaml"
)
UNPROFILED: Final = re.sub(r", profiles: \{.*\}(?=\}$)", "", TAXONOMY, flags=re.MULTILINE)
"""As if nobody had written a word of villages into the categories."""


@pytest.mark.parametrize(
    ("kind", "same"), [("pilkada", True), ("pilkades", False), ("pemilu", True)]
)
def test_the_categories_differ_in_a_village_alone(kind: str, *, same: bool) -> None:
    """Elsewhere they are as they stand without their profiles."""
    now, before = (taxonomy_of(read_yaml("a", text), kind) for text in (TAXONOMY, UNPROFILED))
    assert same == (before == now)


def test_elsewhere_the_texts_of_a_rule_are_those_that_stand_in_it() -> None:
    """But of X06, which has a latest day in a pemilu and in no other."""
    changed = {
        (rule_id, kind)
        for rule_id, source in draft_of(pack_text("siaga", "pilkada")).rules.items()
        for kind in profiles_of(source.base, {})
        if kind in ELSEWHERE
    }
    assert {("X06", "pemilu")} == changed


@pytest.mark.parametrize("kind", ElectionKind)
def test_a_latest_day_is_spoken_of_where_the_law_was_read(kind: ElectionKind) -> None:
    """Or a dossier would say that it is due by "–"."""
    rule = load_pack("siaga", kind).rule("X06")
    assert rule is not None
    assert isinstance(rule.detector, DossierSpec)
    summary = rule.texts.summary
    known = kind in rule.detector.days
    assert (known, known) == ("{latest}" in summary.id, "{latest}" in summary.en)


ROUTES: Final = {"pilkada": ("ptps",), "pilkades": ("panitia_kab",), "pemilu": ("ptps",)}
NAMES: Final = {"pilkades": "Prosedur panitia salah"}


@pytest.mark.parametrize("kind", ROUTES)
def test_an_alert_has_the_name_and_the_route_of_its_kind_of_election(kind: str) -> None:
    """What the taxonomy says of a village comes all the way to who is told."""
    report: dict[str, object] = {"at": "09:00", "report": "PRO-03", "role": "pam_tps"}
    effects = day_with(report, until="09:01", world=CaseWorld(kind=kind))
    [*_, shown] = [one.alert for one in only(effects, AlertShown) if one.alert.rule == "W15"]
    name = NAMES.get(kind, "Prosedur KPPS salah")
    assert (ROUTES[kind], True) == (shown.route, shown.title.id.startswith(f"{name}: "))
