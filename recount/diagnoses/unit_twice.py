"""A whole holds one of its parts twice: the difference is that part's figure, in all boxes at once.

The mark says on which side, and which part: `theirs:64.72.02`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.diagnoses._parts import doubled, marked

if TYPE_CHECKING:
    from recount.diagnoses._seen import Seen
    from recount.engine import Frame

RATE = 0.02
WHOLE = True


def find(seen: Seen) -> Frame:
    """Find the parts; by chance one of them has just the figures of the difference."""
    return marked(seen, doubled(seen))
