"""Articles in JSON, lines of JSON and tables, as programs that collect articles write them."""

import json

import pytest

from reader import formats
from reader.errors import UnreadableFile
from reader.formats.dates import find_date

FIRST = "The harbour authority said on Monday that tolls for coastal freighters will rise."
SECOND = "“We have waited for years,” the ports minister, Petra Lindholm, said in Baku."


def read(value, suffix=".json"):
    content = value if isinstance(value, (str, bytes)) else json.dumps(value)
    return formats.parse(content.encode() if isinstance(content, str) else content, "db", suffix)


def texts(article):
    return [paragraph.text for paragraph in article.paragraphs]


def date(text):
    return find_date(text).date


NEWS_PLEASE = {
    "authors": ["Nora Quist", "J. P. Okoro"],
    "date_download": "2026-11-20 10:00:00",
    "date_modify": "2026-05-16 10:00:00",
    "date_publish": "2026-05-14 23:30:00-05:00",
    "description": "A summary.",
    "language": "en",
    "maintext": f"{FIRST}\n{SECOND}",
    "source_domain": "www.news.example.com",
    "title": "Harbour tolls to rise",
    "url": "https://news.example.com/harbour",
}
NEWSPAPER = {
    "url": "https://news.example.com/harbour",
    "source_url": "https://news.example.com",
    "title": "Harbour tolls to rise",
    "text": f"{FIRST}\n\n{SECOND}",
    "authors": ["Nora Quist", "J. P. Okoro"],
    "publish_date": "2026-05-14T00:00:00",
    "meta_lang": "en",
    "meta_site_name": "",
    "html": "<html><body><p>raw</p></body></html>",
}
WALLABAG = {
    "id": 7,
    "title": "Harbour tolls to rise",
    "url": "https://news.example.com/harbour",
    "content": f"<p>{FIRST}</p><p>{SECOND}</p>",
    "created_at": "2026-11-20T10:00:00+0000",
    "updated_at": "2026-11-21T10:00:00+0000",
    "published_at": "2026-05-14T08:00:00+0000",
    "published_by": ["Nora Quist, J. P. Okoro"],
    "language": "en",
    "domain_name": "news.example.com",
    "tags": [],
}
SCHEMA = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Harbour tolls to rise",
    "articleBody": f"{FIRST}\n\n{SECOND}",
    "datePublished": "2026-05-14",
    "dateModified": "2026-05-16",
    "author": [{"@type": "Person", "name": "Nora Quist"}, {"name": "J. P. Okoro"}],
    "url": "https://news.example.com/harbour",
    "inLanguage": "en",
}
GOOGLE_READER = {
    "title": "Harbour tolls to rise",
    "published": 1778716800,
    "crawlTimeMsec": "1795000000000",
    "canonical": [{"href": "https://news.example.com/harbour"}],
    "summary": {"content": f"<div>{FIRST}<br><br>{SECOND}</div>"},
    "author": "By Nora Quist; J. P. Okoro",
    "language": "en",
}


@pytest.mark.parametrize(
    "record", [NEWS_PLEASE, NEWSPAPER, WALLABAG, SCHEMA, GOOGLE_READER],
    ids=["news-please", "newspaper", "wallabag", "schema.org", "Google Reader"],
)  # fmt: skip
def test_the_fields_of_what_programs_export(record):
    (article,) = read(record)
    assert article.id == "db"
    assert article.title == "Harbour tolls to rise"
    assert texts(article) == [FIRST, SECOND]
    assert article.author == "Nora Quist, J. P. Okoro"
    assert article.date == date("2026-05-14")
    assert article.source == "news.example.com"
    assert article.url == "https://news.example.com/harbour"
    assert article.language == "en"
    assert article.warnings == ()
    assert {"title", "date", "author", "url"} <= {origin.field for origin in article.origins}


ONE, TWO = {"title": "One", "text": FIRST}, {"title": "Two", "text": SECOND}


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        ([ONE, TWO], ".json"),
        ({"status": "ok", "articles": [ONE, TWO]}, ".json"),
        ({"hits": {"total": 2, "hits": [{"_id": "1", "_source": ONE}, {"_source": TWO}]}}, ".json"),
        ({"17": ONE, "18": TWO}, ".json"),
        ({"title": ["One", "Two"], "text": [FIRST, SECOND]}, ".json"),
        ({"title": {"0": "One", "1": "Two"}, "text": {"0": FIRST, "1": SECOND}}, ".json"),
        ({"columns": ["title", "text"], "index": [0, 1],
          "data": [["One", FIRST], ["Two", SECOND]]}, ".json"),
        (f"{json.dumps(ONE)}\n\n{json.dumps(TWO)}\n", ".jsonl"),
        (f"{json.dumps(ONE)}\r\n{json.dumps(TWO)}", ".JSON"),
        (f"{json.dumps(ONE, indent=2)}\n{json.dumps(TWO, indent=2)}", ".ndjson"),
        ((b"\xef\xbb\xbf" + json.dumps([ONE, TWO]).encode()), ".json"),
        (f'title,text\nOne,"{FIRST}"\n\nTwo,"{SECOND}"\n', ".csv"),
        (f"\ufeffTitle;Text\r\nOne;{FIRST}\r\nTwo;{SECOND}\r\n", ".csv"),
        (f"sep=|\nHeadline|Content\nOne|{FIRST}\nTwo|{SECOND}\n", ".csv"),
        (f"title\ttext\nOne\t{FIRST}\nTwo\t{SECOND}\n", ".tsv"),
    ],
)  # fmt: skip
def test_records_wherever_they_are(content, suffix):
    one, two = read(content, suffix)
    assert (one.id, one.title, texts(one)) == ("db/1", "One", [FIRST])
    assert (two.id, two.title, texts(two)) == ("db/2", "Two", [SECOND])


@pytest.mark.parametrize(
    ("content", "suffix", "reason"),
    [
        ("title,url,time_added\nA,https://a.example/,1\n", ".csv", "1 bookmark without its text"),
        ([{"title": "A", "url": "https://a.example", "description": "B", "savedAt": "2026"}] * 2,
         ".json", "2 bookmarks without their text"),
        ("URL,Title,Selection,Folder,Timestamp\nhttps://a.example,A,,Unread,1\n", ".csv",
         "1 bookmark without its text"),
        ("a,b\n1,2\n", ".csv", "no columns with a title and a text"),
        ("", ".csv", "no columns with a title and a text"),
        ({"name": "package", "version": "1"}, ".json", "no article in it"),
        ("{", ".json", "an error in line 1"),
        ("[1, 2]", ".json", "no article in it"),
        ("", ".json", "an error in line 1"),
        ("[" * 100_000, ".json", "cannot be understood"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_refused_in_words(content, suffix, reason):
    with pytest.raises(UnreadableFile, match=reason):
        read(content, suffix)


def test_rows_without_text_damaged_lines_and_unknown_dates_are_counted():
    lines = [
        json.dumps(ONE | {"date": "the day before"}),
        json.dumps({"title": "No text", "url": "https://a.example"}),
        '{"title": "cut',
        json.dumps(TWO | {"text": "They met at noon. They … [+1234 chars]"}),
    ]
    one, two = read("\n".join(lines), ".jsonl")
    assert one.date is None
    assert one.warnings == (
        "1 of its lines are no JSON",
        "1 of 3 entries have no text",
        "1 text cut off in it",
        "1 date not understood: “the day before”",
    )
    assert texts(two) == ["They met at noon. They …"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One line of it.\nAnother one.", ["One line of it.", "Another one."]),
        ("The harbour authority said on Monday\nthat tolls will rise.\n\nOwners\nobject.",
         ["The harbour authority said on Monday that tolls will rise.", "Owners object."]),
        ("First.\\n\\nSecond.\\n\\nThird.", ["First.", "Second.", "Third."]),
        ("AT&amp;T said &ldquo;no&rdquo;.", ["AT&T said “no”."]),
        ("First <em>one</em>.\n\nSecond.", ["First one.", "Second."]),
        (["First.", "Second."], ["First.", "Second."]),
        ({"rendered": "<p>First.</p>"}, ["First."]),
        ("5 < 6 and 7 > 6.", ["5 < 6 and 7 > 6."]),
    ],
)  # fmt: skip
def test_paragraphs_of_a_text(text, expected):
    (article,) = read({"title": "A", "content": text})
    assert texts(article) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("['Nora Quist', 'Sam Okoro']", "Nora Quist, Sam Okoro"),
        ('["Nora Quist"]', "Nora Quist"),
        ("By Nora Quist", "Nora Quist"),
        ([{"name": "Nora Quist", "url": "https://x.example"}], "Nora Quist"),
        ({"original": "By Nora Quist"}, "Nora Quist"),
        ("nora@example.com (Nora Quist)", "Nora Quist"),
        ("[]", None),
        ("nan", None),
        (None, None),
        (7.0, "7.0"),
    ],
)
def test_authors(value, expected):
    assert read({**ONE, "author": value})[0].author == expected


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["5/31/2021", "5/6/2021 12:30"], ["2021-05-31", "2021-05-06"]),
        (["31/05/2021", "05/06/2021"], ["2021-05-31", None]),
        (["20210531", "20210506T103000Z"], ["2021-05-31", "2021-05-06"]),
        ([1622419200, 1622419200000], ["2021-05-31", "2021-05-31"]),
        ([{"$date": "2021-05-31T00:00:00Z"}, True], ["2021-05-31", None]),
        ([1e300, "9" * 5000], [None, None]),
    ],
)
def test_dates(dates, expected):
    articles = read([ONE | {"date": each} for each in dates])
    assert [article.date for article in articles] == [each and date(each) for each in expected]


def test_the_day_of_download_saving_or_change_is_no_date():
    keys = ["date_download", "date_modify", "dateModified", "created_at", "savedAt", "time_added",
            "updated", "crawl_date", "indexed_date", "created", "seendate"]  # fmt: skip
    (article,) = read(ONE | dict.fromkeys(keys, "2026-11-20"))
    assert (article.date, article.warnings) == (None, ())


def test_a_long_cell_and_one_without_end():
    long = "A sentence of prose. " * 10_000
    one, two = read(f'title,text\nOne,"{long}"\nTwo,"no end', ".csv")
    assert len(one.paragraphs[0].text) > 200_000
    assert texts(two) == ["no end"]


def test_more_articles_than_memory_is_for_are_refused():
    with pytest.raises(UnreadableFile, match="more than 100,000 articles"):
        read("text\n" + "a\n" * 100_001, ".csv")


def test_lines_without_end_are_refused_before_they_are_read(monkeypatch):
    monkeypatch.setattr("reader.formats.records.json_file._by_lines", None)
    with pytest.raises(UnreadableFile, match="more than 100,000 articles"):
        read("{}\n" * 100_001, ".jsonl")


def test_a_whole_page_is_read_as_one():
    page = (
        "<!DOCTYPE html><html><head><title>T</title>"
        "<meta property='og:site_name' content='Gazette'></head><body><nav>Home</nav>"
        f"<article><p>{FIRST}</p><p>{SECOND}</p></article></body></html>"
    )
    (article,) = read({"title": "Harbour", "html": page})
    assert (article.title, article.source) == ("Harbour", "Gazette")
    assert texts(article) == [FIRST, SECOND]
