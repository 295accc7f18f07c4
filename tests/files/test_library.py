"""The user's library: what is written reads as the same article, and nothing is overwritten."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.files.folder import Folder
from reader.files.library import Found, Library, as_markdown, canonical, found_in, read
from reader.formats import guess_suffix, parse
from reader.formats.text import numbered
from reader.language.clean import normalize
from reader.model.article import Article

LINE = st.text(min_size=1, max_size=60).map(normalize).filter(bool)
URL = st.none() | st.just("https://a.example/b?c=d")


@settings(deadline=None)
@given(
    title=LINE,
    paragraphs=st.lists(LINE, min_size=1, max_size=4),
    known=st.tuples(*[st.none() | LINE] * 4),
    date=st.none() | st.dates(min_value=datetime.date(1000, 1, 1)),
    url=URL,
)
def test_what_is_written_reads_as_the_same(title, paragraphs, known, date, url):
    # A first paragraph that is a Markdown heading which repeats the title is taken for it.
    if paragraphs[0].lstrip("# ").rstrip("# ").casefold() == title.casefold():
        paragraphs = ["First.", *paragraphs]
    source, section, author, credit = known
    if source and source.lower().startswith("http"):
        source = None
    body = numbered([[text] for text in paragraphs])
    article = Article("id", title, body, source, section, author, date, url, credit)
    written = as_markdown(article, datetime.date(2024, 2, 29))
    assert parse(written.encode(), "id", ".md") == article


def article(title="Ships Return", text="The ships came in at noon.", url=None):
    return Article("x", title, numbered([[text]]), url=url)


def test_the_same_text_or_address_is_not_added_twice(tmp_path):
    library = Library(tmp_path / "library", ())
    first = library.add(Found("a", article()))
    assert (first.state, first.article) == ("added", "ships-return")
    assert library.add(Found("b", article("Other Title"))).state == "present"
    url = "https://www.coast.example/ships/?utm_source=mail&id=7#top"
    assert library.add(Found("c", article(text="One.", url=url))).article == "ships-return-2"
    same = library.add(Found("d", article(text="Two.", url="http://coast.example/ships?id=7")))
    assert (same.state, same.article) == ("present", "ships-return-2")
    assert library.add(Found("e", reason="why")).reason == "why"
    assert sorted(path.name for path in (tmp_path / "library").iterdir()) == [
        "ships-return-2.md",
        "ships-return.md",
    ]
    ids = [file.id for file in Folder(tmp_path / "library").files]
    assert ids == ["ships-return", "ships-return-2"]


def test_nothing_is_overwritten_whatever_its_suffix(tmp_path):
    (tmp_path / "ships-return.txt").write_text("mine")
    assert Library(tmp_path, ()).add(Found("a", article())).article == "ships-return-2"
    assert (tmp_path / "ships-return.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Əliyev: “Sülh” & More!", "aliyev-sulh-more"),
        ("東京のニュース", "東京のニュース"),
        ("../../etc/passwd", "etc-passwd"),
        ("???", "article"),
        ("word " * 40, "-".join(["word"] * 12)),
        ("x" * 500, "x" * 60),
    ],
)
def test_names_of_files(tmp_path, title, name):
    assert Library(tmp_path, ()).add(Found("a", article(title))).article == name
    assert (tmp_path / f"{name}.md").exists()


def test_addresses_of_one_page_are_one():
    assert canonical("http://www.a.example/b/?utm_x=1#c") == canonical("https://a.example/b")
    assert canonical("https://a.example/b?p=1") != canonical("https://a.example/b?p=2")
    assert canonical("https://[bad/") == "https://[bad/"


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (b"  <!DOCTYPE html><p>", ".html"),
        (b"Subject: x\nMIME-Version: 1.0\n\nx", ".eml"),
        (b"Title\n\nA paragraph with Message-ID: in it.", ".md"),
        (b"", ".md"),
    ],
)
def test_what_bytes_without_a_name_seem_to_be(content, suffix):
    assert guess_suffix(content) == suffix


def test_what_is_not_read_is_told(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "b").write_text("words")
    assert "pdftotext" in next(found_in(tmp_path / "a.pdf")).reason
    assert "without a suffix" in next(found_in(tmp_path / "b")).reason
    assert next(found_in(tmp_path / "none.txt")).reason == "No such file or directory"
    assert read("stdin", b" \n", ".md", "x").reason == "empty"
    assert read("stdin", b"---\ntitle: x\n---\n", ".md", "x").reason == (
        "there is no paragraph in it"
    )
