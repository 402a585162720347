"""The room over HTTP: sessions, CSRF, headers, what is restricted, and what is written to Kafka."""

import logging

import msgspec
import pytest
from msgspec.structs import replace

from streams.engine.topics import Topic
from streams.room.assets import CSP
from streams.room.house import Observer
from tests.support.room_houses import Unseen, put_in
from tests.support.shown import shown
from tests.unit.room.documents import NOW, reply
from tests.unit.room.people import PASSWORD
from tests.unit.room.rooms import (
    ALERT,
    CONDUCT,
    OUTSIDE_ALERT,
    OUTSIDE_REPORT,
    OUTSIDE_TPS,
    SECRET,
    TPS,
    Room,
    Visitor,
    visiting,
)

_AT = "2024-11-27T07:10:00+07:00"


def unseen(observer: Observer) -> Unseen:
    """Return the observer as the one of the tests."""
    assert isinstance(observer, Unseen)
    return observer


def test_the_page_is_kept_to_itself() -> None:
    """Its shell comes at each of its addresses, with a policy that lets nothing else in."""

    async def talk(_room: Room, visitor: Visitor) -> None:
        for path in ("/", "/wall", f"/alert/{ALERT}", "/print/handover", "/login"):
            answer = await visitor.ask("GET", path)
            assert (200, CSP) == (answer.status_code, answer.headers["content-security-policy"])
            assert "text/html" in answer.headers["content-type"]
            assert "<script>" not in answer.text
        file = await visitor.ask("GET", "/page/app.js")
        assert "text/javascript" in file.headers["content-type"]
        same = await visitor.ask("GET", "/page/app.js", if_none_match=file.headers["etag"])
        assert (304, b"") == (same.status_code, same.content)
        for path in ("/page/none.js", "/page/../settings.py", "/page/%2e%2e/settings.py", "/none"):
            assert 404 == (await visitor.ask("GET", path)).status_code

    visiting("", talk)


def test_a_wrong_password_says_nothing_and_many_are_locked_out() -> None:
    """401 for all reasons alike, then 429 with a time to wait."""

    async def talk(_room: Room, visitor: Visitor) -> None:
        wrong = await visitor.log_in("operator", "not the password")
        nobody = await visitor.log_in("nobody", "not the password")
        assert (401, 401) == (wrong.status_code, nobody.status_code)
        assert wrong.json() == nobody.json()
        tries = [await visitor.log_in("operator", "not the password") for _ in range(5)]
        last = tries[-1]
        assert 429 == last.status_code
        assert int(last.headers["retry-after"]) >= 1
        strange = await visitor.log_in("viewer", PASSWORD, origin="http://elsewhere.example")
        assert 403 == strange.status_code

    visiting("", talk)


def test_a_session_begins_is_known_and_ends() -> None:
    """The cookie is for HTTP alone, and the same site; logged out, it is worth nothing."""

    async def talk(_room: Room, visitor: Visitor) -> None:
        answer = await visitor.log_in("operator", PASSWORD)
        cookie = answer.headers["set-cookie"]
        assert all(word in cookie for word in ("HttpOnly", "SameSite=Strict", "Path=/"))
        known = (await visitor.ask("GET", "/api/v1/session")).json()
        assert ("operator", "36.04", True, False) == (
            known["user"],
            known["area"],
            known["may_triage"],
            known["may_letters"],
        )
        visitor.csrf = known["csrf"]
        copied = answer.cookies["siaga"]
        assert 204 == (await visitor.ask("DELETE", "/api/v1/session")).status_code
        again = await visitor.ask("GET", "/api/v1/session", cookie=f"siaga={copied}")
        assert 401 == again.status_code

    visiting("", talk)


def test_what_changes_something_needs_the_word_of_the_session() -> None:
    """And an origin that is the room's own."""

    async def talk(room: Room, visitor: Visitor) -> None:
        body = {"command": "ack", "alert": ALERT}
        strange: list[dict[str, str]] = [
            {"x_siaga_csrf": ""},
            {"x_siaga_csrf": "0" * 64},
            {"origin": "http://elsewhere.example"},
            {"origin": "null"},
            {"origin": ""},
        ]
        for headers in strange:
            answer = await visitor.ask("POST", "/api/v1/commands", body, **headers)
            assert 403 == answer.status_code, headers
        assert [] == room.memory.records
        assert 202 == (await visitor.ask("POST", "/api/v1/commands", body)).status_code

    visiting("operator", talk)


def test_a_command_carries_who_gives_it_whatever_the_page_says() -> None:
    """Actor, role, area, time and channel are the room's word."""

    async def talk(room: Room, visitor: Visitor) -> None:
        forged = {"id": "kapolri", "role": "commander", "area": ""}
        body = {"id": "c-7", "command": "note", "alert": ALERT, "reason": "Sudah dicek."}
        more = {"actor": forged, "at": "2020-01-01T00:00:00Z", "channel": "telegram", "level": ""}
        answer = await visitor.ask("POST", "/api/v1/commands", {**body, **more})
        assert (202, {"id": "c-7"}) == (answer.status_code, answer.json())
        [record] = room.memory.records
        written = msgspec.json.decode(record.value)
        assert Topic.OPERATOR_COMMANDS == record.topic
        assert {"id": "operator", "role": "operator", "area": "36.04"} == written["actor"]
        assert ("room", "2024-11-27T07:11:00+07:00") == (written["channel"], written["at"])
        assert [("note", "sent")] == unseen(room.house.observer).commands

    visiting("operator", talk)


def test_an_id_that_was_answered_for_another_command_is_a_conflict() -> None:
    """With a problem that says so; the same command again is taken."""

    async def talk(room: Room, visitor: Visitor) -> None:
        put_in(room.model, reply("c-7", "operator", ALERT), at=NOW)
        body = {"id": "c-7", "command": "ack", "alert": ALERT}
        assert 202 == (await visitor.ask("POST", "/api/v1/commands", body)).status_code
        other = await visitor.ask("POST", "/api/v1/commands", body | {"command": "escalate"})
        assert (409, "id_conflict") == (other.status_code, other.json()["reason"])
        assert "sudah dipakai" in other.json()["text"]["id"]
        assert f"id c-7 was used for another command, ack of {ALERT}" in other.json()["detail"]
        assert 1 == len(room.memory.records)

    visiting("operator", talk)


def test_what_a_person_may_not_order_is_refused_in_words() -> None:
    """By role, by area, by severity; of what he may not know he is told that it is not there."""

    async def talk(room: Room, visitor: Visitor) -> None:
        for body, status in (
            ({"command": "set_situation", "area": "36.04.17", "situation": "hijau"}, 403),
            ({"command": "dispatch", "tps": OUTSIDE_TPS, "pair": "P03"}, 403),
            ({"command": "ack", "alert": SECRET}, 404),
            ({"command": "ack", "alert": OUTSIDE_ALERT}, 404),
            ({"command": "confirm_report", "report": OUTSIDE_REPORT}, 404),
            ({"command": "confirm_report", "report": CONDUCT}, 404),
            ({"command": "ack", "alert": "3604-" + "Z" * 16}, 404),
            ({"command": "confirm_report", "report": "3604-" + "Z" * 16}, 404),
            ({"command": "dance"}, 400),
            ({"command": "shelve", "alert": 7}, 400),
        ):
            answer = await visitor.ask("POST", "/api/v1/commands", body)
            assert status == answer.status_code, answer.text
            assert answer.json()["text"]["id"]
        hidden = [
            (await visitor.ask("POST", "/api/v1/commands", {"command": "ack", "alert": one})).text
            for one in (SECRET, OUTSIDE_ALERT, "3604-" + "Z" * 16)
        ]
        assert 1 == len({*hidden})
        assert [] == room.memory.records

    visiting("operator", talk)


def test_a_restricted_alert_is_nowhere_for_others() -> None:
    """In no list, no page, no number, no search; and who looks at it leaves a line in the log."""

    async def talk(_room: Room, visitor: Visitor) -> None:
        paths = (
            "alerts",
            "snapshot",
            "triage",
            "alerts?text=3604",
            f"tps/{TPS}",
            f"alerts/{ALERT}",
        )
        for path in paths:
            assert SECRET not in (await visitor.ask("GET", f"/api/v1/{path}")).text
        assert 404 == (await visitor.ask("GET", f"/api/v1/alerts/{SECRET}")).status_code

    visiting("operator", talk)


def test_who_looks_at_what_is_restricted_leaves_a_line(caplog: pytest.LogCaptureFixture) -> None:
    """With the alert, and a word for the user that is not his name."""

    async def talk(room: Room, visitor: Visitor) -> None:
        with caplog.at_level(logging.INFO, "streams.room.audit"):
            page = (await visitor.ask("GET", f"/api/v1/alerts/{SECRET}")).json()
        assert SECRET == page["row"]["id"]
        actor = room.house.audit.actor("propam")
        said = [text for name, _, text in caplog.record_tuples if name == "streams.room.audit"]
        assert f"restricted alert {SECRET} shown to actor {actor}" == said[0]
        assert "propam" not in caplog.text.replace("streams.room", "")

    visiting("propam", talk)


def test_alerts_are_searched() -> None:
    """By area, severity, state, rule, level and words; what never is, is named."""

    async def talk(room: Room, visitor: Visitor) -> None:
        put_in(room.model, replace(shown("3604-" + "C" * 16), rule="T05"), at=NOW)

        async def found(query: str) -> int:
            answer = await visitor.ask("GET", f"/api/v1/alerts?{query}")
            return len(answer.json()["alerts"])

        assert 3 == await found("")
        assert 1 == await found("rule=T05")
        assert 1 == await found("limit=1")
        assert 3 == await found("state=unacknowledged,acknowledged&severity=high")
        assert 0 == await found("state=resolved")
        assert 3 == await found("area=36.04.17")
        assert 0 == await found("area=36.04.18")
        assert 3 == await found("text=belum%20buka")
        assert 0 == await found("text=tiba")
        assert 1 == await found("level=kpps")
        long = f"limit=000000001{5000 * '0'}"
        for query in (
            "limit=many",
            "limit=0000000019999",
            long,
            "limit=0",
            "severity=kritis",
            "state=open",
            "area=36.4",
            "severty=high",
        ):
            bad = await visitor.ask("GET", f"/api/v1/alerts?{query}")
            assert (400, f"$.{query.partition('=')[0]}") == (bad.status_code, bad.json()["field"])

    visiting("operator", talk)


@pytest.mark.parametrize("door", ["snapshot", "alerts", "curve"])
def test_what_is_much_work_counts_for_more(door: str) -> None:
    """Else one browser could hold up the streams of all others."""

    async def talk(_room: Room, visitor: Visitor) -> None:
        statuses = [(await visitor.ask("GET", f"/api/v1/{door}")).status_code for _ in range(41)]
        assert [*(40 * [200]), 429] == statuses

    visiting("viewer", talk)


def test_a_list_has_the_rows_of_the_snapshot() -> None:
    """To the byte, and as they are now: no frame needs to have passed."""

    async def talk(room: Room, visitor: Visitor) -> None:
        before = (await visitor.ask("GET", "/api/v1/alerts")).json()["alerts"]
        put_in(room.model, replace(shown(ALERT), notes=7), at=NOW)
        listed = (await visitor.ask("GET", "/api/v1/alerts")).json()["alerts"]
        shown_now = (await visitor.ask("GET", "/api/v1/snapshot")).json()["alerts"]
        assert before != listed
        assert sorted(shown_now, key=_id) == sorted(listed, key=_id)

    visiting("propam", talk)


def _id(row: dict[str, str]) -> str:
    return row["id"]


def test_a_fast_browser_is_slowed_down() -> None:
    """One bucket a user; who is not known has one for his address."""

    async def talk(_room: Room, visitor: Visitor) -> None:
        statuses = {
            (await visitor.ask("GET", "/api/v1/commands/none")).status_code for _ in range(260)
        }
        assert {404, 429} == statuses

    visiting("operator", talk)
