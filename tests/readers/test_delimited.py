"""Text tables as they arrive: every separator, every encoding, every careless line."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recount.errors import RecountError
from recount.readers import delimited
from recount.readers._cells import blanks_to_null, grid
from recount.readers._delimiter import sniff
from tests.readers.making import cells, numbers, read

TABLE = [("Kecamatan", "01", "02"), ("Palaran", "1.234", "567"), ("Samarinda Kota", "89", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Kecamatan,01,02\nPalaran,1.234,567\nSamarinda Kota,89,\n",
        "Kecamatan;01;02\r\nPalaran;1.234;567\r\nSamarinda Kota;89;\r\n",
        "Kecamatan\t01\t02\nPalaran\t1.234\t567\nSamarinda Kota\t89\t",
        "Kecamatan|01|02\nPalaran|1.234|567\nSamarinda Kota|89\n",
        'Kecamatan,01,02\n"Palaran","1.234","567"\n"Samarinda Kota","89",""\n',
        "Kecamatan;01;02;;\nPalaran;1.234;567;;\nSamarinda Kota;89; ;;\n",
        "Kecamatan,01,02\rPalaran,1.234,567\rSamarinda Kota,89,\r",
        "Kecamatan,01,02\nPalaran,1.234,567\nSamarinda Kota,89\n\n\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_one_table_in_every_dress(text: str, encoding: str) -> None:
    """Separator, line ends, quotes, BOM: the cells are the same."""
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    book = read(mark + text.encode(encoding))
    assert cells(book) == TABLE
    assert numbers(book) == [1, 2, 3]
    assert not book.findings


def test_windows_1252_is_read_and_said() -> None:
    """Bytes that are not UTF-8 are taken for Windows-1252, which is an assumption."""
    book = read("desa,suara\nSidorejo \u2013 Barat\xe9,5\n".encode("cp1252"))
    assert cells(book)[1] == ("Sidorejo \u2013 Barat\xe9", "5")
    assert [finding.rule for finding in book.findings] == ["encoding"]


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("REKAPITULASI, PILGUB, KALTIM\n\nKec;01;02\nPalaran;1,5;2,5\nIlir;3,5;4,5\n", ";"),
        ("Kec;persen 1;persen 2\nPalaran;12,50;87,50\nIlir;13,50;86,50\n", ";"),
        ("Desa\nSungai Kapih\nSambutan\n", "\t"),
        ('nama,suara\n"A; B; C",5\n"D; E; F",6\n', ","),
        ("a,b,c", ","),
        ("nama\tket\nx\ta, b, c\ny\td, e, f\n", "\t"),
    ],
)
def test_the_separator_of_most_rows_wins(text: str, separator: str) -> None:
    """Title lines and commas inside numbers do not confuse it."""
    assert sniff(text.encode()).separator == separator


def test_excel_states_the_separator() -> None:
    """The line `sep=;` is not data, but still a line."""
    book = read(b"sep=;\r\nkec;suara\r\nA,B;5\r\n")
    assert cells(book) == [("kec", "suara"), ("A,B", "5")]
    assert numbers(book) == [2, 3]


def test_row_numbers_are_those_of_an_editor() -> None:
    """Cells of several lines do not shift what comes after; the row is where it begins."""
    book = read(b'desa,suara\n"Sidorejo\n(pemekaran)",5\n\nKarang,6\n')
    assert cells(book)[1] == ("Sidorejo\n(pemekaran)", "5")
    assert numbers(book) == [1, 2, 4, 5]
    assert book.grids[0].place(5) == "a.csv:5"


def test_rows_of_any_length_are_kept_whole() -> None:
    """A row wider than the first ones loses nothing; what a short row lacks is blank."""
    narrow = "".join(f"Desa {index},1\n" for index in range(500))
    book = read(f"JUDUL\n{narrow}Desa lebar,1,2,3\n".encode())
    assert cells(book)[0] == ("JUDUL", None, None, None)
    assert cells(book)[-1] == ("Desa lebar", "1", "2", "3")


def test_blank_is_null_and_everything_else_stays() -> None:
    """No text is stripped, nothing becomes a number."""
    book = read('a,b,c,d\n" ",\u00a0, x ,007\n"",\t,-,1e3\n'.encode())
    assert cells(book)[1:] == [(None, None, " x ", "007"), (None, None, "-", "1e3")]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b'a,b\n1,2\n3,"open\n4,5\n6,7\n', 3),
        (b'a,b\n"x\ny","open\n4,5\n', 3),
        (b'a,b\n1,2\n"Kota" Baru,2\n', 3),
        (b'a,b\n1,"x,2\n3,"y,4\n', 2),
        (b'a,b\r1,2\r"open,2\r', 3),
        (b'a,b\n1,2\n"x"y"z",2\n', 3),
        (b'a,b\n1,2\n"""x,2\n', 3),
        (b"a,b\n1,2\n3,\x004\n", 3),
        ("a,b\n1,2\n3,\x004\n".encode("utf-16"), 3),
        (b"a,b\n1,\xe9\n3,\x81\n", 3),
    ],
)
def test_faults_are_named_by_line(data: bytes, line: int) -> None:
    """What cannot be read stops the reading, with the line that an editor shows."""
    with pytest.raises(RecountError) as caught:
        read(data)
    assert caught.value.place == f"a.csv:{line}"


def test_a_huge_open_cell_is_found_early() -> None:
    """An open quotation mark far above the end of the file is named, too."""
    before = csv.field_size_limit()
    with pytest.raises(RecountError) as caught:
        read(b'a,b\n1,2\n3,"open\n' + b"4,5\n" * (delimited.FIELD_LIMIT // 3))
    assert caught.value.place == "a.csv:3"
    assert csv.field_size_limit() == before


def test_head_is_the_first_sixty_rows() -> None:
    """Layouts recognise a grid by its head."""
    book = read(b"a,b\n" + b"1,2\n" * 100)
    assert len(book.grids[0].head) == 60
    assert book.grids[0].head[0] == ("a", "b")


def _as_csv(rows: list[list[str]]) -> str:
    target = io.StringIO(newline="")
    csv.writer(target).writerows(rows)
    return target.getvalue()


_FIELDS = st.text(alphabet='ab1 ,;"\n\r.\u00e9\u00a0', max_size=4)
_TEXTS = st.one_of(
    st.text(alphabet='ab1 ,;"\n\r\u00e9', max_size=40),
    st.lists(st.lists(_FIELDS, min_size=1, max_size=4), min_size=1, max_size=6).map(_as_csv),
    st.lists(st.sampled_from(["a,b", 'x,"y"', '"y"', "", " ", "1,2,3", 'p"q,r"s', '"a,b",'])).map(
        "\n".join
    ),
)


@settings(max_examples=400, deadline=None)
@given(_TEXTS)
def test_the_fast_way_and_the_careful_way_agree(text: str) -> None:
    """Whatever Polars lets pass, the csv module reads in the same way."""
    lines, shape = delimited._shape(text.encode())
    plain = delimited._plain(lines, shape, "a.csv")
    if plain is None:
        return
    careful = delimited._careful(lines, shape, "a.csv")
    one, other = (
        grid("a.csv", None, blanks_to_null(frame), rows) for frame, rows in (plain, careful)
    )
    if one is None or other is None:
        assert one is other
    else:
        assert one.cells.rows() == other.cells.rows()


@pytest.mark.parametrize(
    ("end", "rules"),
    [
        ("Sambut", ["cut-off"]),  # the disk was full, or the stick was pulled out
        ("Sambutan,8", ["cut-off"]),
        ("Sambutan,8,9", []),
        ("Sambutan,8\n", []),  # short, but whole
    ],
)
def test_a_half_copied_file_is_told(end: str, rules: list[str]) -> None:
    book = read(f"Kecamatan,01,02\nPalaran,10,20\n{end}".encode())
    assert [finding.rule for finding in book.findings] == rules
    assert all(finding.place and finding.place.endswith(":3") for finding in book.findings)
