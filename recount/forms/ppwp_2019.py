"""Pemilu 2019, president: C1-PPWP and the recapitulations DAA1, DA1, DB1 and DC1.

Here DPTb are voters who moved in and DPK are voters with nothing but an identity card. Line
numbers and the meaning of each box: forms.md, section 3. The wordings are those of reprints of C1;
those of the recapitulations are taken to be the same [unverified]. On the large C1 sheet (Plano)
V.A is the invalid votes and V.B the valid ones; reprints have it the other way round, which is one
reason why nothing is mapped by a line's number. Reserve: 2 % of the DPT.
"""

from __future__ import annotations

from decimal import Decimal

from recount.forms._rules import equations
from recount.model import Box, FormModel

LISTS = (("DPTB", "moved"), ("DPK", "id_card"))
RESERVE = Decimal(2)

_BOXES = (
    Box("registered_dpt", "Jumlah pemilih dalam DPT (Model A.3-KPU)", number="A.1"),
    Box("registered_moved", "Jumlah pemilih dalam DPTb (Model A.4-KPU)", number="A.2"),
    Box("registered_id_card", "Jumlah pemilih dalam DPK (Model A.DPK-KPU)", number="A.3"),
    Box("registered", "Jumlah pemilih (A.1 + A.2 + A.3)", number="A.4"),
    Box("voters_dpt", "Jumlah pengguna hak pilih dalam DPT (Model C7.DPT-KPU)", number="B.1"),
    Box("voters_moved", "Jumlah pengguna hak pilih dalam DPTb (Model C7.DPTb-KPU)", number="B.2"),
    Box("voters_id_card", "Jumlah pengguna hak pilih dalam DPK (Model C7.DPK-KPU)", number="B.3"),
    Box("voters", "Jumlah pengguna hak pilih (B.1 + B.2 + B.3)", number="B.4"),
    Box(
        "disabled_registered",
        "Jumlah seluruh pemilih disabilitas terdaftar dalam DPT, DPTb dan DPK",
        number="II.1",
    ),
    Box(
        "disabled_voters",
        "Jumlah seluruh pemilih disabilitas yang menggunakan hak pilih",
        number="II.2",
    ),
    Box(
        "ballots_received",
        "Jumlah surat suara yang diterima, termasuk surat suara cadangan 2% dari DPT (2+3+4)",
        number="III.1",
    ),
    Box(
        "ballots_spoiled",
        "Jumlah surat suara yang dikembalikan oleh pemilih karena rusak/keliru coblos",
        number="III.2",
    ),
    Box(
        "ballots_unused",
        "Jumlah surat suara yang tidak digunakan/tidak terpakai, termasuk sisa surat suara"
        " cadangan",
        number="III.3",
    ),
    Box("ballots_used", "Jumlah surat suara yang digunakan", number="III.4"),
    Box("candidates", "DATA PEROLEHAN SUARA PASANGAN CALON", number="IV."),
    Box("valid", "JUMLAH SELURUH SUARA SAH", number="V."),
    Box("invalid", "JUMLAH SUARA TIDAK SAH", number="V."),
    Box("cast", "JUMLAH SELURUH SUARA SAH DAN SUARA TIDAK SAH", number="V.C"),
)


def _form(code: str, level: str) -> FormModel:
    return FormModel(
        f"{code.lower()}-ppwp-2019",
        f"{code}-PPWP",
        level,
        _BOXES,
        equations(parts_printed=True, ballots="error", reserve=RESERVE, level=level),
        (f"{code} PPWP", f"{code} PRESIDEN", f"{code} PLANO PPWP"),
        2019,
        RESERVE,
        LISTS,
    )


FORMS = (
    _form("C1", "tps"),
    _form("DAA1", "desa"),
    _form("DA1", "kecamatan"),
    _form("DB1", "kabkota"),
    _form("DC1", "provinsi"),
)
