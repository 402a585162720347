"""The form of the page's own modules: what a linter would say, without one.

The page is written in ES modules without a build step (`streams/room/page`). Nothing of npm is
fetched to check them: these are pure functions over their texts. Whether they parse, and whether
each name that is imported is exported, Node itself says (`tests/page/test_page.py`).
"""

import json
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping

LINE_MAX = 100
LINES_MAX = 300
FORBIDDEN = {
    r"\bconsole\.log\b": "console.log is for trying out",
    r"[iI]nnerHTML|outerHTML|insertAdjacentHTML|document\.write\b": "a text could become markup",
    r"\beval\(|new Function\(": "a text could become a program",
    r"\bdebugger\b": "debugger is for trying out",
    r"\bvar ": "write const or let",
    r"(?<![=!])==(?!=)": "write ===",
}
IMPORT = re.compile(
    r"(?:^|[;\n])\s*(?:import|export)\s[^;]*?\bfrom\s+\"([^\"]+)\"|\bimport\(\"([^\"]+)\"\)"
)
NAMED = re.compile(r"^import\s*\{([^}]*)\}\s*from\s*\"[^\"]+\";$", re.MULTILINE)
LITERAL = re.compile(r"\"([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+)\"")
ASKED = re.compile(r"\bt\(\s*\"([^\"]+)\"")
MADE = re.compile(r"`([a-z][a-z0-9_]*\.(?:[a-z0-9_.]|\$\{[^}`]*\})*)`")
HOLE = re.compile(r"\$\{[^}]*\}")
COMMENT = re.compile(r"^\s*(?://|/\*|\*).*$", re.MULTILINE)


def oversized(text: str) -> list[str]:
    """Complain of lines that are too long, and of a module of more than 300."""
    lines = text.splitlines()
    found = [
        f"{number}: {len(line)} characters, at most {LINE_MAX}"
        for number, line in enumerate(lines, 1)
        if len(line) > LINE_MAX
    ]
    too_many = [f"1: {len(lines)} lines, at most {LINES_MAX}"] if len(lines) > LINES_MAX else []
    return found + too_many


def forbidden(text: str) -> list[str]:
    """Complain of what no module of ours does; a comment may speak of it."""
    code = COMMENT.sub("", text)
    return [
        f"{code.count(chr(10), 0, hit.start()) + 1}: {hit[0].strip()}: {why}"
        for pattern, why in FORBIDDEN.items()
        for hit in re.finditer(pattern, code)
    ]


def unresolved(path: str, text: str, exists: Callable[[str], bool]) -> list[str]:
    """Complain of each import that leads to no file of the page."""
    folder = posixpath.dirname(path)
    names = [one or other for one, other in IMPORT.findall(text)]
    return [
        f"{path}: nothing is at {name}"
        for name in names
        if not name.startswith("./") or not exists(posixpath.normpath(f"{folder}/{name}"))
    ]


def idle_imports(text: str) -> list[str]:
    """Name what is imported and not used."""
    code = COMMENT.sub("", NAMED.sub("", text))
    names = [name for inside in NAMED.findall(text) for name in inside.split(",") if name.strip()]
    called = [name.split(" as ")[-1].strip() for name in names]
    return [
        name for name in called if not re.search(rf"(?<!\w)(?<!(?<!\.)\.){re.escape(name)}\b", code)
    ]


def unknown_words(text: str, catalogue: Iterable[str]) -> list[str]:
    """Name keys that a module asks for and the catalogue has not, built ones included."""
    known = list(catalogue)
    missing = [key for key in ASKED.findall(text) if key not in known]
    built = [made for made in MADE.findall(text) if "${" in made and _is_key(made, known)]
    return missing + [
        made for made in built if not any(pattern_of(made).fullmatch(key) for key in known)
    ]


def unused_words(texts: Iterable[str], catalogue: Iterable[str]) -> list[str]:
    """Name keys of the catalogue that no module can ask for."""
    joined = "\n".join(texts)
    literals = set(LITERAL.findall(joined))
    patterns = [pattern_of(made) for made in set(MADE.findall(joined))]
    return [
        key
        for key in catalogue
        if key not in literals and not any(pattern.fullmatch(key) for pattern in patterns)
    ]


def pattern_of(made: str) -> re.Pattern[str]:
    """Return what a built key can be: a hole is one word or, at the end, several."""
    parts = [re.escape(part) for part in HOLE.split(made)]
    return re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)?".join(parts))


def unlike(parts: Mapping[str, tuple[str, str]]) -> list[str]:
    """Complain of each file of words whose two languages have not the same keys in one order."""
    return [
        f"{part}: the languages differ"
        for part, (one, other) in parts.items()
        if list(json.loads(one)) != list(json.loads(other))
    ]


def _is_key(made: str, known: list[str]) -> bool:
    """Whether a built text begins as keys do; paths of files and addresses do not."""
    first = made.split(".", maxsplit=1)[0]
    return any(key.startswith(f"{first}.") for key in known)
