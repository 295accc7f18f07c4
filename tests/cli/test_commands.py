"""Given this corpus, this command prints that."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from reader.settings import bundled_corpus

ID = "azerbaijan-ready-to-engage-in-peace-talks"
TITLE = "Azerbaijan Ready to Engage in Peace Talks with Armenia - President Ilham Aliyev"


def test_show_into_a_pipe(reader):
    shown = reader("show").stdout
    assert shown.startswith(f"{TITLE}\n\nPresident of Azerbaijan, Ilham Aliyev, posted on his")
    lines = shown.splitlines()
    assert len(lines) == 15
    assert lines[1::2] == [""] * 7
    article = " ".join(next(bundled_corpus().glob("*.txt")).read_text(encoding="utf-8").split())
    assert all(line in article for line in lines)


def test_show_numbers(reader):
    lines = reader("show", "-n").stdout.splitlines()
    assert [line.split("\t")[0] for line in lines] == list("1234567")
    assert reader("show", "azerb:2-3", "-n").stdout.splitlines() == lines[1:3]


def test_show_paragraphs(reader):
    third = reader("show", "-n").stdout.splitlines()[2].split("\t")[1]
    assert reader("show", f"{ID}:3").stdout == third + "\n"
    assert reader("show", f"{ID}:3", f"{ID}:3").stdout == f"{third}\n\n{third}\n"


def test_show_several_articles(reader, corpus):
    shown = reader("show", "harbour", "notes", "--corpus", corpus).stdout
    lines = shown.splitlines()
    assert lines[0] == "Harbour Reopens: Ships Return"
    assert lines[6:8] == ["ships", ""]
    assert lines[8].startswith("A short note about ships")
    assert len(lines) == 9


def test_show_the_newest(reader, corpus):
    assert reader("show", "--corpus", corpus).stdout.startswith("Harbour Reopens: Ships Return\n")


def test_show_json(reader, corpus):
    row = json.loads(reader("show", "vienna", "--json", "--corpus", corpus).stdout)
    paragraphs = row.pop("paragraphs")
    assert row == {
        "locator": "vienna-talks",
        "article": "vienna-talks",
        "paragraph": None,
        "title": "Talks on the Lachin Road Resume in Vienna After a Month",
        "source": "The Danube Courier",
        "section": "World",
        "author": "Ana Kovač",
        "date": "2021-05-20",
        "url": None,
        "path": f"{corpus}/vienna-talks.txt",
        "language": None,
        "credit": "Jan Novák/Courier",
    }
    assert len(paragraphs) == 4
    assert (
        json.loads(reader("show", "vienna:2", "--json", "--corpus", corpus).stdout)["paragraphs"]
        == paragraphs[1:2]
    )


def test_show_wrapped(reader):
    lines = reader("show", "--width", "40").stdout.splitlines()
    assert max(map(len, lines)) <= 40
    assert " ".join(" ".join(lines).split()) == " ".join(reader("show").stdout.split())


def test_search_into_a_pipe(reader, corpus):
    (line,) = reader("search", "Zangazur").stdout.splitlines()
    locator, date, text = line.split("\t")
    assert (locator, date) == (f"{ID}:6", "-")
    assert reader("show", locator).stdout == text + "\n"
    lines = reader("search", "treaty", "--corpus", corpus).stdout.splitlines()
    assert [line.split("\t")[:2] for line in lines] == [
        ["harbour:2", "2022-03-01"],
        ["vienna-talks:2", "2021-05-20"],
        ["vienna-talks:1", "2021-05-20"],
    ]


def test_search_json(reader, corpus):
    (row,) = map(
        json.loads, reader("search", "cafe", "--json", "--corpus", corpus).stdout.splitlines()
    )
    assert list(row) == [
        "locator",
        "article",
        "paragraph",
        "title",
        "date",
        "source",
        "section",
        "author",
        "url",
        "path",
        "language",
        "text",
        "score",
        "highlights",
        "other_names",
    ]
    ((start, end),) = row["highlights"]
    assert row["text"][start:end] == "café"
    assert (row["article"], row["paragraph"], row["date"]) == ("vienna-talks", 4, "2021-05-20")


def test_search_options(reader, corpus):
    def found(*arguments):
        return sorted(
            line.split("\t")[0]
            for line in reader("search", *arguments, "--corpus", corpus).stdout.splitlines()
        )

    assert found("treaty", "--by", "Aagaard") == ["vienna-talks:2"]
    assert found("treaty", "--since", "2022") == ["harbour:2"]
    assert found("treaty", "--until", "2021-05-20") == ["vienna-talks:1", "vienna-talks:2"]
    assert found("treaty", "--source", "coast") == ["harbour:2"]
    assert found("treaty", "--in", "lachin") == ["vienna-talks:1", "vienna-talks:2"]
    assert len(found("treaty", "-m", "2")) == 2
    assert found("peace", "treaty") == found("peace treaty") == ["vienna-talks:1"]
    assert reader("search", "treaty", "-c", "--corpus", corpus).stdout == "3\n"
    everything = reader("search", "treaty", "--corpus", corpus).stdout
    assert everything.startswith(reader("search", "treaty", "-m", "1", "--corpus", corpus).stdout)


def test_search_finds_nothing(reader):
    done = reader("search", "Zangezur")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "reader: no paragraph matches. Did you mean Zangazur?\n"
    done = reader("search", "-c", "qqzzxx")
    assert (done.returncode, done.stdout) == (1, "0\n")


def test_quotes_into_a_pipe(reader):
    lines = [line.split("\t") for line in reader("quotes").stdout.splitlines()]
    assert [line[:3] for line in lines] == [
        [f"{ID}:{n}", "speech", "Ilham Aliyev"] for n in (1, 5, 6)
    ]
    assert lines[0][3:] == ["posted", "Azerbaijan is prepared to work with Armenia"]
    terms = [line.split("\t") for line in reader("quotes", "--all").stdout.splitlines()]
    assert len(terms) == 6
    assert [f"{ID}:7", "term", "-", "-", "Artsakh"] in terms


def test_quotes_options(reader, corpus):
    def found(*arguments):
        done = reader("quotes", *arguments, "--corpus", corpus)
        return done.returncode, len(done.stdout.splitlines())

    assert found() == (0, 4)
    assert found("--by", "aagaard") == (0, 3)
    assert found("--by", "berg") == (0, 1)
    assert found("--by", "nobody") == (1, 0)
    assert found("--about", "photograph") == (0, 1)
    assert found("--all") == (0, 5)
    assert found("vienna:3") == (0, 1)
    assert found("vienna:3", "--all") == (0, 2)
    assert found("-m", "2") == (0, 2)
    assert reader("quotes", "-c", "--corpus", corpus).stdout == "4\n"


def test_an_error_in_any_locator_comes_before_output(reader, corpus):
    for name in ("show", "quotes"):
        done = reader(name, "vienna", "qqzzxx", "--corpus", corpus)
        assert (done.returncode, done.stdout) == (2, "")


def test_quotes_json(reader):
    rows = [json.loads(line) for line in reader("quotes", "--json").stdout.splitlines()]
    assert list(rows[0]) == [
        "locator",
        "article",
        "paragraph",
        "title",
        "date",
        "source",
        "section",
        "author",
        "url",
        "path",
        "language",
        "text",
        "kind",
        "speaker",
        "attribution",
        "cue",
        "start",
        "end",
    ]
    for row in rows:
        paragraph = reader("show", f"{row['article']}:{row['paragraph']}").stdout
        assert paragraph[row["start"] : row["end"]] == row["text"]


def test_list(reader, own_corpus):
    assert reader("list").stdout == f"{ID}\t-\tThe Caspian Post\t7\t{TITLE}\n"
    expected = (
        "harbour\t2022-03-01\tCoast Gazette\t2\tHarbour Reopens: Ships Return\n"
        "vienna-talks\t2021-05-20\tThe Danube Courier\t4\t"
        "Talks on the Lachin Road Resume in Vienna After a Month\n"
        "notes/ships\t-\t-\t1\tships\n"
    )
    assert reader("list", "--corpus", own_corpus).stdout == expected
    assert reader("search", "treaty", "--corpus", own_corpus).returncode == 0
    assert reader("list", "--corpus", own_corpus).stdout == expected  # now from the catalogue
    assert reader("list", "-c", "--corpus", own_corpus).stdout == "3\n"
    assert (
        reader("list", "-m", "1", "--corpus", own_corpus).stdout == expected.splitlines()[0] + "\n"
    )
    row = json.loads(reader("list", "--json").stdout)
    assert (row["article"], row["paragraph_count"], row["date"]) == (ID, 7, None)


def test_a_list_is_newest_first_and_a_month_comes_before_its_days(reader, tmp_path):
    for name, date in (
        ("a", "2021-05-02"), ("b", "2021-05"), ("c", ""), ("d", "2022"), ("e", "2021-05-02"),
    ):  # fmt: skip
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: T\ndate: {date}\n---\n\nA text.\n")
    ids = [line.split("\t")[0] for line in reader("list", "--corpus", tmp_path).stdout.splitlines()]
    assert ids == ["d", "a", "e", "b", "c"]


def test_the_language_that_a_file_declares_is_in_every_record(reader, tmp_path):
    (tmp_path / "a.md").write_text("---\ntitle: T\nlanguage: de-AT\n---\n\nEin Text „so“.\n")
    (tmp_path / "b.md").write_text("A text.\n")
    for command in ("show a", "search Text --in a", "list", "similar b", "quotes --all", "cite a"):
        lines = reader(*command.split(), "--json", "--corpus", tmp_path).stdout.splitlines()
        for line in lines:
            row = json.loads(line)
            assert row["language"] == {"a": "de-AT", "b": None}[row["article"]], command
    assert lines


def test_list_nothing(reader, tmp_path):
    (tmp_path / "none").mkdir()
    done = reader("list", "--corpus", tmp_path / "none")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")


def test_index(reader, own_corpus):
    def state(*arguments):
        done = reader("index", *arguments, "--corpus", own_corpus)
        return done.returncode, dict(line.split("\t") for line in done.stdout.splitlines())

    status, facts = state("--check")
    assert (status, facts["state"], facts["articles"]) == (0, "absent", "-")
    status, facts = state()
    assert (status, facts["state"], facts["articles"], facts["paragraphs"]) == (
        0,
        "current",
        "3",
        "7",
    )
    assert state("--check")[0] == 0
    for path in Path(facts["index"]).glob("*.paragraphs"):
        path.write_bytes(b"damaged")
    status, facts = state("--check")
    assert (status, facts["state"]) == (2, "damaged")
    assert state("--rebuild")[1]["state"] == "current"
    assert state("--check", "--rebuild")[0] == 2
    assert (
        json.loads(reader("index", "--json", "--corpus", own_corpus).stdout)["paragraph_count"] == 7
    )


@pytest.mark.parametrize("name", ["show", "search", "quotes", "list"])
def test_on_a_terminal(terminal, stripped, golden, corpus, name):
    arguments = {"search": ["search", "treaty"], "quotes": ["quotes", "--all"]}.get(name, [name])
    if name == "show":
        arguments = ["show", "vienna"]
    for columns in (60, 80, 200):
        status, text = terminal(*arguments, "--corpus", corpus, columns=columns)
        assert status == 0
        golden(f"{name}-{columns}.txt", stripped(text))
        assert max(map(len, stripped(text).splitlines())) <= min(columns, 80)
        assert all(line == line.rstrip() for line in stripped(text).splitlines())
    assert terminal(*arguments, "--corpus", corpus, "--color=never")[1] == stripped(text)
    assert (
        terminal(*arguments, "--corpus", corpus)[1]
        == terminal(*arguments, "--corpus", corpus, "--color=always")[1]
    )


def test_the_colours_of_matches(terminal, golden, corpus):
    golden("search-colour.txt", terminal("search", "treaty", "--corpus", corpus, "-m", "1")[1])


def test_markup_in_an_article_is_text(terminal, stripped, corpus):
    status, text = terminal("search", "coffee", "--corpus", corpus)
    assert "[bold]coffee[/bold]" in stripped(text)


def test_progress_is_shown_on_a_terminal_and_leaves_no_trace(terminal, stripped, own_corpus):
    for number in range(1200):
        (own_corpus / f"n{number}.txt").write_text(f"Article {number}.")
    status, text = terminal("index", "--corpus", own_corpus)
    assert status == 0
    assert "Indexing" in text
    assert "articles    1,203\n" in stripped(text)


def test_python_m(home):
    done = subprocess.run(
        [sys.executable, "-m", "reader", "--version"], capture_output=True, text=True
    )
    assert done.stdout.startswith("reader ")
