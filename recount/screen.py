"""One side's files in, the screening tests and pictures of each contest out.

A test speaks of figures, not of people: see `screening`. Only units whose figures are whole are
looked at; a sum with a blank in it has digits of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from recount import engine
from recount.aggregate import ancestors, at_level, present_levels, totals
from recount.boxes import CANDIDATE
from recount.errors import RecountError
from recount.material import read_material
from recount.model import LEVELS
from recount.options import Options
from recount.result import VERSION
from recount.screening import (
    Part,
    integer_percent,
    last_digit,
    second_digit,
    too_small,
    turnout_and_share,
)
from recount.screening.digits import FEWEST
from recount.screening.percentages import FEWEST_VOTERS, HIGHEST
from recount.sides import whose
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recount.engine import Frame
    from recount.material import Material
    from recount.model import Election, Finding, Input
    from recount.screening import Benford, Clouds, IntegerPercent, LastDigit

TURNOUT = "turnout"
"""What is tested beside the candidates: the voters of those registered."""
_VOTED = ("voters", "cast")
_REGISTERED = ("registered", "registered_dpt")


@dataclass(frozen=True, slots=True)
class Test:
    """One test. `found` None: it was not made, and `why` says why.

    `of`: a candidate's box, or TURNOUT.
    """

    contest: str
    level: str
    of: str
    found: LastDigit | IntegerPercent | None
    kind: str
    why: Text | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: of a candidate's second digits, or of turnout against the leader's share."""

    contest: str
    level: str
    of: str
    shows: Benford | Clouds


@dataclass(frozen=True, slots=True)
class Screened:
    """Everything that was looked at."""

    version: str
    election: Election
    inputs: tuple[Input, ...]
    tests: tuple[Test, ...]
    pictures: tuple[Picture, ...]
    findings: tuple[Finding, ...]
    assumptions: tuple[Text, ...] = ()


class _Units:
    """The whole units of a contest at a level: for each box its figures, in the units' order."""

    def __init__(self, contest: str, level: int, frame: Frame) -> None:
        self.contest = contest
        self.level = LEVELS[level]
        self._frame = frame
        boxes = [name for name in frame.columns if f"{name}.read" in frame.columns]
        self.candidates = [name for name in boxes if name.startswith(CANDIDATE)]
        self._known = frozenset(boxes)

    def figures(self, *boxes: str) -> list[tuple[int, ...]]:
        """The figures of the units in which each of these boxes is whole."""
        if not boxes or not set(boxes) <= self._known:
            return []
        whole = [nw.col(f"{box}.read") == nw.col("expected") for box in boxes]
        rows: list[tuple[int, ...]] = self._frame.filter(*whole).select(*boxes).rows()
        return rows

    def leader(self) -> str | None:
        """The candidate with most votes in the units in which all candidates are whole."""
        rows = self.figures(*self.candidates)
        sums = [sum(column) for column in zip(*rows, strict=True)]
        return self.candidates[sums.index(max(sums))] if sums else None

    def turnout(self) -> tuple[str, str]:
        """The boxes that say how many are registered, and how many voted."""
        registered, voted = (
            next((box for box in boxes if box in self._known), boxes[0])
            for boxes in (_REGISTERED, _VOTED)
        )
        return registered, voted


def screen(sources: Any, **options: Any) -> Screened:  # noqa: ANN401 - paths or any frame
    """Screen the figures of one side; `sources` and `options` as in `api.check`.

    Raises RecountError where not one test can be made.
    """
    return screen_with(sources, Options(**options))


def screen_with(sources: Any, options: Options) -> Screened:  # noqa: ANN401 - see above
    """Do what `screen` does, with the options as one value."""
    read_ = read_material([(whose(sources), sources)], options, counted=False)
    tests: list[Test] = []
    pictures: list[Picture] = []
    for contest in read_.tallies[0].frames:
        for units in _levels(read_, contest, options):
            tests += _tests(units)
            pictures += _pictures(units)
    if not any(test.found for test in tests):
        raise _nothing(tests)
    return Screened(
        VERSION,
        read_.election,
        read_.inputs,
        tuple(tests),
        tuple(pictures),
        tuple(read_.findings),
        read_.assumptions,
    )


def _levels(material: Material, contest: str, options: Options) -> Iterator[_Units]:
    """The units of the levels asked for; else those of the finest level there is."""
    forms = material.chosen(contest, options)[0].forms
    wanted = options.wanted_levels()
    finest = max(present_levels(forms), default=0)
    up = engine.along(ancestors(material.regions), forms)
    for level in sorted(wanted) if wanted is not None else [finest]:
        if level <= finest:
            added = engine.collect(totals(forms, up, material.regions, level))
            yield _Units(contest, level, at_level(added, material.regions, level))


def _tests(units: _Units) -> Iterator[Test]:
    about = units.contest, units.level
    for box in units.candidates:
        counts = [count for (count,) in units.figures(box)]
        why = _no_last_digit(counts)
        yield Test(*about, box, None if why else last_digit(counts), "last_digit", why)
    leader = units.leader()
    if leader is None:
        return
    both = list(_both_parts(units, leader))
    for of, parts in ((TURNOUT, [t for t, _ in both]), (leader, [s for _, s in both])):
        found = integer_percent(parts) if len(parts) >= FEWEST else None
        yield Test(*about, of, found, "integer_percent", None if found else _few(len(parts)))


def _no_last_digit(counts: Sequence[int]) -> Text | None:
    if len(counts) < FEWEST:
        return _few(len(counts))
    if too_small(counts):
        return say(
            "Too many of the counts are below 10: their last digits cannot be even. Try a level "
            "above: --level."
        )
    return None


def _few(units: int) -> Text:
    return say(
        "Only {units} units have the figures that it takes; it takes {least}.",
        units=units,
        least=FEWEST,
    )


def _both_parts(units: _Units, leader: str) -> Iterator[tuple[Part, Part]]:
    """Turnout and the leader's share of each unit that is large enough and below 99 % in both."""
    boxes = (*units.turnout(), "valid", leader)
    for registered, voted, valid, votes in units.figures(*boxes):
        turnout, share = Part(voted, registered), Part(votes, valid)
        if registered >= FEWEST_VOTERS and _below(turnout) and _below(share):
            yield turnout, share


def _below(one: Part) -> bool:
    return one.whole > 0 and 0 <= 100 * one.part <= HIGHEST * one.whole


def _pictures(units: _Units) -> Iterator[Picture]:
    leader = units.leader()
    if leader is None:
        return
    digits = second_digit(count for (count,) in units.figures(leader))
    if digits.units >= FEWEST:
        yield Picture(units.contest, units.level, leader, digits)
    both = list(_both_parts(units, leader))
    if len(both) >= FEWEST:
        yield Picture(units.contest, units.level, leader, turnout_and_share(both))


def _nothing(tests: Sequence[Test]) -> RecountError:
    message = next((test.why for test in tests if test.why), None)
    return RecountError(
        message or say("No candidate's votes were read, so there is nothing to test."),
        mend=say("Give files with more units, or choose another level: --level tps."),
    )
