"""An answer of Sirekap about one TPS in, its row out: votes and administration, each or neither."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recount.systems._crawl import UNKNOWN_KEY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recount.systems._crawl import Crawl, Target

_SEXES = {"j": "", "l": ".m", "p": ".f"}
BOXES = {
    "suara_sah": "valid",
    "suara_tidak_sah": "invalid",
    "suara_total": "cast",
} | {
    f"{key}_{sex}": box + end
    for key, box in {
        "pemilih_dpt": "registered_dpt",
        "pengguna_dpt": "voters_dpt",
        "pengguna_dptb": "voters_moved",
        "pengguna_non_dpt": "voters_id_card",
        "pengguna_total": "voters",
    }.items()
    for sex, end in _SEXES.items()
}
"""The keys of the administration page, and the boxes they are."""

REGULAR = (None, "", "Reguler")


def take_station(
    body: Mapping[str, Any], row: dict[str, object], crawl: Crawl, target: Target
) -> None:
    """Put a TPS in. `row`: its place and time."""
    votes, page = body.get("chart"), body.get("administrasi")
    nothing = crawl.nothing
    row["percent"] = 100
    if not body:
        nothing["not-entered"] += 1
    elif type(votes) is not dict:
        nothing["no-votes"] += 1
    else:
        before = len(row)
        for key, value in votes.items():
            if key.isdecimal():
                row["candidate:" + key] = value
            elif key != "null" and key not in {"persen", "progres"}:
                nothing[UNKNOWN_KEY + key[:40]] += 1
        nothing["no-candidate"] += len(row) == before
    if type(page) is dict:
        for key, value in page.items():
            box = BOXES.get(key)
            if box is None:
                nothing[UNKNOWN_KEY + key[:40]] += 1
            else:
                row[box] = value
    elif body:
        nothing["no-page"] += 1
    row["psu"] = body.get("psu")
    crawl.add(target, row)
