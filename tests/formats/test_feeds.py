"""Feeds: RSS, RDF, Atom and JSON Feed."""

import json

import pytest

from reader import formats
from reader.errors import UnreadableFile
from reader.formats.dates import find_date
from reader.formats.feeds.entries import target_of

FIRST = "The harbour authority said on Monday that tolls for coastal freighters will rise."
SECOND = "“We have waited for years,” the ports minister, Petra Lindholm, said in Baku."
HTML = f"&lt;h1&gt;Tolls to rise&lt;/h1&gt;&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;"


def read(content, suffix=".xml"):
    return formats.parse(content.encode() if isinstance(content, str) else content, "f", suffix)


def texts(article):
    return [paragraph.text for paragraph in article.paragraphs]


def date(text):
    return find_date(text).date


RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- a feed -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Coast Gazette</title><link>https://coast.example/</link><language>en-GB</language>
<lastBuildDate>Fri, 20 Nov 2026 10:00:00 +0000</lastBuildDate>
<item><title>Tolls to rise</title><link>https://coast.example/tolls</link>
<dc:creator><![CDATA[Nora Quist]]></dc:creator><category>Ports</category>
<pubDate>Thu, 14 May 2026 23:30:00 -0500</pubDate>
<description>A summary.</description>
<content:encoded><![CDATA[<h1>Tolls to rise</h1><p>{FIRST}</p><p>{SECOND}</p>
<p>The post <a href="x">Tolls to rise</a> appeared first on <a href="y">Coast</a>.</p>
<script>x</script>]]></content:encoded></item>
<item><title>Owners object</title><guid>https://coast.example/owners</guid>
<description>Owners said the step was &lt;b&gt;far&lt;/b&gt; too much …</description></item>
<item><title>Only a title</title><link>https://coast.example/x</link></item>
</channel></rss>"""


def test_rss_with_texts_and_with_summaries():
    pytest.importorskip("feedparser")
    whole, summary = read(RSS, ".rss")
    assert (whole.id, whole.title, texts(whole)) == ("f/1", "Tolls to rise", [FIRST, SECOND])
    assert (whole.source, whole.author, whole.tags) == ("Coast Gazette", "Nora Quist", ("Ports",))
    assert (whole.date, whole.language) == (date("2026-05-14"), "en-GB")
    assert (whole.url, whole.blocks) == ("https://coast.example/tolls", ())
    assert whole.warnings == (
        "only summaries in 1 of its 3 entries: `reader add --full` fetches the articles",
        "1 of its entries have no text",
    )
    assert summary.url == "https://coast.example/owners"
    assert texts(summary) == ["Owners said the step was far too much …"]
    assert (summary.date, summary.author) == (None, None)
    assert summary.origins[-1] == ("text", "a summary")


def atom(entry):
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Coast Gazette</title>'
        "<updated>2026-11-20T00:00:00Z</updated><author><name>The Editors</name></author>"
        f"<entry><id>1</id><updated>2026-11-20T00:00:00Z</updated>{entry}</entry></feed>"
    )


@pytest.mark.parametrize(
    ("entry", "field", "expected"),
    [
        ("<published>2026-05-14T23:30:00-05:00</published>", "date", "2026-05-14"),
        ("", "date", None),
        ("<published>soon</published>", "date", None),
        ("<author><name>Nora Quist</name><email>n@x.example</email></author>", "author",
         "Nora Quist"),
        ("", "author", "The Editors"),
        ('<title type="html">Tolls &amp;amp; &lt;b&gt;ports&lt;/b&gt;</title>', "title",
         "Tolls & ports"),
        ("", "title",
         "The harbour authority said on Monday that tolls for coastal freighters will…"),
        ('<link href="https://www.google.com/url?sa=t&amp;url=https://a.example/b&amp;ct=ga"/>',
         "url", "https://a.example/b"),
        ('<link href="javascript:alert(1)"/>', "url", None),
        ("<source><title>Other News</title></source>", "source", "Other News"),
        ('<category term="a"/><category term="b" label="B"/>', "tags", ("a", "B")),
    ],
)  # fmt: skip
def test_the_fields_of_atom(entry, field, expected):
    pytest.importorskip("feedparser")
    (article,) = read(atom(f'{entry}<content type="html">{HTML}</content>'), ".atom")
    if field == "date":
        expected = expected and date(expected)
        assert bool(article.warnings) == ("soon" in entry)
    assert getattr(article, field) == expected
    assert texts(article) == [FIRST, SECOND]


def test_rdf_dated_by_dublin_core():
    pytest.importorskip("feedparser")
    (article,) = read(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<channel><title>Coast</title></channel><item><title>A</title><link>https://a.example/</link>"
        f"<dc:date>2026-05-14</dc:date><description>{HTML}</description></item></rdf:RDF>",
        ".rdf",
    )
    assert (article.date, article.source) == (date("2026-05-14"), "Coast")


def test_google_news_names_the_papers():
    pytest.importorskip("feedparser")
    (article,) = read(
        "<rss version='2.0'><channel><title>\"tolls\" - Google News</title><item>"
        "<title>Tolls to rise - Other Times</title><description>Tolls.</description>"
        "<source url='https://other.example'>Other Times</source></item></channel></rss>"
    )
    assert (article.title, article.source) == ("Tolls to rise", "Other Times")


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("nora@coast.example (Nora Quist)", "Nora Quist"),
        ("Nora Quist &lt;nora@coast.example&gt;", "Nora Quist"),
        ("nora@coast.com (Nora Quist)", "Nora Quist"),
        ("nora@coast.example", None),
        ("nora@coast.com", None),
        ("Nora Quist", "Nora Quist"),
        ("AFP", "AFP"),
    ],
)
def test_an_author_of_rss_is_a_name_without_its_address(author, name):
    pytest.importorskip("feedparser")
    (article,) = read(
        f"<rss version='2.0'><channel><item><author>{author}</author>"
        "<description>Tolls.</description></item></channel></rss>"
    )
    assert article.author == name


def test_a_description_that_is_an_article_is_one():
    pytest.importorskip("feedparser")
    body = "".join(f"<p>{FIRST} {SECOND}</p>" for _ in range(8))
    (article,) = read(
        f"<rss version='2.0'><channel><item><description><![CDATA[{body}]]></description></item>"
        "</channel></rss>"
    )
    assert article.warnings == ()
    assert len(article.paragraphs) == 8


def test_a_damaged_feed_is_read_as_far_as_it_goes():
    pytest.importorskip("feedparser")
    damaged = RSS.replace("A summary.", "A &nbsp; & summary <br>")
    assert texts(read(damaged)[0]) == [FIRST, SECOND]
    windows = RSS.replace("UTF-8", "windows-1252").replace("Baku", "Bordé").encode("cp1252")
    assert "Bordé" in texts(read(windows)[0])[1]


JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Coast Gazette",
    "language": "en",
    "authors": [{"name": "The Editors"}],
    "items": [
        {
            "id": "1",
            "url": "https://coast.example/tolls",
            "title": "Tolls to rise",
            "content_html": f"<p>{FIRST}</p><p>{SECOND}</p>",
            "content_text": "plain",
            "date_published": "2026-05-14T23:30:00-05:00",
            "date_modified": "2026-11-20T00:00:00Z",
            "authors": [{"name": "Nora Quist"}],
            "tags": ["ports"],
        },
        {"id": "2", "content_text": f"{FIRST}\n\n{SECOND}"},
        {"id": "3", "title": "Short", "summary": "A summary."},
    ],
}


def test_json_feed():
    whole, untitled, summary = read(json.dumps(JSON_FEED), ".json")
    assert (whole.title, texts(whole)) == ("Tolls to rise", [FIRST, SECOND])
    assert (whole.source, whole.author, whole.tags) == ("Coast Gazette", "Nora Quist", ("ports",))
    assert (whole.date, whole.language) == (date("2026-05-14"), "en")
    assert whole.url == "https://coast.example/tolls"
    assert whole.warnings[0].startswith("only summaries in 1 of its 3 entries")
    assert (untitled.author, untitled.date, untitled.url) == ("The Editors", None, None)
    assert untitled.title.startswith("The harbour authority")
    assert texts(untitled) == [FIRST, SECOND]
    assert texts(summary) == ["A summary."]


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (f'<!DOCTYPE rss [<!ENTITY a0 "{"x" * 100}">{LAUGHS}]><rss version="2.0"><channel><item>'
         "<title>&a9;</title></item></channel></rss>", ".rss"),
        ("<rss version='2.0'>" + "<item>" * 20_000, ".xml"),
        ("<rss>" + "<a>" * 500_000, ".xml"),
        ("<svg xmlns='http://www.w3.org/2000/svg'/>", ".xml"),
        ("nothing", ".xml"),
        ("", ".rss"),
        (json.dumps({"version": "https://jsonfeed.org/version/1", "items": 7}), ".json"),
        (json.dumps({"version": "https://jsonfeed.org/version/1", "items": [{}] * 10_001}),
         ".json"),
    ],
)  # fmt: skip
def test_what_is_no_feed_or_made_to_break_one_is_refused(content, suffix):
    pytest.importorskip("feedparser")
    with pytest.raises(UnreadableFile):
        read(content, suffix)


def test_a_feed_reads_no_other_file():
    pytest.importorskip("feedparser")
    (article,) = read(
        '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel>'
        "<item><description>Read: &a;</description></item></channel></rss>"
    )
    assert texts(article) == ["Read: &a;"]


def test_a_page_called_xml_is_read_as_one():
    page = f"<?xml version='1.0'?><html><article><p>{FIRST}</p><p>{SECOND}</p></article></html>"
    assert texts(read(page)[0]) == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://www.google.com/url?rct=j&url=https://a.example/b%3Fc&ct=ga",
         "https://a.example/b?c"),
        ("https://google.co.uk/url?q=https://a.example", "https://a.example"),
        ("https://evil.example/url?url=https://a.example",
         "https://evil.example/url?url=https://a.example"),
        ("https://www.google.com/url?url=javascript:x", "https://www.google.com/url?url=javascript:x"),
        ("http://[", "http://["),
    ],
)  # fmt: skip
def test_where_a_search_engines_link_leads(url, target):
    assert target_of(url) == target
