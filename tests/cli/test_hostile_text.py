"""No text from outside reaches a terminal, a pipe or JSON with a character that commands it.

Every command is run with hostile arguments, a hostile folder, hostile saved searches, settings,
aliases and environment, in a pipe and on a terminal, and what it prints is looked at.
"""

import ast
import csv
import io
import json
import re
from importlib.util import find_spec
from itertools import permutations
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.style import Style

import reader as package
from reader.language.clean import normalize, printable, printable_lines
from reader.model.choices import CitationStyle
from reader.model.hit import Hit
from reader.views import plain
from reader.views.records import csv_of, formatted
from reader.views.terminal import page

# Operating system commands (title, clipboard, hyperlink), control sequences, their C1 forms, bell,
# backspace, bidirectional override and isolate, and what ends a line or a column.
COMMANDS_OF_TERMINALS = [
    "\x1b]0;owned\x07",
    "\x1b]52;c;UFdO\x07",
    "\x1b]8;;http://evil.example\x1b\\",
    "\x1b[2J\x1b[5;7m",
    "\x9b5m\x9d0;owned\x9c",
    "\x07\x08\x7f",
    "\u202e\u2066\u202a",
]
HOSTILE = "ab" + "".join(COMMANDS_OF_TERMINALS) + "cd"
BREAKING = HOSTILE + "\r\n\t\u2028\x85\x0bef"

UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

# The sequences of our own styles: those of the plain view, and what Rich makes of the terminal's.
STYLES = [page.TITLE, page.FAINT, page.MATCH, page.QUOTE, page.SPEAKER, page.NUMBER]
STYLES += [
    page.LEFT_OUT,
    page.ADDED,
    "cyan on default",
    f"not dim {page.QUOTE}",
    f"bold {page.FAINT}",
]
OURS = {f"\x1b[{codes}m" for codes in [*plain._STYLES.values(), "0"]} | {
    sequence
    for styles in [(style,) for style in STYLES] + list(permutations(STYLES, 2))
    for sequence in re.findall(
        r"\x1b\[[0-9;]*m",
        Style.combine(map(Style.parse, styles)).render("x", color_system=ColorSystem.STANDARD),
    )
}


def assert_harmless(text, colored=False):
    if colored:
        text = re.sub(r"\x1b\[[0-9;]*m", lambda match: "" if match[0] in OURS else match[0], text)
    found = UNSAFE.search(text)
    assert not found, f"{found[0]!r} in {text[max(found.start() - 60, 0) : found.end() + 20]!r}"


# With words of the bundled article beside what is hostile, so that there is something to print.
ARGUMENTS = [
    [BREAKING],
    ["--" + BREAKING],
    ["show", BREAKING],
    ["show", "azerbaijan:" + BREAKING],
    ["show", "--corpus", BREAKING],
    ["show", "--color", BREAKING],
    ["show", "--width", BREAKING],
    ["search", BREAKING],
    ["search", f'"peace {BREAKING}'],
    ["search", f"peace OR {BREAKING}"],
    ["search", f"{BREAKING}:peace"],
    ["search", f"date:{BREAKING}"],
    ["search", "--explain", f"peace OR {BREAKING}"],
    ["search", "--explain", "peace", "--by", BREAKING],
    ["search", "--explain", "peace", "--source", BREAKING, "--title", BREAKING],
    ["search", "peace", "--in", BREAKING],
    ["search", "peace", "--since", BREAKING],
    ["search", "peace", "--facets", BREAKING],
    ["search", "peace", "--sort", BREAKING],
    ["search", "peace", "-m", BREAKING],
    ["search", "peace", "--format", HOSTILE + "\n\t{locator}"],
    ["search", "peace", "--format", "{" + BREAKING + "}"],
    ["search", "@" + BREAKING],
    ["search", "@" + BREAKING, "--new"],
    ["quotes", BREAKING],
    ["quotes", "--by", BREAKING],
    ["quotes", "--about", BREAKING],
    ["speakers", "--by", BREAKING],
    ["speakers", "--sort", BREAKING],
    ["cite", BREAKING],
    ["cite", "azerbaijan", "--style", BREAKING],
    ["check", f"{BREAKING} he never said this at all to anyone"],
    ["check", "prepared to work with Armenia", "--by", BREAKING],
    ["check", f"{HOSTILE}/draft.md"],
    ["list", "--corpus", BREAKING],
    ["timeline", f"peace OR {BREAKING}"],
    ["similar", BREAKING],
    ["save", BREAKING],
    ["save", BREAKING, "peace"],
    ["save", "kept", f"peace {BREAKING}"],
    ["save", "--delete", BREAKING],
    ["add", f"{BREAKING}.md"],
    ["add", f"~{BREAKING}/a.md"],
    ["add", f"http://{BREAKING}/"],
    ["add", f"http://127.0.0.1:9/{BREAKING}"],
    ["open", BREAKING],
    ["remove", BREAKING, "--yes"],
    ["index", "--corpus", BREAKING],
    ["help", BREAKING],
]


@pytest.mark.parametrize("arguments", ARGUMENTS, ids=lambda arguments: " ".join(arguments)[:40])
def test_arguments(reader, terminal, arguments):
    for more in ([], ["--json"]):
        done = reader(*arguments, *more)
        assert "Traceback" not in done.stderr
        assert_harmless(done.stdout + done.stderr)
        assert done.stderr.count("\n") <= 2
    _, screen = terminal(*arguments)
    assert_harmless(screen, colored=True)


# Styles of bibliographies need the extra cite.
STYLES_THERE = [
    style
    for style in get_args(CitationStyle)
    if style not in ("apa", "chicago", "gost", "mla") or find_spec("citeproc")
]
WHOLE = [
    ["show"],
    ["show", "-n"],
    ["search", "harbour"],
    ["search", "harbour", "-C", "1"],
    ["search", "harbour", "--csv"],
    ["search", "harbour", "--format", "{locator} {title} {source} {path} {snippet}"],
    ["search", "harbour", "--articles"],
    ["search", "harbour", "-c", "--facets", "source,speaker,section,author,year"],
    ["search", "harbour", "--explain"],
    ["quotes", "--all"],
    ["speakers"],
    ["timeline", "harbour"],
    ["similar", "one"],
    ["check", "the harbour is open"],
    *[["cite", "one", "--style", s] for s in STYLES_THERE],
    ["list"],
    ["index"],
    ["index", "--check"],
    ["index", "--rebuild"],
]


@pytest.fixture
def hostile_corpus(tmp_path):
    """Articles whose every part is hostile, in a folder with a hostile name."""
    folder = tmp_path / ("folder " + BREAKING.replace("/", "|"))
    folder.mkdir()
    file_name = HOSTILE.replace("/", "|") + "\n\t"
    front = "".join(
        f"{key}: {json.dumps(BREAKING + value)}\n"
        for key, value in {
            "title": "harbour",
            "source": "Post",
            "section": "Coast",
            "author": "Nora Quist",
            "url": "https://news.example/a",
            "tags": "x",
        }.items()
    )
    text = (
        f"“The harbour{HOSTILE} is open,” said Nora{HOSTILE} Quist.\n\nMore of {HOSTILE} harbour."
    )
    (folder / f"one{file_name}.md").write_text(f"---\n{front}---\n{text}\n")
    (folder / "two.txt").write_text(f"A harbour {HOSTILE}\n\nThe Post\n\nThe harbour again. {text}")
    (folder / f"bad{file_name}.txt").write_bytes(b"\0\0")
    return folder


def test_a_corpus(reader, terminal, hostile_corpus):
    for arguments in WHOLE:
        arguments = [*arguments, "--corpus", hostile_corpus]
        has_json = not {"--csv", "--format"} & set(map(str, arguments))
        for more in ([], ["--color=always"], ["--json"])[: 3 if has_json else 1]:
            done = reader(*arguments, *more)
            assert done.returncode == 0 or arguments[0] == "check", done.stderr
            assert done.stdout
            assert_harmless(done.stdout + done.stderr, colored=bool(more))
            if more == ["--json"]:
                assert all(map(json.loads, done.stdout.splitlines()))
        assert_harmless(terminal(*arguments)[1], colored=True)


def test_the_name_of_a_corpus_breaks_no_record(reader, hostile_corpus):
    lines = reader("index", "--corpus", hostile_corpus).stdout.split("\n")
    assert {len(line.split("\t")) for line in lines[:-1]} == {2}
    assert "corpus" in [line.split("\t")[0] for line in lines]


def test_settings_and_saved_searches(reader, terminal, corpus, home):
    config = home / ".config" / "article-reader"
    data = home / ".local" / "share" / "article-reader"
    config.mkdir(parents=True)
    data.mkdir(parents=True)
    searches = [
        {"kept": f"treaty {BREAKING}"},
        {f"kept{BREAKING}": "treaty"},
        {"kept": [BREAKING]},
    ]
    quoted = json.dumps(BREAKING)  # TOML has the escapes of JSON, but for DEL
    settings = [
        ("config.toml", f"corpus = {quoted}"),
        ("config.toml", f"{quoted} = 3"),
        ("config.toml", f"corpus = [{quoted}]"),
        ("config.toml", BREAKING),
        ("config.toml", 'corpus = "a\\u0000b"'),
        ("aliases.toml", f"treaty = [{quoted}]"),
        ("aliases.toml", f"{quoted} = ['treaty']"),
        ("aliases.toml", f"{quoted} = 3"),
    ]
    runs = [(data / "searches.json", json.dumps(saved)) for saved in searches]
    runs += [(config / name, content.replace("\x7f", "\\u007f")) for name, content in settings]
    for path, content in runs:
        path.write_text(content)
        for arguments in (
            ["save", "--json"],
            ["save"],
            ["search", "@kept", "--explain"],
        ):
            if "config" not in path.name and arguments[0] == "search":
                arguments = [*arguments, "--corpus", corpus]
            done = reader(*arguments)
            assert "Traceback" not in done.stderr
            assert_harmless(done.stdout + done.stderr)
            if "--json" not in arguments:
                assert_harmless(terminal(*arguments)[1], colored=True)
        path.unlink()


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("READER_CORPUS", ["list"]),
        ("READER_CORPUS", ["search", "peace"]),
        ("VISUAL", ["open", "azerbaijan"]),
        ("EDITOR", ["open", "azerbaijan"]),
        ("READER_PAGER", ["show"]),
        ("PAGER", ["show"]),
        ("TERM", ["show"]),
        ("COLUMNS", ["show"]),
        ("XDG_CACHE_HOME", ["search", "peace"]),
        ("XDG_DATA_HOME", ["save"]),
        ("XDG_CONFIG_HOME", ["list"]),
        ("HOME", ["search", "peace"]),
    ],
)
def test_the_environment(reader, terminal, tmp_path, name, arguments):
    value = BREAKING if name != "HOME" else f"{tmp_path}/{BREAKING.replace('/', '|')}"
    if name.startswith("XDG"):
        value = f"{tmp_path}/{BREAKING.replace('/', '|')}"
        Path(value).write_text("a file where a folder should be")
    done = reader(*arguments, env={name: value})
    assert "Traceback" not in done.stderr
    assert_harmless(done.stdout + done.stderr)
    pager = {} if "PAGER" in name else {"PAGER": "cat"}
    _, screen = terminal(*arguments, env={**pager, name: value}, lines=10)
    assert_harmless(screen, colored=True)


def hit(**values):
    data = {"article": "a", "paragraph": 1, "title": "T", "date": None, "source": None}
    return Hit(**{**data, "text": "Text", "score": 1.0, **values})


@given(
    st.lists(st.text(st.sampled_from("='+-@＝＋－＠ \t\r\na"), max_size=4), min_size=3, max_size=3)
)
def test_no_cell_of_csv_is_a_formula_and_each_can_be_read_back(texts):
    title, source, text = map(normalize, texts)
    lines = "".join(csv_of([hit(title=title, source=source, text=text)]))
    [row] = csv.DictReader(io.StringIO(lines))
    for name, value in (("title", title), ("source", source), ("text", text)):
        assert not re.match("[=+\\-@＝＋－＠\t\r]", row[name])
        assert re.sub("^'(?='*[=+\\-@＝＋－＠])", "", row[name]) == value


def test_csv_and_forms_are_records_whatever_the_values():
    [_, line] = csv_of([hit(title=BREAKING, path=BREAKING)])
    assert line.count("\n") == 1
    [line] = formatted(HOSTILE + "{title}\\t{text}")([hit(title=BREAKING)])
    assert (line.count("\n"), line.count("\t")) == (1, 1)
    assert_harmless(line)


@given(st.text())
def test_what_is_printable(text):
    shown = printable(text)
    assert len(shown) == len(text)
    assert not UNSAFE.search(shown)
    assert len(shown.splitlines()) <= 1
    assert "\t" not in shown
    assert printable(normalize(text)) == normalize(text)
    assert printable_lines(text).count("\n") == text.count("\n")


def test_the_terminal_gets_no_text_that_was_not_cleaned():
    """Views make their texts as CleanText; Rich's own are not cleaned."""
    for path in Path(page.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                assert name not in ("Text", "Text.assemble", "Text.from_ansi", "Text.from_markup")


def test_stdout_is_written_by_one_module():
    folder = Path(package.__file__).parent / "cli"
    for path in folder.glob("*.py"):
        calls = [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Call)]
        names = {ast.unparse(call.func) for call in calls}
        if path.name != "output.py":
            assert "print" not in names, path
        if path.name not in ("output.py", "cite.py"):  # the clipboard's own sequence
            assert "sys.stdout.write" not in names, path
