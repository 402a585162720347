"""What a demo says in words: what is happening, what it came to, and what it does not promise.

Indonesian first, English beside it. Everything here is a function of the board, so it is tested
without a terminal.
"""

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from msgspec import Struct

from streams.cli.demo_board import Board
from streams.cli.demo_latency import percentile
from streams.cli.look import mark_of
from streams.domain.alert import Text
from streams.domain.times import SECOND_MS, EpochMs
from streams.simulation.story import Caption, Story
from streams.simulation.verdict import complaints
from streams.wire.documents import AlertDocument, TransitionDocument
from streams.wire.time import format_time

__all__ = [
    "EMBEDDED_NOTE",
    "Language",
    "Run",
    "caption_words",
    "clock_words",
    "countdown_words",
    "line_words",
    "summary_lines",
    "words_in",
]

EMBEDDED_NOTE: Final = Text(
    "Broker tertanam menyimpan semuanya di memori: tanpa replika, tanpa jam broker, tanpa janji"
    " setelah mati. Untuk pemakaian nyata: Apache Kafka (--broker).",
    "The embedded broker keeps everything in memory: no replicas, no broker clock, no promise after"
    " a crash. For real use: Apache Kafka (--broker).",
)
_CLOCK: Final = slice(len("2024-11-27T"), len("2024-11-27T07:10:00"))
_MS: Final = 1_000


class Language(StrEnum):
    """Which of its two languages a text is shown in, where there is room for one."""

    ID = "id"
    EN = "en"


class Run(Struct, frozen=True):
    """What was played, for the summary."""

    story: Story | None
    starts: EpochMs
    offset_minutes: int
    sent: Counter[str]
    wall_s: float
    is_complete: bool
    """Whether the whole day was played and judged."""


def words_in(language: Language, text: Text) -> str:
    """Return a text in one language."""
    return text.en if language is Language.EN else text.id


def clock_words(at: EpochMs, offset_minutes: int) -> str:
    """Return the time of day, as `07:10:00`."""
    return format_time(at, offset_minutes)[_CLOCK]


def countdown_words(due_at: EpochMs | None, now: EpochMs) -> str:
    """Return the played time that is left until the next level, as `4:05`; a dash: none comes."""
    if due_at is None:
        return "–"
    left_s = max(0, due_at - now) // SECOND_MS
    return f"{left_s // 60}:{left_s % 60:02}"


def caption_words(caption: Caption, offset_minutes: int) -> str:
    """Return a caption in both languages, on one line."""
    clock = clock_words(caption.at, offset_minutes)
    return f"{clock}  {caption.text.id} / {caption.text.en}"


def line_words(line: TransitionDocument, shown: AlertDocument | None, language: Language) -> str:
    """Return a change of an alert on one line; `shown` is the alert, if it was read already."""
    title = f"{line.rule} {line.scope}" if shown is None else words_in(language, shown.title)
    mark = mark_of(line.severity)
    return f"{line.at[_CLOCK]}  {mark}  {line.change:<14} {line.level:<11} {title}"


def summary_lines(board: Board, run: Run) -> Iterator[str]:
    """Say what the demo came to."""
    began, ended = (
        clock_words(run.starts, run.offset_minutes),
        clock_words(board.now, run.offset_minutes),
    )
    yield "Ringkasan / Summary"
    yield f"  waktu / time       {began} – {ended} ({run.wall_s:.0f} s)"
    yield f"  pesan / events     {_events(board, run.sent)}"
    yield f"  dead letter        {_counted(board.dead_letters)}"
    yield f"  siaga / alerts     {_alerts(board)}"
    yield f"  perubahan/changes  {_counted(Counter(str(one.change) for one in board.lines))}"
    yield from _latency(board)
    if run.is_complete and run.story is not None:
        yield from _verdict(board, run.story)


def _events(board: Board, sent: Counter[str]) -> str:
    told = (f"{topic} {count} ({board.taken[topic]})" for topic, count in sorted(sent.items()))
    return f"{', '.join(told) or '0'}: dikirim (diterima) / sent (taken)"


def _alerts(board: Board) -> str:
    counts = board.by_severity().items()
    told = (f"{mark_of(severity)} {count} ({opened})" for severity, (count, opened) in counts)
    return f"{', '.join(told)}: semua (terbuka) / all (open)"


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "0"


def _latency(board: Board) -> Iterator[str]:
    seconds = board.latency.seconds
    if not seconds:
        yield "  latensi / latency  – (tidak ada peristiwa yang memicu / no event caused a change)"
        return
    p50, p99 = (percentile(seconds, share) * _MS for share in (0.5, 0.99))
    yield f"  latensi / latency  p50 {p50:.0f} ms, p99 {p99:.0f} ms, n = {len(seconds)}"
    yield "    dari pengiriman sampai perubahan yang dipicunya terbaca kembali, jam dinding;"
    yield "    from handing an event to Kafka to reading back the change it caused, wall clock;"
    yield "    tanpa yang dipicu waktu / without those that time alone brings"


def _verdict(board: Board, story: Story) -> Iterator[str]:
    expected = len(list(story.expected))
    wrong = complaints(story, board.lines_told(), board.replies)
    if not wrong:
        yield f"  cerita / story     {expected} perubahan, semua sesuai / changes, all as written"
    else:
        yield f"  cerita / story     {len(wrong)} tidak sesuai / not as written:"
        yield from (f"    {one}" for one in wrong)
