"""Which corpus is read, and what is said of a wrong config file."""

from pathlib import Path

import pytest

from reader.errors import SettingsError
from reader.settings import (
    Directories,
    bundled_corpus,
    corpus_path,
    directories,
    read_encoding,
)


@pytest.fixture
def dirs(tmp_path):
    return Directories(tmp_path / "config", tmp_path / "data", tmp_path / "cache")


def test_the_order_in_which_a_corpus_is_chosen(dirs, home):
    assert corpus_path(None, {}, dirs) == bundled_corpus()
    dirs.library.mkdir(parents=True)
    assert corpus_path(None, {}, dirs) == bundled_corpus()
    (dirs.library / "a.md").write_text("x")
    assert corpus_path(None, {}, dirs) == dirs.library
    dirs.config.mkdir()
    (dirs.config / "config.toml").write_text('corpus = "~/mine"\n')
    assert corpus_path(None, {}, dirs) == home / "mine"
    assert corpus_path(None, {"READER_CORPUS": "/env"}, dirs) == Path("/env")
    assert corpus_path(Path("/option"), {"READER_CORPUS": "/env"}, dirs) == Path("/option")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"corpus = ", "not valid TOML"),
        (b"\xff", "not valid TOML"),
        (b"corpus = " + b"[" * 100_000, "not valid TOML"),
        (b"corpus = 3", "must be a string"),
        (b'colour = "red"', "no such setting: colour"),
    ],
)
def test_a_wrong_config_file_is_reported(dirs, content, said):
    dirs.config.mkdir()
    (dirs.config / "config.toml").write_bytes(content)
    with pytest.raises(SettingsError, match=said):
        corpus_path(None, {}, dirs)


def test_an_unreadable_config_file_is_reported(dirs):
    (dirs.config / "config.toml").mkdir(parents=True)
    with pytest.raises(SettingsError, match="cannot read"):
        corpus_path(None, {}, dirs)


def test_directories_are_the_platforms(home, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert directories().cache == Path("/somewhere/article-reader")
    assert directories().config.name == "article-reader"


def test_the_encoding_of_texts_is_a_setting(dirs):
    assert read_encoding(dirs) is None
    dirs.config.mkdir()
    (dirs.config / "config.toml").write_text('encoding = "windows-1251"\n')
    assert read_encoding(dirs) == "windows-1251"


@pytest.mark.parametrize("value", ['"windows-9"', '"base64"', "3", '""', '"a\\u0000"'])
def test_a_wrong_encoding_is_reported(dirs, value):
    dirs.config.mkdir()
    (dirs.config / "config.toml").write_text(f"encoding = {value}\n")
    with pytest.raises(SettingsError, match="encoding must be the name"):
        read_encoding(dirs)
