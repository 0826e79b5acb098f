"""JSON of a plan in, values of the kinds that belong there out; all else is one clear error."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from recount.errors import RecountError
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recount.texts import Text

MOST = 10**12
"""No count of ballots or regions is larger."""

LONGEST, LONGEST_TEXT = 2000, 10_000
"""Digits of a fraction's parts, and characters of any other text."""

_FRACTION = re.compile(rf"(-?[0-9]{{1,{LONGEST}}})(?:/([0-9]{{1,{LONGEST}}}))?")
SHA256 = re.compile(r"[0-9a-f]{64}")


class Part(NamedTuple):
    """An object of the file: what stands in it, and how a person finds it there."""

    values: dict[str, Any]
    path: str
    label: str

    def wrong(self, wanted: Text, key: str) -> RecountError:
        """The error of a key that holds something else, or is not there."""
        where = f"{self.path}.{key}" if self.path else key
        return RecountError(
            say("The plan is damaged: “{key}” needs {wanted}.", key=where, wanted=wanted),
            mend=say("Take the plan as it was published, or make it anew: recount audit plan."),
            place=self.label,
        )

    def text(self, key: str) -> str:
        """A text."""
        value = self.values.get(key)
        if not isinstance(value, str) or len(value) > LONGEST_TEXT:
            raise self.wrong(say("a text"), key)
        return value

    def optional(self, key: str) -> str | None:
        """A text, or null."""
        return None if self.values.get(key) is None else self.text(key)

    def one_of(self, key: str, choices: tuple[str, ...]) -> str:
        """One of some texts."""
        value = self.text(key)
        if value not in choices:
            raise self.wrong(say("one of: {choices}", choices=", ".join(choices)), key)
        return value

    def digest(self, key: str) -> str:
        """A SHA-256."""
        value = self.text(key)
        if not SHA256.fullmatch(value):
            raise self.wrong(say("a SHA-256 of 64 digits"), key)
        return value

    def count(self, key: str, least: int = 0) -> int:
        """A whole number up to MOST."""
        value = self.values.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= MOST:
            raise self.wrong(say("a whole number from {least} on", least=least), key)
        return value

    def fraction(self, key: str) -> Fraction:
        """An exact number, written as `5/100`."""
        found = _FRACTION.fullmatch(self.text(key))
        if found is None or (found[2] is not None and not int(found[2])):
            raise self.wrong(say("a fraction such as 5/100"), key)
        return Fraction(int(found[1]), int(found[2] or 1))

    def part(self, key: str) -> Part:
        """An object."""
        return self._as_part(key, self.values.get(key))

    def parts(self, key: str) -> Iterator[Part]:
        """The objects of a list."""
        for at, value in enumerate(self.list_(key)):
            yield self._as_part(f"{key}[{at}]", value)

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a list."""
        found = self.list_(key)
        if not all(isinstance(one, str) and len(one) <= LONGEST_TEXT for one in found):
            raise self.wrong(say("a list of texts"), key)
        return tuple(found)

    def list_(self, key: str) -> list[Any]:
        """A list."""
        value = self.values.get(key)
        if not isinstance(value, list):
            raise self.wrong(say("a list"), key)
        return value

    def _as_part(self, key: str, value: object) -> Part:
        if not isinstance(value, dict):
            raise self.wrong(say("an object"), key)
        return Part(value, f"{self.path}.{key}" if self.path else key, self.label)


def document(data: bytes, label: str, kind: str, schema: int) -> Part:
    """Read a JSON document of a kind that says its name. Raises RecountError."""
    try:
        values = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        raise RecountError(
            say("This is no valid JSON."),
            mend=say("Take the plan as it was published, or make it anew: recount audit plan."),
            place=label,
        ) from fault
    whole = Part(values if isinstance(values, dict) else {}, "", label)
    found = whole.values.get("schema")
    if whole.values.get("kind") != kind or type(found) is not int or found != schema:
        raise RecountError(
            say("This is no audit plan that this version of recount can read."),
            mend=say("Name the folder that recount audit plan wrote, or take a newer recount."),
            place=label,
        )
    return whole


def written(values: dict[str, object]) -> bytes:
    """Write a document, the same bytes for the same values."""
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode()


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)
