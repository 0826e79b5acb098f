"""What a fetch has to note down in, records of a web archive (WARC 1.1, gzip) out, as bytes.

Digests of bodies are SHA-256 in hexadecimal, as `sha256sum` prints them. Headings of HTTP stand as
they came, but for letters beyond ASCII, which warcio writes percent-encoded.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from io import BytesIO
from typing import TYPE_CHECKING, Any

from recount.captures.warc import GAP_TYPE

if TYPE_CHECKING:
    from recount.fetch import Reply
    from recount.routes import Wish

END_TYPE = "application/vnd.recount.end"
"""The kind of content of the record that ends a round."""

FAULT = "Recount-Fault"
"""The heading of a record that says why an answer counts as a gap though something came."""

ASKED = "recount-asked: "
"""Before what was asked for, as JSON, in the record that begins a round."""


def digest_of(body: bytes) -> str:
    """Give the digest of a body, with the name of its algorithm before it."""
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


def begun(file: str, at: str, wish: Wish, agent: str) -> bytes:
    """Begin a round: who asks, and for what."""
    out, writer = _writer()
    record = writer.create_warcinfo_record(
        file,
        {
            "software": agent,
            "format": "WARC File Format 1.1",
            "http-header-user-agent": agent,
            ASKED.strip(": "): json.dumps(asdict(wish)),
        },
    )
    record.rec_headers.replace_header("WARC-Date", at)
    writer.write_record(record)
    return out.getvalue()


def response(reply: Reply) -> bytes:
    """Keep an answer whole."""
    out, writer = _writer()
    record = writer.create_warc_record(
        reply.url,
        "response",
        payload=BytesIO(reply.body),
        length=len(reply.body),
        http_headers=_http(reply),
        warc_headers_dict=_headings(reply) | {"WARC-Payload-Digest": digest_of(reply.body)},
    )
    writer.write_record(record)
    return out.getvalue()


def revisit(reply: Reply, first_url: str, first_at: str) -> bytes:
    """Keep an answer whose body is the one that came from `first_url` at `first_at`."""
    out, writer = _writer()
    record = writer.create_revisit_record(
        reply.url,
        digest_of(reply.body),
        first_url,
        first_at,
        http_headers=_http(reply),
        warc_headers_dict=_headings(reply),
    )
    writer.write_record(record)
    return out.getvalue()


def gap(reply: Reply) -> bytes:
    """Note down that no answer came."""
    return _metadata(reply.url, reply.at, GAP_TYPE, {FAULT: reply.fault or ""})


def ended(at: str) -> bytes:
    """Note down that all of a round has been asked."""
    return _metadata("urn:recount:end", at, END_TYPE, {})


def _metadata(url: str, at: str, kind: str, more: dict[str, str]) -> bytes:
    out, writer = _writer()
    record = writer.create_warc_record(
        url,
        "metadata",
        warc_content_type=kind,
        warc_headers_dict={"WARC-Date": at, **more},
    )
    writer.write_record(record)
    return out.getvalue()


def _headings(reply: Reply) -> dict[str, str]:
    return {"WARC-Date": reply.at} | ({FAULT: reply.fault} if reply.fault else {})


def _http(reply: Reply) -> Any:  # noqa: ANN401 - warcio has no types
    from warcio.statusandheaders import StatusAndHeaders

    status = f"{reply.status} {reply.reason}".strip()
    return StatusAndHeaders(status, list(reply.headings), protocol="HTTP/1.1")


def _writer() -> tuple[BytesIO, Any]:
    from warcio.warcwriter import WARCWriter

    out = BytesIO()
    return out, WARCWriter(out, gzip=True, warc_version="1.1")
