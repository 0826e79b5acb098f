"""Records in JSON in, one grid of text out: the keys are row 1, each record is a row.

A list of objects, an object whose values are objects (its keys are then the codes), or either of
these as the only such value inside one more object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recount.bodies import BrokenError, parse, text_of
from recount.errors import RecountError
from recount.readers._cells import blanks_to_null, columns, grid
from recount.texts import say

if TYPE_CHECKING:
    from recount.model import Finding, Grid

_STARTS = (b"[", b"{")
_SHEET = "records"
_KEY = "kode"


def claims(data: bytes) -> bool:
    """Say whether the content begins as JSON does."""
    return data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_STARTS)


def grids(data: bytes, label: str) -> tuple[tuple[Grid, ...], tuple[Finding, ...]]:
    """Read the records. Raises `RecountError` for what is no whole JSON, and without records."""
    try:
        records = _records(parse(data))
    except BrokenError as fault:
        raise RecountError(
            fault.reason, mend=say("Save or download it again."), place=label
        ) from fault
    if records is None:
        raise RecountError(
            say("This JSON holds no records: no list of objects with one value per key."),
            mend=say("For the raw answers of an online system, use --online."),
            place=label,
        )
    keys = list(dict.fromkeys(key for record in records for key in record))
    rows: list[list[str | None]] = [[*keys]]
    rows += ([text_of(record.get(key)) for key in keys] for record in records)
    table = grid(label, _SHEET, blanks_to_null(columns(rows, label)))
    return (() if table is None else (table,)), ()


def _records(body: Any) -> list[dict[str, Any]] | None:  # noqa: ANN401 - JSON
    """Find the records; None where there are none."""
    if isinstance(body, list):
        records = [one for one in body if isinstance(one, dict)]
        return records if records and len(records) == len(body) else None
    if not isinstance(body, dict) or not body:
        return None
    if all(isinstance(one, dict) and _is_flat(one) for one in body.values()):
        return [{_KEY: key} | one for key, one in body.items()]
    inner = [one for one in body.values() if isinstance(one, (list, dict))]
    return _records(inner[0]) if len(inner) == 1 else None


def _is_flat(record: dict[str, Any]) -> bool:
    return bool(record) and not any(isinstance(one, (list, dict)) for one in record.values())
