"""Which notices are known when they come again."""

import pytest

from streams.courier import custody
from streams.courier.custody import Custody
from streams.courier.past import Before
from streams.domain.ids import AlertId
from streams.engine.ports import Slot
from streams.engine.topics import Topic
from tests.support.notifier import call

SLOT = Slot(Topic.NOTICES, 0)


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let few settled notices be known."""
    monkeypatch.setattr(custody, "_SETTLED_MAX", 3)


def ids(word: str, count: int = 20) -> list[AlertId]:
    """Return names of notices."""
    return [AlertId(f"{word}{n}") for n in range(count)]


def settled_before(names: list[AlertId]) -> Custody:
    """Return the custody of a process that takes over what another one has settled."""
    before = Before(dict.fromkeys(names, call("A")), 0.0, lambda _slot, _record: True)
    before.settled.update(names)
    return Custody(before)


def test_what_was_settled_before_is_not_carried_again() -> None:
    """However many they are, and whatever is settled while they are read again."""
    again, new = ids("again"), ids("new")
    found = settled_before(again)
    taken = list[bool]()
    for n, (old, fresh) in enumerate(zip(again, new, strict=True)):
        taken.append(found.take(SLOT, 2 * n, old))
        assert found.take(SLOT, 2 * n + 1, fresh)
        found.settle(fresh)
    assert [False] * 20 == taken
    assert 40 == found.safe(SLOT)


def test_of_those_that_were_read_the_newest_are_known() -> None:
    """A fold that repeats what it wrote does so at once, so few are enough."""
    again = ids("again", 5)
    found = settled_before(again)
    first = [found.take(SLOT, n, one) for n, one in enumerate(again)]
    second = [found.take(SLOT, 5 + n, one) for n, one in enumerate(reversed(again))]
    assert ([False] * 5, [False, False, False, True, True]) == (first, second)
