"""`make` alone tells what there is to make."""

from tests.tidy.makefile import phony_targets, silent_targets, targets
from tests.tidy.tree import read


def test_every_target_has_a_help_text() -> None:
    """Nothing has to be looked up in the Makefile."""
    assert [] == silent_targets(read("Makefile"))


def test_every_target_is_phony() -> None:
    """A file that happens to bear a target's name does not stop it."""
    makefile = read("Makefile")
    assert phony_targets(makefile) == targets(makefile)


def test_the_promised_targets_exist() -> None:
    """README and continuous integration rely on these."""
    promised = {"help", "demo", "test", "faults", "bench", "check", "lock", "clean"}
    assert promised <= targets(read("Makefile"))


def test_a_silent_target_is_found() -> None:
    """Variables and file rules need no help text, targets do."""
    makefile = "a: b ## Say\nc: d\nVAR := x\ne:=f\n.venv/x: y\n"
    assert ["c"] == silent_targets(makefile)
    assert {"a", "c"} == targets(makefile)
