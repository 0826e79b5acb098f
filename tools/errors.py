"""The table of broken inputs and their golden messages in, the page docs/errors.md out.

python -m tools.errors            say whether the page is what the table says; exit code 1
python -m tools.errors --write    write it
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from recount.texts import harmless
from tests.broken.cases import CANNOT, CHAPTERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.broken.cases import Case

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "errors.md"
GOLDEN = ROOT / "tests" / "broken" / "golden"

TOP = """\
# What can be wrong, and what to do about it

Pesan dalam bahasa Indonesia tertulis lebih dulu, lalu bahasa Inggris.

Every message says where, what is wrong, and (after `->`) what to do. With exit code 2 the command
could not do its job; it has written nothing. Otherwise it went on, and the lines are the findings
that `recount check` lists: with exit code 1 at least one of them is an error, with exit code 0 none
is. Each entry here is a test with a broken file of its own.

This page is made from those tests: `make docs-write`.
"""


def page() -> str:
    """The whole page; FileNotFoundError when a case has no golden message."""
    entries = sum(len(cases) for cases in CHAPTERS.values())
    parts = [TOP, f"{entries} broken inputs:\n", *_contents()]
    for title, cases in CHAPTERS.items():
        parts += [f"\n## {title}\n", *map(_entry, cases)]
    return "\n".join(parts)


def _contents() -> Iterator[str]:
    for title in CHAPTERS:
        anchor = "".join(c for c in title.lower().replace(" ", "-") if c.isalnum() or c == "-")
        yield f"- [{title}](#{anchor})"


def _entry(case: Case) -> str:
    command = harmless(" ".join(["recount", *(word or '""' for word in case.arguments)]))
    about = case.about[0].upper() + case.about[1:]
    what = "cannot go on" if case.code == CANNOT else "goes on"
    messages = "\n".join(_golden(case.name, lang) for lang in ("id", "en"))
    return (
        f"### {case.name}\n\n{about}. The command {what}; exit code {case.code}.\n\n"
        f"```console\n$ {command}\n{messages}```\n"
    )


def _golden(name: str, lang: str) -> str:
    return (GOLDEN / f"{name}.{lang}.txt").read_text(encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Compare or write the page; 1 when it is not what the table says."""
    made = page()
    name = PAGE.relative_to(ROOT).as_posix()
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == made:
        return 0
    if "--write" in arguments:
        PAGE.write_text(made, encoding="utf-8", newline="\n")
        print(f"{name}: written")
        return 0
    print(f"{name} is not what the table of broken inputs says: `make docs-write`")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
