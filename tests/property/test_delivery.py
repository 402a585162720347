"""What holds of delivery in every history, however receivers behave."""

from collections import Counter, defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from streams.delivery.bundle import newest_of, replaces_calls
from streams.delivery.parcel import Parcel, Result, Send, Tried
from streams.delivery.policy import ChannelPolicy, Limit
from streams.domain.alert import AlertState
from streams.domain.notice import NoticeKind
from streams.domain.outgoing import OutgoingAlert
from streams.domain.words import Severity
from tests.support.notifier import Played, Started, alert, destination, notice, parcel

POLICIES = {
    "sms": ChannelPolicy(
        calls=(Limit(2, 60), Limit(3, 300)),
        informs=(Limit(1, 60),),
        overall=(Limit(3, 5),),
        give_up_s=60,
    ),
    "chat": ChannelPolicy(each=(Limit(1, 1), Limit(4, 60)), at_once=2, give_up_s=120),
    "hook": ChannelPolicy(bundles=False, shared=False, at_once=3, give_up_s=30),
}
WAYS = {1: ("sms",), 2: ("hook",), 3: ("chat", "sms"), 4: ("sms", "hook", "chat")}
"""Of each destination."""
STATES = [AlertState.UNACKNOWLEDGED, AlertState.ACKNOWLEDGED, AlertState.RESOLVED]
FOREVER_S = 200_000.0
MINUTE_S = 60.0
"""Longer than any try takes."""
FEW = settings(max_examples=40)
"""A history has hundreds of steps."""


class Coming(Struct, frozen=True):
    """A parcel, and when it comes."""

    at: float
    parcel: Parcel


@st.composite
def comings(draw: st.DrawFn) -> list[Coming]:
    """Return parcels of a few alerts for a few destinations, over half an hour."""
    found: dict[str, Coming] = {}
    for _ in range(draw(st.integers(0, 40))):
        at = draw(st.floats(0, 1_800))
        told = alert(
            draw(st.sampled_from("ABCDEF")),
            draw(st.integers(1, 4)),
            at=draw(st.sampled_from(["36.04.17", "36.04.18"])),
            kind=draw(st.sampled_from([NoticeKind.CALL, NoticeKind.INFORM])),
            severity=draw(st.sampled_from([Severity.CRITICAL, Severity.HIGH])),
        )
        told = replace(told, state=draw(st.sampled_from(STATES)))
        number = draw(st.sampled_from(sorted(WAYS)))
        one = notice(told, to=destination(number))
        found.setdefault(one.id, Coming(at, parcel(one, *WAYS[number], since=at)))
    return sorted(found.values(), key=lambda coming: coming.at)


AGAIN = st.builds(Tried, st.just(Result.AGAIN), after_s=st.sampled_from([0.0, 0.0, 5.0, 500.0]))
TRIED = st.one_of(
    st.just(Tried(Result.DELIVERED)),
    AGAIN,
    st.sampled_from([Tried(Result.REFUSED), Tried(Result.CLOSED)]),
)
ANSWERS = st.lists(st.tuples(st.floats(0.01, 20), TRIED), max_size=60)
"""How the first tries end, and how long they take; the others succeed at once."""


def play(coming: list[Coming], answers: list[tuple[float, Tried]], until: float) -> Played:
    """Let parcels come in, and receivers answer."""
    left = list(answers)

    def answer(_: Send, __: float) -> tuple[float, Tried]:
        return left.pop(0) if left else (0.1, Tried(Result.DELIVERED))

    played = Played(POLICIES, answer)
    for one in coming:
        played.put(one.parcel, at=one.at)
    played.run(until)
    return played


@FEW
@given(comings(), ANSWERS)
def test_every_notice_is_settled_once(
    coming: list[Coming], answers: list[tuple[float, Tried]]
) -> None:
    """None is lost, none is settled twice, and nothing is held afterwards."""
    played = play(coming, answers, FOREVER_S)
    assert Counter(one.parcel.notice.id for one in coming) == played.settled
    assert not list(played.outbox.parcels)


@FEW
@given(comings(), ANSWERS, st.floats(0, 3_000))
def test_at_every_moment_each_notice_is_settled_or_held(
    coming: list[Coming], answers: list[tuple[float, Tried]], until: float
) -> None:
    """Wherever the process is killed, whoever comes after it knows what is left to be done."""
    played = play(coming, answers, until)
    held = Counter(one.notice.id for one in played.outbox.parcels)
    came = Counter(one.parcel.notice.id for one in coming if one.at <= until)
    assert came == held + played.settled


@FEW
@given(comings(), ANSWERS)
def test_nothing_goes_again_after_it_was_delivered(
    coming: list[Coming], answers: list[tuple[float, Tried]]
) -> None:
    """A message is repeated only if its try has failed, and then by the same key."""
    played = play(coming, answers, FOREVER_S)
    assert all(count == 1 for count in played.delivered.values())
    contents = defaultdict[str, set[frozenset[str]]](set)
    for one in played.started:
        contents[one.send.key].add(frozenset(one.names))
    assert all(len(names) == 1 for names in contents.values())


@FEW
@given(comings(), ANSWERS)
def test_limits_hold_in_every_window(
    coming: list[Coming], answers: list[tuple[float, Tried]]
) -> None:
    """A person's for what reaches him but for critical calls, the provider's for every try."""
    played = play(coming, answers, FOREVER_S)
    lines = defaultdict[tuple[str, str, int], list[Started]](list)
    for one in played.started:
        first = one.send.first
        lines[first.channel, first.addressee, first.way].append(one)
        lines[first.channel, "", 0].append(one)
    for (channel, line, _), started in lines.items():
        policy = POLICIES[channel]
        every = [one.at for one in started]
        assert_within(policy.each if line else policy.overall, every)
        if line:
            reached = {one.send.key for one in started if is_delivered(played, one)}
            began = [one for one in started if one.send.tries == 1 and one.send.key in reached]
            calls = [one for one in began if is_call(one)]
            assert_within(policy.calls, [one.at for one in calls if not one.send.over_limit])
            assert_within(policy.informs, [one.at for one in began if not is_call(one)])


@FEW
@given(comings(), ANSWERS)
def test_places_are_kept(coming: list[Coming], answers: list[tuple[float, Tried]]) -> None:
    """No channel has more under way than it may."""
    played = play(coming, answers, FOREVER_S)
    assert all(count <= POLICIES[name].at_once for name, count in played.most_at_once.items())


@FEW
@given(comings(), ANSWERS)
def test_the_same_history_is_delivered_in_the_same_way(
    coming: list[Coming], answers: list[tuple[float, Tried]]
) -> None:
    """There is no chance in it."""
    one, two = (play(coming, answers, FOREVER_S) for _ in range(2))
    assert [(each.at, each.send.key) for each in one.started] == [
        (each.at, each.send.key) for each in two.started
    ]


@FEW
@given(comings())
def test_a_critical_call_waits_no_longer_than_promised(coming: list[Coming]) -> None:
    """Half a minute and its try, if its gateway works and there is no newer news of its alert."""
    alone = [one for one in coming if one.parcel.notice.destination.number == 1]
    newest = newest_of(one.parcel.notice for one in alone)
    played = play(alone, [], FOREVER_S)
    for one in alone:
        told, notice_id = one.parcel.notice.alerts[0], one.parcel.notice.id
        is_critical_call = told.severity is Severity.CRITICAL and told.kind is NoticeKind.CALL
        if is_critical_call and told.revision == newest[told.alert].telling.revision:
            went = next(each.at for each in played.started if notice_id in each.names)
            assert went <= one.at + 30 + 5


@FEW
@given(comings(), ANSWERS)
def test_nothing_older_is_told_after_newer_news_was_delivered(
    coming: list[Coming], answers: list[tuple[float, Tried]]
) -> None:
    """Alone at least; a call only after what asked, too, or said that nobody is asked."""
    played = play(coming, answers, FOREVER_S)
    arrived: list[tuple[float, str, OutgoingAlert]] = []
    for one in played.started:
        (started, *others) = [each for said in one.send.notices for each in said.alerts]
        addressee = one.send.first.addressee
        assert others or not any(
            at < one.at
            and addressee == who
            and newer.alert == started.alert
            and newer.revision > started.revision
            and (started.kind is NoticeKind.INFORM or replaces_calls(newer))
            for at, who, newer in arrived
        )
        if is_delivered(played, one):
            arrived += [
                (one.at + MINUTE_S, addressee, each)
                for said in one.send.notices
                for each in said.alerts
            ]


@FEW
@given(comings(), ANSWERS)
def test_whoever_is_to_be_called_is_called_unless_nobody_is_asked_any_more(
    coming: list[Coming], answers: list[tuple[float, Tried]]
) -> None:
    """A call that is settled as delivered was told as one, or news has replaced it."""
    played = play(coming, answers, FOREVER_S)
    told = defaultdict[tuple[str, str], list[OutgoingAlert]](list)
    for one in played.started:
        for each in (each for said in one.send.notices for each in said.alerts):
            told[one.send.first.addressee, each.alert].append(each)
    for ended in played.ended:
        each = ended.parcel.notice.alerts[0]
        if ended.result is Result.DELIVERED and each.kind is NoticeKind.CALL:
            assert any(
                other.revision >= each.revision and replaces_calls(other)
                for other in told[ended.parcel.addressee, each.alert]
            )


def assert_within(limits: tuple[Limit, ...], times: list[float]) -> None:
    """Look at the window that begins with each message."""
    for limit in limits:
        for start in times:
            assert sum(start <= at < start + limit.within_s for at in times) <= limit.count


def is_call(one: Started) -> bool:
    """Whether a message asks for an answer."""
    told = (each for said in one.send.notices for each in said.alerts)
    return any(each.kind is NoticeKind.CALL for each in told)


def is_delivered(played: Played, one: Started) -> bool:
    """Whether this try, the last of its message, has reached its receiver.

    A message of several that was refused is taken apart, and its first notice is tried alone, as
    often as before: of such tries the last one is meant.
    """
    name, attempt, tries = (one.send.first.notice.id, one.send.first.attempt, one.send.tries)
    alike = [
        other
        for other in played.started
        if (other.send.first.notice.id, other.send.first.attempt, other.send.tries)
        == (name, attempt, tries)
    ]
    return one is alike[-1] and any(
        ended.parcel.notice.id == name
        and ended.result is Result.DELIVERED
        and ended.parcel.attempt == attempt
        and ended.tries == tries
        for ended in played.ended
    )
