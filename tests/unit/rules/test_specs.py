"""What an author writes of each detector: what is needed, what is the default, what is refused."""

from typing import Final

import msgspec
import pytest

from streams.rules.specs import DetectorSpec

LEAST: Final[dict[str, dict[str, object]]] = {
    "overdue": {"watches": [{"scope": "tps", "limit": "30m", "ends": ["opened"]}]},
    "sequence": {"order": [{"stage": "closed", "needs": "opened"}], "wait": "15m"},
    "condition": {"scope": "tps"},
    "contradiction": {"of": "finals"},
    "series": {},
    "tally": {
        "margin_votes": 5,
        "margin_percent": 1,
        "counted_percent": 80,
        "quiet": "12h",
        "posture_for": "2h",
    },
    "score": {"scope": "tps", "categories": ["KAM-01"], "by_category": True, "window": "30m"},
    "surge": {
        "scope": "desa",
        "counts": "sources",
        "at_least": 6,
        "window": "10m",
        "quiet": "30m",
    },
}
"""Of each detector all that must be said of it."""

OUT_OF_RANGE: Final[list[tuple[str, str, object]]] = [
    ("tally", "margin_votes", -1),
    ("tally", "margin_percent", 101),
    ("tally", "counted_percent", 0),
    ("tally", "counted_percent", 101),
    ("tally", "quiet", "12"),
    ("score", "together_m", -1),
    ("score", "voices_min", 0),
    ("score", "classes_min", 0),
    ("score", "threshold", [3, 2, 2]),
    ("score", "scope", "kabupaten"),
    ("surge", "baseline_windows", -1),
    ("surge", "baseline_min", 0),
    ("surge", "chance_max", 0),
    ("surge", "chance_max", 1.5),
    ("surge", "weight_max", -0.5),
    ("surge", "counts", "people"),
    ("condition", "tolerance_votes", -1),
    ("condition", "tolerance_percent", 101),
    ("condition", "check", "shape"),
    ("condition", "needed", "some"),
    ("condition", "scope", "desa"),
    ("contradiction", "of", "provisionals"),
    ("sequence", "wait", 15),
    ("sequence", "order", [{"stage": "closed"}]),
    ("overdue", "raise_to", "merah"),
    ("overdue", "watches", [{"scope": "desa", "limit": "30m", "ends": []}]),
    ("overdue", "watches", [{"scope": "tps", "limit": "30m", "ends": [], "raise_at": 1}]),
    ("overdue", "watches", [{"scope": "tps", "limit": "30m", "ends": [], "eta_times": 0}]),
    ("overdue", "watches", [{"scope": "tps", "limit": "30m", "ends": [], "since": "07:00"}]),
    ("overdue", "watches", [{"scope": "tps", "limit": "30m", "ends": [], "messages": "some"}]),
]


def read(kind: str, **changes: object) -> DetectorSpec:
    """Read a detector with all that it must have, and some changes."""
    made: DetectorSpec = msgspec.convert(LEAST[kind] | {"type": kind} | changes, DetectorSpec)
    return made


@pytest.mark.parametrize("kind", LEAST)
def test_a_detector_is_known_by_its_type(kind: str) -> None:
    """And can be written again as it was read."""
    found = read(kind)
    assert kind == found.__struct_config__.tag
    assert found == msgspec.convert(msgspec.to_builtins(found), DetectorSpec)


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, fields in LEAST.items() for name in fields]
)
def test_what_must_be_said_is_asked_for(kind: str, name: str) -> None:
    """A threshold that nobody wrote would be one that nobody answers for."""
    fields = {field: value for field, value in LEAST[kind].items() if field != name}
    with pytest.raises(msgspec.ValidationError, match=f"required field `{name}`"):
        msgspec.convert({"type": kind, **fields}, DetectorSpec)


@pytest.mark.parametrize("kind", LEAST)
def test_a_field_that_nobody_knows_is_refused(kind: str) -> None:
    """A slip of the pen must not leave a default standing."""
    with pytest.raises(msgspec.ValidationError, match="unknown field `boss`"):
        read(kind, boss=1)


@pytest.mark.parametrize(("kind", "name", "value"), OUT_OF_RANGE)
def test_what_cannot_be_meant_is_refused(kind: str, name: str, value: object) -> None:
    """Of the right kind, and still no threshold."""
    with pytest.raises(msgspec.ValidationError):
        read(kind, **{name: value})
