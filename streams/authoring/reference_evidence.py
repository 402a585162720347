"""The tables of the reference page of evidence, made from what judges by them.

`docs/reference/evidence.md` is written by hand but for what stands between the comments `made` and
`end`: those tables come from the roles, from `streams.rules.evidence` itself and from the pack that
is shipped, made ready as a worker makes it. `python -m streams.authoring.reference_evidence` fills
them in anew; a test compares.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final, TypeVar

from streams.domain.times import HOUR_MS, MINUTE_MS, EpochMs
from streams.domain.words import BASE_WEIGHT, Role, SourceClass, TpsClass, source_class_of
from streams.rules.compiled import CompiledPack, DisputeRule, RumourRule, ScoreRule
from streams.rules.compiling import compile_pack
from streams.rules.evidence import Item, clusters_of
from streams.rules.pack import PackFile, Route
from streams.rules.reading import PackText, read_pack
from streams.rules.report_specs import ScoreEnd

__all__ = ["PAGE", "filled"]

PAGE: Final = Path(__file__).parents[2] / "docs" / "reference" / "evidence.md"
_PACK: Final = Path(__file__).parents[1] / "rules" / "packs" / "siaga"
_PROFILE: Final = "pilkada"
_MADE: Final = re.compile(r"(<!-- made: ([a-z]+) -->\n)(?:.*?\n)??(<!-- end -->)", re.DOTALL)
_AGES_MINUTES: Final = (0, 15, 20, 30, 45, 60)
_PERCENT: Final = 100
_R = TypeVar("_R", bound=DisputeRule | RumourRule)
_ENDS: Final = {
    ScoreEnd.CALM: "an officer's aman",
    ScoreEnd.ACKNOWLEDGED: "acknowledged",
    ScoreEnd.PERSON: "a person closes it",
}


def filled(page: str) -> str:
    """Return the page with each of its tables as the code has it now."""

    def fill(found: re.Match[str]) -> str:
        rows = "\n".join(_TABLES[found[2]]())
        return f"{found[1]}\n{rows}\n\n{found[3]}"

    return _MADE.sub(fill, page)


def _weights() -> Iterator[str]:
    """Yield a row for the roles of one class and weight that stand together."""
    yield "| role | weight | class |"
    yield "|---|---|---|"
    for (source_class, weight), roles in groupby(BASE_WEIGHT, key=_class_and_weight):
        yield f"| {_words(*roles)} | {weight:g} | `{source_class}` |"


def _class_and_weight(role: Role) -> tuple[SourceClass, float]:
    return source_class_of(role), BASE_WEIGHT[role]


def _decay() -> Iterator[str]:
    """Yield the share of a weight that is left, as a cluster of two items has it."""
    yield f"| age in minutes | {' | '.join(map(str, _AGES_MINUTES))} |"
    yield f"|---{'|---' * len(_AGES_MINUTES)}|"
    yield f"| share in percent | {' | '.join(_share(one) for one in _AGES_MINUTES)} |"


def _share(age_minutes: int) -> str:
    # The newest is without weight, so the score is what is left of the older one.
    newest = _item(HOUR_MS * 2, 0.0)
    old = _item(HOUR_MS * 2 - age_minutes * MINUTE_MS, 1.0)
    [cluster] = clusters_of((old, newest), newest, HOUR_MS, None)
    return f"{cluster.score * _PERCENT:.4g}"


def _item(at: int, weight: float) -> Item:
    return Item(
        at=EpochMs(at),
        weight=weight,
        source_class=SourceClass.CITIZENS,
        voices=(f"source:{at}",),
        tps=None,
        tps_class=TpsClass.KURANG_RAWAN,
        lat=None,
        lon=None,
        topic="",
        id=str(at),
        source=str(at),
        offset="",
    )


def _rules() -> Iterator[str]:
    """Yield a row for each rule of reports but those of the rate of a desa."""
    yield "| rule | categories | scope | window | it is over | other fields |"
    yield "|---|---|---|---|---|---|"
    rules = [rule for heard in _ready().score.values() for rule in heard]
    rules.sort(key=_rule_id)
    for name, group in groupby(rules, key=_rule_id):
        yield _rule_row(name, [*group])
    for denied in _each_once(_ready().disputes):
        yield _denied_row(denied)
    for copied in _each_once(_ready().rumours):
        yield _copied_row(copied)
    for flood in _ready().surge_source:
        limits = flood.limits[0]
        window = _minutes(limits.window_ms)
        quiet = f"{_minutes(limits.quiet_ms)} after its last report"
        floods = f"{limits.threshold} reports of one source; later ones weigh {flood.weight_max:g}"
        yield f"| {flood.head.rule.id} | all | source | {window} | {quiet} | {floods} |"


def _rule_id(rule: ScoreRule) -> str:
    return rule.head.rule.id


def _rule_row(name: str, rules: list[ScoreRule]) -> str:
    first = rules[0]
    waits = _ENDS[first.ends]
    quiet = f" and {_minutes(first.end_quiet_ms)} of quiet" if first.end_quiet_ms else ""
    limits = first.limits
    told = (
        f"`by_category: {str(bool(first.key)).lower()}`",
        "" if limits.within_m is None else f"`together_m: {limits.within_m:g}`",
        "" if limits.voices_min == 1 else f"`voices_min: {limits.voices_min}`",
        "`posture: true`" if first.posture else "",
    )
    heard = " ".join(rule.category for rule in rules)
    other = ", ".join(one for one in told if one)
    window = _minutes(limits.window_ms)
    return f"| {name} | {heard} | `{first.scope}` | {window} | {waits}{quiet} | {other} |"


def _each_once(by_category: dict[str, tuple[_R, ...]]) -> Iterator[list[_R]]:
    """Yield the rules of one id, one for each category that it hears."""
    rules = [rule for heard in by_category.values() for rule in heard]
    rules.sort(key=lambda one: one.head.rule.id)
    for _, group in groupby(rules, key=lambda one: one.head.rule.id):
        yield [*group]


def _denied_row(rules: list[DisputeRule]) -> str:
    rule = rules[0]
    heard = " ".join(one.category for one in rules)
    window = _minutes(rule.limits.window_ms)
    asked = f"`score: {rule.limits.score:g}` of all but police, and an officer's aman"
    over = "another officer's word, or a person closes it"
    return f"| {rule.head.rule.id} | {heard} | `desa` | {window} | {over} | {asked} |"


def _copied_row(rules: list[RumourRule]) -> str:
    rule = rules[0]
    heard = " ".join(one.category for one in rules)
    window, alike = _minutes(rule.limits.window_ms), rule.limits.alike_min * _PERCENT
    asked = f"{_senders(rule)}, texts alike by {alike:g} %; nothing is weighed"
    over = _ENDS[ScoreEnd.PERSON]
    return f"| {rule.head.rule.id} | {heard} | the text | {window} | {over} | {asked} |"


def _senders(rule: RumourRule) -> str:
    return f"{rule.limits.sources_min} sources of {rule.limits.desa_min} desa"


def _categories() -> Iterator[str]:
    """Yield a row for each category of the taxonomy."""
    yield "| category | meaning | severity | ladder | route | corroboration | heard by |"
    yield "|---|---|---|---|---|---|---|"
    ready = _ready()
    for name, route in ready.pack.taxonomy.items():
        heard = [f"{_rule_id(rule)}: {_thresholds(rule)}" for rule in ready.score.get(name, ())]
        heard += (f"{one.head.rule.id}: {_senders(one)}" for one in ready.rumours.get(name, ()))
        cells = (
            name,
            f"{route.id} ({route.en})",
            route.severity,
            route.ladder,
            _words(*route.route),
            _corroboration(route),
            "; ".join(heard) or "no rule",
        )
        yield f"| {' | '.join(cells)} |"


def _corroboration(route: Route) -> str:
    classes = f", `classes_min: {route.classes_min}`" if route.classes_min > 1 else ""
    official = ", `official: true`" if route.official else ""
    documented = ", `documented: true`" if route.documented else ""
    return f"{route.corroboration:g}{classes}{official}{documented}"


def _thresholds(rule: ScoreRule) -> str:
    return " ".join(f"{one:g}" for one in rule.limits.thresholds)


def _minutes(span_ms: int) -> str:
    return f"{span_ms / MINUTE_MS:g} min"


def _words(*words: str) -> str:
    return ", ".join(f"`{word}`" for word in words)


@cache
def _ready() -> CompiledPack:
    names = sorted(file.relative_to(_PACK).as_posix() for file in _PACK.rglob("*.yaml"))
    files = tuple(PackFile(name, (_PACK / name).read_text("utf-8")) for name in names)
    return compile_pack(read_pack(PackText(_PACK.name, _PROFILE, files)))


_TABLES: Final[dict[str, Callable[[], Iterator[str]]]] = {
    "weights": _weights,
    "decay": _decay,
    "rules": _rules,
    "categories": _categories,
}


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text("utf-8")), encoding="utf-8")
