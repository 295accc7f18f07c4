"""Who may import what, and that nothing is loaded before it is needed."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import reader

PACKAGE = Path(reader.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

# What each part of the package may import of the package.
CORE = {"article", "errors", "hit", "sentences", "summary", "text"}
ALLOWED = {
    "article": set(),
    "hit": {"article", "sentences", "summary"},
    "sentences": set(),
    "lazy": set(),
    "cite": {"article", "text"},
    "claims": CORE | {"formats", "quotes"},
    "align": {"claims"},
    "summary": {"article"},
    "errors": {"text"},
    "text": set(),
    "settings": {"errors"},
    "formats": CORE | {"formats"},
    "quotes": CORE | {"quotes"},
    "corpus": CORE | {"formats"},
    "library": CORE | {"corpus", "catalogue", "formats"},
    "web": {"__version__", "corpus", "errors", "text"},
    "catalogue": CORE | {"corpus"},
    "index": CORE | {"align", "claims", "corpus", "catalogue", "formats", "quotes", "index"},
    "views": CORE | {"cite", "claims", "library", "quotes", "views"},
}
LIBRARIES = {"typer": "cli", "rich": "views", "whoosh": "index"}


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
    for name in imported(path):
        top, _, rest = name.partition(".")
        if top in LIBRARIES:
            assert part(path) == LIBRARIES[top], f"{path} imports {name}"
        if top == "reader" and part(path) in ALLOWED:
            assert rest.split(".")[0] in ALLOWED[part(path)], f"{path} imports {name}"


def test_only_the_terminal_view_knows_rich():
    assert [p.name for p in MODULES if any(n.startswith("rich") for n in imported(p))] == [
        "terminal.py"
    ]


def test_the_core_neither_prints_nor_exits_nor_reads_the_environment():
    for path in MODULES:
        if part(path) in ("cli", "__main__"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not names & {"print", "exit", "input"}, path
        assert not attributes & {"environ", "getenv", "stdout", "exit", "isatty"}, path


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["--version"], ["whoosh", "rich", "yaml", "json", "reader.corpus", "platformdirs"]),
        (["show"], ["whoosh", "rich", "yaml", "json", "hashlib", "reader.quotes"]),
        (["quotes"], ["rich", "yaml", "reader.index.build", "reader.quotes.spans", "json"]),
        (["list"], ["whoosh", "rich", "yaml", "reader.quotes"]),
        (
            ["search", "Zangazur"],
            [
                "rich",
                "yaml",
                "reader.index.build",
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
