"""Histories of whole days for property tests: materials, boxes, counts, floods, and who answers.

Like `tests.support.histories`, whose happenings they have as well; judged by all shipped rules.
Names are few, so that corrections meet what they correct, escorts their boxes, and counts of one
side each other.
"""

from collections.abc import Callable
from typing import Final

from hypothesis import strategies as st

from streams.domain.events import CommandKind, Source, StatusKind
from streams.domain.ids import AreaCode
from streams.domain.words import Role
from tests.support.events import ack, all_well, command, heartbeat, report, status
from tests.support.histories import (
    Happening,
    beats,
    commands,
    histories,
    items_of,
    reports,
    statuses,
)
from tests.support.station import (
    KPPS,
    PTPS,
    WITNESS,
    arrived,
    confirm_seal,
    correcting,
    count,
    counted,
    counting,
    departed,
    escorted,
    materials,
    provisional,
    queue,
    sent_by,
    short_of_ballots,
    unrest,
)
from tests.support.stories import Item, Told, named, of_election
from tests.support.world import (
    DESA,
    ELECTION,
    FAR,
    GOVERNOR,
    KH,
    KR,
    KR2,
    REGENT,
    SR,
    UNKNOWN,
    VILLAGE,
    R,
)

__all__ = [
    "CONTESTS",
    "DRILL",
    "answers",
    "boxes",
    "counts",
    "floods",
    "made_at",
    "stages",
    "whole_days",
    "whole_histories",
]

DRILL: Final = f"{ELECTION}#drill-gladi"
PLACES: Final = (KR, R, SR, KH, KR2, UNKNOWN, FAR)
CONTESTS: Final = (GOVERNOR, REGENT, VILLAGE)
"""Of the world in which these days are judged; that of the village has one TPS."""
PAPERS: Final = (
    *((KR2, VILLAGE[0]) for _ in range(8)),
    *((tps, REGENT[0]) for tps in PLACES if tps != FAR),
    *((tps, GOVERNOR[0]) for tps in PLACES),
)
"""What is voted on where; often the village, so that its result is close and wide in turn."""
IDS: Final = ("i1", "i2", "i3", "i4")
BOXES: Final = ("", "", "K1", "K2")
SEALS: Final = ("", "", "S1", "S2")
VOTES: Final = (0, 98, 99, 100, 120, 4000)
SIDES: Final = (KPPS, KPPS, PTPS, WITNESS, Source("saksi2", Role.SAKSI, camp="02"))
CASES: Final = (
    "T01@SR",
    "T04@KR",
    "T09@KR",
    "T10@box:K1",
    "T11@box:K1",
    f"T12@box:{KR}#1",
    "T12@box:K1",
    "T13@KR|closed>counting_started",
    "V02@KR|bupati",
    "V06@SR|bupati",
    "V07@contest:kades@17.02.09.1002",
    "W03@DESA|KAM-08",
    "W05@DESA",
    "W14@source:w1",
    "W15@KR|INF-01",
    "W15@DESA|UMM-01",
)
"""What persons act on; a case without an alert is refused."""


def made_at(make: Callable[[AreaCode], Told], tps: AreaCode) -> Told:
    """Let a TPS tell something."""
    return make(tps)


def stages() -> st.SearchStrategy[Told]:
    """Make statuses of the stages of a day, with queues and early closings."""
    bare: tuple[Callable[[AreaCode], Told], ...] = (counting, counted, materials, unrest)
    made = st.one_of(
        st.builds(made_at, st.sampled_from(bare), st.sampled_from(PLACES)),
        st.builds(queue, st.sampled_from(PLACES), st.sampled_from((0, 5))),
        st.builds(
            materials,
            st.sampled_from(PLACES),
            st.sampled_from((0, 400, 423, 296)),
            st.sampled_from(("", REGENT[0], GOVERNOR[0])),
        ),
    )
    return _sometimes_named(made)


def boxes() -> st.SearchStrategy[Told]:
    """Make departures, escorts and arrivals of a few boxes, and words on their seals."""
    tps, box, seal = (st.sampled_from(some) for some in (PLACES, BOXES, SEALS))
    arrivals = st.builds(arrived, tps, box, seal, intact=st.sampled_from((None, True, False)))
    made = st.one_of(
        st.builds(departed, tps, box, seal),
        st.builds(departed, tps, box, seal, st.just("A1")),
        st.builds(escorted, tps, box),
        arrivals,
        st.builds(sent_by, st.just(PTPS), arrivals),
    )
    seals = st.builds(
        confirm_seal, st.sampled_from(("K1", "K2", f"{KR}#1")), st.sampled_from(("", *CASES[3:7]))
    )
    return _sometimes_named(made) | seals


def _counted_on(paper: tuple[AreaCode, str], first: int, second: int, by: Source) -> Told:
    tps, contest = paper
    return count(tps, first, second, by, of=contest)


def counts() -> st.SearchStrategy[Told]:
    """Make counts of a few sides, some provisional, some that cannot be, some that correct."""
    votes = st.sampled_from(VOTES)
    plain = st.builds(_counted_on, st.sampled_from(PAPERS), votes, votes, st.sampled_from(SIDES))
    made = plain | st.builds(provisional, plain) | st.builds(short_of_ballots, plain)
    return _sometimes_named(made)


def _sometimes_named(made: st.SearchStrategy[Told]) -> st.SearchStrategy[Told]:
    ids = st.sampled_from(IDS)
    return st.one_of(made, st.builds(named, ids, made), st.builds(correcting, ids, made))


def _stream(tps: AreaCode, size: int) -> list[Told]:
    return [report("INF-01", tps, "w1") for _ in range(size)]


def _crowd(category: str, tps: AreaCode, size: int) -> list[Told]:
    return [report(category, tps, f"m{number}") for number in range(size)]


def floods() -> st.SearchStrategy[list[Told]]:
    """Make many reports at once: of one source, or of many."""
    by_one = st.builds(
        _stream, st.sampled_from((KR, R, DESA)), st.integers(min_value=9, max_value=13)
    )
    by_many = st.builds(
        _crowd,
        st.sampled_from(("KAM-08", "LOG-03", "INF-01", "")),
        st.sampled_from((KR, SR, DESA)),
        st.integers(min_value=3, max_value=7),
    )
    return by_one | by_many


def answers() -> st.SearchStrategy[Told]:
    """Make acts of persons on the alerts of a day, most of which will be refused."""
    cases = st.sampled_from(CASES)
    kinds = (CommandKind.RESOLVE, CommandKind.REOPEN, CommandKind.UNACK)
    calm = all_well(status(StatusKind.HEARTBEAT, KR, Role.PAM_TPS, "A1"))
    return st.one_of(
        st.builds(ack, cases),
        st.builds(ack, cases),
        st.builds(command, st.sampled_from(kinds), cases),
        st.just(calm),
    )


def _voices() -> st.SearchStrategy[Told]:
    """Make reports of what is serious and not critical."""
    return st.builds(
        report,
        st.sampled_from(("KAM-08", "KAM-10", "INF-01", "LOG-01", "LOG-03")),
        st.sampled_from((KR, R, SR, DESA)),
        st.sampled_from(("w1", "w2", "w3")),
        st.sampled_from((Role.WARGA, Role.KPPS, Role.POLSEK)),
    )


def whole_histories(size: int = 30) -> st.SearchStrategy[list[Happening]]:
    """Make histories of everything that can happen; some of it in a drill."""
    one = st.one_of(
        stages(),
        boxes(),
        counts(),
        counts(),
        _voices(),
        answers(),
        statuses(),
        reports(),
        commands(),
        beats(),
        st.builds(of_election, st.just(DRILL), st.one_of(stages(), boxes(), counts())),
        st.sampled_from(PLACES).map(heartbeat),
    )
    flooded = st.tuples(histories(one, size), floods(), st.integers(min_value=0, max_value=size))
    return histories(one, size) | flooded.map(_flooded)


def _flooded(parts: tuple[list[Happening], list[Told], int]) -> list[Happening]:
    history, flood, place = parts
    poured: list[Happening] = [(1, 0, True, told) for told in flood]
    return [*history[:place], *poured, *history[place:]]


def whole_days(size: int = 30) -> st.SearchStrategy[list[Item]]:
    """Make stories of whole days."""
    return whole_histories(size).map(items_of)
