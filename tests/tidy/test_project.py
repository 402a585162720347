"""pyproject.toml explains its exceptions, and what it asks for is locked."""

import re
import tomllib
from importlib.metadata import packages_distributions
from typing import cast

import pytest

from tests.tidy.project import (
    imported_packages,
    normal,
    not_locked,
    uncovered,
    undeclared,
    unexplained_rules,
    unhashed,
)
from tests.tidy.tree import read, sources, under

LOCK = """a-b==1.0 \\
    --hash=sha256:00 \\
    --hash=sha256:11
    # via x
c==2.0
    # via y
"""


def table(*names: str) -> dict[str, object]:
    """Return one table of pyproject.toml."""
    found: object = tomllib.loads(read("pyproject.toml"))
    for name in names:
        found = cast("dict[str, object]", found)[name]
    return cast("dict[str, object]", found)


def contract(name: str) -> dict[str, object]:
    """Return one import contract by its id."""
    contracts = cast("list[dict[str, object]]", table("tool", "importlinter")["contracts"])
    return next(found for found in contracts if found["id"] == name)


def core(layers: list[str]) -> set[str]:
    """Return the packages below `config`: they neither wait, read a clock nor touch the world."""
    return set(re.findall(r"\w+", " ".join(layers[layers.index("config") + 1 :])))


def test_every_switched_off_rule_has_its_reason() -> None:
    """Ruff judges by all its rules but the explained ones."""
    assert [] == unexplained_rules(read("pyproject.toml"))


def test_the_whole_core_is_kept_pure() -> None:
    """A core layer that exists is named in the contract `pure`."""
    there = {
        source.path.split("/")[1].removesuffix(".py")
        for source in sources()
        if source.path.startswith("streams/")
    }
    below = core(cast("list[str]", contract("layers")["layers"]))
    assert {"judge", "pipeline"} <= below & there
    pure = cast("list[str]", contract("pure")["source_modules"])
    assert [] == uncovered([f"streams.{name}" for name in below & there], pure)


def test_the_core_is_all_below_config() -> None:
    """A layer may hold several packages, and one that does not exist yet."""
    assert {"judge", "rules", "texts"} == core(["cli", "config", "judge | rules", "(texts)"])


@pytest.mark.parametrize(
    ("lock", "extras"),
    [("requirements.lock", ["build"]), ("requirements-dev.lock", ["build", "dev"])],
)
def test_what_is_asked_for_is_locked(lock: str, extras: list[str]) -> None:
    """Each requirement is pinned, and each pin has hashes."""
    optional = cast("dict[str, list[str]]", table("project", "optional-dependencies"))
    asked = cast("list[str]", table("project")["dependencies"])
    asked += [requirement for extra in extras for requirement in optional[extra]]
    assert [] == not_locked(asked, read(lock))
    assert [] == unhashed(read(lock))


def test_the_installer_is_locked() -> None:
    """It fetches the rest, so it too is the one that was tried."""
    assert [] == not_locked(["pip"], read("requirements-pip.lock"))
    assert [] == unhashed(read("requirements-pip.lock"))


def test_what_is_imported_is_asked_for() -> None:
    """No module of the product leans on what some library happens to bring along."""
    imported = {
        package
        for source in under("streams", suffix=".py")
        for package in imported_packages(source.text)
    }
    asked = cast("list[str]", table("project")["dependencies"])
    assert [] == undeclared(imported - {"streams"}, packages_distributions(), asked)


def test_the_version_is_said_once() -> None:
    """The package and the distribution are of one version."""
    assert f'__version__ = "{table("project")["version"]}"' in read("streams/__init__.py")


def test_imports_of_every_form_are_seen() -> None:
    """The standard library and relative imports are nobody's product."""
    text = "import os, a.b\nfrom c.d import e\nfrom . import f\ndef g():\n    import h\n"
    assert {"a", "c", "h"} == imported_packages(text)


def test_an_undeclared_import_is_found() -> None:
    """A package is asked for under the name of its distribution."""
    providers = {"yaml": ["PyYAML"], "aiohttp": ["aiohttp"]}
    assert ["aiohttp", "unheard"] == undeclared(
        ["yaml", "aiohttp", "unheard"], providers, ["pyyaml>=6"]
    )


def test_a_rule_without_reason_is_found() -> None:
    """A comment with words, on the same line."""
    text = 'ignore = [\n  "D100",  # Because.\n  "D101",\n  "D102",  #\n]\n'
    assert ["3", "4"] == [complaint.split(":")[0] for complaint in unexplained_rules(text)]


def test_a_missing_pin_is_found() -> None:
    """Names are compared as registries do, without case and kind of dash."""
    assert ["d"] == not_locked(["A_B>=1", "c", "d[x]==1"], LOCK)


def test_a_pin_without_hash_is_found() -> None:
    """Only a hash says which bytes are meant."""
    assert ["c"] == unhashed(LOCK)


def test_an_uncovered_package_is_found() -> None:
    """A package and all below one cover it."""
    assert ["streams.c"] == uncovered(
        ["streams.a", "streams.b", "streams.c"], ["streams.a", "streams.b.**"]
    )


@pytest.mark.parametrize(
    ("requirement", "expected"), [("PyYAML>=6", "pyyaml"), ("a_b.c[x]; os", "a-b-c")]
)
def test_names_are_normal(requirement: str, expected: str) -> None:
    """One package has one spelling."""
    assert expected == normal(requirement)
