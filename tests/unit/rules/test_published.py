"""A pack on its way to the workers: what arrives is what was sent, or is refused."""

import zlib
from base64 import b64encode

import pytest

from streams.errors import ConfigError
from streams.rules.published import ready_pack, to_published
from streams.rules.reading import content_hash
from tests.support.world import pack, pack_source


def test_what_arrives_is_what_was_sent() -> None:
    """By the same hash, with the same rules."""
    source = pack_source()
    ready = ready_pack(to_published(source), content_hash(source))
    assert [rule.id for rule in pack().rules] == [rule.id for rule in ready.pack.rules]
    assert to_published(source) == to_published(source)


def test_it_fits_into_one_record() -> None:
    """Far below the megabyte that a broker takes."""
    assert len(to_published(pack_source())) < 200_000


def packed(data: bytes) -> str:
    """Return bytes in the form of a published pack."""
    return b64encode(zlib.compress(data)).decode()


@pytest.mark.parametrize(
    ("published", "why"),
    [
        ("no base64!", "expected a published pack"),
        (b64encode(b"not zlib").decode(), "expected a published pack"),
        (packed(b"not JSON"), "expected a published pack"),
        (packed(b'{"name": 1}'), "expected a published pack"),
        (packed(bytes(17 * 1024 * 1024)), "more than 16777216 bytes, or cut off"),
        (to_published(pack_source())[:-40], "cut off"),
        (to_published(pack_source()), "its files have the hash"),
    ],
)
def test_what_is_no_pack_of_this_name_is_refused(published: str, why: str) -> None:
    """It comes from a topic that others may write to: nothing in it is believed."""
    with pytest.raises(ConfigError, match=why):
        ready_pack(published, "0" * 64)
