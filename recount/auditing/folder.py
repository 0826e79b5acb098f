"""The files of a plan's folder in, the plan out: every digest, number and draw is held again.

No name of a file is ever taken from a file. A plan that does not hold together is refused, and one
that was changed after its draw: `draw.json` has the digest of `plan.json`, which has those of the
tables. A folder that was made anew as a whole is told only by the digests that were announced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from recount import engine
from recount.audit import draw
from recount.auditing.ballots import BOUND, KINDS
from recount.auditing.drawing import MOST_DRAWS, seed_of
from recount.auditing.evidence import sets_of
from recount.auditing.laying import BETWEEN, laid, u_of
from recount.auditing.plan import (
    DRAW,
    DRAW_KIND,
    FRAME,
    PLAN,
    PLAN_KIND,
    REGIONS,
    ROLES,
    SCHEMA,
    TESTS,
    Drawn,
    Plan,
    Source,
    Terms,
)
from recount.auditing.rules import NAMES, Rule
from recount.auditing.typed import MOST, document
from recount.auditing.writing import as_written, digest
from recount.boxes import CANDIDATE
from recount.errors import RecountError
from recount.model import LEVELS, NAMED_LEVELS, Candidate, Contest, Election
from recount.readers import read
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recount.auditing.typed import Part
    from recount.engine import Frame
    from recount.texts import Text

_TOP, _SEATS, TWO = 10_000, 1000, 2
MOST_CANDIDATES = 1000
_AGAIN = say("Take the plan as it was published, or make it anew: recount audit plan.")


def opened(files: Mapping[str, bytes]) -> Plan:
    """Read a plan back from the files of its folder. Raises RecountError for what is changed."""
    whole = document(files[PLAN], PLAN, PLAN_KIND, SCHEMA)
    digests = {name: digest(files[name]) for name in (FRAME, REGIONS, PLAN)}
    for name, key in ((FRAME, "frame_sha256"), (REGIONS, "regions_sha256")):
        if whole.digest(key) != digests[name]:
            raise _changed(name, whole.digest(key), digests[name])
    contest, votes = _contest(whole)
    terms, unaccounted = _terms(whole), whole.count("unaccounted")
    boxes = [CANDIDATE + one.id for one in contest.candidates]
    table = _frame_table(files[FRAME], boxes)
    if len(table) != whole.count("batches"):
        raise _damaged(FRAME, say("it has {n} rows, the plan says another number.", n=len(table)))
    frame = laid(table, terms.rule, unaccounted)
    if [one.id for one in frame.batches] != table["id"].to_list():
        raise _damaged(FRAME, say("its regions are not in the order of their codes."))
    if list(u_of(frame)) != table["u"].to_list() or as_written(frame.U) != whole.text("U"):
        raise _damaged(FRAME, say("its bounds u do not follow from its votes."))
    terms = terms._replace(together=sets_of(frame, _together(whole)))
    if any(votes[one] != frame_votes for one, frame_votes in _sums(table, boxes).items()):
        raise _damaged(PLAN, say("its votes are not the sums of the frame."))
    places = _places(files[REGIONS], table)
    about = whole.part("election")
    levels = whole.one_of("level", LEVELS), whole.one_of("finest", LEVELS)
    if LEVELS.index(levels[0]) > LEVELS.index(levels[1]):
        raise whole.wrong(say("a level that is not above that of the batches"), "finest")
    return Plan(
        whole.text("recount"),
        Election(about.text("id"), about.text("title"), (contest,)),
        *levels,
        terms,
        votes,
        _official(whole, contest),
        unaccounted,
        frame,
        places,
        digests,
        tuple(_source(one) for one in whole.parts("inputs")),
    )


def drawn_of(plan: Plan, files: Mapping[str, bytes]) -> Drawn | None:
    """The draw in the folder, held against the seed; None before it. Raises RecountError."""
    if DRAW not in files:
        return None
    whole = document(files[DRAW], DRAW, DRAW_KIND, SCHEMA)
    if whole.digest("frame_sha256") != plan.digests[FRAME]:
        raise _damaged(DRAW, say("it was drawn from another frame."))
    if whole.digest("plan_sha256") != plan.digests[PLAN]:
        raise _changed_since(whole.digest("plan_sha256"), plan.digests[PLAN])
    seed, draws = seed_of(whole.text("seed"), DRAW), whole.texts("draws")
    if not 0 < len(draws) <= MOST_DRAWS:
        raise whole.wrong(say("from 1 to {most} draws", most=MOST_DRAWS), "draws")
    if draw(plan.frame, seed, count=len(draws)) != list(draws):
        raise _damaged(DRAW, say("its list is not what its seed draws from the frame."))
    return Drawn(seed, draws)


def _contest(whole: Part) -> tuple[Contest, dict[str, int]]:
    part = whole.part("contest")
    candidates, votes = [], {}
    for one in part.parts("candidates"):
        candidates.append(Candidate(one.text("id"), one.text("name")))
        votes[candidates[-1].id] = one.count("votes")
    if not TWO <= len(votes) == len(candidates) <= MOST_CANDIDATES:
        raise part.wrong(
            say("from 2 to {most} candidates, each once", most=MOST_CANDIDATES), "candidates"
        )
    seats = whole.part("rule").count("seats", 1)
    known = part.text("id"), part.text("title"), tuple(candidates), seats
    return Contest(*known, part.optional("region")), votes


def _terms(whole: Part) -> Terms:
    rule = whole.part("rule")
    seats, share = rule.count("seats", 1), rule.fraction("share")
    if seats > _SEATS:
        raise rule.wrong(say("a whole number from {least} on", least=1), "seats")
    if not 0 < share < 1:
        raise rule.wrong(say("a fraction between 0 and 1"), "share")
    limit, c = whole.fraction("risk_limit"), whole.fraction("c")
    for key, value in (("risk_limit", limit), ("c", c)):
        if not 0 < value < 1:
            raise whole.wrong(say("a fraction between 0 and 1"), key)
    test = next(name for name in TESTS if name == whole.one_of("test", TESTS))
    return Terms(
        Rule(rule.one_of("name", NAMES), seats, share),
        limit,
        c,
        test,
        whole.one_of("bound", tuple(KINDS)),
    )


def _together(whole: Part) -> list[list[str]]:
    found = whole.list_("together")
    if not all(isinstance(ids, list) and all(isinstance(id_, str) for id_ in ids) for ids in found):
        raise whole.wrong(say("lists of texts"), "together")
    return found


def _official(whole: Part, contest: Contest) -> dict[str, int] | None:
    if whole.values.get("official") is None:
        return None
    part = whole.part("official")
    return {one.id: part.count(one.id) for one in contest.candidates}


def _source(part: Part) -> Source:
    role = part.one_of("role", ROLES)
    return Source(role, part.text("path"), part.digest("sha256"), part.count("bytes"))


def _frame_table(data: bytes, boxes: Sequence[str]) -> Frame:
    numbers = (*boxes, BOUND)
    table = _table(data, FRAME, ("id", *numbers, "u"))
    read_, odd = engine.plain_counts(table, dict.fromkeys(numbers, range(MOST + 1)))
    for name in numbers:
        if len(odd[name]) or read_[name].is_null().any():
            raise _damaged(FRAME, say("“{column}” is not a number everywhere.", column=name))
    return read_


def _places(data: bytes, table: Frame) -> Frame:
    names = NAMED_LEVELS
    heading = _heading(data)
    wanted = ("id", "code", *(name for name in names if name in heading), "tps", "parts")
    places = _table(data, REGIONS, wanted)
    read_, odd = engine.plain_counts(places, {"parts": range(MOST + 1)})
    if len(odd["parts"]) or read_["parts"].is_null().any():
        raise _damaged(REGIONS, say("“{column}” is not a number everywhere.", column="parts"))
    if read_["id"].to_list() != table["id"].to_list():
        raise _damaged(REGIONS, say("its regions are not those of the frame."))
    return read_


def _heading(data: bytes) -> list[str]:
    return data[:_TOP].decode("utf-8-sig", "replace").partition("\n")[0].strip().split(",")


def _table(data: bytes, label: str, wanted: tuple[str, ...]) -> Frame:
    """Read a table of texts whose heading is known; a blank is ""."""
    [grid] = read("-", label=label, stdin=data).grids[:1]
    heading = tuple(cell or "" for cell in grid.head[0])
    if heading != wanted:
        raise _damaged(
            label, say("its first line should be: {heading}", heading=BETWEEN.join(wanted))
        )
    columns = {f"c{at}": name for at, name in enumerate(wanted)}
    rows = grid.cells.select(*(nw.col(old).alias(new) for old, new in columns.items()))
    if len(rows) < 2:  # noqa: PLR2004 - the heading, and one batch
        raise _damaged(label, say("it has no rows."))
    return rows[1:].with_columns(nw.all().fill_null(""))


def _sums(table: Frame, boxes: Sequence[str]) -> dict[str, int]:
    return {box.removeprefix(CANDIDATE): int(table[box].sum()) for box in boxes}


def _changed(name: str, told: str, found: str) -> RecountError:
    return RecountError(
        say(
            "The file was changed after the plan was made: its SHA-256 is {found}, the plan says "
            "{told}. Nothing is drawn from it or measured by it.",
            found=found,
            told=told,
        ),
        mend=_AGAIN,
        place=name,
    )


def _changed_since(told: str, found: str) -> RecountError:
    return RecountError(
        say(
            "The plan was changed after the draw: its SHA-256 is {found}, the draw says {told}. "
            "Nothing is drawn from it or measured by it.",
            found=found,
            told=told,
        ),
        mend=say("Take the plan as it was published."),
        place=PLAN,
    )


def _damaged(name: str, why: Text) -> RecountError:
    return RecountError(say("The file is damaged: {why}", why=why), mend=_AGAIN, place=name)
