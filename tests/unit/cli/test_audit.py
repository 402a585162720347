"""`siaga audit`: who did what, when, by which channel and from which record; and the proof."""

import json
from pathlib import Path
from typing import Final, cast

import pytest

from streams.cli.command import main
from streams.wire.told import encode_told
from tests.support.audits import changed, judged_lines
from tests.support.commands import DAY, TPS, TPS_1, TPS_2, Json, election_folder, event_line, status
from tests.support.events import call_for_help
from tests.support.stories import at, journal
from tests.support.world import world
from tests.unit.territory.folders import TEXTS

ALERT: Final = f"T03@{TPS_1}"
ROSTER: Final = "actor,role,area\nops,operator,36.04\nlook,viewer,36.04\npropam,propam,36.04\n"


def order(name: str, clock: str, command: str, by: str = "ops", **more: str) -> bytes:
    """Return a command, as a line of a recorded day; everybody claims to be a commander."""
    actor = {"id": by, "role": "commander"}
    at_text = f"{DAY}T{clock}+07:00"
    value = {"id": name, "at": at_text, "actor": actor, "command": command, **more}
    return event_line(value, "operator.commands")


def complaint(name: str, clock: str, officer: str) -> bytes:
    """Return what only Propam may hear."""
    value: Json = {
        "id": name,
        "at": f"{DAY}T{clock}+07:00",
        "source": {"id": f"warga-{name}", "role": "warga", "channel": "whatsapp"},
        "category": "NET-01",
        "subject": {"officer": officer},
        "place": {"tps": TPS_1},
    }
    return event_line(value, "crowd.reports")


def of_officer(name: str, clock: str, kind: str) -> bytes:
    """Return word of officer A1."""
    source = {"id": "A1", "role": "pam_tps"}
    return event_line({**status(name, clock, kind), "source": source, "officer": "A1"})


LINES: Final = (
    event_line(status("a", "06:30:00", "heartbeat")),
    of_officer("k", "06:40:00", "checkin"),
    *(event_line(status(f"o{n}", "07:09:00", "opened", tps)) for n, tps in enumerate(TPS[1:])),
    order("c0", "07:21:00", "ack", by="look", alert=ALERT, channel="telegram"),
    order("c1", "07:22:00", "ack", alert=ALERT, channel="room"),
    order("c2", "07:23:00", "note", alert=ALERT, reason="hubungi 0812-3456-7890"),
    order("c3", "07:24:00", "ack", by="ghost", alert=ALERT),
    event_line(status("o", "07:26:00", "opened")),
    complaint("n1", "07:30:00", "A1"),
    of_officer("d", "07:31:00", "duress"),
)
"""`TPS_1` opens at 07:26 and not by 07:20; somebody complains of A1, who calls for help."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the small election folder, with a roster."""
    return election_folder(tmp_path, {**TEXTS, "actors.csv": ROSTER})


@pytest.fixture
def day(tmp_path: Path) -> Path:
    """Write the day."""
    made = tmp_path / "events.jsonl"
    made.write_bytes(b"".join(LINES))
    return made


class Told:
    """What was told about a subject."""

    def __init__(self, folder: Path, day: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._words = [str(folder), "--events", str(day)]
        self._capsys = capsys

    def text(self, subject: str, *more: str) -> str:
        """Return it for people."""
        assert 0 == main(["audit", subject, *self._words, *more])
        return self._capsys.readouterr().out

    def acts(self, subject: str) -> list[dict[str, Json]]:
        """Return the acts for programs."""
        read = json.loads(self.text(subject, "--json"))
        return cast("list[dict[str, Json]]", read["acts"])


@pytest.fixture
def told(folder: Path, day: Path, capsys: pytest.CaptureFixture[str]) -> Told:
    """Return who tells about the day."""
    return Told(folder, day, capsys)


def test_an_alert_has_its_changes_each_with_its_record(told: Told) -> None:
    """Time alone, or who sent it, by which channel, when it was received, and where it stands."""
    text = told.text(ALERT)
    for line in (
        "2024-11-27 07:20:00  ■ S  T03 36.04.17.2010-001  muncul / opened: kpps,",
        "    dari / from waktu saja / time alone\n",
        "    dari / from perintah / command ack c1, oleh / by ops (operator; mengaku / claimed",
        " commander), lewat / through room, diterima / received 2024-11-27 07:22:00  (input:7)\n",
        "    dari / from kabar / status opened o, oleh / by kpps-36.04.17.2010-001 (kpps), lewat",
    ):
        assert line in text


def test_refused_commands_stand_beside_those_that_were_done(told: Told) -> None:
    """With the role by the roster, the one that was claimed, and the reason."""
    found = [
        (act["what"], act["outcome"], act.get("role", ""), act.get("refusal", ""))
        for act in told.acts(ALERT)
        if "outcome" in act and "line" not in act
    ]
    assert [
        ("ack", "refused", "viewer", "role viewer may not ack"),
        ("ack", "done", "operator", ""),
        ("note", "done", "operator", ""),
        (
            "ack",
            "refused",
            "",
            "the actor is not on the roster (users_file, actors.csv) of this election",
        ),
    ] == found


def test_no_telephone_number_is_told(told: Told) -> None:
    """Of a note its text, without the number in it."""
    text = told.text(ALERT) + told.text(ALERT, "--json")
    assert "3456" not in text
    assert "alasan / reason: hubungi …" in text


def test_a_tps_has_its_events_and_all_of_its_alerts(told: Told) -> None:
    """What was heard from there, in the order of the day, and nothing of its neighbours."""
    acts = told.acts(TPS_1)
    events = [act["id"] for act in acts if "line" not in act and "alert" not in act]
    assert ["a", "k", "o", "n1", "d"] == events
    assert {"c0", "c1", "c2", "c3"} <= {str(act.get("id")) for act in acts}
    times = [str(act["at"]) for act in acts]
    assert sorted(times) == times
    assert TPS_2 not in told.text(TPS_1)


@pytest.mark.parametrize("name", ["A1", "officer:36.04/A1"])
def test_an_officer_has_what_he_sent_and_what_is_about_him(told: Told, name: str) -> None:
    """Check-ins, cries for help, complaints, and the alerts of them."""
    acts = told.acts(name)
    assert ["k", "n1", "d"] == [act["id"] for act in acts if "line" not in act]
    lines = {str(cast("dict[str, Json]", act["line"])["rule"]) for act in acts if "line" in act}
    assert {"W02", "W08"} <= lines


def test_an_actor_has_his_commands(told: Told) -> None:
    """Also those that were refused."""
    assert ["c1", "c2"] == [act["id"] for act in told.acts("ops")]
    assert [("c0", "telegram")] == [
        (act["id"], cast("dict[str, Json]", act["sender"])["channel"]) for act in told.acts("look")
    ]


def test_what_is_restricted_bears_its_mark(told: Told) -> None:
    """The alert and each of its lines; other alerts have none."""
    text = told.text("A1")
    marks = [line for line in text.splitlines() if "[terbatas / restricted: propam]" in line]
    assert marks
    assert all("W08" in line for line in marks)
    assert all("W08" not in line for line in text.splitlines() if line not in marks)


def test_one_language_may_be_asked_for(told: Told) -> None:
    """Indonesian or English alone."""
    indonesian, english = told.text(ALERT, "--lang", "id"), told.text(ALERT, "--lang", "en")
    assert "perintah ack" in indonesian
    assert "command ack" not in indonesian
    assert "command ack" in english
    assert "perintah" not in english


def test_what_is_not_in_the_day_is_bad_input(
    folder: Path, day: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message says what can be asked for."""
    assert 1 == main(["audit", "B9", str(folder), "--events", str(day)])
    error = capsys.readouterr().err
    assert error.startswith(f"siaga: {day}: nothing about B9 in it; expected an alert's id,")


def test_a_day_must_be_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2 without events or journal."""
    assert 2 == main(["audit", ALERT, str(folder)])
    assert "--events FILE or --journal FILE" in capsys.readouterr().err


TOLD: Final = judged_lines(journal(at("06:00"), call_for_help("A1"), at("07:46")), world())


def test_an_export_is_verified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 0 and where it ends; with a byte changed exit 1, and which line it is."""
    file = tmp_path / "told.jsonl"
    file.write_bytes(b"".join(encode_told(line) + b"\n" for line in TOLD))
    assert 0 == main(["audit", "verify", "--file", str(file), "--known", TOLD[0].chain])
    assert capsys.readouterr().out.startswith(f"ok {len(TOLD)} lines\npartition 0: {len(TOLD)} ")
    bad = [*TOLD[:2], changed(TOLD[2], b'"revision":', b'"revision":1'), *TOLD[3:]]
    file.write_bytes(b"".join(encode_told(line) + b"\n" for line in bad))
    assert 1 == main(["audit", "verify", "--file", str(file)])
    _, offset, n = TOLD[2].place
    where = f"{file}:3: partition 0, journal record {offset}, line {n}"
    assert f"not as told: {where}: changed, or a line before it is missing\n" == (
        capsys.readouterr().out
    )


def test_another_file_is_no_export(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The line is named, and what was expected."""
    file = tmp_path / "lines.jsonl"
    file.write_bytes(TOLD[0].value + b"\n")
    assert 1 == main(["audit", "verify", "--file", str(file)])
    expected = f"siaga: {file}:1: expected a line of `siaga export transitions --provenance`"
    assert capsys.readouterr().err.startswith(expected)
