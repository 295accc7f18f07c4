"""HTML that is an article already: bodies of feeds, mails and books."""

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import UnreadableFile
from reader.formats.fragment import read_fragment
from reader.language.clean import normalize
from reader.model.article import Block, Paragraph, StyledSpan


def texts(html, first=1):
    return [paragraph.text for paragraph in read_fragment(html, first)[0]]


def test_paragraphs_headings_items_and_quotations_in_their_order():
    paragraphs, blocks = read_fragment(
        "<h2>The talks</h2><p>They met\n in <em>Vienna</em>.</p>"
        "<blockquote><p>First.</p><p>Second.</p></blockquote>"
        "<ul><li>One</li><li><p>Two</p></li></ul><hr><p>The end.</p>",
        first=7,
    )
    assert paragraphs == (
        Paragraph(7, "They met in Vienna.", spans=(StyledSpan(12, 18, "emphasis"),)),
        Paragraph(8, "First.", "quoted"),
        Paragraph(9, "Second.", "quoted"),
        Paragraph(10, "One", "item"),
        Paragraph(11, "Two", "item"),
        Paragraph(12, "The end."),
    )
    assert blocks == (Block(7, "heading", "The talks", 2), Block(12, "rule"))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("One<br>line.<br><br>Another.", ["One line.", "Another."]),
        ("<div>One<br/> <br/>\n<br/>two</div>three", ["One", "two", "three"]),
        ("<p>One</p>two<div>three <p>four</p> five</div>", ["One", "two", "three", "four", "five"]),
        ("<table><tr><td><p>A column of prose.</p></td><td>Another</td></tr></table>",
         ["A column of prose.", "Another"]),
        ("wo<b>rd</b>s a<span> b </span>c", ["words a b c"]),
        ("<p>Tolls<sup><a href='#n1'>1</a></sup> rose 10<sup>th</sup></p>", ["Tolls rose 10th"]),
        ("<p>He said <q>no</q>.</p>", ["He said “no”."]),
        ("<ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>", ["港"]),
        ("AT&amp;T &nbsp;&eacute;&#8217;s &lt;b&gt;", ["AT&T é’s <b>"]),
        ("text only, no tags", ["text only, no tags"]),
        ("", []),
        ("<p>&nbsp;</p><p>&zwnj;&#847; </p>", []),
        ("<p>\x00a\x1b[31mb\u202ec</p>", ["a[31mbc"]),
    ],
)  # fmt: skip
def test_what_a_paragraph_is(html, expected):
    assert texts(html) == expected


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display: none;max-height:0">X</div>',
        '<span style="mso-hide:all">X</span>',
        '<div style="overflow:hidden; max-height:0px">X</div>',
        "<p hidden>X</p>",
        "<style>.pre, .x { display:none !important }</style><p class='pre'>X</p>",
        "<script>X</script>",
        "<!-- X -->",
        "<noscript>X</noscript><iframe>X</iframe><button>X</button>",
        "<head><title>X</title></head>",
    ],
)
def test_what_a_browser_does_not_show_is_left_out(hidden):
    assert texts(f"<p>Before.</p>{hidden}<p>After.</p>") == ["Before.", "After."]


def test_what_only_small_screens_hide_is_kept():
    sheet = "<style>/* .a{display:none} */ @media (max-width:9px){.a{display:none}}</style>"
    assert texts(f"{sheet}<p class=a>Shown.</p>") == ["Shown."]
    assert texts('<td style="font-size:0px"><div style="font-size:16px">Shown.</div></td>') == [
        "Shown."
    ]


def test_links_and_styles_over_the_borders_of_elements():
    paragraphs, _ = read_fragment(
        '<a href="https://x.example/a"><p>Whole <b>link</b></p></a><p>'
        '<a href="javascript:alert(1)">no</a> <a href="#top">address</a></p>'
    )
    assert paragraphs[0].spans == (
        StyledSpan(0, 10, "link", "https://x.example/a"),
        StyledSpan(6, 10, "strong"),
    )
    assert paragraphs[1] == Paragraph(2, "no address")


def test_tables_of_data_code_captions_and_footnotes_are_blocks():
    paragraphs, blocks = read_fragment(
        "<figure><img alt=x><figcaption>The <i>pier</i>.</figcaption></figure><p>Text.</p>"
        "<table><tr><th>Port</th><th>Toll</th></tr><tr><td>Baku</td><td>4<br>5</td></tr></table>"
        "<pre><code>if a:\n    b</code></pre>"
        '<aside epub:type="footnote"><p>A note.</p></aside>'
    )
    assert [paragraph.text for paragraph in paragraphs] == ["Text."]
    assert blocks == (
        Block(1, "caption", "The pier.", spans=(StyledSpan(4, 8, "emphasis"),)),
        Block(2, "table", "Port\tToll\nBaku\t4 5"),
        Block(2, "code", "if a:\n    b"),
        Block(2, "footnote", "A note."),
    )


def test_a_letter_set_in_one_block_is_prose_and_not_code():
    first = "The harbour authority said on Monday that tolls for freighters\nwill rise by far."
    second = "Owners said that this was more than they had been told in the last spring."
    html = f"<pre>{first}\n\n{second}</pre>"
    assert texts(html) == [first.replace("\n", " "), second]


@pytest.mark.parametrize(
    "content",
    [
        '<meta charset="windows-1251"><p>Порт</p>'.encode("cp1251"),
        '<?xml version="1.0" encoding="utf-16"?><p>Порт</p>'.encode("utf-16"),
        "<p>Порт</p>".encode(),
        '<meta charset="no-such"><p>Порт</p>'.encode(),
    ],
)
def test_bytes_are_decoded_as_they_say(content):
    assert texts(content) == ["Порт"]


def test_empty_elements_of_xhtml_end_where_they_begin():
    page = (
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/>'
        '<script src="a.js"/></head><body><h1/><p><i/>One<br/>two</p></body></html>'
    )
    assert read_fragment(page) == ((Paragraph(1, "One two"),), ())


@pytest.mark.parametrize(
    "html",
    ["<div>" * 5000 + "x", "<b>" * 500_000, "<a " + " ".join(f"a{n}" for n in range(40_000)) + ">"],
)
def test_what_takes_too_long_or_would_be_cut_off_is_refused(html):
    with pytest.raises(UnreadableFile, match=r"too|more"):
        read_fragment(html)


@pytest.mark.parametrize(
    "piece",
    [
        "<p>x",
        "<b>x</b> ",
        "<br>x<br>",
        "x &nbsp; ",
        "<i>x<p>",
        "<table><tr><td>a</td><td>b</td></tr></table>",
        "<style>a{b}/*",
        "<style>.a{height:0;",
        "<li><a href=http://a.b>x",
        "<pre>a\n\n",
        "height:0;",
    ],
)
def test_time_is_in_proportion_to_length(piece):
    def seconds(count):
        html = piece * count
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            with contextlib.suppress(UnreadableFile):
                read_fragment(html)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(8_000) < 4 * 2.5 * seconds(2_000) + 0.02


@given(st.text() | st.lists(st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<a href='http://x.y'>", "</a>", " ", "é", "e", "\u0301", "<br>",
     "<li>", "<table>", "<tr>", "<td>", "<pre>", "</pre>", "\x1b", "<q>", "<h1>", "</h1>"]
)).map("".join))  # fmt: skip
def test_any_text_gives_clean_paragraphs_and_spans_within_them(html):
    paragraphs, blocks = read_fragment(html)
    assert [paragraph.number for paragraph in paragraphs] == list(range(1, len(paragraphs) + 1))
    for paragraph in paragraphs:
        assert paragraph.text
        assert paragraph.text == normalize(paragraph.text)
        assert list(paragraph.spans) == sorted(paragraph.spans)
        assert all(0 <= s.start < s.end <= len(paragraph.text) for s in paragraph.spans)
    assert all(1 <= block.before <= len(paragraphs) + 1 for block in blocks)
