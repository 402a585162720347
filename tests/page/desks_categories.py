"""The categories that the form of the control room finds by words, made from the pack we ship.

    python -m tests.page.desks_categories

writes `streams/room/page/categories.json` anew; a test holds both together.
"""

import json
import re
from pathlib import Path
from typing import Final

import yaml

__all__ = ["CATEGORIES", "made"]

_ROOT: Final = Path(__file__).parents[2]
_PACK: Final = _ROOT / "streams" / "rules" / "packs" / "siaga"
CATEGORIES: Final = _ROOT / "streams" / "room" / "page" / "categories.json"
_WORD: Final = re.compile(r"[a-z]{4,}")
_MOST: Final = 40
"""Words kept of a category, those of its strongest terms first."""


def made() -> str:
    """Return the file: of each category its names, and the words by which people report it."""
    taxonomy = yaml.safe_load((_PACK / "taxonomy.yaml").read_text(encoding="utf-8"))
    lexicon = yaml.safe_load((_PACK / "lexicon.yaml").read_text(encoding="utf-8"))["categories"]
    rows = [
        {
            "code": code,
            "id": one["id"],
            "en": one["en"],
            "severity": one["severity"],
            "words": _words(one, lexicon.get(code, {})),
        }
        for code, one in taxonomy.items()
    ]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f"[\n{lines}\n]\n"


def _words(
    category: dict[str, dict[str, dict[str, str]]], terms: dict[str, list[str]]
) -> list[str]:
    """Return the words of a category, of terms without signs of the lexicon's own language."""
    other = [one.get("id", "") for one in category.get("profiles", {}).values()]
    plain = [
        term.lstrip("=")
        for term in [*terms.get("strong", ()), *terms.get("weak", ())]
        if "<" not in term
    ]
    found = dict.fromkeys(word for term in [*other, *plain] for word in _WORD.findall(term.lower()))
    return list(found)[:_MOST]


if __name__ == "__main__":
    CATEGORIES.write_text(made(), encoding="utf-8")
