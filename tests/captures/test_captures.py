"""The same answers come out, however they were handed on."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from recount.captures import GAP, INDEX, Answer, answers
from recount.errors import RecountError
from tests.captures import making

if TYPE_CHECKING:
    from pathlib import Path

BODIES = {
    "S1/pkwkp/64/64.json": b'{"ts": "2024-11-28 01:00:04"}',
    "S1/pkwkp/64/6474.json": b'{"chart": null}',
    "S1/pkwkk/64/6474.json": b"",
}
BY_NAME = dict(sorted(BODIES.items()))


def test_a_folder(tmp_path: Path) -> None:
    folder = making.folder(tmp_path / "crawls", BODIES)
    (folder / ".DS_Store").write_bytes(b"x")
    (folder / "S1" / "Thumbs.db").write_bytes(b"x")
    expected = [Answer(f"{folder}/{name}", body, None, None) for name, body in BY_NAME.items()]
    assert list(answers(folder)) == expected


def test_one_file(tmp_path: Path) -> None:
    making.folder(tmp_path, BODIES)
    path = tmp_path / "S1/pkwkp/64/64.json"
    assert list(answers(path)) == [Answer(str(path), BODIES["S1/pkwkp/64/64.json"], None, None)]


def test_a_file_as_a_server_packed_it(tmp_path: Path) -> None:
    path = tmp_path / "64.json.gz"
    path.write_bytes(gzip.compress(b"{}"))
    assert [answer.data for answer in answers(path)] == [b"{}"]


@pytest.mark.parametrize("name", ["crawls.zip", "crawls.tar", "crawls.tar.gz", "noname"])
def test_an_archive(name: str, tmp_path: Path) -> None:
    make = making.tarred if "tar" in name else making.zipped
    path = make(tmp_path / name, BODIES)
    expected = [Answer(f"{path}/{name}", body, None, None) for name, body in BODIES.items()]
    assert list(answers(path)) == expected
    # The same from the folder in which it lies.
    assert list(answers(tmp_path)) == expected


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_a_web_archive(name: str, tmp_path: Path) -> None:
    path = making.warc(tmp_path / name, BODIES)
    expected = [
        Answer(making.BASE + name, body, making.WHEN, 200, "crawl") for name, body in BODIES.items()
    ]
    assert list(answers(path)) == expected


def test_a_web_archive_in_one_piece_of_gzip(tmp_path: Path) -> None:
    plain = making.warc(tmp_path / "a.warc", BODIES).read_bytes()
    path = tmp_path / "b.warc.gz"
    path.write_bytes(gzip.compress(plain))
    assert [answer.data for answer in answers(path)] == list(BODIES.values())


@pytest.mark.parametrize("status", ["404 Not Found", "503 Service Unavailable", "304 Not Modified"])
def test_the_status_is_told(status: str, tmp_path: Path) -> None:
    path = making.warc(tmp_path / "crawl.warc.gz", {"a.json": b"sorry"}, status)
    assert [answer.status for answer in answers(path)] == [int(status[:3])]


def test_what_the_transport_packed_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    packed = gzip.compress(b'{"ts": 1}')
    path.write_bytes(making.response("a", packed, http=(("Content-Encoding", "gzip"),)))
    assert [answer.data for answer in answers(path)] == [b'{"ts": 1}']


@pytest.mark.parametrize("body", [b'{"ts": 1}', b"9\r\n" + b'{"ts": 1}' + b"\r\n0\r\n\r\n"])
def test_chunks_are_put_together_or_were_before(body: bytes, tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(making.response("a", body, http=(("Transfer-Encoding", "chunked"),)))
    assert [answer.data for answer in answers(path)] == [b'{"ts": 1}']


def test_an_unchanged_answer_has_the_body_it_had(tmp_path: Path) -> None:
    first, second = tmp_path / "1.warc.gz", tmp_path / "2.warc.gz"
    first.write_bytes(making.response("b", b"other") + making.response("a", b'{"ts": 1}'))
    digest = "sha1:" + _digest(first.read_bytes(), b"a\r\n")
    second.write_bytes(making.revisit("a", digest) + making.revisit("c", "sha1:" + "A" * 32))
    assert list(answers(tmp_path))[2:] == [
        Answer(making.BASE + "a", b'{"ts": 1}', making.WHEN, 200, "2"),
        Answer(making.BASE + "c", b"", making.WHEN, GAP, "2"),
    ]


def _digest(data: bytes, name: bytes) -> str:
    text = gzip.decompress(data)
    after = text[text.index(making.BASE.encode() + name) :]
    at = after.index(b"WARC-Payload-Digest: sha1:") + len(b"WARC-Payload-Digest: sha1:")
    return after[at : at + 32].decode()


def test_wherever_a_fetch_was_killed_the_whole_answers_are_read(tmp_path: Path) -> None:
    records = [making.response(name, body) for name, body in BODIES.items()]
    ends = [sum(map(len, records[: n + 1])) for n in range(len(records))]
    (tmp_path / INDEX).touch()
    (tmp_path / "0.warc.gz").write_bytes(making.response("z", b"before"))
    for cut in {*range(0, ends[-1], 7), *ends, 1, 2}:
        (tmp_path / "1.warc.gz").write_bytes(b"".join(records)[:cut])
        whole = sum(end <= cut for end in ends)
        told = [answer.data for answer in answers(tmp_path)]
        assert told == [b"before", *list(BODIES.values())[:whole]]


def test_a_web_archive_that_nobody_is_writing_must_be_whole(tmp_path: Path) -> None:
    path = making.warc(tmp_path / "1.warc.gz", BODIES)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(RecountError, match="damaged or incomplete"):
        list(answers(path))
