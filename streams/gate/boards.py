"""The board of a gate: the open alerts, followed while it runs, so that answers find theirs."""

import logging
from contextlib import AbstractAsyncContextManager
from typing import Final

from streams.config import Config
from streams.domain.times import EpochMs
from streams.engine.ports import RecordView, Slot
from streams.engine.topics import Topic
from streams.errors import InputError
from streams.web.following import following
from streams.wire.board import Board

__all__ = ["followed_board"]

_TOPICS: Final = (Topic.ALERTS, Topic.RESTRICTED_ALERTS)
_log: Final = logging.getLogger(__name__)


def followed_board(config: Config, board: Board) -> AbstractAsyncContextManager[None]:
    """Keep a board as the topics are, for the time of the block; it is complete when it begins.

    Whoever comes to a gate that does not know the open alerts would be told that his code means
    none.

    Raises:
        UnavailableError: The topics cannot be followed any longer; the block is cancelled.
    """

    def each(slot: Slot, record: RecordView) -> None:
        try:
            board.apply(record.key, record.value, EpochMs(record.timestamp))
        except InputError as error:
            _log.warning("%s/%d at %d: %s", slot.topic, slot.partition, record.offset, error)

    return following(config, _TOPICS, each)
