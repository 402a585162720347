"""Histories for property tests: days that nobody would write, made by Hypothesis.

A history is a list of happenings, each a few seconds or many minutes after the one before, some of
them told late, some of them while intake is deaf.
"""

import os
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from streams.domain.events import CommandKind, StatusKind
from streams.domain.ids import AreaCode, kabupaten_of
from streams.domain.words import Channel, Role
from tests.support.events import (
    ack,
    all_well,
    beat,
    by_channel,
    call_for_help,
    checkin,
    closed,
    command,
    confirm_identity,
    correction,
    escalate,
    heartbeat,
    opened,
    postponed,
    report,
    resumed,
    shelve,
    status,
    suspended,
)
from tests.support.stories import Item, Told, at, deaf, hearing, named, said
from tests.support.world import DESA, FAR, KABUPATEN, KR, KR2, R2, SR, R

__all__ = [
    "beats",
    "commands",
    "histories",
    "items_of",
    "quick",
    "reports",
    "statuses",
    "stories_of",
]

TPS: Final[Sequence[AreaCode]] = (KR, R, SR, KR2, R2, FAR)
OFFICERS: Final = ("A1", "B1", "C1")
CASES: Final = (
    "T03@KR",
    "T03@SR",
    "T06@KR",
    "T06@SR",
    "T07@SR",
    "T07@pair:P03",
    "W01@DESA|KAM-01",
    "W02@officer:A1",
    "W04@KR",
)
IDS: Final = ("i1", "i2", "i3", "i4")
"""Few enough that corrections meet what they correct, and some are used twice."""
GAPS_S: Final = (0, 1, 29, 61, 300, 901, 2700)
START_S: Final = 6 * 3600

Test = TypeVar("Test", bound=Callable[..., None])
Happening = tuple[int, int, bool, Told]
"""Seconds since the one before, seconds that it is told late, whether intake hears, and what."""


def quick(examples: int) -> Callable[[Test], Test]:
    """Try so many examples, the same every time: a failure can be told again by anybody.

    `make faults` sets SIAGA_TEST_EXAMPLES, and tries as many times as many.
    """
    examples *= int(os.environ.get("SIAGA_TEST_EXAMPLES", "1"))

    def decorate(test: Test) -> Test:
        return settings(
            max_examples=examples,
            derandomize=True,
            database=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        )(test)

    return decorate


def _stages() -> st.SearchStrategy[Told]:
    made: tuple[Callable[[AreaCode], Told], ...] = (
        opened,
        heartbeat,
        heartbeat,
        suspended,
        resumed,
        closed,
        postponed,
    )
    return st.tuples(st.sampled_from(made), st.sampled_from(TPS)).map(lambda one: one[0](one[1]))


def statuses() -> st.SearchStrategy[Told]:
    """Make statuses of TPS and officers, some with an id, some that take one back."""
    stages = _stages()
    return st.one_of(
        stages,
        st.builds(named, st.sampled_from(IDS), stages),
        st.builds(correction, st.sampled_from(IDS), stages),
        st.builds(checkin, st.sampled_from(OFFICERS)),
        st.sampled_from(OFFICERS).map(checkin).map(all_well),
        st.builds(call_for_help, st.sampled_from(OFFICERS)),
        st.sampled_from((KR, SR)).map(
            lambda tps: all_well(status(StatusKind.HEARTBEAT, tps, Role.PAM_TPS, "A1"))
        ),
    )


def reports() -> st.SearchStrategy[Told]:
    """Make reports of a few people about a few places, some by SMS."""
    made = st.builds(
        report,
        st.sampled_from(("KAM-01", "KAM-02", "KAM-06", "INT-01", "UMM-01")),
        st.sampled_from((KR, R, SR, DESA)),
        st.sampled_from(("w1", "w2", "w3", "w4")),
        st.sampled_from((Role.WARGA, Role.WARGA, Role.POLSEK, Role.ANONIM)),
    )
    return made | st.builds(by_channel, st.just(Channel.SMS), made)


def commands() -> st.SearchStrategy[Told]:
    """Make commands, most of which will be refused."""
    cases = st.sampled_from(CASES)
    kinds = (CommandKind.UNACK, CommandKind.UNSHELVE, CommandKind.RESOLVE, CommandKind.REOPEN)
    return st.one_of(
        st.builds(ack, cases),
        st.builds(command, st.sampled_from(kinds), cases),
        st.builds(escalate, cases),
        st.builds(shelve, cases, st.sampled_from(("07:40", "09:00", "10:30")), st.just("chief")),
        st.builds(confirm_identity, st.sampled_from(OFFICERS)),
    )


def beats() -> st.SearchStrategy[Told]:
    """Make heartbeats of two gateways, of which something waits in one or the other."""
    return st.builds(
        beat,
        st.sampled_from((KABUPATEN, DESA, KR, SR, kabupaten_of(FAR))),
        st.sampled_from((KABUPATEN, SR)),
        oldest=st.sampled_from(("", "", "06:30", "07:10", "08:00")),
        name=st.sampled_from(("sms-1", "wa-1")),
        every=st.sampled_from((0, 0, 300)),
    )


def histories(what: st.SearchStrategy[Told], size: int = 30) -> st.SearchStrategy[list[Happening]]:
    """Make histories of at most `size` happenings."""
    happening = st.tuples(
        st.sampled_from(GAPS_S), st.sampled_from((0, 0, 0, 40, 700, 3000)), st.booleans(), what
    )
    return st.lists(happening, min_size=1, max_size=size)


def stories_of(size: int = 30) -> st.SearchStrategy[list[Item]]:
    """Make stories of everything that can happen."""
    made = st.one_of(statuses(), statuses(), reports(), commands(), beats())
    return histories(made, size).map(items_of)


def items_of(history: list[Happening]) -> list[Item]:
    """Write a history as a story; in the end intake hears, and an hour passes."""
    items: list[Item] = [at("06:00")]
    now_s = START_S
    for gap_s, late_s, hears, told in history:
        now_s += gap_s
        items += [at(_clock(now_s)), hearing if hears else deaf]
        items.append(said(_clock(max(START_S, now_s - late_s)), told) if late_s else told)
    return [*items, hearing, at(_clock(now_s + 3600))]


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
