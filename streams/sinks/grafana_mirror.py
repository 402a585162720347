"""A mirror in Grafana: reads which annotations say that their alert is open, writes the rest."""

from typing import Final
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from streams.domain.ids import AlertId
from streams.domain.times import EpochMs
from streams.sinks.grafana import (
    OPEN,
    Annotation,
    Change,
    Found,
    Make,
    Remove,
    Writing,
    annotation,
    to_write,
)
from streams.sinks.mirror import Equal, MirrorOutcome
from streams.sinks.mirror_api import Api, Failure
from streams.sinks.mirror_settings import GrafanaSettings, shows
from streams.wire.board import Board

__all__ = ["GrafanaMirror"]

_LOOK_S: Final = 60.0
_MORE_S: Final = 0.5
_FOUND_MAX: Final = 100_000
_PATH: Final = "api/annotations"


class _Made(Struct, frozen=True):
    id: int


_found: Final = msgspec.json.Decoder(tuple[Found, ...])
_made: Final = msgspec.json.Decoder(_Made)
_encode: Final = msgspec.json.encode


class GrafanaMirror:
    """Keeps the open annotations of one Grafana equal to the board."""

    def __init__(self, name: str, settings: GrafanaSettings, api: Api) -> None:
        self.name = name
        self._settings = settings
        self._source = settings.source or f"siaga/{name}"
        self._api = api
        self._found: dict[int, Found] | None = None
        """The open annotations of ours by their ids; None: they must be read."""

    def forget(self) -> None:
        """Believe nothing any more of what Grafana has."""
        self._found = None

    async def close(self) -> None:
        """Let go of connections."""
        await self._api.close()

    async def look(self, board: Board, now: EpochMs) -> MirrorOutcome:
        """Write what is missing, some annotations at a time."""
        found = await self._read()
        if not isinstance(found, dict):
            return found
        wanted = {
            AlertId(one.id): annotation(self._settings, self._source, one)
            for one in board.open.values()
            if shows(self._settings, one)
        }
        writings = to_write(wanted, tuple(found.values()), board, now)
        for one in writings[: self._settings.at_once]:
            failure = await self._write(one, found)
            if failure is not None:
                # Whether it was written nobody knows, so it is read before anything is made again.
                self.forget()
                return failure
        return Equal(_LOOK_S if len(writings) <= self._settings.at_once else _MORE_S)

    async def _read(self) -> dict[int, Found] | Failure:
        if self._found is None:
            words = [("tags", self._source), ("tags", OPEN), ("limit", str(_FOUND_MAX))]
            found = await self._api.ask("GET", f"{_PATH}?{urlencode(words)}", _found)
            if not isinstance(found, tuple):
                return found
            self._found = {one.id: one for one in found}
        return self._found

    async def _write(self, one: Writing, found: dict[int, Found]) -> Failure | None:
        match one:
            case Make(_, wants):
                return await self._make(wants, found)
            case Change(_, number, wants):
                failure = await self._api.tell("PATCH", f"{_PATH}/{number}", _encode(wants))
                if failure is None:
                    _note(found, number, wants)
                return failure
            case Remove(number):
                failure = await self._api.tell("DELETE", f"{_PATH}/{number}")
                if failure is None:
                    del found[number]
                return failure

    async def _make(self, wants: Annotation, found: dict[int, Found]) -> Failure | None:
        made = await self._api.ask("POST", _PATH, _made, _encode(wants))
        if not isinstance(made, _Made):
            return made
        _note(found, made.id, wants)
        return None


def _note(found: dict[int, Found], number: int, wants: Annotation) -> None:
    """Remember an annotation as it is now; one whose alert has ended is none of ours any more."""
    if OPEN in wants.tags:
        found[number] = Found(number, wants.tags)
    else:
        del found[number]
