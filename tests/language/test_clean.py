"""Text is cleaned of what cannot be seen, and its letters are single characters."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.language.clean import normalize


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("ge\xadsell\xadschaft", "gesellschaft"),
        ("new\u200bspaper \ufeffof\u2060 a\u200c\u200d", "newspaper of a"),
        ("Cafe\u0301", "Café"),
        ("A\u030angstro\u0308m \u212b", "Ångström Å"),
        ("می\u200cشود", "می\u200cشود"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("a\xad \xad b", "a b"),
        ("\u1100\u1161", "가"),
    ],
)
def test_what_cannot_be_seen_goes(text, cleaned):
    assert normalize(text) == cleaned


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\xad\u200c\u200d\u0301e \n"))))
def test_cleaned_text_stays_as_it_is(text):
    cleaned = normalize(text)
    assert normalize(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert "\xad" not in cleaned
    assert cleaned == " ".join(cleaned.split())
