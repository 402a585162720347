"""Leaving tests out: only what can't run, and never in silence."""

from tests.support.tools import missing_tools, why_left_out

NEEDS = {"kafka": ("java", "mvn"), "page": ("chromium",)}


def here(*tools: str) -> dict[str, str]:
    """Return a machine that has `tools`."""
    return {tool: f"/bin/{tool}" for tool in tools}


def test_a_full_machine_misses_nothing() -> None:
    """With every program present no mark is left out."""
    assert {} == missing_tools(here("java", "mvn", "chromium").get, NEEDS)


def test_only_what_is_absent_is_named() -> None:
    """A mark that lacks one of two programs names that one."""
    assert {"kafka": ("mvn",)} == missing_tools(here("java", "chromium").get, NEEDS)


def test_a_test_without_needs_always_runs() -> None:
    """Marks that need nothing give no reason to leave a test out."""
    assert "" == why_left_out(["parametrize"], {"kafka": ("java",)})


def test_the_reason_names_mark_and_program() -> None:
    """A person who reads the summary knows what to install."""
    missing = {"kafka": ("java", "mvn")}
    expected = "kafka tests need java and mvn, not found on this machine"
    assert expected == why_left_out(["kafka", "parametrize"], missing)
