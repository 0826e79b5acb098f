"""One crawl in; its snapshots out: candidates by number, one row per region, times with zones.

A region of which two answers speak - its own, and that of the region above - has the figures of
the later one; what the earlier one said is compared with it, and the minutes between are said.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import narwhals as nw

from recount import engine
from recount.model import (
    ANSWERS,
    NAMED_LEVELS,
    SAID_AT,
    Captured,
    Finding,
    Reading,
    Sheet,
    Snapshot,
)
from recount.systems import _times as times
from recount.systems._crawl import KEEP
from recount.systems._nothing import about_nothing, missing
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recount.systems._crawl import Crawl, Target
    from recount.systems._rows import Columns, Rows
    from recount.systems._said import Pairs, Said
    from recount.texts import Text

CANDIDATE = "candidate:"
_PLACES = ("contest", "code", "level", *NAMED_LEVELS, "tps")
_PARTS = 6
_OWN = frozenset({"sheet", "row", "own"})


def snapshots_of(crawl: Crawl, pairs: Pairs, said: Said) -> list[Snapshot]:
    """Make a snapshot of each system and layer in a crawl."""
    gaps = [*crawl.findings, *missing(crawl), *about_nothing(crawl)]
    found = []
    for target, rows in crawl.rows.items():
        found.append(_snapshot(crawl, target, rows, pairs, said))
    if found:
        found[0] = replace(found[0], gaps=(*gaps, *found[0].gaps))
    return found


def _snapshot(
    crawl: Crawl,
    target: Target,
    written: Rows,
    pairs: Pairs,
    said: Said,
) -> Snapshot:
    met = [name.removeprefix(CANDIDATE) for name in written.names()]
    rows, findings = _numbered(written, pairs.numbers)
    _place(rows, crawl.regions)
    zone = times.zone_of({str(code) for code in rows.column("code") if code})
    findings += _keep_latest(rows, crawl.names)
    files, assumptions = _timed(crawl, zone, said)
    contests = dict.fromkeys(text for text in rows.column("contest") if text)
    frame = _frame(rows, contest=len(contests) > 1)
    candidates = {pairs.numbers[id_]: pairs.names[id_] for id_ in met if id_ in pairs.names}
    if len(contests) > 1:  # a name belongs to a contest, a number to each
        candidates = {}
    reading = Reading(ANSWERS, frame, {}, candidates)
    sheets = tuple(Sheet(name, None, {}, at) for at, name in enumerate(crawl.names))
    return Snapshot(
        target.system,
        target.layer,
        str(next(iter(contests))) if len(contests) == 1 else None,
        times.latest({file.taken_at for file in files}),
        tuple(files),
        sheets,
        (reading,),
        tuple(findings),
        tuple(assumptions),
    )


def _place(rows: Columns, regions: Mapping[str, str]) -> None:
    """Turn a system's own ids into names, and add the names that a region list has for codes."""
    ids = [name for name in rows.columns if name.startswith("id ")]
    for at, level in enumerate((*NAMED_LEVELS, "tps"), 1):
        if f"id {at}" in ids:
            rows.columns[level] = _named(rows.column(f"id {at}"), level, regions)
    for name in ids:
        del rows.columns[name]
    if regions and not ids and "code" in rows.columns:
        codes = [str(code).replace(".", "") if code else "" for code in rows.column("code")]
        tps = rows.columns.get("tps") or [None] * rows.count
        known = zip(codes, tps, strict=False)
        rows.columns["name"] = [regions.get(code) if not number else None for code, number in known]


def _named(ids: Sequence[object], level: str, regions: Mapping[str, str]) -> list[object]:
    """Names of ids; of a TPS the number, out of `TPS 12`, `POS 3`, `KSK 1`."""
    found: list[object] = []
    for id_ in ids:
        name = regions.get(str(id_)) if id_ else None
        if level == "tps" and name:
            name = "".join(sign for sign in name if sign.isdecimal()) or None
        found.append(name)
    return found


def _numbered(rows: Rows, numbers: Mapping[str, str]) -> tuple[Columns, list[Finding]]:
    """Name the candidates' columns by their numbers on the ballot, as far as they are known."""
    met = [name for name in rows.names() if name.startswith(CANDIDATE)]
    ids = {name: name.removeprefix(CANDIDATE) for name in met}
    renamed = {name: CANDIDATE + numbers[id_] for name, id_ in ids.items() if id_ in numbers}
    unknown = [id_ for id_ in ids.values() if id_ not in numbers and len(id_) > 1]
    columns = rows.columns(renamed)
    if not unknown:
        return columns, []
    message = say(
        "The candidates {ids} stand in no list of pairs of this capture: they keep the system's "
        "ids.",
        ids=", ".join(unknown),
    )
    mend = say("Add the system's list of pairs (paslon, ppwp.json) to the capture.")
    return columns, [Finding("pair-unknown", "warning", message, mend, None, "theirs")]


def _keep_latest(rows: Columns, names: Sequence[str]) -> list[Finding]:
    """Keep of each region's rows the one of the latest answer; its own before one from above."""
    known = [rows.columns[name] for name in _PLACES if name in rows.columns]
    keys = list(zip(*known, strict=True))
    if len(set(keys)) == len(keys):
        return []
    said, own = rows.column(SAID_AT), rows.column("own")
    groups: dict[tuple[Any, ...], list[int]] = {}
    for at, key in enumerate(keys):
        groups.setdefault(key, []).append(at)
    dropped: set[int] = set()
    findings = []
    for group in groups.values():
        *others, last = sorted(group, key=lambda at: (str(said[at] or ""), bool(own[at]), at))
        for other in others:
            same_time = said[other] == said[last]
            differing = _differing(rows, other, last)
            if not (same_time and differing):
                dropped.add(other)
            if differing:
                findings.append(_apart(rows, other, last, names))
    kept = [at for at in range(rows.count) if at not in dropped]
    for name in list(rows.columns):
        column = rows.column(name)
        rows.columns[name] = [column[at] for at in kept]
    rows.count = len(kept)
    return findings


def _differing(rows: Columns, first: int, second: int) -> bool:
    columns = (rows.column(name) for name in rows.columns if name.startswith(CANDIDATE))
    return any(column[first] != column[second] for column in columns)


def _apart(rows: Columns, other: int, last: int, names: Sequence[str]) -> Finding:
    said = rows.column(SAID_AT)
    sheet, row = rows.column("sheet")[last], rows.column("row")[last]
    where = names[int(str(rows.column("sheet")[other]))]
    place = f"{names[int(str(sheet))]}:{row}"
    region = _region(rows, last)
    earlier, later = said[other], said[last]
    if not (earlier and later) or earlier == later:
        message = say(
            "{region} has other figures here than in {other}, at the same time.",
            region=region,
            other=where,
        )
        return Finding("same-time", "error", message, KEEP, place, "theirs", region)
    minutes = times.minutes_between(str(earlier), str(later))
    message = say(
        "{region} has other figures here than in {other}, which is older by {minutes} minutes.",
        region=region,
        other=where,
        minutes=minutes,
    )
    mend = say("Nothing to do: the later figures are used.")
    return Finding("older", "note", message, mend, place, "theirs", region)


def _region(rows: Columns, at: int) -> str:
    written = [rows.column(name)[at] for name in ("code", *NAMED_LEVELS, "tps")]
    return " ".join(str(text) for text in written if text) or "0"


def _timed(crawl: Crawl, zone: str, said: Said) -> tuple[list[Captured], list[Text]]:
    """Give every file its time: its own, of the request, of its name, or what was said."""
    assumptions: dict[Text, None] = {}
    named = set(crawl.times.values())
    zoned = {time: times.with_zone(time, zone) for time in named}
    zoneless = not all(map(times.has_zone, named))
    files = []
    for at, (name, digest, size, asked_at) in enumerate(crawl.files):
        time = crawl.times.get(at)
        if time is not None:
            taken: str | None = zoned[time]
        else:
            taken, how = _time(asked_at, _last_parts(name), said)
            if how is not None:
                assumptions[how] = None
            if taken is not None:
                zoneless |= not times.has_zone(taken)
                taken = times.with_zone(taken, zone)
        files.append(Captured(name, digest, size, taken))
    return files, [*([_zone_said(zone)] if zoneless else []), *assumptions]


def _zone_said(zone: str) -> Text:
    return say("Times of the online system without a zone are taken as {zone}.", zone=zone)


def _last_parts(name: str) -> str:
    """The file and the folders around it; folders further up may be of another time."""
    return "/".join(name.split("/")[-_PARTS:])


def _time(known: str | None, name: str, said: Said) -> tuple[str | None, Text | None]:
    if known:
        return known, None
    if found := times.find_time(name):
        return found, say("Where an answer names no time, the one in its file's name is taken.")
    if said.taken_at:
        return said.taken_at, say("Where an answer names no time, --taken-at is taken.")
    return None, None


def _frame(rows: Columns, *, contest: bool) -> nw.DataFrame[Any]:
    """Lay rows out as text; without the contest where there is but one."""
    columns: dict[str, nw.Series[Any]] = {}
    for name in rows.columns:
        values = rows.column(name)
        wanted = name not in _OWN and (contest or name != "contest")
        if wanted and values.count(None) < len(values):
            columns[name] = engine.column(name, values)
    numbers = {name: rows.column(name) for name in ("sheet", "row")}
    table = engine.table(numbers, dict.fromkeys(numbers, nw.Int32()))
    return table.with_columns(*columns.values())
