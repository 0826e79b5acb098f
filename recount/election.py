"""A `recount.toml` in, an `Election` out; and a region list in, its codes and names out."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recount.errors import RecountError
from recount.headings import meaning, slug
from recount.model import Candidate, Contest, Election
from recount.readers import read
from recount.regions import parse_code
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recount.model import Grid

UNNAMED = "pilihan"
"""The id of the one contest where nothing names it."""

_KNOWN = {
    "": {"election", "contest"},
    "election": {"id", "title"},
    "contest": {"id", "title", "region", "seats", "candidate"},
    "candidate": {"id", "name", "aliases"},
}


def unknown_election() -> Election:
    """What is known when no election's file is given: one contest without a name."""
    return Election("", "", (Contest(UNNAMED, ""),))


def read_election(path: str | Path) -> Election:
    """Read `recount.toml`. Raises RecountError with the path of the key that is wrong."""
    label = Path(path).name
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as fault:
        raise RecountError(
            say("The election file {path} cannot be opened.", path=str(path)),
            mend=say("Check the path, and that the file may be read."),
            place=str(path),
        ) from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise RecountError(
            say("This is no valid TOML: {fault}.", fault=str(fault)),
            mend=say("Mend the line, or compare the file with the one in sample_data."),
            place=label,
        ) from fault
    _only_known(data, "", label)
    about = _table(data.get("election", {}), "election", label)
    contests = tuple(
        _contest(table, f"contest[{at}]", label)
        for at, table in enumerate(_tables(data.get("contest", []), "contest", label), 1)
    )
    _distinct([contest.id for contest in contests], "contest.id", label)
    return Election(
        _text(about, "id", "election", label, ""),
        _text(about, "title", "election", label, ""),
        contests or unknown_election().contests,
    )


def _contest(table: dict[str, Any], path: str, label: str) -> Contest:
    _only_known(table, "contest", label, path)
    region = table.get("region")
    code = parse_code(str(region)) if region is not None else None
    if region is not None and code is None:
        raise _wrong(f"{path}.region", say("a Kemendagri code as text, such as \"64\""), label)
    seats = table.get("seats", 1)
    if not isinstance(seats, int) or isinstance(seats, bool) or seats < 1:
        raise _wrong(f"{path}.seats", say("a whole number from 1"), label)
    candidates = tuple(
        _candidate(entry, f"{path}.candidate[{at}]", label)
        for at, entry in enumerate(
            _tables(table.get("candidate", []), f"{path}.candidate", label), 1
        )
    )
    _distinct([candidate.id for candidate in candidates], f"{path}.candidate.id", label)
    id_ = _text(table, "id", path, label, None)
    return Contest(id_, _text(table, "title", path, label, id_), candidates, seats, code)


def _candidate(table: dict[str, Any], path: str, label: str) -> Candidate:
    _only_known(table, "candidate", label, path)
    id_ = table.get("id")
    id_ = str(id_) if isinstance(id_, int) and not isinstance(id_, bool) else id_
    if not isinstance(id_, str) or not id_.strip():
        raise _wrong(f"{path}.id", say("the number on the ballot, such as \"1\""), label)
    aliases = table.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        raise _wrong(f"{path}.aliases", say("a list of names"), label)
    name = _text(table, "name", path, label, id_)
    return Candidate(id_.strip().lstrip("0") or "0", name, tuple(aliases))


def _table(value: object, path: str, label: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(path, say("a table"), label)
    if path in _KNOWN:
        _only_known(value, path, label, path)
    return value


def _tables(value: object, path: str, label: str) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        raise _wrong(path, say("a list of tables, each headed [[...]]"), label)
    return [_table(entry, f"{path}[{at}]", label) for at, entry in enumerate(value, 1)]


def _text(table: dict[str, Any], key: str, path: str, label: str, default: str | None) -> str:
    value = table.get(key, default)
    if not isinstance(value, str):
        raise _wrong(f"{path}.{key}", say("a text in quotation marks"), label)
    return value


def _only_known(table: dict[str, Any], kind: str, label: str, path: str = "") -> None:
    for key in table:
        if key not in _KNOWN[kind]:
            where = f"{path}.{key}" if path else key
            raise RecountError(
                say("The key “{key}” is not known.", key=where),
                mend=say("Known here: {keys}.", keys=", ".join(sorted(_KNOWN[kind]))),
                place=label,
            )


def _distinct(ids: list[str], path: str, label: str) -> None:
    for id_ in ids:
        if ids.count(id_) > 1:
            raise RecountError(
                say("“{id}” occurs more than once as {key}.", id=id_, key=path),
                mend=say("Give each one an id of its own."),
                place=label,
            )


def _wrong(path: str, wanted: Text, label: str) -> RecountError:
    return RecountError(
        say("The key “{key}” needs {wanted}.", key=path, wanted=wanted),
        mend=say("Mend the key in the election file."),
        place=label,
    )


def known_candidates(election: Election) -> dict[str, str]:
    """Candidates' names and aliases, as they are compared, with their numbers.

    A name that two contests give different numbers is left out: a heading could not tell which.
    """
    known: dict[str, str] = {}
    doubtful: set[str] = set()
    for contest in election.contests:
        for candidate in contest.candidates:
            for name in (candidate.name, *candidate.aliases):
                key = slug(name)
                if known.setdefault(key, candidate.id) != candidate.id:
                    doubtful.add(key)
    return {key: id_ for key, id_ in known.items() if key and key not in doubtful}


def read_regions(path: str | Path) -> list[tuple[str, str]]:
    """Read a region list: a table with the columns `code` (or `kode`) and `name` (or `nama`).

    Out: (code as written, name). Raises RecountError when there is no such table.
    """
    book = read(path, label=Path(path).name)
    for grid in book.grids:
        columns = _list_columns(grid)
        if columns is None:
            continue
        at, code, name = columns
        body = grid.cells.tail(len(grid.cells) - at - 1)
        pairs = zip(body[f"c{code}"], body[f"c{name}"], strict=True)
        rows = [(c, n) for c, n in pairs if c and n and parse_code(c)]
        if rows:
            return rows
    raise RecountError(
        say("The region list has no rows with a code and a name."),
        mend=say("Give a table with the columns kode and nama; codes such as 64.72.01."),
        place=book.label,
    )


def _list_columns(grid: Grid) -> tuple[int, int, int] | None:
    for at, cells in enumerate(grid.head):
        roles = list(_roles(cells))
        code = next((column for column, role in roles if role == "code"), None)
        name = next((column for column, role in roles if role == "name"), None)
        if code is not None and name is not None:
            return at, code, name
    return None


def _roles(cells: tuple[str | None, ...]) -> Iterator[tuple[int, str]]:
    for column, cell in enumerate(cells):
        understood = meaning(cell) if cell else None
        if understood is not None:
            yield column, understood.role
