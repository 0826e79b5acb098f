"""How a good client behaves: its pace, its pauses, its budget, and when it gives up."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from threading import Event, Lock
from typing import TYPE_CHECKING, NamedTuple

from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


class HaltedError(Exception):
    """Asking on would be useless or rude; what has been kept stays, and can be taken up again."""

    def __init__(self, reason: Text) -> None:
        """`reason` says why, for the person who waits."""
        super().__init__(reason.template)
        self.reason = reason


class Clock(NamedTuple):
    """The time of day (with its zone), and seconds that never go backwards."""

    wall: Callable[[], datetime]
    seconds: Callable[[], float]


@dataclass(frozen=True, slots=True)
class Manners:
    """How a client behaves. Times in seconds.

    `rate`: most requests in a second. `patience`: how long it waits when the server says for how
    long. `pause`, `longest_pause`: between two tries. `misses`: so many addresses in a row asked in
    vain, and it gives up. `requests`, `seconds`: the budget of one round.
    """

    at_once: int = 2
    rate: float = 10.0
    tries: int = 5
    timeout: float = 30.0
    patience: float = 600.0
    pause: float = 1.0
    longest_pause: float = 60.0
    misses: int = 10
    requests: int = 100_000
    seconds: float = 6 * 3600.0


class Gate:
    """Where every request passes, one after the other: keeps the pace, the pauses, the budget."""

    def __init__(self, manners: Manners, clock: Clock, halt: Event) -> None:
        """`halt`: set when nobody shall wait any longer."""
        self._manners, self._seconds, self._halt = manners, clock.seconds, halt
        self._lock = Lock()
        self._asked, self._free_at = 0, 0.0
        self._began: float | None = None

    def enter(self) -> None:
        """Wait until the next request may be made. Raises HaltedError."""
        while True:
            with self._lock:
                now = self._seconds()
                self._refuse(now)
                if now >= self._free_at:
                    self._asked += 1
                    self._free_at = now + 1 / self._manners.rate
                    return
                wait = self._free_at - now
            self._halt.wait(wait)

    def hold(self, seconds: float) -> None:
        """Let nobody through for so long."""
        with self._lock:
            self._free_at = max(self._free_at, self._seconds() + seconds)

    def _refuse(self, now: float) -> None:
        if self._halt.is_set():
            raise HaltedError(say("it was interrupted"))
        if self._asked >= self._manners.requests:
            raise HaltedError(say("as many requests as were allowed have been made"))
        self._began = now if self._began is None else self._began
        if now - self._began > self._manners.seconds:
            raise HaltedError(say("the time that was allowed is over"))


def wished(wish: str, now: datetime) -> float:
    """Read Retry-After, as seconds from now: a number or a date; anything else asks for nothing."""
    if wish.strip().isdigit():
        return float(wish)
    try:
        return max((parsedate_to_datetime(wish) - now).total_seconds(), 0)
    except (ValueError, TypeError):
        return 0
