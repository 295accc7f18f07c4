"""Files are written whole or not at all, also on a full disk and without hard links."""

import errno
import os
import resource
import signal
import sys
import threading
from contextlib import contextmanager, suppress

import pytest

from reader.files import write as writing
from reader.files.write import create_whole, write_whole

WRITERS = [write_whole, create_whole]


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@contextmanager
def full_disk(room):
    """No file can grow beyond `room` bytes: writing fails half way, as on a full disk."""
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, old[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, ignored)


@pytest.fixture(params=["links", "no links"])
def links(request, monkeypatch):
    """File systems with hard links and without: FAT answers EPERM on Linux."""
    if request.param == "no links":

        def refuse(*_arguments, **_options):
            raise OSError(errno.EPERM, os.strerror(errno.EPERM))

        monkeypatch.setattr(os, "link", refuse)
    return request.param


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("durable", [False, True])
def test_a_file_is_written_with_the_permissions_of_the_umask(tmp_path, write, durable, links):
    mask = os.umask(0o027)
    try:
        write(tmp_path / "a.md", b"words", durable=durable)
    finally:
        os.umask(mask)
    assert (tmp_path / "a.md").read_bytes() == b"words"
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o640
    assert names(tmp_path) == ["a.md"]


def test_write_replaces_and_create_never_does(tmp_path, links):
    path = tmp_path / "a.md"
    write_whole(path, b"one")
    write_whole(path, b"two")
    with pytest.raises(FileExistsError):
        create_whole(path, b"three")
    assert path.read_bytes() == b"two"
    (tmp_path / "link.md").symlink_to("nowhere")
    with pytest.raises(FileExistsError):
        create_whole(tmp_path / "link.md", b"three")
    assert names(tmp_path) == ["a.md", "link.md"]


@pytest.mark.parametrize("write", WRITERS)
def test_a_full_disk_leaves_no_file_and_no_half_of_one(tmp_path, write, links):
    with full_disk(100_000), pytest.raises(OSError, match="File too large"):
        write(tmp_path / "a.md", b"x" * 1_000_000)
    assert names(tmp_path) == []
    (tmp_path / "b.md").write_bytes(b"old")
    with full_disk(100_000), pytest.raises(OSError):
        write(tmp_path / "b.md", b"x" * 1_000_000)
    assert (tmp_path / "b.md").read_bytes() == b"old"
    assert names(tmp_path) == ["b.md"]


@pytest.mark.parametrize("write", WRITERS)
def test_a_folder_that_is_not_there_is_an_error(tmp_path, write):
    with pytest.raises(FileNotFoundError):
        write(tmp_path / "none" / "a.md", b"x")


def test_of_several_writers_of_a_name_one_creates_it(tmp_path, links):
    """Each content is whole, and only one of them has the name."""
    start = threading.Barrier(8)
    created = []

    def create(content):
        start.wait()
        try:
            create_whole(tmp_path / "a.md", content)
        except FileExistsError:
            return
        created.append(content)

    threads = [threading.Thread(target=create, args=[bytes([65 + n]) * 9999]) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [(tmp_path / "a.md").read_bytes()] == created
    assert names(tmp_path) == ["a.md"]


def killed_before(call):
    """Have this process killed before a call of the operating system, counted from 0."""
    events = iter(range(call, -1, -1))

    def audit(event, _arguments):
        if event.startswith(("os.", "open", "ctypes.")) and event != "os.kill" and not next(events):
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(audit)


@pytest.mark.parametrize("write", WRITERS)
def test_a_kill_at_any_call_leaves_no_empty_file(tmp_path, write, links):
    status = call = 0
    while not call or os.WIFSIGNALED(status):
        folder = tmp_path / str(call)
        folder.mkdir()
        child = os.fork()
        if not child:
            killed_before(call)
            with suppress(BaseException):
                write(folder / "a.md", b"words")
            os._exit(0)
        _, status = os.waitpid(child, 0)
        written = [path.read_bytes() for path in folder.glob("[!.]*")]
        assert written in ([], [b"words"])
        call += 1
    assert written == [b"words"]
    assert call > 3


def test_without_such_a_call_a_name_is_taken_first(tmp_path, links, monkeypatch):
    monkeypatch.setattr(writing, "rename_to_new", lambda old, new: False)
    create_whole(tmp_path / "a.md", b"one")
    with pytest.raises(FileExistsError):
        create_whole(tmp_path / "a.md", b"two")
    assert (tmp_path / "a.md").read_bytes() == b"one"
    assert names(tmp_path) == ["a.md"]
