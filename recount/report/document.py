"""The JSON documents of schema 1: a result in, its keys in their order out (product.md, 6).

Long lists are LazyFrames whose columns are the keys of each object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recount.model import STATUSES
from recount.report import _receipts
from recount.report._causes import details, with_causes
from recount.report._chain import moved_document, path_document, with_chain
from recount.report.frames import plain, with_recap
from recount.texts import speak

if TYPE_CHECKING:
    from collections.abc import Iterable

    import narwhals as nw
    import polars as pl

    from recount.model import (
        Coverage,
        Election,
        Finding,
        Flip,
        Input,
        Outcome,
        Standing,
        Within,
    )
    from recount.result import Result, Tallied, Traced
    from recount.showing import Hidden

SCHEMA = 1


def reconcile(result: Result, lang: str) -> dict[str, object]:
    """Everything about a reconciliation; `message` and `mend` in the reader's language."""
    return {
        **_head(result.version),
        "election": _election(result.election),
        "inputs": [_input(one, lang) for one in result.inputs],
        "coverage": [_coverage(one) for one in result.coverage],
        "outcome": [_outcome(one) for one in result.outcome],
        "comparisons": _comparisons(result.comparisons),
        "findings": _findings(result.findings, lang),
        "summary": {key: result.summary.get(key, 0) for key in ("compared", *STATUSES)},
        **(
            {"changed_between_our_forms": [moved_document(one) for one in result.moved]}
            if result.moved
            else {}
        ),
        **({} if result.hidden is None else {"hidden": _hidden(result.hidden)}),
    }


def _hidden(one: Hidden) -> dict[str, object]:
    """What was asked for of the comparisons, and how much is not among them for it."""
    asked = one.asked
    return {
        "rows": one.rows,
        "only": asked.region and asked.region.region,
        "candidate": asked.candidate,
        "min_difference": one.least,
        "top": asked.top,
        "regions": [
            {"contest": contest, "level": level, "left": left}
            for (contest, level), left in one.left.items()
        ],
    }


def check(tallied: Tallied, lang: str) -> dict[str, object]:
    """Every finding about one side, and how many there are of each severity."""
    severities = [one.severity for one in tallied.findings]
    return {
        **_head(tallied.version),
        "inputs": [_input(one, lang) for one in tallied.inputs],
        "findings": _findings(tallied.findings, lang),
        "summary": {key: severities.count(key) for key in ("error", "warning", "note")},
    }


def aggregate(tallied: Tallied, lang: str) -> dict[str, object]:
    """The totals of one side, with the number of units behind every sum."""
    return {
        **_head(tallied.version),
        "election": _election(tallied.election),
        "inputs": [_input(one, lang) for one in tallied.inputs],
        "totals": _totals(tallied.totals, tallied.boxes),
        "findings": _findings(tallied.findings, lang),
    }


def trace(traced: Traced, lang: str) -> dict[str, object]:
    """One region's figures, box by box and link by link."""
    return {
        **_head(traced.version),
        "election": _election(traced.election),
        "inputs": [_input(one, lang) for one in traced.inputs],
        "region": {
            "code": traced.region.code,
            "name": traced.region.name,
            "level": traced.level,
            "parents": [one.code for one in traced.above],
        },
        "paths": [path_document(path) for path in traced.paths],
        "inside": [moved_document(one) for one in traced.inside],
        "findings": _findings(traced.findings, lang),
    }


def _head(version: str) -> dict[str, object]:
    return {"schema": SCHEMA, "recount": version}


def _election(election: Election) -> dict[str, object]:
    contests = [
        {
            "id": contest.id,
            "candidates": [{"id": one.id, "name": one.name} for one in contest.candidates],
        }
        for contest in election.contests
    ]
    return {"id": election.id, "title": election.title, "contests": contests}


def _input(one: Input, lang: str) -> dict[str, object]:
    return {
        "side": one.side,
        "path": one.path,
        "sha256": one.sha256,
        "bytes": one.bytes,
        "forms": one.forms,
        "taken_at": one.taken_at,
        "system": one.system,
        "layer": one.layer,
        "receipt": _receipts.document(one.receipt, lang),
    }


def _coverage(one: Coverage) -> dict[str, object]:
    return {
        "contest": one.contest,
        "level": one.level,
        "expected": one.expected,
        "ours": one.ours,
        "theirs": one.theirs,
        "compared": one.compared,
        "left_out": dict(one.left_out),
    }


def _outcome(one: Outcome) -> dict[str, object]:
    return {
        "contest": one.contest,
        "region": one.region,
        "seats": one.seats,
        "ours": _standing(one.ours),
        "theirs": _standing(one.theirs),
        "corrected": _standing(one.corrected),
        "same_winner": one.same_winner,
        "certain": one.certain,
        "units_that_could_flip": one.units_that_could_flip,
        "bound": one.bound,
        "first_to_collect": [
            {"region": each.region, "name": each.name, "worth": each.worth}
            for each in one.first_to_collect
        ],
        "pairs": [each._asdict() for each in one.pairs],
        "flips": [_flip(each) for each in one.flips],
        "threshold": _threshold(one.threshold),
        "favours": [each._asdict() for each in one.favours],
    }


def _flip(one: Flip) -> dict[str, object]:
    return {key: value for key, value in one._asdict().items() if key != "within"}


def _threshold(one: Within | None) -> dict[str, object] | None:
    if one is None:
        return None
    last = one.last_day.isoformat() if one.last_day else None
    return {**one._asdict(), "percent": float(one.percent), "last_day": last}


def _standing(one: Standing) -> dict[str, object]:
    ranking = [{"candidate": who, "votes": votes} for who, votes in one.ranking]
    return {"units": one.units, "ranking": ranking, "margin": one.margin}


def _findings(found: Iterable[Finding], lang: str) -> list[dict[str, object]]:
    return [
        {
            "rule": one.rule,
            "severity": one.severity,
            "side": one.side,
            "contest": one.contest,
            "region": one.region,
            "message": speak(one.message, lang),
            "mend": speak(one.mend, lang),
            "place": one.place,
        }
        for one in found
    ]


def _comparisons(frame: nw.DataFrame[Any]) -> pl.LazyFrame:
    import polars as pl

    numbers = ("ours_read", "ours_expected", "theirs_read", "theirs_expected")
    return (
        details(with_chain(with_causes(with_recap(plain(frame)))))
        .lazy()
        .select(
            *(
                "contest",
                "level",
                "region",
                "name",
                "parents",
                "item",
                "ours",
                "theirs",
                "recap",
                "difference",
            ),
            "status",
            *numbers,
            "causes",
            "cause_details",
            pl.struct(ours="place_ours", theirs="place_theirs").alias("places"),
            *("changed_at", "chain"),
        )
    )


def _totals(frame: nw.DataFrame[Any], boxes: tuple[str, ...]) -> pl.LazyFrame:
    import polars as pl

    each = [
        pl.struct(pl.col(box).alias("sum"), pl.col(f"{box}.read").alias("read")).alias(box)
        for box in boxes
    ]
    keys = ("contest", "level", "region", "name", "parents", "expected")
    return plain(frame).lazy().select(*keys, pl.struct(each).alias("boxes"))
