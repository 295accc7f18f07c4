"""Which files of a folder are articles: by their names, first bytes, and the pages beside them."""

import os
import zipfile
from collections import Counter
from io import BytesIO

import pytest

from reader import Corpus
from reader.files import statuses
from reader.files.articles import read_articles, read_stream
from reader.files.folder import Folder
from reader.formats import SUFFIXES, guess_suffix, missing_extra
from reader.formats.extras import installing
from reader.formats.recognition.kinds import counted, hint
from reader.formats.recognition.sniffing import sniffed

PAGE = "<!DOCTYPE html><html><body><article><p>The tolls rise in March, said {}.</p></article>"
MAIL = "Received: from x\nMessage-ID: <1@x>\nSubject: Tolls\n\nThe tolls rise in March again.\n"


def paths(folder):
    return {file.path: file.id for file in Folder(folder).files}


def test_names_that_say_nothing_are_told_by_how_the_files_begin(tmp_path):
    read = {
        "story": PAGE,
        "index.html.1": PAGE,
        "index.php?id=3": "\n <!-- saved --><!DOCTYPE html SYSTEM 'x'>" + PAGE,
        "1716.M1P5.host,S=12:2,S": MAIL,
        "a.PHP": PAGE,
        "b.shtml": PAGE,
    }
    others = {
        "README": "Words about the articles here, in plain text.",
        "LICENSE": "From here on, you may read it.",
        "config": '{"text": "not an article"}',
        "page.html~": PAGE,
        "page.bak": PAGE,
        "empty": "",
    }
    for name, content in (read | others).items():
        (tmp_path / name).write_text(content)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path.parent)
    (tmp_path / "dangling").symlink_to(tmp_path / "none")
    folder = Folder(tmp_path)
    assert {file.path for file in folder.files} == set(read)
    assert folder.skipped == ()
    assert paths(tmp_path)["story"] == "story"
    for file in folder.files:
        (article,) = folder.read(file)
        assert "The tolls rise in March" in article.paragraphs[0].text
        assert folder.find(file.id, ()).file == file
    assert not {"pipe", "link"} & set(folder.listing.untyped)
    assert set(folder.listing.untyped) >= {"README", "LICENSE", "config", "empty"}
    (result,) = read_articles(tmp_path / "story")
    assert result.article.paragraphs
    (result,) = read_articles(tmp_path / "README")
    assert result.reason.startswith("a file without a suffix is not read: ")


def test_a_script_is_no_page(tmp_path):
    (tmp_path / "a.php").write_text("<?php echo '<p>words</p>';")
    (result,) = read_articles(tmp_path / "a.php")
    assert result.reason == "a program that makes pages, not a page"


def test_a_file_that_turns_into_a_page_is_seen(tmp_path, monkeypatch):
    monkeypatch.setattr(statuses, "_RACY", 0)
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "story").write_text("Nothing.")
    (folder / "a.txt").write_text("The ships came in at noon.")
    with Corpus(folder, cache=tmp_path / "cache") as corpus:
        assert not corpus.search("tolls").total
        (folder / "story").write_text(PAGE)
        assert [hit.article for hit in corpus.search("tolls")] == ["story"]


@pytest.mark.parametrize(
    ("page", "beside"),
    [
        ("Zölle.html", "Zölle-Dateien"),
        ("Péage a&b.htm", "Péage a&b_fichiers"),
        ("tarifas.HTML", "tarifas_archivos"),
        ("a.html", "a_files"),
    ],
)
@pytest.mark.parametrize("encoded", [False, True])
def test_folders_saved_beside_a_page_are_no_articles(tmp_path, page, beside, encoded):
    from html import escape
    from urllib.parse import quote

    address = quote(beside) if encoded else escape(beside)
    (tmp_path / page).write_text(f'{PAGE}<img src="./{address}/x.png">', encoding="utf-8")
    for name in (beside, f"{beside}2", page.partition(".")[0]):
        (tmp_path / name).mkdir()
        (tmp_path / name / "frame.html").write_text(PAGE)
    stem = page.rpartition(".")[0]
    assert set(paths(tmp_path)) == {page, f"{beside}2/frame.html", f"{stem}/frame.html"}


def test_a_folder_that_the_page_does_not_name_is_read(tmp_path):
    (tmp_path / "2021.html").write_text(PAGE + "The folder 2021-05/ is not named in an address.")
    (tmp_path / "2021-05").mkdir()
    (tmp_path / "2021-05" / "a.html").write_text(PAGE)
    assert set(paths(tmp_path)) == {"2021.html", "2021-05/a.html"}


def test_kinds_that_are_not_read_are_named_with_what_would_read_them(tmp_path):
    others = Counter({".doc": 2, ".png": 9, "": 1, ".xls": 1})
    assert (
        counted(others, documents_only=True)
        == "2 .doc (save it as .docx), 1 .xls (save it as .csv)"
    )
    assert counted(others, documents_only=False).startswith("9 .png, 2 .doc (save it as .docx), ")
    for suffix in SUFFIXES:
        extra = missing_extra(suffix)
        assert hint(suffix) == (installing(extra) if extra else hint(suffix))
    (tmp_path / "a.png").write_text("x")
    (tmp_path / "a.txt").write_text("The ships came in at noon.")
    assert Folder(tmp_path).unread == ""
    (tmp_path / "a.doc").write_text("x")
    assert Folder(tmp_path).unread == "not read here: 1 .doc (save it as .docx)"


def test_what_is_not_read_is_said_where_it_may_be_missed(tmp_path, reader):
    (tmp_path / "a.txt").write_text("The ships came in at noon.")
    (tmp_path / "b.doc").write_text("x")
    said = "reader: not read here: 1 .doc (save it as .docx)\n"
    at = ("--corpus", tmp_path)
    for command in (["list"], ["index"], ["quotes"], ["speakers"], ["search", "zeppelin"]):
        assert said in reader(*command, *at).stderr, command
    assert "zeppelin" not in reader("search", "ships", *at).stderr
    assert reader("search", "ships", *at).stderr == ""
    assert reader("show", "zeppelin", *at).stderr.endswith(said.removeprefix("reader: "))
    done = reader("add", tmp_path)
    assert (done.returncode, done.stdout) == (2, "a\n")
    assert done.stderr == f"reader: {tmp_path}: {said[8:-1]}: not added\n"


def test_a_library_that_is_missing_is_named(tmp_path, monkeypatch):
    import reader.formats

    monkeypatch.setitem(reader.formats._MISSING, ".rtf", "rtf")
    (tmp_path / "a.rtf").write_bytes(b"{\\rtf1 words}")
    said = "1 .rtf (pip install '.[rtf]' in the checkout)"
    assert Folder(tmp_path).unread == f"nothing here that reader reads: {said}"
    (result,) = read_articles(tmp_path / "a.rtf")
    assert "pip install '.[rtf]'" in result.reason
    (result,) = read_stream(BytesIO(b"{\\rtf1 words}"))
    assert "pip install '.[rtf]'" in result.reason


def zipped(name, content=b"x"):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (b"%PDF-1.4\n", ".pdf"),
        (b"{\\rtf1", ".rtf"),
        (b"WARC/1.1\r\n", ".warc"),
        (b"From a@b.c Mon May  3 10:00:00 2021\nSubject: x\n\nx", ".mbox"),
        (b"From London, at 10:00 the ships", ".md"),
        (b"From here on\n", ".md"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><!-- c --><rss>", ".rss"),
        (b"<?xml version='1.0'?><feed xmlns='x'>", ".atom"),
        (b"<rdf:RDF>", ".rss"),
        (b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC 'a>b'>\n<html>", ".html"),
        (b"<?xml version='1.0'?><en-export>", ".enex"),
        (b"<" + b"!----><" * 2000, ".md"),
        (b'{"title": "x"}', ".json"),
        (b'[{"title": "x"}]', ".json"),
        (b'{"title": "x"}\n{"title": "y"}\n', ".jsonl"),
        (b"[A link](https://x.example) opens the note.", ".md"),
        (b"[" * 100_000, ".md"),
        (MAIL.encode(), ".eml"),
        (zipped("word/document.xml"), ".docx"),
        (zipped("other"), ".zip"),
        (b"\x1f\x8bxx", ".gz"),
    ],
)
def test_what_begins_so(content, suffix):
    assert sniffed(content) == suffix
    assert guess_suffix(content) == (suffix if suffix in SUFFIXES else ".md")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x89PNG\r\n", "a picture"),
        (b"\xd0\xcf\x11\xe0", "an old Office document: save it as .docx"),
        (zipped("other"), ".zip is not read: unpack it"),
    ],
)
def test_a_stream_that_is_not_read_is_refused_in_words(content, reason):
    (result,) = read_stream(BytesIO(content))
    assert (result.article, result.reason) == (None, reason)


def test_a_list_of_addresses_in_a_stream():
    names = ["http://127.0.0.1:9/a", "https://127.0.0.1:9/b"]
    content = f"# to read\n\n{names[0]}\r\n  {names[1]}  \n".encode()
    for listed in (content, content.removeprefix(b"# to read\n")):
        results = list(read_stream(BytesIO(listed)))
        assert [result.name for result in results] == names
        assert all("local address" in result.reason for result in results)
    (result,) = read_stream(BytesIO(f"{names[0]}\nis where the note is from.".encode()))
    assert result.article.paragraphs
