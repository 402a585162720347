"""Short days for tests: what was said when, and what is told of it, in one line a change."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tests.oracle.book import Line
from tests.oracle.days import make_day
from tests.oracle.events import Event
from tests.oracle.export import accepted
from tests.oracle.folder import Folder, read_folder
from tests.oracle.intake import take_line
from tests.oracle.known_rules import KNOWN
from tests.oracle.readings import DEFAULT, Readings
from tests.oracle.replay import Judged, judge_day, judge_journal
from tests.oracle.times import parse_time, write_time

__all__ = [
    "CHIEF",
    "DISTRICT",
    "KH",
    "KH_PAIRED",
    "KR",
    "KR_FAR",
    "LAMARAN",
    "MEKARSARI",
    "SR",
    "SR_PEER",
    "TINY",
    "TOWN",
    "VILLAGE",
    "R",
    "Story",
    "Tape",
    "ms",
    "nasty_day",
    "riot",
    "short",
]

TINY = read_folder(Path(__file__).parent / "tiny")
TOWN = read_folder(Path(__file__).parent / "town")
"""The places of `TINY` with two contests, ways that nobody knows and ballots due in the morning."""
DISTRICT = read_folder(Path(__file__).parent / "district")
"""One pair against the empty column: many TPS in one kecamatan, a few in another."""
VILLAGE = read_folder(Path(__file__).parent / "village")
MEKARSARI, LAMARAN = "36.04.17.2010-001", "36.04.18.2007-001"
KR, R = "17.02.09.1012-001", "17.02.09.1012-002"
KH, KH_PAIRED = "17.02.09.1013-001", "17.02.09.1013-002"
KR_FAR = "17.02.07.2010-001"
SR, SR_PEER = "17.02.07.2012-001", "17.02.07.2012-002"
CHIEF = "chief"
_ROLES = {
    "ops": "operator",
    "chief": "commander",
    "kpu": "liaison",
    "look": "viewer",
    "prop": "propam",
}


@cache
def nasty_day(seed: int) -> list[str]:
    """The nasty day of a seed, made once however many tests ask for it."""
    return make_day(seed, TINY)


def ms(clock: str) -> int:
    """Epoch milliseconds of `HH:MM[:SS[.mmm]]` on the day of the tiny folder."""
    return parse_time(_written(clock))


def _written(clock: str) -> str:
    day = TINY.day.isoformat()
    if len(clock) > 12:
        return clock
    return f"{day}T{clock}{':00' if len(clock) == 5 else ''}+07:00"


class Story:
    """A day that is written line by line, in the order of receipt."""

    def __init__(self, folder: Folder = TINY, readings: Readings = DEFAULT) -> None:
        """Begin with a message of nobody's TPS, so that the log begins before anything is due."""
        self.folder = folder
        self.readings = readings
        self.rules = KNOWN
        self.lines: list[str] = []
        self._count = 0

    def begin(self, clock: str = "05:00") -> "Story":
        """Receive something that no rule looks at: the log begins."""
        somewhere = KR if KR in self.folder.tps else min(self.folder.tps)
        return self.report(clock, "KES-02", tps=somewhere, source="nobody")

    def status(self, clock: str, tps: str, kind: str, *received: str, **extra: object) -> "Story":
        """A status at `clock`, received then or later."""
        role = str(extra.pop("role", "kpps"))
        source = {"id": extra.pop("source", role), "role": role}
        named = {"tps": tps} if tps else {}
        fields = {"kind": kind, "source": source, **named, **extra}
        return self._put("tps.status", clock, received, fields)

    def report(self, clock: str, category: str, *received: str, **extra: object) -> "Story":
        """A crowd report; `tps`, `desa` or `place` say where."""
        source = {"id": extra.pop("source", f"p{self._count}"), "role": extra.pop("role", "warga")}
        for name in ("camp", "channel", "for"):
            if name in extra:
                source[name] = extra.pop(name)
        where = extra.pop("place", {n: extra.pop(n) for n in ("tps", "desa") if n in extra})
        named = {"category": category} if category else {"text": "aman terkendali"}
        fields = {"source": source, "place": where, **named, **extra}
        return self._put("crowd.reports", clock, received, fields)

    def count(self, clock: str, tps: str, votes: str, *received: str, **extra: object) -> "Story":
        """A final form of `bupati` by the KPPS; `votes` are in the order of the choices."""
        role = str(extra.pop("role", "kpps"))
        source = {"id": extra.pop("source", role), "role": role}
        if "camp" in extra:
            source["camp"] = extra.pop("camp")
        contest = str(extra.get("contest", "bupati"))
        known = [one.choices for one in self.folder.contests if one.id == contest]
        choices = known[0] if known else tuple(f"{n:02d}" for n in range(1, 10))
        named = {choice: int(got) for choice, got in zip(choices, votes.split(), strict=False)}
        usual = {"tps": tps, "contest": "bupati", "status": "final", "votes": named}
        return self._put("vote.counts", clock, received, {**usual, "source": source, **extra})

    def heartbeat(self, clock: str, *areas: str, **extra: object) -> "Story":
        """A gateway's word of itself, received then or when `received` says."""
        source = {"id": extra.pop("source", "sms-1"), "role": "system"}
        if "oldest_pending_at" in extra:
            extra |= {"oldest_pending_at": _written(str(extra["oldest_pending_at"])), "pending": 1}
        fields = {"source": source, "areas": list(areas), **extra}
        return self._put("siaga.gateways", clock, (), fields)

    def receipt(self, clock: str, destination: str, outcome: str, **extra: object) -> "Story":
        """What became of a notice to a destination about the alert `about`, as it was told."""
        alert = str(extra.pop("about"))
        told = [{"alert": alert, "revision": extra.pop("revision", 1)}]
        notice = f"{alert[:4]}-{'A' * 16}"
        usual = {"notice": notice, "channel": "webhook", "next": "", "attempt": 0, "alerts": told}
        fields = {"destination": destination, "outcome": outcome, **usual, **extra}
        return self._put("siaga.receipts", clock, (), fields)

    def command(self, clock: str, verb: str, *alert: str, **extra: object) -> "Story":
        """A command; its actor is the tiny folder's `ops` unless `by` says who."""
        who = str(extra.pop("by", "ops"))
        actor = {"id": who, "role": extra.pop("claims", _ROLES.get(who, "operator"))}
        until = {"until": _written(str(extra.pop("until")))} if "until" in extra else {}
        area = min(self.folder.kabupatens())
        named = {"alert": alert[0]} if alert else {"area": area}
        fields = {"actor": actor, "command": verb, **named, **until, **extra}
        return self._put("operator.commands", clock, (), fields)

    def _put(
        self, topic: str, clock: str, received: tuple[str, ...], fields: dict[str, object]
    ) -> "Story":
        self._count += 1
        late = received[0] if received else str(fields.pop("received", clock))
        value = {"id": f"m{self._count}", "at": _written(clock), **fields}
        envelope = {"topic": topic, "received_at": _written(late), "value": value}
        return self.raw(json.dumps(envelope))

    def raw(self, line: str) -> "Story":
        """A line as it stands."""
        self.lines.append(line)
        return self

    def judged(self, until: str = "") -> Judged:
        """Judge the day as a replay."""
        end = ms(until) if until else None
        return judge_day(self.folder, self.lines, end, self.readings, self.rules)

    def told(self, rule: str, scope: str = "", until: str = "") -> list[str]:
        """What a replay tells of a rule, and of one scope if it is named."""
        return [
            short(line)
            for line in self.judged(until).lines
            if line.about.rule == rule and (not scope or line.about.scope == scope)
        ]

    def shown(self, rule: str, scope: str = "", until: str = "") -> list[str]:
        """The same with scope, key and severity instead of level and cause."""
        return [
            f"{write_time(line.at, 7)[11:19]} {line.change} {line.severity} "
            f"{line.about.scope}|{line.about.key}"
            for line in self.judged(until).lines
            if line.about.rule == rule and (not scope or line.about.scope == scope)
        ]

    def refusals(self, until: str = "") -> list[str]:
        """Why commands were refused."""
        return [why for _, why in self.judged(until).refusals]


def riot(*roles: str, tps: str = KR, category: str = "KAM-01") -> Story:
    """Reports of one incident at 09:00, 09:01 and so on, each by somebody else."""
    day = Story().begin()
    for minute, role in enumerate(roles):
        day.report(f"09:{minute:02d}", category, tps=tps, role=role, source=f"{role}-{minute}")
    return day


def short(line: Line) -> str:
    """A line in four words: when, what, at which level, why."""
    clock = write_time(line.at, 7)[11:19]
    return f"{clock} {line.change} {line.level} {line.cause.partition(':')[0]}"


class Tape:
    """A journal that is written record by record, with clocks that a test moves by hand."""

    def __init__(self) -> None:
        """Begin empty, in partition 0."""
        self.records: list[str] = []
        self._offset = 0

    def _put(self, clock: str, record: Mapping[str, object]) -> "Tape":
        self._offset += 1
        outer = {"partition": 0, "offset": self._offset, "appended_at": ms(clock), "record": record}
        self.records.append(json.dumps(outer))
        return self

    def now(self, clock: str) -> "Tape":
        """A mark of the partition's owner."""
        return self._put(clock, {"record": "now"})

    def heard(self, clock: str, **claims: str) -> "Tape":
        """A mark of intake: up to when each partition of `tps.status` was read, as `p0="07:00"`."""
        told = {f"tps.status/{name[1:]}": ms(claim) for name, claim in claims.items()}
        return self._put(clock, {"record": "heard", "claims": told, "sources": {"tps.status": 2}})

    def played(self, clock: str, player: str, **claims: str) -> "Tape":
        """A mark of intake on a played day: `player` is the clock that counts."""
        told = {f"tps.status/{name[1:]}": ms(claim) for name, claim in claims.items()}
        sources = {"tps.status": 2}
        mark = {"record": "heard", "claims": told, "sources": sources, "clock": ms(player)}
        return self._put(clock, mark)

    def event(self, story: Story, number: int, origin: int | None = None) -> "Tape":
        """The story's line of a number, as intake would have journaled it."""
        taken = take_line(TINY, number, story.lines[number - 1], None)
        assert isinstance(taken.what, Event), "the story has a bad line"
        record = accepted(TINY.election, taken.what, number if origin is None else origin)
        return self._put(write_time(taken.what.received_at, 7), record)

    def told(self, rule: str, scope: str = "") -> list[str]:
        """What the journal tells of a rule."""
        lines = judge_journal(TINY, self.records).lines
        return [
            short(line)
            for line in lines
            if line.about.rule == rule and (not scope or line.about.scope == scope)
        ]
