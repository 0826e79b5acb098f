"""The words for levels, boxes, statuses and sides: a code in, what a person reads out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.boxes import BOX_WORDS, CANDIDATE, EMPTY_BOX, box_text
from recount.texts import Text, harmless, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recount.model import Election, Outcome

LEVEL_WORDS = {
    "nasional": say("national"),
    "provinsi": say("provinsi"),
    "kabkota": say("kabupaten/kota"),
    "kecamatan": say("kecamatan"),
    "desa": say("desa/kelurahan"),
    "tps": say("TPS"),
}

LEVEL_GLOSSES = {
    "nasional": say("national"),
    "provinsi": say("provinsi (province)"),
    "kabkota": say("kabupaten/kota (regency/city)"),
    "kecamatan": say("kecamatan (district)"),
    "desa": say("desa/kelurahan (village)"),
    "tps": say("TPS (polling station)"),
}
"""Each level with its meaning, for the one table that lists them all."""

STATUS_WORDS = {
    "equal": say("equal"),
    "differs": say("different"),
    "partial": say("partial"),
    "withheld": say("withheld"),
    "unread": say("blank or unread"),
    "ours_only": say("only ours"),
    "theirs_only": say("only online"),
    "conflict": say("conflicting"),
    "missing": say("held by neither side"),
}

SEVERITY_WORDS = {"error": say("error"), "warning": say("warning"), "note": say("note")}

SIDE_WORDS = {"ours": say("Ours"), "theirs": say("Online"), "corrected": say("Combined")}

RULE_WORDS = {
    "alias": say("name of the list of spellings"),
    "ambiguous-name": say("name of several regions"),
    "beyond-headings": say("right of the last heading"),
    "borrowed-region": say("region taken from the other side"),
    "candidate-number": say("name against number"),
    "candidates-apart": say("candidates called differently"),
    "code-name": say("code against name"),
    "code-station": say("code against TPS number"),
    "code-system": say("other codes"),
    "code-unknown": say("unknown code"),
    "code-unused": say("code not used"),
    "column-numbers": say("numbers of columns"),
    "conflict": say("copies that differ"),
    "contest-one-sided": say("contest of one side"),
    "contest-region": say("region of the contest"),
    "copied-sheet": say("copied sheet"),
    "copies": say("copies that agree"),
    "cut-off": say("cut off"),
    "encoding": say("encoding of the text"),
    "error_cells": say("cells with an error"),
    "external_link": say("link to another file"),
    "file-name": say("against the file's name"),
    "footnote": say("note below the table"),
    "gap": say("missing answers"),
    "heading-row": say("repeated heading"),
    "hidden_columns": say("hidden columns"),
    "hidden_rows": say("hidden rows"),
    "hidden_sheet": say("hidden sheet"),
    "junk-row": say("row without meaning"),
    "line-twice": say("line that stands twice"),
    "list-of-voters": say("list of voters"),
    "majority": say("decided by most copies"),
    "named_twice": say("file named twice"),
    "no-code": say("region without a code"),
    "no-contest": say("contest not named"),
    "no-form": say("no form yet"),
    "no-heading": say("column without a heading"),
    "no-place": say("row without a place"),
    "not-read": say("could not be read"),
    "outside-table": say("outside the table"),
    "pair-unknown": say("unknown candidate number"),
    "perhaps-total": say("perhaps a total"),
    "repeat": say("repeated figures"),
    "restated": say("form against the one below"),
    "same-file": say("same file"),
    "same-time": say("same time"),
    "older": say("older answers"),
    "sheet-name": say("name of the sheet"),
    "similar-name": say("name that is alike"),
    "skipped": say("file left out"),
    "skipped_sheet": say("sheet passed over"),
    "spelling": say("other spelling"),
    "station": say("number of the TPS"),
    "totals-column": say("column of totals"),
    "totals-row": say("row of totals"),
    "two-names": say("two names for one code"),
    "unknown-candidate": say("unknown candidate"),
    "unknown-key": say("unknown part of an answer"),
    "unknown-line": say("line not understood"),
    "unknown-name": say("unknown name"),
    "unread": say("cell not read"),
    "unused-column": say("column not used"),
    "votes-not-compared": say("no votes compared"),
    "macros": say("macros"),
    "parts": say("parts that differ from the whole"),
    "revote": say("re-vote"),
    "nothing-not-entered": say("nothing entered"),
    "nothing-no-votes": say("no votes yet"),
    "nothing-no-page": say("no page yet"),
    "nothing-no-candidate": say("chart without candidates"),
    "nothing-row-without-candidate": say("row without candidates"),
    "nothing-row-null": say("empty row"),
    "nothing-figure-null": say("empty figure"),
    "zero-units": say("units with zeros only"),
}
"""Rules in words, for the eye; those that are numbered keep their number, as on paper."""

LAYER_WORDS = {"count": say("count of TPS forms"), "recap": say("official recap")}


def word(words: Mapping[str, Text], code: str, lang: str) -> str:
    """Say a code in words; a code nobody has a word for is shown as it is."""
    return speak(words[code], lang) if code in words else harmless(code)


def capital(text: str) -> str:
    """Begin with a capital letter, and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def spoken(words: Mapping[str, Text], lang: str) -> dict[str, str]:
    """Say every word of a list in one language."""
    return {code: speak(text, lang) for code, text in words.items()}


def units_of(one: Outcome) -> Text:
    """What the standings of an outcome count: a level's name where it is known."""
    return LEVEL_WORDS.get(one.level or "", say("regions"))


def names(election: Election) -> dict[tuple[str, str], str]:
    """(contest, candidate) -> name, for the candidates whose name is known."""
    return {
        (contest.id, candidate.id): candidate.name
        for contest in election.contests
        for candidate in contest.candidates
        if candidate.name
    }


def candidate(contest: str, number: str, known: Mapping[tuple[str, str], str], lang: str) -> str:
    """`1 Joko Widodo` where the name is known, else `Paslon 1` or `Candidate 1`.

    An id that was made of the name is not said beside it.
    """
    name = known.get((contest, number))
    if name is None:
        return speak(say("Candidate {id}", id=number), lang)
    if CANDIDATE + number == EMPTY_BOX:
        return harmless(name)
    made = number.isascii() and not number.isdigit() and _bare(number) == _bare(name)
    return harmless(name if made else f"{number} {name}")


def _bare(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def brief(contest: str, item: str, known: Mapping[tuple[str, str], str], lang: str) -> str:
    """Say what a box holds in fewer words: of a pair `1 Joko Widodo - Ma'ruf Amin`, the first."""
    full = box(contest, item, known, lang)
    return full.partition(" - ")[0] if item.startswith(CANDIDATE) else full


def box(contest: str, item: str, known: Mapping[tuple[str, str], str], lang: str) -> str:
    """Say what a box holds: `candidate:1`, `valid`, `voters.m`."""
    if item.startswith(CANDIDATE):
        return candidate(contest, item.removeprefix(CANDIDATE), known, lang)
    return speak(box_text(item), lang)


def ranks(items: Iterable[str]) -> dict[str, int]:
    """The order in which boxes are read: the candidates by number, then the boxes of the form."""
    boxes = {item: at for at, item in enumerate(BOX_WORDS)}

    def key(item: str) -> tuple[int, int, str]:
        number = item.removeprefix(CANDIDATE)
        if item == EMPTY_BOX:
            return 1, -1, item
        if number != item:
            return 0, int(number) if number.isascii() and number.isdigit() else 0, number
        return 1, boxes.get(item.split(".", maxsplit=1)[0], len(boxes)), item

    return {item: at for at, item in enumerate(sorted(set(items), key=key))}


def counted(counts: Iterable[tuple[str, int]], words: Mapping[str, Text], lang: str) -> str:
    """`66 sama, 35 berbeda`: counts by code, in order; without the zeros."""
    return ", ".join(
        speak(say("{n} {what}", n=n, what=words.get(code, code)), lang) for code, n in counts if n
    )
