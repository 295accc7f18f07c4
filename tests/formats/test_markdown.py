"""Markdown with front matter."""

import datetime

import pytest
from articles import parse

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
