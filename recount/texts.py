"""What a person reads, in two languages: a template and its values in, one sentence out.

Every text that a person sees is written once, in English, as `say("... {name} ...", name=value)`.
It travels as a value and is put into a language only where it is shown, so that the same finding
can be printed in Indonesian on the screen and in English in a file. The Indonesian sentences
stand in `locale/id/LC_MESSAGES/recount.po`.
"""

from __future__ import annotations

import gettext
import unicodedata
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

LANGUAGES = ("id", "en")
OTHER = {"id": "en", "en": "id"}
"""For each language the other one."""
CATALOGUES = Path(__file__).parent / "locale"
DOMAIN = "recount"

Value = object
"""What may stand in a text: str, int, Decimal, None, another `Text`, or `Several` of these."""


class Text(NamedTuple):
    """A sentence before it has a language: the English template, and what it names."""

    template: str
    values: tuple[tuple[str, Value], ...] = ()

    def filled(self, **values: Value) -> Text:
        """The same sentence about other things."""
        return Text(self.template, tuple(values.items()))


class Several(NamedTuple):
    """Several values in one place of a text, with the same sign between them."""

    parts: tuple[Value, ...]
    between: str = ", "


def say(template: str, /, **values: Value) -> Text:
    """Note down a text for later. `template` must be a literal: the catalogues are made from it."""
    return Text(template, tuple(values.items()))


def speak(text: Text, lang: str) -> str:
    """Put a text into a language: numbers grouped as that language does, names made harmless."""
    template = translate(text.template, lang)
    if not text.values:
        return template
    return template.format(**{key: _shown(value, lang) for key, value in text.values})


def translate(template: str, lang: str) -> str:
    """One template in one language; the template itself where the catalogue has none."""
    if lang == "en" or not template:
        return template
    return _catalogue(lang).gettext(template)


def number(value: int | None, lang: str) -> str:
    """Write a count for the eye: 1.234.567 in Indonesian, 1,234,567 in English, "-" for null."""
    if value is None:
        return "-"
    grouped = f"{value:,}"
    return grouped.replace(",", ".") if lang == "id" else grouped


def harmless(text: str) -> str:
    r"""Make a text from a file safe to show: nothing in it moves a cursor or turns a line around.

    Control, format and separator characters (Unicode classes Cc, Cf, Zl, Zp, Cs, Co) are written
    out as `\x1b` or `\u202e`; all else stays as it is.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if _shows(char) else _escaped(char) for char in text)


def _shows(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"}


def _escaped(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"  # noqa: PLR2004 - one byte


def _shown(value: Value, lang: str) -> str:
    if isinstance(value, Text):
        return speak(value, lang)
    if isinstance(value, Several):
        return value.between.join(_shown(part, lang) for part in value.parts)
    if isinstance(value, int) and not isinstance(value, bool):
        return number(value, lang)
    if isinstance(value, Decimal):
        return _decimal(value, lang)
    return "-" if value is None else harmless(str(value))


def _decimal(value: Decimal, lang: str) -> str:
    written = f"{value:,f}"
    return written.translate(str.maketrans(",.", ".,")) if lang == "id" else written


@cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, CATALOGUES, languages=[lang], fallback=True)
