"""Lines of `siaga replay`'s input made into events (contract §2, §7), or into dead letters.

This is no second validator: it knows the reasons that a generated day can meet, so that a bad line
is left out of the judgment, and no more.
"""

import json
from dataclasses import dataclass
from typing import cast

from tests.oracle.events import DeadLetter, Event, Place, clamp, make_event
from tests.oracle.folder import Folder, covers, is_named, plain
from tests.oracle.tables import TAXONOMY, WEIGHT
from tests.oracle.times import MINUTE, day_time, parse_time, zone_h
from tests.oracle.values import Json, integer, number, part, text, texts

__all__ = ["RefusedError", "Taken", "sure_place", "take_line"]

_YEAR = 366 * 24 * 60 * MINUTE
_KINDS = frozenset(
    [
        "logistics_received",
        "opened",
        "heartbeat",
        "suspended",
        "resumed",
        "postponed",
        "closed",
        "counting_started",
        "counting_finished",
        "box_departed",
        "escort_joined",
        "box_arrived",
        "checkin",
        "duress",
    ]
)
_COMMANDS = frozenset(
    [
        "ack",
        "unack",
        "escalate",
        "shelve",
        "unshelve",
        "resolve",
        "reopen",
        "note",
        "confirm_report",
        "reject_report",
        "place_report",
        "set_class",
        "set_situation",
        "dispatch",
        "release",
        "confirm_seal",
        "confirm_identity",
        "close_case",
        "use_pack",
        "resume_rule",
        "drill_start",
        "drill_stop",
    ]
)
_TOPICS = frozenset(
    ["tps.status", "crowd.reports", "vote.counts", "operator.commands", "siaga.gateways"]
)
_RECEIPTS = frozenset(["siaga.receipts", "siaga.restricted.receipts"])
_ACTORS = frozenset(["viewer", "operator", "commander", "liaison", "propam", "system"])
_TARGETS = ("alert", "tps", "report", "area")
_DESA = ("desa", "ds", "kelurahan", "kel")
_KECAMATAN = ("kecamatan", "kec", "distrik")
"""What people write before a name."""


class RefusedError(Exception):
    """The input goes to the dead letters, for a reason of contract §2."""

    def __init__(self, reason: str, detail: str) -> None:
        """Keep both parts."""
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class Taken:
    """One line that was read: an event or a dead letter, and when it was received, if known."""

    received_at: int | None
    what: Event | DeadLetter


def take_line(folder: Folder, line_number: int, line: str, before: int | None) -> Taken:
    """Read one line; `before` is the time of receipt of the line before."""
    received_at = None
    try:
        topic, value, written = _envelope(line)
        received_at = _received_at(written, value, before)
        at = _checked_time(folder, topic, value, received_at)
        place = _place(folder, topic, value)
    except RefusedError as refused:
        return Taken(received_at, DeadLetter(line_number, refused.reason, refused.detail))
    content = json.dumps(value, sort_keys=True)
    times, cause = (at, received_at), f"input:{line_number}"
    return Taken(received_at, make_event(topic, value, times, cause, (place, content)))


def _envelope(line: str) -> tuple[str, Json, str]:
    """Topic, value and written time of receipt."""
    envelope = _object(line)
    topic = text(envelope, "topic")
    if topic not in _TOPICS | _RECEIPTS:
        raise RefusedError("envelope", f"topic {topic!r}")
    return topic, part(envelope, "value"), text(envelope, "received_at")


def _checked_time(folder: Folder, topic: str, value: Json, received_at: int) -> int:
    """When it happened, of a value that is well-formed."""
    _check_schema(topic, value)
    at = clamp(_time(text(value, "at")), received_at)
    if abs(at - day_time(folder.day, "12:00", zone_h(min(folder.tps)))) > _YEAR:
        raise RefusedError("bad_time", "beyond a year from the election's date")
    return at


def _object(line: str) -> Json:
    try:
        got: object = json.loads(line)
    except json.JSONDecodeError as error:
        raise RefusedError("json", str(error)) from error
    if not isinstance(got, dict):
        raise RefusedError("envelope", "not an object")
    return cast("Json", got)


def _time(written: str) -> int:
    try:
        return parse_time(written)
    except ValueError as error:
        raise RefusedError("schema", str(error)) from error


def _received_at(written: str, value: Json, before: int | None) -> int:
    """§7 "`received_at` may be missing: then `value.at`, unless more than 1 h beyond"."""
    if written:
        return _time(written)
    at = _time(text(value, "at"))
    if before is not None and at - before > 60 * MINUTE:
        raise RefusedError("bad_time", "more than 1 h beyond the line before")
    return at


def _check_schema(topic: str, value: Json) -> None:
    if topic in _RECEIPTS:
        _check_receipt(value)
        return
    command = topic == "operator.commands"
    who = part(value, "actor" if command else "source")
    good = bool(text(value, "id")) and len(text(value, "id")) <= 64 and bool(text(who, "id"))
    roles = _ACTORS if command else {*WEIGHT, "operator"}
    good = good and text(who, "role") in roles and bool(text(value, "at"))
    good = good and _own_fields(topic, value)
    if not good:
        raise RefusedError("schema", "a field is missing or not one of its words")


def _check_receipt(value: Json) -> None:
    needed = ("id", "at", "notice", "destination", "channel", "outcome")
    if not all(text(value, name) for name in needed):
        raise RefusedError("schema", "a field of a receipt is missing")


def _own_fields(topic: str, value: Json) -> bool:
    if topic == "tps.status":
        kind = text(value, "kind")
        needed = "officer" if kind in {"checkin", "duress"} else "tps"
        return kind in _KINDS and bool(text(value, needed))
    if topic == "crowd.reports":
        return bool(text(value, "category") or text(value, "text"))
    if topic == "vote.counts":
        return _is_count(value)
    if topic == "operator.commands":
        named = any(text(value, name) for name in _TARGETS)
        return text(value, "command") in _COMMANDS and (
            named or text(value, "command") == "use_pack"
        )
    return text(part(value, "source"), "role") == "system" and bool(texts(value, "areas"))


def _is_count(value: Json) -> bool:
    """Whether a count has its required fields."""
    choices = part(value, "votes")
    whole = bool(choices) and all(integer(choices, choice) is not None for choice in choices)
    return (
        whole
        and bool(text(value, "tps") and text(value, "contest"))
        and text(value, "status") in {"provisional", "final"}
    )


def _check_contest(folder: Folder, value: Json) -> None:
    """§2 `unknown`: a contest or choice that nobody knows, or that does not cover the TPS."""
    named = text(value, "contest")
    contests = {contest.id: contest for contest in folder.contests_of(text(value, "tps"))}
    if not named:
        return
    if named not in contests:
        raise RefusedError("unknown", f"contest {named}")
    if strange := part(value, "votes").keys() - set(contests[named].choices):
        raise RefusedError("unknown", f"choice {min(strange)}")


def _place(folder: Folder, topic: str, value: Json) -> Place:
    if topic == "crowd.reports":
        if (category := text(value, "category")) and category not in TAXONOMY:
            raise RefusedError("unknown", f"category {category}")
        return sure_place(folder, part(value, "place"))
    if topic in _RECEIPTS:
        digits = text(value, "notice")
        return Place(f"{digits[:2]}.{digits[2:4]}")
    if topic == "siaga.gateways":
        return _place_of_gateway(folder, texts(value, "areas"))
    tps = text(value, "tps")
    if tps and tps[:13] not in folder.names:
        raise RefusedError("unknown", f"TPS {tps} of a desa that does not vote")
    if tps:
        if topic != "operator.commands":
            _check_contest(folder, value)
        return Place(tps[:5], tps[:13], tps)
    if topic == "operator.commands":
        return Place(_kabupaten_of_command(folder, value))
    homes = folder.officer_home.get(text(value, "officer"), []) or [*folder.kabupatens()]
    if len(homes) != 1:
        raise RefusedError("place", "no kabupaten is sure")
    return Place(homes[0])


def _place_of_gateway(folder: Folder, areas: list[str]) -> Place:
    """A gateway is of the kabupaten that it serves; one judge hears all of them."""
    for area in areas:
        if not any(covers(area, tps) for tps in folder.tps):
            raise RefusedError("unknown", f"area {area} of a gateway")
    return Place(min(areas)[:5])


def _kabupaten_of_command(folder: Folder, value: Json) -> str:
    """Where a command belongs; one that names no kabupaten belongs to the only one there is."""
    area = text(value, "area")[:5]
    named = [kab for kab in folder.kabupatens() if kab == area or kab in text(value, "alert")]
    return named[0] if named else min(folder.kabupatens())


def sure_place(folder: Folder, where: Json) -> Place:
    """§2: where a report belongs; a place that is not sure is never guessed.

    Without a gazetteer every desa code of a watched kabupaten is believed.
    """
    desas = _desas(folder, where)
    kabupaten = {desa[:5] for desa in desas} or set(folder.kabupatens())
    if len(kabupaten) != 1 or not kabupaten <= folder.kabupatens():
        raise RefusedError("place", "no area is sure")
    if len(desas) != 1 or not _agrees(folder, desas[0], where):
        return Place(min(kabupaten))
    tps = text(where, "tps")
    if not tps and (count := number(where, "tps_number")) is not None:
        tps = f"{desas[0]}-{int(count):03d}"
    # §2 "a report from an unknown TPS of another desa is placed in the desa".
    return Place(desas[0][:5], desas[0], tps if desas[0] in folder.names else "")


def _desas(folder: Folder, where: Json) -> list[str]:
    """Every desa that a field names, once."""
    found = {text(where, "tps")[:13], text(where, "desa")} - {""}
    name, kecamatan = text(where, "name"), text(where, "kecamatan")
    if name and kecamatan:
        found |= {
            desa
            for desa, names in folder.names.items()
            if is_named(name, names[0], *_DESA)
            and (desa[:8] == kecamatan or is_named(kecamatan, names[1], *_KECAMATAN))
        }
    return sorted(found)


def _agrees(folder: Folder, desa: str, where: Json) -> bool:
    """Whether no field contradicts the desa."""
    names = folder.names.get(desa, ("", "", ""))
    kecamatan, kabupaten = text(where, "kecamatan"), text(where, "kabupaten")
    name = text(where, "name")
    tps, count = text(where, "tps"), number(where, "tps_number")
    return (
        (not kecamatan or kecamatan == desa[:8] or is_named(kecamatan, names[1], *_KECAMATAN))
        and (not kabupaten or kabupaten == desa[:5] or plain(kabupaten) == names[2])
        and (not name or is_named(name, names[0], *_DESA))
        and (not tps or count is None or int(tps[-3:]) == int(count))
    )
