"""The areas of the invented day: four kabupaten, how their TPS, forms and officers go."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from streams.domain.facts import Stage
from tools.dashboards.draw.invented_shapes import Shape, lively, up_to, whole

__all__ = ["AREAS", "Area", "area_series"]

_Shown = tuple[str, dict[str, str], Shape]
_DAY: Final = (
    (Stage.VOTING, 7.0),
    (Stage.CLOSED, 13.0),
    (Stage.COUNTING, 13.4),
    (Stage.COUNTED, 15.2),
    (Stage.BOX_AWAY, 15.7),
    (Stage.BOX_IN, 16.3),
)
_CLASSES: Final = {"kurang_rawan": 0.7, "rawan": 0.2, "sangat_rawan": 0.08, "khusus": 0.02}
_TENSE: Final = "36.04"
_TENSE_HOURS: Final = (9.0, 12.0)
_DUTIES: Final = {
    "free": 60,
    "bound": 12,
    "escorting": 8,
    "off_duty": 20,
    "missing": 1,
    "needed": 6,
    "bko": 2,
}
_SEVERITIES: Final = {"critical": 1.2, "high": 4, "medium": 9, "low": 3}


class Area(Struct, frozen=True):
    """A kabupaten of the day."""

    code: str
    name: str
    province_name: str
    tps: int
    partition: int
    late_h: float
    """How much later than the plan everything is."""
    kecamatan: tuple[tuple[str, str], ...]


AREAS: Final = (
    Area("16.10", "Ogan Ilir", "Sumatera Selatan", 420, 0, 0.1, (("01", "Muara Kuang"),)),
    Area(
        *("17.02", "Rejang Lebong", "Bengkulu", 480, 1, 0.3),
        (("01", "Kota Padang"), ("09", "Curup"), ("20", "Curup Timur")),
    ),
    Area(
        *("33.26", "Pekalongan", "Jawa Tengah", 1_450, 2, 0.15),
        (("01", "Kandangserang"), ("10", "Wiradesa")),
    ),
    Area("36.04", "Serang", "Banten", 2_300, 3, 0.6, (("17", "Carenang"), ("18", "Binuang"))),
)


def area_series(area: Area, began_at: float) -> Iterator[_Shown]:
    """Yield what is shown of a kabupaten, at a worker that has its partition."""
    own = {"kabupaten": area.code}
    province = {"province": area.code[:2], "province_name": area.province_name}
    yield "siaga_area_info", {**own, "name": area.name, **province}, lambda _: 1.0
    for stage, shape in _stages(area.tps, area.late_h).items():
        yield "siaga_area_tps", {**own, "stage": stage}, shape
        for word, share in _CLASSES.items():
            labels = {"province": area.code[:2], "stage": stage, "class": word}
            yield "siaga_tps_stage_class", labels, whole(shape, share)
    for word, share in _CLASSES.items():
        yield "siaga_area_tps_class", {**own, "class": word}, _always(round(area.tps * share))
    for stage, hour in _DAY:
        expected = whole(up_to(area.tps, hour + 0.25, 0.08))
        yield "siaga_area_tps_expected", {**own, "stage": stage}, expected
    yield from _counts(area, own)
    yield from _numbers(area, own, began_at)
    for code, name in area.kecamatan:
        yield from _kecamatan(area, f"{area.code}.{code}", name)


def _stages(tps: float, late_h: float) -> dict[str, Shape]:
    """Return how many TPS are in each stage: those that reached it and not yet the next."""
    reached = [up_to(tps, hour + late_h, 0.15) for _, hour in _DAY]
    found: dict[str, Shape] = {stage: _always(0) for stage in Stage}
    found[Stage.NOT_OPEN] = lambda hour: float(tps - round(reached[0](hour)))
    for place, (stage, _) in enumerate(_DAY):
        following = reached[place + 1] if place + 1 < len(reached) else _always(0)
        found[stage] = _between(reached[place], following)
    return found


def _counts(area: Area, own: dict[str, str]) -> Iterator[_Shown]:
    for contest in ("bupati", "gubernur"):
        voting = {**own, "contest": contest}
        for form, hour, share in (("reported", 15.3, 0.96), ("final", 15.9, 0.9)):
            shape = whole(up_to(area.tps * share, hour + area.late_h, 0.3))
            yield "siaga_area_counts_tps", {**voting, "form": form}, shape
        yield "siaga_area_counts_tps", {**voting, "form": "expected"}, _always(area.tps)
    yield "siaga_area_reporting_ratio", own, up_to(0.96, 15.3 + area.late_h, 0.3)


def _numbers(area: Area, own: dict[str, str], began_at: float) -> Iterator[_Shown]:
    scale = area.tps / 1_000

    def now(hour: float) -> float:
        return began_at + (hour - 6) * 3600

    yield "siaga_area_now_timestamp_seconds", own, now
    yield "siaga_area_heard_timestamp_seconds", own, lambda hour: now(hour) - 1
    yield "siaga_area_triage_oldest_timestamp_seconds", own, lambda hour: now(hour) - 400 * scale
    yield "siaga_area_triage_open", own, whole(lively(8 * scale, 6 * scale))
    yield "siaga_area_tps_silent", own, whole(lively(4 * scale, 4 * scale))
    unheard = up_to(area.tps, 7.2, 0.2)
    yield "siaga_area_tps_never_heard", own, lambda hour: round(area.tps - unheard(hour))
    yield "siaga_area_tps_raised", own, whole(lively(3 * scale, 2 * scale))
    yield (
        "siaga_area_boxes_away",
        own,
        _between(up_to(area.tps, 15.9, 0.2), up_to(area.tps, 16.5, 0.2)),
    )
    tense, (since, until) = area.code == _TENSE, _TENSE_HOURS
    yield "siaga_area_colour", own, lambda hour: float(tense and since < hour < until)
    for duty, count in _DUTIES.items():
        shape = whole(lively(count * scale, count * scale / 5))
        yield "siaga_area_strength", {**own, "duty": duty}, shape
    for severity, usual in _SEVERITIES.items():
        for state, share in (("unacknowledged", 0.3), ("acknowledged", 0.7)):
            labels = {**own, "severity": severity, "state": state}
            most = usual * scale * share
            yield "siaga_area_alerts_open", labels, whole(lively(most, most))


def _kecamatan(area: Area, code: str, name: str) -> Iterator[_Shown]:
    own = {"kecamatan": code}
    yield "siaga_kecamatan_info", {**own, "name": name, "kabupaten": area.code}, _always(1)
    for stage, shape in _stages(area.tps / len(area.kecamatan), area.late_h).items():
        yield "siaga_kecamatan_tps", {**own, "stage": stage}, whole(shape)
    for severity, count in _SEVERITIES.items():
        shape = whole(lively(count / 2, count / 2))
        yield "siaga_kecamatan_alerts_open", {**own, "severity": severity}, shape
    yield "siaga_kecamatan_tps_silent", own, whole(lively(1, 1))


def _always(value: float) -> Shape:
    return lambda _: float(value)


def _between(have: Shape, gone: Shape) -> Shape:
    return lambda hour: float(max(0, round(have(hour)) - round(gone(hour))))
