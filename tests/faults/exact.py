"""What must hold after a day, whatever happened to the workers: nothing lost, nothing told twice.

    sent ══ source topics ══ journal + dead letters      each record by its origin
    journal ══ lines ══ alerts                           by a straight fold of the exported journal
    journal ══ oracle                                    of some kabupaten, by other code

Each check returns its complaints, so that a test can also ask for them: a check that could not
complain would be none.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, cast

import msgspec
from msgspec import Raw, Struct

from streams.app import ENGINE_TOPICS
from streams.domain.effects import DeadLetterReason
from streams.domain.partition import partition_of
from streams.domain.times import SECOND_MS
from streams.engine.ports import Slot
from streams.engine.topics import Topic
from streams.simulation.played import Played
from tests.oracle.compare import differences
from tests.oracle.folder import read_folder
from tests.oracle.readings import AS_THE_FOLD
from tests.oracle.replay import judge_journal, print_line
from tests.support.installation import Installation, Record

__all__ = [
    "Logs",
    "by_oracle",
    "by_origin",
    "by_replay",
    "read_all",
    "redelivered",
    "sent_per_s",
    "told_twice",
]

_SHOWN: Final = 10
_JOURNALED: Final = (None, DeadLetterReason.ID_CONFLICT)
"""Only the judgment finds out that an id was used before, so that message is in the journal."""
Origin = tuple[str, int, int]
Logs = Mapping[Slot, Sequence[Record]]


class _Origin(Struct):
    topic: str
    partition: int
    offset: int


class _Journaled(Struct):
    """What stands in an event of the journal, and not in a mark."""

    event: Raw = Raw()
    origin: _Origin | None = None


# ── Every input once ─────────────────────────────────────────────────────────────────────────────


def read_all(installation: Installation) -> Logs:
    """Read every topic that the checks look at, once."""
    kept = (Topic.JOURNAL, Topic.DEADLETTER, Topic.ALERTS, Topic.RESTRICTED_ALERTS)
    return installation.read(*ENGINE_TOPICS.sources, *kept, *ENGINE_TOPICS.lines)


def _of(logs: Logs, *topics: str) -> dict[Slot, Sequence[Record]]:
    return {slot: log for slot, log in logs.items() if slot.topic in topics}


def by_origin(
    logs: Logs, day: Iterable[Played], dead: Mapping[bytes, DeadLetterReason]
) -> list[str]:
    """Compare what was sent with the journal and the dead letters.

    Args:
        logs: After all was judged.
        day: What was sent.
        dead: Which values cannot be taken, and why; `id_conflict` is journaled all the same.
    """
    came = _came(logs)
    sent, lies = Counter((one.topic, one.value) for one in day), Counter[tuple[str, bytes]]()
    lies.update((origin[0], value) for origin, value in came.items())
    good = {origin for origin, value in came.items() if dead.get(value) in _JOURNALED}
    told = {origin: dead[value] for origin, value in came.items() if value in dead}
    journaled = _journaled(logs)
    letters = _letters(logs)
    return [
        *_unequal("sent", sent, "in the topics", lies),
        *_unequal("to be taken", good, "in the journal", journaled.keys()),
        *_unequal("to be refused", told.items(), "among the dead letters", letters),
        *(
            f"journaled in two ways: {origin}"
            for origin, ways in journaled.items()
            if len(ways) > 1
        ),
    ]


def redelivered(logs: Logs) -> int:
    """Say how many records stand in the journal again, because a worker died before a commit."""
    return sum(count - 1 for ways in _journaled(logs).values() for count in ways.values())


def sent_per_s(logs: Logs) -> float:
    """Return the mean rate at which messages came to the broker, from the first to the last."""
    sources = _of(logs, *ENGINE_TOPICS.sources).values()
    times = [one.timestamp for log in sources for one in log if one.value]
    return len(times) * SECOND_MS / (max(times) - min(times))


def _came(logs: Logs) -> dict[Origin, bytes]:
    """Return all messages that lie in the source topics; a clock message has no value."""
    sources = _of(logs, *ENGINE_TOPICS.sources).items()
    return {
        (slot.topic, slot.partition, one.offset): one.value
        for slot, log in sources
        for one in log
        if one.value
    }


def _journaled(logs: Logs) -> dict[Origin, Counter[bytes]]:
    """Return what the journal has of each origin, with how often it has it."""
    decode = msgspec.json.Decoder(_Journaled).decode
    found: defaultdict[Origin, Counter[bytes]] = defaultdict(Counter)
    for log in _of(logs, Topic.JOURNAL).values():
        for record in log:
            taken = decode(record.value or b"")
            if taken.origin is not None:
                origin = taken.origin.topic, taken.origin.partition, taken.origin.offset
                found[origin][record.value or b""] += 1
    return dict(found)


def _letters(logs: Logs) -> set[tuple[Origin, str]]:
    """Return the origins of all dead letters, with their reasons."""
    found: set[tuple[Origin, str]] = set()
    for log in _of(logs, Topic.DEADLETTER).values():
        for record in log:
            words = {name: (value or b"").decode() for name, value in record.headers.items()}
            origin = words["topic"], int(words["partition"]), int(words["offset"])
            found.add((origin, words["reason"]))
    return found


def _unequal(what: str, ours: Iterable[object], where: str, theirs: Iterable[object]) -> list[str]:
    """Say what is in one of two collections only; of a Counter, also how often."""
    first, second = (
        set(one.items()) if isinstance(one, Counter) else set(one) for one in (ours, theirs)
    )
    missing = [f"{what} and not {where}: {one}" for one in list(first - second)[:_SHOWN]]
    extra = [f"{where} and not {what}: {one}" for one in list(second - first)[:_SHOWN]]
    return [*missing, *extra]


# ── Every line once ──────────────────────────────────────────────────────────────────────────────


def told_twice(logs: Logs) -> list[str]:
    """Name lines that stand in their topics more than once, or out of order.

    The identity of a line is the journal record that caused it with its number among the lines of
    that record; and (alert, revision).
    """
    places, revisions = Counter[tuple[int, ...]](), Counter[tuple[str, int]]()
    complaints: list[str] = []
    for slot, log in _of(logs, *ENGINE_TOPICS.lines).items():
        before = (-1, -1)
        for record in log:
            partition, offset, n = _place(record)
            if partition != slot.partition:
                complaints.append(f"in partition {slot.partition}: a line of {partition}:{offset}")
            if (offset, n) <= before:
                complaints.append(f"{slot}: {offset}/{n} behind {before[0]}/{before[1]}")
            before = max(before, (offset, n))
            places[partition, offset, n] += 1
            line = json.loads(record.value or b"")
            revisions[line["alert"], line["revision"]] += 1
    twice = [*places.items(), *revisions.items()]
    return complaints + [f"told {count} times: {one}" for one, count in twice if count > 1]


def by_replay(installation: Installation, logs: Logs) -> list[str]:
    """Compare lines and alerts with those of a straight fold of the exported journal."""
    journal = installation.export("journal")
    words = ("--journal", str(journal), "--alerts", "alerts.json")
    folded = installation.run("replay", str(installation.election), *words).stdout
    told: defaultdict[int, dict[tuple[int, int], bytes]] = defaultdict(dict)
    for slot, log in _of(logs, *ENGINE_TOPICS.lines).items():
        told[slot.partition] |= {_place(one)[1:]: one.value or b"" for one in log}
    lines = [line for _, own in sorted(told.items()) for _, line in sorted(own.items())]
    exported = installation.export("transitions").read_bytes()
    if lines != folded.splitlines() or exported != folded:
        return _unequal("judged", folded.splitlines(), "told", lines) or ["told in another order"]
    final = json.loads((installation.files / "alerts.json").read_bytes())
    shown = _latest(logs)
    return _unequal("at the end", {_text(one) for one in final}, "in the topics", shown)


def _place(record: Record) -> tuple[int, int, int]:
    partition, offset, n = (
        int(record.headers[name] or b"") for name in ("partition", "offset", "n")
    )
    return partition, offset, n


def _latest(logs: Logs) -> set[str]:
    """Return the last state of each alert that the compacted topics have."""
    latest: dict[bytes | None, str] = {}
    for log in _of(logs, Topic.ALERTS, Topic.RESTRICTED_ALERTS).values():
        latest |= {one.key: _text(json.loads(one.value or b"null")) for one in log}
    return set(latest.values())


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True)


# ── By other code ────────────────────────────────────────────────────────────────────────────────


def by_oracle(installation: Installation, election: Path, kabupaten: str) -> list[str]:
    """Compare the lines of one kabupaten with what the oracle makes of its part of the journal.

    Args:
        installation: Its journal and its transitions were exported.
        election: A folder with the TPS of this kabupaten alone.
        kabupaten: Its code.
    """
    partition = partition_of(kabupaten.encode(), installation.partitions)
    journal = (installation.files / "journal.jsonl").read_text("utf-8").splitlines()
    own = [line for line in journal if line.startswith(f'{{"partition":{partition},')]
    seen = [_seen_from(kabupaten, line) for line in own]
    judged = judge_journal(read_folder(election), seen, AS_THE_FOLD)
    ours = f"{kabupaten[:2]}{kabupaten[3:]}-"
    told = (installation.files / "transitions.jsonl").read_text("utf-8").splitlines()
    theirs = [line for line in told if json.loads(line)["alert"].startswith(ours)]
    return differences((print_line(line) for line in judged.lines), theirs)


def _seen_from(kabupaten: str, line: str) -> str:
    """Return a line of the journal as one kabupaten sees it: of others' events only their time."""
    told = cast("dict[str, object]", json.loads(line))
    record = cast("dict[str, object]", told["record"])
    if "place" not in record or str(record["place"]).startswith(kabupaten):
        return line
    return json.dumps({**told, "appended_at": record["received_at"], "record": {"record": "now"}})
