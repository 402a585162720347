"""Why a message cannot be taken: the verdict that ends its way in."""

from streams.domain.effects import DeadLetterReason

__all__ = ["Rejection"]


class Rejection(Exception):  # noqa: N818 - A verdict on a message, not an error of ours.
    """The message is a dead letter; raised inside `streams.wire`, never out of `Acceptor`.

    Attributes:
        reason: Why, as one of the contract's words.
        detail: For the sender: which field, and what was expected. It may repeat a word of the
            message, so it is never a metric label.
    """

    def __init__(self, reason: DeadLetterReason, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail
