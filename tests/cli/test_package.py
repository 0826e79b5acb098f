"""`import recount`: the functions under their names, however one gets there."""

from __future__ import annotations

import subprocess
import sys

import pytest

import recount
from tests.cli.running import environment

WAYS = [
    "import recount; print(callable(recount.reconcile))",
    "import recount.api, recount; print(callable(recount.reconcile))",
    "import recount; recount.check; print(callable(recount.reconcile))",
    "import recount.reconcile, recount; print(callable(recount.reconcile))",
    "from recount import aggregate; print(callable(aggregate))",
    "from recount.reconcile import Compared; print(callable(Compared))",
]


@pytest.mark.parametrize("way", WAYS)
def test_a_function_is_never_a_module(way: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", way], capture_output=True, text=True, env=environment(), check=False
    )
    assert (done.stdout, done.stderr) == ("True\n", "")


def test_what_is_offered_is_there() -> None:
    assert set(recount.__all__) <= set(dir(recount))
    for name in recount.__all__:
        assert getattr(recount, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = recount.nothing  # type: ignore[attr-defined]
