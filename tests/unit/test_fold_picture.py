"""The picture as the fold tells it: records of its own topic, made anew by whoever takes over."""

import json

from streams.engine.ports import Entry, Output
from streams.engine.topics import Topic
from streams.fold import PartitionFold
from streams.pipeline import Step
from streams.wire.journal import encode_record
from tests.support.events import opened
from tests.support.stories import Journal, at, journal
from tests.support.world import KABUPATEN, KR, world


def _entry(step: Step) -> Entry:
    offset = int(step.name.partition(":")[2])
    return Entry(0, offset, step.appended_at, encode_record(step.record))


def shown_by(fold: PartitionFold) -> list[Output]:
    """Return a round of the picture."""
    return [one for one in fold.picture() if one is not None]


def test_the_picture_is_told_from_the_beginning_and_then_as_it_changes() -> None:
    """Each place under its key, on its own topic; it is no line."""
    fold = PartitionFold(0, world())
    assert [] == list(fold.picture())
    made = Journal()
    for item in (at("06:00"), at("06:10"), opened(KR)):
        for step in made.take(item):
            fold.judge(_entry(step))
    whole, later = shown_by(fold), shown_by(fold)
    assert {KABUPATEN.encode(), KR.encode()} < {one.key for one in whole}
    assert {(Topic.PICTURE, False)} == {(one.topic, one.line) for one in whole}
    assert [] == later
    shown = {one.key: json.loads(one.value or b"") for one in whole}
    assert ("voting", "kabupaten") == (
        shown[KR.encode()]["stage"],
        shown[KABUPATEN.encode()]["kind"],
    )


def test_who_takes_over_tells_the_picture_again() -> None:
    """Nothing of it is saved: the same records come from the saved state."""
    fold, other = PartitionFold(0, world()), PartitionFold(0, world())
    for step in journal(at("06:00"), at("07:00"), opened(KR), at("07:31")):
        fold.judge(_entry(step))
    changes = fold.take_changes()
    rows = [(key, row) for key, row in changes.rows.items() if row is not None]
    other.load(rows, changes.meta)
    assert shown_by(fold) == shown_by(other) != []
