"""What only few may know is nowhere but on the restricted topics, on whole days.

Counts are for commander and liaison, complaints about the police for Propam alone (contract §3).
Every record that a day brings is searched for the ids, the words and the scopes of restricted
alerts and of their notices; metrics and log lines as well. Every restricted notice gets a receipt,
of which none arrives: what is made of that tells no more than which level is not reached.
"""

import json
import logging
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
import pytest
from msgspec import Struct
from prometheus_client import CollectorRegistry, generate_latest

from streams.cli.judging import judge_events
from streams.config import Config
from streams.domain.alert import Text
from streams.domain.effects import DeadLetterReason
from streams.domain.outgoing import Outgoing
from streams.domain.receipt import Receipt, ReceiptAlert, ReceiptOutcome
from streams.domain.times import MINUTE_MS, EpochMs
from streams.engine.ports import Output
from streams.engine.topics import Topic
from streams.replay import Replay
from streams.setup import Setup, load_setup, recorded_settings
from streams.simulation.day import played_day
from streams.simulation.played import json_lines
from streams.simulation.story_file import load_story
from streams.telemetry.metrics import Metrics
from streams.telemetry.observer import EngineObserver
from streams.telemetry.states import StateCollector
from streams.wire.documents import ToldDocument
from streams.wire.outgoing import read_notice
from streams.wire.time import format_time, parse_time
from tests.stories.judging import CARENANG_BINUANG, OGAN_ILIR, plan_of

APART: Final = frozenset(topic for topic in Topic if topic.startswith("siaga.restricted."))
RECEIVED_AT: Final = re.compile(rb'"received_at":"([^"]+)"')
COMPLAINT: Final = b"""{"topic":"crowd.reports","received_at":"%s","value":\
{"id":"netral-1","at":"%s","source":{"id":"w-9","role":"warga"},"category":"NET-01","place":{"tps":"%s"},"subject":{"officer":"C9"}}}"""
"""A report that only Propam may hear of."""


class Day(Struct, frozen=True):
    """What a day has brought, and what may be seen of it."""

    outputs: tuple[Output, ...]
    metrics: str


@cache
def day_of(folder: Path) -> Day:
    """Judge the whole day of a folder, with a complaint about an officer in it."""
    plan = plan_of(folder)
    setup = load_setup([folder], recorded_settings(Config()))
    lines = list(json_lines(played_day(plan, 1, load_story(folder, plan))))
    noon = len(lines) // 2
    at = json.loads(lines[noon])["received_at"].encode()
    lines.insert(noon, COMPLAINT % (at, at, next(iter(plan.tps)).encode()))
    first, _ = judged_by(setup, lines)
    lines += receipts_of(first)
    outputs, replay = judged_by(setup, sorted(lines, key=received_at))
    registry = CollectorRegistry()
    observer = EngineObserver(Metrics(registry))
    registry.register(StateCollector(lambda: [replay.state]))
    for output in outputs:
        if output.line:
            observer.on_line(output)
    return Day(outputs, generate_latest(registry).decode())


def judged_by(setup: Setup, lines: list[bytes]) -> tuple[tuple[Output, ...], Replay]:
    """Judge a file of events; return all records that it brings, and who judged."""
    replay = Replay(setup.world, setup.acceptor)
    numbered = iter(enumerate(lines, start=1))
    found = (one.outputs for one in judge_events(replay, numbered, pass_over))
    return tuple(output for outputs in found for output in outputs), replay


def received_at(line: bytes) -> int:
    """Return when a line was received; some are no JSON behind that."""
    found = RECEIVED_AT.search(line)
    assert found is not None, line
    return parse_time(found[1].decode())


def receipts_of(outputs: Iterable[Output]) -> list[bytes]:
    """Return a receipt for each restricted notice that somebody was to get: it did not arrive."""
    notices = [
        read_notice(output.value or b"")
        for output in outputs
        if output.topic == Topic.RESTRICTED_NOTICES
    ]
    return [receipt_of(notice) for notice in notices if notice.channel]


def receipt_of(notice: Outgoing) -> bytes:
    """Return word, a minute later, that a notice has not arrived, as a line of a file of events."""
    at = format_time(EpochMs(notice.at + MINUTE_MS), notice.offset_minutes)
    receipt = Receipt(
        id=f"{notice.id}:{notice.channel}:0",
        at=at,
        notice=notice.id,
        destination=str(notice.destination),
        channel=notice.channel,
        outcome=ReceiptOutcome.FAILED,
        detail="timeout",
        alerts=tuple(ReceiptAlert(one.alert, one.revision) for one in notice.alerts),
        election=notice.election,
    )
    line = {"topic": Topic.RESTRICTED_RECEIPTS, "received_at": at, "value": receipt}
    return msgspec.json.encode(line)


def pass_over(number: int, reason: DeadLetterReason, detail: str) -> None:
    """Leave dead letters to others."""


class Hidden(Struct, frozen=True):
    """What an alert has that only few may see."""

    id: str
    rule: str
    title: Text
    summary: Text
    told: tuple[ToldDocument, ...]


def restricted(day: Day) -> list[Hidden]:
    """Return the restricted alerts of a day, each as it was last."""
    found = {
        output.key: msgspec.json.decode(output.value or b"", type=Hidden)
        for output in day.outputs
        if output.topic == Topic.RESTRICTED_ALERTS
    }
    return list(found.values())


def secrets(day: Day) -> set[str]:
    """Return what gives a restricted alert away: its id, its notices', what it says."""
    alerts = restricted(day)
    words = (text for one in alerts for text in (one.title, one.summary))
    said = (
        msgspec.json.encode(word).decode().strip('"')
        for text in words
        for word in (text.id, text.en)
    )
    notices = (
        read_notice(output.value or b"").id
        for output in day.outputs
        if output.topic == Topic.RESTRICTED_NOTICES
    )
    return {*(one.id for one in alerts), *said, *notices}


def leaks(texts: Iterable[str], day: Day) -> list[str]:
    """Return topic and secret of all that stands where it must not."""
    wanted = [(text, text.encode()) for text in texts]
    return sorted(
        {
            f"{output.topic}: {text}"
            for output in day.outputs
            if output.topic not in APART
            for text, found in wanted
            if found in (output.value or b"") or found in (output.key or b"")
        }
    )


@pytest.mark.parametrize("folder", [CARENANG_BINUANG, OGAN_ILIR], ids=lambda path: path.name)
def test_nothing_restricted_is_on_another_topic(folder: Path) -> None:
    """Neither on alerts, transitions and notices nor in replies, triage or dead letters."""
    day = day_of(folder)
    rules = {alert.rule for alert in restricted(day)}
    assert {"W08"} < rules, "there is something to hide"
    assert [] == leaks(secrets(day), day)


@pytest.mark.parametrize("folder", [CARENANG_BINUANG, OGAN_ILIR], ids=lambda path: path.name)
def test_what_became_of_restricted_notices_is_known_to_few(folder: Path) -> None:
    """The alerts themselves show it; all others learn of the level alone (X09)."""
    day = day_of(folder)
    told = [one for alert in restricted(day) for one in alert.told]
    assert any(one.failed for one in told), "there is something to hide"
    unreached = [
        output.value or b""
        for output in day.outputs
        if output.topic == Topic.ALERTS and b'"rule":"X09"' in (output.value or b"")
    ]
    assert unreached
    assert [] == [text for text in secrets(day) for one in unreached if text.encode() in one]


@pytest.mark.parametrize("folder", [CARENANG_BINUANG, OGAN_ILIR], ids=lambda path: path.name)
def test_nothing_restricted_is_in_a_metric(folder: Path) -> None:
    """No id, no word, no officer, no choice, and no area finer than a province."""
    day = day_of(folder)
    assert "siaga_alerts_open" in day.metrics
    assert [] == [text for text in secrets(day) if text in day.metrics]
    assert "propam" not in day.metrics.replace('level="propam_', "")
    codes = [code for code in plan_of(folder).tps if code[:5] in day.metrics]
    assert [] == codes


def test_nothing_restricted_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """However much is asked to be logged."""
    day_of.cache_clear()
    with caplog.at_level(logging.DEBUG):
        day = day_of(CARENANG_BINUANG)
    assert [] == [text for text in secrets(day) if text in caplog.text]
