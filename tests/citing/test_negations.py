"""Words that turn the sense: left out of a quotation, or right beside it; parts far apart."""

import pytest

from reader import Corpus
from reader.citing.claims import Claim

TAX = """\
Council Looks at Its Taxes Once More Before the Summer

The Daily Test

“We will not raise taxes next year,” Anna Weber said on Monday. “There is no case for it, and I \
don’t expect one in 2023. Nobody has ever asked me for it at all. It is a matter of common sense.”

“Under clause 9, the owner is not permitted to end this lease during the fixed term,” \
said Anna Weber.

The council met on Monday for two hours, and went home.

Anna Weber said: “The school is at No. 10 in the old street, and we will keep it open for good.”
"""


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "tax.txt").write_text(TAX, encoding="utf-8")
    corpus = Corpus(folder, cache=tmp_path_factory.mktemp("cache"))
    return lambda words: corpus.check([Claim(words)])[0]


@pytest.mark.parametrize(
    ("words", "omitted"),
    [
        ("We will … raise taxes next year", "not"),
        ("We … raise taxes", "not"),
        ("the owner is [...] permitted to end this lease", "not"),
        ("There is [...] case for it", "no"),
        ("I … expect one in 2023", "don’t"),
    ],
)
def test_an_omission_that_turns_the_sense_is_an_alteration(checked, words, omitted):
    result = checked(words)
    assert (result.verdict, result.notes) == ("altered", (f"the omission leaves out “{omitted}”",))
    assert [c.original for c in result.changes if not c.same] == [omitted]


@pytest.mark.parametrize(
    "words",
    [
        "We will not … next year",
        "I don’t expect one … It is a matter of common sense",  # a whole sentence is left out
        "The school is … in the old street",  # No. 10
        "is not permitted … during the fixed term",
    ],
)
def test_other_omissions_are_none(checked, words):
    assert (checked(words).verdict, checked(words).notes) == ("verbatim", ())


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("permitted to end this lease", "right before these words the article has “not”"),
        ("raise taxes next year", "right before these words the article has “not”"),
        ("There is no case for it, and I", "right after these words the article has “don’t”"),
        ("a matter of common sense", ""),
        ("I don’t expect one", ""),  # "no" is in another clause
        ("the owner is", "right after these words the article has “not”"),
    ],
)
def test_words_beside_that_turn_the_sense_are_noted(checked, words, note):
    result = checked(words)
    assert result.verdict == "verbatim"
    assert [text.partition(":")[0] for text in result.notes] == [note] * bool(note)


def test_parts_of_neighbouring_paragraphs_are_joined_others_not(checked):
    assert checked("a matter of common sense … Under clause 9").verdict == "verbatim"
    far = checked("We will not raise taxes next year … we will keep it open for good")
    assert (far.verdict, far.notes) == ("altered", ("parts of paragraphs far apart are joined",))
