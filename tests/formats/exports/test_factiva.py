"""Exports of Factiva as text and as pages."""

import pytest

from reader.formats import parse

PLAIN = """News
Harbour tolls to rise, minister says

Nora Quist
1,260 words
14 May 2026
02:30
Example News
EXNEWS
12
English
© 2026 Example Ltd. All rights reserved.

The harbour authority said on Monday that tolls for coastal freighters will rise by four per cent.

"We have waited for years," Petra Lindholm, the ports minister, said.

Example Ltd.

Document EXNEWS0020260514em5e0001p

Freight owners object

40 words
15 May 2026
Other Times (London)
OTHTIM
English
(c) 2026 Other Ltd.

Freight owners said on Friday that the new tolls were far too much for small firms.

Document OTHTIM0020260515em5f0002q

Search Summary

Text  tolls
Results Found  2
"""
CODED = """HD   Harbour tolls to rise,
     minister says
BY   By NORA QUIST
CR   Example News Service
WC   1,260 words
PD   14 May 2026
ET   02:30
SN   Example News
SC   EXNEWS
PG   12
LA   English
CY   (c) 2026 Example Ltd.

LP
The harbour authority said on Monday that tolls for coastal freighters will rise
by four per cent.

TD
"We have waited for years," Petra Lindholm, the ports minister, said.

IN LONDON, there are no tolls. RE was a code, too.

NS   gcat : Political/General News | npag : Page-One Stories
RE   uk : United Kingdom
PUB  Example Ltd.
AN   Document EXNEWS0020260514em5e0001p

HD   Freight owners object
WC   40 words
PD   15 May 2026
SN   Other Times
SC   OTHTIM
LA   English
CY   (c) 2026 Other Ltd.

LP
Freight owners said on Friday that the new tolls were far too much for small firms.

AN   Document OTHTIM0020260515em5f0002q
"""
PAGE = """<!DOCTYPE html><html><head><title>Factiva</title></head><body><form><div id="contentLeft">
<div class="article enArticle"><p>
<div>News</div>
<div id="hd"><span class='enHeadline'>Harbour tolls to rise,
minister says </span>
</div><div class="author">By Nora Quist </div><div>1,260 words</div><div>14 May 2026</div>
<div>02:30 GMT</div><div>Example News</div><div>EXNEWS</div><div>12</div><div>English</div>
<div>© 2026 Example Ltd.</div>
</p>
<p class="articleParagraph enarticleParagraph">The harbour authority said that <b>tolls</b>
will rise by four per cent.</p>
<p class="articleParagraph enarticleParagraph">"We have waited," Petra Lindholm said.</p>
<p>Example Ltd.</p><p>Document EXNEWS0020260514em5e0001p</p></div><br/><span></span>
<div class="article enArticle"><p>
<div id="hd"><b class='enHeadline'>Freight owners object</b></div><div>40 words</div>
<div>15 May 2026</div><div>Other Times</div><div>OTHTIM</div><div>English</div>
<div>(c) 2026 Other Ltd.</div></p>
<p class="articleParagraph enarticleParagraph">Freight owners said on Friday that the new tolls were
far too much for small firms.</p>
<p>Document OTHTIM0020260515em5f0002q</p></div>
<div id="pageFooter">&copy; 2026 Factiva, Inc. All rights reserved.</div></form></body></html>"""


def row(code, value):
    return f"<tr><td class='index'><b>{code}</b>&nbsp;</td><td>{value}</td></tr>"


def table(*rows):
    return (
        f"<div class='article enArticle'><table>{''.join(row(*one) for one in rows)}</table></div>"
    )


TABLES = (
    "<html><body><div id='contentLeft'>"
    + table(
        ("SE", "News"),
        ("HD", "<b class='enHeadline'>Harbour tolls to rise,\nminister says</b>"),
        ("BY", "By Nora Quist"),
        ("WC", "1,260 words"),
        ("PD", "14 May 2026"),
        ("SN", "Example News"),
        ("SC", "EXNEWS"),
        ("LA", "English"),
        ("LP", "<p class='articleParagraph'>The harbour authority said on Monday.</p>"),
        ("TD", "<p class='articleParagraph'>Tolls will rise.</p><p>IN LONDON, too.</p>"),
        ("NS", "<br/>gcat : Political/General News"),
        ("AN", "<br/>Document EXNEWS0020260514em5e0001p"),
    )
    + table(
        ("HD", "Freight owners object"),
        ("PD", "15 May 2026"),
        ("SN", "Other Times"),
        ("LP", "<p>The owners object.</p>"),
        ("AN", "Document OTHTIM0020260515em5f0002q"),
    )
    + "</div></body></html>"
)


def read(text, suffix=".txt"):
    return parse(text.encode(), "name", suffix)


@pytest.mark.parametrize(
    ("text", "suffix"), [(PLAIN, ".txt"), (CODED, ".txt"), (PAGE, ".html"), (TABLES, ".html")]
)
def test_a_bundle(text, suffix):
    first, second = read(text, suffix)
    assert (first.id, first.title) == ("name/1", "Harbour tolls to rise, minister says")
    assert (first.source, str(first.date)) == ("Example News", "2026-05-14")
    assert (first.author, first.language) == ("Nora Quist", "en")
    assert first.section == (None if text is CODED else "News")
    assert second.title == "Freight owners object"
    assert (second.source.partition(" (")[0], str(second.date)) == ("Other Times", "2026-05-15")
    assert second.author is None
    assert len(second.paragraphs) == 1
    assert not first.warnings
    assert not second.warnings
    count = {PLAIN: 2, PAGE: 2}.get(text, 3)
    assert len(first.paragraphs) == count


def test_a_single_article():
    (article,) = read(PLAIN.partition("Freight owners")[0])
    assert (article.id, article.source) == ("name", "Example News")


@pytest.mark.parametrize(
    ("head", "title", "author", "section"),
    [
        ("Tolls rise\n", "Tolls rise", None, None),
        ("Tolls rise\n\nBy Nora Quist\n", "Tolls rise", "Nora Quist", None),
        (
            "World News\n\nTolls rise in March\n\nNora Quist\n",
            "Tolls rise in March",
            "Nora Quist",
            "World News",
        ),
        ("Wirtschaft\n\nPoesie und Stahl\n", "Poesie und Stahl", None, "Wirtschaft"),
        ("Freight owners object\n\nSam Okoro\n", "Freight owners object", "Sam Okoro", None),
    ],
)
def test_lines_above_the_length(head, title, author, section):
    (article,) = read(f"{head}\n" + PLAIN.partition("Nora Quist\n")[2].partition("Freight")[0])
    assert (article.title, article.author, article.section) == (title, author, section)


def test_french():
    (article,) = read(
        """Économie
Les taxes augmentent

Nora Quist
1 260 mots
14 mai 2026
Le Journal
LEJOUR
Français
Copyright 2026 Le Journal. Tous droits réservés.

L'autorité du port a dit lundi que les taxes augmenteront de quatre pour cent.

Document LEJOUR0020260514em5e0001p
"""
    )
    assert (article.title, article.section) == ("Les taxes augmentent", "Économie")
    assert (article.source, article.language) == ("Le Journal", "fr")
    assert str(article.date) == "2026-05-14"
    assert len(article.paragraphs) == 1


def test_german():
    (article,) = read(
        """Von Nora Quist: Die Gebühren steigen

260 Wörter
14. Mai 2026
Beispiel-Zeitung
BEISPZ
Deutsch
(c) 2026 Beispiel-Verlag. Alle Rechte vorbehalten.

Die Hafenbehörde sagte am Montag, dass die Gebühren um vier Prozent steigen.

Dokument BEISPZ0020260514em5e0001p
"""
    )
    assert (article.source, article.language) == ("Beispiel-Zeitung", "de")
    assert str(article.date) == "2026-05-14"
    assert len(article.paragraphs) == 1


def test_a_date_in_a_form_that_is_not_known():
    (article,) = read(PLAIN.partition("Freight")[0].replace("14 May 2026", "14 Floréal 2026"))
    assert article.date is None
    assert article.warnings == ("the date “14 Floréal 2026” is not understood",)


def test_a_layout_that_is_not_understood():
    text = "".join(
        f"{'A long sentence about harbours and their cost. ' * 9}\n\n"
        f"Document EXNEWS002026051{n}em5e0001p\n\n"
        for n in range(3)
    )
    (article,) = read(text)
    assert (article.title, article.source, article.date) == ("name", None, None)
    assert article.warnings == ("looks like 3 articles",)
