"""The tables of an audit: a plan, its draw, and what the forms prove in, columns and rows out."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from recount.audit import collect
from recount.auditing.ballots import KIND_WORDS
from recount.auditing.drawing import enough_of
from recount.auditing.plan import FRAME, PLAN
from recount.model import NAMED_LEVELS
from recount.report import _audit_words as words
from recount.report.shape import Column, Table
from recount.texts import harmless, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import polars as pl

    from recount.auditing.plan import Measured, Plan
    from recount.report.shape import Kind
    from recount.texts import Text

LISTED = 200
"""So many regions of a list are shown on the screen; all are in draw.csv."""

HEADINGS: dict[str, tuple[Text, Kind]] = {
    "what": (say("What"), "text"),
    "value": (say("Value"), "text"),
    "candidate": (say("Candidate"), "text"),
    "votes": (say("Votes in the regions"), "number"),
    "official": (say("Official total"), "number"),
    "winner": (say("Winner"), "text"),
    "loser": (say("Loser"), "text"),
    "margin": (say("Margin"), "number"),
    "case": (say("If"), "text"),
    "mean": (say("Mean"), "text"),
    "quantile90": (say("90 % quantile"), "number"),
    "number": (say("No."), "number"),
    "region": (say("Code"), "text"),
    "name": (say("Region"), "text"),
    "within": (say("Within"), "text"),
    "drawn": (say("Drawn as"), "text"),
    "state": (say("State"), "text"),
    "p": (say("Risk"), "text"),
    "change": (say("Lead, change"), "signed"),
    "found": (say("Our form"), "text"),
    "corrected": (say("With our forms"), "number"),
    "lower": (say("At the worst"), "number"),
    "k_min": (say("Fewest regions that could turn it"), "number"),
    "place": (say("Place"), "text"),
    "role": (say("What it is"), "text"),
    "path": (say("File"), "text"),
    "sha256": (say("SHA-256"), "text"),
    "bytes": (say("Bytes"), "number"),
}

SPARE = {"place": 3, "within": 2}
"""Columns that may be left out where there is no room."""

Row = tuple[str | int | None, ...]


def table(name: str, title: Text, keys: Sequence[str], rows: Sequence[Row], lang: str) -> Table:
    """Lay rows out under the headings of their keys."""
    import polars as pl

    kinds = {key: HEADINGS[key][1] for key in keys}
    schema = {key: pl.String if kinds[key] == "text" else pl.Int64 for key in keys}
    columns = tuple(
        Column(
            key,
            speak(HEADINGS[key][0], lang),
            kinds[key],
            optional=kinds[key] == "text",
            spare=SPARE.get(key, 0),
        )
        for key in keys
    )
    frame = pl.LazyFrame(rows, schema=schema, orient="row")
    return Table(name, speak(title, lang), columns, frame, limit=LISTED)


def announced(plan: Plan, lang: str) -> Table:
    """All that has to be public before the seed is thrown."""
    terms = plan.terms
    facts: list[tuple[Text, Text | str]] = [
        (say("What is checked"), words.checked(plan, lang)),
        (say("Regions drawn from"), words.regions(plan)),
        (say("Risk limit"), words.limit(terms)),
        (say("What decides"), words.test(terms)),
        (say("Ballots of a region: at most"), KIND_WORDS[terms.bound]),
        *_as_one(plan),
        (say("SHA-256 of {file}", file=FRAME), plan.digests[FRAME]),
        (say("SHA-256 of {file}", file=PLAN), plan.digests[PLAN]),
        (say("Sum of weights W"), str(plan.frame.total)),
        (say("Sum of bounds U"), say("about {u}", u=_rounded(plan.frame.U))),
        (say("Draw j"), _SAMPLER),
        (say("Seed"), _seed(plan)),
    ]
    rows = [
        (speak(what, lang), value if isinstance(value, str) else speak(value, lang))
        for what, value in facts
    ]
    title = say("To announce in public before the seed is thrown")
    if plan.drawn:
        title = say("What was announced, and the seed")
    return table("announced", title, ("what", "value"), rows, lang)


def _as_one(plan: Plan) -> list[tuple[Text, Text | str]]:
    """The regions that share one form, where there are any."""
    sets = plan.terms.together
    label = say("Regions that share one form")
    return [(label, "; ".join(harmless(", ".join(ids)) for ids in sets))] if sets else []


_SAMPLER = say(
    "SHA-256 of the text “seed,j” as a number, modulo W; the first region in {file} whose running "
    "sum of weights (u times the denominator of all u, in lowest terms) exceeds it",
    file=FRAME,
)


def _rounded(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.001"))


def _seed(plan: Plan) -> Text | str:
    if plan.drawn:
        return plan.drawn.seed
    return say("20 digits, thrown in public after this page is out")


def totals(plan: Plan, lang: str) -> Table:
    """The votes over the regions, beside what was declared."""
    order = sorted(plan.votes, key=lambda one: -plan.votes[one])
    official = plan.official or {}
    rows = [(words.called(plan, one, lang), plan.votes[one], official.get(one)) for one in order]
    keys = ("candidate", "votes", "official") if plan.official else ("candidate", "votes")
    rows_ = [row[: len(keys)] for row in rows]
    return table("totals", say("The regions add up to"), keys, rows_, lang)


def sizes(plan: Plan, lang: str) -> tuple[Table, ...]:
    """How many forms it may take."""
    found, errors = plan.sizes, plan.errors
    if found is None or errors is None:
        return ()
    model = say(
        "in {rate} % of the forms votes of the winner as the loser's: {votes}",
        rate=words.whole(words.percent(Fraction(str(errors.rate)))),
        votes=errors.votes,
    )
    spreads = [(say("nothing differs"), found.clean_forms), (model, found.forms)]
    rows: list[Row] = [
        (speak(case, lang), _mean(one.mean, lang), one.quantile90) for case, one in spreads
    ]
    title = say(
        "Forms needed, of {n} (played through {runs} times)",
        n=len(plan.frame.batches),
        runs=found.runs,
    )
    return (table("forms_needed", title, ("case", "mean", "quantile90"), rows, lang),)


def _mean(value: float, lang: str) -> str:
    written = f"{value:.1f}"
    return written.replace(".", ",") if lang == "id" else written


PLACED = ("number", "region", "name", "within", "drawn")


def to_collect(plan: Plan, lang: str) -> tuple[Table, ...]:
    """The regions to visit, in order."""
    if plan.drawn is None:
        return ()
    enough = enough_of(plan, plan.drawn.draws)
    order = collect(plan.drawn.draws)
    title = say(
        "Forms to collect, in this order: {n}. Enough if nothing differs: the first {enough}.",
        n=len(order),
        enough=enough,
    )
    if enough is None:
        title = say("Forms to collect, in this order: {n}.", n=len(order))
    rows = [row for row, _ in listed(plan, order)]
    return (table("collect", title, PLACED, rows, lang),)


def listed(plan: Plan, order: Sequence[str]) -> Iterator[tuple[Row, str]]:
    """Each region of a list as PLACED, and its id."""
    draws: dict[str, list[str]] = {}
    for number, id_ in enumerate(plan.drawn.draws if plan.drawn else (), start=1):
        draws.setdefault(id_, []).append(str(number))
    named = placed(plan, order)
    for number, id_ in enumerate(order, start=1):
        name, within = named[id_]
        yield (number, harmless(id_), name, within, " ".join(draws.get(id_, ()))), id_


def placed(plan: Plan, ids: Sequence[str]) -> Mapping[str, tuple[str, str]]:
    """The name of each region, and what it lies in from the nearest one up."""
    import polars as pl

    names = [name for name in NAMED_LEVELS if name in plan.places.columns]
    native: pl.DataFrame = plan.places.to_native()
    rows = native.filter(pl.col("id").is_in(list(ids))).select("id", *names, "tps")
    found = {}
    for id_, *above, tps in rows.iter_rows():
        parts = [harmless(part) for part in above if part]
        parts += [f"TPS {harmless(tps)}"] if tps else []
        name, *within = reversed(parts or [""])
        found[id_] = name, ", ".join(within)
    return found


def pairs(found: Measured, lang: str) -> Table:
    """The risk of every claim."""
    plan = found.plan
    by_betting = plan.terms.test == "betting"
    rows: list[Row] = [
        (
            words.called(plan, one.claim.winner, lang),
            words.against(plan, one.claim, lang),
            margin,
            _spoken(words.chance(one.p), lang),
            speak(words.STATE_WORDS[one.state], lang) if by_betting else None,
        )
        for one, margin in zip(found.risk.pairs, words.margins(plan), strict=True)
    ]
    title = say("Measured risk, pair by pair (betting martingale)")
    return table("pairs", title, ("winner", "loser", "margin", "p", "state"), rows, lang)


def _spoken(text: Text | None, lang: str) -> str | None:
    return None if text is None else speak(text, lang)
