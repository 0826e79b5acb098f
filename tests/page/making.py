"""Pages for the tests, made of results by hand and of the sample data; and reading them back."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recount.cli import main
from recount.model import Coverage
from recount.report import RENDERERS, Look, build
from tests.report import samples

if TYPE_CHECKING:
    from recount.result import Result

SAMPLES = Path(__file__).parents[2] / "sample_data"
STORY = SAMPLES / "pilgub_kaltim_2018"
VOID = frozenset({"meta", "link", "input", "br", "img", "base"})


def page(result: Result, lang: str = "en", command: str = "recount reconcile a --online b") -> str:
    """Render a reconciliation as a page."""
    return RENDERERS["html"](build(result, lang), Look(command=command)).decode()


def story(folder: Path, lang: str = "en") -> Path:
    """The 2018 story: five captures of the public page against the final recap."""
    target = folder / f"story-{lang}.html"
    final, captures = STORY / "final_recap_dc1.csv", STORY / "2018-*.csv"
    arguments = ["reconcile", f"{final}", "--online", f"{captures}", "--lang", lang]
    assert main([*arguments, "-o", f"{target}"]) == 1
    return target


def stations(n: int) -> Result:
    """A result as a province has it: `n` figures of stations in ten kabupaten, and those above."""
    draw = random.Random(2018)  # noqa: S311 - the same page every time
    above = [
        _row("provinsi", "64", "KALIMANTAN TIMUR", "candidate:1", draw),
        *(
            _row("kabkota", f"64.{k:02}", f"KABUPATEN {k}", "candidate:1", draw)
            for k in range(1, 11)
        ),
    ]
    rows = [*above]
    while len(rows) < n:
        kab, kec, desa, tps = (draw.randrange(1, end) for end in (11, 11, 20, 40))
        region = f"64.{kab:02}.{kec:02}.{1000 + desa}.{tps:03}"
        for item in ("candidate:1", "candidate:2", "valid", "invalid"):
            made = _row("tps", region, f"TPS {tps:03}", item, draw)
            made["within"] = f"DESA {kec}-{desa}"
            made["place_ours"] = f"forms/{kab % 5}.xlsx!DA1 {kec}!D{draw.randrange(1, 900)}"
            made["place_theirs"] = f"kpu.csv:{draw.randrange(2, 9000)}"
            rows.append(made)
    held = (Coverage("p", "tps", n, n, n, n),)
    return replace(samples.small(), coverage=held, comparisons=samples.comparisons(rows[:n]))


def _row(level: str, region: str, name: str, item: str, draw: random.Random) -> dict[str, object]:
    votes = draw.randrange(100, 300)
    other = votes + draw.choice((-90, -10, -9, -1, 1, 2, 10, 90))
    return samples.row(level, region, name, item, votes, other)


class Seen(HTMLParser):
    """A page as a browser's parser takes it apart: tags with attributes, and the text outside."""

    def __init__(self, text: str) -> None:
        """Take a page apart."""
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.inside: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.inside[-1:] not in (["script"], ["style"]):
            self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of a kind."""
        return [attributes for name, attributes in self.tags if name == tag]


def element(text: str, tag: str, marks: str = "") -> str:
    """What stands in the one element of a kind, byte for byte."""
    found = re.search(rf"<{tag}{marks}>(.*?)</{tag}>", text, re.DOTALL)
    assert found
    return found[1]


def data(text: str) -> dict[str, Any]:
    """The data of a page."""
    held: dict[str, Any] = json.loads(element(text, "script", ' type="application/json" id="data"'))
    return held
