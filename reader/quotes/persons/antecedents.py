"""Resolves the mention of a speaker to the fullest name that the article has for the person."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter
from typing import TYPE_CHECKING

from reader.quotes.vocabulary import BODIES, PRONOUN_OF_TITLE, places

if TYPE_CHECKING:
    from reader.quotes.candidates import ArticleContext
    from reader.quotes.context import PreviousSpeech
    from reader.quotes.mentions import Mention
    from reader.quotes.persons.names import PersonNames

# Mentions of a paragraph, and paragraphs, that are searched for the antecedent of a pronoun.
_MOST_MENTIONS = 50
_MOST_PARAGRAPHS = 3
_DESCRIPTION = re.compile(r"[Tt]he (?:(?P<title>[a-z]+)|\d{1,2}-year-old)")
# People whom reports leave without a name.
_UNNAMED = frozenset({"source", "sources", "user", "users", "insider", "insiders", "rep", "reps"})
_INDEFINITE = re.compile(r"(?:an?|one|another|some|several|many|other) ", re.IGNORECASE)
_SOMEBODYS = re.compile(r"[^\W\d_][’']s? ")


class Antecedents:
    """Resolves the mentions of an article to names."""

    def __init__(self, context: ArticleContext, names: PersonNames) -> None:
        self._context = context
        self._names = names

    def name_of(self, mention: Mention, number: int, previous: PreviousSpeech | None) -> str | None:
        """The name of a mention's referent; None if the article does not have it."""
        name = self._name_of(mention, number, previous)
        return name if name is not None and self._names.is_name(name) else None

    def _name_of(
        self, mention: Mention, number: int, previous: PreviousSpeech | None
    ) -> str | None:
        if mention.kind == "name":
            text = self._context.texts[number]
            title = text[mention.start : mention.end].partition(" ")[0].rstrip(".")
            name = self._names.in_headline(mention.name, text)
            return self._names.fullest(name, PRONOUN_OF_TITLE.get(title.lower()))
        if mention.kind in ("description", "nominal"):
            apposition = self._apposition(mention, number)
            if apposition:
                return self._names.fullest(apposition.name)
            said = self._context.texts[number][mention.start : mention.end]
            if described := self._described(said, mention, number):
                return described
            return mention.name if _names_one(said, mention.name) else None
        if mention.kind in ("he", "she"):
            return self._antecedent(mention, number, previous)
        if mention.kind == "who":
            before = self._mentions_before(mention, number)
            names = [m.name for m in before if m.end <= mention.start and m.kind == "name"]
            # "Sen. Marco Rubio of Florida, who"
            people = [name for name in names if name.lower() not in places()]
            return self._names.fullest(people[-1]) if people else None
        return None

    def _mentions_before(self, mention: Mention, number: int) -> list[Mention]:
        mentions = self._context.mentions(number)
        index = bisect_left(mentions, mention.start, key=attrgetter("start"))
        return list(mentions[max(0, index - _MOST_MENTIONS) : index])

    def _apposition(self, mention: Mention, number: int) -> Mention | None:
        """The name next to a description: "her campaign manager, Robby Mook"."""
        mentions = self._context.mentions(number)
        index = bisect_left(mentions, mention.end, key=attrgetter("start"))
        if index == len(mentions):
            return None
        following = mentions[index]
        if following.kind != "name" or not self._names.is_person(following.name):
            return None
        between = self._context.masked(number)[mention.end : following.start]
        return following if between in (", ", " ") else None

    def _described(self, said: str, mention: Mention, number: int) -> str | None:
        """The person of whom a description is the only one: "the president", "the 24-year-old"."""
        match = _DESCRIPTION.fullmatch(said)
        if match is None:
            return None
        if title := match["title"]:
            return self._names.with_title(title.lower())
        earlier = self._context.mentions(number - 1) if number - 1 in self._context.texts else []
        near = [*earlier[-_MOST_MENTIONS:], *self._mentions_before(mention, number)]
        people = set(self._fitting(iter(near), "he")) | set(self._fitting(iter(near), "she"))
        return people.pop() if len(people) == 1 else None

    def _antecedent(
        self, pronoun: Mention, number: int, previous: PreviousSpeech | None
    ) -> str | None:
        """The antecedent of "he" or "she": the first fitting mention earlier in the paragraph, the
        pronoun's sentence first; the previous speaker, if near; a mention in the paragraphs before;
        the previous speaker at any distance.
        """
        kind = pronoun.kind
        own = self._fitting(self._by_sentence(pronoun, number), kind)
        fits = (
            previous
            and previous.speaker
            and self._names.may_be_person(previous.speaker)
            and self._names.fits(previous.speaker, kind)
        )
        speaker = previous.speaker if previous and fits else None
        is_near = previous is not None and previous.paragraph >= number - 1
        return (
            next(own, None)
            or (speaker if is_near else None)
            or next(self._fitting(self._earlier(number), kind), None)
            or speaker
        )

    def _by_sentence(self, mention: Mention, number: int) -> Iterator[Mention]:
        """The mentions before one in its paragraph, those of its sentence first."""
        paragraph = self._context.paragraph(number)
        start = paragraph.sentence_span(paragraph.sentence(mention.start))[0]
        before = self._mentions_before(mention, number)
        yield from (earlier for earlier in before if earlier.start >= start)
        yield from (earlier for earlier in before if earlier.start < start)

    def _earlier(self, number: int) -> Iterator[Mention]:
        """The mentions of the paragraphs before, the nearest paragraph first."""
        for earlier in range(number - 1, max(number - 1 - _MOST_PARAGRAPHS, 0), -1):
            if earlier not in self._context.texts:
                return
            yield from self._context.mentions(earlier)[:_MOST_MENTIONS]

    def _fitting(self, mentions: Iterator[Mention], pronoun: str) -> Iterator[str]:
        """The full names of the people mentioned that fit "he" or "she"."""
        for mention in mentions:
            if mention.kind != "name" or mention.possessive:
                continue
            if not self._names.may_be_person(mention.name):
                continue
            name = self._names.fullest(mention.name, pronoun)
            if self._names.fits(name, pronoun):
                yield name


def _names_one(said: str, name: str) -> bool:
    """Whether a description can be a name, for want of one: "Clinton campaign", "Trump aide"; but
    not "a spokesman for the campaign" or "Swift's rep", who have names.
    """
    words = re.split(r" (?:of|for|at|from|to|with|in) ", name, maxsplit=1)[0].split()
    if not words or words[-1].lower() in BODIES:
        return bool(words)
    is_anybody = _INDEFINITE.match(said) or _SOMEBODYS.search(said)
    return not is_anybody and words[-1].lower() not in _UNNAMED
