"""The bytes of an answer in, what they say out; what is no whole JSON is refused with one reason.

The fast parser takes the last of two equal keys without a word. So its answer is counted: there are
two quotation marks for each key and text; where there are more, the standard library looks closely.
"""

from __future__ import annotations

import json
from types import NoneType
from typing import TYPE_CHECKING, Any

import orjson

from recount.model import FRACTION, TRUTH
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.texts import Text

_BOM = b"\xef\xbb\xbf"
_LONGEST = 200
"""Characters of a text that stands where a figure should."""


class BrokenError(ValueError):
    """An answer that cannot be read; `reason` says why."""

    def __init__(self, reason: Text) -> None:
        """Keep the reason."""
        super().__init__(reason.template)
        self.reason = reason


def parse(data: bytes) -> Any:  # noqa: ANN401 - JSON
    """Read one answer. Raises BrokenError."""
    try:
        body = orjson.loads(data.removeprefix(_BOM))
        if b"\\" in data or data.count(b'"') != 2 * _quoted(body):
            json.loads(data.removeprefix(_BOM), object_pairs_hook=_distinct)
    except BrokenError:
        raise
    except RecursionError:
        raise BrokenError(say("It is nested too deeply to be an answer.")) from None
    except ValueError as fault:
        if "depth" in str(fault):
            raise BrokenError(say("It is nested too deeply to be an answer.")) from None
        raise BrokenError(say("It is no whole JSON: cut off, damaged, or a page.")) from None
    return body


def _quoted(value: Any) -> int:  # noqa: ANN401 - JSON
    """Count the keys and the texts."""
    if type(value) is dict:
        total = len(value)
        value = value.values()
    elif type(value) is list:
        total = 0
    else:
        return int(type(value) is str)
    kinds = [*map(type, value)]
    total += kinds.count(str)
    if dict in kinds or list in kinds:
        total += sum(_quoted(one) for one in value if type(one) in {dict, list})
    return total


def _distinct(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise BrokenError(say("One key stands in it twice, with one value each."))
    return found


def text_of(value: object) -> str | None:
    """Write what stands in the place of a figure as a cell is written; None for nothing.

    A number that is not whole, and true or false, get their mark: they are no count.
    """
    if value is None:
        return None
    if isinstance(value, bool):
        return TRUTH + str(value).upper()
    if isinstance(value, float):
        return FRACTION + repr(value)
    if isinstance(value, (dict, list)):
        return "{...}"
    return str(value).replace("\0", "").strip()[:_LONGEST] or None


def texts_of(values: Sequence[object]) -> list[str | None]:
    """Write a whole column; each distinct text is looked at once."""
    known = {value: text_of(value) for value in set(values)} if _plain(values) else None
    return [known[value] for value in values] if known else [text_of(value) for value in values]


def whole_numbers(values: Sequence[object]) -> bool:
    """Whether a column holds whole numbers and nothing, and nothing else."""
    return set(map(type, values)) <= {int, NoneType}


def _plain(values: Sequence[object]) -> bool:
    # As keys, True and 1 and 1.0 are the same.
    return set(map(type, values)) <= {str, NoneType}
