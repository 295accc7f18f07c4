"""The mutation score of modules: the share of small faults put into them that their tests notice.

    python tests/mutation.py [TARGET...] [--sample N] [--processes N]

TARGET is a name of TARGETS; without one, all are run, which takes about twenty minutes on two
processors. A mutant is the module with one change to its syntax tree: a comparison's bound, `and`
for `or`, a condition that always or never holds, a number plus one, a set of characters without
its last, a statement left out, `return` without its value. Each mutant runs in a forked child,
which imports the changed module in place of the file and runs the tests that reach the changed
line until one fails. A mutant is killed if a test fails or takes too long. The others survive and
are printed with line and change: each asks for a test, or has its reason in EQUIVALENT. Messages
and regular expressions are not changed. mutmut and cosmic-ray start a process for each mutant,
which takes about ten times as long.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib
import importlib.util
import json
import operator
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple, NoReturn, TypeAlias

import pytest

TOP = Path(__file__).resolve().parents[1]


class Target(NamedTuple):
    """Modules (patterns below the checkout) and the test files that answer for them."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


TARGETS = {
    "query": Target(("reader/query/[dgit]*.py",), ("tests/query",)),
    "whoosh": Target(
        ("reader/query/fields.py", "reader/query/whoosh.py"), ("tests/index/test_whoosh.py",)
    ),
    "text": Target(
        ("reader/formats/text.py",), ("tests/formats/test_headers.py", "tests/formats/test_text.py")
    ),
    "spans": Target(
        ("reader/quotes/spans.py",), ("tests/quotes/test_spans.py", "tests/quotes/test_quotes.py")
    ),
}

# Mutants that no test can kill: file, the line's code and the change, with the reason.
EQUIVALENT: dict[tuple[str, str, str], str] = {
    (
        "reader/query/days.py",
        "date = datetime.date(year, month or 1, day)",
        "2 for 1",
    ): "a day has a month",
    (
        "reader/query/grammar.py",
        "assert_never(query)",
        "left out: assert_never(query)",
    ): "mypy proves that it is never reached",
    (
        "reader/query/tree.py",
        "assert_never(query)",
        "left out: assert_never(query)",
    ): "mypy proves that it is never reached",
    (
        "reader/query/tree.py",
        "assert_never(term)",
        "left out: assert_never(term)",
    ): "mypy proves that it is never reached",
    (
        "reader/query/whoosh.py",
        "assert_never(query)",
        "left out: assert_never(query)",
    ): "mypy proves that it is never reached",
    (
        "reader/query/interpret.py",
        "names = tuple(part for part in parts if isinstance(part, (Phrase, Fuzzy)))",
        "True for isinstance(part, (Phrase, Fuzzy))",
    ): "with another part there is no similar spelling, and the names are not used",
}

# A mutant may take this many seconds of processor time, and three times what its tests take.
GRACE = 5
MEMORY_LIMIT = 4 * 1024**3
# Characters of code that a change is described by.
LONGEST_CODE = 60

BOUNDS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
LEFT_OUT = (ast.AugAssign, ast.Delete, ast.Raise, ast.Continue, ast.Break)

# The line of a change (from 1), a description, and the function that makes it.
Change: TypeAlias = tuple[int, str, Callable[[], None]]


class Mutant(NamedTuple):
    """A module with one change, the `number`th (from 0) of those that `changes_of` gives."""

    path: Path
    number: int
    line: int
    change: str

    @property
    def file(self) -> str:
        return self.path.relative_to(TOP).as_posix()

    @property
    def code(self) -> str:
        """The changed line of the file."""
        return self.path.read_text(encoding="utf-8").splitlines()[self.line - 1].strip()

    def compiled(self) -> CodeType:
        tree = ast.parse(self.path.read_text(encoding="utf-8"))
        _, _, make = list(changes_of(tree))[self.number]
        make()
        return compile(ast.fix_missing_locations(tree), str(self.path), "exec")


class Baseline(NamedTuple):
    """A run of the tests on the unchanged modules.

    `tests` are the ids of the tests that execute a line, by "FILE:LINE"; `seconds` the processor
    time of each test; `libraries` the modules from elsewhere that the run imports.
    """

    tests: dict[str, list[str]]
    seconds: dict[str, float]
    libraries: list[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--sample", type=int, metavar="N", help="only N mutants of each target")
    parser.add_argument("--processes", type=int, default=2, metavar="N")
    options = parser.parse_args()
    os.environ["CI"] = "true"  # hypothesis tries the same examples each time
    os.chdir(TOP)
    rows: list[list[str]] = []
    for name in options.targets or TARGETS:
        rows += scores(name, TARGETS[name], options.sample, options.processes)
    print("\n| module | mutants | equivalent | killed | score |\n|---|---|---|---|---|")
    for row in rows:
        print(f"| {' | '.join(row)} |")


def scores(name: str, target: Target, sample: int | None, processes: int) -> Iterator[list[str]]:
    """Run a target's mutants and print the survivors; gives a row of the table for each module."""
    paths = [path for pattern in target.modules for path in sorted(TOP.glob(pattern))]
    mutants = [mutant for path in paths for mutant in mutants_of(path)]
    if sample is not None and sample < len(mutants):
        mutants = sorted(random.Random(1).sample(mutants, sample))
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        baseline = measure(paths, target.tests, Path(folder))
        for library in baseline.libraries:  # once, not in each child
            with contextlib.suppress(ImportError):
                importlib.import_module(library)
        survivors = run(mutants, baseline, target.tests, processes, Path(folder))
    print(f"{name}: {len(mutants)} mutants in {time.monotonic() - began:.0f} s", flush=True)
    equivalent = {m for m in mutants if (m.file, m.code, m.change) in EQUIVALENT}
    for mutant in sorted(equivalent - survivors):
        print(f"  {mutant.file}:{mutant.line}: was killed, but is in EQUIVALENT: {mutant.change}")
    for mutant in sorted(survivors - equivalent):
        print(f"  {mutant.file}:{mutant.line}: {mutant.change}    # {mutant.code}")
    for path in paths:
        of_module = {mutant for mutant in mutants if mutant.path == path} - equivalent
        if of_module:
            killed = len(of_module - survivors)
            excluded = sum(mutant.path == path for mutant in equivalent)
            counts = map(str, (len(of_module), excluded, killed))
            yield [str(path.relative_to(TOP)), *counts, f"{killed / len(of_module):.2f}"]


def mutants_of(path: Path) -> list[Mutant]:
    """All the mutants of a module."""
    changes = changes_of(ast.parse(path.read_text(encoding="utf-8")))
    return [Mutant(path, number, line, text) for number, (line, text, _) in enumerate(changes)]


def changes_of(tree: ast.Module) -> Iterator[Change]:
    """The possible changes to a module, each to be made by itself."""
    for node in _walk(tree):
        match node:
            case ast.Compare():
                yield from _of_comparison(node)
            case ast.BoolOp():
                new = ast.Or() if isinstance(node.op, ast.And) else ast.And()
                yield _set(node, "op", new, f"{type(new).__name__} in {_short(node)}")
            case ast.BinOp() if type(node.op) in OPERATORS and not _is_of_text(node):
                other = OPERATORS[type(node.op)]
                yield _set(node, "op", other(), f"{other.__name__} in {_short(node)}")
            case ast.UnaryOp(op=ast.Not()):
                twice = ast.UnaryOp(ast.Not(), node.operand)
                yield _set(node, "operand", twice, f"not left out of {_short(node)}")
            case ast.Constant(value=bool(value)):
                yield _set(node, "value", not value, f"{not value} for {value}")
            case ast.Constant(value=int(value) | float(value)):
                yield _set(node, "value", value + 1, f"{value + 1} for {value}")
            case ast.Return(value=ast.expr() as returned):
                if not isinstance(returned, ast.Constant):
                    yield _set(node, "value", None, f"None for {_short(returned)}")
            case ast.If() | ast.IfExp() | ast.While():
                # `while True` would only be noticed when its time is up.
                for constant in (False,) if isinstance(node, ast.While) else (True, False):
                    text = f"{constant} for {_short(node.test)}"
                    yield _set(node, "test", ast.Constant(constant), text)
            case ast.comprehension():
                for place, test in enumerate(node.ifs):
                    for constant in (True, False):
                        text = f"{constant} for {_short(test)}"
                        yield _put(node.ifs, place, ast.Constant(constant), test.lineno, text)
        yield from _left_out(node)


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes whose changes can matter: no decorators, annotations, type aliases or imports for
    types.
    """
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "decorator_list", "returns"):
            continue
        for child in value if isinstance(value, list) else [value]:
            is_alias = isinstance(child, ast.AnnAssign) and "TypeAlias" in ast.dump(
                child.annotation
            )
            is_for_types = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test)
            if isinstance(child, ast.AST) and not is_alias and not is_for_types:
                yield from _walk(child)


def _of_comparison(node: ast.Compare) -> Iterator[Change]:
    for place, (old, right) in enumerate(zip(node.ops, node.comparators, strict=True)):
        new = BOUNDS[type(old)]
        yield _put(node.ops, place, new(), node.lineno, f"{new.__name__} in {_short(node)}")
        match right:
            case ast.Constant(value=str(letters)) if isinstance(old, (ast.In, ast.NotIn)):
                if len(letters) > 1:
                    text = f"without {letters[-1]!r}: {_short(node)}"
                    yield _set(right, "value", letters[:-1], text)


def _left_out(node: ast.AST) -> Iterator[Change]:
    for name in ("body", "orelse", "finalbody"):
        statements = getattr(node, name, ())
        if not isinstance(statements, list):  # a conditional expression's
            continue
        for place, statement in enumerate(statements):
            called = isinstance(statement, ast.Expr) and not isinstance(
                statement.value, ast.Constant
            )
            if called or isinstance(statement, LEFT_OUT):
                text = f"left out: {_short(statement)}"
                yield _put(statements, place, ast.Pass(), statement.lineno, text)


def _is_of_text(node: ast.BinOp) -> bool:
    """Whether the operands are texts, which can only be added."""
    return any(
        isinstance(side, ast.JoinedStr)
        or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in (node.left, node.right)
    )


def _set(node: ast.expr | ast.stmt, name: str, value: object, text: str) -> Change:
    return node.lineno, text, partial(setattr, node, name, value)


def _put(nodes: list[Any], place: int, node: ast.AST, line: int, text: str) -> Change:
    return line, text, partial(operator.setitem, nodes, place, node)


def _short(node: ast.AST) -> str:
    code = " ".join(ast.unparse(node).split())
    return code if len(code) <= LONGEST_CODE else code[: LONGEST_CODE - 1] + "…"


class Tests:
    """A plugin of pytest that runs only the `wanted` tests, the fastest first.

    Without `wanted` it runs all, and notes the processor time and, through `switch`, the name of
    each.
    """

    def __init__(
        self, wanted: dict[str, float] | None, switch: Callable[[str], object] | None = None
    ) -> None:
        self._wanted = wanted
        self._switch = switch
        self.seconds: dict[str, float] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        wanted = self._wanted
        if wanted is not None:
            items[:] = [item for item in items if item.nodeid in wanted]
            items.sort(key=lambda item: wanted[item.nodeid])

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.seconds[nodeid] = -_processor_time()
        if self._switch:
            self._switch(nodeid)

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        self.seconds[nodeid] += _processor_time()


def _processor_time() -> float:
    """Seconds of this process and the children that have ended."""
    return sum(os.times()[:4])


def run_tests(files: Sequence[str], plugin: Tests, folder: Path) -> int:
    """Run test files in this process up to the first failure; gives pytest's status."""
    options = ["-o", "addopts=", "--import-mode=importlib", "-m", "not slow", "-x", "-q"]
    options += ["-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:randomly"]
    return int(pytest.main([*options, f"--basetemp={folder}", *files], plugins=[plugin]))


def measure(paths: Sequence[Path], files: Sequence[str], folder: Path) -> Baseline:
    """Run the tests on the unchanged modules, in a child so that nothing of them stays imported."""
    report, output = folder / "baseline.json", folder / "baseline.txt"
    child = os.fork()
    if child == 0:
        _in_child(partial(_measured, paths, files, folder / "baseline", report), output)
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"the tests fail without any change:\n{output.read_text(encoding='utf-8')}")
    return Baseline(**json.loads(report.read_text(encoding="utf-8")))


def _measured(paths: Sequence[Path], files: Sequence[str], folder: Path, report: Path) -> int:
    from coverage import Coverage

    coverage = Coverage(data_file=None, include=[str(path) for path in paths], config_file=False)
    before = set(sys.modules)
    coverage.start()
    plugin = Tests(None, coverage.switch_context)
    status = run_tests(files, plugin, folder)
    coverage.stop()
    data = coverage.get_data()
    tests: dict[str, list[str]] = {}
    for path in paths:
        for line, contexts in data.contexts_by_lineno(str(path)).items():
            tests[f"{path}:{line}"] = [context for context in contexts if context]
    own = ("reader", "tests", "conftest", "__main__")
    loaded = sorted(set(sys.modules) - before)
    libraries = [name for name in loaded if name.partition(".")[0] not in own]
    baseline = Baseline(tests, plugin.seconds, libraries)
    report.write_text(json.dumps(baseline._asdict()), encoding="utf-8")
    return status


def run(
    mutants: Sequence[Mutant],
    baseline: Baseline,
    files: Sequence[str],
    processes: int,
    folder: Path,
) -> set[Mutant]:
    """Run each mutant in a child of its own; gives those that no test noticed."""
    survivors: set[Mutant] = set()
    running: dict[int, tuple[Mutant, Path]] = {}
    waiting = list(reversed(mutants))
    done: Counter[str] = Counter()
    while waiting or running:
        while waiting and len(running) < processes:
            mutant = waiting.pop()
            wanted = tests_of(mutant, baseline)
            own = folder / f"{len(mutants) - len(waiting)}"
            child = os.fork()
            if child == 0:
                _in_child(partial(_mutated, mutant, wanted, files, own))
            running[child] = mutant, own
        child, status = os.wait()
        mutant, own = running.pop(child)
        shutil.rmtree(own, ignore_errors=True)
        if os.waitstatus_to_exitcode(status) == 0:
            survivors.add(mutant)
        done["survived" if mutant in survivors else "killed"] += 1
        if sys.stderr.isatty():
            print(f"\r{dict(done)} of {len(mutants)} ", end="", file=sys.stderr, flush=True)
    return survivors


def tests_of(mutant: Mutant, baseline: Baseline) -> dict[str, float]:
    """The tests that execute a mutant's line, with their seconds; all if it runs on import only."""
    ids = baseline.tests.get(f"{mutant.path}:{mutant.line}")
    return {id: baseline.seconds[id] for id in ids or baseline.seconds}


def _mutated(mutant: Mutant, wanted: dict[str, float], files: Sequence[str], folder: Path) -> int:
    seconds = int(GRACE + 3 * sum(wanted.values()))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    signal.alarm(10 * seconds)  # for what waits instead of working
    sys.meta_path.insert(0, Finder(mutant))
    return run_tests(files, Tests(wanted), folder)


def _in_child(work: Callable[[], int], output: Path = Path(os.devnull)) -> NoReturn:
    """Do the work with its output in a file, and end this process with its status."""
    status = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        file = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, 1)
        os.dup2(file, 2)
        status = work()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


class Finder:
    """Finds the changed module in place of its file."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant
        parts = mutant.path.relative_to(TOP).with_suffix("").parts
        self._name = ".".join(part for part in parts if part != "__init__")

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        if name != self._name:
            return None
        loader = Loader(name, str(self._mutant.path))
        loader.mutant = self._mutant
        return importlib.util.spec_from_file_location(name, self._mutant.path, loader=loader)


class Loader(SourceFileLoader):
    """Loads a mutant."""

    mutant: Mutant

    def get_code(self, fullname: str) -> CodeType:
        return self.mutant.compiled()


if __name__ == "__main__":
    main()
