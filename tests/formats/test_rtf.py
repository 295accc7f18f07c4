"""RTF: the text as accepted, tables and notes apart, characters in any encoding."""

import time
from contextlib import suppress

import pytest
from articles import parse
from documents import PROSE

from reader.errors import UnreadableFile
from reader.formats import guess_suffix
from reader.model.article import Block

pytest.importorskip("striprtf")
START = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fcharset204 Arial;}}"
)


def rtf(*paragraphs, start=START):
    return (start + "".join(rf"\pard {text}\par " + "\n" for text in paragraphs) + "}").encode()


def texts(content):
    return [paragraph.text for paragraph in parse(content, "a", ".rtf").paragraphs]


def test_a_printed_header_and_paragraphs():
    lines = ("Harbour tolls to rise", r"The Coast Post\line Photo: Tom Ash", "14 May 2026")
    article = parse(rtf(*lines, PROSE, "", r"\bullet  One.\line\line Two."), "a", ".rtf")
    assert (article.title, article.source) == ("Harbour tolls to rise", "The Coast Post")
    assert article.date.isoformat() == "2026-05-14"
    assert [(p.text, p.role) for p in article.paragraphs] == [
        (PROSE, "text"),
        ("One.", "item"),
        ("Two.", "text"),
    ]
    assert guess_suffix(rtf(PROSE)) == ".rtf"


def test_characters_in_the_encoding_of_the_document_or_font_and_in_unicode():
    assert texts(rtf(PROSE, r"Pre\'dfburg \u8364? \u-10179?\u-8704? {\f1 \'cf\'ee\'f0\'f2}")) == [
        PROSE,
        "Preßburg € 😀 Порт",
    ]


def test_headings_are_told_by_their_level():
    heading = r"\outlinelevel1\b What it costs"
    article = parse(rtf(r"\outlinelevel0 Tolls rise", PROSE, heading, PROSE), "a", ".rtf")
    assert (article.title, len(article.paragraphs)) == ("Tolls rise", 2)
    assert article.blocks == (Block(2, "heading", "What it costs", 2),)


def test_links_keep_their_text_only_and_deleted_text_goes():
    link = r'{\field{\*\fldinst{HYPERLINK "https://a.example/x"}}{\fldrslt{the tolls}}}'
    assert texts(rtf(PROSE, rf"About {link}{{\deleted\revauthdel1  not}} rising."))[1:] == [
        "About the tolls rising."
    ]


def test_tables_and_notes_are_blocks():
    row = r"\trowd\cellx100\cellx200 \pard\intbl {}\cell {}\cell\row "
    note = PROSE + r"{\super\chftn}{\footnote\pard Twice, {\i it} said.}"
    article = parse(rtf(note, row.format("Ann", 12) + row.format("Bob", 9), PROSE), "a", ".rtf")
    assert [paragraph.text for paragraph in article.paragraphs] == [PROSE, PROSE]
    assert article.blocks == (
        Block(2, "table", "Ann\t12\nBob\t9"),
        Block(3, "footnote", "Twice, it said."),
    )


def test_the_title_of_the_properties_counts_where_there_is_no_other():
    info = r"{\info{\title Tolls rise in March}{\author Office User}{\creatim\yr2020}}"
    article = parse(rtf(PROSE, PROSE, start=START + info), "a", ".rtf")
    assert (article.title, article.author, article.date) == ("Tolls rise in March", None, None)


HOSTILE = {
    "fields": r"{\field{\*\fldinst{x",
    "fonts": r"{\fonttbl\f1",
    "font names": r"{\fonttbl\f1\fcharset1 a",
    "groups": "{",
    "notes": r"{\footnote ",
    "rows": r"\trowd ",
    "hexes": r"\'41",
    "pictures": r"{\pict\bin9 ",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_the_time_grows_with_the_size(kind):
    def seconds(size):
        content = (START + HOSTILE[kind] * (size // len(HOSTILE[kind]))).encode()
        began = time.process_time()
        with suppress(UnreadableFile):
            parse(content, "a", ".rtf")
        return max(time.process_time() - began, 0.05)

    assert seconds(400_000) < 8 * seconds(100_000)


def test_pictures_cost_nothing_and_what_is_no_rtf_is_refused():
    picture = r"{\pict\pngblip " + "89504e470d0a" * 500_000 + "}"
    began = time.process_time()
    assert texts(rtf(PROSE + picture, PROSE)) == [PROSE, PROSE]
    assert time.process_time() - began < 2
    for content in (b"Words", b"{\\rtf1 }", b"{\\rtf1" + b"a" * 8_000_001):
        with pytest.raises(UnreadableFile):
            parse(content, "a", ".rtf")
