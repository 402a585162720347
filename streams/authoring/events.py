"""Events of a rule's tests: written short, filled in to what a producer would send.

    {at: "07:41", status: opened}                       TPS 1, from its KPPS
    {at: "07:41", status: opened, tps: 2, from: x, role: ptps}
    {at: "07:00", status: opened, tps: [1, 5, "101-116"]}     one of each TPS
    {at: "09:00", report: INT-01}                       of TPS 1, from a citizen, each another one
    {at: "09:00", report: KAM-01, desa: A}              of the desa alone
    {at: "09:00", report: "", text: "ricuh di TPS"}     without a category
    {at: "14:00", count: final, votes: {"01": 200, "02": 190}, valid: 390}
    {at: "09:05", command: ack, alert: "W04@{1}"}       by a commander
    {at: "09:05", status: duress, officer: petugas-1}
    {at: "09:06", receipt: failed, to: OPS/polsek, alert: "W04@{1}"}     of its first revision

`received` is the time of receipt, by default that of `at`. Every other field that such an event can
have is sent as it stands; one that it cannot have is refused, or a slip of the pen would be silent.
"""

import re
from collections.abc import Iterator
from typing import Final, cast

import msgspec

from streams.authoring.places import (
    ELECTION,
    KABUPATEN,
    NUMBERS,
    desa_code,
    moment_text,
    named,
    tps_code,
    tps_of,
)
from streams.domain.ids import ElectionId, Scope, alert_id
from streams.errors import InputError
from streams.rules.cases import RuleCase
from streams.rules.yaml_text import Value
from streams.wire.inputs import INPUT_TYPES

__all__ = ["UnsendableError", "lines_of", "numbers_of"]

_KINDS: Final = {
    "status": "tps.status",
    "report": "crowd.reports",
    "count": "vote.counts",
    "command": "operator.commands",
    "receipt": "siaga.receipts",
}
_ALWAYS: Final = frozenset({"at", "received", "tps"})
_SENDER: Final = frozenset({"from", "role", "camp", "channel"})
_OWN: Final = {
    "status": _ALWAYS | _SENDER | {"status"},
    "report": _ALWAYS | _SENDER | {"report", "desa"},
    "count": _ALWAYS | _SENDER | {"count"},
    "command": _ALWAYS | {"command", "role"},
    "receipt": frozenset({"at", "received", "receipt", "to", "alert", "revision"}),
}
"""Fields that are written short, by kind of event."""
_NUMBERS: Final = re.compile(r"([0-9]{1,3})(?:-([0-9]{1,3}))?")
_SHOWN_MAX: Final = 60
_OF_OFFICERS: Final = ("checkin", "duress")

Fields = dict[str, object]


class UnsendableError(InputError):
    """An event of a test is none that could be sent."""

    def __init__(self, event: int, what: str) -> None:
        """Stand for the event of this number, from 0."""
        super().__init__(f"events[{event}]: {what}")
        self.event, self.what = event, what


def numbers_of(case: RuleCase) -> set[str]:
    """Return the numbers of the TPS that a test speaks of."""
    found = {str(event["tps"]) for _, event in _each(case) if "tps" in event}
    text = repr((case.events, [(one.scope, one.key) for one in case.expect]))
    tokens = {number for number in NUMBERS if f"{{{number}}}" in text}
    scopes = {one.scope for one in case.expect if one.scope in NUMBERS}
    # A desa votes where it has a TPS; each has one, and a report may be of the desa alone.
    found |= {tps_of(str(event["desa"])) for event in case.events if "desa" in event}
    return found | tokens | scopes | set(case.classes) | set(case.world.dpts)


def lines_of(case: RuleCase) -> Iterator[bytes]:
    """Yield the events of a test as lines of an events file, in the order of receipt.

    Raises:
        UnsendableError: An event is none that could be sent.
    """
    for number, event in _each(case):
        try:
            yield _line(case, event, number)
        except InputError as error:
            raise UnsendableError(number - 1, str(error)) from error


def _each(case: RuleCase) -> Iterator[tuple[int, Fields]]:
    """Yield the events with their numbers, one for each TPS where several are named."""
    for number, event in enumerate(case.events, start=1):
        tps = event.get("tps")
        if not isinstance(tps, list):
            yield number, event
            continue
        for part in cast("list[Value]", tps):
            found = _NUMBERS.fullmatch(str(part))
            if found is None:
                what = f"found TPS {str(part)[:_SHOWN_MAX]!r}, expected a number or two as 101-116"
                raise UnsendableError(number - 1, what)
            for one in range(int(found[1]), int(found[2] or found[1]) + 1):
                yield number, {**event, "tps": str(one)}


def _line(case: RuleCase, event: Fields, number: int) -> bytes:
    kinds = [one for one in _KINDS if one in event]
    if len(kinds) != 1 or "at" not in event:
        raise InputError(f"expected `at` and one of {', '.join(_KINDS)}")
    [kind] = kinds
    _check_names(kind, event)
    received = str(event.get("received", event["at"]))
    line = {
        "topic": _KINDS[kind],
        "received_at": moment_text(received),
        "value": _value(case, kind, event, number),
    }
    return msgspec.json.encode(line)


def _check_names(kind: str, event: Fields) -> None:
    known = {one.encode_name for one in msgspec.structs.fields(INPUT_TYPES[_KINDS[kind]])}
    for name in event:
        if name not in known | _OWN[kind]:
            expected = ", ".join(sorted(known | _OWN[kind]))
            raise InputError(f"found {name!r}, expected of a {kind}: {expected}")


def _value(case: RuleCase, kind: str, event: Fields, number: int) -> Fields:
    given: Fields = {
        name: _named(cast("Value", value))
        for name, value in event.items()
        if name not in _OWN[kind]
    }
    base: Fields = {"id": f"e{number}", "at": moment_text(str(event["at"]))}
    match kind:
        case "status":
            return base | _status(event) | given
        case "report":
            return base | _report(event, number) | given
        case "count":
            contest = next(iter(case.world.contests))
            by_desa = case.world.kind == "pilkades"
            tps = str(event.get("tps", "1"))
            own = f"{contest}-{_desa_of(tps)}" if by_desa else contest
            source = _source(event, f"kpps-{tps}", "kpps")
            told = {"tps": tps_code(tps), "status": event["count"], "contest": own}
            return base | told | {"source": source} | given
        case "receipt":
            return base | _receipt(event) | given
        case _:
            return base | _command(event) | given


def _status(event: Fields) -> Fields:
    kind = str(event["status"])
    if kind in _OF_OFFICERS:
        officer = str(event.get("officer", "petugas-1"))
        told: Fields = {"kind": kind, "officer": officer}
        if "tps" in event:
            told["tps"] = tps_code(str(event["tps"]))
        return told | {"source": _source(event, officer, "pam_tps")}
    tps = str(event.get("tps", "1"))
    source = _source(event, f"kpps-{tps}", "kpps")
    return {"kind": kind, "tps": tps_code(tps), "source": source}


def _report(event: Fields, number: int) -> Fields:
    desa = event.get("desa")
    place = (
        {"desa": desa_code(str(desa))} if desa else {"tps": tps_code(str(event.get("tps", "1")))}
    )
    told: Fields = {"source": _source(event, f"warga-{number}", "warga"), "place": place}
    category = str(event["report"])
    return told | ({"category": category} if category else {})


def _command(event: Fields) -> Fields:
    kind = str(event["command"])
    role = str(event.get("role", "commander"))
    told: Fields = {"command": kind, "actor": {"id": f"{role}-1", "role": role}}
    if "tps" in event:
        told["tps"] = tps_code(str(event["tps"]))
    elif "alert" not in event:
        told["area"] = KABUPATEN
    return told


def _receipt(event: Fields) -> Fields:
    """Return what became of telling the first contact of a level of the first episode of a case."""
    name = named(str(event.get("alert", "")))
    rule, _, about = name.partition("@")
    scope, _, key = about.partition("|")
    alert = alert_id(KABUPATEN, (ElectionId(ELECTION), rule, Scope(scope), key), 1)
    return {
        # Ids tell a reader nothing; a receipt has no such field, so it is passed over.
        "alert": name,
        "notice": alert,
        "destination": f"{event.get('to', '')}@{KABUPATEN}/1",
        "channel": "webhook",
        "outcome": event["receipt"],
        "alerts": [{"alert": alert, "revision": event.get("revision", 1)}],
    }


def _source(event: Fields, default: str, role: str) -> Fields:
    source: Fields = {"id": event.get("from", default), "role": event.get("role", role)}
    optional = {name: event[name] for name in ("camp", "channel") if name in event}
    return source | optional


def _desa_of(number: str) -> str:
    code = tps_code(number)
    return next(name for name in "ABCDEF" if code.startswith(desa_code(name)))


def _named(value: Value) -> Value:
    match value:
        case str():
            return named(value)
        case list():
            return [_named(one) for one in value]
        case dict():
            return {name: _named(one) for name, one in value.items()}
        case _:
            return value
