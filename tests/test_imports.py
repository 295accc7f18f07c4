"""Who may import what, and that nothing is loaded before it is needed."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import reader

PACKAGE = Path(reader.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

# The rooms from the ground up: each may import those before it, and itself.
ROOMS = [
    "errors",
    "language",
    "model",
    "settings",
    "formats",
    "files",
    "quotes",
    "query",
    "index",
    "search",
    "citing",
    "views",
    "session",
    "corpus",
    "cli",
    "__main__",
]
# Modules that import upwards, only when they are called: an error's message cleans what it shows,
# and the package's face loads the library when it is asked for.
UPWARDS = {
    "errors": {"language"},
    "__init__": {"errors", "model", "files", "search", "citing", "corpus"},
}
LIBRARIES = {"typer": ["cli"], "rich": ["views"], "whoosh": ["index", "query"]}
# Whoosh's folder of stemmers and stop words has nothing of its index.
LIBRARY_PARTS = {"whoosh.lang": ["language"]}


def part(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_go_one_way(path):
    room = part(path)
    assert room in ROOMS or room == "__init__", f"{path} is in no rule"
    below = ROOMS[: ROOMS.index(room) + 1] if room in ROOMS else []
    for name in imported(path):
        top, _, rest = name.partition(".")
        library = next((rooms for n, rooms in LIBRARY_PARTS.items() if name.startswith(n)), None)
        if library or top in LIBRARIES:
            assert room in (library or LIBRARIES[top]), f"{path} imports {name}"
        if top == "reader" and rest not in ("", "__version__"):
            allowed = {*below, *UPWARDS.get(room, ())}
            exported = reader._MODULES.get(rest, name).removeprefix("reader.")
            assert exported.split(".")[0] in allowed, f"{path} imports {name}"


def test_few_modules_lie_loose_and_none_is_long():
    loose = [path.name for path in PACKAGE.glob("*.py")]
    assert len(loose) <= 8, loose
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert not {str(path): lines for path, lines in lengths.items() if lines > 400}
    folders = {}
    for path, lines in lengths.items():
        folders[path.parent] = folders.get(path.parent, 0) + lines
    assert not {str(path): lines for path, lines in folders.items() if lines > 2500}


def test_only_the_terminal_view_knows_rich():
    users = [p for p in MODULES if any(n.startswith("rich") for n in imported(p))]
    assert {p.parent.relative_to(PACKAGE) for p in users} == {Path("views/terminal")}


def test_the_core_neither_prints_nor_exits_nor_reads_the_environment():
    for path in MODULES:
        if part(path) in ("cli", "__main__"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not names & {"print", "exit", "input"}, path
        environment = set() if part(path) == "settings" else {"environ", "getenv"}
        assert not attributes & {*environment, "stdout", "exit", "isatty"}, path


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["--version"], ["whoosh", "rich", "yaml", "json", "reader.files.folder", "platformdirs"]),
        (["show"], ["whoosh", "rich", "yaml", "json", "hashlib", "reader.quotes"]),
        (["quotes"], ["rich", "yaml", "reader.index.build", "reader.quotes.spans", "json"]),
        (["list"], ["whoosh", "rich", "yaml", "reader.quotes"]),
        (
            ["search", "Zangazur"],
            [
                "rich",
                "yaml",
                "reader.index.build",
                "reader.index.whoosh",
                "whoosh.codec.base",
                "whoosh.writing",
                "whoosh.qparser",
                "reader.formats.text",
                "reader.quotes.spans",
                "json",
            ],
        ),
    ],
)
def test_nothing_is_loaded_before_it_is_needed(home, arguments, absent):
    code = (
        "import sys; before = set(sys.modules); from reader.__main__ import main\n"
        f"sys.argv[1:] = {arguments!r}\n"
        "try: main()\nexcept SystemExit: print(*set(sys.modules) - before, file=sys.stderr)"
    )
    subprocess.run([sys.executable, "-c", code], capture_output=True)  # makes the index
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    loaded = set(done.stderr.split())
    assert "typer" in loaded
    assert not loaded & set(absent)
