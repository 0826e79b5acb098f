"""Family of online systems: saved answers in, snapshots out; nothing is asked of any system here.

`SYSTEMS` is the register. A system is recognised by the keys of an answer and the shape of its
path, or named. Every answer becomes rows, or a finding that says why not: none becomes 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from recount.bodies import BrokenError, parse
from recount.captures import answers
from recount.errors import RecountError
from recount.model import Captured, Finding
from recount.systems import (
    kawalpemilu_2019,
    sirekap_pemilu_2024,
    sirekap_pilkada_2024,
    situng_2019,
    table,
)
from recount.systems._crawl import KEEP, Crawl, captured, short
from recount.systems._lists import Lists
from recount.systems._paths import nowhere, spot_of
from recount.systems._rows import uncollected
from recount.systems._said import Pairs, Said
from recount.systems._snapshots import snapshots_of
from recount.systems._sources import split
from recount.systems._times import find_time
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from recount.captures import Answer
    from recount.model import Snapshot
    from recount.systems._paths import Spot
    from recount.texts import Text

    Tick = Callable[[Text, int, int], None]


__all__ = ["SYSTEMS", "Said", "find_time", "snapshots", "split"]


class Named(Protocol):
    """A member of the family: a module that knows one system."""

    @property
    def ID(self) -> str:  # noqa: N802 - a constant of the module
        """The system's name, as in --system."""


@runtime_checkable
class System(Named, Protocol):
    """A member whose answers are JSON."""

    @property
    def NUMBERS(self) -> Mapping[str, str]:  # noqa: N802 - a constant of the module
        """Candidates' numbers by the system's ids, as far as they are the same for ever."""

    def claims(self, body: Any, spot: Spot) -> bool:  # noqa: ANN401 - JSON
        """Say whether an answer is this system's."""

    def take(self, body: Any, answer: Answer, spot: Spot, crawl: Crawl) -> str | None:  # noqa: ANN401
        """Put an answer's figures in; gives the time that the answer names."""


SYSTEMS: dict[str, Named] = {
    "kawalpemilu-2019": kawalpemilu_2019,
    "sirekap-pilkada-2024": sirekap_pilkada_2024,
    "sirekap-pemilu-2024": sirekap_pemilu_2024,
    "situng-2019": situng_2019,
    "table": table,
}
"""All systems by name, asked in this order; `table` is what a person made of one."""

ANSWERING = {id_: member for id_, member in SYSTEMS.items() if isinstance(member, System)}
"""Those whose answers are JSON."""

_OK = 200
_EVERY = 500
"""Answers between two steps of the progress bar; how many there are is not known before."""
_SHAPES = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What an answer of an unknown shape leads to."""


def snapshots(
    paths: Sequence[str | Path],
    *,
    system: str | None = None,
    taken_at: str | None = None,
    said: Said | None = None,
    tick: Tick | None = None,
) -> list[Snapshot]:
    """Read captures: what each system said at each time, in the order of the times.

    `paths`: folders, archives, single answers, tables. `system`: read what is not recognised as
    this one's, and give only its snapshots. `taken_at`: the time of what names none (ISO, or
    alone in `said`, with candidates' names and numbers for tables). A folder with several crawls
    gives several snapshots. Raises RecountError where nothing can be read.
    """
    if system is not None and system not in SYSTEMS:
        raise RecountError(
            say("The online system “{system}” is not known.", system=system),
            mend=say("There are: {systems}.", systems=", ".join(SYSTEMS)),
        )
    reading = _Reading(system, said or Said(taken_at))
    with uncollected():
        found = _read(reading, paths, tick)
    chosen = [one for one in found if system in {None, one.system}]
    if not chosen:
        raise _nothing(reading.gaps, paths)
    return chosen


def _read(reading: _Reading, paths: Sequence[str | Path], tick: Tick | None) -> list[Snapshot]:
    done = 0
    for path in paths:
        for answer in answers(path):
            reading.receive(answer, str(path))
            done += 1
            if tick and done % _EVERY == 0:
                tick(say("Reading"), done, done + _EVERY)
    return reading.finish()


@dataclass(slots=True)
class _Reading:
    """What was read so far: crawls by system, folder and turn; tables; lists; findings."""

    system: str | None
    said: Said
    crawls: dict[tuple[str, str, int], Crawl] = field(default_factory=dict)
    turns: dict[tuple[str, str], int] = field(default_factory=dict)
    lists: Lists = field(default_factory=Lists)
    tables: list[Snapshot] = field(default_factory=list)
    asides: list[Captured] = field(default_factory=list)
    gaps: list[Finding] = field(default_factory=list)
    last: System | None = None

    def receive(self, answer: Answer, path: str) -> None:
        """Take in one answer, whatever it is."""
        if answer.status not in {None, _OK}:
            self._gap(answer, say("The system answered {status}.", status=answer.status))
        elif not answer.data or answer.data.isspace():
            self._gap(answer, say("The answer is empty."))
        elif answer.name.endswith(".json") or answer.data[:1] in b"{[" or ".json?" in answer.name:
            self._receive_json(answer, path)
        else:
            self._receive_table(answer, path)

    def _receive_json(self, answer: Answer, path: str) -> None:
        try:
            body = parse(answer.data)
        except BrokenError as fault:
            self._gap(answer, fault.reason)
            return
        spot = spot_of(answer.name) or nowhere(answer.name)
        if answer.crawl:  # rounds of one fetch ask the same addresses, and any may be missing
            spot = spot._replace(root=f"{spot.root} {answer.crawl}")
        member = self.last
        # Most answers are of the same system as the one before.
        if member is None or type(body) is not dict or not member.claims(body, spot):
            if self.lists.take(body, spot):
                self._aside(answer)
                return
            member = self._member(body, spot)
        if member is None:
            self._receive_table(answer, path)
            return
        crawl = self._crawl(member, spot, answer.name)
        crawl.receive(answer, path)
        crawl.spots.add(spot.below[-1] if spot.below else "")
        try:
            ts = member.take(body, answer, spot, crawl)
        except _SHAPES:
            self._gap(answer, say("This answer of {system} has another shape.", system=member.ID))
            return
        if ts is not None:
            crawl.times[len(crawl.files) - 1] = ts

    def _member(self, body: object, spot: Spot) -> System | None:
        """Whose answer it is."""
        named = ANSWERING.get(self.system or "")
        found = (member for member in ANSWERING.values() if member.claims(body, spot))
        member = next(found, named)
        self.last = member or self.last
        return member

    def _crawl(self, member: System, spot: Spot, name: str) -> Crawl:
        """Find the crawl an answer belongs to: the same address once more is another time."""
        root = spot.root
        turn = self.turns.get((root, name), 0)
        self.turns[root, name] = turn + 1
        crawl = self.crawls.get((member.ID, root, turn))
        if crawl is None:
            crawl = self.crawls[member.ID, root, turn] = Crawl(root)
        return crawl

    def _receive_table(self, answer: Answer, path: str) -> None:
        try:
            book = table.read_book(answer.data, short(answer.name, path))
            if self.lists.take_table(book):
                self._aside(answer)
                return
            self.tables += table.snapshots_of(book, captured(answer), self.said)
        except RecountError as fault:
            self._gap(answer, fault.message, fault.mend)

    def _aside(self, answer: Answer) -> None:
        """Keep the digest of a list, which every snapshot rests on."""
        self.asides.append(captured(answer))

    def _gap(self, answer: Answer, message: Text, mend: Text = KEEP) -> None:
        self.gaps.append(Finding("gap", "warning", message, mend, answer.name, "theirs"))

    def finish(self) -> list[Snapshot]:
        """Make snapshots of all of it, in the order of their times."""
        found = [*self.tables]
        for (system, _, _), crawl in self.crawls.items():
            crawl.regions = self.lists.regions
            numbers = {**self.said.known, **ANSWERING[system].NUMBERS, **self.lists.numbers}
            here = snapshots_of(crawl, Pairs(numbers, self.lists.names), self.said)
            found += [replace(one, files=(*one.files, *self.asides)) for one in here]
        return _ordered(found, self.gaps)


def _ordered(found: Iterable[Snapshot], gaps: Sequence[Finding]) -> list[Snapshot]:
    ordered = sorted(found, key=lambda one: one.taken_at or "")
    if ordered and gaps:
        ordered[-1] = replace(ordered[-1], gaps=(*gaps, *ordered[-1].gaps))
    return ordered


def _nothing(gaps: Sequence[Finding], paths: Sequence[str | Path]) -> RecountError:
    """Say why nothing could be read: the first reason of all."""
    if gaps:
        return RecountError(gaps[0].message, mend=gaps[0].mend, place=gaps[0].place)
    return RecountError(
        say("No figures of an online system were found."),
        mend=say("Name the folder with its saved answers, or a table; see --system."),
        place=str(paths[0]) if paths else None,
    )
