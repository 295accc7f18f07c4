"""Inputs to begin with, of each format, and ways to change them."""

import io
import json
import zipfile
from pathlib import Path

import documents
from hypothesis import strategies as st

PROSE = "“The tolls will rise,” said Ann Lee of Oslo on Monday. “We have waited for years.”"
TEXT = f"Harbour tolls to rise\n\nExample News\n14 May 2026\nBy Ann Lee\n\n{PROSE}\n\n{PROSE}\n"
NEXIS = (
    "1 of 2 DOCUMENTS\n\nThe Example Post\n\nMay 14, 2026 Thursday\n\nTolls\n\nBYLINE: Ann Lee\n\n"
    f"LENGTH: 20 words\n\n{PROSE}\n\nLOAD-DATE: May 15, 2026\n\n2 of 2 DOCUMENTS\n\n{PROSE}\n"
)
FRONT = f"---\ntitle: Tolls\ndate: 2026-05-14\ntags: [a, b]\nauthor: {{name: A}}\n---\n\n{PROSE}\n"
MARKDOWN = (
    f"# Tolls\n\n{PROSE} [link](https://a.example) *em* **b** `c` ![i](j) [^1]\n\n> [!quote] Q\n"
    "> one\n>\n> two\n\n- a\n  - b\n1. c\n\n| a | b |\n|---|---|\n| c | d |\n\n```\ncode\n```\n"
    "\n---\n\n[^1]: n\n"
)
PAGE = (
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>Tolls | Example</title>"
    '<meta property="article:published_time" content="2026-05-14T10:00:00Z">'
    '<script type="application/ld+json">{"@type":"NewsArticle","author":{"name":"A"}}</script>'
    f"</head><body><article><h1>Tolls</h1><p>{PROSE}</p><blockquote><p>{PROSE}</p>"
    f"</blockquote><ul><li>{PROSE}</li></ul><table><tr><td>a</td></tr></table>"
    f"<figure><img><figcaption>c</figcaption></figure><div>{PROSE}<br><br>{PROSE}</div>"
    "</article></body></html>"
)
MAIL = (
    "From: Ann Lee <a@b.example>\nSubject: =?utf-8?q?T=C3=B6lls?=\nMIME-Version: 1.0\n"
    "Date: Thu, 14 May 2026 10:00:00 +0000\n"
    "Content-Type: multipart/alternative; boundary=b\n\n--b\n"
    f"Content-Type: text/plain; charset=utf-8; format=flowed\n\n{PROSE}\n> quoted\n\n-- \nsigned\n"
    "--b\nContent-Type: text/html; charset=x\nContent-Transfer-Encoding: quoted-printable\n\n"
    f"<p>{PROSE}=20</p>\n--b--\n"
)
FEED = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    "<channel><title>Example</title><item><title>Tolls</title><link>https://a.example/1</link>"
    "<pubDate>Thu, 14 May 2026 10:00:00 GMT</pubDate><content:encoded><![CDATA[<p>"
    f"{PROSE}</p>]]></content:encoded></item><item><title>B</title><description>{PROSE}"
    "</description></item></channel></rss>"
)
NITF = (
    '<?xml version="1.0"?><nitf><head><docdata><date.issue norm="20260514"/></docdata></head><body>'
    f"<body.head><hedline><hl1>Tolls</hl1></hedline></body.head><body.content><p>{PROSE}</p>"
    "</body.content></body></nitf>"
)
SGML = (
    '<!DOCTYPE lewis SYSTEM "lewis.dtd">\n<REUTERS TOPICS="YES"><DATE>26-FEB-1987 15:01</DATE>'
    f"<TEXT>&#2;<TITLE>TOLLS</TITLE><BODY>{PROSE}&#3;</BODY></TEXT></REUTERS>"
)
RECORD = {
    "title": "Tolls",
    "text": PROSE,
    "date": "2026-05-14",
    "authors": ["A"],
    "url": "https://a.example/",
}
ENEX = (
    '<?xml version="1.0"?><en-export><note><title>Tolls</title><content><![CDATA[<en-note><div>'
    f"{PROSE}</div></en-note>]]></content><created>20260514T100000Z</created></note></en-export>"
)
RTF = (
    r"{\rtf1\ansi\ansicpg1252 {\b Tolls}\par "
    + PROSE.replace("“", r"\'93").replace("”", r"\u8221?")
    + r"\par}"
)
# Archives, each with the member in it that is changed by itself.
ARCHIVES = {
    ".docx": (
        documents.docx(documents.p("Tolls", "Titel") + documents.p(PROSE) * 2),
        "word/document.xml",
    ),
    ".odt": (documents.odt(f"<text:p>{PROSE}</text:p>"), "content.xml"),
    ".epub": (documents.epub({"a.xhtml": f"<h1>Tolls</h1><p>{PROSE}</p>"}), "OPS/a.xhtml"),
}

_TEXTS = [TEXT, NEXIS, FRONT, MARKDOWN]
_BY_SUFFIX = {
    ".md": _TEXTS,
    ".txt": [*_TEXTS, TEXT.replace("“", '"').replace("”", '"')],
    ".html": [PAGE],
    ".eml": [MAIL, f"Subject: a\n\n{PROSE}\n"],
    ".mht": [MAIL.replace("alternative", "related; type=text/html")],
    ".mbox": [f"From a Thu May 14 10:00:00 2026\n{MAIL}\nFrom b Thu\n{MAIL}"],
    ".xml": [FEED, NITF, SGML],
    ".json": [json.dumps([RECORD, RECORD]), f"{json.dumps(RECORD)}\n" * 2],
    ".csv": [f'title,text,date\nTolls,"{PROSE}",2026-05-14\nB,"{PROSE}",\n'],
    ".enex": [ENEX],
    ".rtf": [RTF],
}
# Bytes that mean something to a reader, a line each, with Python's escapes.
TOKENS = [
    line.encode("ascii").decode("unicode_escape").encode("latin-1")
    for line in Path(__file__).with_name("tokens.txt").read_text("ascii").splitlines()
]
# Bytes of an input.
LARGEST = 60_000


def seeds(suffixes):
    """Inputs of a format, by its suffixes; of one that is not known here, all there are."""
    if archives := [ARCHIVES[suffix][0] for suffix in suffixes if suffix in ARCHIVES]:
        return archives
    own = [text for suffix in suffixes for text in _BY_SUFFIX.get(suffix, [])]
    texts = own or [text for texts in _BY_SUFFIX.values() for text in texts]
    return [text.encode() for text in texts]


def member(archive, name):
    """The content of a member of a ZIP file."""
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        return file.read(name)


def with_member(archive, name, content):
    """A ZIP file with the content of a member replaced."""
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        members = {each: file.read(each) for each in file.namelist()}
    return documents.zipped({**members, name: content})


@st.composite
def changed(draw, beginnings):
    """One of several inputs with some changes: parts cut, repeated, replaced, tokens put in."""
    content = bytearray(draw(st.sampled_from(beginnings)))
    for _ in range(draw(st.integers(0, 6))):
        a = draw(st.integers(0, len(content)))
        b = min(a + draw(st.sampled_from([0, 1, 2, 7, 30, 200])), len(content))
        change = draw(st.integers(0, 4))
        if change == 0:
            content[a:b] = b""
        elif change == 1:
            content[a:b] = bytes(content[a:b]) * draw(st.sampled_from([2, 3, 50]))
        elif change == 2:
            content[a:b] = draw(st.binary(max_size=8))
        else:
            token = draw(st.sampled_from(TOKENS))
            content[a : b if change == 3 else a] = token * draw(st.sampled_from([1, 1, 2, 100]))
    return bytes(content[:LARGEST])
