"""Words of a text: their forms, their offsets, and compounds joined by hyphens."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.index.analysis import compounds, forms, tokenize, tokens_asked_for


def test_words():
    text = "Zangazur’s O'Neill don’t naïve İstanbul ƏLİYEV 5.93 state-of-the-art snake_case"
    assert [token.form for token in tokenize(text)] == [
        *("zangazur", "oneill", "dont", "naive", "istanbul", "aliyev", "5", "93"),
        *("state", "of", "the", "art", "snake", "case"),
    ]
    assert text[slice(*tokenize(text)[0][:2])] == "Zangazur’s"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("中国経済", ["中国", "国経", "経済", "済"]),
        ("GDPは3%の成長", ["gdp", "は", "3", "の成", "成長", "長"]),
        ("한국 경제", ["한국", "국", "경제", "제"]),
        ("ﾃｽﾄ", ["テス", "スト", "ト"]),
    ],
)
def test_signs_are_found_by_pairs(text, expected):
    assert forms(text) == expected
    for token in tokenize(text):
        assert text[token.start : token.end]


def test_the_end_of_a_run_is_not_asked_for():
    assert [token.form for token in tokens_asked_for("中国経済")] == ["中国", "国経", "経済"]
    assert [token.form for token in tokens_asked_for("国")] == ["国"]
    assert [token.form for token in tokens_asked_for("the road")] == ["the", "road"]


def test_hyphens_join():
    text = "His co-operation with Al-Qaeda‑men, 15-1/4 a year-end, non-3 -x y- O'Neill-Smith"
    found = compounds(text)
    words = forms(text)
    assert [form for _, form in found] == ["cooperation", "alqaedamen", "yearend", "oneillsmith"]
    assert [words[number] for number, _ in found] == ["co", "al", "year", "oneill"]


# The marks go when compounds behind a figure with an apostrophe are joined from the figure on.
@example("1'a-b").xfail(raises=AssertionError)
@example("the 1990's-style era").xfail(raises=AssertionError)
@given(st.text("aé'-‑ 1中한b’", max_size=30))
def test_forms_tokens_and_compounds_agree(text):
    words = forms(text)
    assert words == [token.form for token in tokenize(text)]
    for number, form in compounds(text):
        assert form.startswith(words[number])
