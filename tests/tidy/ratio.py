"""How much test there is for each line of code."""

from collections.abc import Iterable


def code_lines(text: str) -> int:
    """Count the lines that are neither empty nor a comment alone; docstrings count."""
    lines = (line.strip() for line in text.splitlines())
    return sum(1 for line in lines if line and not line.startswith("#"))


def ratio_report(code: Iterable[str], tests: Iterable[str]) -> str:
    """Say the two sizes and what one is to the other."""
    code_total, test_total = (sum(map(code_lines, texts)) for texts in (code, tests))
    ratio = test_total / max(code_total, 1)
    return f"{code_total} lines of code, {test_total} lines of tests: {ratio:.2f} for each line"
