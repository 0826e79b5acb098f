"""The translations' housekeeping: the sources in, the .po catalogues out.

    python -m tools.catalogue extract              print every text that a person may see
    python -m tools.catalogue update               new texts into the .po, unused ones out of it
    python -m tools.catalogue merge FILE.json ...  fill in {"English": "Indonesian"} translations
    python -m tools.catalogue compile              .po -> .mo, for an editable install

English is the source language: a text's English template is its key.
"""

from __future__ import annotations

import ast
import json
import sys
from importlib.util import find_spec
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import generate_po, read_po

from hatch_build import compile_catalogues

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

ROOT = Path(__file__).parents[1]
SPEAKERS = frozenset({"say", "translate", "_"})
"""The functions whose first argument is a text for people."""

# What typer itself passes through gettext (typer/core.py); everything else that it says is
# hard-wired English, which the command line replaces.
TYPER_TEXTS = frozenset(
    {
        "(dynamic)",
        "Aborted!",
        "Arguments",
        "Commands",
        "Missing command.",
        "No such command {name!r}.",
        "Options",
        "default: {default}",
        "env var: {var}",
        "required",
    }
)

HEADER = """\
# Indonesian texts of recount.
# Copyright (C) 2026 recount contributors
# This file is distributed under the MIT licence of recount.
#
msgid ""
msgstr ""
"Project-Id-Version: recount\\n"
"Language: id\\n"
"Language-Team: recount contributors\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
"""Fixed, so that an update changes no line that nobody changed."""


def package() -> Path:
    """Folder of the `recount` that Python would import here: the checkout, or an installed wheel.

    Raises FileNotFoundError where there is none.
    """
    spec = find_spec("recount")
    if spec is None or spec.origin is None:
        message = "recount is not installed: run `make test` once"
        raise FileNotFoundError(message)
    return Path(spec.origin).parent


def catalogue_of(folder: Path) -> Path:
    """The Indonesian catalogue inside a package folder."""
    return folder / "locale" / "id" / "LC_MESSAGES" / "recount.po"


def spoken(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call of one of SPEAKERS in a module, with the name of the function called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", None)
            if name in SPEAKERS or getattr(node.func, "attr", None) == "say":
                yield str(name or "say"), node


def extract(folder: Path) -> set[str]:
    """All templates under a package folder, and those of typer; "" is no text."""
    texts = set(TYPER_TEXTS)
    for path in folder.rglob("*.py"):
        for _name, call in spoken(ast.parse(path.read_text(encoding="utf-8"), path)):
            template = call.args[0]
            if isinstance(template, ast.Constant) and isinstance(template.value, str):
                texts.add(template.value)
    return texts - {""}


def read(path: Path) -> dict[str, str]:
    """A catalogue as {English: Indonesian}; what is marked fuzzy counts as not translated."""
    with path.open("rb") as source:
        messages = [message for message in read_po(source) if message.id]
    return {str(m.id): "" if m.fuzzy else str(m.string or "") for m in messages}


def write(path: Path, translations: Mapping[str, str]) -> None:
    """Write a catalogue, sorted, without line numbers, under the fixed header."""
    catalogue = Catalog(locale="id", fuzzy=False)
    for template, translation in translations.items():
        catalogue.add(template, translation)
    body = "".join(generate_po(catalogue, omit_header=True, sort_by="message", width=100))
    path.write_text(HEADER + body.rstrip("\n") + "\n", encoding="utf-8")


def placeholders(template: str) -> list[str]:
    """The {names} in a template, sorted, with their conversions; ValueError when malformed."""
    fields = Formatter().parse(template)
    return sorted(
        name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")
        for _text, name, spec, conversion in fields
        if name is not None
    )


def update(path: Path, texts: set[str], known: Mapping[str, str]) -> None:
    """Make a catalogue hold exactly `texts`; `known` are translations that go before its own."""
    old = read(path)
    write(path, {text: known.get(text) or old.get(text, "") for text in texts})


def faults(texts: set[str], translations: Mapping[str, str]) -> list[str]:
    """What a catalogue lacks: one sentence per text that is missing, unused or ill-fitting."""
    missing = [f"no translation: {text!r}" for text in sorted(texts) if not translations.get(text)]
    unused = [f"not used any more: {text!r}" for text in sorted(translations.keys() - texts)]
    unlike = [
        f"placeholders differ: {text!r} and {translations[text]!r}"
        for text in sorted(texts & translations.keys())
        if translations[text] and not _fit(text, translations[text])
    ]
    return missing + unused + unlike


def _fit(text: str, translation: str) -> bool:
    try:
        return placeholders(text) == placeholders(translation)
    except ValueError:
        return False


def _extract(_files: Sequence[str]) -> int:
    print(*sorted(extract(package())), sep="\n")
    return 0


def _update(_files: Sequence[str]) -> int:
    return _merge([])


def _merge(files: Sequence[str]) -> int:
    texts = extract(package())
    given: dict[str, str] = {}
    for name in files:
        given |= json.loads(Path(name).read_text(encoding="utf-8"))
    path = catalogue_of(package())
    update(path, texts, given)
    lacking = [*faults(texts, read(path)), *(f"nobody says: {t!r}" for t in given.keys() - texts)]
    print(*lacking, f"{len(texts)} texts in {path.name}", sep="\n")
    return 0


def _compile(_files: Sequence[str]) -> int:
    compile_catalogues(ROOT)
    return 0


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "extract": _extract,
    "update": _update,
    "merge": _merge,
    "compile": _compile,
}


def main(arguments: Sequence[str]) -> int:
    """Run one of COMMANDS; 2 when there is no such command."""
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None:
        print(__doc__, file=sys.stderr)
        return 2
    return command(arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
