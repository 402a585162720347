"""The fold as the engine sees it: bytes in, records of the output topics out."""

import json
from typing import Final

import msgspec
import pytest
from msgspec.structs import replace

from streams.domain.effects import RuleFault
from streams.engine.ports import Entry, Output
from streams.engine.topics import Topic
from streams.errors import InputError
from streams.fold import PartitionFold
from streams.judge.world import Watched, World
from streams.pipeline import Step
from streams.rules.compiling import compile_pack
from streams.rules.reading import read_pack
from streams.wire.journal import encode_record
from tests.support.events import ack, call_for_help, heartbeat, opened, report
from tests.support.stories import Item, at, journal, judge, named
from tests.support.world import ELECTION, KR, NAMES, changed_pack, clock, plan, rules, world

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
    assert (("partition", b"0"), ("offset", b"2"), ("n", b"0")) == line.headers
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
    assert {Topic.RESTRICTED_TRANSITIONS, Topic.RESTRICTED_ALERTS} == {
        output.topic for output in outputs
    }
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


def test_a_failing_rule_is_told_to_the_shell() -> None:
    """Which pages somebody; the report waits for a person."""
    [rule] = rules().score["KAM-01"]
    broken = replace(rule, limits=replace(rule.limits, thresholds=()))
    packed = replace(rules(), score={**rules().score, "KAM-01": (broken,)})
    faults: list[RuleFault] = []
    fold = PartitionFold(0, World({ELECTION: Watched.of(plan(), packed)}), faults.append)
    steps = journal(SIX, report("KAM-01", KR, "w1"))
    outputs = [output for step in steps for output in fold.judge(entry(step))]
    assert [Topic.TRIAGE] == [one.topic for one in outputs]
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
