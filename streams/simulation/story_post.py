"""The messages of a story: from an author's few words to what is sent.

Id and time are filled in, an actor's role and area looked up, an alert's name turned into its id.
What comes out is an event of the contract, so what the author wrote is checked by the same types
that check everybody's messages; a field that they do not know is refused here, where live it would
be passed over.
"""

from collections.abc import Callable, Sequence
from typing import Annotated, Final, TypeVar, cast

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from streams.domain.effects import ReplyOutcome
from streams.domain.events import CrowdReport, OperatorCommand, Place, TpsStatus, VoteCount
from streams.domain.ids import desa_of
from streams.domain.times import EpochMs
from streams.simulation.post import (
    Post,
    box_name,
    post_command,
    post_count,
    post_report,
    post_status,
)
from streams.simulation.story import Ordered
from streams.simulation.story_document import Path
from streams.simulation.story_stage import Stage
from streams.wire.time import format_time

__all__ = ["Clock", "WrittenPost", "order_of", "post_of"]

Clock = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3])(:[0-5][0-9]){1,2}$", max_length=8)]
"""Local time, `07:10` or `07:10:30`."""
Fields = dict[str, object]
_Kind = TypeVar("_Kind", bound=TpsStatus | CrowdReport | VoteCount | OperatorCommand)
_DELAY_MS: Final = 350
"""After the second that the author names, so that it is received within that second."""


class WrittenPost(Struct, frozen=True, forbid_unknown_fields=True):
    """One message, as an author writes it: one of `status`, `report`, `count`, `command`."""

    at: Clock
    received: Clock | None = None
    """Without it: at once."""
    status: Fields | UnsetType = UNSET
    report: Fields | UnsetType = UNSET
    count: Fields | UnsetType = UNSET
    command: Fields | UnsetType = UNSET
    reply: ReplyOutcome = ReplyOutcome.DONE
    """Of a command: what must be answered."""


class _Drawn(Struct, frozen=True):
    """A message while it is being made."""

    stage: Stage
    path: Path
    id: str
    at: EpochMs
    received_at: EpochMs


def order_of(written: WrittenPost, name: str) -> Ordered | None:
    """Return what must be answered to a message; None: it is no command."""
    return None if written.command is UNSET else Ordered(name, written.reply)


def post_of(stage: Stage, written: WrittenPost, path: Path, name: str) -> Post:
    """Return the message that an author means.

    Args:
        stage: The plan.
        written: What the file says.
        path: Where it stands there.
        name: Id of the message.

    Raises:
        InputError: It is no message of the contract, or names what the plan has not.
    """
    at = stage.moment(written.at)
    received = EpochMs(stage.moment(written.received or written.at) + _DELAY_MS)
    if received < at:
        raise stage.document.fault((*path, "received"), "expected a time not before `at`")
    drawn = _Drawn(stage, path, name, at, received)
    ways = (
        (_status, written.status),
        (_report, written.report),
        (_count, written.count),
        (_command, written.command),
    )
    given = [(make, fields) for make, fields in ways if fields is not UNSET]
    if len(given) != 1:
        raise stage.document.fault(path, "expected one of status, report, count and command")
    [(make, fields)] = given
    return make(drawn, fields)


def _status(drawn: _Drawn, fields: Fields) -> Post:
    event = _event(drawn, "status", fields, TpsStatus)
    about = _about_place(drawn, (*drawn.path, "status", "tps"), event.tps)
    if event.officer is not UNSET:
        path = (*drawn.path, "status", "officer")
        about = (*about, drawn.stage.officer_about(event.officer, path))
    if event.box and event.tps is not UNSET:
        about = (*about, box_name(event.tps, event.box))
    return post_status(event, drawn.at, drawn.received_at, about)


def _report(drawn: _Drawn, fields: Fields) -> Post:
    event = _event(drawn, "report", fields, CrowdReport)
    place = Place() if event.place is UNSET else event.place
    path = (*drawn.path, "report", "place")
    about = _about_place(drawn, (*path, "tps"), place.tps)
    about += _about_place(drawn, (*path, "desa"), place.desa)
    return post_report(event, drawn.at, drawn.received_at, about)


def _count(drawn: _Drawn, fields: Fields) -> Post:
    path = (*drawn.path, "count")
    event = _event(drawn, "count", fields, VoteCount)
    about = _about_place(drawn, (*path, "tps"), event.tps)
    choices = drawn.stage.choices(event.tps, event.contest, (*path, "contest"))
    for choice in event.votes:
        if choice not in choices:
            what = f"found {choice!r}, expected {', '.join(choices)}"
            raise drawn.stage.document.fault((*path, "votes"), what)
    return post_count(event, drawn.at, drawn.received_at, about)


def _command(drawn: _Drawn, fields: Fields) -> Post:
    path = (*drawn.path, "command")
    whole = dict(fields)
    lookups: tuple[tuple[str, Callable[[str, Path], object]], ...] = (
        ("actor", lambda text, at: msgspec.to_builtins(drawn.stage.actor(text, at))),
        ("alert", drawn.stage.alert_id),
    )
    for name, look_up in lookups:
        if isinstance(text := fields.get(name), str):
            whole[name] = look_up(text, (*path, name))
    event = _event(drawn, "command", whole, OperatorCommand)
    if event.officer:
        drawn.stage.officer_about(event.officer, (*path, "officer"))
    return post_command(event, drawn.at, drawn.received_at)


def _about_place(drawn: _Drawn, path: Path, code: str | UnsetType) -> tuple[str, ...]:
    if code is UNSET:
        return ()
    drawn.stage.names_of(code, path)
    return (code, desa_of(code))


def _event(drawn: _Drawn, field: str, fields: Fields, kind: type[_Kind]) -> _Kind:
    """Return the fields as an event, or tell the first one that is wrong or without effect."""
    stage = drawn.stage
    path: Path = (*drawn.path, field)
    for name in ("id", "at"):
        if name in fields:
            raise stage.document.fault((*path, name), "expected to be left out: it is filled in")
    whole = {**fields, "id": drawn.id, "at": format_time(drawn.at, stage.offset_minutes)}
    event = stage.document.convert(whole, kind, path)
    unknown = _lost(whole, msgspec.to_builtins(event))
    if unknown is not None:
        what = "expected a field of the contract's schema that is not just its default"
        raise stage.document.fault((*path, *unknown), what)
    return event


def _lost(written: object, kept: object) -> Path | None:
    """Return where the first field stands that was written and did not arrive."""
    rest = _by_step(kept)
    for step, value in _by_step(written).items():
        if step not in rest:
            return (step,)
        if (below := _lost(value, rest[step])) is not None:
            return (step, *below)
    return None


def _by_step(value: object) -> dict[str | int, object]:
    """Return what stands in a mapping or sequence, by name or number; of a scalar nothing."""
    match value:
        case dict():
            return cast("dict[str | int, object]", value)
        case list() | tuple():
            return dict(enumerate(cast("Sequence[object]", value)))
        case _:
            return {}
