"""Figures laid out as people lay them out, and what must come back when they are read.

The second opinion on the layouts: nothing here knows the package. `LAYOUTS` are L1-L14 of the
forms' description, `build` writes one of them with the noise that is asked for.
"""

from tests.building.building import Built, build
from tests.building.layouts import LAYOUTS

__all__ = ["LAYOUTS", "Built", "build"]
