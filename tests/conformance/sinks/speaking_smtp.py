"""What a server speaks that behaves well or badly in SMTP; it takes no mail but in memory."""

from collections.abc import Mapping
from email import message_from_bytes
from typing import Final

from tests.conformance.sinks.server import Asked, Behaviour, Line

__all__ = ["smtp_talk"]

_BANNER: Final = b"220 mail.example.invalid ESMTP\r\n"
_EHLO: Final = b"250-mail.example.invalid\r\n250 AUTH PLAIN\r\n"
_ANSWERS: Final[Mapping[bytes, bytes]] = {
    b"EHLO": _EHLO,
    b"AUTH": b"235 Authenticated\r\n",
    b"MAIL": b"250 OK\r\n",
    b"RCPT": b"250 OK\r\n",
    b"DATA": b"354 Go on\r\n",
    b"RSET": b"250 OK\r\n",
    b"QUIT": b"221 Bye\r\n",
}
_REFUSALS: Final[Mapping[Behaviour, bytes]] = {
    Behaviour.BUSY: b"451 Try again later\r\n",
    Behaviour.BROKEN: b"421 Shutting down\r\n",
    Behaviour.REFUSES: b"550 No such mailbox\r\n",
}
_MAIL_END: Final = b"\r\n.\r\n"


async def smtp_talk(behaviour: Behaviour, line: Line) -> None:
    """Speak as an SMTP server does, until the other side quits."""
    if behaviour is Behaviour.GARBAGE:
        await line.say(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        return
    await line.say(_BANNER)
    recipient = ""
    while command := await line.reader.readline():
        verb = command[:4].upper()
        if verb == b"RCPT":
            recipient = command.decode().strip()
        if verb == b"DATA":
            await line.say(_ANSWERS[verb])
            await _read(line, recipient)
            if await _ends(behaviour, line):
                return
        else:
            await line.say(_ANSWERS.get(verb, b"500 What?\r\n"))


async def _read(line: Line, recipient: str) -> None:
    raw = await line.reader.readuntil(_MAIL_END)
    mail = message_from_bytes(raw.removesuffix(_MAIL_END))
    headers = {name.lower(): str(value) for name, value in mail.items()}
    body = mail.get_payload(decode=True)
    assert isinstance(body, bytes)
    line.asked.append(Asked(recipient, headers, body))


async def _ends(behaviour: Behaviour, line: Line) -> bool:
    """Answer a mail, and tell whether the connection ends with it."""
    match behaviour:
        case Behaviour.CUT_BEFORE:
            return True
        case Behaviour.CUT_WITHIN:
            await line.say(b"25")
            return True
        case Behaviour.NEVER:
            await line.hang()
            return True
        case Behaviour.HUGE:
            await line.say_without_end(b"250-more\r\n" * 1_000)
            return True
        case Behaviour.SLOW:
            await line.say_slowly(b"250 Taken\r\n")
            return False
        case _:
            await line.say(_REFUSALS.get(behaviour, b"250 Taken\r\n"))
            return False
