"""Screening tests and pictures in, a report out: numbers with their caveats, never a verdict."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from statistics import mean
from typing import TYPE_CHECKING

from recount.report import _drawn, _sources, answer
from recount.report.document import SCHEMA
from recount.report.shape import Column, Report, Table
from recount.report.words import LEVEL_WORDS, box, names
from recount.screen import TURNOUT
from recount.screening import Benford, IntegerPercent, LastDigit
from recount.texts import Text, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from recount.screen import Picture, Screened, Test

ALPHA = 0.05
LEAST = Decimal("0.001")
"""Percent; a p-value below is said to be below."""

KIND_WORDS = {
    "last_digit": say("last digits"),
    "integer_percent": say("whole percentages"),
    "second_digit": say("second digits"),
    "turnout_share": say("turnout and share"),
}
CAVEATS = (
    say(
        "Nothing here says why figures are as they are, and none of it is a proof of anything. "
        "It belongs to no risk and no audit: only the forms can settle a figure."
    ),
    say(
        "Last digits: a region in which a candidate has no vote has the last digit 0. Where people "
        "vote together by custom (noken), there are many."
    ),
    say(
        "Whole percentages: units of at least 100 voters, turnout and share at most 99 %; within "
        "0.05 points (Kobak, Shpilkin, Pshenichnikov 2016)."
    ),
    say(
        "The pictures are no tests: of simulated clean elections, a test on second digits or on "
        "turnout against share flags up to all."
    ),
)
_COLUMNS = {
    "contest": say("Contest"),
    "level": say("Level"),
    "kind": say("Test"),
    "of": say("Of"),
    "units": say("Units"),
    "saw": say("What was seen"),
    "p": say("p"),
}


def build_screen(screened: Screened, lang: str) -> Report:
    """Report the tests with their p-values, the pictures, and what neither of them says."""
    return Report(
        title=_sources.title(screened.election, say("Screening of the figures"), lang),
        lang=lang,
        sources=_sources.sources(screened.inputs, screened.version, lang),
        answer=tuple(speak(text, lang) for text in _answer(screened, lang)),
        closing=tuple(speak(text, lang) for text in CAVEATS),
        notes=tuple(speak(text, lang) for text in screened.assumptions),
        screen=lambda: (_tests(screened, lang),),
        sheets=lambda: (_tests(screened, lang), *_second_digits(screened, lang)),
        main=partial(_tests, screened, lang),
        document=partial(_document, screened, lang),
        drawing=partial(_drawing, screened, lang=lang),
    )


def _answer(screened: Screened, lang: str) -> Iterator[Text]:
    made = [(test, test.found.p) for test in screened.tests if test.found]
    low = [(test, p) for test, p in made if p < ALPHA]
    yield say(
        "Tests made: {n}; with a p-value below 5 %: {low}. Where nothing was touched, about 1 in "
        "20 has one.",
        n=len(made),
        low=len(low),
    )
    for test, p in low:
        yield say(
            "{kind}, {of} ({level}): p = {p}. Figures like these are rare by chance alone; look "
            "at the forms.",
            kind=_capital(speak(KIND_WORDS[test.kind], lang)),
            of=_of(screened, test, lang),
            level=LEVEL_WORDS[test.level],
            p=percent(p),
        )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def percent(share: float) -> Text:
    """A p-value in percent, with as many digits as it is good for."""
    value = Decimal(share * 100)
    if value < LEAST:
        return say("below {least} %", least=LEAST)
    digits = Decimal("0.1") if value >= 1 else LEAST
    return say("{p} %", p=value.quantize(digits))


def _of(screened: Screened, one: Test | Picture, lang: str) -> str:
    if one.of == TURNOUT:
        return speak(say("turnout"), lang)
    return box(one.contest, one.of, names(screened.election), lang)


def _saw(test: Test) -> Text | None:
    """What a test saw, in a sentence; or why it was not made."""
    if isinstance(test.found, LastDigit):
        counts = test.found.counts
        off = max(range(len(counts)), key=lambda digit: abs(counts[digit] - mean(counts)))
        return say(
            "{digit} is last {n} times, {each} expected; chi-square {value}",
            digit=off,
            n=counts[off],
            each=Decimal(mean(counts)).quantize(Decimal("0.1")),
            value=Decimal(test.found.statistic).quantize(Decimal("0.01")),
        )
    if isinstance(test.found, IntegerPercent):
        return say(
            "{hits} whole percentages, {expected} expected (± {sd})",
            hits=test.found.hits,
            expected=Decimal(test.found.expected).quantize(Decimal("0.1")),
            sd=Decimal(test.found.sd).quantize(Decimal("0.1")),
        )
    return test.why


def _tests(screened: Screened, lang: str) -> Table:
    import polars as pl

    rows = [
        (
            test.contest,
            test.level,
            test.kind,
            test.of,
            test.found.units if test.found else None,
            speak(saw, lang) if (saw := _saw(test)) else None,
            test.found.p if test.found else None,
            speak(LEVEL_WORDS[test.level], lang),
            speak(KIND_WORDS[test.kind], lang),
            _of(screened, test, lang),
            speak(percent(test.found.p), lang) if test.found else "",
        )
        for test in screened.tests
    ]
    words = ("level_words", "kind_words", "of_words", "p_words")
    schema = dict.fromkeys((*_COLUMNS, *words), pl.String()) | {
        "units": pl.Int64(),
        "p": pl.Float64(),
    }
    several = len({test.contest for test in screened.tests}) > 1
    return Table(
        "tests",
        speak(say("Tests"), lang),
        tuple(_column(key, lang) for key in _COLUMNS if several or key != "contest"),
        pl.LazyFrame(rows, schema=schema, orient="row"),
    )


def _column(key: str, lang: str) -> Column:
    title = speak(_COLUMNS[key], lang)
    if key == "units":
        return Column(key, title, "number")
    shown = f"{key}_words" if key in {"level", "kind", "of", "p"} else None
    return Column(key, title, shown=shown)


def _second_digits(screened: Screened, lang: str) -> tuple[Table, ...]:
    """The numbers of the second digits, for a sheet of their own."""
    rows = [
        (speak(LEVEL_WORDS[one.level], lang), _of(screened, one, lang), *digit)
        for one in screened.pictures
        if isinstance(one.shows, Benford)
        for digit in _drawn.numbered(one.shows)
    ]
    headings = (speak(_COLUMNS["level"], lang), speak(_COLUMNS["of"], lang))
    return (_drawn.second_digit_table(rows, headings, lang),) if rows else ()


def _drawing(screened: Screened, width: int, *, lang: str) -> tuple[str, ...]:
    lines: list[str] = []
    for picture in screened.pictures:
        of = _of(screened, picture, lang)
        level = speak(LEVEL_WORDS[picture.level], lang)
        if isinstance(picture.shows, Benford):
            lines += _drawn.second_digits(picture.shows, f"{of}, {level}", width, lang)
        else:
            lines += _drawn.clouds(picture.shows, f"{of}, {level}", lang)
        lines.append("")
    return tuple(lines[:-1])


def _document(screened: Screened, lang: str) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "recount": screened.version,
        "inputs": [{"path": one.path, "sha256": one.sha256} for one in screened.inputs],
        "tests": [_test(test, lang) for test in screened.tests],
        "pictures": [_picture(one) for one in screened.pictures],
        "caveats": [speak(text, lang) for text in CAVEATS],
        "findings": answer.findings(screened.findings, lang),
    }


def _test(test: Test, lang: str) -> Mapping[str, object]:
    """A test that was not made has the reason as a sentence, and no numbers."""
    found = (
        test.found._asdict() if test.found else {"why": speak(test.why, lang)} if test.why else {}
    )
    about = {"contest": test.contest, "level": test.level, "test": test.kind, "of": test.of}
    return about | found


def _picture(one: Picture) -> Mapping[str, object]:
    kind = "second_digit" if isinstance(one.shows, Benford) else "turnout_share"
    about = {"contest": one.contest, "level": one.level, "picture": kind, "of": one.of}
    return about | one.shows._asdict()
