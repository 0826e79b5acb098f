"""The rows of tables in, the XML of their rows on a sheet out, a column at a time.

xlsxwriter lays a workbook out; cell by cell it would take most of the time of a large one.
Texts stand once in the workbook and are named by their number there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recount.report._sheet_titles import utf16_length
from recount.texts import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import polars as pl

LONGEST = 32_000
"""UTF-16 units of a cell's text; a sheet holds 32,767."""

EXACT = 10**15
"""From here on a spreadsheet's numbers lose their last digits; such a number becomes a text."""

_UNSHOWN = r"[\p{C}\p{Zl}\p{Zp}]"
_CODED = r"_(x[0-9A-Fa-f]{4}_)"
"""How a workbook spells a character that XML cannot hold; a text that looks so is marked as one."""


class Cells(NamedTuple):
    """A column as a sheet holds it: real numbers, and texts where there is none; all else blank."""

    numbers: pl.Series | None
    texts: pl.Series | None


def cells(held: pl.Series) -> Cells:
    """Part a column in what a spreadsheet can hold as a number, and what it must hold as a text."""
    import polars as pl

    if held.dtype.is_integer() or held.dtype.is_float():
        frame, number = held.to_frame(), pl.col(held.name)
        whole = number.is_between(-EXACT, EXACT, closed="none")
        beyond = frame.select(pl.when(~whole).then(number.cast(pl.String))).to_series()
        exact = frame.select(pl.when(whole).then(number)).to_series()
        return Cells(exact, beyond if beyond.null_count() < len(beyond) else None)
    if isinstance(held.dtype, pl.List):
        held = held.cast(pl.List(pl.String)).list.join(", ")
    return Cells(None, held.cast(pl.String).replace("", None))


class Strings:
    """All texts of a workbook, each once; `start`: how many there are before these."""

    def __init__(self, given: Iterable[Cells], start: int) -> None:
        import polars as pl

        texts = [one.texts for one in given if one.texts is not None]
        every = pl.concat(texts, rechunk=False) if texts else pl.Series([], dtype=pl.String)
        self.mentions = len(every) - every.null_count()
        unique = every.rename("text").drop_nulls().unique(maintain_order=True).to_frame()
        self._index = unique.with_row_index("at", offset=start)

    def __len__(self) -> int:
        return self._index.height

    def numbers(self, texts: pl.Series) -> pl.Series:
        """The number of every text of a column; null stays null."""
        frame = texts.rename("text").to_frame()
        return frame.join(self._index, on="text", how="left", maintain_order="left")["at"]

    def xml(self) -> str:
        """All of them as the workbook holds them."""
        import polars as pl

        text = pl.col("text")
        for plain, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
            text = text.str.replace_all(plain, entity, literal=True)
        text = text.str.replace_all(_CODED, "_x005F_${1}")
        item = pl.concat_str(pl.lit('<si><t xml:space="preserve">'), text, pl.lit("</t></si>"))
        shown = printable_all(self._index["text"]).to_frame()
        return str(shown.select(item.str.join("")).item() or "")


def printable_all(texts: pl.Series) -> pl.Series:
    """Write out what XML cannot hold; looked at one by one only where that is needed."""
    import polars as pl

    doubtful = texts.str.contains(_UNSHOWN) | (texts.str.len_bytes() > LONGEST)
    if not doubtful.any():
        return texts
    made = pl.Series([printable(text) for text in texts.filter(doubtful)], dtype=pl.String)
    return texts.scatter(doubtful.arg_true(), made)


def printable(text: str) -> str:
    """Write out what XML cannot hold; a text beyond a cell's room says how much was left off."""
    safe = harmless(text)
    units = utf16_length(safe)
    if units <= LONGEST:
        return safe
    kept = safe[: LONGEST if units == len(safe) else LONGEST // 2]
    return f"{kept} ... (+{len(safe) - len(kept)})"


def rows(
    columns: Sequence[Cells], styles: Sequence[str], heights: pl.Series, strings: Strings
) -> str:
    """Write all rows of a sheet below its heading.

    `styles`: the number of each column's look; `heights`: of each row in points, null: as usual.
    """
    import polars as pl

    made = {"row": pl.int_range(2, len(heights) + 2, dtype=pl.Int64, eager=True).cast(pl.String)}
    parts: list[pl.Expr] = [_row(), _height()]
    for at, (held, style) in enumerate(zip(columns, styles, strict=True)):
        if held.numbers is not None:
            made[f"n{at}"] = held.numbers
            parts.append(_cell(f"n{at}", at, f' s="{style}"'))
        if held.texts is not None:
            made[f"t{at}"] = strings.numbers(held.texts)
            parts.append(_cell(f"t{at}", at, f' s="{style}" t="s"'))
    frame = pl.DataFrame({**made, "height": heights})
    whole = pl.concat_str(*parts, pl.lit("</row>"), ignore_nulls=True)
    return str(frame.lazy().select(whole.str.join("")).collect().item() or "")


def _row() -> pl.Expr:
    import polars as pl

    return pl.concat_str(pl.lit('<row r="'), "row", pl.lit('"'))


def _height() -> pl.Expr:
    import polars as pl

    height = pl.concat_str(pl.lit(' ht="'), "height", pl.lit('" customHeight="1">'))
    return pl.coalesce(height, pl.lit(">"))


def _cell(source: str, column: int, look: str) -> pl.Expr:
    """One cell in every row that has one; null elsewhere."""
    import polars as pl

    start, middle = f'<c r="{letters(column)}', f'"{look}><v>'
    return pl.concat_str(pl.lit(start), "row", pl.lit(middle), source, pl.lit("</v></c>"))


def letters(column: int) -> str:
    """Name a column as a spreadsheet does, from 0: A, B ... Z, AA."""
    rest, last = divmod(column, 26)
    return f"{letters(rest - 1) if rest else ''}{chr(ord('A') + last)}"
