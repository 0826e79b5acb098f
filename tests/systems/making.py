"""Answers as the online systems give them, laid out anew with made-up figures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

PAIRS = {
    "64": {
        "1000054": {"nama": "Andi - Budi", "nomor_urut": 1, "ts": "2024-11-21 21:55:15"},
        "1000055": {"nama": "Citra - Dewi", "nomor_urut": 2, "ts": "2024-11-21 21:55:15"},
    }
}
TS = "2024-11-28 10:15:04"


def write(folder: Path, answers: dict[str, Any]) -> Path:
    """Write answers as files; what is bytes stays as it is."""
    for name, body in answers.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body if isinstance(body, bytes) else json.dumps(body).encode())
    return folder


def row(first: int | None, second: int | None, counted: int, total: int) -> dict[str, Any]:
    """A row of Sirekap Pilkada 2024; a pair without a figure is not in it."""
    figures = {"1000054": first, "1000055": second}
    said = {key: value for key, value in figures.items() if value is not None}
    progress = {"total": total, "persen": round(counted / total * 100, 2), "progres": counted}
    return {"psu": "Reguler", **said, "progres": progress, "status_progress": True}


def pilkada(table: dict[str, Any], ts: str = TS, **chart: int) -> dict[str, Any]:
    """An answer of Sirekap Pilkada 2024 about a region; the whole adds up unless it is given."""
    sums = {key: sum(said.get(key, 0) for said in table.values()) for key in ("1000054", "1000055")}
    progress = {
        key: sum(said["progres"][key] for said in table.values()) for key in ("total", "progres")
    }
    whole = {**sums, **{key.removeprefix("c"): value for key, value in chart.items()}}
    inside = {"chart": {**whole, "progres": {**progress, "persen": 0}}, "table": table}
    return {"mode": "hhcw", "tungsura": inside, "psu": "Reguler", "progres": progress, "ts": ts}


def station(
    votes: tuple[int, int, int] | None = (71, 20, 9), page: dict[str, int] | None = None
) -> dict[str, Any]:
    """An answer of Sirekap Pemilu 2024 about a TPS: votes and administration, each or neither."""
    ids = ("100025", "100026", "100027")
    chart = None if votes is None else {"null": None, **dict(zip(ids, votes, strict=True))}
    return {
        "mode": "hhcw",
        "chart": chart,
        "images": [None],
        "administrasi": page,
        "psu": None,
        "ts": "2024-02-20 13:00:00",
        "status_suara": votes is not None,
        "status_adm": page is not None,
    }
