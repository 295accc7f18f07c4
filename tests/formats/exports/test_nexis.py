"""Exports of LexisNexis and Nexis Uni as text."""

import datetime

import pytest

from reader.formats import parse

COVER = """


Download Request: Selected Items: 1-2
Time Of Request: Friday, March 20, 2018  16:51:31

Send To:
THE UNIVERSITY OF NOWHERE
1 HIGH STREET

Terms: (DATE(>=2009-12-01 and <=2010-05-11) and (tolls))

Source: The Example Post;The Other Times (London)
Project ID: None



"""
FIRST = """                               1 of 2 DOCUMENTS



                                The Example Post

                            January 11, 2010 Monday
                                   Edition 1;
                                    Scotland

Harbour tolls to rise;
Minister promises a review

BYLINE: By NORA QUIST

SECTION: NEWS; Pg. 3

LENGTH: 1,355 words

HIGHLIGHT: Owners of small ships are against it

The harbour authority said on Monday that tolls for coastal freighters will rise
by four per cent in March.

"We have waited for years," Petra Lindholm, the ports minister, said.

LOAD-DATE: January 12, 2010

LANGUAGE: ENGLISH

GRAPHIC: A freighter leaves the harbour
on Monday

SUBJECT: SHIPPING (90%); TOLLS (88%);
HARBOURS (75%)

PUBLICATION-TYPE: Newspaper


                       Copyright 2010 Example Ltd
                              All Rights Reserved

"""
SECOND = """                               2 of 2 DOCUMENTS

                          The Other Times (London)

                            February 2, 2010 Tuesday

Freight owners object

LENGTH: 40 words

Freight owners said on Tuesday that the new tolls were far too much for small
firms.

LOAD-DATE: February 2, 2010

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper


                       Copyright 2010 Other Ltd
                              All Rights Reserved
"""
UNI = """Freight owners object
The Other Times (London)
February 2, 2010 Tuesday 9:20 AM GMT
Edition 1; Scotland

Copyright 2010 Other Ltd All Rights Reserved

Section: NEWS; Pg. 3
Length: 40 words
Byline: Sam Okoro in Glasgow
Highlight: Small firms are hit most
Body

Freight owners said on Tuesday that the new tolls were far too much for small firms.

"Subject to change," was all that the minister said.

Graphic

Image, A freighter

Classification

Language: ENGLISH

Publication-Type: Newspaper

Subject: SHIPPING (90%)

Load-Date: February 3, 2010

End of Document
"""


def read(text, encoding="utf-8"):
    return parse(text.encode(encoding), "folder/name", ".txt")


def texts(article):
    return [paragraph.text for paragraph in article.paragraphs]


def fields(article):
    return (article.title, article.source, str(article.date), article.author, article.section)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_bundle(ends):
    first, second = read((COVER + FIRST + SECOND).replace("\n", ends))
    assert first.id == "folder/name/1"
    assert fields(first) == (
        "Harbour tolls to rise; Minister promises a review",
        "The Example Post",
        "2010-01-11",
        "Nora Quist",
        "NEWS",
    )
    assert first.language == "en"
    assert texts(first) == [
        "The harbour authority said on Monday that tolls for coastal freighters will rise by four "
        "per cent in March.",
        '"We have waited for years," Petra Lindholm, the ports minister, said.',
    ]
    assert [(block.kind, block.text) for block in first.blocks] == [
        ("heading", "Owners of small ships are against it"),
        ("caption", "A freighter leaves the harbour on Monday"),
    ]
    assert fields(second) == (
        "Freight owners object",
        "The Other Times (London)",
        "2010-02-02",
        None,
        None,
    )
    assert len(second.paragraphs) == 1
    assert not first.warnings
    assert {origin.field for origin in first.origins} == {
        "title",
        "source",
        "date",
        "author",
        "section",
        "language",
    }


def test_a_bundle_of_one_has_the_id_of_its_file():
    (article,) = read(FIRST.replace("1 of 2 DOCUMENTS", "1 of 1 DOCUMENT"))
    assert article.id == "folder/name"
    assert article.source == "The Example Post"


@pytest.mark.parametrize(
    "mark",
    [
        "Document {} of 2",
        "Document {} sur 2",
        "Dokument {} von 2",
        "{} sur 2 DOCUMENTS",
        "{} von 2 DOKUMENTEN",
        "{} of 1,383 DOCUMENTS",
    ],
)
def test_marks_of_a_bundle(mark):
    bundle = FIRST + SECOND
    for number in "12":
        bundle = bundle.replace(f"{number} of 2 DOCUMENTS", mark.format(number))
    assert [article.source for article in read(bundle)] == [
        "The Example Post",
        "The Other Times (London)",
    ]


def test_german():
    (article,) = read(
        """
                               1 of 1 DOCUMENT

                                 Beispiel-Zeitung

                            11. Januar 2010

Hafengebühren steigen;
Ministerin verspricht Prüfung

AUTOR: Von Nora Quist

RUBRIK: WIRTSCHAFT; S. 7 Ausg. 167

LÄNGE: 306 Wörter

Die Hafenbehörde sagte am Montag, die Gebühren stiegen im März um vier Prozent.

UPDATE: 12. Januar 2010

SPRACHE: GERMAN; DEUTSCH

GRAFIK: Ein Frachter

PUBLICATION-TYPE: Zeitung


Copyright 2010 Beispiel Verlagsgesellschaft mit sehr langem Namen, Lehmann
                                 GmbH & Co. KG
                            Alle Rechte Vorbehalten
"""
    )
    assert article.title == "Hafengebühren steigen; Ministerin verspricht Prüfung"
    assert (article.source, article.author) == ("Beispiel-Zeitung", "Nora Quist")
    assert (article.section, article.language) == ("WIRTSCHAFT", "de")
    assert str(article.date) == "2010-01-11"
    assert len(article.paragraphs) == 1
    assert [block.text for block in article.blocks] == ["Ein Frachter"]


def test_french():
    first, second = read(
        2
        * """
                               1 of 2 DOCUMENTS

                                 Le Journal

                              11 janvier 2010

Les taxes augmentent

AUTEUR: Par Nora Quist

RUBRIQUE: ECONOMIE; Pg. 6

LONGUEUR: 143 mots

ENCART: Un rappel

L'autorité du port a dit lundi que les taxes augmenteront de quatre pour cent.

SUJET: PORTS (90%)

LOCALISATION-GEO: FRANCE (99%)

DATE-CHARGEMENT: 12 janvier 2010

LANGUE: FRENCH; FRANÇAIS

TYPE-PUBLICATION: Journal

                       Copyright 2010 Le Journal
                         Tous Droits Réservés
"""
    )
    assert (first.title, first.source) == ("Les taxes augmentent", "Le Journal")
    assert (first.author, first.section, first.language) == ("Nora Quist", "ECONOMIE", "fr")
    assert str(first.date) == "2010-01-11"
    assert texts(second) == [
        "L'autorité du port a dit lundi que les taxes augmenteront de quatre pour cent."
    ]


def test_a_copyright_may_come_first_and_the_title_have_a_label():
    (article,) = read(
        """
                               1 of 62 DOCUMENTS

                          Copyright 2002 De Courant

                                  De Courant

                               September 24, 2002

LENGTE: 158 words

KOP: Gebouw geopend

AUTEUR: QUIST, NORA

TEKST:


Van onze redactie

Het nieuwe gebouw van de haven is gisteren geopend door de minister.

PUB-TYPE: Paper

TAAL: Dutch / Nederlands

LOAD-DATE: September 26, 2002
"""
    )
    assert fields(article)[:4] == ("Gebouw geopend", "De Courant", "2002-09-24", "Nora Quist")
    assert article.language == "nl"
    assert len(article.paragraphs) == 2


def test_what_is_missing_is_not_invented():
    (article,) = read(
        """
                               1 of 1 DOCUMENT

                                The Example Post

                                  Winter 2010

LENGTH: 12 words

The harbour authority said on Monday that tolls will rise.

LOAD-DATE: January 12, 2010
"""
    )
    assert fields(article) == ("name", "The Example Post", "None", None, None)
    assert article.warnings == ("the date “Winter 2010” is not understood",)


def test_labels_in_a_text_are_its_text():
    (article,) = read(
        FIRST.replace(
            '"We have', 'NOTE: This is what she said when we asked her about the tolls.\n\n"We have'
        )
    )
    assert len(article.paragraphs) == 3


def test_corrections_are_kept():
    correction = (
        "CORRECTION: \n\nIt was on Tuesday, not on Monday, that the harbour authority said so.\n\n"
    )
    (article,) = read(FIRST.replace("GRAPHIC: A", correction + "GRAPHIC: A"))
    assert len(article.paragraphs) == 3
    assert article.language == "en"


def test_a_correction_of_a_few_words_is_kept():
    (article,) = read(
        FIRST.replace("GRAPHIC: A freighter", "CORRECTION: It was on Tuesday.\n\nGRAPHIC: A ship")
    )
    assert texts(article)[-1] == "CORRECTION: It was on Tuesday."


def test_nexis_uni():
    first, second = read(
        UNI + UNI.replace("Freight owners object", "Harbour tolls to rise,\nminister says")
    )
    assert fields(first) == (
        "Freight owners object",
        "The Other Times (London)",
        "2010-02-02",
        "Sam Okoro",
        "NEWS",
    )
    assert second.title == "Harbour tolls to rise, minister says"
    assert (
        texts(first)
        == texts(second)
        == [
            "Freight owners said on Tuesday that the new tolls were far too much for small firms.",
            '"Subject to change," was all that the minister said.',
        ]
    )
    assert [(block.kind, block.text) for block in first.blocks] == [
        ("heading", "Small firms are hit most"),
        ("caption", "Image, A freighter"),
    ]
    assert first.language == "en"


def test_nexis_uni_with_a_table_of_contents():
    cover = """Date and Time: Friday, 5. July 2019 09:31:00 CEST
Job Number: 00000001
Documents (2)
1. Freight owners object
Client/Matter: -None-
Search Terms: tolls
2. Freight owners object
Client/Matter: -None-
Search Terms: tolls
Sources: The Other Times (London); Content Type: News

"""
    first, second = read(cover + UNI + UNI)
    assert (first.title, first.source) == ("Freight owners object", "The Other Times (London)")
    assert len(second.paragraphs) == 2


@pytest.mark.parametrize("gone", ["End of Document\n", "Load-Date: February 3, 2010\n"])
def test_a_single_article_with_fewer_marks(gone):
    (article,) = read(UNI.replace(gone, ""))
    assert article.id == "folder/name"
    assert fields(article)[:3] == (
        "Freight owners object",
        "The Other Times (London)",
        "2010-02-02",
    )
    assert len(article.paragraphs) == 2


def test_lines_that_were_not_broken_are_paragraphs():
    long = "Freight owners said on Tuesday that tolls were too much for small firms. " * 3
    (article,) = read(UNI.replace('"Subject', f'{long.strip()}\n{long.strip()}\n"Subject'))
    assert len(article.paragraphs) == 4


def test_a_layout_that_is_not_understood():
    text = "".join(
        f"Documento {number} de 3\n\n{'Una frase larga sobre el puerto y las tasas. ' * 30}\n\n"
        for number in (1, 2, 3)
    )
    (article,) = read(text)
    assert (article.title, article.source, article.date) == ("name", None, None)
    assert article.warnings == ("looks like 3 articles",)
    assert sum(text.count("frase") for text in texts(article)) == 90


@pytest.mark.parametrize(
    "text",
    [
        "Notes on a document\n\nThis is the end of document number one of two documents, he said.",
        "Tolls\n\nLength: 40 words are too few for this, said the editor of the Example Post.",
        "Tolls\n\nThe Example Post\n14 May 2026\n\nThe ship\n\nLength: 90 metres\n\nWidth: 12 m.",
    ],
)
def test_other_texts_are_no_exports(text):
    from reader.formats.exports import articles_in_text

    assert articles_in_text(text, "name") is None


@pytest.mark.parametrize("mark", ["End of Document", "1 of 1 DOCUMENT", "Document 1 of 2"])
def test_a_line_like_a_mark_makes_no_export(mark):
    text = (
        f"Harbour tolls to rise\n\nThe Example Post\n\n14 May 2026\n\nThey will rise.\n\n{mark}\n"
    )
    (article,) = read(text)
    assert fields(article)[:3] == ("Harbour tolls to rise", "The Example Post", "2026-05-14")
    (article,) = read(text * 2)
    assert article.source != "Harbour tolls to rise"


def test_an_article_has_the_day_of_print_not_of_loading():
    (article,) = read(UNI)
    assert article.date == datetime.date(2010, 2, 2)
