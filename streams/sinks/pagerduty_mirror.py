"""A mirror in PagerDuty: sends events, no more a minute than it takes, and knows what it was told.

An event that PagerDuty refuses (400) is not sent again until its kabupaten changes: it would be
refused again. All else that fails is tried again, refusals by whatever other status too: their
cause is in somebody's settings or network. The `dedup_key` makes a repeat harmless.
"""

from collections import deque
from typing import Final

import msgspec
from msgspec.structs import replace

from streams.domain.times import MINUTE_MS, EpochMs
from streams.sinks.mirror import Equal, MirrorOutcome
from streams.sinks.mirror_api import Api
from streams.sinks.mirror_settings import PagerDutySettings
from streams.sinks.pagerduty import Action, Groups, Incident, Step, incidents, to_send
from streams.sinks.pagerduty_events import event_of
from streams.sinks.secret import Secret
from streams.sinks.sink import Refused, TryAgain
from streams.wire.board import Board, Place

__all__ = ["PagerDutyMirror"]

_EVENT_REFUSED: Final = Refused("http 400")
_LOOK_S: Final = 20.0
_FULL_S: Final = 2.0
"""When to look again while the minute is full."""


class PagerDutyMirror:
    """Keeps the incidents of one service equal to the board."""

    def __init__(self, name: str, settings: PagerDutySettings, key: Secret, api: Api) -> None:
        self.name = name
        self._settings = settings
        self._key = key
        self._api = api
        self._has: dict[Place, Incident] = {}
        self._first: frozenset[Place] | None = None
        """Places at the first look, of which nobody knows what PagerDuty has; others have none."""
        self._sent: deque[EpochMs] = deque()
        """When each event of the last minute was sent."""

    def forget(self) -> None:
        """Believe nothing any more of what PagerDuty has."""
        self._has.clear()
        self._first = None

    async def close(self) -> None:
        """Let go of connections."""
        await self._api.close()

    async def look(self, board: Board, now: EpochMs) -> MirrorOutcome:
        """Send what has changed, the most urgent first, as much as a minute takes."""
        while self._sent and self._sent[0] <= now - MINUTE_MS:
            self._sent.popleft()
        groups = incidents(self._settings, board)
        if self._first is None:
            self._first = frozenset(groups)
        for place in groups.keys() - self._first:
            self._has.setdefault(place, Incident(Action.RESOLVE))
        refused: Refused | None = None
        for step in to_send(groups, self._has, now):
            if len(self._sent) + len(step.actions) > self._settings.per_minute:
                return refused or Equal(_FULL_S)
            failure = await self._send(step, groups, now)
            if failure is not None and failure != _EVENT_REFUSED:
                return failure
            if failure is not None:
                refused = _EVENT_REFUSED
            self._has[step.place] = step.then
        return refused or Equal(_LOOK_S)

    async def _send(self, step: Step, groups: Groups, now: EpochMs) -> TryAgain | Refused | None:
        for action in step.actions:
            event = event_of(action, step.place, groups[step.place], self._settings)
            body = msgspec.json.encode(replace(event, routing_key=self._key.reveal()))
            self._sent.append(now)
            failure = await self._api.tell("POST", "", body)
            if failure is not None:
                return failure
        return None
