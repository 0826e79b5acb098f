"""Distinct places and tables of spellings in; the places under their regions' own names out.

Step 4 of the policy of names (forms.md, section 7): after the exact and the squashed name, before
any suggestion. What is accepted is noted; a line that cannot stand is a finding at its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from recount import engine
from recount.meant import Region, Written, keys_named, lies_in, listed_as, meant
from recount.model import LEVELS, Finding
from recount.names import bare
from recount.regions import UNMATCHED, parse_code
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recount.aliases import Alias
    from recount.nodes import Node
    from recount.places import Settled

    Frame = nw.DataFrame[Any]

_FINEST = LEVELS.index("desa")


def accept(
    places: Frame, stated: Sequence[Alias], given: Sequence[Alias]
) -> tuple[Frame, list[Finding]]:
    """Write every spelling as its region's own name, from the top level down.

    `places`: a table as `places` wants it. `stated`: what a person wrote down. `given`: what comes
    with the package; it is used only where the region's own name occurs too, else it would change
    nothing but the words.
    """
    findings: list[Finding] = []
    for level in range(1, _FINEST + 1):
        own = [alias for alias in stated if alias.level == level]
        others = [alias for alias in given if alias.level == level]
        if not own and not _occurs(places, others, level):
            continue
        # A person's table may mean any region of the files, the package's one only its own.
        written = Written(places, level, None if own else _keys(others))
        changed: dict[int, str] = {}
        for alias in others:
            region = meant(alias, written)[0]
            if _is_wanted(alias, region, written):
                changed |= _rewritten(alias, region, written, findings)
        for alias, region in _sound(own, written, findings):
            changed |= _rewritten(alias, region, written, findings)
        if changed:
            places = _with_keys(places, level, changed)
    return places, findings


def _is_wanted(alias: Alias, region: Region, written: Written) -> bool:
    """Whether the region's own name occurs too, and no side writes both: that means two regions."""
    own = [row for row in written.named(region.key) if lies_in(row, alias)]
    here = [row for row in written.spelt(alias.key) if lies_in(row, alias)]
    twice = any(
        (one.ours and other.ours) or (one.theirs and other.theirs) for one in own for other in here
    )
    return bool(own) and not twice


def _occurs(places: Frame, aliases: Sequence[Alias], level: int) -> bool:
    keys = [alias.key for alias in aliases]
    return bool(keys) and bool(places[f"key{level}"].is_in(keys).any())


def _keys(given: Sequence[Alias]) -> set[str]:
    """The spellings of the package, and all names of the regions that they mean."""
    keys = {alias.key for alias in given}
    for alias in given:
        for key in keys_named(alias.region, parse_code(alias.region)).get(alias.level, ()):
            keys |= {key, bare(key, LEVELS[alias.level])}
    return keys


def _with_keys(places: Frame, level: int, changed: dict[int, str]) -> Frame:
    new = engine.table(
        {"at": list(changed), "new": list(changed.values())},
        {"at": nw.UInt32(), "new": nw.String()},
    )
    numbered = places.with_row_index("at").join(new, on="at", how="left").sort("at")
    key = nw.coalesce("new", f"key{level}").alias(f"key{level}")
    return numbered.with_columns(key).drop("at", "new")


def _sound(
    own: Sequence[Alias], written: Written, findings: list[Finding]
) -> Iterator[tuple[Alias, Region]]:
    """The lines that can stand, and what they mean; the others become findings."""
    first: dict[tuple[str, str], Alias] = {}
    for alias in own:
        before = first.setdefault((alias.within, alias.key), alias)
        found = meant(alias, written)
        fault = _fault(alias, found)
        if before.region != alias.region:
            fault = say(
                "{place} says that it is “{region}”.", place=before.place, region=before.region
            )
        if fault is None:
            yield alias, found[0]
        else:
            findings.append(_wrong(alias, fault))


def _wrong(alias: Alias, why: Text) -> Finding:
    return Finding(
        "alias",
        "error",
        say(
            "“{alias}” cannot be read as “{region}”: {why}",
            alias=alias.alias,
            region=alias.region,
            why=why,
        ),
        say("Correct the line of the table of spellings; until then it is not used."),
        place=alias.place,
    )


def _fault(alias: Alias, found: Sequence[Region]) -> Text | None:
    """Why a line cannot stand: its region is none, or several, or its spelling is another one's."""
    if not found:
        return say("there is no such region.")
    if len(found) > 1:
        return say("that may be any of several regions.")
    others = [one for one in listed_as(alias, alias.key) if one.code != found[0].code]
    if others and found[0].code:
        return say("that is itself the name of {code}.", code=others[0].code)
    return None


def _rewritten(
    alias: Alias, region: Region, written: Written, findings: list[Finding]
) -> dict[int, str]:
    """The new keys of the places that are written as a line says; noted once."""
    here = [row for row in written.spelt(alias.key) if lies_in(row, alias)]
    if here:
        findings.append(
            Finding(
                "spelling",
                "note",
                say("“{alias}” is read as {region}.", alias=alias.alias, region=region.key),
                say("If that is another region, correct the table of spellings."),
                place=alias.place,
                region=region.code or None,
            )
        )
    return {row.at: region.key for row in here}


def respelt(places: Frame, settled: Settled) -> list[Finding]:
    """Note every name that was taken for a region which is written otherwise, each once."""
    nodes = settled.regions.nodes
    columns: dict[str, Iterable[object]] = {
        "key": nodes.key,
        "level": nodes.level,
        "parent": nodes.parent,
    }
    tree = engine.table(columns, {"key": nw.String(), "level": nw.Int32(), "parent": nw.Int32()})
    names = [f"key{level}" for level in range(1, _FINEST + 1)]
    rows = (
        places.select(*names)
        .with_columns(settled.nodes.alias("node"))
        .filter(nw.col("node") != UNMATCHED)
    )
    found: list[Finding] = []
    for level in range(_FINEST, 0, -1):
        here = rows.with_columns(
            *(engine.gather(tree[name], rows["node"]).alias(name) for name in tree.columns)
        )
        own = nw.col(f"key{level}")
        said = here.filter(nw.col("level") == level, own != "", own != nw.col("key"))
        pairs = said.select(own.alias("written"), "key", "node").unique(maintain_order=True)
        found += [
            _noted(nodes[node], written)
            for written, key, node in pairs.rows()
            if bare(written, LEVELS[level]) != bare(key, LEVELS[level])
        ]
        higher = nw.when(nw.col("level") == level).then(nw.col("parent"))
        rows = here.with_columns(node=higher.otherwise(nw.col("node"))).select(*names, "node")
    return found


def _noted(node: Node, written: str) -> Finding:
    return Finding(
        "spelling",
        "note",
        say("“{alias}” is read as {region}.", alias=written, region=node.name),
        say("If that is another region, write its name in full."),
        region=node.region,
    )
