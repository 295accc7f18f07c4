"""Claims to quote the corpus, read out of drafts and command lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.citing.claims import Claim
from reader.citing.drafts import claims_in, claims_in_words

DRAFT = """\
---
title: A draft with “marks in its title”
---

# What was said

President **Ilham Aliyev** said that “we *all* live side by side.” The “so-called” deal is off.

> The road will open in spring.
>
> — Lena Aagaard, mediator

> “Ships are coming in again,”
>
> — [Olaf Berg](https://coast.example/berg), in “Harbour Reopens”

```
print("no quotation at all in this code")
```
"""


def test_a_draft():
    assert claims_in(DRAFT) == [
        Claim("we all live side by side.", "Ilham Aliyev", 2),
        Claim("The road will open in spring.", "Lena Aagaard", 3),
        Claim("Ships are coming in again,", "Olaf Berg", 5),
    ]


def test_names_and_scare_quotes_are_optional_claims():
    words = [claim.words for claim in claims_in(DRAFT, every=True)]
    assert "so-called" in words
    assert "Harbour Reopens" in words


def test_what_is_typed_is_a_claim_as_a_whole():
    assert claims_in_words("we live side by side") == [Claim("we live side by side")]
    assert claims_in_words("“we live side by side”", "Berg") == [
        Claim("we live side by side", "Berg")
    ]


def test_what_is_typed_with_its_speaker_is_taken_apart():
    assert claims_in_words("“We live side by side,” said Olaf Berg.") == [
        Claim("We live side by side,", "Olaf Berg")
    ]


def test_a_footnote_names_the_speaker_in_brackets():
    (claim, title) = claims_in(
        "“We live side by side” (Olaf Berg), in “Harbour Reopens After a Winter”, ¶2.", every=True
    )
    assert claim == Claim("We live side by side", "Olaf Berg", 1)
    assert title.words == "Harbour Reopens After a Winter"


@given(st.text("ab “”\"'’>*_[]()—\n`\\A", max_size=80))
def test_any_draft_is_read(text):
    for claim in claims_in(text, every=True):
        assert claim.words


@pytest.mark.parametrize(
    "quoted",
    [
        "``we will raise taxes next year.''",
        ",,we will raise taxes next year.”",
        ",,we will raise taxes next year.''",
        "&ldquo;we will raise taxes next year.&rdquo;",
        "&quot;we will raise taxes next year.&quot;",
        "&#8220;we will raise taxes next year.&#x201d;",
    ],
)
def test_quotation_marks_as_they_are_typed(quoted):
    [claim] = claims_in(f"Anna Weber said, {quoted} Nobody answered.")
    assert (claim.words, claim.speaker) == ("we will raise taxes next year.", "Anna Weber")


def test_what_only_looks_like_quotation_marks():
    assert claims_in("The plan costs 3,,4 and 5'' of ``code`` for AT&amp;T, '' and,, more.") == []
