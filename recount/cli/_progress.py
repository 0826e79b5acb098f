"""Steps as they are done in, a bar on standard error out - on a terminal, after a second."""

from __future__ import annotations

import os
import sys
from threading import Lock, Timer
from typing import TYPE_CHECKING, Self

from recount.texts import say, speak

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress as Bar

    from recount.texts import Text

PATIENCE = 1.0
"""Seconds of work before anything is shown."""


class Progress:
    """Told of every step; shows a bar once the work has taken PATIENCE, and takes it away again.

    The bar appears also in the middle of a long step: a timer brings it, not the next step.
    """

    def __init__(self, lang: str, *, shown: bool | None = None) -> None:
        """Decide whether to show anything: by default on a terminal that can move its cursor."""
        self._lang = lang
        self._shown = _is_lively() if shown is None else shown
        self._at: tuple[Text, int, int] = (say("Reading"), 0, 0)
        self._bar: Bar | None = None
        self._over = False
        self._lock = Lock()
        self._timer = Timer(PATIENCE, self._appear)
        self._timer.daemon = True

    def __call__(self, step: Text, done: int, total: int) -> None:
        """`done` of `total` parts of a step are finished."""
        with self._lock:
            self._at = (step, done, total)
            self._draw()

    def __enter__(self) -> Self:
        """Begin to wait."""
        if self._shown:
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the bar away, however the work ended."""
        with self._lock:
            self._over = True
            if self._bar:
                self._bar.stop()
        if self._shown:
            self._timer.cancel()
            self._timer.join()

    def _appear(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        with self._lock:
            if self._over:
                return
            self._bar = Progress(
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                TextColumn("{task.fields[parts]}", markup=False),
                TimeElapsedColumn(),
                console=Console(stderr=True),
                transient=True,
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self._bar.add_task("", parts="")
            self._draw()
            self._bar.start()

    def _draw(self) -> None:
        if not self._bar:
            return
        step, done, total = self._at
        several = total > 1
        self._bar.update(
            self._bar.task_ids[0],
            description=speak(step, self._lang),
            completed=done,
            # A step of one part has no share to show: the bar runs to and fro.
            total=total if several else None,
            parts=f"{done}/{total}" if several else "",
        )


def _is_lively() -> bool:
    stream = sys.stderr
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"
