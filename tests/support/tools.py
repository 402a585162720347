"""Which tests this machine can run: a mark says what a test needs, a table says what that is.

A test that needs a tool which is not here is left out, and the closing summary says so in plain
words. With `SIAGA_TEST_ALL=1` (continuous integration) nothing may be left out: a missing tool
fails the run before it starts.
"""

from collections.abc import Callable, Iterable, Mapping

NEEDS: Mapping[str, tuple[str, ...]] = {
    "chromium": ("apt-get", "dpkg"),
    "debian": ("apt-get", "dpkg", "unshare"),
    "kafka": ("java", "mvn"),
}
"""Mark of a test → the programs it starts."""


def missing_tools(
    which: Callable[[str], str | None], needs: Mapping[str, tuple[str, ...]] = NEEDS
) -> dict[str, tuple[str, ...]]:
    """Name, for each mark that cannot run here, the programs that are missing.

    Args:
        which: Finds a program by name, like `shutil.which`.
        needs: The programs that each mark needs.
    """
    absent = {
        mark: tuple(tool for tool in tools if not which(tool)) for mark, tools in needs.items()
    }
    return {mark: tools for mark, tools in absent.items() if tools}


def why_left_out(marks: Iterable[str], missing: Mapping[str, tuple[str, ...]]) -> str:
    """Say why a test with these marks can't run here; an empty string when it can."""
    return "; ".join(
        f"{mark} tests need {' and '.join(missing[mark])}, not found on this machine"
        for mark in sorted(set(marks) & set(missing))
    )
