"""What may be wrong with a written place, each with what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from recount.model import Severity

SHOWN = 60
"""More names than any region has parts are not listed."""


class Fault(NamedTuple):
    """What is wrong with a place, for each row that names it."""

    rule: str
    severity: Severity
    message: Text
    mend: Text


def no_code(code: str) -> Fault:
    """The cell of the code holds something else."""
    return Fault(
        "no-code",
        "warning",
        say("“{code}” is no region code; the names decide.", code=code),
        say("Write the code of Kemendagri, such as 64.72.01, or leave the cell blank."),
    )


def code_unused(code: str) -> Fault:
    """The code is not in the list, or stands beside different names."""
    return Fault(
        "code-unused",
        "warning",
        say(
            "The code {code} is unknown or stands beside different names; the names decide.",
            code=code,
        ),
        say("Check the code against the region list."),
    )


def code_unknown(code: str) -> Fault:
    """The same, and there is no name to go by."""
    return Fault(
        "code-unknown",
        "error",
        say("The code {code} is unknown or stands beside different names.", code=code),
        say("Correct the code or add the name; until then the row is left out."),
    )


def code_disagrees(code: str, name: str, known: str) -> Fault:
    """The code belongs to another name."""
    return Fault(
        "code-name",
        "error",
        say(
            "The code {code} is {known}, but the name beside it is “{name}”.",
            code=code,
            known=known,
            name=name,
        ),
        say("Correct the code or the name; until then the row is left out."),
    )


def no_place() -> Fault:
    """Neither a code nor a name."""
    return Fault(
        "no-place",
        "error",
        say("The row has figures, but names no place."),
        say("Write the place into the row; until then it is left out."),
    )


def several(name: str, regions: Collection[str]) -> Fault:
    """The name fits more than one region."""
    return Fault(
        "ambiguous-name",
        "error",
        say(
            "“{name}” may be any of several regions: {regions}.",
            name=name,
            regions=_listed(regions),
        ),
        say("Write the name in full, with its kabupaten/kota; until then the row is left out."),
    )


def unknown(
    name: str, suggested: str | None, known: Collection[str], where: tuple[str, str]
) -> Fault:
    """The list has no such name there; `where`: the level's name, and the region it is in."""
    if suggested:
        return Fault(
            "unknown-name",
            "error",
            say(
                "“{name}” is not in the region list; “{suggested}” is alike.",
                name=name,
                suggested=suggested,
                level=where[0],
                within=where[1],
            ),
            say("If it is that region, correct the name; until then the row is left out."),
        )
    return Fault(
        "unknown-name",
        "error",
        say("“{name}” is not in the region list.", name=name),
        say("Names known there: {names}.", names=_listed(known)),
    )


def alike(name: str, suggested: str) -> Fault:
    """One side only has the name, the other side only one that is similar."""
    return Fault(
        "similar-name",
        "warning",
        say(
            "“{name}” stands on this side only; the other side has “{suggested}”, which is alike.",
            name=name,
            suggested=suggested,
        ),
        say("If both are the same region, correct one of the two names."),
    )


def floating(name: str, regions: Iterable[str]) -> Fault:
    """A desa without anything above it, and the other side has one of that name somewhere."""
    return Fault(
        "floating-name",
        "warning",
        say(
            "“{name}” names no kecamatan and no kabupaten/kota here; it was not taken for the "
            "other side's {regions}.",
            name=name,
            regions=_listed(sorted(regions)),
        ),
        say("Write them above the table, into the row or into the file's name."),
    )


def two_names(name: str, other: str) -> Fault:
    """One side writes the same region in two ways."""
    return Fault(
        "two-names",
        "warning",
        say(
            "“{name}” and “{other}”, both on this side, are taken as one region.",
            name=name,
            other=other,
        ),
        say("If they are two regions, write both names in full; else write them alike."),
    )


def _listed(names: Collection[str]) -> str:
    if not names:
        return "-"
    more = ", ..." if len(names) > SHOWN else ""
    return ", ".join(sorted(names)[:SHOWN]) + more
