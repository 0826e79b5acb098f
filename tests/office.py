"""LibreOffice, where a machine has it: what a person's spreadsheet program makes of a workbook."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this machine")


def saved_again(data: bytes, folder: Path) -> Path:
    """Open a workbook, compute its formulas, and save it once more, as a person would."""
    (folder / "sent.xlsx").write_bytes(data)
    (folder / "out").mkdir()
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "xlsx", "--outdir"]
    command += [str(folder / "out"), str(folder / "sent.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / "out" / "sent.xlsx"
