"""An online system of the test's own on 127.0.0.1: a tree of answers, and its moods."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator, Mapping

    Mood = Callable[["Handler", str, int], bool]
    """Handler, path and how often it has been asked; whether it has answered itself."""

KALTIM = Path(__file__).parents[3] / "shared" / "data" / "pilkada_2024_kaltim"
LISTS = "/wilayah/pilkada/pkwkp"
FIGURES = "/pilkada/hhcw/pkwkp"
CANDIDATES = "/pilkada/paslon/pkwkp.json"


class Asked(NamedTuple):
    """One request as the server saw it."""

    path: str
    began: float
    ended: float
    headings: Mapping[str, str]


class Online:
    """The server's own log and what it answers; `tree` may be changed while it runs."""

    def __init__(self, tree: Mapping[str, bytes], mood: Mood | None) -> None:
        self.tree = dict(tree)
        self.mood = mood
        self.log: list[Asked] = []
        self.times: dict[str, int] = {}
        self.lock = Lock()
        self.base = ""

    def at_once(self) -> int:
        """The most requests that were under way at the same time."""
        ends = [(asked.ended, -1) for asked in self.log]
        edges = sorted([*((asked.began, 1) for asked in self.log), *ends])
        most = under_way = 0
        for _, step in edges:
            under_way += step
            most = max(most, under_way)
        return most

    def took(self) -> float:
        """Seconds from the first request to the last."""
        began = [asked.began for asked in self.log]
        return max(began) - min(began)


class Handler(BaseHTTPRequestHandler):
    """Answers from the tree, unless its mood is another."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    online: Online
    ended: float

    def do_GET(self) -> None:
        online, began = self.online, time.monotonic()
        self.ended = 0.0
        with online.lock:
            online.times[self.path] = times = online.times.get(self.path, 0) + 1
        try:
            if not (online.mood and online.mood(self, self.path, times)):
                self.give(online.tree.get(self.path))
        except OSError:
            self.close_connection = True
        finally:
            ended = self.ended or time.monotonic()
            asked = Asked(self.path, began, ended, dict(self.headers))
            with online.lock:
                online.log.append(asked)

    def give(self, body: bytes | None, status: int = 200, **headings: str) -> None:
        self.ended = time.monotonic()  # from here on the client may ask the next one
        self.send_response(status if body is not None else 404)
        self.send_header("Content-Length", str(len(body or b"")))
        for name, value in headings.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(
    tree: Mapping[str, bytes], mood: Mood | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[Online]:
    online = Online(tree, mood)
    handler = type("Handler", (Handler,), {"online": online})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None  # type: ignore[method-assign] # a client that leaves
    online.base = f"http{'s' if tls else ''}://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield online
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def made_up(kabkota: int = 3, kecamatan: int = 2) -> dict[str, bytes]:
    """A small province: its lists, its candidates, its figures down to the kecamatan."""
    tree = {CANDIDATES: _json({"64": {"1000054": {"nama": "A - B", "nomor_urut": 1}}})}
    tree[f"{LISTS}/64.json"] = _json([_region(f"64{k:02}") for k in range(1, kabkota + 1)])
    tree[f"{FIGURES}/64.json"] = _json({"ts": "2024-11-28 10:15:04", "of": "64"})
    for k in range(1, kabkota + 1):
        kab = f"64{k:02}"
        inner = [f"{kab}{n:02}" for n in range(1, kecamatan + 1)]
        tree[f"{FIGURES}/64/{kab}.json"] = _json({"ts": "2024-11-28 10:15:04", "of": kab})
        tree[f"{LISTS}/64/{kab}.json"] = _json([_region(code) for code in inner])
        for code in inner:
            tree[f"{FIGURES}/64/{kab}/{code}.json"] = _json({"ts": None, "of": code})
    return tree


def kaltim(crawl: str = "S3_1015") -> dict[str, bytes]:
    """One of the real crawls of Kalimantan Timur, at the addresses it came from."""
    tree = {
        CANDIDATES: (KALTIM / "paslon_pkwkp_64.json").read_bytes(),
        f"{LISTS}/64.json": (KALTIM / "wilayah_64.json").read_bytes(),
    }
    for path in (KALTIM / crawl / "pkwkp/64").iterdir():
        name = "64.json" if path.name == "64.json" else f"64/{path.name}"
        tree[f"{FIGURES}/{name}"] = path.read_bytes()
    return tree


def _region(code: str) -> dict[str, object]:
    return {"nama": f"REGION {code}", "id": int(code), "kode": code, "tingkat": 2}


def _json(value: object) -> bytes:
    return json.dumps(value, indent=2).encode()
