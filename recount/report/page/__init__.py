"""A report in, one HTML page out: both languages, nothing asked of anywhere, hostile names inert.

The page holds its data once, as JSON; a small script of ours shows it in pages of rows. What a
person reads first stands there without it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING

from recount.report.page._layout import laid_out
from recount.report.page._words import INTERFACE, Words
from recount.report.shape import PLAIN
from recount.texts import OTHER

if TYPE_CHECKING:
    from collections.abc import Mapping

    import jinja2

    from recount.report.page._layout import Blocks
    from recount.report.page._words import Said
    from recount.report.shape import Look, Report

POLICY = (
    "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
    "style-src 'sha256-{style}'; script-src 'sha256-{script}'"
)
"""What a browser lets this page do: its own style and script, and nothing from anywhere."""


def render(report: Report, look: Look = PLAIN) -> bytes:
    """Write the page, opening in the report's language; `look.command` stands at its end."""
    words = Words(report.lang)
    other = report.other() if report.other else report
    own = {key: words.speak(text) for key, text in INTERFACE.items()}
    blocks = laid_out(report, other, words)
    files = _environment()
    style, script = (_source(files, name) for name in ("page.css", "page.js"))
    policy = POLICY.format(style=_digest(style), script=_digest(script))
    page = files.get_template("page.html").render(
        lang=report.lang,
        langs=(report.lang, OTHER[report.lang]) if report.other else (),
        blocks=blocks,
        own=own,
        command=look.command,
        policy=policy,
        style=style,
        script=script,
        data=_data(blocks, own, words),
    )
    return page.encode("utf-8", errors="replace")


def _environment() -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.PackageLoader("recount.report", "page"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _source(files: jinja2.Environment, name: str) -> str:
    """One of the page's own files, as it stands in the package."""
    assert files.loader is not None  # noqa: S101 - for the type checker
    return files.loader.get_source(files, name)[0]


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _data(blocks: Blocks, own: Mapping[str, Said], words: Words) -> str:
    """Write the data as JSON without a `<`, so that nothing in it can end its element."""
    held = {
        "langs": [words.lang, OTHER[words.lang]],
        "own": {key: said.at for key, said in own.items()},
        "tables": [table.data for table in blocks.tables()],
        "words": words.all,
    }
    text = json.dumps(held, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
