"""The cache is not trusted: what others can write is not read, and nothing in it is waited for."""

import errno
import os
import shutil
import signal
import stat
import subprocess
import threading
from pathlib import Path

import pytest

from reader import Corpus
from reader.errors import IndexUnavailable
from reader.files import private
from reader.files.folder import Folder
from reader.index import damage, update
from reader.index.current import open_index, remake
from reader.index.manifest import index_folder, latest_generation
from reader.session.index_state import describe

NOBODY = 65534
EXPECTED = [("harbour", 2), ("vienna-talks", 1), ("vienna-talks", 2)]
quiet = (print, print, lambda done, total: None)


@pytest.fixture(autouse=True)
def limited():
    """A test that waits for a FIFO fails."""
    signal.alarm(60)
    yield
    signal.alarm(0)


@pytest.fixture
def corpus(own_corpus):
    return own_corpus


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def folder(corpus, cache):
    """The folder of the index, which is made."""
    assert search(corpus, cache) == (EXPECTED, [])
    return index_folder(cache, Folder(corpus).root)


def search(corpus, cache):
    """What is found, and the warnings."""
    warnings = []
    with Corpus(corpus, cache=cache, warn=warnings.append) as opened:
        return sorted((hit.article, hit.paragraph) for hit in opened.search("treaty")), warnings


def state_of(corpus, cache):
    return describe(Folder(corpus), cache, thorough=False).state


def content_of(folder):
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


@pytest.mark.parametrize("umask", [0o000, 0o002, 0o077, 0o777])
def test_folders_and_files_are_private_whatever_the_umask(corpus, tmp_path, umask):
    cache = tmp_path / "new" / "cache"
    before = os.umask(umask)
    try:
        assert search(corpus, cache)[0] == EXPECTED
        (corpus / "new.txt").write_bytes(b"Something new of the treaty.\n")
        os.chmod(corpus / "new.txt", 0o644)
        assert search(corpus, cache)[0] == sorted([*EXPECTED, ("new", 1)])
    finally:
        os.umask(before)
    for path in [tmp_path / "new", *(tmp_path / "new").rglob("*")]:
        expected = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == expected, path


def test_folders_that_others_can_read_are_made_private_with_the_next_update(corpus, cache, folder):
    for path in (folder, folder.parent, cache):
        path.chmod(0o755)
    (corpus / "new.txt").write_bytes(b"Something new of the treaty.\n")
    assert search(corpus, cache) == (sorted([*EXPECTED, ("new", 1)]), [])
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder.parent, cache)]
    assert modes == [0o700, 0o700, 0o755]  # the cache directory may be any that the user chose


def linked(path):
    path.rename(path.with_name("elsewhere"))
    path.symlink_to(path.with_name("elsewhere"))


as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")


@pytest.mark.parametrize("level", [0, 1, 2])
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda path: path.chmod(0o777), "others can write to {}"),
        (lambda path: path.chmod(0o720), "others can write to {}"),
        (linked, "{} is a link"),
        pytest.param(
            lambda path: os.chown(path, NOBODY, -1), "{} belongs to another user", marks=as_root
        ),
    ],
)
def test_a_folder_that_is_not_the_users_own_is_not_used(
    corpus, cache, folder, level, change, reason
):
    changed = [folder, folder.parent, cache][level]
    if level == 2 and change is linked:
        pytest.skip("the cache directory may be a link")
    before = content_of(folder)
    change(changed)
    (corpus / "new.txt").write_bytes(b"Something new of the treaty.\n")
    for _ in range(2):
        found, warnings = search(corpus, cache)
        assert found == sorted([*EXPECTED, ("new", 1)])
        assert warnings == [
            f"{reason.format(changed)}: the index there is not used until you remove it; "
            "made one in memory, which every command will do again"
        ]
    assert content_of(folder) == before
    assert state_of(corpus, cache) == "untrusted"
    with Corpus(corpus, cache=cache, warn=print) as opened:
        opened.update_index()
        assert {summary.id for summary in opened.articles()} >= {"new", "harbour"}


def test_the_cache_directory_may_be_a_link_and_sticky(corpus, tmp_path):
    real = tmp_path / "real"
    real.mkdir()
    real.chmod(0o1777)
    (tmp_path / "cache").symlink_to(real)
    assert search(corpus, tmp_path / "cache") == (EXPECTED, [])
    assert state_of(corpus, tmp_path / "cache") == "current"


def fifo(path):
    path.unlink()
    os.mkfifo(path)


def endless(path):
    path.unlink()
    path.symlink_to("/dev/zero")


def directory(path):
    path.unlink()
    path.mkdir()
    (path / "file").touch()


def another_file(path):
    """A link to a good copy elsewhere, which somebody could change."""
    shutil.copy(path, path.parent.parent / "copy")
    path.unlink()
    path.symlink_to(path.parent.parent / "copy")


def writable(path):
    path.chmod(0o606)


def cut(path):
    os.truncate(path, path.stat().st_size // 2)


def flipped(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


REPLACED = [fifo, endless, directory, another_file, writable, Path.unlink]


@pytest.mark.parametrize("change", [*REPLACED, cut, flipped])
def test_anything_instead_of_a_file(corpus, cache, folder, change):
    whole = folder.with_name("whole")
    shutil.copytree(folder, whole)
    for name in sorted(path.name for path in whole.iterdir()):
        shutil.rmtree(folder)
        shutil.copytree(whole, folder)
        if change in (cut, flipped) and not (folder / name).stat().st_size:
            continue  # the lock
        change(folder / name)
        state = state_of(corpus, cache)
        if not name.startswith(("files_", "reader")):  # else it can answer
            assert state in ("damaged", "absent"), name
        assert search(corpus, cache) == (EXPECTED, []), name
        with Corpus(corpus, cache=cache, warn=pytest.fail) as opened:
            opened.update_index()
        assert state_of(corpus, cache) == "current", name
        assert all(path.is_file() and not path.is_symlink() for path in folder.iterdir()), name


def test_reader_index_says_current_only_of_what_can_answer(corpus, cache, folder, reader):
    options = ("--corpus", str(corpus))
    environment = {"XDG_CACHE_HOME": str(cache)}
    own = index_folder(cache / "article-reader", Folder(corpus).root)
    assert reader("index", *options, env=environment).returncode == 0
    for suffix, change in (
        (".articles", flipped),
        (".articles", Path.unlink),
        (".paragraphs", flipped),
        (".paragraphs", cut),
    ):
        change(next(own.glob(f"*{suffix}")))
        checked = reader("index", "--check", *options, env=environment)
        assert checked.returncode == 2
        assert "state\tdamaged" in checked.stdout
        mended = reader("index", *options, env=environment)
        assert mended.returncode == 0
        assert "state\tcurrent" in mended.stdout
    assert reader("index", "--check", *options, env=environment).returncode == 0
    own.chmod(0o777)
    done = reader("index", *options, env=environment)
    assert done.returncode == 2
    assert "state\tuntrusted" in done.stdout
    assert "others can write to" in done.stderr


def test_a_search_whose_reader_is_slow_is_whole_though_the_index_is_cut(tmp_path, command):
    corpus, cache = tmp_path / "corpus", tmp_path / "cache"
    corpus.mkdir()
    for number in range(500):
        text = f"The road number {number} was long and no treaty was signed. " * 10
        (corpus / f"article-{number}.txt").write_text(text + "\n")
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    arguments = [command, "search", "road", "--corpus", str(corpus)]
    whole = subprocess.run(arguments, env=environment, capture_output=True, text=True).stdout
    assert len(whole) > 200_000  # more than a pipe holds
    folder = index_folder(cache / "article-reader", Folder(corpus).root)
    for change in (cut, flipped):
        process = subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE, text=True)
        first = process.stdout.readline()
        for path in folder.glob("MAIN_*"):
            change(path)
        assert sorted([first, *process.stdout]) == sorted(whole.splitlines(keepends=True))
        assert process.wait() == 0


def test_two_that_find_the_damage_make_the_index_again_once(corpus, cache, folder):
    opened = open_index(Folder(corpus), cache, *quiet)
    first = remake(Folder(corpus), cache, opened, *quiet)
    second = remake(Folder(corpus), cache, opened, *quiet)
    assert opened.id < first.id <= second.id == latest_generation(folder)
    assert opened.manifest.segments != first.manifest.segments == second.manifest.segments
    for generation in (opened, first, second):
        generation.close()


def test_damage_under_repair_by_another_process_is_reported(corpus, cache, folder, monkeypatch):
    monkeypatch.setattr(update, "_FIRST_WAIT", 0.1)
    opened = open_index(Folder(corpus), cache, *quiet)
    held, done = threading.Event(), threading.Event()

    def hold():
        with update.write_lock(folder, 1.0):  # type: ignore[attr-defined]
            held.set()
            done.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(10)
    try:
        with pytest.raises(IndexUnavailable, match="another process is making the index"):
            remake(Folder(corpus), cache, opened, *quiet)
    finally:
        done.set()
        thread.join()
        opened.close()


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE, errno.ENOMEM])
def test_a_lack_of_resources_is_no_damage(corpus, cache, folder, monkeypatch, number):
    before = content_of(folder)

    def lacking(path, *_):
        raise OSError(number, os.strerror(number), path)

    with monkeypatch.context() as patch:
        patch.setattr(private.os, "open", lacking)  # type: ignore[attr-defined]
        with pytest.raises(IndexUnavailable, match=f"cannot open the index: {os.strerror(number)}"):
            damage.read_stored(next(folder.glob("*.articles")))
    assert content_of(folder) == before


def test_what_an_error_in_making_the_index_means(tmp_path):
    folder = tmp_path / "cache" / "index" / "name"
    full = OSError(errno.ENOSPC, "No space left on device")
    assert update._why_not_written(full, folder) == (
        f"cannot write the index to {folder}: No space left on device"
    )
    above = NotADirectoryError(errno.ENOTDIR, "Not a directory", str(tmp_path / "cache"))
    assert "cannot write the index to" in update._why_not_written(above, folder)
    for error, said in (
        (BlockingIOError(errno.EAGAIN, "No more processes"), "the index: No more processes"),
        (FileNotFoundError(errno.ENOENT, "No such file", "/lib/model"), "/lib/model: No such file"),
    ):
        with pytest.raises(IndexUnavailable, match=said):
            update._why_not_written(error, folder)
