"""The desks over HTTP: what comes by phone or radio, and dead letters that are sent again."""

import json

import msgspec
import pytest
from msgspec.structs import replace

from streams.domain.effects import ReplyOutcome
from tests.support.room_houses import put_in
from tests.unit.room.documents import NOW, reply
from tests.unit.room.rooms import (
    ALERT,
    OUTSIDE_TPS,
    TPS,
    Room,
    Visitor,
    visiting,
)

_AT = "2024-11-27T07:10:00+07:00"


def test_a_phoned_report_is_the_callers_and_every_bad_field_is_named() -> None:
    """Its number becomes a pseudonym; without one the voice is the operator's."""

    async def talk(room: Room, visitor: Visitor) -> None:
        body = {"id": "r-1", "at": _AT, "text": "Ada keributan", "tps": TPS}
        answer = await visitor.ask("POST", "/api/v1/reports", body | {"caller": "0812-3456-789"})
        assert (202, "r-1", "3604") == (
            answer.status_code,
            answer.json()["id"],
            answer.json()["tracking"][:4],
        )
        assert 202 == (await visitor.ask("POST", "/api/v1/reports", body)).status_code
        sources = [msgspec.json.decode(one.value)["source"] for one in room.memory.records]
        assert b"3456" not in room.memory.records[0].value
        assert ("operator", "operator", "phone") == (
            sources[1]["id"],
            sources[1]["role"],
            sources[1]["channel"],
        )
        bad = await visitor.ask("POST", "/api/v1/reports", {"tps": "36", "relays": "raja"})
        assert 422 == bad.status_code
        named = {one["field"] for one in bad.json()["errors"]}
        assert {"at", "relays", "text", "tps"} == named

    visiting("operator", talk)


def test_none_of_several_places_of_a_report_lies_outside() -> None:
    """Else it would be of the other, about which he may say nothing."""

    async def talk(room: Room, visitor: Visitor) -> None:
        body = {"id": "r-1", "at": _AT, "text": "Ramai", "tps": TPS, "desa": OUTSIDE_TPS[:13]}
        assert 403 == (await visitor.ask("POST", "/api/v1/reports", body)).status_code
        assert [] == room.memory.records

    visiting("operator", talk)


def test_a_time_of_no_election_is_refused_at_the_form() -> None:
    """It would be taken here, and become a dead letter."""

    async def talk(room: Room, visitor: Visitor) -> None:
        forms: dict[str, dict[str, object]] = {
            "reports": {"id": "r-1", "text": "Ramai", "tps": TPS},
            "statuses": {"id": "s-1", "kind": "opened", "tps": TPS},
        }
        for path, form in forms.items():
            for year in ("1970", "2030"):
                body = form | {"at": _AT.replace("2024", year)}
                answer = await visitor.ask("POST", f"/api/v1/{path}", body)
                [wrong] = answer.json()["errors"]
                assert (422, "bad_time", "at") == (
                    answer.status_code,
                    answer.json()["reason"],
                    wrong["field"],
                )
        assert [] == room.memory.records

    visiting("operator", talk)


@pytest.mark.parametrize("path", ["commands", "reports", "statuses"])
def test_an_envelope_makes_nobody_somebody_else(path: str) -> None:
    """What is inside would be judged, and its actor or source with it."""

    async def talk(room: Room, visitor: Visitor) -> None:
        inside = {
            "id": "c-1",
            "at": _AT,
            "command": "ack",
            "alert": ALERT,
            "actor": {"id": "kepala", "role": "commander"},
            "kind": "opened",
            "tps": TPS,
            "text": "Ramai",
            "source": {"id": "kepala", "role": "pam_tps"},
        }
        around = {"specversion": "1.0", "source": "x", "type": "y", "data": inside}
        for body in (around, around | inside):
            answer = await visitor.ask("POST", f"/api/v1/{path}", body)
            assert (400, "envelope") == (answer.status_code, answer.json()["reason"])
        assert [] == room.memory.records
        more = {name: value for name, value in (around | inside).items() if name != "specversion"}
        assert 202 == (await visitor.ask("POST", f"/api/v1/{path}", more)).status_code
        assert b"kepala" not in room.memory.records[0].value

    visiting("operator", talk)


def test_a_status_by_radio_is_relayed_and_may_correct_another() -> None:
    """The role of whom it comes from goes with it."""

    async def talk(room: Room, visitor: Visitor) -> None:
        body = {"id": "s-2", "at": _AT, "kind": "opened", "tps": TPS, "relays": "kpps"}
        answer = await visitor.ask(
            "POST", "/api/v1/statuses", body | {"corrects": "s-1", "channel": "radio"}
        )
        assert 202 == answer.status_code
        [record] = room.memory.records
        written = msgspec.json.decode(record.value)
        source = {"id": "operator", "role": "operator", "for": "kpps", "channel": "radio"}
        assert (source, "s-1") == (written["source"], written["corrects"])
        bad = await visitor.ask("POST", "/api/v1/statuses", body | {"relays": "raja"})
        assert (422, "$.source.for") == (bad.status_code, bad.json()["field"])
        for wrong, named, said in (
            ({"relays": "raja"}, "relays", "Pilih siapa pelapornya"),
            ({"tps": "36.04"}, "tps", "Isi kode TPS"),
            ({"kind": "dansa"}, "kind", "Pilih apa yang terjadi"),
            ({"kind": None}, "kind", "Pilih apa yang terjadi"),
            ({"queue": "banyak"}, "queue", "Isian ini belum benar"),
        ):
            bad = await visitor.ask("POST", "/api/v1/statuses", body | wrong)
            [one] = bad.json()["errors"]
            assert (422, named) == (bad.status_code, one["field"])
            assert one["text"]["id"].startswith(said)
            assert one["text"]["en"]

    visiting("operator", talk)


def test_a_refusal_of_the_fold_is_said_in_both_languages() -> None:
    """Its own sentence stays as it is, for whoever compares it with the audit."""

    async def talk(room: Room, visitor: Visitor) -> None:
        reason = "an alert that is resolved cannot be moved by ack"
        refused = replace(reply("c-1"), outcome=ReplyOutcome.REFUSED, reason=reason)
        put_in(room.model, replace(refused, actor="operator"), at=NOW)
        found = (await visitor.ask("GET", "/api/v1/commands/c-1")).json()
        assert (reason, "refused") == (found["reason"], found["outcome"])
        assert "Alarm yang selesai tidak dapat diubah" in found["says"]["id"]
        assert "An alert that is resolved" in found["says"]["en"]

    visiting("operator", talk)


def test_a_body_has_a_size_that_fits_what_it_is_for() -> None:
    """A mended letter 64 KiB, a report 32, a command 16; what is more is 413, and goes nowhere."""

    async def talk(room: Room, visitor: Visitor) -> None:
        said = {"id": "r-1", "at": _AT, "tps": TPS}
        for path, body, field, most in (
            ("letters/0:0/resend", {}, "value", 64),
            ("reports", said, "text", 32),
            ("commands", {"command": "note", "alert": ALERT}, "reason", 16),
        ):
            spare = most * 1_024 - len(json.dumps(body)) - 200
            for size, status in ((spare, {202, 400, 422}), (spare + 400, {413})):
                answer = await visitor.ask("POST", f"/api/v1/{path}", body | {field: "x" * size})
                assert answer.status_code in status, (path, size, answer.text)
                is_said = answer.json().get("text", {}).get("id") == "Pesan terlalu besar."
                assert (answer.status_code == 413) is is_said
        assert [] == room.memory.records
        longest = await visitor.ask(
            "POST", "/api/v1/reports", said | {"text": "\U0001f5f3" * 4_000}
        )
        assert 202 == longest.status_code, longest.text

    visiting("commander-all", talk)
