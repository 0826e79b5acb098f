"""Whether the claims of a rule are true exactly when the result is: all small elections tried."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations, product
from typing import TYPE_CHECKING

import pytest

from recount.auditing.rules import Rule, claims_of, same_result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recount.audit import Claim

    Votes = dict[str, int]

    Result = tuple[str, ...] | None
    """How it was won and by whom, parties once a seat; None for a tie, which has no result."""

HALF, THIRD, FOUR_TENTHS = Fraction(1, 2), Fraction(1, 3), Fraction(2, 5)
RULES = {
    "most": (Rule(), "abc", 4),
    "most, empty box": (Rule("more-than"), "ab", 9),
    "most with two seats": (Rule(seats=2), "abcd", 3),
    "more than a half": (Rule("more-than"), "abc", 5),
    "more than a half, of four": (Rule("more-than"), "abcd", 3),
    "more than a third": (Rule("more-than", share=THIRD), "abcd", 3),
    "more than 40 %": (Rule("more-than", share=FOUR_TENTHS), "abc", 5),
    "more than two thirds": (Rule("more-than", share=2 * THIRD), "abc", 5),
    "seats by Sainte-Lague": (Rule("sainte-lague", 3), "abc", 5),
    "more seats": (Rule("sainte-lague", 7), "ab", 8),
}


def first(votes: Votes, seats: int, how: str = "") -> Result:
    """Those with most votes, by trying who has more than whom."""
    elected = sorted(a for a in votes if sum(votes[b] > votes[a] for b in votes) < seats)
    return (how, *elected) if len(elected) == seats else None


def by_sainte_lague(votes: Votes, seats: int) -> Result:
    """The parties of the largest quotients."""
    quotients = [(Fraction(n, 2 * at + 1), party) for party, n in votes.items() for at in range(9)]
    quotients.sort(reverse=True)
    if quotients[seats - 1][0] == quotients[seats][0]:
        return None
    return tuple(sorted(party for _, party in quotients[:seats]))


def result(rule: Rule, votes: Votes) -> Result:
    """The result as the rule has it, in other words than those of recount."""
    if rule.name == "sainte-lague":
        return by_sainte_lague(votes, rule.seats)
    if rule.name == "most":
        return first(votes, rule.seats)
    if max(votes.values()) > rule.share * sum(votes.values()):
        return first(votes, 1, "outright")
    return first(votes, 2, "run-off")


def elections(names: str, most: int) -> Iterator[Votes]:
    for figures in product(range(most + 1), repeat=len(names)):
        if any(figures):
            yield dict(zip(names, figures, strict=True))


def true(claim: Claim, votes: Votes) -> bool:
    return sum(weight * votes[name] for name, weight in claim.weights.items()) > 0


def exactly_the_share(rule: Rule, votes: Votes) -> bool:
    """The first has it: a run-off is due, and the claims confirm it as little as a tie."""
    share = rule.share * sum(votes.values())
    return rule.name == "more-than" and share == max(votes.values())


@pytest.mark.parametrize("name", RULES)
def test_the_claims_are_true_together_exactly_when_the_result_is(name: str) -> None:
    rule, names, most = RULES[name]
    found = {}
    every = list(elections(names, most))
    for reported in every:
        claims = claims_of(rule, reported)
        if all(true(claim, reported) for claim in claims):
            found[repr(claims)] = claims, result(rule, reported)
    assert len(found) > 1
    for claims, told in found.values():
        assert told is not None
        for forms in every:
            right = result(rule, forms) == told and not exactly_the_share(rule, forms)
            assert all(true(claim, forms) for claim in claims) is right, (told, forms)


@pytest.mark.parametrize("name", RULES)
def test_two_totals_say_the_same_where_the_results_are_alike(name: str) -> None:
    rule, names, most = RULES[name]
    sure = [
        votes
        for votes in elections(names, min(most, 3))
        if result(rule, votes) and not exactly_the_share(rule, votes)
    ]
    for one, other in product(sure[:: len(sure) // 40 + 1], repeat=2):
        alike = result(rule, one) == result(rule, other)
        assert same_result(rule, one, other) is alike, (one, other)


def test_nor_does_the_order_of_the_names_say_anything() -> None:
    votes = {"a": 45, "b": 40, "c": 15}
    for rule in (Rule(), Rule(seats=2), Rule("more-than"), Rule("sainte-lague", 5)):
        for order in permutations(votes):
            assert same_result(rule, votes, {name: votes[name] for name in order})
