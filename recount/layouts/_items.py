"""Labels of a form whose lines are rows in, the box of each row out (the official DA1 shape).

A label is written once and LK, PR and JUM repeat under it; a heading such as "IV. PEROLEHAN SUARA
PASANGAN CALON" says what the numbers below it are. Lines are understood by words, not numbers.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from recount import forms
from recount.heading_words import SEXES, SUMS
from recount.headings import label_key, label_words, may_be_name, meaning, slug
from recount.layouts._heading import CANDIDATE
from recount.model import MARK
from recount.names import is_total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recount.model import FormModel, Lists

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\(?0*([1-9][0-9]?)[.)]?")
_LETTERED = re.compile(
    r"\(?(?:[A-Z]|[IVXLC]{1,5}|[0-9]{1,2})(?:[.)][A-Z0-9]{0,2})*[.)]?", re.IGNORECASE
)
_NUMBERED_NAME = re.compile(r"(?:\(?0*([1-9][0-9]?)[.)-]?\s+)?(.*)", re.DOTALL)
_SPACED = re.compile(r"(?:\w(?: |$)){3,}")
_LETTERS = re.compile(r"[^\W\d_]{2}|(?:[^\W\d_] ){2}")
_SUFFIXES = (".m", ".f")
_PARTS = ("registered", "voters", "disabled", "ballots")


class Item(NamedTuple):
    """What one row is: a box (and the candidate's name), a total, a heading, or not understood."""

    box: str | None
    name: str | None = None
    kind: str = "box"


class Labels:
    """Understands the labels of a table row by row, from the top; a label holds on below it."""

    def __init__(self, form: FormModel | None, known: Mapping[str, str]) -> None:
        """`known`: slug of a candidate's name or number -> id."""
        self._form = form
        self._known = {key.replace("-", ""): id_ for key, id_ in known.items()}
        self._section: str | None = None
        self._label: str | None = None

    def read(self, cells: Sequence[tuple[int, str]], *, filled: bool) -> Item:
        """Understand the label cells of one row; `filled`: whether figures stand beside them."""
        texts = [text.strip() for _, text in cells if not text.startswith(MARK)]
        suffix = sex_of(texts[-1]) if texts else None
        if suffix is not None and (len(texts) > 1 or self._label):
            texts = texts[:-1]
        elif suffix is not None and not _is_sum(texts[-1]):
            suffix = None
        words = [text for text in texts if len(text) > 1 and not _LETTERED.fullmatch(text)]
        if not words:
            return self._below(suffix)
        numbers = [found[1] for text in texts if (found := _NUMBER.fullmatch(text))]
        label = unspaced(words[-1] if filled else " ".join(words))
        if not filled and self._opens(label):
            return Item(None, kind="heading")
        item = self._labelled(label, numbers[-1] if numbers else None)
        return self._of(item, suffix, filled=filled)

    def _below(self, suffix: str | None) -> Item:
        """A row without a label of its own: it belongs to the label above, or to none."""
        if suffix is None or self._label is None:
            return Item(None, kind="nothing")
        return Item(self._label + suffix)

    def _of(self, item: Item, suffix: str | None, *, filled: bool) -> Item:
        if item.box is None:
            self._label = None
            return item
        stem = item.box[:-2] if item.box.endswith(_SUFFIXES) else item.box
        by_sex = stem.startswith(("registered", "voters", "disabled"))
        self._label = stem if by_sex else None
        self._section = _of_box(stem) or self._section
        if not filled and suffix is None:
            return item
        return item._replace(box=stem + suffix) if suffix and by_sex else item

    def _opens(self, label: str) -> bool:
        """Whether a row without figures begins a section; a box's own label does as well."""
        announced = section_of(label)
        if announced is None:
            return False
        self._section = announced
        box = box_of(label, self._form)
        stem = box.removesuffix(".m").removesuffix(".f") if box else None
        self._label = stem if stem and not stem.startswith(CANDIDATE) else None
        return True

    def _labelled(self, label: str, number: str | None) -> Item:
        """Understand a label with words; `number`: of the line, in a cell of its own."""
        numbered = _NUMBERED_NAME.fullmatch(label)
        bare = numbered[2].strip() if numbered else label
        known = self._known and self._known.get(slug(bare).replace("-", ""))
        if known and not bare.isdigit():
            return Item(CANDIDATE + self._numbered(known, number, numbered), bare)
        if _is_sum(label):
            return self._sum()
        box = self._box(label)
        if box and not box.startswith(CANDIDATE):
            return Item(box)
        if is_total(label, names_a_place=False):
            return Item(None, kind="total")
        return self._candidate(label, number or (numbered[1] if numbered else None), box)

    def _numbered(self, known: str, number: str | None, numbered: re.Match[str] | None) -> str:
        """Choose for a known name the number beside it, where it is that of a candidate.

        Above the candidates a number in a cell of its own counts the lines of the form.
        """
        written = number if self._section == "candidates" else None
        if written is None and numbered:
            written = numbered[1]
        return written if written is not None and written in self._known.values() else known

    def _candidate(self, label: str, number: str | None, box: str | None) -> Item:
        """Understand a candidate: by `box`, or as a name with a number or under their heading."""
        numbered = _NUMBERED_NAME.fullmatch(label)
        bare = numbered[2].strip() if numbered else label
        if "candidates" not in {self._section or "candidates", section_of(label)}:
            return Item(None, kind="unknown")
        if box:
            understood = meaning(label)
            return Item(box, understood.candidate if understood else None)
        if may_be_name(bare) and (number or self._section):
            return Item(CANDIDATE + (number or slug(bare)), bare)
        return Item(None, kind="unknown")

    def _sum(self) -> Item:
        """`JUMLAH` alone: of the lines of its section; a sum over candidates stays a total."""
        if self._section in {"registered", "voters"}:
            return Item(self._section)
        return Item(None, kind="total")

    def _box(self, label: str) -> str | None:
        """The box of a label; under a heading of those who voted, a bare list is of those."""
        box = box_of(label, self._form)
        voted = self._section == "voters" and not {"TERDAFTAR", "SURAT"} & set(label_words(label))
        if voted and (box is None or box.startswith("registered")):
            of_voters = box_of(f"Pengguna hak pilih {_bare(label)}", self._form)
            return of_voters or box
        if box is None and self._section == "registered":
            return box_of(f"Pemilih terdaftar {_bare(label)}", self._form)
        return box


def _bare(label: str) -> str:
    """A label's words, without its number and what says whose list it is."""
    return " ".join(word for word in label_words(label) if word not in {"PEMILIH", "DATA"})


def box_of(label: str, form: FormModel | None) -> str | None:
    """The box that a label names; each wording is looked up once for a form."""
    return _box_of(label, form.id, form.lists) if form else _box_of(label, None, ())


@lru_cache(maxsize=2**13)
def _box_of(label: str, form: str | None, lists: Lists) -> str | None:
    return forms.box_of(label, forms.with_lists(forms.FORMS[form], lists) if form else None)


@lru_cache(maxsize=2**10)
def sex_of(text: str) -> str | None:
    """What LK, PR or JUM beside a label add to its box: `.m`, `.f`, or nothing."""
    words = [word.upper() for word in _WORD.findall(text)]
    phrase = " ".join(words)
    if phrase == "JUM" or (words and set(words) <= SUMS):
        return ""
    return SEXES.get(phrase)


def _is_sum(label: str) -> bool:
    words = label_words(label)
    return bool(words) and not label_key(label) and bool(SUMS & set(words))


def is_label(text: str, form: FormModel | None) -> bool:
    """Whether a cell's text is a box's label; a number alone is not."""
    if text.startswith(MARK) or not _LETTERS.search(text) or sex_of(text.strip()) is not None:
        return False
    return box_of(unspaced(text.strip()), form) is not None


@lru_cache(maxsize=2**12)
def section_of(label: str) -> str | None:
    """What a heading inside the table announces."""
    words = set(label_words(label))
    if {"DISABILITAS", "DIFABEL", "CACAT"} & words:
        return "disabled"
    if {"CALON", "PASLON", "KANDIDAT", "PEROLEHAN"} & words:
        return "candidates"
    if {"PENGGUNA", "MENGGUNAKAN", "PENGGUNAAN"} & words and "SURAT" not in words:
        return "voters"
    if "SURAT" in words:
        return "ballots"
    if "PEMILIH" in words:
        return "registered"
    return "votes" if {"SUARA", "SAH"} & words else None


def _of_box(stem: str) -> str | None:
    """The section that a box stands in."""
    part = stem.partition("_")[0]
    if stem.startswith(CANDIDATE):
        return "candidates"
    return part if part in _PARTS else "votes"


@lru_cache(maxsize=2**12)
def unspaced(text: str) -> str:
    """Join letter-spaced words, as titles are typed: `I S R A N   N O O R` is `ISRAN NOOR`."""
    if not _SPACED.fullmatch(re.sub(r"\s{2,}", "", text.strip()) + " ") and not _SPACED.match(text):
        return text
    words = re.split(r"\s{2,}", text.strip())
    return " ".join("".join(w.split()) if _SPACED.fullmatch(w + " ") else w for w in words)
