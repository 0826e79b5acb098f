"""The options that only `recount fetch` has, and the reading of their values."""

import re
from datetime import timedelta
from typing import Annotated

import typer

from recount.cli._options import chosen, offer
from recount.cli._words import _
from recount.errors import RecountError
from recount.model import LEVELS
from recount.routes import ROUTES, Wish
from recount.texts import say

LAYERS = ("count", "recap")
SHORTEST = 60
"""Seconds between two rounds, at least."""

System = Annotated[
    str,
    typer.Argument(
        metavar=_("SYSTEM"),
        help=_("Which online system: sirekap-pilkada-2024, sirekap-pemilu-2024, situng-2019."),
        autocompletion=offer(tuple(ROUTES)),
        show_default=False,
    ),
]
Contest = Annotated[
    str,
    typer.Option(
        "--contest",
        metavar="ID",
        help=_("The contest as the system calls it: pkwkp (governor), pkwkk (regent), ppwp."),
    ),
]
Region = Annotated[
    str,
    typer.Option(
        "--region",
        metavar=_("CODE"),
        help=_("The region as the system numbers it, or 0 for the whole country."),
    ),
]
Depth = Annotated[
    str,
    typer.Option(
        "--depth",
        metavar=_("LEVEL"),
        help=_(
            "Down to the pages of this level; the page of a kabupaten/kota, say, lists the "
            "figures of its kecamatan."
        ),
        autocompletion=offer(LEVELS),
    ),
]
Folder = Annotated[
    str,
    typer.Option(
        "-o",
        "--output",
        metavar=_("DIR"),
        help=_("The folder that keeps the answers; what is in it is never overwritten."),
    ),
]
Layer = Annotated[
    str,
    typer.Option(
        "--layer",
        metavar="count|recap",
        help=_("The count of the TPS forms, or the typed-in recap; default: count."),
        show_default=False,
    ),
]
Base = Annotated[
    str | None,
    typer.Option(
        "--base",
        metavar="URL",
        help=_("Ask this address instead of the commission's: a mirror."),
    ),
]
Every = Annotated[
    str | None,
    typer.Option(
        "--every",
        metavar=_("TIME"),
        help=_("Begin a round every 15m, 1h ... until it is interrupted."),
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=_("Only list what would be asked; asks nothing."))
]
Fresh = Annotated[
    bool, typer.Option("--new", help=_("Begin a new round, also where one was interrupted."))
]
Timeout = Annotated[
    str,
    typer.Option(
        "--timeout",
        metavar=_("TIME"),
        help=_("How long to wait for an answer to begin; default: 30s."),
        show_default=False,
    ),
]
MaxTime = Annotated[
    str,
    typer.Option(
        "--max-time",
        metavar=_("TIME"),
        help=_("Stop a round after this time; default: 6h."),
        show_default=False,
    ),
]
MaxRequests = Annotated[
    str,
    typer.Option(
        "--max-requests",
        metavar="N",
        help=_("Stop a round after so many requests; default: 100000."),
        show_default=False,
    ),
]
Contact = Annotated[
    str | None,
    typer.Option(
        "--contact",
        metavar=_("TEXT"),
        help=_("Your address, so that the server's keepers can reach you."),
    ),
]


def wish(  # noqa: PLR0913, PLR0917 - what is wished for has as many parts
    system: str, contest: str, region: str, depth: str, layer: str, base: str | None
) -> Wish:
    """Take what shall be fetched. Raises RecountError for what the system does not have."""
    route = ROUTES[chosen("SYSTEM", system, tuple(ROUTES))]
    level = chosen("--depth", depth, LEVELS)
    if len(route.trail_of(region)) > LEVELS.index(level):
        raise RecountError(
            say("{option} cannot be “{value}”.", option="--depth", value=depth),
            mend=say("Give the level of the region itself, or one below it."),
        )
    return Wish(
        system=system.lower(),
        contest=chosen("--contest", contest, route.contests),
        region=region,
        depth=level,
        layer=chosen("--layer", layer, LAYERS),
        base=_base(base) if base else route.base,
    )


def _base(url: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", url):
        raise RecountError(
            say("{option} cannot be “{value}”.", option="--base", value=url),
            mend=say("Give an address such as https://mirror.example.org/kpu."),
        )
    return url.rstrip("/")


def seconds(option: str, value: str) -> float:
    """Take a time: 90s, 15m, 1h, 2d. Raises RecountError."""
    units = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
    parts = re.fullmatch(r"(\d{1,6})([smhd])", value.lower(), re.ASCII)
    if not parts or not int(parts[1]):
        raise RecountError(
            say("{option} cannot be “{value}”.", option=option, value=value),
            mend=say("Give a number with its unit: 90s, 15m, 1h, 2d."),
        )
    return timedelta(**{units[parts[2]]: int(parts[1])}).total_seconds()


def interval(value: str) -> float:
    """Take the value of --every. Raises RecountError when it is too short to be polite."""
    length = seconds("--every", value)
    if length < SHORTEST:
        raise RecountError(
            say("{option} cannot be “{value}”.", option="--every", value=value),
            mend=say("The system needs rest: give 1m or more."),
        )
    return length


def agent(version: str, contact: str | None) -> str:
    """Say who asks. Raises RecountError for a contact that cannot stand in a heading."""
    if contact is None:
        return f"recount/{version} (election observation)"
    if not contact.isascii() or not contact.isprintable() or not contact.strip():
        raise RecountError(
            say("{option} cannot be “{value}”.", option="--contact", value=contact),
            mend=say("Give a mail or web address in plain letters."),
        )
    return f"recount/{version} (election observation; {contact})"
