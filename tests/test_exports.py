"""The package's face: what it exports, its errors, and the examples in its docstrings."""

import ast
import doctest
import importlib
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import reader
from reader import errors

PACKAGE = Path(reader.__file__).parent


def test_what_is_exported_is_what_can_be_imported():
    assert len(set(reader.__all__)) == len(reader.__all__)
    for name in reader.__all__:
        value = getattr(reader, name)
        module = getattr(value, "__module__", "reader")
        assert module.startswith("reader") or not isinstance(value, type), name
    assert set(reader.__all__) <= set(dir(reader))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        reader.nothing  # noqa: B018
    code = "from reader import *; import reader; assert set(reader.__all__) <= set(globals())"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_type_checkers_see_the_same_names():
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {}
    for node in block.body:
        assert isinstance(node, ast.ImportFrom)
        for alias in node.names:
            assert alias.asname == alias.name  # else strict type checkers take it for private
            seen[alias.name] = node.module
    assert seen == reader._MODULES
    assert {*seen, "__version__"} == set(reader.__all__)


def test_every_error_is_exported():
    kinds = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, errors.ReaderError)
    }
    assert kinds <= set(reader.__all__)
    for kind in kinds - {"ReaderError"}:  # and drawn in the module's docstring
        assert f" ├─ {kind} " in errors.__doc__ or f" └─ {kind} " in errors.__doc__


@pytest.mark.parametrize(
    "error",
    [
        errors.NoSuchArticle("no", name="a", suggestions=["b"]),
        errors.AmbiguousArticle("two", name="a", candidates=["b", "c"]),
        errors.NoSuchParagraph("none", article="a", count=3),
        errors.NoSuchQuotation("none", article="a", count=3),
        errors.StyleUnavailable("none"),
        errors.CorpusError("gone", path="/x"),
        errors.UnreadableFile("empty"),
        errors.UnreadableFile("cannot read a.txt: empty", path="a.txt", reason="empty"),
        errors.FetchError("no answer", url="https://a.example"),
        errors.SettingsError("bad", path="/x"),
        errors.QueryError("bad query: )", "peace )", 6),
        errors.IndexUnavailable("damaged"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_can_be_pickled(error):
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert vars(copy) == vars(error)


def test_no_two_public_classes_share_a_name():
    modules = {}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                modules.setdefault(node.name, []).append(path.name)
    assert not {name: paths for name, paths in modules.items() if len(paths) > 1}


@pytest.mark.parametrize(
    "module", ["reader", "reader.corpus", "reader.model.locator", "reader.quotes"]
)
def test_examples_in_docstrings(home, module):
    result = doctest.testmod(importlib.import_module(module))
    assert result.attempted
    assert not result.failed
