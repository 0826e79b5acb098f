"""Distinct places, as written, in; for each one its region in the tree, or the fault, out.

Level by level from the top, always inside the region above: first by code where code and names
agree, then by the exact name, then by the name without blanks and abbreviations. What is merely
alike becomes a finding with a suggestion, never a match (forms.md, section 7).

A table of places has a row per place: `code` (as written), `name1` ... `name4` (as written, from
provinsi to desa), `key1` ... `key4` (as compared), an empty text where nothing stands; and `ours`,
`theirs`, `listed`: who wrote it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount import engine
from recount.nodes import ROOT
from recount.places._codes import Plain, Step
from recount.places._faults import Fault, no_code, no_place
from recount.places._siblings import Siblings
from recount.regions import DOTTED, UNMATCHED, WIDTHS, Regions, parse_code

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Frame = nw.DataFrame[Any]

__all__ = ["Fault", "Settled", "Written", "settle", "table_of"]

FINEST = 4
"""The last level with names of its own, the desa."""

_STEP = ["node", "code_here", "key_here"]


class Written(NamedTuple):
    """One distinct place: its code and names as written and as compared, and who wrote it.

    `names` and `keys` run from provinsi to desa; None where nothing stands.
    """

    code: str | None
    names: tuple[str | None, ...]
    keys: tuple[str | None, ...]
    ours: bool
    theirs: bool
    listed: bool = False


class Settled(NamedTuple):
    """The tree; each place's node (UNMATCHED: none); the faults of the places that have any."""

    regions: Regions
    nodes: nw.Series[Any]
    faults: Mapping[int, tuple[Fault, ...]]


def table_of(places: Sequence[Written]) -> Frame:
    """Lay places out as a table."""
    columns: dict[str, list[object]] = {"code": [place.code or "" for place in places]}
    for level in range(1, FINEST + 1):
        columns[f"name{level}"] = [place.names[level - 1] or "" for place in places]
        columns[f"key{level}"] = [place.keys[level - 1] or "" for place in places]
    schema: dict[str, nw.dtypes.DType] = dict.fromkeys(columns, nw.String())
    for side in ("ours", "theirs", "listed"):
        columns[side] = [getattr(place, side) for place in places]
        schema[side] = nw.Boolean()
    return engine.table(columns, schema)


def settle(places: Frame) -> Settled:
    """Find every place's region; the tree is made of the listed places and of all the others."""
    work = _Work(places.with_columns(_parsed(places), node=nw.lit(ROOT, nw.Int32)))
    for level in range(1, FINEST + 1):
        work.settle_level(level)
    work.say_what_names_no_region()
    return Settled(work.regions, work.places["node"], work.faults)


def _parsed(places: Frame) -> nw.Series[Any]:
    """The codes with dots; an empty text for what is none. Most are written so already."""
    known = places["code"].unique()
    odd = known.filter(~known.str.contains(DOTTED) & (known != "")).to_list()
    codes = engine.replaced(places["code"], {text: parse_code(text) or "" for text in odd})
    return codes.alias("dotted")


@dataclass(slots=True)
class _Work:
    """The places with the nodes found so far, and the tree as it grows."""

    places: Frame
    regions: Regions = field(default_factory=Regions)
    faults: dict[int, tuple[Fault, ...]] = field(default_factory=dict)

    def settle_level(self, level: int) -> None:
        """Go one level down."""
        width = WIDTHS[level]
        deep = nw.col("dotted").str.len_chars() >= width
        here = self.places.with_columns(
            code_here=nw.when(deep).then(nw.col("dotted").str.head(width)).otherwise(nw.lit("")),
            key_here=nw.col(f"key{level}"),
        )
        written = (nw.col("code_here") != "") | (nw.col("key_here") != "")
        asked = here.filter((nw.col("node") != UNMATCHED) & written)
        steps = _distinct(asked, level)
        plain = _plain(steps) if not (self.regions.complete or steps["listed"].any()) else None
        answers = [] if plain is None else [self._add_all(level, plain)]
        rest = steps if plain is None else steps.join(plain, on=_STEP, how="anti")
        known = Plain(*_sides(self.regions, plain))
        settled = [Step.of(row) for row in rest.iter_rows(named=True)]
        Siblings(self.regions, level, settled, known).settle()
        answers.append(_answered(rest, settled))
        found = here.with_row_index("at").join(nw.concat(answers), on=_STEP, how="left").sort("at")
        self._note(found, settled)
        node = nw.coalesce("answer", "node").alias("node")
        self.places = self.places.with_columns(found.select(node)["node"])

    def _add_all(self, level: int, plain: Frame) -> Frame:
        start = len(self.regions.nodes)
        columns = (plain[name].to_list() for name in (*_STEP, "name"))
        self.regions.add_all(level, *columns)
        ids = nw.new_series("answer", range(start, start + len(plain)), nw.Int32, backend="polars")
        none = nw.lit(None, nw.Int32)
        return plain.select(*_STEP).with_columns(ids, step=none)

    def _note(self, found: Frame, settled: list[Step]) -> None:
        """Hand the faults of what is written here on to every place that is written so."""
        faulty = [number for number, step in enumerate(settled) if step.faults]
        if not faulty:
            return
        hit = found.filter(nw.col("step").is_in(faulty))
        for at, number in zip(hit["at"].to_list(), hit["step"].to_list(), strict=True):
            self.faults[at] = self.faults.get(at, ()) + settled[number].faults

    def say_what_names_no_region(self) -> None:
        """Note codes that are none, and places that are named by nothing at all."""
        numbered = self.places.with_row_index("at")
        strange = numbered.filter((nw.col("code") != "") & (nw.col("dotted") == ""))
        for at, code in zip(strange["at"].to_list(), strange["code"].to_list(), strict=True):
            self.faults[at] = (no_code(code), *self.faults.get(at, ()))
        unnamed = nw.col("dotted") == ""
        for level in range(1, FINEST + 1):
            unnamed = unnamed & (nw.col(f"key{level}") == "")
        for at in numbered.filter(unnamed)["at"].to_list():
            self.faults[at] = (*self.faults.get(at, ()), no_place())
        lost = nw.when(unnamed).then(nw.lit(UNMATCHED)).otherwise(nw.col("node")).cast(nw.Int32)
        self.places = self.places.with_columns(node=lost)


def _distinct(asked: Frame, level: int) -> Frame:
    """What is written at a level, each once: under which node, with which code and key, by whom.

    Only the row of a list that describes this very region lists it under its own name.
    """
    named = nw.col("listed") & (nw.col(f"name{level}") != "")
    ready = asked.select(
        *_STEP,
        "ours",
        "theirs",
        named.alias("listed"),
        nw.col(f"name{level}").alias("name"),
        nw.when(named).then(nw.col(f"name{level}")).alias("listed_name"),
    )
    columns = ("ours", "theirs", "listed", "name", "listed_name")
    found = ready.group_by(*_STEP).agg(nw.col(*columns).max())
    return found.with_columns(name=nw.coalesce("listed_name", "name")).drop("listed_name")


def _plain(steps: Frame) -> Frame:
    """What leaves no question: a code and a name that stand beside each other and nowhere else.

    Nearly all of a nation is so; these regions are added at once.
    """
    alone = (nw.len().over("code_here") == 1) & (nw.len().over("node", "key_here") == 1)
    written = (nw.col("code_here") != "") & (nw.col("key_here") != "")
    return steps.filter(written & alone).sort("node")


def _sides(regions: Regions, plain: Frame | None) -> tuple[int, Sequence[bool], Sequence[bool]]:
    if plain is None:
        return len(regions.nodes), [], []
    start = len(regions.nodes) - len(plain)
    return start, plain["ours"].to_list(), plain["theirs"].to_list()


def _answered(rest: Frame, settled: list[Step]) -> Frame:
    nodes = nw.new_series("answer", [step.node for step in settled], nw.Int32, backend="polars")
    numbers = nw.new_series("step", range(len(settled)), nw.Int32, backend="polars")
    return rest.select(*_STEP).with_columns(nodes, numbers)
