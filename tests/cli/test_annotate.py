"""`recount check FILE --annotate OUT`: what is written, and what is refused before any work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.annotate.making import SHEET, opened, packed, parts, rich

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer

    Ask = Callable[..., Answer]


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "da1.xlsx"
    path.write_bytes(rich())
    return path


@pytest.mark.parametrize(("lang", "said"), [("en", "Written: "), ("id", "Ditulis: ")])
def test_the_copy_is_written_beside_the_findings(
    ask: Ask, form: Path, lang: str, said: str
) -> None:
    out, table = form.with_name("noted.xlsx"), form.with_name("findings.csv")
    before = form.read_bytes()
    done = ask("check", str(form), "--annotate", str(out), "-o", str(table), "--lang", lang)
    assert done.code == 1
    assert f"{said}{out}" in done.err
    assert f"{said}{table}" in done.err
    assert form.read_bytes() == before
    book = opened(out.read_bytes())
    assert book.sheetnames[-1] == "recount"
    note = book[SHEET]["E3"].comment.text
    assert ("Kesalahan" if lang == "id" else "Error") in note
    assert list(form.parent.glob(".recount*")) == []


def test_an_annotated_copy_is_written_anew_over_an_older_one(ask: Ask, form: Path) -> None:
    out = form.with_name("noted.xlsx")
    out.write_bytes(b"older")
    assert ask("check", str(form), "--annotate", str(out)).code == 1
    assert out.read_bytes().startswith(b"PK")


def test_a_workbook_with_macros_is_written_under_its_own_ending(ask: Ask, form: Path) -> None:
    macros = form.with_name("da1.xlsm")
    macros.write_bytes(packed({**parts(rich()), "xl/vbaProject.bin": b"\xd0\xcf"}))
    done = ask("check", str(macros), "--annotate", str(form.with_name("noted.xlsx")))
    assert (done.code, "noted.xlsm" in done.err) == (2, True)
    assert ask("check", str(macros), "--annotate", str(form.with_name("noted.xlsm"))).code == 1


def test_what_cannot_be_annotated_is_refused(ask: Ask, form: Path) -> None:
    table = form.with_name("form.csv")
    table.write_text("kabkota,kecamatan,1\nKota Samarinda,Palaran,1\n")
    out = str(form.with_name("noted.xlsx"))
    cases = {
        "kind .xlsx": ("check", str(table), "--annotate", out),
        "One workbook at a time": ("check", str(form), str(table), "--annotate", out),
        "over a file that is read": ("check", str(form), "--annotate", str(form)),
        "named .xlsx": ("check", str(form), "--annotate", str(form.with_name("noted.csv"))),
        "does not exist": ("check", str(form), "--annotate", str(form.parent / "no" / "a.xlsx")),
        "would be the same file": ("check", str(form), "--annotate", out, "-o", out),
        "There is no file": ("check", str(form.with_name("none.xlsx")), "--annotate", out),
    }
    before = sorted(form.parent.iterdir())
    for said, arguments in cases.items():
        done = ask(*arguments)
        assert (done.code, done.out) == (2, b""), said
        assert said in done.err, done.err
    assert sorted(form.parent.iterdir()) == before
