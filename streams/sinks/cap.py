"""A channel of CAP 1.2: each message to an address, or as a file into a folder that another reads.

The target of a contact is `https://…`, or `file:` and a folder. Messages of a delivery go out one
after the other; if one fails, all are sent again, each with the identifier that it had.
"""

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final

from streams.sinks.apart import Apart
from streams.sinks.cap_document import CapMessage, CapSource, cap_messages
from streams.sinks.cap_settings import CapSettings
from streams.sinks.http import Http, HttpAnswer, HttpRequest, outcome_of
from streams.sinks.sender import Message
from streams.sinks.sink import Delivered, Outcome

__all__ = ["CapSender", "is_target"]

_FILE: Final = "file:"
_REFERENCE_MAX: Final = 200


def is_target(target: str) -> bool:
    """Tell whether a channel of CAP can send to a contact's target."""
    return target.startswith(("https://", "http://")) or (
        target.startswith(_FILE) and Path(target.removeprefix(_FILE)).is_absolute()
    )


class CapSender:
    """Sends messages of CAP."""

    def __init__(
        self, settings: CapSettings, http: Http, authorization: Mapping[str, str] | None = None
    ) -> None:
        self._settings = settings
        self._http = http
        self._headers = {"Content-Type": "application/cap+xml", **(authorization or {})}
        self._folders: dict[str, Apart] = {}

    async def send(self, one: Message) -> Outcome:
        """Send all messages in order; the first that fails ends it."""
        messages = [
            message
            for number, notice in enumerate(one.notices)
            for message in cap_messages(notice, self._source(one, number))
        ]
        for message in messages:
            outcome = await self._send(one.target, message)
            if not isinstance(outcome, Delivered):
                return outcome
        reference = messages[0].reference if len(messages) == 1 else ""
        return Delivered(reference if len(reference) <= _REFERENCE_MAX else "")

    async def close(self) -> None:
        """Let go of connections."""
        await self._http.close()

    def _source(self, one: Message, number: int) -> CapSource:
        is_alone = len(one.notices) == 1
        return CapSource(
            sender=self._settings.sender,
            sender_name=self._settings.sender_name,
            key=one.key if is_alone else f"{one.key}.{number}",
            replaces=one.replaces if is_alone else "",
        )

    async def _send(self, target: str, message: CapMessage) -> Outcome:
        if target.startswith(_FILE):
            apart = self._folders.setdefault(target, Apart())
            folder = Path(target.removeprefix(_FILE))
            return await apart.write(partial(_write, folder, message), "file")
        request = HttpRequest(url=target, headers=self._headers, body=message.xml)
        answer = await self._http.send(request)
        return outcome_of(answer) if isinstance(answer, HttpAnswer) else answer


def _write(folder: Path, message: CapMessage) -> None:
    """Write a file that is there whole or not at all, as soon as it counts as delivered."""
    file = folder / f"{message.identifier.replace(':', '_')}.xml"
    unfinished = file.with_suffix(".part")
    with unfinished.open("wb") as written:
        written.write(message.xml)
        written.flush()
        os.fsync(written.fileno())
    unfinished.rename(file)
