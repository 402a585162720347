"""Notices as documents: all that a sender needs, and nothing that may not be sent."""

import json
from typing import Final, cast

from streams.domain.ids import AlertId
from streams.domain.notice import Notice
from streams.domain.words import Role
from streams.wire import notices
from streams.wire.schemas import Json, schema
from streams.wire.shown import Named
from tests.support.events import ack, call_for_help, report
from tests.support.json_schema import judge
from tests.support.notices import everybody, world_with
from tests.support.notices import notices as noticed
from tests.support.stories import at
from tests.support.world import KR, every_rule

WIB: Final = 420
CATEGORIES: Final = (
    *("KAM-11", "INT-03", "PID-04", "NET-02", "NET-03", "LOG-01", "LOG-02", "LOG-03"),
    *("PRO-01", "PRO-02", "HIT-01", "HIT-03", "INF-01"),
)
NAMED: Final = Named("TPS 001 Air Rambai", ("Bengkulu", "Rejang Lebong", "Curup", "Air Rambai"))


def read(notice: Notice, kecamatan: str = "") -> dict[str, Json]:
    """Return a notice as its reader has it."""
    names: dict[AlertId, Named] = {one.alert.id: NAMED for one in notice.tellings}
    return cast("dict[str, Json]", json.loads(notices.notice(notice, WIB, names, kecamatan)))


def called() -> Notice:
    """Return the first notice of a call for help."""
    [first, *_] = noticed(at("09:00"), call_for_help("A1"), at("09:01"))
    return first


def test_a_notice_is_as_its_schema_has_it() -> None:
    """Of a call, and of many alerts told together."""
    many = tuple(report(one, KR, by=one, role=Role.PTPS) for one in CATEGORIES)
    world = world_with(*everybody(), pack=every_rule())
    found = noticed(at("09:00"), *many, at("09:02"), world=world)
    assert any(one.rolled_up for one in found)
    valid = judge(schema("notice"))
    assert not [one for one in found if not valid.is_valid(read(one, "Curup"))]
    assert valid.is_valid(read(called()))


def test_a_notice_has_all_that_a_sender_needs() -> None:
    """Who, what, where, since when, until when, what to do, in both languages."""
    document = read(called())
    [telling] = cast("list[dict[str, Json]]", document["tellings"])
    assert ("OPS/polsek@17.02/1", "sms", "id", "call", "critical") == tuple(
        document[name] for name in ("destination", "channel", "language", "kind", "severity")
    )
    assert ("2024-11-27T09:00:00+07:00", "2024-11-27T09:03:00+07:00") == (
        telling["opened_at"],
        document["due_at"],
    )
    for name in ("title", "summary", "action"):
        assert {"id", "en"} == set(cast("dict[str, str]", telling[name]))
    assert "TPS 001 Air Rambai" == cast("dict[str, Json]", telling["scope"])["name"]


def test_it_says_who_was_told_before() -> None:
    """And how many people that was: 0 is nobody."""
    found = noticed(
        at("09:00"), call_for_help("A1"), at("09:04"), world=world_with(*everybody("OPS/polsek"))
    )
    [telling] = cast("list[dict[str, Json]]", read(found[-1])["tellings"])
    told = cast("list[dict[str, Json]]", telling["told"])
    assert [("polres_ops", 1), ("polres", 1)] == [(one["level"], one["contacts"]) for one in told]


def test_it_says_who_has_it_and_not_by_which_name() -> None:
    """The id of an actor may be a name, so it stays in `siaga.alerts`."""
    [*_, last] = noticed(
        at("09:00"), call_for_help("A1"), at("09:01"), ack("W02@officer:A1", "bu.sri"), at("09:02")
    )
    [telling] = cast("list[dict[str, Json]]", read(last)["tellings"])
    assert {"id": "operator", "en": "operator"} == telling["taken_by"]
    assert "bu.sri" not in json.dumps(read(last))
    assert "acknowledged_by" not in telling


def test_no_reporter_and_no_address_is_in_it() -> None:
    """Evidence, checks and targets stay where they are."""
    [first, *_] = noticed(at("09:00"), report("KAM-04", KR, by="bu-sri", role=Role.PTPS))
    text = json.dumps(read(first))
    assert "bu-sri" not in text
    assert "+62" not in text
    assert not [one for one in ("evidence", "why", "target") if f'"{one}"' in text]
