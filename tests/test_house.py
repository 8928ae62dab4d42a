"""The shape of the house: rooms worth entering, no circle between them, names of their own."""

from __future__ import annotations

import ast
import importlib
import importlib.metadata
import re
import statistics
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from running import ROOT

from refpipe import lifetimes

PACKAGE = ROOT / "refpipe"


def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """All of a module but for expressions, in which nothing is imported."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.expr):
            yield child
            yield from statements(child)


def at_once(path: Path, known: dict[str, Path]) -> set[str]:
    """What a module imports while it is imported itself; what waits in a function is not."""
    found = set()
    waiting: list[ast.stmt] = list(parsed(path).body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("refpipe"):
            names = {f"{node.module}.{one.name}" for one in node.names}
            found |= {one for one in names if one in known} or {str(node.module)}
        waiting += [one for one in ast.iter_child_nodes(node) if isinstance(one, ast.stmt)]
    return found & known.keys()


def test_no_module_waits_for_itself() -> None:
    known = modules()
    needs = {name: at_once(path, known) - {name} for name, path in known.items()}
    while free := {name for name, wanted in needs.items() if not wanted}:
        needs = {name: wanted - free for name, wanted in needs.items() if name not in free}
    assert not needs, f"these import one another: {sorted(needs)}"


def test_every_pattern_that_waits_is_one() -> None:
    """A pattern that is compiled late would be found wrong late, too."""
    waiting = 0
    for name, path in modules().items():
        if "lazy" not in path.read_text(encoding="utf-8"):
            continue
        for one in vars(importlib.import_module(name)).values():
            if isinstance(one, lifetimes._Lazy):
                assert re.compile(one.pattern, one.flags).pattern == one.pattern
                waiting += 1
    assert waiting > 300


BROUGHT = {"lsprotocol": "pygls", "markupsafe": "jinja2", "py4j": "pyspark"}
"""Modules of other people's that stand or fall with a package that is declared."""


def test_what_is_imported_of_others_is_declared() -> None:
    """A package that only another one brings along is gone on the day that one goes."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    told = [*project["dependencies"], *(one for name in extras for one in extras[name])]
    declared = {re.split(r"[\s\[<>=~!;]", one)[0].lower().replace("-", "_") for one in told}
    packages = importlib.metadata.packages_distributions()
    for path in PACKAGE.rglob("*.py"):
        for node in statements(parsed(path)):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for name in {one.partition(".")[0] for one in names} - sys.stdlib_module_names:
                called = {one.lower().replace("-", "_") for one in packages.get(name, [name])}
                called.add(BROUGHT.get(name, name))
                assert name == "refpipe" or called & declared, f"{path}: {name} is declared nowhere"


HALLS = {
    "model.py",
}
"""The files that are longer than 450 lines; none comes to them."""


def test_rooms_are_worth_entering_and_no_hall() -> None:
    """A file tells one story: half of them had under 106 lines when there were 480."""
    sizes = {
        path.relative_to(PACKAGE).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in PACKAGE.rglob("*.py")
    }
    assert statistics.median(sizes.values()) >= 190
    assert {name for name, lines in sizes.items() if lines > 450} <= HALLS
    assert max(sizes.values()) <= 600


def test_a_name_tells_where_one_is() -> None:
    names = Counter(path.name for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")
    assert {name for name, rooms in names.items() if rooms > 2} == set()


def test_there_are_no_more_rooms_than_there_were() -> None:
    """A folder is taken in at a glance."""
    folders = Counter(path.parent.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
    assert folders.total() <= 295
    assert max(folders.values()) <= 19
