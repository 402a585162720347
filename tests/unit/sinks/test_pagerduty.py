"""What PagerDuty is told of a kabupaten, in which order, and how it brings an answer back."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
import pytest
from msgspec.structs import replace

from streams.domain.alert import AlertState
from streams.domain.ids import AreaCode, ElectionId
from streams.domain.times import MINUTE_MS, SECOND_MS, EpochMs
from streams.domain.words import Severity
from streams.sinks.mirror_settings import PagerDutySettings
from streams.sinks.pagerduty import (
    Action,
    Incident,
    dedup_key,
    incidents,
    place_of_key,
    to_send,
)
from streams.sinks.pagerduty_events import event_of
from streams.wire.board import Board, Place
from tests.support.shown import ELECTION, KABUPATEN, NOW, alert_id, board_of, shown

SETTINGS: Final = PagerDutySettings(min_severity=Severity.LOW, link="https://siaga.example/{alert}")
PLACE: Final = Place(ELECTION, KABUPATEN)
OTHER: Final = Place(ELECTION, AreaCode("17.02"))
A: Final = alert_id(1)
B: Final = alert_id(2)
KEY: Final = "R0123456789abcdef0123456789abcde"
OPEN, TAKEN, DONE = (
    AlertState.UNACKNOWLEDGED,
    AlertState.ACKNOWLEDGED,
    AlertState.RESOLVED,
)


def steps(board: Board, has: Mapping[Place, Incident], now: EpochMs = NOW) -> list[str]:
    """Return what is sent, as `36.04 trigger`."""
    found = to_send(incidents(SETTINGS, board), has, now)
    return [f"{one.place.kabupaten} {' '.join(one.actions)}" for one in found]


def after(board: Board) -> dict[Place, Incident]:
    """Return what PagerDuty has when it has heard all of a board."""
    return {one.place: one.then for one in to_send(incidents(SETTINGS, board), {}, NOW)}


@pytest.mark.parametrize(
    ("before", "states", "expected"),
    [
        (None, [OPEN], ["36.04 resolve trigger"]),
        (None, [TAKEN], ["36.04 acknowledge"]),
        (None, [TAKEN, OPEN], ["36.04 resolve trigger"]),
        (None, [DONE], ["36.04 resolve"]),
        ([OPEN], [OPEN], []),
        ([OPEN], [TAKEN], ["36.04 acknowledge"]),
        ([OPEN, OPEN], [TAKEN, OPEN], []),
        ([OPEN], [DONE], ["36.04 resolve"]),
        ([TAKEN], [TAKEN], []),
        ([TAKEN], [DONE], ["36.04 resolve"]),
        ([TAKEN], [TAKEN, OPEN], ["36.04 resolve trigger"]),
        ([DONE], [DONE], []),
        ([DONE], [OPEN], ["36.04 trigger"]),
        ([DONE], [TAKEN], []),
        ([OPEN], [AlertState.SHELVED], ["36.04 acknowledge"]),
        ([OPEN], [AlertState.RETURNED], []),
    ],
)
def test_an_incident_follows_its_alerts(
    before: Sequence[AlertState] | None, states: Sequence[AlertState], expected: list[str]
) -> None:
    """None stands for a mirror that knows nothing yet."""

    def board(of: Sequence[AlertState]) -> Board:
        return board_of(*(shown(alert_id(n), state) for n, state in enumerate(of)))

    assert expected == steps(board(states), {} if before is None else after(board(before)))


def test_more_alerts_are_told_after_a_minute_graver_ones_at_once() -> None:
    """A storm in one kabupaten must not use up the minute of all others."""
    has = after(board_of(shown(A)))
    more, graver = (
        board_of(shown(A), shown(B)),
        board_of(shown(A), shown(B, OPEN, Severity.CRITICAL)),
    )
    soon, later = EpochMs(NOW + MINUTE_MS - SECOND_MS), EpochMs(NOW + MINUTE_MS)
    assert [[], ["36.04 trigger"], ["36.04 trigger"]] == [
        steps(more, has, soon),
        steps(more, has, later),
        steps(graver, has, soon),
    ]


def test_whoever_must_be_called_comes_first() -> None:
    """The gravest before others; what is over last."""
    board = board_of(
        shown(alert_id(1, "36.01"), DONE),
        shown(alert_id(2, "36.02"), TAKEN, Severity.CRITICAL),
        shown(alert_id(3, "36.03"), OPEN, Severity.LOW),
        shown(alert_id(4, "36.04"), OPEN, Severity.CRITICAL),
    )
    expected = [
        "36.04 resolve trigger",
        "36.03 resolve trigger",
        "36.02 acknowledge",
        "36.01 resolve",
    ]
    assert expected == steps(board, {})


def test_an_incident_says_how_many_and_which() -> None:
    """Names of places and ids of alerts; nobody's name."""
    board = board_of(shown(A), shown(B, TAKEN, Severity.CRITICAL))
    [alerts] = incidents(SETTINGS, board).values()
    event = event_of(Action.TRIGGER, PLACE, alerts, SETTINGS)
    payload = event.payload
    assert payload is not None
    expected = "Serang: 2 alarm terbuka (1 kritis, 1 tinggi) / 2 open alerts (1 critical, 1 high)"
    assert (expected, "critical", "36.04") == (
        payload.summary,
        payload.severity,
        payload.component,
    )
    details = payload.custom_details
    assert (2, 1, [B, A]) == (
        details.open,
        details.not_taken,
        [one.alert for one in details.gravest],
    )
    assert f"https://siaga.example/{B}" == details.gravest[0].link
    assert b"kapolsek-budi" not in msgspec.json.encode(event)


def test_an_incident_names_no_more_than_twenty_alerts() -> None:
    """PagerDuty takes 512 kB, and a person fewer."""
    board = board_of(*(shown(alert_id(n)) for n in range(500)))
    [alerts] = incidents(SETTINGS, board).values()
    event = event_of(Action.TRIGGER, PLACE, alerts, SETTINGS)
    assert len(msgspec.json.encode(event)) < 20_000
    assert event.payload is not None
    assert (500, 20) == (
        event.payload.custom_details.open,
        len(event.payload.custom_details.gravest),
    )


def test_a_drill_says_so_and_real_places_are_not_told_of() -> None:
    """A service for drills hears nothing of what is real, not even that it is over."""
    settings = replace(SETTINGS, drill=True)
    drill = replace(shown(A), drill=True, election=ElectionId(f"{ELECTION}#drill-1"))
    found = incidents(settings, board_of(drill, shown(B)))
    [(place, alerts)] = found.items()
    event = event_of(Action.TRIGGER, place, alerts, settings)
    assert event.payload is not None
    assert event.payload.summary.startswith("LATIHAN / EXERCISE: ")


def test_a_key_brings_its_place_back() -> None:
    """Whoever acknowledges an incident there says by it what he has taken on."""
    assert ("siaga|serang-2024|36.04", PLACE) == (dedup_key(PLACE), place_of_key(dedup_key(PLACE)))


@pytest.mark.parametrize("key", ["", "siaga", "siaga|a", "other|serang|36.04", "siaga|a|b|c"])
def test_a_key_of_others_is_none_of_ours(key: str) -> None:
    """A service may have incidents of other programs."""
    assert place_of_key(key) is None
