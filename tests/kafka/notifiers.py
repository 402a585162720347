"""Notifiers as real processes, a slow receiver of webhooks, and notices written by hand."""

import threading
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final, Self

import msgspec

from streams.domain.ids import ElectionId
from streams.domain.outgoing import Outgoing
from streams.domain.receipt import Receipt
from streams.engine.topics import Topic
from tests.kafka.programs import Programs
from tests.support.commands import election_folder
from tests.support.installation import Installation
from tests.support.kafka import Kafka
from tests.support.notice_records import record_of
from tests.support.records import ordered_producer
from tests.unit.territory.folders import Texts, replaced

__all__ = ["ELECTION", "Hook", "Notifiers", "polsek_by", "told_by", "write_notices"]

ELECTION: Final = ElectionId("serang-2024")
_SECRET: Final = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
_POLSEK: Final = 'channel = "webhook"\ntarget = "https://notify.example.invalid/OPS"'
_WEBHOOK: Final = """\
[channels.webhook]
type = "webhook"
secret_file = "{secret}"
bundles = false
give_up_s = 60
"""

decode_receipt: Final = msgspec.json.Decoder(Receipt).decode


class Hook:
    """A receiver of webhooks that takes its time; remembers the id of every message."""

    def __init__(self, seconds: float) -> None:
        self.ids: list[str] = []
        self.is_down = False
        hook, pause = self, threading.Event()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                """Take a message."""
                self.rfile.read(int(self.headers["content-length"]))
                hook.ids.append(self.headers["webhook-id"])
                pause.wait(seconds)
                self.send_response(503 if hook.is_down else 204)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is given by its base
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_port}/hook"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class Notifiers(Programs):
    """`siaga notify` in as many processes as a test starts, gone at the end of the block."""

    def __init__(
        self, broker: str, prefix: str, files: Path, texts: Texts, channels: str = _WEBHOOK
    ) -> None:
        """Write an election folder of these texts and a file of channels, and make the topics."""
        folder = election_folder(files, texts)
        (files / "secret").write_text(_SECRET, encoding="utf-8")
        (files / "notify.toml").write_text(
            channels.format(secret=files / "secret"), encoding="utf-8"
        )
        super().__init__(Installation(broker, prefix, folder, files))
        self.installation.settings |= {
            "clock": "broker",
            "partitions": "4",
            "notify_file": str(files / "notify.toml"),
            "session_s": "3",
            "heartbeat_s": "0.5",
        }
        self.installation.run("topics", "create")

    def start(self, name: str, **settings: str) -> None:
        """Start a notifier of a lasting name; some settings may be those of this one alone."""
        self.launch(name, "notify", "--instance", name, **settings)

    def receipts(self) -> list[Receipt]:
        """Return all receipts that there are."""
        found = self.installation.read(Topic.RECEIPTS, Topic.RESTRICTED_RECEIPTS)
        records = [one for log in found.values() for one in log]
        return [decode_receipt(one.value or b"") for one in records]

    def committed(self) -> bool:
        """Whether everything is committed."""
        topics = (Topic.NOTICES, Topic.RESTRICTED_NOTICES)
        return not any(self.installation.uncommitted("siaga-notify", one) for one in topics)


def polsek_by(channel: str, target: str, *more: str) -> Texts:
    """Return the texts of the folder whose Polsek has this address."""
    lines = (f'channel = "{channel}"', f'target = "{target}"', *more)
    return replaced("contacts.toml", (_POLSEK, "\n".join(lines)))


def told_by(hook: Hook, kafka: Kafka, prefix: str, files: Path) -> Notifiers:
    """Return notifiers of an installation whose Polsek is told by a hook."""
    return Notifiers(kafka.bootstrap, prefix, files, polsek_by("webhook", hook.url))


def write_notices(installation: Installation, notices: Sequence[Outgoing]) -> None:
    """Write notices as a fold does, over all partitions."""
    producer = ordered_producer(installation.broker)
    for number, one in enumerate(notices):
        topic = Topic.RESTRICTED_NOTICES if one.restricted_to else Topic.NOTICES
        producer.produce(
            installation.prefix + topic,
            record_of(one),
            partition=number % installation.partitions,
        )
    assert producer.flush(30) == 0
