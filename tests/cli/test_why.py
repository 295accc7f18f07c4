"""`reader show --why`: where each field of an article was read."""

import json

NOTES = {
    "clip.md": "---\ntitle: Ships Return\npublished: 31 Foo 2021\n---\n\nThe ships.\n",
    "talks.txt": (
        "Talks Begin in Vienna\n\nThe Danube Courier\nBy Ana Kovač\nMay 20, 2021\n\n"
        "Envoys of both countries met in Vienna on Thursday to talk about a road and a treaty.\n"
    ),
}


def rows_of(done):
    lines = (line.split("\t") for line in done.stdout.splitlines())
    return {field: (value, place) for field, value, place in lines}


def test_where_fields_were_read(reader, tmp_path, terminal, stripped):
    for name, text in NOTES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    rows = rows_of(reader("show", "--why", "talks", "--corpus", tmp_path))
    assert rows["title"] == ("Talks Begin in Vienna", "the header")
    assert rows["date"] == ("2021-05-20", "the header")
    assert rows["url"] == ("-", "no url in the file")
    rows = rows_of(reader("show", "--why", "clip", "--corpus", tmp_path))
    assert rows["date"][0] == "-"
    assert "“31 Foo 2021” is not understood" in rows["date"][1]
    done = reader("show", "--why", "talks", "--json", "--corpus", tmp_path)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert records[3] == {
        "article": "talks",
        "field": "date",
        "value": "2021-05-20",
        "place": "the header",
    }
    shown = stripped(terminal("show", "--why", "talks", "--corpus", tmp_path)[1])
    assert "2021-05-20" in shown
    assert "no url in the file" in shown
