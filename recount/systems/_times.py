"""A time as a system, a cell or a file's name writes it in; an ISO time with its zone out.

A time without a zone is taken as the zone of the election's province, and whoever asks says so.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ZONES = {
    "WIB": (7, "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 61 62"),
    "WITA": (8, "51 52 53 63 64 65 71 72 73 74 75 76"),
    "WIT": (9, "81 82 91 92 93 94 95 96 97"),
}
"""Hours before UTC, and the provinces by their Kemendagri codes."""
_HOURS = {name: hours for name, (hours, _) in _ZONES.items()}
_OF_PROVINCE = {code: name for name, (_, codes) in _ZONES.items() for code in codes.split()}

_TIME = re.compile(
    r"(?<!\d)(?P<day>\d{4}-\d{2}-\d{2})[T _]+(?P<hour>\d{1,2})[:.\-_]?(?P<minute>\d{2})"
    r"(?:[:.\-_]?(?P<second>\d{2})(?:[.,]\d+)?)?(?!\d)"
    r"\s*(?P<zone>Z\b|[+-]\d{2}:?\d{2}|WITA\b|WIB\b|WIT\b)?",
    re.IGNORECASE,
)
_STAMP = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})[T_-]?(\d{2})(\d{2})(\d{2})?(Z?)(?!\d)")
_MILLISECONDS = 10**11
"""A number of seconds this large is one of milliseconds."""


def zone_of(codes: Iterable[str]) -> str:
    """Name the zone of some regions by their codes; WIB, the capital's, where they have several."""
    found = {_OF_PROVINCE.get(code[:2]) for code in codes}
    return found.pop() or "WIB" if len(found) == 1 else "WIB"


@lru_cache(maxsize=4096)
def find_time(text: str) -> str | None:
    """Find a written time anywhere in a text, as ISO; None where there is none.

    Without a zone it stays without one: see `with_zone`.
    """
    if match := _TIME.search(text):
        second = match["second"] or "00"
        written = f"{match['day']}T{int(match['hour']):02d}:{match['minute']}:{second}"
        return _sound(written + _offset(match["zone"]))
    if match := _STAMP.search(text):
        year, month, day, hour, minute, second, zone = match.groups()
        written = f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}"
        return _sound(written + ("+00:00" if zone else ""))
    return None


def of_epoch(seconds: object) -> str | None:
    """Write a count of seconds or milliseconds since 1970 as ISO; None where it is none."""
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        return None
    value = seconds / 1000 if seconds > _MILLISECONDS else seconds
    try:
        return datetime.fromtimestamp(value, UTC).isoformat(timespec="seconds")
    except (OverflowError, OSError, ValueError):
        return None


def has_zone(time: str) -> bool:
    """Whether an ISO time says its zone."""
    return datetime.fromisoformat(time).tzinfo is not None


@lru_cache(maxsize=4096)
def with_zone(time: str, zone: str) -> str:
    """Put a zone (WIB, WITA, WIT) behind an ISO time that has none."""
    known = datetime.fromisoformat(time)
    if known.tzinfo is None:
        known = known.replace(tzinfo=timezone(timedelta(hours=_HOURS[zone])))
    return known.isoformat(timespec="seconds")


def minutes_between(earlier: str, later: str) -> int:
    """Whole minutes from one ISO time to another of the same kind."""
    gap = datetime.fromisoformat(later) - datetime.fromisoformat(earlier)
    return int(gap.total_seconds() // 60)


def latest(times: Iterable[str | None]) -> str | None:
    """Give the latest of some ISO times with zones."""
    known = {time for time in times if time}
    return max(known, key=datetime.fromisoformat, default=None)


def _offset(zone: str | None) -> str:
    if zone is None:
        return ""
    if zone.upper() in _HOURS:
        return f"+{_HOURS[zone.upper()]:02d}:00"
    return "+00:00" if zone in "Zz" else f"{zone[:3]}:{zone[-2:]}"


def _sound(time: str) -> str | None:
    try:
        datetime.fromisoformat(time)
    except ValueError:
        return None
    return time
