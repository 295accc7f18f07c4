"""The index is Whoosh's: its own searcher, on the same files, finds and scores the same."""

import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.query import And, AndNot, Every, Or, Phrase, Prefix, Term
from whoosh.scoring import BM25F

from reader.files.folder import Folder
from reader.index.current import open_index
from reader.index.manifest import index_folder
from reader.query.fields import MARK
from reader.query.grammar import parse_query
from reader.search.engine import Index
from reader.search.postings import idf


def stem(text):
    """The term for all the forms with this stem."""
    return Term("text", MARK + text)


def opened(corpus, cache):
    return open_index(Folder(corpus), cache, print, print, lambda done, total: None)


@pytest.fixture
def index(own_corpus, tmp_path):
    """The index of a corpus in two segments."""
    opened(own_corpus, tmp_path / "cache").close()
    (own_corpus / "late.txt").write_text(
        "The treaty about the road, the road of patience, came too late for the talks.\n\n"
        "Patience, patience, they said, and talked about the road.\n"
    )
    return opened(own_corpus, tmp_path / "cache"), index_folder(
        tmp_path / "cache", Folder(own_corpus).root
    )


class Weighting(BM25F):
    """Whoosh's own, but that the IDF of a word is as the formula's authors have it."""

    def idf(self, searcher, fieldname, text):
        parent = searcher.get_parent()
        return idf(parent.doc_count_all(), parent.doc_frequency(fieldname, text))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("patience", stem("patienc")),
        # Far from each other: nearness, which Whoosh does not know, adds nothing.
        ("crowd forever", And([stem("crowd"), stem("forev")])),
        ("patience OR hall OR rain", Or(list(map(stem, ("patienc", "hall", "rain"))))),
        ("patience -rain", AndNot(stem("patienc"), stem("rain"))),
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


def test_whoosh_reads_positions_terms_and_deletions(index, own_corpus, tmp_path):
    _, folder = index
    (own_corpus / "harbour.md").unlink()
    opened(own_corpus, tmp_path / "cache").close()
    with FileIndex(FileStorage(str(folder))).searcher() as searcher:
        phrase = searcher.search(Phrase("text", [MARK + "peac", MARK + "treati"]))
        assert [hit["text"].split()[0] for hit in phrase] == ["Envoys"]
        reader = searcher.reader()
        assert reader.has_deletions()
        assert reader.doc_count() == len(searcher.search(Every(), limit=None))
        assert ("text", f"{MARK}treati".encode()) in reader
        assert b"treaty" in set(reader.lexicon("text"))  # forms are listed, stems are not
        assert not any(term.startswith(MARK.encode()) for _, term in reader.all_terms())
        assert list(reader.expand_prefix("speaker", "aag")) == [b"aagaard"]
        assert len(searcher.search(Prefix("title", "lach"))) == 4
        assert ("text", b"nowher") not in reader
