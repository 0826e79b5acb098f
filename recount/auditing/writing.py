"""A plan in, the files of its folder out; the same bytes for the same plan."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import narwhals as nw

from recount.auditing.plan import DRAW_KIND, FRAME, PLAN, PLAN_KIND, REGIONS, SCHEMA
from recount.auditing.typed import written

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from recount.auditing.plan import Plan, Terms
    from recount.engine import Frame


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal, as `sha256sum` prints it."""
    return sha256(data).hexdigest()


def frame_file(table: Frame, u: Sequence[str]) -> bytes:
    """What is drawn from, one batch a line: `id`, the votes, `bound`, `u` as exact fraction."""
    column = nw.new_series("u", u, nw.String(), backend="polars")
    return _csv(table.with_columns(column))


def regions_file(places: Frame) -> bytes:
    """Where every batch lies, so that forms find it by their region's name."""
    return _csv(places)


def _csv(table: Frame) -> bytes:
    return table.write_csv().encode()


def plan_file(plan: Plan) -> bytes:
    """All that is laid down before the draw, beside the frame."""
    return written(
        {
            "schema": SCHEMA,
            "kind": PLAN_KIND,
            "recount": plan.version,
            **_contest(plan),
            "official": None if plan.official is None else dict(plan.official),
            "unaccounted": plan.unaccounted,
            "level": plan.level,
            "finest": plan.finest,
            **_terms(plan.terms),
            "batches": len(plan.frame.batches),
            "U": as_written(plan.frame.U),
            "forms_needed": _sizes(plan),
            "frame_sha256": plan.digests[FRAME],
            "regions_sha256": plan.digests[REGIONS],
            "inputs": [one._asdict() for one in plan.inputs],
        }
    )


def _contest(plan: Plan) -> dict[str, object]:
    [contest] = plan.election.contests
    candidates = [
        {"id": one.id, "name": one.name, "votes": plan.votes[one.id]} for one in contest.candidates
    ]
    return {
        "election": {"id": plan.election.id, "title": plan.election.title},
        "contest": {
            "id": contest.id,
            "title": contest.title,
            "region": contest.region,
            "candidates": candidates,
        },
    }


def _terms(terms: Terms) -> dict[str, object]:
    rule = terms.rule
    return {
        "rule": {"name": rule.name, "seats": rule.seats, "share": as_written(rule.share)},
        "risk_limit": as_written(terms.risk_limit),
        "c": as_written(terms.c),
        "test": terms.test,
        "bound": terms.bound,
        "together": [list(ids) for ids in terms.together],
    }


def _sizes(plan: Plan) -> dict[str, object] | None:
    """How many forms it may take; for the reader, nothing is computed from it."""
    sizes, errors = plan.sizes, plan.errors
    if sizes is None or errors is None:
        return None
    spreads = {"if_nothing_differs": sizes.clean_forms, "with_errors": sizes.forms}
    return {
        **{
            key: {"mean": round(one.mean, 1), "quantile90": one.quantile90}
            for key, one in spreads.items()
        },
        "errors": {"rate": errors.rate, "votes": errors.votes},
    }


def as_written(value: Fraction) -> str:
    """Write an exact number."""
    return f"{value.numerator}/{value.denominator}"


def draw_file(plan: Plan) -> bytes:
    """The seed, what it drew, and from which plan: nothing of that may change any more."""
    if plan.drawn is None:  # pragma: no cover - nobody asks before the draw
        raise ValueError
    return written(
        {
            "schema": SCHEMA,
            "kind": DRAW_KIND,
            "seed": plan.drawn.seed,
            "frame_sha256": plan.digests[FRAME],
            "plan_sha256": plan.digests[PLAN],
            "draws": list(plan.drawn.draws),
        }
    )
