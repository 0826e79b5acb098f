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

QUALIFIERS = frozenset(
    "UTARA SELATAN TIMUR BARAT TENGAH LAUT DARAT PUSAT HULU ULU HILIR ILIR KOTA SEBERANG DALAM LUAR "
    "ATAS BAWAH BARU LAMA BESAR KECIL RAYA INDUK DAYA JAYA MUKA BELAKANG SATU DUA TIGA EMPAT LIMA "
    "ENAM TUJUH DELAPAN SEMBILAN SEPULUH".split()
)
"""Words that tell two real regions apart; names are never alike across them."""

_ABBREVIATIONS = {
    "SEI": "SUNGAI",
    "S": "SUNGAI",
    "TJ": "TANJUNG",
    "TJG": "TANJUNG",
    "GN": "GUNUNG",
    "KEP": "KEPULAUAN",
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
_KEEP = str.maketrans({char: " " for char in map(chr, range(128)) if not char.isalnum()})
_KINDS = {
    "provinsi": {"PROVINSI", "PROV", "PROPINSI", "PROP"},
    "kabkota": set[str](),
    "kecamatan": {"KECAMATAN", "KEC", "DISTRIK"},
    "desa": {"DESA", "KELURAHAN", "KEL", "DS", "KAMPUNG", "NAGARI", "GAMPONG", "PEKON"},
}
_KAB = {"KABUPATEN", "KAB"}
_LETTERS = 3
"""From this many single letters in a row a name is taken as letter-spaced."""


def squash(text: str, level: str) -> str:
    """Bring a name into the spelling under which it is compared at a level.

    NFKC, upper case, punctuation to blanks, blanks collapsed, `KEC.` and the like dropped,
    letter-spaced words joined. `KAB.` becomes `KAB`, `KOTA` stays: the two are identity.
    """
    if text.startswith(MARK):
        text = text[2:]
    words = _words(text)
    if len(words) > 1 and words[0] in _KINDS[level]:
        words = words[1:]
    if level == "kabkota" and len(words) > 1 and words[0] in _KAB:
        words[0] = "KAB"
    return " ".join(words)


def _words(text: str) -> list[str]:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = "".join(char if char.isalnum() else " " for char in text)
    words = text.translate(_KEEP).upper().split()
    if len(words) >= _LETTERS and all(len(word) == 1 for word in words):
        return ["".join(words)]
    return words


def skeleton(squashed: str) -> str:
    """Write abbreviations out and drop the blanks: the second, still exact, comparison."""
    return "".join(_ABBREVIATIONS.get(word, word) for word in squashed.split())


def bare(squashed: str) -> str:
    """A kabupaten's or kota's name without the word that says which of the two it is."""
    kind, _, rest = squashed.partition(" ")
    return rest if rest and kind in {"KAB", "KOTA"} else squashed


class Suggestion(NamedTuple):
    """A name that is so much alike that a person should look; never a match."""

    name: str
    likeness: float


def suggest(squashed: str, candidates: Collection[str]) -> Suggestion | None:
    """Find the one similar name among squashed `candidates`, or none when it is not clear."""
    from rapidfuzz import fuzz

    own = _qualifiers(squashed)
    ranked = sorted(
        ((fuzz.ratio(squashed, other), other) for other in candidates if other != squashed),
        key=lambda pair: (-pair[0], pair[1]),
    )
    if not ranked or ranked[0][0] < ALIKE or _qualifiers(ranked[0][1]) != own:
        return None
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < AHEAD:
        return None
    return Suggestion(ranked[0][1], ranked[0][0])


def _qualifiers(squashed: str) -> list[str]:
    words = (_ABBREVIATIONS.get(word, word) for word in squashed.split())
    return sorted(word for word in words if word in QUALIFIERS)


_TOTALS = frozenset(
    {
        "JUMLAH",
        "JML",
        "TOTAL",
        "SUBTOTAL",
        "SUB TOTAL",
        "GRAND TOTAL",
        "JUMLAH TOTAL",
        "TOTAL JUMLAH",
        "JUMLAH AKHIR",
        "JUMLAH PINDAHAN",
        "DIPINDAHKAN",
        "REKAP",
        "REKAPITULASI",
        "JUMLAH SELURUHNYA",
        "TOTAL KESELURUHAN",
        "TOTAL SELURUH",
    }
)
_TOTALS_WORD = re.compile(r"(?:JUMLAH|JML|TOTAL|SUB ?TOTAL)(?: (?:KEC|KECAMATAN|KAB|KABUPATEN|KOTA|DESA|KEL|KELURAHAN|PROVINSI|PROV|TPS|SUARA)\b.*)?")


def is_total(text: str) -> bool:
    """Whether a place cell says that its row is a total (forms.md, section 5, by word)."""
    squashed = " ".join(_words(text))
    return squashed in _TOTALS or _TOTALS_WORD.fullmatch(squashed) is not None
