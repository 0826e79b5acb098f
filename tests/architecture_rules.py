"""The house rules as functions: the modules of a package as syntax trees in, faults out.

Nothing is imported; a fault is one line "module:line what is wrong".
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

PACKAGE = "recount"

LAYERS = (
    ("texts",),
    ("model", "boxes"),
    ("errors", "nodes", "own", "bodies"),
    ("numbers", "regions", "engine", "heading_words", "options", "equations"),
    ("names", "nested", "readers", "headings", "equation_text", "toml_table"),
    ("forms", "called"),
    ("thresholds",),
    ("election_rules", "election_thresholds", "lists"),
    ("layouts", "election", "places", "captures", "lock", "ledger", "evidence"),
    ("wanted_region",),
    ("placing", "figures", "progress", "expected", "aliases", "codes", "addresses", "partly"),
    ("meant", "routes", "manners", "contests"),
    ("accepting", "borrowed"),
    ("intake", "systems", "project", "fetch"),
    ("lying", "online", "moments", "records"),
    ("journal",),
    ("crawl",),
    ("series",),
    ("steps", "tellings"),
    ("events", "receipt", "printed", "earlier"),
    ("passing",),
    ("sides", "absent", "aggregate", "verdict", "standing", "bounds", "listed", "copies"),
    ("stages",),
    ("checks", "choose", "pairing"),
    ("standing_forms",),
    ("judging",),
    ("layers",),
    ("material", "reconcile", "recap", "history", "audit", "chain", "nearest", "screening"),
    ("region_names", "parts", "moved"),
    ("diagnoses",),
    ("outcome", "listing", "coverage", "chaining"),
    ("undone", "showing"),
    ("contest", "result"),
    ("auditing", "screen"),
    ("report",),
    ("annotate", "template"),
    ("api", "tracing"),
    ("",),
    ("cli",),
    ("__main__",),
)
"""Who stands on whom, from the ground up; "" is the package's own __init__."""

REGISTERS = {
    "forms": "FORMS",
    "readers": "FORMATS",
    "layouts": "LAYOUTS",
    "systems": "SYSTEMS",
    "checks": "CHECKS",
    "diagnoses": "DIAGNOSES",
    "report": "RENDERERS",
    "cli": "COMMANDS",
}
"""The families, and the name of each one's register in its __init__."""

HELPERS = {
    "layouts": frozenset({"columns"}),
    "readers": frozenset({"compressed", "frames"}),
    "report": frozenset(
        {
            *("answer", "audit", "build", "cells", "columns", "document", "frames", "parts"),
            *("shape", "words"),
        }
    ),
}
"""Files in a family's folder that are no members, but what its members share; so is every file
whose name begins with an underscore."""

HEAVY = frozenset(
    {
        "altair",
        "babel",
        "dask",
        "duckdb",
        "httpx",
        "jinja2",
        "numpy",
        "openpyxl",
        "pandas",
        "polars",
        "pyarrow",
        "pygal",
        "pyspark",
        "python_calamine",
        "rapidfuzz",
        "rich",
        "tenacity",
        "warcio",
        "xlsxwriter",
        "zstandard",
    }
)
ENGINES = frozenset({"polars", "duckdb", "pandas", "dask", "pyspark", "pyarrow", "numpy"})

MAY_NAME = {
    "engine": ENGINES,
    "nested": frozenset({"polars"}),
    "readers": ENGINES,
    "report": frozenset({"polars"}),
}
"""Who may name which engine: the engine itself and its second file, the door for files and frames,
and the writers, which lay out large tables of words with Polars whoever computed the numbers."""
MAY_OPEN = (
    *("readers", "captures", "lists", "systems", "election", "ledger", "evidence"),
    *("journal", "lock", "cli"),
)
MAY_LOAD_BY_NAME = ("", "cli", "engine")
MAY_SPEAK = ("cli", "__main__")

TALK = frozenset({"print", "input", "exit", "quit", "breakpoint"})
SYSTEM_TALK = frozenset({"exit", "_exit", "stdout", "stderr"})
OPENERS = frozenset(
    {
        "open",
        "read_text",
        "read_bytes",
        "write_text",
        "write_bytes",
        "iterdir",
        "glob",
        "rglob",
        "iglob",
        "walk",
        "scandir",
        "listdir",
        "mkdir",
        "unlink",
        "touch",
        "exists",
        "is_file",
        "is_dir",
        "stat",
        "lstat",
        "load_workbook",
        "from_path",
        "scan_csv",
        "read_csv",
        "scan_parquet",
        "read_parquet",
        "read_excel",
        "scan_ndjson",
        "urlopen",
        "stdin",
    }
)
CLOCKS = frozenset({"now", "utcnow", "today"})
LONGEST_FILE = 250
LONGEST_FUNCTION = 40
LONG_FILES = frozenset({"model"})

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Module(NamedTuple):
    """One file: its dotted name inside the package, and what it says."""

    name: str
    is_package: bool
    tree: ast.Module
    lines: int

    def at(self, node: ast.AST, fault: str) -> str:
        return f"{self.name or PACKAGE}:{getattr(node, 'lineno', 1)} {fault}"


class Import(NamedTuple):
    """One imported name, where it stands."""

    module: str
    node: ast.AST
    inside: bool
    typing: bool


Tree = dict[str, Module]


def load(folder: Path) -> Tree:
    """Read a package folder."""
    sources = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.py"))
    }
    return parse(sources)


def parse(sources: Mapping[str, str]) -> Tree:
    """Parse files given as {"cli/__init__.py": text}."""
    modules = (_module(path, source) for path, source in sources.items())
    return {module.name: module for module in modules}


def _module(path: str, source: str) -> Module:
    parts = path.removesuffix(".py").split("/")
    is_package = parts[-1] == "__init__"
    name = ".".join(parts[:-1] if is_package else parts)
    return Module(name, is_package, ast.parse(source, path), source.count("\n"))


def imports(module: Module) -> Iterator[Import]:
    """Every import statement of a module, name by name, as absolute dotted names."""
    yield from _imports(module.tree, inside=False, typing=False)


def _imports(node: ast.AST, *, inside: bool, typing: bool) -> Iterator[Import]:
    if isinstance(node, ast.Import):
        yield from (Import(alias.name, node, inside, typing) for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        base = "." * node.level + (node.module or "")
        yield from (Import(f"{base}.{a.name}", node, inside, typing) for a in node.names)
    inside = inside or isinstance(node, Function | ast.Lambda)
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
        for statement in node.body:
            yield from _imports(statement, inside=inside, typing=True)
        children: Iterable[ast.AST] = node.orelse
    else:
        children = ast.iter_child_nodes(node)
    for child in children:
        yield from _imports(child, inside=inside, typing=typing)


def root(dotted: str) -> str:
    return dotted.partition(".")[0]


def own(tree: Tree, module: Module) -> Iterator[tuple[str, ast.AST]]:
    """The modules of this package that a module imports, by their names in `tree`."""
    for imported in imports(module):
        if root(imported.module) == PACKAGE:
            dotted = imported.module.removeprefix(PACKAGE).removeprefix(".")
            parent = dotted.rpartition(".")[0]
            yield (dotted if dotted in tree else parent), imported.node


def layer(name: str) -> int | None:
    for number, names in enumerate(LAYERS):
        if root(name) in names:
            return number
    return None


def every_module_has_a_layer(tree: Tree) -> Iterator[str]:
    for module in tree.values():
        if layer(module.name) is None:
            yield module.at(module.tree, "stands in no layer: add it to LAYERS")


def nobody_imports_upwards(tree: Tree) -> Iterator[str]:
    for module in tree.values():
        for target, node in own(tree, module):
            same_family = root(target) == root(module.name)
            if not same_family and (layer(target) or 0) >= (layer(module.name) or 0):
                yield module.at(node, f"imports {target or PACKAGE}, which is not below it")


def imports_are_absolute(tree: Tree) -> Iterator[str]:
    for module in tree.values():
        for imported in imports(module):
            if imported.module.startswith("."):
                yield module.at(imported.node, "imports relatively")


def nothing_goes_in_a_circle(tree: Tree) -> Iterator[str]:
    graph = {name: {t for t, _ in own(tree, m)} - {name} for name, m in tree.items()}
    while ends := [name for name in graph if not _is_between(name, graph)]:
        for name in ends:
            del graph[name]
    if graph:
        yield f"{', '.join(sorted(graph))} import each other in a circle"


def _is_between(name: str, graph: Mapping[str, set[str]]) -> bool:
    imported = any(name in targets for targets in graph.values())
    return imported and bool(graph[name] & graph.keys())


def members(tree: Tree, family: str) -> set[str]:
    """The members' names inside a family, without the helpers; a member may be a folder."""
    names = {name.split(".")[1] for name in tree if name.startswith(f"{family}.")}
    return {n for n in names if not n.startswith("_")} - HELPERS.get(family, frozenset())


def members_leave_each_other_alone(tree: Tree) -> Iterator[str]:
    for family in REGISTERS:
        among = members(tree, family)
        for module in tree.values():
            if root(module.name) != family or module.name == family:
                continue
            me = module.name.split(".")[1]
            for target, node in own(tree, module):
                other = target.removeprefix(family).removeprefix(".").partition(".")[0]
                if root(target) == family and other in among - {me}:
                    yield module.at(node, f"imports {target}, a member of its family")


def every_member_is_registered(tree: Tree) -> Iterator[str]:
    for family, register in REGISTERS.items():
        if family in tree:
            named = _registered(tree[family], register)
            for member in sorted(members(tree, family) - named):
                yield f"{family}.{member} is missing from {register}"


def _registered(module: Module, register: str) -> set[str]:
    origins = {}
    for statement in ast.walk(module.tree):
        if isinstance(statement, ast.ImportFrom):
            for alias in statement.names:
                origin = alias.name if alias.name[0].islower() else ""
                origins[alias.asname or alias.name] = {origin, *(statement.module or "").split(".")}
    words: set[str] = set()
    for value in _values(module.tree, register):
        for node in ast.walk(value):
            if isinstance(node, ast.Name):
                words |= {node.id} | origins.get(node.id, set())
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                words |= set(re.findall(r"\w+", node.value))
    return words


def _values(tree: ast.Module, register: str) -> Iterator[ast.expr]:
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            targets = statement.targets
        elif isinstance(statement, ast.AnnAssign):
            targets = [statement.target]
        else:
            continue
        named = any(isinstance(t, ast.Name) and t.id == register for t in targets)
        if named and statement.value is not None:
            yield statement.value


def heavy_packages_wait_until_they_are_used(tree: Tree) -> Iterator[str]:
    for module in tree.values():
        for imported in imports(module):
            at_start = not imported.inside and not imported.typing
            if at_start and root(imported.module) in HEAVY:
                yield module.at(imported.node, f"imports {imported.module} at the top")


def only_heavy_packages_are_imported_inside(tree: Tree) -> Iterator[str]:
    for module in tree.values():
        for imported in imports(module):
            if imported.inside and root(imported.module) not in HEAVY:
                yield module.at(imported.node, f"imports {imported.module} inside a function")
    for module in others(tree, MAY_LOAD_BY_NAME):
        for node in ast.walk(module.tree):
            called = node.func if isinstance(node, ast.Call) else None
            name = getattr(called, "id", None) or getattr(called, "attr", None)
            if name in {"import_module", "__import__"}:
                yield module.at(node, f"calls {name}()")


def no_step_names_an_engine(tree: Tree) -> Iterator[str]:
    for module in tree.values():
        foreign = ENGINES - MAY_NAME.get(root(module.name), frozenset())
        for imported in imports(module):
            if root(imported.module) in foreign and not imported.typing:
                yield module.at(imported.node, f"names the engine {imported.module}")


def only_the_command_line_talks(tree: Tree) -> Iterator[str]:
    for module in others(tree, MAY_SPEAK):
        for imported in imports(module):
            if root(imported.module) == "typer":
                yield module.at(imported.node, "imports typer")
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", None) in TALK:
                yield module.at(node, f"calls {ast.unparse(node.func)}()")
            if _attribute(node, {"sys", "os"}, SYSTEM_TALK):
                yield module.at(node, f"uses {ast.unparse(node)}")


def only_readers_open_files(tree: Tree) -> Iterator[str]:
    for module in others(tree, MAY_OPEN):
        for node in ast.walk(module.tree):
            named = getattr(node, "attr", None) or (
                getattr(node.func, "id", None) if isinstance(node, ast.Call) else None
            )
            if named in OPENERS:
                yield module.at(node, f"opens or looks for a file: {named}")


def nobody_below_the_command_line_reads_the_clock(tree: Tree) -> Iterator[str]:
    for module in others(tree, MAY_SPEAK):
        for imported in imports(module):
            if root(imported.module) == "time":
                yield module.at(imported.node, "imports time")
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", None) in CLOCKS:
                yield module.at(node, f"reads the clock: {ast.unparse(node.func)}")


def others(tree: Tree, allowed: tuple[str, ...]) -> Iterator[Module]:
    return (module for module in tree.values() if root(module.name) not in allowed)


def _attribute(node: ast.AST, owners: set[str], names: frozenset[str]) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in owners
        and node.attr in names
    )


def files_are_short(tree: Tree) -> Iterator[str]:
    for module in tree.values():
        if module.lines > LONGEST_FILE and module.name not in LONG_FILES:
            yield module.at(module.tree, f"has {module.lines} lines")


def functions_are_short(tree: Tree) -> Iterator[str]:
    for module in tree.values():
        for node in functions(module):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield module.at(node, f"{node.name}() has {length} lines")


def public_functions_say_what_they_do(tree: Tree) -> Iterator[str]:
    for module in tree.values():
        classes = [node for node in module.tree.body if isinstance(node, ast.ClassDef)]
        public = [node for node in classes if not node.name.startswith("_")]
        bodies = [module.tree.body, *(owner.body for owner in public)]
        for node in (inner for body in bodies for inner in body):
            named = isinstance(node, Function) and not node.name.startswith("_")
            if isinstance(node, Function) and named and not ast.get_docstring(node):
                yield module.at(node, f"{node.name}() has no docstring")


def modules_say_what_they_do(tree: Tree) -> Iterator[str]:
    for module in tree.values():
        if not ast.get_docstring(module.tree):
            yield module.at(module.tree, "has no docstring")


def functions(module: Module) -> Iterator[Function]:
    return (node for node in ast.walk(module.tree) if isinstance(node, Function))


RULES: tuple[Callable[[Tree], Iterator[str]], ...] = (
    every_module_has_a_layer,
    nobody_imports_upwards,
    imports_are_absolute,
    nothing_goes_in_a_circle,
    members_leave_each_other_alone,
    every_member_is_registered,
    heavy_packages_wait_until_they_are_used,
    only_heavy_packages_are_imported_inside,
    no_step_names_an_engine,
    only_the_command_line_talks,
    only_readers_open_files,
    nobody_below_the_command_line_reads_the_clock,
    files_are_short,
    functions_are_short,
    public_functions_say_what_they_do,
    modules_say_what_they_do,
)
