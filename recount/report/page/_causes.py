"""Possible causes as one chooses rows by them: an id in, its kind in a few words out."""

from __future__ import annotations

from recount.texts import say

KINDS = {
    "digit": say("one digit is another"),
    "transposed": say("two digits swapped"),
    "leading_digit": say("digit in front added or dropped"),
    "digit_added": say("digit added"),
    "digit_dropped": say("digit dropped"),
    "zero_or_blank": say("zero or blank"),
    "candidates_exchanged": say("candidates exchanged"),
    "valid_invalid_exchanged": say("valid and invalid exchanged"),
    "column_shift": say("columns shifted"),
    "total_as_candidate": say("total in place of a candidate"),
    "other_region": say("figures of another region"),
    "permuted_regions": say("regions in another order"),
    "unit_missing": say("a unit is missing"),
    "unit_twice": say("a unit counted twice"),
    "total_row_added": say("a total added in"),
    "earlier_capture": say("figure of an earlier capture"),
    "moved_votes": say("votes moved, total the same"),
    "all_raised": say("all candidates raised or lowered"),
}
"""By the id of a cause; an id that has no words stays as it is."""
