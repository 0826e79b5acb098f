"""The tables of an election's file: what stands under a key, or an error that names the key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from recount.errors import RecountError
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KNOWN = {
    "": ("election", "contest", "form", "lists", "rules", "equations"),
    "election": ("id", "title", "form"),
    "contest": ("id", "title", "region", "seats", "candidate", "threshold"),
    "threshold": ("percent", "population", "kind", "announced"),
    "candidate": ("id", "name", "aliases"),
    "rule": ("severity", "tolerance"),
    "equation": ("rule", "text", "severity", "tolerance", "message", "mend"),
}


class Table(NamedTuple):
    """A table of the file: what stands in it, and how a person finds it there."""

    values: dict[str, Any]
    path: str
    label: str

    def key(self, key: str) -> str:
        """The path of a key, such as `contest[1].candidate[2].id`."""
        return f"{self.path}.{key}" if self.path else key

    def wrong(self, wanted: Text, key: str) -> RecountError:
        """The error of a key that holds something else."""
        return RecountError(
            say("The key “{key}” needs {wanted}.", key=self.key(key), wanted=wanted),
            mend=say("Mend the key in the election file."),
            place=self.label,
        )


def child(parent: Table, key: str) -> Table:
    """The table under a key; an empty one where there is none."""
    values = as_table(parent, key, parent.values.get(key, {}))
    return Table(values, parent.key(key), parent.label)


def as_table(parent: Table, key: str, value: object) -> dict[str, Any]:
    """A value that must be a table."""
    if not isinstance(value, dict):
        raise parent.wrong(say("a table"), key)
    return value


def tables(parent: Table, key: str) -> Iterator[Table]:
    """The tables of a list, counted from 1 as a person would."""
    value = parent.values.get(key, [])
    if not isinstance(value, list):
        raise parent.wrong(say("a list of tables, each headed [[...]]"), key)
    for at, entry in enumerate(value, 1):
        table = as_table(parent, f"{key}[{at}]", entry)
        yield Table(table, parent.key(f"{key}[{at}]"), parent.label)


def text_of(table: Table, key: str, default: str | None = None) -> str:
    """The text under a key. `default`: where it is missing; without one it is required."""
    value = table.values.get(key, default)
    if not isinstance(value, str):
        raise table.wrong(say("a text in quotation marks"), key)
    return value


def only_known(table: Table, kind: str) -> None:
    """Refuse a key that a table of this kind has not."""
    for key in table.values:
        if key not in KNOWN[kind]:
            raise RecountError(
                say("The key “{key}” is not known.", key=table.key(key)),
                mend=say("Known here: {keys}.", keys=", ".join(KNOWN[kind])),
                place=table.label,
            )


def distinct(table: Table, key: str, values: Sequence[str]) -> None:
    """Refuse a value that occurs twice."""
    for at, value in enumerate(values):
        if value in values[:at]:
            raise RecountError(
                say("“{id}” occurs more than once as {key}.", id=value, key=table.key(key)),
                mend=say("Give each one an id and a name of its own."),
                place=table.label,
            )
