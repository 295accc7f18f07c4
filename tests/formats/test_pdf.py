"""PDF: paragraphs, columns, pages and hyphens, and what is neither of the article nor read."""

import time
import zlib

import pytest
from articles import parse
from documents import PROSE, column, pdf

from reader.errors import UnreadableFile
from reader.formats import guess_suffix
from reader.formats.documents.pdf import stream

pytest.importorskip("pdfminer")
MORE = (
    "Ships from nine countries wait outside the port, and their owners wrote to the minister that "
    "they would rather sail on to the next one than pay what the board now asks of them each week."
)
LAST = "“We have waited for years with this step,” said Petra Lindholm, who has led the board."
ARTICLE = f"{PROSE} {MORE}\n{MORE} {PROSE}\n{LAST} {PROSE}"


def texts(article):
    return [paragraph.text for paragraph in article.paragraphs]


@pytest.mark.parametrize("indent", [0, 14])
def test_paragraphs_are_told_by_gaps_or_indents(indent):
    content = pdf(
        [(72, 740, 18, "Harbour tolls to rise in March"), *column(ARTICLE, indent=indent)]
    )
    article = parse(content, "a", ".pdf")
    assert article.title == "Harbour tolls to rise in March"
    assert texts(article) == ARTICLE.split("\n")
    assert {paragraph.page for paragraph in article.paragraphs} == {1}
    assert guess_suffix(content) == ".pdf"


def test_columns_are_read_one_after_another_below_a_title_across_them():
    lines = column(ARTICLE * 2, width=215, indent=12)
    half = len(lines) // 2
    right = [(x + 240, y + 13 * half, *rest) for x, y, *rest in lines[half:]]
    title = (72, 740, 18, "Harbour tolls to rise in March, the board says")
    article = parse(pdf([title, *lines[:half], *right]), "a", ".pdf")
    assert texts(article) == (ARTICLE * 2).split("\n")


def test_a_paragraph_goes_on_on_the_next_page_past_footers_headers_and_notes():
    both = f"{ARTICLE}\n{ARTICLE.replace('e', 'o')}"
    lines = column(both, indent=12)
    half = len(lines) // 2
    pages = []
    for number, part in enumerate((lines[:half], lines[half:]), start=1):
        top = part[0][1]
        moved = [(x, 700 - (top - y), *rest) for x, y, *rest in part]
        pages.append(
            [(72, 770, 9, "The Coast Post"), *moved,
             (72, 80, 8, f"{number} See {'report' * number}."), (300, 40, 9, f"Page {number} of 2")]
        )  # fmt: skip
    article = parse(pdf(*pages), "a", ".pdf")
    assert texts(article) == both.split("\n")
    assert [paragraph.page for paragraph in article.paragraphs] in (
        [1] * 3 + [2] * 3,
        [1] * 4 + [2] * 2,
    )
    assert [block.text for block in article.blocks] == ["1 See report.", "2 See reportreport."]


def test_hyphens_at_the_ends_of_lines_go_unless_the_word_has_one():
    lines = (
        "The peace-keeping force and all those inter-",
        "national observers of the new peace-",
        "keeping mission met Jean-",
        "Pierre Lenoir, an ex-minister of the coun-",
        "try, again, in the years of 2019-",
        "2021.",
    )
    content = pdf([(72, 700 - 13 * n, 11, line) for n, line in enumerate(lines)])
    assert texts(parse(content, "a", ".pdf")) == [
        "The peace-keeping force and all those international observers of the new peace-keeping "
        "mission met Jean-Pierre Lenoir, an ex-minister of the country, again, in the years of "
        "2019-2021."
    ]


def test_larger_and_bold_lines_are_headings():
    body = column(PROSE * 3, y=680)
    lines = [(72, 740, 20, "Harbour tolls to rise"), (72, 720, 11, "By Nora Quist"), *body,
             (72, 560, 11, "What it costs", True), *column(MORE, y=540)]  # fmt: skip
    article = parse(pdf(lines), "a", ".pdf")
    assert (article.title, article.author) == ("Harbour tolls to rise", "Nora Quist")
    assert [(block.text, block.level, block.before) for block in article.blocks] == [
        ("What it costs", 2, 2)
    ]


def test_a_page_that_a_browser_printed_has_its_address_and_not_its_day_of_printing():
    lines = [
        (40, 780, 8, "20/11/2026, 10:12"),
        (72, 740, 18, "Harbour tolls to rise in March"),
        *column(ARTICLE),
        (40, 20, 8, "https://news.example.com/harbour/tolls"),
        (560, 20, 8, "1/1"),
    ]
    article = parse(pdf(lines), "a", ".pdf")
    assert (article.url, article.date) == ("https://news.example.com/harbour/tolls", None)
    assert texts(article) == ARTICLE.split("\n")


def test_properties_give_a_title_at_the_most():
    info = "/Title(Tolls to rise)/Author(Office User)/CreationDate(D:20200102)"
    article = parse(pdf(column(f"{PROSE}\n{MORE}"), info=info), "a", ".pdf")
    assert (article.title, article.author, article.date) == ("Tolls to rise", None, None)


def flate(data):
    return "/Filter/FlateDecode", zlib.compress(data)


def test_packed_pages_are_read():
    assert texts(parse(pdf(column(ARTICLE), stream=flate), "a", ".pdf")) == ARTICLE.split("\n")


WIDE = (
    "/Font<</F1<</Type/Font/Subtype/Type0/DescendantFonts[<</Type/Font/Subtype/CIDFontType2"
    "/W[1 99999999999 5]>>]>>>>"
)


def test_what_cannot_be_read_is_said(monkeypatch):
    monkeypatch.setattr(stream, "_LARGEST_UNPACKED", 2_000_000)
    monkeypatch.setattr(stream, "_MOST_PAGES", 50)
    monkeypatch.setattr(stream, "_MOST_CHARACTERS", 10_000)
    bomb = zlib.compress(bytes(30_000_000))
    for content, reason in (
        (pdf([]), "a scan: no text in it"),
        (b"%PDF-1.4\n", "damaged|no text"),
        (b"Words", "damaged|no text"),
        (pdf([], stream=lambda data: ("/Filter/FlateDecode", bomb)), "MiB unpacked"),
        (pdf([], stream=lambda data: ("/Filter[/FlateDecode/FlateDecode]", zlib.compress(bomb))),
         "MiB unpacked"),
        (pdf(*[[(72, 700, 11, "Words")]] * 51), "more than 50 pages"),
        (pdf([(72, 700, 11, "Words" * 3000)]), "more than 10,000 characters"),
        (pdf([(72, 700, 11, "Words")], extra=WIDE), "too many characters"),
    ):  # fmt: skip
        began = time.process_time()
        with pytest.raises(UnreadableFile, match=reason):
            parse(content, "a", ".pdf")
        assert time.process_time() - began < 5


@pytest.mark.parametrize("kind", ["lines", "columns", "pages", "operators", "short lines"])
def test_the_time_grows_with_the_size(kind):
    def seconds(count):
        kinds: dict[str, list[list[tuple[float, float, int, str]]]] = {
            "lines": [[(72, 700 - n / 10, 11, "Words of it.") for n in range(count)]],
            "columns": [[(50 * (n % 9), 700 - n / 9, 11, "Words of a line") for n in range(count)]],
            "pages": [[(72, 700, 11, "Words of it.")]] * (count // 10),
            "operators": [[(72, 700, 11, "")] * count],
            "short lines": [[(n % 500, 700 - n % 691, 5, "a") for n in range(count)]],
        }
        content = pdf(*kinds[kind])
        began = time.process_time()
        try:
            parse(content, "a", ".pdf")
        except UnreadableFile:
            assert kind == "operators"
        return max(time.process_time() - began, 0.02)

    assert seconds(4000) < 8 * seconds(1000)


def test_citations_name_the_page(tmp_path):
    from reader import Corpus

    folder = tmp_path / "corpus"
    folder.mkdir()
    first = [(72, 740, 18, "Harbour tolls to rise in March"), *column(f"{PROSE}\n{MORE}")]
    (folder / "tolls.pdf").write_bytes(pdf(first, column(f"{LAST} {LAST}\n{PROSE}")))
    corpus = Corpus(folder, cache=tmp_path / "cache")
    assert corpus.article("tolls").paragraphs[2].page == 2

    def cited(style, *locators):
        from reader.citing.citations import format_citations

        return "".join(format_citations(corpus.cite(locators), style))

    assert "p. 2, ¶3" in cited("text", "tolls:3")
    assert "pp. 1–2, ¶¶2–4." in cited("text", "tolls:2-4") or "p. 2, ¶3" in cited(
        "text", "tolls:2-4"
    )
    assert "pages = {1, 2}" in cited("bibtex", "tolls:1", "tolls:3")
    assert "SP  - 1\nEP  - 2\n" in cited("ris", "tolls:1", "tolls:3")
    assert '"page": "2"' in cited("csl-json", "tolls:3")


def test_objects_without_end_are_refused_before_they_are_looked_for():
    objects = b"".join(b"%d 0 obj<<>>endobj\n" % n for n in range(100_001))
    with pytest.raises(UnreadableFile, match="more than 100,000 objects"):
        parse(b"%PDF-1.4\n" + objects + b"trailer<</Root 1 0 R>>", "a", ".pdf")
