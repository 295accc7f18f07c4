"""Words of a text: their forms, their offsets, their modes, and compounds joined by hyphens."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.language.snowball import stemmer
from reader.language.tokens import Mode, compounds, forms, query_tokens, stem, tokenize, words


def test_words():
    text = "Zangazur’s O'Neill don’t naïve İstanbul ƏLİYEV 5.93 state-of-the-art snake_case"
    assert [token.form for token in tokenize(text)] == [
        *("zangazur", "oneill", "dont", "naive", "istanbul", "aliyev", "5.93"),
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
def test_signs_are_tokenized_in_pairs(text, expected):
    assert forms(text) == expected
    for token in tokenize(text):
        assert text[token.start : token.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,234,567.89 of 500,000 in 3.5mm, $3.5bn", "1234567.89 of 500000 in 3.5 mm 3.5 bn"),
        ("20.05.2021 1.2.3 1990,1991 3. 5, v3.5 21st", "20 05 2021 1 2 3 1990 1991 3 5 v3 5 21st"),
        ("the U.N. and U.N.-led e.g. bbc.co.uk J.R.R. A.", "the un and un led eg bbc co uk jrr a"),
        ("US, U.S. and U.S.-led, not us; WHO, who", "u.s u.s and u.s led not us w.h.o who"),
        ("the US's own, IT", "the u.s own i.t"),
        ("TELL US WHO THE U.S. IS", "tell us who the u.s is"),
        ("C++, C# and F#; C+ and #tag", "c++ c# and f# c and tag"),
        ("Me\u0301xico México Viê\u0323t", "mexico mexico viet"),
        ("مُحَمَّد שָׁלוֹם", "محمد שלום"),
        ("govern\u00adment me\u200bet", "government meet"),
    ],
)
def test_signs_and_marks_inside_words(text, expected):
    assert forms(text) == expected.split()
    assert [token.form for token in tokenize(text)] == expected.split()


@pytest.mark.parametrize(
    ("text", "part"), [("ภาษาไทย", "ไทย"), ("ປະເທດລາວ", "ລາວ"), ("မြန်မာ", "မာ")]
)
def test_scripts_without_spaces(text, part):
    whole, inner = forms(text), [token.form for token in query_tokens(part)]
    assert any(whole[at : at + len(inner)] == inner for at in range(len(whole)))


def test_stems_keep_words_apart():
    pairs = ["organ organization", "even evening", "universe university", "policy police"]
    for first, second in map(str.split, pairs):
        assert stem(first) != stem(second)
    assert stem("talks") == stem("talk") == stem("talking")
    assert stem("u.s") == "u.s"


def test_queries_omit_the_end_of_a_run():
    assert [token.form for token in query_tokens("中国経済")] == ["中国", "国経", "経済"]
    assert [token.form for token in query_tokens("国")] == ["国"]
    assert [token.form for token in query_tokens("the road")] == ["the", "road"]


def test_hyphens_join():
    text = "His co-operation with Al-Qaeda‑men, 15-1/4 a year-end, non-3 -x y- O'Neill-Smith"
    found = compounds(text)
    words = forms(text)
    assert [form for _, form in found] == ["cooperation", "alqaedamen", "yearend", "oneillsmith"]
    assert [words[number] for number, _ in found] == ["co", "al", "year", "oneill"]


@pytest.mark.parametrize("text", ["the 1990's-style era", "1'a-b", "a-b'1", "a-bc’1", "x'1'a-b"])
def test_part_of_a_longer_word_is_not_joined(text):
    assert compounds(text) == []


@example("the 1990's-style era")
@example("1'a-b")
@example("a-b'1")
@example("e\u0301a-b c\u0301-d x.a-b a-b.c a.b-c")
@given(st.text("aé'-‑ 1中한b’.,+#_U\u0301\u00adกี", max_size=30))
def test_forms_tokens_and_compounds_agree(text):
    assert forms(text) == [token.form for token in tokenize(text)]
    for number, form in compounds(text):
        assert form.startswith(forms(text)[number])


@pytest.mark.parametrize(
    ("mode", "text", "expected"),
    [
        (Mode.SEARCH, "Dr. O’Neill’s 1,500.5 co-op", "dr oneill 1500.5 co op"),
        (Mode.VERBATIM, "U.S. O’Neill’s 1,500.5 = 50% Ü", "us oneills 1500.5 50 % ü"),
        (Mode.VERBATIM, "dogs' 10:30 1,50 [T]he", "dogs 10:30 1,50 t he"),
        (Mode.CONTEXT, "Don’t! 1990s O'Neill's", "don’t 1990 s o'neill s"),
        (Mode.NAME, "jf kennedy_2", "jf kennedy_2"),
        (
            Mode.SURFACE,
            "Dr. J.F. al-Sisi, @X \ue000\ue000!",
            "Dr. J.F. al-Sisi , @X \ue000\ue000 !",
        ),
        (Mode.SURFACE, "The dogs' AT&T", "The dogs' AT&T"),
    ],
)
def test_modes(mode, text, expected):
    assert words(text, mode) == expected.split()
    assert [token.form for token in tokenize(text, mode)] == expected.split()


@given(st.sampled_from(Mode), st.text("aé'-‑ 1中한b’.,%@", max_size=30))
def test_tokens_stand_in_their_order(mode, text):
    end = 0
    for token in tokenize(text, mode):
        assert end <= token.start < token.end or mode is Mode.SEARCH
        assert text[token.start : token.end]
        end = token.end


@given(st.text("abcdefgilmnoprstuvy", min_size=1, max_size=14))
@example("psychologists")
@example("internationally")
def test_stems_are_those_of_snowball(word):
    exceptions = {"evening": "evening", "evenings": "evening"}
    assert stem(word) == exceptions.get(word, stemmer("english")(word))
