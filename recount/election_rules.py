"""What an election's file says of forms and rules: its kind of form, severities, own equations.

form = "da1-kwk-2018"

[lists]
DPTb = "id_card"

[rules.R2]
severity = "warning"
tolerance = "1%"

[[equations]]
rule = "X1"
text = "cast <= registered * 1.02"
severity = "warning"
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, get_args

from recount.equation_text import parse
from recount.errors import RecountError
from recount.forms import FORMS
from recount.heading_words import AMBIGUOUS, LIST_WORDS
from recount.model import Equation, RuleSetting, Severity, Tolerance
from recount.texts import Text, say
from recount.toml_table import Table, child, distinct, only_known, tables, text_of

if TYPE_CHECKING:
    from recount.model import Lists

RULES = tuple(f"R{number}" for number in range(1, 13))
"""The rules of forms.md, section 4."""

_WITHOUT_TOLERANCE = "R12"
_SEVERITIES: tuple[Severity, ...] = get_args(Severity)
_MEANINGS = ("moved", "id_card")
_ACRONYMS = tuple(sorted(AMBIGUOUS - LIST_WORDS.keys()))
_PERCENT = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,2})?) *%")
_COUNT = re.compile(r"[0-9]{1,9}")
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,31}")
_MEND = say("See whether our copy says what the form says; if so, note it.")


def form_id(whole: Table, about: Table) -> str | None:
    """The id of the kind of form: `form` at the top of the file, or under [election]."""
    table = about if "form" in about.values else whole
    if "form" not in table.values:
        return None
    id_ = text_of(table, "form")
    if id_ not in FORMS:
        raise RecountError(
            say("“{form}” under “{key}” is no kind of form.", form=id_, key=table.key("form")),
            mend=say("Known here: {keys}.", keys=", ".join(FORMS)),
            place=whole.label,
        )
    return id_


def own_lists(whole: Table, form: str | None) -> Lists:
    """What the project says that DPTb and the like mean on its forms."""
    table = child(whole, "lists")
    if table.values and form is None:
        raise RecountError(
            say("“lists” says what DPTb means on a form, but no form is named."),
            mend=say('Name it at the top of the file, such as: form = "c-hasil-kwk-2024".'),
            place=whole.label,
        )
    for key in table.values:
        if key.upper() not in _ACRONYMS:
            raise _unknown(table, key, _ACRONYMS)
        if text_of(table, key) not in _MEANINGS:
            raise table.wrong(_one_of(_MEANINGS), key)
    return tuple((key.upper(), str(which)) for key, which in table.values.items())


def rule_settings(whole: Table) -> dict[str, RuleSetting]:
    """The severities and tolerances that the project changes, by rule."""
    rules = child(whole, "rules")
    return {rule: _setting(rules, rule) for rule in rules.values}


def own_equations(whole: Table) -> tuple[Equation, ...]:
    """The project's own equations."""
    equations = tuple(_equation(table) for table in tables(whole, "equations"))
    distinct(whole, "equations.rule", [equation.rule for equation in equations])
    return equations


def _setting(rules: Table, rule: str) -> RuleSetting:
    if rule not in RULES:
        raise _unknown(rules, rule, RULES)
    table = child(rules, rule)
    only_known(table, "rule")
    if rule == _WITHOUT_TOLERANCE and "tolerance" in table.values:
        raise _unknown(table, "tolerance", ("severity",))
    return RuleSetting(_severity(table), _tolerance(table))


def _equation(table: Table) -> Equation:
    only_known(table, "equation")
    rule = text_of(table, "rule")
    if not _ID.fullmatch(rule) or rule in RULES:
        raise table.wrong(say('an id of its own, such as "X1"; R1 to R12 are taken'), "rule")
    text = text_of(table, "text")
    try:
        parse(text)
    except RecountError as fault:
        message = say(
            "The key “{key}” is wrong {fault}", key=table.key("text"), fault=fault.message
        )
        raise RecountError(message, mend=fault.mend, place=table.label) from fault
    return Equation(
        rule,
        text,
        _severity(table) or "error",
        _own_words(table, "mend") or _MEND,
        _tolerance(table),
        message=_own_words(table, "message"),
    )


def _severity(table: Table) -> Severity | None:
    value = table.values.get("severity")
    found = next((severity for severity in _SEVERITIES if severity == value), None)
    if value is not None and found is None:
        raise table.wrong(_one_of(_SEVERITIES), "severity")
    return found


def _tolerance(table: Table) -> Tolerance | None:
    value = table.values.get("tolerance")
    if value is None:
        return None
    written = str(value) if isinstance(value, (int, str)) and not isinstance(value, bool) else ""
    if _COUNT.fullmatch(written):
        return Tolerance(Decimal(written))
    percent = _PERCENT.fullmatch(written.strip())
    if percent is None or (share := Decimal(percent[1].replace(",", "."))) > 100:  # noqa: PLR2004
        wanted = say('a whole number from 0, or a percentage as text, such as "1%" or "0.5%"')
        raise table.wrong(wanted, "tolerance")
    return Tolerance(share, percent=True)


def _own_words(table: Table, key: str) -> Text | None:
    """A project's own sentence: shown as it is, in every language."""
    written = text_of(table, key, "")
    return Text("{text}", (("text", written),)) if written else None


def _one_of(values: tuple[str, ...]) -> Text:
    return say("one of {values}", values=", ".join(f'"{value}"' for value in values))


def _unknown(table: Table, key: str, known: tuple[str, ...]) -> RecountError:
    return RecountError(
        say("The key “{key}” is not known.", key=table.key(key)),
        mend=say("Known here: {keys}.", keys=", ".join(known)),
        place=table.label,
    )
