"""Silences: exactly one for each shelved alert, found again, never one of somebody else's."""

from typing import Final

from streams.domain.alert import AlertState
from streams.domain.ids import AlertId
from streams.domain.times import MINUTE_MS, EpochMs
from streams.sinks.alertmanager_silences import (
    Expire,
    FoundSilence,
    Matcher,
    PostSilence,
    Silence,
    SilenceStatus,
    shelved,
    to_silence,
)
from streams.wire.time import format_time
from tests.support.shown import NOW, alert_id, shown

SOURCE: Final = "siaga/posko"
A: Final = alert_id(1)
UNTIL: Final = EpochMs(NOW + 30 * MINUTE_MS)


def found(
    id_: str, ends_at: EpochMs = UNTIL, alert: str = A, by: str = SOURCE, state: str = "active"
) -> FoundSilence:
    """Return a silence as Alertmanager shows it."""
    return FoundSilence(
        id=id_,
        status=SilenceStatus(state),
        matchers=(Matcher("alert", alert),),
        starts_at="2024-11-27T00:00:00.000Z",
        ends_at=format_time(ends_at, 0),
        created_by=by,
    )


def to(until: EpochMs | None, *there: FoundSilence) -> tuple[Silence, ...]:
    """Return what is done when an alert is shelved until then, or not shelved."""
    wants: dict[AlertId, EpochMs] = {} if until is None else {A: until}
    return to_silence(wants, there, SOURCE, NOW, MINUTE_MS)


def short(*done: Silence) -> list[str]:
    """Return what is done in a word each."""
    return [
        f"expire {one.id}"
        if isinstance(one, Expire)
        else f"post {one.id or 'new'} until {one.ends_at[11:16]}"
        for one in done
    ]


def test_a_shelved_alert_is_silenced_until_its_shelf_time_ends() -> None:
    """By its id alone, in our name."""
    [one] = to(UNTIL)
    assert isinstance(one, PostSilence)
    assert ((Matcher("alert", A),), SOURCE) == (one.matchers, one.created_by)
    assert ("2024-11-27T00:29:00+00:00", "2024-11-27T01:00:00+00:00") == (
        one.starts_at,
        one.ends_at,
    )


def test_a_silence_that_is_there_is_left_alone() -> None:
    """After a restart it is found, and no other one is made."""
    assert () == to(UNTIL, found("s1"))


def test_an_alert_that_is_not_shelved_any_more_is_heard_again() -> None:
    """At once, not when the shelf time would have ended."""
    assert ["expire s1"] == short(*to(None, found("s1")))


def test_of_several_silences_one_stays() -> None:
    """The same one, whoever looks."""
    there = (found("s2"), found("s1"), found("s3"))
    assert ["expire s2", "expire s3"] == short(*to(UNTIL, *there))
    assert ["expire s2", "expire s3"] == short(*to(UNTIL, *reversed(there)))


def test_a_new_shelf_time_changes_the_silence() -> None:
    """It keeps its id and its start, so that it is changed and not replaced."""
    [one] = to(EpochMs(UNTIL + 5 * MINUTE_MS), found("s1"))
    assert ["post s1 until 01:05"] == short(one)
    assert isinstance(one, PostSilence)
    assert "2024-11-27T00:00:00.000Z" == one.starts_at


def test_what_stays_shelved_behind_its_time_stays_silenced() -> None:
    """On a played day of last year each shelf time is long past."""
    past = EpochMs(NOW - 60 * MINUTE_MS)
    assert ["post new until 00:34"] == short(*to(past))
    assert () == to(past, found("s1", EpochMs(NOW + 3 * MINUTE_MS)))
    assert ["post s1 until 00:34"] == short(*to(past, found("s1", EpochMs(NOW + MINUTE_MS))))


def test_silences_of_others_are_left_alone() -> None:
    """Of people, of another mirror, of other labels; one that is over is as good as none."""
    others = (
        found("s1", by="budi"),
        found("s2", state="expired"),
        FoundSilence(
            id="s3",
            status=SilenceStatus("active"),
            matchers=(Matcher("kabupaten", "36.04"),),
            starts_at="2024-11-27T00:00:00.000Z",
            ends_at="2024-11-27T09:00:00.000Z",
            created_by=SOURCE,
        ),
    )
    assert () == to(None, *others)
    assert ["post new until 01:00"] == short(*to(UNTIL, *others))


def test_only_shelved_alerts_are_silenced() -> None:
    """Whatever else their state is."""
    alerts = [shown(alert_id(n), state) for n, state in enumerate(AlertState)]
    [(alert, until)] = shelved(alerts).items()
    assert (alert_id(list(AlertState).index(AlertState.SHELVED)), UNTIL) == (alert, until)
