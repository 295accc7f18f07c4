"""Exports of ProQuest."""

import pytest

from reader.formats import parse

RULE = "____________________________________________________________\n\n"
FIRST = """Document 1 of 2

Harbour tolls to rise, minister says

Author: Quist, Nora; Okoro, Sam.

Publication info: Example News ; City [City]14 May 2026: A.3.

https://www.proquest.com/docview/1?accountid=2

ProQuest document link

Abstract: None available.

Links: https://example.org/sfx?a=b

Full text: The harbour authority said on Monday that tolls will rise by four per cent in March.

"We have waited for years," Petra Lindholm, the ports minister, said.

Subject: Harbours; Tolls

Location: City

Title: Harbour tolls to rise, minister says

Publication title: Example News; City

Pages: A.3

Publication year: 2026

Publication date: May 14, 2026

Section: News

Language of publication: English

Document type: News

ProQuest document ID: 1

Document URL: https://www.proquest.com/docview/1?accountid=2

Copyright: Copyright Example Ltd. May 14, 2026

Last updated: 2027-01-02

Database: Newsstream
"""
SECOND = """Document 2 of 2

Freight owners object

Full text: Freight owners said on Friday that the new tolls were far too much for small firms.

Publication title: Other Times

Publication date: May 15, 2026
"""
COVER = """ProQuest

Table of contents

1. Harbour tolls to rise, minister says

2. Freight owners object

"""


def read(text, suffix=".txt"):
    return parse(text.encode(), "name", suffix)


@pytest.mark.parametrize("cover", ["", COVER + RULE])
def test_a_bundle(cover):
    first, second = read(RULE + cover + FIRST + RULE + SECOND + RULE)
    assert (first.title, first.source) == ("Harbour tolls to rise, minister says", "Example News")
    assert (str(first.date), first.author) == ("2026-05-14", "Nora Quist, Sam Okoro")
    assert (first.section, first.language) == ("News", "en")
    assert first.url == "https://www.proquest.com/docview/1?accountid=2"
    assert [paragraph.text for paragraph in first.paragraphs] == [
        "The harbour authority said on Monday that tolls will rise by four per cent in March.",
        '"We have waited for years," Petra Lindholm, the ports minister, said.',
    ]
    assert (second.title, second.source) == ("Freight owners object", "Other Times")
    assert (second.author, str(second.date)) == (None, "2026-05-15")
    assert len(second.paragraphs) == 1


def test_fields_of_the_publication_info_where_there_are_no_others():
    text = FIRST.replace("Publication title: Example News; City\n", "")
    first, _ = read(text.replace("Publication date: May 14, 2026\n", "") + RULE + SECOND)
    assert (first.source, str(first.date)) == ("Example News", "2026-05-14")


def test_french():
    first, second = read(
        """Document 1 sur 2

Les taxes augmentent

Auteur : Quist, Nora.

Résumé : Aucun disponible.

Texte intégral : L'autorité du port a dit lundi que les taxes augmenteront.

Titre : Les taxes augmentent

Titre de la publication : Le Journal

Date de publication : 14 mai 2026

Langue de publication : Français
____________________________________________________________

Document 2 sur 2

Les armateurs protestent

Texte intégral : Les armateurs ont dit vendredi que les taxes sont trop lourdes.

Titre de la publication : Le Temps

Date de publication : 15 mai 2026
"""
    )
    assert (first.title, first.source) == ("Les taxes augmentent", "Le Journal")
    assert (first.author, first.language) == ("Nora Quist", "fr")
    assert (str(first.date), str(second.date)) == ("2026-05-14", "2026-05-15")
    assert len(first.paragraphs) == len(second.paragraphs) == 1


def test_german():
    first, second = read(
        2
        * """Dokument 1 von 2

Die Gebühren steigen

Autor: Quist, Nora.

Volltext: Die Hafenbehörde sagte am Montag, dass die Gebühren um vier Prozent steigen.

Titel der Publikation: Beispiel-Zeitung

Publikationsdatum: 14. Mai 2026

Publikationssprache: Deutsch
____________________________________________________________

"""
    )
    assert (first.title, first.source) == ("Die Gebühren steigen", "Beispiel-Zeitung")
    assert (second.author, second.language) == ("Nora Quist", "de")
    assert str(second.date) == "2026-05-14"


def test_lost_breaks_are_paragraphs():
    text = FIRST.replace('in March.\n\n"We', 'in March.              "We')
    first, _ = read(text + RULE + SECOND)
    assert len(first.paragraphs) == 2


def test_without_the_text_the_abstract_is_read():
    text = FIRST.replace("None available.", "Tolls will rise.").partition("Full text:")
    first, _ = read(
        text[0]
        + "Full text: Not available.\n\nSubject"
        + text[2].partition("Subject")[2]
        + RULE
        + SECOND
    )
    assert [paragraph.text for paragraph in first.paragraphs] == ["Tolls will rise."]
    assert first.warnings == (
        "only the abstract of 'Harbour tolls to rise, minister says' is in it",
    )


def test_a_page():
    lines = "".join(f"<p>{line}</p>\n" for line in (FIRST + RULE + SECOND).split("\n") if line)
    first, second = read(f"<html><body>{lines}</body></html>", ".html")
    assert (first.author, second.source) == ("Nora Quist, Sam Okoro", "Other Times")
