"""What the tests of fetch share: no proxy, and no waiting for the disk."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _direct(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    # What fsync is for, a machine that stops, no test here can bring about.
    monkeypatch.setattr("recount.journal.os.fsync", lambda _: None)
