"""A notice in full: one line a fact, and no line where there is nothing to say."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.alert import Change, Ladder, Text, Told
from streams.domain.ids import AlertId, AreaCode
from streams.domain.notice import Destination, NoticeKind, Post
from streams.domain.outgoing import Outgoing, OutgoingAlert
from streams.domain.words import Severity
from streams.texts.notices import full
from tests.support.outgoing import (
    CALL,
    CODES,
    ENDED,
    LINKS,
    MESSAGE,
    NOTICE,
    ROLL_UP,
    noticed,
)
from tests.support.world import local

KABAG: Final = Destination(Post("OPS", "polres_ops"), AreaCode("36.04"), 1)


def told(*notices: Outgoing, language: str = "id") -> list[str]:
    """Return the lines of some notices, that can be answered by code and by link."""
    return full(notices, language, CODES, LINKS).split("\n")


def lines_of(alert: OutgoingAlert, *, of: str, language: str = "id") -> list[str]:
    """Return the lines of an alert that begin with a label."""
    return [line for line in told(noticed(alert), language=language) if line.startswith(of)]


def test_a_call_says_all_that_is_asked_for() -> None:
    """Who, what, where, since when, why, what to do, until when, and how to answer."""
    assert [
        "TINGGI: TPS 003 Mekarsari belum buka",
        "Untuk: Polsek - mohon dijawab",
        "Tempat: TPS 003 Mekarsari, Carenang, Serang, Banten",
        "Sejak: 07:30 WIB",
        "Sebab: Belum ada kabar buka sampai 07:30; jadwal buka 07:00, tenggang 30 menit.",
        "Lakukan: Hubungi KPPS dan Pam TPS: sudah buka tetapi belum lapor, atau ada hambatan?",
        "Jawab sebelum: 07:35 WIB; sesudah itu dipanggil posko Polres",
        "Jawab: balas AMBIL 482135 untuk mengambil, NAIK 482135 untuk menaikkan",
        "Jawab lewat: https://siaga.example/a/QUJD",
        "Panduan: T03",
    ] == told(NOTICE)


def test_a_call_says_the_same_in_english() -> None:
    """The words to answer with stay as they are: it is they that are understood."""
    assert [
        "HIGH: TPS 003 Mekarsari has not opened",
        "For: Polsek - please answer",
        "Where: TPS 003 Mekarsari, Carenang, Serang, Banten",
        "Since: 07:30 WIB",
        "Why: No word of opening by 07:30; due 07:00, grace 30 minutes.",
        f"What to do: {CALL.action.en}",
        "Answer before: 07:35 WIB; after that Polres ops is called",
        "Answer: reply AMBIL 482135 to take it on, NAIK 482135 to send it up",
        "Answer at: https://siaga.example/a/QUJD",
        "Runbook: T03",
    ] == told(NOTICE, language="en")


def test_news_asks_for_nothing() -> None:
    """Neither an act nor an answer, though there is a code for it."""
    codes = {ENDED.alert: "482135"}
    assert [
        "SELESAI (kritis): Rusuh, bentrok massa: Mekarsari",
        "Untuk: Polsek - tidak perlu dijawab",
        "Tempat: Mekarsari, Carenang, Serang, Banten",
        "Sejak: 07:30 WIB",
        "Sebab: Belum ada kabar buka sampai 07:30; jadwal buka 07:00, tenggang 30 menit.",
        "Panduan: T03",
    ] == full([noticed(ENDED)], "id", codes, codes).split("\n")


@pytest.mark.parametrize(
    ("kind", "change", "severity", "head"),
    [
        (NoticeKind.CALL, Change.OPENED, Severity.CRITICAL, "KRITIS: "),
        (NoticeKind.CALL, Change.ESCALATED, Severity.HIGH, "TINGGI, naik: "),
        (NoticeKind.CALL, Change.RAISED, Severity.CRITICAL, "KRITIS, makin berat: "),
        (NoticeKind.CALL, Change.REOPENED, Severity.LOW, "RENDAH, muncul lagi: "),
        (
            NoticeKind.CALL,
            Change.UNACKNOWLEDGED,
            Severity.MEDIUM,
            "SEDANG, dilepas, perlu diambil lagi: ",
        ),
        (NoticeKind.INFORM, Change.OPENED, Severity.HIGH, "UNTUK DIKETAHUI (tinggi): "),
        (NoticeKind.INFORM, Change.ACKNOWLEDGED, Severity.HIGH, "DIAMBIL (tinggi): "),
        (NoticeKind.INFORM, Change.SHELVED, Severity.LOW, "DISISIHKAN (rendah): "),
        (NoticeKind.INFORM, Change.LOWERED, Severity.MEDIUM, "LEBIH RINGAN (sedang): "),
        (NoticeKind.INFORM, Change.RETURNED, Severity.HIGH, "PULIH (tinggi): "),
    ],
)
def test_the_head_says_how_grave_it_is_or_what_became_of_it(
    kind: NoticeKind, change: Change, severity: Severity, head: str
) -> None:
    """To who must act the first, to who must know the second."""
    alert = replace(CALL, kind=kind, change=change, severity=severity)
    assert f"{head}TPS 003 Mekarsari belum buka" == told(noticed(alert))[0]


@pytest.mark.parametrize(
    ("changed", "label", "expected"),
    [
        (
            replace(CALL, instead_of="tps"),
            "Pengganti",
            "Pengganti: di Pam TPS tidak ada yang bertugas, maka Anda yang diberi tahu",
        ),
        (
            replace(CALL, taken_by=Text("pasangan P03", "pair P03")),
            "Dipegang",
            "Dipegang: pasangan P03",
        ),
        (
            replace(CALL, unreached=("bpbd", "damkar")),
            "Hubungi",
            "Hubungi sendiri lewat telepon: BPBD, DAMKAR (tidak ada dalam daftar kontak)",
        ),
        (
            replace(CALL, flapping=True),
            "Hilang",
            "Hilang-timbul: datang dan perginya baru dikabarkan lagi setelah satu jam tenang",
        ),
        (replace(CALL, level="polda"), "Jawab sebelum", "Jawab sebelum: 07:35 WIB"),
        (
            replace(CALL, ladder=Ladder.ADM, level="camat", due_at=local("24:10")),
            "Jawab sebelum",
            "Jawab sebelum: besok 00:10 WIB; sesudah itu dipanggil panitia kabupaten",
        ),
        (replace(CALL, opened_at=local("-1:50")), "Sejak", "Sejak: kemarin 23:50 WIB"),
        (replace(CALL, opened_at=local("-25:10")), "Sejak", "Sejak: 2 hari lalu 23:10 WIB"),
        (
            replace(CALL, path=("Maluku", "Buru", "Namlea", "Namlea", "TPS 001 Namlea")),
            "Tempat",
            "Tempat: TPS 001 Namlea, Buru, Maluku",
        ),
        (
            replace(CALL, path=("Riau", "Kampar", "Kampa", "Pulau Kampar")),
            "Tempat",
            "Tempat: Pulau Kampar, Kampa, Kampar, Riau",
        ),
    ],
)
def test_what_is_there_to_say_has_a_line(changed: OutgoingAlert, label: str, expected: str) -> None:
    """With names, never with words of the software."""
    assert [expected] == lines_of(changed, of=label)
    assert [] == [line for line in told(NOTICE) if line == expected]


def test_who_was_told_before_is_named_by_level() -> None:
    """In order; those who are told just now are not among them."""
    alert = replace(
        CALL,
        told=(
            Told("OPS", "tps", local("07:30"), 0),
            Told("OPS", "polsek", local("07:35"), 2),
            Told("agency", "bpbd", local("07:35"), 1),
            Told("OPS", "polres_ops", local("07:40"), 1),
        ),
    )
    notice = replace(noticed(alert), destination=KABAG, at=local("07:40"))
    expected = "Sudah diberi tahu: Pam TPS 07:30 (tidak ada kontak), Polsek 07:35, BPBD 07:35"
    assert [expected] == [line for line in told(notice) if line.startswith("Sudah")]


@pytest.mark.parametrize(
    ("minutes", "since"), [(480, "08:30 WITA"), (540, "09:30 WIT"), (0, "00:30")]
)
def test_moments_are_those_of_the_place(minutes: int, since: str) -> None:
    """With the name of its zone, if it has one."""
    notice = replace(NOTICE, offset_minutes=minutes)
    assert f"Sejak: {since}" in told(notice)


def test_no_name_steers_what_is_read() -> None:
    """It ends no line and turns no text around, and half a character is left out."""
    steered = replace(CALL, title=Text("TPS\n003\u2028 \x1b[2Jbelum\u202e buka\ud800", ""))
    assert "TINGGI: TPS 003 [2Jbelum buka" == told(noticed(steered))[0]


def test_what_is_not_known_has_no_line() -> None:
    """An alert without place, summary, action, page, deadline, code and link is told as well."""
    bare = replace(
        CALL, path=(), summary=Text("", ""), action=Text("", ""), runbook="", due_at=None
    )
    assert [
        "TINGGI: TPS 003 Mekarsari belum buka",
        "Untuk: Polsek - mohon dijawab",
        "Sejak: 07:30 WIB",
    ] == full([noticed(bare)], "id", {}, {}).split("\n")


def test_several_alerts_are_counted_and_the_gravest_call_is_first() -> None:
    """Calls stand before news however grave, and each alert is a block of its own."""
    graver = replace(CALL, alert=AlertId("3604-B"), severity=Severity.CRITICAL)
    older = replace(CALL, alert=AlertId("3604-C"), opened_at=local("07:00"))
    blocks = "\n".join(told(noticed(ENDED, CALL), noticed(older, graver))).split("\n\n")
    assert [
        "3 alarm menunggu jawaban.",
        "KRITIS: TPS 003 Mekarsari belum buka",
        "TINGGI: TPS 003 Mekarsari belum buka",
        "TINGGI: TPS 003 Mekarsari belum buka",
        "SELESAI (kritis): Rusuh, bentrok massa: Mekarsari",
    ] == [block.split("\n")[0] for block in blocks]
    assert "Sejak: 07:00 WIB" in blocks[2]


def test_a_roll_up_says_how_many_and_which_are_left_out() -> None:
    """How many of which kecamatan, how fast they come, the gravest, and how many more."""
    lines = told(ROLL_UP)
    assert [
        "12 alarm baru di Kecamatan Carenang sejak 07:29. Dalam sepuluh menit terakhir muncul 14.",
        "",
        "TINGGI: TPS 003 Mekarsari belum buka",
    ] == lines[:3]
    assert ["", "… dan 11 lagi; semuanya ada di layar posko."] == lines[-2:]


def test_a_message_is_told_as_it_is() -> None:
    """Before the alerts, if there are some."""
    assert ["Catatan hari ini baru dimulai pukul 07:30."] == told(MESSAGE)
    assert ["The log of this day begins at 07:30."] == told(MESSAGE, language="en")
    assert [told(MESSAGE)[0], "", "TINGGI: TPS 003 Mekarsari belum buka"] == told(NOTICE, MESSAGE)[
        :3
    ]


@pytest.mark.parametrize("notice", [NOTICE, ROLL_UP, MESSAGE])
def test_a_drill_says_so_first_and_last(notice: Outgoing) -> None:
    """Whoever reads only the beginning, or only the end, knows it."""
    lines = told(replace(notice, drill=True))
    mark = "LATIHAN - bukan kejadian sebenarnya"
    assert [mark, mark] == [lines[0], lines[-1]]
    english = told(replace(notice, drill=True), language="en")
    assert english[0] == english[-1]
    assert english[0].startswith("EXERCISE")
