"""The keys of JSON objects: one table for all commands, each key with one meaning and one type."""

import csv
import io
import json
import os

import pytest

TEXT, NUMBER, FRACTION, FLAG = str, int, float, bool
TEXTS, SPANS, OBJECTS = "texts", "spans", "objects"

# Each key with the type of its value, which can be null, and its meaning.
KEYS = {
    "locator": (TEXT, "names the article, a paragraph or paragraphs of it to every command"),
    "article": (TEXT, "the article's id"),
    "paragraph": (NUMBER, "the number of the paragraph, or of the first of several, from 1"),
    "title": (TEXT, "the article's title"),
    "date": (TEXT, "the day of publication, YYYY-MM-DD"),
    "source": (TEXT, "the publication"),
    "section": (TEXT, "the section of the publication"),
    "author": (TEXT, "the article's author or authors"),
    "url": (TEXT, "the article's web address"),
    "path": (TEXT, "the absolute path of the article's file"),
    "language": (TEXT, "the article's language"),
    "credit": (TEXT, "the credit of the article's image"),
    "paragraphs": (TEXTS, "the texts of the paragraphs"),
    "paragraph_count": (NUMBER, "the number of paragraphs"),
    "text": (TEXT, "the words of the paragraph, the quotation or the passage"),
    "score": (FRACTION, "the higher, the better the match"),
    "highlights": (SPANS, "where the matches in `text` start and end, in characters"),
    "other_names": (TEXTS, "the names that matched, if not those in the query"),
    "context": (OBJECTS, "the paragraphs on each side"),
    "hits": (NUMBER, "the number of paragraphs that match"),
    "terms": (TEXTS, "the words in common"),
    "period": (TEXT, "a day, week, month or year"),
    "facet": (TEXT, "the name of a facet"),
    "value": (TEXT, "a value of the facet"),
    "depth": (NUMBER, "how deep in the query a part is"),
    "query": (TEXT, "a query, or a part of one"),
    "name": (TEXT, "the name of a saved search"),
    "kind": (TEXT, "speech or term"),
    "speaker": (TEXT, "the name of whose words they are"),
    "attribution": (TEXT, "the article's words for the speaker"),
    "cue": (TEXT, "the verb or phrase that attributes the quotation"),
    "start": (NUMBER, "where the quotation starts in its paragraph, in characters"),
    "end": (NUMBER, "where the quotation ends in its paragraph, in characters"),
    "names": (TEXTS, "the forms of the speaker's name"),
    "quotation_count": (NUMBER, "the number of quotations"),
    "word_count": (NUMBER, "the number of words in quotations"),
    "article_count": (NUMBER, "the number of articles"),
    "first": (TEXT, "the first day"),
    "last": (TEXT, "the last day"),
    "verdict": (TEXT, "verbatim, altered, misattributed or missing"),
    "claim": (TEXT, "the words that are claimed to be a quotation"),
    "claimed_speaker": (TEXT, "the speaker whom the draft names"),
    "draft_paragraph": (NUMBER, "the number of the paragraph in the draft, from 1"),
    "file": (TEXT, "the draft's file, - for standard input"),
    "line": (NUMBER, "the line of the draft, from 1"),
    "column": (NUMBER, "the character of the line, from 1"),
    "notes": (TEXTS, "what is left out or joined, and what beside the words turns their sense"),
    "changes": (OBJECTS, "runs of words of the claim beside those of the text"),
    "same": (FLAG, "whether the words of the claim and of the text are the same"),
    "citation": (TEXT, "the footnote"),
    "state": (TEXT, "the state of the index, or of an article that was to be added"),
    "origin": (TEXT, "where an added article comes from"),
    "reason": (TEXT, "why an article that was there was not added again"),
    "corpus": (TEXT, "the folder of articles"),
    "index": (TEXT, "the folder of the index"),
    "skipped": (NUMBER, "the number of files that are not read"),
    "warnings": (TEXTS, "what was not understood, each with its article"),
    "segments": (NUMBER, "the number of segments of the index"),
    "size": (NUMBER, "bytes"),
    "age": (NUMBER, "seconds"),
}
OF_AN_ARTICLE = list(KEYS)[:11]
COMMANDS = [
    ["show", "vienna"],
    ["show", "vienna:2-3"],
    ["search", "treaty", "-C", "1"],
    ["search", "treaty", "--articles"],
    ["search", "treaty", "--facets", "source,speaker,section,author,year", "-c"],
    ["search", "treaty", "--explain"],
    ["quotes", "--all", "-C", "1"],
    ["speakers"],
    ["speakers", "--period", "month"],
    ["cite", "vienna"],
    ["cite", "vienna:1-3"],
    ["cite", "vienna:1"],
    ["check", "came to sign the treaty", "holds for ten years", "nobody said a thing like it"],
    ["list"],
    ["timeline", "treaty"],
    ["similar", "vienna"],
    ["index"],
]


def objects(done):
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def is_of(value, kind):
    if kind == TEXTS:
        return isinstance(value, list) and all(isinstance(text, str) for text in value)
    if kind == SPANS:
        return all(len(span) == 2 and all(type(n) is int for n in span) for span in value)
    if kind == OBJECTS:
        return isinstance(value, list) and all(isinstance(item, dict) for item in value)
    return type(value) is kind


def check(record):
    for key, value in record.items():
        assert key in KEYS, key
        kind, _ = KEYS[key]
        assert value is None or is_of(value, kind), (key, value)
        if kind == OBJECTS:
            for item in value:
                check(item)


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_one_table_of_keys(reader, corpus, arguments):
    records = objects(reader(*arguments, "--json", "--corpus", corpus))
    assert records
    for record in records:
        check(record)
        if "article" in record:
            assert list(record)[:11] == OF_AN_ARTICLE
            assert record["paragraph"] is None or record["locator"].startswith(
                f"{record['article']}:{record['paragraph']}"
            )
            assert record["path"] is None or os.path.isfile(record["path"])


def test_keys_of_the_library(reader, corpus):
    added = objects(reader("add", corpus / "vienna-talks.txt", "--json"))
    added += objects(reader("add", corpus, "--json"))
    assert [record["state"] for record in added] == ["added", "added", "added", "present"]
    listed = objects(reader("list", "--json"))
    for record in added:
        check(record)
        assert list(record)[:11] == OF_AN_ARTICLE
        # As every other command has the article.
        (other,) = (other for other in listed if other["article"] == record["article"])
        assert [other[key] for key in OF_AN_ARTICLE] == [record[key] for key in OF_AN_ARTICLE]
    reader("save", "peace", "treaty")
    (record,) = objects(reader("save", "--json"))
    check(record)
    assert record == {"name": "peace", "query": "treaty"}


def test_the_text_of_what_is_cited(reader, corpus):
    def cited(locator):
        return [r["text"] for r in objects(reader("cite", locator, "--json", "--corpus", corpus))]

    (shown,) = objects(reader("show", "vienna", "--json", "--corpus", corpus))
    first, _, third, last = shown["paragraphs"]
    assert cited("vienna:4") == [last]  # nobody is quoted in it
    assert cited("vienna:1") == [first]
    (said,) = cited("vienna:3")
    assert said in third
    assert said != third
    assert cited("vienna") == [None]


def test_counts_have_one_name(reader, corpus):
    (index,) = objects(reader("index", "--json", "--corpus", corpus))
    listed = objects(reader("list", "--json", "--corpus", corpus))
    counts = (index["article_count"], index["paragraph_count"])
    assert counts == (len(listed), sum(record["paragraph_count"] for record in listed))
    speaker, *_ = objects(reader("speakers", "--json", "--corpus", corpus))
    assert list(speaker)[2:5] == ["quotation_count", "word_count", "article_count"]
    facts = dict(
        line.split("\t") for line in reader("index", "--corpus", corpus).stdout.splitlines()
    )
    assert list(facts) == [key.replace("_count", "s") for key in index]


def test_a_locator_in_json_is_one_for_every_command(reader, corpus):
    for arguments in (["quotes"], ["search", "treaty"], ["cite", "vienna:1-3"], ["list"]):
        for record in objects(reader(*arguments, "--json", "--corpus", corpus)):
            assert reader("show", record["locator"], "--corpus", corpus).returncode == 0


def test_csv_and_format_have_the_names_of_json(reader, corpus):
    arguments = ["search", "treaty", "--corpus", corpus]
    records = objects(reader(*arguments, "--json"))
    rows = list(csv.DictReader(io.StringIO(reader(*arguments, "--csv").stdout)))
    assert list(rows[0]) == [*OF_AN_ARTICLE, "text", "score"]
    for row, record in zip(rows, records, strict=True):
        assert row == {key: str(record[key] or "") for key in row}
    for key in rows[0]:
        done = reader(*arguments, "--format", f"{{{key}}}")
        assert done.stdout.splitlines() == [str(record[key] or "") for record in records]


def test_names_of_files_with_control_characters(reader, tmp_path):
    folder = tmp_path / "odd"
    folder.mkdir()
    name = os.fsdecode(b"a\x1b[31m\xc2\x9b\xe2\x80\xae  b.txt")
    (folder / name).write_text("A note about ships.\n")
    done = reader("list", "--json", "--corpus", folder)
    (record,) = objects(done)
    assert record["path"] == f"{folder}/{name}"
    done = reader("search", "ships", "--format", "{path}", "--corpus", folder)
    assert done.stdout == f"{folder}/a?[31m??  b.txt\n"
