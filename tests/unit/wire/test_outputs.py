"""Documents of the output topics: to the letter where the contract shows one, else valid."""

import json
from typing import cast

import pytest
from msgspec.structs import replace

from streams.domain.alert import Alert, AlertState, Change, Evidence, Ladder, Text, Told, Why
from streams.domain.effects import (
    DeadLetterReason,
    Line,
    Reply,
    ReplyOutcome,
    Triage,
    TriageStatus,
)
from streams.domain.events import CommandKind
from streams.domain.ids import AlertId, AreaCode, ElectionId, Scope
from streams.domain.journal import Origin
from streams.domain.times import EpochMs
from streams.domain.words import Severity, TpsClass
from streams.wire import outputs
from streams.wire.records import Headers, Inbound
from streams.wire.schemas import Json, schema
from streams.wire.shown import Named
from tests.support.json_schema import contract_schema, judge

WIB = 420
SEVEN_TEN = EpochMs(1_732_666_200_000)
LINE = Line(
    at=SEVEN_TEN,
    alert=AlertId("1702-MZXW6YTBOI2HGZLM"),
    revision=1,
    rule="T03",
    scope=Scope("17.02.09.1001-003"),
    key="",
    change=Change.OPENED,
    state=AlertState.UNACKNOWLEDGED,
    severity=Severity.HIGH,
    ladder=Ladder.OPS,
    level="polsek",
    drill=False,
    cause="deadline",
    election=ElectionId("rejang-lebong-2024"),
)
OPENED = Alert(
    id=AlertId("1702-MZXW6YTBOI2HGZLM"),
    election=ElectionId("rejang-lebong-2024"),
    rule="T03",
    rule_version="1@0f0f0f0f",
    scope=Scope("17.02.09.1001-003"),
    place=AreaCode("17.02.09.1001-003"),
    episode=1,
    tps_class=TpsClass.RAWAN,
    severity=Severity.HIGH,
    state=AlertState.UNACKNOWLEDGED,
    ladder=Ladder.OPS,
    level="polsek",
    levels=("tps", "polsek", "polres_ops"),
    start=1,
    minutes=(0.0, 0.0, 3.75),
    climbs_from=SEVEN_TEN,
    held_from=SEVEN_TEN,
    title=Text("TPS belum buka", "TPS has not opened"),
    summary=Text("Belum ada kabar buka", "No word of opening"),
    action=Text("Hubungi KPPS", "Call the KPPS"),
    opened_at=SEVEN_TEN,
    updated_at=SEVEN_TEN,
    quiet_ms=1_800_000,
    revision=1,
    why=(
        Why("minutes since 07:00", 20.5, 20),
        Why("opened", value=False, holds=False),
        Why("class", "rawan"),
    ),
)
CLOSED = replace(
    OPENED,
    state=AlertState.RESOLVED,
    due_at=SEVEN_TEN,
    acknowledged_at=SEVEN_TEN,
    acknowledged_by="op-7",
    taken_by=Text("pasangan P03", "pair P03"),
    told=(
        Told("OPS", "polsek", SEVEN_TEN, 2, 1, 3, SEVEN_TEN),
        Told("OPS", "polres_ops", SEVEN_TEN, 1),
    ),
    act_by_at=SEVEN_TEN,
    shelved_until=SEVEN_TEN,
    resolved_at=SEVEN_TEN,
    parent=AlertId("1702-AAAAAAAAAAAAAAAA"),
    runbook="runbooks/T03.md",
    route=("ADM", "bawaslu"),
    restricted_to=("propam",),
    drill=True,
    revision=4,
    evidence=(
        Evidence("tps.status", "hb-1", SEVEN_TEN, "kpps-1", "3:8812"),
        Evidence("tps.status", "hb-2", SEVEN_TEN),
    ),
)
NAMED = Named("TPS 003", ("Bengkulu", "Rejang Lebong", "Curup", "Kesambe", "TPS 003"))
TRIAGE = Triage(
    received_at=SEVEN_TEN,
    id=AlertId("1702-MZXW6YTBOI2HGZLM"),
    status=TriageStatus.OPEN,
    at=SEVEN_TEN,
    election=ElectionId("rejang-lebong-2024"),
    area=AreaCode("17.02"),
    why="place",
    category="KAM-08",
    candidates=(AreaCode("17.02.09.1001"),),
    evidence=Evidence("crowd.reports", "r-1", SEVEN_TEN, "warga-77", "3:8813"),
)
REPLY = Reply(
    command="cmd-1",
    outcome=ReplyOutcome.REFUSED,
    reason="`until` is missing",
    at=SEVEN_TEN,
    kind=CommandKind.SHELVE,
    actor="ops",
    role="operator",
    area="17.02",
)
ORIGIN = Origin("tps.status", 3, 8_812)


def read(document: bytes) -> dict[str, Json]:
    """Return a document's value."""
    return cast("dict[str, Json]", json.loads(document))


def test_a_transition_is_the_contracts_line_to_the_letter() -> None:
    """The example of contract §7: fields, their order, no blank, local time."""
    expected = (
        b'{"at":"2024-11-27T07:10:00+07:00","alert":"1702-MZXW6YTBOI2HGZLM","revision":1,'
        b'"rule":"T03","scope":"17.02.09.1001-003","key":"","change":"opened",'
        b'"state":"unacknowledged","severity":"high","ladder":"OPS","level":"polsek",'
        b'"drill":false,"cause":"deadline"}'
    )
    assert expected == outputs.transition(LINE, WIB)


def test_a_line_is_in_the_time_of_its_kabupaten() -> None:
    """The same moment is eight o'clock in Bali."""
    assert "2024-11-27T08:10:00+08:00" == read(outputs.transition(LINE, 480))["at"]


def test_provenance_is_ascii_decimal() -> None:
    """Consumers merge the lines of a day by these numbers."""
    expected = (("partition", b"3"), ("offset", b"8812"), ("n", b"0"))
    assert expected == outputs.provenance(3, 8_812, 0)


DOCUMENTS = {
    "alert": [outputs.alert(one, WIB, NAMED) for one in (OPENED, CLOSED)],
    "transition": [outputs.transition(LINE, WIB)],
    "triage": [outputs.triage(TRIAGE, WIB)],
    "reply": [outputs.reply(REPLY, WIB)],
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_is_as_our_schema_says(name: str) -> None:
    """What the reference promises is what is sent."""
    for document in DOCUMENTS[name]:
        judge(schema(name)).validate(read(document))


@pytest.mark.parametrize("name", ["alert", "transition"])
def test_every_document_is_as_the_contract_says(name: str) -> None:
    """For the two topics whose schema the contract fixes."""
    for document in DOCUMENTS[name]:
        judge(contract_schema(name)).validate(read(document))


def test_what_an_alert_has_not_is_null() -> None:
    """A consumer finds each field, whatever the state."""
    document = read(outputs.alert(OPENED, WIB, NAMED))
    names = (
        "due_at",
        "acknowledged_at",
        "acknowledged_by",
        "taken_by",
        "act_by_at",
        "shelved_until",
        "resolved_at",
        "parent",
    )
    assert dict.fromkeys(names) == {name: document[name] for name in names}


def test_what_an_alert_has_is_shown_in_local_time() -> None:
    """Every moment of a document is in the zone of its kabupaten."""
    document = read(outputs.alert(CLOSED, WIB, NAMED))
    names = (
        "due_at",
        "opened_at",
        "updated_at",
        "acknowledged_at",
        "act_by_at",
        "shelved_until",
        "resolved_at",
    )
    expected = dict.fromkeys(names, "2024-11-27T07:10:00+07:00")
    assert expected == {name: document[name] for name in names}


def test_a_judgment_is_shown_as_arithmetic() -> None:
    """Value, limit where there is one, and whether it holds, also where it does."""
    expected = [
        {"check": "minutes since 07:00", "value": 20.5, "threshold": 20, "holds": True},
        {"check": "opened", "value": False, "holds": False},
        {"check": "class", "value": "rawan", "holds": True},
    ]
    assert expected == read(outputs.alert(OPENED, WIB, NAMED))["why"]


def test_an_alert_without_checks_rests_on_its_rule() -> None:
    """The contract wants at least one check, and that its rule holds is one."""
    bare = replace(OPENED, why=(), holds=False)
    expected = [{"check": "T03", "value": False, "holds": False}]
    assert expected == read(outputs.alert(bare, WIB, NAMED))["why"]


def test_evidence_names_its_record() -> None:
    """Whoever doubts an alert finds the message it rests on."""
    expected = [
        {
            "topic": "tps.status",
            "id": "hb-1",
            "at": "2024-11-27T07:10:00+07:00",
            "source": "kpps-1",
            "offset": "3:8812",
        },
        {"topic": "tps.status", "id": "hb-2", "at": "2024-11-27T07:10:00+07:00"},
    ]
    assert expected == read(outputs.alert(CLOSED, WIB, NAMED))["evidence"]


def test_a_dead_letter_says_why_and_whence() -> None:
    """The five headers of the contract, each as text."""
    expected = (
        ("reason", b"schema"),
        ("detail", "expected é".encode()),
        ("topic", b"tps.status"),
        ("partition", b"3"),
        ("offset", b"8812"),
    )
    found = outputs.dead_letter_headers(DeadLetterReason.SCHEMA, "expected é", ORIGIN)
    assert expected == found


@pytest.mark.parametrize(
    ("value", "headers"),
    [(b"x" * (outputs.LETTER_BYTES + 1), ()), (b"x" * 9, (("h", b"x" * outputs.LETTER_BYTES),))],
    ids=["a long value", "long headers"],
)
def test_a_letter_that_no_topic_would_take_is_cut(value: bytes, headers: Headers) -> None:
    """It says how long it was and where it lies whole; a letter that is refused stops intake."""
    message = Inbound("tps.status", 3, 8_812, EpochMs(0), b"key", value, headers)
    cut = outputs.letter(message, DeadLetterReason.SIZE, "")
    assert (None, value[: outputs.CUT_BYTES]) == (cut.key, cut.value)
    expected = outputs.dead_letter_headers(DeadLetterReason.SIZE, "", ORIGIN)
    assert (*expected, ("size", b"%d" % len(value))) == cut.headers


def test_any_other_letter_is_whole() -> None:
    """Key, value and headers as they came."""
    value = b"x" * (outputs.LETTER_BYTES - 1_000)
    message = Inbound("tps.status", 3, 8_812, EpochMs(0), b"key", value, (("h", b"1"),))
    whole = outputs.letter(message, DeadLetterReason.SIZE, "")
    assert (b"key", value, ("h", b"1")) == (whole.key, whole.value, whole.headers[-1])


def test_a_dead_letter_keeps_its_own_headers() -> None:
    """So that it can be sent again as it came; the five names are ours."""
    original = (("ce_id", b"1"), ("reason", b"because"), ("siaga-drill", None))
    found = outputs.dead_letter_headers(DeadLetterReason.JSON, "", ORIGIN, original)
    assert (("ce_id", b"1"), ("siaga-drill", None)) == found[5:]
    assert [("reason", b"json")] == [pair for pair in found if pair[0] == "reason"]
