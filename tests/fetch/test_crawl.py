"""Whatever the server does: every answer is kept or listed, in bounded time, without a storm."""

from __future__ import annotations

import ssl
import subprocess
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest

from recount.captures import GAP, answers
from recount.crawl import Means, Summary, crawl
from recount.errors import RecountError
from recount.manners import Clock, Manners
from recount.options import silent
from recount.routes import Wish
from tests.fetch.serving import (
    CANDIDATES,
    FIGURES,
    KALTIM,
    LISTS,
    Handler,
    Online,
    kaltim,
    made_up,
    serving,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

QUICK = Manners(rate=200, pause=0.01, longest_pause=0.05, timeout=0.4, patience=2, tries=3)
CLOCK = Clock(lambda: datetime.now(UTC), time.monotonic)
AGENT = "recount/test (election observation; somebody@example.org)"
TREE = made_up()


def fetched(
    online: Online, folder: Path, depth: str = "kecamatan", *, fresh: bool = False, **more: float
) -> Summary:
    wish = Wish("sirekap-pilkada-2024", "pkwkp", "64", depth, "count", online.base)
    manners = replace(QUICK, **more)  # type: ignore[arg-type]
    return crawl(folder, wish, Means(manners, CLOCK, AGENT, silent), fresh=fresh)


def bodies(folder: Path, online: Online) -> dict[str, bytes]:
    """What a fetch folder holds in its last round, by path."""
    found = {a.name: a.data for a in answers(folder) if a.status == 200}
    return {name.removeprefix(online.base): data for name, data in found.items()}


def gaps(summary: Summary, online: Online) -> dict[str, str]:
    return {gap.url.removeprefix(online.base): gap.fault for gap in summary.gaps}


def test_all_that_the_lists_name_is_kept_byte_for_byte(tmp_path: Path) -> None:
    with serving(TREE) as online:
        summary = fetched(online, tmp_path)
    assert bodies(tmp_path, online) == TREE
    assert (summary.asked, summary.kept, summary.unchanged) == (len(TREE), len(TREE), 0)
    assert (summary.gaps, summary.halted) == ([], None)
    assert max(online.times.values()) == 1


@pytest.mark.skipif(not KALTIM.is_dir(), reason="the real answers are not here")
def test_the_real_tree_of_kalimantan_timur(tmp_path: Path) -> None:
    with serving(kaltim("S1_0100")) as online:
        fetched(online, tmp_path, "kabkota")
        assert bodies(tmp_path, online) == kaltim("S1_0100")
        online.tree = kaltim("S3_1015")
        summary = fetched(online, tmp_path, "kabkota")
    changed = [name for name, body in kaltim("S1_0100").items() if online.tree[name] != body]
    assert len(online.tree) == 13
    assert bodies(tmp_path, online) == online.tree
    assert (summary.kept, summary.unchanged) == (len(changed), 13 - len(changed))


def test_it_says_who_it_is_and_asks_few_at_once_at_a_pace(tmp_path: Path) -> None:
    def slow(handler: Handler, path: str, times: int) -> bool:
        del handler, path, times
        time.sleep(0.03)
        return False

    with serving(TREE, slow) as online:
        fetched(online, tmp_path, rate=50)
    assert {asked.headings["User-Agent"] for asked in online.log} == {AGENT}
    assert online.at_once() == 2
    assert online.took() > 0.8 * (len(TREE) - 1) / 50


def test_what_has_not_changed_is_not_stored_again(tmp_path: Path) -> None:
    with serving(TREE) as online:
        fetched(online, tmp_path)
        online.tree[f"{FIGURES}/64.json"] = b'{"ts": "later"}'
        summary = fetched(online, tmp_path)
        third = fetched(online, tmp_path)
    assert (summary.kept, summary.unchanged) == (1, len(TREE) - 1)
    assert (third.kept, third.unchanged) == (0, len(TREE))
    assert bodies(tmp_path, online) == online.tree
    archives = sorted(tmp_path.glob("*.gz"))
    assert len(archives) == 3
    records = subprocess.run(
        ["gzip", "-dc", archives[1]], capture_output=True, check=True
    ).stdout  # as any other program reads it
    assert records.count(b"WARC-Type: revisit") == len(TREE) - 1
    assert records.count(b"WARC-Type: response") == 1


def test_an_answer_that_comes_back_to_what_it_was_is_told_as_it_came(tmp_path: Path) -> None:
    path = f"{FIGURES}/64.json"
    with serving(TREE) as online:
        for body in (b'"a"', b'"b"', b'"a"', b'"a"'):
            online.tree[path] = body
            fetched(online, tmp_path, "provinsi")
    told = [a.data for a in answers(tmp_path) if a.name == online.base + path]
    assert told == [b'"a"', b'"b"', b'"a"', b'"a"']


def test_retry_after_is_heeded_on_all_connections(tmp_path: Path) -> None:
    busy: list[float] = []

    def once(handler: Handler, path: str, times: int) -> bool:
        del path, times
        if busy:
            return False
        busy.append(time.monotonic())
        handler.give(b"slow down", 429, Retry_After="1")
        return True

    with serving(TREE, once) as online:
        summary = fetched(online, tmp_path)
    assert summary.gaps == []
    assert bodies(tmp_path, online) == TREE
    quiet = [asked.began for asked in online.log if busy[0] + 0.1 < asked.began < busy[0] + 0.95]
    assert quiet == []


def test_retry_after_as_a_date(tmp_path: Path) -> None:
    def once(handler: Handler, path: str, times: int) -> bool:
        if path != CANDIDATES or times > 1:
            return False
        until = datetime.now(UTC) + timedelta(seconds=1.5)
        handler.give(b"", 503, Retry_After=format_datetime(until, usegmt=True))
        return True

    began = time.monotonic()
    with serving(TREE, once) as online:
        summary = fetched(online, tmp_path, "provinsi")
    assert summary.gaps == []
    assert 0.3 < time.monotonic() - began < 3


def test_a_server_that_wants_an_hour_is_left_alone(tmp_path: Path) -> None:
    def always(handler: Handler, path: str, times: int) -> bool:
        del path, times
        handler.give(b"", 429, Retry_After="3600")
        return True

    with serving(TREE, always) as online:
        summary = fetched(online, tmp_path)
        assert summary.halted is not None
        assert "come back in {n} minutes" in summary.halted.template
        assert len(online.log) <= 2
        online.mood = None
        assert fetched(online, tmp_path).resumed
    assert bodies(tmp_path, online) == TREE


def test_a_burst_of_503_is_waited_out(tmp_path: Path) -> None:
    def burst(handler: Handler, path: str, times: int) -> bool:
        del path
        if times > 2:
            return False
        handler.give(b"sorry", 503)
        return True

    with serving(TREE, burst) as online:
        summary = fetched(online, tmp_path)
    assert summary.gaps == []
    assert bodies(tmp_path, online) == TREE
    assert set(online.times.values()) == {3}


def test_a_page_that_only_works_at_the_end_is_asked_once_more_then(tmp_path: Path) -> None:
    def sick(handler: Handler, path: str, times: int) -> bool:
        if path != f"{LISTS}/64/6402.json" or times > 3:
            return False
        handler.give(b"sorry", 500)
        return True

    with serving(TREE, sick) as online:
        summary = fetched(online, tmp_path)
    assert (summary.gaps, summary.asked) == ([], len(TREE))
    assert bodies(tmp_path, online) == TREE


def cut(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"ts":')
    handler.close_connection = True


def stall(handler: Handler) -> None:
    del handler
    time.sleep(0.4)


def drip(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(16):
        handler.wfile.write(b" ")
        time.sleep(0.05)


def redirect(handler: Handler) -> None:
    handler.give(b"", 302, Location="http://127.0.0.2/elsewhere.json")


def chunks_cut(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"5\r\n{}   \r\n9")
    handler.close_connection = True


MOODS = [
    (cut, "cut", GAP),
    (chunks_cut, "cut", GAP),
    (stall, "timeout", GAP),
    (drip, "timeout", GAP),
    (redirect, "redirect", 302),
    (lambda handler: handler.give(b"<html>maintenance</html>"), "no_json", 200),
    (lambda handler: handler.give(b"[" * 100_000), "no_json", 200),
    (lambda handler: handler.give(b"gone", 404), "status", 404),
    (lambda handler: handler.give(b"sorry", 503), "status", 503),
    (lambda handler: handler.give(b"sorry", 500, Retry_After="soon"), "status", 500),
    (lambda handler: handler.wfile.write(b"what?\r\n\r\n"), "cut", GAP),
]


@pytest.mark.parametrize(("mood", "fault", "status"), MOODS)
def test_what_fails_is_a_gap_and_all_else_is_kept(
    mood: Callable[[Handler], None], fault: str, status: int, tmp_path: Path
) -> None:
    path = f"{FIGURES}/64/6402.json"

    def one(handler: Handler, asked: str, times: int) -> bool:
        del times
        if asked == path:
            mood(handler)
        return asked == path

    began = time.monotonic()
    with serving(TREE, one) as online:
        summary = fetched(online, tmp_path, tries=1, timeout=0.15)
    assert gaps(summary, online) == {path: fault}
    assert summary.halted is None
    rest = {name: body for name, body in TREE.items() if name != path}
    kept = {a.name.removeprefix(online.base): a for a in answers(tmp_path)}
    assert kept.pop(path).status == status
    assert {name: a.data for name, a in kept.items()} == rest
    assert online.times[path] == 1 + (fault != "redirect" and status != 404)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("body", [b"{}", b"null", b'[{"kode": "../../etc"}]', b'[{"kode": null}]'])
def test_a_list_that_is_none_is_a_gap(body: bytes, tmp_path: Path) -> None:
    path = f"{LISTS}/64/6402.json"
    with serving(TREE | {path: body}) as online:
        summary = fetched(online, tmp_path)
    assert gaps(summary, online) == {path: "no_list"}
    assert len(online.log) == len(TREE) - 2


def test_a_list_that_names_itself_ends(tmp_path: Path) -> None:
    with serving(TREE | {f"{LISTS}/64/6402.json": TREE[f"{LISTS}/64.json"]}) as online:
        fetched(online, tmp_path)
    assert max(online.times.values()) <= 2


def test_a_server_that_is_down_is_given_up(tmp_path: Path) -> None:
    with serving(TREE) as online:
        pass
    began = time.monotonic()
    summary = fetched(online, tmp_path)
    assert {gap.fault for gap in summary.gaps} == {"unreachable"}
    assert len(summary.gaps) == 3
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("base", ["http://a..b", "http://[bad", "http://127.0.0.1:99999"])
def test_an_address_that_is_none_is_a_gap(base: str, tmp_path: Path) -> None:
    nowhere = Online({}, None)
    nowhere.base = base
    summary = fetched(nowhere, tmp_path, "provinsi")
    assert {gap.fault for gap in summary.gaps} == {"unreachable"}


def test_a_server_that_breaks_down_is_given_up_and_taken_up_again(tmp_path: Path) -> None:
    tree = made_up(kabkota=9)
    down = False

    def mood(handler: Handler, path: str, times: int) -> bool:
        del path, times
        if down:
            handler.give(b"", 503)
        return down

    with serving(tree, mood) as online:
        fetched(online, tmp_path, "provinsi")
        asked = len(online.log)
        down = True
        summary = fetched(online, tmp_path, misses=2, fresh=True)
        assert summary.halted is not None
        assert len(online.log) - asked <= 4 * QUICK.tries
        assert summary.gaps
        down = False
        again = fetched(online, tmp_path)
    assert (again.resumed, again.gaps) == (True, [])
    assert bodies(tmp_path, online) == tree


@pytest.mark.parametrize(
    ("budget", "words"),
    [({"requests": 5}, "as many requests"), ({"seconds": 0.2}, "the time that")],
)
def test_the_budget_is_kept_and_the_rest_taken_up_later(
    budget: dict[str, float], words: str, tmp_path: Path
) -> None:
    with serving(TREE) as online:
        summary = fetched(online, tmp_path, **(budget | {"rate": 20}))  # type: ignore[arg-type]
        assert summary.halted is not None
        assert summary.halted.template.startswith(words)
        assert summary.left > 0
        asked = dict(online.times)
        assert 1 <= len(asked) <= 6
        again = fetched(online, tmp_path)
        assert again.before == len(asked)
        assert max(online.times.values()) == 1
    assert bodies(tmp_path, online) == TREE


def test_an_answer_without_end_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recount.fetch.MAX_ANSWER", 100_000)
    path = f"{FIGURES}/64.json"
    with serving(TREE | {path: bytes(200_000)}) as online:
        summary = fetched(online, tmp_path, "provinsi")
    assert gaps(summary, online) == {path: "too_large"}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tls") / "self.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    made = ["-keyout", str(path), "-out", f"{path}.crt", "-subj", "/CN=127.0.0.1"]
    try:
        subprocess.run([*command, *made], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not here")
    return path


def test_a_server_that_cannot_prove_who_it_is(certificate: Path, tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{certificate}.crt", certificate)
    with serving(TREE, tls=context) as online:
        with pytest.raises(RecountError, match="cannot prove that it is") as caught:
            fetched(online, tmp_path)
        assert online.log == []
    assert "cannot be switched off" in caught.value.mend.template
    with pytest.raises(RecountError, match="no saved answer"):
        list(answers(tmp_path))


def test_two_at_a_time_do_not_write_into_one_folder(tmp_path: Path) -> None:
    refused: list[str] = []

    def second(handler: Handler, path: str, times: int) -> bool:
        del handler, times
        if path == CANDIDATES:
            with pytest.raises(RecountError, match="Another fetch"):
                fetched(online, tmp_path)
            refused.append(path)
        return False

    with serving(TREE, second) as online:
        fetched(online, tmp_path, timeout=5)
    assert refused == [CANDIDATES]
