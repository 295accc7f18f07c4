"""Files of several articles: their ids, the names that find them, and what is added of them."""

import gzip
import json
from io import BytesIO

import pytest

from reader import Corpus
from reader.errors import AmbiguousArticle, NoSuchArticle, ReaderError
from reader.files.articles import read_articles, read_stream
from reader.files.folder import Folder
from reader.files.library import Library
from reader.formats import limits
from reader.session.summaries import summaries

STORIES = [
    {"title": "Tolls Rise in March", "text": "The tolls rise in March, said Anna Quist."},
    {"title": "Owners Object", "text": "Freight owners object to it.", "date": "2021-05-20"},
    {"title": "Ships Return", "text": "The first ships came in at noon on Tuesday."},
]


def lines(stories):
    return "".join(json.dumps(story) + "\n" for story in stories)


@pytest.fixture
def corpus(own_corpus):
    (own_corpus / "box.jsonl").write_text(lines(STORIES))
    return own_corpus


@pytest.fixture
def opened(corpus, tmp_path):
    with Corpus(corpus, cache=tmp_path / "cache") as opened:
        yield opened


def test_articles_of_a_file_are_numbered_in_its_order(opened):
    ids = [summary.id for summary in opened.articles()]
    assert ids == ["box/1", "box/2", "box/3", "harbour", "notes/ships", "vienna-talks"]
    assert opened.article("box/2").title == "Owners Object"
    assert opened.article("box.jsonl/2").title == "Owners Object"
    assert opened.article("owners obj").id == "box/2"
    assert opened.path_of("box/3") == opened.path_of("box") == opened.root / "box.jsonl"
    assert opened.id_of("box/3") == "box/3"
    assert opened.id_of("BOX") == opened.id_of("ox") == opened.id_of("box.jsonl") == "box"
    opened.update_index()
    assert [summary.id for summary in opened.articles()] == ids
    assert {summary.path for summary in opened.articles() if summary.id.startswith("box")} == {
        str(opened.root / "box.jsonl")
    }


def test_ten_articles_are_in_the_order_of_their_numbers(opened, corpus):
    story = {"text": "The same words, said Anna Quist: “The tolls rise in March again.”"}
    (corpus / "box.jsonl").write_text(lines({**story, "title": f"T{n}"} for n in range(1, 13)))
    ids = [f"box/{number}" for number in range(1, 13)]
    assert [summary.id for summary in opened.articles()][:12] == ids
    assert [hit.article for hit in opened.search("same", sort="date")] == ids
    assert [hit.article for hit in opened.quotes("box")] == ids
    assert [citation.article for citation in opened.cite("box")] == ids


@pytest.mark.parametrize("name", ["box/4", "box/0", "box/01", "harbour/1", "box/x"])
def test_a_number_that_no_article_has(opened, name):
    for find in (opened.article, opened.id_of, opened.path_of):
        with pytest.raises(NoSuchArticle):
            find(name)


def test_a_file_stands_for_all_its_articles(opened):
    assert [selection.article for selection in opened.selections("box")] == [
        "box/1",
        "box/2",
        "box/3",
    ]
    message = "box has 3 articles: box/1, box/2, box/3; name one of them"
    for find in (opened.article, opened.similar):
        with pytest.raises(AmbiguousArticle, match=message):
            find("box")
    with pytest.raises(AmbiguousArticle, match=message):
        opened.selections("box:1")
    hits = opened.search("tolls OR owners OR ships", article="box")
    assert {hit.article for hit in hits} == {"box/1", "box/2", "box/3"}
    assert [hit.locator for hit in opened.search("owners", article="box/2")] == ["box/2:1"]
    assert not opened.search("owners", article="box/1").total
    assert [article.article for article in opened.similar("box/1", limit=1)] != ["box/1"]


def test_a_part_of_the_names_of_several_files_is_ambiguous(opened, corpus):
    (corpus / "boxes.jsonl").write_text(lines(STORIES))
    with pytest.raises(AmbiguousArticle, match="6 articles"):
        opened.id_of("ox")
    assert opened.id_of("box") == opened.id_of("Box") == "box"


def test_a_file_in_a_folder_keeps_the_id_that_an_article_would_have(opened, corpus):
    (corpus / "box").mkdir()
    (corpus / "box" / "notes.txt").write_text("Words of a note about nothing at all.")
    assert opened.article("box/2").title == "Owners Object"
    (corpus / "box" / "2.txt").write_text("Words of a note about nothing at all.")
    for _ in range(2):
        assert [summary.id for summary in opened.articles()][:5] == [
            "box.jsonl/1",
            "box.jsonl/2",
            "box.jsonl/3",
            "box/2",
            "box/notes",
        ]
        assert opened.article("box/2").title == "2"
        assert opened.article("box.jsonl/2").title == "Owners Object"
        assert opened.id_of("box.jsonl") == "box.jsonl"
        assert [hit.article for hit in opened.search("owners")] == ["box.jsonl/2"]
        assert [hit.article for hit in opened.search("owners", article="box.jsonl")] == [
            "box.jsonl/2"
        ]
        with pytest.raises(NoSuchArticle):
            opened.article("box/1")
        opened.update_index()
    (corpus / "box" / "2.txt").unlink()
    assert opened.article("box/2").title == "Owners Object"
    assert [hit.article for hit in opened.search("owners")] == ["box/2"]


def test_a_file_of_one_article_beside_a_folder_with_a_number(opened, corpus):
    (corpus / "harbour").mkdir()
    (corpus / "harbour" / "1.txt").write_text("Words of a note about nothing at all.")
    opened.update_index()
    assert opened.article("harbour/1").title == "1"
    assert opened.article("harbour.md").title == "Harbour Reopens: Ships Return"


def test_a_file_of_each_article_is_added(tmp_path):
    (tmp_path / "box.JSONL").write_text(lines([*STORIES, STORIES[0]]))
    library = Library(tmp_path / "library")
    results = library.add(tmp_path / "box.JSONL")
    assert [(result.state, result.article) for result in results] == [
        ("added", "tolls-rise-in-march"),
        ("added", "owners-object"),
        ("added", "ships-return"),
        ("present", "tolls-rise-in-march"),
    ]
    assert [result.name for result in results][2] == f"{tmp_path}/box.JSONL/3"
    assert {result.state for result in library.add(tmp_path / "box.JSONL")} == {"present"}
    read = [result.article.title for result in read_stream(BytesIO(lines(STORIES).encode()))]
    assert read == [story["title"] for story in STORIES]


def test_many_articles_of_one_title_are_added(tmp_path):
    stories = [{"title": "Daily", "text": f"Words number {n} of the day."} for n in range(250)]
    (tmp_path / "box.jsonl").write_text(lines(stories))
    library = Library(tmp_path / "library")
    assert {result.state for result in library.add(tmp_path / "box.jsonl")} == {"added"}
    assert len(list((tmp_path / "library").iterdir())) == 250
    assert (tmp_path / "library" / "daily-250.md").exists()
    again = Library(tmp_path / "library")
    (tmp_path / "other.md").write_text("---\ntitle: Daily\n---\n\nOther words of the day.\n")
    (result,) = again.add(tmp_path / "other.md")
    assert result.article == "daily-251"


def test_one_of_several_articles_is_not_removed(tmp_path):
    library = Library(tmp_path)
    (tmp_path / "box.jsonl").write_text(lines(STORIES))

    def all_summaries(folder):
        return summaries(folder, tmp_path / "cache", [])

    with pytest.raises(ReaderError, match="one of several articles in box"):
        library.find(["box/2"], all_summaries)
    (file,) = library.find(["box"], all_summaries)
    assert (file.id, file.path) == ("box", "box.jsonl")


def test_texts_packed_by_gzip(tmp_path):
    page = "<html><body><article><p>The tolls rise in March, said the minister.</p></article>"
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(page.encode()))
    (tmp_path / "b.TXT.GZ").write_bytes(gzip.compress(b"The ships came in at noon."))
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(lines(STORIES).encode()))
    (tmp_path / "cut.txt.gz").write_bytes(gzip.compress(b"The ships came in at noon.")[:-9])
    (tmp_path / "bad.txt.gz").write_bytes(b"\x1f\x8b" + b"x" * 50)
    (tmp_path / "large.txt.gz").write_bytes(gzip.compress(b"x" * (16 * 1024**2 + 1)))
    (tmp_path / "x.png.gz").write_bytes(b"x")
    results = {
        result.name.removeprefix(f"{tmp_path}/"): result.reason or result.article.id
        for result in read_articles(tmp_path)
    }
    assert results.pop(str(tmp_path)) == "not read here: 1 .gz (unpack it)"
    assert results == {
        "a.html.gz": "a",
        "b.TXT.GZ": "b",
        "bad.txt.gz": "damaged: its gzip cannot be unpacked",
        "c.jsonl.gz/1": "c/1",
        "c.jsonl.gz/2": "c/2",
        "c.jsonl.gz/3": "c/3",
        "cut.txt.gz": "damaged: the end of its gzip is missing",
        "large.txt.gz": "larger than 16 MiB",
    }
    assert [next(read_articles(tmp_path / "b.TXT.GZ")).article.paragraphs[0].text] == [
        "The ships came in at noon."
    ]
    (result,) = read_stream(BytesIO((tmp_path / "a.html.gz").read_bytes()))
    assert result.article.paragraphs[0].text == "The tolls rise in March, said the minister."
    assert [file.id for file in Folder(tmp_path).files][:2] == ["a", "b"]


def test_limits_of_the_articles_of_a_file(tmp_path, monkeypatch):
    (tmp_path / "box.jsonl").write_text(lines(STORIES))
    monkeypatch.setattr(limits, "LARGEST_FILE", 40)
    left_out = "its text is larger than 0 MiB and is left out"
    first, second, third = read_articles(tmp_path)
    assert first.reason == third.reason == f"there is no paragraph in it: {left_out}"
    assert second.article.paragraphs
    (file,) = Folder(tmp_path).files
    articles = Folder(tmp_path).read(file)
    assert [article.id for article in articles] == ["box/1", "box/2", "box/3"]
    assert articles[0].warnings == (left_out,)
    monkeypatch.setattr(limits, "_MOST_ARTICLES", 2)
    (result,) = read_articles(tmp_path)
    assert result.reason == "a JSON file with more than 2 articles in it"


def test_a_file_of_many_articles_may_be_larger(tmp_path):
    story = json.dumps({"title": "Tolls", "text": "The tolls rise in March. " * 40_000}) + "\n"
    (tmp_path / "box.jsonl").write_text(story * 17)
    (tmp_path / "box.txt").write_text(story * 17)
    large, *several = read_articles(tmp_path)
    assert large.reason == "larger than 16 MiB"
    assert [result.article.id for result in several] == [f"box.jsonl/{n}" for n in range(1, 18)]
    with (tmp_path / "box.jsonl").open("rb") as stream:
        assert sum(result.article is not None for result in read_stream(stream)) == 17
