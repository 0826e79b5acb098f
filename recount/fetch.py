"""Asks an online system for its answers, as a good client does; no other file uses the network.

Saves nothing and reads no figure: an address in, a `Reply` out, byte for byte. It says who it is,
asks few at once and not too fast, waits as long as the server asks it to, tries again a few times
with growing pauses, and gives up as a whole - `HaltedError` - when that is what is left to do.
Redirects are not followed, and the check of certificates cannot be switched off.
"""

from __future__ import annotations

import json
import ssl
from functools import cache
from threading import Event
from typing import TYPE_CHECKING, NamedTuple, Self
from urllib.parse import urlsplit

from recount.captures import GAP
from recount.errors import RecountError
from recount.manners import Clock, Gate, HaltedError, Manners, wished
from recount.texts import Text, say

if TYPE_CHECKING:
    from types import ModuleType

    import httpx
    from tenacity import RetryCallState

FAULTS: dict[str, Text] = {
    "status": say("the server answered with an error"),
    "redirect": say("the server pointed to another address, which is not followed"),
    "no_json": say("the answer is no whole JSON"),
    "too_large": say("the answer is larger than any real one"),
    "timeout": say("no answer in time"),
    "cut": say("the answer broke off"),
    "unreachable": say("the server could not be reached"),
    "no_list": say("its list of regions cannot be read, so all below it is missing"),
}
"""Why an answer is a gap."""

TRANSIENT = frozenset({"no_json", "timeout", "cut", "unreachable"})
"""Faults that may be over a moment later."""

BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that may be over a moment later."""

OK = 200
MAX_ANSWER = 64 << 20
"""Most bytes that are taken of one answer."""

_SLOW = 4
"""An answer that comes in drops may take so many times the time within which one must begin."""


class Reply(NamedTuple):
    """What came of asking one address. `status` is `GAP` when nothing whole came.

    `at`: ISO time in UTC. `fault`: why it is a gap (a key of `FAULTS`); None for a whole answer.
    """

    url: str
    at: str
    status: int
    reason: str
    headings: tuple[tuple[str, str], ...]
    body: bytes
    fault: str | None

    @property
    def transient(self) -> bool:
        """Whether it may be over a moment later."""
        return self.fault in TRANSIENT or self.status in BUSY


class Client:
    """Asks addresses; may be used by several threads."""

    def __init__(self, manners: Manners, clock: Clock, headings: dict[str, str]) -> None:
        """`headings`: who asks (User-Agent), and what else the system wants to hear."""
        packages = _packages()
        self._manners, self._clock = manners, clock
        self._halt = Event()
        self._gate = Gate(manners, clock, self._halt)
        self._missed = 0
        self._http: httpx.Client = packages.Client(
            headers={**headings, "Accept": "application/json", "Accept-Encoding": "identity"},
            verify=_trusted(),
            timeout=manners.timeout,
            limits=packages.Limits(max_connections=manners.at_once),
        )

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Wake whoever waits, and close the connections."""
        self._halt.set()
        self._http.close()

    def get(self, url: str) -> Reply:
        """Ask one address, again if need be; always gives what came of it in the end.

        Raises HaltedError, and RecountError when the server cannot prove who it is.
        """
        import tenacity

        if self._missed >= self._manners.misses:
            raise HaltedError(say("the server has not answered for a long time"))
        tried = tenacity.Retrying(
            retry=tenacity.retry_if_result(lambda reply: reply.transient),
            stop=tenacity.stop_after_attempt(self._manners.tries)
            | tenacity.stop_when_event_set(self._halt),
            wait=self._pause,
            sleep=tenacity.sleep_using_event(self._halt),
            retry_error_callback=_last,
        )
        reply: Reply = tried(self._once, url)
        self._missed = self._missed + 1 if reply.transient else 0
        return reply

    def _pause(self, state: RetryCallState) -> float:
        """Wait twice as long each time, and never at the same moment as everybody else."""
        import tenacity

        pause = self._manners.pause
        growing = tenacity.wait_exponential(multiplier=pause, max=self._manners.longest_pause)
        return growing(state) + tenacity.wait_random(0, pause)(state)

    def _once(self, url: str) -> Reply:
        import httpx

        self._gate.enter()
        at = self._clock.wall().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        none = Reply(url, at, GAP, "", (), b"", "unreachable")
        try:
            with self._http.stream("GET", url) as response:
                body = self._body(response)
        except (httpx.TimeoutException, TimeoutError):
            return none._replace(fault="timeout")
        except (httpx.RemoteProtocolError, httpx.ReadError):
            return none._replace(fault="cut")
        except (httpx.RequestError, httpx.InvalidURL, UnicodeError) as fault:
            _refuse_strangers(fault, url)
            return none
        if body is None:
            return none._replace(fault="too_large")
        self._heed(response)
        headings = tuple(
            (k.decode("latin-1"), v.decode("latin-1")) for k, v in response.headers.raw
        )
        status, reason = response.status_code, response.reason_phrase
        return Reply(url, at, status, reason, headings, body, _fault(status, body))

    def _body(self, response: httpx.Response) -> bytes | None:
        """Take the bytes as they come; None when they are too many. Raises TimeoutError."""
        until = self._clock.seconds() + _SLOW * self._manners.timeout
        parts, size = [], 0
        for part in response.iter_raw():
            parts.append(part)
            size += len(part)
            if size > MAX_ANSWER:
                return None
            if self._clock.seconds() > until:
                raise TimeoutError
        return b"".join(parts)

    def _heed(self, response: httpx.Response) -> None:
        """Ask nothing, on no connection, before the time that a busy server has named."""
        wish = response.headers.get("Retry-After")
        if wish is None or response.status_code not in BUSY:
            return
        seconds = wished(wish, self._clock.wall())
        if seconds > self._manners.patience:
            raise HaltedError(
                say("the server asks to come back in {n} minutes", n=round(seconds / 60))
            )
        self._gate.hold(seconds)


def _packages() -> ModuleType:
    try:
        import httpx
        import tenacity  # noqa: F401
        import warcio  # noqa: F401
    except ImportError as fault:
        raise RecountError(
            say("Fetching needs packages that are not installed: {name}.", name=fault.name),
            mend=say("Install it: {line}", line="pip install 'recount-cli[fetch]'"),
        ) from fault
    return httpx


@cache
def _trusted() -> ssl.SSLContext:
    """Whom to believe: read once, as it takes a tenth of a second."""
    import httpx

    return httpx.create_ssl_context()


def _last(state: RetryCallState) -> Reply:
    """Give what the last try brought: a fault is an answer too."""
    if state.outcome is None:  # pragma: no cover - there always was a try
        raise AssertionError
    reply: Reply = state.outcome.result()
    return reply


def _fault(status: int, body: bytes) -> str | None:
    if status in range(300, 400):
        return "redirect"
    if status != OK:
        return "status"
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return "no_json"
    return None


def _refuse_strangers(fault: BaseException, url: str) -> None:
    """Raise RecountError when the certificate was at fault: nobody there is to be believed."""
    cause: BaseException | None = fault
    while cause:
        if isinstance(cause, ssl.SSLCertVerificationError):
            raise RecountError(
                say("The server cannot prove that it is {host}.", host=urlsplit(url).hostname),
                mend=say(
                    "Check the date of this computer, and try from another network. Nothing that "
                    "an unknown server says is kept; the check cannot be switched off."
                ),
                place=url,
            ) from fault
        cause = cause.__cause__ or cause.__context__
