"""Pages that Nexis and Europresse save, and pages that are none of an export."""

from reader.formats import parse
from reader.formats.exports import articles_in_page


def read(page):
    return parse(page.encode(), "name", ".html")


def texts(article):
    return [paragraph.text for paragraph in article.paragraphs]


def nexis(number, title, *more):
    lines = "".join(f'<BR><DIV CLASS="c5">{line}</DIV>\n' for line in more)
    return f"""<!-- Hide XML section from browser
<DOC NUMBER={number}>
<DOCFULL> -->
<BR><DIV CLASS="c0"><P CLASS="c1"><SPAN CLASS="c2">{number} of 2 DOCUMENTS</SPAN></P></DIV>
<BR><DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c2">The Other Times (London)</SPAN></P></DIV>
<BR><DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c4">February</SPAN><SPAN CLASS="c2"> 2, 2010,
Tuesday, Late Edition<BR>Correction Appended</SPAN></P></DIV>
<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c7">{title}</SPAN></P></DIV>
{lines}
<BR><DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c2">Copyright 2010 Other Ltd<BR>All Rights Reserved
</SPAN></P></DIV>
<!-- Hide XML section from browser
</DOCFULL>
</DOC> -->"""


def label(name, value):
    return f'<P CLASS="c6"><SPAN CLASS="c8">{name}: </SPAN><SPAN CLASS="c2">{value}</SPAN></P>'


def test_nexis():
    first, second = read(
        "<HTML><HEAD><TITLE>&nbsp;</TITLE></HEAD><BODY><P>Download Request: 1-2<BR>Send To:</P>"
        + nexis(
            1,
            "Harbour tolls to rise;<BR>Minister promises a review",
            label("BYLINE", "By NORA QUIST"),
            label("SECTION", "Section B; Page 22"),
            label("LENGTH", "121 words"),
            '<P CLASS="c9"><SPAN CLASS="c2">Tolls for </SPAN><SPAN CLASS="c4">freighters</SPAN>'
            '<SPAN CLASS="c2"> will rise.</SPAN></P><P CLASS="c9">The second paragraph, broken\n'
            "in its source.</P><TABLE><TR><TD>Rank</TD><TD>Harbour</TD></TR><TR><TD>1</TD>"
            "<TD>North</TD></TR><TR><TD>2</TD><TD>South</TD></TR></TABLE>",
            label("LOAD-DATE", "February 3, 2010"),
            label("LANGUAGE", "ENGLISH"),
            label("GRAPHIC", "A freighter"),
        )
        + nexis(2, "Freight owners object", label("LENGTH", "9 words"), "<P>They object.</P>")
        + "</BODY></HTML>"
    )
    assert first.title == "Harbour tolls to rise; Minister promises a review"
    assert (first.source, str(first.date)) == ("The Other Times (London)", "2010-02-02")
    assert (first.author, first.section, first.language) == ("Nora Quist", "Section B", "en")
    assert texts(first) == [
        "Tolls for freighters will rise.",
        "The second paragraph, broken in its source.",
        "Rank Harbour",
        "1 North",
        "2 South",
    ]
    assert [block.text for block in first.blocks] == ["A freighter"]
    assert texts(second) == ["They object."]


EUROPRESSE = """<!DOCTYPE html> <html> <head> <meta charset="utf-8"> <title></title></head> <body>
<article> <header> <img src="lm_small.gif" /> <div> <span class="DocPublicationName">Le Journal
 </span> </div> <div> <span class="DocHeader">Communication, mardi 14 mars 2006, p. 16</span> </div>
<div><p>MEDIAS</p></div> <div class="titreArticle"> <p class='sm-margin-bottom'>Hausse</p>
<p class="titreArticleVisu">Les taxes augmentent</p> </div> <div>Nora Quist</div> </header>
<section> <div class="DocText"> <div class='docOcurrContainer'> <p>L'autorité du port a dit lundi
que les <mark>taxes</mark> augmenteront.</p> <p>Les armateurs protestent.</p> </div> </div>
</section> <aside> <div> <p><b>Illustration(s) : </b></p> <div><p>Un cargo.</p></div> </div>
<div> <b>Note(s) : </b><p>Voir page 2.</p></div> </aside> <footer> <small>© 2006 Le Journal. Tous
droits réservés.</small> <p>Numéro de document : news·20060315·LM·0q1503</p> <div>Ce certificat est
émis à <b>X</b></div> </footer> </article>
<article> <header> <div> <span class="DocPublicationName">The Post, no. 5968</span> </div> <div>
<span class="DocHeader">News, Tuesday, March 14, 2006, p. A1</span> </div>
<div class="titreArticle"> <p class="titreArticleVisu">Tolls to rise</p> </div> </header> <section>
<p>Tolls will rise.</p>
</section> <footer> <p>Numéro de document : news·20060314·TP·0q1403</p> </footer> </article>
</body> </html>"""


def test_europresse():
    first, second = read(EUROPRESSE)
    assert (first.title, first.source) == ("Les taxes augmentent", "Le Journal")
    assert (first.author, first.section) == ("Nora Quist", "Communication")
    assert str(first.date) == "2006-03-14"
    assert texts(first) == [
        "L'autorité du port a dit lundi que les taxes augmenteront.",
        "Les armateurs protestent.",
    ]
    assert [(block.kind, block.text) for block in first.blocks] == [
        ("heading", "MEDIAS"),
        ("heading", "Hausse"),
        ("caption", "Un cargo."),
        ("footnote", "Voir page 2."),
    ]
    assert (second.title, second.source, str(second.date)) == (
        "Tolls to rise",
        "The Post",
        "2006-03-14",
    )
    assert (second.section, second.author) == ("News", None)


def test_old_pages_of_europresse():
    one = """<table><tr><td><table id="tbHeaderImages"><tr><td><img src="x.gif"></td></tr></table>
<span class="DocPublicationName">Mag</span><br><span class="DocHeader">Éditorial, </span><span
class="DocHeader">Wednesday, </span><span class="DocHeader">October 3, 2012</span><br><br>Subtitle
<br><span class="TitreArticleVisu">A heading with <span style="color:red">colour</span></span><br>
<br>Nora Quist<br><p></p><font style="font-weight:bold;">The lead of the article.</font><p></p>And
the text<br>of it.<p></p><b><i>© 2012 Mag. Tous droits réservés.</i></b><p></p>Numéro de document :
news·20121004·MAG·2040<br><table><tr><td>Ce certificat est émis à <b>X</b></td></tr></table></td>
</tr></table>"""
    first, second = read(f"<html><body>{one}<p><br>{one}</body></html>")
    assert first == second or first.id != second.id
    assert (second.title, second.source) == ("A heading with colour", "Mag")
    assert (second.author, second.section) == ("Nora Quist", "Éditorial")
    assert str(second.date) == "2012-10-03"
    assert texts(second) == ["The lead of the article.", "And the text of it."]
    assert [block.text for block in second.blocks] == ["Subtitle"]


def test_other_pages_are_no_exports():
    page = "<p>This is the End of Document number 1, one of 2 DOCUMENTS on harbours.</p>" * 9
    assert articles_in_page(f"<html><body>{page}</body></html>".encode(), "name") is None
    assert articles_in_page(b"<p>Harbour tolls</p>", "name") is None


def test_a_layout_that_is_not_understood():
    page = "".join(f"<p>Documento {n} di 2</p><p>{'Una frase lunga. ' * 9}</p>" for n in (1, 2))
    (article,) = read(f"<html><body><!-- DOCFULL -->{page}</body></html>")
    assert article.warnings == ("looks like 2 articles",)
    assert (article.source, article.date) == (None, None)
