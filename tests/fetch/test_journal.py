"""The fetch folder survives a kill at any byte, and refuses any other damage."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from recount.captures import GAP, INDEX, answers
from recount.errors import RecountError
from recount.fetch import Reply
from recount.journal import Journal
from recount.routes import Wish

if TYPE_CHECKING:
    from pathlib import Path

LONG = bool(os.environ.get("RECOUNT_LONG"))
WISH = Wish("situng-2019", "ppwp", "0", "provinsi", "count", "http://a")
BEGAN, LATER = "2024-11-28T02:15:04.000000Z", "2024-11-28T03:15:04.000000Z"


def reply(path: str, body: bytes, status: int = 200, fault: str | None = None) -> Reply:
    headings = (("Content-Type", "application/json"), ("X-Odd", "é"))
    return Reply(f"http://a{path}", LATER, status, "OK", headings, body, fault)


REPLIES = (
    reply("/a", b'{"a": 1}'),
    reply("/b", b"gone", 404, "status"),
    reply("/c", b"", GAP, "timeout"),
    reply("/d", b"", 200, "no_json"),
    reply("/e", b"[]"),
)
SETTLED = {"http://a/a", "http://a/b", "http://a/e"}


def written(folder: Path) -> list[tuple[str, bytes]]:
    """Do two rounds; give every write as it was made, file by file."""
    writes = []
    for at in (BEGAN, LATER):
        journal = Journal(folder)
        before = sizes(folder)
        assert not journal.begin(WISH, at, "recount/test")
        writes += added(folder, before)
        for each in REPLIES:
            before = sizes(folder)
            journal.keep(each)
            writes += added(folder, before)
        before = sizes(folder)
        journal.end(at)
        writes += added(folder, before)
    return writes


def sizes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in folder.iterdir()}


def added(folder: Path, before: dict[str, int]) -> list[tuple[str, bytes]]:
    names = sorted(sizes(folder), key=lambda name: name == INDEX)  # the record, then its line
    new = [(name, (folder / name).read_bytes()[before.get(name, 0) :]) for name in names]
    return [(name, data) for name, data in new if data]


def laid_out(folder: Path, writes: list[tuple[str, bytes]], cut: int) -> int:
    """Make a folder as it was when so many bytes had been written; give the whole records."""
    folder.mkdir()
    (folder / INDEX).touch()
    whole = 0
    for name, data in writes:
        with (folder / name).open("ab") as file:
            file.write(data[:cut])
        whole += name != INDEX and len(data) <= cut
        cut -= len(data)
        if cut <= 0:
            break
    return whole


def told(folder: Path) -> list[tuple[str, bytes, int | None]]:
    return [(answer.name, answer.data, answer.status) for answer in answers(folder)]


def test_wherever_it_was_killed_it_goes_on_and_ends_the_same(tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    writes = written(tmp_path / "whole")
    expected = told(tmp_path / "whole")
    total = sum(len(data) for _, data in writes)
    assert len(writes) == 2 * 2 * (len(REPLIES) + 2)
    edges = [sum(len(data) for _, data in writes[:n]) for n in range(len(writes) + 1)]
    cuts = {
        *range(0, total, 11 if LONG else 301),
        *(edge + off for edge in edges for off in (-1, 0, 1)),
    }
    for cut in sorted(cuts & set(range(total + 1))):
        folder = tmp_path / f"cut{cut}"
        whole = laid_out(folder, writes, cut)
        go_on(folder, whole)
        assert told(folder) == expected, cut


def go_on(folder: Path, whole: int) -> None:
    """Do what is left of the two rounds; what was whole must be there."""
    steps = len(REPLIES) + 2
    for number, at in enumerate((BEGAN, LATER)):
        done = min(max(whole - number * steps, 0), steps)
        journal = Journal(folder)
        if done == steps:
            continue
        assert journal.begin(WISH, at, "recount/test") == (done > 0)
        mine = {each.url for each in REPLIES[: max(done - 1, 0)]}
        assert set(journal.kept) == mine & SETTLED
        for each in REPLIES[max(done - 1, 0) :]:
            journal.keep(each)
        journal.end(at)


def test_the_index_tells_where_each_record_lies(tmp_path: Path) -> None:
    written(tmp_path)
    lines = [json.loads(line) for line in (tmp_path / INDEX).read_text().splitlines()]
    kinds = [line["kind"] for line in lines]
    first = ["begun", "response", "response", "gap", "response", "response", "ended"]
    assert kinds == first + ["revisit" if kind == "response" else kind for kind in first]
    for line in lines:
        data = (tmp_path / line["file"]).read_bytes()
        assert data[line["offset"] :].startswith(b"\x1f\x8b")
        assert line["offset"] + line["length"] <= len(data)
    assert (
        lines[1]["digest"]
        == ("sha256:99de82d0da56c9fe98caf0a67a89ad16b1a32bb9e93ee91ca9ed71b41f2f0d77")
        or len(lines[1]["digest"]) == len("sha256:") + 64
    )


def test_a_lost_index_is_made_anew(tmp_path: Path) -> None:
    written(tmp_path)
    before = (tmp_path / INDEX).read_bytes()
    (tmp_path / INDEX).unlink()
    Journal(tmp_path)
    assert (tmp_path / INDEX).read_bytes() == before


def test_without_an_index_nothing_is_cut_off(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / INDEX).unlink()
    path = max(tmp_path.glob("*.gz"))
    path.write_bytes(data := path.read_bytes()[:-5])
    with pytest.raises(RecountError, match="damaged"):
        Journal(tmp_path)
    assert path.read_bytes() == data


@pytest.mark.parametrize("hurt", ["shorter", "changed", "index"])
def test_other_damage_is_refused(hurt: str, tmp_path: Path) -> None:
    written(tmp_path)
    path = min(tmp_path.glob("*.gz"))
    data = bytearray(path.read_bytes())
    if hurt == "shorter":
        path.write_bytes(data[:-1])
    elif hurt == "index":
        (tmp_path / INDEX).write_bytes(b"{}\n")
    else:
        lines = (tmp_path / INDEX).read_bytes().splitlines(keepends=True)
        (tmp_path / INDEX).write_bytes(b"".join(lines[: len(lines) // 2 - 1]))
        data[-30] ^= 1
        path.write_bytes(data)
    with pytest.raises(RecountError, match="damaged"):
        Journal(tmp_path)


def test_another_wish_begins_another_round(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.begin(WISH, BEGAN, "recount/test")
    journal.keep(REPLIES[0])
    assert not Journal(tmp_path).begin(replace(WISH, depth="kabkota"), LATER, "recount/test")


def test_a_clock_that_goes_back_changes_no_order(tmp_path: Path) -> None:
    for at in (LATER, BEGAN, BEGAN):
        journal = Journal(tmp_path)
        journal.begin(WISH, at, "recount/test")
        journal.keep(REPLIES[0])
        journal.end(at)
    assert [data for _, data, _ in told(tmp_path)] == [REPLIES[0].body] * 3
