"""Codes as people write them, and the tree of regions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.model import FRACTION
from recount.nodes import ROOT, Label
from recount.regions import (
    Regions,
    ancestor,
    code_level,
    parse_code,
    station_region,
    unit_number,
)

CODE = "64.72.01.1001.004"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("64", "64"),
        ("6472", "64.72"),
        ("64.72", "64.72"),
        (" 647201 ", "64.72.01"),
        ("6472011001", "64.72.01.1001"),
        ("6472011001004", CODE),
        (CODE, CODE),
        ("6472.0", "64.72"),
        (FRACTION + "64.72", "64.72"),
        ("99AA01", "99.AA.01"),
    ],
)
def test_a_code_is_read(text: str, code: str) -> None:
    assert parse_code(text) == code


NO_CODES = "0..|00|001|647|64.7201|64.1|64.72.1|64AA|٦٤|64,72|64-72|Palaran|64.72.01.1001.004.1"


@pytest.mark.parametrize("text", ["", *NO_CODES.split("|")])
def test_no_code(text: str) -> None:
    assert parse_code(text) is None


def test_a_code_names_its_ancestors() -> None:
    assert [ancestor(CODE, level) for level in range(1, 6)] == [
        "64", "64.72", "64.72.01", "64.72.01.1001", CODE,
    ]  # fmt: skip
    assert ancestor("64.72", 3) is None
    assert ancestor(None, 1) is None
    assert [code_level(code) for code in ("64", "64.72", CODE)] == [1, 2, 5]


@given(st.from_regex(r"[1-9][0-9]([0-9]{2}([0-9]{2}([0-9]{4}([0-9]{3})?)?)?)?", fullmatch=True))
def test_dots_do_not_matter(plain: str) -> None:
    dotted = parse_code(plain)
    assert dotted is not None
    assert dotted.replace(".", "") == plain
    assert parse_code(dotted) == dotted


def named(key: str) -> Label:
    return Label(None, key, key.title())


def kaltim() -> tuple[Regions, dict[str, int]]:
    regions = Regions()
    node = {"": ROOT}
    for level, parent, key in [(1, "", "KALTIM"), (2, "KALTIM", "PASER"), (2, "KALTIM", "BERAU"),
                               (3, "PASER", "KUARO"), (3, "BERAU", "KELAY"), (4, "KUARO", "RANGAN"),
                               (3, "", "SAMBOJA")]:  # fmt: skip
        node[key] = regions.add(node[parent], level, named(key))
    return regions, node


def test_a_region_without_a_code_is_its_path() -> None:
    regions, node = kaltim()
    assert regions.nodes[node["RANGAN"]].region == "KALTIM/PASER/KUARO/RANGAN"
    assert regions.nodes[node["RANGAN"]].name == "Rangan"


def test_two_regions_are_never_printed_alike() -> None:
    regions = Regions()
    first = regions.add(ROOT, 2, named("SOLOK"))
    second = regions.add(ROOT, 3, named("SOLOK"))
    assert regions.nodes[first].region == "SOLOK"
    assert regions.nodes[second].region == "SOLOK (kecamatan)"


def test_the_tree_knows_its_ways() -> None:
    regions, node = kaltim()
    assert regions.chain(node["RANGAN"]) == [node["KALTIM"], node["PASER"], node["KUARO"]]
    assert regions.above(node["RANGAN"]) == [node["KUARO"], node["PASER"], node["KALTIM"]]
    assert regions.under(node["RANGAN"], node["PASER"])
    assert regions.under(node["PASER"], node["PASER"])
    assert not regions.under(node["RANGAN"], node["BERAU"])
    assert regions.at_level(2) == [node["PASER"], node["BERAU"]]
    assert regions.listed(2) == []
    assert [regions.has_level(level) for level in range(6)] == [
        False,
        True,
        True,
        True,
        True,
        False,
    ]
    assert regions.inside(ROOT, 3) == [node["SAMBOJA"], node["KUARO"], node["KELAY"]]
    assert regions.inside(node["PASER"], 4) == [node["RANGAN"]]
    assert regions.common({node["RANGAN"], node["KELAY"]}) == node["KALTIM"]
    assert regions.common({node["RANGAN"]}) == node["RANGAN"]
    assert regions.common({node["RANGAN"], node["SAMBOJA"]}) == ROOT
    assert regions.common(set()) == ROOT


def test_two_regions_of_one_name_under_one_parent_are_both_found() -> None:
    regions = Regions()
    codes = ["64.01.01.2001", "64.01.01.2002"]
    nodes = [
        regions.add(ROOT, 4, Label(code, "SUKAMAJU", "Sukamaju", listed=True)) for code in codes
    ]
    assert regions.named(ROOT, "SUKAMAJU") == nodes
    assert (ROOT, 4) in regions.complete


def test_a_station_is_printed_behind_its_region() -> None:
    assert station_region("64.72.01.1001", 4) == CODE
    assert station_region("KALTIM/PASER", 4) == "KALTIM/PASER/004"
    regions, node = kaltim()
    assert regions.printed(unit_number(node["KUARO"], 12)) == "KALTIM/PASER/KUARO/012"
    assert regions.printed(unit_number(node["KUARO"], -1)) == "KALTIM/PASER/KUARO"
