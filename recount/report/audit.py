"""An audit's plan, its draw and what the forms prove in, reports out."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from recount.auditing.plan import FRAME, PLAN
from recount.report import (
    _audit_document,
    _audit_forms,
    _audit_tables,
    _audit_verdict,
    _audit_words,
    _sources,
    _undone,
    answer,
)
from recount.report.shape import Report, Table
from recount.result import VERSION
from recount.texts import OTHER, Several, harmless, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recount.auditing.plan import Measured, Plan
    from recount.texts import Text

NAMED = 5
"""So many files of a plan are named; the rest is counted."""

ROLE_WORDS = {
    "online": say("Online figures"),
    "registered": say("Registered voters"),
    "official": say("Official total"),
}

_SEED_NEXT = say(
    "Next: publish this page, throw 20 digits in public, and draw: recount audit draw PLAN "
    "--seed DIGITS"
)
_FORMS_NEXT = say("Next: collect these forms, and measure: recount audit risk PLAN FORMS...")
_SAME_LIST = say("Anyone can draw the same list again from frame.csv and the seed.")


def build_plan(plan: Plan, lang: str) -> Report:
    """Report a plan: one page, to be announced before the seed is thrown."""
    return Report(
        title=_title(plan, say("Audit plan"), lang),
        lang=lang,
        sources=_files(plan, lang),
        answer=_spoken(_planned(plan, lang), lang),
        closing=(
            *_spoken(plan.said, lang),
            *(answer.found(plan.findings, plan.read, lang) if plan.findings else ()),
            *_spoken([_FORMS_NEXT if plan.drawn else _SEED_NEXT], lang),
        ),
        notes=(),
        screen=partial(_plan_tables, plan, lang),
        sheets=lambda: _sheets((*_plan_tables(plan, lang), _inputs(plan, lang)), lang),
        main=lambda: _main_of_plan(plan, lang),
        document=partial(_audit_document.plan, plan, lang),
        other=partial(build_plan, plan, OTHER[lang]),
    )


def build_draw(plan: Plan, lang: str) -> Report:
    """Report a draw: the regions to visit, in order."""
    return Report(
        title=_title(plan, say("Audit: forms to collect"), lang),
        lang=lang,
        sources=_of_plan(plan, lang),
        answer=_spoken([_audit_words.reported(plan, lang), *_audit_words.granted(plan)], lang),
        closing=_spoken([_SAME_LIST, _FORMS_NEXT], lang),
        notes=(),
        screen=partial(_audit_tables.to_collect, plan, lang),
        sheets=lambda: _sheets(
            (*_audit_tables.to_collect(plan, lang), _audit_tables.announced(plan, lang)), lang
        ),
        main=lambda: _main_of_plan(plan, lang),
        document=partial(_audit_document.plan, plan, lang),
        other=partial(build_draw, plan, OTHER[lang]),
    )


def build_risk(found: Measured, lang: str) -> Report:
    """Report what our forms prove."""
    plan = found.plan
    files = _sources.sources(found.inputs, VERSION, lang)
    undone = _undone.lines(found.findings, lang)
    said = (*_audit_verdict.verdict(found), *_audit_words.granted(plan))
    return Report(
        title=_title(plan, say("Audit: measured risk"), lang),
        lang=lang,
        sources=(*_of_plan(plan, lang), *files, *undone),
        answer=_spoken([*said, _audit_words.reported(plan, lang)], lang),
        closing=(
            *_spoken([*_beside(found), *found.said], lang),
            *answer.found(found.findings, found.inputs, lang),
        ),
        notes=(),
        screen=partial(_risk_tables, found, lang),
        sheets=lambda: _sheets(_risk_tables(found, lang), lang),
        main=lambda: _audit_forms.forms(found, lang),
        document=partial(_audit_document.risk, found, lang),
        other=partial(build_risk, found, OTHER[lang]),
    )


def with_audit(report: Report, found: Measured, lang: str) -> Report:
    """Add to another report what an audit proves: a sentence, the pairs, and all its tables."""
    label, told, other = say("Audit"), _audit_document.risk(found, lang), report.other
    texts = [*_audit_verdict.verdict(found), *_audit_words.granted(found.plan)]
    verdict = [say("{what}: {title}", what=label, title=text) for text in texts]
    return replace(
        report,
        answer=(*report.answer, *_spoken(verdict, lang)),
        screen=lambda: (*report.screen(), _audit_tables.pairs(found, lang)),
        sheets=lambda: (*report.sheets(), *_sheets(_risk_tables(found, lang), lang, label)),
        document=lambda: {**report.document(), "plan": told["plan"], "risk": told["risk"]},
        other=None if other is None else lambda: with_audit(other(), found, OTHER[lang]),
    )


def _sheets(tables: Iterable[Table], lang: str, label: Text | None = None) -> tuple[Table, ...]:
    """The same tables under names that are short enough for the sheets of a workbook."""
    named = [(one, _audit_words.SHEETS[one.name]) for one in tables]
    if label is not None:
        named = [(one, say("{what}, {title}", what=label, title=text)) for one, text in named]
    return tuple(replace(one, title=speak(text, lang)) for one, text in named)


def _title(plan: Plan, what: Text, lang: str) -> str:
    title = plan.election.contests[0].title or plan.election.title
    if not title:
        return speak(what, lang)
    return speak(say("{what}: {title}", what=what, title=title), lang)


def _spoken(texts: Iterable[Text], lang: str) -> tuple[str, ...]:
    return tuple(speak(text, lang) for text in texts)


def _files(plan: Plan, lang: str) -> tuple[str, ...]:
    """What the plan rests on, file by file."""
    texts = [
        say(
            "{role}: {path} (SHA-256 {digest})",
            role=ROLE_WORDS[one.role],
            path=one.path,
            digest=one.sha256[: _sources.SHORT],
        )
        for one in plan.inputs[:NAMED]
    ]
    if len(plan.inputs) > NAMED:
        texts.append(say("Further files: {n}", n=len(plan.inputs) - NAMED))
    return _spoken([*texts, say("recount {version}", version=plan.version)], lang)


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
            "To be collected if nothing differs: about {mean} of {regions}, in nine of ten draws "
            "at most {most}.",
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
    rows = [
        (speak(ROLE_WORDS[one.role], lang), harmless(one.path), one.sha256, one.bytes)
        for one in plan.inputs
    ]
    keys = ("role", "path", "sha256", "bytes")
    return _audit_tables.table("inputs", say("Inputs"), keys, rows, lang)


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
        "Beside it, Kaplan-Markov: {p} (draws: {draws}).",
        draws=risk.draws,
        p=_audit_words.chance(risk.kaplan_markov),
    )
    if risk.missing and risk.with_gaps is not None:
        yield say(
            "With the forms still awaited at their worst, up to the last one at hand: {p}.",
            p=_audit_words.chance(risk.with_gaps),
        )
    if risk.disagree:
        listed = Several(tuple(harmless(one) for one in risk.disagree))
        yield _DISAGREE.filled(n=len(risk.disagree), regions=listed)
    if found.state == "continue" and found.draw_on and _audit_verdict.awaited(found):
        yield say(
            "The list has too few forms for that; draw on: recount audit draw PLAN --more {n}",
            n=found.draw_on,
        )
    if found.bounds and found.bounds.wrong and not risk.over_bound:
        yield say("By all forms that we hold, the reported winner did not win.")


_DISAGREE = say("Regions where copies of the form differ: {n}; the worse one counts: {regions}.")
