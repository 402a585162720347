"""Mirrors in general: which alerts they show, when they look, what a fault in one of them does."""

import asyncio
from collections.abc import Sequence
from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.alert import Ladder
from streams.domain.times import EpochMs
from streams.domain.words import SEVERITIES, Severity
from streams.sinks.mirror import Equal, Keeper, Mirroring, MirrorOutcome, pause_s, run_mirrors
from streams.sinks.mirror_settings import AlertmanagerSettings, MirrorSettings, shows
from streams.sinks.sink import Refused, TryAgain
from streams.wire.board import Board
from streams.wire.documents import AlertDocument
from tests.support.shown import NOW, alert_id, board_of, shown

ALL: Final = MirrorSettings()
RESTRICTED: Final = replace(shown(), restricted_to=("commander", "liaison"))
DRILL: Final = replace(shown(), drill=True, election="serang-2024#drill-1")
OFFICER: Final = shown(scope="officer:36.04/P")


@pytest.mark.parametrize(
    ("settings", "alert", "expected"),
    [
        (ALL, shown(), True),
        (ALL, RESTRICTED, False),
        (MirrorSettings(restricted=("propam",)), RESTRICTED, False),
        (MirrorSettings(restricted=("propam", "liaison")), RESTRICTED, True),
        (MirrorSettings(restricted=("liaison",)), shown(), True),
        (ALL, DRILL, False),
        (MirrorSettings(drill=True), DRILL, True),
        (MirrorSettings(drill=True), shown(), False),
        (MirrorSettings(elections=("serang-2024",)), shown(), True),
        (MirrorSettings(elections=("serang-2024",), drill=True), DRILL, True),
        (MirrorSettings(elections=("other",)), shown(), False),
        (MirrorSettings(areas=("36.04",)), shown(), True),
        (MirrorSettings(areas=("17", "36")), shown(), True),
        (MirrorSettings(areas=("36.04.17",)), shown(), True),
        (MirrorSettings(areas=("36.04.18",)), shown(), False),
        (MirrorSettings(areas=("36.04.18",)), OFFICER, True),
        (MirrorSettings(areas=("17",)), OFFICER, False),
        (MirrorSettings(ladders=(Ladder.OPS, Ladder.SYS)), shown(), True),
        (MirrorSettings(ladders=(Ladder.ADM,)), shown(), False),
        (MirrorSettings(told=("polsek",)), shown(), True),
        (MirrorSettings(told=("OPS/polsek",)), shown(), True),
        (MirrorSettings(told=("polres", "ADM/polsek")), shown(), False),
    ],
)
def test_what_a_mirror_shows(
    settings: MirrorSettings, alert: AlertDocument, *, expected: bool
) -> None:
    """Nothing restricted and no drill unless it says so; what is wider than its area it shows."""
    assert expected == shows(settings, alert)


@pytest.mark.parametrize("least", SEVERITIES)
def test_a_mirror_shows_what_is_grave_enough(least: Severity) -> None:
    """The severity itself is."""
    seen = [
        one for one in SEVERITIES if shows(replace(ALL, min_severity=least), shown(severity=one))
    ]
    assert list(SEVERITIES[SEVERITIES.index(least) :]) == seen


@pytest.mark.parametrize(
    ("outcome", "failed", "expected"),
    [
        (TryAgain("timeout"), 1, 1.0),
        (TryAgain("timeout"), 2, 2.0),
        (TryAgain("timeout"), 6, 32.0),
        (TryAgain("timeout"), 7, 60.0),
        (TryAgain("timeout"), 9_999, 60.0),
        (TryAgain("http 429", 7.0), 1, 7.0),
        (TryAgain("http 429", 3_600.0), 9, 3_600.0),
        (Refused("http 401"), 1, 60.0),
    ],
)
def test_pauses_grow(outcome: TryAgain | Refused, failed: int, expected: float) -> None:
    """Up to a minute, and never shorter than what the other side asked for."""
    assert expected == pause_s(outcome, failed, 1.0)


class Looking:
    """A mirror that answers as it was told to, and notes what it was asked."""

    def __init__(self, *outcomes: MirrorOutcome | Exception) -> None:
        self.name = "wall"
        self._outcomes = list(outcomes)
        self.did: list[str] = []
        self.done = asyncio.Event()
        """Set when there is nothing more to answer."""

    async def look(self, board: Board, now: EpochMs) -> MirrorOutcome:
        """Answer the next thing."""
        self.did.append(f"look at {len(board.open)}")
        assert now == NOW
        outcome = self._outcomes.pop(0)
        if not self._outcomes:
            self.done.set()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def forget(self) -> None:
        """Note it."""
        self.did.append("forget")

    async def close(self) -> None:
        """Note it."""
        self.did.append("close")


class Noting:
    """Whoever wants to know how mirrors fare."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def mirror_looked(self, mirror: str, outcome: str) -> None:
        """Note it."""
        self.heard.append(f"{mirror} {outcome}")

    def unreadable(self, topic: str) -> None:
        """Note it."""
        self.heard.append(f"unreadable {topic}")


def around(observer: Noting, leads: Sequence[bool] = ()) -> Mirroring:
    """Return surroundings in which nothing takes time; `leads` are the first answers."""
    answers = list(leads)
    return Mirroring(
        broker="",
        prefix="",
        now=lambda: NOW,
        observer=observer,
        leads=lambda: answers.pop(0) if answers else True,
        gather_s=0,
        idle_s=0,
        pause_s=0,
    )


def kept(
    *outcomes: MirrorOutcome | Exception, leads: Sequence[bool] = ()
) -> tuple[list[str], list[str]]:
    """Return what a mirror did until it had nothing more to answer, and what was heard of it."""
    observer = Noting()

    async def run() -> list[str]:
        mirror, complete = Looking(*outcomes), asyncio.Event()
        keeper = Keeper(mirror, board_of(shown(), shown(alert_id(2))), around(observer, leads))
        complete.set()
        task = asyncio.create_task(keeper.run(complete))
        await mirror.done.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return mirror.did

    return asyncio.run(run()), observer.heard


def test_a_mirror_looks_again_when_its_time_has_come() -> None:
    """Without any change."""
    assert ["look at 2"] * 3 == kept(Equal(0.001), Equal(0.001), Equal(60))[0]


def test_what_failed_is_tried_again_and_heard_of() -> None:
    """Until it is equal."""
    did, heard = kept(TryAgain("timeout"), TryAgain("http 500"), Equal(0.001), Equal(60))
    assert ["look at 2"] * 4 == did
    assert ["wall try_again", "wall try_again", "wall equal", "wall equal"] == heard


def test_a_fault_in_a_mirror_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """It is told with its traceback, and what the mirror believed counts no more."""
    observer = Noting()

    async def run() -> list[str]:
        mirror, complete = Looking(ZeroDivisionError("ours")), asyncio.Event()
        complete.set()
        task = asyncio.create_task(Keeper(mirror, Board(), around(observer)).run(complete))
        await mirror.done.wait()
        await asyncio.sleep(0)
        assert not task.done()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return mirror.did

    assert ["look at 0", "forget"] == asyncio.run(run())
    assert (["wall fault"], True) == (observer.heard, "ZeroDivisionError" in caplog.text)


def test_a_mirror_that_does_not_lead_sends_nothing() -> None:
    """And believes nothing when it does again: another process has sent meanwhile."""
    did, _ = kept(Equal(0.001), Equal(60), leads=[False, False, True, False, True])
    assert ["forget", "forget", "look at 2", "forget", "look at 2"] == did


def test_a_change_is_looked_at_before_the_time_has_come() -> None:
    """Also one that came during the look before."""
    observer = Noting()

    async def run() -> list[str]:
        board, complete = Board(), asyncio.Event()
        mirror = Looking(Equal(60), Equal(60), Equal(60))
        keeper = Keeper(mirror, board, around(observer))
        task = asyncio.create_task(keeper.run(complete))
        complete.set()
        while len(mirror.did) < 3:
            keeper.changed.set()
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return mirror.did

    assert ["look at 0"] * 3 == asyncio.run(run())


def test_a_change_is_looked_at_once() -> None:
    """What came before the look has been seen by it."""

    async def run() -> list[str]:
        mirror, complete = Looking(*[Equal(60)] * 20), asyncio.Event()
        keeper = Keeper(mirror, Board(), around(Noting()))
        keeper.changed.set()
        complete.set()
        task = asyncio.create_task(keeper.run(complete))
        for _ in range(20):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return mirror.did

    assert ["look at 0"] == asyncio.run(run())


def test_nothing_is_looked_at_before_the_board_is_complete() -> None:
    """Half of the alerts would end the other half in the other system."""

    async def run() -> list[str]:
        mirror = Looking(Equal(60))
        keeper = Keeper(mirror, Board(), around(Noting()))
        task = asyncio.create_task(keeper.run(asyncio.Event()))
        for _ in range(5):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return mirror.did

    assert [] == asyncio.run(run())


def test_without_mirrors_there_is_nothing_to_do() -> None:
    """No topic is followed for nobody."""
    asyncio.run(run_mirrors([], around(Noting()), restricted=False))


def test_a_mirror_shows_its_settings_without_a_secret() -> None:
    """A setting names the file of a secret, never the secret."""
    fields = set(AlertmanagerSettings.__struct_fields__)
    assert {"secret_file", "secret_env"} <= fields
    assert fields.isdisjoint({"secret", "password", "token"})
