"""What the text of a condition can name of its event and its place."""

import pytest
from msgspec.structs import replace

from streams.domain.events import TpsStatus
from streams.judge.state import PartitionState
from streams.judge.world import Watched, World
from streams.rules.compiling import compile_pack
from streams.rules.pack import PackFile
from streams.rules.reading import read_pack
from streams.setup import pack_text
from tests.support.events import closed
from tests.support.stories import alerts_of, at, journal, judge_into
from tests.support.world import ELECTION, KR, plan

_OF_T04 = "Ditutup pukul {at}, sebelum jam tutup"


def summary(words: str, **told: int) -> str:
    """Return what T04 says of a TPS that closed at 11:00, if its text begins with `words`."""
    source = pack_text("siaga", "pilkada")
    files = tuple(PackFile(one.name, one.text.replace(_OF_T04, words)) for one in source.files)
    rules = compile_pack(read_pack(replace(source, files=files)))
    state = PartitionState(0, World({ELECTION: Watched.of(plan(), rules)}))
    event = closed(KR)
    assert isinstance(event.event, TpsStatus)
    item = replace(event, event=replace(event.event, **told))
    effects = judge_into(state, journal(at("11:00"), item, at("11:01")))
    return alerts_of(effects)["T04@KR"].summary.id.partition(",")[0]


@pytest.mark.parametrize(
    ("words", "told", "expected"),
    [
        ("Antrean {queue}", {"queue": 40}, "Antrean 40"),
        ("Antrean {queue}", {"queue": 0}, "Antrean 0"),
        ("Antrean {queue}", {}, "Antrean –"),
        ("{voters} dari {dpt}", {"voters": 300}, "300 dari 412"),
        ("Di {area}", {}, "Di TPS 001 Air Rambai"),
    ],
)
def test_a_text_names_the_numbers_of_its_event(
    words: str, told: dict[str, int], expected: str
) -> None:
    """What was not told is a dash."""
    assert expected == summary(words, **told)
