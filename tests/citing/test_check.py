"""Claims checked against three articles: the verdict, where the words are and whose they are."""

import pytest

from reader import Corpus
from reader.citing.check import _longest_run
from reader.citing.claims import Claim

VIENNA = "vienna-talks"
TALKS = """\
Talks on the Lachin Road Resume in Vienna After a Month

The Danube Courier
By Ana Kovač

“We came to sign a treaty, not to take photographs,” said the mediator, Lena Aagaard. “That has \
not changed.”

“The road will open in spring,” Olaf Berg said. “It will stay open,” Lena Aagaard said.

The talks in Zangezur failed last year, and nobody has said when they will be held again.

“We are ready,” said Berg, “to hold the talks in any town of the valley that has a hall and a road,

“as we were ready in the autumn before the snow closed the road.”
"""


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """The verdict on one claim, in a corpus of the article and of others with common words."""
    folder = tmp_path_factory.mktemp("corpus")
    (folder / f"{VIENNA}.txt").write_text(TALKS, encoding="utf-8")
    for number in range(8):
        text = f"Note {number}\n\nThat is what they said of it in the town, and it was to be so.\n"
        (folder / f"note-{number}.txt").write_text(text, encoding="utf-8")
    corpus = Corpus(folder, cache=tmp_path_factory.mktemp("cache"))

    def check(words, speaker=None):
        (result,) = corpus.check([Claim(words, speaker)])
        return result

    return check


@pytest.mark.parametrize(
    ("words", "speaker", "verdict", "locator", "said_by"),
    [
        ("we came to sign a treaty", None, "verbatim", f"{VIENNA}:1", "Lena Aagaard"),
        ("we came to sign a treaty", "Aagaard", "verbatim", f"{VIENNA}:1", "Lena Aagaard"),
        ("we came to sign a treaty", "Olaf Berg", "misattributed", f"{VIENNA}:1", "Lena Aagaard"),
        ("We came to sign a pact, not to take photographs", None, "altered", f"{VIENNA}:1", None),
        # Of another's words more must be the same.
        ("The road will close in winter", "Berg", "altered", f"{VIENNA}:2", "Olaf Berg"),
        ("The road will close in winter", "Aagaard", "missing", None, None),
        # Words that are not quoted are the publication's, or their author's.
        ("The talks in Zangezur failed", "Danube Courier", "verbatim", f"{VIENNA}:3", None),
        ("The talks in Zangezur failed", "Kovač", "verbatim", f"{VIENNA}:3", None),
        ("The talks in Zangezur failed", "Berg", "misattributed", f"{VIENNA}:3", None),
        # Over two paragraphs, cited by the first, and with an ellipsis.
        (
            "a hall and a road, as we were ready",
            None,
            "verbatim",
            f"{VIENNA}:4",
            None,
        ),
        ("ready … in the autumn", "Berg", "verbatim", f"{VIENNA}:5", "Olaf Berg"),
        ("We are ready … before the snow", "Berg", "verbatim", f"{VIENNA}:4", "Olaf Berg"),
        # Two quotations are not one, of two speakers not even with an ellipsis.
        ("photographs. That has not changed", None, "altered", f"{VIENNA}:1", None),
        ("photographs … That has not changed", None, "verbatim", f"{VIENNA}:1", None),
        ("The road will open in spring … It will stay open", None, "altered", f"{VIENNA}:2", None),
        # Titles of articles are in quotation marks too.
        (
            "Talks on the Lachin road resume in Vienna after a month",
            "Berg",
            "verbatim",
            VIENNA,
            None,
        ),
        ("what they said was to be done of it", None, "missing", None, None),
        ("nobody here ever said anything like it", None, "missing", None, None),
        ("…", None, "missing", None, None),
        ("%", None, "missing", None, None),
    ],
)
def test_verdicts(checked, words, speaker, verdict, locator, said_by):
    result = checked(words, speaker)
    assert (result.verdict, result.locator) == (verdict, locator)
    if said_by:
        assert result.speaker == said_by
    assert (result.changes == ()) == (verdict != "altered")


def test_changes_are_those_of_the_words(checked):
    changes = checked("We came to sign a pact, not to take photographs").changes
    assert [(c.claimed, c.original) for c in changes if not c.same] == [("pact", "treaty")]


def test_a_run_of_words_in_a_row_is_no_coincidence(checked):
    """Eight words as the article has them among others that no article has."""
    others = " ".join(f"xyzzy{number}" for number in range(30))
    kept = "to take photographs said the mediator Lena Aagaard"
    assert checked(f"{others} {kept} {others}").verdict == "altered"
    assert checked(f"{others} {kept.rpartition(' ')[0]} {others}").verdict == "missing"


@pytest.mark.parametrize(
    ("indexes", "length"), [([], 0), ([3], 1), ([3, 5], 1), ([1, 2, 4, 5, 6, 9], 3)]
)
def test_the_longest_run(indexes, length):
    assert _longest_run(indexes) == length
