"""The form models: every printed label is its box, in any numbering, and titles name their form."""

from __future__ import annotations

import re

import pytest

from recount.equation_text import parse
from recount.forms import FORMS, USUAL, box_of, form_of, of_sheet, recognise
from recount.headings import label_key
from recount.model import LEVELS, Election

KWK_2018 = FORMS["da1-kwk-2018"]
PPWP_2019 = FORMS["da1-ppwp-2019"]
PPWP_2024 = FORMS["c-hasil-ppwp-2024"]
KWK_2024 = FORMS["d-hasil-kecamatan-kwk-2024"]

PRINTED = [
    (form.id, box.id, label)
    for form in FORMS.values()
    for box in form.boxes
    for label in (box.label, *box.headings)
    if label and box.id != "candidates"
]


@pytest.mark.parametrize(("form", "box", "label"), PRINTED)
def test_a_printed_label_is_its_box_in_any_numbering(form: str, box: str, label: str) -> None:
    for number in ("", "1. ", "4. ", "A.3 ", "II.2 ", "III.1. "):
        for written in (number + label, number + label.upper(), f"{number}{label.lower()} "):
            assert box_of(written, FORMS[form]) == box


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_no_two_boxes_of_a_form_have_one_label(form: object) -> None:
    keys = [(label_key(label), box) for f, box, label in PRINTED if FORMS[f] is form]
    assert len(dict(keys)) == len(set(keys))


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_form_is_whole(form: object) -> None:
    (model,) = (one for one in FORMS.values() if one is form)
    boxes = [box.id for box in model.boxes]
    assert len(boxes) == len(set(boxes))
    assert model.level in LEVELS
    assert model.reserve in {2, 2.5}
    rules = {equation.rule for equation in model.equations}
    registered = {"R5"} if "registered" in boxes else set()
    assert rules == {"R1", "R2", "R3", "R4", "R6", "R7", "R8", "R9", "R10"} | registered
    severities = {equation.rule: equation.severity for equation in model.equations}
    assert severities["R6"] == ("warning" if model.year == 2024 else "error")
    assert [severities[rule] for rule in ("R7", "R8", "R10")] == ["warning"] * 3
    assert severities["R9"] == "note"


def test_the_chain_of_each_election() -> None:
    chain = ["tps", "desa", "kecamatan", "kabkota", "provinsi"]
    levels = {
        key: [form.level for form in FORMS.values() if (form.title[-3:], form.year) == key]
        for key in (("KWK", 2018), ("PWP", 2019), ("PWP", 2024), ("KWK", 2024))
    }
    assert levels == {
        ("KWK", 2018): chain,
        ("PWP", 2019): chain,
        ("PWP", 2024): [chain[0], *chain[2:]],
        ("KWK", 2024): [chain[0], *chain[2:]],
    }


def test_those_who_voted_are_held_against_their_own_list() -> None:
    own = re.compile(r"voters_(\w+)(\.[mf])? <= registered_\1(\.[mf])?")
    for equations in (USUAL, *(form.equations for form in FORMS.values())):
        lists = [equation.text for equation in equations if equation.rule == "R8"]
        assert len(lists) == len(set(lists)) == 9
        assert all(own.fullmatch(text) for text in lists)


def test_every_rule_can_be_read() -> None:
    for equations in (USUAL, *(form.equations for form in FORMS.values())):
        assert all(parse(equation.text).boxes for equation in equations)


@pytest.mark.parametrize(
    ("label", "kwk_2018", "ppwp", "kwk_2024"),
    [
        ("DPTb", "registered_id_card", "registered_moved", None),
        ("DPPh", "registered_moved", None, None),
        ("DPK", None, "registered_id_card", None),
        ("A.2 DPTb", "registered_id_card", "registered_moved", None),
        ("A.3 DPTb/pengguna KTP", "registered_id_card", None, None),
        ("Pengguna hak pilih dalam DPTb", "voters_id_card", "voters_moved", None),
        ("Pengguna hak pilih DPTb L", "voters_id_card.m", "voters_moved.m", None),
        ("Pemilih DPK (PR)", None, "registered_id_card.f", None),
        ("Daftar Pemilih Tambahan", "registered_id_card", "registered_moved", None),
        ("Pengguna hak pilih dalam Daftar Pemilih Khusus", None, "voters_id_card", None),
        # Words that say it themselves are understood on every form.
        ("Pemilih pindahan (DPPh)", "registered_moved", "registered_moved", "registered_moved"),
        ("Pengguna hak pilih dengan KTP-el", *["voters_id_card"] * 3),
        # A label that contradicts the form is not understood.
        ("Pemilih pindahan (DPTb)", None, "registered_moved", "registered_moved"),
        ("DPTb dan DPK", None, None, None),
        ("Selisih DPTb", None, None, None),
        ("Pengguna KTP", None, None, None),
        ("Keterangan tambahan", None, None, None),
    ],
)
def test_what_a_list_of_voters_means_depends_on_the_form(
    label: str, kwk_2018: str | None, ppwp: str | None, kwk_2024: str | None
) -> None:
    assert box_of(label, KWK_2018) == kwk_2018
    assert box_of(label, PPWP_2019) == box_of(label, PPWP_2024) == ppwp
    assert box_of(label, KWK_2024) == kwk_2024


@pytest.mark.parametrize("label", ["2. Pengguna hak pilih dalam DPPh", "3. Jumlah pemilih DPK"])
def test_a_line_s_number_makes_no_candidate(label: str) -> None:
    assert box_of(label, None) is None


@pytest.mark.parametrize(
    ("label", "box"),
    [
        ("KOLOM KOSONG", "candidate:empty"),
        ("Suara kotak kosong", "candidate:empty"),
        ("2. Kolom Kosong", "candidate:2"),
        ("01 Isran Noor - Hadi Mulyadi", "candidate:1"),
        ("Kolom", None),
        ("Kotak suara", None),
        ("Kecamatan", None),
        ("No", None),
        ("Data Pemilih", "registered"),
    ],
)
def test_labels_that_need_no_form(label: str, box: str | None) -> None:
    assert box_of(label, None) == box_of(label, PPWP_2019) == box


@pytest.mark.parametrize(
    ("lines", "form"),
    [
        (["MODEL DA1-KWK"], "da1-kwk-2018"),
        (["Model DA1", "PEMILIHAN GUBERNUR DAN WAKIL GUBERNUR TAHUN 2018"], "da1-kwk-2018"),
        (["DB 1 - KWK", "PEMILIHAN BUPATI", "27 Juni 2018"], "db1-kwk-2018"),
        (["Lampiran MODEL DAA-KWK"], "daa-kwk-2018"),
        (["DA1-PPWP"], "da1-ppwp-2019"),
        (["DAA1", "PEMILU PRESIDEN DAN WAKIL PRESIDEN 2019"], "daa1-ppwp-2019"),
        (["C1.Plano-PPWP"], "c1-ppwp-2019"),
        (["D.HASIL KECAMATAN-PPWP"], "d-hasil-kecamatan-ppwp-2024"),
        (["D.Hasil KabKo-KWK-Bupati", "2024"], "d-hasil-kabko-kwk-2024"),
        (["C.HASIL-KWK-GUBERNUR"], "c-hasil-kwk-2024"),
        (["C.HASIL SALINAN-PPWP"], "c-hasil-ppwp-2024"),
        # A year that is not the form's, another contest, two forms, or not enough.
        (["MODEL DA1-KWK", "TAHUN 2015"], None),
        (["D.HASIL KECAMATAN-KWK", "PEMILIHAN GUBERNUR 2020"], None),
        (["DA1-DPR", "PEMILU PRESIDEN 2019"], None),
        (["C1-KWK", "DAA-KWK"], None),
        (["D.HASIL KECAMATAN"], None),
        (["DA1"], None),
        (["Rekap Kecamatan Palaran", "KWK"], None),
        ([], None),
    ],
)
def test_title_lines_name_their_form(lines: list[str], form: str | None) -> None:
    found = recognise(lines)
    assert (found.id if found else None) == form


def test_a_project_says_what_an_acronym_means() -> None:
    lists = (("DPTB", "id_card"), ("DPPH", "moved"))
    form = form_of(Election("", "", form="c-hasil-kwk-2024", lists=lists))
    assert box_of("Pengguna hak pilih DPTb", form) == "voters_id_card"
    assert form_of(Election("", "")) is None


def test_what_a_project_says_of_an_acronym_holds_for_all_forms_of_its_election() -> None:
    given = form_of(Election("", "", form="c-hasil-kwk-2024", lists=(("DPTB", "id_card"),)))
    for title in ("D.HASIL PROV-KWK", "D.HASIL KABKO-KWK"):
        sheet = of_sheet([title], given)
        assert sheet is not None
        assert sheet.title == title
        assert box_of("Pengguna DPTb", sheet) == "voters_id_card"
    other = of_sheet(["DA1-PPWP"], given)
    assert other is not None
    assert box_of("Pengguna DPTb", other) == "voters_moved"
    assert of_sheet(["Rekap"], given) is given
    assert of_sheet([], None) is None
