"""What has ended is forgotten by the broker's clock, in whatever order it was heard of."""

import pickle

from streams.domain.times import EpochMs
from streams.wire.endings import ENDED_MS, Endings

NOW = EpochMs(10 * ENDED_MS)


def at(ms: int) -> EpochMs:
    """Return a moment so long before now."""
    return EpochMs(NOW - ms)


def test_what_ended_an_hour_ago_is_due() -> None:
    """The oldest first; each once."""
    endings = Endings[str](10)
    for key, ms in (("new", ENDED_MS - 1), ("old", ENDED_MS + 1), ("due", ENDED_MS)):
        endings.end(key, at(ms))
    assert ["old", "due"] == [*endings.due(NOW)]
    assert [] == [*endings.due(NOW)]
    assert ("new" in endings, "old" in endings) == (True, False)


def test_what_did_not_end_after_all_is_not_due() -> None:
    """Nor by the time of its first end, if it ended again."""
    endings = Endings[str](10)
    for key in ("reopened", "again"):
        endings.end(key, at(2 * ENDED_MS))
        endings.take_back(key)
    endings.end("again", at(1))
    assert [] == [*endings.due(NOW)]
    assert ["again"] == [*endings.due(EpochMs(NOW + ENDED_MS))]


def test_beyond_the_most_what_ended_first_goes_first() -> None:
    """Not what was heard of first."""
    endings = Endings[str](2)
    for key, ms in (("newest", 1), ("oldest", 3), ("middle", 2)):
        endings.end(key, at(ms))
    assert ["oldest"] == [*endings.due(NOW)]


def test_what_ends_again_and_again_does_not_grow() -> None:
    """Memory follows what is held."""
    endings = Endings[str](2)
    for ms in range(10_000, 0, -1):
        endings.end("a", at(ms))
    assert len(pickle.dumps(endings)) < 64 * 1_024
    assert ["a"] == [*endings.due(EpochMs(NOW + ENDED_MS))]
