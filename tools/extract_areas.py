"""Write `streams/territory/data/areas.csv`: codes and names of Indonesian areas.

Source: npm package `idn-area-data` 4.0.1 (code MIT, data ODbL 1.0), which follows the Kemendagri
codes. The whole has 83,762 desa; the extract keeps all provinces and kabupaten/kota, and the
kecamatan and desa of the kabupaten named on the command line (default: those that examples and
tests use). Another release is a new extract and a line in LICENSE-DATA.md.

    python -m tools.extract_areas                 # the kabupaten of the examples
    python -m tools.extract_areas 17.02 33.26     # others
    python -m tools.extract_areas --archive idn-area-data-4.0.1.tgz

An election folder may also bring its own `areas.csv` of the same form.
"""

import argparse
import csv
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "idn-area-data@4.0.1"
OUTPUT = Path(__file__).parents[1] / "streams" / "territory" / "data" / "areas.csv"
EXAMPLES = ("16.10", "17.02", "33.26", "36.04", "51.71", "91.03")
"""Ogan Ilir, Rejang Lebong, Pekalongan, Serang (WIB), Denpasar (WITA), Jayapura (WIT)."""
WHOLE_LEVELS = ("provinces", "regencies")
CHOSEN_LEVELS = ("districts", "villages")
KABUPATEN_LENGTH = 5


def fetch(folder: Path) -> Path:
    """Let npm put the archive of the package into `folder`; return its path."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is not installed: install it, or hand in the package with --archive")
    command = [npm, "pack", PACKAGE, "--silent", "--pack-destination", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 — words of ours.
    return next(folder.glob("*.tgz"))


def rows_of(archive: tarfile.TarFile, level: str) -> list[tuple[str, str]]:
    """Read code and name of every area of one level."""
    member = archive.extractfile(f"package/data/{level}.csv")
    assert member is not None, level
    rows = csv.DictReader(io.TextIOWrapper(member, "utf-8", newline=""))
    return [(row["code"], row["name"]) for row in rows]


def extract(path: Path, kabupaten: frozenset[str]) -> list[tuple[str, str]]:
    """Return the rows of the extract, sorted by code: a parent stands before its children."""
    with tarfile.open(path) as archive:
        whole = [row for level in WHOLE_LEVELS for row in rows_of(archive, level)]
        chosen = [row for level in CHOSEN_LEVELS for row in rows_of(archive, level)]
    unknown = kabupaten - {code for code, _ in whole}
    if unknown:
        sys.exit(f"no such kabupaten: {', '.join(sorted(unknown))}")
    kept = (row for row in chosen if row[0][:KABUPATEN_LENGTH] in kabupaten)
    return sorted([*whole, *kept])


def main() -> None:
    """Fetch the package unless it is handed in, and write the extract."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("kabupaten", nargs="*", help="codes, as 17.02")
    parser.add_argument("--archive", type=Path, help="the package, if it is already here")
    arguments = parser.parse_args()
    chosen = frozenset[str](arguments.kabupaten or EXAMPLES)
    with tempfile.TemporaryDirectory() as folder:
        rows = extract(arguments.archive or fetch(Path(folder)), chosen)
    with OUTPUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("code", "name"), *rows])
    sys.stdout.write(f"{OUTPUT}: {len(rows)} areas\n")


if __name__ == "__main__":
    main()
