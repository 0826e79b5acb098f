"""A written name in, the one spelling under which it is compared out; and names that look alike.

Policy of forms.md, section 7: names are compared exactly, after squashing what does not matter;
what is merely similar is a suggestion for a person, never a match.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from recount.model import MARK

if TYPE_CHECKING:
    from collections.abc import Collection

ALIKE = 85
"""Lowest `rapidfuzz.fuzz.ratio` of a suggestion (forms.md, section 7, step 5)."""
AHEAD = 8
"""By how much a suggestion must be ahead of the second (same place)."""

_NUMERALS = {
    "I": "SATU",
    "II": "DUA",
    "III": "TIGA",
    "IV": "EMPAT",
    "V": "LIMA",
    "VI": "ENAM",
    "VII": "TUJUH",
    "VIII": "DELAPAN",
    "IX": "SEMBILAN",
    "X": "SEPULUH",
}
_ABBREVIATIONS = {
    "SEI": "SUNGAI",
    "S": "SUNGAI",
    "TJ": "TANJUNG",
    "TJG": "TANJUNG",
    "GN": "GUNUNG",
    "KEP": "KEPULAUAN",
    **_NUMERALS,
}

_COMPASS = ("UTARA", "SELATAN", "TIMUR", "BARAT", "TENGAH", "PUSAT", "HULU", "HILIR", "ILIR")
QUALIFIERS = frozenset(
    {
        *_COMPASS,
        *_NUMERALS.values(),
        *("ULU", "LAUT", "DARAT", "KOTA", "SEBERANG", "DALAM", "LUAR", "ATAS", "BAWAH", "BARU"),
        *("LAMA", "BESAR", "KECIL", "RAYA", "INDUK", "DAYA", "JAYA", "MUKA", "BELAKANG"),
    }
)
"""Words that tell two real regions apart; names are never alike across them."""

TWINS = frozenset(
    {
        *("BANDUNG", "BANJAR", "BEKASI", "BIMA", "BLITAR", "BOGOR", "CIREBON", "GORONTALO"),
        *("JAYAPURA", "KEDIRI", "KUPANG", "MADIUN", "MAGELANG", "MALANG", "MOJOKERTO"),
        *("PASURUAN", "PEKALONGAN", "PROBOLINGGO", "SEMARANG", "SERANG", "SOLOK", "SORONG"),
        *("SUKABUMI", "TANGERANG", "TASIKMALAYA", "TEGAL"),
    }
)
"""Bare names that a kabupaten and a kota share (Permendagri 137/2017).

In the lists of KPU the kota has its word and the kabupaten has none.
"""

_KEEP = str.maketrans({char: " " for char in map(chr, range(128)) if not char.isalnum()})
_LEADING = {
    "provinsi": {"PROVINSI", "PROV", "PROPINSI", "PROP"},
    "kecamatan": {"KECAMATAN", "KEC", "DISTRIK"},
}
_SORTS = {
    "kabkota": {"KAB", "KOTA"},
    # DESA TERUSAN and TERUSAN, GELGEL and KAMPUNG GELGEL are two desa of one kecamatan each.
    "desa": {"DESA", "DS", "KELURAHAN", "KEL", "KAMPUNG", "NAGARI", "GAMPONG", "PEKON"},
}
_SPACED = 3
"""From this many single letters in a row a name is taken as letter-spaced."""


_SQUASHED = re.compile("[A-Z]{2,}(?: [A-Z]{2,})*")
_REWRITTEN = frozenset().union(*_LEADING.values(), {"KAB", "KABUPATEN", "KOTA"})

SQUASHED = rf"\A{_SQUASHED.pattern}\z"
REWRITTEN = rf"\A(?:{'|'.join(sorted(_REWRITTEN))})(?: |\z)"
"""For whole columns (in Polars' spelling): names that `squash` leaves as they are match the first
pattern and not the second one."""


def squash(text: str, level: str) -> str:
    """Bring a name into the spelling under which it is compared at a level of NAMED_LEVELS.

    NFKC, upper case, punctuation to blanks, blanks collapsed, letter-spaced words joined, `KEC.`
    and the like dropped. `KABUPATEN` becomes `KAB`, `KOTA` stays: the two are identity.
    """
    # Most names of a nation's files are in that spelling already.
    if _SQUASHED.fullmatch(text) and text.partition(" ")[0] not in _REWRITTEN:
        return text
    words = _words(text)
    while len(words) > 1 and words[0] in _LEADING.get(level, ()):
        del words[0]
    if level == "kabkota" and len(words) > 1:
        if words[0] == "KABUPATEN":
            words[0] = "KAB"
        if words[0] in _SORTS[level] and words[1] in {"ADM", "ADMINISTRASI"} and len(words) > 2:  # noqa: PLR2004 - a name follows
            del words[1]
    return " ".join(words)


def _words(text: str) -> list[str]:
    text = text[2:] if text.startswith(MARK) else text
    if not text.isascii():
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).upper())
        text = "".join(char if char.isalnum() else " " for char in text)
    words = text.translate(_KEEP).upper().split()
    return _joined(words) if sum(len(word) == 1 for word in words) >= _SPACED else words


def _joined(words: list[str]) -> list[str]:
    """Join letter-spaced words: `B O G O R BARAT` is `BOGOR BARAT`."""
    joined: list[str] = []
    run: list[str] = []
    for word in [*words, ""]:
        if len(word) == 1 and word.isalpha():
            run.append(word)
            continue
        joined += ["".join(run)] if len(run) >= _SPACED else run
        run = []
        joined.append(word)
    return joined[:-1]


def spellings(squashed: str) -> tuple[str, ...]:
    """Forms under which a name is still exactly the same.

    Without blanks, and without blanks once the closed list of abbreviations is written out.
    """
    words = squashed.split(" ")
    plain = "".join(words)
    written_out = "".join([_ABBREVIATIONS.get(word, word) for word in words])
    return (plain,) if plain == written_out else (plain, written_out)


def bare(squashed: str, level: str) -> str:
    """A name without the word that says of which sort the region is, where there are several.

    The word is identity (Kab. and Kota Bogor; Gelgel and Kampung Gelgel): a bare name may only
    stand for the one region of that name that the other side has.
    """
    sort, _, rest = squashed.partition(" ")
    return rest if rest and sort in _SORTS.get(level, ()) else squashed


class Suggestion(NamedTuple):
    """A name that is so much alike that a person should look; never a match."""

    name: str
    likeness: float


def suggest(squashed: str, candidates: Collection[str]) -> Suggestion | None:
    """Find the one similar name among squashed `candidates`, or none when it is not clear."""
    from rapidfuzz import fuzz, process

    others = sorted(set(candidates) - {squashed})
    ranked = process.extract(squashed, others, scorer=fuzz.ratio, limit=2)
    if not ranked or ranked[0][1] < ALIKE:
        return None
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < AHEAD:
        return None
    best = Suggestion(ranked[0][0], ranked[0][1])
    return best if qualifiers(best.name) == qualifiers(squashed) else None


def qualifiers(squashed: str) -> list[str]:
    """The words of a name that tell it from its neighbours: also numbers and single letters."""
    return sorted(_qualifier(word) for word in squashed.split() if _qualifier(word))


def _qualifier(word: str) -> str:
    word = _NUMERALS.get(word, word)
    if word in QUALIFIERS or len(word) == 1 or any(char.isdigit() for char in word):
        return word
    return next((end for end in _COMPASS if word.endswith(end)), "")


_SUM = r"(?:(?:SUB|GRAND) ?)?(?:JUMLAH|JML|TOTAL)|REKAP(?:ITULASI)?|(?:JUMLAH )?DIPINDAHKAN"
_ALL = r"AKHIR|TOTAL|JUMLAH|SEMUA|SELURUH(?:NYA)?|KESELURUHAN|PINDAHAN|BESAR"
_OF = r"KEC|KECAMATAN|KAB|KABUPATEN|KOTA|DESA|KEL|KELURAHAN|PROV|PROVINSI|TPS|SUARA"
_LABEL = re.compile(rf"(?:{_SUM})(?: (?:{_ALL}))*(?: (?:{_OF})(?: .*)?)?")
_NAMED = re.compile(rf"(?:{_SUM})(?: .*)?")


def is_total(text: str, *, names_a_place: bool) -> bool:
    """Whether a cell says that its row is a total (forms.md, section 5, by word).

    No region's name begins with such a word, so where a place stands whatever follows it is a
    total too: `TOTAL SAMBOJA`.
    """
    squashed = " ".join(_words(text))
    return (_NAMED if names_a_place else _LABEL).fullmatch(squashed) is not None
