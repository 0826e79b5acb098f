"""The rules R1 to R10 as equations between boxes. Source: forms.md, section 4.

R11 compares forms with each other and R12 looks at single numbers; they have members of their own
among the checks.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from recount.model import Equation, Tolerance
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recount.model import Severity
    from recount.texts import Text

PRINTED = say("Compare with the form: if it says the same, note it; if not, correct our copy.")
DUTY = say(
    "Compare with the form. If it says the same, note it: no sum is printed for this, but the "
    "polling staff see to it that these agree."
)
LISTS = say(
    "Compare with the form. If it says the same, note it: more people than a list holds cannot "
    "have voted from it."
)
RESERVE = say("Nothing to do, unless many forms differ: then ask how many ballots were sent.")

LISTED = ("dpt", "moved", "id_card")
"""The lists of voters; each has a line among the registered and one among those who voted."""

BY_SEX = (
    "registered_dpt",
    "registered_moved",
    "registered_id_card",
    "registered",
    "voters_dpt",
    "voters_moved",
    "voters_id_card",
    "voters",
    "disabled_registered",
    "disabled_voters",
)
"""The lines that come as men, women and both."""

SEXES = ("", ".m", ".f")
AT_A_STATION = Tolerance(Decimal(1))
"""The reserve is rounded up at each TPS, so a form of one is at most a ballot off."""
ABOVE = Tolerance(Decimal(1), percent=True)
"""Above the TPS the rounding of all of them comes together; 1 % is more than it can be."""


def equations(
    *, parts_printed: bool, ballots: Severity, reserve: Decimal, level: str
) -> tuple[Equation, ...]:
    """The rules of a form.

    `parts_printed`: the registered come as three lists and their sum. `ballots`: what a wrong sum
    of the ballots (R6) is. `reserve`: in percent of the DPT.
    """
    around = AT_A_STATION if level == "tps" else ABOVE
    factor = 1 + reserve / 100
    expected = f"ballots_received == registered_dpt * {factor.normalize():f}"
    return (
        *_sums(parts_printed=parts_printed, ballots=ballots),
        *_limits(),
        Equation("R9", expected, "note", RESERVE, around),
    )


def usual() -> tuple[Equation, ...]:
    """The rules where no form is recognised: R6 as a warning, and no R9 without its percentage."""
    return (*_sums(parts_printed=True, ballots="warning"), *_limits())


def _sums(*, parts_printed: bool, ballots: Severity) -> Iterator[Equation]:
    yield _error("R1", "candidates == valid")
    yield _error("R2", "valid + invalid == cast")
    for box in BY_SEX:
        yield _error("R3", f"{box}.m + {box}.f == {box}")
    for sex in SEXES:
        yield _error("R4", f"{_added('voters', sex)} == voters{sex}")
    for sex in SEXES if parts_printed else ():
        yield _error("R5", f"{_added('registered', sex)} == registered{sex}")
    used = "ballots_used + ballots_spoiled + ballots_unused == ballots_received"
    yield Equation("R6", used, ballots, PRINTED)


def _limits() -> Iterator[Equation]:
    yield _warning("R7", "cast == voters", DUTY)
    yield _warning("R7", "ballots_used == cast", DUTY)
    yield _warning("R7", "ballots_used == voters", DUTY, unless="cast")
    yield _warning("R7", "valid + invalid == voters", DUTY, unless="cast")
    for sex in SEXES:
        for name in LISTED:
            yield _warning("R8", f"voters_{name}{sex} <= registered_{name}{sex}", LISTS)
        yield _warning("R10", f"disabled_voters{sex} <= voters{sex}", LISTS)


def _added(line: str, sex: str) -> str:
    return " + ".join(f"{line}_{name}{sex}" for name in LISTED)


def _error(rule: str, text: str) -> Equation:
    return Equation(rule, text, "error", PRINTED)


def _warning(rule: str, text: str, mend: Text, unless: str = "") -> Equation:
    return Equation(rule, text, "warning", mend, unless=unless)
