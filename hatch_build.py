"""Build hook: the translations as people edit them (.po) in, as Python reads them (.mo) out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CATALOGUES = "recount/locale/*/LC_MESSAGES/recount.po"
LONG_AGO = datetime(2018, 6, 29, tzinfo=UTC)
"""Stands in the compiled header instead of now: the same source gives the same bytes."""


class CatalogueHook(BuildHookInterface[Any]):
    """Compiles the catalogues into the source tree, for wheels and editable installs alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run before hatchling collects the files; the .mo go along though git ignores them."""
        del version
        compiled = compile_catalogues(Path(self.root))
        build_data["artifacts"].extend(f"/{path.relative_to(self.root)}" for path in compiled)


def compile_catalogues(root: Path) -> list[Path]:
    """Write a .mo beside every .po under `root`; returns the .mo files. Fails without any .po."""
    sources = sorted(root.glob(CATALOGUES))
    if not sources:
        message = f"no catalogue found at {root / CATALOGUES}"
        raise FileNotFoundError(message)
    return [_compile(source) for source in sources]


def _compile(source: Path) -> Path:
    compiled = source.with_suffix(".mo")
    with source.open("rb") as text:
        catalogue = read_po(text)
    catalogue.creation_date = catalogue.revision_date = LONG_AGO
    with compiled.open("wb") as out:
        write_mo(out, catalogue)
    return compiled
