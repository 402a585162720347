"""An author's few words become messages of the contract."""

import pytest

from streams.domain.effects import ReplyOutcome
from streams.domain.events import CommandKind, CrowdReport, OperatorCommand, TpsStatus, VoteCount
from streams.domain.times import SECOND_MS
from streams.errors import InputError
from streams.simulation.post import VOTE_COUNTS, Post
from streams.wire.inputs import decode_input
from streams.wire.time import format_time
from tests.unit.simulation.written import OFFICER, TPS, story_of

SOURCE = "source: {id: kpps-1, role: kpps, channel: sms}"
FORM = f"tps: {TPS}, status: final, {SOURCE}"


def post_of(written: str) -> Post:
    """Return the one message of a story."""
    [post] = story_of(f"    posts:\n      - {{{written}}}\n").posts
    return post


def fault_of(written: str) -> str:
    """Return what is told of a message that cannot be."""
    with pytest.raises(InputError) as told:
        post_of(written)
    return str(told.value)


def test_a_status_gets_its_id_and_time() -> None:
    """The id from the incident and the number of the message in it."""
    post = post_of(f'at: "07:25", status: {{kind: opened, tps: {TPS}, {SOURCE}}}')
    event = decode_input(post.topic, post.value).event
    assert isinstance(event, TpsStatus)
    assert ("only-01", "2024-11-27T07:25:00+07:00", TPS) == (event.id, event.at, event.tps)


def test_numbers_and_truths_are_read_as_such() -> None:
    """Although the file holds text only."""
    fields = f"kind: closed, tps: {TPS}, queue: 3, all_voted: true, {SOURCE}"
    event = decode_input("tps.status", post_of(f'at: "13:01", status: {{{fields}}}').value).event
    assert isinstance(event, TpsStatus)
    assert (3, True) == (event.queue, event.all_voted)


def test_a_message_is_received_within_the_second_named() -> None:
    """So that a line that it causes carries that second."""
    post = post_of(f'at: "07:25:10", status: {{kind: opened, tps: {TPS}, {SOURCE}}}')
    assert post.at < post.received_at < post.at + SECOND_MS


def test_a_message_can_be_received_later() -> None:
    """An SMS of an hour ago."""
    written = f'at: "06:58", received: "07:38:10", status: {{kind: opened, tps: {TPS}, {SOURCE}}}'
    assert "2024-11-27T07:38:10+07:00" == format_time(post_of(written).received_at, 420)


def test_a_report_is_about_its_desa() -> None:
    """So that the story knows where it plays."""
    source = "source: {id: warga-1, role: warga}"
    post = post_of(f'at: "08:00", report: {{category: KAM-01, place: {{tps: {TPS}}}, {source}}}')
    assert isinstance(decode_input(post.topic, post.value).event, CrowdReport)
    assert (TPS, TPS[:13]) == post.about


def test_a_checkin_is_about_its_officer() -> None:
    """And about no place if it names none."""
    source = "source: {id: pam-1, role: pam_tps}"
    post = post_of(f'at: "08:00", status: {{kind: checkin, officer: P30A, {source}}}')
    assert (OFFICER,) == post.about


def test_a_command_names_actor_and_alert_in_full() -> None:
    """Role and area of the roster, and an id that intake takes live as well."""
    written = f"command: {{actor: posko-1, command: ack, alert: T03@{TPS}}}"
    post = post_of(f'at: "07:12", {written}')
    event = decode_input(post.topic, post.value).event
    assert isinstance(event, OperatorCommand)
    assert (CommandKind.ACK, "17.02") == (event.command, event.actor.area)
    assert str(event.alert).startswith("1702-")


def test_a_count_is_a_form_of_its_tps() -> None:
    """With votes by choice, and about TPS and desa, so that a mute and a story know where."""
    fields = 'contest: bupati, votes: {"01": 210, "02": 9}'
    post = post_of(f'at: "12:40", count: {{{FORM}, {fields}}}')
    event = decode_input(post.topic, post.value).event
    assert isinstance(event, VoteCount)
    assert ("only-01", {"01": 210, "02": 9}) == (event.id, event.votes)
    assert (VOTE_COUNTS, "count", TPS, (TPS, TPS[:13])) == (
        post.topic,
        post.kind,
        post.tps,
        post.about,
    )


def test_a_status_of_a_box_is_about_the_box() -> None:
    """So that what a story says of a box stands where its mute looks."""
    box = f"{TPS}#1"
    fields = f'kind: box_departed, tps: {TPS}, box: "{box}", escort: [P30A], {SOURCE}'
    assert (TPS, TPS[:13], f"box:17.02/{box}") == post_of(
        f'at: "13:10", status: {{{fields}}}'
    ).about


@pytest.mark.parametrize(
    ("reply", "outcome"), [("", ReplyOutcome.DONE), (", reply: refused", ReplyOutcome.REFUSED)]
)
def test_a_command_says_what_must_be_answered(reply: str, outcome: ReplyOutcome) -> None:
    """Done, unless the author says otherwise."""
    command = f"command: {{actor: posko-1, command: ack, alert: T03@{TPS}}}"
    story = story_of(f'    posts:\n      - {{at: "07:12", {command}{reply}}}\n')
    [order] = story.incidents[0].orders
    assert ("only-01", outcome) == (order.command, order.outcome)


@pytest.mark.parametrize(
    ("written", "where", "what"),
    [
        ('at: "08:00"', "posts[0]", "expected one of status, report, count and command"),
        ('at: "8:00", status: {}', "posts[0].at", "Expected `str` matching regex"),
        ('at: "25:00", status: {}', "posts[0].at", "Expected `str` matching regex"),
        (
            f'at: "08:00", received: "07:59", status: {{kind: opened, tps: {TPS}, {SOURCE}}}',
            "posts[0].received",
            "expected a time not before `at`",
        ),
        (
            f'at: "08:00", status: {{kind: buka, tps: {TPS}, {SOURCE}}}',
            "posts[0].status.kind",
            "Invalid enum value 'buka'",
        ),
        (
            f'at: "08:00", status: {{kind: opened, tps: 17.02.09.1027-999, {SOURCE}}}',
            "posts[0].status.tps",
            "found '17.02.09.1027-999'",
        ),
        (
            f'at: "08:00", status: {{kind: opened, tsp: {TPS}, {SOURCE}}}',
            "posts[0].status.tsp",
            "expected a field of the contract's schema",
        ),
        (
            'at: "08:00", status: {kind: checkin, officer: P30A, source: {id: a, roll: b}}',
            "posts[0].status.source",
            "missing required field `role`",
        ),
        (
            'at: "08:00", status: {kind: checkin, officer: X, source: {id: a, role: pam_tps}}',
            "posts[0].status.officer",
            "found 'X', expected an officer",
        ),
        (
            f'at: "08:00", status: {{id: a, kind: opened, tps: {TPS}, {SOURCE}}}',
            "posts[0].status.id",
            "expected to be left out",
        ),
        (
            f'at: "08:00", count: {{{FORM}, contest: kades, votes: {{"01": 1}}}}',
            "posts[0].count.contest",
            "found 'kades', expected bupati or gubernur",
        ),
        (
            f'at: "08:00", count: {{{FORM}, contest: gubernur, votes: {{"03": 1}}}}',
            "posts[0].count.votes",
            "found '03', expected 01, 02",
        ),
        (
            f'at: "08:00", count: {{{FORM}, contest: bupati}}',
            "posts[0].count",
            "missing required field `votes`",
        ),
        (
            'at: "08:00", command: {actor: nobody, command: ack, area: "17.02"}',
            "posts[0].command.actor",
            "found 'nobody'",
        ),
        (
            'at: "08:00", command: {actor: posko-1, command: ack, alert: T03}',
            "posts[0].command.alert",
            "expected RULE@SCOPE",
        ),
        (
            'at: "08:00", command: {actor: kapolres, command: confirm_identity, officer: X}',
            "posts[0].command.officer",
            "found 'X', expected an officer",
        ),
        (
            'at: "08:00", report: {text: a, place: {tps: 17.02}, source: {id: a, role: warga}}',
            "posts[0].report.place.tps",
            "Expected `str` matching regex",
        ),
    ],
)
def test_a_message_that_cannot_be_is_told(written: str, where: str, what: str) -> None:
    """With the line, the field, and what was expected there."""
    fault = fault_of(written)
    assert fault.startswith(f"story.yaml:9: incidents[0].{where}: ")
    assert what in fault
