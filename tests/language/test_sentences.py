"""Where sentences begin and end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.language.sentences import sentences


@pytest.mark.parametrize(
    "parts",
    [
        ["One.", "Two!", "Three?", "“Four.”", "(Five.)", "Six"],
        ["Mr. Smith met Gen. J. Doe of the U.S. Army in Jan. 2021.", "He left."],
        ["It cost 3.5 mln dlrs.", "5 came.", "Was it… no."],
        ["He said: “Stop.", "Go on.”", "They went."],
        ["no end at all"],
    ],
)
def test_sentences(parts):
    text = " ".join(parts)
    assert [text[start:end] for start, end in sentences(text)] == parts


def test_sentences_without_spaces():
    assert [len("東京。"), 6] == [end for _, end in sentences("東京。大阪。")]


@given(st.text(max_size=80) | st.text("aA.!?” \n", max_size=40))
def test_nothing_but_white_space_is_between_sentences(text):
    text = " ".join(text.split())
    place = 0
    for start, end in sentences(text):
        assert not text[place:start].strip()
        assert start < end
        place = end
    assert not text[place:].strip()
