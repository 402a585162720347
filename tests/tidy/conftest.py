"""Reports the ratio of tests to code wherever the tree is looked at."""

import pytest

from tests.tidy.ratio import ratio_report
from tests.tidy.tree import under


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Write one line: how much code there is, and how much test for it."""
    code, tests = (
        [source.text for source in under(folder, suffix=".py")] for folder in ("streams", "tests")
    )
    terminalreporter.write_line(ratio_report(code, tests))
