"""What `add` writes reads as the same article, to the letter."""

import datetime
from dataclasses import replace

import pytest
from articles import parse
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.formats.markdown import as_markdown
from reader.language.clean import normalize
from reader.model.article import Article, Block, Paragraph, StyledSpan

ADDED = datetime.date(2024, 2, 29)
# All that has a meaning in Markdown, and beside it what has none.
PIECES = [
    *"a b é “ ” 12 . ) ( \\ ` `` * ** *** _ __ [ ] [[ ]] ]( ]: ! ![ < > <b> </b> <br> <q>".split(),
    *"</em> & &amp; &#35; ~ ~~ = == === - --- + # ## | ^ ^abcd [^1] [^1]: [!note] \\* 1.".split(),
    *[" ", "\n", "\n\n", "\n> ", "\n- ", "    ", "\n# ", "\n---\n", "```", "http://a.b/c_d"],
    "| a | b |\n|---|---|\n",
]
LINE = st.lists(st.sampled_from([p for p in PIECES if "\n" not in p]), max_size=8).map(
    lambda pieces: normalize("".join(pieces))
)
WORDS = LINE.filter(bool)
TARGETS = st.sampled_from(["https://a.example/b_c(d)?e=f&copy;", "Page", "a <b> \\c", "#top"])
STYLES = st.sampled_from(["emphasis", "strong", "strike", "code", "link", "mark"])


def written(article):
    return parse(as_markdown(article, ADDED).encode(), article.id, ".md")


@st.composite
def spans(draw, text):
    """Nested spans, in the order that the reader gives them."""
    drawn = []
    for style in draw(st.lists(STYLES, max_size=3)):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        shown = text[start:end]
        crosses = any(s < start < e < end or start < s < end < e for s, e, *_ in drawn)
        if shown == shown.strip() and not crosses:
            target = draw(TARGETS) if style == "link" else None
            drawn.append(StyledSpan(start, end, style, target))
    return tuple(sorted(drawn, key=lambda span: (span.start, -span.end)))


@st.composite
def parts(draw):
    kinds = ["text", "quoted", "item", "heading", "caption", "code", "table", "rule", "footnote"]
    kind = draw(st.sampled_from(kinds))
    text = draw(WORDS)
    if kind == "rule":
        return kind, "", ()
    if kind == "code":
        return kind, "\n".join([text, *draw(st.lists(LINE, max_size=2)), "x"]), ()
    if kind == "table":
        columns = draw(st.integers(1, 3))
        rows = draw(st.lists(st.lists(LINE, min_size=columns, max_size=columns), min_size=1))
        table = "\n".join("\t".join(row) for row in [[text, *["x"] * (columns - 1)], *rows])
        return kind, table, ()
    if kind == "caption":
        return kind, text, draw(st.sampled_from([(), (StyledSpan(0, len(text), "link", "a.png"),)]))
    return kind, text, draw(spans(text))


@settings(deadline=None, max_examples=200)
@given(title=WORDS, body=st.lists(parts(), max_size=5), tags=st.lists(WORDS, max_size=2))
def test_an_article_of_any_parts(title, body, tags):
    paragraphs, blocks = [], []
    for kind, text, styles in body:
        if kind in ("text", "quoted", "item"):
            paragraphs.append(Paragraph(len(paragraphs) + 1, text, kind, spans=styles))
        else:
            level = 3 if kind == "heading" else 0
            blocks.append(Block(len(paragraphs) + 1, kind, text, level, styles))
    article = Article(
        "id",
        title,
        tuple(paragraphs),
        author=title,
        url="https://a.example/b",
        tags=tuple(tags),
        language="de",
        blocks=tuple(blocks),
    )
    assert written(article) == article


@settings(deadline=None, max_examples=300)
@example(["<a>b</a> ", "*", "_", "c", "_", "*"])
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_what_any_markdown_is_read_as(pieces):
    article = parse("".join(pieces).encode(), "id", ".md")
    assert written(article) == article


def test_styles_that_overlap_are_divided_and_the_text_is_whole():
    spans = (StyledSpan(0, 7, "strong"), StyledSpan(4, 11, "link", "https://a.example"))
    article = Article("id", "Title", (Paragraph(1, "One two three", spans=spans),))
    read = written(article)
    assert read.paragraphs[0].text == "One two three"
    assert read.paragraphs[0].spans == (
        StyledSpan(0, 7, "strong"),
        StyledSpan(4, 7, "link", "https://a.example"),
        StyledSpan(7, 11, "link", "https://a.example"),
    )


def test_what_the_first_format_wrote_keeps_its_text():
    texts = ["*One* [two](three)", "1. Four", "# Five", "    Six", "> Seven", "Eight", "---"]
    body = "\n\n".join(texts)
    front = "title: A\nsource: B\nurl: https://a.example/b\nadded: 2024-02-29"
    article = parse(f"---\n{front}\n---\n\n{body}\n".encode(), "id", ".md")
    assert [paragraph.text for paragraph in article.paragraphs] == [t.strip() for t in texts]
    again = written(article)
    assert replace(again, origins=()) == article


@pytest.mark.parametrize("text", ["> 12. [a](b)", "a | b", "\\\\", "``", "[^1]", "Über *uns*"])
def test_a_text_to_the_letter(text):
    article = Article("id", text, (Paragraph(1, text), Paragraph(2, text, "quoted")))
    assert written(article) == article


def test_pages_are_kept_until_paragraphs_are_added():
    article = Article(
        "id", "T", (Paragraph(1, "A.", page=3), Paragraph(2, "B."), Paragraph(3, "C.", page=12))
    )
    assert [p.page for p in written(article).paragraphs] == [3, None, 12]
    text = as_markdown(article, ADDED).replace("B.", "B.\n\nB too.")
    assert [p.page for p in parse(text.encode(), "id", ".md").paragraphs] == [None] * 4
    text = text.replace("pages: 3 0 12", "pages: 3 0 12 ²")
    assert [p.page for p in parse(text.encode(), "id", ".md").paragraphs] == [None] * 4
