"""The modules of the control room's page are in form, and their words are there."""

import json
from typing import Final

import pytest

from tests.tidy.modules import (
    forbidden,
    idle_imports,
    oversized,
    unknown_words,
    unlike,
    unresolved,
    unused_words,
)
from tests.tidy.tree import ROOT, Source, complaints, listed, under

PAGE: Final = "streams/room/page"
WORDS: Final = {"a.b": "", "a.c.one": "", "a.c.two": ""}


def modules() -> list[Source]:
    """Return the modules that we wrote, and their tests; vendored ones keep their form."""
    found = under(PAGE, "tests/page", suffix=".js")
    return [source for source in found if "/vendor/" not in source.path]


def catalogue() -> dict[str, str]:
    """Return all words of the page, in Indonesian."""
    found: dict[str, str] = {}
    for source in under(f"{PAGE}/words", suffix=".id.json"):
        found |= json.loads(source.text)
    return found


def test_modules_are_small_and_their_lines_short() -> None:
    """At most 300 lines of at most 100 characters; styles too, which are read as often."""
    assert len(modules()) > 70
    styles = [one for one in under(PAGE, suffix=".css") if "/vendor/" not in one.path]
    assert "" == complaints(oversized, [*modules(), *styles])


def test_modules_do_nothing_that_is_forbidden() -> None:
    """Nothing is tried out, and no text becomes markup or a program."""
    assert "" == complaints(forbidden, modules())


def test_every_import_leads_to_a_module() -> None:
    """A browser asks the room for it by this path, and there is no step that could find it."""
    ours = [source for source in modules() if source.path.startswith(PAGE)]
    found = (
        broken
        for source in ours
        for broken in unresolved(source.path, source.text, lambda path: (ROOT / path).is_file())
    )
    assert "" == listed(found)


def test_what_is_imported_is_used() -> None:
    """A name that is left over sends who reads it looking."""
    found = (f"{one.path}: {name}" for one in modules() for name in idle_imports(one.text))
    assert "" == listed(found)


def test_every_word_is_there_in_both_languages_and_none_is_left_over() -> None:
    """What a module asks for stands in the catalogue; what stands there somebody asks for."""
    texts = [source.text for source in modules() if source.path.startswith(PAGE)]
    files = {source.path: source.text for source in under(f"{PAGE}/words", suffix=".json")}
    parts = {
        path: (text, files[path.replace(".id.json", ".en.json")])
        for path, text in files.items()
        if path.endswith(".id.json")
    }
    assert [] == unlike(parts)
    assert [] == [word for text in texts for word in unknown_words(text, catalogue())]
    assert [] == unused_words(texts, catalogue())


def test_a_long_line_and_a_long_module_are_found() -> None:
    """One hundred and one characters, three hundred and one lines."""
    assert ["1: 101 characters, at most 100"] == oversized("x" * 101)
    assert ["1: 301 lines, at most 300"] == oversized("x\n" * 301)
    assert [] == oversized("x\n" * 300)


@pytest.mark.parametrize(
    "text",
    ["console.log(1)", "a.innerHTML = b", "dangerouslySetInnerHTML", "eval(a)", "a == b", "var a"],
)
def test_what_is_forbidden_is_found(text: str) -> None:
    """Each of them, with its line."""
    (found,) = forbidden(f"// a comment\n{text} ")
    assert found.startswith("2: ")


@pytest.mark.parametrize("text", ["a === b", "a !== b", "a <= b", "// innerHTML", "console.error"])
def test_what_is_allowed_is_let_pass(text: str) -> None:
    """Comments may say why something is not done."""
    assert [] == forbidden(text)


@pytest.mark.parametrize(
    "text",
    [
        'import { a } from "./gone.js";',
        'import {\n  a,\n  b,\n} from "./gone.js";',
        'export { a } from "./gone.js";',
        'const a = await import("./gone.js");',
        'import a from "preact";',
    ],
)
def test_a_broken_import_is_found(text: str) -> None:
    """Static or dynamic, over several lines, and by a name that only a bundler would know."""
    assert 1 == len(unresolved("p/a.js", text, {"p/b.js"}.__contains__))
    assert [] == unresolved("p/a.js", 'import { a } from "./b.js";', {"p/b.js"}.__contains__)


def test_an_idle_import_is_found() -> None:
    """Also one that has another name here, or only a property of its name."""
    text = 'import {\n  a,\n  b as c,\n  d,\n} from "./x.js";\nd(y.a, bc);\n'
    assert ["a", "c"] == idle_imports(text)


def test_missing_and_left_over_words_are_found() -> None:
    """Keys that are written out, and keys that are built."""
    assert ["a.x"] == unknown_words('t("a.x") + t("a.b")', WORDS)
    assert ["a.d.${kind}"] == unknown_words("t(`a.d.${kind}`) + t(`a.c.${kind}`)", WORDS)
    assert ["a.b"] == unused_words(["t(`a.c.${kind}`)"], WORDS)
    assert [] == unused_words(['["a.b", {}]', "t(`a.c.${kind}`)"], WORDS)


def test_unlike_languages_are_found() -> None:
    """A key that stands in one only, or elsewhere."""
    assert 1 == len(unlike({"core": ('{"a": "", "b": ""}', '{"b": "", "a": ""}')}))
