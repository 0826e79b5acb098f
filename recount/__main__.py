"""`python -m recount`: the same as the command `recount`."""

from __future__ import annotations

import sys

from recount.cli import main

if __name__ == "__main__":
    sys.exit(main())
