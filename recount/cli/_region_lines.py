"""Regions that were looked up in; the same as lines, as CSV or as JSON out."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from recount.codes import SYSTEM_WORDS
from recount.lists import region_list
from recount.lists.lookup import LISTED, SYSTEMS, codes_of
from recount.model import LEVELS
from recount.report.words import LEVEL_WORDS
from recount.texts import Several, harmless, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recount.lists.lookup import Hit
    from recount.texts import Text

SOURCES = {
    "2018": say("Permendagri 137/2017"),
    "2024": say("KPU, Pemilu 2024"),
}
CODES = SYSTEMS[:-1]

Record = dict[str, Any]


def records(hits: Iterable[Hit]) -> list[Record]:
    """Say everything about each region, under stable keys."""
    return [_record(hit) for hit in hits]


def _record(hit: Hit) -> Record:
    one = region_list(hit.version)
    codes = codes_of(hit.entry, hit.version)
    return {
        "list": hit.version,
        "system": hit.system,
        "code": hit.entry.code,
        "name": hit.entry.name,
        "level": LEVELS[hit.entry.level],
        "parents": [{"code": above.code, "name": above.name} for above in one.path(hit.entry.code)],
        "codes": {system: codes.get(system) for system in CODES},
        "also": hit.entry.also or None,
        "children": one.below(hit.entry.code),
    }


def summary(versions: Sequence[str]) -> list[Record]:
    """Count the regions of each list, level by level."""
    return [
        {
            "list": version,
            "source": SOURCES[version].template,
            **{LEVELS[level]: len(region_list(version).at_level(level)) for level in LISTED},
        }
        for version in versions
    ]


def as_json(key: str, what: list[Record]) -> bytes:
    """Write records as one document."""
    text = json.dumps({"schema": 1, key: what}, ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


def as_csv(what: list[Record]) -> bytes:
    """Write records as rows; what lies above a region, and its codes elsewhere, as columns."""
    out = io.StringIO()
    flat = [_flat(record) for record in what]
    writer = csv.DictWriter(out, list(flat[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(flat)
    return out.getvalue().encode("utf-8-sig")


def _flat(record: Record) -> Record:
    if "codes" not in record:
        return record
    kept = {key: value for key, value in record.items() if key not in {"parents", "codes"}}
    within = "/".join(parent["code"] for parent in record["parents"])
    return {
        **kept,
        "children": sum(record["children"].values()),
        "within": within,
        **record["codes"],
    }


def as_lines(what: list[Record], lang: str) -> bytes:
    """Write each region as a few lines for the eye."""
    blocks = ("\n".join(_block(record, lang)) for record in what)
    return ("\n\n".join(blocks) + "\n").encode()


def _block(record: Record, lang: str) -> list[str]:
    word = SYSTEM_WORDS.get(record["system"])
    title = f"{record['code']}  {harmless(record['name'])}"
    if word is not None:
        read = record["codes"][record["system"]]
        title = f"{speak(word, lang)} {read}: {harmless(record['name'])}"
    codes = [
        say("{system} {code}", system=SYSTEM_WORDS[system], code=code)
        for system, code in record["codes"].items()
        if code and system != record["system"]
    ]
    lines = [
        say("List {list} ({source})", list=record["list"], source=SOURCES[record["list"]]),
        _where(record),
        *([say("Codes: {codes}", codes=Several(tuple(codes)))] if codes else []),
        *([say("Also called {name}", name=record["also"])] if record["also"] else []),
    ]
    return [title, *(f"  {speak(line, lang)}" for line in lines)]


def _where(record: Record) -> Text:
    """Say of which level a region is, in what it lies, and how many parts it has."""
    level = LEVEL_WORDS[record["level"]]
    parts: list[Text] = [level]
    if record["parents"]:
        named = [f"{one['name']} ({one['code']})" for one in reversed(record["parents"])]
        parts = [say("{level} in {regions}", level=level, regions=Several(tuple(named)))]
    for name, count in record["children"].items():
        parts.append(say("{n} {what}", n=count, what=LEVEL_WORDS[name]))
    return say("{parts}", parts=Several(tuple(parts), "; "))


def summary_lines(what: list[Record], lang: str) -> bytes:
    """Say of each list what it is and how many regions of each level it has."""
    lines = []
    for record in what:
        counts = [
            say("{n} {what}", n=record[LEVELS[level]], what=LEVEL_WORDS[LEVELS[level]])
            for level in LISTED
        ]
        source = SOURCES[record["list"]]
        head = say("List {list} ({source})", list=record["list"], source=source)
        lines += [f"{speak(head, lang)}: {speak(_joined(counts), lang)}"]
    return ("\n".join(lines) + "\n").encode()


def _joined(parts: Sequence[Text]) -> Text:
    return say("{parts}", parts=Several(tuple(parts)))
