"""A server in all its moods at once: what comes is kept, what does not is listed, and no storm."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from recount.captures import answers
from recount.crawl import Means, crawl
from recount.manners import Clock, Manners
from recount.options import silent
from recount.routes import Wish
from tests.fetch.serving import KALTIM, Handler, kaltim, made_up, serving
from tests.fetch.test_crawl import cut, redirect, stall

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RATE = 100
MANNERS = Manners(rate=RATE, pause=0.01, longest_pause=0.05, timeout=0.2, patience=1, tries=3)

PASSING: list[Callable[[Handler], None]] = [
    lambda handler: handler.give(b"slow down", 429, Retry_After="0"),
    lambda handler: handler.give(b"sorry", 503),
    lambda handler: handler.give(b'{"ts": "2024', 200),
    cut,
    stall,
]
LASTING: list[Callable[[Handler], None]] = [
    redirect,
    lambda handler: handler.give(b"gone", 404),
    lambda handler: handler.give(b"<html>", 200),
    cut,
]


class Moods:
    """Some pages fail a few times, some always; which and how is decided by a seed."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self.plans: dict[str, tuple[Callable[[Handler], None] | None, int]] = {}

    def plan(self, path: str) -> tuple[Callable[[Handler], None] | None, int]:
        if path not in self.plans:
            chance = random.Random(f"{self._seed} {path}")  # noqa: S311 - the same every time
            kind = chance.random()
            if kind < 0.3:
                self.plans[path] = (chance.choice(PASSING), chance.randint(1, 4))
            elif kind < 0.4 and "/hhcw/" in path:
                self.plans[path] = (chance.choice(LASTING), 1000)
            else:
                self.plans[path] = (None, 0)
        return self.plans[path]

    def __call__(self, handler: Handler, path: str, times: int) -> bool:
        with handler.online.lock:
            mood, often = self.plan(path)
        if mood is None or times > often:
            return False
        mood(handler)
        return mood is not stall  # after a stall the answer comes, too late


@pytest.mark.parametrize("seed", range(8 if os.environ.get("RECOUNT_LONG") else 3))
def test_all_moods_at_once(seed: int, tmp_path: Path) -> None:
    real = seed == 0 and KALTIM.is_dir()
    tree = kaltim() if real else made_up(kabkota=4, kecamatan=3)
    moods = Moods(seed)
    began = time.monotonic()
    with serving(tree, moods) as online:
        wish = Wish("sirekap-pilkada-2024", "pkwkp", "64", "kecamatan", "count", online.base)
        if real:
            wish = Wish("sirekap-pilkada-2024", "pkwkp", "64", "kabkota", "count", online.base)
        clock = Clock(lambda: datetime.now(UTC), time.monotonic)
        summary = crawl(tmp_path, wish, Means(MANNERS, clock, "recount/test", silent))
    took = time.monotonic() - began
    lasting = {path for path, (_, often) in moods.plans.items() if often == 1000}
    gaps = {gap.url.removeprefix(online.base) for gap in summary.gaps}
    kept = {a.name.removeprefix(online.base): a.data for a in answers(tmp_path) if a.status == 200}
    assert gaps == lasting, (summary.gaps, moods.plans)
    assert {name: kept[name] for name in tree.keys() - lasting} == {
        name: body for name, body in tree.items() if name not in lasting
    }
    assert took < 20
    assert online.at_once() <= MANNERS.at_once + 1  # one that stalls goes on at the server alone
    assert len(online.log) <= 2 * MANNERS.tries * len(tree)
    assert len(online.log) <= RATE * took + 1
    assert max(online.times.values()) <= 2 * MANNERS.tries


def test_other_programs_read_the_archive(tmp_path: Path) -> None:
    with serving(made_up()) as online:
        wish = Wish("sirekap-pilkada-2024", "pkwkp", "64", "kabkota", "count", online.base)
        clock = Clock(lambda: datetime.now(UTC), time.monotonic)
        for _ in range(2):
            crawl(tmp_path, wish, Means(MANNERS, clock, "recount/test", silent))
    check = "from warcio.cli import main; main()"
    for path in tmp_path.glob("*.warc.gz"):
        done = subprocess.run(
            [sys.executable, "-c", check, "check", "-v", str(path)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        assert "digest failed" not in done.stdout
