"""What our forms say of a draw: form by form, those nobody drew, and what all of them decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.audit import collect
from recount.report import _audit_tables, _audit_words
from recount.texts import harmless, say, speak

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recount.auditing.matching import Form
    from recount.auditing.plan import Measured
    from recount.report._audit_tables import Row
    from recount.report.shape import Table
    from recount.texts import Text

_SAME, _DIFFERS = say("as online"), say("differs")


def forms(found: Measured, lang: str) -> Table:
    """Each form to collect: whether it is there, what it changes, and the risk after it."""
    plan = found.plan
    order = collect(plan.drawn.draws if plan.drawn else ())
    rows: list[Row] = []
    for at, (row, id_) in enumerate(_audit_tables.listed(plan, order)):
        form = found.forms.get(id_)
        risk = _audit_words.chance(found.running[at]) if at < len(found.running) else None
        rows.append(
            (
                *row[:-1],
                speak(_state(found, id_, form), lang),
                _change(found, id_, form),
                None if risk is None else speak(risk, lang),
                harmless(form.places) if form else None,
            )
        )
    missing = len(found.risk.missing)
    title = say("Forms to collect: {n}, not there yet: {missing}", n=len(order), missing=missing)
    if not missing:
        title = say("Forms to collect: {n}, all of them there", n=len(order))
    keys = ("number", "region", "name", "within", "found", "change", "p", "place")
    return _audit_tables.table("forms", title, keys, rows, lang)


def _state(found: Measured, id_: str, form: Form | None) -> Text:
    if id_ in found.not_to_be_had:
        return say("not to be had, counted as wrong as can be")
    if form is None or not form.votes:
        return _awaited(form)
    if id_ in found.risk.over_bound:
        return say("more than its bound")
    if len(form.votes) > 1:
        return say("copies differ, the worse one counts")
    online = _online(found, id_)
    same = all(form.votes[0][one] == online.get(one, 0) for one in found.plan.votes)
    return _SAME if same else _DIFFERS


def _awaited(form: Form | None) -> Text:
    if form is None:
        return say("awaited")
    if form.expected is None:
        return say("awaited: {n} parts, and nobody knows of how many", n=form.read)
    if form.read < form.expected:
        return say("awaited: {n} of {m} parts", n=form.read, m=form.expected)
    return say("awaited: a cell is blank or unread")


def _online(found: Measured, id_: str) -> Mapping[str, int]:
    at = found.frame.stands_for(id_)
    return {} if at is None else found.frame.batches[at].votes


def _change(found: Measured, id_: str, form: Form | None) -> int | None:
    """By how many votes a form moves the lead over the closest loser; of copies the worse one."""
    plan = found.plan
    margins = [(m, at) for at, m in enumerate(_audit_words.margins(plan)) if m is not None]
    if form is None or not form.votes or not margins:
        return None
    claim = plan.frame.claims[min(margins)[1]]
    winner, loser, online = claim.winner, str(claim.loser), _online(found, id_)
    before = online.get(winner, 0) - online.get(loser, 0)
    return min(one[winner] - one[loser] for one in form.votes) - before


def not_drawn(found: Measured, lang: str) -> tuple[Table, ...]:
    """The forms that nobody drew: they count in what is certain, never in the risk."""
    ids = found.risk.not_drawn
    if not ids:
        return ()
    plan = found.plan
    rows = [
        (*row[1:-1], speak(_state(found, id_, found.forms[id_]), lang), _change(found, id_, form))
        for row, id_ in _audit_tables.listed(plan, ids)
        for form in [found.forms.get(id_)]
    ]
    title = say(
        "Forms that nobody drew: {n}. They are no part of the risk; only what is certain rests on "
        "them, too.",
        n=len(ids),
    )
    keys = ("region", "name", "within", "found", "change")
    return (_audit_tables.table("not_drawn", title, keys, rows, lang),)


def bounds(found: Measured, lang: str) -> tuple[Table, ...]:
    """What all our forms decide without any chance."""
    if found.bounds is None:
        return ()
    plan = found.plan
    rows: list[Row] = [
        (
            _audit_words.called(plan, one.winner, lang),
            _audit_words.called(plan, one.loser, lang),
            one.theirs,
            one.corrected,
            one.lower,
            one.k_min,
        )
        for one in found.bounds.pairs
    ]
    title = say("The lead by all forms that we hold ({n}), drawn or not", n=_counting(found))
    keys = ("winner", "loser", "margin", "corrected", "lower", "k_min")
    return (_audit_tables.table("bounds", title, keys, rows, lang),)


def _counting(found: Measured) -> int:
    return sum(bool(form.votes) for form in found.forms.values())
