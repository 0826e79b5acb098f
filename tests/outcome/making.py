"""Small elections as tables, and what they decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount import api
from recount.options import Options

if TYPE_CHECKING:
    from pathlib import Path

    from recount.model import Outcome

HEAD = "kabupaten,kecamatan,dpt,suara_1,suara_2\n"


def decided(
    path: Path, ours: str, theirs: str, head: str = HEAD, election: Path | None = None
) -> Outcome:
    """Write both sides below one heading, and give the first outcome."""
    (path / "ours.csv").write_text(head + ours)
    (path / "kpu.csv").write_text(head + theirs)
    options = Options(election=election, regions="none")
    return api.reconcile_with(path / "ours.csv", path / "kpu.csv", options).outcome[0]
