"""Looking at the corpus's files while the libraries load."""

import os

import pytest

from reader import Corpus
from reader.cli.startup import prefetch, prefetch_changes
from reader.files import statuses
from reader.files.folder import Folder
from reader.index.manifest import index_folder, latest_generation


@pytest.fixture
def many(home, tmp_path, monkeypatch):
    """A folder of so many articles that looking at them ahead saves time, and its index."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(700):
        (folder / f"an-article-with-a-long-name-{number}.txt").write_text(f"Words {number}.\n")
    monkeypatch.setattr(statuses, "_RACY", 0)  # as if the files were old
    with Corpus(folder) as corpus:
        corpus.update_index()
        root = Folder(folder).root
        index = index_folder(corpus.cache, root)
    yield folder, (index, latest_generation(index), root)
    prefetch.set(None)


def has_ended(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def test_it_answers_as_looking_now_would(many):
    folder, question = many
    started = prefetch_changes(["search", "--corpus", str(folder), "words"])
    assert prefetch.get() is started
    process = started._process
    assert started.unchanged(*question)
    assert has_ended(process)
    (folder / "new.txt").write_text("More words.\n")
    assert not started.unchanged(*question)  # the answer served once
    started = prefetch_changes(["search", f"--corpus={folder}", "words"])
    assert not started.unchanged(*question)


def test_the_answer_to_another_question_is_not_taken(many, monkeypatch):
    folder, (index, generation, root) = many
    monkeypatch.setenv("READER_CORPUS", str(folder))
    started = prefetch_changes(["search", "--", "--corpus=elsewhere"])
    process = started._process
    assert not started.unchanged(index, generation + 1, root)
    started.close()
    started.close()
    assert has_ended(process)


@pytest.mark.parametrize(
    "arguments", [["show"], [], ["search", "--corpus", "/nothing/there"], ["search", "Zangazur"]]
)
def test_it_is_not_started_where_it_saves_nothing(home, arguments):
    assert prefetch_changes(arguments) is None
