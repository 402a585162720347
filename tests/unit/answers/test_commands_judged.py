"""What the judgment makes of answers: the first wins, and later ones change nothing.

`T06@KR` opens at 09:15: a TPS has halted. It is high, so the Polsek is called; at 09:20 the
operations room of the Polres is.
"""

from typing import Final

from msgspec.structs import replace

from streams.answers.asked import Answerer, Asked, Verb
from streams.answers.commands import answer_command
from streams.domain.effects import Effect
from streams.domain.ids import AlertId, AreaCode
from tests.support.events import opened, suspended
from tests.support.stories import (
    Item,
    Told,
    at,
    brief,
    code_of,
    journal,
    judge,
    lines_of,
    name_of,
    replies_of,
)
from tests.support.world import ELECTION, KABUPATEN, KR, local
from tests.unit.answers.asking import POLSEK

HALT: Final = "T06@KR"
MORNING: Final = (at("06:00"), opened(KR), at("09:00"), suspended(KR), at("09:16"))
ASKED: Final = Asked(
    alert=AlertId(code_of(HALT)),
    revision=1,
    told_at=local("09:15"),
    destination=POLSEK,
    climbs=True,
)


def answer(by: str, verb: Verb = Verb.ACK, channel: str = "telegram", revision: int = 1) -> Told:
    """Let somebody answer what was told at 09:15."""
    answerer = Answerer(by, AreaCode(KABUPATEN), ELECTION)
    command = answer_command(verb, replace(ASKED, revision=revision), answerer, channel)
    assert command is not None
    return Told(event=command, place=AreaCode(KABUPATEN), at=ASKED.told_at)


def judged(*items: Item) -> list[Effect]:
    """Judge the morning, and what follows."""
    return judge(journal(*MORNING, *items))


def lines(effects: list[Effect]) -> list[str]:
    """Return what was told of the halt, after its opening."""
    return [brief(line) for line in lines_of(effects) if name_of(line) == HALT][1:]


def test_an_answer_counts_from_when_it_came() -> None:
    """Though it says when it was told: nothing is dated back."""
    effects = judged(at("09:18"), answer("polsek"))
    assert ["09:18 acknowledged"] == lines(effects)
    assert ["done"] == replies_of(effects)


def test_the_first_answer_wins() -> None:
    """The second is refused with a reason, by which its sender can be told; nothing changes."""
    effects = judged(at("09:18"), answer("polsek"), answer("posko"), at("09:30"))
    assert ["09:18 acknowledged"] == lines(effects)
    refused = "an alert that is acknowledged cannot be moved by ack"
    assert ["done", refused] == replies_of(effects)


def test_the_same_answer_twice_is_one() -> None:
    """It is not even refused: the second is the same event."""
    effects = judged(at("09:18"), answer("polsek"), at("09:19"), answer("polsek"), at("09:30"))
    assert ["09:18 acknowledged"] == lines(effects)
    assert ["done"] == replies_of(effects)


def test_sent_up_twice_wakes_one_level() -> None:
    """By a button and by an SMS: the second finds the level told already."""
    sms = answer("polsek", Verb.ESCALATE, channel="sms")
    effects = judged(at("09:17"), answer("polsek", Verb.ESCALATE), sms, at("09:18"))
    assert ["09:17 escalated"] == lines(effects)
    refused = "level polres_ops has been told already; the alert stands at polres_ops"
    assert ["done", refused] == replies_of(effects)


def test_what_lapsed_or_was_let_go_can_be_taken_on_again() -> None:
    """It is told once more, so the answer is another one though the hand is the same."""
    again = answer("polsek", revision=3)
    effects = judged(
        *(at("09:17"), answer("polsek"), at("09:18"), answer("posko", Verb.ESCALATE)),
        *(at("09:19"), again, at("09:20")),
    )
    assert ["09:17 acknowledged", "09:18 escalated", "09:19 acknowledged"] == lines(effects)
