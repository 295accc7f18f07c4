"""Web pages, mail and web archives."""

import datetime

import pytest
from articles import parse

from reader.errors import UnreadableFile

FIRST = (
    "The lighthouse on the northern pier was lit again on Tuesday evening, four years after "
    "a storm broke its lens and left the harbour dark."
)
SECOND = (
    "“It is the same light, only kinder to the keeper,” said Ragna Holm, who has tended it "
    "since 1998 and will do so until the spring."
)
THIRD = (
    "The town paid for the new lens with a lottery, and the old one now stands in the square "
    "where children climb on it after school."
)
PAGE = f"""<!DOCTYPE html>
<!-- saved from url=(0042)https://coast.example/saved/lighthouse -->
<html lang="en"><head><meta charset="utf-8">
<title>Lighthouse Lit Again | Coast Gazette</title>
<meta property="og:title" content="Lighthouse Lit Again">
<meta property="og:site_name" content="Coast Gazette">
<meta name="author" content="Mary Quill">
<meta property="article:published_time" content="2022-03-01T08:00:00Z">
</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Lighthouse Lit Again</h1>
<p>{FIRST}</p><p>{SECOND}</p><aside><a href="/x">Read more about piers</a></aside><p>{THIRD}</p>
</article><footer>Copyright Coast Gazette, all rights reserved</footer></body></html>
"""


def test_a_saved_page():
    article = parse(PAGE.encode(), "pages/light", ".html")
    assert [p.text for p in article.paragraphs] == [FIRST, SECOND, THIRD]
    assert article.title == "Lighthouse Lit Again"
    assert article.source == "Coast Gazette"
    assert article.author == "Mary Quill"
    assert article.date == datetime.date(2022, 3, 1)
    assert article.url == "https://coast.example/saved/lighthouse"


def test_a_page_that_says_its_own_address_keeps_it():
    link = '<link rel="canonical" href="https://coast.example/lighthouse">'
    article = parse(PAGE.replace("</head>", link + "</head>").encode(), "light", ".HTM")
    assert article.url == "https://coast.example/lighthouse"


@pytest.mark.parametrize("encoding", ["windows-1252", "utf-16"])
def test_a_page_in_another_encoding(encoding):
    page = PAGE.replace('charset="utf-8"', f'charset="{encoding}"').replace("lit", "lït")
    article = parse(page.encode(encoding), "light", ".html")
    assert "“It is the same light" in article.paragraphs[1].text
    assert "was lït again" in article.paragraphs[0].text


@pytest.mark.parametrize(
    "content",
    [
        b"<html></html>",
        b"<p>",
        b"\xff\xfe\x00",
        b"<html>" + b"<div>" * 5000,
        b"not a page",
        b"&#0;",
    ],
)
def test_no_article_is_an_unreadable_file_and_never_a_traceback(content):
    try:
        article = parse(content, "x", ".html")
    except UnreadableFile as error:
        assert "page" in str(error)
    else:
        assert article.paragraphs


MAIL = f"""From: Coast Gazette <news@coast.example>
Subject: =?utf-8?q?Lighthouse_Lit_Again_=E2=80=93_at_last?=
Date: Tue, 1 Mar 2022 08:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

{FIRST}

{SECOND}
--b
Content-Type: text/html; charset=utf-8

<p>Another</p>
--b--
"""


def test_a_mail_message():
    article = parse(MAIL.encode(), "letter", ".eml")
    assert [p.text for p in article.paragraphs] == [FIRST, SECOND]
    assert article.title == "Lighthouse Lit Again – at last"
    assert article.source == "Coast Gazette"
    assert article.date == datetime.date(2022, 3, 1)


def test_a_web_archive():
    archive = (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://coast.example/lighthouse"
        "\r\nSubject: Lighthouse Lit Again\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\n'
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        f"{PAGE}\r\n--b\r\nContent-Type: image/png\r\n\r\nxx\r\n--b--\r\n"
    )
    article = parse(archive.encode(), "light", ".mhtml")
    assert [p.text for p in article.paragraphs] == [FIRST, SECOND, THIRD]
    assert article.url == "https://coast.example/lighthouse"
    assert (article.title, article.source) == ("Lighthouse Lit Again", "Coast Gazette")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Subject: x\n\n",
        b"Content-Type: image/png\n\nxx",
        b"Content-Type: text/plain; charset=no-such\n\nwords",
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n--b--",
        b"\xff\xfe\x00:",
        b"Content-Transfer-Encoding: base64\n\n*",
        b"From: \xff<@\nDate: x\nSubject: =?x?q?=ff?=\n\nA word.",
    ],
)
def test_a_strange_message_is_an_article_or_an_unreadable_file(content):
    try:
        assert parse(content, "x", ".eml").paragraphs
    except UnreadableFile as error:
        assert str(error)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<p " + " ".join(f"a{number}" for number in range(20_000)) + ">", "attributes"),
        ("<p " + " ".join(f"a{number}='>'" for number in range(20_000)) + ">", "attributes"),
        (("<p " + " ".join(f"a{number}" for number in range(4_000)) + ">") * 20, "attributes"),
        ("<b>" * 60_000, "tags"),
        ("<!-- -->" * 60_000, "tags"),
    ],
)
def test_a_page_that_would_take_too_long_is_refused(body, reason):
    with pytest.raises(UnreadableFile, match=f"a web page of .*{reason}"):
        parse((PAGE + body).encode(), "x", ".html")


def test_what_is_long_in_a_page_but_quick_to_read_is_no_fault():
    script = f"<script>if (a<b) {{ x = {'y = z + ' * 3_000}; }}</script>"
    value = f"<p title='{'a long title ' * 10_000}'>"
    picture = f"<img src='data:image/png;base64,{'QUJD' * 200_000}'>"
    page = PAGE.replace("<body>", f"<body>{script}{picture}{value}")
    assert page != PAGE
    article = parse(page.encode(), "x", ".html")
    assert [paragraph.text for paragraph in article.paragraphs] == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("error", [RecursionError, MemoryError, KeyError, AssertionError])
def test_what_the_library_raises_is_the_files_fault(error, monkeypatch):
    def fail(*_arguments, **_options):
        raise error

    monkeypatch.setattr("trafilatura.bare_extraction", fail)
    with pytest.raises(UnreadableFile, match="a web page that cannot be understood"):
        parse(PAGE.encode(), "x", ".html")
    mail = b"Content-Type: text/html\n\n" + PAGE.encode()
    with pytest.raises(UnreadableFile, match="a web archive that cannot be understood"):
        parse(mail, "x", ".mhtml")
