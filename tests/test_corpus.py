"""The library: the same as the commands, as calls."""

import dataclasses
import os
import pickle
import subprocess
import sys
import warnings
from typing import Any

import pytest

import reader
from reader import Corpus, QuotationFilters, SearchFilters, parse_locator
from reader.citing.claims import Claim
from reader.errors import (
    AmbiguousArticle,
    CorpusError,
    NoSuchArticle,
    NoSuchParagraph,
    NoSuchQuotation,
    QueryError,
    ReaderError,
    UnreadableFile,
)
from reader.files import statuses
from reader.index.manifest import index_folder
from reader.index.update import update


def test_searching(home, corpus):
    opened = Corpus(corpus)
    results = opened.search("treaty", limit=2)
    hits = list(results)
    assert results.total == 3
    assert [(hit.article, hit.paragraph, hit.locator) for hit in hits] == [
        ("harbour", 2, "harbour:2"),
        ("vienna-talks", 2, "vienna-talks:2"),
    ]
    assert [hits[0].text[start:end] for start, end in hits[0].highlights] == ["treaty"]
    assert hits[0].date.isoformat() == "2022-03-01"
    with pytest.raises(QueryError):
        opened.search("(")
    with pytest.raises(TypeError):
        opened.search("treaty", nothing=1)  # type: ignore[call-arg]


def test_articles(home, corpus):
    opened = Corpus(str(corpus))
    assert [summary.id for summary in opened.articles()] == [
        "harbour",
        "notes/ships",
        "vienna-talks",
    ]
    assert opened.newest() == "harbour"
    assert len(opened.article("vienna").paragraphs) == 4
    assert [p.number for p in opened.article("vienna:2-3").paragraphs] == [2, 3]
    with pytest.raises(NoSuchArticle):
        opened.article("qqzzxx")
    with pytest.raises(NoSuchParagraph):
        opened.article("vienna:9")
    with pytest.raises(NoSuchParagraph):
        opened.similar("vienna:1-2")


def test_without_a_folder_it_is_the_bundled_article(home):
    assert [hit.paragraph for hit in Corpus().search("Zangazur")] == [6]


def test_what_cannot_be_read_is_a_warning(home, own_corpus):
    (own_corpus / "bad.txt").write_bytes(b"\0")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert Corpus(own_corpus).search("treaty").total == 3
    assert [str(warning.message) for warning in caught] == ["bad.txt: not text: skipped"]


def test_it_is_loaded_when_it_is_used():
    code = "import sys, reader; assert 'reader.corpus' not in sys.modules; reader.Corpus"
    subprocess.run([sys.executable, "-c", code], check=True)
    with pytest.raises(AttributeError):
        reader.nothing  # noqa: B018


def test_quotations(corpus, home):
    opened = Corpus(corpus, cache=home / "cache")
    found = list(opened.quotes(by="aagaard"))
    assert [hit.locator for hit in found] == ["vienna-talks:2", "vienna-talks:2", "vienna-talks:3"]
    assert all(hit.paragraphs[0].number == hit.quotation.paragraph for hit in found)
    (context,) = opened.quotes(["vienna:3"], context=1)
    assert [paragraph.number for paragraph in context.paragraphs] == [2, 3, 4]
    assert [speaker.name for speaker in opened.speakers()] == ["Lena Aagaard", "Olaf Berg"]


def test_citations_and_checks(corpus, home):
    opened = Corpus(corpus, cache=home / "cache")
    (citation,) = opened.cite(["vienna:2", "vienna:3"])
    assert [passage.first for passage in citation.passages] == [2, 2, 3]
    verdicts = [
        one.verdict
        for one in opened.check(
            [
                Claim("That has not changed", "Aagaard"),
                Claim("That has not changed", "Olaf Berg"),
                Claim("We came to sign the treaty", "Aagaard"),
                Claim("Bananas are cheaper than ever", "Aagaard"),
            ]
        )
    ]
    assert verdicts == ["verbatim", "misattributed", "altered", "missing"]


def test_without_a_folder_it_is_what_the_commands_read(home, corpus, monkeypatch):
    monkeypatch.setenv("READER_CORPUS", str(corpus))
    assert Corpus().root == corpus
    assert Corpus().newest() == "harbour"


def test_all_that_is_of_an_article_is_named_alike(home, corpus):
    with Corpus.library() as library:
        (added,) = library.add(corpus / "vienna-talks.txt")
    opened = Corpus(corpus)
    results = opened.search("treaty", context=1)
    values: list[Any] = [
        added,
        next(results.hits),
        next(results.articles),
        next(opened.quotes("vienna", context=1)),
        *opened.cite(["vienna:3", "vienna:4"]),
        *opened.check([Claim("came to sign the treaty", "Aagaard"), Claim("Bananas are cheap")]),
        *opened.similar("vienna"),
        *opened.selections("vienna:2"),
    ]
    articles = {summary.id: summary for summary in [*opened.articles(), added.summary]}
    for value in values:
        assert value.article is None or value.article in articles
        locator = value.locator
        assert locator is None if value.article is None else locator.startswith(value.article)
        if getattr(value, "summary", None):
            assert value.summary == articles[value.article]
    values += [opened.article("vienna"), *opened.speakers(), *opened.explain("peace treaty")]
    values += [opened.describe_index(), Claim("x"), *values[4].passages]
    for value in values:
        assert pickle.loads(pickle.dumps(value)) == value
        assert isinstance(dataclasses.asdict(value), dict)
        assert value != tuple(vars(value).values())
        with pytest.raises(dataclasses.FrozenInstanceError):
            value.article = "x"
    for named in (articles["harbour"], parse_locator("vienna:2")):
        assert pickle.loads(pickle.dumps(named)) == named
        assert isinstance(named._asdict(), dict)


@pytest.mark.parametrize(
    ("call", "error", "said"),
    [
        (lambda c: c.search(None), TypeError, "query must be a string"),
        (lambda c: c.search(b"treaty"), TypeError, "query must be a string"),
        (lambda c: c.search(""), QueryError, ""),
        (lambda c: c.search("treaty", limit=-1), ValueError, "limit must be 0 or more, not -1"),
        (lambda c: c.search("treaty", limit="3"), TypeError, "limit must be an integer"),
        (lambda c: c.search("treaty", context=-1), ValueError, "context must be 0 or more"),
        (
            lambda c: c.search("treaty", sort="bogus"),
            ValueError,
            "sort must be 'relevance', 'date' or 'oldest', not 'bogus'",
        ),
        (lambda c: c.search("treaty", bogus=1), TypeError, "unexpected keyword argument 'bogus'"),
        (lambda c: c.explain(None), TypeError, "query must be a string"),
        (lambda c: c.explain("treaty", bogus=1), TypeError, "'bogus'; its filters are any, art"),
        (lambda c: c.similar("harbour", limit=-1), ValueError, "limit must be 0 or more"),
        (lambda c: c.similar(3), TypeError, "locator must be a string"),
        (lambda c: c.quotes(sort="bogus"), ValueError, "'article', 'date' or 'oldest'"),
        (lambda c: c.quotes(context=1.5), TypeError, "context must be an integer"),
        (lambda c: c.quotes(every=True), TypeError, "'every'; its filters are about, all, by"),
        (lambda c: c.quotes([None]), TypeError, "locator must be a string"),
        (lambda c: c.speakers(sort="bogus"), ValueError, "'quotes', 'words', 'articles'"),
        (lambda c: c.speakers(period="decade"), ValueError, "'day', 'week', 'month' or 'year'"),
        (lambda c: c.speakers(bogus=1), TypeError, "unexpected keyword argument"),
        (lambda c: c.cite("vienna", quotation=0), ValueError, "quotation must be 1 or more, not 0"),
        (lambda c: c.cite("vienna", quotation=True), TypeError, "quotation must be an integer"),
        (lambda c: c.cite("vienna", quotations="x"), TypeError, "quotations must be True or False"),
        (lambda c: c.search("treaty", since=5), TypeError, "since must be a string or None"),
        (lambda c: c.search("treaty", article=5), TypeError, "article must be a string or None"),
        (lambda c: c.search("treaty", title=["x"]), TypeError, "not list"),
        (lambda c: c.search("treaty", exact="no"), TypeError, "exact must be True or False"),
        (lambda c: c.search("treaty", any=3), TypeError, "any must be True or False, not int"),
        (lambda c: c.search("treaty", highlights=1), TypeError, "highlights must be True or"),
        (lambda c: c.quotes(about=5), TypeError, "about must be a string or None"),
        (lambda c: c.quotes(by=5), TypeError, "by must be a string or None, not int"),
        (lambda c: c.speakers(by=b"x"), TypeError, "by must be a string or None, not bytes"),
        (lambda c: c.path_of(5), TypeError, "article must be a string"),
        (lambda c: c.id_of(None), TypeError, "article must be a string"),
        (lambda c: c.article(["vienna"]), TypeError, "locator must be a string, not list"),
        (lambda c: c.similar(["vienna"]), TypeError, "locator must be a string, not list"),
        (lambda c: c.check(["x"]), TypeError, "claim must be Claim, not str"),
        (lambda c: c.check([Claim(5)]), TypeError, "words must be a string"),  # type: ignore[arg-type]
        (lambda c: c.update_index(rebuild="no"), TypeError, "rebuild must be True or False"),
        (lambda c: c.describe_index(thorough=1), TypeError, "thorough must be True or False"),
        (lambda c: c.add("x", allow_local="no"), TypeError, "allow_local must be True or False"),
        (lambda c: Corpus(c.root, aliases="ab"), TypeError, "aliases must be rows of strings"),
        (lambda c: Corpus(c.root, aliases=["ab"]), TypeError, "aliases must be rows of strings"),
        (lambda c: Corpus(c.root, aliases=[["a", 5]]), TypeError, "aliases must be a string"),  # type: ignore[list-item]
        (lambda c: Corpus(c.root, warn=5), TypeError, "warn must be a function, not int"),  # type: ignore[arg-type]
        (lambda c: Corpus(c.root, progress=None), TypeError, "progress must be a function"),
    ],
)
def test_wrong_arguments_are_refused_before_anything_is_done(home, corpus, call, error, said):
    notes = []
    opened = Corpus(corpus, cache=home / "cache", note=notes.append)
    with pytest.raises(error) as caught:
        call(opened)
    assert said in str(caught.value)
    assert not notes
    assert not (home / "cache").exists()


def test_every_filter_is_checked_by_its_annotation(home, corpus):
    opened = Corpus(corpus, cache=home / "cache")
    for method, filters in ((opened.search, SearchFilters), (opened.quotes, QuotationFilters)):
        arguments = ["treaty"] if method == opened.search else []
        for name in filters.__annotations__:
            with pytest.raises(TypeError, match=f"{name} must be .*, not object"):
                method(*arguments, **{name: object()})  # type: ignore[arg-type]
    assert not (home / "cache").exists()


def test_a_limit_of_any_size(home, corpus):
    opened = Corpus(corpus)
    assert len(list(opened.search("treaty", limit=10**30, context=10**30))) == 3
    assert len(list(opened.search("treaty", limit=10**30).articles)) == 2
    assert len(opened.search("treaty", limit=10**30)) == 3
    assert opened.similar("vienna", limit=10**30) == opened.similar("vienna", limit=0)
    assert len(list(opened.quotes("vienna", context=10**30))) == 3


def test_errors_carry_what_they_are_about(home, own_corpus):
    opened = Corpus(own_corpus)
    with pytest.raises(NoSuchArticle) as missing:
        opened.article("harbor:2")
    assert (missing.value.name, missing.value.suggestions) == ("harbor", ("harbour",))
    with pytest.raises(AmbiguousArticle) as several:
        opened.path_of("ship")
    assert several.value.candidates == ("harbour", "notes/ships")
    with pytest.raises(NoSuchParagraph) as paragraph:
        opened.article("vienna:9")
    assert (paragraph.value.article, paragraph.value.count) == ("vienna-talks", 4)
    with pytest.raises(NoSuchQuotation) as quotation:
        opened.cite("harbour", quotation=2)
    assert (quotation.value.article, quotation.value.count) == ("harbour", 1)
    with pytest.raises(QueryError) as query:
        opened.search("peace (treaty")
    assert (query.value.text, query.value.offset) == ("peace (treaty", 6)
    (own_corpus / "bad.txt").write_bytes(b"\0")
    with pytest.raises(UnreadableFile) as file:
        opened.article("bad")
    assert (file.value.path, file.value.reason) == ("bad.txt", "not text")


def test_a_single_locator_needs_no_list(home, corpus):
    opened = Corpus(corpus)
    assert list(opened.quotes("vienna:3")) == list(opened.quotes(["vienna:3"]))
    assert opened.cite("harbour") == opened.cite(["harbour"])
    assert opened.path_of("harbour") == corpus / "harbour.md"


def ids(corpus, query="treaty"):
    return sorted({hit.article for hit in corpus.search(query)})


def test_each_call_sees_the_files_as_they_are(home, own_corpus):
    with Corpus(own_corpus) as opened, Corpus(str(own_corpus)) as second:
        assert ids(opened) == ids(second) == ["harbour", "vienna-talks"]
        (own_corpus / "new.txt").write_text("Another treaty was signed in the harbour on Monday.\n")
        assert ids(opened) == ids(second) == ["harbour", "new", "vienna-talks"]
        assert [summary.id for summary in opened.articles()][1] == "new"
        assert opened.path_of("new") == own_corpus / "new.txt"
        (own_corpus / "new.txt").write_text(
            "Another contract was signed in the harbour on Monday.\n"
        )
        assert ids(second) == ids(opened) == ["harbour", "vienna-talks"]
        assert opened.article("new").paragraphs[0].text.startswith("Another contract")
        (own_corpus / "harbour.md").unlink()
        assert ids(opened) == ids(second) == ["vienna-talks"]
        assert [speaker.name for speaker in opened.speakers()] == ["Lena Aagaard"]
        with pytest.raises(NoSuchArticle):
            opened.article("harbour")
        (own_corpus / "harbour.md").write_text("Yet another treaty was signed here on Tuesday.\n")
        assert ids(second) == ids(opened) == ["harbour", "vienna-talks"]


def test_an_index_of_another_process_is_not_undone(home, own_corpus):
    """A corpus that looked at the files before another process indexed them looks again."""
    opened = Corpus(own_corpus)
    stale = opened._session.folder
    assert len(stale.files) == 3
    (own_corpus / "new.txt").write_text("Another treaty was signed in the harbour on Monday.\n")
    code = "from reader import Corpus; print(Corpus().search('treaty').total)"
    environment = {**os.environ, "READER_CORPUS": str(own_corpus)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "4\n"
    before = opened.describe_index()
    update(stale, index_folder(opened.cache, str(opened.root)), print, print, lambda *_: None)
    assert opened.describe_index().articles == before.articles == 4
    assert ids(opened) == ["harbour", "new", "vienna-talks"]


def test_an_unchanged_corpus_is_not_indexed_again(home, own_corpus, monkeypatch):
    monkeypatch.setattr(statuses, "_RACY", 0)  # as if the files were old
    opened = Corpus(own_corpus)
    opened.update_index()
    before = opened.describe_index()
    assert before.state == "current"
    opened.search("treaty")
    opened.speakers()
    files = sorted(path.name for path in index_folder(opened.cache, str(opened.root)).iterdir())
    opened.update_index()
    assert files == sorted(p.name for p in index_folder(opened.cache, str(opened.root)).iterdir())
    opened.update_index(rebuild=True)
    assert files != sorted(p.name for p in index_folder(opened.cache, str(opened.root)).iterdir())
    assert opened.describe_index(thorough=True).state == "current"


# A call of every method, none of which may do anything once the corpus is closed.
CALLS = {
    "__enter__": lambda c: c.__enter__(),
    "add": lambda c: c.add("x.txt"),
    "add_each": lambda c: c.add_each(["x.txt"]),
    "article": lambda c: c.article("harbour"),
    "articles": lambda c: c.articles(),
    "check": lambda c: c.check([]),
    "choose": lambda c: c.choose("harbour"),
    "cite": lambda c: c.cite("harbour"),
    "describe_index": lambda c: c.describe_index(),
    "explain": lambda c: c.explain("treaty"),
    "id_of": lambda c: c.id_of("harbour"),
    "newest": lambda c: c.newest(),
    "path_of": lambda c: c.path_of("harbour"),
    "quotes": lambda c: c.quotes(),
    "remove": lambda c: c.remove("harbour"),
    "search": lambda c: c.search("treaty"),
    "selections": lambda c: c.selections(),
    "similar": lambda c: c.similar("harbour"),
    "speakers": lambda c: c.speakers(),
    "update_index": lambda c: c.update_index(),
}
# A use of everything that results have.
USES = {
    "__iter__": lambda r: next(iter(r)),
    "__len__": len,
    "articles": lambda r: next(r.articles),
    "articles_total": lambda r: r.articles_total,
    "facet": lambda r: r.facet("source"),
    "hits": lambda r: next(r.hits),
    "periods": lambda r: r.periods("year"),
    "suggestion": lambda r: r.suggestion,
    "unknown_words": lambda r: r.unknown_words,
    "total": lambda r: r.total,
}


def test_a_closed_corpus_is_closed(home, own_corpus):
    with Corpus.library() as opened:
        opened.add(own_corpus)
        article = next(opened.articles())
        results = opened.search("treaty")
        assert len(list(results)) == 3
        iterators = [opened.quotes(), opened.articles(), results.hits, results.articles]
        iterators.append(opened.add_each([own_corpus]))
        for iterator in iterators:
            next(iterator)
    methods = {name for name in vars(Corpus) if not name.startswith("_")}
    assert CALLS.keys() == methods - {"library", "saved", "close"} | {"__enter__"}
    for call in CALLS.values():
        with pytest.raises(ValueError, match="closed"):
            call(opened)
    assert os.path.exists(article.path)
    public = {name for name in vars(type(results)) if not name.startswith("_")}
    assert USES.keys() == public | {"__iter__", "__len__"}
    for use in [bool, *USES.values()]:
        with pytest.raises(ValueError, match="closed"):
            use(results)
    for iterator in iterators:
        with pytest.raises(ValueError, match="closed"):
            next(iterator)
    opened.close()


def test_a_folder_that_goes_away(home, own_corpus):
    opened = Corpus(own_corpus)
    assert ids(opened)
    own_corpus.rename(own_corpus.with_name("moved"))
    with pytest.raises(CorpusError) as gone:
        opened.search("treaty")
    assert gone.value.path == str(own_corpus)


TALKS = "talks-on-the-lachin-road-resume-in-vienna-after-a-month"


def test_the_users_own_library(home, own_corpus):
    with Corpus.library() as library:
        assert library.newest() is None
        article = Corpus(own_corpus).article("vienna")
        (added,) = library.add(article)
        assert (added.state, added.article) == (
            "added",
            "talks-on-the-lachin-road-resume-in-vienna-after-a-month",
        )
        assert [hit.paragraph for hit in library.search("photographs")] == [2]
        results = library.add(own_corpus, own_corpus / "nothing.txt")
        assert [result.state for result in results] == ["added", "added", "present", "failed"]
        assert results[-1].reason == "No such file or directory"
        with pytest.raises(TypeError, match="article must be a string"):
            library.remove("harbour", 5)  # type: ignore[arg-type]
        assert library.remove("harbour") == ["harbour-reopens-ships-return"]
        with pytest.raises(NoSuchArticle):
            library.remove("talks", "harbour")
        assert len(list(library.articles())) == 2
        assert Corpus().root == library.root  # as it has articles now
        assert Corpus().add(article)[0].state == "present"
        each = library.add_each([own_corpus / "harbour.md"])
        assert len(list(library.articles())) == 2
        assert [result.state for result in each] == ["added"]
        assert len(library.remove("harbour", "talks", "ships", "harbour")) == 3
        with pytest.raises(ReaderError, match="your library is empty"):
            library.remove("harbour")


def test_other_folders_are_only_read(home, corpus):
    for change in (Corpus(corpus).add, Corpus(corpus).add_each, Corpus(corpus).remove):
        with pytest.raises(ReaderError, match="is only read"):
            change(["harbour"])  # type: ignore[arg-type]


def test_saved_searches(home):
    Corpus.saved().save("peace", "treaty")
    assert Corpus.saved().all() == {"peace": "treaty"}


def test_the_encoding_of_texts_is_an_option(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    text = (
        "Портовые сборы\n\nПортовое управление объявило, что сборы вырастут с марта этого года.\n"
    )
    (folder / "tolls.txt").write_bytes(text.encode("koi8-r"))
    (folder / "other.txt").write_text(text, "utf-8")
    options = {"cache": tmp_path / "cache", "note": print, "warn": print}
    with Corpus(folder, **options) as corpus:
        assert corpus.search("сборы").total == 2
        assert {summary.title for summary in corpus.articles()} == {"Портовые сборы"}
    wrong = text.encode("koi8-r").decode("cp1251").split("\n")[0]
    with Corpus(folder, encoding="Windows-1251", **options) as corpus:
        assert corpus.describe_index().state == "stale"
        assert {summary.title for summary in corpus.articles()} == {"Портовые сборы", wrong}
        assert corpus.search("сборы").total == 1
        assert corpus.article("tolls").title == wrong
        assert corpus.describe_index().state == "current"
    with Corpus(folder, encoding="cp1251", **options) as corpus:
        assert corpus.describe_index().state == "current"
    with pytest.raises(ValueError, match="encoding must be"):
        Corpus(folder, encoding="base64", **options)
