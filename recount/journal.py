"""A fetch folder: every answer of every round, byte for byte, in web archives that only grow.

Each round writes one WARC 1.1 file, `<when it began>.warc.gz`: a `warcinfo` record with what was
asked for, then one record per answer - `response`, or `revisit` where the body is the same as the
round before -, a `metadata` record for each request made in vain, and one at the end of the round.
`index.jsonl` says in one line per record where it lies; it holds nothing that the archives do not.

Why nothing is lost, at whatever byte the process or the machine stops:

- A record is compressed as a whole and handed to the disk (fsync) before its line goes into the
  index. So the index never speaks of what is not there, and at most one record has no line yet.
- What lies behind the last record in the index is therefore either one whole record - it checks
  itself, by gzip's checksum, and gets its line - or the beginning of one, which was never
  acknowledged to anybody and is cut off. A line of the index that has no end is cut off likewise.
- Without a beginning (`warcinfo`) there is no round, without an end it is open, and is taken up
  again: what it has is not asked again, all else is.
- One process writes at a time; a lock that dies with the process sees to it.

Damage of any other kind - a byte changed in the middle - is refused, never cut off.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, NamedTuple

from recount.captures import INDEX
from recount.captures.warc import GAP_TYPE, Parsed, damaged_archive, parse, records
from recount.fetch import BUSY, TRANSIENT
from recount.records import ASKED, END_TYPE, FAULT, begun, digest_of, ended, gap, response, revisit
from recount.routes import Wish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from recount.fetch import Reply

ENDING = ".warc.gz"


class Entry(NamedTuple):
    """One line of the index: where in `file` a record lies, in bytes, and what it is.

    `kind`: begun, response, revisit, gap, ended. `note`: what was asked for (begun), or why it is
    a gap (a key of fetch.FAULTS).
    """

    file: str
    offset: int
    length: int
    kind: str
    url: str
    at: str
    status: int | None = None
    digest: str | None = None
    note: str | None = None

    @property
    def settled(self) -> bool:
        """Whether asking once more within the same round would bring nothing new."""
        passing = self.note in TRANSIENT or self.status in BUSY
        return self.kind in {"response", "revisit"} and not passing


class Journal:
    """The folder of a fetch while one process writes into it."""

    def __init__(self, folder: Path) -> None:
        """Take what is there, and mend what a kill has left. Raises RecountError.

        The folder must be there and locked.
        """
        self._folder = folder
        self._index = folder / INDEX
        self._entries: list[Entry] = []
        self._bodies: dict[str, Entry] = {}
        self._last: dict[str, str] = {}
        self._file = ""
        self.kept: dict[str, Entry] = {}
        """What the round that is open holds already, by address."""
        new = not self._index.exists()
        self._index.touch()
        for entry in _mended(folder, self._index, new=new):
            self._take(entry)

    def begin(self, wish: Wish, at: str, agent: str, *, fresh: bool = False) -> bool:
        """Take up the last round, when it is open and the same was asked for; else begin one.

        Gives whether one was taken up. `at`: ISO time in UTC. `fresh`: begin one in any case.
        """
        last = next((entry for entry in reversed(self._entries) if entry.kind == "begun"), None)
        own = [entry for entry in self._entries if last and entry.file == last.file]
        same = last is not None and last.note is not None and Wish(**json.loads(last.note)) == wish
        if not fresh and last and same and all(entry.kind != "ended" for entry in own):
            self._file = last.file
            self.kept = {entry.url: entry for entry in own if entry.settled}
            return True
        self._file, self.kept = self._name(at), {}
        self._write(begun(self._file, at, wish, agent))
        return False

    def keep(self, reply: Reply) -> bool:
        """Keep an answer, or note that it is a gap; gives whether it is as it was the last time."""
        if not reply.status:
            self._write(gap(reply))
            return False
        digest = digest_of(reply.body)
        first = self._bodies.get(digest)
        if first and self._last.get(reply.url) == digest:
            entry = self._write(revisit(reply, first.url, first.at))
        else:
            entry = self._write(response(reply))
        if entry.settled:
            self.kept[reply.url] = entry
        return entry.kind == "revisit"

    def body(self, url: str) -> bytes:
        """Give the body of an answer that the open round holds. Raises KeyError."""
        entry = self.kept[url]
        entry = self._bodies[entry.digest or ""] if entry.kind == "revisit" else entry
        with (self._folder / entry.file).open("rb") as file:
            file.seek(entry.offset)
            return parse(next(records(file, entry.file)).data, entry.file).body

    def end(self, at: str) -> None:
        """Close the round: all that was asked for has been asked."""
        self._write(ended(at))

    def _name(self, at: str) -> str:
        """Name a file after its beginning, so that it stands behind all before it."""
        name = f"{''.join(char for char in at[:19] if char not in '-:')}Z{ENDING}"
        last = max((entry.file for entry in self._entries), default="")
        return name if name > last else f"{last.removesuffix(ENDING)}a{ENDING}"

    def _write(self, record: bytes) -> Entry:
        path = self._folder / self._file
        with path.open("ab") as file:
            offset = file.tell()
            file.write(record)
            file.flush()
            os.fsync(file.fileno())
        with path.open("rb") as file:
            file.seek(offset)
            found = next(records(file, self._file))
        entry = _entry(parse(found.data, self._file), self._file, offset, len(record))
        _append(self._index, entry)
        self._take(entry)
        return entry

    def _take(self, entry: Entry) -> None:
        self._entries.append(entry)
        if entry.kind == "response" and entry.digest:
            self._bodies.setdefault(entry.digest, entry)
        if entry.kind in {"response", "revisit"} and entry.digest:
            self._last[entry.url] = entry.digest


def _append(index: Path, entry: Entry) -> None:
    line = json.dumps({key: value for key, value in entry._asdict().items() if value is not None})
    with index.open("ab") as file:
        file.write(f"{line}\n".encode())


def _mended(folder: Path, index: Path, *, new: bool) -> list[Entry]:
    """Read the index, cut off what has no end, and give a line to what has none."""
    whole, _, rest = index.read_bytes().rpartition(b"\n")
    if rest:
        os.truncate(index, len(whole) + 1 if whole else 0)
    entries = _lines(whole)
    sizes = {path.name: path.stat().st_size for path in sorted(folder.glob(f"*{ENDING}"))}
    ends = dict.fromkeys(sizes, 0)
    for entry in entries:
        ends[entry.file] = max(ends.get(entry.file, 0), entry.offset + entry.length)
    if any(end > sizes.get(name, 0) for name, end in ends.items()):
        raise damaged_archive(str(folder))
    for name, size in sizes.items():
        if ends[name] < size:
            found = list(_unlisted(folder / name, ends[name], may_cut=not new))
            for entry in found:
                _append(index, entry)
            entries += found
    return entries


def _lines(whole: bytes) -> list[Entry]:
    try:
        return [Entry(**json.loads(line)) for line in whole.splitlines()]
    except (ValueError, TypeError) as fault:
        raise damaged_archive(INDEX) from fault


def _unlisted(path: Path, end: int, *, may_cut: bool) -> Iterator[Entry]:
    """Give the whole records behind the last one that has a line, and cut off one that is torn.

    Nothing is cut off where the index is missing altogether: then what is torn could be anything.
    """
    try:
        with path.open("rb") as file:
            file.seek(end)
            for record in records(file, path.name):
                parsed = parse(record.data, path.name)
                yield _entry(parsed, path.name, end, record.end - end)
                end = record.end
    except EOFError as fault:
        if not may_cut:
            raise damaged_archive(path.name) from fault
        os.truncate(path, end)


def _entry(record: Parsed, file: str, offset: int, length: int) -> Entry:
    headings = record.headings
    kind, note = record.kind, headings.get(FAULT.lower())
    if kind == "warcinfo":
        kind, note = "begun", _asked(record.body)
    elif kind == "metadata":
        kind = {GAP_TYPE: "gap", END_TYPE: "ended"}.get(headings.get("content-type", ""), kind)
    return Entry(
        file=file,
        offset=offset,
        length=length,
        kind=kind,
        url=headings.get("warc-target-uri", ""),
        at=headings.get("warc-date", ""),
        status=record.status,
        digest=headings.get("warc-payload-digest"),
        note=note,
    )


def _asked(body: bytes) -> str | None:
    lines = body.decode().splitlines()
    return next((line.removeprefix(ASKED) for line in lines if line.startswith(ASKED)), None)
