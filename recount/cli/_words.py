"""typer's commands in our words: everything that a help page says, in one language.

Help texts stand in the source as English templates, marked by `_`; a page translates its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from recount.cli._streams import put
from recount.texts import Text, say, speak

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from typer._click.core import Command, Context, Parameter
    from typer._click.formatting import HelpFormatter
    from typer.core import TyperOption
else:
    Command = object

NAMES = {"help_option_names": ["-h", "--help"]}

_PLAIN = (str, list[str], bool)
"""Types of a parameter that takes what was typed, or that it was, as it is."""

COMPLETION = {
    "install_completion": say("Teach the shell to complete this command."),
    "show_completion": say("Print what teaches the shell to complete this command."),
}


class Page(NamedTuple):
    """What the help of a command says beside its options.

    `examples`: a command line and what it does; the first one also stands under an error of usage.
    `exits`: an exit code and its meaning.
    """

    about: Text
    examples: tuple[tuple[str, Text], ...]
    exits: tuple[tuple[str, Text], ...]


def _(template: str) -> str:
    """Mark a help text for the catalogues, and leave it as it is."""
    return template


class _AsGiven:
    """Stands where typer makes a type of what was typed: a text is one already, a flag too."""

    @staticmethod
    def coerce(value: object, param: Parameter, ctx: Context) -> object:
        """Leave a text or a flag as it is, and several texts as a list of them."""
        del ctx
        if param.multiple or param.nargs == -1:
            return [] if value is None else list(value)  # type: ignore[call-overload]
        return value


def take_as_given(params: Iterable[Parameter]) -> None:
    """Keep typer from loading the library with which it makes numbers and dates: 0.07 s a run."""
    for param in params:
        described = getattr(param, "type_descriptor", None)
        if described is not None and described.annotation in _PLAIN:
            param._runtime_param = _AsGiven  # type: ignore[attr-defined]  # noqa: SLF001 - no door


class _InWords(Command):
    """What a command and a group of commands have in common."""

    lang = "en"
    page: Page | None = None

    def said(self, text: Text) -> str:
        """Put a text into the language of this page."""
        return speak(text, self.lang)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the arguments; a fault of usage always knows whose it is."""
        take_as_given(self.params)
        try:
            return super().parse_args(ctx, args)
        except typer.TyperException as fault:
            if getattr(fault, "ctx", None) is None:
                fault.ctx = ctx  # type: ignore[attr-defined]
            raise

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        """Give the parts of the line "Usage", the arguments as their help calls them."""
        del ctx
        arguments = [param for param in self.params if param.param_type_name == "argument"]
        return [self.said(say("[OPTIONS]")), *(str(param.metavar) for param in arguments)]

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the line "Usage"."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{self.said(say('Usage'))}: ")

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """Give --help, in our words, and quiet when nobody reads on."""
        option = super().get_help_option(ctx)
        if option:
            option.help = self.said(say("Show this help and leave."))
            option.callback = _show_help
            take_as_given([option])
        return option

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write what can be given: arguments under the names of the line "Usage", then options."""
        records = [(param, param.get_help_record(ctx)) for param in self.get_params(ctx)]
        arguments = [
            (str(param.metavar), record[1])
            for param, record in records
            if record and param.param_type_name == "argument"
        ]
        options = [
            record for param, record in records if record and param.param_type_name == "option"
        ]
        self._list(formatter, say("Arguments"), arguments)
        self._list(formatter, say("Options"), options)

    def format_epilog(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the examples and the exit codes."""
        del ctx
        if self.page is None:
            return
        with formatter.section(self.said(say("Examples"))):
            for command, does in self.page.examples:
                formatter.write(f"{'':{formatter.current_indent}}{command}\n")
                with formatter.indentation():
                    formatter.write_text(self.said(does))
        exits = [(code, self.said(text)) for code, text in self.page.exits]
        self._list(formatter, say("Exit codes"), exits)

    def _list(self, formatter: HelpFormatter, title: Text, rows: Sequence[tuple[str, str]]) -> None:
        if rows:
            with formatter.section(self.said(title)):
                formatter.write_dl(rows)

    def translate(self, lang: str, page: Page) -> None:
        """Put this page and all that its parameters say into a language, once."""
        self.lang, self.page = lang, page
        self.help = speak(page.about, lang)
        for param in self.params:
            text = COMPLETION.get(param.name) or Text(getattr(param, "help", None) or "")
            param.help = speak(text, lang)  # type: ignore[attr-defined]
            if param.metavar:
                param.metavar = speak(Text(param.metavar), lang)


class WordyCommand(_InWords, TyperCommand):
    """A command whose help is in our words."""


class WordyGroup(_InWords, TyperGroup):
    """A group of commands whose help is in our words."""

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        """Say that a command comes next."""
        return [*super().collect_usage_pieces(ctx), self.said(say("COMMAND ..."))]

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the commands before the options: they are what one looks for."""
        self.format_commands(ctx, formatter)
        super().format_options(ctx, formatter)


def worded(function: Callable[..., int], name: str, page: Page, lang: str) -> WordyCommand:
    """Make a command of a function as typer reads it."""
    app = typer.Typer(rich_markup_mode=None, add_completion=False)
    app.command(name, cls=WordyCommand, help=" ", context_settings=NAMES)(function)
    command = typer.main.get_command(app)
    if not isinstance(command, WordyCommand):  # pragma: no cover - typer keeps the class it is told
        raise TypeError(name)
    command.translate(lang, page)
    return command


def _show_help(ctx: Context, param: object, value: Any) -> None:  # noqa: ANN401 - a flag
    del param
    if value and not ctx.resilient_parsing:
        put(f"{ctx.get_help()}\n".encode())
        raise typer.Exit
