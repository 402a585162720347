"""The form of pyproject.toml and of the lock files made from it."""

import ast
import re
import sys
from collections.abc import Iterable, Mapping

LISTED_RULE = re.compile(r'\s+"[A-Z]+\d+",(?P<reason>.*)')
PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<rest>[^\n]*(?:\n[ ]+[^\n]*)*)", re.MULTILINE)
NAME = re.compile(r"[A-Za-z0-9._-]+")


def unexplained_rules(pyproject: str) -> list[str]:
    """Complain of each ruff rule that is switched off without a reason on its line."""
    return [
        f"{number}: {line.strip()} why?"
        for number, line in enumerate(pyproject.splitlines(), 1)
        if (rule := LISTED_RULE.fullmatch(line)) and not re.match(r"\s+# \S", rule["reason"])
    ]


def normal(requirement: str) -> str:
    """Return the name of a requirement as lock files write it: `PyYAML>=6` is `pyyaml`."""
    name = NAME.match(requirement)
    assert name is not None, f"a requirement begins with a name: {requirement}"
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def not_locked(requirements: Iterable[str], lock: str) -> list[str]:
    """Name the requirements that the lock does not pin."""
    pinned = {pin["name"] for pin in PIN.finditer(lock)}
    return sorted(name for name in map(normal, requirements) if name not in pinned)


def unhashed(lock: str) -> list[str]:
    """Name the pins without a hash."""
    return [pin["name"] for pin in PIN.finditer(lock) if "--hash=sha256:" not in pin["rest"]]


def uncovered(packages: Iterable[str], expressions: Iterable[str]) -> list[str]:
    """Name the packages that no expression of an import contract covers.

    Args:
        packages: Modules such as `streams.rules`.
        expressions: Modules, or all below one: `streams.rules.**`.
    """
    covered = {expression.removesuffix(".**") for expression in expressions}
    return sorted(set(packages) - covered)


def imported_packages(text: str) -> set[str]:
    """Return the top-level packages that a module imports from outside the standard library."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Import(names=aliases):
                names |= {alias.name.split(".")[0] for alias in aliases}
            case ast.ImportFrom(module=str(module), level=0):
                names.add(module.split(".")[0])
            case _:
                pass
    return names - set(sys.stdlib_module_names)


def undeclared(
    packages: Iterable[str], providers: Mapping[str, list[str]], requirements: Iterable[str]
) -> list[str]:
    """Name the imported packages that no requirement provides.

    Args:
        packages: Top-level packages, `yaml`.
        providers: Package → the distributions that provide it: `yaml` → `PyYAML`.
        requirements: What the project asks for: `PyYAML>=6`.
    """
    asked = {normal(requirement) for requirement in requirements}
    return sorted(
        package
        for package in packages
        if asked.isdisjoint(normal(provider) for provider in providers.get(package, []))
    )
