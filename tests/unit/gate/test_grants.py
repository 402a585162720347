"""What is for producers alone, and for those of them who may."""

import asyncio
import json

import pytest

from streams.engine.topics import Topic
from streams.gate.desk import Desk
from streams.gate.events import Events
from tests.unit.gate.house import REPORT, Memory, hall_of, incoming, report, signed


@pytest.mark.parametrize("shown", ["gladi-1", "a b"])
def test_nobody_who_is_not_known_speaks_of_a_drill(shown: str) -> None:
    """Drills are held by who is in charge of the day, and he can sign."""
    writer = Memory()
    hall = hall_of('[anybody]\ntopics=["crowd.reports"]', writer)
    request = incoming(report(), siaga_drill=shown)
    answers = [
        asyncio.run(Events(hall).take(Topic.CROWD_REPORTS, request)),
        asyncio.run(Desk(hall).take(request)),
    ]
    assert [403, 403] == [one.status for one in answers]
    assert [] == writer.records


BEATS: dict[str, tuple[str, tuple[str, ...], int]] = {
    "its own": ("sms-1", ("36.04",), 202),
    "narrower": ("sms-1", ("36.04.17", "36.04.17.2010"), 202),
    "another gateway": ("wa-1", ("36.04",), 403),
    "another area beside": ("sms-1", ("36.04", "17.02"), 403),
}


@pytest.mark.parametrize(("name", "areas", "status"), BEATS.values(), ids=BEATS)
def test_a_gateway_speaks_for_itself_and_its_areas_alone(
    name: str, areas: tuple[str, ...], status: int
) -> None:
    """Whoever speaks for another's makes silence there count for less."""
    own = 'sources=["sms-1"]\nareas=["36.04"]'
    text = f'[producers.app]\nsecret_env="APP"\ntopics=["siaga.gateways"]\n{own}'
    source = {"id": name, "role": "system"}
    beat = {"id": "h-1", "at": REPORT["at"], "source": source, "areas": areas}
    writer = Memory()
    request = signed(json.dumps(beat).encode())
    answer = asyncio.run(Events(hall_of(text, writer)).take(Topic.GATEWAYS, request))
    assert (status, status == 202) == (answer.status, bool(writer.records))
