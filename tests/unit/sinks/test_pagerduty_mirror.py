"""The mirror in PagerDuty: how many events a minute, what is sent again, whom it calls at last."""

import asyncio
from collections.abc import Sequence
from typing import Final

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from streams.domain.alert import AlertState
from streams.domain.times import MINUTE_MS, SECOND_MS, EpochMs
from streams.domain.words import Severity
from streams.sinks.http import Http, HttpAnswer, HttpRequest
from streams.sinks.mirror import Equal, MirrorOutcome
from streams.sinks.mirror_api import Api
from streams.sinks.mirror_settings import PagerDutySettings
from streams.sinks.pagerduty_mirror import PagerDutyMirror
from streams.sinks.secret import Secret
from streams.sinks.sink import Refused, TryAgain
from streams.wire.board import Board
from tests.support.shown import NOW, alert_id, board_of, put, shown

SETTINGS: Final = PagerDutySettings(min_severity=Severity.LOW)
KEY: Final = "R0123456789abcdef0123456789abcde"
A: Final = alert_id(1)


class Service(Http):
    """PagerDuty, as far as it is asked: it takes everything but what it is told not to."""

    def __init__(self, *answers: HttpAnswer | TryAgain) -> None:
        super().__init__(1)
        self._answers = list(answers)
        self.took: list[str] = []

    async def send(
        self,
        request: HttpRequest,
        timeout_s: float | None = None,  # noqa: ARG002  # As the one that it stands for.
    ) -> HttpAnswer | TryAgain | Refused:
        """Answer as it was told to, then take everything."""
        answer = self._answers.pop(0) if self._answers else HttpAnswer(202)
        if isinstance(answer, HttpAnswer) and answer.status == 202:
            event = msgspec.json.decode(request.body, type=dict[str, object])
            self.took.append(f"{event['dedup_key']} {event['event_action']}")
            assert KEY == event["routing_key"]
        return answer


def looks(
    service: Service, boards: Sequence[tuple[Board, EpochMs]], per_minute: int = 100
) -> list[MirrorOutcome]:
    """Return what comes of looking at these boards, one after the other."""
    settings = replace(SETTINGS, per_minute=per_minute)
    mirror = PagerDutyMirror("pd", settings, Secret(KEY), Api(service, settings.url, {}))

    async def run() -> list[MirrorOutcome]:
        return [await mirror.look(board, now) for board, now in boards]

    return asyncio.run(run())


def test_a_minute_takes_no_more_than_it_should() -> None:
    """What does not fit into it follows; nothing is left out, and no incident is cut in two."""
    board = board_of(*(shown(alert_id(n, f"36.{n:02}")) for n in range(7)))
    service = Service()
    times = [EpochMs(NOW + n * 20 * SECOND_MS) for n in range(8)]
    _, *outcomes = looks(service, [(Board(), NOW), *((board, at) for at in times)], per_minute=3)
    assert 7 == len(set(service.took)) == len(service.took)
    assert [2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 20.0, 20.0] == [
        one.look_again_s for one in outcomes if isinstance(one, Equal)
    ]


@pytest.mark.parametrize("status", [302, 401, 403, 404, 407])
def test_what_the_network_or_a_key_refuses_is_not_told(status: int) -> None:
    """It is sent again until PagerDuty takes it: only 400 is its word about an event."""
    service = Service(HttpAnswer(status), HttpAnswer(status))
    board = board_of(shown(A, severity=Severity.CRITICAL))
    times = [EpochMs(NOW + n * MINUTE_MS) for n in range(4)]
    _, *outcomes = looks(service, [(Board(), NOW), *((board, at) for at in times)])
    assert [False, False, True, True] == [isinstance(one, Equal) for one in outcomes]
    assert 1 == len(service.took)


def test_what_failed_is_sent_again() -> None:
    """With the same key, so it is the same incident."""
    service = Service(TryAgain("timeout"))
    board = board_of(shown(A))
    _, *outcomes = looks(service, [(Board(), NOW), (board, NOW), (board, NOW), (board, NOW)])
    assert [TryAgain, Equal, Equal] == [type(one) for one in outcomes]
    assert ["siaga|serang-2024|36.04 trigger"] == service.took


def test_what_was_refused_is_not_sent_again_until_it_changes() -> None:
    """PagerDuty would refuse it again; what stands behind it goes out all the same."""
    service = Service(HttpAnswer(400))
    board = board_of(shown(alert_id(1, "36.01")), shown(alert_id(2, "36.02")))
    _, *outcomes = looks(service, [(Board(), NOW), (board, NOW), (board, NOW)])
    assert [Refused, Equal] == [type(one) for one in outcomes]
    assert ["siaga|serang-2024|36.02 trigger"] == service.took
    put(board, shown(alert_id(1, "36.01"), AlertState.UNACKNOWLEDGED, Severity.CRITICAL))
    again = Service()
    looks(again, [(Board(), NOW), (board, NOW)])
    assert 2 == len(again.took)


def incident_after(took: Sequence[str]) -> str:
    """Return how an incident stands in PagerDuty after these events, in a word."""
    state = "none"
    for one in took:
        match one.rpartition(" ")[2], state:
            case "trigger", "none":
                state = "triggered"
            case "acknowledge", "triggered":
                state = "acknowledged"
            case "resolve", _:
                state = "none"
            case _:
                pass
    return state


@given(
    days=st.lists(st.lists(st.sampled_from(list(AlertState)), max_size=3), min_size=1, max_size=8),
    restart=st.integers(0, 7),
)
def test_an_incident_calls_exactly_while_somebody_is_needed(
    days: list[list[AlertState]], restart: int
) -> None:
    """Whatever came before, and wherever the mirror has begun anew."""
    service, board = Service(), Board()
    quiet = {AlertState.ACKNOWLEDGED, AlertState.SHELVED, AlertState.INHIBITED}
    mirror = PagerDutyMirror("pd", SETTINGS, Secret(KEY), Api(service, "http://pd.invalid", {}))
    for number, states in enumerate(days):
        put(board, *(shown(alert_id(n), AlertState.RESOLVED) for n in range(3)))
        put(board, *(shown(alert_id(n), state) for n, state in enumerate(states)))
        if number == restart:
            mirror.forget()
        asyncio.run(mirror.look(board, EpochMs(NOW + number * MINUTE_MS)))
        open_ = {one.state for one in board.open.values()}
        found = incident_after(service.took)
        if not open_:
            assert found == "none"
        elif open_ <= quiet:
            assert found != "triggered"
        else:
            assert found == "triggered"
