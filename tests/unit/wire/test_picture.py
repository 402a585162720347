"""The documents of the picture as bytes and back, and their keys."""

import json
from typing import Final

import pytest

from streams.domain.ids import ElectionId
from streams.errors import InputError
from streams.wire.picture import AreaPicture, TpsPicture, decode, encode, key_of
from streams.wire.schemas import schema
from tests.support.events import opened, suspended
from tests.support.json_schema import judge
from tests.support.pictures import wall_after
from tests.support.station import departed
from tests.support.stories import Item, at
from tests.support.world import ELECTION, KABUPATEN, KR, R, whole_world

DAY: Final[tuple[Item, ...]] = (
    *(at("06:00"), at("07:00"), opened(KR), opened(R), at("08:00"), suspended(R)),
    *(departed(KR, "K1", "S1", "A1"), at("08:10")),
)
SCHEMAS: Final = {AreaPicture: "area-picture", TpsPicture: "tps-picture"}


def test_every_document_is_as_its_schema_says() -> None:
    """Those of all places after a day, read as anybody reads them."""
    judges = {kind: judge(schema(name)) for kind, name in SCHEMAS.items()}
    for shown in wall_after(*DAY, world=whole_world()).shown.values():
        assert judges[type(shown)].is_valid(json.loads(encode(shown)))


def test_a_document_is_read_as_it_was_written() -> None:
    """Whichever of the two it is."""
    for shown in wall_after(*DAY).shown.values():
        assert shown == decode(encode(shown))


@pytest.mark.parametrize("value", [b"", b"{}", b'{"kind":"tps"}', b'{"kind":"provinsi"}', b"[1]"])
def test_what_is_no_document_is_refused(value: bytes) -> None:
    """And said to be none."""
    with pytest.raises(InputError, match="not a document of the picture"):
        decode(value)


def test_only_the_first_election_has_the_bare_code() -> None:
    """All others name themselves."""
    drill = ElectionId(f"{ELECTION}#drill-1")
    assert b"17.02" == key_of(KABUPATEN, ELECTION, is_first=True)
    assert b"17.02@curup-2024#drill-1" == key_of(KABUPATEN, drill, is_first=False)
