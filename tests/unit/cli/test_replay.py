"""`siaga replay`, to the letter of the contract: lines out, dead letters told, exit codes."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Final, cast

import pytest

from streams.cli.command import main
from streams.config import Config
from streams.domain.journal import IntakeMark
from streams.domain.partition import partition_of
from streams.domain.times import MINUTE_MS, EpochMs
from streams.setup import load_setup, recorded_settings
from streams.wire.accept import Acceptor
from streams.wire.journal import JournalLine, encode_line
from streams.wire.records import Inbound, Journaled
from streams.wire.time import parse_time
from tests.support.commands import DAY, NOBODY, TPS, TPS_1, TPS_2, event_line, status

ROOT: Final = Path(__file__).parents[3]
OPENED_ALL: Final = b"".join(
    event_line(status(f"o{number}", "07:09:00", "opened", tps)) for number, tps in enumerate(TPS)
)
SILENT: Final = (
    event_line(status("a", "06:30:00", "heartbeat")),
    *(event_line(status(f"o{n}", "07:09:00", "opened", tps)) for n, tps in enumerate(TPS[1:])),
    event_line(status("z", "07:21:30", "heartbeat", TPS_2)),
)
"""`TPS_1` says that it lives, and never that it opened."""


def events(parent: Path, *lines: bytes) -> Path:
    """Write an events file."""
    file = parent / "events.jsonl"
    file.write_bytes(b"".join(lines))
    return file


def told(out: bytes) -> list[tuple[str, ...]]:
    """Return rule, scope, change, time and cause of each line."""
    lines = [cast("dict[str, str]", json.loads(line)) for line in out.splitlines()]
    names = ("rule", "scope", "change", "at", "cause")
    return [tuple(line[name] for name in names) for line in lines]


def of_tps(lines: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the lines about TPS: a file of one message also says that nothing more came (X05)."""
    return [line for line in lines if line[1].startswith("36.")]


def test_lines_go_to_standard_output(
    folder: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """A TPS that has not opened in time is told at its deadline, to the second."""
    assert 0 == main(["replay", str(folder), str(events(tmp_path, *SILENT))])
    captured = capfdbinary.readouterr()
    opened = ("T03", TPS_1, "opened", f"{DAY}T07:20:00+07:00", "deadline")
    assert opened == of_tps(told(captured.out))[0]
    assert b"" == captured.err


def test_the_same_input_gives_the_same_bytes_wherever_they_go(
    folder: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """`--out` holds what standard output would have shown."""
    file, out = events(tmp_path, *SILENT), tmp_path / "lines.jsonl"
    assert 0 == main(["replay", str(folder), str(file)])
    shown = capfdbinary.readouterr().out
    assert 0 == main(["replay", str(folder), str(file), "--out", str(out)])
    assert b"" == capfdbinary.readouterr().out
    assert shown == out.read_bytes() != b""


def test_dash_is_standard_input(
    folder: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """A pipe gives the lines that the file gives, and its dead letters name it."""
    lines = (*SILENT, b"nonsense\n")
    assert 0 == main(["replay", str(folder), str(events(tmp_path, *lines))])
    command = [sys.executable, "-m", "streams.cli", "replay", str(folder), "-"]
    run = subprocess.run(
        command, input=b"".join(lines), capture_output=True, cwd=ROOT, check=True, timeout=60
    )
    assert capfdbinary.readouterr().out == run.stdout
    assert run.stderr.startswith(b"<stdin>:6: json: ")


def test_dead_letters_are_told_by_line(
    folder: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Blank lines count and are skipped; a conflict that only the fold sees is told alike."""
    file = events(
        tmp_path,
        event_line(status("a", "07:00:00", "opened")),
        b"\n",
        b"nonsense\n",
        b'{"value": {}}\n',
        event_line({"at": f"{DAY}T07:00:01+07:00"}),
        event_line(status("b", "07:00:02", "opened", NOBODY)),
        event_line(status("a", "07:00:03", "closed")),
        event_line(status("c", "07:00:04", "opened")).rstrip(b"\n"),
    )
    assert 0 == main(["replay", str(folder), str(file)])
    lines = capfdbinary.readouterr().err.decode().splitlines()
    found = [tuple(line.removeprefix(f"{file}:").split(": ", 2)[:2]) for line in lines]
    expected = [
        ("3", "json"),
        ("4", "envelope"),
        ("5", "schema"),
        ("6", "unknown"),
        ("7", "id_conflict"),
    ]
    assert expected == found


@pytest.mark.parametrize(("flags", "code"), [((), 0), (("--strict",), 1)])
def test_strict_makes_a_dead_letter_an_error(
    flags: tuple[str, ...], code: int, folder: Path, tmp_path: Path
) -> None:
    """Without it a dead letter is told, and the rest is judged."""
    file = events(tmp_path, OPENED_ALL, b"nonsense\n")
    assert code == main(["replay", str(folder), str(file), *flags])


def test_strict_is_content_with_good_input(folder: Path, tmp_path: Path) -> None:
    """Nothing was turned away: exit 0."""
    file = events(tmp_path, OPENED_ALL)
    assert 0 == main(["replay", str(folder), str(file), "--strict"])


def test_until_goes_on_and_ignores_what_is_later(
    folder: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """The clocks run on to it, and no line of the file moves them beyond."""
    file = events(tmp_path, *SILENT)
    until = f"{DAY}T07:20:00+07:00"
    assert 0 == main(["replay", str(folder), str(file), "--until", until])
    before = of_tps(told(capfdbinary.readouterr().out))
    assert 0 == main(["replay", str(folder), str(file), "--until", f"{DAY}T07:20:01+07:00"])
    after = of_tps(told(capfdbinary.readouterr().out))
    assert [] == before
    assert [("T03", TPS_1, "opened", until, "deadline")] == after


def test_the_final_state_of_every_alert_is_one_array(
    folder: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """One document an alert, with the revision of its last line, in the order of opening."""
    file, alerts = events(tmp_path, *SILENT), tmp_path / "alerts.json"
    assert 0 == main(["replay", str(folder), str(file), "--alerts", str(alerts)])
    last: dict[str, int] = {}
    for line in capfdbinary.readouterr().out.splitlines():
        change = json.loads(line)
        last[change["alert"]] = change["revision"]
    documents = json.loads(alerts.read_bytes())
    assert list(last.items()) == [(one["id"], one["revision"]) for one in documents]


def test_no_alert_is_an_empty_array(folder: Path, tmp_path: Path) -> None:
    """A quiet day is still a JSON document."""
    alerts = tmp_path / "alerts.json"
    file = events(tmp_path, OPENED_ALL)
    assert 0 == main(["replay", str(folder), str(file), "--alerts", str(alerts)])
    assert [] == json.loads(alerts.read_bytes())


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["{folder}", "nowhere.jsonl"], "siaga: nowhere.jsonl: cannot be read"),
        (["nowhere", "{events}"], "siaga: nowhere: no such folder"),
        (["{folder}", "{events}", "--out", "no/where"], "siaga: no/where: cannot be written"),
        (["{folder}", "--journal", "{events}"], "siaga: {events}:1: not a line of an exported"),
    ],
)
def test_what_cannot_be_used_is_named(
    words: list[str],
    message: str,
    folder: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Bad input exits 1 with one line."""
    names = {"folder": str(folder), "events": str(events(tmp_path, *SILENT))}
    assert 1 == main(["replay", *(word.format(**names) for word in words)])
    error = capfd.readouterr().err
    assert error.startswith(message.format(**names))
    assert 1 == error.count("\n")


def test_until_does_not_go_with_a_journal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is a matter of usage: exit 2."""
    words = ["replay", str(folder), "--journal", "j", "--until", f"{DAY}T07:00:00+07:00"]
    assert 2 == main(words)
    assert capsys.readouterr().err.startswith("siaga: --until is for events")


# ── A journal ────────────────────────────────────────────────────────────────────────────────────


def journal(acceptor: Acceptor, lines: tuple[bytes, ...], partitions: int) -> bytes:
    """Return the journal that intake would have written of events, with a mark a minute."""
    written: list[bytes] = []
    offsets = [0] * partitions
    home = partition_of(b"36.04", partitions)

    def put(partition: int, record: object, at: EpochMs) -> None:
        line = JournalLine(partition, offsets[partition], at, record)  # type: ignore[arg-type]  # Of any kind.
        offsets[partition] += 2  # Gaps are allowed.
        written.append(encode_line(line) + b"\n")

    marked = parse_time(f"{DAY}T06:30:00+07:00")
    for number, line in enumerate(lines, 1):
        read = json.loads(line)
        at = parse_time(read["received_at"])
        value = json.dumps(read["value"]).encode()
        while marked < at:
            for partition in range(partitions):
                mark = IntakeMark(
                    claims={"tps.status/0": marked},
                    sources={"tps.status": 1},
                    partitions=partitions,
                    clock=marked,
                )
                put(partition, mark, marked)
            marked = EpochMs(marked + MINUTE_MS)
        taken = acceptor.accept(Inbound(read["topic"], 0, number, at, None, value))
        assert isinstance(taken, Journaled)
        put(home, taken.record, at)
    return b"".join(written)


@pytest.fixture
def acceptor(folder: Path) -> Acceptor:
    """Return the intake of the small folder."""
    return load_setup([folder], recorded_settings(Config())).acceptor


def test_a_journal_gives_the_lines_of_its_events(
    folder: Path, tmp_path: Path, acceptor: Acceptor, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """The same changes at the same times; only the name of a causing record differs."""
    assert 0 == main(["replay", str(folder), str(events(tmp_path, *SILENT))])
    live = told(capfdbinary.readouterr().out)
    exported = tmp_path / "journal.jsonl"
    exported.write_bytes(journal(acceptor, SILENT, 3))
    assert 0 == main(["replay", str(folder), "--journal", str(exported)])
    again = told(capfdbinary.readouterr().out)
    assert [line[:4] for line in live] == [line[:4] for line in again] != []


def test_lines_of_a_journal_come_by_partition(
    folder: Path, tmp_path: Path, acceptor: Acceptor, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """The order of the file between partitions does not matter, as `siaga export` sorts too."""
    exported = tmp_path / "journal.jsonl"
    text = journal(acceptor, SILENT, 3)
    exported.write_bytes(text)
    assert 0 == main(["replay", str(folder), "--journal", str(exported)])
    mixed = capfdbinary.readouterr().out
    lines = sorted(text.splitlines(keepends=True), key=lambda line: -json.loads(line)["partition"])
    exported.write_bytes(b"".join(lines))
    assert 0 == main(["replay", str(folder), "--journal", str(exported)])
    assert mixed == capfdbinary.readouterr().out != b""


def test_a_journal_out_of_order_is_refused(
    folder: Path, tmp_path: Path, acceptor: Acceptor, capfd: pytest.CaptureFixture[str]
) -> None:
    """To judge it would give other lines than the day gave."""
    exported = tmp_path / "journal.jsonl"
    lines = journal(acceptor, SILENT, 1).splitlines(keepends=True)
    exported.write_bytes(b"".join([*lines[1:], lines[0]]))
    assert 1 == main(["replay", str(folder), "--journal", str(exported)])
    expected = f"siaga: {exported}:{len(lines)}: offset 0 of partition 0 stands behind a later one"
    assert capfd.readouterr().err.startswith(expected)
