"""`recount fetch` as it is typed: what it says, what it refuses, how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from recount.cli import fetch as command_fetch
from recount.cli._fetching import SHORTEST
from tests.cli.running import command, environment, on_a_terminal
from tests.fetch.serving import FIGURES, Handler, made_up, serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer

    Ask = Callable[..., Answer]

TREE = made_up(kabkota=1, kecamatan=1)
KALTIM = ("fetch", "sirekap-pilkada-2024", "--contest", "pkwkp", "--region", "64")


@pytest.fixture(autouse=True)
def _direct(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def given(folder: Path, base: str, *more: str, depth: str = "kecamatan") -> list[str]:
    return [*KALTIM, "--depth", depth, "-o", str(folder), "--base", base, *more]


def test_what_it_says(ask: Ask, tmp_path: Path) -> None:
    with serving(TREE) as online:
        first = ask(*given(tmp_path, online.base))
        second = ask(*given(tmp_path, online.base, "--lang", "id"))
    assert (first.code, first.err) == (0, "")
    assert first.out.decode() == "Asked: 6. Kept: 6. Unchanged: 0. Failed: 0.\n"
    assert second.out.decode() == "Diminta: 6. Disimpan: 6. Tidak berubah: 6. Gagal: 0.\n".replace(
        "Disimpan: 6", "Disimpan: 0"
    )


def test_a_gap_is_listed_and_the_exit_code_says_so(ask: Ask, tmp_path: Path) -> None:
    path = f"{FIGURES}/64/6401.json"
    with serving({name: body for name, body in TREE.items() if name != path}) as online:
        done = ask(*given(tmp_path, online.base))
    assert done.code == 1
    assert done.out.decode().splitlines() == [
        "Asked: 6. Kept: 5. Unchanged: 0. Failed: 1.",
        f"Gap: {online.base}{path}: the server answered with an error (404).",
    ]


def test_stopped_early_and_taken_up(ask: Ask, tmp_path: Path) -> None:
    with serving(TREE) as online:
        done = ask(*given(tmp_path, online.base, "--max-requests", "3"))
        assert done.code == 1
        assert "Stopped early: as many requests as were allowed" in done.out.decode()
        again = ask(*given(tmp_path, online.base)).out.decode().splitlines()
    assert again[0] == "An interrupted round was taken up: 3 were there."
    assert again[1] == "Asked: 3. Kept: 3. Unchanged: 0. Failed: 0."


def test_a_dry_run_asks_nothing(ask: Ask, tmp_path: Path) -> None:
    with serving(TREE) as online:
        done = ask(*given(tmp_path / "none", online.base, "--dry-run", depth="kabkota"))
        assert online.log == []
    assert done.code == 0
    assert [line.removeprefix(online.base) for line in done.out.decode().splitlines()] == [
        "/pilkada/paslon/pkwkp.json",
        "/pilkada/hhcw/pkwkp/64.json",
        "/wilayah/pilkada/pkwkp/64.json",
        "/pilkada/hhcw/pkwkp/64/{kabkota}.json",
    ]
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("system", "contest", "region", "expected"),
    [
        ("sirekap-pemilu-2024", "ppwp", "11.01.01", "/pemilu/hhcw/ppwp/11/1101/110101.json"),
        ("sirekap-pemilu-2024", "ppwp", "0", "/pemilu/hhcw/ppwp.json"),
        ("situng-2019", "ppwp", "64111/64112", "/static/json/hhcw/ppwp/64111/64112.json"),
        ("SITUNG-2019", "PPWP", "0", "/static/json/wilayah/0.json"),
        ("sirekap-pilkada-2024", "pkwkk", "64.03", "/pilkada/hhcw/pkwkk/64/6403.json"),
    ],
)
def test_the_addresses_of_the_systems(
    system: str, contest: str, region: str, expected: str, ask: Ask, tmp_path: Path
) -> None:
    what = ["fetch", system, "--contest", contest, "--region", region, "-o", str(tmp_path)]
    done = ask(*what, "--depth", "tps", "--dry-run")
    assert done.code == 0
    assert any(f".kpu.go.id{expected}" in line for line in done.out.decode().splitlines())


REFUSED = [
    (["--region", "6"], "--region cannot be"),
    (["--region", "64/.."], "--region cannot be"),
    (["--depth", "provinsi", "--region", "6403"], "--depth cannot be"),
    (["--depth", "rt"], "--depth cannot be"),
    (["--contest", "ppwp"], "--contest cannot be"),
    (["--layer", "both"], "--layer cannot be"),
    (["--base", "ftp://kpu.go.id"], "--base cannot be"),
    (["--base", "https://u:p@kpu.go.id"], "--base cannot be"),
    (["--every", "15"], "--every cannot be"),
    (["--every", "5s"], "--every cannot be"),
    (["--timeout", "0s"], "--timeout cannot be"),
    (["--max-requests", "many"], "--max-requests cannot be"),
    (["--contact", "a\nb: c"], "--contact cannot be"),
]


@pytest.mark.parametrize(("more", "words"), REFUSED)
def test_what_it_refuses(more: list[str], words: str, ask: Ask, tmp_path: Path) -> None:
    done = ask(*given(tmp_path / "none", "http://127.0.0.1:9", "--dry-run"), *more)
    assert done.code == 2
    assert words in done.err
    assert "  -> " in done.err


def test_what_is_missing_is_said_with_an_example_on_one_line(ask: Ask) -> None:
    done = ask("fetch", "situng-2019")
    assert done.code == 2
    assert "recount fetch sirekap-pilkada-2024 --contest pkwkp --region 64 --depth" in done.err


@pytest.mark.parametrize("package", ["httpx", "tenacity", "warcio"])
def test_without_the_packages_it_says_how_to_get_them(
    package: str, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    done = ask(*given(tmp_path, "http://127.0.0.1:9"))
    assert done.code == 2
    assert "pip install 'recount-cli[fetch]'" in done.err


def test_a_folder_that_cannot_be_written(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = ask(*given(tmp_path / "file" / "dir", "http://127.0.0.1:9"))
    assert (done.code, "Nothing can be written" in done.err) == (2, True)


def test_an_interruption_is_quick_and_can_be_taken_up(tmp_path: Path) -> None:
    def slow(handler: Handler, path: str, times: int) -> bool:
        del handler, times
        time.sleep(5 if path == f"{FIGURES}/64/6401.json" else 0)
        return False

    with serving(TREE, slow) as online:
        process = subprocess.Popen(
            command(*given(tmp_path, online.base)),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        )
        while len(online.log) < 3 and process.poll() is None:
            time.sleep(0.01)
        time.sleep(0.1)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        assert (process.returncode, out, err) == (130, b"", b"")
        assert time.monotonic() - began < 3
        online.mood = None


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal of Unix")
def test_a_bar_on_a_terminal(tmp_path: Path) -> None:
    def slow(handler: Handler, path: str, times: int) -> bool:
        del handler, path, times
        time.sleep(0.45)
        return False

    with serving(TREE, slow) as online:
        done = on_a_terminal(*given(tmp_path, online.base), stream="stderr")
    assert done.code == 0
    assert "Fetching" in done.out
    assert "/6" in done.out


def test_rounds_come_when_they_are_due(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    slept = []

    def sleep(seconds: float) -> None:
        nonlocal now
        slept.append(seconds)
        now += seconds

    monkeypatch.setattr("recount.cli.fetch.time.sleep", sleep)
    monkeypatch.setattr("recount.cli.fetch.time.monotonic", lambda: now)
    rounds = command_fetch._rounds(SHORTEST, fresh=False)
    assert next(rounds) is False
    now += 20
    assert next(rounds) is True
    now += 2 * SHORTEST
    assert next(rounds) is True
    assert slept == [SHORTEST - 20, 0]
    assert list(command_fetch._rounds(None, fresh=False)) == [False]
