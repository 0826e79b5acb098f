"""Bytes of a text file in, the same text as UTF-8 without a BOM out, and what was assumed."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from recount.errors import RecountError
from recount.model import Finding
from recount.texts import say

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_WIDE_BLANKS = (b"\xc2\x85", b"\xc2\xa0", b"\xe1\x9a\x80", b"\xe2\x80", b"\xe2\x81", b"\xe3\x80")
"""How the blanks beyond ASCII begin in UTF-8 (no-break space and its kin)."""


class Decoded(NamedTuple):
    """A text as UTF-8, and whether blanks beyond ASCII may stand in it."""

    data: bytes
    wide_blanks: bool
    findings: tuple[Finding, ...] = ()


def to_utf8(data: bytes, label: str) -> Decoded:
    """Recognise UTF-8, UTF-16 (by its BOM) or else Windows-1252, and give UTF-8.

    Raises `RecountError`, with the line, for a NUL or a byte that none of them knows.
    """
    text, findings = _recoded(data, label)
    _refuse_nul(text, label)
    wide = not text.isascii() and any(start in text for start in _WIDE_BLANKS)
    return Decoded(text, wide, findings)


def _recoded(data: bytes, label: str) -> tuple[bytes, tuple[Finding, ...]]:
    if data.startswith(_UTF16):
        return _from_utf16(data, label), ()
    plain = data.removeprefix(codecs.BOM_UTF8)
    if plain.isascii() or _is_utf8(plain):
        return plain, ()
    _refuse_nul(plain, label)
    return _from_windows(plain, label), (_assumed_windows(label),)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _from_utf16(data: bytes, label: str) -> bytes:
    try:
        return data.decode("utf-16").encode()
    except UnicodeError as fault:
        raise RecountError(
            say("The text is damaged: it begins as UTF-16 and does not stay so."),
            mend=say("Save the table once more, as CSV UTF-8."),
            place=label,
        ) from fault


def _from_windows(data: bytes, label: str) -> bytes:
    try:
        return data.decode("cp1252").encode()
    except UnicodeDecodeError as fault:
        raise RecountError(
            say("A letter cannot be read: the text is neither UTF-8 nor Windows-1252."),
            mend=say("Save the table once more, as CSV UTF-8."),
            place=f"{label}:{_line(data, fault.start)}",
        ) from fault


def _assumed_windows(label: str) -> Finding:
    return Finding(
        rule="encoding",
        severity="note",
        message=say("Read as Windows-1252, because the text is not UTF-8."),
        mend=say("If letters look wrong, save the table once more, as CSV UTF-8."),
        place=label,
    )


def _refuse_nul(data: bytes, label: str) -> None:
    at = data.find(b"\0")
    if at >= 0:
        raise RecountError(
            say("The file holds a NUL byte, which no table of text has."),
            mend=say(
                "Open the table in a spreadsheet program and save it once more, as CSV UTF-8."
            ),
            place=f"{label}:{_line(data, at)}",
        )


def _line(data: bytes, at: int) -> int:
    before = data[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1
