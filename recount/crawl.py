"""One round of a fetch: what is wished for in, the answers in a fetch folder out, and a summary.

Walks down the system's own lists of regions, the upper levels first. What failed for a passing
reason is asked once more at the end; what still fails is noted down as a gap.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple, Self

from recount.fetch import Client
from recount.journal import Journal
from recount.lock import locked
from recount.manners import HaltedError
from recount.routes import ROUTES, below, first_pages
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from recount.fetch import Reply
    from recount.manners import Clock, Manners
    from recount.options import Tick
    from recount.routes import Page, Wish

STAMP = "%Y-%m-%dT%H:%M:%S.%fZ"


class Gap(NamedTuple):
    """An address without a whole answer; `fault` is a key of `fetch.FAULTS`."""

    url: str
    fault: str
    status: int


@dataclass(slots=True)
class Summary:
    """What a round has come to. Counts are addresses, not tries.

    `before`: kept before a kill, and not asked again. `kept`: answers that are new or changed.
    `halted`: why it stopped early, with `left` addresses known but not asked; None when the round
    is complete.
    """

    asked: int = 0
    kept: int = 0
    unchanged: int = 0
    before: int = 0
    gaps: list[Gap] = field(default_factory=list)
    halted: Text | None = None
    left: int = 0
    resumed: bool = False


@dataclass(frozen=True, slots=True)
class Means:
    """What a round is done with: how to behave, what time it is, who asks, whom to tell."""

    manners: Manners
    clock: Clock
    agent: str
    tick: Tick


def crawl(folder: Path, wish: Wish, means: Means, *, fresh: bool = False) -> Summary:
    """Do one round, or the rest of one that was killed (`fresh`: never that).

    Raises RecountError when the folder cannot be used or the server cannot prove who it is. What
    has been kept until then stays.
    """
    referer = ROUTES[wish.system].referer
    headings = {"User-Agent": means.agent} | ({"Referer": referer} if referer else {})
    with locked(folder), Client(means.manners, means.clock, headings) as client:
        journal = Journal(folder)
        at = means.clock.wall().strftime(STAMP)
        resumed = journal.begin(wish, at, means.agent, fresh=fresh)
        return _Round(wish, means, client, journal, resumed=resumed).run()


class _Round:
    def __init__(
        self, wish: Wish, means: Means, client: Client, journal: Journal, *, resumed: bool
    ) -> None:
        self._wish, self._means = wish, means
        self._client, self._journal = client, journal
        self._pages: deque[Page] = deque()
        self._seen: set[str] = set()
        self._later: dict[Page, Reply] = {}
        self._retried: set[Page] = set()
        self._summary = Summary(resumed=resumed)

    def run(self) -> Summary:
        summary = self._summary
        try:
            self._add(first_pages(self._wish))
            self._walk()
            while again := [page for page in self._later if page not in self._retried]:
                self._retried.update(again)
                self._pages.extend(again)
                self._walk()
        except HaltedError as halted:
            summary.halted = halted.reason
            summary.left += len(self._pages)
            summary.gaps += [_gap(reply) for reply in self._later.values()]
        else:
            self._journal.end(self._means.clock.wall().strftime(STAMP))
        return summary

    def _walk(self) -> None:
        """Ask all pages that there are, and all to which they lead. Raises HaltedError."""
        with _Workers(self._client, self._means.manners.at_once) as workers:
            try:
                while self._pages or workers.busy:
                    self._step(workers)
            except HaltedError:
                self._summary.left += 1
                self._finish(workers)
                raise

    def _step(self, workers: _Workers) -> None:
        self._tell(workers.busy)
        if self._pages and workers.busy < self._means.manners.at_once:
            page = self._pages.popleft()
            if not self._known(page):
                workers.ask(page)
        else:
            self._settle(*workers.answer())

    def _finish(self, workers: _Workers) -> None:
        """Keep what is still under way, and ask nothing more."""
        while workers.busy:
            try:
                self._settle(*workers.answer())
            except HaltedError:
                self._summary.left += 1

    def _known(self, page: Page) -> bool:
        """Take what the round held before a kill; say whether it held this page."""
        entry = self._journal.kept.get(page.url)
        if entry is None:
            return False
        self._summary.before += 1
        if entry.note:
            self._summary.gaps.append(Gap(page.url, entry.note, entry.status or 0))
        elif page.kind == "regions":
            self._add(below(self._wish, page, self._journal.body(page.url)))
        return True

    def _settle(self, page: Page, reply: Reply) -> None:
        if page not in self._later:
            self._summary.asked += 1
        if reply.transient and page not in self._retried:
            self._later[page] = reply
            return
        self._later.pop(page, None)
        if page.kind == "regions" and reply.fault is None:
            try:
                self._add(below(self._wish, page, reply.body))
            except ValueError:
                reply = reply._replace(fault="no_list")
        unchanged = self._journal.keep(reply)
        if reply.fault:
            self._summary.gaps.append(_gap(reply))
        elif unchanged:
            self._summary.unchanged += 1
        else:
            self._summary.kept += 1

    def _add(self, pages: Iterable[Page]) -> None:
        for page in pages:
            if page.url not in self._seen:
                self._seen.add(page.url)
                self._pages.append(page)

    def _tell(self, busy: int) -> None:
        total = len(self._seen)
        waiting = sum(page not in self._retried for page in self._later)
        done = total - len(self._pages) - busy - waiting
        self._means.tick(say("Fetching"), done, total)


class _Workers:
    """Threads that ask; they hold up nobody's end, so that an interruption is quick."""

    def __init__(self, client: Client, number: int) -> None:
        self.busy = 0
        self._client = client
        self._pages: SimpleQueue[Page | None] = SimpleQueue()
        self._answers: SimpleQueue[tuple[Page, Reply | BaseException]] = SimpleQueue()
        self._threads = [Thread(target=self._work, daemon=True) for _ in range(number)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for _thread in self._threads:
            self._pages.put(None)

    def ask(self, page: Page) -> None:
        self.busy += 1
        self._pages.put(page)

    def answer(self) -> tuple[Page, Reply]:
        page, reply = self._answers.get()
        self.busy -= 1
        if isinstance(reply, BaseException):
            raise reply
        return page, reply

    def _work(self) -> None:
        while page := self._pages.get():
            try:
                self._answers.put((page, self._client.get(page.url)))
            except BaseException as fault:  # noqa: BLE001 - it is raised where the answer is taken
                self._answers.put((page, fault))


def _gap(reply: Reply) -> Gap:
    return Gap(reply.url, reply.fault or "", reply.status)
