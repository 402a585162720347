"""The room behind ASGI: the page, the interface, the stream.

The table of rights says which endpoints there are; here each gets its handler. What is the same for
all is done before (`streams.web.doors`, `streams.room.guard`).
"""

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace
from starlette.routing import Route, Router
from starlette.types import ASGIApp

from streams.room.api_borders import BordersApi
from streams.room.api_curve import CurveApi
from streams.room.api_done import DoneApi
from streams.room.api_kept import KeptApi
from streams.room.api_seen import SeenApi
from streams.room.api_session import SessionApi
from streams.room.assets import SHELL_PATHS, Assets
from streams.room.guard import Handler, guarded
from streams.room.health import Health
from streams.room.house import House
from streams.room.openapi import openapi
from streams.room.rights import ENDPOINTS
from streams.room.streaming import StreamEndpoint
from streams.web.doors import Door, Web, build_web
from streams.web.doors import Handler as OpenHandler
from streams.web.message import Answer, Incoming, json_answer

__all__ = ["build_room"]

_ASK_BYTES: Final = 4_096
_FORM_BYTES: Final = 16 * 1_024
"""Of a form or a command: a text of 4,000 signs of four bytes fits."""
_LETTER_BYTES: Final = 64 * 1_024
"""Of a dead letter that was mended; it is as much as any door takes of who shows no signature."""
_MOST: Final = {"resend": _LETTER_BYTES, "report": 2 * _FORM_BYTES}
_TOLD_MORE_OF: Final = frozenset({"reading", "topics"})
_FILE: Final = "/page/{file:path}"
_WORKER: Final = "/sw.js"
"""At the root: a worker of a browser is for the pages beside and below it."""


def build_room(house: House, assets: Assets, health: Health, web: Web) -> ASGIApp:
    """Return the application."""
    house = replace(house, version=lambda: assets.version)
    doors = [
        *(Door("GET", path, assets.shell, _ASK_BYTES) for path in SHELL_PATHS),
        Door("GET", _FILE, assets.file, _ASK_BYTES),
        Door("GET", _WORKER, assets.worker, _ASK_BYTES),
        *_open_doors(house, health),
        *_guarded_doors(house),
    ]
    stream = StreamEndpoint(house)
    routes = [Route(ENDPOINTS["stream"].path, stream, methods=["GET"])]
    return Router(routes, default=build_web(doors, web), redirect_slashes=False)


def _open_doors(house: House, health: Health) -> list[Door]:
    sessions = SessionApi(house)
    document = openapi()

    async def describe(_incoming: Incoming) -> Answer:
        return Answer(200, document)

    async def lives(_incoming: Incoming) -> Answer:
        return json_answer(200, {"status": "ok"})

    async def is_ready(_incoming: Incoming) -> Answer:
        problem = health.problem
        if not problem:
            return json_answer(200, {"status": "ok"})
        more = {"detail": health.detail} if problem in _TOLD_MORE_OF else {}
        return json_answer(503, {"status": problem, **more})

    handlers: Mapping[str, OpenHandler] = {
        "openapi": describe,
        "healthz": lives,
        "readyz": is_ready,
        "log_in": sessions.log_in,
        "oidc_start": sessions.oidc_start,
        "oidc_callback": sessions.oidc_callback,
    }
    return [_door(name, handler) for name, handler in handlers.items()]


def _guarded_doors(house: House) -> list[Door]:
    sessions, seen, done = SessionApi(house), SeenApi(house), DoneApi(house)
    kept = KeptApi(house)
    handlers: Mapping[str, Handler] = {
        "session": sessions.show,
        "log_out": sessions.log_out,
        "snapshot": seen.snapshot,
        "alerts": seen.alerts,
        "alert": seen.alert,
        "evidence": kept.evidence,
        "picture": seen.picture,
        "borders": BordersApi(house).borders,
        "curve": CurveApi(house).curve,
        "tps": seen.tps,
        "triage": seen.triage,
        "said": kept.said,
        "letters": seen.letters,
        "resend": done.resend,
        "command": done.command,
        "reply": done.reply,
        "report": done.report,
        "status": done.status,
    }
    return [
        _door(name, guarded(house, ENDPOINTS[name], handler)) for name, handler in handlers.items()
    ]


def _door(name: str, handler: OpenHandler) -> Door:
    endpoint = ENDPOINTS[name]
    most = _FORM_BYTES if endpoint.changes else _ASK_BYTES
    return Door(endpoint.method, endpoint.path, handler, _MOST.get(name, most))
