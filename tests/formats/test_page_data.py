"""What web pages say about themselves: title, source, authors, date, address."""

import json

import pytest
from articles import parse

TEXT = (
    "<p>The harbour authority said on Monday that tolls for coastal freighters will rise by four "
    "per cent in March, after years of talks with owners.</p>"
    "<p>“We have waited for years with this step,” Petra Lindholm, the ports minister, said in an "
    "interview with this newspaper on Sunday.</p>"
    "<p>The union of freight owners said that it would go to court, and that small firms would be "
    "hurt most by the new tolls.</p>"
)


def read(head="<title>Harbour tolls to rise</title>", above="", html="<html>", h1=True):
    heading = "<h1>Harbour tolls to rise</h1>" if h1 else ""
    page = (
        f'<!DOCTYPE html>{html}<head><meta charset="utf-8">{head}</head><body>'
        f"<article>{heading}{above}{TEXT}</article></body></html>"
    )
    return parse(page.encode(), "tolls", ".html")


def meta(**names):
    return "".join(
        f'<meta property="{name.replace("__", ":")}" content="{content}">'
        for name, content in names.items()
    )


def linked(data):
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def origin(article, field):
    return next((o.place for o in article.origins if o.field == field), None)


ARTICLE = {
    "@type": ["NewsArticle", "Thing"],
    "headline": "Harbour tolls to rise",
    "datePublished": "2024-08-27T20:18:00+02:00",
    "dateModified": "2024-08-30T12:40:00+02:00",
    "author": [{"@id": "#nq"}, {"@type": "Person", "name": "J. P. Okoro"}],
    "publisher": {"@type": "Organization", "name": "Example News"},
    "isPartOf": {"@type": "NewsArticle", "datePublished": "1999-01-01"},
}
PERSON = {"@type": "Person", "@id": "#nq", "name": "Nora O&#8217;Quist"}


@pytest.mark.parametrize(
    "data",
    [
        {"@graph": [{"@type": "WebSite", "name": "Example News"}, ARTICLE, PERSON]},
        [[ARTICLE], PERSON],
        [{"@type": "WebPage", "mainEntity": ARTICLE}, PERSON],
    ],
)
def test_json_ld(data):
    article = read("<title>x</title>" + linked(data))
    assert article.author == "Nora O’Quist, J. P. Okoro"
    assert str(article.date) == "2024-08-27"
    assert article.source == "Example News"
    assert origin(article, "date") == "JSON-LD: datePublished"


@pytest.mark.parametrize(
    "script",
    ["{", '{"@type": "NewsArticle", "datePublished": 5, "author": {"name": {}}}', "[" * 100_000],
)
def test_damaged_json_ld_is_no_data(script):
    article = read(f'<script type="application/ld+json">{script}</script>')
    assert (article.date, article.author, article.title) == (None, None, "Harbour tolls to rise")


@pytest.mark.parametrize(
    ("head", "above", "date"),
    [
        (meta(article__published_time="2024-08-27T23:30:00-05:00"), "", "2024-08-27"),
        (meta(article__modified_time="2024-08-30"), "", None),
        (meta(parsely_pub_date="x") + meta(dateModified="2024-08-30"), "", None),
        ("", "<p class='date'>27 August 2024</p>", "2024-08-27"),
        ("", "<p>Updated: 30 August 2024</p>", None),
        ("", "<p>Published 27 August 2024, updated 30 August 2024</p>", "2024-08-27"),
        ("", "<time datetime='2024-08-27'>yesterday</time>", "2024-08-27"),
        ("", "<time class='updated' datetime='2024-08-30'>today</time>", None),
        ("", "<span itemprop='datePublished' content='2024-08-27T18:50'>Tue</span>", "2024-08-27"),
        ('<link rel="canonical" href="https://x.example/2024/8/27/tolls">', "", "2024-08-27"),
        ('<link rel="canonical" href="https://x.example/20240827-tolls">', "", "2024-08-27"),
        (meta(article__published_time="1724785200"), "", "2024-08-27"),
        (meta(article__published_time="20240827T101500Z"), "", "2024-08-27"),
        (meta(article__published_time="1970-01-01T00:00:00Z"), "", None),
        ("<meta name='copyright' content='© 2013'>", "<footer>© 2013</footer>", None),
        (
            meta(article__published_time="2024-08-27T23:30:00Z"),
            "<p>28 August 2024, 01:30</p>",
            "2024-08-28",
        ),
    ],
)
def test_the_date_is_that_of_publication(head, above, date):
    found = read(f"<title>x</title>{head}", above).date
    assert (str(found) if found else None) == date


def test_a_clock_of_the_site_is_no_date():
    clock = "<div id='date'>19 Feb. 2020</div><time class='nav-top'>8 July 2020</time>"
    page = f"<html><body><header>{clock}</header><article><h1>Tolls</h1>{TEXT}</article></body>"
    assert parse(page.encode(), "tolls", ".html").date is None


def test_a_date_that_is_not_understood_is_warned_of():
    article = read("<title>x</title>" + meta(article__published_time="5/6/2024"))
    assert article.date is None
    assert article.warnings == (
        "the date “5/6/2024” is not understood (meta: article:published_time)",
    )


@pytest.mark.parametrize(
    ("language", "date"),
    [("en-GB", "2024-06-05"), ("fr", "2024-06-05"), ("en-CA", None), ("en", None), ("en-US", None)],
)
def test_the_language_of_a_page_tells_what_a_date_in_figures_is(language, date):
    # en-US is what systems declare by default, also those of papers elsewhere.
    head = f"<title>x</title>{meta(article__published_time='5/6/2024')}"
    page = f"<html lang='{language}'><head>{head}</head><body><h1>Tolls</h1>{TEXT}</body></html>"
    article = parse(page.encode(), "tolls", ".html")
    assert (str(article.date) if article.date else None, article.language) == (date, language)
    assert bool(article.warnings) == (date is None)


@pytest.mark.parametrize(
    "title",
    [
        "Harbour tolls to rise | Example News",
        "Harbour tolls to rise - news.example",
        "Example News: Harbour tolls to rise",
        "EXAMPLE NEWS|Harbour tolls to rise",
        "Harbour tolls to rise » Ports » Local » Example News",
        "Harbour tolls to rise | Example News | All that is new",
    ],
)
def test_the_site_is_taken_off_a_title(title):
    head = f"<title>{title}</title>" + meta(
        og__site_name="Example News", og__url="https://www.news.example/tolls"
    )
    article = read(head, h1=False)
    assert (article.title, article.source) == ("Harbour tolls to rise", "Example News")


@pytest.mark.parametrize(
    "title", ["Tolls: what «Example News» found", "Rise - or fall", "Port | Ex-minister"]
)
def test_nothing_else_is_taken_off_a_title(title):
    article = read(f"<title>{title}</title>" + meta(og__site_name="Example"), h1=False)
    assert article.title == title


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Jeffrey Gettleman, JEFFREY GETTLEMAN", "Jeffrey Gettleman"),
        ("By Nora Quist and J. P. Okoro", "Nora Quist, J. P. Okoro"),
        ("Aleš Vávra před", "Aleš Vávra"),
        ("Por María Alejandra Carrasquilla Reina maria@x.example", None),
        ("Von Ludwig van der Berg", "Ludwig van der Berg"),
        ("Reuters", "Reuters"),
        ("Christoph Hein Chefredakteur", "Christoph Hein"),
        ("Hafen Nord AG", None),
        ("Kim In-sung", "Kim In-sung"),
        ("Paige Quill Send an email", "Paige Quill"),
        ("Nora Quist, Senior Ports Correspondent", "Nora Quist"),
        ("Username", None),
        ("Redaktion", None),
        ("Redaktion Hafen", None),
        ("admin", None),
        ("Submitted", None),
        ("Mac & i", None),
        ("Alcalino", None),
        ("Example News", None),
        ("https://news.example/nq", None),
        ("Фото из Инстаграма Лукаша Подольски", None),
        ("王小明", "王小明"),
    ],
)
def test_authors_are_persons_or_agencies(author, expected):
    if author.startswith("Por"):
        expected = "María Alejandra Carrasquilla Reina"
    head = f'<title>x</title><meta name="author" content="{author}">'
    assert read(head + meta(og__site_name="Example News")).author == expected


@pytest.mark.parametrize("name", ["Handelsblatt_De", "@afpbbcom", "Newsexample", "{site}"])
def test_a_handle_is_no_source(name):
    head = meta(og__site_name=name, og__url="https://www.news.example/tolls")
    assert read(f"<title>x</title>{head}").source == "news.example"


@pytest.mark.parametrize(
    ("head", "html"),
    [
        ('<link rel="canonical" href="https://news.example/tolls">', "<html ⚡>"),
        (meta(og__url="https://news.example/tolls"), "<html>"),
        (
            '<link rel="canonical" href="https://web.archive.org/web/20240901120000/'
            'https://news.example/tolls">',
            "<html>",
        ),
        (
            '<link rel="canonical" href="https://archive.ph/2024.09.01-120000/'
            'https://news.example/tolls">',
            "<html>",
        ),
        (
            '<link rel="canonical" href="https://news.example/">'
            + meta(og__url="https://news.example/tolls"),
            "<html>",
        ),
        (meta(og__url="https://news.example/") + '<link rel="canonical" href="/tolls">', "<html>"),
    ],
)
def test_the_address_is_that_of_the_page_itself(head, html):
    article = read(f"<title>x</title>{head}", html=html)
    assert article.url == "https://news.example/tolls"
    assert article.source == "news.example"


@pytest.mark.parametrize(
    "line",
    [
        "READ MORE: Ports in the north fear the tolls",
        "Also read: Ports in the north fear the tolls",
        "Lesen Sie auch: Häfen im Norden fürchten die Gebühren",
        "Читайте также: Порты боятся сборов",
        "Lire aussi : les ports du nord craignent les péages",
        "This article is for subscribers only",
        "Dieser Artikel ist nur für Abonnenten",
        "Share on Facebook",
        "By Nora Quist",
        "Published 27 August 2024",
        "27.04.2020 - 18:50 Uhr",
        "Harbour tolls to rise",
    ],
)
def test_lines_of_the_site_are_no_paragraphs(line):
    article = read(above=f"<p>{line}</p>")
    assert len(article.paragraphs) == 3
    assert article.paragraphs[0].text.startswith("The harbour authority")


@pytest.mark.parametrize(
    "line",
    [
        "Read more books, said the minister of ports, and you will know more of ships.",
        "Share prices of the owners fell on Monday.",
        "By March 2024 the owners had paid, and nobody had asked them why.",
        "On 27 August 2024 the ships came in.",
    ],
)
def test_sentences_like_these_are_paragraphs(line):
    assert read(above=f"<p>{line}</p>").paragraphs[0].text == line


def test_the_credit_of_the_picture_is_no_part_of_its_caption():
    figure = "<figure><img><figcaption>The quay. (Photo: Mike Doe, AP)</figcaption></figure>"
    article = read(above=figure)
    assert article.credit == "Mike Doe, AP"
    assert [(b.kind, b.text) for b in article.blocks] == [("caption", "The quay.")]
    article = read(above="<p>(Photo: Mike Doe, AP)</p>")
    assert (article.credit, len(article.paragraphs)) == ("Mike Doe, AP", 3)


def test_the_language_is_the_declared_one():
    assert read(html='<html lang="pt_BR">').language == "pt-BR"
    assert read(html='<html lang="English language">').language is None


def test_the_declared_encoding_counts():
    page = "<html><head><meta charset=iso-8859-2><title>Łódź</title></head><body><article>"
    page += f"<h1>Łódź</h1><p>Żółw. {TEXT}</p></article></body></html>"
    page = page.replace("“", '"').replace("”", '"')
    assert parse(page.encode("iso-8859-2"), "x", ".html").title == "Łódź"


def archive(page, charset=""):
    return (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example/tolls\r\n"
        b"Subject: Tolls | Example News\r\nDate: Thu, 1 Oct 2026 10:00:00 -0000\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: text/html" + charset.encode() + b"\r\n"
        b"Content-Transfer-Encoding: binary\r\n\r\n" + page + b"\r\n--b--\r\n"
    )


@pytest.mark.parametrize(
    ("declared", "charset", "encoding"),
    [
        ("iso-8859-1", "", "iso-8859-1"),
        ("windows-1251", "", "cp1251"),
        ("iso-8859-1", "; charset=windows-1251", "cp1251"),
        ("", "; charset=utf-8", "utf-8"),
    ],
)
def test_an_archive_is_read_in_its_pages_encoding_and_saved_on_no_day(declared, charset, encoding):
    first = "Die Hafenbehörde" if encoding == "iso-8859-1" else "Портовые власти"
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    page += f"<title>Tolls</title></head><body><article><h1>Tolls</h1><p>{first} und andere.</p>"
    page += TEXT.replace("“", '"').replace("”", '"') + "</article></body></html>"
    article = parse(archive(page.encode(encoding), charset), "x", ".mhtml")
    assert article.paragraphs[0].text == f"{first} und andere."
    assert (article.date, article.title) == (None, "Tolls")
    assert (article.url, article.source) == ("https://news.example/tolls", "news.example")


@pytest.mark.parametrize(
    ("published", "declared", "date"),
    [
        ("2024-08-27T23:30:00Z", "2024-08-28T01:30:00+02:00", "2024-08-28"),
        ("2024-08-27T02:30:00Z", "2024-08-26T21:30:00-05:00", "2024-08-26"),
        ("2024-08-27T09:00:00+02:00", "2024-08-30T09:00:00+02:00", "2024-08-27"),
        ("2024-08-30T09:00:00Z", "2024-08-27T09:00:00+02:00", "2024-08-27"),
    ],
)
def test_of_two_days_it_is_the_page_s_own_and_the_earlier(published, declared, date):
    head = meta(article__published_time=published) + meta(datePublished=declared)
    assert str(read(f"<title>x</title>{head}").date) == date


def test_a_page_s_title_goes_without_a_name_that_only_it_has():
    assert read("<title>Harbour tolls to rise | The Post</title>", h1=False).title == (
        "Harbour tolls to rise"
    )
    assert read("<title>Opinion | The harbour must pay</title>", h1=False).title == (
        "Opinion | The harbour must pay"
    )


def test_links_without_an_address_are_links():
    said = "It was <a><a href='/x'>said</a></a> on Monday that the tolls for freighters will rise"
    article = read(above=f"<p>{said}, which the owners of <a>all</a> firms had feared.</p>")
    assert article.paragraphs[0].text.startswith("It was said on Monday that")
