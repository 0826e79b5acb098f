"""The house stands as architecture.md says, and each rule would notice if it did not."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import architecture_rules as rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONG = "x = 1\n" * 251
LONG_FUNCTION = "def f():\n" + "    x = 1\n" * 40

FAULTS = [
    ("every_module_has_a_layer", {"misc.py": ""}),
    ("nobody_imports_upwards", {"numbers.py": "from recount.cli import main", "cli.py": ""}),
    ("nobody_imports_upwards", {"numbers.py": "import recount.regions", "regions.py": ""}),
    ("nobody_imports_upwards", {"model.py": "from recount import report", "report.py": ""}),
    ("nobody_imports_upwards", {"model.py": "from recount import __version__", "__init__.py": ""}),
    (
        "nobody_imports_upwards",
        {"model.py": "if TYPE_CHECKING:\n    from recount.names import N", "names.py": ""},
    ),
    ("imports_are_absolute", {"names.py": "from .errors import RecountError"}),
    (
        "nothing_goes_in_a_circle",
        {
            "readers/__init__.py": "from recount.readers import a",
            "readers/a.py": "import recount.readers",
        },
    ),
    (
        "nothing_goes_in_a_circle",
        {"names.py": "import recount.forms", "forms.py": "import recount.names", "model.py": ""},
    ),
    (
        "members_leave_each_other_alone",
        {"checks/a.py": "from recount.checks.b import rule", "checks/b.py": ""},
    ),
    (
        "members_leave_each_other_alone",
        {"checks/a.py": "from recount.checks import b", "checks/b.py": ""},
    ),
    ("every_member_is_registered", {"checks/__init__.py": "CHECKS = {}", "checks/sums.py": ""}),
    ("every_member_is_registered", {"checks/__init__.py": "sums = 1", "checks/sums.py": ""}),
    ("heavy_packages_wait_until_they_are_used", {"engine.py": "import polars as pl"}),
    ("heavy_packages_wait_until_they_are_used", {"engine.py": "from rich.table import Table"}),
    (
        "heavy_packages_wait_until_they_are_used",
        {"engine.py": "if TYPE_CHECKING:\n    x = 1\nelse:\n    import polars"},
    ),
    ("only_heavy_packages_are_imported_inside", {"names.py": "def f():\n    import json"}),
    (
        "only_heavy_packages_are_imported_inside",
        {"names.py": "def f():\n    import recount.errors"},
    ),
    ("only_heavy_packages_are_imported_inside", {"names.py": "importlib.import_module('x')"}),
    ("no_step_names_an_engine", {"aggregate.py": "def f():\n    import polars"}),
    ("no_step_names_an_engine", {"report.py": "def f():\n    import duckdb"}),
    ("only_the_command_line_talks", {"aggregate.py": "print(1)"}),
    ("only_the_command_line_talks", {"aggregate.py": "import sys\nsys.exit(1)"}),
    ("only_the_command_line_talks", {"aggregate.py": "sys.stderr.write('x')"}),
    ("only_the_command_line_talks", {"aggregate.py": "from typer import echo"}),
    ("only_readers_open_files", {"aggregate.py": "open('x')"}),
    ("only_readers_open_files", {"aggregate.py": "path.read_text()"}),
    ("only_readers_open_files", {"aggregate.py": "pl.scan_csv(path)"}),
    ("only_readers_open_files", {"aggregate.py": "map(Path.read_bytes, paths)"}),
    ("nobody_below_the_command_line_reads_the_clock", {"report.py": "datetime.now(UTC)"}),
    ("nobody_below_the_command_line_reads_the_clock", {"report.py": "datetime.date.today()"}),
    ("nobody_below_the_command_line_reads_the_clock", {"report.py": "from time import monotonic"}),
    ("files_are_short", {"names.py": LONG}),
    ("functions_are_short", {"names.py": LONG_FUNCTION}),
    ("public_functions_say_what_they_do", {"names.py": "def match(): pass"}),
    ("public_functions_say_what_they_do", {"names.py": "class A:\n    def match(self): pass"}),
    ("modules_say_what_they_do", {"names.py": "x = 1"}),
]

SOUND = {
    "texts.py": '"""Texts."""\n',
    "model.py": '"""Nouns."""\nfrom recount.texts import say\n',
    "readers/__init__.py": '"""R."""\nfrom recount.readers import text\nFORMATS = {"csv": text}\n',
    "readers/text.py": '"""T."""\ndef read():\n    """Read."""\n    import polars\n    open("x")\n',
    "checks/__init__.py": '"""C."""\nfrom recount.checks.sums import rule\nCHECKS = (rule,)\n',
    "checks/sums.py": '"""S."""\nfrom recount import model\ndef rule():\n    """Rule."""\n',
    "cli/__init__.py": '"""C."""\nCOMMANDS = {"check": "recount.cli.check"}\n',
    "cli/check.py": '"""C."""\nimport time\nimport typer\ndef _f():\n    print(1)\n',
}


def named(name: str) -> Callable[[rules.Tree], Iterator[str]]:
    return next(rule for rule in rules.RULES if rule.__name__ == name)


@pytest.fixture(scope="module")
def house() -> rules.Tree:
    spec = find_spec("recount")
    assert spec is not None
    assert spec.origin is not None
    return rules.load(Path(spec.origin).parent)


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps(rule: Callable[[rules.Tree], Iterator[str]], house: rules.Tree) -> None:
    assert "texts" in house
    assert list(rule(house)) == []


@pytest.mark.parametrize(("rule", "sources"), FAULTS)
def test_a_fault_is_noticed(rule: str, sources: dict[str, str]) -> None:
    assert len(list(named(rule)(rules.parse(sources)))) == 1


def test_every_rule_has_a_fault() -> None:
    assert {rule for rule, _ in FAULTS} == {rule.__name__ for rule in rules.RULES}


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_a_sound_house_has_none(rule: Callable[[rules.Tree], Iterator[str]]) -> None:
    assert list(rule(rules.parse(SOUND))) == []


def test_every_helper_listed_exists(house: rules.Tree) -> None:
    listed = {f"{family}.{name}" for family, names in rules.HELPERS.items() for name in names}
    assert listed <= house.keys()
