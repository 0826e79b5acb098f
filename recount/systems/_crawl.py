"""Answers of one system at one time in, one after the other; what they say, row by row, out.

A `Crawl` collects: rows of figures by system and layer, files with their digests, findings, pair
lists and region lists. Members of the family put rows in; `_snapshots` makes snapshots of it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from recount.model import Captured, Finding
from recount.systems._rows import Rows
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recount.captures import Answer
    from recount.model import Layer, Severity
    from recount.systems._paths import Spot
    from recount.texts import Text

UNKNOWN_KEY = "unknown:"
"""Before a key that no system was known to have, where these are counted."""

KEEP = say("Keep the file as it is; it is what the system said.")


class Target(NamedTuple):
    """Whose figures some rows are, and of which layer."""

    system: str
    layer: Layer


@dataclass(slots=True)
class Crawl:
    """All answers of one system under one folder at one time.

    `files`: path or address, digest, bytes, when asked for; `names`: of the files in
    addresses; `times`: what they name themselves. `regions`: names by the system's own ids.
    `nothing`: how often each kind of nothing was met. `below`: which regions an answer lists, and
    `spots`, of which there are answers, to see what is missing.
    """

    root: str
    rows: dict[Target, Rows] = field(default_factory=dict)
    files: list[tuple[str, str, int, str | None]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    regions: dict[str, str] = field(default_factory=dict)
    nothing: Counter[str] = field(default_factory=Counter)
    below: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    spots: set[str] = field(default_factory=set)
    times: dict[int, str] = field(default_factory=dict)

    def receive(self, answer: Answer, path: str) -> None:
        """Note down one more file: what comes next is from it. `path`: what the person named."""
        name, data, fetched_at = answer[:3]
        self.files.append((name, hashlib.sha256(data).hexdigest(), len(data), fetched_at))
        self.names.append(short(name, path))

    def add(self, target: Target, values: dict[str, object], line: int = 1) -> None:
        """Take in one row of the file at hand."""
        values["sheet"], values["row"] = len(self.files) - 1, line
        rows = self.rows.get(target)
        if rows is None:
            rows = self.rows[target] = Rows()
        rows.add(values)

    def lists(self, spot: Spot, ids: Mapping[str, object]) -> None:
        """Note down which regions an answer has rows of."""
        self.below[spot.contest or "", *spot.below] = tuple(ids)

    def find(self, rule: str, severity: Severity, message: Text, mend: Text = KEEP) -> None:
        """Note down a finding about the file at hand."""
        place = self.names[-1] if self.names else None
        self.findings.append(Finding(rule, severity, message, mend, place, "theirs"))


def captured(answer: Answer) -> Captured:
    """Take an answer's digest."""
    digest = hashlib.sha256(answer.data).hexdigest()
    return Captured(answer.name, digest, len(answer.data), answer.fetched_at)


def short(name: str, path: str) -> str:
    """Name an answer in addresses: below what the person named, or by its file's name alone."""
    if name.startswith(path):
        return name[len(path) :].lstrip("/") or name.rpartition("/")[2]
    return name


def line_of(data: bytes, key: str) -> int:
    """Give the line in which a key stands, from 1, as an editor shows it."""
    at = data.find(f'"{key}"'.encode())
    return data.count(b"\n", 0, max(at, 0)) + 1
