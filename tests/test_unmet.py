"""A region with a name of its own beside known siblings: said, and never taken for another."""

from __future__ import annotations

import io

import polars as pl
import pytest

from recount import api
from recount.cli.reconcile import _code
from recount.texts import speak

HEAD = "kecamatan,desa,tps,1,2\n"
DESA = {"LAHAM": 30, "LONG GELAWANG": 20, "MUARA RATAH": 10, "DANUM PAROY": 15, "NYARIBUNGAN": 9}
TPS = "".join(f"LAHAM,{desa},1,{votes},3\n" for desa, votes in DESA.items())


def frame(text: str) -> pl.DataFrame:
    return pl.read_csv(io.StringIO(HEAD + text), infer_schema=False)


def of_desa(wrong: str) -> str:
    """What DA1 says, LONG GELAWANG under another name."""
    names = {desa: wrong if desa == "LONG GELAWANG" else desa for desa in DESA}
    return "".join(f"LAHAM,{names[desa]},,{votes},3\n" for desa, votes in DESA.items())


def said(findings: object) -> list[tuple[str, str, str]]:
    rules = {"similar-name", "unknown-name"}
    found = [one for one in findings if one.rule in rules]  # type: ignore[attr-defined]
    return [(one.rule, one.severity, speak(one.message, "en")) for one in found]


@pytest.mark.parametrize(
    ("wrong", "rule"), [("LONG GLAWANG", "similar-name"), ("SUKAMAJU", "unknown-name")]
)
def test_a_desa_beside_its_own_tps_is_said_and_named_as_a_desa(wrong: str, rule: str) -> None:
    ours = frame(TPS + of_desa(wrong))
    result = api.reconcile(ours, frame(TPS), regions="none")
    for found in (said(result.findings), said(api.check(ours, regions="none").findings)):
        [(own, severity, message)] = found
        assert (own, severity) == (rule, "warning")
        assert wrong in message
        assert "LONG GELAWANG" in message
    [outcome] = result.outcome
    assert outcome.added == (("desa", 1),)
    assert _code(result) == 1


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (TPS + of_desa("LONG GELAWANG"), TPS),
        # Forms that are still to be collected are no wrong names.
        (TPS.partition("LAHAM,MUARA")[0] + of_desa("LONG GELAWANG"), TPS),
        (TPS.partition("LAHAM,MUARA")[0], TPS),
    ],
)
def test_what_is_only_incomplete_is_not_said(ours: str, theirs: str) -> None:
    result = api.reconcile(frame(ours), frame(theirs), regions="none")
    assert not said(result.findings)
    assert _code(result) == 0


def test_the_right_name_may_stand_on_the_same_side() -> None:
    ours = frame(TPS + "LAHAM,LONG GLAWANG,2,7,1\n")
    result = api.reconcile(ours, frame(TPS + "LAHAM,LONG GELAWANG,2,7,1\n"), regions="none")
    [(rule, _, message)] = said(result.findings)
    assert rule == "similar-name"
    assert "“LONG GLAWANG” stands on this side only" in message
    assert _code(result) == 1
