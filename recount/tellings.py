"""The sentences of a history: rows of steps in, texts for two languages out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from recount.boxes import box_text
from recount.series import MARK
from recount.texts import Several, Text, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MONTHS = (
    *(say("January"), say("February"), say("March"), say("April"), say("May"), say("June")),
    *(say("July"), say("August"), say("September"), say("October"), say("November")),
    say("December"),
)
_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d))?.*")

_DATED = re.compile(
    r"(\d{4})-(0[1-9]|1[0-2])-(\d\d)(?:T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[-+]\d\d:\d\d)?)?"
)

LATE = say("though every TPS had been in before")

PRESENCE = {"vanished": say("the region vanished"), "new": say("the region appeared")}

HOLDING = {
    "withheld": say("every figure became 0 while TPS were in: withheld, and not compared"),
    "returned": say("the figures that were withheld came back"),
}


def when(time: str | None) -> Text:
    """Say a time as people do: 29 June 10:30."""
    parts = _TIME.fullmatch(time or "")
    if not parts:
        return Text(time or "-")
    month = MONTHS[int(parts[2]) - 1]
    day = str(int(parts[3]))
    if parts[4] is None:
        return say("{day} {month}", day=day, month=month)
    return say("{day} {month} {time}", day=day, month=month, time=parts[4])


def dated(time: str) -> Text:
    """Say a time in full, its zone too: 29 June 2018 10:30 +08:00; what is no time, as it is."""
    parts = _DATED.fullmatch(time)
    if not parts:
        return say("{time}", time=time)
    date = {"day": str(int(parts[3])), "month": MONTHS[int(parts[2]) - 1], "year": parts[1]}
    text = say("{day} {month} {year}", **date)
    clock = " ".join(part for part in (parts[4], parts[5]) if part)
    return say("{date} {clock}", date=text, clock=clock) if clock else text


def sentence(region: str, row: dict[str, Any], what: Text, more: Sequence[Text | None]) -> Text:
    """Put the parts of an event into one sentence."""
    parts = Several((what, *(part for part in more if part)))
    before, at = row.get("seen before"), row["seen"]
    if before is None:
        return say("{region}, {at}: {parts}.", region=region, at=when(at), parts=parts)
    same_day = before[:10] == at[:10] and len(at) > len("2018-06-29T10")
    return say(
        "{region}, between {before} and {at}: {parts}.",
        region=region,
        before=when(before),
        at=Text(at[11:16]) if same_day else when(at),
        parts=parts,
    )


def _who(item: str) -> Text:
    if item.startswith("candidate:"):
        return say("candidate {id}", id=item.removeprefix("candidate:"))
    return box_text(item)


def moved(item: str, row: dict[str, Any]) -> Text:
    """One figure that fell or rose."""
    values = {"before": row["before"], "after": row["after"], "who": _who(item)}
    if row["change"] < 0:
        return say("{who} fell by {n} ({before} to {after})", n=-row["change"], **values)
    return say("{who} rose by {n} ({before} to {after})", n=row["change"], **values)


def _transfer(row: dict[str, Any], down: int, up: int) -> Text:
    return say(
        "{loser} fell by {down} while {winner} rose by {up}",
        loser=_who(row["item"]),
        winner=_who(row["item other"]),
        down=down,
        up=up,
    )


def _exchange(row: dict[str, Any], down: int, up: int) -> Text:
    del up
    return say(
        "{loser} and {winner} exchanged their figures, {before} and {after} ({n} votes)",
        loser=_who(row["item"]),
        winner=_who(row["item other"]),
        before=row["before"],
        after=row["after"],
        n=down,
    )


PAIRS: dict[str, Callable[[dict[str, Any], int, int], Text]] = {
    "transfer": _transfer,
    "exchange": _exchange,
}


def led(lead: dict[str, Any] | None) -> Text | None:
    """Say that the lead changed as well."""
    if lead is None:
        return None
    ids = (lead[key].removeprefix("candidate:") for key in ("leader before", "leader"))
    return say("the lead went from {first} to {second}", first=next(ids), second=next(ids))


def lead(row: dict[str, Any]) -> Text:
    """Say who came to lead, and by how much."""
    return say(
        "the lead went from {first} (by {before}) to {second} (by {after})",
        first=_who(row["leader before"]),
        second=_who(row["leader"]),
        before=row["before"],
        after=row["after"],
    )


def jump(row: dict[str, Any]) -> Text:
    """Say that more votes came than the new TPS can hold."""
    return say("the candidates together rose by {n}, more than the new TPS hold", n=row["change"])


def back(row: dict[str, Any]) -> Text:
    """Say that there are fewer TPS in than before."""
    return say("{n} TPS that were in are in no more", n=-row["change"])


def held_all(kind: str, regions: int) -> Text:
    """Say that a whole contest was withheld, or came back."""
    return say("{what}, in all {n} regions", what=HOLDING[kind], n=regions)


def counted(row: dict[str, Any], column: str, total: str) -> Text | None:
    """Say whether the number of TPS that are in moved."""
    before, after, whole = row.get(f"{column} before"), row.get(column), row.get(total)
    if before is None or after is None:
        return None
    if before == after:
        return say("TPS in unchanged at {n} of {m}", n=after, m=whole)
    return say("TPS in from {before} to {after} of {m}", before=before, after=after, m=whole)


def lawful(row: dict[str, Any], settled: int | None) -> Text | None:
    """Say what the data show of a lawful reason: a re-vote, a correction after the recap."""
    if row.get(MARK):
        return say("the system marks a re-vote here")
    if settled is not None and settled == row.get("after"):
        return say("it now equals the official recap")
    return None
