"""`add`, `open` and `remove`: the commands that deal with the user's own library."""

import json
import os
import threading

import pytest

TEXT = """\
Ships Return to the Harbour

Coast Gazette, 2022-03-01

The harbour reopened on Tuesday after a winter of repairs, and the first ships came in at noon.
"""
PAGE = """\
<html><head><title>Lens of the Lighthouse</title></head><body><article>
<h1>Lens of the Lighthouse</h1>
<p>The lighthouse on the northern pier was lit again on Tuesday evening, four years after a storm
broke its lens and left the harbour dark.</p>
<p>The town paid for the new lens with a lottery, and the old one now stands in the square where
children climb on it after school, whatever the weather.</p></article></body></html>
"""


@pytest.fixture
def library(home):
    return home / ".local" / "share" / "article-reader" / "library"


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "ships.txt").write_text(TEXT)
    (folder / "ships-again.txt").write_text(TEXT)
    return folder


def test_add_writes_readable_files_and_prints_ids(reader, articles, library):
    done = reader("add", articles / "ships.txt")
    assert (done.returncode, done.stdout, done.stderr) == (0, "ships-return-to-the-harbour\n", "")
    written = (library / "ships-return-to-the-harbour.md").read_text()
    assert written.startswith("---\ntitle: Ships Return to the Harbour\ndate: 2022-03-01\n")
    assert reader("search", "repairs").stdout.startswith("ships-return-to-the-harbour:1\t2022-03")
    assert reader("list", "-c").stdout == "1\n"


def test_what_the_library_has_is_not_added_again(reader, articles, library):
    reader("add", articles / "ships.txt")
    before = {path: path.read_bytes() for path in library.iterdir()}
    done = reader("add", articles, articles / "ships-again.txt")
    assert (done.returncode, done.stdout) == (0, "")
    assert {path: path.read_bytes() for path in library.iterdir()} == before
    row = json.loads(reader("add", articles / "ships.txt", "--json").stdout)
    assert (row["article"], row["state"]) == ("ships-return-to-the-harbour", "present")


def test_add_reads_standard_input(reader, library):
    done = reader("add", "-", input=TEXT)
    assert done.stdout == "ships-return-to-the-harbour\n"
    done = reader("add", "-", input="x" * (16 * 1024**2 + 1))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "reader: standard input: larger than 16 MiB: not added\n"
    done = reader("add", "-", input="")
    assert (done.returncode, done.stderr) == (2, "reader: standard input: empty: not added\n")


def test_add_reads_web_pages(reader, tmp_path, library):
    (tmp_path / "page.html").write_text(PAGE)
    assert reader("add", tmp_path / "page.html").stdout == "lens-of-the-lighthouse\n"
    assert reader("add", "-", input=PAGE).stdout == ""
    shown = reader("show", "lens").stdout.splitlines()
    assert shown[0] == "Lens of the Lighthouse"
    assert len(shown) == 5


def test_one_of_several_cannot_be_added(reader, articles, tmp_path):
    (tmp_path / "a.pages").write_bytes(b"PK")
    done = reader("add", tmp_path / "a.pages", articles / "ships.txt", "http://127.0.0.1:9/x")
    assert done.returncode == 2
    assert done.stdout == "ships-return-to-the-harbour\n"
    first, second = done.stderr.splitlines()
    assert first.endswith("a.pages: .pages is not read: export it as .docx: not added")
    assert second.startswith("reader: http://127.0.0.1:9/x: ")


def test_add_on_a_terminal(terminal, stripped, articles):
    status, text = terminal("add", articles)
    assert status == 0
    assert [line.rstrip() for line in stripped(text).splitlines()] == [
        "added  Ships Return to the Harbour",
        "       ships-return-to-the-harbour",
        f"reader: {articles}/ships-again.txt: already in the library "
        "as ships-return-to-the-harbour",
    ]


def test_remove(reader, articles, library):
    reader("add", articles / "ships.txt")
    done = reader("remove", "ships")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--yes" in done.stderr
    assert len(list(library.iterdir())) == 1
    done = reader("remove", "ships", "--yes")
    assert (done.returncode, done.stdout) == (0, "ships-return-to-the-harbour\n")
    assert list(library.iterdir()) == []
    assert reader("remove", "ships", "--yes").returncode == 2


@pytest.mark.parametrize(("answer", "left"), [(b"y\n", 0), (b"n\n", 1)])
def test_remove_asks_on_a_terminal(reader, terminal, articles, library, answer, left):
    reader("add", articles / "ships.txt")
    status, text = terminal("remove", "ships", keys=answer)
    assert "Delete ships-return-to-the-harbour from your library?" in text
    assert (status, len(list(library.iterdir()))) == (left, left)


def test_open(reader, corpus, tmp_path):
    out = tmp_path / "opened"
    editor = tmp_path / "my editor"
    editor.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > {out}\n')
    editor.chmod(0o755)
    env = {"EDITOR": f"'{editor}' --wait"}
    assert reader("open", "vienna:2", "--corpus", corpus, env=env).returncode == 0
    assert out.read_text() == f"--wait|{corpus}/vienna-talks.txt|"
    browser = {"BROWSER": f"{editor} %s"}
    done = reader("open", "vienna", "--web", "--corpus", corpus, env=browser)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no address" in done.stderr
    done = reader("open", "vienna", "--corpus", corpus, env={"EDITOR": "/no/such"})
    assert (done.returncode, "cannot run the editor" in done.stderr) == (2, True)
    done = reader("open", "vienna", "--corpus", corpus, env={"EDITOR": "'"})
    assert done.returncode == 2


def test_a_folder_without_articles_says_what_is_in_it(reader, tmp_path):
    (tmp_path / "report.xls").write_text("x")
    said = "nothing here that reader reads: 1 .xls (save it as .csv)"
    for command in (["list"], ["search", "ships"], ["search", "ships", "-q"]):
        done = reader(*command, "--corpus", tmp_path)
        assert (done.returncode, done.stdout) == (1, "")
        assert f"reader: there are no articles in {tmp_path}: {said}\n" in done.stderr
    done = reader("add", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"reader: {tmp_path}: {said}: not added\n"


def test_a_pipe_is_added_and_checked(reader, tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_text, args=[TEXT])
    writer.start()
    assert reader("add", path).stdout == "ships-return-to-the-harbour\n"
    writer.join()
    writer = threading.Thread(target=path.write_text, args=["“the first ships came in at noon.”"])
    writer.start()
    done = reader("check", path)
    writer.join()
    assert (done.returncode, done.stdout.count("verbatim")) == (0, 1)
