"""Pilkada 2024: C.Hasil-KWK (-Gubernur, -Bupati, -Walikota) and D.Hasil-KWK above it.

What DPPh, DPTb and DPK mean here is not settled: the sources contradict each other (forms.md,
section 1, fact 2). So no acronym decides which of the voters who moved in and those with an
identity card a line counts, and I.B.2 and I.B.3 have no label here; a heading that says "pindahan"
or "KTP" is understood, and a project that knows its form says so under [lists] in its election
file. The wordings are those of Pemilu 2024, taken to be the same [unverified], and so are the
desa sheets of D.Hasil Kecamatan-KWK. Reserve: 2.5 % of the DPT.
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
    Box("voters_moved", ""),
    Box("voters_id_card", ""),
    Box("voters", "Jumlah Pengguna Hak Pilih (B.1 + B.2 + B.3)", number="I.B.4"),
    *after_the_voters("2,5"),
)

FORMS = models("KWK", _BOXES, ("KWK", "GUBERNUR", "BUPATI", "WALIKOTA"), Decimal("2.5"), ())
