"""The fold as the engine sees it: bytes in, records of the output topics out."""

import json
from typing import Final

import msgspec
import pytest
from msgspec.structs import replace

from streams.domain.effects import RuleFault
from streams.domain.words import Role
from streams.engine.ports import Entry, Output
from streams.engine.topics import Topic
from streams.errors import InputError
from streams.fold import PartitionFold
from streams.judge.world import Watched, World
from streams.pipeline import Step
from streams.rules.compiling import compile_pack
from streams.rules.reading import read_pack
from streams.wire.chain import GENESIS
from streams.wire.journal import encode_record
from tests.support.desk import confirm_report, tracking
from tests.support.events import ack, call_for_help, heartbeat, opened, report
from tests.support.stories import Item, at, journal, judge, named, of_election
from tests.support.world import (
    ELECTION,
    KABUPATEN,
    KR,
    NAMES,
    changed_pack,
    clock,
    plan,
    rules,
    whole_world,
    world,
)

SIX: Final = at("06:00")
RESTRICTED: Final = World(
    {
        ELECTION: Watched.of(
            plan(),
            compile_pack(
                read_pack(
                    changed_pack(
                        "runbook: docs/runbooks/W02.md",
                        "runbook: docs/runbooks/W02.md\nrestricted_to: [propam]",
                    )
                )
            ),
        )
    }
)


def entry(step: Step, partition: int = 0) -> Entry:
    """Return a record as the engine reads it."""
    offset = int(step.name.partition(":")[2])
    return Entry(partition, offset, step.appended_at, encode_record(step.record))


def written(*items: Item, world_: World | None = None) -> list[Output]:
    """Return what is written of a story."""
    fold = PartitionFold(0, world_ or world())
    return [output for step in journal(*items) for output in fold.judge(entry(step))]


def of_topic(outputs: list[Output], topic: Topic) -> list[Output]:
    """Return the records for one topic."""
    return [output for output in outputs if output.topic == topic]


def test_a_line_says_which_record_caused_it() -> None:
    """Partition and offset of the journal, and which line of that record it is."""
    [line] = of_topic(written(SIX, call_for_help("A1")), Topic.TRANSITIONS)
    assert (("partition", b"0"), ("offset", b"2"), ("n", b"0")) == line.headers[:3]
    told = json.loads(line.value or b"")
    assert (told["alert"].encode(), True) == (line.key, line.line)
    assert ("opened", "0:2", "2024-11-27T06:00:00+07:00") == (
        told["change"],
        told["cause"],
        told["at"],
    )


def test_lines_of_one_record_are_numbered() -> None:
    """From 0, whatever else the record brings about."""
    outputs = written(SIX, at("07:31"))
    headers = [dict(output.headers) for output in of_topic(outputs, Topic.TRANSITIONS)]
    numbers: dict[bytes, list[int]] = {}
    for header in headers:
        numbers.setdefault(header["offset"] or b"", []).append(int(header["n"] or b""))
    assert all(found == list(range(len(found))) for found in numbers.values())
    assert max(len(found) for found in numbers.values()) > 1


def test_each_line_is_linked_to_those_before_it() -> None:
    """A stranger can compute the chain again from what stands in the topic."""
    chain, links = GENESIS, 0
    for line in of_topic(written(SIX, call_for_help("A1"), at("07:31")), Topic.TRANSITIONS):
        headers = dict(line.headers)
        place = (0, int(headers["offset"] or b""), int(headers["n"] or b""))
        chain = chain.after(place, line.value or b"", restricted=False)
        links += headers["chain"] == chain.header(restricted=False)
    assert 7 < links


def test_nothing_open_depends_on_a_restricted_line() -> None:
    """Else its few words could be guessed from the open topic."""
    items = [SIX, call_for_help("A1"), at("07:31")]
    opened_only = [
        one
        for one in of_topic(written(*items), Topic.TRANSITIONS)
        if b'"rule":"W02"' not in (one.value or b"")
    ]
    chain = GENESIS
    for line in opened_only:
        headers = dict(line.headers)
        place = (0, int(headers["offset"] or b""), int(headers["n"] or b""))
        chain = chain.after(place, line.value or b"", restricted=False)
    [*_, last] = of_topic(written(*items, world_=RESTRICTED), Topic.TRANSITIONS)
    assert chain.header(restricted=False) == dict(last.headers)["chain"]


def test_an_alert_is_shown_once_a_record_as_it_is_in_the_end() -> None:
    """However often it changed."""
    steps = list(journal(SIX, call_for_help("A1"), at("07:00")))
    fold = PartitionFold(0, world())
    jump = [*steps[:3], steps[-2]]
    outputs = [output for step in jump for output in fold.judge(entry(step))]
    duress = [json.loads(one.value or b"") for one in of_topic(outputs, Topic.ALERTS)]
    shown = [(one["revision"], one["level"]) for one in duress if one["rule"] == "W02"]
    assert [(1, "polres_ops"), (3, "polda")] == shown


def test_a_restricted_alert_goes_to_the_restricted_topics_only() -> None:
    """Lines and states; nobody else sees that it is there."""
    outputs = written(SIX, call_for_help("A1"), world_=RESTRICTED)
    apart = {Topic.RESTRICTED_TRANSITIONS, Topic.RESTRICTED_ALERTS, Topic.RESTRICTED_NOTICES}
    told = [output for output in outputs if b"W02" in (output.value or b"")]
    assert apart == {output.topic for output in told}
    assert [True] == [output.line for output in of_topic(outputs, Topic.RESTRICTED_TRANSITIONS)]


def test_people_read_the_names_of_places() -> None:
    """From the province down; a pair and an officer by their sign."""
    outputs = written(SIX, opened(KR), call_for_help("A1"), at("07:46"))
    alerts = [json.loads(one.value or b"") for one in of_topic(outputs, Topic.ALERTS)]
    scopes = {one["scope"]["code"]: one["scope"] for one in alerts}
    assert {
        "kind": "pair",
        "code": "pair:17.02/P01",
        "name": "P01",
        "path": ["Bengkulu", "Rejang Lebong", "Curup"],
    } == scopes["pair:17.02/P01"]
    assert "A1" == scopes["officer:17.02/A1"]["name"]
    early = scopes["17.02.11.2001-002"]
    assert ["TPS 002 Cawang", "Cawang"] == [early["name"], early["path"][-2]]


def test_a_report_in_triage_is_written_under_its_tracking_id() -> None:
    """So that the topic keeps the latest word of each."""
    [one] = of_topic(written(SIX, report("KAM-01", KR, "w1")), Topic.TRIAGE)
    value = json.loads(one.value or b"")
    assert (value["id"].encode(), "open", KR) == (one.key, value["status"], value["area"])


def test_what_only_propam_may_hear_of_is_in_no_open_triage() -> None:
    """Neither as a record nor as a tombstone, by which one could tell that there is something."""
    secret = report("NET-01", KR, "w1", Role.ANONIM)
    outputs = written(SIX, secret, world_=whole_world())
    assert [] == of_topic(outputs, Topic.TRIAGE)
    [one] = of_topic(outputs, Topic.RESTRICTED_TRIAGE)
    assert ["propam"] == json.loads(one.value or b"")["restricted_to"]


def test_what_turns_out_to_be_propams_leaves_the_open_triage() -> None:
    """Its record there is taken away, and stands elsewhere."""
    vague = named("r1", report("", KR, "w1", text="tolong ke sini pak"))
    order = confirm_report(tracking("w1", "r1"), "NET-01")
    outputs = written(SIX, vague, order, world_=whole_world())
    first, gone = of_topic(outputs, Topic.TRIAGE)
    [moved] = of_topic(outputs, Topic.RESTRICTED_TRIAGE)
    assert (first.key, None, first.key) == (gone.key, gone.value, moved.key)
    assert "confirmed" == json.loads(moved.value or b"")["status"]


def test_a_command_is_answered_under_its_id() -> None:
    """Done or refused."""
    outputs = written(SIX, named("cmd-1", ack("T03@KR")), call_for_help("A1"))
    [reply] = of_topic(outputs, Topic.REPLIES)
    assert b"cmd-1" == reply.key
    assert "refused" == json.loads(reply.value or b"")["outcome"]


def test_a_conflict_goes_to_the_dead_letters() -> None:
    """Whole, with its reason and where it stood."""
    items = [SIX, named("x", opened(KR)), at("06:01"), named("x", heartbeat(KR))]
    [dead] = of_topic(written(*items), Topic.DEADLETTER)
    headers = dict(dead.headers)
    assert (b"id_conflict", b"tps.status") == (headers["reason"], headers["topic"])
    assert ("heartbeat", "x") == (
        json.loads(dead.value or b"")["kind"],
        json.loads(dead.value or b"")["id"],
    )


def test_a_conflict_in_a_drill_says_so() -> None:
    """Sent again without that it would be word of the day itself."""
    drill = f"{ELECTION}#drill-d1"
    items = [SIX, *(named("x", of_election(drill, one)) for one in (opened(KR), heartbeat(KR)))]
    [dead] = of_topic(written(*items), Topic.DEADLETTER)
    assert b"d1" == dict(dead.headers)["siaga-drill"]


def test_a_failing_rule_is_told_to_the_shell() -> None:
    """Which pages somebody; the report waits for a person."""
    [rule] = rules().score["KAM-01"]
    broken = replace(rule, limits=replace(rule.limits, thresholds=()))
    packed = replace(rules(), score={**rules().score, "KAM-01": (broken,)})
    faults: list[RuleFault] = []
    fold = PartitionFold(0, World({ELECTION: Watched.of(plan(), packed)}), faults.append)
    steps = journal(SIX, report("KAM-01", KR, "w1"))
    outputs = [output for step in steps for output in fold.judge(entry(step))]
    assert [Topic.TRIAGE] == [one.topic for one in outputs if one.topic != Topic.NOTICES]
    assert ["W01"] == [fault.rule for fault in faults]
    assert "06:00" == clock(faults[0].at)


def test_what_is_no_record_of_the_journal_is_refused() -> None:
    """Somebody else has written to it, or a newer version."""
    with pytest.raises(InputError, match="not a record of the journal"):
        PartitionFold(0, world()).judge(Entry(0, 1, SIX.at, b"{}"))


def test_a_fold_goes_on_from_what_another_has_saved() -> None:
    """The same bytes as one that was never stopped, at every record."""
    steps = journal(SIX, *(opened(tps) for tps in NAMES), at("07:20"), call_for_help("A1"))
    steps += [replace(step, name=f"0:{len(steps)}") for step in journal(at("07:46"))]
    whole = PartitionFold(0, world())
    expected = [output for step in steps for output in whole.judge(entry(step))]
    rows: dict[bytes, bytes] = {}
    found: list[Output] = []
    fold = PartitionFold(0, world())
    for step in steps:
        found += fold.judge(entry(step))
        changes = fold.take_changes()
        for key, row in changes.rows.items():
            rows.pop(key, None)
            rows |= {key: row} if row is not None else {}
        fold = PartitionFold(0, world())
        fold.load(rows.items(), changes.meta)
    assert expected == found
    assert msgspec.json.encode(judge(steps))


def test_what_is_restricted_is_on_restricted_topics_alone() -> None:
    """Neither its id nor a word of it is on any other topic, whatever happens to it."""
    story = (
        *(SIX, call_for_help("A1"), at("06:05"), ack("W02@officer:A1")),
        *(at("06:10"), report("KAM-08", KR, by="a"), at("06:20")),
    )
    outputs = written(*story, world_=RESTRICTED)
    apart = {Topic.RESTRICTED_ALERTS, Topic.RESTRICTED_TRANSITIONS, Topic.RESTRICTED_NOTICES}
    assert apart <= {output.topic for output in outputs}
    secret = {output.key or b"" for output in of_topic(outputs, Topic.RESTRICTED_ALERTS)}
    titles = {
        json.loads(output.value or b"")["title"]["id"].encode()
        for output in of_topic(outputs, Topic.RESTRICTED_ALERTS)
    }
    for output in outputs:
        if output.topic not in apart:
            found = [one for one in secret | titles if one in (output.value or b"")]
            assert [] == found, output.topic


def test_of_a_restricted_alert_a_reply_tells_the_kabupaten_only() -> None:
    """Replies are for everybody: neither which alert it was nor where."""
    story = (SIX, call_for_help("A1", KR), at("06:05"), ack("W02@officer:A1"))
    [reply] = of_topic(written(*story, world_=RESTRICTED), Topic.REPLIES)
    told = json.loads(reply.value or b"")
    assert ("done", "", KABUPATEN) == (told["outcome"], told["alert"], told["area"])
