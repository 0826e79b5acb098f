"""A command that ends as it is told: what no input can bring about."""

from __future__ import annotations

from recount.cli._words import Page
from recount.texts import say

PAGE = Page(about=say("Stumbles."), examples=(("recount stumble", say("As it says.")),), exits=())


class PanicError(BaseException):
    """As the ones that come out of compiled engines."""


WAYS: dict[str, BaseException] = {
    "error": ZeroDivisionError("by\x1b[31mzero"),
    "panic": PanicError("at the engine"),
    "memory": MemoryError(),
    "interrupt": KeyboardInterrupt(),
}


def run(way: str) -> int:
    raise WAYS[way]
