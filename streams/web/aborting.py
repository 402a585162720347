"""The end of a connection at once: its socket and all that waits in it to be taken are gone.

A request that is answered no further does not end its connection: uvicorn closes that when what was
written has been taken, and who reads nothing takes nothing.
"""

from collections.abc import Callable, Mapping
from typing import Final, cast

from starlette.types import Scope

__all__ = ["ABORT", "abort"]

ABORT: Final = "siaga.abort"
"""Where a connection's state has what ends it."""


def abort(scope: Scope) -> None:
    """End the connection of a request; nothing, where the server has given nothing for it."""
    state = cast("Mapping[str, Callable[[], None]]", scope.get("state", {}))
    end = state.get(ABORT)
    if end is not None:
        end()
