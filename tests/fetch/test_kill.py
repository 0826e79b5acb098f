"""Killed in the middle, again and again, and taken up: the same capture in the end."""

from __future__ import annotations

import os
import random
import subprocess
import time
from typing import TYPE_CHECKING

from recount.captures import answers
from recount.errors import RecountError
from tests.cli.running import command, environment
from tests.fetch.serving import Handler, made_up, serving

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fetch.serving import Online

LONG = bool(os.environ.get("RECOUNT_LONG"))
KILLS = 50 if LONG else 5
TREE = made_up(kabkota=15, kecamatan=20) if LONG else made_up(kabkota=4, kecamatan=6)


def slowly(handler: Handler, path: str, times: int) -> bool:
    del handler, path, times
    time.sleep(0.02)
    return False


def start(folder: Path, online: Online) -> subprocess.Popen[bytes]:
    what = ["--contest", "pkwkp", "--region", "64", "--depth", "kecamatan", "-o", str(folder)]
    return subprocess.Popen(
        command("fetch", "sirekap-pilkada-2024", *what, "--base", online.base),
        env=environment(NO_PROXY="127.0.0.1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def kept(folder: Path, online: Online) -> dict[str, bytes]:
    try:
        return {a.name.removeprefix(online.base): a.data for a in answers(folder)}
    except RecountError as fault:
        if "no saved answer" not in fault.message.template:
            raise
        return {}  # killed before the first answer


def kill_in_the_middle(process: subprocess.Popen[bytes], online: Online, before: int) -> None:
    wanted = before + random.randint(1, len(TREE) // KILLS - 2)  # noqa: S311 - no secret
    while len(online.log) < wanted and process.poll() is None:
        time.sleep(0.002)
    time.sleep(random.random() / 50)  # noqa: S311
    process.kill()
    process.communicate()


def test_killed_and_taken_up(tmp_path: Path) -> None:
    folder = tmp_path / "fetched"
    killed = 0
    with serving(TREE, slowly) as online:
        while killed < KILLS:
            safe = set(kept(folder, online)) if folder.exists() else set()
            before = len(online.log)
            process = start(folder, online)
            kill_in_the_middle(process, online, before)
            assert not safe & {asked.path for asked in online.log[before:]}
            if process.returncode == 0:
                break
            killed += 1
        last = start(folder, online)
        out, err = last.communicate()
        assert (last.returncode, err) == (0, b"")
        assert b"Failed: 0" in out
    assert killed == KILLS
    assert kept(folder, online) == TREE
    assert len(list(answers(folder))) >= len(TREE)
