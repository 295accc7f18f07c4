"""A segment's file: what is written comes back, merged or not, and damage is noticed."""

import io
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.index.damage import Damaged
from reader.index.merge import merge
from reader.index.segment import SegmentFile
from reader.index.writer import SegmentBuilder
from reader.language.tokens import forms, stem
from reader.query.fields import Field

FIELDS = {"text": Field(stemmed=True), "title": Field(stemmed=False, of_article=True)}

WORDS = st.lists(st.sampled_from("ship ships shipping treaty a é road roads 12".split()))
ARTICLES = st.lists(st.tuples(WORDS, st.lists(WORDS, max_size=4)), min_size=1, max_size=6)


def written(articles):
    builder = SegmentBuilder(FIELDS)
    for number, (title, paragraphs) in enumerate(articles):
        builder.add_words("title", title)
        for words in paragraphs:
            builder.add_words("text", words)
            builder.add_paragraph(" ".join(words))
        builder.add_article(f"article {number}", 20210500 + number)
    out = io.BytesIO()
    builder.write(out)
    return SegmentFile(out.getvalue())


def standing(words_of):
    """For each word, its (id, position) pairs, from lists of words by id."""
    found = {}
    for id, words in enumerate(words_of):
        for position, word in enumerate(words):
            found.setdefault(word, []).append((id, position))
    return found


def read(segment, field):
    found = {}
    for number, word in enumerate(segment.words(field)):
        ids, frequencies, positions = segment.postings(field, number)
        repeated = chain.from_iterable(
            [id] * often for id, often in zip(ids, frequencies or [1] * len(ids), strict=True)
        )
        found[word] = list(zip(repeated, positions, strict=True))
        assert segment.find(field, word) == number
        assert segment.document_frequency(field, number) == len(ids)
    return found


def check(segment, articles):
    paragraphs = [words for _, body in articles for words in body]
    assert read(segment, "text") == standing(paragraphs)
    assert read(segment, "title") == standing([title for title, _ in articles])
    assert [segment.text(n) for n in range(segment.paragraphs)] == list(map(" ".join, paragraphs))
    assert list(segment.lengths("text")) == list(map(len, paragraphs))
    assert segment.total("title") == sum(len(title) for title, _ in articles)
    assert segment.articles == len(articles)
    expected = [n for n, (_, body) in enumerate(articles) for _ in body]
    assert list(segment.article_of) == expected
    assert list(segment.starts) == [
        expected.index(n) if n in expected else sum(len(body) for _, body in articles[:n])
        for n in range(len(articles))
    ] + [len(expected)]
    for word in {word for words in paragraphs for word in words}:
        same = segment.words_with_stem("text", stem(word))
        assert {segment.word("text", n) for n in same} == {
            known for known in segment.words("text") if stem(known) == stem(word)
        }
    segment.verify()


@settings(deadline=None)
@given(ARTICLES)
def test_what_is_written_comes_back(articles):
    segment = written(articles)
    check(segment, articles)
    for number in range(len(articles)):
        assert number in segment.articles_with_key(f"article {number}")
        assert segment.days[number] == 20210500 + number


@settings(deadline=None)
@given(st.lists(ARTICLES, min_size=1, max_size=3), st.data())
def test_merging_keeps_all_but_what_is_deleted(groups, data):
    deleted = [data.draw(st.frozensets(st.integers(0, len(articles) - 1))) for articles in groups]
    out = io.BytesIO()
    merge(FIELDS, list(zip(map(written, groups), deleted, strict=True)), out)
    kept = [
        article
        for articles, gone in zip(groups, deleted, strict=True)
        for number, article in enumerate(articles)
        if number not in gone
    ]
    check(SegmentFile(out.getvalue()), kept)


def test_long_texts_and_many_paragraphs_need_wider_numbers():
    long = ["a"] * 70_000 + ["b"]
    segment = written([(["x"], [long, *[["c"]] * 300, ["b", "b"]])])
    assert read(segment, "text") == standing([long, *[["c"]] * 300, ["b", "b"]])
    assert segment.lengths("text")[0] == 0xFFFF


def test_words_that_begin_so():
    segment = written([([], [["roads", "road", "roam", "éclair", "é"]])])

    def beginning(prefix):
        return [segment.word("text", n) for n in segment.words_with_prefix("text", prefix)]

    assert beginning("road") == ["road", "roads"]
    assert beginning("é") == ["é", "éclair"]
    assert beginning("z") == []
    assert len(beginning("")) == 5


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_a_flipped_bit_is_noticed_or_was_not_read(data):
    articles = [(forms("A title here"), [forms("the ship and the road"), forms("a treaty")])] * 3
    content = bytearray(written(articles)._content)
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= 1 << data.draw(st.integers(0, 7))
    try:
        segment = SegmentFile(bytes(content))
        check(segment, articles)
    except Damaged:
        return
    # The first bytes only tell people what the file is.
    assert place < 8


def test_a_flipped_bit_in_any_byte_is_noticed():
    content = bytes(written([(forms("A title"), [forms("the ship and the road")])])._content)
    for place in range(8, len(content)):
        damaged = bytearray(content)
        damaged[place] ^= 1 << place % 8
        with pytest.raises(Damaged):
            SegmentFile(bytes(damaged)).verify()


@pytest.mark.parametrize("length", [0, 1, 27, 28, 60])
def test_a_cut_file_is_noticed(length):
    with pytest.raises(Damaged):
        SegmentFile(bytes(written([([], [["ship"]])])._content)[:length])
