"""What a script needs: `reconcile`, `check`, `aggregate`, and what they give or raise.

Nothing is loaded before it is asked for, so that `recount --help` and `import recount` stay quick.
"""

# ruff: noqa: TC004 - the imports below are for mypy and editors; _Package does them when needed

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recount.api import aggregate, check, reconcile
    from recount.errors import RecountError
    from recount.result import VERSION as __version__  # noqa: N811 - Python's name for it
    from recount.result import Result, Tallied

__all__ = ["RecountError", "Result", "Tallied", "__version__", "aggregate", "check", "reconcile"]

_WHERE = {
    "aggregate": ("recount.api", "aggregate"),
    "check": ("recount.api", "check"),
    "reconcile": ("recount.api", "reconcile"),
    "RecountError": ("recount.errors", "RecountError"),
    "Result": ("recount.result", "Result"),
    "Tallied": ("recount.result", "Tallied"),
    "__version__": ("recount.result", "VERSION"),
}


class _Package(ModuleType):
    """Loads the offered names when they are asked for.

    Two of them, `reconcile` and `aggregate`, are also names of modules in here. Python would bind
    the module to the package's name as soon as anything imports it; the function keeps it instead.
    """

    def __getattr__(self, name: str) -> object:
        if name not in _WHERE:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message, name=name, obj=self)
        module, attribute = _WHERE[name]
        found: object = getattr(import_module(module), attribute)
        setattr(self, name, found)
        return found

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _WHERE and isinstance(value, ModuleType)):
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *__all__})


sys.modules[__name__].__class__ = _Package
