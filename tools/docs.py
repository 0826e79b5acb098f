"""The documents in, the same documents with what their commands really print out.

A block from `<!-- output: COMMAND -->` to `<!-- end -->` holds what COMMAND prints; COMMAND is
shell, run from the project's folder, 80 columns wide. `<!-- output[id]: ... -->` sets the language
of the environment, English when nothing is said.

    python -m tools.docs            say which blocks are not what the commands print; exit code 1
    python -m tools.docs --write    write them
"""

from __future__ import annotations

import difflib
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "docs/**/*.md", "sample_data/**/*.md")
BLOCK = re.compile(
    r"(?P<open><!-- output(?:\[(?P<lang>\w+)\])?: (?P<command>[^\n]+?) -->\n)"
    r".*?(?P<close><!-- end -->)",
    re.DOTALL,
)
MARKER = re.compile(r"^<!-- (?:output\b|end\b)", re.MULTILINE)
UNABLE = 2
"""From this exit code on a command did not do its job (errors.Exit)."""


class BlockError(Exception):
    """A block that cannot be made: its command failed, or its markers do not pair."""


def run(command: str, lang: str) -> str:
    """What a command prints, standard error included, as a person in a shell would see it."""
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("LC_")},
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "TERM": "dumb",
        "LANG": "C.UTF-8",
        "LANGUAGE": lang,
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    if done.returncode >= UNABLE:
        message = f"{command}\nended with exit code {done.returncode}:\n{done.stdout}"
        raise BlockError(message)
    return done.stdout


def renew(text: str, execute: Callable[[str, str], str] = run) -> str:
    """A document with all its blocks made anew; BlockError when its markers do not pair."""
    blocks = list(BLOCK.finditer(text))
    if len(MARKER.findall(text)) != 2 * len(blocks):
        message = "an output marker has no end, or an end no output marker"
        raise BlockError(message)
    return BLOCK.sub(lambda block: _block(block, execute), text)


def _block(block: re.Match[str], execute: Callable[[str, str], str]) -> str:
    command = block["command"]
    printed = execute(command, block["lang"] or "en")
    lines = "\n".join(line.rstrip() for line in printed.rstrip().splitlines())
    return f"{block['open']}```console\n$ {command}\n{lines}\n```\n{block['close']}"


def documents() -> list[Path]:
    """The documents that may hold blocks."""
    return sorted({path for pattern in DOCUMENTS for path in ROOT.glob(pattern)})


def main(arguments: Sequence[str]) -> int:
    """Compare or write every document; 1 when one is not as it should be."""
    stale = 0
    for path in documents():
        name = path.relative_to(ROOT).as_posix()
        old = path.read_text(encoding="utf-8")
        try:
            new = renew(old)
        except BlockError as error:
            print(f"{name}: {error}")
            stale += 1
            continue
        if new != old and "--write" in arguments:
            path.write_text(new, encoding="utf-8")
            print(f"{name}: written")
        elif new != old:
            stale += 1
            print(*difflib.unified_diff(old.splitlines(), new.splitlines(), name, name), sep="\n")
    if stale:
        print(f"{stale} documents are not what the commands print: `make docs-write`")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
