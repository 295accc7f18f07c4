"""Addresses that lead to the words of a quotation in a page."""

import re
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from reader.citing.passages import citations_of
from reader.citing.text_fragments import PageText, with_fragment
from reader.model.article import Article, Paragraph
from reader.model.locator import Locator


def fragment(text, said):
    start = text.index(said)
    return PageText(text).fragment(start, start + len(said))


def test_short_words_are_given_in_full_and_encoded():
    assert fragment("He said “one-two, 5% & more.” Then", "one-two, 5% & more.") == (
        ":~:text=one%2Dtwo%2C%205%25%20%26%20more"
    )


def test_of_long_words_the_ends():
    said = "the harbour will open for ships of every kind before the summer ends"
    assert fragment(f"Title\nBerg said: {said}.", said) == (
        ":~:text=the%20harbour%20will%20open,before%20the%20summer%20ends"
    )


def test_words_that_stand_before_get_more_words_or_what_is_before_them():
    text = "It is open\nOlaf Berg said it is open today."
    start = text.index("it is open")
    assert PageText(text).fragment(start, start + 10) == ":~:text=Berg%20said-,it%20is%20open"


def test_words_that_cannot_be_told_apart_get_none():
    assert PageText("Yes.\nYes.").fragment(5, 8) is None


def test_an_address_with_a_fragment_keeps_it():
    assert with_fragment("https://a.b/c", ":~:text=x") == "https://a.b/c#:~:text=x"
    assert with_fragment("https://a.b/c#d", ":~:text=x") == "https://a.b/c#d:~:text=x"
    assert with_fragment("https://a.b/c#:~:text=y", ":~:text=x") == "https://a.b/c#:~:text=x"


def test_a_quotation_over_paragraphs_is_a_range():
    article = Article(
        "a",
        "T",
        (
            Paragraph(1, "Olaf Berg said: “The harbour opens today for all."),
            Paragraph(2, "“It will stay open for a long time,” he said."),
        ),
        url="https://a.b/c",
    )
    ((passage,),) = [c.passages for c in citations_of([(article, Locator("a", 1, 1))], None, False)]
    assert passage.fragment == ":~:text=The%20harbour%20opens%20today,for%20a%20long%20time"


WORD = st.sampled_from("the harbour is open, not - shut & Ünal 5%".split())


@given(st.lists(st.lists(WORD, min_size=1, max_size=20).map(" ".join), min_size=1), st.data())
def test_what_a_browser_marks_first_is_the_quotation(paragraphs, data):
    text = "\n".join(paragraphs)
    words = list(re.finditer(r"\w+", text))
    first = data.draw(st.integers(0, len(words) - 1)) if words else 0
    if not words:
        return
    last = data.draw(st.integers(first, len(words) - 1))
    start, end = words[first].start(), words[last].end()
    directive = PageText(text).fragment(start, end)
    if directive is None:
        return
    before, begin, *closing = (
        unquote(part) for part in re.sub(r"^:~:text=(?!.*-,)", ":~:text=-,", directive)
        .removeprefix(":~:text=").replace("-,", ",", 1).split(",")
    )  # fmt: skip
    found = re.search(rf"(?<!\w){re.escape(before)}\s*({re.escape(begin)})(?!\w)", text, re.I)
    assert found.start(1) == start
    finish = found.end()
    if closing:
        finish = (
            re.compile(rf"(?<!\w){re.escape(closing[0])}(?!\w)", re.I).search(text, finish).end()
        )
    assert finish == end
