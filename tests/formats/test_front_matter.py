"""Front matter, above plain text and above Markdown."""

import datetime

import pytest
from articles import parse

from reader.formats.markdown import as_markdown

PROSE = "The delegates arrived on Monday and began to talk at once, as nobody had expected."


def read(text):
    return parse(text.encode(), "folder/name")


def test_front_matter_wins_and_every_block_is_a_paragraph():
    article = read(
        "---\ntitle: No\nauthor: [[Jane Doe]]\npublished: 2021-05-20T10:00:00Z\nsource: The Post\n"
        f"url: https://post.example/a\n---\n\nA Line\n\nReuters, 1987-02-26\n\n{PROSE}\n"
    )
    assert article.title == "No"
    assert article.date == datetime.date(2021, 5, 20)
    assert article.source == "The Post"
    assert article.url == "https://post.example/a"
    assert len(article.paragraphs) == 3


def test_fields_from_the_text_where_the_front_matter_is_silent():
    article = read(f"---\nsource: The Post\n---\nTalks Begin\n\nReuters, 1987-02-26\n\n{PROSE}\n")
    assert (article.title, article.source) == ("Talks Begin", "The Post")
    assert article.date == datetime.date(1987, 2, 26)
    assert len(article.paragraphs) == 1


@pytest.mark.parametrize(
    ("front", "field", "value"),
    [
        ("title: Talks: the end", "title", "Talks: the end"),
        ("title: 'It''s over'", "title", "It's over"),
        ("authors:\n  - A B\n  - C D\ntitle: x", "author", "A B, C D"),
        ("source: https://post.example/a\ntitle: x", "url", "https://post.example/a"),
        ("source: https://post.example/a\ntitle: x", "source", None),
        ("url: javascript:alert(1)\ntitle: x", "url", None),
        ("date: 20.05.2021\ntitle: x", "date", datetime.date(2021, 5, 20)),
        ("date: soon\ntitle: x", "date", None),
        ("author: '[[Jane Doe]]'\ntitle: x", "author", "Jane Doe"),
        ("category: World\ntitle: x", "section", "World"),
        ("title: !!python/object/apply:os.system [true]", "title", "true"),
    ],
)
def test_keys(front, field, value):
    assert getattr(read(f"---\n{front}\n---\n\n{PROSE}\n"), field) == value


def test_a_heading_that_repeats_the_title_is_no_paragraph():
    article = read(f"---\ntitle: Talks Begin\n---\n\n# Talks Begin\n\n{PROSE}\n")
    assert [paragraph.text for paragraph in article.paragraphs] == [PROSE]
    assert read(f"---\nsource: x\n---\n# Talks Begin\n\n{PROSE}\n").title == "Talks Begin"


@pytest.mark.parametrize(
    "text",
    [
        f"---\n\n{PROSE}",
        f"--- {PROSE}",
        f"---x\n\n{PROSE}\n---\n",
        f"---\n\n{PROSE}\n\n---\n\nMore.",
        f"---\n- {PROSE}\n---\n\nMore.",
        f"---\n{PROSE} {{[\n---\n\nMore.",
    ],
)
def test_dashes_that_are_no_front_matter(text):
    article = read(text)
    assert PROSE in " ".join([article.title, *(paragraph.text for paragraph in article.paragraphs)])


def test_nested_front_matter_does_no_harm():
    deep = "a: " + "[" * 5000 + "]" * 5000
    assert read(f"---\ntitle: x\n{deep}\n---\n\n{PROSE}\n").paragraphs[0].text == PROSE


def test_front_matter_that_would_grow_is_read_by_the_line():
    lines = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    article = read("---\ntitle: Talks\n" + "\n".join(lines) + f"\ntags: *a11\n---\n\n{PROSE}\n")
    assert (article.title, article.tags) == ("Talks", ("*a11",))


@pytest.mark.parametrize("nested", ["[" * 10**6, "[" * 10**6 + "]" * 10**6, "\n" + "- " * 10**5])
def test_front_matter_nested_without_end_is_read_by_the_line(nested):
    article = read(f"---\ntitle: Talks\ntags: {nested}\n---\n\n{PROSE}\n")
    assert article.title == "Talks"
    assert [paragraph.text for paragraph in article.paragraphs] == [PROSE]


def clip(front, text=PROSE):
    return parse(f"---\n{front}\n---\n\n{text}\n".encode(), "folder/name", ".md")


@pytest.mark.parametrize(
    ("front", "field", "value"),
    [
        ("Date-Published: 2024-05-14 02:00:00", "date", datetime.date(2024, 5, 14)),
        ("datePublished: 2024-05-14", "date", datetime.date(2024, 5, 14)),
        ("pubDate: 2024-05-14\ndate: 2026-11-20", "date", datetime.date(2024, 5, 14)),
        ("date_publish: 2024-05-14", "date", datetime.date(2024, 5, 14)),
        ("published_at: 2024-05-14T23:30:00-05:00", "date", datetime.date(2024, 5, 14)),
        ("published:\ncreated: 2026-11-20", "date", None),
        ("saved: 2026-11-20\nclipped: 2026-11-20\nupdated: 2026-11-20", "date", None),
        ("date_saved: 2026-11-20\nmodified: 2026-11-20", "date", None),
        ("author: {name: Nora Quist, url: 'https://x.example'}", "author", "Nora Quist"),
        (
            "author:\n  - [[Jane|J. Doe]]\n  - '[[people/Nora Quist]]'",
            "author",
            "J. Doe, Nora Quist",
        ),
        ("author: '[Nora Quist](https://x.example/nq)'", "author", "Nora Quist"),
        ("author: [{name: A B}, {name: C D}]", "author", "A B, C D"),
        ("publisher: {name: Example News, logo: x}", "source", "Example News"),
        ("site_name: Example News\nsource: https://a.example", "source", "Example News"),
        ("site: Example News\ndomain: news.example", "source", "Example News"),
        ("source: '[Example News](https://a.example/b)'", "source", "Example News"),
        ("source: '[Example News](https://a.example/b)'", "url", "https://a.example/b"),
        ("source: https://www.a.example:8080/b", "source", "a.example"),
        (
            "url: https://reader.example/1\noriginal_url: https://a.example/b",
            "url",
            "https://a.example/b",
        ),
        ("canonical_url: https://a.example/b", "url", "https://a.example/b"),
        ("url: http://[", "source", None),
        ("date: 14. Mai 2026", "date", datetime.date(2026, 5, 14)),
        ("lang: de_AT", "language", "de-AT"),
        ("language: German spoken here", "language", None),
        ("labels: ['#a', b]", "tags", ("a", "b")),
    ],
)
def test_keys_of_programs(front, field, value):
    assert getattr(clip(front), field) == value


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff---\r\ntitle: Tolls\r\ndate: 2024-05-14\r\n---\r\nWords.\r\n",
        "\n \n---\ntitle: Tolls\ndate: 2024-05-14\n---\nWords.",
        "---\ntitle: Tolls\ndate: 2024-05-14\n...\nWords.",
        '+++\ntitle = "Tolls"\ndate = 2024-05-14T10:00:00Z\n+++\nWords.',
        '\n+++\ntitle = "Tolls"\n[params]\ndate = "2024-05-14"\n+++\nWords.',
    ],
)
@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_forms_of_front_matter(text, suffix):
    article = parse(text.encode(), "name", suffix)
    assert (article.title, article.date) == ("Tolls", datetime.date(2024, 5, 14))
    assert [paragraph.text for paragraph in article.paragraphs] == ["Words."]


@pytest.mark.parametrize(
    "front", ["+++\na b\n+++", "+++\nx = [\n+++", "+++\n" + "a = " + "[" * 9999]
)
def test_signs_that_are_no_front_matter(front):
    assert any(
        PROSE in p.text for p in parse(f"{front}\n\n{PROSE}".encode(), "x", ".md").paragraphs
    )


def test_a_date_that_is_not_understood_is_named():
    article = clip("published: the other day\ndate: 2026-11-20")
    assert article.date is None
    assert article.warnings == (
        "the date “the other day” is not understood (front matter: published)",
    )
    assert len(clip(f"published: {'x' * 999}").warnings[0]) < 120


def test_where_fields_come_from():
    article = clip("Title: Tolls\nPubDate: 2024-05-14\nsource: https://a.example/b")
    assert {origin.field: origin.place for origin in article.origins} == {
        "title": "front matter: Title",
        "date": "front matter: PubDate",
        "url": "front matter: source",
        "source": "the host of its address",
    }


@pytest.mark.parametrize("sign", ["-", "|", "–", "»"])
def test_the_site_is_no_part_of_the_title(sign):
    front = f"title: 'Tolls {sign} and more {sign} Example News'\nsite: example news"
    article = clip(front, f"# Tolls {sign} and more\n\n{PROSE}")
    assert article.title == f"Tolls {sign} and more"
    assert not article.blocks
    assert clip("title: Example News\nsite: Example News").title == "Example News"
    assert clip("title: News-Example News\nsite: Example News").title == "News-Example News"


@pytest.mark.parametrize("date", ["2021", "2021-05", "2021-05-20"])
def test_a_date_in_part_stays_one_in_the_library(date):
    article = clip(f"title: Tolls\npublished: {date}")
    written = as_markdown(article, datetime.date(2024, 2, 29))
    again = parse(written.encode(), "folder/name", ".md")
    assert (str(again.date), again) == (date, article)
