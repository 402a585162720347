"""Annotations of Grafana: one region for each alert, found again by its tags."""

import asyncio
from collections.abc import Sequence
from typing import Final
from urllib.parse import parse_qs, urlsplit

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from streams.domain.alert import AlertState, Text
from streams.domain.ids import AlertId
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import Severity
from streams.sinks.grafana import (
    Annotation,
    Change,
    Found,
    Make,
    Remove,
    Writing,
    annotation,
    to_write,
)
from streams.sinks.grafana_mirror import GrafanaMirror
from streams.sinks.http import Http, HttpAnswer, HttpRequest
from streams.sinks.mirror import Equal, MirrorOutcome
from streams.sinks.mirror_api import Api
from streams.sinks.mirror_settings import GrafanaSettings
from streams.sinks.sink import Refused, TryAgain
from streams.wire.board import Board
from streams.wire.documents import ToldDocument
from tests.support.shown import NOW, alert_id, board_of, put, shown

SETTINGS: Final = GrafanaSettings(
    url="http://grafana.invalid",
    link="https://siaga.example/{alert}?a=1&b=2",
    min_severity=Severity.LOW,
)
SOURCE: Final = "siaga/wall"
A: Final = alert_id(1)


def writings(board: Board, *found: Found) -> tuple[Writing, ...]:
    """Return what is written for a board where Grafana has these."""
    wanted = {AlertId(one.id): annotation(SETTINGS, SOURCE, one) for one in board.open.values()}
    return to_write(wanted, found, board, NOW)


def found(number: int, alert: AlertId = A) -> Found:
    """Return the open annotation of an alert."""
    return Found(number, annotation(SETTINGS, SOURCE, shown(alert)).tags)


def test_an_open_alert_is_an_annotation_that_has_not_ended() -> None:
    """Found by what it is about; its text is safe to show."""
    alert = replace(shown(A), title=Text("Sepi <b>", "Quiet <b>"))
    one = annotation(SETTINGS, SOURCE, alert)
    expected = Annotation(
        tags=(
            "siaga",
            SOURCE,
            "open",
            f"alert:{A}",
            "severity:high",
            "rule:T03",
            "kabupaten:36.04",
        ),
        text=(
            "Sepi &lt;b&gt;\nQuiet &lt;b&gt;\n"
            f'<a href="https://siaga.example/{A}?a=1&amp;b=2">{A}</a>'
        ),
        time=NOW - 20 * MINUTE_MS,
    )
    assert expected == one
    assert "timeEnd" not in msgspec.json.encode(one).decode()


def test_a_drill_has_a_tag_of_its_own() -> None:
    """So that a wall can leave it out."""
    assert "drill" in annotation(SETTINGS, SOURCE, replace(shown(A), drill=True)).tags


def test_what_is_there_is_not_made_again() -> None:
    """After a restart it is found by its tags."""
    assert () == writings(board_of(shown(A)), found(7))


def test_an_annotation_ends_with_its_alert() -> None:
    """When it was resolved; where nobody knows, now. It stays, but is not open any more."""
    [known] = writings(board_of(shown(A, AlertState.RESOLVED)), found(7))
    [unknown] = writings(board_of(), found(7))
    assert isinstance(known, Change)
    assert isinstance(unknown, Change)
    assert (NOW - 10 * MINUTE_MS, NOW) == (known.annotation.time_end, unknown.annotation.time_end)
    assert "open" not in known.annotation.tags
    assert f"alert:{A}" in known.annotation.tags


def test_a_graver_alert_changes_its_tags() -> None:
    """Its region stays one."""
    [one] = writings(board_of(shown(A, severity=Severity.CRITICAL)), found(7))
    assert isinstance(one, Change)
    assert (7, 0, True) == (one.id, one.annotation.time, "severity:critical" in one.annotation.tags)


def test_of_several_one_stays() -> None:
    """Two processes may have made one each at the same moment."""
    assert (Remove(9),) == writings(board_of(shown(A)), found(9), found(7))


def test_what_came_back_begins_when_it_did() -> None:
    """Its first region has ended; the second one is another annotation."""
    again = ToldDocument("OPS", "polsek", "2024-11-27T07:28:00+07:00", 1, 0, 0, None)
    one = annotation(SETTINGS, SOURCE, replace(shown(A), told=(again,)))
    assert NOW - 2 * MINUTE_MS == one.time


def test_the_gravest_are_made_first() -> None:
    """A wall with a thousand of them must not wait for the one that matters."""
    board = board_of(
        shown(alert_id(1), severity=Severity.LOW), shown(alert_id(2), severity=Severity.CRITICAL)
    )
    made = [one.alert for one in writings(board) if isinstance(one, Make)]
    assert [alert_id(2), alert_id(1)] == made


class Stored(Struct, rename="camel"):
    """An annotation as Grafana keeps it."""

    id: int
    tags: list[str]
    text: str = ""
    time: int = 0
    time_end: int = 0


class Grafana(Http):
    """Grafana, as far as it is asked; it may lose an answer after it has done what was asked."""

    def __init__(self) -> None:
        super().__init__(1)
        self.stored: dict[int, Stored] = {}
        self.loses = 0
        """How many of the next answers are lost."""
        self.made = 0

    async def send(
        self,
        request: HttpRequest,
        timeout_s: float | None = None,  # noqa: ARG002  # As the one that it stands for.
    ) -> HttpAnswer | TryAgain | Refused:
        """Do what is asked, and answer."""
        body = self._do(request)
        if self.loses and request.method != "GET":
            self.loses -= 1
            return TryAgain("timeout")
        return HttpAnswer(200, body)

    def _do(self, request: HttpRequest) -> bytes:
        split = urlsplit(request.url)
        match request.method:
            case "GET":
                asked = set(parse_qs(split.query)["tags"])
                return msgspec.json.encode(
                    [one for one in self.stored.values() if asked <= set(one.tags)]
                )
            case "POST":
                self.made += 1
                fields = msgspec.json.decode(request.body, type=dict[str, object])
                self.stored[self.made] = msgspec.convert({**fields, "id": self.made}, Stored)
                return msgspec.json.encode({"id": self.made})
            case "PATCH":
                number = int(split.path.rpartition("/")[2])
                fields = msgspec.json.decode(request.body, type=dict[str, object])
                before = msgspec.to_builtins(self.stored[number])
                self.stored[number] = msgspec.convert(before | fields, Stored)
            case _:
                del self.stored[int(split.path.rpartition("/")[2])]
        return b"{}"

    def open_alerts(self) -> list[str]:
        """Return which alerts it shows as open."""
        return sorted(one.tags[3] for one in self.stored.values() if "open" in one.tags)


def mirror_in(grafana: Grafana, at_once: int = 100) -> GrafanaMirror:
    """Return a mirror that knows nothing yet."""
    settings = replace(SETTINGS, at_once=at_once)
    return GrafanaMirror("wall", settings, Api(grafana, settings.url, {}))


def look(mirror: GrafanaMirror, board: Board) -> MirrorOutcome:
    """Let a mirror look once."""
    return asyncio.run(mirror.look(board, NOW))


def test_many_are_written_some_at_a_time() -> None:
    """In between it looks whether something graver has come."""
    grafana, board = Grafana(), board_of(*(shown(alert_id(n)) for n in range(5)))
    mirror = mirror_in(grafana, at_once=2)
    outcomes = [look(mirror, board) for _ in range(3)]
    assert [Equal(0.5), Equal(0.5), Equal(60.0)] == outcomes
    assert 5 == grafana.made


alert_days = st.lists(
    st.lists(st.sampled_from([*AlertState, None]), min_size=3, max_size=3), min_size=1, max_size=8
)


@given(days=alert_days, lost=st.sets(st.integers(0, 7)), restarts=st.sets(st.integers(0, 7)))
def test_every_open_alert_has_exactly_one_open_annotation(
    days: Sequence[Sequence[AlertState | None]], lost: set[int], restarts: set[int]
) -> None:
    """Whatever answers get lost, and wherever the mirror begins anew."""
    grafana, board = Grafana(), Board()
    mirror = mirror_in(grafana)
    for number, states in enumerate(days):
        put(board, *(shown(alert_id(n), one) for n, one in enumerate(states) if one is not None))
        if number in restarts:
            mirror = mirror_in(grafana)
        grafana.loses = int(number in lost)
        look(mirror, board)
        look(mirror, board)
        assert sorted(f"alert:{one}" for one in board.open) == grafana.open_alerts()


def test_a_region_has_its_beginning_and_its_end() -> None:
    """From the opening of the alert to its end."""
    grafana = Grafana()
    mirror = mirror_in(grafana)
    board = board_of(shown(A))
    look(mirror, board)
    look(mirror, put(board, shown(A, AlertState.RESOLVED)))
    [one] = grafana.stored.values()
    assert (EpochMs(NOW - 20 * MINUTE_MS), NOW - 10 * MINUTE_MS) == (one.time, one.time_end)
