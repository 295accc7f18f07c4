"""What `reader cite` writes is read back by the programs that it is written for."""

import datetime
import json
import re
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.citing.citations import Citation, Passage, format_citations
from reader.citing.keys import citation_key
from reader.errors import StyleUnavailable
from reader.model.article import Article
from reader.model.partial_date import PartialDate
from reader.model.summary import Summary, summarize

SPECIAL = r"R&D: 100% of $5_000 #1 {so} ~a ^b \back “q” @x, <i> } { = \ "
MAY, YEAR, DAY = PartialDate(2021, 5), PartialDate(2021), datetime.date(2021, 5, 20)
BRACES = "https://a.b/{c} d"
TRICKY = [
    Summary("北京/谈判", SPECIAL.strip(), 1, "Smith & Sons", None, "Bank of England", MAY),
    Summary("a b", "} lone", 1, "T", None, "António de Oliveira Jr.", YEAR),
    Summary("a-b", "{ lone", 1, None, None, "By Anna Weber, Associated Press", None, BRACES),
    Summary("a/b", "@article{x,", 1, "T", None, "José Ortega y Gasset", DAY),
]
CITATIONS = [
    Citation(TRICKY[0], (Passage(1, 1, "{a", "B}"), Passage(2, 2))),
    *map(Citation, TRICKY[1:]),
]


def text(style, citations=CITATIONS):
    return "".join(format_citations(citations, style))


IDS = st.text(
    st.sampled_from("aB1-_/. éß北Ж٣") | st.characters(exclude_characters="\t:", min_codepoint=32),
    min_size=1,
)


@given(st.sets(IDS, min_size=2, max_size=6))
def test_every_article_has_a_key_of_its_own(ids):
    keys = [citation_key(id) for id in ids]
    assert len({key.lower() for key in keys}) == len(ids)
    for key in keys:
        # That is what pandoc reads without braces, and neither BibTeX nor biber refuses.
        assert re.fullmatch(r"[a-z0-9]+(?:[-_:.][a-z0-9]+)*", key)


def test_keys_stay():
    assert citation_key("2022/harbour") == "2022:harbour"
    assert citation_key("2022-harbour") == "2022-harbour"
    assert citation_key("Für Elise") == "fur-elise.5035e1d43da686a1"
    assert citation_key("北京") == "article.94b75e301ebde866"


def test_pybtex_reads_bibtex():
    pybtex = pytest.importorskip("pybtex.database")
    entries = pybtex.parse_string(text("bibtex"), "bibtex").entries
    assert list(entries) == [citation_key(article.id) for article in TRICKY]
    first, second, third, fourth = entries.values()
    assert [str(p) for p in first.persons["author"]] == ["{Bank of England}"]
    (person,) = second.persons["author"]
    assert person.first_names == ["António"]
    assert person.prelast_names == ["de"]
    assert person.last_names == ["Oliveira"]
    assert person.lineage_names == ["Jr."]
    weber, agency = third.persons["author"]
    assert (weber.first_names, weber.last_names) == (["Anna"], ["Weber"])
    assert agency.last_names == ["{Associated Press}"]
    assert third.fields["url"] == "https://a.b/%7Bc%7D%20d"
    (person,) = fourth.persons["author"]
    assert (person.prelast_names, person.last_names) == ([], ["{Ortega y Gasset}"])
    assert (first.fields["date"], first.fields["month"]) == ("2021-05", "5")
    assert (second.fields["date"], second.fields["year"]) == ("2021", "2021")


TITLES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)


@given(TITLES | st.text("{}\\%$~a", min_size=1), st.text("{}\\%&@a", min_size=1))
def test_any_title_and_author_are_read_back(title, author):
    bibtexparser = pytest.importorskip("bibtexparser")
    pybtex = pytest.importorskip("pybtex.database")
    decoder = pytest.importorskip("pylatexenc.latex2text").LatexNodes2Text(keep_comments=True)
    article = summarize(Article("a", title, (), author=author, source=title))
    written = text("bibtex", [Citation(article)])
    (entry,) = bibtexparser.parse_string(written).entries
    (read,) = pybtex.parse_string(written, "bibtex").entries.values()
    for value in (entry["title"].strip(), read.fields["title"]):
        assert value[:1] + value[-1:] == "{}"
        if title.isascii() and not re.search(r"--|``|''|[?!]`", title):
            assert decoder.latex_to_text(value[1:-1]) == title
    assert entry.key == "a"
    assert set(entry.fields_dict) == set(read.fields) | set(read.persons)


def test_bibtexparser_reads_bibtex():
    bibtexparser = pytest.importorskip("bibtexparser")
    library = bibtexparser.parse_string(text("bibtex"))
    assert not library.failed_blocks
    assert [entry.key for entry in library.entries] == [citation_key(a.id) for a in TRICKY]
    assert library.entries[0]["author"] == "{Bank of England}"


def test_rispy_reads_ris():
    rispy = pytest.importorskip("rispy")
    entries = rispy.loads(text("ris"))
    assert [entry["title"] for entry in entries] == [article.title for article in TRICKY]
    assert [entry.get("authors") for entry in entries] == [
        ["Bank of England"],
        ["de Oliveira, António, Jr."],
        ["Weber, Anna", "Associated Press"],
        ["Ortega y Gasset, José"],
    ]
    assert entries[0]["date"] == "2021/05//"


def test_citeproc_reads_csl_json():
    source = pytest.importorskip("citeproc.source.json")
    items = source.CiteProcJSON(json.loads(text("csl-json")))
    assert list(items) == [citation_key(article.id) for article in TRICKY]
    assert dict(items["a-b"]["author"][0]) == {"given": "Anna", "family": "Weber"}


@pytest.mark.parametrize(
    ("style", "line"),
    [
        ("apa", "de Oliveira, A., Jr. (2021). } lone. T."),
        ("chicago", "de Oliveira, António, Jr. “} lone”. T, 2021."),
        ("mla", "de Oliveira, António, Jr. “} lone”. T, 2021."),
        ("gost", "2. de Oliveira A. Jr. } lone // T. 2021."),
    ],
)
def test_styles_of_the_citation_style_language(style, line):
    pytest.importorskip("citeproc")
    lines = text(style).splitlines()
    assert len(lines) == len(TRICKY)
    assert "Bank of England" in lines[0]
    assert lines[0].endswith("¶1: “{a” (B}); ¶2.")
    assert SPECIAL.strip() in lines[0]
    assert lines[1] == line


@pytest.mark.parametrize("style", ["apa", "chicago", "mla", "gost"])
def test_what_stands_for_an_author_stands_once(style):
    pytest.importorskip("citeproc")
    title, source = "The Post wins: a prize", "The Post"
    (line,) = text(style, [Citation(Summary("a", title, 1, source))]).splitlines()
    assert line.count(title) == 1
    assert line.replace(title, "").count(source) == 1
    (line,) = text(style, [Citation(Summary("a", title, 1))]).splitlines()
    assert line.count(title) == 1


def test_a_style_is_a_file(tmp_path):
    pytest.importorskip("citeproc")
    path = tmp_path / "own.csl"
    path.write_text(
        """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note">
        <info/><citation><layout><text variable="title"/></layout></citation>
        <bibliography><layout><text variable="title" suffix="!"/></layout></bibliography>
        </style>""",
        encoding="utf-8",
    )
    assert text(str(path), CITATIONS[1:2]) == "} lone!\n"
    for content in ("", "<x", "<style/>", "<html xmlns='a'>&b;</html>"):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(StyleUnavailable, match=r"own\.csl is no style"):
            text(str(path))
    with pytest.raises(StyleUnavailable, match="cannot be read"):
        text(str(tmp_path / "none.csl"))


@pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")
def test_pandoc_finds_the_keys(tmp_path):
    (tmp_path / "refs.bib").write_text(text("bibtex"), encoding="utf-8")
    done = subprocess.run(
        ["pandoc", "--citeproc", "--bibliography", "refs.bib", "-t", "plain", "--wrap=none"],
        input=text("pandoc"), cwd=tmp_path, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert "not found" not in done.stderr
    assert "(Bank of England 2021, para. 1)" in done.stdout
    assert "(Ortega y Gasset 2021)" in done.stdout
    done = subprocess.run(
        ["pandoc", "-t", "html"],
        input=text("footnotes"),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.count('role="doc-endnote"') == len(CITATIONS) + 1


@pytest.mark.skipif(not shutil.which("bibtex"), reason="BibTeX is not installed")
def test_bibtex_itself_reads_bibtex(tmp_path):
    (tmp_path / "refs.bib").write_text(text("bibtex"), encoding="utf-8")
    # The style is of this test, since that of a distribution may not be installed.
    (tmp_path / "own.bst").write_text(
        "ENTRY { author title } { } { }\nREAD\n"
        'FUNCTION {entry} { cite$ " " * author #1 "{vv }{ll}{, jj}{, ff}" format.name$ *\n'
        "write$ newline$ }\nITERATE {entry}\n",
        encoding="utf-8",
    )
    (tmp_path / "refs.aux").write_text(
        "\\citation{*}\n\\bibstyle{own}\n\\bibdata{refs}\n", encoding="utf-8"
    )
    done = subprocess.run(
        ["bibtex", "refs"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout
    lines = (tmp_path / "refs.bbl").read_text(encoding="utf-8").replace("~", " ").splitlines()
    assert lines == [
        f"{citation_key(TRICKY[0].id)} {{Bank of England}}",
        f"{citation_key(TRICKY[1].id)} de Oliveira, Jr., António",
        "a-b Weber, Anna",
        "a:b {Ortega y Gasset}, José",
    ]
