"""Aligning a claim's words with a text: the cheapest alignment, and what editors may change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.citing.alignment import align, changes, claim_words, text_words


def compared(claim, text):
    ours, theirs = claim_words(claim), text_words(text)
    found = align([w.form for w in ours.words], ours.gaps, [w.form for w in theirs])
    return found.cost, changes(ours, text, theirs, found)


@pytest.mark.parametrize(
    "claim",
    [
        "We came to sign a treaty, not to take photographs",
        "WE CAME  to sign a treaty — not to take photographs!",
        "we came … not to take photographs",
        "We came […] not to take photographs.",
        "We came ... photographs",
        "[w]e came to sign a treaty [sic]",
        "sign a treaty, not",
    ],
)
def test_what_an_editor_forgives(claim):
    text = "“We came to sign a treaty, not to take photographs,” said the mediator."
    assert compared(claim, text)[0] == 0


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("the dogs' bowl", "the dogs’ bowl"),
        ("it cost 1000 euros", "It cost 1,000 euros."),
        ("well known", "well-known"),
    ],
)
def test_how_words_are_written_does_not_count(claim, text):
    assert compared(claim, text)[0] == 0


@pytest.mark.parametrize(
    ("claim", "text"), [("co-operation works", "Cooperation works."), ("the US", "the U.S.")]
)
def test_how_words_are_put_together_does_not_count(claim, text):
    assert all(change.same for change in compared(claim, text)[1])


@pytest.mark.parametrize(
    ("claim", "text", "cost"),
    [
        ("we came to sign a peace", "we came to sign a treaty", 1),
        ("we came to a treaty", "we came to sign a treaty", 1),
        ("we never came to sign", "we came to sign", 1),
        ("a cut of 5%", "a cut of 5", 1),
        ("it was he", "it was she", 1),
        ("its", "it’s", 0),  # an apostrophe is a mark
        ("a … treaty we came", "we came to sign a treaty", 2),
    ],
)
def test_other_words_count(claim, text, cost):
    assert compared(claim, text)[0] == cost


def test_changes():
    _, found = compared("They shall come to sign it", "that they will come soon to sign it")
    assert [(c.claimed, c.original, c.same) for c in found] == [
        ("They", "they", True),
        ("shall", "will", False),
        ("come", "come", True),
        ("", "soon", False),
        ("to sign it", "to sign it", True),
    ]


WORDS = st.lists(st.sampled_from("abcd"), max_size=8)


@given(WORDS, WORDS)
def test_alignments_are_the_cheapest(words, text):
    found = align(words, frozenset(), text)
    assert found.cost == min(
        distance(words, text[start:end])
        for start in range(len(text) + 1)
        for end in range(start, len(text) + 1)
    )
    assert [a for a, _ in found.pairs if a is not None] == list(range(len(words)))
    assert [b for _, b in found.pairs if b is not None] == list(range(found.start, found.end))


def distance(one, other):
    row = list(range(len(other) + 1))
    for number, a in enumerate(one, start=1):
        last, row[0] = row[0], number
        for place, b in enumerate(other, start=1):
            last, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, last + (a != b))
    return row[-1]


@given(st.text(max_size=60))
def test_any_text_is_read(text):
    words = claim_words(text).words
    assert all(0 <= word.start < word.end for word in words)
    assert [w.form for w in text_words(text)] == [w.form for w in text_words(text.upper())] or any(
        char.upper().casefold() != char.casefold() for char in text
    )
