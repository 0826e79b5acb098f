"""The four real crawls, fetched round by round, tell the same history as the saved files."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from recount.crawl import Means, crawl
from recount.history import history
from recount.manners import Clock, Manners
from recount.options import silent
from recount.routes import Wish
from recount.systems import snapshots
from recount.texts import speak
from tests.fetch.serving import KALTIM, kaltim, serving

if TYPE_CHECKING:
    from pathlib import Path

    from recount.history import History

ROUNDS = ("S1_0100", "S2_0815", "S3_1015", "S4_1045_zeroed")


@pytest.mark.skipif(not KALTIM.is_dir(), reason="the real answers are not here")
def test_fetched_or_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    clock = Clock(lambda: datetime.now(UTC), time.monotonic)
    means = Means(Manners(rate=1000), clock, "recount/test", silent)
    with serving({}) as online:
        wish = Wish("sirekap-pilkada-2024", "pkwkp", "64", "kabkota", "count", online.base)
        for name in ROUNDS:
            online.tree = kaltim(name)
            assert crawl(tmp_path, wish, means).gaps == []
    fetched = history(snapshots([tmp_path]))
    assert told(fetched) == told(history(snapshots([KALTIM])))
    assert [one.withheld for one in fetched.captures] == [False, False, False, True]


def told(found: History) -> set[tuple[str, str, int]]:
    """The governor's events; the mayors were not fetched."""
    return {
        (event.kind, speak(event.message, "en"), event.effect)
        for event in found.events
        if event.contest.startswith("pkwkp")
    }
