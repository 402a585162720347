"""A pack of rules: what a rule is, and how one is read.

A rule is a record of data. What it does is one of the detectors; the record says where, with which
thresholds for each class of TPS, how severe, who is told, and in which words. Numbers that depend
on the class stand as a list of four, in the order of `TPS_CLASSES`; one value stands for all four.
"""

import hashlib
import re
from enum import StrEnum
from typing import Annotated, Final, TypeVar

import msgspec
import yaml
from msgspec import Meta, Struct

from streams.domain.alert import Text
from streams.domain.events import StatusKind
from streams.domain.facts import ISLAND_GAP_MS
from streams.domain.times import HOUR_MS, MINUTE_MS, SECOND_MS
from streams.domain.words import TPS_CLASSES, Severity, TpsClass
from streams.errors import ConfigError
from streams.rules.wording import FIELDS, fill, unknown_fields

__all__ = [
    "Category",
    "ConditionDetector",
    "Maturity",
    "OverdueDetector",
    "OverdueWatch",
    "Pack",
    "Rule",
    "ScoreDetector",
    "Texts",
    "duration_ms",
    "of_class",
    "parse_pack",
    "version_of",
]

Duration = Annotated[str, Meta(pattern=r"^[0-9]+(h|m|s)$")]
LadderText = Annotated[str, Meta(pattern=r"^(OPS|ADM|GAK|PROP|SYS)(\+(OPS|ADM|GAK|PROP|SYS))*$")]
Category = Annotated[str, Meta(pattern=r"^[A-Z]{3}-[0-9]{2}$")]
T = TypeVar("T", bound=str)
_SAMPLE: Final = Text("contoh", "sample")
"""Stands for any value while a pack is read; a judgment gives texts only."""
_UNITS_MS: Final = {"h": HOUR_MS, "m": MINUTE_MS, "s": SECOND_MS}


class Maturity(StrEnum):
    """How far a rule is trusted: a `shadow` is judged and never told."""

    SHADOW = "shadow"
    STABLE = "stable"
    DEPRECATED = "deprecated"


class Anchor(StrEnum):
    """A time of the plan at which a span of watching can begin."""

    OPENS_AT = "plan.opens_at"


class WatchScope(StrEnum):
    """What a watch is kept over."""

    TPS = "tps"
    PAIR = "pair"


class OverdueWatch(Struct, frozen=True, forbid_unknown_fields=True):
    """One watch of a rule of absence."""

    scope: WatchScope
    limit: Duration | tuple[Duration, Duration, Duration, Duration]
    begins: Anchor | tuple[StatusKind, ...]
    ends: tuple[StatusKind, ...]
    messages: bool = False
    """Whether any message of the scope starts the clock anew."""
    raise_at: Annotated[float, Meta(gt=1)] | None = None
    """Multiple of the limit at which the severity rises to `raise_to`."""


class OverdueDetector(
    Struct, frozen=True, forbid_unknown_fields=True, tag="overdue", tag_field="type"
):
    """See `streams.rules.detectors.overdue`."""

    watches: tuple[OverdueWatch, ...]
    raise_to: Severity | None = None


class ScoreScope(StrEnum):
    """What evidence is collected for; a report without a TPS is always of its desa."""

    TPS = "tps"
    DESA = "desa"


class ScoreDetector(Struct, frozen=True, forbid_unknown_fields=True, tag="score", tag_field="type"):
    """See `streams.rules.detectors.score`."""

    scope: ScoreScope
    categories: tuple[Category, ...]
    by_category: bool
    """Whether each category is judged by itself and is the key of the alert."""
    window: Duration
    quiet: Duration = "0s"
    threshold: tuple[float, float, float, float] | None = None
    """By class; None: that of the taxonomy, one level easier where a TPS is `sangat_rawan`."""
    within_m: Annotated[float, Meta(ge=0)] = 500.0
    voices_min: Annotated[int, Meta(ge=1)] = 1
    classes_min: Annotated[int, Meta(ge=1)] = 1


class ConditionDetector(
    Struct, frozen=True, forbid_unknown_fields=True, tag="condition", tag_field="type"
):
    """See `streams.rules.detectors.condition`."""

    status: StatusKind
    releases: tuple[str, ...]


class Texts(Struct, frozen=True, forbid_unknown_fields=True):
    """What people read of an alert; names in braces are filled in."""

    title: Text
    summary: Text
    action: Text


class Rule(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One rule of a pack."""

    id: Annotated[str, Meta(pattern=r"^[A-Z][0-9]{2}$")]
    version: Annotated[int, Meta(ge=1)]
    maturity: Maturity
    owner: str
    source: str
    """Which document, law or experience asks for it."""
    detector: OverdueDetector | ScoreDetector | ConditionDetector
    severity: Severity | tuple[Severity, Severity, Severity, Severity]
    ladders: LadderText | tuple[LadderText, LadderText, LadderText, LadderText]
    """As `OPS+ADM`: the first is climbed, the others are the route, told at opening."""
    quiet: Duration = "30m"
    """Holding again within this time of its end reopens the episode."""
    act_by: Duration | None = None
    """After this long an acknowledgement lapses."""
    texts: Texts
    runbook: str
    restricted_to: tuple[str, ...] = ()


class Route(Struct, frozen=True, forbid_unknown_fields=True):
    """A category of reports: how severe, who is told, how much corroboration it needs."""

    id: str
    en: str
    severity: Severity
    route: tuple[str, ...]
    corroboration: Annotated[float, Meta(ge=0)]
    """Score that a report of it must reach; 0: any single one pages."""
    classes_min: Annotated[int, Meta(ge=1)] = 1


class Pack(Struct, frozen=True, forbid_unknown_fields=True):
    """Rules and the taxonomy they stand on."""

    name: str
    taxonomy: dict[Category, Route]
    rules: tuple[Rule, ...]


def parse_pack(name: str, text: str) -> Pack:
    """Read a pack from YAML.

    Raises:
        ConfigError: with file, path of the field and what was expected.
    """
    try:
        pack = msgspec.convert(yaml.safe_load(text), Pack)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise ConfigError(f"{name}: {error}") from error
    seen: set[str] = set()
    for rule in pack.rules:
        if rule.id in seen:
            raise ConfigError(f"{name}: rule {rule.id} stands twice; expected one record a rule")
        seen.add(rule.id)
        _check_categories(name, rule, pack)
        _check_texts(name, rule)
        _check_watches(name, rule)
    return pack


def _check_categories(name: str, rule: Rule, pack: Pack) -> None:
    if not isinstance(rule.detector, ScoreDetector):
        return
    for category in rule.detector.categories:
        if category not in pack.taxonomy:
            raise ConfigError(
                f"{name}: rule {rule.id}: detector.categories: {category} is not in the taxonomy"
            )


def _check_texts(name: str, rule: Rule) -> None:
    """Refuse a text that could not be filled in when somebody has to read it."""
    detector = str(rule.detector.__struct_config__.tag)
    for field, text in (
        ("title", rule.texts.title),
        ("summary", rule.texts.summary),
        ("action", rule.texts.action),
    ):
        where = f"{name}: rule {rule.id}: texts.{field}"
        try:
            unknown = sorted(unknown_fields(text, detector))
        except ValueError as error:
            raise ConfigError(f"{where}: {error}; expected names in braces") from error
        if unknown:
            known = ", ".join(sorted(FIELDS[detector]))
            raise ConfigError(f"{where}: found {{{unknown[0]}}}, expected one of {known}")
        try:
            fill(text, dict.fromkeys(FIELDS[detector], _SAMPLE))
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            # What stands behind a colon is itself filled in, so it can fail in all these ways.
            raise ConfigError(
                f"{where}: {error}; every name stands for a text, expected it bare as {{place}}"
            ) from error


def _check_watches(name: str, rule: Rule) -> None:
    if not isinstance(rule.detector, OverdueDetector):
        return
    scopes: set[WatchScope] = set()
    for number, watch in enumerate(rule.detector.watches):
        where = f"{name}: rule {rule.id}: detector.watches[{number}]"
        if watch.scope in scopes:
            raise ConfigError(f"{where}: scope {watch.scope} stands twice; expected one watch each")
        scopes.add(watch.scope)
        if watch.raise_at is not None and rule.detector.raise_to is None:
            raise ConfigError(f"{where}: raise_at without detector.raise_to; expected a severity")
        limits_ms = [duration_ms(of_class(watch.limit, one)) for one in TPS_CLASSES]
        if watch.messages and min(limits_ms) < ISLAND_GAP_MS:
            shortest = ISLAND_GAP_MS // MINUTE_MS
            raise ConfigError(f"{where}: limit: expected {shortest}m or longer for silence")


def duration_ms(text: str) -> int:
    """Return a duration such as `90m`, `30s`, `12h` in milliseconds."""
    assert re.fullmatch(r"[0-9]+[hms]", text), "the type has checked it"
    return int(text[:-1]) * _UNITS_MS[text[-1]]


def of_class(value: T | tuple[T, T, T, T], tps_class: TpsClass) -> T:
    """Return the entry of a class, where `value` is a list of four; else `value` itself."""
    if isinstance(value, tuple):
        return value[TPS_CLASSES.index(tps_class)]
    return value


def version_of(rule: Rule) -> str:
    """Return `version@hash`: what judged, to the letter."""
    digest = hashlib.sha256(msgspec.json.encode(rule, order="deterministic")).hexdigest()
    return f"{rule.version}@{digest[:12]}"
