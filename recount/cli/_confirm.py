"""Findings that suggest a region for a name in, questions out; what is confirmed becomes aliases.

A person answers; without a terminal nothing is asked and nothing is written.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from recount.aliases import BESIDE, Alias, with_more
from recount.cli._files import destination, write
from recount.cli._streams import tell
from recount.errors import RecountError
from recount.model import LEVELS
from recount.texts import say, speak

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from recount.model import Finding

    Ask = Callable[[str], str]

SUGGESTING = ("unknown-name", "similar-name")
"""The rules whose findings may name a region that is alike."""
YES, NO, STOP = {"y", "yes", "ya"}, {"n", "no", "t", "tidak"}, {"", "q", "quit", "s", "stop"}


def table_of(aliases: str | None, election: str | None) -> Path:
    """The table that confirmed spellings go to. Raises RecountError where nobody can be asked."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise RecountError(
            say("--confirm asks questions, and there is no terminal to ask on."),
            mend=say("Start it on a terminal, or write the lines into the table yourself."),
        )
    if aliases is None and election is None:
        raise RecountError(
            say("It is not said which table the confirmed spellings go to."),
            mend=say("Name it: --aliases aliases.csv; it is made where there is none."),
        )
    table = destination(aliases) if aliases is not None else Path(election or "").with_name(BESIDE)
    with_more(_held(table), ())
    return table


def _held(table: Path) -> bytes | None:
    return table.read_bytes() if table.exists() else None


def suggestions(findings: Iterable[Finding]) -> list[tuple[Alias, str]]:
    """What findings suggest, each spelling once: the line to write, and the region's name."""
    found: dict[tuple[str, str, str], tuple[Alias, str]] = {}
    for finding in findings:
        told = {key: str(value) for key, value in finding.message.values}
        if finding.rule in SUGGESTING and {"suggested", "level", "within"} <= told.keys():
            region = told.get("region", told["suggested"])
            alias = Alias(LEVELS.index(told["level"]), told["within"], told["name"], region)
            found.setdefault((told["level"], told["within"], alias.key), (alias, told["suggested"]))
    return list(found.values())


def confirmed(offered: Iterable[tuple[Alias, str]], ask: Ask, lang: str) -> Iterator[Alias]:
    """Ask one by one; anything but a yes or a no is asked again, an empty line ends it."""
    for alias, suggested in offered:
        question = say(
            "Is “{name}” in {within} the region “{suggested}”? [y/n]",
            name=alias.alias,
            within=alias.within,
            suggested=suggested,
        )
        answer = _answer(f"{speak(question, lang)} ", ask)
        if answer in STOP:
            return
        if answer in YES:
            yield alias


def _answer(question: str, ask: Ask) -> str:
    while (answer := ask(question).strip().lower()) not in YES | NO | STOP:
        pass
    return answer


def ask_on_terminal(question: str) -> str:
    """Ask on standard error, so that standard output stays the report's; "" at the end of input."""
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline()


def confirm(findings: Iterable[Finding], table: Path, lang: str, ask: Ask) -> None:
    """Ask about every suggestion, and append what is confirmed to the table."""
    offered = suggestions(findings)
    if not offered:
        tell([speak(say("There is no suggestion to confirm."), lang)])
        return
    chosen = list(confirmed(offered, ask, lang))
    if chosen:
        write(with_more(_held(table), chosen), table)
        tell([speak(say("{n} spellings added: {path}", n=len(chosen), path=table), lang)])
