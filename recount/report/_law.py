"""A margin beside the law's threshold in, the sentences that say so out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.model import Threshold
from recount.tellings import MONTHS
from recount.texts import say
from recount.thresholds import within

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from recount.model import Standing, Within
    from recount.texts import Text


def lines(law: Within, corrected: Standing) -> Iterator[Text]:
    """Whether the margin lies within what the law asks for, and until when."""
    inside = say(
        "The margin online, {margin} votes, is inside the law's threshold: up to {percent} percent "
        "of the valid votes ({votes}) a result can be contested. KPU's final figures count for it."
    )
    outside = say(
        "The margin online, {margin} votes, is outside the law's threshold: only up to {percent} "
        "percent of the valid votes ({votes}) can a result be contested. KPU's final figures count "
        "for it."
    )
    text = inside if law.within else outside
    yield text.filled(margin=law.margin, percent=law.percent, votes=law.votes)
    ours = within(corrected, Threshold(law.percent), None)
    if ours is not None and ours.within != law.within:
        other = say("With our figures, {margin} votes, it would be inside.", margin=ours.margin)
        if not ours.within:
            other = say(
                "With our figures, {margin} votes, it would be outside.", margin=ours.margin
            )
        yield other
    if law.last_day is not None:
        yield say(
            "{said} (three working days, the day of the announcement counted; public holidays are "
            "not known here and would make it later).",
            said=_until(law.last_day, law.days_left),
        )


def _until(last: date, left: int | None) -> Text:
    """Say the last day, and how far it is from today where that is known."""
    day, month = str(last.day), MONTHS[last.month - 1]
    date = say("{day} {month} {year}", day=day, month=month, year=str(last.year))
    if left is None:
        return say("Last day to file: {date}", date=date)
    if left < 0:
        return say("The last day to file was {date}", date=date)
    if left == 0:
        return say("Today is the last day to file: {date}", date=date)
    return say("Last day to file: {date}, days left: {n}", date=date, n=left)
