"""Kinds of form, as data: title lines in, a form model out; a printed label in, its box out.

Labels are compared by their words, never by the number of their line: "Surat suara digunakan" is
line 4 in 2018 and line 2 in 2024 (forms.md, section 1).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from recount.equations import CANDIDATES
from recount.forms import kwk_2018, kwk_2024, ppwp_2019, ppwp_2024
from recount.forms._rules import usual
from recount.headings import is_box, label_key, meaning

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recount.model import Election, Equation, FormModel, Lists

FORMS: dict[str, FormModel] = {
    form.id: form for member in (kwk_2018, ppwp_2019, ppwp_2024, kwk_2024) for form in member.FORMS
}
"""Every form model, by its id."""

USUAL: tuple[Equation, ...] = usual()
"""The rules where no form is recognised."""

_OTHER_CONTESTS = frozenset({"DPR", "DPD", "DPRD", "DPRA", "DPRP", "DPRK"})
_WORDS = re.compile(r"[A-Z]+(?:[0-9](?![0-9]))?|[0-9]+")
_LONGEST = 400
_WORTH = re.compile(
    r"\b(?:C ?1|DAA|D[ABC] ?1|HASIL|KWK|PPWP|20[0-9]{2}|DP[RD]|DPR[A-Z])|GUB|BUP|WALI|PRES",
    re.IGNORECASE,
)
"""Only a line with one of these says anything of a form."""
_YEAR = re.compile(r"20[0-9][0-9]")


def recognise(texts: Iterable[str]) -> FormModel | None:
    """Recognise a form by its title lines; None when they name none, or more than one.

    The code (DA1, D.Hasil Kecamatan) and the contest (KWK, Gubernur; PPWP, Presiden) may stand in
    different lines. A year that is printed must be the form's.
    """
    said = [_squashed(text) for text in texts if len(text) <= _LONGEST and _WORTH.search(text)]
    words = {word for line in said for word in line.split()}
    years = {int(word) for word in words if _YEAR.fullmatch(word)}
    if words & _OTHER_CONTESTS:
        return None
    whole = f" {' | '.join(said)} "
    fitting = [
        form
        for form in FORMS.values()
        if (not years or form.year in years)
        and any(_stands(title, whole, words) for title in form.titles)
    ]
    return fitting[0] if len(fitting) == 1 else None


def box_of(label: str, form: FormModel | None) -> str | None:
    """The box that a printed label names on a form; without a form, what it means everywhere.

    None where the label names no box, or its meaning is not settled. A heading of a candidate gives
    `candidate:N`.
    """
    if form is not None and (box := _labels(form.id).get(label_key(label))):
        return box
    understood = meaning(label, form.lists if form else ())
    return understood.role if understood and is_box(understood.role) else None


def form_of(election: Election) -> FormModel | None:
    """The form that an election's file names, with what the file says of its lists of voters."""
    form = FORMS.get(election.form or "")
    return with_lists(form, election.lists) if form else None


def with_lists(form: FormModel, lists: Lists) -> FormModel:
    """A form on which an acronym means what a project says it does."""
    return replace(form, lists=tuple(dict((*form.lists, *lists)).items())) if lists else form


def of_sheet(texts: Iterable[str], given: FormModel | None) -> FormModel | None:
    """The form that a sheet's title lines name, or else the one that the election's file names.

    Where both are forms of one election, what the file says of the lists of voters holds for both.
    """
    titled = recognise(texts)
    if titled is None or given is None or titled.id == given.id:
        return given or titled
    return replace(titled, lists=given.lists) if _election(titled) == _election(given) else titled


def _election(form: FormModel) -> str:
    """The election of a form, by its id: `kwk-2018`."""
    return "-".join(form.id.split("-")[-2:])


def equations_of(form: str | None) -> tuple[Equation, ...]:
    """The rules of a form by its id; the usual ones where none was recognised."""
    return FORMS[form].equations if form in FORMS else USUAL


@lru_cache(maxsize=64)
def _labels(form: str) -> Mapping[str, str]:
    """Boxes by the keys of those labels that only this form explains."""
    model = FORMS[form]
    return {
        label_key(label): box.id
        for box in model.boxes
        for label in (box.label, *box.headings)
        if box.id != CANDIDATES and label and meaning(label, model.lists) != (box.id, None)
    }


def _squashed(text: str) -> str:
    """Upper case, words with a blank between; letters and a digit hold together (DA1)."""
    joined = " ".join(_WORDS.findall(text.upper()))
    return re.sub(r"\b(DAA|DA|DB|DC|C) (1)\b", r"\1\2", joined)


def _stands(title: str, whole: str, words: set[str]) -> bool:
    """Whether the code stands together somewhere, and the contest anywhere."""
    code, _, contest = title.rpartition(" ")
    return contest in words and f" {code} " in whole
