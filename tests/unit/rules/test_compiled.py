"""A pack made ready: thresholds by class, and each rule beside what it listens to."""

from typing import Final

import pytest

from streams.domain.alert import Text
from streams.domain.times import MINUTE_MS
from streams.domain.words import TPS_CLASSES, Severity, TpsClass
from streams.rules.compiled import minutes_text
from streams.rules.compiling import compile_pack
from streams.rules.reading import read_pack
from streams.rules.specs import Anchor, Listens
from tests.support.world import changed_pack, pack, rules

CATEGORIES: Final = {
    # category: rule, key, thresholds by class, classes of sources
    "KAM-01": ("W01", "KAM-01", (3, 3, 2, 3), 1),
    "KAM-02": ("W01", "KAM-02", (2, 2, 1, 2), 1),
    "KAM-04": ("W01", "KAM-04", (0, 0, 0, 0), 1),
    "KAM-06": ("W01", "KAM-06", (0, 0, 0, 0), 1),
    "INT-01": ("W04", "", (3, 2, 2, 2), 1),
    "INT-02": ("W04", "", (3, 2, 2, 2), 1),
}


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_category_is_judged_by_its_rule(category: str) -> None:
    """The rule's number wins over the taxonomy's, which is one easier for sangat_rawan."""
    [rule] = rules().score[category]
    assert CATEGORIES[category] == (
        rule.head.rule.id,
        rule.key,
        rule.limits.thresholds,
        rule.limits.classes_min,
    )


def test_a_category_without_a_rule_is_in_no_rule() -> None:
    """It is for a person to look at."""
    assert "UMM-01" not in rules().score


def test_two_kinds_of_source_are_asked_for_whatever_the_rule_says() -> None:
    """`2k` of the taxonomy always holds (contract §4)."""
    text = changed_pack("categories: [INT-01, INT-02]", "categories: [INT-01, KAM-10]")
    [rule] = compile_pack(read_pack(text)).score["KAM-10"]
    assert 2 == rule.limits.classes_min


def test_one_level_easier_is_never_below_one() -> None:
    """KAM-02 needs 2, so 1; a category that needs 1 still needs 1; a c0 stays a c0."""
    text = changed_pack("KAM-06, KAM-07]", "KAM-06, KAM-07, UMM-01]")
    [rule] = compile_pack(read_pack(text)).score["UMM-01"]
    assert (1, 1, 1, 1) == rule.limits.thresholds


def test_limits_and_rises_are_milliseconds_by_class() -> None:
    """Twice the limit is one limit after the deadline."""
    [tps] = [rule for rule in rules().overdue_tps if rule.head.rule.id == "T07"]
    [pair] = rules().overdue_pair
    assert [90, 60, 30, 60] == [ms // MINUTE_MS for ms in tps.limits_ms]
    assert [45, 30, 15, 30] == [(ms or 0) // MINUTE_MS for ms in pair.raise_after_ms]
    assert (Severity.HIGH, Listens.ANY) == (tps.raise_to, tps.messages)


def test_a_rule_that_does_not_rise_has_no_time_for_it() -> None:
    """T03 and T06."""
    others = [rule for rule in rules().overdue_tps if rule.head.rule.id != "T07"]
    assert [(None,) * 4, (None,) * 4] == [rule.raise_after_ms for rule in others]


def test_watching_begins_with_the_plan_or_with_a_status() -> None:
    """T03 waits from the hour of opening, the others from what a TPS says."""
    t03, t06, t07 = rules().overdue_tps
    begins = [set(one.begins.kinds) for one in (t03, t06, t07)]
    assert [set(), {"suspended"}, {"opened"}] == begins
    assert [Anchor.OPENS_AT, None, None] == [one.since for one in (t03, t06, t07)]
    assert {"closed", "postponed"} == set(t07.ends.kinds)


def test_a_rule_of_one_event_listens_to_it() -> None:
    """W02 to a call for help, and to nothing else."""
    [rule] = rules().condition_officer
    assert ("W02", {"duress"}) == (rule.head.rule.id, set(rule.happens.kinds))
    assert [{"checkin"}, {"confirm_identity"}] == [set(end.kinds) for end in rule.ends]
    assert {"duress", "checkin", "confirm_identity"} == rule.kinds


def test_a_shadow_is_not_judged() -> None:
    """Its author sees what it would say; nobody is told, and its open alerts end as if it went."""
    compiled = compile_pack(read_pack(changed_pack("maturity: stable", "maturity: shadow")))
    assert ((), (), (), {}, ()) == (
        compiled.pack.rules,
        compiled.overdue_tps,
        compiled.overdue_pair,
        compiled.score,
        compiled.condition_officer,
    )


def test_a_shadow_that_is_asked_for_is_judged() -> None:
    """As if it were stable; the others stay out."""
    shadows = read_pack(changed_pack("maturity: stable", "maturity: shadow"))
    compiled = compile_pack(shadows, {"T03", "W02"})
    assert ["T03", "W02"] == [rule.id for rule in compiled.pack.rules]
    assert ["T03"] == [one.head.rule.id for one in compiled.overdue_tps]
    assert ["W02"] == [one.head.rule.id for one in compiled.condition_officer]
    assert ((), {}) == (compiled.overdue_pair, compiled.score)


def test_ladders_may_depend_on_the_class() -> None:
    """The first is climbed, the others are told at opening."""
    head = rules().overdue_tps[0].head
    assert [("ADM", ()), ("ADM", ()), ("OPS", ("ADM",)), ("ADM", ())] == [
        head.ladders(one) for one in TPS_CLASSES
    ]
    assert Severity.HIGH is head.severity(TpsClass.SANGAT_RAWAN)
    assert (30 * MINUTE_MS, None) == (head.quiet_ms, head.act_by_ms)


def test_an_acknowledgement_may_have_a_limit() -> None:
    """After which it lapses."""
    text = changed_pack("maturity: stable", "maturity: stable\nact_by: 20m", 1)
    head = compile_pack(read_pack(text)).overdue_tps[0].head
    assert 20 * MINUTE_MS == head.act_by_ms


@pytest.mark.parametrize(("minutes", "text"), [(20, "20"), (7.5, "7.5"), (0, "0")])
def test_spans_are_written_as_people_write_them(minutes: float, text: str) -> None:
    """Without a fraction where there is none."""
    assert Text(text.replace(".", ","), text) == minutes_text(round(minutes * MINUTE_MS))


def test_a_compiled_pack_keeps_its_taxonomy() -> None:
    """Triage and titles need the names of categories."""
    assert pack().taxonomy == rules().pack.taxonomy
