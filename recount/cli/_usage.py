"""What typer says about a command line that it does not understand in, our words for it out."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from recount.errors import RecountError
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Callable

    import typer

# Known by the names of their classes: typer keeps the classes themselves to itself.


def explain(fault: typer.TyperException) -> RecountError:
    """Put a fault of usage into our words, with what to do about it."""
    tell = _WORDS.get(type(fault).__name__, _other)
    return tell(fault)


def _missing(fault: Any) -> RecountError:  # noqa: ANN401 - see above
    param = fault.param
    what = param.opts[0] if param.param_type_name == "option" else param.metavar
    page = getattr(fault.ctx.command, "page", None)
    if page is None:  # pragma: no cover - every command has one
        return RecountError(say("{what} is missing.", what=what), mend=_see(fault))
    example = " ".join(page.examples[0][0].replace("\\\n", "").split())
    return RecountError(
        say("{what} is missing.", what=what), mend=say("For example: {example}", example=example)
    )


def _no_such_option(fault: Any) -> RecountError:  # noqa: ANN401 - see above
    mend = _see(fault)
    if near := difflib.get_close_matches(fault.option_name, fault.possibilities or (), 1):
        mend = say(
            "Did you mean {near}? All options: {command} --help",
            near=near[0],
            command=fault.ctx.command_path,
        )
    return RecountError(say("There is no option {option}.", option=fault.option_name), mend=mend)


def _bad_option(fault: Any) -> RecountError:  # noqa: ANN401 - see above
    params = fault.ctx.command.get_params(fault.ctx)
    flags = {name for param in params if getattr(param, "is_flag", False) for name in param.opts}
    message = say("The option {option} needs a value.", option=fault.option_name)
    if fault.option_name in flags:
        message = say("The option {option} takes no value.", option=fault.option_name)
    return RecountError(message, mend=_see(fault))


def _other(fault: Any) -> RecountError:  # noqa: ANN401 - see above
    if hasattr(getattr(getattr(fault, "ctx", None), "command", None), "register"):
        return RecountError(say("The name of a command is missing."), mend=_see(fault))
    message = say("The command line is not understood: {why}", why=fault.format_message())
    return RecountError(message, mend=_see(fault))


def _see(fault: Any) -> Text:  # noqa: ANN401 - see above
    context = getattr(fault, "ctx", None)
    return say("See: {command} --help", command=context.command_path if context else "recount")


_WORDS: dict[str, Callable[[Any], RecountError]] = {
    "MissingParameter": _missing,
    "NoSuchOption": _no_such_option,
    "BadOptionUsage": _bad_option,
}
