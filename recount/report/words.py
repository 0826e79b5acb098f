"""The words for levels, boxes, statuses and sides: a code in, what a person reads out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.boxes import CANDIDATE, box_text
from recount.texts import Text, harmless, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recount.model import Election

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

SIDE_WORDS = {"ours": say("Ours"), "theirs": say("Online"), "corrected": say("Corrected")}

LAYER_WORDS = {"count": say("count of TPS forms"), "recap": say("official recap")}


def word(words: Mapping[str, Text], code: str, lang: str) -> str:
    """Say a code in words; a code nobody has a word for is shown as it is."""
    return speak(words[code], lang) if code in words else harmless(code)


def spoken(words: Mapping[str, Text], lang: str) -> dict[str, str]:
    """Say every word of a list in one language."""
    return {code: speak(text, lang) for code, text in words.items()}


def names(election: Election) -> dict[tuple[str, str], str]:
    """(contest, candidate) -> name, for the candidates whose name is known."""
    return {
        (contest.id, candidate.id): candidate.name
        for contest in election.contests
        for candidate in contest.candidates
        if candidate.name
    }


def candidate(contest: str, number: str, known: Mapping[tuple[str, str], str], lang: str) -> str:
    """`1 Joko Widodo` where the name is known, else `Paslon 1` or `Candidate 1`."""
    name = known.get((contest, number))
    if name is None:
        return speak(say("Candidate {id}", id=number), lang)
    return harmless(f"{number} {name}")


def box(contest: str, item: str, known: Mapping[tuple[str, str], str], lang: str) -> str:
    """Say what a box holds: `candidate:1`, `valid`, `voters.m`."""
    if item.startswith(CANDIDATE):
        return candidate(contest, item.removeprefix(CANDIDATE), known, lang)
    return speak(box_text(item), lang)


def counted(counts: Iterable[tuple[str, int]], words: Mapping[str, Text], lang: str) -> str:
    """`66 sama, 35 berbeda`: counts by code, in order; without the zeros."""
    return ", ".join(
        speak(say("{n} {what}", n=n, what=words.get(code, code)), lang) for code, n in counts if n
    )
