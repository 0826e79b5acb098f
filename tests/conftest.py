"""How hypothesis works here: shared machines are slow at times, and CI has always the same cases.

Neither is a fault of a test: no deadline, and no complaint about slow draws, or about sides that
happen to have nothing in common, which some tests leave to others.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

LET_BE = [HealthCheck.too_slow, HealthCheck.filter_too_much]

settings.register_profile("shared", deadline=None, suppress_health_check=LET_BE)
settings.register_profile("ci", deadline=None, suppress_health_check=LET_BE, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "shared")
