"""Whatever lines of exports stand in a file, in whatever order: articles, and no text lost."""

from hypothesis import example, given
from hypothesis import strategies as st

from reader.formats.exports import articles, articles_in_text
from reader.language.clean import normalize

PROSE = "The harbour authority said on Monday that tolls will rise by four per cent in March."
LINES = [
    "",
    "",
    "1 of 2 DOCUMENTS",
    "Document 2 of 2",
    "Dokument 1 von 2",
    "End of Document",
    "The Other Times (London)",
    "January 11, 2010 Monday",
    "Winter 2010",
    "Edition 1;",
    "Harbour tolls to rise;",
    "BYLINE: By NORA QUIST",
    "Byline: Nora Quist",
    "SECTION: NEWS; Pg. 3",
    "LENGTH: 355 words",
    "Length: 355 words",
    "HIGHLIGHT: Owners object",
    "Body",
    "TEXT:",
    "Classification",
    "Graphic",
    "GRAPHIC: A freighter",
    "CORRECTION: It was on Tuesday",
    "LOAD-DATE: January 12, 2010",
    "Load-Date: January 12, 2010",
    "LANGUAGE: ENGLISH",
    "Copyright 2010 Example Ltd",
    "All Rights Reserved",
    "1,260 words",
    "14 May 2026",
    "02:30",
    "EXNEWS",
    "English",
    "Document EXNEWS0020260514em5e0001p",
    "HD   Harbour tolls to rise",
    "PD   14 May 2026",
    "SN   Example News",
    "LP",
    "TD   Tolls will rise.",
    "AN   Document EXNEWS0020260514em5e0001p",
    "_" * 60,
    "Author: Quist, Nora.",
    "Full text: The tolls",
    "Publication title: Example News",
    "Publication date: May 14, 2026",
    "ProQuest document link",
    "Numéro de document : news·20060315·LM·0q1503",
    PROSE,
    PROSE,
]


def check(found):
    for article in found or ():
        assert article.title
        assert [p.number for p in article.paragraphs] == list(range(1, len(article.paragraphs) + 1))
        for paragraph in article.paragraphs:
            assert paragraph.text
            assert paragraph.text == normalize(paragraph.text)
        for block in article.blocks:
            assert 1 <= block.before <= len(article.paragraphs) + 1


@given(st.lists(st.sampled_from(LINES), max_size=40))
@example(["1 of 2 DOCUMENTS", "BYLINE: By NORA QUIST"])
@example(["", "End of Document", "Body", "End of Document"])
def test_any_lines(lines):
    check(articles_in_text("\n".join(lines), "folder/name"))
    check(articles([[line] for line in lines if line], "folder/name"))


@given(st.lists(st.sampled_from([PROSE, "LOAD-DATE: x", "GRAPHIC: x", "NOTE: x", ""]), max_size=20))
def test_no_prose_is_lost(lines):
    head = "1 of 1 DOCUMENT\n\nThe Post\n\nJanuary 11, 2010\n\nTolls\n\nLENGTH: 9 words\n\n"
    found = articles_in_text(head + "\n\n".join(lines), "name")
    texts = [paragraph.text for article in found for paragraph in article.paragraphs]
    texts += [block.text for article in found for block in article.blocks]
    assert sum(text.count(PROSE) for text in texts) == lines.count(PROSE)
