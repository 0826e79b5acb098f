"""Captures as people hand them on, laid out from {name: body}: folder, zip, tar, web archive."""

from __future__ import annotations

import io
import tarfile
import zipfile
from typing import TYPE_CHECKING, Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BASE = "https://example.org/"
WHEN = "2024-11-28T02:15:04Z"


def folder(path: Path, bodies: Mapping[str, bytes]) -> Path:
    for name, body in bodies.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(body)
    return path


def zipped(path: Path, bodies: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in bodies.items():
            package.writestr(name, body)
    return path


def tarred(path: Path, bodies: Mapping[str, bytes], **attributes: object) -> Path:
    mode: Any = "w:gz" if path.name.endswith("gz") else "w"
    with tarfile.open(path, mode) as archive:
        for name, body in bodies.items():
            info = tarfile.TarInfo(name)
            info.size = len(body)
            for attribute, value in attributes.items():
                setattr(info, attribute, value)
            archive.addfile(info, io.BytesIO(body))
    return path


def warc(path: Path, bodies: Mapping[str, bytes], status: str = "200 OK") -> Path:
    with path.open("wb") as file:
        for name, body in bodies.items():
            file.write(response(name, body, status, zipped=path.name.endswith("gz")))
    return path


def response(
    name: str,
    body: bytes,
    status: str = "200 OK",
    *,
    zipped: bool = True,
    http: tuple[tuple[str, str], ...] = (),
) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=zipped, warc_version="1.1")
    headings = StatusAndHeaders(
        status, [("Content-Type", "application/json"), *http], protocol="HTTP/1.1"
    )
    record = writer.create_warc_record(
        BASE + name,
        "response",
        payload=io.BytesIO(body),
        length=len(body),
        http_headers=headings,
        warc_headers_dict={"WARC-Date": WHEN},
    )
    writer.write_record(record)
    return out.getvalue()


def revisit(name: str, digest: str) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    headings = StatusAndHeaders("200 OK", [], protocol="HTTP/1.1")
    record = writer.create_revisit_record(
        BASE + name,
        digest,
        BASE + name,
        WHEN,
        http_headers=headings,
        warc_headers_dict={"WARC-Date": WHEN},
    )
    writer.write_record(record)
    return out.getvalue()
