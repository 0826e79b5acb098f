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
    "unread": say("unread"),
    "ours_only": say("only ours"),
    "theirs_only": say("only online"),
    "conflict": say("conflicting"),
    "missing": say("held by neither side"),
}

SEVERITY_WORDS = {"error": say("error"), "warning": say("warning"), "note": say("note")}

SIDE_WORDS = {"ours": say("Ours"), "theirs": say("Online"), "corrected": say("Combined")}

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
