"""One limit for whatever is read; what is larger is refused, never cut off."""

import io
import os
import threading
from contextlib import suppress

import pytest

from reader.errors import UnreadableFile
from reader.files.articles import read_articles
from reader.files.read import LARGEST_FILE, is_pipe, read_file, read_limited, refuse_larger


def test_the_limit_is_the_largest_size_that_is_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * LARGEST_FILE)
    assert len(read_file(path)) == len(read_limited(io.BytesIO(path.read_bytes()))) == LARGEST_FILE
    path.write_bytes(b"x" * (LARGEST_FILE + 1))
    for read in (
        lambda: read_file(path),
        lambda: read_limited(io.BytesIO(path.read_bytes())),
        lambda: refuse_larger(path.read_bytes()),
    ):
        with pytest.raises(UnreadableFile, match=r"^larger than 16 MiB$"):
            read()


def test_no_more_than_the_limit_is_taken_from_a_stream_that_does_not_end():
    with open("/dev/zero", "rb") as file, pytest.raises(UnreadableFile, match="larger"):
        read_limited(file)


def test_a_pipe_is_read_to_its_end_or_refused_at_once(tmp_path):
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    with pytest.raises(UnreadableFile, match="not a regular file"):
        read_file(path, only_regular=True)
    writer = threading.Thread(target=path.write_bytes, args=[b"words"])
    writer.start()
    assert read_file(path) == b"words"
    writer.join()


@pytest.mark.parametrize(("name", "reason"), [("none", "No such file"), (".", "Is a directory")])
def test_what_cannot_be_read_says_why(tmp_path, name, reason):
    with pytest.raises(UnreadableFile, match=reason):
        read_file(tmp_path / name)


def test_a_pipe_is_not_waited_for_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr("reader.files.read._PATIENCE_FOR_WRITER", 0.1)
    monkeypatch.setattr("reader.files.read._PATIENCE", 0.1)
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    with pytest.raises(UnreadableFile, match="nothing came through"):
        read_file(path)
    # Open for reading and writing, so that the pipe has a writer that writes nothing.
    writer = os.open(path, os.O_RDWR)
    try:
        with pytest.raises(UnreadableFile, match="nothing came through"):
            read_file(path)
    finally:
        os.close(writer)


def test_a_pipe_without_end_is_refused(tmp_path):
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)

    def write():
        with suppress(BrokenPipeError):
            path.write_bytes(b"x" * (LARGEST_FILE + 200_000))

    writer = threading.Thread(target=write)
    writer.start()
    with pytest.raises(UnreadableFile, match="larger than"):
        read_file(path)
    writer.join()


@pytest.mark.skipif(not os.path.exists("/dev/fd/0"), reason="needs /dev/fd")
def test_a_pipe_whose_writer_has_gone_is_read():
    ours, theirs = os.pipe()
    os.write(theirs, b"words")
    os.close(theirs)
    path = f"/dev/fd/{ours}"
    assert is_pipe(path)
    (result,) = read_articles(path)
    os.close(ours)
    assert result.article.paragraphs[0].text == "words"


def test_no_pipe_is_where_nothing_is(tmp_path):
    assert not any(map(is_pipe, (tmp_path, tmp_path / "none", "a" * 5000, "a\0b")))


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a" * 5000 + ".txt", "File name too long"),
        ("a\0.txt", "no such file"),
        ("~no-one/x", "no such home"),
    ],
)
def test_a_path_that_cannot_be_is_refused_for_what_it_is(name, reason):
    (result,) = read_articles(name)
    assert reason in result.reason
