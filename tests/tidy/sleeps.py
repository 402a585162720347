"""Tests that wait by the clock: slow when they pass, and flaky when the machine is busy."""

import ast
from collections.abc import Iterator

CLOCKS = frozenset({"anyio", "asyncio", "time"})
WAITING_PLACES = (
    "tests/bench/",
    "tests/faults/",
    "tests/kafka/",
    "tests/support/fleet.py",
    "tests/support/kafka",
)
"""Where tests meet real processes, which have no other clock than ours."""


def sleeps(text: str) -> list[str]:
    """Complain of each use of a `sleep`, however it was imported; `sleep(0)` only yields."""
    tree = ast.parse(text)
    yielding = {
        call.func for call in ast.walk(tree) if isinstance(call, ast.Call) and is_yield(call)
    }
    return [
        f"{node.lineno}: sleep: hand the time in instead, or wait for what should happen"
        for node in sleep_nodes(tree)
        if node not in yielding
    ]


def sleep_nodes(tree: ast.AST) -> Iterator[ast.Attribute | ast.ImportFrom]:
    """Walk `time.sleep`, `asyncio.sleep` and `from time import sleep`."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=module), attr="sleep") if module in CLOCKS:
                yield node
            case ast.ImportFrom(module=str(module)) if module in CLOCKS:
                if any(name.name == "sleep" for name in node.names):
                    yield node
            case _:
                pass


def is_yield(call: ast.Call) -> bool:
    """Tell whether a call is `f(0)`: a turn of the event loop, no time."""
    match call.args:
        case [ast.Constant(value=0)]:
            return True
        case _:
            return False
