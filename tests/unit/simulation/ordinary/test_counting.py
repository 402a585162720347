"""Counting: one contest after the other, at the pace of people."""

from collections import Counter, defaultdict
from itertools import pairwise
from statistics import median

import pytest

from streams.domain.events import CountStatus, StatusKind, VoteCount
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import TPS_CLASSES, Role
from streams.simulation.ordinary import rates
from streams.territory.plan import ElectionKind
from tests.unit.simulation.ordinary.made import counts, plan_of, statuses

kinds = pytest.mark.parametrize("kind", list(ElectionKind))


def said_at(kind: ElectionKind, said: StatusKind, day: str = "ordinary") -> dict[str, EpochMs]:
    """Return when each TPS said something, by its own time."""
    return {post.tps: post.at for post, one in statuses(kind, day) if one.kind is said}


def prepared_minutes(kind: ElectionKind, day: str) -> dict[str, float]:
    """Return how long after closing each TPS has begun to count."""
    closed = said_at(kind, StatusKind.CLOSED, day)
    begun = said_at(kind, StatusKind.COUNTING_STARTED, day)
    return {tps: (begun[tps] - at) / MINUTE_MS for tps, at in closed.items()}


def finals(kind: ElectionKind) -> list[tuple[EpochMs, VoteCount]]:
    """Return the final forms of those who run the TPS, with their time."""
    organisers = {Role.KPPS, Role.PANITIA}
    return [
        (post.at, one)
        for post, one in counts(kind)
        if one.status is CountStatus.FINAL and one.source.role in organisers
    ]


@kinds
def test_every_contest_of_every_tps_has_its_final_form(kind: ElectionKind) -> None:
    """Between the start of counting and its end, in the order of the contests."""
    begins = said_at(kind, StatusKind.COUNTING_STARTED)
    ends = said_at(kind, StatusKind.COUNTING_FINISHED)
    told: dict[str, dict[str, EpochMs]] = defaultdict(dict)
    for at, form in finals(kind):
        if not form.corrects:
            told[form.tps][form.contest] = at
    for code, tps in plan_of(kind).tps.items():
        contests = [one.id for one in plan_of(kind).election.contests_of(tps.code)]
        assert contests == sorted(told[code], key=told[code].__getitem__)
        assert begins[code] < min(told[code].values())
        assert max(told[code].values()) < ends[code]


@kinds
def test_no_contest_is_read_faster_than_people_can(kind: ElectionKind) -> None:
    """From the start to the first form at least six seconds a ballot."""
    begins = said_at(kind, StatusKind.COUNTING_STARTED)
    first: dict[str, tuple[EpochMs, int]] = {}
    for at, form in sorted(finals(kind), key=lambda one: one[0]):
        first.setdefault(form.tps, (at, sum(form.votes.values())))
    for code, (at, ballots) in first.items():
        assert ballots / ((at - begins[code]) / MINUTE_MS) < 10


@kinds
def test_three_of_a_hundred_final_forms_are_corrected(kind: ElectionKind) -> None:
    """The right one names the wrong one, and comes later."""
    forms = {form.id: (at, form) for at, form in finals(kind)}
    corrections = [(at, form) for at, form in forms.values() if form.corrects]
    share = len(corrections) / (len(forms) - len(corrections))
    assert abs(share - rates.CORRECTED_SHARE) < 0.025
    for at, form in corrections:
        assert forms[form.corrects][0] <= at


def test_supervisors_often_send_the_form_and_witnesses_seldom() -> None:
    """Each as often as its rate says."""
    kind = ElectionKind.PILKADA
    roles = Counter(one.source.role for _, one in counts(kind) if one.status is CountStatus.FINAL)
    forms = len({(form.tps, form.contest) for _, form in finals(kind)})
    assert abs(roles[Role.PTPS] / forms - rates.SUPERVISOR_COPY_SHARE) < 0.05
    camps = 2.5
    assert abs(roles[Role.SAKSI] / forms / camps - rates.WITNESS_COPY_SHARE) < 0.03


def test_a_pemilu_counts_into_the_evening() -> None:
    """Five contests last until after sunset at nearly every TPS; two are done by then."""
    for kind, least, most in ((ElectionKind.PEMILU, 0.9, 1.0), (ElectionKind.PILKADA, 0, 0.1)):
        plan, ends = plan_of(kind), said_at(kind, StatusKind.COUNTING_FINISHED)
        sunset = plan.election.day_start_at(420) + 18 * 60 * MINUTE_MS
        late = sum(at > sunset for at in ends.values()) / len(plan.tps)
        assert least <= late <= most


@kinds
def test_on_an_ordinary_day_counting_begins_within_its_limit(kind: ElectionKind) -> None:
    """Half after twenty minutes, all within three quarters of the limit of their class."""
    prepared = prepared_minutes(kind, "ordinary")
    assert 17 < median(prepared.values()) < 22
    for code, tps in plan_of(kind).tps.items():
        limit = rates.COUNTING_LIMITS_MINUTES[TPS_CLASSES.index(tps.tps_class)]
        assert prepared[code] <= 0.75 * limit


@kinds
def test_on_an_irregular_day_some_begin_an_hour_late(kind: ElectionKind) -> None:
    """A few of a hundred."""
    prepared = prepared_minutes(kind, "irregular")
    assert 0.01 < sum(one > 60 for one in prepared.values()) / len(prepared) < 0.08


@kinds
def test_on_an_ordinary_day_no_count_is_silent_for_long(kind: ElectionKind) -> None:
    """From the first ballot to the last final form, by the class of the TPS."""
    times: dict[str, list[EpochMs]] = defaultdict(list)
    for code, at in said_at(kind, StatusKind.COUNTING_STARTED).items():
        times[code].append(at)
    for post, form in counts(kind):
        if form.source.role in {Role.KPPS, Role.PANITIA} and not form.corrects:
            times[form.tps].append(post.at)
    for code, tps in plan_of(kind).tps.items():
        limit = rates.FORM_LIMITS_MINUTES[TPS_CLASSES.index(tps.tps_class)]
        pauses = [(b - a) / MINUTE_MS for a, b in pairwise(sorted(times[code]))]
        assert max(pauses) < limit


@kinds
def test_on_an_ordinary_day_every_final_form_is_right(kind: ElectionKind) -> None:
    """What is corrected differs at most in the lists of its voters."""
    forms = {form.id: form for _, form in finals(kind)}
    for form in forms.values():
        assert form.valid == sum(form.votes.values())
        if form.corrects:
            assert form.votes == forms[form.corrects].votes
