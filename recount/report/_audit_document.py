"""The JSON document of an audit (schema 1): its keys in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.audit import collect
from recount.auditing.plan import FRAME, PLAN
from recount.report.document import SCHEMA
from recount.result import VERSION

if TYPE_CHECKING:
    from recount.auditing.plan import Measured, Plan


def plan(planned: Plan) -> dict[str, object]:
    """A plan, with its draw where there is one."""
    return {"schema": SCHEMA, "recount": VERSION, "plan": _plan_keys(planned)}


def _plan_keys(plan: Plan) -> dict[str, object]:
    terms, drawn = plan.terms, plan.drawn
    draws = list(drawn.draws) if drawn else []
    return {
        "seed": drawn.seed if drawn else None,
        "frame_sha256": plan.digests[FRAME],
        "U": float(plan.frame.U),
        "draws": draws,
        "collect": collect(draws),
        "plan_sha256": plan.digests[PLAN],
        "W": str(plan.frame.total),
        "contest": plan.election.contests[0].id,
        "level": plan.level,
        "batches": len(plan.frame.batches),
        "risk_limit": float(terms.risk_limit),
        "test": terms.test,
        "bound": terms.bound,
        "unaccounted": plan.unaccounted,
        "forms_needed": _needed(plan),
    }


def _needed(plan: Plan) -> dict[str, object] | None:
    if plan.sizes is None or plan.errors is None:
        return None
    spreads = {"if_nothing_differs": plan.sizes.clean_forms, "with_errors": plan.sizes.forms}
    named = {key: {"mean": one.mean, "quantile90": one.quantile90} for key, one in spreads.items()}
    return {**named, "errors": {"rate": plan.errors.rate, "votes": plan.errors.votes}}


def risk(found: Measured) -> dict[str, object]:
    """A plan, and what the forms prove."""
    measured = found.risk
    return {
        **plan(found.plan),
        "inputs": [
            {"side": one.side, "path": one.path, "sha256": one.sha256, "bytes": one.bytes}
            for one in found.inputs
        ],
        "risk": {
            "p": found.p,
            "state": found.state,
            "kaplan_markov": measured.kaplan_markov,
            "pairs": [
                {
                    "winner": one.claim.winner,
                    "loser": one.claim.loser,
                    "p": one.p,
                    "state": one.state,
                }
                for one in measured.pairs
            ],
            "missing": list(measured.missing),
            "betting": measured.p,
            "with_gaps": measured.with_gaps,
            "needed_more": found.needed_more,
            "forms": measured.forms,
            "not_drawn": list(measured.not_drawn),
            "not_to_be_had": list(found.not_to_be_had),
            "disagree": list(measured.disagree),
            "over_bound": list(measured.over_bound),
            "certain": found.certain,
        },
    }
