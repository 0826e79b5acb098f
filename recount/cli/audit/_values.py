"""The values of the options of an audit: text in, exact numbers and rules out."""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from recount.audit import ErrorModel
from recount.auditing.plan import TESTS, Test
from recount.auditing.rules import NAMES, Rule
from recount.cli._options import chosen
from recount.errors import RecountError
from recount.texts import say

LONGEST = 7
"""Digits of a number of votes in a forecast."""

_SHARE = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,6})?) ?(%?)")


def share(option: str, value: str, *, zero: bool = False) -> Fraction:
    """Take a share such as 5% or 0.05, exactly. `zero`: whether it may be none at all."""
    found = _SHARE.fullmatch(value.strip())
    if found:
        exact = Fraction(Decimal(found[1].replace(",", "."))) / (100 if found[2] else 1)
        if 0 < exact < 1 or (zero and not exact):
            return exact
    raise RecountError(
        say("{option} cannot be “{value}”.", option=option, value=value),
        mend=say("Give a share between 0 and 1, such as 5% or 0.05."),
    )


def test(value: str) -> Test:
    """Take the value of --test."""
    name = chosen("--test", value, TESTS)
    return next(one for one in TESTS if one == name)


def rule(value: str) -> Rule:
    """Take the value of --rule: a name of NAMES, and a share behind a colon."""
    name, _, rest = value.partition(":")
    named = chosen("--rule", name, NAMES)
    if not rest:
        return Rule(named)
    if named != "more-than":
        raise RecountError(
            say("{option} cannot be “{value}”.", option="--rule", value=value),
            mend=say("Only more-than has a share, such as more-than:50%."),
        )
    return Rule(named, share=share("--rule", rest))


def errors(value: str) -> ErrorModel:
    """Take the value of --errors: the share of forms with an error, and its votes."""
    rate, _, votes = value.partition(":")
    if not (votes.isascii() and votes.isdigit() and len(votes) <= LONGEST):
        raise RecountError(
            say("{option} cannot be “{value}”.", option="--errors", value=value),
            mend=say("Give a share of the forms and a number of votes, such as 5%:5."),
        )
    return ErrorModel(float(share("--errors", rate, zero=True)), int(votes))


def sets(values: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Take the values of --together: codes between commas."""
    return tuple(tuple(one.strip() for one in text.split(",")) for text in values)


def whole(option: str, value: int | None, most: int, least: int = 1) -> int | None:
    """Take a whole number within bounds."""
    if value is not None and not least <= value <= most:
        raise RecountError(
            say("{option} cannot be “{value}”.", option=option, value=value),
            mend=say("Give a whole number from {least} to {most}.", least=least, most=most),
        )
    return value
