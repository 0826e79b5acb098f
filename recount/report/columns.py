"""The columns of every table, said once: key, heading, kind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from recount.report.shape import Column
from recount.report.words import SIDE_WORDS, box, names
from recount.texts import say, speak

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

    from recount.report.shape import Kind
    from recount.result import Tallied

HEADINGS = {
    "contest": say("Contest"),
    "level": say("Level"),
    "region": say("Code"),
    "name": say("Region"),
    "within": say("Within"),
    "parents": say("Regions above"),
    "item": say("Box"),
    "ours": say("Ours"),
    "theirs": say("Online"),
    "recap": say("Official recap"),
    "difference": say("Difference"),
    "status": say("Status"),
    "ours_read": say("Ours: units read"),
    "ours_expected": say("Ours: units expected"),
    "theirs_read": say("Online: units read"),
    "theirs_expected": say("Online: units expected"),
    "causes": say("Possible causes"),
    "place_ours": say("Place, ours"),
    "place_theirs": say("Place, online"),
    "changed_at": say("Changed at"),
    "chain": say("Path of the figure"),
    "expected": say("Expected"),
    "compared": say("Compared"),
    "left_out": say("Left out"),
    "rule": say("Rule"),
    "severity": say("Severity"),
    "side": say("Side"),
    "message": say("Finding"),
    "mend": say("What to do"),
    "place": say("Place"),
    "path": say("File"),
    "sha256": say("SHA-256"),
    "bytes": say("Bytes"),
    "forms": say("Forms"),
    "taken_at": say("Taken at"),
    "system": say("System"),
    "layer": say("Layer"),
    "candidate": say("Candidate"),
    "corrected": SIDE_WORDS["corrected"],
    "sum": say("Sum"),
    "read": say("Read"),
}

NUMBERS = {
    *("ours", "theirs", "recap", "ours_read", "ours_expected", "theirs_read", "theirs_expected"),
    *("expected", "compared", "corrected", "bytes", "forms", "sum", "read"),
}

WORDED = {
    key: f"{key}_words"
    for key in ("level", "item", "status", "severity", "side", "changed_at", "chain")
}
WORDED["causes"] = "cause_words"
"""Codes, and the column of the frame beside them in which their words stand."""

UNITS = {"read": "expected", "expected": "read"}
"""Of the units behind a figure, what says nothing where it is the same as the other."""

NOTED = {"difference": "cause_full"}
"""Columns whose cells have a note in a workbook, where the frame has it."""

COMPARISONS = (
    *("contest", "level", "region", "name", "parents", "item", "ours", "theirs", "difference"),
    *("status", "ours_read", "ours_expected", "theirs_read", "theirs_expected", "causes"),
    *("place_ours", "place_theirs"),
)
CHAIN = ("changed_at", "chain")
"""What a comparison has besides, where our forms are of several levels."""

FINDINGS = ("rule", "severity", "side", "contest", "region", "message", "mend", "place")
INPUTS = ("side", "path", "sha256", "bytes", "forms", "taken_at", "system", "layer")
ONLINE = ("taken_at", "system", "layer")
VOTES = ("candidate", "ours", "theirs", "corrected")
COVERAGE = ("level", "expected", "ours", "theirs", "compared", "left_out")
TOTALS = ("contest", "level", "region", "name", "parents", "expected")


def column(key: str, lang: str) -> Column:
    """The one way a column is headed and read, in every table it stands in."""
    kind: Kind = "signed" if key == "difference" else "number" if key in NUMBERS else "text"
    return Column(key, speak(HEADINGS[key], lang), kind, WORDED.get(key), note=NOTED.get(key))


def has_recap(rows: pl.DataFrame) -> bool:
    """Whether comparisons have the official recap's figure anywhere."""
    return rows.get_column("recap").null_count() < rows.height


def comparisons(lang: str, *, recap: bool, chain: bool = False) -> tuple[Column, ...]:
    """All that a comparison is, as in the JSON document, but flat.

    `recap`: whether the official recap stands beside the count. `chain`: whether our forms are of
    several levels.
    """
    at = COMPARISONS.index("theirs") + 1
    keys = (*COMPARISONS[:at], "recap", *COMPARISONS[at:]) if recap else COMPARISONS
    return tuple(column(key, lang) for key in (*keys, *(CHAIN if chain else ())))


def for_reader(given: Iterable[Column], lang: str, *, several: bool) -> tuple[Column, ...]:
    """Columns as a workbook has them: what lies above by its name; the units behind come last.

    The contest where there are several; texts that are empty throughout may be left out.
    """
    left = {"parents"} if several else {"parents", "contest"}
    kept = [_spared(one) for one in given if one.key not in left]
    at = next((at for at, one in enumerate(kept, start=1) if one.key == "name"), 0)
    within = [replace(column("within", lang), optional=True)] if at else []
    counts = [one for one in kept[at:] if one.optional and one.of]
    return (*kept[:at], *within, *(one for one in kept[at:] if one not in counts), *counts)


def _spared(one: Column) -> Column:
    """Let a column be left out where it says nothing, units where none is missing."""
    side, _, what = one.key.partition("_")
    if what in UNITS:
        return replace(one, optional=True, of=(f"{side}_{UNITS[what]}",))
    return replace(one, optional=one.kind == "text")


def level(of: str, lang: str, *, recap: bool, chain: bool = False) -> tuple[Column, ...]:
    """What the screen lists of a comparison, at one level; `recap`, `chain`: as above."""
    read = Column(
        "ours_read",
        speak(HEADINGS["read"], lang),
        "shares",
        of=("ours_expected", "theirs_read", "theirs_expected"),
        optional=True,
    )
    keys = ("ours", "theirs", *(["recap"] if recap else []), "difference")
    middle = (column(key, lang) for key in keys)
    title = speak(HEADINGS["status"], lang)
    status = Column("status", title, shown="status_listed", optional=True, spare=1)
    causes = replace(column("causes", lang), optional=True, spare=2, tight=True)
    changed = replace(column("changed_at", lang), optional=True, spare=3)
    after = (read, status, causes, changed) if chain else (read, status, causes)
    return (*_where(of, lang), _item(lang), *middle, *after)


def votes(lang: str) -> tuple[Column, ...]:
    """Each candidate's votes by ours, by theirs, and by ours where held, else theirs."""
    return tuple(column(key, lang) for key in VOTES)


def votes_of_all(lang: str, *, several: bool) -> tuple[Column, ...]:
    """The same; where there are several contests, with the contest and the region it decides."""
    keys = ("contest", "region", *VOTES) if several else VOTES
    return tuple(column(key, lang) for key in keys)


def coverage(lang: str, *, several: bool) -> tuple[Column, ...]:
    """How many units each side holds; with the contest where there is more than one."""
    keys = ("contest", *COVERAGE) if several else COVERAGE
    return tuple(column(key, lang) for key in keys)


def findings(lang: str) -> tuple[Column, ...]:
    """All that a finding is."""
    return tuple(column(key, lang) for key in FINDINGS)


def findings_listed(lang: str, *, alike: bool) -> tuple[Column, ...]:
    """What the screen lists of a finding: where, and what is wrong.

    `alike`: what to do is the same for all of them, and is said above them.
    """
    heading = {key: speak(HEADINGS[key], lang) for key in ("place", "message")}
    where = Column("place", heading["place"], shown="where", optional=True)
    return where, Column("message", heading["message"], shown="message" if alike else "advice")


def conflicts(lang: str) -> tuple[Column, ...]:
    """What the screen lists where our own copies contradict each other."""
    keys = ("theirs", "place_ours")
    return (*_where("", lang), _item(lang), *(column(key, lang) for key in keys))


def inputs(lang: str) -> tuple[Column, ...]:
    """The files a report rests on; of an online system's what is known."""
    held = {key: column(key, lang) for key in INPUTS}
    return tuple(replace(held[key], optional=key in ONLINE) for key in INPUTS)


def totals(tallied: Tallied, lang: str) -> tuple[Column, ...]:
    """Per region its boxes side by side, each with the number of units it was read from."""
    contests = tallied.election.contests
    contest = contests[0].id if len(contests) == 1 else ""
    known = names(tallied.election)
    pairs: list[Column] = []
    for item in tallied.boxes:
        label = box(contest, item, known, lang)
        read = speak(say("{box}: units read", box=label), lang)
        pairs += [Column(item, label, "number"), Column(f"{item}.read", read, "number")]
    return (*(column(key, lang) for key in TOTALS), *pairs)


def totals_level(of: str, lang: str) -> tuple[Column, ...]:
    """What the screen lists of a total, at one level."""
    read = Column("read", speak(HEADINGS["read"], lang), "share", of=("expected",), optional=True)
    return (*_where(of, lang), _item(lang), column("sum", lang), read)


def _item(lang: str) -> Column:
    title = speak(HEADINGS["item"], lang)
    return Column("item", title, shown="item_words", brief="item_brief")


def _where(of: str, lang: str) -> tuple[Column, ...]:
    """A desa or a TPS says little without what it lies in; a kecamatan where there is room."""
    title = speak(HEADINGS["name"], lang)
    name = Column("region", title, shown="region_words", once=True)
    if of in {"nasional", "provinsi", "kabkota"}:
        return (name,)
    within = speak(HEADINGS["within"], lang)
    spare = 3 if of == "kecamatan" else 0
    return name, Column("within", within, optional=True, once=True, spare=spare)
