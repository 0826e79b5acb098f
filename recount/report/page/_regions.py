"""Comparisons in, the tree of their regions out: what one drills down through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recount.model import LEVELS
from recount.report.words import LEVEL_WORDS
from recount.texts import harmless, speak

if TYPE_CHECKING:
    import polars as pl

    from recount.report.page._words import Words

WHOLE = "0"
"""The code of the whole, which has no name."""

_NATION = LEVEL_WORDS["nasional"]
_DEEPEST = len(LEVELS) - 1


class Tree:
    """The regions that rows are of, and those above them: codes, names, parents, levels."""

    def __init__(self) -> None:
        """Begin without any region."""
        self.codes: list[str] = []
        self.names: list[str | None] = []
        self.parents: list[int] = []
        self.levels: list[int] = []
        self._known: dict[str, int] = {}

    def add(self, frame: pl.DataFrame) -> list[int]:
        """Put in the regions of a frame of comparisons; gives the region of each row."""
        rows = frame.select("region", "name", "within", "path", "level").iter_rows()
        return [self._row(*row) for row in rows]

    def _row(
        self, code: str, name: str | None, within: str | None, path: list[str] | None, level: str
    ) -> int:
        above = -1
        for at, one in enumerate(path or ()):
            last = at == len(path or ()) - 1
            above = self._node(one, within if last else None, above, _depth(one))
        return self._node(code, name, above, LEVELS.index(level))

    def _node(self, code: str, name: str | None, above: int, level: int) -> int:
        known = self._known.get(code)
        if known is None:
            known = self._known[code] = len(self.codes)
            self.codes.append(code)
            self.names.append(name)
            self.parents.append(above)
            self.levels.append(level)
        elif self.names[known] is None:
            self.names[known] = name
        return known

    def data(self, words: Words) -> dict[str, Any]:
        """Describe the tree to the script; a code is what comes after its parent's."""
        codes = [
            code.removeprefix(self.codes[above]) if above >= 0 else code
            for code, above in zip(self.codes, self.parents, strict=True)
        ]
        cut = [
            int(above >= 0 and code != whole)
            for code, whole, above in zip(codes, self.codes, self.parents, strict=True)
        ]
        return {
            "codes": [words.number(code) for code in codes],
            "cut": cut,
            "names": [
                words.speak(_NATION).at
                if self.codes[at] == WHOLE
                else words.number(self.called(at))
                for at in range(len(self.codes))
            ],
            "parents": self.parents,
            "levels": self.levels,
        }

    def called(self, at: int) -> str:
        """A region's name, or its code where nothing names it."""
        return self.names[at] or self.codes[at]

    def said(self, at: int, words: Words) -> tuple[str, str]:
        """A region's name, and below it its level and what it lies in."""
        level = speak(LEVEL_WORDS[LEVELS[self.levels[at]]], words.lang)
        above = self.parents[at]
        parts = [level, *([self.called(above)] if above >= 0 else [])]
        name = speak(_NATION, words.lang) if self.codes[at] == WHOLE else self.called(at)
        return harmless(name), harmless(", ".join(parts))


def _depth(code: str) -> int:
    """The level of a region above, by how many parts its code has."""
    return min(1 + code.count("." if code[:2].isdigit() else "/"), _DEEPEST)
