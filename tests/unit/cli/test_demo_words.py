"""What a demo says, in both languages."""

from collections import Counter

import pytest
from msgspec.structs import replace

from streams.cli.demo_board import Board
from streams.cli.demo_words import (
    Language,
    Run,
    caption_words,
    countdown_words,
    line_words,
    summary_lines,
)
from streams.domain.alert import AlertState, Change, Text
from streams.domain.times import EpochMs
from streams.simulation.story import Expectation, Incident, Story
from streams.wire.documents import AlertDocument
from tests.support.books import opened
from tests.support.world import KR, local
from tests.unit.cli.boards import CAPTIONS, STARTS, WIB, empty_board, show_alert, tell_line

RUN = Run(None, STARTS, WIB, Counter({"tps.status": 3}), 61.6, is_complete=True)


def summary(board: Board, run: Run = RUN) -> str:
    """Return the summary as it is printed."""
    return "\n".join(summary_lines(board, run))


def shown(board: Board) -> AlertDocument:
    """Return the one alert of a board."""
    [alert] = board.alerts.values()
    return alert


@pytest.mark.parametrize(
    ("due_at", "expected"),
    [
        (None, "–"),
        (local("07:10"), "0:00"),
        (EpochMs(local("07:10") - 1), "0:00"),
        (EpochMs(local("07:10") + 999), "0:00"),
        (local("07:10:01"), "0:01"),
        (local("07:14:05"), "4:05"),
        (local("09:00"), "110:00"),
    ],
)
def test_a_countdown_is_in_played_time(due_at: EpochMs | None, expected: str) -> None:
    """Minutes and seconds until the next level is told."""
    assert expected == countdown_words(due_at, local("07:10"))


def test_a_caption_has_both_languages() -> None:
    """Indonesian first."""
    assert "07:10:00  Belum buka / Not open" == caption_words(CAPTIONS[0], WIB)


@pytest.mark.parametrize(("language", "title"), [(Language.ID, "Judul"), (Language.EN, "Title")])
def test_a_change_has_the_title_of_its_alert(language: Language, title: str) -> None:
    """In the language that was asked for."""
    board = empty_board()
    show_alert(board, opened())
    tell_line(board, opened(), Change.OPENED)
    expected = f"07:30:00  ▲ T  opened         polsek      {title}"
    assert expected == line_words(board.lines[0], shown(board), language)


def test_a_change_that_is_read_before_its_alert_has_rule_and_scope() -> None:
    """It is never held back."""
    board = empty_board()
    tell_line(board, opened(), Change.OPENED)
    assert line_words(board.lines[0], None, Language.ID).endswith(f"  T03 {KR}")


def test_the_summary_of_nothing_is_whole() -> None:
    """A demo that was ended at once says so."""
    told = summary(empty_board(), replace(RUN, sent=Counter()))
    assert "  waktu / time       07:00:00 – 07:00:00 (62 s)" in told
    assert "  dead letter        0" in told
    assert "tidak ada peristiwa yang memicu / no event caused a change" in told


def test_the_summary_counts() -> None:
    """Sent and taken, alerts by severity, changes by kind."""
    board = empty_board()
    board.play_to(local("08:00"))
    show_alert(board, opened())
    tell_line(board, opened(), Change.OPENED)
    board.taken["tps.status"] = 2
    board.dead_letters["json"] = 1
    told = summary(board)
    assert "07:00:00 – 08:00:00" in told
    assert "tps.status 3 (2): dikirim (diterima) / sent (taken)" in told
    assert "  dead letter        json 1\n" in told
    assert "◆ K 0 (0), ▲ T 1 (1), ■ S 0 (0), ● R 0 (0)" in told
    assert "opened 1" in told


def test_the_summary_says_how_latency_was_measured() -> None:
    """Two percentiles, how many, from where to where."""
    board = empty_board()
    board.latency.seconds += [0.010, 0.020, 0.030]
    told = summary(board)
    assert "p50 20 ms, p99 30 ms, n = 3" in told
    assert "from handing an event to Kafka to reading back the change it caused" in told


def story(change: Change) -> Story:
    """Return a story that expects one change."""
    expected = Expectation(
        at=local("07:30"),
        within_s=1,
        rule="T03",
        scope=KR,
        key="",
        change=change,
        state=AlertState.UNACKNOWLEDGED,
        severity=None,
        level=None,
        cause="deadline",
    )
    incident = Incident(
        id="a",
        caption=CAPTIONS[0],
        mutes=(),
        posts=(),
        orders=(),
        expected=(expected,),
        never=(),
    )
    return Story(
        title=Text("a", "b"),
        starts=STARTS,
        ends=local("08:00"),
        offset_minutes=WIB,
        incidents=(incident,),
    )


def test_a_story_that_was_told_as_written_is_said_to_be() -> None:
    """Every expected change came, and no other."""
    board = empty_board()
    tell_line(board, opened(), Change.OPENED)
    told = summary(board, replace(RUN, story=story(Change.OPENED)))
    assert "1 perubahan, semua sesuai / changes, all as written" in told


def test_a_story_that_went_otherwise_is_named() -> None:
    """Each thing that is wrong is a line."""
    board = empty_board()
    tell_line(board, opened(), Change.OPENED)
    told = summary(board, replace(RUN, story=story(Change.RESOLVED)))
    assert "2 tidak sesuai / not as written:" in told
    assert "    missing: 07:30:00 T03" in told
    assert "    not expected: 07:30:00 T03" in told


def test_a_story_that_was_cut_short_is_not_judged() -> None:
    """What has not been played cannot be missing."""
    run = replace(RUN, story=story(Change.RESOLVED), is_complete=False)
    assert "cerita" not in summary(empty_board(), run)
