"""Chains of figures in words: the links of a comparison in, `desa 1,204 -> kecamatan 1,024` out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from recount.chain import COUNT, RECAP
from recount.report.words import word
from recount.texts import Several, number, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import narwhals as nw
    import polars as pl

    from recount.model import Named
    from recount.moved import Moved
    from recount.result import Path
    from recount.texts import Text

LINK_WORDS = {
    "tps": say("TPS"),
    "desa": say("desa"),
    "kecamatan": say("kecamatan"),
    "kabkota": say("kab./kota"),
    "provinsi": say("provinsi"),
    "nasional": say("national"),
    COUNT: say("online"),
    RECAP: say("recap"),
}
"""What says a figure, from the votes up: the form of a level, the online count, the recap; brief,
for several of them stand beside each other."""

BETWEEN = " -> "


def with_chain(rows: pl.DataFrame) -> pl.DataFrame:
    """Add the columns of the chain, empty, where a frame of comparisons has none."""
    import polars as pl

    if "chain" in rows.columns:
        return rows
    none = pl.lit(None, dtype=pl.String)
    return rows.with_columns(none.alias("changed_at"), none.alias("chain"))


def has_chain(rows: pl.DataFrame) -> bool:
    """Whether comparisons have a chain anywhere."""
    return rows.get_column("chain").null_count() < rows.height


def worded(rows: pl.DataFrame, lang: str) -> pl.DataFrame:
    """Write each chain for a table (`chain`) and for a reader (`chain_words`)."""
    import polars as pl

    chains = rows.get_column("chain")
    if not has_chain(rows):
        none = pl.lit(None, dtype=pl.String)
        names = ("changed_at_words", "chain", "chain_words")
        return rows.with_columns(none.alias(name) for name in names)
    told = chains.to_list()
    words = {code: speak(text, lang) for code, text in LINK_WORDS.items()}
    return rows.with_columns(
        pl.col("changed_at").replace(words).alias("changed_at_words"),
        pl.Series("chain", [links and plain(links) for links in told], dtype=pl.String),
        pl.Series("chain_words", [links and said(links, lang) for links in told], dtype=pl.String),
    )


def plain(links: Sequence[Mapping[str, Any]]) -> str:
    """Write a chain with ids and bare numbers: `tps 14/17 300 -> desa 318`."""
    return BETWEEN.join(
        " ".join(
            [
                link["at"],
                *filter(None, [share(link)]),
                _bare(link["figure"]),
            ]
        )
        for link in links
    )


def said(links: Sequence[Mapping[str, Any]], lang: str) -> str:
    """Write a chain as a person reads it: `desa 1,204 -> kecamatan 1,024`."""
    return BETWEEN.join(
        f"{word(LINK_WORDS, link['at'], lang)} {figure(link, lang)}" for link in links
    )


def figure(link: Mapping[str, Any], lang: str) -> str:
    """Write a link's figure, with "n of m" where it is a sum that is not whole."""
    if link["figure"] is None:
        return speak(say("blank"), lang)
    shown = number(link["figure"], lang)
    return shown if whole(link) else f"{shown} ({_from(link, lang)})"


def whole(link: Mapping[str, Any]) -> bool:
    """Whether a link's figure stands for all of its region."""
    return bool(link["figure"] is None or link["read"] == link["expected"])


def share(link: Mapping[str, Any]) -> str:
    """Write `14/17`, from how many parts a sum is; nothing where it is whole."""
    return "" if whole(link) else f"{link['read']}/{_bare(link['expected'])}"


def _from(link: Mapping[str, Any], lang: str) -> str:
    if link["expected"] is None:
        return speak(say("from {n} of an unknown number", n=link["read"]), lang)
    return speak(say("from {n} of {m}", n=link["read"], m=link["expected"]), lang)


def _bare(count: int | None) -> str:
    return "?" if count is None else str(count)


def changes(frame: nw.DataFrame[Any], lang: str, moved: Sequence[Moved] = ()) -> tuple[str, ...]:
    """Count by the link at which figures change first; nothing where there is no chain.

    `moved`: what changes between our own forms, also where the online side differs in nothing.
    """
    told = [*_first_changes(frame), *(between_forms(one) for one in moved)]
    if not told:
        return ()
    region = asked(moved[0].first[0].code) if moved else say("REGION")
    how = say(
        "The path of one region: recount trace {region} FILES... --online FILE", region=region
    )
    told.append(how)
    return tuple(speak(text, lang) for text in told)


def _first_changes(frame: nw.DataFrame[Any]) -> Iterator[Text]:
    if "changed_at" not in frame.columns or frame["changed_at"].is_null().all():
        return
    counts = Counter(frame["changed_at"].drop_nulls().to_list())
    yield say("Where the figures that differ change first: {counts}.", counts=_counted(counts))


def between_forms(one: Moved, *, inside: bool = False) -> Text:
    """Count the figures that change between our own forms, and name the first regions.

    `inside`: of what lies inside the region that the report is about.
    """
    template = say(
        "Figures that change between our own forms: {n} ({counts}). Regions: {m}, the first: "
        "{regions}.",
    )
    if inside:
        template = say(
            "Inside the region, figures that change between our own forms: {n} ({counts}). "
            "Regions: {m}, the first: {regions}.",
        )
    return template.filled(
        n=one.figures,
        counts=_counted(one.at),
        m=one.regions,
        regions=Several(tuple(called(region) for region in one.first)),
    )


def _counted(counts: Mapping[str, int]) -> Several:
    return Several(
        tuple(
            say("{what} {n}", what=text, n=counts[at])
            for at, text in LINK_WORDS.items()
            if counts.get(at)
        )
    )


def called(region: Named) -> str:
    """A region's name and its code, or its path where it has none."""
    code, name = region
    return code if "/" in code or name == code else f"{name} ({code})"


def asked(code: str) -> str:
    """A region as one types it behind a command."""
    return f'"{code}"' if " " in code else code


def moved_document(one: Moved) -> dict[str, object]:
    """What changes between our own forms as it stands in JSON."""
    return {
        "contest": one.contest,
        "figures": one.figures,
        "changed_at": dict(one.at),
        "regions": one.regions,
        "first": [region._asdict() for region in one.first],
    }


def path_document(path: Path) -> dict[str, object]:
    """One box of a region as it stands in JSON."""
    return {
        "contest": path.contest,
        "item": path.item,
        "changed_at": path.changed.at if path.changed else None,
        "change": path.shift,
        "chain": [link._asdict() for link in path.links],
    }
