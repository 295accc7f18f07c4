"""The index is Whoosh's: its own searcher, on the same files, finds and scores the same."""

import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.query import And, AndNot, Every, Or, Phrase, Prefix, Term
from whoosh.scoring import BM25F

from reader.files.folder import Folder
from reader.index.current import open_index
from reader.index.manifest import index_folder
from reader.query.grammar import parse_query
from reader.search.engine import Index
from reader.search.postings import idf


def opened(corpus, cache):
    return open_index(Folder(corpus), cache, print, print, lambda done, total: None)


@pytest.fixture
def index(corpus, tmp_path):
    """The index of a corpus in two segments."""
    opened(corpus, tmp_path / "cache").close()
    (corpus / "late.txt").write_text(
        "The treaty about the road, the road of patience, came too late for the talks.\n\n"
        "Patience, patience, they said, and talked about the road.\n"
    )
    return opened(corpus, tmp_path / "cache"), index_folder(tmp_path / "cache", Folder(corpus).root)


class Weighting(BM25F):
    """Whoosh's own, but that the IDF of a word is as the formula's authors have it."""

    def idf(self, searcher, fieldname, text):
        parent = searcher.get_parent()
        return idf(parent.doc_count_all(), parent.doc_frequency(fieldname, text))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("patience", Term("text", "patienc")),
        # Far from each other: nearness, which Whoosh does not know, adds nothing.
        ("crowd forever", And([Term("text", "crowd"), Term("text", "forev")])),
        ("patience OR hall OR rain", Or([Term("text", s) for s in ("patienc", "hall", "rain")])),
        ("patience -rain", AndNot(Term("text", "patienc"), Term("text", "rain"))),
        ("speaker:aagaard", Term("speaker", "aagaard")),
        ("source:danube", Term("source", "danube")),
        ("qqzzxx", Term("text", "qqzzxx")),
    ],
)
def test_whoosh_finds_and_scores_the_same(index, text, query):
    ours, folder = index
    hits = sorted((hit.text, hit.score) for hit in Index(ours).search(parse_query(text)).hits)
    with FileIndex(FileStorage(str(folder))).searcher(weighting=Weighting()) as searcher:
        if text.startswith("source:"):
            query = Term("source", "danube")
        results = searcher.search(query, limit=None)
        theirs = sorted((hit["text"], round(hit.score, 4)) for hit in results)
    assert [text for text, _ in hits] == [text for text, _ in theirs]
    if ":" not in text:
        assert [score for _, score in hits] == pytest.approx([s for _, s in theirs], abs=2e-4)


def test_whoosh_reads_positions_terms_and_deletions(index, corpus, tmp_path):
    _, folder = index
    (corpus / "harbour.md").unlink()
    opened(corpus, tmp_path / "cache").close()
    with FileIndex(FileStorage(str(folder))).searcher() as searcher:
        phrase = searcher.search(Phrase("text", ["peac", "treati"]))
        assert [hit["text"].split()[0] for hit in phrase] == ["Envoys"]
        reader = searcher.reader()
        assert reader.has_deletions()
        assert reader.doc_count() == len(searcher.search(Every(), limit=None))
        assert b"treati" in set(reader.lexicon("text"))
        assert list(reader.expand_prefix("speaker", "aag")) == [b"aagaard"]
        assert len(searcher.search(Prefix("title", "lach"))) == 4
        assert ("text", b"nowher") not in reader
