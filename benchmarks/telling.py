"""Measured contestants in, the tables of ratios and times out, as Markdown that reads as text."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from benchmarks.measuring import Contestant

LIBRARIES = ("polars", "narwhals", "duckdb", "pandas", "pyarrow", "python-calamine", "typer")
MEMORY = 2000
"""The most that the national run may hold, in megabytes (10^6 bytes)."""


class Target(NamedTuple):
    """The fastest of `who` takes at most `limit` times as long as the fastest of `others`."""

    text: str
    who: tuple[str, ...]
    others: tuple[str, ...]
    limit: float | None


NATION = "recount, polars"
BARE = ("bare_polars", "bare_duckdb")
DATACOMPY = ("datacompy_polars", "datacompy_pandas")
TARGETS = (
    Target("nation: recount / faster bare script", (NATION,), BARE, 2),
    Target("nation: recount / faster datacompy", (NATION,), DATACOMPY, 1),
    Target("nation: recount / pandas merge", (NATION,), ("pandas_merge",), 1 / 3),
    Target("nation: faster bare script / pandas merge", BARE, ("pandas_merge",), None),
    Target("103 rows: recount / imports, reading", ("recount, 103 rows",), ("read_sample",), 1.5),
    Target("--help: recount / typer, plain", ("recount --help",), ("bare_typer",), 1.5),
    Target("--help: recount / typer, rich", ("recount --help",), ("bare_typer_rich",), None),
)


def table(rows: list[tuple[str, ...]]) -> str:
    """Lay rows out in columns of even width; the first is the heading."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def times(contestants: list[Contestant]) -> str:
    """Everybody's seconds and memory."""
    rows: list[tuple[str, ...]] = [("process", "does", "median s", "from - to", "peak MB")]
    for one in contestants:
        seconds = [run.seconds for run in one.runs]
        reach = f"{min(seconds):.2f} - {max(seconds):.2f}"
        rows.append((one.name, one.does, f"{one.seconds:.2f}", reach, f"{one.megabytes:,.0f}"))
    return table(rows)


def ratios(contestants: list[Contestant]) -> str:
    """What was aimed at, and what came out."""
    rows: list[tuple[str, ...]] = [("ratio of medians", "measured", "target", "")]
    seconds = {one.name: one.seconds for one in contestants}
    for target in TARGETS:
        who, others = fastest(seconds, target.who), fastest(seconds, target.others)
        value = who / others if who and others else None
        rows.append((target.text, *judged(value, target.limit, ".2f")))
    peak = {one.name: one.megabytes for one in contestants}.get(NATION)
    rows.append(("nation: peak memory of recount, MB", *judged(peak, MEMORY, ",.0f")))
    return table(rows)


def fastest(seconds: dict[str, float], names: tuple[str, ...]) -> float | None:
    """The fastest of some; None unless all of them took part."""
    return min(seconds[name] for name in names) if seconds.keys() >= set(names) else None


def judged(value: float | None, limit: float | None, style: str) -> tuple[str, str, str]:
    """Write a number, its limit and whether it holds."""
    target = "for comparison" if limit is None else f"at most {limit:{style}}"
    if value is None:
        return "not measured", target, ""
    verdict = "" if limit is None else ("holds" if value <= limit else "missed")
    return f"{value:{style}}", target, verdict


def processor() -> str:
    """Name the processor as the system does."""
    try:
        known = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text("utf-8"))
    except OSError:
        known = None
    return known[1] if known else platform.processor()


def machine(datacompy: str) -> str:
    """On what, and with which versions, this was measured; `datacompy`: its own environment's."""
    day = time.strftime("%Y-%m-%d")
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES)
    return (
        f"{day}, {processor()}, {os.cpu_count()} cores, {platform.system()}; "
        f"Python {platform.python_version()}, {versions}. "
        f"datacompy in an environment of its own: {datacompy}."
    )


def write(readme: Path, text: str) -> None:
    """Put the tables between the marks of a README."""
    begin, end = "<!-- measured -->", "<!-- /measured -->"
    head, rest = readme.read_text(encoding="utf-8").split(begin)
    foot = rest.split(end)[1]
    readme.write_text(f"{head}{begin}\n\n{text}\n\n{end}{foot}", encoding="utf-8")
