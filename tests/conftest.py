"""How hypothesis works here: no deadline on shared machines, and in CI always the same cases."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("shared", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "shared")
