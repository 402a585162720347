"""One answer, one command: what `operator.commands` gets, whichever way somebody answered.

Its id and every byte of it are made of what was told and of who answers by which means, never of
the moment of the tap: pressed twice, or sent again by a gateway that was not sure, it is the same
event, which intake takes once. So `at` is when it was told; the judgment counts a command from
when it was received, so nothing is dated back.

The first answer wins. A second one finds the alert taken on and is refused with a reply that says
so (`streams.alerts.lifecycle` has no cell for it); nothing changes. `escalate` names the level
above who answers: on an alert that has come there by itself meanwhile it is refused as well,
instead of waking the level after that.
"""

import hashlib
import re
from base64 import b32encode
from typing import Final

from streams.answers.asked import Answerer, Asked, Verb
from streams.answers.utc import utc_text
from streams.domain.events import Actor, ActorRole, CommandKind, OperatorCommand
from streams.domain.ids import DRILL_MARK
from streams.domain.levels import level_above

__all__ = ["answer_command"]

_KINDS: Final = {Verb.ACK: CommandKind.ACK, Verb.ESCALATE: CommandKind.ESCALATE}
_POST: Final = re.compile(r"(?P<ladder>[^/@]+)/(?P<level>[^/@]+)@")
_ID_BYTES: Final = 20  # 160 bits are 32 characters of base32.


def answer_command(
    verb: Verb, asked: Asked, answerer: Answerer, channel: str, given_id: str = ""
) -> OperatorCommand | None:
    """Return the command of an answer, or None if who answers may only be told.

    Args:
        verb: What was answered.
        asked: What it answers.
        answerer: Who the contact stands for. Role and area count only where there is no roster.
        channel: By which means, as `telegram`, `sms`, `link`.
        given_id: How the means names this answer, where a repeat has the same (the message id of
            an SMS gateway). Empty: an answer is known by what was told.
    """
    if not answerer.actor:
        return None
    occasion = given_id or str(asked.revision)
    return OperatorCommand(
        id=_id_of(verb, asked.alert, answerer.actor, channel, occasion),
        at=utc_text(asked.told_at),
        actor=Actor(answerer.actor, ActorRole.OPERATOR, answerer.area),
        command=_KINDS[verb],
        alert=asked.alert,
        election=f"{answerer.election}{DRILL_MARK}{asked.drill}" if asked.drill else "",
        level=_level_above(asked) if verb is Verb.ESCALATE else "",
        channel=channel,
    )


def _id_of(*parts: str) -> str:
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()[:_ID_BYTES]
    return f"answer-{b32encode(digest).decode()}"


def _level_above(asked: Asked) -> str:
    """Return the level above the destination; empty, which is the next: it has none there."""
    post = _POST.match(asked.destination)
    return level_above(post["ladder"], post["level"]) if asked.climbs and post else ""
