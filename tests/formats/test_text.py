"""Plain text: its header, its paragraphs, its encoding."""

import datetime
import re
from collections import Counter

import pytest
from articles import parse
from hypothesis import example, given
from hypothesis import strategies as st

from reader.formats import decode
from reader.formats.dates import find_date
from reader.formats.text import parse_text
from reader.settings import bundled_corpus

PROSE = "The delegates arrived on Monday and began to talk at once, as nobody had expected."


def read(text):
    return parse(text.encode(), "folder/name")


def test_the_bundled_article():
    (path,) = bundled_corpus().glob("*.txt")
    article = parse(path.read_bytes(), path.stem)
    assert article.section == "Caspian Region"
    assert article.title == (
        "Azerbaijan Ready to Engage in Peace Talks with Armenia - President Ilham Aliyev"
    )
    assert article.source == "The Caspian Post"
    assert article.credit == "Alexandros Michailidis/Shutterstock"
    assert (article.date, article.author, article.url) == (None, None, None)
    assert [paragraph.number for paragraph in article.paragraphs] == [1, 2, 3, 4, 5, 6, 7]
    assert article.paragraphs[6].text.endswith("Azerbaijani civilians were displaced.")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Talks Begin", {"title": "Talks Begin"}),
        ("Talks Begin\n\nReuters, 1987-02-26", {"source": "Reuters", "date": "1987-02-26"}),
        ("Talks Begin\n\nBy Jane Doe\n\nMay 3, 2021", {"author": "Jane Doe", "date": "2021-05-03"}),
        ("World\n\nTalks Begin\n\nThe Post", {"section": "World", "source": "The Post"}),
        (
            "20 May 2021\n\nTalks Begin Again\n\nThe Post",
            {"source": "The Post", "date": "2021-05-20"},
        ),
        (
            "Talks Begin\nBy JANE DOE\n\nPublished: Thu, 20 May 2021 14:30 GMT",
            {"author": "JANE DOE"},
        ),
        ("Talks Begin\n\nImage: A/B", {"credit": "A/B", "source": None}),
        (
            "Will the Talks in Vienna Ever Begin at All?",
            {"title": "Will the Talks in Vienna Ever Begin at All?"},
        ),
        ("By Jane Doe", {"author": "Jane Doe", "title": "name"}),
    ],
)
def test_headers_by_their_form(header, expected):
    article = read(f"{header}\n\n{PROSE}\n")
    found = {key: getattr(article, key) for key in expected}
    if "date" in expected:
        found["date"] = found["date"].isoformat()
    assert found == expected
    assert [paragraph.text for paragraph in article.paragraphs] == [PROSE]


def test_no_header_takes_the_title_from_the_file():
    article = read(f"{PROSE}\n\nShort end.\n")
    assert article.title == "name"
    assert [paragraph.text for paragraph in article.paragraphs] == [PROSE, "Short end."]


def test_figures_after_the_header_are_the_body_even_with_dates_in_them():
    table = ["Shr 34 cts vs 1.19 dlrs", "Net 807,000 vs 2,858,000", "Year ended Jan 31, 1987"]
    article = read("\n\n".join(["FIRM 4TH QTR NET", "Reuters, 1987-02-26", *table]))
    assert article.title == "FIRM 4TH QTR NET"
    assert [paragraph.text for paragraph in article.paragraphs] == table


def test_lines_of_a_block_are_one_paragraph_and_white_space_is_single():
    assert read(f"{PROSE}\r\nAnd\tit \u00a0went on.\r\n \r\nEnd.").paragraphs[0].text == (
        f"{PROSE} And it went on."
    )


def test_a_short_text_is_a_paragraph_not_a_title():
    article = read("Hello")
    assert (article.title, article.paragraphs[0].text) == ("name", "Hello")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("café".encode(), "café"),
        (b"\xef\xbb\xbfcaf\xc3\xa9", "café"),
        ("café “x”".encode("cp1252"), "café “x”"),
        (b"\xff\xfe" + "café".encode("utf-16-le"), "café"),
        (b"\xfe\xff" + "café".encode("utf-16-be"), "café"),
        (b"\x81\xff", "\ufffdÿ"),
    ],
)
def test_encodings(content, text):
    assert decode(content) == text


def test_what_commands_a_terminal_is_gone():
    article = read(f"\x1b[31mTitle\x1b[0m \x07Here\n\n{PROSE} \u202eevil\u202c \x9b1m end.\n")
    assert article.title == "[31mTitle[0m Here"
    assert article.paragraphs[0].text == f"{PROSE} evil 1m end."


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_any_bytes_give_a_clean_article(content):
    article = parse(content, "any")
    texts = [article.title, *(paragraph.text for paragraph in article.paragraphs)]
    for text in filter(None, [*texts, article.source, article.section, article.author]):
        assert text == " ".join(text.split())
        assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in text)
    assert [p.number for p in article.paragraphs] == list(range(1, len(article.paragraphs) + 1))


@given(st.lists(st.text("abc .\n,D-1", min_size=1, max_size=60), max_size=8))
def test_no_more_words_are_taken_for_the_header_than_its_fields_have(blocks):
    text = "\n\n".join(blocks)
    article = parse_text(text, "folder/name")
    body = sum(len(paragraph.text.split()) for paragraph in article.paragraphs)
    header = len(text.split()) - body
    assert header >= 0
    kept = [article.title, article.section, article.source, article.author]
    if header and not article.date:
        assert len(" ".join(filter(None, kept)).split()) >= header


HEADER = [
    "World",
    "Talks Begin",
    "By Ana Berg",
    "May 3, 2021",
    "The Post, 2021-05-20",
    "Photo: A/B",
]


@example(["Talks Begin", "By Ana Berg", "By Jan Hart"], [PROSE])
@given(
    st.lists(st.sampled_from(HEADER), unique=True),
    st.lists(st.text("abc .\n,D-1", min_size=1, max_size=60) | st.just(PROSE), max_size=4),
)
def test_every_word_is_in_the_header_or_the_body(header, blocks):
    text = "\n\n".join([*header, *blocks])
    article = parse_text(text, "folder/name")
    fields = [article.title, article.section, article.source, article.author, article.credit]
    body = [paragraph.text for paragraph in article.paragraphs]
    # Of the header, dates are kept as dates, and what only says what a line is goes.
    dates = [line for line in text.splitlines() if find_date(line)]
    left_out = words(text) - words(" ".join(filter(None, [*fields, *body, *dates])))
    assert set(left_out) <= {"by", "photo"}


def words(text):
    return Counter(re.findall(r"\w+", text.casefold()))


def test_minutes_and_words():
    article = read("Title\n\n" + "word " * 500 + "end.")
    assert (article.words, article.minutes) == (501, 2)
    assert isinstance(read("Title\n\n2021-01-02\n\nx").date, datetime.date)
