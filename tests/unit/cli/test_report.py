"""`siaga report`: how an area stands, and what a shift hands on, for any moment of a day."""

from pathlib import Path
from typing import Final

import pytest

from streams.cli.command import main
from tests.support.commands import DAY, TPS, TPS_1, TPS_2, event_line, status

FLOOD: Final = "W13@36.04.17.2010|BEN-01"


def flooded(number: int, clock: str) -> bytes:
    """A supervisor reports a flood."""
    value = {
        "id": f"r{number}",
        "at": f"{DAY}T{clock}+07:00",
        "source": {"id": f"ptps-{number}", "role": "ptps"},
        "category": "BEN-01",
        "place": {"tps": TPS_1},
    }
    return event_line(value, "crowd.reports")


def ordered(name: str, clock: str, command: str, **more: str) -> bytes:
    """The chief gives a command about the flood."""
    actor = {"id": "kapolres", "role": "commander", "area": "36.04"}
    value = {"id": name, "at": f"{DAY}T{clock}+07:00", "actor": actor, "command": command}
    return event_line({**value, "alert": FLOOD, **more}, "operator.commands")


LINES: Final = (
    event_line(status("a", "06:30:00", "heartbeat")),
    *(event_line(status(f"o{n}", "07:00:00", "opened", tps)) for n, tps in enumerate(TPS)),
    flooded(1, "09:00:00"),
    ordered("c1", "09:02:00", "ack"),
    ordered("c2", "09:05:00", "note", step="jalur", reason="lewat <b>jembatan</b> *timur* | cepat"),
    ordered("c3", "09:06:00", "note", step="perahu"),
    event_line(status("h", "09:55:00", "heartbeat", TPS_2)),
    b"nonsense\n",
)
"""`TPS_1` and others open, a flood comes at 09:00, and `TPS_2` is heard of until 09:55."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write the day."""
    made = tmp_path / "events.jsonl"
    made.write_bytes(b"".join(LINES))
    return made


def report(what: str, folder: Path, file: Path, *more: str) -> str:
    """Return what is written into a file."""
    out = file.with_name("report.out")
    words = ["report", what, str(folder), "--events", str(file), "--out", str(out), *more]
    assert 0 == main(words)
    return out.read_text(encoding="utf-8")


def test_the_situation_is_that_of_its_moment(folder: Path, file: Path) -> None:
    """Before the flood there is nothing to tell; after it there is."""
    before = report("situation", folder, file, "--at", f"{DAY}T07:01:00+07:00")
    assert "| Pukul | 07:01 WIB |" in before
    assert "Tidak ada kejadian menonjol." in before
    assert "Banjir" not in before
    after = report("situation", folder, file, "--at", f"{DAY}T09:30:00+07:00")
    assert "| Nomor | LAPSIT/36.04/2024-11-27/0930 |" in after
    assert "| Hari, tanggal | Rabu, 27 November 2024 |" in after
    assert (
        "- 09:00 WIB ◆ K Banjir, longsor, kebakaran: Mekarsari, Carenang – diambil kapolres"
        in after
    )
    assert "1 dari 8 langkah selesai" in after
    assert "- 09:05 WIB kapolres: mencatat – ◆ K Banjir" in after
    assert "Diterima 1, dalam satu jam terakhir 1." in after


def test_a_storm_is_one_line(folder: Path, tmp_path: Path) -> None:
    """Of six TPS that halt the first is named, and the others are counted."""
    plan = folder / "tps.csv"
    texts = plan.read_text(encoding="utf-8").splitlines()
    names = [f"36.04.17.2010-{number:03}" for number in range(11, 17)]
    more = [texts[1].replace(TPS_1, name) for name in names]
    plan.write_text("\n".join([*texts, *more]) + "\n", encoding="utf-8")
    halts = [status(f"s{name}", "08:00:00", "suspended", name) for name in names]
    opened = [status(f"o{name}", "07:00:00", "opened", name) for name in names]
    day = tmp_path / "storm.jsonl"
    day.write_bytes(b"".join(map(event_line, [*opened, *halts])))
    told = report("situation", folder, day, "--at", f"{DAY}T08:20:00+07:00", "--area", TPS_1[:13])
    [line] = [one for one in told.splitlines() if "Pemungutan terhenti" in one and "T " in one][:1]
    assert line.endswith("; dan 5 lagi yang sejenis")
    assert 1 == told.count("lagi yang sejenis")


def test_a_day_of_nothing_reads_well(folder: Path, tmp_path: Path) -> None:
    """Every part says that there is nothing."""
    empty = tmp_path / "empty.jsonl"
    empty.write_bytes(b"")
    told = report("situation", folder, empty)
    for words in (
        "| Data terbaca sampai | belum ada data |",
        "Tidak ada alarm terbuka.",
        "Belum ada kabar dari TPS mana pun.",
        "Tidak ada kejadian menonjol.",
        "Tidak ada perintah dalam satu jam terakhir.",
        "Belum ada kotak yang berangkat (4 TPS).",
        "Menunggu pemeriksaan petugas 0; yang pernah menunggu dan selesai 0.",
        "Tidak ada yang jatuh tempo dalam satu jam ke depan.",
    ):
        assert words in told
    handed = report("handover", folder, empty)
    assert "Tidak ada laporan yang menunggu." in handed
    assert 8 < handed.count("Tidak ada.")


def test_the_handover_has_clocks_checklists_and_notes(folder: Path, file: Path) -> None:
    """What is done and what is to do, what was written, what was refused."""
    told = report("handover", folder, file, "--at", f"{DAY}T09:30:00+07:00")
    assert "# SERAH TERIMA JAGA" in told
    assert "| Masa jaga | 01:30 WIB – 09:30 WIB |" in told
    assert "diambil kapolres (komandan) 09:02 WIB" in told
    assert (
        "- ☑ Jalur keluar dan titik kumpul ditentukan dan diumumkan. (09:05 WIB oleh kapolres)"
        in told
    )
    assert 7 == told.count("- ☐ ")
    assert "kapolres: lewat \\<b\\>jembatan\\</b\\> \\*timur\\* \\| cepat – ◆ K Banjir" in told
    assert "kapolres: mencatat – the checklist of rule W13 has no step perahu" in told
    late = report("handover", folder, file, "--since", f"{DAY}T09:20:00+07:00")
    assert "jembatan" not in late


def test_it_is_written_in_english_too(folder: Path, file: Path) -> None:
    """Words, texts of rules and dates."""
    told = report("situation", folder, file, "--at", f"{DAY}T09:30:00+07:00", "--lang", "en")
    assert "# SITUATION REPORT" in told
    assert "| Day, date | Wednesday, 27 November 2024 |" in told
    assert "1 of 8 steps done" in told
    assert "Tidak ada" not in told


def test_html_is_one_file_in_which_strangers_write_text(folder: Path, file: Path) -> None:
    """Nothing is fetched from outside, and no tag of theirs is one."""
    page = report("handover", folder, file, "--format", "html")
    assert page.startswith('<!doctype html>\n<html lang="id">')
    assert "<title>SERAH TERIMA JAGA</title>" in page
    assert "lewat &lt;b&gt;jembatan&lt;/b&gt; *timur* | cepat" in page
    assert "<b>" not in page
    for word in ("http", "src=", "url(", "<script"):
        assert word not in page


COMPLAINT: Final = {
    "id": "n1",
    "at": f"{DAY}T09:10:00+07:00",
    "source": {"id": "warga-5", "role": "warga"},
    "category": "NET-01",
    "place": {"tps": TPS_1},
}


def test_restricted_matter_is_for_its_role_and_says_so(folder: Path, file: Path) -> None:
    """Nobody else learns that there is any; not by a mark either."""
    file.write_bytes(file.read_bytes() + event_line(COMPLAINT, "crowd.reports"))
    for role in ((), ("--role", "commander")):
        told = report("handover", folder, file, *role)
        assert "Propam" not in told
        assert "RAHASIA" not in told
    told = report("handover", folder, file, "--role", "propam")
    assert told.startswith("**RAHASIA – hanya untuk yang berhak**")
    assert "laporan untuk Propam" in told
    page = report("handover", folder, file, "--role", "propam", "--format", "html")
    assert '<div class="restricted">RAHASIA' in page
    assert '@top-center { content: "RAHASIA' in page


def test_no_report_names_who_reported(folder: Path, file: Path) -> None:
    """Nor a candidate."""
    for what in ("situation", "handover"):
        told = report(what, folder, file)
        assert "ptps-1" not in told
        assert "kpps-" not in told


def test_an_area_is_a_part_of_it(folder: Path, file: Path) -> None:
    """Its TPS and what happened there, and no more."""
    at = ("--at", f"{DAY}T09:30:00+07:00")
    other = report("situation", folder, file, "--area", "36.04.18", *at)
    assert "| Wilayah | Kecamatan Binuang: 1 desa/kelurahan, 1 TPS |" in other
    assert "Banjir" not in other
    assert "Banjir" in report("situation", folder, file, "--area", "36.04.17", *at)


REFUSED: Final[dict[str, tuple[str, str]]] = {
    "no such area": ("--area=36.05", "no TPS of this election lies in '36.05'"),
    "no code at all": ("--area=Serang", "it votes in 36.04"),
    "since of a situation": (f"--since={DAY}T06:00:00+07:00", "--since is for a handover"),
}


@pytest.mark.parametrize(("flag", "told"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_reported_is_refused(
    folder: Path, file: Path, capsys: pytest.CaptureFixture[str], flag: str, told: str
) -> None:
    """With what there is instead."""
    assert 2 == main(["report", "situation", str(folder), "--events", str(file), flag])
    assert told in capsys.readouterr().err


def test_standard_output_is_the_default(
    folder: Path, file: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """For a pipe."""
    assert 0 == main(["report", "situation", str(folder), "--events", str(file)])
    assert capsysbinary.readouterr().out.startswith(b"# LAPORAN SITUASI\n")
