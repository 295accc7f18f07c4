"""Nothing passes that was not read, and nothing that can be typed gives a traceback."""

import os
import subprocess
import sys

import pytest

ID = "azerbaijan-ready-to-engage-in-peace-talks"
HUGE = "99999999999999999999"
VERBATIM = "Ilham Aliyev said: “Azerbaijan is prepared to work with Armenia.”\n"


@pytest.mark.parametrize("number", [HUGE, "9" * 5000, "+7", "0"])
def test_any_number_is_taken(reader, corpus, number):
    for arguments in (
        ["search", "harbour", "-m"],
        ["search", "harbour", "-l", "-m"],
        ["quotes", "-m"],
        ["speakers", "-m"],
        ["list", "-m"],
        ["similar", "harbour", "-m"],
    ):
        done = reader(*arguments, number, "--corpus", corpus)
        whole = reader(*arguments, "7" if number == "+7" else "0", "--corpus", corpus)
        assert (done.stdout, done.stderr) == (whole.stdout, "")


def test_any_number_of_other_options_is_taken(reader):
    assert reader("search", "Zangazur", "-C", HUGE).stdout.count("\n") == 7
    assert reader("quotes", "-C", HUGE).returncode == 0
    assert reader("show", "--width", HUGE).stdout == reader("show").stdout
    for locator in (f"{ID}:99999999999", f"{ID}:1-99999999999"):
        assert "its paragraphs are 1 to 7" in reader("show", locator).stderr
    assert "its paragraphs are 1 to 7" in reader("similar", ID, "-p", HUGE).stderr
    assert "there are 3 quotations there" in reader("cite", ID, "--quote", HUGE).stderr


@pytest.mark.parametrize(
    ("value", "said"),
    [("-1", "-1 is negative"), ("x", "x is not a whole number"), ("", " is not a whole number")],
)
def test_what_is_no_number_is_refused_in_words(reader, value, said):
    done = reader("search", "peace", "-m", value)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "19 is less than 20" in reader("show", "--width", "19").stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "x", "--bogus", "--help"],
        ["search", "x", "-h", "--bogus"],
        ["search", "x", "-m", "-3", "--help"],
        ["search", "x", "-m", "--help"],
        ["search", "--corpus", "a", "--corpus", "b", "--help"],
        ["check", "nofile", "--help"],
        ["check", "--help"],
        ["remove", "--yes", "-h"],
        ["show", "--install-completion", "--help"],
        ["--bogus", "--help"],
        ["--install-completion", "--help"],
    ],
)
def test_help_beside_any_option(reader, arguments):
    done = reader(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Examples:\n")


def test_help_after_the_end_of_options_is_a_word(reader):
    assert reader("search", "--bogus", "--", "--help").returncode == 2
    assert reader("search", "-c", "--", "--help").stdout == "0\n"


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        (["check", "peace", "--corpus", "a", "--corpus", "b"], "--corpus"),
        (["search", "x", "--sort", "date", "--sort", "relevance"], "--sort"),
        (["search", "x", "-m", "1", "--limit", "2"], "--limit"),
        (["search", "x", "--by", "A", "--by=B"], "--by"),
        (["show", "--color", "never", "--color", "never"], "--color"),
        (["cite", "x", "--style", "ris", "-s", "text"], "--style"),
    ],
)
def test_an_option_given_twice_is_an_error(reader, arguments, option):
    done = reader(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"reader: {option} is given twice")


def test_flags_may_be_repeated_and_forms_may_not_be_mixed(reader):
    assert reader("search", "Zangazur", "-c", "-c", "--count").stdout == "1\n"
    for forms in (["--json", "--csv"], ["--csv", "--format", "x"], ["--json", "--format", "x"]):
        done = reader("search", "Zangazur", *forms)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("option", ["--install-completion", "--show-completion"])
def test_completion_is_printed_and_no_file_is_changed(installed, home, option):
    (home / ".bashrc").write_text("# mine\n")
    script = 'bash -c \'"$0" "$1"; exit\' "$0" "$1"'
    done = subprocess.run(
        ["bash", "-c", script, os.path.join(os.path.dirname(sys.executable), "reader"), option],
        capture_output=True,
        text=True,
        env={**os.environ, "SHELL": "/bin/bash"},  # asked where there is no /proc
    )
    assert done.returncode == 0
    assert "_READER_COMPLETE" in done.stdout
    assert [path.name for path in home.iterdir()] == [".bashrc"]
    assert (home / ".bashrc").read_text() == "# mine\n"


# Drafts.


def test_a_draft_without_quotations_is_named(reader, tmp_path):
    (tmp_path / "none.md").write_text("No quotation at all.\n")
    (tmp_path / "good.md").write_text(VERBATIM)
    for quiet in ([], ["-q"], ["--json"]):
        done = reader("check", tmp_path / "none.md", *quiet)
        assert (done.returncode, done.stdout) == (0, "")
        assert done.stderr == f"reader: {tmp_path}/none.md: no quotations\n"
    done = reader("check", tmp_path / "none.md", tmp_path / "good.md")
    assert (done.returncode, done.stdout.count("verbatim")) == (0, 1)
    assert done.stderr == f"reader: {tmp_path}/none.md: no quotations\n"
    for empty in ("", "\n"):
        done = reader("check", "-", input=empty)
        assert (done.returncode, done.stderr) == (0, "reader: standard input: no quotations\n")


@pytest.mark.parametrize("content", [b"\0\0", b"%PDF-1.7 words", b"PK\3\4\0", b"x" * (2**24 + 1)])
def test_the_others_are_checked_if_a_draft_cannot_be_read(reader, tmp_path, content):
    (tmp_path / "bad.md").write_bytes(content)
    (tmp_path / "good.md").write_text(VERBATIM)
    for drafts in (["bad.md", "good.md"], ["good.md", "bad.md"]):
        done = reader("check", *(tmp_path / name for name in drafts))
        assert done.returncode == 2
        assert done.stdout.count("verbatim") == 1
        assert done.stderr.startswith(f"reader: cannot read {tmp_path}/bad.md: ")
        assert done.stderr.count("\n") == 1
    done = reader("check", tmp_path / "absent.md", tmp_path / "good.md")
    assert (done.returncode, done.stdout.count("verbatim")) == (2, 1)


@pytest.mark.parametrize("arguments", [["check", "-"], ["add", "-"]])
def test_standard_input_that_is_closed(home, command, arguments):
    line = " ".join([command, *arguments, "<&-"])
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "standard input" in done.stderr
    assert "closed" in done.stderr


@pytest.mark.skipif(not os.path.exists("/dev/fd/0"), reason="needs /dev/fd")
def test_a_draft_from_a_pipe_of_the_shell(home, command, tmp_path):
    (tmp_path / "good.md").write_text(VERBATIM)
    line = f"{command} check <(cat {tmp_path}/good.md)"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True)
    assert (done.returncode, done.stdout.count("verbatim")) == (0, 1)


# Homes.

# Every command, with what it does where there is no home directory.
EVERY = [
    (["show"], 0),
    (["search", "Zangazur"], 0),
    (["search", "@kept", "--new"], 2),
    (["quotes"], 0),
    (["speakers"], 0),
    (["cite", f"{ID}:5"], 0),
    (["check", "prepared to work with Armenia"], 0),
    (["list"], 0),
    (["timeline", "Zangazur"], 0),
    (["similar", ID], 1),
    (["save"], 1),
    (["save", "kept", "peace"], 2),
    (["add", "-"], 2),
    (["open", ID, "--web"], 2),
    (["remove", ID], 2),
    (["index"], 0),
    (["help", "query"], 0),
]
NO_PASSWD_ENTRY = """
import os, pwd, sys
def no_entry(_):
    raise KeyError
pwd.getpwuid = no_entry  # as for a user id that no entry has: `docker run --user 54321`
os.environ.pop("HOME", None)
sys.argv[1:] = {arguments!r}
from reader.__main__ import main
main()
"""


def run_without_entry(arguments, folder):
    return subprocess.run(
        [sys.executable, "-c", NO_PASSWD_ENTRY.format(arguments=arguments)],
        cwd=folder,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.parametrize(("arguments", "status"), EVERY)
def test_no_home_and_no_passwd_entry(home, tmp_path, arguments, status):
    folder = tmp_path / "here"
    folder.mkdir()
    done = run_without_entry(arguments, folder)
    assert done.returncode == status
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") <= 1
    assert not list(folder.iterdir())  # no folder whose name is `~`


@pytest.mark.parametrize("kind", ["file", "unwritable"])
@pytest.mark.parametrize(("arguments", "status"), EVERY)
def test_a_home_that_cannot_be_used(reader, tmp_path, arguments, status, kind):
    path = tmp_path / "not-a-home"
    if kind == "file":
        path.write_text("x")
    elif os.geteuid() == 0:
        path = "/proc"  # not even root can make a folder there
    else:
        path.mkdir(mode=0o500)
    done = reader(*arguments, env={"HOME": str(path)})
    assert done.returncode == status
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") <= 1


@pytest.mark.parametrize("name", ["~nosuchuser/articles", "~nosuchuser"])
def test_a_home_of_nobody(reader, home, name):
    for arguments in (["list"], ["search", "peace"], ["show"]):
        done = reader(*arguments, env={"READER_CORPUS": name})
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"reader: {name}: there is no such home directory")
    done = reader("add", f"{name}/x.md")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"reader: {name}/x.md: ")
    assert done.stderr.count("\n") == 1
    config = home / ".config" / "article-reader"
    config.mkdir(parents=True)
    for content in (f'corpus = "{name}"', 'corpus = "a\\u0000b"'):
        (config / "config.toml").write_text(content)
        done = reader("search", "peace")
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_only_the_output_is_called_the_output(reader, home):
    long = "n" * 5000
    done = reader("add", f"{long}.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert "output" not in done.stderr
    with open("/dev/full", "w") as full:
        for arguments in (["help", "query"], ["--help"], ["--version"], ["search", "peace", "-c"]):
            done = reader(*arguments, stdout=full)
            assert done.returncode == 2
            assert done.stderr == "reader: cannot write the output: No space left on device\n"
