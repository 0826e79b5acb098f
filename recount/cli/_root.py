"""The register of commands in, the command `recount` out; its commands are loaded when called."""

from __future__ import annotations

import difflib
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Protocol, cast

import typer
from typer.core import TyperCommand

from recount.cli._streams import put
from recount.cli._words import NAMES, Page, WordyGroup, _, worded
from recount.errors import RecountError
from recount.result import VERSION
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from typer._click.core import Command, Context

    from recount.texts import Text

    Register = Mapping[str, tuple[str, Text]]

PAGE = Page(
    about=say(
        "Adds up election forms that were collected by hand, holds them against the figures of "
        "the online system, and says where the two differ."
    ),
    examples=(
        (
            "recount reconcile forms/ --online kpu.csv",
            say("Hold all forms in a folder against the online figures."),
        ),
        ("recount reconcile --help", say("Show the options of a command.")),
    ),
    exits=(
        ("0", say("Everything that was compared agrees.")),
        ("1", say("Something differs, or a check has found an error.")),
        ("2", say("It could not be done: wrong usage, unreadable input, nothing to compare.")),
        ("130", say("Interrupted.")),
    ),
)

Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="id|en",
        help=_("Language; default: from the environment, else Indonesian."),
    ),
]


class CommandModule(Protocol):
    """A member of the family; one with commands of its own has `COMMANDS` in place of `run`."""

    @property
    def PAGE(self) -> Page:  # noqa: N802 - a constant of the module
        """What its help says."""

    @property
    def run(self) -> Callable[..., int]:
        """The function as typer reads it."""


class Root(WordyGroup):
    """The command `recount`, or a command that has commands of its own."""

    register: Register

    def list_commands(self, ctx: Context) -> list[str]:
        """Name the commands, in the order of the register."""
        del ctx
        return list(self.register)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Give a command's name and summary, for lists and completion; loads nothing."""
        del ctx
        if cmd_name not in self.register:
            return None
        return TyperCommand(cmd_name, short_help=self.said(self.register[cmd_name][1]))

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, Command | None, list[str]]:
        """Load the command that is called. Raises RecountError when there is none of this name."""
        name, *rest = args
        if name in self.register:
            module = cast("CommandModule", import_module(self.register[name][0]))
            below: Register | None = getattr(module, "COMMANDS", None)
            if below is not None:
                return name, _group(_within, below, module.PAGE, self.lang), rest
            return name, worded(module.run, name, module.PAGE, self.lang), rest
        if ctx.resilient_parsing:
            return None, None, rest
        raise _no_such_command(name, list(self.register))


def root(register: Register, lang: str) -> Root:
    """Make the command `recount` in a language."""
    return _group(_root, register, PAGE, lang)


def _group(function: Callable[..., None], register: Register, page: Page, lang: str) -> Root:
    """Make a command that has commands; `function` has its own options, as typer reads them."""
    app = typer.Typer(
        cls=Root,
        rich_markup_mode=None,
        add_completion=function is _root,
        no_args_is_help=True,
        context_settings=NAMES,
        help=" ",
    )
    app.callback()(function)
    group = typer.main.get_command(app)
    if not isinstance(group, Root):  # pragma: no cover - typer keeps the class it is told
        raise TypeError(group)
    group.register = register
    group.translate(lang, page)
    return group


def _version(ctx: typer.Context, value: bool) -> None:  # noqa: FBT001 - as typer calls it
    if value and not ctx.resilient_parsing:
        put(f"recount {VERSION}\n".encode())
        raise typer.Exit


def _root(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help=_("Show the version and leave.")
        ),
    ] = False,
    lang: Lang = None,
) -> None:
    del version, lang


def _within(*, lang: Lang = None) -> None:
    del lang


def _no_such_command(name: str, known: list[str]) -> RecountError:
    near = difflib.get_close_matches(name, known, 1)
    mend = say("Commands: {commands}.", commands=", ".join(known))
    if near:
        mend = say("Did you mean “{near}”?", near=near[0])
    return RecountError(say("There is no command “{name}”.", name=name), mend=mend)
