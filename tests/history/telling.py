"""Histories of made-up captures: tables with a time in their names, as people keep them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from recount.history import history
from recount.systems import snapshots

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from recount.history import History

HEAD = "kode,provinsi,kabkota,tps_in,tps_total,1 Ani,2 Budi,3 Citra\n"
Rows = dict[str, tuple[int | None, ...]]
"""By code: TPS in, TPS in all, and the candidates' votes."""


def tables(folder: Path, captures: Sequence[Rows]) -> Path:
    """One CSV file an hour."""
    folder.mkdir(exist_ok=True)
    for hour, rows in enumerate(captures):
        lines = [
            f"{code},KALIMANTAN TIMUR,{'' if code == '64' else f'KAB {code}'},"
            + ",".join("" if n is None else str(n) for n in row)
            for code, row in rows.items()
        ]
        path = folder / f"2024-11-28T{hour:02d}00+0800.csv"
        path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return folder


def told(folder: Path, captures: Sequence[Rows]) -> History:
    return history(snapshots([tables(folder, captures)]))


def sirekap(
    folder: Path, ts: str, table: Mapping[str, Mapping[str, Any]], mode: str = "hhcw"
) -> None:
    """One raw answer of Sirekap Pilkada about a province, in a folder of its own."""
    path = folder / "pkwkp/64/64.json"
    path.parent.mkdir(parents=True)
    sums: dict[str, Any] = {}
    for row in table.values():
        for key, value in row.items():
            if key.isdigit():
                sums[key] = sums.get(key, 0) + value
    total = {
        key: sum(row["progres"][key] for row in table.values()) for key in ("total", "progres")
    }
    body = {
        "mode": mode,
        "tungsura": {"chart": {**sums, "progres": total}, "table": table},
        "psu": "Reguler",
        "progres": None,
        "ts": ts,
    }
    path.write_text(json.dumps(body), encoding="utf-8")
