"""What was understood of every file: inputs with receipts in, lines and tables for a reader out."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from recount.boxes import box_text
from recount.forms import FORMS
from recount.report.words import LEVEL_WORDS, SEVERITY_WORDS
from recount.texts import Several, Text, harmless, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recount.model import Input, LeftOut, Named, Receipt, SheetRead, VotesRead

FULL = 5
"""So many files have a receipt of several lines each; more have a line each."""

SHORT = 3
"""So many files are told in a line each beside a reconciliation; more are summed up."""

SOME = 12
"""So many sheets, totals or boxes are listed in a receipt."""

LAYOUT_WORDS = {
    "units down": say("a row for each unit"),
    "units across": say("a column for each unit"),
    "long": say("a row for each number"),
}
LEFT_WORDS = {
    "total": say("total"),
    "sum": say("sum"),
    "heading": say("heading"),
    "note": say("note"),
}
_WHOLE = "0"


def said(receipt: Receipt, lang: str) -> list[tuple[str, str]]:
    """A whole receipt as pairs: what it is about, and what was understood."""
    pairs = [(speak(about, lang), speak(text, lang)) for about, text in _said(receipt)]
    return [*pairs, (speak(say("Findings"), lang), found(receipt, lang))]


def _said(receipt: Receipt) -> Iterator[tuple[Text, Text]]:
    for sheet in receipt.sheets[:SOME]:
        name = harmless(sheet.sheet) if sheet.sheet is not None else ""
        yield (say("Sheet {sheet}", sheet=name) if name else say("Table")), _sheet(sheet)
    if len(receipt.sheets) > SOME:
        yield say("Sheets"), say("... and {n} more", n=len(receipt.sheets) - SOME)
    yield say("Forms"), _forms(receipt)
    yield say("Regions"), where(receipt)
    yield say("Left out"), _left_out(receipt)
    yield say("Boxes found"), _boxes(receipt.boxes)
    if receipt.missing:
        yield say("Boxes missing"), _boxes(receipt.missing)
    several = len({one.contest for one in receipt.sums}) > 1
    for one in receipt.sums:
        yield _candidate(one, several=several), _votes(one)


def found(receipt: Receipt, lang: str) -> str:
    """Findings in counts: `error 3, note 1`; `-` for none."""
    each = [
        speak(say("{what} {n}", what=what, n=receipt.findings[key]), lang)
        for key, what in SEVERITY_WORDS.items()
        if receipt.findings.get(key)
    ]
    return ", ".join(each) or "-"


def where(receipt: Receipt) -> Text:
    """The regions that have forms: by name where they are few, else the one around them."""
    if receipt.region is None:
        return say("none was recognised")
    if len(receipt.regions) > 1:
        return Text("{each}", (("each", Several(tuple(map(region, receipt.regions)))),))
    if receipt.held > 1:
        return say("{n} in {region}", n=receipt.held, region=region(receipt.region))
    return region(receipt.region)


def region(one: Named) -> Text:
    """A region by its name and its code; the whole has neither, nor has one that nothing names."""
    if one.code == _WHOLE:
        return say("several provinces")
    if not one.code:
        return say("a provinsi that is not named")
    if one.name in {"", one.code}:
        return Text("{code}", (("code", one.code),))
    if not one.code[:1].isdigit():  # a path of names
        return Text("{name}", (("name", one.name),))
    return Text("{name} ({code})", (("name", one.name), ("code", one.code)))


def form_title(id_: str | None) -> str | None:
    """What a form model is called; an id that none has stays as it is."""
    return FORMS[id_].title if id_ in FORMS else id_


def lines(inputs: Iterable[Input], command: str, lang: str) -> tuple[str, ...]:
    """What was understood in a line a file; of very many in one that sums up and says `command`."""
    held = [(one, one.receipt) for one in inputs if one.receipt]
    if len(held) > SHORT:
        passed = sum(skipped(receipt) for _, receipt in held)
        left = sum(len(receipt.left_out) for _, receipt in held)
        counts = (
            say("{n} files", n=len(held)),
            _number(say("{n} sheets passed over", n=passed), passed),
            _number(say("{n} totals and the like left out", n=left), left),
        )
        parts = Several(tuple(text for text in counts if text), "; ")
        text = say("Understood: {parts}. File by file: {command}", parts=parts, command=command)
        return (speak(text, lang),)
    return tuple(_line(one, receipt, lang) for one, receipt in held)


def _line(one: Input, receipt: Receipt, lang: str) -> str:
    form = next((sheet.form for sheet in receipt.sheets if sheet.form), None)
    kept = [
        say("{n} forms, {region}", n=receipt.units, region=region(receipt.region))
        if receipt.region
        else say("{n} forms", n=receipt.units),
        Text("{form}", (("form", form_title(form)),)) if form else None,
        _number(say("{n} sheets passed over", n=skipped(receipt)), skipped(receipt)),
        _number(say("{n} totals and the like left out", n=len(receipt.left_out)), receipt.left_out),
        _number(say("findings: {counts}", counts=found(receipt, lang)), receipt.findings),
    ]
    parts = Several(tuple(text for text in kept if text), "; ")
    return speak(say("{file}: {parts}", file=PurePath(one.path).name, parts=parts), lang)


def _number(text: Text, held: object) -> Text | None:
    return text if held else None


def skipped(receipt: Receipt) -> int:
    """How many sheets were passed over."""
    return sum(sheet.skipped is not None for sheet in receipt.sheets)


def layout(name: str) -> Text:
    """A layout in words; one that nobody has words for by its name."""
    return LAYOUT_WORDS.get(name, Text("{name}", (("name", name),)))


def _sheet(sheet: SheetRead) -> Text:
    if sheet.skipped is not None:
        return say("passed over: {reason}", reason=sheet.skipped)
    kept = (
        layout(sheet.layout or ""),
        form_title(sheet.form) or say("form not recognised"),
        say("{n} forms", n=sheet.units),
        region(sheet.region) if sheet.region else None,
    )
    return Text("{all}", (("all", Several(tuple(part for part in kept if part))),))


def _forms(receipt: Receipt) -> Text:
    forms = Text("{n}", (("n", receipt.units),))
    if receipt.level is not None:
        level = LEVEL_WORDS[receipt.level]
        forms = Text("{n} ({level})", (("n", receipt.units), ("level", level)))
    if not receipt.copies:
        return forms
    return say("{forms}; {n} of them are copies, counted once", forms=forms, n=receipt.copies)


def _left_out(receipt: Receipt) -> Text:
    held = receipt.left_out
    if not held:
        return say("nothing")
    sheets = sum(sheet.skipped is None for sheet in receipt.sheets)
    each = [
        Text(
            "{kind} {at}",
            (
                ("kind", LEFT_WORDS[one.kind]),
                ("at", _at(one, receipt.label if sheets > 1 else None)),
            ),
        )
        for one in held[:SOME]
    ]
    more = [say("... and {n} more", n=len(held) - SOME)] if len(held) > SOME else []
    return Text("{n}: {each}", (("n", len(held)), ("each", Several((*each, *more)))))


def _at(one: LeftOut, file: str | None) -> str:
    """The cell or row; with its sheet where the `file` is named, for it has several."""
    around, _, cell = one.place.rpartition("!" if "!" in one.place else ":")
    sheet = around.removeprefix(f"{file}!") if file is not None else around
    if sheet != around:
        cell = f"{harmless(sheet)}!{cell}"
    return f"{cell} “{one.text.strip()}”" if one.text else cell


def _boxes(boxes: tuple[str, ...]) -> Text:
    if not boxes:
        return say("none beside the candidates")
    return Text("{boxes}", (("boxes", Several(tuple(map(_box, boxes)))),))


def _box(box: str) -> Text:
    return say("candidates") if box == "candidates" else box_text(box)


def _candidate(one: VotesRead, *, several: bool) -> Text:
    named = Text("{id} {name}", (("id", one.candidate), ("name", one.name)))
    text = named if one.name else say("Candidate {id}", id=one.candidate)
    return Text("{contest}: {who}", (("contest", one.contest), ("who", text))) if several else text


def _votes(one: VotesRead) -> Text:
    if one.votes is None:
        return say("no number was read")
    return say("{n} votes", n=one.votes)


def document(receipt: Receipt | None, lang: str) -> dict[str, object] | None:
    """A receipt as the JSON documents have it; ids stay ids."""
    if receipt is None:
        return None
    return {
        "sheets": [_sheet_document(sheet, lang) for sheet in receipt.sheets],
        "forms": receipt.units,
        "copies": receipt.copies,
        "level": receipt.level,
        "region": receipt.region and receipt.region._asdict(),
        "regions": {"count": receipt.held, "listed": [one._asdict() for one in receipt.regions]},
        "left_out": [one._asdict() for one in receipt.left_out],
        "boxes": {"found": list(receipt.boxes), "missing": list(receipt.missing)},
        "candidates": [
            {"contest": one.contest, "id": one.candidate, "name": one.name, "votes": one.votes}
            for one in receipt.sums
        ],
        "findings": {key: receipt.findings.get(key, 0) for key in SEVERITY_WORDS},
    }


def _sheet_document(sheet: SheetRead, lang: str) -> dict[str, object]:
    return {
        **sheet._asdict(),
        "region": sheet.region and sheet.region._asdict(),
        "skipped": sheet.skipped and speak(sheet.skipped, lang),
    }
