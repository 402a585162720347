"""What is committed is fit for strangers."""

import pytest

from tests.tidy.leaks import LEFTOVERS, PLACES, SECRETS, leaks
from tests.tidy.tree import complaints, sources


@pytest.mark.parametrize("patterns", [LEFTOVERS, PLACES, SECRETS], ids=["notes", "places", "keys"])
def test_no_file_leaks(patterns: dict[str, str]) -> None:
    """No note to oneself, no place of one machine and nothing that opens a door."""
    assert "" == complaints(lambda text: leaks(text, patterns), sources())


@pytest.mark.parametrize(
    ("patterns", "pieces"),
    [
        (LEFTOVERS, ("# TO", "DO: later")),
        (LEFTOVERS, ("# FIX", "ME")),
        (LEFTOVERS, ("XX", "X: what is this")),
        (PLACES, ("open('/ho", "me/ani/day.csv')")),
        (PLACES, ("cd /wo", "rk/siaga")),
        (PLACES, ("https://py", "pi.org/simple")),
        (PLACES, ("registry.npm", "js.org")),
        (PLACES, ("https://repo1.ma", "ven.org/maven2")),
        (SECRETS, ("-----BEGIN RSA PRI", "VATE KEY-----")),
        (SECRETS, ("AKI", "A" + "7" * 16)),
        (SECRETS, ("gh", "p_" + "a" * 36)),
        (SECRETS, ("xox", "b-1234567890")),
        (SECRETS, ("123456789:", "A" * 35)),
        (SECRETS, ("ey", "J" + "a" * 12 + ".eyJ" + "b" * 12)),
        (SECRETS, ("kafka://siaga:", "hunter22@broker:9092")),
    ],
)
def test_each_leak_is_found(patterns: dict[str, str], pieces: tuple[str, ...]) -> None:
    """Each kind is seen, and its line named."""
    found = leaks("first line\n" + "".join(pieces), patterns)
    assert ["2"] == [complaint.split(":")[0] for complaint in found]


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/work/1",
        "~/work/siaga",
        "$HOME/root/x",
        "kafka://${USER}:${PASSWORD}@broker:9092",
        "36.04.17.2010-001 at 2024-11-27T07:10:00+07:00",
        "http://maven.apache.org/POM/4.0.0",
    ],
)
def test_what_only_looks_alike_passes(text: str) -> None:
    """A checker that cries at everything is switched off by its readers."""
    assert [] == leaks(text, LEFTOVERS | PLACES | SECRETS)
