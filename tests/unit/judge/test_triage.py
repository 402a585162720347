"""Matters for a person: what is told of a report that waits, and of one that counts in the end."""

from typing import Final

from msgspec.structs import replace

from streams.domain.effects import Triage, TriageStatus
from streams.domain.ids import digest_id
from streams.domain.journal import Flag
from streams.domain.words import Role
from streams.judge.world import Watched, World
from tests.support.events import report
from tests.support.station import unrest
from tests.support.stories import (
    Item,
    Told,
    at,
    journal,
    judge,
    lines_of,
    named,
    only,
    said,
    triage_of,
)
from tests.support.world import (
    DESA,
    ELECTION,
    KABUPATEN,
    KR,
    SR,
    every_rule,
    local,
    plan,
    whole_world,
)

DAY: Final = whole_world()
NINE: Final = at("09:00")


def told(*items: Item, world: World = DAY) -> list[Triage]:
    """Return what is told of reports that wait for a person."""
    return only(judge(journal(*items), world), Triage)


def unsure(of: Told) -> Told:
    """Let intake doubt the place."""
    return replace(of, flags=(Flag.PLACE_UNSURE,))


def test_a_report_that_waits_says_what_is_known_of_it() -> None:
    """Whose it is, where, of what, since when, and why it waits."""
    [one] = told(NINE, named("r1", report("KAM-01", SR, "w1")))
    assert (TriageStatus.OPEN, "score", "KAM-01", SR, ELECTION, local("09:00")) == (
        one.status,
        one.why,
        one.category,
        one.area,
        one.election,
        one.at,
    )
    assert ("crowd.reports", "r1", "w1") == (
        one.evidence.topic,
        one.evidence.id,
        one.evidence.source,
    )
    assert digest_id(KABUPATEN, "w1", "r1") == one.id


def test_a_report_waits_since_the_later_of_its_times() -> None:
    """A sender whose clock is ahead is believed; one that was slow waits since it was received."""
    [ahead] = told(NINE, said("09:01", report("KAM-01", SR, "w1")))
    [slow] = told(NINE, said("08:55", report("KAM-01", SR, "w1")))
    assert (local("09:01"), local("09:00")) == (ahead.at, slow.at)


def test_a_text_that_is_not_sure_comes_with_suggestions() -> None:
    """The likeliest first; a person decides."""
    [one] = told(NINE, report("", KR, "w1", text="ada ribut ribut di tps"))
    assert ("category", "") == (one.why, one.category)
    assert "KAM-01" in one.suggestions


def test_a_text_without_any_word_that_is_known_has_none() -> None:
    """Nothing is guessed."""
    [one] = told(NINE, report("", KR, "w1", text="selamat pagi pak"))
    assert ("category", ()) == (one.why, one.suggestions)


def test_a_disturbance_in_a_status_can_wait_as_well() -> None:
    """Where its place is no more than a kabupaten."""
    [one] = told(NINE, named("s1", replace(unrest(KR), flags=(Flag.PLACE_UNSURE,))))
    assert ("tps.status", "s1", "place", "UMM-01", ()) == (
        one.evidence.topic,
        one.evidence.id,
        one.why,
        one.category,
        one.candidates,
    )


def test_voices_that_add_up_leave_triage_by_the_rule_that_heard_them() -> None:
    """Each with its own place; the last one counts at once."""
    effects = judge(
        journal(
            NINE,
            named("a", report("LOG-03", DESA, "w1")),
            named("b", report("LOG-03", KR, "w2")),
        ),
        DAY,
    )
    assert ["a open: score", "a confirmed: W15", "b confirmed: W15"] == triage_of(effects)
    [_, confirmed, _] = only(effects, Triage)
    assert (DESA, "LOG-03", digest_id(KABUPATEN, "w1", "a")) == (
        confirmed.area,
        confirmed.category,
        confirmed.id,
    )


def test_what_waits_for_its_place_is_evidence_of_nothing() -> None:
    """A bomb threat somewhere in the kecamatan opens no alert of a desa."""
    effects = judge(journal(NINE, named("r1", unsure(report("KAM-06", DESA, "w1")))), DAY)
    assert (["r1 open: place"], []) == (triage_of(effects), lines_of(effects))


def twice_heard() -> World:
    """Return a world in which two rules hear of riots, one of them content with less."""
    [riot], rules = every_rule().score["KAM-01"], every_rule()
    head = replace(riot.head, rule=replace(riot.head.rule, id="W99"))
    easy = replace(riot, head=head, limits=replace(riot.limits, thresholds=(2.0,) * 4))
    both = replace(rules, score={**rules.score, "KAM-01": (riot, easy)})
    return World({ELECTION: Watched.of(plan(), both)})


def test_a_report_waits_once_whatever_the_number_of_rules() -> None:
    """And not at all where one of them has taken it as evidence."""
    items = [named("a", report("KAM-01", KR, "w1")), named("b", report("KAM-01", KR, "w2"))]
    effects = judge(journal(NINE, *items), twice_heard())
    assert ["a open: score", "a confirmed: W99", "b confirmed: W99"] == triage_of(effects)
    assert ["W99"] == [line.rule for line in lines_of(effects) if line.rule != "X03"]


def test_an_officer_is_enough_where_a_citizen_waits() -> None:
    """What a person must look at depends on who says it."""
    assert ["W01"] == [one.why for one in told(NINE, report("KAM-01", KR, "A1", Role.POLSEK))]
    assert ["score"] == [one.why for one in told(NINE, report("KAM-01", KR, "w1"))]
