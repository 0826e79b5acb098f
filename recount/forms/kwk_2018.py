"""Pilkada 2018: C1-KWK and the recapitulations DAA, DA1, DB1 and DC1.

Here DPPh are voters who moved in and DPTb are voters with nothing but an identity card. Line
numbers and the meaning of each box: forms.md, section 3. The wordings are those of reprints of C1
and of the recapitulation by desa; those of DA1, DB1 and DC1 are taken to be the same, as one
regulation prints them all [unverified]. Reserve: 2.5 % of the DPT.
"""

from __future__ import annotations

from decimal import Decimal

from recount.forms._rules import equations
from recount.model import Box, FormModel

LISTS = (("DPPH", "moved"), ("DPTB", "id_card"))
RESERVE = Decimal("2.5")

_STATION = (
    Box(
        "registered_dpt",
        "Pemilih terdaftar dalam Daftar Pemilih Tetap (DPT)",
        number="A.1",
    ),
    Box(
        "registered_moved",
        "Pemilih terdaftar dalam Daftar Pemilih Pindahan (DPPh)",
        number="A.2",
    ),
    Box(
        "registered_id_card",
        "Pemilih terdaftar dalam Daftar Pemilih Tambahan (DPTb)/pengguna KTP atau identitas"
        " kependudukan lainnya",
        ("DPTb/pengguna KTP",),
        "A.3",
    ),
    Box("registered", "Jumlah Pemilih (1+2+3)", number="A.4"),
    Box(
        "voters_dpt",
        "Pengguna hak pilih dalam Daftar Pemilih Tetap (DPT)",
        number="B.1",
    ),
    Box(
        "voters_moved",
        "Pengguna hak pilih dalam Daftar Pemilih Pindahan (DPPh)",
        number="B.2",
    ),
    Box(
        "voters_id_card",
        "Pengguna hak pilih dalam Daftar Pemilih Tambahan (DPTb)/pengguna KTP atau identitas"
        " kependudukan lainnya",
        number="B.3",
    ),
    Box("voters", "Jumlah Seluruh Pengguna Hak Pilih (1+2+3)", number="B.4"),
    Box(
        "ballots_received",
        "Jumlah surat suara yang diterima, termasuk surat suara cadangan 2,5% dari DPT (2+3+4)",
        ("Jumlah surat suara yang diterima termasuk cadangan 2,5% (2+3+4)",),
        "II.1",
    ),
    Box(
        "ballots_spoiled",
        "Jumlah surat suara dikembalikan oleh pemilih karena rusak/keliru coblos",
        number="II.2",
    ),
    Box(
        "ballots_unused",
        "Jumlah surat suara yang tidak digunakan, termasuk sisa surat suara cadangan",
        ("Jumlah surat suara yang tidak digunakan",),
        "II.3",
    ),
    Box("ballots_used", "Jumlah surat suara yang digunakan", number="II.4"),
    Box("candidates", "Rincian perolehan suara pasangan calon"),
    Box("valid", "Jumlah Suara Sah Seluruh Calon", number="III.1"),
    Box("invalid", "Jumlah Suara Tidak Sah", number="III.2"),
    Box("cast", "Jumlah Suara Sah dan Tidak Sah (1+2)", number="III.3"),
    Box(
        "disabled_registered",
        "Jumlah Pemilih disabilitas/penyandang cacat",
        number="IV.1",
    ),
    Box(
        "disabled_voters",
        "Jumlah Pemilih disabilitas/penyandang cacat yang menggunakan hak pilih",
        number="IV.2",
    ),
)

_RECAPITULATION = (
    Box("registered_dpt", "Pemilih dalam DPT", number="A.1.1"),
    Box("registered_moved", "Pemilih dalam DPPh", number="A.1.2"),
    Box(
        "registered_id_card",
        "Pemilih dalam DPTb/KTP-el/Surat Keterangan",
        ("DPTb/pengguna KTP",),
        "A.1.3",
    ),
    Box("registered", "Jumlah Pemilih (1+2+3)", number="A.1.4"),
    Box("voters_dpt", "Pengguna hak pilih dalam DPT", number="A.2.1"),
    Box("voters_moved", "Pengguna hak pilih dalam DPPh", number="A.2.2"),
    Box(
        "voters_id_card",
        "Pengguna hak pilih dalam DPTb/pengguna KTP-el/Surat Keterangan",
        number="A.2.3",
    ),
    Box("voters", "Jumlah seluruh pengguna Hak Pilih (1+2+3)", number="A.2.4"),
    Box("disabled_registered", "Pemilih disabilitas/penyandang cacat", number="B.1"),
    Box(
        "disabled_voters",
        "Pemilih disabilitas/penyandang cacat yang menggunakan hak pilih",
        number="B.2",
    ),
    Box(
        "ballots_received",
        "Jumlah surat suara yang diterima termasuk cadangan 2,5% (2+3+4)",
        number="C.1",
    ),
    Box(
        "ballots_spoiled",
        "Jumlah surat suara dikembalikan oleh pemilih karena rusak dan/atau keliru coblos",
        number="C.2",
    ),
    Box(
        "ballots_unused",
        "Jumlah surat suara yang tidak digunakan termasuk sisa surat suara cadangan",
        number="C.3",
    ),
    Box("ballots_used", "Jumlah surat suara yang digunakan", number="C.4"),
    Box("candidates", "RINCIAN PEROLEHAN SUARA PASANGAN CALON", number="D."),
    Box(
        "valid",
        "JUMLAH SELURUH SUARA SAH UNTUK SELURUH PASANGAN CALON",
        ("JUMLAH SELURUH SUARA SAH UNTUK SELURUH PASANGAN PASLON",),
        "E.",
    ),
    Box("invalid", "JUMLAH SUARA TIDAK SAH", number="F."),
    Box("cast", "JUMLAH SELURUH SUARA SAH DAN SUARA TIDAK SAH (E + F)", number="G."),
)


def _form(code: str, level: str, boxes: tuple[Box, ...]) -> FormModel:
    return FormModel(
        f"{code.lower()}-kwk-2018",
        f"{code}-KWK",
        level,
        boxes,
        equations(parts_printed=True, ballots="error", reserve=RESERVE, level=level),
        (f"{code} KWK", f"{code} GUBERNUR", f"{code} BUPATI", f"{code} WALIKOTA"),
        2018,
        RESERVE,
        LISTS,
    )


FORMS = (
    _form("C1", "tps", _STATION),
    _form("DAA", "desa", _RECAPITULATION),
    _form("DA1", "kecamatan", _RECAPITULATION),
    _form("DB1", "kabkota", _RECAPITULATION),
    _form("DC1", "provinsi", _RECAPITULATION),
)
