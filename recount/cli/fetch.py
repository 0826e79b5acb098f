"""`recount fetch`: an online system's answers in, byte for byte, a folder of them out."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import typer

from recount.cli import _fetching as given
from recount.cli._options import Lang, tolerance
from recount.cli._progress import Progress
from recount.cli._streams import put, tell
from recount.cli._words import Page
from recount.crawl import Gap, Means, Summary, crawl
from recount.errors import Exit
from recount.fetch import FAULTS, OK
from recount.manners import Clock, Manners
from recount.result import VERSION
from recount.routes import Wish, first_pages, patterns
from recount.texts import Text, harmless, say, speak

_KALTIM = """recount fetch sirekap-pilkada-2024 \\
      --contest pkwkp --region 64 --depth kabkota"""

PAGE = Page(
    about=say(
        "Asks an online system for its answers, and keeps every one byte for byte with its time "
        "(WARC 1.1). It asks politely, takes up what was interrupted, and never writes a figure "
        "for a request that failed."
    ),
    examples=(
        (
            f"{_KALTIM} -o kaltim/",
            say("A province and each of its kabupaten/kota, once."),
        ),
        (
            f"{_KALTIM} -o kaltim/ --every 15m",
            say("The same again and again; “recount history kaltim/” then shows what changed."),
        ),
    ),
    exits=(
        ("0", say("Every answer was kept.")),
        ("1", say("Some answers are missing; they are listed.")),
        ("2", say("It could not be done: wrong usage, an unknown server, no room to write.")),
        ("130", say("Interrupted; the same command takes it up again.")),
    ),
)
CLOCK = Clock(lambda: datetime.now(UTC), time.monotonic)


def run(  # noqa: PLR0913 - the options of the command
    ctx: typer.Context,
    system: given.System,
    *,
    contest: given.Contest,
    region: given.Region,
    depth: given.Depth,
    output: given.Folder,
    layer: given.Layer = "count",
    base: given.Base = None,
    every: given.Every = None,
    dry_run: given.DryRun = False,
    new: given.Fresh = False,
    timeout: given.Timeout = "30s",
    max_time: given.MaxTime = "6h",
    max_requests: given.MaxRequests = "100000",
    contact: given.Contact = None,
    lang: Lang = None,
) -> int:
    """Carry out the command; gives the exit code."""
    del lang
    wish = given.wish(system, contest, region, depth, layer, base)
    interval = given.interval(every) if every is not None else None
    manners = Manners(
        timeout=given.seconds("--timeout", timeout),
        seconds=given.seconds("--max-time", max_time),
        requests=tolerance(max_requests, "--max-requests"),
    )
    agent = given.agent(VERSION, contact)
    if dry_run:
        return _list(wish, ctx.obj)
    code = Exit.AGREES
    for fresh in _rounds(interval, fresh=new):
        with Progress(ctx.obj) as progress:
            summary = crawl(Path(output), wish, Means(manners, CLOCK, agent, progress), fresh=fresh)
        put("".join(f"{line}\n" for line in _told(summary, ctx.obj)).encode())
        code = Exit.DIFFERS if summary.gaps or summary.halted else Exit.AGREES
    return code


def _rounds(interval: float | None, *, fresh: bool) -> Iterator[bool]:
    """Give, when it is time for a round, whether it shall be a new one in any case.

    All but the first are: what was interrupted belongs to an earlier time.
    """
    due = time.monotonic()
    yield fresh
    while interval is not None:
        due = max(due + interval, time.monotonic())
        time.sleep(max(due - time.monotonic(), 0))
        yield True


def _list(wish: Wish, lang: str) -> int:
    known = [page.url for page in first_pages(wish)]
    put("".join(f"{harmless(url)}\n" for url in [*known, *patterns(wish)]).encode())
    text = say("Nothing was asked. In braces: one for each region that the lists name.")
    tell([speak(text, lang)])
    return Exit.AGREES


def _told(summary: Summary, lang: str) -> Iterator[str]:
    texts: list[Text] = []
    if summary.resumed:
        texts.append(say("An interrupted round was taken up: {n} were there.", n=summary.before))
    texts.append(
        say(
            "Asked: {asked}. Kept: {kept}. Unchanged: {unchanged}. Failed: {failed}.",
            asked=summary.asked,
            kept=summary.kept,
            unchanged=summary.unchanged,
            failed=len(summary.gaps),
        )
    )
    if summary.halted:
        texts.append(
            say(
                "Stopped early: {why}; {n} known addresses were not asked. The same command takes "
                "it up again.",
                why=summary.halted,
                n=summary.left,
            )
        )
    yield from (speak(text, lang) for text in [*texts, *map(_gap, summary.gaps)])


def _gap(gap: Gap) -> Text:
    why = FAULTS[gap.fault]
    if gap.status in {0, OK}:
        return say("Gap: {url}: {why}.", url=gap.url, why=why)
    return say("Gap: {url}: {why} ({status}).", url=gap.url, why=why, status=str(gap.status))
