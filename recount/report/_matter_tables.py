"""An outcome in, its tables out: what to collect, margins, changed leaders, whom it favours."""

from __future__ import annotations

from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from recount.report.columns import HEADINGS
from recount.report.shape import Column, Table
from recount.report.words import LEVEL_WORDS, candidate, names, word
from recount.texts import Text, harmless, say, speak

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import polars as pl

    from recount.model import Outcome
    from recount.report.shape import Kind
    from recount.result import Result

FIRST = 5
"""So many forms to collect, and so many changed leaders, are listed on the screen."""

LEAST = Decimal("0.001")

SEVERAL_PAIRS = 2
"""Of a single pair the sentences have said it all."""


class Kept(NamedTuple):
    """A column of one of these tables: its key, its heading, and how it is read."""

    key: str
    title: Text
    kind: Kind = "text"


CONTEST, REGION = Kept("contest", HEADINGS["contest"]), Kept("region", HEADINGS["region"])
NAME, WITHIN = Kept("name", HEADINGS["name"]), Kept("within", HEADINGS["within"])
LEVEL = Kept("level", HEADINGS["level"])
P = Kept("p", say("Chance of so uneven a split (sign test)"))
COLLECT = (NAME, WITHIN, REGION, Kept("worth", say("Effect up to"), "number"))
PAIRS = (
    Kept("winner", say("Ahead online")),
    Kept("loser", say("Behind")),
    Kept("theirs", say("Margin online"), "number"),
    Kept("corrected", say("Margin with our figures"), "number"),
    Kept("net", say("Effect of all differences"), "signed"),
    Kept("lower", say("At least"), "number"),
    Kept("upper", say("At most"), "number"),
    Kept("k_min", say("Units that could turn it"), "number"),
    Kept("regions_for", say("Regions: online better"), "number"),
    Kept("regions_against", say("Regions: online worse"), "number"),
    P,
)
FLIPS = (
    LEVEL,
    NAME,
    WITHIN,
    REGION,
    Kept("theirs", say("Leads online")),
    Kept("corrected", say("Leads with our figures")),
    Kept("effect", say("Effect"), "number"),
)
FAVOURS = (
    Kept("candidate", HEADINGS["candidate"]),
    Kept("regions_for", say("Online shows more"), "number"),
    Kept("regions_against", say("Online shows fewer"), "number"),
    P,
)

Row = dict[str, str | int | None]


def screen(result: Result, lang: str) -> tuple[Table, ...]:
    """What the screen lists: the margins where there are several, then what to collect first."""
    several = len(result.outcome) > 1
    tables = []
    for one in result.outcome:
        before = f"{harmless(one.contest)}, {harmless(one.region)}: " if several else ""
        rows = _Rows(result, (one,), lang)
        if len(one.pairs) >= SEVERAL_PAIRS:
            margins = before + speak(say("Margins"), lang)
            tables.append(rows.table("pairs", margins, PAIRS[:5], rows.pairs))
        if one.flips:
            title = say("Another candidate leads with our figures: {n}", n=len(one.flips))
            titled = before + _some(title, len(one.flips), lang)
            tables.append(rows.table("flips", titled, FLIPS, rows.flips, FIRST))
        if len(one.first_to_collect) and not one.certain:
            title = say("Forms to collect first: {n}", n=len(one.first_to_collect))
            titled = before + _some(title, len(one.first_to_collect), lang)
            tables.append(rows.table("first_to_collect", titled, COLLECT, rows.collect, FIRST))
    return tuple(tables)


def sheets(result: Result, lang: str) -> tuple[Table, ...]:
    """All of it, for a workbook; only what there is something of."""
    rows = _Rows(result, result.outcome, lang)
    contest = (CONTEST,) if len(result.outcome) > 1 else ()
    given = (
        ("pairs", say("Margins"), PAIRS, rows.pairs),
        ("flips", say("Changed leaders"), FLIPS, rows.flips),
        ("favours", say("Whom differences favour"), FAVOURS, rows.favours),
        ("first_to_collect", say("To collect first"), COLLECT, rows.collect),
    )
    return tuple(
        rows.table(name, speak(title, lang), (*contest, *columns), made)
        for name, title, columns, made in given
        if any(len(getattr(one, name)) for one in result.outcome)
    )


def _some(title: Text, n: int, lang: str) -> str:
    if n <= FIRST:
        return speak(title, lang)
    return speak(
        say("{title} (the first {k}; all of them with: -o result.xlsx)", title=title, k=FIRST), lang
    )


class _Rows:
    """The rows of these tables, made when they are asked for: a nation has 800,000 forms."""

    def __init__(self, result: Result, outcomes: tuple[Outcome, ...], lang: str) -> None:
        self.outcomes, self.lang = outcomes, lang
        self._known = names(result.election)

    def table(
        self,
        name: str,
        title: str,
        columns: tuple[Kept, ...],
        rows: Callable[[Outcome], Iterable[Row]],
        limit: int | None = None,
    ) -> Table:
        """Lay a table out, `limit` rows of each outcome at most."""
        shown = tuple(
            Column(one.key, speak(one.title, self.lang), one.kind, optional=True) for one in columns
        )
        return Table(name, title, shown, self._frame(columns, rows, limit))

    def _frame(
        self,
        columns: tuple[Kept, ...],
        rows: Callable[[Outcome], Iterable[Row]],
        limit: int | None,
    ) -> pl.LazyFrame:
        import polars as pl

        schema = {one.key: pl.String() if one.kind == "text" else pl.Int64() for one in columns}

        def made() -> pl.DataFrame:
            every = (row for one in self.outcomes for row in islice(rows(one), limit))
            return pl.DataFrame(
                [[row[key] for key in schema] for row in every], schema=schema, orient="row"
            )

        return pl.defer(made, schema=schema)

    def pairs(self, one: Outcome) -> Iterator[Row]:
        """Each winner with each loser."""
        for pair in one.pairs:
            yield {
                **pair._asdict(),
                "contest": one.contest,
                "winner": self._who(one, pair.winner),
                "loser": self._who(one, pair.loser),
                "p": self._chance(pair.p),
            }

    def flips(self, one: Outcome) -> Iterator[Row]:
        """Each region whose leader changes, from the top."""
        for flip in one.flips:
            yield {
                **flip._asdict(),
                "contest": one.contest,
                "level": word(LEVEL_WORDS, flip.level, self.lang),
                "theirs": self._who(one, flip.theirs),
                "corrected": self._who(one, flip.corrected),
            }

    def favours(self, one: Outcome) -> Iterator[Row]:
        """Each candidate."""
        for favour in one.favours:
            yield {
                **favour._asdict(),
                "contest": one.contest,
                "candidate": self._who(one, favour.candidate),
                "p": self._chance(favour.p),
            }

    def collect(self, one: Outcome) -> Iterator[Row]:
        """Each unit without our form, the best to collect first."""
        for each in one.first_to_collect:
            yield {**each._asdict(), "contest": one.contest}

    def _chance(self, p: float) -> str:
        """A probability with three digits behind the point; a smaller one is shown as 0.001."""
        return speak(Text("{p}", (("p", max(Decimal(f"{p:.3f}"), LEAST)),)), self.lang)

    def _who(self, one: Outcome, id_: str | None) -> str:
        """A candidate's name; a tie where there is no leader."""
        if id_ is None:
            return speak(say("level"), self.lang)
        return candidate(one.contest, id_, self._known, self.lang)
