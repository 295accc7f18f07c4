"""Plain Whoosh opens the index, and finds in it what `reader search` finds."""

import ast
import datetime
import pickle
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from whoosh.filedb.filestore import ReadOnlyError
from whoosh.index import open_dir
from whoosh.qparser import FuzzyTermPlugin, QueryParser
from whoosh.query import DateRange as WhooshDateRange
from whoosh.query import Every, FuzzyTerm, NumericRange, Phrase, Prefix, Term
from whoosh.scoring import BM25F

import reader
from reader.files.folder import Folder
from reader.index.current import open_index
from reader.index.manifest import index_folder
from reader.query.fields import QUERY_FIELDS
from reader.query.grammar import parse_query
from reader.query.tree import And, InArticle, Not, Or, Synonyms, Within
from reader.query.whoosh import as_whoosh
from reader.search.match import Matcher
from reader.search.resolve import TermResolver

PACKAGE = Path(reader.__file__).parent
SEED = 20260
QUERIES = 1000  # on each of the two archives
ARTICLES_OF = {"time": 60, "polnear": 20}  # more take long, and ask nothing new


class Both:
    """An index, opened by us and by Whoosh, with the articles' paragraphs."""

    def __init__(self, corpus, cache):
        self.corpus = corpus
        folder = Folder(corpus)
        self.generation = open_index(folder, cache, print, print, lambda done, total: None)
        self.folder = index_folder(cache, folder.root)
        self.index = open_dir(str(self.folder))
        self.searcher = self.index.searcher()
        self.parser = QueryParser("text", self.index.schema)
        self.parser.add_plugin(FuzzyTermPlugin())
        self.stored = dict(enumerate(self.searcher.reader().all_stored_fields()))

    def ours(self, query):
        """The paragraphs that match, each by itself, as Whoosh numbers them."""
        segments = self.generation.segments
        found, offset = set(), 0
        for segment, ids in zip(
            segments, Matcher(segments, TermResolver(segments)).paragraphs(query), strict=True
        ):
            found |= {offset + id for id in ids}
            offset += segment.file.paragraphs
        return found

    def theirs(self, query):
        return set(self.searcher.docs_for_query(query))

    def shown(self, query):
        return [
            (hit["article"], hit["paragraph"]) for hit in self.searcher.search(query, limit=None)
        ]


ARTICLES = {
    "talks.md": """\
---
title: Talks on the Lachin Road Resume
author: Ana Kovač
published: 2021-05-20
source: The Danube Courier
url: https://courier.example/talks
tags: [peace talks, roads]
---

Envoys of both countries met to talk about co-operation, the Al-Qaeda file and a peace treaty.

“We came to sign a treaty, not to take photographs,” said the mediator, Lena Aagaard. “It is near.”

The peace that the envoys want is near the road. A road is a road. Zangezur’s café was open.
""",
    "harbour.md": """\
---
title: "Harbour Reopens: Ships Return"
published: 2022-03-01
source: Coast Gazette
---

The harbour reopened after a winter of repairs; cooperation and co operation, said Olaf Berg.

Tokyo is 東京都 and Kyoto is 京都. The treaties of 1990 and the treaty's photographer.
""",
    "note.txt": "A short note about ships that nobody has given a date or a source to so far.\n",
}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A small corpus in two segments, from which an article was removed."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "articles").mkdir()
    for name, text in ARTICLES.items():
        (folder / "articles" / name).write_text(text, encoding="utf-8")
    (folder / "articles" / "gone.txt").write_text("A treaty that is gone.\n\nIts second paragraph.")
    Both(folder / "articles", folder / "cache")
    (folder / "articles" / "gone.txt").unlink()
    (folder / "articles" / "late.txt").write_text("The treaty came too late for the ships.\n")
    return Both(folder / "articles", folder / "cache")


@pytest.fixture(scope="module", params=["time", "polnear"])
def archive(request, tmp_path_factory):
    """A real archive, or a part of it."""
    make = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "make.py"
    if not make.exists():
        pytest.skip("needs the shared material beside the checkout")
    folder = tmp_path_factory.mktemp(request.param)
    subprocess.run(
        [sys.executable, make, request.param, folder / "articles"], check=True, capture_output=True
    )
    for path in sorted((folder / "articles").iterdir())[ARTICLES_OF[request.param] :]:
        path.unlink()
    return Both(folder / "articles", folder / "cache")


class Generator:
    """Random queries in our language, of words and texts of a corpus."""

    def __init__(self, both, seed):
        self.random = random.Random(seed)
        stored = both.stored.values()
        self.texts = [fields["text"] for fields in stored]
        self.titles = [fields["title"] for fields in stored]
        self.names = {
            field: sorted({fields[field] for fields in stored if fields[field]})
            for field in ("source", "section", "author", "speaker")
        }
        self.dates = sorted({fields["date"] for fields in stored if fields["date"]})
        self.hyphens = sorted(
            {word for text in self.texts for word in re.findall(r"[A-Za-z]+(?:-[A-Za-z]+)+", text)}
        )
        self.ids = sorted({fields["article"] for fields in stored})

    def words(self, count, texts=None):
        """Words that follow each other in a text."""
        for _ in range(50):
            words = re.findall(r"[^\W_]+(?:['’][^\W_]+)*", self.random.choice(texts or self.texts))
            if len(words) >= count:
                start = self.random.randrange(len(words) - count + 1)
                return words[start : start + count]
        return ["treaty"] * count

    def word(self):
        word = self.words(1)[0]
        return word if word not in ("AND", "OR", "NOT") else "and"

    def letters(self):
        """A word of letters only, of four or more."""
        for _ in range(100):
            word = self.word().lower()
            if word.isalpha() and len(word) > 3:
                return word
        return "treaty"

    def leaf(self):
        kinds = (
            *[self.word] * 4,
            self.hyphenated,
            *[self.phrase] * 2,
            *[self.sloppy] * 2,
            self.pattern,
            self.prefix,
            self.misspelt,
            *[self.of_field] * 3,
            self.date,
        )
        return self.random.choice(kinds)()

    def hyphenated(self):
        word = self.random.choice(self.hyphens or ["co-operation"])
        return self.random.choice([word, word.replace("-", ""), f'"{word}"', f'"{word}"~3'])

    def phrase(self):
        words = self.words(self.random.randint(2, 4))
        if self.random.random() < 0.2:
            self.random.shuffle(words)
        return f'"{" ".join(words)}"'

    def sloppy(self):
        words = self.words(self.random.randint(3, 9))
        chosen = list(dict.fromkeys(self.random.sample(words, self.random.randint(2, 3))))
        return f'"{" ".join(chosen)}"~{self.random.randint(1, 8)}'

    def prefix(self):
        return self.letters()[: self.random.randint(2, 5)] + "*"

    def pattern(self):
        letters = list(self.letters())
        for mark in self.random.sample(["*", "?"], self.random.randint(1, 2)):
            letters[self.random.randrange(1, len(letters) - 1)] = mark
        return "".join(letters)

    def misspelt(self):
        letters = list(self.letters())
        at = self.random.randrange(len(letters) - 1)
        edit = self.random.choice(["swap", "drop", "add", "change"])
        if edit == "swap":
            letters[at : at + 2] = reversed(letters[at : at + 2])
        elif edit == "drop":
            del letters[at]
        elif edit == "add":
            letters.insert(at, "e")
        else:
            letters[at] = "a"
        return "".join(letters) + self.random.choice(["~", "~2"])

    def of_field(self):
        field = self.random.choice([*self.names, "title", "quote", "tag"])
        texts = self.titles if field == "title" else self.names.get(field) or self.texts
        words = self.words(self.random.randint(1, 2), texts)
        plain = len(words) == 1 and words[0] not in ("AND", "OR", "NOT")
        return f"{field}:{words[0]}" if plain else f'{field}:"{" ".join(words)}"'

    def date(self):
        if not self.dates:
            return "date:2021"
        one, other = sorted(self.random.choices(self.dates, k=2))
        form = self.random.choice(["%Y-%m-%d", "%Y-%m", "%Y"])
        one, other = one.strftime(form), other.strftime(form)
        ranges = [one, f"{one}..{other}", f"..{one}", f"{other}.."]
        return "date:" + self.random.choice(ranges)

    def text(self, depth=0):
        """A query as it is typed."""
        shape = self.random.random()
        if depth > 2 or shape < 0.45:
            return self.leaf()
        if shape < 0.6:
            return f"{self.text(depth + 1)} {self.text(depth + 1)}"
        if shape < 0.75:
            return f"({self.text(depth + 1)} OR {self.text(depth + 1)})"
        if shape < 0.87:
            return f"{self.leaf()} -({self.text(depth + 1)})"
        if shape < 0.92:
            return f"-({self.text(depth + 1)})"
        return f"{self.leaf()} /p {self.leaf()}"

    def query(self):
        query = parse_query(self.text())
        if self.random.random() < 0.03:
            return And((query, InArticle(self.random.choice(self.ids))))
        if self.random.random() < 0.03:
            return Synonyms((parse_query(self.word()), parse_query(self.phrase())))  # type: ignore[arg-type]
        return query


def compare(both, count, seed=SEED):
    generator = Generator(both, seed)
    found = 0
    for _ in range(count):
        query = generator.query()
        converted = as_whoosh(query)
        assert converted is not None, query
        ours = both.ours(query)
        assert ours == both.theirs(converted), (query, converted)
        found += bool(ours)
    assert found > count / 3


def test_a_thousand_queries_on_each_archive_find_the_same(archive):
    compare(archive, QUERIES)


def test_some_hundred_queries_on_two_segments_find_the_same(small):
    compare(small, 400)


def test_whooshs_parser_finds_the_same_in_a_language_that_both_share(archive):
    generator = Generator(archive, SEED + 1)
    kinds = (
        generator.word,
        generator.hyphenated,
        generator.phrase,
        generator.prefix,
        generator.pattern,
        generator.misspelt,
    )
    for _ in range(300):
        texts = [generator.random.choice(kinds)() for _ in range(generator.random.randint(1, 3))]
        joint = generator.random.choice([" ", " OR ", " NOT "])
        text = joint.join(re.sub(r'"~\d+', '"', part) for part in texts)
        if "*?" in text or "?*" in text:  # Whoosh's parser takes these for two words
            continue
        found = set(archive.searcher.docs_for_query(archive.parser.parse(text)))
        assert found == archive.ours(parse_query(text)), text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("treaties", [("harbour", 2), ("late", 1), ("talks", 1), ("talks", 2)]),
        ('"peace treaty"', [("talks", 1)]),
        ('"treaty peace"', []),
        ("photo*", [("harbour", 2), ("talks", 2)]),
        ("TREAT*", [("harbour", 2), ("late", 1), ("talks", 1), ("talks", 2)]),
        ("*graphs", [("talks", 2)]),
        ("c?fé", [("talks", 3)]),
        ("zangezru~", [("talks", 3)]),
        ("zengezir~", []),
        ("co-operation", [("harbour", 1), ("talks", 1)]),
        ("al-qaeda", [("talks", 1)]),
        ("京", [("harbour", 2)]),
        ("東京", [("harbour", 2)]),
        ("title:reopens", [("harbour", 1), ("harbour", 2)]),
        ("source:danube", [("talks", 1), ("talks", 2), ("talks", 3)]),
        ("author:kovac", [("talks", 1), ("talks", 2), ("talks", 3)]),
        ("tag:roads", [("talks", 1), ("talks", 2), ("talks", 3)]),
        ('speaker:"lena aagaard"', [("talks", 2)]),
        ("quote:treaty", [("talks", 2)]),
        ("article:harbour", [("harbour", 1), ("harbour", 2)]),
        ("article:harbour paragraph:2", [("harbour", 2)]),
        ("paragraph:[3 TO]", [("talks", 3)]),
        ("date:2021 treaty", [("talks", 1), ("talks", 2)]),
        ("date:202203", [("harbour", 1), ("harbour", 2)]),
        ("date:20210520 road", [("talks", 3)]),
        ("date:[20210501 TO 20210531] sign", [("talks", 2)]),
        ("date:[2021-05-21 TO] treaty", [("harbour", 2)]),
        ("treaty NOT peace", [("harbour", 2), ("late", 1), ("talks", 2)]),
        ("NOT (treaty OR road)", [("harbour", 1), ("note", 1)]),
        ("gone", []),
        ("article:gone", []),
    ],
)
def test_what_whooshs_parser_finds(small, text, found):
    assert sorted(small.shown(small.parser.parse(text))) == found


def test_queries_are_built_of_whooshs_classes_too(small):
    year = datetime.datetime(2021, 1, 1), datetime.datetime(2021, 12, 31)
    talks = [("talks", 1), ("talks", 2), ("talks", 3)]
    assert sorted(small.shown(WhooshDateRange("date", *year))) == talks
    assert len(small.shown(WhooshDateRange("date", None, None))) == 5  # dated
    assert sorted(small.shown(NumericRange("paragraph", 2, 3))) == [
        ("harbour", 2),
        *talks[1:],
    ]
    # A term of a text is a form, as it stands there.
    assert small.shown(Term("text", "treaties")) == [("harbour", 2)]
    assert small.shown(Phrase("text", ["a", "road", "is"])) == [("talks", 3)]
    assert small.shown(Prefix("source", "dan")) == talks
    assert small.shown(FuzzyTerm("text", "yacht", maxdist=2)) == []
    assert len(small.shown(Every())) == small.index.doc_count() == 7
    assert len(small.shown(Every("speaker"))) == 1


def test_hits_have_stored_fields_and_highlights(small):
    (hit,) = small.searcher.search(small.parser.parse("sign"), sortedby="date")
    assert hit.fields() == {
        "article": "talks",
        "paragraph": 2,
        "text": hit["text"],
        "title": "Talks on the Lachin Road Resume",
        "date": datetime.datetime(2021, 5, 20),
        "source": "The Danube Courier",
        "section": None,
        "author": "Ana Kovač",
        "url": "https://courier.example/talks",
        "speaker": "Lena Aagaard",
    }
    for text, marked in (
        ("photograph", ["photographs"]),
        ("photo*", ["photographs"]),
        ("tretay~", ["treaty"]),
        ('"sign a treaty"', ["sign", "a", "treaty"]),
    ):
        (hit,) = small.searcher.search(small.parser.parse(f"article:talks quote:sign {text}"))
        assert re.findall(r'<b class="match term\d+">(.*?)</b>', hit.highlights("text")) == marked


def test_hits_are_scored_and_sorted(small):
    best = small.searcher.search(small.parser.parse("road"), limit=1)
    assert (best[0]["article"], best[0]["paragraph"]) == ("talks", 3)
    newest = small.searcher.search(small.parser.parse("treaty"), sortedby="date", reverse=True)
    dates = [hit["date"] for hit in newest]
    assert datetime.datetime(2022, 3, 1) in dates
    with small.index.searcher(weighting=BM25F(text_B=0.2)) as searcher:
        assert searcher.search(small.parser.parse("road"))[0].score > 0
        assert searcher.avg_field_length("text") > 5


def test_what_the_parser_cannot_turn_has_no_whoosh_query():
    assert as_whoosh(parse_query("treaty /s road")) is None
    assert as_whoosh(Not(parse_query("peace")._replace(exact=True))) is None  # type: ignore[call-arg]
    for query in (parse_query("peace"), Within((parse_query("a"), parse_query("b")), "paragraph")):
        assert as_whoosh(Or((query, InArticle("x")))) is not None


def test_the_fields_are_the_ones_that_a_query_can_name(small):
    assert set(small.index.schema.names()) == {*QUERY_FIELDS, "article", "paragraph", "url"}


def test_the_index_cannot_be_written_through_whoosh(small):
    reader_of_segment = small.searcher.reader().leaf_readers()[0][0]
    segment = reader_of_segment.segment()
    for write in (
        lambda: segment.delete_document(0),
        lambda: segment.codec().per_document_writer(None, segment),
        lambda: segment.codec().field_writer(None, segment),
        lambda: segment.codec().new_segment(None, "MAIN"),
    ):
        with pytest.raises(ReadOnlyError, match="files"):
            write()


def test_nothing_is_unpickled(small, monkeypatch):
    """Our own reading goes by the manifest; only plain Whoosh reads the table of contents."""

    def refuse(*_):
        raise AssertionError("unpickled")

    for name in ("load", "loads", "Unpickler", "_Unpickler"):
        monkeypatch.setattr(pickle, name, refuse)
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("whoosh"):
            for name in ("load", "loads", "pickle"):
                if getattr(module, name, None) in (pickle.load, pickle.loads):
                    monkeypatch.setattr(module, name, refuse)
    with pytest.raises(AssertionError, match="unpickled"):
        open_dir(str(small.folder))
    (small.corpus / "more.txt").write_text("One more article.\n")
    found = list(reader.Corpus(small.corpus, cache=small.folder.parents[1]).search("article"))
    assert [hit.article for hit in found] == ["more"]
    (small.corpus / "more.txt").unlink()


# What is used of Whoosh: read whoosh3's changes to these before a new minor version is taken.
USED = {
    "whoosh": {"__version__"},
    "whoosh.analysis": {"Analyzer", "Token"},
    "whoosh.codec.base": {
        "Automata",
        "Codec",
        "FieldCursor",
        "PerDocumentReader",
        "Segment",
        "TermsReader",
    },
    "whoosh.fields": {"DATETIME", "FieldType", "ID", "NUMERIC", "STORED", "Schema"},
    "whoosh.filedb.filestore": {"FileStorage", "RamStorage", "ReadOnlyError"},
    "whoosh.formats": {"Positions"},
    "whoosh.index": {"TOC"},
    "whoosh.lang.porter2": {"stem"},
    "whoosh.lang.stopwords": {"stoplists"},
    "whoosh.matching": {"ListMatcher"},
    "whoosh.query": {
        "And",
        "Every",
        "FuzzyTerm",
        "Not",
        "NumericRange",
        "Or",
        "Phrase",
        "Prefix",
        "Query",
        "Regex",
        "SpanNear2",
        "Term",
        "Wildcard",
    },
    "whoosh.query.spans": {"Span"},
    "whoosh.reading": {"IndexReader", "TermInfo"},
    "whoosh.util.times": {"datetime_to_long"},
}


def test_all_that_is_used_of_whoosh_is_named():
    used = {}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                assert not any(a.name.startswith("whoosh") for a in node.names), path
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("whoosh"):
                used.setdefault(node.module, set()).update(alias.name for alias in node.names)
    assert used == USED


def test_the_minor_version_that_is_tested_is_the_one_that_is_allowed():
    requirement = re.search(
        r'"whoosh3>=(\d+)\.(\d+),<(\d+)\.(\d+)"',
        (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"),
    )
    major, minor, below, above = map(int, requirement.groups())
    assert (below, above) == (major, minor + 1)
    import whoosh

    assert whoosh.__version__[:2] == (major, minor)
