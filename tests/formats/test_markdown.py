"""Markdown: a paragraph is a block as a viewer shows it."""

import datetime

import pytest
from articles import parse
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model.article import Paragraph, StyledSpan

PROSE = "The delegates arrived on Monday and began to talk at once, as nobody had expected."


def read(text):
    return parse(text.encode(), "folder/name", ".md")


def parts(text):
    """The kind and the text of each paragraph and block; a heading with its level."""
    return [
        (part.role if isinstance(part, Paragraph) else f"{part.kind}{part.level or ''}", part.text)
        for part in read(f"# Title\n\n{text}").parts
    ]


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("The [tolls *will*](https://a.example/b_c) rise.", "The tolls will rise."),
        (
            "The [tolls][1] will [rise].\n\n[1]: https://a.example\n[rise]: /b",
            "The tolls will rise.",
        ),
        ("One  \ntwo\\\nthree\nfour<br>five", "One two three four five"),
        (r"Not \*one\* 1\. \_two\_", "Not *one* 1. _two_"),
        ("R&amp;D &ldquo;x&rdquo; &#8212; AT&T", "R&D “x” — AT&T"),
        ("<em>One</em> <q>two</q> H<sub>2</sub>O<!-- no --> <b>x", "One “two” H2O x"),
        ("==Marked== and ~~gone~~, a == b", "Marked and gone, a == b"),
        ("[[Page|the text]], [[Page]]", "the text, Page"),
        ("Words. ^abc123", "Words."),
        ("`a*b*` snake_case_word", "a*b* snake_case_word"),
        ("[Note]: important", "[Note]: important"),
        ("Angle <Reed> brackets", "Angle <Reed> brackets"),
        ("14. Mai 2026 war es.", "14. Mai 2026 war es."),
        ("<https://a.example>", "https://a.example"),
        ("Said.[^1]\n\n[^1]: A note.", "Said."),
        ("Unknown[^2]", "Unknown[^2]"),
        ("![a](b.png) Beside", "Beside"),
        ("<div>Raw <b>text</b> &amp; more</div>", "Raw text & more"),
    ],
)
def test_a_paragraph_as_a_viewer_shows_it(markdown, text):
    (paragraph,) = read(f"# Title\n\n{markdown}\n").paragraphs
    assert paragraph.text == text


def test_links_and_styles_are_data():
    text = "A **bold [link](https://a.example/?b=1&c=2)**   and *this*.[^n]\n\n[^n]: x"
    (paragraph,) = read(text).paragraphs
    assert paragraph.text == "A bold link and this."
    assert paragraph.spans == (
        StyledSpan(2, 11, "strong"),
        StyledSpan(7, 11, "link", "https://a.example/?b=1&c=2"),
        StyledSpan(16, 20, "emphasis"),
        StyledSpan(21, 21, "link", "#footnote-1"),
    )


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        (
            "> One.\n>\n> Two.\n> > Three.",
            [("quoted", "One."), ("quoted", "Two."), ("quoted", "Three.")],
        ),
        ("> [!quote]- The *Head*\n> One.", [("heading6", "The Head"), ("quoted", "One.")]),
        ("> [!note] Only this", [("quoted", "Only this")]),
        ("> [!warning]\n> One.", [("quoted", "One.")]),
        (
            "- One\n  - Two\n\n    Three\n1. Four\n2. Five",
            [("item", t) for t in ("One", "Two", "Three", "Four", "Five")],
        ),
        ("> - One", [("quoted", "One")]),
        (
            "## Sub\n\nOne\n\nSetext\n---",
            [("heading2", "Sub"), ("text", "One"), ("heading2", "Setext")],
        ),
        (f"{PROSE}\n---", [("text", PROSE), ("rule", "")]),
        ("```py\nprint(1)\n\tx\n```\n\n    code", [("code", "print(1)\n    x"), ("code", "code")]),
        ("|a|b|\n|-|-|\n|*c*|d \\| e|", [("table", "a\tb\nc\td | e")]),
        ("![A *port*](p.png)", [("caption", "A port")]),
        ("![A|300](p.png)\n*By Jo*", [("caption", "A"), ("caption", "By Jo")]),
        (
            "![[p.png]] ![[p.png|200]] ![[p.png|A]] ![[Note]]",
            [("caption", "A"), ("caption", "Note")],
        ),
        ("[![A](p.png)](https://a.example)", [("caption", "A")]),
        (
            "One[^1].\n\n[^1]: Two *three*.\n\n    Four.",
            [("text", "One."), ("footnote", "Two three. Four.")],
        ),
        (
            "<blockquote>One<p>Two</blockquote>\n\nThree",
            [("quoted", "One"), ("quoted", "Two"), ("text", "Three")],
        ),
        (
            "<figure><img alt='A' src=b><figcaption>C</figcaption></figure>",
            [("caption", "A"), ("caption", "C")],
        ),
        ("<script>\nx < 1\n</script>\n\n<!-- a\n\nb -->\n\nOne", [("text", "One")]),
        ("<h3>Sub</h3>\n<ul>\n<li>One</li></ul>", [("heading3", "Sub"), ("item", "One")]),
    ],
)
def test_kinds_of_blocks(markdown, expected):
    assert parts(markdown) == expected


@pytest.mark.parametrize(
    ("text", "title", "paragraphs"),
    [
        ("# Tolls *rise*\n\nThe minister agreed.\n\nShips pay from 3 May 2024.", "Tolls rise", 2),
        ("Tolls rise\n===\n\nHarbour\n\nOne more.", "Tolls rise", 2),
        ("## Kicker\n\n# Tolls rise\n\nOne.", "Tolls rise", 1),
        (f"{PROSE}\n\n# Tolls rise\n\nOne.", "Tolls rise", 2),
        (f"{PROSE}\n\n## Background\n\nOne.", "name", 2),
        (f"Tolls rise\n\n{PROSE}", "Tolls rise", 1),
        (f"The Post\n\nTolls rise in March\n\n{PROSE}", "name", 3),
        ("Buy milk\n\nCall Jane\n\nThat is it", "name", 3),
        ("This is the content", "name", 1),
        (f"> [!quote] Tolls\n> {PROSE}\n\nOne.", "name", 2),
    ],
)
def test_titles(text, title, paragraphs):
    article = read(text)
    assert (article.title, len(article.paragraphs)) == (title, paragraphs)
    assert (article.date, article.source, article.section, article.author) == (None,) * 4


def test_print_in_markdown_is_read_where_its_header_has_a_mark():
    article = read(f"Tolls Rise\n\nThe Post, 14 May 2024\nBy Jane Doe\n\n{PROSE} [More](x).")
    assert (article.title, article.source, article.author) == ("Tolls Rise", "The Post", "Jane Doe")
    assert article.date == datetime.date(2024, 5, 14)
    assert len(article.paragraphs) == 1


def test_a_byline_below_a_heading():
    article = read(f"# Tolls Rise\n\nBy Jane Doe\n\n14 May 2024\n\n{PROSE}")
    assert (article.title, article.author, article.source) == ("Tolls Rise", "Jane Doe", None)
    assert article.date == datetime.date(2024, 5, 14)
    assert [paragraph.text for paragraph in article.paragraphs] == [PROSE]


def test_an_export_of_readwise():
    article = read(
        "# Tolls\n\n![rw-book-cover](https://a.example/c.png)\n\n## Metadata\n"
        "- Author: [[Nora Quist]]\n- Full Title: Tolls to rise\n- Category: #articles\n"
        "- Summary: What it says.\n- URL: https://news.example.com/a_b\n\n## Highlights\n"
        "- They rise. ([View Highlight](https://read.example/1))\n    - Note: check\n"
    )
    assert (article.title, article.author) == ("Tolls to rise", "Nora Quist")
    assert (article.url, article.source) == ("https://news.example.com/a_b", "news.example.com")
    texts = [paragraph.text for paragraph in article.paragraphs]
    assert texts == ["Summary: What it says.", "They rise.", "Note: check"]


def test_a_raw_export_of_joplin():
    article = read(
        f"Tolls rise\n\n{PROSE}\n\nid: {'0a' * 16}\nparent_id: \ncreated_time: 2026-11-20T08:30\n"
        "author: Nora Quist\nsource_url: https://news.example.com/a\nis_todo: 0\ntype_: 1\n"
    )
    assert (article.title, article.author, article.date) == ("Tolls rise", "Nora Quist", None)
    assert article.url == "https://news.example.com/a"
    assert [paragraph.text for paragraph in article.paragraphs] == [PROSE]


def test_lines_that_only_look_like_metadata_are_text():
    for text in ("- Weber: I say no.\n- Reed: I say yes.", "Author: nobody knows", "Date: today"):
        assert " ".join(p.text for p in read(f"# A\n\n{text}\n\n{PROSE}").paragraphs) != PROSE


@settings(deadline=None)
@given(
    st.lists(st.sampled_from("word > - * _ ` [ ] ( ) ! # \n \n\n   ~ = | & ; < / b 1 .".split(" ")))
)
def test_no_word_is_lost(pieces):
    text = "".join(pieces).replace("<", "< ")
    read_text = " ".join([read(text).title, *(part.text for part in read(text).parts)])
    # Addresses, and what stands for a language behind a fence, are no words.
    if "](" not in text and "```" not in text and "~~~" not in text and "]:" not in text:
        assert read_text.count("word") >= text.count("word")


@pytest.mark.parametrize(
    "piece", ["a\n\n", "![", "[", "[[", "> a\n", "- a\n", "[^1]: a\n", "|a\n|-\n", "**a ", "<b>"]
)
def test_what_would_take_too_long_is_read_as_it_stands(piece):
    article = read(piece * (400_000 // len(piece)) + "\n\nThe end.\n\n*x*")
    assert article.paragraphs[-2].text.endswith("The end.")
    assert len(article.warnings) == 1


@pytest.mark.parametrize("piece", ["> ", "- ", "* ", "1. "])
def test_what_is_nested_without_end_is_read(piece):
    assert "word" in " ".join(part.text for part in read(piece * 500 + "word").parts)
