"""The file of the gate, and what is wrong with one."""

from pathlib import Path

import pytest

from streams.errors import ConfigError
from streams.gate.callers import Callers
from streams.gate.events import DOORS
from streams.gate.settings import NOTHING, GateSettings, parse_settings, read_settings
from tests.unit.gate.house import ENVIRONMENT, SETTINGS

EXAMPLE = Path(__file__).parents[3] / "deploy" / "gate.example.toml"
BAD: dict[str, tuple[str, str]] = {
    "no TOML": ("a = ", "gate.toml: not TOML: "),
    "a number of more digits than Python reads": (
        "[limits]\nbody_bytes = " + "9" * 5000,
        "gate.toml: not TOML: body_bytes: found a number of 5000 digits, expected a whole number",
    ),
    "a misspelt section": ("[gateway.a]", "unknown field `gateway`; did you mean gateways?"),
    "a misspelt field": (
        '[producers.a]\ntopics=["tps.status"]\nsecret_fil="a"',
        "unknown field `secret_fil` - at `$.producers[...]`; did you mean secret_file?",
    ),
    "no topic": ("[producers.a]\ntopics=[]", "Expected `array` of length >= 1"),
    "a name with a space": (
        '[producers."a b"]\ntopics=["tps.status"]',
        "'a b': expected as a name small letters",
    ),
    "a proxy that is none": ('proxies=["banana"]', "proxies: expected addresses or networks, as"),
    "all proxies and one": ('proxies=["*","10.0.0.1"]', "or * alone; got '*'"),
    "no pace": (
        '[producers.a]\ntopics=["tps.status"]\nevents_per_s=0',
        "Expected `float` > 0.0 - at `$.producers[...].events_per_s`",
    ),
}


@pytest.mark.parametrize(("text", "message"), BAD.values(), ids=BAD)
def test_a_file_that_cannot_be_used_says_why(text: str, message: str) -> None:
    """It names the file, the field, and what was probably meant."""
    with pytest.raises(ConfigError) as caught:
        parse_settings(text, "gate.toml")
    assert str(caught.value).startswith("gate.toml: ")
    assert message in str(caught.value)


UNUSABLE: dict[str, tuple[str, str]] = {
    "no secret": (
        '[producers.a]\ntopics=["tps.status"]',
        "producers.a.secret: expected producers.a.secret_file, producers.a.secret_env or cert",
    ),
    "a variable that is not set": (
        '[producers.a]\ntopics=["tps.status"]\nsecret_env="NO"',
        "producers.a.secret_env: the variable NO: expected a secret, got nothing",
    ),
    "a secret that is none": (
        '[producers.a]\ntopics=["tps.status"]\nsecret_env="TOKEN"',
        "producers.a.secret: not a secret of Standard Webhooks",
    ),
    "a topic that is none": (
        '[producers.a]\ntopics=["tps"]\nsecret_env="APP"',
        "producers.a: found the topic tps, expected one of crowd.reports, ",
    ),
    "receipts": (
        '[producers.a]\ntopics=["siaga.receipts"]\nsecret_env="APP"',
        "producers.a: found the topic siaga.receipts, expected one of ",
    ),
    "a role that is none": (
        '[producers.a]\ntopics=["tps.status"]\nroles=["king"]\nsecret_env="APP"',
        "producers.a: found the role king, expected one of ",
    ),
    "heartbeats of anybody": (
        '[anybody]\ntopics=["siaga.gateways"]',
        "anybody: siaga.gateways is taken from producers only, who sign",
    ),
    "anybody in any role": (
        '[anybody]\ntopics=["crowd.reports"]\nroles=[]',
        "gate.toml: Expected `array` of length >= 1 - at `$.anybody.roles`",
    ),
    "an area that is none": (
        '[producers.app]\nsecret_env="APP"\ntopics=["siaga.gateways"]\nareas=["3604"]',
        "producers.app: found the area 3604, expected the code of a kabupaten",
    ),
    "commands of anybody": (
        '[anybody]\ntopics=["operator.commands"]',
        "anybody: operator.commands is taken from producers only, who sign",
    ),
    "a certificate that nobody signs": (
        '[producers.a]\ntopics=["tps.status"]\ncertificates=["DNS:a"]',
        "producers with certificates need tls.client_ca_file",
    ),
    "one certificate of two": (
        "\n".join(
            f'[producers.{name}]\ntopics=["tps.status"]\ncertificates=["DNS:a"]' for name in "ab"
        ),
        "producers.b: DNS:a is the certificate of a already",
    ),
}


@pytest.mark.parametrize(("text", "message"), UNUSABLE.values(), ids=UNUSABLE)
def test_what_does_not_go_together_is_refused_before_the_first_request(
    text: str, message: str
) -> None:
    """With the name of the field, and never the secret."""
    with pytest.raises(ConfigError) as caught:
        Callers(parse_settings(text, "gate.toml"), DOORS, ENVIRONMENT)
    assert str(caught.value).startswith(message)
    assert not any(secret in str(caught.value) for secret in ENVIRONMENT.values())


def test_a_gate_without_a_file_has_no_doors_for_anybody(tmp_path: Path) -> None:
    """Nothing is open that nobody opened; a file that is not there is named."""
    assert NOTHING == read_settings("") == GateSettings()
    with pytest.raises(ConfigError, match=r"none\.toml: cannot be read"):
        read_settings(str(tmp_path / "none.toml"))
    (tmp_path / "bad.toml").write_bytes(b"\xff")
    with pytest.raises(ConfigError, match=r"bad\.toml: expected UTF-8"):
        read_settings(str(tmp_path / "bad.toml"))
    (tmp_path / "good.toml").write_text(SETTINGS, "utf-8")
    assert {"app", "room"} == set(read_settings(str(tmp_path / "good.toml")).producers)


def test_the_example_is_one() -> None:
    """What is shipped to begin from can be read."""
    settings = read_settings(str(EXAMPLE))
    assert settings.producers
    assert settings.gateways
    assert settings.pagerduty
