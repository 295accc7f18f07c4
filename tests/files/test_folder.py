"""A folder of articles: which files are read, their ids, and the names that find them."""

import datetime
import os

import pytest

from reader.errors import (
    AmbiguousArticle,
    CorpusError,
    NoSuchArticle,
    NoSuchParagraph,
    UnreadableFile,
)
from reader.files.articles import read_articles
from reader.files.folder import Folder
from reader.files.read import LARGEST_FILE
from reader.model.locator import Locator, parse_locator, select
from reader.model.summary import Summary, newest
from reader.session.summaries import summaries


def read_all(corpus):
    """The articles of a corpus that can be read; of each other file its path and the reason."""
    articles, refused = [], []
    for file in corpus.files:
        try:
            articles += corpus.read(file)
        except UnreadableFile as error:
            refused.append((file.path, str(error)))
    return articles, refused


@pytest.fixture
def corpus(own_corpus):
    """The tests here change files."""
    return own_corpus


@pytest.fixture
def found(corpus, tmp_path):
    def find(name):
        opened = Folder(corpus)
        return opened.find(name, summaries(opened, tmp_path / "cache", [])).id

    return find


def ids(corpus):
    return [file.id for file in Folder(corpus).files]


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("harbour", "harbour"),
        ("harbour.md", "harbour"),
        ("notes/ships", "notes/ships"),
        ("ships.", None),
        ("notes", "notes/ships"),
        ("LACHIN", "vienna-talks"),
        ("talks on the lachin road", "vienna-talks"),
        ("harbor", None),
        ("ships", "notes/ships"),  # the whole title, where "harbour" has it as a part
        ("ship", None),
        ("", None),
        ("../corpus/harbour", None),
        (".", None),
        ("\x1b[31m", None),
    ],
)
def test_names(found, name, id):
    if id:
        assert found(name) == id
    else:
        with pytest.raises((NoSuchArticle, AmbiguousArticle)) as error:
            found(name)
        assert str(error.value).isprintable()


def test_messages_say_what_to_do(found, tmp_path):
    with pytest.raises(NoSuchArticle, match="no article harbor; did you mean harbour"):
        found("harbor")
    with pytest.raises(AmbiguousArticle, match="2 articles: harbour, notes/ships; name one"):
        found("ship")
    with pytest.raises(NoSuchArticle, match="shows what there is"):
        found("qqqqqqqqq")
    with pytest.raises(NoSuchArticle, match="there are none in"):
        (tmp_path / "none").mkdir()
        Folder(tmp_path / "none").find("x", [])


def test_an_exact_id_wins(corpus, found):
    (corpus / "harbour-two.txt").write_text("x")
    assert found("harbour") == "harbour"
    with pytest.raises(AmbiguousArticle):
        found("harbou")


def test_ids_never_have_what_would_break_a_record(corpus):
    names = ["a\tb.txt", "c:d.txt", "e\nf.txt", "g\x1bh.txt", "spa ce.txt", "c-d.txt"]
    for name in names:
        (corpus / name).write_text("x")
    (corpus / os.fsdecode(b"bad\xff.txt")).write_text("x")
    assert set(ids(corpus)) == {
        "a b",
        "c-d",
        "c-d.txt",
        "e f",
        "gh",
        "spa ce",
        "bad",
        "harbour",
        "notes/ships",
        "vienna-talks",
    }
    assert len(ids(corpus)) == 10
    for file in Folder(corpus).files:
        assert Folder(corpus).find(file.id, []) == (file.id, file)


def test_one_id_for_two_files_goes_to_the_first_suffix(corpus, found):
    (corpus / "harbour.txt").write_text("x")
    (corpus / "harbour.text").write_text("x")
    assert [id for id in ids(corpus) if id.startswith("harbour")] == [
        "harbour",
        "harbour.text",
        "harbour.txt",
    ]
    assert found("harbour.txt") == "harbour.txt"


def test_what_is_not_read(corpus, tmp_path):
    (tmp_path / "outside.txt").write_text("secret")
    (corpus / "link.txt").symlink_to(tmp_path / "outside.txt")
    (corpus / "dangling.txt").symlink_to(tmp_path / "nothing")
    (corpus / "inside.txt").symlink_to(corpus / "harbour.md")
    (corpus / "loop").symlink_to(corpus)
    os.mkfifo(corpus / "pipe.txt")
    (corpus / ".hidden.txt").write_text("x")
    (corpus / "image.png").write_bytes(b"x")
    opened = Folder(corpus)
    assert [file.id for file in opened.files] == [
        "harbour",
        "inside",
        "notes/ships",
        "vienna-talks",
    ]
    assert [str(refusal) for refusal in opened.skipped] == [
        "dangling.txt: a link out of the corpus: skipped",
        "link.txt: a link out of the corpus: skipped",
        "pipe.txt: not a regular file: skipped",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "empty"), (b"\0abc", "not text"), (b"x" * (LARGEST_FILE + 1), "larger than 16 MiB")],
)
def test_contents_that_are_no_article(corpus, content, reason):
    (corpus / "bad.txt").write_bytes(content)
    articles, refused = read_all(Folder(corpus))
    assert len(articles) == 3
    assert refused == [("bad.txt", reason)]


def test_a_file_that_vanishes(corpus):
    opened = Folder(corpus)
    assert opened.files
    (corpus / "harbour.md").unlink()
    with pytest.raises(UnreadableFile, match="No such file"):
        opened.read(opened.files[0])
    articles, refused = read_all(opened)
    assert len(articles) == 2
    assert refused == [("harbour.md", "No such file or directory")]


@pytest.mark.parametrize("name", ["missing", "file"])
def test_no_corpus(tmp_path, name):
    (tmp_path / "file").write_text("x")
    with pytest.raises(CorpusError, match="name a folder of articles with --corpus"):
        Folder(tmp_path / name)


@pytest.mark.parametrize(
    ("text", "locator"),
    [
        ("a", Locator("a")),
        ("a:6", Locator("a", 6, 6)),
        ("a:2-4", Locator("a", 2, 4)),
        ("a: the story", Locator("a: the story")),
        (":6", Locator(":6")),
        ("a:b:6", Locator("a:b", 6, 6)),
    ],
)
def test_locators(text, locator):
    assert parse_locator(text) == locator


def test_select(corpus):
    (article,) = Folder(corpus).read(Folder(corpus).files[2])
    assert [p.number for p in select(article, Locator("x", 2, 3)).paragraphs] == [2, 3]
    assert select(article, Locator("x")) is article
    for first, last in ((0, 0), (5, 5), (3, 2), (1, 9)):
        with pytest.raises(NoSuchParagraph, match="its paragraphs are 1 to 4"):
            select(article, Locator("x", first, last))


def test_newest():
    old, new = datetime.date(2020, 1, 1), datetime.date(2021, 1, 1)
    rows = [Summary("c", "", 1), Summary("b", "", 1, date=new), Summary("a", "", 1, date=old)]
    assert newest(rows) == rows[1]
    assert newest([]) is None


def test_suffixes_in_capitals_are_read(tmp_path):
    names = ("B.TXT", "up.Md", "page.HTML", "c.txt", "c.MD", "d.MD", "d.html")
    for name in names:
        (tmp_path / name).write_text("The ships came in at noon.")
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "frame.html").write_text("x")
    folder = Folder(tmp_path)
    ids = {file.path: file.id for file in folder.files}
    assert ids == {
        "B.TXT": "B",
        "up.Md": "up",
        "page.HTML": "page",
        "c.txt": "c",
        "c.MD": "c.MD",
        "d.html": "d",
        "d.MD": "d.MD",
    }
    for path, id in ids.items():
        assert folder.find(id, ()).file.path == Folder(tmp_path).find(id, ()).file.path == path


def test_what_is_not_read_is_counted_by_kind(tmp_path):
    assert (Folder(tmp_path).unread, Folder(tmp_path).emptiness) == ("", f"in {tmp_path}")
    for name in ("a.png", "b.PNG", "c.jpg", "Makefile", ".hidden"):
        (tmp_path / name).write_text("x")
    what = "nothing here that reader reads: 2 .png, "
    assert Folder(tmp_path).unread.startswith(what)
    assert sorted(Folder(tmp_path).unread.removeprefix(what).split(", ")) == [
        "1 .jpg",
        "1 without a suffix",
    ]
    (result,) = read_articles(tmp_path)
    assert (result.article, result.reason) == (None, Folder(tmp_path).unread)
    for number in range(9):
        (tmp_path / f"x.{number}").write_text("x")
    assert Folder(tmp_path).unread.endswith(", …")
