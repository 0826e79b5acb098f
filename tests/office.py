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


_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>{country}</value></prop></item>
</oor:items>
"""


def saved_again(data: bytes, folder: Path) -> Path:
    """Open a workbook, compute its formulas, and save it once more, as a person would."""
    (folder / "sent.xlsx").write_bytes(data)
    return _converted(folder, "sent.xlsx", "xlsx")


def opened_as_csv(data: bytes, folder: Path, country: str, separator: str) -> Path:
    """Open a CSV file (UTF-8) where the settings are a country's, and save it as a workbook.

    Formulas would be computed, and numbers recognised as this country writes them.
    """
    (folder / "sent.csv").write_bytes(data)
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_SETTINGS.format(country=country))
    how = f"--infilter=CSV:{ord(separator)},34,76,1,,0,false,true,false,false,false,-1"
    return _converted(folder, "sent.csv", "xlsx", how)


def _converted(folder: Path, name: str, kind: str, *options: str) -> Path:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", *options, "--convert-to", kind, "--outdir"]
    command += [str(folder / "out"), str(folder / name)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / "out" / f"{name.partition('.')[0]}.{kind}"
