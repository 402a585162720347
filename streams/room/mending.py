"""Dead letters that are sent again: as they came, or mended; what may be mended, and by whom.

| what came                | as it came | mended                                                   |
|--------------------------|------------|----------------------------------------------------------|
| a command                | yes        | no: it would be somebody else's; it is given anew        |
| a receipt                | yes        | no: only who has sent the notice knows                   |
| a status, a report       | yes        | with the sender that it had, or as one's own, as relayed |
| a count, a gateway       | yes        | with the sender that it had                              |

The room signs what it says itself: what somebody relays in his own name. Whatever keeps its sender
goes without a signature, which was of another value; where one must be, it is a letter again. A
mended message is read as intake reads it before it is sent, so that nobody mends in vain.
"""

from collections.abc import Mapping
from typing import Final, cast

from streams.domain.alert import Text
from streams.domain.events import CrowdReport, TpsStatus
from streams.domain.words import Channel, Role
from streams.engine.letters import DeskLetter, Message, message_of
from streams.engine.topics import Topic
from streams.errors import InputError
from streams.room.commanding import object_of
from streams.room.letters import with_numbers
from streams.room.rights import Person
from streams.web.refusal import Reason, Refusal
from streams.web.writer import Record
from streams.wire.envelope import unwrap
from streams.wire.inputs import Input, decode_input
from streams.wire.records import Headers
from streams.wire.rejection import Rejection
from streams.wire.text import json_value, require_utf8

__all__ = ["sent_again"]

_VALUE: Final = "value"
_TOLD: Final = frozenset({Channel.PHONE, Channel.RADIO})
_FIXED: Final = {
    Topic.OPERATOR_COMMANDS: Text(
        "Perintah orang lain tidak dapat diperbaiki. Beri perintah itu lagi sendiri.",
        "Somebody else's command cannot be mended. Give the command anew yourself.",
    ),
    Topic.RECEIPTS: Text(
        "Tanda terima tidak dapat diperbaiki: hanya pengirimnya yang tahu.",
        "A receipt cannot be mended: only its sender knows.",
    ),
}
"""What nobody may mend, and why; `Topic.RESTRICTED_RECEIPTS` is as the other."""
_SENDER: Final = Text(
    "Pengirim tidak dapat diganti dengan orang lain. Biarkan `source` seperti semula, atau "
    "sampaikan atas nama Anda sendiri sebagai operator yang meneruskan.",
    "The sender cannot become somebody else. Leave `source` as it came, or relay it in your own "
    "name, as an operator does.",
)


def sent_again(letter: DeskLetter, body: bytes, person: Person) -> Record | Text:
    """Return the message of a letter as it is sent again, or why this person may not send it so.

    Args:
        letter: One that the person sees.
        body: Nothing, to send it as it came; or `{"value": …}` with the mended text.
        person: Who sends it.

    Raises:
        Refusal: It cannot be sent, or is not mended yet.
    """
    mended = _mended(letter, body)
    try:
        message = message_of(letter, mended)
    except InputError as error:
        raise Refusal(Reason.SCHEMA, str(error)) from error
    if message.value is None:
        raise Refusal(Reason.SCHEMA, "the letter has no value: mend it")
    if mended is None:
        return _record(message, message.value, is_ours=False)
    topic = Topic.RECEIPTS if message.topic is Topic.RESTRICTED_RECEIPTS else message.topic
    if topic in _FIXED:
        return _FIXED[topic]
    event = _decoded(message)
    if _is_own(event, person):
        return _record(message, message.value, is_ours=True)
    # A letter whose sender cannot be read has none that could be left as it is.
    came = _source(letter.value or b"", letter.original)
    if came is None or came != _source(message.value, message.headers):
        return _SENDER
    return _record(message, message.value, is_ours=False)


def _mended(letter: DeskLetter, body: bytes) -> bytes | None:
    """Return the value that a letter is sent with instead of its own; None: its own."""
    said = object_of(body) if body else None
    if not said:
        return None
    value = said.get(_VALUE)
    if len(said) != 1 or not isinstance(value, str) or not value.strip():
        raise Refusal(Reason.SCHEMA, "expected a text that is not empty - at `$.value`")
    return with_numbers(value, letter).encode(errors="surrogatepass")


def _record(message: Message, value: bytes, *, is_ours: bool) -> Record:
    return Record(message.topic, value, message.headers, key=message.key, is_ours=is_ours)


def _decoded(message: Message) -> Input:
    try:
        return decode_input(message.topic, message.value, message.headers).event
    except Rejection as verdict:
        raise Refusal(Reason(verdict.reason), verdict.detail) from verdict


def _is_own(event: Input, person: Person) -> bool:
    """Tell whether somebody relays this in his own name, as the form for it would say it."""
    if not isinstance(event, TpsStatus | CrowdReport):
        return False
    source = event.source
    is_his = source.id == person.user and source.role is Role.OPERATOR
    return is_his and source.channel in _TOLD and isinstance(source.relayed, Role)


def _source(value: bytes, headers: Headers) -> object:
    """Return who sends a message, as far as it can be read; None: it cannot."""
    try:
        require_utf8(value)
        found = json_value(unwrap(value, headers))
    except Rejection:
        return None
    if not isinstance(found, Mapping):
        return None
    return cast("Mapping[str, object]", found).get("source")
