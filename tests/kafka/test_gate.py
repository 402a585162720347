"""`siaga gate` as a process: what goes in at its doors is on Kafka, or was not promised."""

import json
import ssl
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import Final, Protocol, cast
from urllib.parse import urlencode

import msgspec
import pytest
import trustme

from streams.answers.codes import codes_for
from streams.answers.links import sign_link
from streams.domain.ids import AlertId
from streams.domain.times import HOUR_MS, SECOND_MS, EpochMs
from streams.sinks.signing import sign
from tests.kafka.siaga import Siaga
from tests.kafka.test_gate_load import ids_on
from tests.support.commands import election_folder
from tests.support.kafka import Kafka
from tests.support.records import ordered_producer
from tests.support.shown import shown
from tests.unit.gate.answers import DESTINATION, asked
from tests.unit.gate.house import KEY, SECRET, report
from tests.unit.gate.ports import free_port
from tests.unit.territory.folders import TEXTS

pytestmark = pytest.mark.kafka

_ANSWER_KEY: Final = "a-key-of-links-and-codes-of-the-tests"
_SIGNING: Final = "68656c6c6f20776f726c642068656c6c6f20776f726c64212121212121212121"
_GATE: Final = """\
producer_key = "gate"
[limits]
kafka_s = 2.0
[producers.app]
secret_file = "{folder}/secret"
topics = ["crowd.reports", "tps.status"]
[gateways.sms]
channel = "sms"
kabupaten = "36.04"
sender = "from"
text = ["message"]
message_id = "id"
answers = ["sms"]
auth = [{{by = "token", token_file = "{folder}/token", header = "x-token"}}]
"""
_KEYS: Final = f"""\
must_sign = ["operator.commands"]
[producers.gate]
secret = "{_SIGNING}"
"""
_CONTACTS: Final = """\
[[contacts]]
ladder = "OPS"
level = "polsek"
area = "36.04"
name = "Piket"
channel = "sms"
target = "081234560001"
actor = "posko"
"""
Answered = tuple[int, Mapping[str, object]]


class _Certificate(Protocol):
    """As much of a certificate of the tests as is used; of its own word a part is unknown."""

    def configure_cert(self, context: ssl.SSLContext) -> None: ...


def _ask(
    connection: HTTPConnection, path: str, body: bytes, headers: Mapping[str, str]
) -> Answered:
    connection.request("POST", path, body, dict(headers))
    answer = connection.getresponse()
    text, is_json = answer.read(), "json" in answer.headers["content-type"]
    connection.close()
    return answer.status, json.loads(text) if is_json else {"page": text.decode()}


class Gate:
    """A gate's files, and where it listens."""

    def __init__(self, folder: Path, tls: str = "") -> None:
        self.port = free_port()
        texts = {"secret": SECRET, "token": "t0ken", "answer.key": _ANSWER_KEY}
        texts |= {"gate.toml": _GATE.format(folder=folder) + tls, "keys.toml": _KEYS}
        texts |= {"notify.toml": f'answer_key_file = "{folder}/answer.key"\n'}
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
        election = election_folder(folder, TEXTS | {"contacts.toml": _CONTACTS})
        settings = {
            "gate_file": folder / "gate.toml",
            "notify_file": folder / "notify.toml",
            "producer_keys_file": folder / "keys.toml",
        }
        lines = [f'{name} = "{path}"' for name, path in settings.items()]
        lines.append(f'elections = ["{election}"]')
        (folder / "siaga.toml").write_text("\n".join(lines), encoding="utf-8")
        self.words = ("gate", "--listen", f"127.0.0.1:{self.port}")

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answered:
        """Send a request, and return the status and the document of the answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        return _ask(connection, path, body, headers)

    def report(self, name: str) -> Answered:
        """Send a signed report."""
        body = report(name)
        shown = sign([KEY], f"m-{name}", int(time.time()), body)
        headers = {**shown, "siaga-producer": "app", "content-type": "application/json"}
        return self.post("/v1/crowd.reports", body, headers)


def test_what_is_sent_is_on_kafka_and_the_gate_ends_in_order(
    kafka: Kafka, prefix: str, tmp_path: Path
) -> None:
    """A report, an SMS and a heartbeat's probe; then SIGTERM, and exit code 0."""
    siaga, gate = Siaga(kafka.bootstrap, prefix, tmp_path), Gate(tmp_path)
    assert 0 == siaga.run("topics", "create").returncode
    with siaga.start(*gate.words) as running:
        running.line_with("the gate is open")
        status, answer = gate.report("r-1")
        assert (202, "r-1") == (status, answer["id"])
        assert str(answer["tracking"]).startswith("3604-")
        sms = urlencode({"from": "0811000001", "message": "Ada keributan", "id": "7"}).encode()
        form = {"content-type": "application/x-www-form-urlencoded"}
        assert 200 == gate.post("/v1/gateways/sms", sms, {**form, "x-token": "t0ken"})[0]
        assert 401 == gate.post("/v1/gateways/sms", sms, form)[0]
        running.process.terminate()
        assert 0 == running.process.wait(20)
    ids = ids_on(kafka, f"{prefix}crowd.reports")
    assert (2, True) == (len(ids), "r-1" in ids)


def test_an_answer_by_link_and_by_code_is_a_signed_command(
    kafka: Kafka, prefix: str, tmp_path: Path
) -> None:
    """The page is shown, a POST of it is a command, and so is the code in an SMS."""
    siaga, gate = Siaga(kafka.bootstrap, prefix, tmp_path), Gate(tmp_path)
    assert 0 == siaga.run("topics", "create").returncode
    alert = shown()
    producer = ordered_producer(kafka.bootstrap)
    producer.produce(f"{prefix}siaga.alerts", msgspec.json.encode(alert), alert.id)
    assert 0 == producer.flush(30)
    key = _ANSWER_KEY.encode()
    token = sign_link(asked(), EpochMs(round(time.time() * SECOND_MS) + HOUR_MS), [key])
    code = codes_for(key, DESTINATION, [AlertId(alert.id)])[AlertId(alert.id)]
    with siaga.start(*gate.words) as running:
        running.line_with("the gate is open")
        form = {"content-type": "application/x-www-form-urlencoded"}
        status, page = gate.post(f"/a/{token}", b"verb=ack", form)
        assert (202, True) == (status, "Jawaban terkirim" in str(page["page"]))
        sms = urlencode({"from": "081234560001", "message": f"AMBIL {code}", "id": "8"})
        headers = {**form, "x-token": "t0ken"}
        assert 200 == gate.post("/v1/gateways/sms", sms.encode(), headers)[0]
    shown_as = siaga.run("tail", "operator.commands", "--from-beginning", "--no-follow").stdout
    assert 2 == shown_as.count(b'"command":"ack"')
    assert 2 == len(ids_on(kafka, f"{prefix}operator.commands"))


def test_while_the_broker_is_away_nothing_is_promised_and_a_repeat_is_good(
    prefix: str, tmp_path: Path
) -> None:
    """503 and not ready; when it is back the same requests are taken, and none is lost."""
    with Kafka() as kafka:
        siaga, gate = Siaga(kafka.bootstrap, prefix, tmp_path), Gate(tmp_path)
        assert 0 == siaga.run("topics", "create").returncode
        with siaga.start(*gate.words) as running:
            running.line_with("the gate is open")
            assert 202 == gate.report("r-0")[0]
            kafka.kill()
            assert {503} == {gate.report(f"r-{number}")[0] for number in range(1, 3)}
            kafka.restart()
            while gate.report("r-1")[0] != 202:
                time.sleep(0.2)
            assert 202 == gate.report("r-2")[0]
        assert {"r-0", "r-1", "r-2"} == set(ids_on(kafka, f"{prefix}crowd.reports"))


def test_a_certificate_opens_what_it_may(kafka: Kafka, prefix: str, tmp_path: Path) -> None:
    """TLS ends at the gate: with the producer's certificate 202, with another 401."""
    authority = trustme.CA()
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(
        tmp_path / "gate.pem"
    )
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    tls = (
        f'[tls]\ncertificate_file = "{tmp_path}/gate.pem"\nkey_file = "{tmp_path}/gate.pem"\n'
        f'client_ca_file = "{tmp_path}/ca.pem"\n'
        '[producers.kpu]\ntopics = ["crowd.reports"]\ncertificates = ["DNS:kpu.example"]\n'
    )
    siaga, gate = Siaga(kafka.bootstrap, prefix, tmp_path), Gate(tmp_path, tls)
    assert 0 == siaga.run("topics", "create").returncode
    with siaga.start(*gate.words) as running:
        assert "https://" in running.line_with("the gate is open")
        for name, status in (("kpu.example", 202), ("other.example", 401), ("", 401)):
            context = ssl.create_default_context(cafile=str(tmp_path / "ca.pem"))
            if name:
                cast("_Certificate", authority.issue_cert(name)).configure_cert(context)
            connection = HTTPSConnection("127.0.0.1", gate.port, context=context, timeout=30)
            headers = {"content-type": "application/json"}
            assert status == _ask(connection, "/v1/crowd.reports", report("r-tls"), headers)[0]
