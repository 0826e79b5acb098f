"""A frame and the forms in, the errors of a drawn batch out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recount.audit.frames import Frame

Form = Mapping[str, int]
"""Votes on a form, by candidate. Whatever else is counted on it (invalid votes) may be there too:
all of it together is held against the bound."""
Audited = Mapping[str, Form | Sequence[Form] | None]
"""Forms by the batch's id. Several copies are a list of forms; None: it is not to be had."""


class Seen(NamedTuple):
    """What a drawn batch shows: its bound u, and its error for each claim.

    `errors` is None where no whole form is to be had: then the batch counts as wrong as it can be.
    """

    u: Fraction
    errors: tuple[Fraction, ...] | None

    @property
    def tau(self) -> Fraction:
        """The largest error over the claims, as a part of the bound."""
        return Fraction(1) if self.errors is None else max(self.errors) / self.u


class Evidence:
    """The forms, each at its batch. A form without some candidate's figure is not a whole form."""

    def __init__(self, frame: Frame, audited: Audited) -> None:
        """Ids that are not in the frame are left out here; `not_drawn` names them."""
        self.frame = frame
        self.audited = audited
        self.needed = {name for claim in frame.claims for name in claim.weights}
        self.at: dict[int, list[Form]] = {}
        self._seen: dict[int, Seen] = {}
        for name, forms in audited.items():
            if (at := frame.stands_for(name)) is not None:
                self.at.setdefault(at, []).extend(_copies(forms))

    def __contains__(self, at: int) -> bool:
        """Whether it is known what the batch's form says, or that there is none."""
        return at in self.at

    def whole(self, at: int) -> list[Form]:
        """The whole forms of a batch: none, one, or copies of it."""
        return [form for form in self.at.get(at, ()) if self.needed <= form.keys()]

    def seen(self, at: int) -> Seen:
        """The batch's errors; of several copies the one that is worse for the claim counts."""
        if at not in self._seen:
            self._seen[at] = Seen(self.frame.u(at), self._errors(at))
        return self._seen[at]

    def _errors(self, at: int) -> tuple[Fraction, ...] | None:
        forms, reported = self.whole(at), self.frame.batches[at].votes
        if not forms:
            return None
        return tuple(max(g.error(reported, form) for form in forms) for g in self.frame.gauges)

    def disagrees(self, at: int) -> bool:
        """Whether there are copies that say different things."""
        first, *others = self.at.get(at) or [{}]
        return any(other != first for other in others)

    @cached_property
    def over_bound(self) -> tuple[str, ...]:
        """The ids of the batches, drawn or not, a form of which has more ballots than their bound.

        One of them is enough: bounds that are not true there may not be true elsewhere.
        """
        return self.ids(at for at in sorted(self.at) if self._over_bound(at))

    def _over_bound(self, at: int) -> bool:
        bound = self.frame.batches[at].bound
        return any(sum(form.values()) > bound for form in self.at[at])

    def ids(self, places: Iterable[int]) -> tuple[str, ...]:
        """The ids of the batches that stand there."""
        return tuple(self.frame.batches[at].id for at in places)

    def not_drawn(self, drawn: set[int]) -> tuple[str, ...]:
        """The ids of the forms that nobody drew."""
        forms = (name for name, form in self.audited.items() if form is not None)
        return tuple(name for name in forms if self.frame.stands_for(name) not in drawn)

    def at_best(self, claim: int) -> Fraction:
        """What the batches that are never drawn (u = 0) take off the errors at the most."""
        return sum(self._least(claim), Fraction(0))

    def _least(self, claim: int) -> Iterator[Fraction]:
        gauge = self.frame.gauges[claim]
        for at, weight in enumerate(self.frame.weights):
            if not weight:
                batch, forms = self.frame.batches[at], self.whole(at)
                found = (gauge.error(batch.votes, form) for form in forms)
                yield min(found, default=gauge.least(batch))


def _copies(forms: Form | Sequence[Form] | None) -> Sequence[Form]:
    if forms is None:
        return ()
    return (forms,) if isinstance(forms, Mapping) else forms
