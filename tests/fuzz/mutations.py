"""One file's bytes in, the bytes of a damaged or changed one out; seeded."""

from __future__ import annotations

import random
import re
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

if TYPE_CHECKING:
    from collections.abc import Callable

_TOKEN = re.compile(rb'"[^"<>]*"|>[^<>]+<|<[^<>]+>')
_ODD = (
    b"",
    b"0",
    b"-1",
    b"1048577",
    b"99999999999999999999",
    b"1e308",
    b"NaN",
    b"A1:XFD1048576",
    b"ZZZZ9999999",
    b"&#0;",
    b"&amp;",
    b"\xff\xfe",
    b"true",
    "\u202e\u0663".encode(),
)


def flip(data: bytes, rng: random.Random) -> bytes:
    """Change some bytes."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 2, 8, 40))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def truncate(data: bytes, rng: random.Random) -> bytes:
    """Cut the end off, or a piece out of the middle."""
    start = rng.randrange(len(data))
    if rng.random() < 0.5:
        return data[:start]
    return data[:start] + data[start + rng.randrange(1, 500) :]


def repeat(data: bytes, rng: random.Random) -> bytes:
    """Write a piece twice, or put bytes from elsewhere in the file into its middle."""
    start, there = rng.randrange(len(data)), rng.randrange(len(data))
    piece = data[start : start + rng.randrange(1, 300)]
    return data[:there] + piece + data[there:]


def member(data: bytes, rng: random.Random) -> bytes:
    """Change the XML of one part of a package; the zip stays whole. Text files are flipped."""
    try:
        with ZipFile(BytesIO(data)) as old:
            parts = {name: old.read(name) for name in old.namelist()}
    except BadZipFile:
        return flip(data, rng)
    name = rng.choice(sorted(parts))
    if rng.random() < 0.08:
        del parts[name]
    else:
        parts[name] = _xml(parts[name], rng)
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as new:
        for part, content in parts.items():
            new.writestr(part, content)
    return target.getvalue()


def _xml(content: bytes, rng: random.Random) -> bytes:
    """Change an attribute's value or a text, take a tag out or write it twice."""
    tokens = list(_TOKEN.finditer(content))
    if not tokens or rng.random() < 0.15:
        return rng.choice((flip, truncate, repeat))(content, rng) if content else b"<"
    for _ in range(rng.choice((1, 1, 3))):
        token = rng.choice(tokens)
        text = token[0]
        if text.startswith(b"<"):
            new = rng.choice((b"", text * 2, text.replace(b"/", b""), text[:-1] + b"/>"))
        else:
            new = text[:1] + rng.choice(_ODD) + text[-1:]
        content = content[: token.start()] + new + content[token.end() :]
        tokens = list(_TOKEN.finditer(content))
        if not tokens:
            break
    return content


MUTATIONS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "flip": flip,
    "truncate": truncate,
    "repeat": repeat,
    "member": member,
}
WEIGHTS = (2, 1, 1, 6)


def mutated(data: bytes, seed: int) -> tuple[str, bytes]:
    """Change a file in one of the ways; gives the way and the bytes."""
    rng = random.Random(seed)  # noqa: S311 - noise, no secret
    (kind,) = rng.choices(sorted(MUTATIONS, key=list(MUTATIONS).index), WEIGHTS)
    return kind, MUTATIONS[kind](data, rng) or b"\0"
