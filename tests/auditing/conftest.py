"""What the tests of audits share: an environment in English, and a plan of a small election."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.auditing.making import SEED, online, put
from tests.cli.conftest import Answer, ask, english

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Ask = Callable[..., Answer]

__all__ = ["ask", "english"]


@pytest.fixture
def plan(ask: Ask, tmp_path: Path) -> Path:
    """A plan of twelve kecamatan at 10 %."""
    source = put(tmp_path / "online.csv", online())
    folder = tmp_path / "plan"
    done = ask("audit", "plan", "--online", source, "--risk-limit", "10%", "-o", str(folder))
    assert done.code == 0, done.err
    return folder


@pytest.fixture
def drawn(ask: Ask, plan: Path) -> Path:
    """The same plan, and the seed was thrown."""
    assert ask("audit", "draw", str(plan), "--seed", SEED).code == 0
    return plan
