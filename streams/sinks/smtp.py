"""Mail: a message of plain text to an address, over a connection that nobody else can read.

`Message-ID` is made of the key, so a server or mailbox that has the message already keeps one, and
`References` names each alert, so all that is told of one alert is one thread. Where a server that
must speak TLS does not, nothing is sent: it may be somebody else who answers.

| what happens                    | outcome                 |
|---------------------------------|-------------------------|
| taken, code 2xx                 | delivered               |
| code 4xx                        | try again: `smtp 4xx`   |
| code 5xx                        | refused: `smtp 5xx`     |
| no connection, cut off, no SMTP | try again: `connection` |
| no TLS, or a bad certificate    | try again: `tls`        |
| nothing in time                 | try again: `timeout`    |
"""

import asyncio
import contextlib
import re
import ssl
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage
from email.policy import SMTP as MAIL_POLICY
from email.utils import format_datetime
from typing import Final

import aiosmtplib
from msgspec import Struct

from streams.domain.outgoing import Outgoing
from streams.domain.times import SECOND_MS
from streams.sinks.channel_settings import SmtpTls
from streams.sinks.saying import full_of, subject_of
from streams.sinks.secret import Secret
from streams.sinks.sender import Message
from streams.sinks.sink import Delivered, Outcome, Refused, TryAgain

__all__ = ["MailServer", "SmtpSender", "is_address", "mail_of"]

_ADDRESS: Final = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\]+")
_NOT_IN_ID: Final = re.compile(r"[^A-Za-z0-9.-]+")
_REFERENCES_MAX: Final = 20
_QUIT_S: Final = 2.0
_TEMPORARY: Final = range(400, 500)
_PERMANENT: Final = range(500, 600)


class MailServer(Struct, frozen=True, kw_only=True):
    """Where mail is handed in, and as whom."""

    host: str
    port: int
    tls: SmtpTls
    trusted: ssl.SSLContext | None
    """None: the authorities that everybody trusts."""
    sender: str
    username: str = ""
    password: Secret = Secret("")


class SmtpSender:
    """Hands in mail, over a new connection for each message."""

    def __init__(self, server: MailServer, timeout_s: float) -> None:
        self._server = server
        self._timeout_s = timeout_s

    async def send(self, one: Message) -> Outcome:
        """Hand in one message."""
        if not is_address(one.target):
            return Refused("address")
        mail = mail_of(one, self._server.sender)
        try:
            async with asyncio.timeout(self._timeout_s):
                await self._hand_in(mail, one.target)
        except (aiosmtplib.SMTPException, OSError) as error:
            return _outcome_of(error)
        return Delivered(str(mail["Message-ID"]))

    async def close(self) -> None:
        """Nothing is kept open."""

    async def _hand_in(self, mail: EmailMessage, target: str) -> None:
        server = self._server
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            # Asked for, the name of this machine may be looked up for many seconds.
            local_hostname=_domain_of(server.sender),
            timeout=self._timeout_s,
            use_tls=server.tls is SmtpTls.TLS,
            start_tls=False,
            tls_context=server.trusted,
        )
        try:
            await client.connect()
            await _prove(client, server)
            await client.send_message(mail, sender=server.sender, recipients=[target])
            # It is delivered: whatever goes wrong with saying goodbye changes nothing.
            with contextlib.suppress(aiosmtplib.SMTPException, OSError):
                await client.quit(timeout=_QUIT_S)
        finally:
            client.close()


async def _prove(client: aiosmtplib.SMTP, server: MailServer) -> None:
    """Let the server prove who it is, and then prove who we are, if it asks for that."""
    if server.tls is SmtpTls.STARTTLS:
        await client.ehlo()
        if not client.supports_extension("starttls"):
            raise ssl.SSLError("the server offers no STARTTLS")
        await client.starttls()
    if server.username:
        await client.login(server.username, server.password.reveal())


def mail_of(one: Message, sender: str) -> EmailMessage:
    """Return a message as a mail; the same message is the same mail, byte for byte."""
    newest = max(one.notices, key=lambda notice: notice.at)
    domain = _domain_of(sender)
    alerts = dict.fromkeys(alert.alert for notice in one.notices for alert in notice.alerts)
    references = [_message_id(alert, domain) for alert in alerts][:_REFERENCES_MAX]
    mail = EmailMessage(policy=MAIL_POLICY)
    mail["From"] = sender
    mail["To"] = one.target
    mail["Subject"] = " ".join(subject_of(one).split())
    mail["Date"] = format_datetime(_local(newest))
    mail["Message-ID"] = _message_id(one.key, domain)
    if references:
        mail["References"] = " ".join(references)
        mail["In-Reply-To"] = references[0]
    # So that no mailbox on holiday answers.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(full_of(one, is_replied_to=False), cte="quoted-printable")
    return mail


def _local(notice: Outgoing) -> datetime:
    zone = timezone(timedelta(minutes=notice.offset_minutes))
    return datetime.fromtimestamp(notice.at // SECOND_MS, UTC).astimezone(zone)


def is_address(text: str) -> bool:
    """Tell whether a text can be the address of one mailbox."""
    return _ADDRESS.fullmatch(text) is not None


def _message_id(name: str, domain: str) -> str:
    return f"<{_NOT_IN_ID.sub('-', name)}@{domain}>"


def _domain_of(address: str) -> str:
    return address.rpartition("@")[2]


def _outcome_of(error: Exception) -> Outcome:
    match error:
        case aiosmtplib.SMTPAuthenticationError(code=code):
            # A password that has expired says nothing about a message.
            return TryAgain(f"smtp {code}")
        case aiosmtplib.SMTPRecipientsRefused(recipients=[first, *_]):
            return _of_code(first.code)
        case aiosmtplib.SMTPResponseException(code=code):
            return _of_code(code)
        case TimeoutError():
            return TryAgain("timeout")
        case _ if isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError):
            return TryAgain("tls")
        case _:
            return TryAgain("connection")


def _of_code(code: int) -> Outcome:
    if code in _TEMPORARY:
        return TryAgain(f"smtp {code}")
    # What is no code of SMTP was said by something else that listens there.
    return Refused(f"smtp {code}") if code in _PERMANENT else TryAgain("connection")
