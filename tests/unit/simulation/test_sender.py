"""How a TPS sends: who, by which channel, and how late."""

import pytest
from msgspec.structs import replace

from streams.domain.events import StatusKind
from streams.domain.times import MINUTE_MS, SECOND_MS
from streams.domain.words import Channel, Role
from streams.simulation.sender import Sender
from streams.territory.plan import Plan
from tests.stories.judging import CARENANG_BINUANG, REJANG_LEBONG, plan_of

PLAN = plan_of(REJANG_LEBONG)
TPS = next(iter(PLAN.tps.values()))


@pytest.mark.parametrize(
    ("plan", "organiser", "supervisor"),
    [(PLAN, Role.KPPS, Role.PTPS), (plan_of(CARENANG_BINUANG), Role.PANITIA, Role.PANWAS)],
    ids=["pilkada", "pilkades"],
)
def test_who_runs_and_who_watches_follows_from_the_kind(
    plan: Plan, organiser: Role, supervisor: Role
) -> None:
    """KPU and Bawaslu have no part in a village."""
    sender = Sender(plan, next(iter(plan.tps.values())), 1)
    assert (organiser, supervisor) == (sender.organiser, sender.supervisor)


def test_without_internet_there_is_sms() -> None:
    """Where nobody knows, the app is tried."""
    known = ((True, Channel.APP), (None, Channel.APP), (False, Channel.SMS))
    for internet, channel in known:
        sender = Sender(PLAN, replace(TPS, internet=internet), 1)
        assert channel is sender.source(Role.KPPS).channel


def test_every_message_has_an_id_of_its_own() -> None:
    """Counted from 01, whoever sends it."""
    sender = Sender(PLAN, TPS, 1)
    sent = [sender.status(StatusKind.HEARTBEAT, TPS.opens_at) for _ in range(3)]
    assert [f"{TPS.code}-0{number}" for number in (1, 2, 3)] == [one.id for one in sent]


def test_an_officer_is_late_as_the_radio_is() -> None:
    """The channel of the source counts, not that of the TPS."""
    sender = Sender(PLAN, TPS, 1)
    source = replace(sender.source(Role.PAM_TPS), channel=Channel.RADIO)
    event = sender.status(StatusKind.ESCORT_JOINED, TPS.closes_at, source)
    late = [sender.send(event, TPS.closes_at).received_at - TPS.closes_at for _ in range(30)]
    assert 2 * SECOND_MS <= min(late) < max(late) <= 15 * SECOND_MS


def test_the_guards_are_the_pair_on_duty() -> None:
    """Nobody else, and not who is at home."""
    at_home = next(one for one in PLAN.officers.values() if one.pair == TPS.pair)
    key = (at_home.kabupaten, at_home.officer)
    officers = {**PLAN.officers, key: replace(at_home, on_duty=False)}
    both, one = (Sender(plan, TPS, 1).guards for plan in (PLAN, replace(PLAN, officers=officers)))
    assert [f"{TPS.pair}A", f"{TPS.pair}B"] == [officer.officer for officer in both]
    assert [officer for officer in both if officer != at_home] == list(one)


def test_without_signal_a_message_waits() -> None:
    """Some TPS without internet have an outage, in which nothing goes out."""
    offline = replace(TPS, internet=False)
    late = 0
    for seed in range(20):
        sender = Sender(PLAN, offline, seed)
        for at in range(offline.opens_at, offline.closes_at, 10 * MINUTE_MS):
            moment = type(offline.opens_at)(at)
            post = sender.send(sender.status(StatusKind.HEARTBEAT, moment), moment)
            late += post.received_at - at >= 5 * MINUTE_MS
    assert late > 0
