"""Every sink, on every bad day of a network: it says what came of it, and nothing else."""

import asyncio
import logging
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

import pytest

from streams.sinks.sink import Delivered, Outcome
from tests.conformance.sinks.case import Case
from tests.conformance.sinks.server import Asked, Behaviour, serve

_TAKING: Final = (Behaviour.TAKES, Behaviour.BROKEN)
_LATEST_S: Final = 10.0


def cases() -> Iterator[Case]:
    """Walk the sinks of all modules of cases."""
    for file in sorted(Path(__file__).parent.glob("cases_*.py")):
        found: tuple[Case, ...] = import_module(f"tests.conformance.sinks.{file.stem}").CASES
        yield from found


SINKS: Final = tuple(cases())
DAYS: Final = [
    pytest.param(case, behaviour, id=f"{case.name} {behaviour}")
    for case in SINKS
    for behaviour in case.outcomes
]


def tell(case: Case, behaviour: Behaviour, folder: Path, times: int = 1) -> list[Outcome]:
    """Let a sink tell its message to a server that behaves so."""
    return asyncio.run(_tell(case, behaviour, folder, times))[0]


def asked(case: Case, behaviour: Behaviour, folder: Path, times: int = 1) -> list[Asked]:
    """Return what came over the wire meanwhile."""
    return asyncio.run(_tell(case, behaviour, folder, times))[1]


async def _tell(
    case: Case, behaviour: Behaviour, folder: Path, times: int
) -> tuple[list[Outcome], list[Asked]]:
    async with asyncio.timeout(_LATEST_S), serve(behaviour, case.talk, folder) as place:
        return [await case.tell(place) for _ in range(times)], place.asked


@pytest.mark.parametrize(("case", "behaviour"), DAYS)
def test_a_sink_says_what_came_of_it(case: Case, behaviour: Behaviour, tmp_path: Path) -> None:
    """It never raises, whatever the other side does, and it ends in time."""
    assert [case.outcomes[behaviour]] == tell(case, behaviour, tmp_path)


@pytest.mark.parametrize(("case", "behaviour"), DAYS)
def test_nothing_secret_is_shown(
    case: Case, behaviour: Behaviour, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """No target, token or text is in an outcome or in the log, not even at its lowest level."""
    caplog.set_level(logging.DEBUG)
    [outcome] = tell(case, behaviour, tmp_path)
    shown = f"{outcome!r} {caplog.text}"
    assert [] == [secret for secret in case.secrets if secret in shown]


@pytest.mark.parametrize("case", SINKS, ids=lambda case: case.name)
@pytest.mark.parametrize("behaviour", _TAKING)
def test_a_repeat_has_the_same_key(case: Case, behaviour: Behaviour, tmp_path: Path) -> None:
    """Who has taken a message once can see that it has; where a format has a place for a key."""
    keys = {case.key_in(one) for one in asked(case, behaviour, tmp_path, times=3)}
    assert 1 == len(keys)


@pytest.mark.parametrize("case", SINKS, ids=lambda case: case.name)
def test_a_redirect_is_not_followed(case: Case, tmp_path: Path) -> None:
    """What is sent goes where it was configured to go, and nowhere else."""
    lines = {one.line.split()[1] for one in asked(case, Behaviour.REDIRECTS, tmp_path)}
    assert "/elsewhere" not in lines


@pytest.mark.parametrize("case", SINKS, ids=lambda case: case.name)
def test_nothing_is_sent_to_who_cannot_show_who_he_is(case: Case, tmp_path: Path) -> None:
    """Behind a strange certificate may be anybody."""
    assert [] == asked(case, Behaviour.STRANGE_TLS, tmp_path)


@pytest.mark.parametrize("case", SINKS, ids=lambda case: case.name)
def test_every_sink_meets_the_days_that_a_network_has(case: Case) -> None:
    """A table that leaves out a day shows nothing about it; these no wire format can leave out."""
    days = {
        Behaviour.TAKES,
        Behaviour.SLOW,
        Behaviour.OVER_TLS,
        Behaviour.BUSY,
        Behaviour.BROKEN,
        Behaviour.REFUSES,
        Behaviour.CUT_BEFORE,
        Behaviour.CUT_WITHIN,
        Behaviour.GARBAGE,
        Behaviour.STRANGE_TLS,
        Behaviour.NEVER,
        Behaviour.CLOSED,
    }
    assert set() == days.difference(case.outcomes)


@pytest.mark.parametrize("case", SINKS, ids=lambda case: case.name)
def test_only_what_was_taken_is_delivered(case: Case) -> None:
    """No table may call a message delivered that nobody can have taken."""
    taking = {Behaviour.TAKES, Behaviour.SLOW, Behaviour.OVER_TLS, Behaviour.HUGE}
    delivered = {day for day, outcome in case.outcomes.items() if isinstance(outcome, Delivered)}
    assert set() == delivered.difference(taking)
