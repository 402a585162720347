"""A mirror in one replica of Alertmanager: reads what it has, tells it what has changed.

Each replica is told everything, as its authors ask for: no load balancer, and a mirror of its own
for each, so that one that is down holds up none of the others. When it is back the mirror reads
what it has and begins with a beat, so it catches up at once.
"""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

import msgspec
from msgspec import Struct, field

from streams.domain.ids import AlertId
from streams.domain.times import SECOND_MS, EpochMs
from streams.sinks.alertmanager import (
    Firing,
    Held,
    Labels,
    Words,
    batches,
    end_of,
    is_over,
    posted,
    to_say,
)
from streams.sinks.alertmanager_silences import (
    Expire,
    FoundSilence,
    Silence,
    shelved,
    to_silence,
)
from streams.sinks.mirror import Equal, MirrorOutcome
from streams.sinks.mirror_api import Api, Failure
from streams.sinks.mirror_settings import AlertmanagerSettings, shows
from streams.sinks.sink import Refused, TryAgain
from streams.wire.board import Board
from streams.wire.time import parse_time

__all__ = ["AlertmanagerMirror", "Replica"]


class _FoundAlert(Struct, frozen=True, kw_only=True, rename="camel"):
    """An alert as Alertmanager shows it; one that has ended it does not show."""

    labels: Mapping[str, str]
    annotations: Mapping[str, str] = {}
    starts_at: str
    generator_url: str = field(name="generatorURL", default="")


_alerts: Final = msgspec.json.Decoder(tuple[_FoundAlert, ...])
_silences: Final = msgspec.json.Decoder(tuple[FoundSilence, ...])


class Replica(Struct, frozen=True):
    """One replica, and what is ours there."""

    name: str
    """Of the mirror in the settings, with a number where there are several replicas."""
    source: str
    """By which we know what is ours."""


class AlertmanagerMirror:
    """Keeps one replica equal to the board."""

    def __init__(self, settings: AlertmanagerSettings, replica: Replica, api: Api) -> None:
        self._settings = settings
        self._replica = replica
        self._api = api
        self._words = Words(settings, replica.source)
        self._beat_ms = round(settings.resend_s * SECOND_MS)
        self._held: dict[Labels, Held] | None = None
        """None: it must be read."""
        self._silenced: Mapping[AlertId, EpochMs] = {}
        """What was shelved when the silences were last equal to it."""
        self._beat_at = EpochMs(0)

    @property
    def name(self) -> str:
        """Name in the settings, with the number of the replica."""
        return self._replica.name

    def forget(self) -> None:
        """Believe nothing any more of what the replica has."""
        self._held = None
        self._beat_at = EpochMs(0)

    async def close(self) -> None:
        """Let go of connections."""
        await self._api.close()

    async def look(self, board: Board, now: EpochMs) -> MirrorOutcome:
        """Tell the replica what has changed, at a beat everything; then see to the silences."""
        # A clock that was set back must not end the beats: what nobody repeats, ends there.
        beat = not 0 <= now - self._beat_at < self._beat_ms
        failure = (
            await self._read()
            or await self._say(board, now, beat=beat)
            or await self._silence(board, now, beat=beat)
        )
        if failure is not None:
            # It may have been started anew, and then it has nothing.
            self.forget()
            return failure
        if beat:
            self._beat_at = now
        return Equal((self._beat_at + self._beat_ms - now) / SECOND_MS)

    async def _say(self, board: Board, now: EpochMs, *, beat: bool) -> Failure | None:
        """Send all batches; one that is refused does not hold up those behind it."""
        held = self._held
        assert held is not None, "it has been read"
        said = to_say(
            self._words.wanted(board), held, lambda one: end_of(one, board, now), beat=beat
        )
        refused: Refused | None = None
        for batch in batches(said):
            answer = await self._post(batch, now)
            if isinstance(answer, TryAgain):
                return answer
            if isinstance(answer, Refused):
                refused = answer
            else:
                held.update({one.firing.labels: one for one in batch})
        for over in [labels for labels, one in held.items() if is_over(one, now)]:
            del held[over]
        return refused

    async def _post(self, batch: Sequence[Held], now: EpochMs) -> Failure | None:
        body = [posted(one, now, self._beat_ms) for one in batch]
        return await self._api.tell("POST", "api/v2/alerts", msgspec.json.encode(body))

    async def _silence(self, board: Board, now: EpochMs, *, beat: bool) -> Failure | None:
        must_be = shelved(one for one in board.open.values() if shows(self._settings, one))
        if not beat and must_be == self._silenced:
            return None
        found = await self._api.ask("GET", "api/v2/silences", _silences)
        if not isinstance(found, tuple):
            return found
        source = self._replica.source
        for one in to_silence(must_be, found, source, now, self._beat_ms):
            failure = await self._send_silence(one)
            if failure is not None:
                return failure
        self._silenced = must_be
        return None

    async def _send_silence(self, one: Silence) -> Failure | None:
        if isinstance(one, Expire):
            return await self._api.tell("DELETE", f"api/v2/silence/{one.id}")
        return await self._api.tell("POST", "api/v2/silences", msgspec.json.encode(one))

    async def _read(self) -> Failure | None:
        """Read which alerts of ours the replica has, if we do not know it."""
        if self._held is not None:
            return None
        source, drill = self._replica.source, str(self._settings.drill).lower()
        asked = urlencode([("filter", f'source="{source}"'), ("filter", f'drill="{drill}"')])
        found = await self._api.ask("GET", f"api/v2/alerts?{asked}", _alerts)
        if not isinstance(found, tuple):
            return found
        firing = (_firing(one) for one in found)
        self._held = {one.labels: Held(one) for one in firing}
        return None


def _firing(found: _FoundAlert) -> Firing:
    return Firing(
        labels=tuple(sorted(found.labels.items())),
        annotations=tuple(sorted(found.annotations.items())),
        starts_at=parse_time(found.starts_at),
        link=found.generator_url,
    )
