"""Journals of days on which an owner or an intake was away."""

from tests.oracle.book import Line
from tests.oracle.export import Away, as_journal
from tests.oracle.replay import judge_journal
from tests.oracle.stories import KR, SR, TINY, Story, ms, short


def told(day: Story, away: Away, until: str) -> list[Line]:
    """What is told of a day of which nobody saw a part."""
    return judge_journal(TINY, as_journal(TINY, day.lines, ms(until), away)).lines


def test_an_intake_that_is_away_stops_absence_alone() -> None:
    """§4 "A lagging or dead intake stops `heard`, never `now`"."""
    day = Story().begin().report("07:00", "KAM-06", tps=KR)
    away = Away(intake=((ms("07:05"), ms("07:40")),))
    lines = [short(line) for line in told(day, away, "07:39") if line.about.rule == "W01"]
    expected = ["opened polres_ops 3", "escalated polres deadline", "escalated polda deadline"]
    assert expected == [line[9:] for line in lines]
    of_sr = [line for line in told(day, away, "07:40") if line.about.scope == SR]
    assert ["07:10:00 opened polsek deadline"] == [short(line) for line in of_sr]


def test_an_owner_that_is_away_makes_its_steps_late() -> None:
    """§4 "A ladder step settled more than 60 s after it was due … `cause: late`"."""
    day = Story().begin().report("07:00", "KAM-06", tps=KR)
    away = Away(owner=((ms("07:01"), ms("07:20")),))
    lines = [short(line) for line in told(day, away, "07:20") if line.about.rule == "W01"]
    assert ["07:03:00 escalated polres late", "07:08:00 escalated polda late"] == lines[1:]
