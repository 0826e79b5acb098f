"""What a reader asked for in, the sentences that say what is not shown for it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.model import LEVELS
from recount.report.words import LEVEL_WORDS, box, names
from recount.texts import Several, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recount.result import Result
    from recount.showing import Hidden
    from recount.texts import Text


def lines(result: Result, lang: str) -> tuple[str, ...]:
    """Say what is shown only, and how much is left; nothing where everything is shown."""
    hidden = result.hidden
    if hidden is None:
        return ()
    asked = Several(tuple(_asked(result, hidden, lang)), "; ")
    texts = [say("Shown only: {what}.", what=asked)]
    left = _left(hidden)
    if left:
        texts.append(
            say(
                "Not shown for that: {regions}, with {n} rows; all of it is counted.",
                regions=Several(tuple(left)),
                n=hidden.rows,
            )
        )
    elif hidden.rows:
        texts.append(say("Not shown for that: {n} rows; all of it is counted.", n=hidden.rows))
    return tuple(speak(text, lang) for text in texts)


def _asked(result: Result, hidden: Hidden, lang: str) -> Iterator[Text]:
    asked = hidden.asked
    if asked.region is not None:
        yield say("{name} ({region}) and what lies in it", **asked.region._asdict())
    if asked.candidate is not None:
        contest = result.election.contests[0].id
        who = box(contest, asked.candidate, names(result.election), lang)
        yield say("the votes of {candidate}", candidate=who)
    if hidden.least is not None:
        yield say("differences of at least {least}", least=hidden.least)
    if asked.top is not None:
        yield say(
            "of each level the first {n}, the largest effect on the margin first", n=asked.top
        )


def _left(hidden: Hidden) -> list[Text]:
    """How many regions of each level are not shown."""
    counts = [
        (level, sum(n for (_, at), n in hidden.left.items() if at == level)) for level in LEVELS
    ]
    return [say("{n} {what}", n=n, what=LEVEL_WORDS[level]) for level, n in counts if n]
