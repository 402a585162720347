"""The crowd and an officer speak against each other (W07), until a second officer has looked.

A supervisor's report is enough evidence; A1 and B1 are officers.
"""

from typing import Final

import pytest

from streams.domain.alert import Alert
from streams.domain.events import CommandKind, StatusKind
from streams.domain.ids import AreaCode
from streams.domain.words import Role, Situation
from streams.judge.state import PartitionState
from tests.support.events import ack, all_well, command, correction, heartbeat, report, status
from tests.support.restarts import story_in_one_go, story_with_restarts
from tests.support.station import saying, unrest
from tests.support.stories import (
    Item,
    Told,
    alerts_of,
    at,
    journal,
    judge,
    judge_into,
    named,
    of_election,
    said,
    story,
)
from tests.support.world import DESA, ELECTION, KR, KR2, SR, R, whole_world

DAY: Final = whole_world()
WORDS: Final = "W07@DESA|KAM-08"
DRILL: Final = f"{ELECTION}#drill-gladi"


def calm(place: AreaCode = KR, by: str = "A1") -> Told:
    """An officer says that all is well."""
    return all_well(status(StatusKind.HEARTBEAT, place, Role.PAM_TPS, by))


def trouble(place: AreaCode = KR, by: str = "B1") -> Told:
    """An officer says that something is wrong."""
    word = status(StatusKind.HEARTBEAT, place, Role.PAM_TPS, by)
    return saying(word, situation=Situation.GANGGUAN)


def crowd(place: AreaCode = KR, by: str = "ptps") -> Told:
    """A supervisor speaks of a crowd that pushes."""
    return report("KAM-08", place, by, Role.PTPS)


NINE: Final[list[Item]] = [at("09:00"), crowd(), at("09:10")]
WATCHFUL: Final = saying(calm(), situation=Situation.WASPADA)

STORIES: Final[dict[str, tuple[list[Item], list[str]]]] = {
    # a supervisor has reported of KR at 09:00; it is 09:10
    "an officer there says that all is well": ([calm()], ["09:10 opened"]),
    "an officer who is watchful contradicts nobody": ([WATCHFUL], []),
    "an officer who agrees contradicts nobody": ([trouble()], []),
    "an officer elsewhere in the desa knows nothing of it": ([calm(SR)], []),
    "an officer speaks of the whole desa": (
        [all_well(report("", DESA, "A1", Role.POLSEK, text="aman terkendali"))],
        ["09:10 opened"],
    ),
    "an officer of another desa": ([calm(KR2)], []),
    "his word came half an hour later": ([at("09:30"), calm()], ["09:30 opened"]),
    "his word came later than that": ([at("09:30:01"), calm(), at("09:31")], []),
    "his word was late, and of that time": (
        [at("09:50"), said("09:20", calm()), at("09:51")],
        ["09:50 opened"],
    ),
    "his newest word counts": (
        [said("09:05", calm()), at("09:12"), trouble(by="A1"), at("09:13")],
        ["09:10 opened"],
    ),
    "a second officer has looked": (
        [calm(), at("09:12"), calm(by="B1"), at("09:13")],
        ["09:10 opened", "09:12 returned"],
    ),
    "a second officer has seen it": (
        [calm(), at("09:12"), trouble(), at("09:13")],
        ["09:10 opened", "09:12 returned"],
    ),
    "the same officer decides nothing": (
        [calm(), at("09:12"), calm(), trouble(by="A1"), at("09:13")],
        ["09:10 opened"],
    ),
    "a second officer who is only watchful": (
        [calm(), at("09:12"), saying(calm(by="B1"), situation=Situation.WASPADA), at("09:13")],
        ["09:10 opened"],
    ),
    "a second officer elsewhere": (
        [calm(), at("09:12"), calm(SR, "B1"), at("09:13")],
        ["09:10 opened"],
    ),
    "a second officer who spoke before": (
        [calm(), at("09:12"), said("09:09", calm(by="B1")), at("09:13")],
        ["09:10 opened"],
    ),
    "what was decided is over": (
        [calm(), at("09:12"), calm(by="B1"), at("09:14"), calm(), at("09:15")],
        ["09:10 opened", "09:12 returned"],
    ),
    "the crowd says it again afterwards": (
        [
            *(calm(), at("09:12"), calm(by="B1"), at("09:14")),
            *(crowd(by="other"), at("09:15"), calm(by="A1"), at("09:16")),
        ],
        ["09:10 opened", "09:12 returned", "09:14 reopened", "09:15 returned"],
    ),
    "a second officer saw it then, and what is said since is contradicted as well": (
        [
            *(calm(), at("09:12"), crowd(by="other"), at("09:13"), calm()),
            *(at("09:14"), said("09:11", trouble()), at("09:14:30"), trouble(), at("09:15")),
        ],
        ["09:10 opened", "09:14:30 returned"],
    ),
    "what a second officer has seen is decided, and contradicted by no older word": (
        [calm(), at("09:12"), trouble(), at("09:14"), crowd(by="other"), at("09:16")],
        ["09:10 opened", "09:12 returned"],
    ),
    "a person resolves it, and nothing new is said": (
        [calm(), command(CommandKind.RESOLVE, WORDS), at("09:20"), calm(), at("09:21")],
        ["09:10 opened", "09:10 resolved"],
    ),
    "somebody has taken it, and a second officer has looked": (
        [calm(), ack(WORDS), at("09:12"), calm(by="B1"), at("09:13")],
        ["09:10 opened", "09:10 acknowledged", "09:12 resolved"],
    ),
    "what is played contradicts nobody": ([of_election(DRILL, calm())], []),
}


@pytest.mark.parametrize(("items", "told"), STORIES.values(), ids=STORIES)
def test_who_is_right_a_second_officer_says(items: list[Item], told: list[str]) -> None:
    """Never averaged; a takeover at any time changes nothing."""
    day = [*NINE, *items]
    assert told == story(*day, of=WORDS, world=DAY)
    assert story_in_one_go(*day, world=DAY) == story_with_restarts(*day, world=DAY)


@pytest.mark.parametrize("role", [Role.POLSEK, Role.BHABINKAMTIBMAS, Role.SYSTEM])
def test_police_and_programs_are_no_crowd(role: Role) -> None:
    """Two officers who see it differently are another matter."""
    day = [at("09:00"), *(report("KAM-08", KR, by, role) for by in "abcd"), at("09:10"), calm()]
    assert [] == story(*day, of=WORDS, world=DAY)


def of_his_own(event_id: str) -> Told:
    """An officer takes back what he said."""
    return saying(status(StatusKind.HEARTBEAT, KR, Role.PAM_TPS, "A1"), corrects=event_id)


BACK: Final[dict[str, tuple[list[Item], list[str]]]] = {
    "his word": (
        [crowd(), at("09:10"), named("a", calm()), at("09:12"), of_his_own("a")],
        ["09:10 opened", "09:12 returned"],
    ),
    "somebody else cannot": (
        [crowd(), at("09:10"), named("a", calm()), at("09:12"), correction("a", heartbeat(KR))],
        ["09:10 opened"],
    ),
    "his word, and another officer's stands": (
        [
            *(said("08:58", calm(by="B1")), named("a", said("08:59", calm())), crowd()),
            *(at("09:02"), of_his_own("a")),
        ],
        ["09:00 opened", "09:05 escalated"],
    ),
    "his word, before it came": (
        [crowd(), at("09:12"), of_his_own("a"), at("09:13"), said("09:10", named("a", calm()))],
        [],
    ),
}


@pytest.mark.parametrize(("items", "told"), BACK.values(), ids=BACK)
def test_what_is_taken_back_was_never_said(items: list[Item], told: list[str]) -> None:
    """Whichever of the two comes first."""
    day = [at("09:00"), *items, at("09:14")]
    assert told == story(*day, of=WORDS, world=DAY)


def test_a_disturbance_that_is_taken_back_was_never_said() -> None:
    """A status `gangguan` of the KPPS is a word of the crowd, of UMM-01."""
    day = [at("09:00"), named("g", unrest(KR)), at("09:01"), report("UMM-01", KR, "k", Role.KPPS)]
    day += [at("09:10"), calm(), at("09:12"), correction("g", heartbeat(KR)), at("09:13")]
    told = story(*day, of="W07@DESA|UMM-01", world=DAY)
    assert ["09:10 opened", "09:12 returned"] == told


def alert_of(*items: Item) -> Alert:
    """Return the alert of the two words."""
    return alerts_of(judge(journal(*items), DAY))[WORDS]


def test_the_evidence_is_both_words() -> None:
    """What the crowd said, then the officer."""
    alert = alert_of(at("09:00"), named("r", crowd()), at("09:10"), named("a", calm()))
    assert ["r", "a"] == [one.id for one in alert.evidence]
    assert "an officer reported calm at 09:10" in alert.summary.en
    assert {"officer_says_calm": "09:10"} == {
        why.check: why.value for why in alert.why if not why.holds
    }


def test_words_are_kept_by_place_and_officer() -> None:
    """Of each the newest, whichever comes later."""
    state = PartitionState(0, DAY)
    day = [at("09:00"), calm(), trouble(R, "A1"), at("09:02"), said("08:50", trouble(KR, "A1"))]
    judge_into(state, journal(*day, calm(KR, "B1")))
    found = {
        key[1]: [(w.source, w.situation) for w in row.words] for key, row in state.words.items()
    }
    assert {KR: [("A1", "aman"), ("B1", "aman")], R: [("A1", "gangguan")]} == found
