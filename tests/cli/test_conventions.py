"""The habits of a command line, a test for each."""

import os
import re
import signal
import subprocess
import time

import pytest
from articles import IndexedFolder
from commands import Installed, on_a_terminal
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.cli.output import wants_color
from reader.language.clean import normalize
from reader.model.hit import Hit
from reader.views.jsonl import JsonView
from reader.views.plain import PlainView
from reader.views.terminal import TerminalView

ID = "azerbaijan-ready-to-engage-in-peace-talks"
COMMANDS = [
    ["show"],
    ["search", "the"],
    ["quotes"],
    ["speakers"],
    ["cite", "azerbaijan:1-7"],
    ["check", "prepared to work with Armenia"],
    ["list"],
    ["index"],
    ["timeline", "the"],
]
# Commands with a help of their own, besides those above.
MORE = ["timeline", "similar", "save", "add", "open", "remove", "help"]


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["search", "Zangazur"], 0),
        (["search", "qqzzxx"], 1),
        (["quotes", "--by", "qqzzxx"], 1),
        (["speakers", "--by", "qqzzxx"], 1),
        (["cite", "qqzzxx"], 2),
        (["speakers", "--since", "soon"], 2),
        (["quotes", "--about", '"open'], 2),
        (["show", "qqzzxx"], 2),
        (["show", f"{ID}:8"], 2),
        (["show", f"{ID}:0"], 2),
        (["show", f"{ID}:3-2"], 2),
        (["search", '"open'], 2),
        (["search", "foo:bar"], 2),
        (["search"], 2),
        (["search", ""], 2),
        (["search", "x", "--since", "soon"], 2),
        (["search", "x", "--in", "qqzzxx"], 2),
        (["quotes", "qqzzxx"], 2),
        (["list", "--corpus", "/nowhere"], 2),
        (["nonsense"], 2),
        (["show", "--nonsense"], 2),
        (["show", "--color", "sometimes"], 2),
        (["show", "--width", "3"], 2),
        (["search", "x", "-m", "-1"], 2),
        (["show", "\x1b[31m"], 2),
    ],
)
def test_statuses_and_streams(reader, arguments, status):
    done = reader(*arguments)
    assert done.returncode == status
    if status:
        assert done.stdout == ""
    if status == 2:
        assert done.stderr.count("\n") == 1
        assert done.stderr.startswith("reader: ")
        assert "Traceback" not in done.stderr
        assert "\x1b" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        *COMMANDS,
        ["timeline", "the"],
        ["similar", "azerbaijan"],
        ["save"],
        ["add", "-"],
        ["open", "azerbaijan", "--web"],
        ["remove", "azerbaijan"],
        ["help", "query"],
    ],
)
def test_the_installed_command_does_what_the_tests_fork(reader, installed, arguments):
    def outcome(done):
        # How old the index is differs.
        lines = [line for line in done.stdout.splitlines() if not line.startswith("age\t")]
        return done.returncode, lines, done.stderr

    assert outcome(installed(*arguments)) == outcome(reader(*arguments))


def test_the_installed_command_on_a_terminal(terminal, command):
    started = on_a_terminal(Installed(command), "search", "peace", columns=70)
    assert started == terminal("search", "peace", columns=70)
    assert "\x1b" in started[1]


def test_an_error_names_the_nearest(reader, corpus):
    assert "Did you mean 'search'?" in reader("serch", "x").stderr
    assert "--limit" in reader("search", "x", "--limt", "3").stderr
    assert "did you mean harbour?" in reader("show", "harbor", "--corpus", corpus).stderr


def write_much(folder):
    """Write a thousand short articles and a long one, the newest."""
    folder.mkdir()
    for number in range(1000):
        (folder / f"n{number}.md").write_text(
            f"---\ntitle: The {number}th of the Articles That Tell of Words\n"
            "source: The Gazette of the Coast and the Harbours\ndate: 2020-01-02\n---\n"
            f"“The words go on and on,” said Al Bo of number {number} in the evening.\n"
        )
    paragraphs = [
        f"“The words of paragraph {number} go on and on,” said Al Bo in the evening."
        for number in range(2000)
    ]
    front = "---\ntitle: The Long One\ndate: 2021-01-02\n---\n"
    (folder / "long.md").write_text(front + "\n\n".join(paragraphs))


@pytest.fixture(scope="module")
def thousand_articles(tmp_path_factory):
    return IndexedFolder(tmp_path_factory.mktemp("thousand"), write_much)


@pytest.fixture
def much(thousand_articles, home):
    """A folder about which most commands print more than a pipe holds."""
    with thousand_articles.lent_to(home) as folder:
        yield folder


# Of these, what is printed about `much` is longer than a pipe's buffer, or not.
LONG = [["show"], ["search", "the"], ["quotes"], ["cite", "long", "--quotes"], ["list"]]
SHORT = [["speakers"], ["index"]]


@pytest.mark.parametrize("arguments", LONG)
def test_a_closed_pipe_ends_it_silently(much, command, arguments):
    line = " ".join(["reader", *arguments, "--corpus", str(much)])
    script = f"{line} | head -1 >/dev/null; echo ${{PIPESTATUS[0]}}"
    path = os.path.dirname(command)
    done = subprocess.run(
        ["bash", "-c", script],
        env={**os.environ, "PATH": f"{path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
    )
    assert done.stderr == ""
    assert done.stdout == "141\n"


@pytest.mark.parametrize("arguments", LONG + SHORT)
def test_a_pipe_that_nobody_reads_ends_it_silently(reader, much, arguments):
    read, write = os.pipe()
    os.close(read)
    with open(write, "w") as pipe:
        done = reader(*arguments, "--corpus", much, stdout=pipe)
    assert (done.returncode, done.stderr) == (-signal.SIGPIPE, "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", COMMANDS)
def test_a_full_disk(installed, arguments):
    with open("/dev/full", "w") as full:
        done = installed(*arguments, stdout=full)
    assert done.returncode == 2
    assert done.stderr == "reader: cannot write the output: No space left on device\n"


def test_ctrl_c_is_130(home, own_corpus, command):
    for number in range(1500):
        (own_corpus / f"n{number}.txt").write_text(
            "Words indexed one by one, again and again. " * 400
        )
    process = subprocess.Popen(
        [command, "search", "words", "--corpus", str(own_corpus)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while process.poll() is None and not any(path.is_file() for path in home.rglob("*")):
        time.sleep(0.005)  # until the index is in the making
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", "")


@pytest.mark.parametrize(
    "arguments", [["show"], ["list"], ["search", "treaty"], ["quotes"], ["index"]]
)
def test_one_unreadable_file_of_several(reader, own_corpus, arguments):
    whole = reader(*arguments, "--corpus", own_corpus)
    (own_corpus / "bad.txt").write_bytes(b"\0\0")
    done = reader(*arguments, "--corpus", own_corpus)
    assert done.returncode == 0
    assert done.stderr == "reader: bad.txt: not text: skipped\n"
    if arguments != ["index"]:
        assert done.stdout == whole.stdout


@pytest.mark.parametrize("arguments", COMMANDS)
@pytest.mark.parametrize(
    "env",
    [
        {"HOME": ""},
        {"HOME": "/nonexistent"},
        {"TERM": ""},
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0"},
    ],
)
def test_a_bare_environment(installed, arguments, env, tmp_path):
    done = installed(*arguments, env={"XDG_CACHE_HOME": str(tmp_path), **env})
    assert done.returncode == 0
    assert done.stderr == ""


def test_utf_8_comes_out_whatever_the_locale(reader):
    done = reader(
        "show", f"{ID}:1", env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    )
    assert "“Azerbaijan is prepared" in done.stdout


def test_closed_streams(home, command):
    for closed, status in (("<&-", 0), (">&-", 2), ("2>&-", 0), (">&- 2>&-", 2)):
        done = subprocess.run(
            ["sh", "-c", f"{command} show {closed}"], capture_output=True, text=True
        )
        assert done.returncode == status
        assert "Traceback" not in done.stderr


def test_a_cache_that_cannot_be_written(reader, tmp_path):
    (tmp_path / "file").write_text("x")
    done = reader("search", "Zangazur", env={"XDG_CACHE_HOME": str(tmp_path / "file")})
    assert done.returncode == 0
    assert done.stdout.startswith(f"{ID}:6\t")
    assert done.stderr.count("\n") == 1
    assert "made one in memory" in done.stderr


def test_options_after_arguments_and_the_end_of_options(reader):
    assert reader("search", "Zangazur", "-c").stdout == "1\n"
    assert reader("search", "-c", "--", "-Zangazur").stdout == "6\n"
    assert reader("show", "--", "-foo").returncode == 2
    assert "no article -foo" in reader("show", "--", "-foo").stderr


@pytest.mark.parametrize("option", ["-h", "--help"])
@pytest.mark.parametrize(
    "command_name",
    [None, "show", "search", "quotes", "speakers", "cite", "check", "list", "index", *MORE],
)
def test_help(reader, option, command_name):
    done = reader(*filter(None, [command_name, option]))
    assert done.returncode == 0
    assert done.stdout.startswith("Examples:\n")
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert done.stdout.isascii()
    for line in done.stdout.splitlines():
        if line.lstrip().startswith("-") and not line.lstrip().startswith("--"):
            assert "--" in line  # every short option has a long form


def test_version_and_no_arguments(reader):
    assert reader("--version").stdout.count("\n") == 1
    assert reader().stdout == reader("--help").stdout


def test_search_then_show(home, command):
    path = os.path.dirname(command)
    done = subprocess.run(
        ["sh", "-c", "reader search Zangazur | cut -f1 | xargs reader show"],
        env={**os.environ, "PATH": f"{path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
    )
    assert done.stdout.startswith("Regarding the opening of communication")


@pytest.mark.parametrize(
    ("option", "environment", "terminal", "wanted"),
    [
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ("auto", {"FORCE_COLOR": "1", "TERM": "dumb"}, False, True),
        ("auto", {"FORCE_COLOR": "0"}, True, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"NO_COLOR": ""}, True, True),
    ],
)
def test_who_decides_on_colour(option, environment, terminal, wanted):
    assert wants_color(option, environment, terminal) is wanted


@pytest.mark.parametrize(
    "arguments",
    [["show"], ["search", "peace"], ["quotes"], ["speakers"], ["check", "peace treaty"], ["list"]],
)
def test_colour_is_decoration(reader, stripped, arguments):
    plain = reader(*arguments).stdout
    assert "\x1b" not in plain
    coloured = reader(*arguments, "--color=always").stdout
    assert stripped(coloured) == plain
    assert reader(*arguments, "--plain").stdout == plain
    assert reader(*arguments, env={"FORCE_COLOR": "1"}).stdout == coloured
    assert ("\x1b" in coloured) is True


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour_on_a_terminal(terminal, env):
    assert "\x1b" not in terminal("search", "peace", env=env)[1]


def test_plain_on_a_terminal_is_what_a_pipe_gets(terminal, reader):
    assert terminal("search", "peace", "--plain")[1] == reader("search", "peace").stdout
    assert terminal("show", "--json")[1] == reader("show", "--json").stdout


def test_width(terminal, reader):
    def widest(**options):
        extra = options.pop("extra", [])
        return max(map(len, terminal("show", "--color=never", *extra, **options)[1].splitlines()))

    assert widest(columns=200) <= 80
    assert widest(columns=200, extra=["--width", "120"]) > 80
    assert widest(columns=200, env={"COLUMNS": "50"}) <= 50
    assert reader("show", env={"COLUMNS": "50"}).stdout == reader("show").stdout


def test_the_pager_is_for_what_is_longer_than_the_screen(terminal, tmp_path):
    pager = {"READER_PAGER": f"cat > {tmp_path}/paged"}
    assert "Zangazur" in terminal("show", lines=100, env=pager)[1]
    assert not (tmp_path / "paged").exists()
    assert terminal("show", lines=10, env=pager)[1] == ""
    assert "Zangazur" in (tmp_path / "paged").read_text()
    assert "Zangazur" in terminal("show", "--no-pager", lines=10, env=pager)[1]


def test_which_pager(terminal, tmp_path):
    for number, env in enumerate(
        [
            {"READER_PAGER": "echo $LESS; cat >/dev/null", "PAGER": "false"},
            {"PAGER": "echo $LESS; cat > /dev/null"},
            {"PAGER": "echo $LESS; true", "LESS": "-X"},
        ]
    ):
        text = terminal("show", lines=10, env=env)[1]
        assert text == ("-X\n" if number == 2 else "FRX\n")
    assert "Zangazur" in terminal("show", lines=10, env={"PAGER": "cat"})[1]


@pytest.mark.parametrize("pager", ["no-such-pager -R", "/etc/passwd"])
@pytest.mark.parametrize("arguments", [["show"], ["show", "-n", "--corpus"]])
def test_the_text_is_printed_if_the_pager_cannot_run(terminal, much, pager, arguments):
    arguments = [*arguments, much] if "--corpus" in arguments else arguments
    whole = terminal(*arguments, "--no-pager")[1]
    status, screen = terminal(*arguments, lines=10, env={"PAGER": pager})
    assert status == 0
    assert whole in screen
    assert screen.count("\n") == whole.count("\n") + 1  # the shell has said why


def test_a_pager_that_is_left_early(terminal):
    status, text = terminal("show", lines=10, env={"PAGER": "head -1"})
    assert status == 0
    assert text.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "the"],
        ["quotes"],
        ["speakers"],
        ["check", "harbour reopened", "waited in rain"],
        ["list"],
    ],
)
def test_the_same_bytes_whatever_the_hash_seed(installed, corpus, tmp_path, arguments):
    outputs = set()
    for seed in "0123":
        # In a cache of its own, so that the index too is made with the seed.
        env = {"PYTHONHASHSEED": seed, "XDG_CACHE_HOME": str(tmp_path / seed)}
        outputs.add(installed(*arguments, "--corpus", corpus, env=env).stdout)
    assert len(outputs) == 1
    assert outputs != {""}


def test_a_search_writes_only_the_cache(reader, own_corpus, home):
    before = sorted(path for path in own_corpus.rglob("*"))
    reader("search", "treaty", "--corpus", own_corpus)
    assert sorted(path for path in own_corpus.rglob("*")) == before
    assert [path.name for path in home.iterdir()] == [".cache"]
    assert [path.name for path in (home / ".cache").iterdir()] == ["article-reader"]


def test_settings_in_their_order(reader, corpus, tmp_path, home):
    config = home / ".config" / "article-reader"
    config.mkdir(parents=True)
    (config / "config.toml").write_text(f'corpus = "{corpus}"\n')
    assert reader("list", "-c").stdout == "3\n"
    (tmp_path / "other").mkdir()
    assert reader("list", "-c", env={"READER_CORPUS": str(tmp_path / "other")}).stdout == "0\n"
    assert reader("list", "-c", "--corpus", corpus, env={"READER_CORPUS": "/no"}).stdout == "3\n"
    (config / "config.toml").write_text("corpus = ")
    done = reader("list")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


TEXT = st.text(max_size=80).map(normalize).filter(bool)


@st.composite
def hits(draw):
    text = draw(TEXT)
    ends = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    spans = tuple(zip(ends[::2], ends[1::2], strict=False))
    return Hit(
        draw(TEXT),
        1,
        draw(TEXT),
        None,
        draw(st.none() | TEXT),
        text,
        1.0,
        highlights=spans,
    )


@settings(deadline=None)
@given(st.lists(hits(), min_size=1, max_size=3))
def test_any_text_in_one_clean_line_a_hit_out(found):
    plain = list(PlainView().hits(found))
    assert len(plain) == len(found)
    for hit, line in zip(found, plain, strict=True):
        assert line.endswith(hit.text + "\n")
        assert line.count("\t") == 2
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", line)

    def strip(text):
        return re.sub(r"\x1b\[[0-9;]*m", "", text)

    assert strip("".join(PlainView(color=True).hits(found))) == "".join(plain)
    assert all(line.count("\n") == 1 for line in JsonView().hits(found))
    coloured = "".join(TerminalView(60, color=True).hits(found))
    assert strip(coloured) == "".join(TerminalView(60, color=False).hits(found))
