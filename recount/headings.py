"""A column's heading in, what the column holds out: a place, a box, a candidate, or nothing of ours.

Indonesian and English, in any spelling met so far. Line numbers are never trusted (forms.md,
section 1): a heading is understood by its words. A role is a short text: `provinsi` ... `tps`,
`code`, `name`, `level`, `contest`, `pair` and `value` (long tables), `aside`, or a box's id.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from recount.model import MARK


class Meaning(NamedTuple):
    """What a heading says: its role, and the candidate's name when it stands there too."""

    role: str
    candidate: str | None = None


_PLACES: dict[str, str] = {
    "PROVINSI": "provinsi",
    "PROPINSI": "provinsi",
    "PROV": "provinsi",
    "PROVINCE": "provinsi",
    "KABUPATEN": "kabkota",
    "KABUPATEN KOTA": "kabkota",
    "KOTA KABUPATEN": "kabkota",
    "KAB": "kabkota",
    "KAB KOTA": "kabkota",
    "KABKOTA": "kabkota",
    "KABKO": "kabkota",
    "KOTA": "kabkota",
    "REGENCY": "kabkota",
    "REGENCY CITY": "kabkota",
    "CITY": "kabkota",
    "KECAMATAN": "kecamatan",
    "KEC": "kecamatan",
    "DISTRIK": "kecamatan",
    "KECAMATAN DISTRIK": "kecamatan",
    "DISTRICT": "kecamatan",
    "SUBDISTRICT": "kecamatan",
    "SUB DISTRICT": "kecamatan",
    "DESA": "desa",
    "DESA KELURAHAN": "desa",
    "KELURAHAN DESA": "desa",
    "DESA KEL": "desa",
    "KEL DESA": "desa",
    "KELURAHAN": "desa",
    "KEL": "desa",
    "VILLAGE": "desa",
    "NAGARI": "desa",
    "TPS": "tps",
    "NO TPS": "tps",
    "NOMOR TPS": "tps",
    "TPS NO": "tps",
    "TPS ID": "tps",
    "ID TPS": "tps",
    "TPS POS KSK": "tps",
    "STATION": "tps",
    "POLLING STATION": "tps",
    "WILAYAH": "name",
    "REGION": "name",
    "NAMA": "name",
    "NAME": "name",
    "TINGKAT": "level",
    "LEVEL": "level",
    "PEMILIHAN": "contest",
    "CONTEST": "contest",
    "JENIS PEMILIHAN": "contest",
    "PASLON": "pair",
    "PASLON ID": "pair",
    "NO PASLON": "pair",
    "PASANGAN CALON": "pair",
    "CALON": "pair",
    "NO CALON": "pair",
    "KANDIDAT": "pair",
    "CANDIDATE": "pair",
    "CANDIDATE ID": "pair",
    "NO URUT": "pair",
    "NOMOR URUT": "pair",
    "NOMOR URUT PASLON": "pair",
    "PAIR": "pair",
    "ITEM": "pair",
    "BOX": "pair",
    "KOTAK": "pair",
    "URAIAN": "pair",
    "SUARA": "value",
    "VOTES": "value",
    "VALUE": "value",
    "NILAI": "value",
    "ANGKA": "value",
    "PEROLEHAN": "value",
    "PEROLEHAN SUARA": "value",
    "FIGURE": "value",
    "NO": "aside",
    "NOMOR": "aside",
    "TS": "aside",
    "WAKTU": "aside",
    "SUMBER": "aside",
    "SOURCE": "aside",
    "KETERANGAN": "aside",
    "CATATAN": "aside",
    "NOTES": "aside",
    "PERSEN": "aside",
}

_BOXES: dict[str, str] = {
    "SAH": "valid",
    "SUARA SAH": "valid",
    "VALID": "valid",
    "VALID VOTES": "valid",
    "SELURUH SUARA SAH": "valid",
    "SUARA SAH SELURUH CALON": "valid",
    "TIDAK SAH": "invalid",
    "TSAH": "invalid",
    "TDK SAH": "invalid",
    "SUARA TIDAK SAH": "invalid",
    "SUARA TDK SAH": "invalid",
    "INVALID": "invalid",
    "INVALID VOTES": "invalid",
    "SAH DAN TIDAK SAH": "cast",
    "SAH TIDAK SAH": "cast",
    "SUARA SAH DAN TIDAK SAH": "cast",
    "SUARA SAH TIDAK SAH": "cast",
    "SELURUH SUARA SAH DAN TIDAK SAH": "cast",
    "SUARA SAH DAN SUARA TIDAK SAH": "cast",
    "SELURUH SUARA SAH DAN SUARA TIDAK SAH": "cast",
    "SUARA MASUK": "cast",
    "CAST": "cast",
    "VOTES CAST": "cast",
    "JUMLAH SUARA": "cast",
    "TOTAL SUARA": "cast",
    "JML SUARA": "cast",
    "TOTAL VOTES": "cast",
    "SUARA TOTAL": "cast",
    "DPT": "registered_dpt",
    "PEMILIH DPT": "registered_dpt",
    "PEMILIH DALAM DPT": "registered_dpt",
    "PEMILIH": "registered",
    "PEMILIH TERDAFTAR": "registered",
    "REGISTERED": "registered",
    "REGISTERED VOTERS": "registered",
    "PENGGUNA": "voters",
    "PENGGUNA HAK PILIH": "voters",
    "VOTERS": "voters",
    "PENGGUNA DPT": "voters_dpt",
    "PENGGUNA HAK PILIH DPT": "voters_dpt",
    "PENGGUNA HAK PILIH DALAM DPT": "voters_dpt",
    "SURAT SUARA DITERIMA": "ballots_received",
    "BALLOTS RECEIVED": "ballots_received",
    "SURAT SUARA DIGUNAKAN": "ballots_used",
    "BALLOTS USED": "ballots_used",
    "SURAT SUARA TIDAK DIGUNAKAN": "ballots_unused",
    "BALLOTS UNUSED": "ballots_unused",
    "SURAT SUARA RUSAK": "ballots_spoiled",
    "SURAT SUARA DIKEMBALIKAN": "ballots_spoiled",
    "BALLOTS SPOILED": "ballots_spoiled",
}

_SEXES = {
    "L": ".m",
    "LK": ".m",
    "LAKI LAKI": ".m",
    "P": ".f",
    "PR": ".f",
    "PEREMPUAN": ".f",
    "J": "",
}
_SOURCES = {"KP", "SITUNG", "REKAP", "KPU", "SIREKAP", "HHCW", "HR", "OURS", "THEIRS", "ONLINE"}
_SUMS = {"JUMLAH", "JML", "TOTAL", "TOT"}
_CODES = {"KODE", "CODE", "KD", "ID"}
_OTHER_SYSTEMS = {"KPU", "BPS"}
_BEFORE_NUMBER = set(
    "PAS PASLON PASANGAN CALON CAPRES CAGUB CABUP CAWALI KANDIDAT CANDIDATE CAND SUARA VOTE VOTES "
    "NO NOMOR NMR URUT PEROLEHAN P PAIR UNTUK SAH".split()
)
_STATION_COUNTS = {"N", "IN", "MASUK", "TOTAL", "JUMLAH", "JML", "PROSES", "COUNT", "PERSEN"}
_NUMBERED = re.compile(r"([^0-9]*?)0*([1-9][0-9]?)(?![0-9])(.*)", re.DOTALL)
_WORDS = re.compile(r"[^\W\d_]+|[0-9]+")


@cache
def meaning(heading: str) -> Meaning | None:
    """Understand one heading; None when it says nothing this program knows."""
    if heading.startswith(MARK):
        return None
    words = [word.upper() for word in _WORDS.findall(heading)]
    if words and words[0] in _SOURCES and len(words) > 1 and not _CODES & set(words):
        words = words[1:]
    return _place(words) or _box(words) or _candidate(heading, words)


def _place(words: list[str]) -> Meaning | None:
    if "TPS" in words and _STATION_COUNTS & set(words):
        return Meaning("aside")
    phrase = " ".join(words)
    named = " ".join(word for word in words if word not in {"NAMA", "NAME"})
    for key in (phrase, named):
        if key in _PLACES:
            return Meaning(_PLACES[key])
    if _CODES & set(words):
        other = _OTHER_SYSTEMS & set(words) or words in (["ID"], ["NO", "ID"])
        return Meaning("aside" if other else "code")
    return None


def _box(words: list[str]) -> Meaning | None:
    if words and words[0] in {"LAKI", "PEREMPUAN", "L", "P"}:
        return None
    for length in (2, 1, 0):
        suffix = _SEXES.get(" ".join(words[-length:])) if length else ""
        stem = words[: len(words) - length] if length else words
        if suffix is None or not stem:
            continue
        phrase = " ".join(stem)
        short = " ".join(stem[1:]) if stem[0] in _SUMS else phrase
        for key in (phrase, short):
            if key in _BOXES:
                return Meaning(_BOXES[key] + suffix)
    return None


def _candidate(heading: str, words: list[str]) -> Meaning | None:
    numbers = [at for at, word in enumerate(words) if word.isdigit()]
    if not numbers or not set(words[: numbers[0]]) <= _BEFORE_NUMBER:
        return None
    rest = words[numbers[0] + 1 :]
    if rest and (inner := _place(rest) or _box(rest)):
        return inner
    numbered = _NUMBERED.fullmatch(heading.strip())
    if numbered is None or any(word.isdigit() for word in rest):
        return None
    name = re.sub(r"[\s_]+", " ", numbered[3]).strip(" .:)-–/")  # noqa: RUF001 - dashes as typed
    return Meaning(f"candidate:{numbered[2]}", name or None)


def is_box(role: str) -> bool:
    """Whether a role is a box of the form, and so a figure to keep."""
    return role not in _NOT_BOXES


_NOT_BOXES = frozenset(_PLACES.values()) | {"code"}


def slug(heading: str) -> str:
    """Make an id of a heading that names a candidate without a number."""
    return "-".join(word.lower() for word in _WORDS.findall(heading))
