"""Counts of a TPS: forms that cannot be, counts that fell, sides that disagree."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.alert import Alert
from streams.domain.effects import RuleFault
from streams.domain.events import Ballots, CommandKind, Source, VoteCount, Voters
from streams.domain.forms import CAMPS_MAX
from streams.domain.words import Role
from streams.judge.state import PartitionState
from streams.judge.world import Watched, World
from tests.support.events import command
from tests.support.restarts import story_in_one_go, story_with_restarts
from tests.support.station import (
    PTPS,
    WITNESS,
    correcting,
    count,
    provisional,
    saying,
    sent_by,
    short_of_ballots,
)
from tests.support.stories import (
    Item,
    Told,
    alerts_of,
    at,
    brief,
    journal,
    judge,
    judge_into,
    lines_of,
    name_of,
    named,
    of_election,
    only,
    said,
    story,
)
from tests.support.world import ELECTION, KR, UNKNOWN, every_rule, plan, whole_world

DAY: Final = whole_world()
TWO: Final = at("14:00")
TEN_PAST: Final = at("14:10")
PPK: Final = Source("ppk", Role.PPK)
CITIZEN: Final = Source("w1", Role.WARGA)


def telling(told: Told, valid: int = 0, invalid: int = 0, used: int = 0) -> Told:
    """Let a count tell more numbers; 0: it does not."""
    if valid:
        told = saying(told, valid=valid)
    if invalid:
        told = saying(told, invalid=invalid)
    return saying(told, ballots=Ballots(used=used)) if used else told


def alerts(*items: Item) -> dict[str, Alert]:
    """Return the alerts of a day."""
    return alerts_of(judge(journal(*items), DAY))


FORMS: Final[dict[str, tuple[Told, list[str]]]] = {
    "everything adds up": (telling(count(KR, 120, 98), 218, 5, 223), []),
    "nothing is told beside the votes": (count(KR, 120, 98), []),
    "the votes are more than are valid": (
        telling(count(KR, 120, 98), 217),
        ["V01@KR|bupati:votes"],
    ),
    "a slip of three in a provisional form": (
        provisional(telling(count(KR, 120, 98), 215)),
        [],
    ),
    "ballots that nobody used": (
        telling(count(KR, 120, 98), 218, 5, 224),
        ["V01@KR|bupati:used"],
    ),
    "voters who did not vote": (
        saying(telling(count(KR, 120, 98), 218, 5, 223), voters=Voters(dpt=220, dptb=1, dpk=1)),
        ["V01@KR|bupati:voters"],
    ),
    "ballots that are gone": (
        saying(count(KR, 120, 98), ballots=Ballots(423, 218, 0, 200)),
        ["V01@KR|bupati:received"],
    ),
    "less than nothing": (count(KR, -1, 98), ["V02@KR|bupati"]),
    "more votes than ballots": (short_of_ballots(count(KR, 120, 98)), ["V02@KR|bupati"]),
    "more votes than voters and reserve": (count(KR, 224, 200), ["V02@KR|bupati"]),
    "as many as voters and reserve": (count(KR, 223, 200), []),
    "an unknown TPS has no list": (count(UNKNOWN, 315, 300), []),
    "but it has a limit": (count(UNKNOWN, 316, 300), ["V02@UNKNOWN|bupati"]),
}


@pytest.mark.parametrize(("told", "names"), FORMS.values(), ids=FORMS)
def test_what_a_form_must_fulfil(told: Told, names: list[str]) -> None:
    """Each sum where both sides are told, each limit by what the form and the plan say."""
    found = [name_of(line) for line in lines_of(judge(journal(TWO, told), DAY))]
    assert names == [name for name in found if name.startswith(("V01", "V02"))]


ENDS: Final[dict[str, tuple[list[Item], list[str]]]] = {
    "a later form of that side is well": (
        [count(KR, 120, 98)],
        ["14:00 opened", "14:10 returned"],
    ),
    "a later form of another side says nothing of it": (
        [count(KR, 120, 98, PTPS)],
        ["14:00 opened"],
    ),
    "a correction of that side takes its place": (
        [said("13:59", correcting("f1", count(KR, 120, 98)))],
        ["14:00 opened", "14:10 returned"],
    ),
    "an older form of that side says nothing": (
        [said("13:59", count(KR, 120, 98))],
        ["14:00 opened"],
    ),
    "another side has it too": (
        [short_of_ballots(count(KR, 120, 98, PTPS)), at("14:12"), count(KR, 120, 98)],
        ["14:00 opened"],
    ),
    "of another contest": ([count(KR, 120, 98, of="gubernur")], ["14:00 opened"]),
}


@pytest.mark.parametrize(("items", "told"), ENDS.values(), ids=ENDS)
def test_it_holds_while_the_latest_form_of_any_side_fails(
    items: list[Item], told: list[str]
) -> None:
    """Sides are organisers, supervisors, police, each camp, citizens."""
    day = [TWO, named("f1", short_of_ballots(count(KR, 120, 98))), TEN_PAST, *items, at("14:13")]
    assert told == story(*day, of="V02@KR|bupati", world=DAY)
    assert story_in_one_go(*day, world=DAY) == story_with_restarts(*day, world=DAY)


FALLS: Final[dict[str, tuple[list[Item], list[str]]]] = {
    "fewer than before": ([count(KR, 90, 98)], ["14:10 opened"]),
    "as many as before": ([count(KR, 120, 99)], []),
    "fewer on another side": ([count(KR, 90, 98, WITNESS)], []),
    "and as many again": (
        [count(KR, 90, 98), at("14:12"), count(KR, 120, 98)],
        ["14:10 opened", "14:12 returned"],
    ),
    "put right by the organisers": ([correcting("f1", count(KR, 90, 98, PPK))], []),
    "an earlier form that comes late had more": (
        [said("13:50", count(KR, 150, 90))],
        ["14:10 opened"],
    ),
}


@pytest.mark.parametrize(("items", "told"), FALLS.values(), ids=FALLS)
def test_a_count_only_grows(items: list[Item], told: list[str]) -> None:
    """Of each candidate, on each side; a correction begins anew."""
    day = [TWO, named("f1", count(KR, 120, 98)), TEN_PAST, *items, at("14:13")]
    assert told == story(*day, of="V04@KR|bupati:01", world=DAY)


CLASHES: Final[dict[str, tuple[list[Item], list[str]]]] = {
    "they agree": ([count(KR, 120, 98, WITNESS)], []),
    "other votes, the same winner": ([count(KR, 119, 98, WITNESS)], ["14:10 opened medium"]),
    "another winner": ([count(KR, 120, 130, WITNESS)], ["14:10 opened high"]),
    "a tie has two winners": ([count(KR, 120, 120, WITNESS)], ["14:10 opened high"]),
    "not a final yet": ([provisional(count(KR, 119, 98, WITNESS))], []),
    "a citizen is no side of it": ([count(KR, 119, 98, CITIZEN)], []),
    "the winner is agreed upon": (
        [count(KR, 120, 130, WITNESS), at("14:12"), count(KR, 119, 98, WITNESS)],
        ["14:10 opened high", "14:12 lowered medium"],
    ),
    "all is agreed upon": (
        [count(KR, 119, 98, WITNESS), at("14:12"), count(KR, 120, 98, WITNESS)],
        ["14:10 opened medium", "14:12 returned medium"],
    ),
    "the winner becomes another": (
        [count(KR, 119, 98, WITNESS), at("14:12"), count(KR, 119, 130, PTPS)],
        ["14:10 opened medium", "14:12 raised high"],
    ),
}


@pytest.mark.parametrize(("items", "told"), CLASHES.values(), ids=CLASHES)
def test_the_finals_of_all_sides_must_agree(items: list[Item], told: list[str]) -> None:
    """What differs is told, and is graver where it changes who has won."""
    day = journal(TWO, count(KR, 120, 98), TEN_PAST, *items, at("14:13"))
    lines = [line for line in lines_of(judge(day, DAY)) if name_of(line) == "V06@KR|bupati"]
    assert told == [f"{brief(line)} {line.severity}" for line in lines]


def test_an_alert_rests_on_both_forms_as_they_stand_now() -> None:
    """A witness who counts once more, and still disagrees, is its evidence."""
    day = [TWO, named("k1", count(KR, 120, 98)), named("s1", count(KR, 110, 98, WITNESS))]
    assert ["k1", "s1"] == [one.id for one in alerts(*day)["V06@KR|bupati"].evidence]
    day += [TEN_PAST, named("s2", count(KR, 111, 98, WITNESS))]
    later = alerts(*day)["V06@KR|bupati"]
    assert (["k1", "s2"], 1) == ([one.id for one in later.evidence], later.revision)


def test_two_senders_of_one_id_are_two_forms() -> None:
    """Ids are unique within a source only."""
    other = Source("saksi-b", Role.SAKSI, camp="01")
    day = [TWO, count(KR, 120, 98), named("1", count(KR, 110, 98, WITNESS)), TEN_PAST]
    before = alerts(*day)["V06@KR|bupati"].evidence[-1]
    after = alerts(*day, named("1", count(KR, 110, 97, other)))["V06@KR|bupati"].evidence[-1]
    assert (WITNESS.id, other.id) == (before.source, after.source)


def test_what_a_side_said_that_had_to_make_room_holds_no_more() -> None:
    """So many camps count that the last one by name is forgotten."""
    last = Source("z", Role.SAKSI, camp="zz")
    day: list[Item] = [TWO, count(KR, 120, 98, last)]
    only_first = saying(count(KR, 0, 0, last), votes={"01": 90})
    day += [at("14:01"), only_first, TEN_PAST]
    crowd = [Source(f"s{n:02}", Role.SAKSI, camp=f"c{n:02}") for n in range(CAMPS_MAX)]
    day += [saying(count(KR, 0, 0, one), votes={"02": 98}) for one in crowd]
    told = story(*day, at("14:11"), of="V04@KR|bupati:01", world=DAY)
    assert ["14:01 opened", "14:10 returned"] == told


def test_a_person_who_resolves_it_is_not_asked_about_it_again() -> None:
    """Until it has been put right once."""
    wrong, right = short_of_ballots(count(KR, 120, 98)), count(KR, 120, 98)
    day = [TWO, wrong, at("14:01"), command(CommandKind.RESOLVE, "V02@KR|bupati", "chief")]
    day += [at("14:05"), named("f2", wrong)]
    assert ["14:00 opened", "14:01 resolved"] == story(*day, of="V02@KR|bupati", world=DAY)
    day += [TEN_PAST, right, at("14:11"), named("f3", wrong)]
    assert "14:11 reopened" == story(*day, of="V02@KR|bupati", world=DAY)[-1]


def test_a_drill_counts_apart() -> None:
    """What is played agrees or disagrees with what is played."""
    played = of_election(f"{ELECTION}#drill-gladi", count(KR, 1, 2, WITNESS))
    assert "V06@KR|bupati" not in alerts(TWO, count(KR, 120, 98), played)


def test_who_counts_for_somebody_else_is_of_that_side() -> None:
    """An operator passes on what the supervisor says by telephone."""
    relayed = Source("desk", Role.OPERATOR, relayed=Role.PTPS)
    day = [TWO, count(KR, 120, 98), sent_by(relayed, count(KR, 119, 98))]
    assert "V06@KR|bupati" in alerts(*day)
    assert isinstance(day[1], Told)
    assert isinstance(day[1].event, VoteCount)


def test_a_text_that_names_what_nobody_knows_fails_that_rule_alone() -> None:
    """The form is kept, the other rules judge it, and somebody is told of the fault."""
    pack = every_rule()
    [first, *others] = pack.counts.forms
    texts = first.head.rule.texts
    broken = replace(texts, title=replace(texts.title, id="{ballots}"))
    head = replace(first.head, rule=replace(first.head.rule, texts=broken))
    counts = replace(pack.counts, forms=(replace(first, head=head), *others))
    rules = replace(pack, counts=counts)
    state = PartitionState(0, World({ELECTION: Watched.of(plan(), rules)}))
    wrong = telling(short_of_ballots(count(KR, 120, 98, of="gubernur")), 1)
    effects = judge_into(state, journal(TWO, wrong, TEN_PAST))
    [fault] = only(effects, RuleFault)
    assert ("V01", KR, "KeyError: 'ballots'") == (fault.rule, fault.scope, fault.detail)
    assert ["V02"] == [line.rule for line in lines_of(effects) if line.rule.startswith("V0")][:1]
