"""A command as a page gives it: an id stands for one command, as far as a room can know."""

import json
from typing import Final

import msgspec
import pytest
from msgspec.structs import replace

from streams.domain.effects import ReplyOutcome
from streams.domain.events import ActorRole, CommandKind
from streams.domain.ids import AreaCode, ElectionId
from streams.domain.times import HOUR_MS, MINUTE_MS, SECOND_MS, EpochMs
from streams.engine.topics import Topic
from streams.judge.seen import MEMORY_MS
from streams.room.commanding import Ordered, order
from streams.room.feed import Feed
from streams.room.house import Day
from streams.room.model import Model
from streams.room.names import Names
from streams.room.rights import Person
from streams.web.refusal import Reason, Refusal
from streams.wire.documents import ReplyDocument
from streams.wire.time import moment_of
from tests.support.room_houses import arrived, put_in
from tests.support.shown import alert_id, shown
from tests.unit.room.documents import AT, NOW, reply, report

FIRST: Final = alert_id(1)
SECOND: Final = alert_id(2)
ELSEWHERE: Final = alert_id(3, "36.73")
POSKO: Final = Person(user="posko-1", name="Posko", role=ActorRole.COMMANDER, area="")
ACK: Final = {"id": "c-1", "command": "ack", "alert": FIRST}
NOTE: Final = {"id": "c-1", "command": "note", "alert": FIRST, "reason": "Sudah dicek."}
REPORT: Final = "3604-" + "R" * 16
CONFIRM: Final = {"id": "c-2", "command": "confirm_report", "report": REPORT}
DONE: Final = reply("c-1", alert=FIRST)
NOTED: Final = replace(DONE, command_kind=CommandKind.NOTE)


def model_after(*replies: ReplyDocument, said: dict[str, str] | None = None) -> Model:
    """Return a model with three alerts, what somebody has said, and what the fold has answered."""
    alerts = [shown(FIRST), shown(SECOND), shown(ELSEWHERE, scope="36.73.01.1001-001")]
    model = put_in(Model(), *alerts, at=NOW)
    if said is not None:
        actor = {"id": said.get("actor", POSKO.user), "role": "commander"}
        came = {"at": AT, **said, "actor": actor}
        model.apply(arrived(Topic.OPERATOR_COMMANDS, "k", json.dumps(came).encode(), NOW))
    return put_in(model, *replies, at=NOW)


def sent(model: Model, body: dict[str, str], now: EpochMs = NOW) -> Ordered:
    """Return what is sent of a command."""
    found = order(json.dumps(body).encode(), POSKO, Feed(model, Names()), (Day(now, ()), "u"))
    assert isinstance(found, Ordered), "it is his to order"
    return found


def refused(model: Model, body: dict[str, str], now: EpochMs = NOW) -> Refusal:
    """Return why a command is not sent."""
    with pytest.raises(Refusal) as raised:
        sent(model, body, now)
    return raised.value


OTHERS: Final = {
    "another kind": (DONE, None, ACK | {"command": "escalate"}),
    "another alert": (DONE, None, ACK | {"alert": SECOND}),
    "of no alert": (DONE, None, {"id": "c-1", "command": "ack", "area": "36.04"}),
    "what was refused is used as well": (
        replace(DONE, outcome=ReplyOutcome.REFUSED, reason="no"),
        None,
        ACK | {"command": "escalate"},
    ),
    "another text": (NOTED, NOTE, NOTE | {"reason": "Belum dicek."}),
    "without the text": (NOTED, NOTE, {"id": "c-1", "command": "note", "alert": FIRST}),
    "of an area": (
        replace(DONE, alert="", area=AreaCode("36.04.17")),
        None,
        {"id": "c-1", "command": "resume_rule", "area": "36.04", "rule": "T03"},
    ),
}


@pytest.mark.parametrize(("answer", "said", "body"), OTHERS.values(), ids=OTHERS)
def test_an_id_that_was_used_for_another_command_is_refused(
    answer: ReplyDocument, said: dict[str, str] | None, body: dict[str, str]
) -> None:
    """The fold would take it for a dead letter, and its sender wait for an answer in vain."""
    refusal = refused(model_after(answer, said=said), body)
    assert Reason.ID_CONFLICT == refusal.reason
    assert refusal.detail.startswith("id c-1 was used for another command, ")


SENT: Final = {
    "nobody has answered yet": (None, None, ACK),
    "nobody has answered yet, and it was said": (None, NOTE, ACK),
    "the same again": (DONE, None, ACK),
    "the same text again": (NOTED, NOTE, NOTE),
    "a text that is not known any more": (NOTED, None, NOTE),
    "the id of somebody else's": (
        replace(DONE, actor="posko-2"),
        None,
        ACK | {"command": "escalate"},
    ),
    "another id": (DONE, None, ACK | {"id": "c-2", "command": "escalate"}),
    "of another kabupaten, where it is another command": (DONE, None, ACK | {"alert": ELSEWHERE}),
    "the alert of the first one is not told": (replace(DONE, alert=""), None, ACK),
    "of every place": (DONE, None, {"id": "c-1", "command": "use_pack", "pack": 64 * "a"}),
}


@pytest.mark.parametrize(("answer", "said", "body"), SENT.values(), ids=SENT)
def test_what_may_be_a_repeat_is_sent(
    answer: ReplyDocument | None, said: dict[str, str] | None, body: dict[str, str]
) -> None:
    """Where the room is not sure, the fold decides: a repeat counts once."""
    found = sent(model_after(*[answer] if answer else [], said=said), body)
    assert body["id"] == found.id == msgspec.json.decode(found.record.value)["id"]


def test_an_id_may_be_used_again_when_the_fold_has_forgotten_it() -> None:
    """After two days it is another command to it, so the room must not keep it back."""
    model, other = model_after(DONE), ACK | {"command": "escalate"}
    answered_at = moment_of(AT)
    early = refused(model, other, EpochMs(answered_at + 46 * HOUR_MS))
    assert Reason.ID_CONFLICT == early.reason
    assert "c-1" == sent(model, other, EpochMs(answered_at + MEMORY_MS - HOUR_MS)).id


def test_a_command_is_of_the_election_of_what_it_names() -> None:
    """A drill's is one of its own, and intake would look for its alerts in the day's."""
    drill = ElectionId("serang-2024#drill-1")
    model = put_in(model_after(), replace(shown(SECOND), election=drill), at=NOW)
    model = put_in(model, replace(report(REPORT), election=drill), at=NOW)
    asked = [ACK, ACK | {"alert": SECOND, "election": "serang-2024"}, CONFIRM]
    said = [msgspec.json.decode(sent(model, one).record.value)["election"] for one in asked]
    assert [shown(FIRST).election, drill, drill] == said


def test_a_command_that_is_sent_again_says_when_it_was_given_at_first() -> None:
    """So that it is the same to the last byte; after a while it is somebody's new one."""

    def again(said: dict[str, str], after_ms: int, command: str = "c-1") -> str:
        now = EpochMs(moment_of(AT) + after_ms)
        found = sent(model_after(said=said), ACK | {"id": command}, now)
        at: str = msgspec.json.decode(found.record.value)["at"]
        return at

    assert AT == again(ACK, 2 * SECOND_MS) == again(ACK, 10 * MINUTE_MS)
    assert AT != again(ACK, 10 * MINUTE_MS + SECOND_MS)
    assert AT != again(ACK, 2 * SECOND_MS, "c-2")
    assert AT != again(ACK | {"actor": "posko-2"}, 2 * SECOND_MS)
