"""Whole outputs against their golden files, in both languages, at two widths."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from recount.report import (
    RENDERERS,
    Look,
    Report,
    build,
    build_aggregate,
    build_check,
    build_trace,
)
from tests.report import samples

GOLDEN = Path(__file__).parent / "golden"
SUFFIXES = {"table": "txt", "csv": "csv", "json": "json", "markdown": "md"}

REPORTS = {
    "reconcile": lambda lang: build(samples.small(), lang),
    "hostile": lambda lang: build(samples.hostile(), lang),
    "check": lambda lang: build_check(samples.tallied(), lang),
    "aggregate": lambda lang: build_aggregate(samples.tallied(), lang),
    "trace": lambda lang: build_trace(samples.traced(), lang),
}


def compare(name: str, output: bytes) -> None:
    """Hold an output against its golden file; a missing one fails. `make golden` writes them."""
    golden = GOLDEN / name
    if os.environ.get("RECOUNT_WRITE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(output)
    assert golden.exists(), f"{name} is missing: run `make golden` and read it"
    assert output == golden.read_bytes()


def made(kind: str, lang: str) -> Report:
    return REPORTS[kind](lang)


@pytest.mark.parametrize("kind", REPORTS)
@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("name", ["csv", "json", "markdown"])
def test_files(kind: str, lang: str, name: str) -> None:
    compare(f"{kind}.{lang}.{SUFFIXES[name]}", RENDERERS[name](made(kind, lang)))


@pytest.mark.parametrize("kind", REPORTS)
@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("width", [80, 200])
def test_screens(kind: str, lang: str, width: int) -> None:
    compare(f"{kind}.{lang}.{width}.txt", RENDERERS["table"](made(kind, lang), Look(width)))
