"""An audit's plan, its draw and what the forms prove in, reports out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from recount.audit import collect
from recount.auditing.plan import FRAME, PLAN
from recount.report import _audit_forms, _audit_tables, _audit_words, _sources, _undone, answer
from recount.report.columns import inputs as input_columns
from recount.report.document import SCHEMA
from recount.report.frames import inputs as input_rows
from recount.report.shape import Report, Table
from recount.result import VERSION
from recount.texts import Several, harmless, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recount.auditing.plan import Measured, Plan
    from recount.texts import Text

_SEED_NEXT = say(
    "Next: publish this page, throw 20 digits in public, and draw: recount audit draw PLAN "
    "--seed DIGITS"
)
_FORMS_NEXT = say("Next: collect these forms, and measure: recount audit risk PLAN FORMS...")
_SAME_LIST = say("Anyone can draw the same list again from frame.csv and the seed.")


def build_audit_plan(plan: Plan, lang: str) -> Report:
    """Report a plan: one page, to be announced before the seed is thrown."""
    return Report(
        title=_title(plan, say("Audit plan"), lang),
        lang=lang,
        sources=_sources.sources(plan.inputs, VERSION, lang),
        answer=_spoken(_planned(plan, lang), lang),
        closing=_spoken([*plan.said, _FORMS_NEXT if plan.drawn else _SEED_NEXT], lang),
        notes=(),
        screen=partial(_plan_tables, plan, lang),
        sheets=lambda: (*_plan_tables(plan, lang), _inputs(plan, lang)),
        main=lambda: _main_of_plan(plan, lang),
        document=partial(_plan_document, plan),
    )


def build_audit_draw(plan: Plan, lang: str) -> Report:
    """Report a draw: the regions to visit, in order."""
    return Report(
        title=_title(plan, say("Audit: forms to collect"), lang),
        lang=lang,
        sources=_of_plan(plan, lang),
        answer=_spoken([_audit_words.reported(plan, lang)], lang),
        closing=_spoken([_SAME_LIST, _FORMS_NEXT], lang),
        notes=(),
        screen=partial(_audit_tables.to_collect, plan, lang),
        sheets=lambda: (
            *_audit_tables.to_collect(plan, lang),
            _audit_tables.announced(plan, lang),
        ),
        main=lambda: _main_of_plan(plan, lang),
        document=partial(_plan_document, plan),
    )


def build_audit_risk(found: Measured, lang: str) -> Report:
    """Report what our forms prove."""
    plan = found.plan
    files = _sources.sources(found.inputs, VERSION, lang)
    undone = _undone.lines(found.findings, lang)
    return Report(
        title=_title(plan, say("Audit: measured risk"), lang),
        lang=lang,
        sources=(*_of_plan(plan, lang), *files, *undone),
        answer=_spoken([_audit_words.reported(plan, lang), *_audit_words.verdict(found)], lang),
        closing=(
            *_spoken([*_beside(found), *found.said], lang),
            answer.findings(found.findings, lang),
            *_sources.listing(found.findings, found.inputs, lang),
        ),
        notes=(),
        screen=partial(_risk_tables, found, lang),
        sheets=partial(_risk_tables, found, lang),
        main=lambda: _audit_forms.forms(found, lang),
        document=partial(_risk_document, found),
    )


def _title(plan: Plan, what: Text, lang: str) -> str:
    title = plan.election.contests[0].title or plan.election.title
    if not title:
        return speak(what, lang)
    return speak(say("{what}: {title}", what=what, title=title), lang)


def _spoken(texts: Iterable[Text], lang: str) -> tuple[str, ...]:
    return tuple(speak(text, lang) for text in texts)


def _of_plan(plan: Plan, lang: str) -> tuple[str, ...]:
    seed = plan.drawn.seed if plan.drawn else "-"
    lines = [
        say("{file}: SHA-256 {digest}", file=name, digest=plan.digests[name])
        for name in (FRAME, PLAN)
    ]
    regions = say(
        "Seed: {seed}; drawn from {regions}", seed=seed, regions=_audit_words.regions(plan)
    )
    return _spoken([*lines, regions], lang)


def _planned(plan: Plan, lang: str) -> Iterable[Text]:
    yield _audit_words.reported(plan, lang)
    if plan.sizes:
        forms = plan.sizes.clean_forms
        yield say(
            "About {mean} of {regions} have to be collected if nothing differs, in nine of ten "
            "draws at most {most}.",
            mean=round(forms.mean),
            regions=_audit_words.regions(plan),
            most=forms.quantile90,
        )


def _plan_tables(plan: Plan, lang: str) -> tuple[Table, ...]:
    return (
        _audit_tables.totals(plan, lang),
        *_audit_tables.sizes(plan, lang),
        _audit_tables.announced(plan, lang),
        *_audit_tables.to_collect(plan, lang),
    )


def _main_of_plan(plan: Plan, lang: str) -> Table:
    """The list to collect, once there is one; before it, what is announced."""
    found = _audit_tables.to_collect(plan, lang)
    return found[0] if found else _audit_tables.announced(plan, lang)


def _inputs(plan: Plan, lang: str) -> Table:
    title = speak(say("Inputs"), lang)
    return Table("inputs", title, input_columns(lang), input_rows(plan.inputs, lang))


def _risk_tables(found: Measured, lang: str) -> tuple[Table, ...]:
    return (
        _audit_tables.pairs(found, lang),
        _audit_forms.forms(found, lang),
        *_audit_forms.bounds(found, lang),
        *_audit_forms.not_drawn(found, lang),
    )


def _beside(found: Measured) -> Iterable[Text]:
    """The other measure, the value with gaps, what is flagged, what is certain."""
    risk = found.risk
    yield say(
        "Beside it, Kaplan-Markov on {draws} draws: {p}.",
        draws=risk.draws,
        p=_audit_words.chance(risk.kaplan_markov),
    )
    if risk.missing and risk.with_gaps is not None:
        yield say(
            "With the forms still awaited at their worst, up to the last one at hand: {p}.",
            p=_audit_words.chance(risk.with_gaps),
        )
    for text, ids in (
        (_DISAGREE, risk.disagree),
        (_OVER, risk.over_bound),
    ):
        if ids:
            listed = Several(tuple(harmless(one) for one in ids))
            yield text.filled(n=len(ids), regions=listed)
    if found.bounds and found.bounds.certain:
        yield say("By all forms that we hold, the winner is certain whatever the rest says.")
    elif found.bounds and found.bounds.wrong:
        yield say("By all forms that we hold, the reported winner did not win.")


_DISAGREE = say("Copies of a form differ in {n} regions, the worse one counts: {regions}.")
_OVER = say("{n} forms hold more ballots than their bound allows: {regions}.")


def _plan_document(plan: Plan) -> dict[str, object]:
    return {"schema": SCHEMA, "recount": VERSION, "plan": _plan_keys(plan)}


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


def _risk_document(found: Measured) -> dict[str, object]:
    risk = found.risk
    return {
        **_plan_document(found.plan),
        "inputs": [
            {"side": one.side, "path": one.path, "sha256": one.sha256, "bytes": one.bytes}
            for one in found.inputs
        ],
        "risk": {
            "p": found.p,
            "state": found.state,
            "kaplan_markov": risk.kaplan_markov,
            "pairs": [
                {
                    "winner": one.claim.winner,
                    "loser": one.claim.loser,
                    "p": one.p,
                    "state": one.state,
                }
                for one in risk.pairs
            ],
            "missing": list(risk.missing),
            "betting": risk.p,
            "with_gaps": risk.with_gaps,
            "needed_more": found.needed_more,
            "forms": risk.forms,
            "not_drawn": list(risk.not_drawn),
            "not_to_be_had": list(found.not_to_be_had),
            "disagree": list(risk.disagree),
            "over_bound": list(risk.over_bound),
            "certain": found.bounds.certain if found.bounds else None,
        },
    }
