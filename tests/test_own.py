"""What recount wrote into a workbook is known by whole sentences; nothing else hides figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from recount import api
from recount.options import Options
from recount.own import CHECK_ROWS, CHECK_SHEET, ENTRY_SHEET, wrote
from recount.texts import LANGUAGES, speak

if TYPE_CHECKING:
    from pathlib import Path

SENTENCES = [CHECK_SHEET, ENTRY_SHEET, CHECK_ROWS]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_its_own_sentences_are_known_in_both_languages(sentence, lang) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    text = speak(sentence.filled(version="0.1.0", file="da1 (2).xlsx"), lang)
    assert wrote(text, sentence)
    assert not wrote(text + "\n1", ENTRY_SHEET, CHECK_ROWS)
    assert not wrote("recount 0.1 forms of the witness", *SENTENCES)
    assert not wrote(None, *SENTENCES)


def test_no_sheet_and_no_row_hides_behind_its_name(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["recount 0.1 forms"], ["kecamatan", "1", "2"], ["SAMBUTAN", 100, 200]):
        sheet.append(row)
    checks = book.create_sheet("checks")
    hint = speak(CHECK_ROWS.filled(version="0.1.0"), "id")
    for row in (["kecamatan", "1", "2"], ["PALARAN", 1, 2], [hint], ["R1", 5, 6], ["R2", "OK"]):
        checks.append(row)
    book.save(tmp_path / "ours.xlsx")
    found = api.aggregate_with([tmp_path / "ours.xlsx"], Options(levels=("kecamatan",)))
    sums = dict(zip(found.totals["name"], found.totals["candidate:1"], strict=True))
    assert sums["SAMBUTAN"] == 100
    assert sums["R1"] == 5
