"""Near spellings: the distance is right, and the signatures leave out no word that is near."""

from hypothesis import given
from hypothesis import strategies as st
from whoosh.support.levenshtein import damerau_levenshtein

from reader.language.spelling import Distance, signature, with_near_signature

WORDS = st.text("abcé", max_size=8)


@given(WORDS, WORDS)
def test_the_distance_is_that_of_whoosh(one, other):
    expected = damerau_levenshtein(one, other)
    assert Distance(one).to(other, 20) == expected
    for most in range(4):
        assert (Distance(one).to(other, most) <= most) == (expected <= most)


@given(st.text(max_size=10), st.lists(st.text(max_size=10), max_size=5), st.integers(1, 2))
def test_no_near_word_is_left_out(word, others, edits):
    others = [*others, word[1:], word[::-1][:2] + word[2:], word + "x", "é" + word[1:]]
    found = set(with_near_signature(signature(word), map(signature, others), edits))
    for place, other in enumerate(others):
        if damerau_levenshtein(word, other) <= edits:
            assert place in found


def test_a_signature_fits_in_32_bits():
    assert signature("the quick brown fox jumps over a lazy dog, 0123456789 é漢") < 1 << 32
