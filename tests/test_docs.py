"""The tool that keeps the documents' outputs true notices when they are not."""

from __future__ import annotations

import pytest

from tools.docs import BlockError, renew, run

STALE = "Before\n<!-- output: echo hello -->\nold\n<!-- end -->\nafter\n"
BLOCK = "```console\n$ echo hello\nhello\n```\n"
FRESH = STALE.replace("old\n", BLOCK)


def test_a_block_is_made_anew_and_stays() -> None:
    assert renew(STALE) == FRESH
    assert renew(FRESH) == FRESH


def test_the_language_of_a_block_is_told() -> None:
    asked = renew("<!-- output[id]: x -->\n<!-- end -->", lambda command, lang: f"{command} {lang}")
    assert "x id" in asked


@pytest.mark.parametrize(
    "text", ["<!-- output: echo -->\n", "<!-- end -->", "<!-- output: a -->\n<!-- output: b -->\n"]
)
def test_a_marker_without_its_other_half_is_a_fault(text: str) -> None:
    with pytest.raises(BlockError, match="marker"):
        renew(text)


def test_a_command_that_fails_is_a_fault_and_one_that_differs_is_not() -> None:
    assert run("echo a; exit 1", "en") == "a\n"
    with pytest.raises(BlockError, match="exit code 2"):
        run("exit 2", "en")
