"""Results made by hand, for the tests of the reports: a plain one, a hostile one, a large one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from recount.chain import Link
from recount.model import (
    Candidate,
    Contest,
    Coverage,
    Election,
    Finding,
    Input,
    Named,
    Outcome,
    Standing,
    Votes,
)
from recount.result import Path, Result, Tallied, Traced
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable

PAIRS = (Candidate("1", "Joko Widodo - Ma'ruf Amin"), Candidate("2", "Prabowo - Sandiaga Uno"))
ELECTION = Election("pilpres", "Pilpres 2019, Kalimantan Timur", (Contest("p", "", PAIRS),))

HOSTILE = (
    "\x1b[2J\x1b]0;owned\x07",
    "abc\u202etxt.exe",
    '=HYPERLINK("http://evil.example","x")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "-2+3",
    "\tlead",
    "\rlead",
    "a|b",
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](http://evil.example/x.png)",
    "[red]not red[/red] [bold]",
    ":warning: {name} {0} %s",
    "a\nb\n# heading",
    "\\| `code` *bold* _it_ ~~no~~",
    "http://evil.example www.evil.example",
    "\u2028\u2029\ufeff\x00\x9b31m",
    "\ufffe\ufdd0",
    '"quoted";semi,comma',
)

SCHEMA: dict[str, Any] = {
    **dict.fromkeys(("contest", "level", "region", "name", "within"), pl.String),
    "parents": pl.List(pl.String),
    "item": pl.String,
    **dict.fromkeys(("ours", "theirs", "difference"), pl.Int64),
    "status": pl.String,
    **dict.fromkeys(("ours_read", "ours_expected", "theirs_read", "theirs_expected"), pl.Int64),
    "effect": pl.Int64,
    **dict.fromkeys(("place_ours", "place_theirs"), pl.String),
    **dict.fromkeys(("causes", "cause_marks"), pl.List(pl.String)),
    "cause_chances": pl.List(pl.Float64),
}

Cause = tuple[str, str, float]


def row(
    level: str,
    region: str,
    name: str | None,
    item: str,
    ours: int | None,
    theirs: int | None,
    status: str = "differs",
    read: tuple[int, int, int, int] = (1, 1, 1, 1),
    within: str | None = None,
    causes: tuple[Cause, ...] = (),
) -> dict[str, object]:
    """Make one comparison; the difference follows from the two numbers."""
    parts = region.split(".")
    return {
        "contest": "p",
        "level": level,
        "region": region,
        "name": name,
        "within": within,
        "parents": [".".join(parts[:n]) for n in range(1, len(parts))],
        "item": item,
        "ours": ours,
        "theirs": theirs,
        "difference": None if ours is None or theirs is None else ours - theirs,
        "status": status,
        **dict(zip(list(SCHEMA)[11:15], read, strict=True)),
        "effect": 0,
        "place_ours": None if ours is None else f"samarinda.xlsx!DA1!D{len(region)}",
        "place_theirs": None if theirs is None else f"kpu.csv:{len(region)}",
        "causes": [cause for cause, _, _ in causes],
        "cause_marks": [mark for _, mark, _ in causes],
        "cause_chances": [chance for _, _, chance in causes],
    }


def comparisons(rows: Iterable[dict[str, object]]) -> nw.DataFrame[Any]:
    """Put comparisons into the frame a result holds."""
    return nw.from_native(pl.DataFrame(list(rows), schema=SCHEMA), eager_only=True)


def small() -> Result:
    """A result with every status, a level with more than the screen lists, and findings."""
    a, b = "candidate:1", "candidate:2"
    rows = [
        row("provinsi", "64", "Kalimantan Timur", a, 1_094_845, 1_094_215, read=(10, 10, 10, 10)),
        row("kabkota", "64.72", "Kota Samarinda", a, 238_315, 237_685, "partial", (9, 10, 10, 10)),
        row("kabkota", "64.72", "Kota Samarinda", "valid", None, 1, "unread", (0, 10, 1, 10),
            causes=(("zero_or_blank", "blank>", 0.0),)),
        row("kecamatan", "64.72.01", "Palaran", a, 19_812, 19_182, within="Kota Samarinda",
            causes=(("transposed", "81>18", 2 / 1260), ("digit", "1>2@3", 0.0312))),
        row("kecamatan", "64.72.01", "Palaran", b, 8_100, 8_112, within="Kota Samarinda"),
        row("kecamatan", "64.02.05", "Tenggarong Seberang", "voters.f", 21_000, 21_001,
            within="Kutai Kartanegara"),
        *(row("kecamatan", f"64.09.{n:02}", f"Kecamatan {n}", a, 1000 + n, 990,
              within="Penajam Paser Utara") for n in range(1, 25)),
        row("kecamatan", "64.71.01", "Balikpapan Timur", a, 7, None, "ours_only"),
        row("kecamatan", "64.71.02", "Balikpapan Barat", a, None, 9, "theirs_only"),
        row("kecamatan", "64.71.03", "Balikpapan Utara", a, 70, 0, "withheld"),
        row("kecamatan", "64.71.04", "Balikpapan Tengah", a, None, 12, "conflict"),
    ]  # fmt: skip
    left = {"ours_only": 1, "theirs_only": 1}
    return Result(
        version="0.1.0",
        election=ELECTION,
        inputs=_inputs(),
        coverage=(
            Coverage("p", "provinsi", 1, 1, 1, 1),
            Coverage("p", "kabkota", 10, 10, 10, 10),
            Coverage("p", "kecamatan", 103, 101, 101, 100, left),
        ),
        outcome=(outcome(),),
        comparisons=comparisons(rows),
        findings=findings(),
        summary={"compared": 232, "equal": 199, "differs": 28, "partial": 1, "withheld": 1,
                 "unread": 1, "ours_only": 1, "theirs_only": 1, "conflict": 1},
        assumptions=(say("Assumed: {what}.", what="kecamatan"),),
    )  # fmt: skip


def outcome(*, same: bool | None = False) -> Outcome:
    """Candidate 1 leads on our side and corrected, candidate 2 online."""
    ours = Standing(101, (Votes("1", 1_094_845), Votes("2", 870_443)), 224_402)
    theirs = Standing(101, (Votes("2", 983_222), Votes("1", 914_449)), 68_773)
    corrected = Standing(102, (Votes("1", 1_094_900), Votes("2", 870_500)), 224_400)
    added = (("kecamatan", 1),)
    return Outcome("p", "64", 1, ours, theirs, corrected, same, level="kecamatan", added=added)


def findings() -> tuple[Finding, ...]:
    """One finding of each severity."""
    message = say("{sum} is not {total}.", sum=12_345, total=12_354)
    mend = say("Compare {box} with the form.", box="III.1")
    place = "samarinda.xlsx!DA1!D20"
    return (
        Finding("R1", "error", message, mend, place, "ours", "64.72.01", "p"),
        Finding("R7", "warning", message, mend, "kpu.csv:12", "theirs"),
        Finding("N5", "note", message, mend),
    )


def traced() -> Traced:
    """A desa whose figures change on DA1, are blank on a form, and are of some TPS only."""
    tps, daa = Link("tps", None, 300, 2, 2, "c1.csv:94"), "daa1-ppwp-2019"
    da1 = Link("kecamatan", "da1-ppwp-2019", 318, 1, 1, "da1.xlsx!DA1!L11")
    some = (Link("tps", None, 1_200, 14, 17), Link("desa", daa, 1_300, 3, None), da1)
    blank = (Link("tps", None, None, 0, 1), Link("count", None, 7, 1, 1))
    form = Link("desa", daa, 300, 2, 2), Link("desa", daa, 305, 1, 1, "daa1.xlsx!A!F9")
    return Traced(
        version="0.1.0",
        election=ELECTION,
        inputs=_inputs(),
        region=Named("64.11.04.2010", "Long Apari"),
        level="desa",
        above=(Named("64.11", "Mahakam Ulu"), Named("64.11.04", "Long Apari")),
        paths=(
            Path("p", "candidate:1", (tps, da1, Link("count", None, 300, 2, 2)), da1, 18),
            Path("p", "candidate:2", (*form, Link("recap", None, 305, 1, 1)), form[1], 5),
            Path("p", "valid", some),
            Path("p", "invalid", blank),
        ),
        findings=findings()[:1],
    )


def _inputs() -> tuple[Input, ...]:
    ours = tuple(Input("ours", f"forms/{n}.xlsx", f"{n}a1b2c3d4e5" * 6, 9, 10) for n in range(5))
    taken = "2019-05-22T10:30:00+08:00"
    return (*ours, Input("theirs", "kpu.csv", "f0" * 32, 4096, 101, taken, "table", "count"))


def hostile() -> Result:
    """A result whose every text is one of the hostile ones, and a path that is not UTF-8."""
    names = [text for text in HOSTILE if text.strip("\t\r")]
    rows = [
        {**row("desa", f"64.72.01.{n}", name, "candidate:1", n + 1, n, within=name),
         "place_ours": name, "place_theirs": name}
        for n, name in enumerate(names)
    ]  # fmt: skip
    pairs = tuple(Candidate(str(n), name) for n, name in enumerate(names))
    found = tuple(
        Finding("R1", "error", say("{n}", n=name), say("Look."), name, "ours", name, name)
        for name in names
    )
    path = "caf\udce9.csv"
    return replace(
        small(),
        election=Election(names[0], names[2], (Contest("p", names[9], pairs),)),
        inputs=tuple(Input("ours", name, "00" * 32, 1, 1, name, name) for name in (path, *names)),
        coverage=(Coverage("p", "desa", 20, 20, 20, 20),),
        comparisons=comparisons(rows),
        findings=found,
    )


def large(n: int) -> Result:
    """A result with `n` comparisons."""
    rows = [
        row("tps", f"64.72.{k % 99:02}.{k}", f"TPS {k}", f"candidate:{k % 2 + 1}", k, k + 7,
            within="Rapak Dalam")
        for k in range(n)
    ]  # fmt: skip
    held = (Coverage("p", "tps", n, n, n, n),)
    return replace(small(), coverage=held, comparisons=comparisons(rows))


def tallied() -> Tallied:
    """One side's totals at two levels, with blanks and incomplete sums."""
    frame = pl.DataFrame(
        {
            "contest": ["p", "p", "p"],
            "level": ["kabkota", "kecamatan", "kecamatan"],
            "region": ["64.72", "64.72.01", "64.72.02"],
            "name": ["Kota Samarinda", "Palaran", None],
            "within": ["Kalimantan Timur", "Kota Samarinda", "Kota Samarinda"],
            "parents": [["64"], ["64", "64.72"], ["64", "64.72"]],
            "expected": [2, 1, 1],
            "candidate:1": [1234, 1234, None],
            "candidate:1.read": [1, 1, 0],
            "valid": [3000, 2000, 1000],
            "valid.read": [2, 1, 1],
        }
    )
    boxes = ("candidate:1", "valid")
    totals: nw.DataFrame[Any] = nw.from_native(frame, eager_only=True)
    return Tallied("0.1.0", ELECTION, _inputs()[:1], boxes, totals, findings())
