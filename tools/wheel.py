"""The wheel test: the checkout in, a wheel that works without it out - or exit code 1.

The wheel is built by way of the source archive, installed with nothing but what it asks for, and
tried as a user would; then the tests run against it from a folder without the sources.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[1]
BESIDE = ("tests", "tools", "benchmarks", "sample_data", "docs")
BESIDE_FILES = (
    "pyproject.toml",
    "hatch_build.py",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
)
TESTS = (
    "tests/test_architecture.py",
    "tests/test_languages.py",
    "tests/lists",
    "tests/cli",
    "tests/test_api.py",
)
"""What depends on how the package was installed: its files, its texts, its command, its import."""
SAMPLE = "sample_data/pilpres_2019_kaltim"
FORMATS = ("table", "csv", "json", "xlsx", "markdown", "html")
DIFFERS = 1


def run(command: Sequence[str | Path], folder: Path, *, codes: tuple[int, ...] = (0,)) -> None:
    """Run a command quietly; on another exit code than `codes`, show what it said and stop."""
    plain = {key: text for key, text in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        list(map(str, command)),
        cwd=folder,
        env=plain,
        text=True,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode not in codes:
        print(*map(str, command))
        sys.exit(f"{done.stdout}\nexit code {done.returncode}, expected {codes}")
    print("\n".join(done.stdout.splitlines()[-1:]))


def build(folder: Path) -> Path:
    """Build source archive and wheel into a folder; returns the wheel."""
    run([sys.executable, "-m", "build", "--outdir", folder, ROOT], ROOT)
    [wheel] = folder.glob("*.whl")
    return wheel


def install(wheel: Path, folder: Path) -> Path:
    """Make an environment with the wheel and what it asks for; returns its folder of programs."""
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    run([programs / "python", "-m", "pip", "install", "--quiet", wheel], folder)
    return programs


def commands() -> Iterator[tuple[list[str], tuple[int, ...]]]:
    """What is tried with the runtime dependencies alone, and the exit codes that are right."""
    yield ["--help"], (0,)
    yield ["--version"], (0,)
    for name in FORMATS:
        sides = ["reconcile", f"{SAMPLE}/ours", "--online", f"{SAMPLE}/theirs.csv"]
        yield [*sides, "--format", name, "--output", f"out.{name}"], (DIFFERS,)


def copy(folder: Path) -> None:
    """Copy what the tests need, but not the package."""
    for name in BESIDE:
        if (ROOT / name).is_dir():
            compiled = shutil.ignore_patterns("__pycache__", ".cache")
            shutil.copytree(ROOT / name, folder / name, ignore=compiled)
    for name in BESIDE_FILES:
        shutil.copy(ROOT / name, folder / name)


def lend_tools(programs: Path) -> None:
    """Let the environment see pytest and the like where they are already installed."""
    ours = _site(Path(sys.executable))
    (_site(programs / "python") / "tools.pth").write_text(f"{ours}\n", encoding="utf-8")


def _site(python: Path) -> Path:
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return Path(subprocess.check_output([python, "-c", asked], text=True).strip())


def main() -> int:
    """Build, install, try, test."""
    with tempfile.TemporaryDirectory(prefix="recount-wheel-") as name:
        place = Path(name)
        programs = install(build(place / "dist"), place / "venv")
        beside = place / "beside"
        beside.mkdir()
        copy(beside)
        for arguments, codes in commands():
            run([programs / "recount", *arguments], beside, codes=codes)
        lend_tools(programs)
        tests = [test for test in TESTS if (beside / test).exists()]
        run(
            [
                programs / "python",
                "-m",
                "pytest",
                "-q",
                "-n",
                "auto",
                "-p",
                "no:cacheprovider",
                *tests,
            ],
            beside,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
