"""What a type checker sees of the installed package, in a program outside the checkout.

Where the package was installed from a wheel, as the README's commands do, these are the wheel's
files. In an editable install, which has none, they are the source's, laid out as the wheel is:
that the wheel has them too is then not proved.
"""

import importlib.metadata
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

import reader

pytest.importorskip("mypy")

PROGRAM = """\
import reader
from reader import *
from reader import Corpus, NoSuchArticle, QuotationFilters

corpus = Corpus("articles", warn=print)
results = corpus.search("peace", limit=5, sort="date", by="Aliyev")
reveal_type(results)
reveal_type(len(results))
reveal_type(list(results))
reveal_type([hit.date for hit in results])
reveal_type(results.facet("source"))
reveal_type(corpus.article("a"))
reveal_type(corpus.similar("a"))
reveal_type(list(corpus.quotes("a:2", all=True)))
reveal_type(corpus.speakers(sort="words"))
reveal_type(corpus.cite(["a:2"])[0].article)
reveal_type(corpus.cite(["a:2"])[0].summary.title)
reveal_type(corpus.describe_index().index)
reveal_type(corpus.check(reader.claims_in("He said “no”."))[0].verdict)
reveal_type(corpus.path_of("a"))
with Corpus.library(note=print) as library:
    reveal_type(library)
    reveal_type(library.add("a.txt")[0].state)
try:
    corpus.newest()
except NoSuchArticle as error:
    reveal_type(error.suggestions)
filters: QuotationFilters = {"by": "Aliyev"}
corpus.quotes(**filters)
"""
REVEALED = """\
reader.search.results.Results
int
list[reader.model.hit.Hit]
list[datetime.date | reader.model.partial_date.PartialDate | None]
list[tuple[str, int]]
reader.model.article.Article
list[reader.model.similar.SimilarArticle]
list[reader.model.quotation_hit.QuotationHit]
list[reader.model.quotation_hit.Speaker]
str
str
str
Literal['verbatim', 'altered', 'misattributed', 'missing']
pathlib.Path
reader.corpus.Corpus
Literal['added', 'present', 'failed']
tuple[str, ...]
""".splitlines()

WRONG = """\
from reader import Corpus, Hit

corpus = Corpus("articles")
corpus.search("peace", sort="bogus")
corpus.search("peace", limit="5")
corpus.search(None)
corpus.search("peace", bogus=True)
corpus.quotes(all="yes")
corpus.search("peace").periods("decade")
corpus.nothing
"""


@pytest.fixture(scope="session")
def python(tmp_path_factory):
    """The Python of an environment in which the package, and nothing else, is installed."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True, with_pip=False)
    (site,) = folder.glob("lib/python*/site-packages")
    files = importlib.metadata.files("article-reader") or []
    package = [file for file in files if file.parts[0] == "reader" and file.suffix != ".pyc"]
    if "reader/__init__.py" in map(str, package):
        for file in package:
            (site / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file.locate(), site / file)
    else:
        source = Path(reader.__file__).parent
        shutil.copytree(source, site / "reader", ignore=shutil.ignore_patterns("__pycache__"))
    return next(folder.glob("bin/python"))


@pytest.fixture
def check(python, tmp_path):
    """Check a program; gives a list of mypy's lines without the file's name."""

    def run(program):
        (tmp_path / "program.py").write_text(program, encoding="utf-8")
        command = [sys.executable, "-m", "mypy", "--strict", "--python-executable", python]
        cache = ["--cache-dir", python.parent / "cache"]
        done = subprocess.run(
            [*command, *cache, "program.py"], cwd=tmp_path, capture_output=True, text=True
        )
        assert not done.stderr
        return [line.removeprefix("program.py:") for line in done.stdout.splitlines()]

    return run


def test_a_program_sees_types(check):
    *lines, summary = check(PROGRAM)
    assert summary.startswith("Success"), lines
    revealed = [line.split('"')[1].replace("'] | Literal['", "', '") for line in lines]
    assert revealed == REVEALED


def test_the_programs_of_the_readme_are_typed(tmp_path):
    readme = Path(__file__).parents[1].joinpath("README.md").read_text(encoding="utf-8")
    programs = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    assert len(programs) > 1
    for number, program in enumerate(programs):
        (tmp_path / f"program{number}.py").write_text(program, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", "cache", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.startswith("Success"), done.stdout


def test_wrong_arguments_are_type_errors(check):
    *lines, _ = check(WRONG)
    errors = [line for line in lines if ": error: " in line]
    assert [error.split(": ")[0] for error in errors] == [str(number) for number in range(4, 11)]
    assert "expected \"Literal['relevance', 'date', 'oldest']\"" in errors[0]
    assert "Literal['bogus']" in errors[0]
