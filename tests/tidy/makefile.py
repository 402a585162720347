"""The Makefile explains itself: `make help` prints what stands behind `##`."""

import re

RULE = re.compile(r"(?P<name>[a-z][a-z-]*):(?!=)(?P<rest>.*)")


def silent_targets(makefile: str) -> list[str]:
    """Name the targets a person can ask for that have no help text."""
    rules = [rule for line in makefile.splitlines() if (rule := RULE.fullmatch(line))]
    return [rule["name"] for rule in rules if not re.search(r" ## \S", rule["rest"])]


def phony_targets(makefile: str) -> set[str]:
    """Return the targets declared to be names, not files."""
    return set(" ".join(re.findall(r"^\.PHONY:(.*)", makefile, re.MULTILINE)).split())


def targets(makefile: str) -> set[str]:
    """Return the targets a person can ask for."""
    return {rule["name"] for line in makefile.splitlines() if (rule := RULE.fullmatch(line))}
