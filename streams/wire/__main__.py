"""Write what is made from the types: `python -m streams.wire`.

JSON Schemas go beside this module, their reference page goes to `docs/reference` of the source
tree. A test fails while a committed file differs from what would be written.
"""

from pathlib import Path
from typing import Final

from streams.wire.reference import reference_page
from streams.wire.schemas import SCHEMAS, schema_text

_SCHEMAS: Final = Path(__file__).parent / "schemas"
_PAGE: Final = Path(__file__).parents[2] / "docs" / "reference" / "schemas.md"


def main(schemas: Path = _SCHEMAS, page: Path = _PAGE) -> None:
    """Write every schema into a folder, and the page about them into a file."""
    for name in SCHEMAS:
        (schemas / f"{name}.schema.json").write_text(schema_text(name), encoding="utf-8")
    page.write_text(reference_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
