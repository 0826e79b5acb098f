"""Rules about one side: each member takes a tally and returns findings.

In come the forms of one side, contest by contest; out come findings with place and region.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from recount.checks import digits, equations, parents, repeats

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recount.checks._side import CheckedSide
    from recount.model import Finding, RuleSetting


class Check(Protocol):
    """What a member of the family can do."""

    def __call__(self, side: CheckedSide) -> list[Finding]:
        """Find what does not hold; an empty list when everything does."""


CHECKS: dict[str, Check] = {
    "equations": equations.check,
    "parents": parents.check,
    "digits": digits.check,
    "repeats": repeats.check,
}


def check(side: CheckedSide) -> list[Finding]:
    """Run every rule over one side; all faults at once."""
    return [finding for member in CHECKS.values() for finding in member(side)]


def weighed(findings: Iterable[Finding], rules: Mapping[str, RuleSetting]) -> list[Finding]:
    """The findings as heavy as a project wants them: its severity of a rule goes before all."""
    return [
        finding._replace(severity=setting.severity)
        if (setting := rules.get(finding.rule)) and setting.severity
        else finding
        for finding in findings
    ]
