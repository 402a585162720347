"""An election day that never was, as Prometheus would have read it: for pictures and quick tests.

Every series is a function of the hour, so the day is the same each time. Names and labels are those
of the real metrics (a test holds them to their tables). Two workers share four partitions, and one
of them dies at 11. The day only gives every panel something to show: what real days look like is
seen in the tests that play one.
"""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Final

from msgspec import Struct

from tools.dashboards.draw.invented_areas import AREAS, area_series
from tools.dashboards.draw.invented_shapes import Shape, grown, lively, spread, up_to, whole

__all__ = ["BEGINS", "ENDS", "Series", "exposition", "series"]

BEGINS: Final = 6.0
ENDS: Final = 17.0
_MINUTES: Final = int((ENDS - BEGINS) * 60)
_DIES: Final = 11.0
_BLIND_S: Final = 60
_PARTITIONS: Final = tuple(area.partition for area in AREAS)
_WORKERS: Final = ("worker-1:9464", "worker-2:9464")
_STATES: Final = {
    "unacknowledged": 0.2,
    "acknowledged": 0.6,
    "returned": 0.1,
    "shelved": 0.05,
    "inhibited": 0.05,
}
_RECEIPTS: Final = {"delivered": 0.95, "failed": 0.02, "blocked": 0.02, "unaddressed": 0.01}
_RULES: Final = {"T03": 9, "T07": 40, "W01": 6, "W05": 14, "X01": 3, "V10": 5, "W15": 22}


class Series(Struct, frozen=True):
    """One series: who shows it, and its value at an hour; None: it is not there."""

    name: str
    labels: dict[str, str]
    value: Callable[[float], float | None]


def series(began_at: float) -> Iterator[Series]:
    """Yield all series of the day.

    Args:
        began_at: When `BEGINS` was, in seconds since 1970.
    """
    for name, labels, shape, partition in _of_workers(began_at):
        for worker in _WORKERS:
            told = {**labels, "instance": worker, "job": "siaga-worker"}
            yield Series(name, told, _owned(shape, worker, partition))
    for job, name, labels, shape in _of_others(began_at):
        yield Series(name, {**labels, "instance": f"{job}:9464", "job": f"siaga-{job}"}, shape)
    for worker in _WORKERS:
        yield Series("up", {"instance": worker, "job": "siaga-worker"}, _alive(worker))
    alarm = {"alertname": "SiagaTargetDown", "alertstate": "firing", "severity": "warn"}
    yield Series("ALERTS", alarm, lambda hour: 1.0 if hour > _DIES + 0.02 else None)


def exposition(began_at: int) -> str:
    """Return the day as OpenMetrics, one reading a minute."""
    lines: list[str] = []
    ordered = sorted(series(began_at), key=lambda one: one.name)
    for _, family in groupby(ordered, key=lambda one: one.name):
        for one in family:
            labels = ",".join(f'{name}="{text}"' for name, text in one.labels.items())
            for minute in range(_MINUTES + 1):
                value = one.value(BEGINS + minute / 60)
                if value is not None:
                    lines.append(f"{one.name}{{{labels}}} {value!r} {began_at + 60 * minute}")
    return "\n".join([*lines, "# EOF", ""])


_Shown = tuple[str, dict[str, str], Shape, int | None]
"""A name, its labels, its value by the hour, and the partition that it is of, if it is of one."""


def _owned(shape: Shape, worker: str, partition: int | None) -> Callable[[float], float | None]:
    """Return what a worker shows: of a partition nothing unless it owns it."""

    def value(hour: float) -> float | None:
        if worker == _WORKERS[1] and hour >= _DIES:
            return None
        if partition is None:
            return shape(hour)
        owner = _WORKERS[0] if hour >= _DIES + 0.03 or partition % 2 == 0 else _WORKERS[1]
        return shape(hour) if worker == owner else None

    return value


def _alive(worker: str) -> Callable[[float], float | None]:
    return lambda hour: 0.0 if worker == _WORKERS[1] and hour >= _DIES else 1.0


def _of_workers(began_at: float) -> Iterator[_Shown]:
    for area in AREAS:
        for name, labels, shape in area_series(area, began_at):
            yield name, labels, shape, area.partition
    for partition in _PARTITIONS:
        for name, labels, shape in _of_partition(partition, began_at):
            yield name, labels, shape, partition
    for name, labels, shape in (*_judged(began_at), *_inside()):
        yield name, labels, shape, None


def _of_partition(partition: int, began_at: float) -> Iterator[tuple[str, dict[str, str], Shape]]:
    own = {"partition": str(partition)}

    now = _ago(began_at, 0)

    def behind(hour: float) -> float:
        stuck = partition == _PARTITIONS[-1] and 9.5 < hour < 9.7  # noqa: PLR2004 — ten minutes of the day.
        return 90.0 if stuck else 1.0

    yield "siaga_now_timestamp_seconds", own, now
    yield "siaga_heard_timestamp_seconds", own, lambda hour: now(hour) - behind(hour)
    yield "siaga_blind", own, lambda hour: float(behind(hour) > _BLIND_S)
    yield "siaga_journal_lag_records", own, whole(lively(12, 6))
    yield "siaga_checkpoint_timestamp_seconds", own, _ago(began_at, 20)
    yield "siaga_state_rows", own, up_to(900, 7.5, 2)
    yield "siaga_journal_records_total", own, grown(40_000, 9)
    pack = {"election": "rejang-lebong-2024", "pack": "3f9c0a77d1e2"}
    yield "siaga_pack_info", {**own, **pack}, lambda _: 1.0


def _judged(began_at: float) -> Iterator[tuple[str, dict[str, str], Shape]]:
    for topic, count in (
        ("tps.status", 9_000),
        ("crowd.reports", 1_400),
        ("vote.counts", 2_500),
        ("operator.commands", 600),
    ):
        middle = 15.0 if topic == "vote.counts" else 10.0
        taken = {"topic": topic, "outcome": "journaled"}
        yield "siaga_events_total", taken, grown(count, middle)
        yield "siaga_events_total", {**taken, "outcome": "dead"}, grown(count / 90, middle)
        yield "siaga_claim_timestamp_seconds", {"topic": topic}, _ago(began_at, 2)
    for reason, count in (("schema", 40), ("signature", 9), ("place", 21)):
        yield "siaga_dead_letters_total", {"reason": reason}, grown(count, 10)
    for change, count in (
        ("opened", 160),
        ("escalated", 60),
        ("acknowledged", 120),
        ("returned", 20),
        ("resolved", 110),
    ):
        yield "siaga_lines_total", {"change": change}, grown(count, 10.5)
    for level, count in (("polsek", 40), ("polres_ops", 15), ("polres", 4)):
        yield "siaga_escalations_total", {"level": level}, grown(count, 10.5)
    for kind, count in (("call", 300), ("inform", 250), ("roll_up", 12)):
        yield "siaga_notices_total", {"kind": kind}, grown(count, 10.5)
    for rule, count in _RULES.items():
        yield "siaga_rule_firings_total", {"rule": rule}, grown(count, 10.5)
        yield "siaga_rule_seconds_total", {"rule": rule}, grown(count * 3, 10.5)
    yield from _alerts(began_at)


def _alerts(began_at: float) -> Iterator[tuple[str, dict[str, str], Shape]]:
    for severity, most, mean in (
        ("critical", 3, 70),
        ("high", 14, 140),
        ("medium", 30, 400),
        ("low", 9, 1_500),
    ):
        for state, share in _STATES.items():
            labels = {"severity": severity, "level": "polsek", "state": state}
            yield "siaga_alerts_open", labels, whole(lively(most * share, most * share / 2))
        oldest = "siaga_alerts_oldest_unacknowledged_timestamp_seconds"
        yield oldest, {"severity": severity}, _ago(began_at, mean)
        yield from spread("siaga_acknowledge_seconds", {"severity": severity}, 9 * most, mean)
    yield "siaga_deadlines_overdue", {"level": "polsek"}, lambda _: 0.0


def _inside() -> Iterator[tuple[str, dict[str, str], Shape]]:
    yield from spread("siaga_event_decision_seconds", {}, 4_000, 0.03)
    yield from spread("siaga_checkpoint_seconds", {}, 3_000, 0.02)
    yield from spread("siaga_takeover_seconds", {}, 6, 1.5)
    yield "siaga_takeovers_total", {"rebuilt": "false"}, up_to(2, _DIES, 0.005)
    yield "siaga_checkpoint_bytes_total", {}, grown(9e8, 10)
    yield "siaga_foreign_writes_total", {}, lambda _: 0.0
    yield "siaga_packs_refused_total", {}, up_to(1, 9.2, 0.005)
    yield "siaga_rule_faults_total", {"rule": "W15"}, up_to(1, 14, 0.01)
    yield "siaga_partitions", {}, lambda _: float(len(_PARTITIONS))
    yield "siaga_broker_clock_offset_seconds", {}, lively(0.01, 0.02)
    yield "siaga_build_info", {"version": "0.1.0"}, lambda _: 1.0
    yield from _process(0.4)


def _process(cores: float) -> Iterator[tuple[str, dict[str, str], Shape]]:
    yield "process_cpu_seconds_total", {}, grown(cores * 40_000, 10)
    yield "process_resident_memory_bytes", {}, up_to(2.4e8, 8, 1)


def _of_others(began_at: float) -> Iterator[tuple[str, str, dict[str, str], Shape]]:
    for job in ("notify", "gate", "room"):
        yield job, "up", {}, lambda _: 1.0
        for name, labels, shape in (*_process(0.1), *_DOORS[job](began_at)):
            yield job, name, labels, shape


def _notify(began_at: float) -> Iterator[tuple[str, dict[str, str], Shape]]:
    for kind, count in (("telegram", 400), ("http", 150), ("webhook", 90)):
        own = {"type": kind}
        for receipt, share in _RECEIPTS.items():
            name = "siaga_notify_receipts_total"
            yield name, {**own, "receipt": receipt}, grown(count * share, 10.5)
        for result, share in (("delivered", 0.97), ("again", 0.1)):
            yield "siaga_notify_tries_total", {**own, "result": result}, grown(count * share, 10.5)
        yield "siaga_notify_held", own, whole(lively(4, 3))
        yield "siaga_notify_oldest_timestamp_seconds", own, _ago(began_at, 40)
        for state in ("closed", "open", "half_open"):
            labels = {**own, "breaker": state}
            yield "siaga_notify_breakers", labels, _breaker(kind, state)
        yield "siaga_notify_bundled_total", own, grown(count / 4, 10.5)
        yield "siaga_notify_over_limit_total", own, grown(2, 10.5)
        yield from spread("siaga_notify_delivery_seconds", own, count, 3)
    yield "siaga_notify_held_ratio", {}, lively(0.02, 0.01)
    for look, count in (("equal", 1_900), ("try_again", 12)):
        labels = {"mirror": "posko", "look": look}
        yield "siaga_notify_mirror_looks_total", labels, grown(count, 10)
    yield "siaga_notify_unreadable_total", {"read": "siaga.notices"}, lambda _: 0.0


def _ago(began_at: float, seconds: float) -> Shape:
    """Return a time that is always as long ago."""
    return lambda hour: began_at + (hour - BEGINS) * 3600 - seconds


def _breaker(kind: str, state: str) -> Shape:
    """Return a breaker of text messages that is open at noon, and others that never are."""

    def value(hour: float) -> float:
        is_cut = kind == "http" and 12 < hour < 12.4  # noqa: PLR2004 — half an hour of the day.
        return float(state == ("open" if is_cut else "closed"))

    return value


def _gate(_: float) -> Iterator[tuple[str, dict[str, str], Shape]]:
    route = {"route": "/v1/crowd.reports"}
    for status, count in (("202", 1_400), ("401", 12), ("429", 30)):
        yield "siaga_gate_requests_total", {**route, "status": status}, grown(count, 10)
    yield "siaga_gate_refusals_total", {"refusal": "signature"}, grown(12, 10)
    yield "siaga_gate_refusals_total", {"refusal": "rate"}, grown(30, 10)
    yield "siaga_gate_events_total", {"topic": "crowd.reports"}, grown(1_400, 10)
    yield from spread("siaga_gate_request_seconds", route, 1_400, 0.02)


def _room(began_at: float) -> Iterator[tuple[str, dict[str, str], Shape]]:
    yield "siaga_room_picture_timestamp_seconds", {}, _ago(began_at, 1)
    yield "siaga_room_clients", {}, whole(lively(7, 2))
    for sent, count in (("sent", 500), ("forbidden", 6)):
        labels = {"command": "ack", "sent": sent}
        yield "siaga_room_commands_total", labels, grown(count, 10.5)
    yield from spread("siaga_room_event_seconds", {"event": "delta"}, 90_000, 0.002)
    for code, count in (("200", 9_000), ("202", 500), ("401", 15)):
        labels = {"endpoint": "/api/v1/alerts/{id}", "code": code}
        yield "siaga_room_requests_total", labels, grown(count, 10)


_DOORS: Final = {"notify": _notify, "gate": _gate, "room": _room}
