"""One limit for whatever is read; what is larger is refused, never cut off."""

import io
import os
import threading

import pytest

from reader.errors import UnreadableFile
from reader.files.read import LARGEST_FILE, read_file, read_limited, refuse_larger


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
