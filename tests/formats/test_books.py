"""E-books and note books: which of their parts are articles, and what is true of them."""

import pytest
from documents import PROSE, epub, zipped

from reader.errors import UnreadableFile
from reader.formats import guess_suffix, parse
from reader.model.article import Block


def facts(content, suffix=".epub"):
    articles = parse(content, "a", suffix)
    return [(article.id, article.title, len(article.paragraphs)) for article in articles]


def page(heading, *paragraphs, body=""):
    title = f"<h1>{heading}</h1>" if heading else ""
    return title + "".join(f"<p>{text}</p>" for text in paragraphs) + body


def test_each_chapter_is_an_article_and_nothing_else_is():
    links = '<p><a href="one.xhtml">One</a></p><p><a href="two.xhtml">Two</a></p>'
    content = epub(
        {
            "titlepage.xhtml": page("The Guardian", PROSE),
            "feed.xhtml": page("Politics", body=links),
            "one.xhtml": page("Tolls rise", PROSE, PROSE),
            "imprint-1.xhtml": page("", PROSE),
            "two.xhtml": page("Ships wait", PROSE),
            "notice.xhtml": f'<section epub:type="copyright-page">{page("", PROSE)}</section>',
        },
        title="The Guardian [Thu, 20 May 2021]",
    )
    assert facts(content) == [("a/1", "Tolls rise", 2), ("a/2", "Ships wait", 1)]
    article = parse(content, "a", ".epub")[0]
    assert (article.source, article.date, article.author) == ("The Guardian", None, None)
    assert article.language == "en-GB"


def test_a_file_without_heading_goes_on_with_the_chapter_before_it_unless_it_is_in_the_contents():
    files = {"a1.xhtml": page("Tolls rise", PROSE), "a2.xhtml": page("", PROSE)}
    assert facts(epub(files, contents={"a1.xhtml": "Tolls rise"})) == [("a", "Tolls rise", 2)]
    both = {"a1.xhtml": "Tolls rise", "a2.xhtml": "Ships wait"}
    assert facts(epub(files, contents=both)) == [("a/1", "Tolls rise", 1), ("a/2", "Ships wait", 1)]


def test_a_printed_header_of_a_chapter_is_its_own():
    chapter = page("Tolls rise", "By Nora Quist", "14 May 2026", PROSE)
    [article] = parse(epub({"one.xhtml": chapter}), "a", ".epub")
    assert article.author == "Nora Quist"
    assert article.date.isoformat() == "2026-05-14"
    assert [paragraph.text for paragraph in article.paragraphs] == [PROSE]


def test_what_calibre_adds_to_an_article_is_its_address_and_no_text():
    bar = (
        '<div class="calibre_navbar">This article was downloaded by <strong>calibre</strong> from '
        '<a href="https://news.example.com/tolls">https://news.example.com/tolls</a></div>'
    )
    content = epub({"x.xhtml": bar + page("Tolls rise", PROSE) + bar}, title="calibre", toc=False)
    [article] = parse(content, "a", ".epub")
    assert [paragraph.text for paragraph in article.paragraphs] == [PROSE]
    assert article.url == "https://news.example.com/tolls"
    assert article.source == "news.example.com"


def test_the_page_that_wallabag_puts_before_an_article_tells_about_it():
    about = page(
        "Tolls rise",
        body="<dl><dt>Published by</dt><dd>Nora Quist</dd><dt>Added on</dt><dd>2026-11-20</dd>"
        '<dt>Address</dt><dd><a href="https://n.example/t">https://n.example/t</a></dd></dl>',
    )
    content = epub({"1_x.xhtml": about, "1.xhtml": page("", PROSE)}, title="Unread articles")
    [article] = parse(content, "a", ".epub")
    assert (article.title, article.author) == ("Tolls rise", "Nora Quist")
    assert (article.url, article.source, article.date) == ("https://n.example/t", "n.example", None)


def test_protected_damaged_and_endless_books_are_refused_with_the_reason():
    page_only = {"one.xhtml": page("Tolls rise", PROSE)}
    method = '<EncryptionMethod Algorithm="{}"/>'
    fonts = {"META-INF/encryption.xml": method.format("http://www.idpf.org/2008/embedding")}
    assert facts(epub(page_only, **fonts))
    drm = {"META-INF/encryption.xml": method.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")}
    for content, reason in (
        (epub(page_only, **drm), "DRM"),
        (zipped({"a.txt": "a"}), "META-INF/container.xml is missing"),
        (epub({f"c{n}.xhtml": "" for n in range(3001)}), "more than 3,000 chapters"),
        (epub({f"c{n}.xhtml": "<p>x</p>" * 90_000 for n in range(3)}), "more than 500,000 tags"),
        (epub({"one.xhtml": page("Tolls rise")}), "no text in it"),
    ):
        with pytest.raises(UnreadableFile, match=reason):
            parse(content, "a", ".epub")


def note(title, text, **attributes):
    data = "".join(
        f"<{k.replace('_', '-')}>{v}</{k.replace('_', '-')}>" for k, v in attributes.items()
    )
    return (
        f"<note><title>{title}</title><created>20261120T000000Z</created><tag>tolls</tag>"
        f"<note-attributes>{data}</note-attributes><content><![CDATA[<?xml version='1.0'?>"
        f"<!DOCTYPE en-note SYSTEM 'http://e.example/enml2.dtd'><en-note>{text}</en-note>]]>"
        "</content><resource><data encoding='base64'>AAAA</data></resource></note>"
    )


def enex(*notes):
    return (
        '<?xml version="1.0"?><!DOCTYPE en-export SYSTEM "http://e.example/export4.dtd">'
        f"<en-export>{''.join(notes)}</en-export>"
    ).encode()


def test_each_note_with_text_is_an_article_without_a_day():
    content = enex(
        note("Tolls rise", f"<div>{PROSE}&nbsp;</div><div><br/></div><div>Yes, it said.</div>",
             author="Nora Quist", source_url="https://news.example.com/tolls"),
        note("A picture", "<en-media/>"),
        note("Mine", f"<div>{PROSE}</div>", author="Me Myself"),
    )  # fmt: skip
    assert guess_suffix(content) == ".enex"
    first, second = parse(content, "a", ".enex")
    assert (first.id, first.title, first.author) == ("a/1", "Tolls rise", "Nora Quist")
    assert (first.url, first.source) == ("https://news.example.com/tolls", "news.example.com")
    assert (first.date, first.tags) == (None, ("tolls",))
    assert [paragraph.text for paragraph in first.paragraphs] == [PROSE, "Yes, it said."]
    assert (second.title, second.author, second.source) == ("Mine", "Me Myself", None)


def test_the_owner_of_the_notes_is_not_the_author_of_clips():
    clips = [
        note(f"Clip {n}", PROSE, author="Own Er", source_url=f"https://site{n}.example/")
        for n in "ab"
    ]
    assert [article.author for article in parse(enex(*clips), "a", ".enex")] == [None, None]


def test_a_note_that_declares_entities_is_refused():
    bomb = b'<!DOCTYPE e [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><en-export>&b;</en-export>'
    with pytest.raises(UnreadableFile, match="declares entities"):
        parse(bomb, "a", ".enex")


def test_blocks_of_chapters_stay():
    body = "<table><tr><th>Ann</th><th>12</th></tr><tr><td>Bob</td><td>9</td></tr></table>"
    chapter = page("Tolls rise", PROSE, body=f"<h2>Costs</h2>{body}")
    [article] = parse(epub({"one.xhtml": chapter}), "a", ".epub")
    assert article.blocks == (Block(2, "heading", "Costs", 2), Block(2, "table", "Ann\t12\nBob\t9"))
