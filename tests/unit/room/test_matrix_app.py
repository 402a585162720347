"""The authorisation matrix over the real application: each field of the table in the docs."""

import asyncio
import json
from typing import Final

import httpx
import pytest

from streams.domain.events import ActorRole
from tests.unit.room.matrix import AREA, EVERYTHING, EVERYWHERE, Case, Outcome, cases
from tests.unit.room.rooms import (
    ADM,
    ALERT,
    ALL_REPORTS,
    CONDUCT,
    OUTSIDE_ALERT,
    OUTSIDE_CONDUCT,
    OUTSIDE_REPORT,
    OUTSIDE_TPS,
    REPORT,
    SECRET,
    TPS,
    Room,
)

_AT: Final = "2024-11-27T07:10:00+07:00"
_STATUS: Final = {Outcome.HIDDEN: 404, Outcome.FORBIDDEN: 403, Outcome.UNKNOWN: 401}
_GOOD: Final = frozenset({200, 202, 204, 303})
_SEPARATE: Final = frozenset({"stream", "oidc_start", "oidc_callback"})
"""Asked in tests of their own: the first never ends, the others need a provider."""
_LETTERS: Final = ("0:0", "0:1")
"""A dead letter of the desk, and one that Propam alone may know of."""
_SUFFIX: Final = {AREA: "", EVERYWHERE: "-all", EVERYTHING: "-36"}


def _alert_of(role: str) -> tuple[str, str]:
    """Return alerts that a role may act on, inside and outside."""
    if role == ActorRole.PROPAM:
        return SECRET, OUTSIDE_ALERT
    return (ADM if role == ActorRole.LIAISON else ALERT), OUTSIDE_ALERT


def _request(case: Case) -> tuple[str, object]:
    """Return the address and the body of what is asked."""
    inside = case.is_inside
    alert = _alert_of(case.role)[0 if inside else 1]
    tps = TPS if inside else OUTSIDE_TPS
    path = (
        case.path.replace("{id}", "c-1" if case.endpoint == "reply" else alert)
        .replace("{code}", tps)
        .replace("{number}", _LETTERS[case.role == ActorRole.PROPAM])
        .replace("{file}", "index.html")
    )
    bodies: dict[str, object] = {
        "log_in": {"user": "viewer", "password": "Merah-Putih-17-Agustus"},
        "command": {"command": "ack", "alert": alert},
        "report": {"id": "r-1", "at": _AT, "text": "Ramai", "tps": tps},
        "status": {"id": "s-1", "at": _AT, "kind": "opened", "tps": tps, "relays": "kpps"},
    }
    queries = {
        "picture": f"?area={'36.04' if inside else '36.05'}",
        "curve": f"?area={'36.04' if inside else '36.05'}",
        "borders": "?level=kecamatan&area=36.04",
        "said": f"?reports={','.join(ALL_REPORTS)}",
    }
    return path + queries.get(case.endpoint, ""), bodies.get(case.endpoint)


async def _ask(case: Case) -> httpx.Response:
    room = Room()
    name = f"{case.role}{_SUFFIX[case.area]}" if case.role else ""
    room.answer("c-1", name)
    async with room.visit(name) as visitor:
        path, body = _request(case)
        return await visitor.ask(case.method, path, body)


def _has(case: Case, answer: httpx.Response) -> bool:
    """Tell whether what is asked about is in a list."""
    is_propam = case.role == ActorRole.PROPAM
    reports = (CONDUCT, OUTSIDE_CONDUCT) if is_propam else (REPORT, OUTSIDE_REPORT)
    letter = _LETTERS[is_propam]
    own = {"triage": reports, "said": reports, "letters": (letter, letter)}
    wanted = own.get(case.endpoint, _alert_of(case.role))[0 if case.is_inside else 1]
    return json.dumps(wanted) in answer.text


@pytest.mark.parametrize(
    "case", [c for c in cases() if c.endpoint not in _SEPARATE], ids=lambda c: c.name
)
def test_each_field_of_the_table_holds(case: Case) -> None:
    """Who may ask is answered, with what lies in his area, and everybody else is not."""
    answer = asyncio.run(_ask(case))
    if case.outcome in _STATUS:
        assert _STATUS[case.outcome] == answer.status_code
        return
    assert answer.status_code in _GOOD
    lists = {"snapshot", "alerts", "triage", "said", "letters"}
    if case.endpoint in lists:
        assert (case.outcome is Outcome.TAKEN) is _has(case, answer)
