"""Pemilu 2024, president: C.Hasil-PPWP and D.Hasil of kecamatan, kabupaten/kota and provinsi.

Here DPTb are voters who moved in and DPK are voters with nothing but an identity card. Line
numbers and the meaning of each box: forms.md, section 3. The wordings are those of reprints of
C.Hasil; those of D.Hasil are taken to be the same [unverified]. Reserve: 2 % of the DPT.
"""

from __future__ import annotations

from decimal import Decimal

from recount.forms._of_2024 import after_the_voters, models, registered
from recount.model import Box

_BOXES = (
    registered(),
    Box(
        "voters_dpt",
        "Jumlah pengguna hak pilih dalam Daftar Pemilih Tetap (DPT)",
        ("Jumlah pengguna hak pilih dalam DPT",),
        "I.B.1",
    ),
    Box(
        "voters_moved",
        "Jumlah pengguna hak pilih dalam Daftar Pemilih Tambahan (DPTb)",
        ("Jumlah pengguna hak pilih dalam DPTb",),
        "I.B.2",
    ),
    Box(
        "voters_id_card",
        "Jumlah pengguna hak pilih dalam Daftar Pemilih Khusus (DPK)",
        ("Jumlah pengguna hak pilih dalam DPK",),
        "I.B.3",
    ),
    Box("voters", "Jumlah Pengguna Hak Pilih (B.1 + B.2 + B.3)", number="I.B.4"),
    *after_the_voters("2"),
)

FORMS = models(
    "PPWP",
    _BOXES,
    ("PPWP", "PRESIDEN"),
    Decimal(2),
    (("DPTB", "moved"), ("DPK", "id_card")),
)
