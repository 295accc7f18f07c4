"""The user's library: what is written reads as the same article, and nothing is overwritten."""

import datetime

import pytest
from articles import parse
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import NoSuchArticle, ReaderError
from reader.files.articles import ReadResult, read_articles, read_content
from reader.files.folder import Folder
from reader.files.library import Library, StoredArticle, canonical_url
from reader.formats import guess_suffix
from reader.formats.markdown import as_markdown
from reader.formats.text import numbered
from reader.language.clean import normalize
from reader.model.article import Article
from reader.model.partial_date import PartialDate
from reader.model.summary import Summary, summarize, text_digest

LINE = st.text(min_size=1, max_size=60).map(normalize).filter(bool)
URL = st.none() | st.just("https://a.example/b?c=d")


@settings(deadline=None)
@given(
    title=LINE,
    paragraphs=st.lists(LINE, min_size=1, max_size=4),
    known=st.tuples(*[st.none() | LINE] * 4),
    date=st.none()
    | st.dates(min_value=datetime.date(1000, 1, 1))
    | st.builds(PartialDate, st.integers(1000, 2100), st.none() | st.integers(1, 12)),
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


def add(library, item):
    """The result of adding one thing."""
    (result,) = library.add(item)
    return result


def test_the_same_text_or_address_is_not_added_twice(tmp_path):
    library = Library(tmp_path / "library", ())
    first = add(library, ReadResult("a", article()))
    assert (first.state, first.article) == ("added", "ships-return")
    assert add(library, ReadResult("b", article("Other Title"))).state == "present"
    url = "https://www.coast.example/ships/?utm_source=mail&id=7#top"
    assert add(library, ReadResult("c", article(text="One.", url=url))).article == "ships-return-2"
    same = add(
        library, ReadResult("d", article(text="Two.", url="http://coast.example/ships?id=7"))
    )
    assert (same.state, same.article) == ("present", "ships-return-2")
    assert same.reason == (
        "its text has changed since it was added as ships-return-2; "
        "`reader remove ships-return-2` first to replace it"
    )
    unchanged = add(library, ReadResult("d", article(text="One.", url=f"{url}x")))
    assert (unchanged.state, unchanged.reason) == ("present", "")
    assert add(library, ReadResult("e", reason="why")).reason == "why"
    assert sorted(path.name for path in (tmp_path / "library").iterdir()) == [
        "ships-return-2.md",
        "ships-return.md",
    ]
    ids = [file.id for file in Folder(tmp_path / "library").files]
    assert ids == ["ships-return", "ships-return-2"]


def test_nothing_is_overwritten_whatever_its_suffix(tmp_path):
    (tmp_path / "ships-return.txt").write_text("mine")
    assert add(Library(tmp_path), ReadResult("a", article())).article == "ships-return-2"
    assert (tmp_path / "ships-return.txt").read_text() == "mine"


def test_paths_of_files_and_folders_are_added(tmp_path, corpus):
    library = Library(tmp_path / "library")
    (result,) = library.add(corpus / "harbour.md")
    assert (result.state, result.article) == ("added", "harbour-reopens-ships-return")
    results = library.add(str(corpus), tmp_path / "none.txt", article())
    assert [(r.state, r.article) for r in results] == [
        ("present", "harbour-reopens-ships-return"),
        ("added", "ships"),
        ("added", "talks-on-the-lachin-road-resume-in-vienna-after-a-month"),
        ("failed", None),
        ("added", "ships-return"),
    ]
    assert results[3].reason == "No such file or directory"


def test_what_the_library_has_is_read_from_its_files_unless_it_is_given(tmp_path):
    url = "https://coast.example/ships"
    Library(tmp_path).add(article(url=url))
    (tmp_path / "bad.md").write_bytes(b"")
    assert add(Library(tmp_path), article()).state == "present"
    assert add(Library(tmp_path), article(text="Other.", url=url)).state == "present"
    stored = [StoredArticle(Summary("there", "Title", 1), text_digest(article(text="Other.")))]
    assert add(Library(tmp_path, stored), article(text="Other.")).article == "there"
    assert add(Library(tmp_path, stored), article()).article == "ships-return-2"


def summaries(folder):
    return [summarize(article) for file in folder.files for article in folder.read(file)]


def test_articles_are_removed_by_any_name(tmp_path):
    library = Library(tmp_path)
    library.add(article(), article("Talks Begin", "They began."))
    (ships, talks) = library.find(["ships", "talks-begin:1", "ships-return"], summaries)
    assert (ships.id, talks.id) == ("ships-return", "talks-begin")
    library.remove(ships)
    assert [path.name for path in tmp_path.iterdir()] == ["talks-begin.md"]
    with pytest.raises(NoSuchArticle):
        library.find(["ships-return"], summaries)
    with pytest.raises(ReaderError, match="cannot delete ships-return: No such file"):
        library.remove(ships)
    assert add(library, article()).state == "added"
    with pytest.raises(ReaderError, match="your library is empty"):
        Library(tmp_path / "none").find(["ships"], summaries)


def test_a_library_that_cannot_be_written_is_an_error(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ReaderError, match="cannot write to the library"):
        Library(tmp_path / "file" / "library").add(article())


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
    assert add(Library(tmp_path), ReadResult("a", article(title))).article == name
    assert (tmp_path / f"{name}.md").exists()


def test_addresses_of_one_page_are_one():
    assert canonical_url("http://www.a.example/b/?utm_x=1#c") == canonical_url(
        "https://a.example/b"
    )
    assert canonical_url("https://a.example/b?p=1") != canonical_url("https://a.example/b?p=2")
    assert canonical_url("https://[bad/") == "https://[bad/"


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


def test_unread_files_are_reported(tmp_path):
    (tmp_path / "a.pages").write_bytes(b"PK")
    (tmp_path / "b").write_text("words")
    assert "export it as .docx" in next(read_articles(tmp_path / "a.pages")).reason
    assert "without a suffix" in next(read_articles(tmp_path / "b")).reason
    assert next(read_articles(tmp_path / "none.txt")).reason == "No such file or directory"
    for content, reason in (
        (b" \n", "empty"),
        (b"---\ntitle: x\n---\n", "there is no paragraph in it"),
    ):
        (result,) = read_content("stdin", content, ".md", "x")
        assert result.reason == reason
