"""THEIRS OURS...: the floor of a small run. Imports what recount needs and reads the files.

Prints {"rows": n}: rows of the online file; nothing is compared.
"""

from __future__ import annotations

import json
import sys

import narwhals as nw
import polars as pl
import typer  # noqa: F401 - its import is part of the floor
from python_calamine import CalamineWorkbook


def main(theirs: str, *ours: str) -> None:
    """Read everything once."""
    for path in ours:
        book = CalamineWorkbook.from_path(path)
        for sheet in book.sheet_names:
            book.get_sheet_by_name(sheet).to_python()
    table = nw.from_native(pl.read_csv(theirs, infer_schema=False))
    print(json.dumps({"rows": len(table)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
