"""Codes that meant nothing, by the telephone that sent them: whoever guesses is not heard.

    heard ──5 wrong codes within 15 minutes──► not heard ──15 minutes──► heard

There are 90,000 codes, and a telephone's number can be forged. What is remembered has a limit: of
too many telephones the one that guessed longest ago is forgotten.
"""

from collections import OrderedDict
from typing import Final

from msgspec import Struct

__all__ = ["Guesses"]

_WRONG_MOST: Final = 5
_WINDOW_S: Final = 15 * 60
_BARRED_S: Final = 15 * 60
_SENDERS_MOST: Final = 10_000


class _Guesser(Struct, frozen=True):
    wrong_at: tuple[float, ...] = ()
    barred_until: float = float("-inf")


class Guesses:
    """The memory of one gateway, bounded in number."""

    def __init__(self) -> None:
        """Begin without a memory."""
        self._known: OrderedDict[str, _Guesser] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def is_barred(self, sender: str, now: float) -> bool:
        """Tell whether the codes of a sender are not looked at.

        Args:
            sender: The pseudonym of a telephone.
            now: In seconds, by a clock that never goes back.
        """
        return now < self._known.get(sender, _Guesser()).barred_until

    def note(self, sender: str, now: float) -> None:
        """Remember that a code of a sender has meant nothing."""
        before = self._known.pop(sender, _Guesser()).wrong_at
        wrong_at = (*(at for at in before if at > now - _WINDOW_S), now)
        is_enough = len(wrong_at) >= _WRONG_MOST
        guesser = _Guesser(barred_until=now + _BARRED_S) if is_enough else _Guesser(wrong_at)
        self._known[sender] = guesser
        if len(self._known) > _SENDERS_MOST:
            self._known.popitem(last=False)
