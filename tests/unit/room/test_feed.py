"""What each person is sent: everything in sight, then what changes, and no byte of the rest."""

import json
import tracemalloc
from collections.abc import Mapping
from typing import Final, cast

from msgspec.structs import replace

from streams.domain.alert import AlertState, Text
from streams.domain.events import ActorRole
from streams.domain.times import HOUR_MS, EpochMs
from streams.domain.words import Severity
from streams.engine.topics import Topic
from streams.room.documents import Session
from streams.room.feed import Feed
from streams.room.listing import Asked, listed
from streams.room.model import Model
from streams.room.names import Names
from streams.room.pages import alert_page
from streams.room.sight import Sight
from tests.support.room_houses import Document, arrived, put_in
from tests.support.shown import alert_id, shown
from tests.unit.room.documents import NOW, area, reply, report, tps

OPERATOR: Final = Sight(ActorRole.OPERATOR, "36.04", "36.04")
PROPAM: Final = replace(OPERATOR, role=ActorRole.PROPAM)
ELSEWHERE: Final = replace(OPERATOR, area="36.05", zoom="36.05")
ELSEWHERE_TPS: Final = "36.05.01.2001-001"
SECRET: Final = replace(shown(alert_id(7)), restricted_to=("propam",))
SESSION: Final = Session(
    user="posko-1",
    name="Posko 1",
    role=ActorRole.OPERATOR,
    area="36.04",
    language="id",
    may=(),
    may_triage=True,
    may_report=True,
    may_letters=False,
    csrf="",
    expires_ms=0,
)
NUMBER: Final = ('"number": "0:0"', '"number": "0:1"')
REPORT: Final = "3604-" + "R" * 16
Json = Mapping[str, "Json"] | list["Json"] | str | int | None


def feed_of(*documents: Document) -> Feed:
    """Return the feed of a room that has read some documents."""
    feed = Feed(Model(), Names())
    tell(feed, *documents)
    return feed


def tell(feed: Feed, *documents: Document, at: EpochMs = NOW) -> None:
    """Let documents arrive, and make a frame of them."""
    put_in(feed.model, *documents, at=at)
    feed.tick()


def snapshot(feed: Feed, sight: Sight) -> dict[str, Json]:
    """Return what somebody begins with."""
    clock = feed.clock(sight, NOW, is_live=True)
    return cast("dict[str, Json]", json.loads(feed.snapshot(sight, SESSION, clock)))


def delta(feed: Feed, sight: Sight, since: int) -> dict[str, Json]:
    """Return what somebody is sent after a frame; empty: nothing."""
    found = feed.delta(sight, since)
    return {} if found is None else cast("dict[str, Json]", json.loads(found))


def ids(document: Mapping[str, Json], kind: str, what: str = "put") -> list[str]:
    """Return the ids of the rows of a kind, or those that are gone."""
    found = document.get(kind, {})
    rows = found.get(what, []) if isinstance(found, dict) else found
    assert isinstance(rows, list)
    return [str(one["id"] if isinstance(one, dict) else one) for one in rows]


def test_a_snapshot_has_everything_in_sight() -> None:
    """Alerts, reports, areas, the TPS of the kabupaten, and the clocks."""
    feed = feed_of(shown(), report(REPORT), area(), area("36.04.17"), tps(), area("36.05"))
    found = snapshot(feed, OPERATOR)
    assert [alert_id()] == ids(found, "alerts")
    assert [REPORT] == [
        one["report"]["id"] for one in cast("list[dict[str, dict[str, str]]]", found["triage"])
    ]
    codes = [one["code"] for one in cast("list[dict[str, str]]", found["areas"])]
    assert (["36.04", "36.04.17"], 1) == (codes, len(cast("list[Json]", found["tps"])))
    assert "posko-1" in json.dumps(found["session"])
    assert 1_732_666_200_000 == cast("dict[str, int]", found["clock"])["heard_ms"]
    assert 1 == found["opened_lately"]


def test_each_change_is_one_row_as_it_is_now() -> None:
    """However often it changed since: who reads slowly gets less, not more."""
    feed = feed_of(shown())
    since = feed.number
    tell(feed, shown(severity=Severity.CRITICAL))
    tell(feed, shown(state=AlertState.ACKNOWLEDGED))
    rows = cast(
        "list[dict[str, str]]",
        cast("dict[str, Json]", delta(feed, OPERATOR, since)["alerts"])["put"],
    )
    assert ["acknowledged"] == [one["state"] for one in rows]
    assert {} == delta(feed, OPERATOR, feed.number)


def test_people_with_equal_sight_get_the_same_bytes() -> None:
    """They are made once."""
    feed = feed_of(shown())
    tell(feed, shown(state=AlertState.ACKNOWLEDGED))
    assert feed.delta(OPERATOR, 1) is feed.delta(replace(OPERATOR), 1)


def test_what_may_not_be_seen_is_in_no_byte() -> None:
    """Not as a row, not as a number, not as an id that is gone."""
    feed = feed_of(shown(), area(), tps())
    since = feed.number
    tell(feed, SECRET, replace(report(REPORT), restricted_to=("propam",)))
    assert {} == delta(feed, OPERATOR, since)
    assert [SECRET.id] == ids(delta(feed, PROPAM, since), "alerts")
    tell(feed, replace(SECRET, state=AlertState.RESOLVED), at=NOW)
    tell(feed, reply("c-1"), at=EpochMs(NOW + 2 * HOUR_MS))
    assert {} == delta(feed, OPERATOR, since)
    assert [] == ids(delta(feed, PROPAM, since), "alerts", "gone")
    assert SECRET.id not in json.dumps(snapshot(feed, OPERATOR))


def test_what_was_seen_and_is_no_more_is_told_gone() -> None:
    """To those who saw it."""
    feed = feed_of(shown(state=AlertState.RESOLVED))
    since = feed.number
    tell(feed, reply("c-1"), at=EpochMs(NOW + HOUR_MS))
    assert [alert_id()] == ids(delta(feed, OPERATOR, since), "alerts", "gone")
    assert {} == delta(feed, ELSEWHERE, since)


def test_a_report_that_becomes_restricted_is_gone_for_others() -> None:
    """It was on their screens a moment ago."""
    feed = feed_of(report(REPORT))
    since = feed.number
    tell(feed, report(REPORT, roles=("commander",)))
    assert [REPORT] == ids(delta(feed, OPERATOR, since), "triage", "gone")
    commander = replace(OPERATOR, role=ActorRole.COMMANDER)
    assert [] == ids(delta(feed, commander, since), "triage", "gone")


def test_a_place_outside_is_not_seen() -> None:
    """Nor what lies above: an alert of the whole kabupaten is for who has the kabupaten."""
    feed = feed_of(shown(), shown(alert_id(2), scope="36.04"), area(), tps())
    part = Sight(ActorRole.OPERATOR, "36.04.17", "36.04")
    assert ([alert_id()], [], []) == (
        ids(snapshot(feed, part), "alerts"),
        ids(snapshot(feed, ELSEWHERE), "alerts"),
        snapshot(feed, part)["areas"],
    )
    assert [] == snapshot(feed, ELSEWHERE)["tps"]


def test_a_parent_that_is_not_seen_has_no_name() -> None:
    """Be it for the role or the area, wherever it stands; nor one that is not there yet."""
    parent = shown(alert_id(1), scope="36.04")
    child = replace(shown(alert_id(2)), parent=parent.id)
    feed = feed_of(child)
    part = replace(OPERATOR, area="36.04.17")

    def named(sight: Sight) -> set[str | None]:
        rows = cast("list[dict[str, str | None]]", snapshot(feed, sight)["alerts"])
        [row] = [one for one in rows if one["id"] == child.id]
        page = alert_page(feed, sight, child.id)
        assert page is not None
        return {row["parent"], page.row.parent, page.alert.parent}

    assert {None} == named(OPERATOR)
    tell(feed, parent)
    assert ({parent.id}, {None}) == (named(OPERATOR), named(part))
    assert parent.id not in json.dumps(snapshot(feed, part))
    tell(feed, replace(parent, restricted_to=("propam",)))
    assert ({None}, {parent.id}) == (named(OPERATOR), named(PROPAM))


def test_one_who_looks_at_many_kabupaten_does_not_take_the_memory() -> None:
    """Until something changes, what was made is held: but only so much of it."""
    codes = [f"36.{number:02}" for number in range(1, 61)]
    long = replace(shown(), title=Text("x" * 2**21, ""))
    feed = feed_of(long, *(area(code) for code in codes))
    clock = feed.clock(OPERATOR, NOW, is_live=True)
    tracemalloc.start()
    try:
        for code in codes:
            feed.snapshot(Sight(ActorRole.OPERATOR, zoom=code), SESSION, clock)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 110 * 2**20  # A half more than what is held: a buffer of msgspec is not cut.


def test_a_list_is_in_the_order_of_moments_not_of_texts() -> None:
    """A country has three zones: nine in Jayapura comes before eight in Jakarta."""
    east = replace(shown(alert_id(1)), updated_at="2024-11-27T09:00:00+09:00")
    west = replace(shown(alert_id(2)), updated_at="2024-11-27T08:00:00+07:00")
    found = listed(feed_of(west, east), OPERATOR, Asked())
    assert [west.id, east.id] == [one.id for one in found]


def test_triage_and_letters_go_to_their_desks_alone() -> None:
    """A viewer sees no report, and an operator no dead letter of a count of votes."""
    feed = feed_of(report(REPORT))
    for offset, topic in enumerate((b"tps.status", b"vote.counts")):
        words = (("reason", b"schema"), ("topic", topic), ("detail", b"x"))
        one = arrived(Topic.DEADLETTER, "", b'{"id":7}', NOW, words)
        feed.model.apply(replace(one, offset=offset))
    feed.tick()
    everywhere = Sight(ActorRole.OPERATOR)
    letters = json.dumps(snapshot(feed, everywhere)["letters"])
    assert (True, False) == (NUMBER[0] in letters, NUMBER[1] in letters)
    assert NUMBER[1] in json.dumps(snapshot(feed, Sight(ActorRole.COMMANDER))["letters"])
    viewer = Sight(ActorRole.VIEWER)
    assert ([], []) == (snapshot(feed, viewer)["letters"], snapshot(feed, viewer)["triage"])
    assert [] == snapshot(feed, OPERATOR)["letters"]


def test_replies_go_to_who_has_asked() -> None:
    """And only to him."""
    feed = feed_of()
    since = feed.number
    tell(feed, reply("c-1"), reply("c-2", actor="posko-2"))
    assert {} == delta(feed, OPERATOR, since)
    found = feed.replies((OPERATOR, "posko-1"), since)
    assert found is not None
    assert (True, False) == (b'"c-1"' in found, b'"c-2"' in found)
    assert None is feed.replies((OPERATOR, "posko-3"), since)


def test_moving_clocks_go_to_who_looks_at_that_kabupaten() -> None:
    """A screen of the country is not sent all of it each second."""
    feed = feed_of(area(), area("36.05"))
    since = feed.number
    tell(feed, area(now="2024-11-27T07:10:01+07:00"))
    assert {} == delta(feed, Sight(ActorRole.VIEWER), since)
    assert "areas" in delta(feed, OPERATOR, since)
    # The clocks themselves are told each second, the oldest of those in sight.
    assert 1_732_666_200_000 == feed.clock(Sight(ActorRole.VIEWER), NOW, is_live=True).now_ms


def test_only_the_zoom_has_its_tps() -> None:
    """Half a million of them are in no snapshot."""
    feed = feed_of(area(), area("36.05"), tps(), tps(ELSEWHERE_TPS))
    everywhere = Sight(ActorRole.OPERATOR)
    assert [] == snapshot(feed, everywhere)["tps"]
    zoomed = replace(everywhere, zoom="36.05")
    [row] = cast("list[dict[str, str]]", snapshot(feed, zoomed)["tps"])
    assert ELSEWHERE_TPS == row["code"]


def test_who_is_too_far_behind_begins_anew() -> None:
    """The ring has the newest frames; a frame that is not there yet is of another room."""
    feed = feed_of(shown())
    for number in range(3_100):
        tell(feed, reply(f"c-{number}"))
    assert not feed.can_continue(1)
    assert feed.can_continue(feed.number - 3_000)
    assert feed.can_continue(feed.number)
    assert not feed.can_continue(feed.number + 1)


def test_what_a_role_may_do_is_in_its_row_alone() -> None:
    """A viewer has nothing to click; a commander may shelve what is critical."""
    feed = feed_of(shown(severity=Severity.CRITICAL))

    def may(role: ActorRole) -> list[str]:
        [row] = cast(
            "list[dict[str, list[str]]]", snapshot(feed, replace(OPERATOR, role=role))["alerts"]
        )
        return row["may"]

    assert [] == may(ActorRole.VIEWER)
    assert ("ack" in may(ActorRole.OPERATOR), "unack" in may(ActorRole.OPERATOR)) == (True, False)
    assert ("shelve" in may(ActorRole.OPERATOR)) is False
    assert "shelve" in may(ActorRole.COMMANDER)
    # An alert of OPS is not for a liaison to act on.
    assert [] == may(ActorRole.LIAISON)
