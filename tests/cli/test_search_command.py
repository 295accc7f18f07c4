"""What `reader search` prints with each of its options, and the commands that go with it."""

import csv
import io
import json
import re

import pytest

ID = "azerbaijan-ready-to-engage-in-peace-talks"


@pytest.fixture
def search(reader, corpus):
    def run(*arguments):
        return reader("search", "--corpus", corpus, *arguments)

    return run


def lines(done):
    return [line.split("\t") for line in done.stdout.splitlines()]


def test_articles(search):
    assert lines(search("treaty", "-l")) == [
        ["harbour", "1", "2022-03-01", "Harbour Reopens: Ships Return"],
        ["vienna-talks", "2", "2021-05-20", TITLE],
    ]
    assert search("treaty", "-l", "-c").stdout == "2\n"
    assert len(lines(search("treaty", "-l", "-m", "1"))) == 1
    rows = [json.loads(line) for line in search("treaty", "-l", "--json").stdout.splitlines()]
    assert [(row["article"], row["hits"]) for row in rows] == [("harbour", 1), ("vienna-talks", 2)]
    assert search("treaty", "-l", "--csv").returncode == 2


TITLE = "Talks on the Lachin Road Resume in Vienna After a Month"


def test_order(search):
    dates = [line[1] for line in lines(search("treaty", "--sort", "date"))]
    assert dates == ["2022-03-01", "2021-05-20", "2021-05-20"]
    assert [line[1] for line in lines(search("treaty", "--sort", "oldest"))] == dates[::-1]
    assert search("treaty", "--sort", "size").returncode == 2


def test_context(search):
    found = lines(search("photographs", "-C", "1"))
    assert [line[0] for line in found] == ["vienna-talks:1", "vienna-talks:2", "vienna-talks:3"]
    whole = lines(search("treaty OR rain OR café", "-C", "1", "--in", "vienna"))
    assert sorted(line[0] for line in whole) == [f"vienna-talks:{n}" for n in range(1, 5)]
    row = json.loads(search("photographs", "-C", "1", "--json").stdout)
    assert [other["paragraph"] for other in row["context"]] == [1, 3]


def test_quiet(search):
    assert (search("treaty", "-q").returncode, search("treaty", "-q").stdout) == (0, "")
    assert search("qqzzxx", "--quiet").returncode == 1


def test_csv(search):
    rows = list(csv.reader(io.StringIO(search("treaty", "--csv").stdout)))
    names = (
        "locator article paragraph title date source section author url path language text score"
    )
    assert rows[0] == names.split()
    assert [row[1:3] for row in rows[1:]] == [
        ["harbour", "2"],
        ["vienna-talks", "2"],
        ["vienna-talks", "1"],
    ]
    assert rows[1][11].endswith('"holds for ten years."')


def test_format(search):
    done = search("cafe", "--format", r"{locator}\t{date}: {{{title}}}|{author}|{url}|{section}")
    assert done.stdout == f"vienna-talks:4\t2021-05-20: {{{TITLE}}}|Ana Kovač||World\n"
    for wrong in ("{nothing}", "{text:>5}", "{text!r}", "{", "{}", "{text.x}", "{0}"):
        done = search("cafe", "--format", wrong)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "there are locator, article" in search("cafe", "--format", "{nothing}").stderr


def test_facets(search):
    done = search("treaty", "--facets", "source,year", "-c")
    assert lines(done) == [
        ["3"],
        ["source", "The Danube Courier", "2"],
        ["source", "Coast Gazette", "1"],
        ["year", "2021", "2"],
        ["year", "2022", "1"],
    ]
    assert lines(search("treaty", "--facets", "speaker"))[3:] == [
        ["speaker", "Lena Aagaard", "1"],
        ["speaker", "Olaf Berg", "1"],
    ]
    assert "there are source, speaker" in search("treaty", "--facets", "size").stderr


def test_explained(search):
    done = search("--explain", "--", "treaty (road OR harbour) -rain")
    assert lines(done) == [
        ["0", "2", "treaty (road OR harbour) NOT rain"],
        ["1", "3", "treaty"],
        ["1", "3", "road OR harbour"],
        ["2", "1", "road"],
        ["2", "2", "harbour"],
        ["1", "6", "NOT rain"],
        ["2", "1", "rain"],
    ]
    assert search("--explain", "qqzzxx").returncode == 1


def test_a_question(search):
    done = search("--any", "Who sold coffee, and was a treaty signed?", "-l")
    assert [line[0] for line in lines(done)] == ["vienna-talks", "harbour"]


def test_names_in_the_config_directory(search, home):
    folder = home / ".config" / "article-reader"
    folder.mkdir(parents=True)
    path = folder / "aliases.toml"
    path.write_text('Zangazur = ["Zangezur", "Zəngəzur"]\n', encoding="utf-8")
    done = search("Zangazur", "--json")
    assert json.loads(done.stdout)["other_names"] == ["Zangezur"]
    assert search("Zangazur", "--exact").returncode == 1
    path.write_text("Zangazur = 3\n")
    done = search("Zangazur")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert 'Zangazur must have a name or a list of names, as in Zangazur = ["Other"]' in done.stderr


def test_a_slip_is_pointed_at_on_a_terminal(terminal, stripped):
    status, text = terminal("search", "peace (treaty")
    assert status == 2
    assert text.endswith("  peace (treaty\n        ^\n")


def test_long_paragraphs_are_shortened_on_a_terminal(terminal, stripped, golden):
    text = stripped(terminal("search", "Zangazur OR defend")[1])
    golden("search-snippet.txt", text)
    assert len(text) < len(stripped(terminal("search", "Zangazur OR defend", "--full")[1]))


def test_saved_searches(reader, corpus):
    def run(*arguments):
        return (
            reader(*arguments, "--corpus", corpus)
            if arguments[0] == "search"
            else reader(*arguments)
        )

    assert run("save").returncode == 1
    assert run("save", "sea", "ship*", "OR", "harbour").returncode == 0
    assert run("save", "rain", "rain").returncode == 0
    assert run("save").stdout == "rain\train\nsea\tship* OR harbour\n"
    assert run("save", "sea").stdout == "sea\tship* OR harbour\n"
    assert run("search", "@sea").stdout == run("search", "ship* OR harbour").stdout
    assert lines(run("search", "@sea note"))[0][0] == "notes/ships:1"
    assert run("save", "bad", '"open').returncode == 2
    assert run("save", "not/a name", "x").returncode == 2
    assert run("save", "nothing").returncode == 2
    assert run("save", "--delete", "rain").returncode == 0
    assert run("save").stdout == "sea\tship* OR harbour\n"
    assert run("save", "--delete", "rain").returncode == 2
    assert "there are sea" in run("search", "@rain", "--new").stderr
    assert run("search", "sea", "--new").returncode == 2


def test_what_is_new_of_a_saved_search(reader, own_corpus):
    def new(*arguments):
        done = reader("search", "@sea", "--new", *arguments, "--corpus", own_corpus)
        return done.returncode, [line[0] for line in lines(done)]

    reader("save", "sea", "ships")
    assert new("-c") == (0, ["2"])
    assert new("-m", "1") == (0, ["notes/ships:1"])
    assert new() == (0, ["harbour:1"])
    assert new() == (1, [])
    (own_corpus / "new.txt").write_text("Ships again.\n")
    note = own_corpus / "notes" / "ships.txt"
    note.write_text("Another paragraph, which moves what is below.\n\n" + note.read_text())
    assert new() == (0, ["new:1"])
    assert new("-c") == (1, ["0"])


def test_timeline(reader, corpus, terminal, stripped, golden):
    done = reader("timeline", "treaty", "--corpus", corpus)
    periods = lines(done)
    assert periods[0] == ["2021-05", "2"]
    assert periods[-1] == ["2022-03", "1"]
    assert len(periods) == 11
    assert periods[1] == ["2021-06", "0"]
    done = reader("timeline", "the", "--by", "year", "--corpus", corpus)
    assert lines(done) == [["2021", "4"], ["2022", "2"]]
    assert lines(reader("timeline", "note", "--corpus", corpus)) == [["-", "1"]]
    assert reader("timeline", "qqzzxx", "--corpus", corpus).returncode == 1
    row = reader("timeline", "treaty", "--json", "--corpus", corpus).stdout.splitlines()[0]
    assert json.loads(row) == {"period": "2021-05", "hits": 2}
    golden("timeline.txt", stripped(terminal("timeline", "treaty", "--corpus", corpus)[1]))


def test_similar(reader, corpus, terminal, stripped, golden):
    done = reader("similar", "vienna", "--corpus", corpus)
    (other, *_) = lines(done)
    assert other[0] == "harbour"
    assert other[-1] == "Harbour Reopens: Ships Return"
    assert "treaty" in other[3].split(", ")
    assert len(lines(reader("similar", "vienna", "-m", "1", "--corpus", corpus))) == 1
    assert lines(reader("similar", "vienna", "-p", "2", "--corpus", corpus))[0][0] == "harbour"
    assert reader("similar", "vienna", "-p", "9", "--corpus", corpus).returncode == 2
    assert reader("similar", "qqzzxx", "--corpus", corpus).returncode == 2
    assert reader("similar", ID).returncode == 1  # there is no other
    golden("similar.txt", stripped(terminal("similar", "vienna", "--corpus", corpus)[1]))


def test_help(reader):
    assert reader("help").stdout == reader("--help").stdout
    assert reader("help", "search").stdout == reader("search", "--help").stdout
    done = reader("help", "nothing")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    text = reader("help", "query").stdout
    assert max(map(len, text.splitlines())) <= 80
    rows = [re.split(r"\s{2,}", line.strip()) for line in text.splitlines() if line[:2] == "  "]
    examples = [row[0] for row in rows]
    examples += [more for row in rows for more in row[1:] if more.startswith(("date:", "neg*"))]
    assert len(examples) > 16
    for example in examples:
        assert reader("search", "-q", "--", example).returncode in (0, 1), example
