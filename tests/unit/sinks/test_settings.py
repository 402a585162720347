"""The file of channels and mirrors: what is known, what is refused, what is usual."""

from pathlib import Path

import pytest

from streams.delivery.policy import Limit
from streams.errors import ConfigError
from streams.sinks.channel_settings import SmtpSettings, TelegramSettings
from streams.sinks.settings import NotifySettings, answer_keys, load_notify, parse_notify

FILE = """
gate = "https://siaga.example.invalid/"
[channels.sms]
type = "http"
url = "https://sms.example.invalid/send"
[channels.telegram]
type = "telegram"
token_file = "token"
give_up_s = 30
calls = [{count = 2, within_s = 60}]
[channels.mail]
type = "smtp"
host = "mail.example.invalid"
sender = "posko@example.invalid"
[channels.hook]
type = "webhook"
[channels.latihan]
type = "file"
path = "latihan.jsonl"
drill = true
[mirrors.posko]
type = "alertmanager"
urls = ["http://localhost:9093"]
"""
KEY = "k" * 32
NAME = "of at most 32 small letters, digits, _ and -, a letter first"
WORDS = "cap, file, http, smtp, stdout, telegram, webhook"


def test_channels_and_mirrors_have_names_and_types() -> None:
    """The gate's address stands without the slash at its end, for paths are put behind it."""
    found = parse_notify(FILE)
    types = {name: str(one.__struct_config__.tag) for name, one in found.channels.items()}
    assert "https://siaga.example.invalid" == found.gate
    assert {
        "sms": "http",
        "telegram": "telegram",
        "mail": "smtp",
        "hook": "webhook",
        "latihan": "file",
    } == types
    assert ["posko"] == list(found.mirrors)
    assert ["latihan"] == [name for name, one in found.channels.items() if one.drill]


def test_a_text_message_is_throttled_as_goalert_does() -> None:
    """Source: GoAlert, engine/message/ratelimit.go."""
    policy = parse_notify(FILE).channels["sms"].policy
    assert (Limit(5, 900), Limit(11, 3_600), Limit(21, 10_800)) == policy.calls
    assert (Limit(1, 180), Limit(3, 1_200), Limit(8, 7_200)) == policy.informs
    assert (Limit(5, 5),) == policy.overall


def test_a_chat_of_telegram_gets_no_more_than_it_takes() -> None:
    """One a second and twenty a minute; a bot thirty a second."""
    policy = TelegramSettings(token_file="t").policy
    assert (Limit(1, 1), Limit(20, 60)) == policy.each
    assert (Limit(30, 1),) == policy.overall


def test_machines_are_not_throttled() -> None:
    """And each has a server of its own, so one that fails is no reason to leave others alone."""
    policy = parse_notify(FILE).channels["hook"].policy
    assert ((), (), (), ()) == (policy.calls, policy.informs, policy.each, policy.overall)
    assert not policy.shared


def test_what_a_channel_says_itself_wins() -> None:
    """All else is as usual for its type."""
    said, usual = parse_notify(FILE).channels["telegram"].policy, TelegramSettings.usual
    assert ((Limit(2, 60),), 30) == (said.calls, said.give_up_s)
    assert (usual.each, usual.timeout_s) == (said.each, said.timeout_s)


def test_a_limit_can_be_lifted() -> None:
    """An empty list is none, which is not the same as nothing said."""
    settings = SmtpSettings(host="h", sender="a@b", informs=())
    assert () == settings.policy.informs
    assert SmtpSettings.usual.overall == settings.policy.overall


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("channelz = {}", "f: channelz: 'channelz' is not known here; did you mean channels?"),
        ("gate = 7", "f: Expected `str`, got `int` - at `$.gate`"),
        ("channels = 7", "f: channels: expected a table"),
        ("channels.sms = 7", "f: channels.sms: expected a table"),
        (
            "[channels.SMS]",
            "f: channels.SMS: expected a name " + NAME,
        ),
        (
            "[channels.sms]",
            "f: channels.sms.type: expected one of " + WORDS,
        ),
        (
            "[channels.sms]\ntype='telegran'",
            "f: channels.sms.type: 'telegran' is not known here; did you mean telegram?",
        ),
        (
            "[channels.sms]\ntype='telegram'\ntokn_file='t'",
            "f: channels.sms.tokn_file: 'tokn_file' is not known here; did you mean token_file?",
        ),
        (
            "[channels.sms]\ntype='file'",
            "f: channels.sms: Object missing required field `path`",
        ),
        (
            "[mirrors.m]\ntype='grafana'\nurl='ftp://x'",
            "f: mirrors.m: Expected `str` matching regex '^https?://[^\\\\s?#]+\\\\Z' - at `$.url`",
        ),
    ],
)
def test_what_is_misspelt_is_refused(text: str, expected: str) -> None:
    """The message names the place and, where there is one, the word that was probably meant."""
    with pytest.raises(ConfigError) as raised:
        parse_notify(text, "f")
    assert expected == str(raised.value)


def test_a_file_that_is_no_toml_is_refused() -> None:
    """With the place where it stops to be it."""
    with pytest.raises(ConfigError, match=r"^f: not TOML: Expected '='"):
        parse_notify("gate", "f")
    with pytest.raises(ConfigError, match=r"^f: not TOML: gate: found a number of 5000 digits"):
        parse_notify(f"gate = {5000 * '9'}", "f")


def test_no_file_is_an_installation_without_channels() -> None:
    """Its notices are unaddressed, and somebody hears of that."""
    assert NotifySettings() == load_notify("")


def test_a_file_is_read(tmp_path: Path) -> None:
    """And one that is not there, or no text, is named."""
    file = tmp_path / "notify.toml"
    with pytest.raises(ConfigError, match=r"^notify_file: .*notify.toml cannot be read \(No such"):
        load_notify(str(file))
    file.write_bytes(b"\xff")
    with pytest.raises(ConfigError, match=r"expected text in UTF-8$"):
        load_notify(str(file))
    file.write_text(FILE)
    assert parse_notify(FILE) == load_notify(str(file))


def test_keys_of_answers_are_read_newest_first(tmp_path: Path) -> None:
    """Without a file nobody can answer; one that is short keeps nobody out and is refused."""
    file = tmp_path / "keys"
    settings = NotifySettings(answer_key_file=str(file))
    file.write_text(f"{KEY}2\n{KEY}1\n")
    assert () == answer_keys(NotifySettings())
    assert (f"{KEY}2".encode(), f"{KEY}1".encode()) == answer_keys(settings)
    file.write_text(f"{KEY}\n{KEY[1:]}\n")
    with pytest.raises(ConfigError, match=r"^answer_key: expected at least 32 letters a key$"):
        answer_keys(settings)
