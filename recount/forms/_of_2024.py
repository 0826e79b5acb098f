"""What the forms of 2024 have in common, C.Hasil and D.Hasil of kecamatan, kabko and prov.

The only line of registered voters is the DPT; the ballots used stand second, and no formula is
printed with those received.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.forms._rules import equations
from recount.model import Box, FormModel

if TYPE_CHECKING:
    from decimal import Decimal

    from recount.model import Lists

_CODES = {
    "C.HASIL": "tps",
    "D.HASIL KECAMATAN": "kecamatan",
    "D.HASIL KABKO": "kabkota",
    "D.HASIL PROV": "provinsi",
}


def registered() -> Box:
    """The line of the registered voters."""
    return Box("registered_dpt", "Jumlah Pemilih dalam Daftar Pemilih Tetap (DPT)", number="I.A")


def after_the_voters(reserve: str) -> tuple[Box, ...]:
    """The boxes below the voters; `reserve`: the percentage as it is printed."""
    return (
        Box(
            "ballots_received",
            f"Jumlah surat suara diterima, termasuk surat suara cadangan {reserve}% dari DPT",
            number="II.1",
        ),
        Box("ballots_used", "Jumlah surat suara yang digunakan", number="II.2"),
        Box(
            "ballots_spoiled",
            "Jumlah surat suara yang dikembalikan oleh pemilih (karena rusak atau keliru coblos)",
            number="II.3",
        ),
        Box(
            "ballots_unused",
            "Jumlah surat suara yang tidak digunakan/tidak terpakai, termasuk sisa surat suara"
            " cadangan",
            number="II.4",
        ),
        Box(
            "disabled_voters",
            "Jumlah seluruh Pemilih disabilitas yang menggunakan hak pilih",
            number="III.",
        ),
        Box("candidates", "DATA RINCIAN PEROLEHAN SUARA SAH PASANGAN CALON", number="IV."),
        Box("valid", "JUMLAH SELURUH SUARA SAH", number="V.A"),
        Box("invalid", "JUMLAH SUARA TIDAK SAH", number="V.B"),
        Box("cast", "JUMLAH SELURUH SUARA SAH DAN SUARA TIDAK SAH (A + B)", number="V.C"),
    )


def models(
    contest: str, boxes: tuple[Box, ...], titles: tuple[str, ...], reserve: Decimal, lists: Lists
) -> tuple[FormModel, ...]:
    """The forms of one contest, `PPWP` or `KWK`; `titles`: the words that name it in a title."""
    return tuple(
        FormModel(
            f"{code.lower().replace('.', '-').replace(' ', '-')}-{contest.lower()}-2024",
            f"{code}-{contest}",
            level,
            boxes,
            equations(parts_printed=False, ballots="warning", reserve=reserve, level=level),
            tuple(f"{code.replace('.', ' ')} {word}" for word in titles),
            2024,
            reserve,
            lists,
        )
        for code, level in _CODES.items()
    )
