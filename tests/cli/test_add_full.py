"""`reader add` of feeds, and of the pages that they link to with `--full`."""

import os

import pytest
from servers import NO_PROXY, RawServer, answer

from reader import formats

pytest.importorskip("feedparser")

TEXT = "The harbour board raised its tolls on Monday. " * 9


def feed(base):
    return f"""<?xml version="1.0"?><rss version="2.0"
xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Coast Gazette</title>
<item><title>Tolls to rise</title><link>{base}/tolls</link><author>a@b.example (Nora Quist)</author>
<pubDate>Thu, 14 May 2026 23:30:00 -0500</pubDate><description>The tolls will rise.</description>
</item>
<item><title>Owners object</title><link>{base}/owners</link>
<content:encoded>&lt;p&gt;Owners said: {TEXT}&lt;/p&gt;</content:encoded></item>
<item><title>Gone</title><link>{base}/gone</link></item>
<item><title>Nowhere</title></item>
</channel></rss>""".encode()


PAGE = f"<html><head><title>x</title></head><body><article><p>{TEXT}</p></article></body></html>"


@pytest.fixture
def server():
    def give(head):
        path = head.split()[1]
        if path == "/feed":
            return answer(feed(f"http://127.0.0.1:{served.port}"), "application/rss+xml")
        if path == "/tolls":
            return answer(PAGE.encode(), "text/html")
        return answer(b"", status="404 Not Found")

    with RawServer(give) as served:
        yield served


@pytest.fixture
def library(home):
    return home / ".local/share/article-reader/library"


def test_full_fetches_what_a_feed_only_summarises(reader, server, library):
    url = f"http://127.0.0.1:{server.port}"
    done = reader("add", "--allow-local", "--full", f"{url}/feed", env=NO_PROXY)
    assert (done.returncode, done.stdout) == (2, "tolls-to-rise\nowners-object\n")
    assert done.stderr.splitlines() == [
        f"reader: {url}/feed/3: {url}/gone: the server says 404 Not Found: not added",
        f"reader: {url}/feed/4: an entry with neither a text nor an address: not added",
    ]
    written = (library / "tolls-to-rise.md").read_text()
    assert TEXT.strip() in written
    for line in ("title: Tolls to rise", "author: Nora Quist", "source: Coast Gazette",
                 "date: 2026-05-14", f"url: {url}/tolls"):  # fmt: skip
        assert f"\n{line}\n" in written
    assert "summary" not in written
    assert reader("add", "--full", "--allow-local", f"{url}/feed", env=NO_PROXY).stdout == ""


def test_a_summary_stays_known_as_one(reader, server, library):
    done = reader("add", "--allow-local", f"http://127.0.0.1:{server.port}/feed", env=NO_PROXY)
    assert done.stdout == "tolls-to-rise\nowners-object\n"
    assert "only summaries in 1 of its 4 entries: `reader add --full` fetches" in done.stderr
    assert sorted(os.listdir(library)) == ["owners-object.md", "tolls-to-rise.md"]
    assert "\ntext: summary\n" in (library / "tolls-to-rise.md").read_text()
    assert "text: summary" not in (library / "owners-object.md").read_text()
    (article,) = formats.parse((library / "tolls-to-rise.md").read_bytes(), "x", ".md")
    assert article.warnings == ("only a summary of the article",)


def test_full_is_for_feeds_in_files_and_streams_too(reader, server, tmp_path, library):
    file = tmp_path / "feed.xml"
    file.write_bytes(feed(f"http://127.0.0.1:{server.port}"))
    done = reader("add", "--full", "--allow-local", str(file), env=NO_PROXY)
    assert done.stdout == "tolls-to-rise\nowners-object\n"
    for name in library.iterdir():
        name.unlink()
    done = reader("add", "--full", "-", input=file.read_text(), env=NO_PROXY)
    assert done.stdout == "owners-object\n"
    assert "is a local address" in done.stderr
    page = tmp_path / "page.html"
    page.write_text(PAGE)
    done = reader("add", "--full", str(page))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("not a feed: --full fetches the articles of feeds: not added\n")
