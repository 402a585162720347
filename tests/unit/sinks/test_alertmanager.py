"""What Alertmanager is told: label sets that fire, ends, batches."""

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from streams.domain.alert import AlertState, Text
from streams.domain.times import MINUTE_MS, SECOND_MS, EpochMs
from streams.sinks.alertmanager import (
    BEATS,
    Firing,
    Held,
    Labels,
    Words,
    batches,
    end_of,
    firing_of,
    is_over,
    posted,
    to_say,
)
from streams.sinks.mirror_settings import AlertmanagerSettings
from streams.wire.board import Board
from tests.support.shown import NOW, alert_id, board_of, put, shown

SETTINGS: Final = AlertmanagerSettings(
    urls=("http://127.0.0.1:9093",),
    link="https://siaga.example/alerts/{alert}",
    runbooks="https://siaga.example/",
)
SOURCE: Final = "siaga/posko"
BEAT_MS: Final = MINUTE_MS
A: Final = alert_id(1)


def said(board: Board, held: Mapping[Labels, Held], *, beat: bool = False) -> list[Held]:
    """Return what Alertmanager must hear of a board."""
    must = Words(SETTINGS, SOURCE).wanted(board)
    return list(to_say(must, held, lambda one: end_of(one, board, NOW), beat=beat))


def after(board: Board) -> dict[Labels, Held]:
    """Return what Alertmanager has when it has heard all of a board."""
    return {one.firing.labels: one for one in said(board, {}, beat=True)}


def short(all_said: list[Held]) -> list[tuple[str, bool]]:
    """Return the level of what is said, and whether it fires."""
    return [(dict(one.firing.labels)["level"], one.ended_at is None) for one in all_said]


def test_labels_are_a_closed_set() -> None:
    """No desa, no TPS, no person is in one: the set of label sets stays small."""
    labels = dict(firing_of(SETTINGS, SOURCE, shown(A)).labels)
    expected = {
        "alertname": "T03",
        "alert": A,
        "severity": "high",
        "ladder": "OPS",
        "level": "polsek",
        "provinsi": "36",
        "kabupaten": "36.04",
        "kecamatan": "36.04.17",
        "election": "serang-2024",
        "drill": "false",
        "inhibited": "false",
        "restricted": "false",
        "source": SOURCE,
    }
    assert expected == labels


def test_an_alert_of_a_person_names_its_kabupaten_alone() -> None:
    """Neither labels nor annotations have the id of an officer or a source."""
    for scope in ("officer:36.04/budi", "source:36.04/budi", "pair:36.04/budi"):
        alert = replace(shown(A, scope=scope), acknowledged_by="budi")
        alert = replace(alert, scope=replace(alert.scope, name="budi"))
        firing = firing_of(SETTINGS, SOURCE, alert)
        assert "kecamatan" not in dict(firing.labels)
        assert "budi" not in repr(firing)


def test_annotations_say_what_to_do_in_both_languages() -> None:
    """What is empty is left out."""
    alert = replace(shown(A, AlertState.ACKNOWLEDGED), taken_by=Text("pasangan P03", "pair P03"))
    annotations = dict(firing_of(SETTINGS, SOURCE, alert).annotations)
    expected = {
        "summary": "TPS belum buka",
        "summary_en": "Polling station not open",
        "description": "Tidak ada kabar.",
        "description_en": "No word.",
        "action": "Hubungi petugas.",
        "action_en": "Call the officer.",
        "where": "TPS 001, Panenjoan, Carenang, Serang, Banten",
        "state": "acknowledged",
        "deadline": "2024-11-27T07:25:00+07:00",
        "acknowledged": "2024-11-27T07:10:00+07:00",
        "taken_by": "pasangan P03",
        "told": "OPS/polsek 2024-11-27T07:10:00+07:00",
        "runbook": "docs/runbooks/T03.md",
        "runbook_url": "https://siaga.example/docs/runbooks/T03.md",
    }
    assert expected == annotations


def test_words_follow_the_board() -> None:
    """What changes, ends, or is not shown any more is not said as before."""
    words, board = Words(SETTINGS, SOURCE), board_of(shown(A), shown(alert_id(2)))
    assert words.wanted(board) == words.wanted(board)
    put(board, shown(A, level="polres"), replace(shown(alert_id(2)), restricted_to=("propam",)))
    assert Words(SETTINGS, SOURCE).wanted(board) == words.wanted(board)
    assert 1 == len(words.wanted(board))
    put(board, shown(A, AlertState.RESOLVED))
    assert {} == words.wanted(board)


def test_what_is_held_is_not_said_again_before_the_beat() -> None:
    """Between two beats only what is new is said."""
    board = board_of(shown(A), shown(alert_id(2)))
    held = after(board)
    assert ([], 2) == (said(board, held), len(said(board, held, beat=True)))


def test_a_new_annotation_is_said_at_once() -> None:
    """Who looks at Alertmanager must not see an old deadline for a minute."""
    held = after(board_of(shown(A)))
    board = board_of(replace(shown(A), due_at="2024-11-27T07:40:00+07:00"))
    assert [("polsek", True)] == short(said(board, held))


def test_a_new_level_ends_the_old_one_and_fires_anew() -> None:
    """The end stands before, so that nobody sees the alert twice."""
    held = after(board_of(shown(A, level="polsek")))
    board = board_of(shown(A, level="polres"))
    assert [("polsek", False), ("polres", True)] == short(said(board, held))


def test_being_inhibited_is_another_identity() -> None:
    """So that a route can leave it out; freed it fires as before."""
    held = after(board_of(shown(A)))
    board = board_of(shown(A, AlertState.INHIBITED))
    assert [False, True] == [one.ended_at is None for one in said(board, held)]


def test_an_alert_ends_when_it_was_resolved() -> None:
    """Not when we heard of it; where nobody knows, it ended now."""
    held = after(board_of(shown(A)))
    [known] = said(board_of(shown(A, AlertState.RESOLVED)), held)
    [unknown] = said(board_of(), held)
    assert (NOW - 10 * MINUTE_MS, NOW) == (known.ended_at, unknown.ended_at)


def test_an_end_is_said_at_every_beat_for_five_minutes() -> None:
    """As Alertmanager's authors ask for; between two beats it is not."""
    board = board_of(shown(A, AlertState.RESOLVED))
    [end] = said(board, after(board_of(shown(A))))
    held = {end.firing.labels: end}
    assert ([], [end]) == (said(board, held), said(board, held, beat=True))
    late = [is_over(end, EpochMs(NOW + ms)) for ms in (0, 5 * MINUTE_MS - 1, 5 * MINUTE_MS)]
    assert [False, False, True] == late


def test_what_comes_back_fires_again() -> None:
    """The end that was said before is taken back by firing."""
    end = said(board_of(), after(board_of(shown(A))))[0]
    assert [("polsek", True)] == short(said(board_of(shown(A)), {end.firing.labels: end}))


def test_what_fires_is_good_for_four_beats() -> None:
    """A mirror that dies leaves nothing open for ever; one that is slow lets nothing flap."""
    one = posted(Held(firing_of(SETTINGS, SOURCE, shown(A))), NOW, BEAT_MS)
    assert ("2024-11-27T00:10:00+00:00", "2024-11-27T00:34:00+00:00") == (
        one.starts_at,
        one.ends_at,
    )
    assert 4 == BEATS


def test_no_alert_begins_after_its_end() -> None:
    """Alertmanager would refuse it, and with it the whole request: our clock may be behind."""
    early = EpochMs(NOW - 30 * MINUTE_MS)
    firing = firing_of(SETTINGS, SOURCE, shown(A))
    for held in (Held(firing, NOW, NOW), Held(firing, early, early), Held(firing)):
        one = posted(held, early, BEAT_MS)
        assert one.starts_at <= one.ends_at


def test_batches_are_small_and_hold_an_alert_together() -> None:
    """A level's end and the next one's beginning are one request."""
    old, new = Board(), Board()
    put(old, *(shown(alert_id(n), level="polsek") for n in range(400)))
    put(new, *(shown(alert_id(n), level="polres") for n in range(400)))
    everything = said(new, after(old))
    cut = batches(everything)
    assert everything == [one for batch in cut for one in batch]
    assert [256, 256, 256, 32] == [len(batch) for batch in cut]
    alerts = [{one.firing.alert for one in batch} for batch in cut]
    assert 400 == sum(len(one) for one in alerts)


def test_nothing_to_say_is_no_request() -> None:
    """An empty one would be a call for nothing."""
    assert () == batches([])


def test_firing_knows_its_alert() -> None:
    """Of a label set that is not ours it is empty."""
    assert (A, "") == (firing_of(SETTINGS, SOURCE, shown(A)).alert, Firing((), (), NOW).alert)
    assert SECOND_MS < BEAT_MS
