"""Dead letters that are sent again: what may be mended, by whom, and as whose word it goes."""

import json
from collections.abc import Mapping
from typing import Final

import msgspec
import pytest
from msgspec.structs import replace

from streams.domain.alert import Text
from streams.domain.events import ActorRole
from streams.engine.letters import DeskLetter
from streams.engine.topics import Topic
from streams.room.letters import letter_row
from streams.room.mending import sent_again
from streams.room.model import Model
from streams.room.rights import Person
from streams.web.refusal import Reason, Refusal
from streams.web.writer import Record
from tests.support.room_houses import arrived
from tests.unit.room.documents import AT, NOW
from tests.unit.room.rooms import ALERT, TPS, Room, Visitor, visiting

OPERATOR: Final = Person(user="posko-1", name="Posko 1", role=ActorRole.OPERATOR, area="")
SENDER: Final = {"id": "+62 812-3456-7890", "role": "warga", "channel": "sms"}
OWN: Final = {"id": "posko-1", "role": "operator", "for": "kpps", "channel": "phone"}
REPORT: Final[Mapping[str, object]] = {"id": "r-1", "at": AT, "source": SENDER, "text": "Ramai"}
STATUS: Final[Mapping[str, object]] = {
    "id": "s-1",
    "at": AT,
    "source": {"id": "A7", "role": "pam_tps"},
    "kind": "opened",
    "tps": TPS,
}
COMMAND: Final[Mapping[str, object]] = {
    "id": "c-1",
    "at": AT,
    "command": "ack",
    "alert": ALERT,
    "actor": {"id": "kepala", "role": "commander"},
}
RECEIPT: Final[Mapping[str, object]] = {"id": "q-1", "at": AT}


def letter(
    topic: Topic = Topic.CROWD_REPORTS, value: bytes = json.dumps(REPORT).encode()
) -> DeskLetter:
    """Return a dead letter, which was signed."""
    words = (("reason", b"schema"), ("topic", topic.encode()), ("siaga-signature", b"a:0"))
    model = Model()
    model.apply(arrived(Topic.DEADLETTER, "k", value, NOW, words))
    return model.letters.open["0:0"]


def mended(one: DeskLetter, document: object) -> Record | Text:
    """Return what comes of sending a letter with another value."""
    value = document if isinstance(document, str) else json.dumps(document)
    return sent_again(one, json.dumps({"value": value}).encode(), OPERATOR)


def refused(one: DeskLetter, body: bytes) -> Refusal:
    """Return why a letter is not sent."""
    with pytest.raises(Refusal) as found:
        sent_again(one, body, OPERATOR)
    return found.value


@pytest.mark.parametrize("body", [b"", b"{}"])
@pytest.mark.parametrize("topic", [Topic.CROWD_REPORTS, Topic.OPERATOR_COMMANDS, Topic.RECEIPTS])
def test_as_it_came_it_stays_whose_it_was(topic: Topic, body: bytes) -> None:
    """To the byte, with its signature, and without ours."""
    again = sent_again(letter(topic, b'{"id":"\xff"}'), body, OPERATOR)
    assert isinstance(again, Record)
    assert (topic, b"k", b'{"id":"\xff"}', False) == (
        again.topic,
        again.key,
        again.value,
        again.is_ours,
    )
    assert (("siaga-signature", b"a:0"), ("resent-from", b"0:0")) == again.headers


@pytest.mark.parametrize(
    "body",
    [
        b'{"value": ""}',
        b'{"value": " "}',
        b'{"value": null}',
        b'{"value": 7}',
        b'{"nilai": "{}"}',
        b'{"value": "{}", "topic": "operator.commands"}',
        b"[]",
        b"null",
    ],
)
def test_what_is_no_mending_sends_nothing(body: bytes) -> None:
    """Above all not the bad original."""
    assert Reason.SCHEMA is refused(letter(), body).reason


@pytest.mark.parametrize(
    ("topic", "document"),
    [
        (Topic.OPERATOR_COMMANDS, COMMAND),
        (Topic.RECEIPTS, RECEIPT),
        (Topic.RESTRICTED_RECEIPTS, RECEIPT),
    ],
)
def test_nobody_mends_what_another_has_ordered_or_received(
    topic: Topic, document: Mapping[str, object]
) -> None:
    """Whatever he writes into it; he is told why in both languages."""
    answer = mended(letter(topic, json.dumps(document).encode()), document)
    assert isinstance(answer, Text)
    assert answer.id
    assert answer.en


MENDED: Final[dict[str, tuple[Topic, Mapping[str, object], object, bool | None]]] = {
    "a report of its sender": (
        Topic.CROWD_REPORTS,
        REPORT,
        {**REPORT, "category": "KAM-01"},
        False,
    ),
    "relayed": (Topic.CROWD_REPORTS, REPORT, {**REPORT, "source": OWN}, True),
    "a status of its sender": (Topic.TPS_STATUS, STATUS, {**STATUS, "kind": "closed"}, False),
    "a status relayed": (Topic.TPS_STATUS, STATUS, {**STATUS, "source": OWN}, True),
    "as an officer": (
        Topic.CROWD_REPORTS,
        REPORT,
        {**REPORT, "source": {**SENDER, "role": "pam_tps"}},
        None,
    ),
    "as somebody else": (
        Topic.CROWD_REPORTS,
        REPORT,
        {**REPORT, "source": {**OWN, "id": "posko-2"}},
        None,
    ),
    "as oneself, relaying nobody": (
        Topic.CROWD_REPORTS,
        REPORT,
        {**REPORT, "source": {**OWN, "for": "operator", "channel": "sms"}},
        None,
    ),
    "a sender that could not be read": (
        Topic.TPS_STATUS,
        {"id": "s-1"},
        STATUS,
        None,
    ),
    "in an envelope": (
        Topic.TPS_STATUS,
        STATUS,
        {
            "specversion": "1.0",
            "id": "x",
            "type": "y",
            "source": "x",
            "data": {**STATUS, "source": {"id": "A8", "role": "pam_tps"}},
        },
        None,
    ),
}


@pytest.mark.parametrize(("topic", "came", "goes", "is_ours"), MENDED.values(), ids=MENDED)
def test_a_sender_is_left_or_it_is_ones_own_word(
    topic: Topic, came: Mapping[str, object], goes: object, is_ours: object
) -> None:
    """The room signs what is its own, and nobody becomes another."""
    again = mended(letter(topic, json.dumps(came).encode()), goes)
    if is_ours is None:
        assert isinstance(again, Text)
        return
    assert isinstance(again, Record)
    assert (is_ours, goes) == (again.is_ours, msgspec.json.decode(again.value))
    assert (("resent-from", b"0:0"),) == again.headers


def test_what_intake_would_put_aside_again_is_not_sent() -> None:
    """Who mends hears at once what is still wrong."""
    body = json.dumps({"value": json.dumps({**REPORT, "at": "2024-13-01T00:00:00Z"})})
    assert Reason.BAD_TIME is refused(letter(), body.encode()).reason
    assert Reason.JSON is refused(letter(), b'{"value": "{"}').reason


def test_a_letter_is_shown_without_telephone_numbers_and_sent_with_them() -> None:
    """Marks stand for them, each number has its own, and mending loses none."""
    said = {**REPORT, "text": "Hubungi 0813 2222 1111 atau +62 812-3456-7890."}
    one = letter(value=json.dumps(said).encode())
    row = letter_row(replace(one, words={**one.words, "detail": "0813 2222 1111 is no id"}))
    assert "Hubungi […2] atau […1]." in msgspec.json.decode(row.value)["text"]
    assert ("[…1]", "… is no id") == (msgspec.json.decode(row.value)["source"]["id"], row.detail)
    again = mended(one, row.value.replace("Hubungi", "Telepon"))
    assert isinstance(again, Record)
    assert {**said, "text": str(said["text"]).replace("Hubungi", "Telepon")} == msgspec.json.decode(
        again.value
    )


def test_a_number_at_the_end_of_what_is_shown_is_not_cut_open() -> None:
    """Half a number would be none to whoever hides numbers."""
    for length in range(4_080, 4_097):
        row = letter_row(letter(value=b"x" * length + b" 081322221111 0812"))
        assert "0813" not in row.value


def test_first_the_message_then_the_mark_that_it_is_done() -> None:
    """Over HTTP; a letter that is not there, or is for others, is not there."""

    async def talk(room: Room, visitor: Visitor) -> None:
        path = "/api/v1/letters/{}/resend"
        rows = (await visitor.ask("GET", "/api/v1/letters")).json()["letters"]
        assert ['{"id":7}'] == [one["value"] for one in rows]
        assert 202 == (await visitor.ask("POST", path.format("0:0"))).status_code
        again, mark = room.memory.records
        assert (Topic.TPS_STATUS, b'{"id":7}', False) == (again.topic, again.value, again.is_ours)
        assert (Topic.DEADLETTER, b"", (("resent", b"0:0"),)) == (
            mark.topic,
            mark.value,
            mark.headers,
        )
        for number in ("0:1", "0:9"):
            assert 404 == (await visitor.ask("POST", path.format(number))).status_code
        room.put_aside(json.dumps(COMMAND).encode(), 2, Topic.OPERATOR_COMMANDS)
        barred = await visitor.ask("POST", path.format("0:2"), {"value": json.dumps(COMMAND)})
        assert (403, "Beri perintah itu lagi sendiri." in barred.json()["text"]["id"]) == (
            barred.status_code,
            True,
        )
        assert 2 == len(room.memory.records)

    visiting("commander-all", talk)
