"""check as a linter: lines and columns of drafts, annotations, kinds of drafts."""

import json
from importlib.util import find_spec

import pytest

DRAFT = """\
---
title: "came to sign a treaty"
---

Nothing here.

Aagaard said that “we came to sign a treaty, not to take photographs,” and *more*:

> That *has* not [changed](https://a.example/not-changed).

It is “never lasts forever at all,” they say.
"""
FORM = "{file}:{line}:{column}: {verdict}: {diff}"


@pytest.fixture
def draft(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.md").write_text(DRAFT, encoding="utf-8")
    return "draft.md"


def test_lines_and_columns(reader, corpus, draft):
    done = reader("check", draft, "--corpus", corpus, "--format", FORM)
    assert done.stdout.splitlines()[:2] == [
        "draft.md:7:19: verbatim: we came to sign a treaty, not to take photographs,",
        "draft.md:9:3: verbatim: That has not changed.",
    ]
    assert done.stdout.splitlines()[2].startswith("draft.md:11:7: ")
    record = json.loads(reader("check", draft, "--corpus", corpus, "--json").stdout.split("\n")[1])
    assert [record[key] for key in ("file", "line", "column", "notes")] == ["draft.md", 9, 3, []]


def test_a_form_of_fields_that_it_knows(reader, corpus, draft):
    done = reader("check", draft, "--corpus", corpus, "--format", "{score}")
    assert (done.returncode, "no field score" in done.stderr) == (2, True)
    done = reader("check", draft, "--corpus", corpus, "--format", "{line}", "--github")
    assert (done.returncode, done.stdout) == (2, "")


def test_annotations(reader, corpus, tmp_path, draft):
    (tmp_path / "a, b.md").write_text("“We came to sign 5% of the treaty, not to take photos,”")
    done = reader("check", draft, "a, b.md", "--corpus", corpus, "--github")
    lines = done.stdout.splitlines()
    assert done.returncode == 1
    assert lines[-1].startswith(
        "::error file=a%2C b.md,line=1,col=1,title=altered::altered: “We came"
    )
    assert "5%25" in lines[-1]
    assert not any("line=7" in line for line in lines)  # what stands has none


def test_sarif(reader, corpus, draft):
    done = reader("check", draft, "--corpus", corpus, "--sarif")
    log = json.loads(done.stdout)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert log["version"] == "2.1.0"
    for result in run["results"]:
        (location,) = result["locations"]
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert location["physicalLocation"]["artifactLocation"]["uri"] == "draft.md"
        assert location["physicalLocation"]["region"] == {"startLine": 11, "startColumn": 7}
    empty = json.loads(reader("check", "-", "--sarif", "--corpus", corpus, input="None.").stdout)
    assert empty["runs"][0]["results"] == []


def test_words_without_marks_are_one_claim(reader, corpus):
    done = reader("check", "came", "to", "sign", "a", "treaty", "--corpus", corpus)
    assert done.stdout.endswith("\tcame to sign a treaty\n")
    assert done.stdout.count("\n") == 1


@pytest.mark.parametrize("name", ["draft.html", "-"])
def test_a_fragment_of_html(reader, corpus, tmp_path, name):
    text = (
        "<style>q { x: “no quotation of it” }</style>\n<p>Aagaard said <q>we came to sign</q> "
        "&ldquo;a treaty, not to take photographs&rdquo;</p>\n"
        "<blockquote>That has <b>not</b> changed.</blockquote>\n"
    )
    path = name
    if name != "-":
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
    form = "{line}:{column}:{verdict}:{claim}"
    done = reader("check", path, "--corpus", corpus, "--format", form, input=text)
    assert done.stdout.splitlines() == [
        "2:17:verbatim:we came to sign",
        "2:40:verbatim:a treaty, not to take photographs",
        "3:13:verbatim:That has not changed.",
    ]


@pytest.mark.parametrize(
    "quoted",
    [
        "``we came to sign a treaty''",
        "‚we came to sign a treaty‘",
        "»we came to sign a treaty«",
        "「we came to sign a treaty」",
        ",,we came to sign a treaty”",
        "‘we came to sign a treaty’",
        "<q>we came to sign a treaty</q>",
        "&ldquo;we came to sign a treaty&rdquo;",
    ],
)
def test_marks_of_every_kind(reader, corpus, quoted):
    form = "{column}:{verdict}:{claim}"
    done = reader("check", "-", "--corpus", corpus, "--format", form, input=f"She said {quoted}.\n")
    assert done.stdout == "10:verbatim:we came to sign a treaty\n"


def test_single_marks_over_paragraphs(reader, corpus):
    first, second = "The dogs’ home will not close in this year.", "It will never be sold at all."
    text = f"Anna Weber said: ‘{first}\n\n‘{second}’ She left, and so did the dogs.\n"
    form = "{line}:{column}:{claim}"
    done = reader("check", "-", "--corpus", corpus, "--format", form, input=text)
    assert done.stdout == f"1:18:{first} {second}\n"


@pytest.mark.skipif(not find_spec("striprtf"), reason="the extra rtf is not installed")
def test_a_document_has_no_lines(reader, corpus, tmp_path):
    text = (
        r"{\rtf1\ansi Aagaard said, \ldblquote we came to sign a peace treaty,\rdblquote  and left."
        r"\par No more of it.\par}"
    )
    (tmp_path / "draft.rtf").write_text(text)
    form = "{line}:{verdict}:{diff}"
    done = reader("check", tmp_path / "draft.rtf", "--corpus", corpus, "--format", form)
    assert done.stdout == ":altered:we came to sign a [-peace-] treaty\n"


def test_the_encoding_of_the_config(reader, corpus, home, tmp_path):
    words = "Мы пришли подписать договор"
    (tmp_path / "draft.md").write_bytes(f'"{words}"'.encode("ibm866"))
    config = home / ".config" / "article-reader"
    config.mkdir(parents=True)
    (config / "config.toml").write_text('encoding = "ibm866"')
    done = reader("check", tmp_path / "draft.md", "--corpus", corpus)
    assert done.stdout == f"-\tmissing\t-\t{words}\n"


def test_a_summary_on_a_terminal(terminal, stripped, corpus, draft):
    text = stripped(terminal("check", draft, "--corpus", corpus)[1])
    assert text.rstrip().endswith("2 of 3 stand")
