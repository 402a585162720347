"""Stories of X05: nothing comes in, or too much of it cannot be taken."""

import json

from tests.oracle.replay import judge_day, print_line
from tests.oracle.stories import TINY, VILLAGE

PLACE = "36.04.17.2010-001"


def heard(*clocks: str, kind: str = "heartbeat") -> list[str]:
    """Signs of life, each received when it was said."""
    found: list[str] = []
    for number, clock in enumerate(clocks):
        at = f"2024-11-27T{clock}:00+07:00"
        value: dict[str, object] = {"id": f"h{number}", "at": at}
        value |= {"source": {"id": "kpps-1", "role": "kpps"}, "tps": PLACE, "kind": kind}
        found.append(json.dumps({"topic": "tps.status", "received_at": at, "value": value}))
    return found


def told(lines: list[str]) -> list[str]:
    """What X05 says of a day."""
    judged = judge_day(VILLAGE, lines, rules=frozenset({"X05"}))
    every = [json.loads(print_line(line)) for line in judged.lines]
    return [f"{one['at'][11:19]} {one['change']} {one['level']} {one['cause']}" for one in every]


def test_five_minutes_without_a_message() -> None:
    """ADR 18 "no message … for 5 minutes"; "The others end when it has been well for 5 minutes"."""
    day = heard("08:00", "08:04", "08:09", "08:20", "08:24", "08:26")
    opened = "08:14:00 opened polres_ops deadline"
    assert [opened, "08:25:00 returned polres_ops deadline"] == told(day)


def test_one_message_is_not_well() -> None:
    """As above: five minutes after a lone message nothing has come for five minutes."""
    day = heard("08:00", "08:10", "08:20", "08:23", "08:26")
    opened = "08:05:00 opened polres_ops deadline"
    assert [opened, "08:25:00 returned polres_ops deadline"] == told(day)


def test_only_while_tps_may_be_open() -> None:
    """ADR 18 "between the first opening and the last closing time of its TPS"."""
    assert [] == told(heard("05:00", "06:00"))
    assert [] == told(heard("18:00", "19:00"))


def test_a_message_that_comes_once_more_is_none() -> None:
    """Contract §2 "One event": it is dropped."""
    day = heard("08:00", "08:04")
    again = day[1].replace('"received_at": "2024-11-27T08:04', '"received_at": "2024-11-27T08:08')
    assert ["08:09:00 opened polres_ops deadline"] == told([*day, again, *heard("08:11")[-1:]])[:1]


def with_refused(number: int) -> list[str]:
    """Lines of the evening, some of which cannot be taken."""
    good = heard("19:00", "19:00")[:1]
    bad = heard("19:01", kind="nothing") * number
    return [*good, *bad, *(heard("19:20")[0].replace('"h0"', '"z"'),)]


def test_too_many_dead_letters() -> None:
    """ADR 18 "more than 1 %, and 20 or more"; it is well when they are five minutes old."""
    opened = "19:01:00 opened polres_ops input:21"
    assert [opened, "19:11:00 returned polres_ops deadline"] == told(with_refused(20))
    assert [] == told(with_refused(19))


def test_one_percent_is_not_too_many() -> None:
    """As above."""
    good = [
        line.replace('"h0"', f'"g{number}"') for number in range(2000) for line in heard("19:00")
    ]
    assert [] == told(good + heard("19:01", kind="nothing") * 20)
    assert 1 == len(told(good[:1900] + heard("19:01", kind="nothing") * 20))


def test_where_few_vote_nothing_is_expected() -> None:
    """ADR 18 "where by `heartbeat_minutes` at least one would be due in that time"."""
    assert len(TINY.tps) * 5 >= TINY.heartbeat_minutes
    assert [] != told(heard("08:00", "08:10"))
