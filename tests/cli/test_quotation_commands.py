"""quotes, speakers, cite and check, as a user types them."""

import base64
import json

import pytest
from articles import IndexedFolder, write_three

ID = "azerbaijan-ready-to-engage-in-peace-talks"
MORE = """\
A Second Round of Talks About the Road

The Danube Courier
June 3, 2021

“The road will open,” Aagaard said on Thursday. She had said so before, and nobody had listened.

Olaf Berg, who runs the harbour, was not there. “Ships can wait,” he said. “Ships always wait for \
the tide.”
"""


def write_four(folder):
    write_three(folder)
    (folder / "second-round.txt").write_text(MORE, encoding="utf-8")


@pytest.fixture(scope="module")
def four_articles(tmp_path_factory):
    return IndexedFolder(tmp_path_factory.mktemp("four"), write_four)


@pytest.fixture
def four(four_articles, home):
    """The corpus with another article."""
    with four_articles.lent_to(home) as folder:
        yield folder


@pytest.fixture
def quoted(reader, four):
    """Run a command on the four articles; gives its status and its rows."""

    def run(*arguments, **options):
        done = reader(*arguments, "--corpus", four, **options)
        return done.returncode, [line.split("\t") for line in done.stdout.splitlines()]

    return run


def test_quotes_are_ordered_by_article_or_date(quoted):
    articles = ["harbour", "second-round", "vienna-talks"]
    assert sorted({row[0].split(":")[0] for row in quoted("quotes")[1]}) == articles
    firsts = {}
    for order in ("article", "date", "oldest"):
        rows = quoted("quotes", "--sort", order)[1]
        firsts[order] = list(dict.fromkeys(row[0].split(":")[0] for row in rows))
    assert firsts == {
        "article": articles,
        "date": ["harbour", "second-round", "vienna-talks"],
        "oldest": ["vienna-talks", "second-round", "harbour"],
    }


def test_quotes_by_any_part_of_a_name_in_all_its_forms(quoted):
    for name in ("aagaard", "Lena", "L. Aagaard", "LENA AAGAARD"):
        _, rows = quoted("quotes", "--by", name)
        assert [row[0] for row in rows] == [
            "second-round:1",
            "vienna-talks:2",
            "vienna-talks:2",
            "vienna-talks:3",
        ]
    assert quoted("quotes", "--by", "gaard") == (1, [])
    assert quoted("quotes", "--by", "...")[0] == 2


@pytest.mark.parametrize(
    ("about", "found"),
    [
        ("ship", ["second-round:2", "second-round:2"]),
        ("ships tide", ["second-round:2"]),
        ("road tide", []),
        ('"wait for the tide" OR treaty', ["second-round:2", "vienna-talks:2"]),
        ("ships -tide", ["second-round:2"]),
        ("harbour", []),
        ("title:second open", ["second-round:1"]),
        ("opne~2", ["second-round:1"]),
    ],
)
def test_what_a_quotation_is_about_is_in_it(quoted, about, found):
    status, rows = quoted("quotes", "--about", about)
    assert (status, [row[0] for row in rows]) == (int(not found), found)


def test_quotes_over_time(quoted):
    assert {row[0] for row in quoted("quotes", "--since", "2021-06")[1]} == {
        "harbour:2",
        "second-round:1",
        "second-round:2",
    }
    assert quoted("quotes", "--until", "2020") == (1, [])
    assert {row[0] for row in quoted("quotes", "--source", "gazette")[1]} == {"harbour:2"}


def test_quotes_in_context(quoted, reader, four):
    rows = quoted("quotes", "second:1", "--context", "1")[1]
    assert [row[:2] for row in rows] == [
        ["second-round:1", "context"],
        ["second-round:2", "context"],
        ["second-round:1", "speech"],
    ]
    done = reader("quotes", "second:1", "-C", "1", "--json", "--corpus", four)
    (row,) = map(json.loads, done.stdout.splitlines())
    assert [other["paragraph"] for other in row["context"]] == [2]


def test_quotes_come_in_the_order_of_the_locators(quoted):
    rows = quoted("quotes", "vienna:3", "second:1")[1]
    assert [row[0] for row in rows] == ["vienna-talks:3", "second-round:1"]


def test_a_bad_query_is_reported(quoted):
    assert quoted("quotes", "--about", "(ships")[0] == 2


def test_speakers(quoted, reader, four):
    status, rows = quoted("speakers")
    assert status == 0
    assert rows == [
        ["Lena Aagaard", "4", "20", "2", "2021-05-20", "2021-06-03"],
        ["Olaf Berg", "3", "13", "2", "2021-06-03", "2022-03-01"],
    ]
    by_first = [row[0] for row in quoted("speakers", "--sort", "first")[1]]
    assert by_first == ["Lena Aagaard", "Olaf Berg"]
    by_name = [row[0] for row in quoted("speakers", "--sort", "name", "--since", "2022")[1]]
    assert by_name == ["Olaf Berg"]
    assert [row[:2] for row in quoted("speakers", "--by", "berg")[1]] == [["Olaf Berg", "3"]]
    assert [row[:2] for row in quoted("speakers", "--about", "ships")[1]] == [["Olaf Berg", "2"]]
    assert quoted("speakers", "-m", "1")[1] == rows[:1]
    assert quoted("speakers", "--until", "1999") == (1, [])
    done = reader("speakers", "--json", "--corpus", four)
    first = json.loads(done.stdout.splitlines()[0])
    assert first["names"] == ["Lena Aagaard", "Aagaard"]


def test_speakers_by_period(quoted, reader, four, tmp_path):
    status, rows = quoted("speakers", "--period", "month")
    assert status == 0
    assert rows == [
        ["Lena Aagaard", "2021-05", "3", "16", "1"],
        ["Lena Aagaard", "2021-06", "1", "4", "1"],
        ["Olaf Berg", "2021-06", "2", "9", "1"],
        ["Olaf Berg", "2022-03", "1", "4", "1"],
    ]
    assert quoted("speakers", "--period", "year", "-m", "1")[1] == [
        [*rows[0][:1], "2021", "4", "20", "2"]
    ]
    assert quoted("speakers", "--period", "week", "-m", "1")[1][0][1] == "2021-W20"
    assert quoted("speakers", "--period", "decade")[0] == 2
    folder = tmp_path / "dates"
    folder.mkdir()
    for name, date in {"a": "published: 2021\n", "b": "published: 2021-05-03\n", "c": ""}.items():
        text = f"---\ntitle: {name}\n{date}---\n“The road is closed again,” said Ida Holm.\n"
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    done = reader("speakers", "--period", "month", "--corpus", folder)
    assert [row.split("\t")[:3] for row in done.stdout.splitlines()] == [
        ["Ida Holm", "2021", "1"],
        ["Ida Holm", "2021-05", "1"],
        ["Ida Holm", "-", "1"],
    ]


def test_words_that_articles_give_to_different_people(reader, tmp_path):
    folder = tmp_path / "disputed"
    folder.mkdir()
    articles = {
        "a": "“The road is closed again,” said Ida Holm.\n\n“All of it was in vain,” she said.",
        "b": "“The road is closed – again!” said Olaf Berg.\n\n“All of it was in vain,” said Holm.",
        "c": "“All of it was in vain.”\n\n“Not at all,” said Olaf Berg.",
        "d": "“Not at all,” said Ida Holm.",
    }
    for name, text in articles.items():
        (folder / f"{name}.md").write_text(f"---\ntitle: News {name}\n---\n{text}\n", "utf-8")
    done = reader("quotes", "--disputed", "--corpus", folder)
    rows = [row.split("\t") for row in done.stdout.splitlines()]
    assert [(row[0], row[2]) for row in rows] == [
        ("a:1", "Ida Holm"),
        ("a:2", "Ida Holm"),
        ("b:1", "Olaf Berg"),
        ("b:2", "Holm"),
        ("c:1", "-"),
    ]
    done = reader("speakers", "--disputed", "--corpus", folder)
    assert [row.split("\t")[:2] for row in done.stdout.splitlines()] == [
        ["Ida Holm", "3"],
        ["Olaf Berg", "1"],
        ["-", "1"],
    ]
    assert len(reader("quotes", "b", "--disputed", "--corpus", folder).stdout.splitlines()) == 2


def test_what_nobody_is_named_for_is_a_row_of_its_own(reader, tmp_path):
    folder = tmp_path / "unnamed"
    folder.mkdir()
    text = "A long first line of this note that has no name.\n\n“It is over and we all know it.”\n"
    (folder / "a.txt").write_text(text, encoding="utf-8")
    done = reader("speakers", "--corpus", folder)
    assert done.stdout.startswith("-\t1\t8\t1\t-\t-\n")


def test_people_are_counted_by_one_name(reader, tmp_path):
    folder = tmp_path / "people"
    folder.mkdir()
    articles = {
        "a": "“We shall build the road,” said Joseph R. Quist.\n\n“It will be long,” said Bob.",
        "b": "“The road is closed again,” said Joe Quist.\n\nPope Francis came. “Peace to all,” "
        "Francis said.",
    }
    for name, text in articles.items():
        (folder / f"{name}.md").write_text(f"---\ntitle: News {name}\n---\n{text}\n", "utf-8")
    done = reader("speakers", "--json", "--corpus", folder)
    rows = {row["speaker"]: row["names"] for row in map(json.loads, done.stdout.splitlines())}
    assert rows == {
        "Joseph R. Quist": ["Joseph R. Quist", "Joe Quist"],
        "Francis": ["Francis"],
        None: ["Bob"],
    }
    done = reader("search", "road OR peace OR long", "--facets", "speaker", "--corpus", folder)
    facets = [row.split("\t") for row in done.stdout.splitlines() if row.startswith("speaker\t")]
    assert facets == [["speaker", "Joseph R. Quist", "2"], ["speaker", "Francis", "1"]]
    by_joe = reader("quotes", "--by", "Joe Quist", "--corpus", folder)
    assert len(by_joe.stdout.splitlines()) == 2
    assert reader("quotes", "--by", "Bob", "--corpus", folder).stdout.startswith("a:2")


def test_cite(reader):
    done = reader("cite", "azerbaijan:1")
    assert done.stdout == (
        "“Azerbaijan is prepared to work with Armenia” (Ilham Aliyev), in “Azerbaijan Ready to "
        "Engage in Peace Talks with Armenia - President Ilham Aliyev”, The Caspian Post, ¶1.\n"
    )
    second = reader("cite", "azerbaijan", "--quote", "2").stdout
    assert second == reader("cite", "azerbaijan:5").stdout
    assert second.startswith("“the time will come")
    whole = reader("cite", "azerbaijan").stdout
    assert whole.startswith("“Azerbaijan Ready")
    assert "¶" not in whole
    assert len(reader("cite", "azerbaijan", "--quotes").stdout.splitlines()) == 3
    assert reader("cite", "azerbaijan:2-3").stdout.endswith("¶¶2–3.\n")
    row = json.loads(reader("cite", "azerbaijan:5", "--json").stdout)
    assert row["citation"] + "\n" == second


@pytest.mark.parametrize(
    "arguments",
    [
        ["cite"],
        ["cite", "qqzzxx"],
        ["cite", "azerbaijan:99"],
        ["cite", "azerbaijan", "--quote", "9"],
        ["cite", "azerbaijan", "--style", "chicagoo"],
        ["cite", "azerbaijan", "--style", "none.csl"],
        ["cite", "azerbaijan", "--copy"],
    ],
)
def test_what_cannot_be_cited(reader, arguments):
    done = reader(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


def test_the_clipboard_is_set_on_a_terminal(terminal):
    status, screen = terminal("cite", "azerbaijan:1", "--copy")
    assert status == 0
    start = screen.index("\x1b]52;c;") + len("\x1b]52;c;")
    copied = base64.b64decode(screen[start : screen.index("\x07", start)]).decode()
    assert copied.startswith("“Azerbaijan is prepared")
    assert copied.endswith("¶1.")
    assert "\x1b]52" not in terminal("cite", "azerbaijan:1")[1]


@pytest.mark.parametrize(
    ("words", "by", "verdict"),
    [
        ("prepared to WORK – with Armenia", None, "verbatim"),
        ("Azerbaijan … Armenia", "Ilham Aliyev", "verbatim"),
        ("Azerbaijan is prepared to work with Armenia", "Aliyev", "verbatim"),
        ("Azerbaijan is prepared to work with Armenia", "Nikol Pashinyan", "misattributed"),
        ("Azerbaijan is prepared to talk with Armenia", "Aliyev", "altered"),
        ("Azerbaijan is prepared to work with Armenia and Georgia", None, "altered"),
        ("Nobody has ever seen such a thing before", None, "missing"),
        ("peace treaty between the two countries", None, "verbatim"),
        ("peace treaty between the two countries", "Ilham Aliyev", "misattributed"),
        ("peace treaty between the two countries", "Caspian Post", "verbatim"),
        (
            "Azerbaijan is prepared to work with Armenia the time will come that we will really "
            "talk",
            None,
            "altered",
        ),
        (
            "Azerbaijan Ready to Engage in Peace Talks with Armenia - President Ilham Aliyev",
            None,
            "verbatim",
        ),
    ],
)
def test_check_words(reader, words, by, verdict):
    done = reader("check", words, *(["--by", by] if by else []))
    locator, told, _, quote = done.stdout.rstrip("\n").split("\t")
    assert (told, quote) == (verdict, words)
    assert done.returncode == int(verdict != "verbatim")
    assert (locator == "-") == (verdict == "missing")


def test_check_a_draft(reader, tmp_path):
    draft = tmp_path / "draft.md"
    draft.write_text(
        "# Draft\n\n“Azerbaijan is prepared to work with Armenia,” Aliyev said.\n\n"
        "According to Pashinyan, “it will open new opportunities for all the countries.”\n\n"
        "> We have to live side by side [...] how to live side by side.\n>\n> — Ilham Aliyev\n",
        encoding="utf-8",
    )
    done = reader("check", draft)
    assert done.returncode == 1
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert [row[:3] for row in rows] == [
        [f"{ID}:1", "verbatim", "Ilham Aliyev"],
        [f"{ID}:6", "misattributed", "Ilham Aliyev"],
        [f"{ID}:6", "verbatim", "Ilham Aliyev"],
    ]
    again = reader("check", "-", input=draft.read_text(encoding="utf-8"))
    assert (again.returncode, again.stdout) == (1, done.stdout)
    quiet = reader("check", draft, "-q")
    assert (quiet.returncode, quiet.stdout) == (1, "")
    first = json.loads(reader("check", draft, "--json").stdout.splitlines()[1])
    assert (first["claimed_speaker"], first["draft_paragraph"], first["verdict"]) == (
        "Pashinyan",
        3,
        "misattributed",
    )


def test_what_cite_writes_stands(reader, tmp_path):
    for style in ("text", "markdown"):
        cited = reader("cite", "azerbaijan", "--quotes", "--style", style).stdout
        done = reader("check", "-", input=cited)
        verdicts = [line.split("\t")[1] for line in done.stdout.splitlines()]
        assert set(verdicts) == {"verbatim"}
        assert len(verdicts) >= 3
        assert done.returncode == 0


@pytest.mark.parametrize("arguments", [["nowhere.md"], ["no/such/draft"], ["…"], []])
def test_what_cannot_be_checked(reader, arguments):
    done = reader("check", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


def test_a_draft_over_the_limit_is_refused_not_checked_in_part(reader, tmp_path):
    draft = tmp_path / "draft.md"
    true, invented = "“prepared to work with Armenia,” said Ilham Aliyev", "“we will never talk”"
    filler = "A line of the draft that quotes nobody.\n\n" * (16 * 1024**2 // 41 + 1)
    draft.write_text(f"{true}\n\n{filler}{invented}\n", encoding="utf-8")
    for done, name in (
        (reader("check", draft), str(draft)),
        (reader("check", "-", input=draft.read_text(encoding="utf-8")), "standard input"),
    ):
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"reader: cannot read {name}: larger than 16 MiB\n"


def test_a_draft_without_quotations_stands(reader):
    assert reader("check", "-", input="No words of others here.\n").returncode == 0


@pytest.mark.parametrize("name", ["speakers", "check"])
def test_on_a_terminal(terminal, stripped, golden, corpus, name):
    words = "We came to sign the treaty, not to take photographs"
    arguments = ["check", words, "lasts forever", "--by", "Olaf Berg"]
    if name == "speakers":
        arguments = ["speakers"]
    for columns in (60, 80):
        status, text = terminal(*arguments, "--corpus", corpus, columns=columns)
        assert status == int(name == "check")
        golden(f"{name}-{columns}.txt", stripped(text))


def test_the_day_on_which_an_article_was_added_is_that_of_access(reader, tmp_path):
    front = "title: Harbour opens\nurl: https://coast.example/harbour\nadded: '2022-04-09'\n"
    (tmp_path / "own.md").write_text(f"---\n{front}reader: 1\n---\n\nIt opens.\n", encoding="utf-8")
    (tmp_path / "clip.md").write_text(
        f"---\n{front.replace('added', 'created')}---\n\nIt opens.\n", encoding="utf-8"
    )
    (tmp_path / "noted.md").write_text(
        f"---\n{front.replace('added', 'accessed')}---\n\nIt opens.\n", encoding="utf-8"
    )
    cited = reader("cite", "own", "noted", "clip", "--corpus", str(tmp_path)).stdout.splitlines()
    assert [line.endswith("/harbour, accessed 9 April 2022.") for line in cited] == [
        True,
        True,
        False,
    ]


def test_pandoc_and_bibtex_have_the_same_key(reader):
    cited = reader("cite", "azerbaijan:1", "-s", "pandoc").stdout
    key = "azerbaijan-ready-to-engage-in-peace-talks"
    assert cited == f"“Azerbaijan is prepared to work with Armenia” [@{key}, ¶1]\n"
    assert reader("cite", "azerbaijan", "-s", "bibtex").stdout.startswith(f"@article{{{key},\n")
