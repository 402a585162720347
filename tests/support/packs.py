"""A pack small enough to know by heart: one rule of absence, of one event, of evidence, of a surge.

Its files stand here line by line, so that a test can say on which line a fault must be told.
"""

from pathlib import Path
from typing import Final

from streams.rules.pack import PackFile, Rule
from streams.rules.reading import PackText, read_pack

__all__ = [
    "CONDITION",
    "EVIDENCE",
    "LEXICON",
    "OVERDUE",
    "SURGE",
    "TAXONOMY",
    "changed",
    "files_of",
    "overridden",
    "rule_of",
    "text_of",
    "with_tests",
    "write_pack",
]

_TEXTS: Final = """\
texts:
  title: {id: "Soal di {place}", en: "Matter at {place}"}
  summary: {id: "Ringkas.", en: "Brief."}
  action: {id: "Cek.", en: "Check."}
"""
OVERDUE: Final = f"""\
id: T03
version: 1
maturity: stable
owner: bag-ops
source: kebutuhan
detector:
  type: overdue
  raise_to: high
  watches:
    - {{scope: tps, since: plan.opens_at, ends: [opened], limit: [30m, 20m, 10m, 20m], raise_at: 2}}
    - {{scope: pair, begins: [opened], ends: [closed], messages: any, limit: [45m, 30m, 15m, 30m]}}
severity: medium
ladders: ADM
{_TEXTS}runbook: docs/runbooks/T03.md
"""
"""With a watch over a TPS, which `tests` of rules are about, and one over a pair."""
CONDITION: Final = f"""\
id: W02
version: 1
maturity: stable
owner: bag-ops
source: kebutuhan
detector:
  type: condition
  scope: officer
  on: [duress]
  ends:
    - {{on: [checkin], where: 'has(event.situation) && event.situation == "aman"'}}
    - confirm_identity
severity: critical
ladders: OPS
{_TEXTS}runbook: docs/runbooks/W02.md
"""
EVIDENCE: Final = f"""\
id: W04
version: 1
maturity: stable
owner: bag-ops
source: kebutuhan
detector:
  type: score
  scope: tps
  categories: [INT-01, INT-02]
  by_category: false
  window: 60m
  threshold: [3, 2, 2, 2]
{_TEXTS}runbook: docs/runbooks/W04.md
"""
SURGE: Final = f"""\
id: W05
version: 1
maturity: stable
owner: bag-ops
source: kebutuhan
detector: {{type: surge, scope: desa, counts: reports, at_least: 6, window: 10m, quiet: 30m}}
severity: medium
ladders: OPS
{_TEXTS}runbook: docs/runbooks/W05.md
"""
TAXONOMY: Final = """\
# Categories.
INT-01: {id: Intimidasi, en: Intimidation, severity: high, route: [polsek], corroboration: 2}
INT-02: {id: Ancaman, en: Threat, severity: high, ladder: OPS, route: [polsek], corroboration: 2}
"""
LEXICON: Final = """\
room: 2
near: 4
spellings: {}
roots: {}
apart: []
unjoined: []
numbered: {}
dotted: []
classes: {}
negations: []
fillers: []
joiners: []
breaks: []
barriers: []
light: []
homonyms: []
guards: {}
categories:
  INT-01: {strong: [diancam]}
"""
"""A lexicon of one word; the pack comes without it."""
_FILES: Final = {
    "taxonomy.yaml": TAXONOMY,
    "rules/T03.yaml": OVERDUE,
    "rules/W02.yaml": CONDITION,
    "rules/W04.yaml": EVIDENCE,
    "rules/W05.yaml": SURGE,
}


def files_of(more: dict[str, str] | None = None) -> tuple[PackFile, ...]:
    """Return the files of the pack, with others in their place or beside them."""
    return tuple(PackFile(name, text) for name, text in (_FILES | (more or {})).items())


def text_of(more: dict[str, str] | None = None, profile: str = "pilkada") -> PackText:
    """Return the pack, with other files in place of its own or beside them."""
    return PackText("uji", profile, files_of(more))


def changed(file: str, old: str, new: str) -> PackText:
    """Return the pack with a text of one file replaced, which stands there once."""
    assert 1 == _FILES[file].count(old), f"{old!r} must stand once in {file}"
    return text_of({file: _FILES[file].replace(old, new)})


def overridden(*texts: str, profile: str = "pilkada") -> PackText:
    """Return the pack with overrides on top, in files `rules/1.yaml`, `rules/2.yaml`."""
    files = (PackFile(f"rules/{number}.yaml", text) for number, text in enumerate(texts, 1))
    return PackText("uji", profile, files_of(), tuple(files))


def with_tests(tests: str) -> PackText:
    """Return the pack with tests in its rule of absence: lines of YAML below `tests:`."""
    return text_of({"rules/T03.yaml": f"{OVERDUE}tests:\n{tests}"})


def rule_of(text: PackText, rule_id: str = "T03") -> Rule:
    """Return a rule of a pack, which has it."""
    rule = read_pack(text).rule(rule_id)
    assert rule is not None, f"the pack has no rule {rule_id}"
    return rule


def write_pack(parent: Path, text: PackText) -> Path:
    """Write the files of a pack to a folder of its name, and return it."""
    folder = parent / text.name
    for file in text.files:
        path = folder / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8")
    return folder
