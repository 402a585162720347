"""The clock of a stream: when the picture in sight moved, and which kabupaten stand still."""

from typing import Final

from msgspec.structs import replace

from streams.domain.events import ActorRole
from streams.domain.ids import ElectionId
from streams.domain.times import MINUTE_MS, EpochMs
from streams.engine.topics import Topic
from streams.room.documents import Clock
from streams.room.feed import Feed
from streams.room.model import Model
from streams.room.names import Names
from streams.room.sight import Sight
from streams.wire.picture import encode
from tests.support.room_houses import arrived, put_in
from tests.unit.room.documents import NOW, area, tps
from tests.unit.territory.folders import plan_of

_ALL: Final = Sight(ActorRole.OPERATOR)
_SERANG: Final = Sight(ActorRole.OPERATOR, "36.04", "36.04")
_LEBAK: Final = Sight(ActorRole.OPERATOR, "36.05", "36.05")
_LATER: Final = EpochMs(NOW + 5 * MINUTE_MS)
_DRILL: Final = ElectionId("serang-2024#drill-1")


def stopped(*, names: Names | None = None, at: EpochMs = NOW) -> Feed:
    """Return a feed whose 36.05 moved at a moment, and 36.04 five minutes after `NOW`."""
    model = put_in(Model(), area("36.05"), at=at)
    put_in(model, area("36.04"), at=_LATER)
    return Feed(model, names or Names())


def clock(feed: Feed, sight: Sight = _ALL, server_ms: int = _LATER) -> Clock:
    """Return the clock that somebody is told."""
    return feed.clock(sight, EpochMs(server_ms), is_live=True)


def test_a_kabupaten_that_does_not_move_is_told_where_others_do() -> None:
    """With since when; the picture in sight has moved."""
    told = clock(stopped())
    assert ((("36.05", NOW),), _LATER) == (told.still, told.moved_ms)


def test_who_sees_it_alone_is_told_that_nothing_moves() -> None:
    """Elsewhere it goes on, but not in his sight; and for who sees what moves all is well."""
    feed = stopped()
    alone, other = clock(feed, _LEBAK), clock(feed, _SERANG)
    assert ((), NOW) == (alone.still, alone.moved_ms)
    assert ((), _LATER) == (other.still, other.moved_ms)


def test_a_minute_is_not_yet_still_and_time_alone_makes_it_more() -> None:
    """A clock is asked for each second, also where no record comes and there is no new frame."""
    feed = stopped()
    assert () == clock(feed, server_ms=NOW + MINUTE_MS).still
    assert ("36.05",) == tuple(code for code, _ in clock(feed, server_ms=NOW + MINUTE_MS + 1).still)
    put_in(feed.model, area("36.05", now="2024-11-27T07:16:00+07:00"), at=_LATER)
    feed.tick()
    assert () == clock(feed).still


def test_where_nothing_moves_none_is_named() -> None:
    """All that is in sight stands: since the last of them moved."""
    told = clock(stopped(), server_ms=_LATER + MINUTE_MS + 1)
    assert ((), _LATER) == (told.still, told.moved_ms)


def test_the_longest_still_is_the_first() -> None:
    """However their codes go."""
    feed = stopped()
    put_in(feed.model, area("36.02"), at=EpochMs(NOW + MINUTE_MS))
    put_in(feed.model, area("36.71"), at=EpochMs(NOW - MINUTE_MS))
    feed.tick()
    assert ["36.71", "36.05", "36.02"] == [code for code, _ in clock(feed).still]


def test_a_broker_that_keeps_no_times_has_none_that_stand() -> None:
    """The embedded one: its records are of 1970."""
    feed = Feed(put_in(Model(), area("36.04"), area("36.05"), at=EpochMs(0)), Names())
    told = clock(feed)
    assert ((), None) == (told.still, told.moved_ms)


def test_nothing_is_told_of_what_is_gone() -> None:
    """Its record has been removed: nobody is to judge it."""
    feed = stopped()
    feed.model.apply(arrived(Topic.PICTURE, "36.05", None, _LATER))
    feed.tick()
    assert () == clock(feed).still
    assert None is clock(feed, _LEBAK).moved_ms


def test_a_drill_neither_stands_nor_moves_its_place() -> None:
    """When it has ended its record may stay; and while it runs the day itself may stand."""
    feed = stopped()
    for code, at in (("36.04", NOW), ("36.05", _LATER)):
        value = encode(replace(area(code), election=_DRILL, drill=True))
        feed.model.apply(arrived(Topic.PICTURE, f"{code}@{_DRILL}", value, at))
    feed.tick()
    assert (("36.05", NOW),) == clock(feed).still


def test_only_the_record_of_a_kabupaten_says_that_it_moves() -> None:
    """It comes each second; TPS and desa come when there is something to tell."""
    feed = stopped()
    put_in(feed.model, tps("36.05.01.2001-001"), area("36.05.01"), at=_LATER)
    feed.tick()
    assert (("36.05", NOW),) == clock(feed).still


def test_an_election_that_is_over_holds_no_clock() -> None:
    """Nobody removes its pictures; a room that was started with others waits for none of it."""
    feed = stopped(names=Names([plan_of()]))
    put_in(feed.model, area("36.05", now="2020-12-09T13:00:00+07:00", heard=None), at=NOW)
    feed.tick()
    told, serang = clock(feed), clock(feed, _SERANG)
    assert ((), serang.now_ms, serang.heard_ms) == (told.still, told.now_ms, told.heard_ms)
    assert NOW == clock(feed, _LEBAK).moved_ms, "for who sees nothing else it is all there is"
