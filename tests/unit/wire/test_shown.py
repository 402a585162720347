"""What is shown of an alert wherever it is shown: scope, who was told, who has it."""

import pytest
from msgspec.structs import replace

from streams.domain.ids import Scope
from streams.domain.words import ScopeKind
from streams.wire.outputs import alert
from streams.wire.schemas import Json
from streams.wire.shown import scope_kind
from tests.unit.wire.test_outputs import CLOSED, NAMED, WIB, read


def test_an_alert_shows_what_has_arrived() -> None:
    """Of each level that was told: how many it has reached, since when, and what was given up."""
    document = read(alert(CLOSED, WIB, NAMED))
    level: dict[str, Json] = {
        "ladder": "OPS",
        "level": "polsek",
        "at": "2024-11-27T07:10:00+07:00",
        "contacts": 2,
        "delivered": 1,
        "failed": 3,
        "delivered_at": "2024-11-27T07:10:00+07:00",
    }
    other = level | {"level": "polres_ops", "contacts": 1}
    unheard: dict[str, Json] = {"delivered": 0, "failed": 0, "delivered_at": None}
    assert [level, other | unheard] == document["told"]


def test_who_has_it_is_said_while_somebody_has() -> None:
    """Of what was given back the last holder is nobody's business."""
    shown = read(alert(CLOSED, WIB, NAMED))
    assert {"id": "pasangan P03", "en": "pair P03"} == shown["taken_by"]
    back = read(alert(replace(CLOSED, acknowledged_by=""), WIB, NAMED))
    assert back["taken_by"] is None


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("17.02", ScopeKind.KABUPATEN),
        ("17.02.09", ScopeKind.KECAMATAN),
        ("17.02.09.1001", ScopeKind.DESA),
        ("17.02.09.1001-003", ScopeKind.TPS),
        ("polsek:36.04/Carenang", ScopeKind.POLSEK),
        ("pair:36.04/P03", ScopeKind.PAIR),
        ("officer:36.04/7:8", ScopeKind.OFFICER),
        ("box:36.04/36.04.17.2010-001#1", ScopeKind.BOX),
        ("source:36.04/ID", ScopeKind.SOURCE),
        ("claim:36.04/ID", ScopeKind.CLAIM),
        ("image:36.04/0f", ScopeKind.IMAGE),
        ("contest:bupati@17.02", ScopeKind.CONTEST),
        ("pipeline:36.04/heard", ScopeKind.PIPELINE),
    ],
)
def test_a_scope_tells_its_kind(scope: str, expected: ScopeKind) -> None:
    """Every form of contract §4."""
    assert expected is scope_kind(Scope(scope))
