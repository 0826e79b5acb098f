"""Who takes part: the files they work on, and their commands."""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
import sys
from pathlib import Path

from benchmarks.measuring import Contestant, Run, run

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CACHE = HERE / ".cache"
SAMPLE = ROOT / "sample_data" / "pilpres_2019_kaltim"

PLACE = ("kode_desa", "kpu_id_desa", "provinsi", "kabkota", "kecamatan", "desa", "tps")
SIDES = {"ours": ("kp_pas1", "kp_pas2"), "theirs": ("situng_pas1", "situng_pas2")}
ENGINES = ("polars", "duckdb", "pandas")
PEERS = {
    "bare_polars": "join, sums at four levels, differing stations",
    "bare_duckdb": "the same",
    "pandas_merge": "the same",
    "datacompy_polars": "join and comparison only",
    "datacompy_pandas": "join and comparison only",
}


def lay_out(source: Path) -> dict[str, Path]:
    """Write the two national files, one per side, from the source; once, then kept."""
    files = {side: CACHE / f"{side}.csv" for side in SIDES}
    for side, figures in SIDES.items():
        if not files[side].exists():
            part = files[side].with_suffix(".part")
            split(source, part, (*PLACE, *figures))
            part.replace(files[side])
    return files


def split(source: Path, target: Path, columns: tuple[str, ...]) -> None:
    """Copy some columns of a gzipped CSV file, as they are written there."""
    with (
        gzip.open(source, "rt", encoding="utf-8", newline="") as lines,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(csv.DictReader(lines))


def datacompy_python() -> str:
    """Interpreter of an environment of datacompy's own, made when missing: it asks for Polars 1."""
    folder = CACHE / "datacompy"
    python = str(folder / "bin" / "python")
    if not (folder / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        install = ("-m", "pip", "install", "--quiet", "datacompy>=1.1,<2")
        subprocess.run([python, *install], check=True)
        (folder / "ready").touch()
    return python


def recount(*arguments: str) -> tuple[str, ...]:
    """Write a recount command: as users have it in this environment, else as the module."""
    script = Path(sys.executable).with_name("recount")
    start = (str(script),) if script.exists() else (sys.executable, "-m", "recount")
    return (*start, *arguments)


def reconcile(ours: list[Path], theirs: Path, result: Path, *more: str) -> tuple[str, ...]:
    """Write the main job's command."""
    files = [str(path) for path in ours]
    rest = ("--online", str(theirs), "--format", "json", "-o", str(result))
    return recount("reconcile", *files, *rest, *more)


def peer(name: str, *arguments: str, python: str = sys.executable) -> tuple[str, ...]:
    """Write a peer's command."""
    return (python, str(HERE / "peers" / f"{name}.py"), *arguments)


def nation(files: dict[str, Path]) -> list[Contestant]:
    """Everybody on the national files."""
    found = []
    for engine in ENGINES:
        result = CACHE / f"recount_{engine}.json"
        command = reconcile([files["ours"]], files["theirs"], result, "--engine", engine)
        found.append(Contestant(f"recount, {engine}", "the whole main job", command, result))
    for name, does in PEERS.items():
        python = datacompy_python() if name.startswith("datacompy") else sys.executable
        paths = (str(files["ours"]), str(files["theirs"]), str(CACHE / f"{name}.csv"))
        found.append(Contestant(name, does, peer(name, *paths, python=python)))
    return found


def small() -> list[Contestant]:
    """Everybody on the sample of 103 rows, and with `--help`."""
    theirs, ours = SAMPLE / "theirs.csv", sorted(SAMPLE.rglob("*.xlsx"))
    result = CACHE / "sample.json"
    job = reconcile(ours, theirs, result)
    floor = peer("read_sample", str(theirs), *map(str, ours))
    plain, rich = peer("bare_typer", "--help"), peer("bare_typer_rich", "--help")
    return [
        Contestant("recount, 103 rows", "the whole main job", job, result),
        Contestant("read_sample", "imports typer and Polars, reads the files", floor),
        Contestant("recount --help", "", recount("--help")),
        Contestant("bare_typer", "--help of one command, plain", plain),
        Contestant("bare_typer_rich", "--help of one command, through rich", rich),
    ]


def answer(one: Contestant, first: Run) -> str:
    """What a contestant found, as JSON: printed by a peer, worked out from recount's result."""
    return run(peer("answer", str(one.result))).printed if one.result else first.printed


def agreement(warm: dict[Contestant, Run]) -> str:
    """Say in a sentence that all found the same; or, loudly, who found what."""
    found = {one.name: json.loads(answer(one, first)) for one, first in warm.items()}
    answers = list(found.values())
    if answers.count(answers[0]) < len(answers):
        return f"THE ANSWERS DIFFER, and the ratios mean nothing: {found}"
    stations = "{differs:,} differing stations among {compared:,}".format_map(answers[0])
    return f"All {len(answers)} on the national files found the same: {stations}."
