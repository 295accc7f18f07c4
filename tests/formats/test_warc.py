"""Web archives: an article for each page, with its address and without the day of capture."""

import gzip
import time
from io import BytesIO

import pytest
from documents import PROSE, zipped

from reader.errors import UnreadableFile
from reader.formats import guess_suffix, parse, suffix_of

pytest.importorskip("warcio")
TEXT = f"{PROSE} " * 3


def page(title):
    html = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
    return (
        html + f"<p>{title}: {TEXT}</p><p>{TEXT} Of {title}.</p></article></body></html>"
    ).encode()


def warc(*records, packed=True):
    """Records of address, status line, media type and content."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    file = BytesIO()
    writer = WARCWriter(file, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "test"}))
    for address, status, kind, content in records:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            address, "response", payload=BytesIO(content), http_headers=headers
        )
        writer.write_record(record)
    return file.getvalue()


RECORDS = (
    ("https://news.example.com/robots.txt", "200 OK", "text/plain", b"User-agent: *"),
    ("https://news.example.com/tolls", "200 OK", "text/html; charset=utf-8", page("Tolls rise")),
    ("https://news.example.com/none", "404 Not Found", "text/html", page("Not found")),
    ("https://news.example.com/empty", "200 OK", "text/html", b"<html></html>"),
    ("https://other.example.com/ships", "200 OK", "text/html", page("Ships wait")),
)


@pytest.mark.parametrize("packed", [True, False])
def test_each_page_that_was_answered_is_an_article(packed):
    content = warc(*RECORDS, packed=packed)
    articles = parse(content, "a", ".warc.gz" if packed else ".warc")
    assert [(article.id, article.title, article.url, article.date) for article in articles] == [
        ("a/1", "Tolls rise", "https://news.example.com/tolls", None),
        ("a/2", "Ships wait", "https://other.example.com/ships", None),
    ]
    assert articles[0].warnings == ("1 of 3 pages have no text",)
    assert suffix_of("a.WARC.gz") == ".warc.gz"


def test_of_a_packed_archive_the_listed_pages_are_read():
    pages = '{"format": "json-pages-1.0"}\n{"url": "https://other.example.com/ships"}\n'
    members = {"datapackage.json": "{}", "archive/a.warc.gz": warc(*RECORDS)}
    content = zipped({**members, "pages/pages.jsonl": pages})
    assert guess_suffix(content) == ".wacz"
    assert [article.title for article in parse(content, "a", ".wacz")] == ["Ships wait"]
    assert len(parse(zipped(members), "a", ".wacz")) == 2


def test_what_comes_before_damage_is_read():
    content = warc(*RECORDS)
    assert parse(content[:-300], "a", ".warc.gz")[0].title == "Tolls rise"
    for damaged in (b"", b"WARC/1.0\r\n", gzip.compress(gzip.compress(content)), b"\x1f\x8bx"):
        with pytest.raises(UnreadableFile):
            parse(damaged, "a", ".warc.gz")


def test_a_bomb_is_refused(monkeypatch):
    from reader.formats.documents import warc as module

    monkeypatch.setattr(module, "_LARGEST_TOTAL", 4_000_000)
    bomb = warc(("https://a.example/", "200 OK", "image/png", bytes(50_000_000)))
    began = time.process_time()
    with pytest.raises(UnreadableFile, match="MiB unpacked"):
        parse(bomb, "a", ".warc.gz")
    assert time.process_time() - began < 3
