"""RESULT: not a contestant. Prints what recount's JSON says, in the words of the others.

A station counts as compared when none of its boxes has a status other than equal or differs. In a
process of its own so that run.py stays small: a child's peak memory starts at its parent's.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main(result: str) -> None:
    """Print {"compared": n, "differs": n} of the stations."""
    document = json.loads(Path(result).read_text(encoding="utf-8"))
    stations = sum(row["expected"] for row in document["coverage"] if row["level"] == "tps")
    statuses: dict[str, set[str]] = {}
    for row in document["comparisons"]:
        if row["level"] == "tps" and row["status"] != "equal":
            statuses.setdefault(row["region"], set()).add(row["status"])
    differs = sum(found == {"differs"} for found in statuses.values())
    compared = stations - len(statuses) + differs
    print(json.dumps({"compared": compared, "differs": differs}))


if __name__ == "__main__":
    main(*sys.argv[1:])
