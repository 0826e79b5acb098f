"""A web archive in (WARC 1.0, 1.1; plain or gzip), its answers out; one record in memory at a time.

warcio reads a record; how long one may be is settled before it is handed over. A `revisit` record
("unchanged") is given with the body that it refers to by its digest.
"""

from __future__ import annotations

import logging
import re
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from recount.captures._answer import GAP, Answer
from recount.captures._bounds import MAX_BODY, Allowance, body_too_large
from recount.errors import RecountError
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

GAP_TYPE = "application/vnd.recount.gap"
"""The kind of content of a metadata record that notes down a request made in vain."""

_START = b"WARC/"
_GZIP = b"\x1f\x8b"
_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_MAX_HEADING = 64 << 10
_STEP = 64 << 10


class Record(NamedTuple):
    """One record, still as bytes: where it begins in the file, where the next one does.

    `nth`: its number among the records of one gzip member; by the standard there is only one.
    """

    at: int
    end: int
    nth: int
    data: bytes


class Parsed(NamedTuple):
    """One record as read: its type, its own headings in small letters, status and body."""

    kind: str
    headings: dict[str, str]
    status: int | None
    body: bytes


class _Known(NamedTuple):
    path: Path
    at: int
    nth: int


class Archive:
    """The answers of one web archive, or of several that refer to each other.

    `growing`: a record cut off at the end is no fault, as somebody may be writing it.
    """

    def __init__(self, *, growing: bool = False) -> None:
        self.growing = growing
        self._bodies: dict[str, _Known] = {}

    def answers(self, path: Path, label: str) -> Iterator[Answer]:
        """Give the answers of a file, in the order in which they came. Raises RecountError."""
        allowance = Allowance(path.stat().st_size, label)
        crawl = path.name.removesuffix(".gz").removesuffix(".warc")
        try:
            with path.open("rb") as file:
                for record in records(file, label):
                    allowance.take(len(record.data))
                    parsed = parse(record.data, label)
                    answer = self._answer(parsed, _Known(path, record.at, record.nth), label)
                    if answer:
                        yield answer._replace(crawl=crawl)
        except EOFError as fault:
            if not self.growing:
                raise damaged_archive(label) from fault

    def _answer(self, record: Parsed, here: _Known, label: str) -> Answer | None:
        url, when = record.headings.get("warc-target-uri", ""), record.headings.get("warc-date")
        digest = record.headings.get("warc-payload-digest", "")
        if record.kind in {"response", "resource"} and url.startswith(("http:", "https:")):
            if digest:
                self._bodies.setdefault(digest, here)
            return Answer(url, record.body, when, record.status)
        if record.kind == "revisit":
            body = self._body(digest, label)
            return Answer(url, body or b"", when, GAP if body is None else record.status or 200)
        if record.headings.get("content-type") == GAP_TYPE:
            return Answer(url, b"", when, GAP)
        return None

    def _body(self, digest: str, label: str) -> bytes | None:
        known = self._bodies.get(digest)
        if known is None:
            return None
        with known.path.open("rb") as file:
            file.seek(known.at)
            found = next(record for record in records(file, label) if record.nth == known.nth)
        return parse(found.data, label).body


def is_warc(head: bytes) -> bool:
    """Whether a file, unpacked, begins as a web archive does."""
    return head.startswith(_START)


def records(file: BinaryIO, label: str) -> Iterator[Record]:
    """Cut a web archive into its records, from where the file stands.

    Raises EOFError where the last record is cut off, RecountError where a record is none or is
    larger than any answer.
    """
    at = file.tell()
    head = file.read(2)
    if not head or head != _GZIP[: len(head)]:
        yield from _framed(file, at, label)
        return
    while member := _member(file, at, label):
        data, end = member
        for nth, record in enumerate(_framed(BytesIO(data), 0, label)):
            yield Record(at, end, nth, record.data)
        at = end


def _member(file: BinaryIO, at: int, label: str) -> tuple[bytes, int] | None:
    """Unpack one gzip member, and say where the next one begins; None at the end of the file."""
    file.seek(at)
    engine, parts, size = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16), [], 0
    while not engine.eof:
        chunk = engine.unconsumed_tail or file.read(_STEP)
        if not chunk:
            if file.tell() == at:
                return None
            raise EOFError
        try:
            parts.append(engine.decompress(chunk, 16 * _STEP))
        except zlib.error as fault:
            raise damaged_archive(label) from fault
        size += len(parts[-1])
        _bound(size, label)
    return b"".join(parts), file.tell() - len(engine.unused_data)


def _framed(file: BinaryIO, at: int, label: str) -> Iterator[Record]:
    while True:
        file.seek(at)
        head = file.read(_MAX_HEADING)
        if not head.strip(b"\r\n"):
            return
        ends = head.find(_END)
        length = _LENGTH.search(head, 0, max(ends, 0) + 1)
        if not head.startswith(_START[: len(head)]) or (ends < 0 and len(head) == _MAX_HEADING):
            raise damaged_archive(label)
        if ends < 0:
            raise EOFError
        if not length:
            raise damaged_archive(label)
        size = ends + len(_END) + int(length[1])
        _bound(size, label)
        file.seek(at)
        data = file.read(size + len(_END))
        if len(data) < size:
            raise EOFError
        at += len(data)
        yield Record(at - len(data), at, 0, data)


def _bound(size: int, label: str) -> None:
    if size > MAX_BODY + _MAX_HEADING:
        raise body_too_large(label)


def parse(data: bytes, label: str) -> Parsed:
    """Read one record; its body without what the transport packed it in, its digests verified.

    Raises RecountError.
    """
    loader = _loader()
    try:
        record = next(loader(BytesIO(data), check_digests="raise"))
        headings = {name.lower(): value for name, value in record.rec_headers.headers}
        body = _body(record)
        http = record.http_headers
        status = int(http.get_statuscode()) if http and record.rec_type != "request" else None
    except Exception as fault:
        raise damaged_archive(label) from fault
    if len(body) > MAX_BODY:
        raise body_too_large(label)
    return Parsed(record.rec_type, headings, status, body)


def _body(record: Any) -> bytes:  # noqa: ANN401 - warcio has no types
    stream, parts, size = record.content_stream(), [], 0
    while size <= MAX_BODY and (part := stream.read(_STEP)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _loader() -> Any:  # noqa: ANN401 - warcio has no types
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError as fault:
        raise RecountError(
            say("Web archives are read with warcio, which is not installed."),
            mend=say("Install it: {line}", line="pip install 'recount-cli[fetch]'"),
        ) from fault
    # It would print what it thinks of an odd URL, just as it stands, to the terminal.
    logging.getLogger("warcio").disabled = True
    logging.getLogger("warcio.recordloader").disabled = True
    return ArchiveIterator


def damaged_archive(label: str) -> RecountError:
    """Say that a web archive cannot be read to its end."""
    return RecountError(
        say("The web archive is damaged or incomplete."),
        mend=say("Copy it again; a folder that “recount fetch” wrote is read as a folder."),
        place=label,
    )
