"""Mail: one thread an alert, the same mail on every repeat, and no word over an open line."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.policy import SMTP
from pathlib import Path

import pytest
import trustme
from aiosmtpd import smtp as aiosmtpd
from aiosmtpd.smtp import AuthResult, Envelope, Session
from msgspec.structs import replace

from streams.sinks.channel_settings import SmtpTls
from streams.sinks.secret import Secret
from streams.sinks.sink import Answer, Delivered, Outcome, Refused, TryAgain
from streams.sinks.smtp import MailServer, SmtpSender, is_address, mail_of
from tests.conformance.sinks.samples import ALERT, KEY, alert, delivery, exercise, notice

SENDER = "posko@siaga.example.invalid"
TARGET = "piket@polri.example.invalid"
PASSWORD = "it opens everything"
IDS = tuple(f"3604-AAAAAAAAAAAAAA{a}{b}" for a in "AB" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def test_the_same_message_is_the_same_mail() -> None:
    """Byte for byte, so a server that has it sees that it has."""
    first, second = (bytes(mail_of(delivery(TARGET), SENDER)) for _ in range(2))
    assert first == second
    assert (
        "<3604-QRSTUVWXYZ234567-sms-0@siaga.example.invalid>"
        == (mail_of(delivery(TARGET), SENDER)["Message-ID"])
    )


def test_all_that_is_told_of_an_alert_is_one_thread() -> None:
    """A mailbox puts together what refers to the same."""
    first = mail_of(delivery(TARGET), SENDER)
    later = mail_of(delivery(TARGET, key=f"{KEY}1"), SENDER)
    assert first["References"] == later["References"] == f"<{ALERT}@siaga.example.invalid>"
    assert first["In-Reply-To"] == first["References"]
    assert first["Message-ID"] != later["Message-ID"]


def test_many_alerts_do_not_make_a_header_without_end() -> None:
    """Of many alerts the first are named."""
    mail = mail_of(delivery(TARGET, notice(*(alert(one) for one in IDS))), SENDER)
    assert 20 == len(str(mail["References"]).split())


def test_what_is_about_no_alert_belongs_to_no_thread() -> None:
    """A message alone."""
    one = replace(notice(alert()), alerts=(), message=alert().summary)
    assert mail_of(delivery(TARGET, one), SENDER)["References"] is None


def test_a_mail_is_of_when_it_happened_and_nobody_answers_it_from_holiday() -> None:
    """In the local time of its destination."""
    mail = mail_of(delivery(TARGET), SENDER)
    assert ("Wed, 27 Nov 2024 07:00:00 +0700", "auto-generated") == (
        mail["Date"],
        mail["Auto-Submitted"],
    )


def test_a_mail_shows_links_and_no_codes() -> None:
    """A reply to it is read by nobody."""
    answer = Answer(ALERT, "482193", "https://siaga.example.invalid/a/x")
    text = text_of(mail_of(delivery(TARGET, answers=[answer]), SENDER))
    assert ("482193" in text, answer.link in text) == (False, True)


def test_an_exercise_says_so_in_its_subject() -> None:
    """And with its first word and its last."""
    mail = mail_of(exercise(TARGET), SENDER)
    lines = text_of(mail).split("\n")
    shown = [str(mail["Subject"]), lines[0], lines[-1] or lines[-2]]
    assert [] == [line for line in shown if "LATIHAN" not in line]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("piket@polri.example.invalid", True),
        ("a+b@c", True),
        *[
            (text, False)
            for text in ("", "piket", "a@b@c", "a b@c", "a@b,c@d", "A <a@b>", "a@b\r\nBcc: c@d")
        ],
    ],
)
def test_an_address_is_of_one_mailbox(text: str, *, expected: bool) -> None:
    """Nothing in it can become a second one, or a header."""
    assert expected is is_address(text)


def test_a_target_that_is_no_address_is_refused() -> None:
    """Without asking a server."""
    sender = SmtpSender(server("nowhere.invalid", 1), 1)
    assert Refused("address") == asyncio.run(sender.send(delivery("+62812")))


def text_of(mail: EmailMessage) -> str:
    """Return the text of a mail."""
    text = mail.get_content()
    assert isinstance(text, str)
    return text


def server(host: str, port: int, tls: SmtpTls = SmtpTls.STARTTLS) -> MailServer:
    """Return a mail server that is asked for a password."""
    return MailServer(
        host=host,
        port=port,
        tls=tls,
        trusted=None,
        sender=SENDER,
        username="posko",
        password=Secret(PASSWORD),
    )


class Mailboxes:
    """What aiosmtpd hands its mail to."""

    def __init__(self) -> None:
        self.passwords: list[bytes] = []
        self.mails: list[Message] = []
        self.knows_us = True

    async def handle_DATA(  # noqa: N802 - aiosmtpd calls it so.
        self, server: aiosmtpd.SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep a mail."""
        assert (server.session, session.ssl is not None) == (session, True)
        assert isinstance(envelope.content, bytes)
        self.mails.append(BytesParser(policy=SMTP).parsebytes(envelope.content))
        return "250 Taken"

    def authenticate(self, *given: object) -> AuthResult:
        """Take any password, or none, and keep it."""
        login = given[-1]
        self.passwords.append(getattr(login, "password", b""))
        return AuthResult(success=self.knows_us, handled=False)


def with_mail_server(
    folder: Path,
    use: Callable[[MailServer], Awaitable[Outcome]],
    *,
    offers_tls: bool,
    knows_us: bool = True,
) -> tuple[Outcome, Mailboxes]:
    """Run a real mail server while something is sent."""
    authority, boxes = trustme.CA(), Mailboxes()
    boxes.knows_us = knows_us
    file = folder / "authority.pem"
    authority.cert_pem.write_to_path(file)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.tempfile() as pem:
        context.load_cert_chain(pem)

    async def run() -> Outcome:
        def connect() -> aiosmtpd.SMTP:
            return aiosmtpd.SMTP(
                boxes,
                hostname="mail.example.invalid",
                tls_context=context if offers_tls else None,
                authenticator=boxes.authenticate,
                auth_require_tls=offers_tls,
            )

        listening = await asyncio.get_running_loop().create_server(connect, "127.0.0.1", 0)
        port: int = listening.sockets[0].getsockname()[1]
        trusted = ssl.create_default_context(cafile=file)
        try:
            return await use(replace(server("127.0.0.1", port), trusted=trusted))
        finally:
            listening.close()

    return asyncio.run(run()), boxes


def test_a_real_mail_server_takes_a_mail(tmp_path: Path) -> None:
    """After STARTTLS and the password, with letters that are not of ASCII."""
    told = notice(alert(summary="Belum ada kabar — perlu dicek"))

    async def use(there: MailServer) -> Outcome:
        return await SmtpSender(there, 5).send(delivery(TARGET, told))

    outcome, boxes = with_mail_server(tmp_path, use, offers_tls=True)
    [mail] = boxes.mails
    assert isinstance(mail, EmailMessage)
    assert Delivered(str(mail["Message-ID"])) == outcome
    assert [PASSWORD.encode()] == boxes.passwords
    assert "Belum ada kabar — perlu dicek" in text_of(mail)


def test_a_password_that_is_not_good_any_more_refuses_no_mail(tmp_path: Path) -> None:
    """It is the channel's fault, so the mail waits until somebody has mended it."""

    async def use(there: MailServer) -> Outcome:
        return await SmtpSender(there, 5).send(delivery(TARGET))

    outcome, boxes = with_mail_server(tmp_path, use, offers_tls=True, knows_us=False)
    assert (TryAgain("smtp 535"), []) == (outcome, boxes.mails)


def test_nothing_is_said_to_a_server_without_tls(tmp_path: Path) -> None:
    """It may be somebody in between who leaves it out: no password, no mail."""

    async def use(there: MailServer) -> Outcome:
        return await SmtpSender(there, 5).send(delivery(TARGET))

    outcome, boxes = with_mail_server(tmp_path, use, offers_tls=False)
    assert (TryAgain("tls"), [], []) == (outcome, boxes.passwords, boxes.mails)
