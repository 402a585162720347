"""Reads `story.yaml` of an election folder: a story in an author's words, checked against the plan.

    title: {id: …, en: …}
    starts: "06:30"                      # local time, as everywhere in the file
    ends: "13:30"
    results:                             # optional: how people vote where nothing else is said
      - {of: 17.02, contest: bupati, votes: {"01": 40, "02": 35, "03": 25}}
    incidents:
      - id: lubuk-alai
        zone: WIB                        # optional: whose clocks; else of the first kabupaten
        at: "07:10"                      # when the caption is shown
        caption: {id: …, en: …}
        mute: [{of: 17.02.21.2003-004, from: "05:40", to: "07:25", only: [heartbeat]}]
        posts:
          - {at: "07:25:00", received: "07:25:18", status: {kind: opened, tps: …, source: {…}}}
          - {at: "07:12:00", command: {actor: posko-1, command: ack, alert: T03@17.02…}}
          - {at: "15:40:00", count: {tps: …, contest: bupati, status: final, votes: {"01": 210}, …}}
        expect:
          - {at: "07:10:00", rule: T03, scope: 17.02.21.2003-004, change: opened, severity: high}
        never: [{rule: W01, scope: 17.02.21.2003}]

A post is a `status`, a `report`, a `count` or a `command` as the contract has them, without `id`
and `at`; `of` is a TPS, a desa, `pair:17.02/P55`, `officer:17.02/P30A` or a box of the ordinary day
(`box:17.02/17.02.21.2003-004#1`, numbered by contest); `only` names kinds of statuses, `report` or
`count`. `of` of a result is an area of any size, the nearest one counts, and its `votes` are parts
of their sum. An actor is named by id alone, and an alert by `RULE@SCOPE` or `RULE@SCOPE|KEY`: its
first episode, whose id follows from that. With ` (2)` behind it, it is the second one.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final

from msgspec import Meta, Struct, field

from streams.domain.alert import AlertState, Change, Text
from streams.domain.events import StatusKind
from streams.domain.ids import AreaCode
from streams.domain.words import Severity
from streams.errors import InputError
from streams.simulation.story import Caption, Expectation, Incident, Mute, Never, Story
from streams.simulation.story_document import Document
from streams.simulation.story_document import Path as FieldPath
from streams.simulation.story_post import Clock, WrittenPost, order_of, post_of
from streams.simulation.story_results import Leaning
from streams.simulation.story_stage import Stage
from streams.territory.plan import Plan
from streams.territory.zone import Zone

__all__ = ["STORY_FILE", "load_story", "parse_story"]

STORY_FILE: Final = "story.yaml"
_ID_LENGTH_MAX: Final = 50
_KINDS: Final = frozenset((*StatusKind, "report", "count"))
"""What a mute can be limited to; a misspelt kind would silence nothing."""
RuleId = Annotated[str, Meta(pattern=r"^[A-Z][0-9]{2}$", max_length=3)]


class _Mute(Struct, frozen=True, forbid_unknown_fields=True):
    of: str
    starts: Clock = field(name="from")
    ends: Clock = field(name="to")
    only: frozenset[str] = frozenset()


class _Expectation(Struct, frozen=True, forbid_unknown_fields=True):
    at: Clock
    rule: RuleId
    scope: str
    change: Change
    key: str = ""
    within_s: Annotated[int, Meta(ge=0)] = 1
    state: AlertState | None = None
    severity: Severity | None = None
    level: str | None = None
    cause: str | None = None


class _Never(Struct, frozen=True, forbid_unknown_fields=True):
    rule: RuleId
    scope: str = ""


class _Result(Struct, frozen=True, forbid_unknown_fields=True):
    of: str
    contest: str
    votes: Mapping[str, Annotated[int, Meta(ge=1)]]


class _Incident(Struct, frozen=True, forbid_unknown_fields=True):
    id: Annotated[str, Meta(pattern=r"^[a-z0-9-]+$", max_length=_ID_LENGTH_MAX)]
    at: Clock
    caption: Text
    zone: Zone | None = None
    mute: tuple[_Mute, ...] = ()
    posts: tuple[WrittenPost, ...] = ()
    expect: tuple[_Expectation, ...] = ()
    never: tuple[_Never, ...] = ()


class _Story(Struct, frozen=True, forbid_unknown_fields=True):
    title: Text
    starts: Clock
    ends: Clock
    incidents: tuple[_Incident, ...]
    results: tuple[_Result, ...] = ()


def load_story(folder: Path, plan: Plan) -> Story:
    """Read the story of an election folder.

    Raises:
        InputError: There is none, or it cannot be played; the message names file, line and field.
    """
    file = folder / STORY_FILE
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        what = "write one, or name a folder that has one"
        raise InputError(f"{file}: cannot be read ({error.strerror}): {what}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: expected UTF-8: {error.reason}") from error
    return parse_story(str(file), text, plan)


def parse_story(name: str, text: str, plan: Plan) -> Story:
    """Read a story.

    Args:
        name: What messages call the file.
        text: What it says.
        plan: The election in which it plays.

    Raises:
        InputError: It cannot be played; the message names file, line and field.
    """
    document = Document(name, text)
    written = document.read(_Story)
    stage = Stage(plan, document)
    _check_ids(written, document)
    starts, ends = stage.moment(written.starts), stage.moment(written.ends)
    if starts >= ends:
        raise document.fault(("ends",), "expected a time after `starts`")
    return Story(
        title=written.title,
        starts=starts,
        ends=ends,
        offset_minutes=stage.offset_minutes,
        results=tuple(
            _leaning(stage, one, ("results", number)) for number, one in enumerate(written.results)
        ),
        incidents=tuple(
            _incident(stage, one, ("incidents", number))
            for number, one in enumerate(written.incidents)
        ),
    )


def _check_ids(written: _Story, document: Document) -> None:
    seen: set[str] = set()
    for number, incident in enumerate(written.incidents):
        if incident.id in seen:
            what = f"found {incident.id!r} twice, expected an id for each incident"
            raise document.fault(("incidents", number, "id"), what)
        seen.add(incident.id)


def _leaning(stage: Stage, written: _Result, path: FieldPath) -> Leaning:
    stage.check_area(written.of, (*path, "of"))
    choices = stage.choices(written.of, written.contest, (*path, "contest"))
    if set(written.votes) != set(choices):
        what = f"found {', '.join(written.votes)}, expected {', '.join(choices)}"
        raise stage.document.fault((*path, "votes"), what)
    return Leaning(AreaCode(written.of), written.contest, written.votes)


def _incident(story_stage: Stage, written: _Incident, path: FieldPath) -> Incident:
    zone = written.zone
    stage = story_stage if zone is None else story_stage.by_clocks_of(zone, (*path, "zone"))
    posts = [
        (post_of(stage, one, (*path, "posts", number), name), order_of(one, name))
        for number, one in enumerate(written.posts)
        for name in (f"{written.id}-{number + 1:02}",)
    ]
    return Incident(
        id=written.id,
        caption=Caption(stage.moment(written.at), written.caption),
        mutes=tuple(
            _mute(stage, one, (*path, "mute", number)) for number, one in enumerate(written.mute)
        ),
        posts=tuple(post for post, _ in posts),
        orders=tuple(order for _, order in posts if order is not None),
        expected=tuple(
            _expectation(stage, one, (*path, "expect", number))
            for number, one in enumerate(written.expect)
        ),
        never=tuple(
            _never(stage, one, (*path, "never", number)) for number, one in enumerate(written.never)
        ),
    )


def _never(stage: Stage, written: _Never, path: FieldPath) -> Never:
    if written.scope:
        stage.check_scope(written.scope, (*path, "scope"))
    return Never(written.rule, written.scope)


def _mute(stage: Stage, written: _Mute, path: FieldPath) -> Mute:
    names = stage.names_of(written.of, (*path, "of"))
    starts, ends = stage.moment(written.starts), stage.moment(written.ends)
    if starts >= ends:
        raise stage.document.fault((*path, "to"), "expected a time after `from`")
    if unknown := sorted(written.only - _KINDS):
        expected = ", ".join(sorted(_KINDS))
        raise stage.document.fault((*path, "only"), f"found {unknown[0]!r}, expected {expected}")
    return Mute(names, starts, ends, written.only)


def _expectation(stage: Stage, written: _Expectation, path: FieldPath) -> Expectation:
    stage.check_scope(written.scope, (*path, "scope"))
    return Expectation(
        at=stage.moment(written.at),
        within_s=written.within_s,
        rule=written.rule,
        scope=written.scope,
        key=written.key,
        change=written.change,
        state=written.state,
        severity=written.severity,
        level=written.level,
        cause=written.cause,
    )
