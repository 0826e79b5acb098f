"""What a report rests on: an election and its inputs in, the title and the lines below it out."""

from __future__ import annotations

import shlex
from pathlib import PurePath
from typing import TYPE_CHECKING

from recount.report import _receipts
from recount.report.words import LAYER_WORDS, SIDE_WORDS, word
from recount.tellings import dated
from recount.texts import Several, harmless, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recount.model import Election, Finding, Input
    from recount.texts import Text

NAMED = 3
"""So many files of a side are named; more are counted, and their folder is named."""

SHORT = 8
"""Characters of a digest that a person compares by eye."""

TABLE = "table"
"""A system that is a plain table, of which there is nothing to say."""


def title(election: Election, otherwise: Text, lang: str) -> str:
    """The election's title, or its id, or what this is about."""
    named = election.title or election.id
    return harmless(named) if named else speak(otherwise, lang)


def sources(inputs: Iterable[Input], version: str, lang: str) -> tuple[str, ...]:
    """One line for each side with files, digests, time and layer; then the version."""
    files = tuple(inputs)
    sides = ([one for one in files if one.side == side] for side in SIDE_WORDS)
    lines = [_side(own, files, lang) for own in sides if own]
    return (*lines, speak(say("recount {version}", version=version), lang))


def understood(inputs: Iterable[Input], lang: str) -> tuple[str, ...]:
    """What was understood of the files, side by side: said before anything is compared."""
    files = tuple(inputs)
    lines: list[str] = []
    for side in SIDE_WORDS:
        own = [one for one in files if one.side == side]
        lines += _receipts.lines(own, _check_of(side, files, lang), lang) if own else ()
    return tuple(lines)


def caption(title_: str, inputs: Iterable[Input], version: str, lang: str) -> str:
    """One sentence or two for below a table: what was compared, of what time, from which files."""
    files = tuple(inputs)
    ours, theirs = ([one for one in files if one.side == side] for side in ("ours", "theirs"))
    named = {"title": title_.strip(), "forms": sum(one.forms for one in ours), "version": version}
    if not (ours and theirs):
        text = say("{title}. From {files}; recount {version}.", **named, files=_in(files))
        return speak(text, lang)
    latest = max((one.taken_at or "" for one in theirs), default="")
    of = say("as of {time}", time=dated(latest)) if latest else say("their time is not known")
    layers = dict.fromkeys(LAYER_WORDS[one.layer] for one in theirs if one.layer in LAYER_WORDS)
    text = say(
        "{title}. Our {forms} forms ({ours}) compared with the online figures ({theirs}; {of}); "
        "recount {version}.",
        **named,
        ours=_in(ours),
        theirs=_in(theirs),
        of=Several((*layers, of)),
    )
    return speak(text, lang)


def _in(own: Sequence[Input]) -> Text | Several:
    """Name a few files with their digests; of more say how many, and their folder."""
    if len(own) <= NAMED:
        few = (
            say("{path}, SHA-256 {digest}", path=one.path, digest=one.sha256[:SHORT]) for one in own
        )
        return Several(tuple(few), "; ")
    folder = common_folder(list(own), ())
    if folder is None:
        return say("{n} files", n=len(own))
    return say("{n} files in {folder}", n=len(own), folder=folder)


def _side(own: list[Input], files: tuple[Input, ...], lang: str) -> str:
    both = len({one.side for one in files}) > 1
    text = say(
        "{side}: {forms} forms; {files}",
        side=SIDE_WORDS[own[0].side] if both else say("Files"),
        forms=sum(one.forms for one in own),
        files=_files(own, files, lang),
    )
    return speak(text, lang)


def listing(found: Iterable[Finding], inputs: Iterable[Input], lang: str) -> tuple[str, ...]:
    """The commands that list the findings: one a side, for a check is of one side."""
    files = tuple(inputs)
    sides = {one.side or "ours" for one in found}
    commands = dict.fromkeys(_check_of(side, files, lang) for side in SIDE_WORDS if side in sides)
    if not commands:
        return ()
    return (speak(say("To list the findings:"), lang), *(f"    {one}" for one in commands))


def _check_of(side: str, files: tuple[Input, ...], lang: str) -> str:
    own = [one for one in files if one.side == side]
    folder = common_folder(own, files)
    if folder is not None:
        return _command(folder)
    if own and len(own) <= NAMED:
        return _command(*(one.path for one in own))
    return speak(say("recount check FILES"), lang)


def _command(*paths: str) -> str:
    return harmless(shlex.join(("recount", "check", *paths)))


def common_folder(own: list[Input], files: Iterable[Input]) -> str | None:
    """The deepest folder that holds all of a side's files, and none of the other side's."""
    above = [PurePath(one.path).parents for one in own]
    if len(own) < 2:  # noqa: PLR2004 - a file alone is named itself
        return None
    shared = [folder for folder in above[0] if all(folder in parents for parents in above)]
    if not shared or shared[0] in {PurePath(), PurePath(shared[0].anchor)}:
        return None
    others = [PurePath(one.path) for one in files if one.side != own[0].side]
    return None if any(shared[0] in path.parents for path in others) else str(shared[0])


def _files(own: list[Input], files: tuple[Input, ...], lang: str) -> str:
    if len(own) <= NAMED:
        return ", ".join(_file(one, lang) for one in own)
    folder = common_folder(own, files)
    named = folder or ", ".join(one.path for one in own[:NAMED]) + ", ..."
    text = say("{n} files: {where} (SHA-256 of each: -o result.json)", n=len(own), where=named)
    latest = max(own, key=lambda one: one.taken_at or "")
    return _with_details(speak(text, lang), _known(latest, lang), lang)


def _file(one: Input, lang: str) -> str:
    return _with_details(one.path, [f"SHA-256 {one.sha256[:SHORT]}", *_known(one, lang)], lang)


def _known(one: Input, lang: str) -> list[str]:
    """What is known of an online file: its system, its layer, its time."""
    known = [
        None if one.system == TABLE else one.system,
        word(LAYER_WORDS, one.layer, lang) if one.layer else None,
        one.taken_at,
    ]
    return [text for text in known if text]


def _with_details(path: str, details: list[str], lang: str) -> str:
    if not details:
        return path
    return speak(say("{path} ({details})", path=path, details=", ".join(details)), lang)
