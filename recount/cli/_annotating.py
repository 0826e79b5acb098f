"""A workbook that is checked in, its annotated copy out; the workbook itself stays as it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from recount.annotate import annotate, ending_for
from recount.cli._files import destination, refuse_inputs, write
from recount.cli._streams import tell
from recount.errors import RecountError
from recount.readers import STDIN, gather
from recount.texts import say, speak

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.annotate import Annotated
    from recount.readers import Source
    from recount.result import Tallied


class Others(NamedTuple):
    """The other files of a command: those with settings, and the one its report is written to."""

    settings: Sequence[str | None]
    output: str | None


class Annotating:
    """The making of one annotated copy; refuses at once what cannot work, with RecountError."""

    def __init__(self, output: str, files: Sequence[str], others: Others, lang: str) -> None:
        self._lang = lang
        self._target = destination(output)
        if others.output is not None and self._target.resolve() == Path(others.output).resolve():
            raise RecountError(
                say("The report and the annotated copy would be the same file."),
                mend=say("Give one of them another name."),
                place=output,
            )
        self._source = _one(files)
        self._data = _bytes(self._source)
        _refuse_ending(self._target, ending_for(self._data, self._source.label))
        refuse_inputs(
            self._target, [self._source.path, *(name for name in others.settings if name)]
        )
        self._made: Annotated | None = None

    def prepare(self, result: Tallied) -> None:
        """Make the copy, and keep it until everything else is done."""
        self._made = annotate(self._data, self._source.label, result, self._lang)

    def deliver(self) -> None:
        """Write the copy beside the others, and say so."""
        if self._made:
            write(self._made.data, self._target)
            tell([speak(text, self._lang) for text in self._made.remarks])
            tell([speak(say("Written: {path}", path=self._target), self._lang)])


def _one(files: Sequence[str]) -> Source:
    sources = gather(files).sources
    if len(sources) == 1 and sources[0].path != STDIN:
        return sources[0]
    raise RecountError(
        say("One workbook at a time can be annotated."),
        mend=say("Name one file: recount check da1.xlsx --annotate da1-notes.xlsx"),
    )


def _bytes(source: Source) -> bytes:
    try:
        return Path(source.path).read_bytes()
    except OSError as fault:
        raise RecountError(
            say("The file cannot be read from its disk."),
            mend=say("Copy it to another place and try again."),
            place=source.label,
        ) from fault


def _refuse_ending(target: Path, ending: str) -> None:
    """A spreadsheet program refuses a workbook whose name says another kind."""
    if target.suffix.lower() != ending:
        raise RecountError(
            say("The annotated copy of this workbook has to be named {ending}.", ending=ending),
            mend=say("Name it, for example: {name}", name=target.with_suffix(ending).name),
            place=str(target),
        )
