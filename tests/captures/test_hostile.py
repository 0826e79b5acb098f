"""A damaged or hostile archive gives one clear error, quickly, and no file anywhere."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.captures import _bounds, answers
from recount.errors import RecountError
from tests.captures import making

if TYPE_CHECKING:
    from pathlib import Path

GOOD = {"64.json": b'{"ts": "2024-11-28 01:00:04"}'}

OUTSIDE = [
    "../64.json",
    "a/../../64.json",
    "/etc/passwd",
    "C:/64.json",
    "a\\..\\b.json",
    "c:64.json",
]


@pytest.mark.parametrize("name", OUTSIDE)
@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz"])
def test_a_name_that_leads_elsewhere(name: str, kind: str, tmp_path: Path) -> None:
    make = making.zipped if kind == "zip" else making.tarred
    path = make(tmp_path / f"crawl.{kind}", {name: b"{}"})
    refuses(path, "leads to a place outside")
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["more.zip", "more.TAR.GZ", "64.json.gz", "x.warc.gz", "x.xlsx"])
@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_an_archive_in_the_archive(name: str, kind: str, tmp_path: Path) -> None:
    make = making.zipped if kind == "zip" else making.tarred
    refuses(make(tmp_path / f"crawl.{kind}", {name: b"{}"}), "another archive")


@pytest.mark.parametrize(
    "body",
    [
        b"PK\x03\x04....",
        gzip.compress(b"{}", mtime=0),
        b"\x28\xb5\x2f\xfd....",
        b"WARC/1.1\r\n",
        b"\0" * 257 + b"ustar" + b"\0" * 250,
    ],
)
def test_an_archive_under_another_name(body: bytes, tmp_path: Path) -> None:
    refuses(making.zipped(tmp_path / "crawl.zip", {"64.json": body}), "another archive")


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE]
)
def test_links_and_devices(kind: bytes, tmp_path: Path) -> None:
    path = making.tarred(tmp_path / "a.tar", {"64.json": b""}, type=kind, linkname="/etc/passwd")
    refuses(path, "links or devices")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("64.json", "1")
        package.writestr("64.json", "2")
    refuses(path, "two files of the same name")


def test_a_password(tmp_path: Path) -> None:
    path = making.zipped(tmp_path / "a.zip", GOOD)
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    refuses(path, "password")


def test_a_bomb_in_a_zip(tmp_path: Path) -> None:
    refuses(making.zipped(tmp_path / "a.zip", {"64.json": bytes(80 << 20)}), "far more than")


def test_a_bomb_in_a_tar(tmp_path: Path) -> None:
    bodies = {f"{n}.json": bytes(8 << 20) for n in range(10)}
    refuses(making.tarred(tmp_path / "a.tar.gz", bodies), "far more than")


def test_a_bomb_in_a_web_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(making.response("a", bytes(8 << 20)) * 10)
    refuses(path, "far more than")


def test_a_name_as_long_as_a_book(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(tarfile.TarInfo("x" * (2 << 20)))
    refuses(path, "damaged")


@pytest.mark.parametrize("kind", ["zip", "tar", "warc", "warc.gz", "json"])
def test_a_body_beyond_all_need(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (_bounds, "recount.captures.warc", "recount.captures"):
        target = module if isinstance(module, str) else module.__name__
        monkeypatch.setattr(f"{target}.MAX_BODY", 1000)
    monkeypatch.setattr("recount.captures.warc._MAX_HEADING", 1000)
    body = {"64.json": os.urandom(3000)}
    path = tmp_path / f"a.{kind}"
    if kind == "json":
        path.write_bytes(body["64.json"])
    else:
        make = {"zip": making.zipped, "tar": making.tarred}.get(kind, making.warc)
        make(path, body)
    refuses(path, "larger than any online system sends")


def test_too_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_bounds, "MAX_MEMBERS", 3)
    bodies = {f"{n}.json": b"{}" for n in range(4)}
    refuses(making.zipped(tmp_path / "a.zip", bodies), "more files than")
    refuses(making.tarred(tmp_path / "a.tar", bodies), "more files than")


def test_a_web_archive_whose_bytes_were_changed(tmp_path: Path) -> None:
    path = making.warc(tmp_path / "a.warc", GOOD)
    path.write_bytes(path.read_bytes().replace(b"01:00:04", b"02:00:04"))
    refuses(path, "damaged or incomplete")


@pytest.mark.parametrize(
    "heading", [b"WARC/9.9\r\n\r\n", b"WARC/1.1\r\n", b"WARC/1.1" + b"x" * 70000]
)
def test_no_web_archive_at_all(heading: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(heading)
    refuses(path, "damaged or incomplete")


def test_nothing(tmp_path: Path) -> None:
    refuses(tmp_path, "no saved answer")
    refuses(making.zipped(tmp_path / "a.zip", {}), "no saved answer")
    refuses(tmp_path / "none", "not there")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    refuses(tmp_path, "no saved answer")


def _archives() -> dict[str, bytes]:
    made = {}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("64.json", GOOD["64.json"])
    made["a.zip"] = out.getvalue()
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        info = tarfile.TarInfo("64.json")
        info.size = len(GOOD["64.json"])
        archive.addfile(info, io.BytesIO(GOOD["64.json"]))
    made["a.tar.gz"] = out.getvalue()
    made["a.tar"] = gzip.decompress(out.getvalue())
    made["a.warc.gz"] = making.response("a", GOOD["64.json"])
    made["a.warc"] = making.response("a", GOOD["64.json"], zipped=False)
    return made


ARCHIVES = _archives()


@given(st.data())
def test_whatever_happens_to_its_bytes(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(ARCHIVES)))
    content = bytearray(ARCHIVES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("hurt") / name
    path.write_bytes(content[: data.draw(st.integers(1, len(content)))])
    try:
        found = list(answers(path))
    except RecountError:
        return
    assert found


def refuses(path: Path, words: str) -> None:
    with pytest.raises(RecountError, match=words) as caught:
        list(answers(path))
    assert caught.value.mend
