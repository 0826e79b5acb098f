"""Why nothing, or no vote, could be compared: what was held in, the fault or finding out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.boxes import box_texts
from recount.coverage import compared
from recount.errors import RecountError
from recount.intake import box_order
from recount.model import NO_VOTES, STRANGERS, Finding
from recount.texts import say

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Sequence

    from recount.options import Options

_HINTS = {"code-system", "similar-name", "unknown-name", "ambiguous-name"}
"""Findings that may be why nothing meets."""


def votes_undone(
    contest: str,
    held: Counter[str],
    votes: Sequence[str],
    boxes: tuple[Sequence[str], Sequence[str]],
) -> Iterator[Finding]:
    """Say when not one figure of the candidates has a counterpart, and why as far as it is known.

    `votes`: their boxes, and `held` what became of them. `boxes`: those of each side.
    """
    if compared(held) or held["conflict"]:
        return
    ours, theirs = (set(votes) & set(own) for own in boxes)
    if ours and theirs and not ours & theirs:
        message = say(
            "The two sides call their candidates differently, so no votes were compared: {ours} "
            "in our files, {theirs} online.",
            ours=box_texts(sorted(ours, key=box_order)),
            theirs=box_texts(sorted(theirs, key=box_order)),
        )
        mend = say(
            "Check that both are of one contest; give an election file with --election that has "
            "each number with its names."
        )
        yield Finding(STRANGERS, "error", message, mend, contest=contest)
    elif votes:
        message = say("No candidate's votes were compared: one side has no figure of theirs.")
        mend = say("See which lines or columns of the files were not understood: recount check.")
        yield Finding(NO_VOTES, "error", message, mend, contest=contest)


def nothing_compared(counts: Counter[str], findings: Iterable[Finding]) -> RecountError:
    """Both sides were read, and no figure of one has a counterpart on the other."""
    if counts["withheld"] and not counts["theirs_only"]:
        return _withheld(counts)
    found = tuple(findings)
    hint = next((f for f in found if f.rule in _HINTS), None)
    advice = say("Check that both are of one contest and name their regions alike, or add codes.")
    if apart := next((f for f in found if f.rule == STRANGERS), None):
        return RecountError(apart.message, mend=apart.mend)
    return RecountError(
        say(
            "Nothing could be compared: {ours} figures only ours, {theirs} only online, "
            "{unread} unread.",
            ours=counts["ours_only"],
            theirs=counts["theirs_only"],
            unread=counts["unread"],
        ),
        mend=say("{advice} For example: {hint}", advice=advice, hint=hint.message)
        if hint
        else advice,
        place=hint.place if hint else None,
    )


def _withheld(counts: Counter[str]) -> RecountError:
    return RecountError(
        say(
            "Nothing could be compared: the online system shows 0 everywhere while TPS are in. It "
            "withholds its figures, {withheld} of them.",
            withheld=counts["withheld"],
        ),
        mend=say("Compare with an earlier capture."),
    )


def no_level(options: Options) -> RecountError:
    """No region of the levels asked for; or, where none was, no region at all."""
    if not options.levels:
        return RecountError(
            say("No row names a region, so nothing can be added up."),
            mend=say("Add columns with the names or codes of the regions, as on the forms."),
        )
    return RecountError(
        say(
            "No region of the level {level} is there to add up.",
            level=", ".join(options.levels),
        ),
        mend=say("Choose a level that the files name, or give the column of that level."),
    )
