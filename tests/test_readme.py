"""The README's examples print what it says they print."""

import os
import re
import subprocess
from pathlib import Path

import pytest

README = Path(__file__).parents[1].joinpath("README.md").read_text(encoding="utf-8")
CONSOLES = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
SESSIONS = [
    (line, output)
    for console in CONSOLES
    for line, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", console, re.MULTILINE)
]
QUERIES = [
    query
    for row in re.findall(r"^\| (`.*?`) \| .* \|$", README.split("### ")[1], re.MULTILINE)
    for query in re.findall(r"`([^`]+)`", row)
    if "reader" not in query
]


def test_the_screen_that_it_opens_with(terminal, stripped):
    line, output = SESSIONS[0]
    assert line == 'reader search "Zangazur"'
    assert stripped(terminal("search", "Zangazur")[1]) == output


@pytest.mark.parametrize(("line", "output"), SESSIONS[1:])
def test_examples(home, command, line, output):
    path = f"{os.path.dirname(command)}:{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-c", line], env={**os.environ, "PATH": path}, capture_output=True, text=True
    )
    assert done.stdout + done.stderr == output


def test_queries(reader, golden):
    """How many paragraphs of the bundled article each query of the table finds."""
    lines = []
    for query in QUERIES:
        done = reader("search", "-c", "--", query)
        nothing = done.stdout == "0\n"
        assert (done.returncode, bool(done.stderr)) == (int(nothing), nothing), query
        lines.append(f"{query}\t{done.stdout}")
    assert len(lines) > 20
    golden("readme-queries.txt", "".join(lines))


@pytest.mark.parametrize("program", re.findall(r"```python\n(.*?)```", README, re.DOTALL))
def test_programs(home, own_corpus, monkeypatch, capsys, program):
    own_corpus.rename(own_corpus.with_name("articles"))
    monkeypatch.chdir(own_corpus.parent)
    assert "Zangazur" in program
    exec(program.replace("Zangazur", "Zangezur"), {})
    words = re.split(r"[\s:]+", capsys.readouterr().out, maxsplit=3)
    assert words[:3] == ["vienna-talks", "4", "2021-05-20"]
    assert words[3].startswith(("The talks in Zangezur", "00:00:00 The talks in Zangezur"))


def test_the_commands_are_all_there(reader):
    for name in re.findall(r"^\| `reader (\w+)", README, re.MULTILINE):
        assert reader(name, "--help").returncode == 0


def test_every_dependency_has_its_reason():
    project = Path(__file__).parents[1].joinpath("pyproject.toml").read_text(encoding="utf-8")
    listed = project.split("dependencies = [")[1].split("]\n")[0]
    for name in re.findall(r'^ +"([a-z0-9-]+)', listed, re.MULTILINE):
        assert f"| {name}" in README
