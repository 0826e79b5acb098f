"""Several rows for one thing in, one row with lists out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.engine import Frame


def nested(frame: Frame, by: str, columns: Sequence[str]) -> Frame:
    """Gather `columns` into lists, one row per value of `by`; both in the order they come in."""
    gathered = frame.to_native().select(by, *columns).group_by(by, maintain_order=True).all()
    return nw.from_native(gathered, eager_only=True)
