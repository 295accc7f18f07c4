"""Citations in each style."""

import datetime
import json
from dataclasses import replace

import pytest

from reader.citing.citations import Citation, Passage, format_citations
from reader.model.article import Article, Paragraph
from reader.model.partial_date import PartialDate
from reader.model.summary import summarize

ARTICLE = summarize(
    Article(
        "2022/harbour",
        "Harbour {Reopens}: 100% of Ships & *All*",
        (Paragraph(1, "One."),),
        source="Coast Gazette",
        author="Mary Quill, Jan van der Ash and Coast Press Agency",
        date=datetime.date(2022, 3, 1),
        url="https://coast.example/harbour_1",
    )
)
SAID = Passage(2, 3, "It holds_for [ten] years.", "Olaf Berg")
BARE = summarize(Article("note", "A note", ()))


def text(style, *citations):
    return "".join(format_citations(citations, style))


def test_text():
    assert text("text", Citation(ARTICLE, (SAID, Passage(5, 5))), Citation(BARE)) == (
        "“It holds_for [ten] years.” (Olaf Berg), in Mary Quill, Jan van der Ash and Coast Press "
        "Agency, “Harbour {Reopens}: 100% of Ships & *All*”, Coast Gazette, 1 March 2022, ¶¶2–3, "
        "https://coast.example/harbour_1.\n"
        "Mary Quill, Jan van der Ash and Coast Press Agency, “Harbour {Reopens}: 100% of Ships & "
        "*All*”, Coast Gazette, 1 March 2022, ¶5, https://coast.example/harbour_1.\n"
        "“A note”.\n"
    )


def test_markdown_shows_the_words_as_they_are():
    assert text("markdown", Citation(ARTICLE, (SAID,))) == (
        "> “It holds\\_for \\[ten\\] years.”\n>\n> — Olaf Berg, in Mary Quill, Jan van der Ash and "
        "Coast Press Agency, [Harbour {Reopens}: 100% of Ships & \\*All\\*]"
        "(<https://coast.example/harbour_1>), *Coast Gazette*, 1 March 2022, ¶¶2–3\n"
    )


def test_bibtex():
    assert text("bibtex", Citation(ARTICLE, (SAID,)), Citation(BARE)) == (
        "@article{2022:harbour,\n"
        r"  title = {{Harbour \{Reopens\}: 100\% of Ships \& *All*}}," + "\n"
        "  author = {Quill, Mary and van der Ash, Jan and {Coast Press Agency}},\n"
        "  journal = {Coast Gazette},\n"
        "  date = {2022-03-01},\n"
        "  year = {2022},\n"
        "  month = {3},\n"
        "  url = {https://coast.example/harbour_1},\n"
        r"  note = {¶¶2–3: “It holds\_for [ten] years.” (Olaf Berg)}," + "\n"
        "}\n\n"
        "@misc{note,\n  title = {{A note}},\n}\n"
    )


def test_ris():
    assert text("ris", Citation(ARTICLE, (SAID,))).splitlines() == [
        "TY  - NEWS",
        "TI  - Harbour {Reopens}: 100% of Ships & *All*",
        "AU  - Quill, Mary",
        "AU  - van der Ash, Jan",
        "AU  - Coast Press Agency",
        "T2  - Coast Gazette",
        "PY  - 2022",
        "DA  - 2022/03/01/",
        "UR  - https://coast.example/harbour_1",
        "N1  - ¶¶2–3: “It holds_for [ten] years.” (Olaf Berg)",
        "ER  - ",
    ]


def test_csl_json():
    (item, other) = json.loads(text("csl-json", Citation(ARTICLE, (SAID,)), Citation(BARE)))
    assert item["author"] == [
        {"given": "Mary", "family": "Quill"},
        {"given": "Jan", "family": "van der Ash"},
        {"literal": "Coast Press Agency"},
    ]
    assert item["issued"] == {"date-parts": [[2022, 3, 1]]}
    assert (item["type"], item["container-title"]) == ("article-newspaper", "Coast Gazette")
    assert other == {"id": "note", "type": "article-newspaper", "title": "A note"}


@pytest.mark.parametrize("author", ["Ash, Tom", "Reuters", "The Danube Courier"])
def test_what_is_not_several_names_stays_whole(author):
    article = Article("a", "T", (), author=author)
    assert f"AU  - {author}\n" in text("ris", Citation(summarize(article)))


@pytest.mark.parametrize(
    ("date", "words", "bibtex", "ris", "parts"),
    [
        (
            PartialDate(2021, 5),
            "May 2021",
            "  date = {2021-05},\n  year = {2021},\n  month = {5},\n",
            "PY  - 2021\nDA  - 2021/05//\n",
            [2021, 5],
        ),
        (
            PartialDate(2021),
            "2021",
            "  date = {2021},\n  year = {2021},\n",
            "PY  - 2021\nDA  - 2021///\n",
            [2021],
        ),
    ],
)
def test_a_year_or_a_month_is_cited_as_it_is(date, words, bibtex, ris, parts):
    citation = Citation(BARE._replace(date=date))
    assert text("text", citation) == f"“A note”, {words}.\n"
    assert text("markdown", citation) == f"“A note”, {words}\n"
    assert bibtex + "}" in text("bibtex", citation)
    assert ris + "ER" in text("ris", citation)
    assert json.loads(text("csl-json", citation))[0]["issued"] == {"date-parts": [parts]}


CITED = Citation(ARTICLE, (SAID, Passage(5, 5, pages=(3, 3))), accessed=datetime.date(2022, 4, 9))


def test_footnotes_are_numbered_and_listed_after_the_text():
    reference = (
        "Mary Quill, Jan van der Ash and Coast Press Agency, [Harbour {Reopens}: 100% of Ships & "
        "\\*All\\*](<https://coast.example/harbour_1>), *Coast Gazette*, 1 March 2022, "
    )
    assert text("footnotes", CITED, Citation(BARE)) == (
        "“It holds\\_for \\[ten\\] years.”[^1]\n\n[^2]\n\n[^3]\n\n"
        f"[^1]: Olaf Berg, in {reference}¶¶2–3, accessed 9 April 2022.\n"
        f"[^2]: {reference}p. 3, ¶5, accessed 9 April 2022.\n"
        "[^3]: “A note”.\n"
    )


def test_pandoc_cites_the_key_that_bibtex_gives():
    assert text("pandoc", CITED, Citation(BARE)) == (
        "“It holds\\_for \\[ten\\] years.” [@2022:harbour, ¶¶2–3]\n\n"
        "[@2022:harbour, p. 3, ¶5]\n\n[@note]\n"
    )


def test_the_day_of_access_is_that_of_an_address():
    assert text("text", CITED).splitlines()[0].endswith("/harbour_1, accessed 9 April 2022.")
    assert "  urldate = {2022-04-09},\n" in text("bibtex", CITED)
    assert "Y2  - 2022/04/09/\n" in text("ris", CITED)
    assert json.loads(text("csl-json", CITED))[0]["accessed"] == {"date-parts": [[2022, 4, 9]]}
    nowhere = Citation(ARTICLE._replace(url=None), accessed=datetime.date(2022, 4, 9))
    for style in ("text", "markdown", "footnotes", "bibtex", "ris", "csl-json"):
        assert "9 April" not in text(style, nowhere)
        assert not any(name in text(style, nowhere) for name in ("urldate", "Y2", "accessed"))


def test_a_quotation_has_an_address_of_its_own():
    said = replace(SAID, fragment=":~:text=It%20holds")
    citation = Citation(ARTICLE, (said, Passage(5, 5)))
    first, second = text("text", citation).splitlines()
    assert first.endswith("https://coast.example/harbour_1#:~:text=It%20holds.")
    assert second.endswith("https://coast.example/harbour_1.")
    assert "(<https://coast.example/harbour_1#:~:text=It%20holds>)" in text("markdown", citation)
    assert "#" not in json.loads(text("csl-json", citation))[0]["URL"]


def test_by_is_no_part_of_a_name():
    citation = Citation(BARE._replace(author="By Anna Weber, Associated Press"))
    assert text("text", citation) == "Anna Weber, Associated Press, “A note”.\n"
    assert "author = {Weber, Anna and {Associated Press}}" in text("bibtex", citation)


def test_an_unknown_style_is_refused():
    with pytest.raises(ValueError, match="style must be 'text'"):
        text("chicagoo", Citation(BARE))


def test_csl_json_has_the_language_that_the_file_declares():
    (item,) = json.loads(text("csl-json", Citation(BARE, language="de")))
    assert item["language"] == "de"
