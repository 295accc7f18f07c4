"""Trains the model of quotations on annotated articles, and writes its weights.

    python tests/bench/train_quotes.py ARTICLES.jsonl[.gz] [--check OTHERS.jsonl] [--out FILE]

Each line of ARTICLES is an article of PolNeAR 1.0 (Newell, Margolin and Ruths, 2018) with its
quotations: the offset of each, speech or not, and the span of its attribution. Only offsets of the
annotation are used: no name becomes a feature. Two linear models are trained by AdaGrad (Duchi,
Hazan and Singer, 2011): speech or term, by the logistic loss; and the speaker among the candidates,
by the conditional likelihood of all the correct ones. The same articles give the same weights.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from reader.language.clean import normalize
from reader.model.article import Article, Paragraph
from reader.quotes import model
from reader.quotes.candidates import ArticleContext, Candidate
from reader.quotes.context import PreviousQuotation, PreviousSpeech
from reader.quotes.mentions import Mention
from reader.quotes.persons.names import PersonNames
from reader.quotes.spans import find_spans
from reader.quotes.speech import of_speech

# Features that fewer examples have are left out, and weights that are nearly nothing.
RAREST = {"speech": 3, "source": 2}
LEAST = 0.02
EPOCHS = {"speech": 4, "source": 8}
RATE = {"speech": 0.2, "source": 0.15}
DECAY = {"speech": 1e-3, "source": 3e-3}
# The last epochs of which the weights are the mean.
MEAN_OF = {"speech": 1, "source": 4}


class Example(NamedTuple):
    """The features of each candidate, and which of them are right."""

    candidates: list[Sequence[str]]
    right: set[int]


class Text(NamedTuple):
    """An article's paragraphs, with the character of the annotated text that each is at."""

    article: Article
    places: list[list[int]]

    def annotated(self, paragraph: int, start: int, end: int) -> tuple[int, int]:
        places = self.places[paragraph - 1]
        return places[start], places[end - 1] + 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--check", type=Path)
    parser.add_argument("--out", type=Path, default=model.WEIGHTS)
    options = parser.parse_args()
    speech, sources = examples(options.articles)
    print(f"{len(speech)} quotations, {len(sources)} with a source")
    weights = {**train(speech, "speech"), **train(sources, "source")}
    lines = (
        f"{feature}\t{weight:.2f}\n"
        for feature, weight in sorted(weights.items())
        if abs(weight) >= LEAST
    )
    options.out.write_text("".join(lines), encoding="utf-8")
    for name, path in (("training", options.articles), ("checking", options.check)):
        if path is not None:
            speech, sources = examples(path)
            print(
                f"{name}: speech or not {share_right(speech, weights):.4f}, "
                f"source {share_right(sources, weights):.4f} right"
            )


def examples(path: Path) -> tuple[list[Example], list[Example]]:
    """The examples of speech or not, and of who is the source, in a file of articles."""
    speech: list[Example] = []
    sources: list[Example] = []
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    for line in content.decode().splitlines():
        annotated = json.loads(line)
        for kind, example in _examples_of(annotated, text_of(annotated)):
            (speech if kind == "speech" else sources).append(example)
    return speech, sources


def text_of(annotated: dict[str, Any]) -> Text:
    """The article as `reader` reads it."""
    paragraphs, places = [], []
    for block in re.finditer(r"(?:(?!\n[^\S\n]*\n).)+", annotated["text"], re.DOTALL):
        letters: list[str] = []
        at: list[int] = []
        for word in re.finditer(r"\S+", block[0]):
            start = block.start() + word.start()
            if letters:
                letters.append(" ")
                at.append(start - 1)
            letters += word[0]
            at += range(start, start + len(word[0]))
        text = normalize("".join(letters))
        if text == "".join(letters) != "":
            paragraphs.append(Paragraph(len(paragraphs) + 1, text))
            places.append(at)
    title = annotated.get("title") or annotated["id"]
    return Text(Article(annotated["id"], title, tuple(paragraphs)), places)


def _examples_of(annotated: dict[str, Any], text: Text) -> Iterator[tuple[str, Example]]:
    known = {quotation["start"]: quotation for quotation in annotated["quotes"]}
    article = text.article
    spans = find_spans(article.paragraphs)
    names = PersonNames((paragraph.text for paragraph in article.paragraphs), article.title)
    context = ArticleContext(article, spans, names)
    before: PreviousSpeech | None = None
    last: PreviousQuotation | None = None
    quotation_before: dict[str, Any] | None = None
    for parts in spans:
        span = parts[0]
        quotation = known.get(text.annotated(span.paragraph, span.start, span.end)[0])
        if quotation is None:
            continue
        found = context.quotation(parts)
        form = tuple(of_speech(found, last))
        is_speech = bool(quotation["speech"])
        last = PreviousQuotation(parts[-1].paragraph, parts[-1].end, is_speech)
        # Nothing has no features: its score is always 0.
        yield "speech", Example([(), form], {int(is_speech)})
        if not is_speech:
            continue
        candidates = list(context.candidates(found, before))
        right = _right(text, candidates, quotation, quotation_before)
        if right:
            yield "source", Example([candidate.features for candidate in candidates], right)
        explicit = any(candidates[number].mention for number in right)
        speaker = _speaker(quotation, before)
        before = PreviousSpeech(parts[-1].paragraph, parts[-1].end, explicit, speaker)
        quotation_before = quotation


def _right(
    text: Text,
    candidates: list[Candidate],
    quotation: dict[str, Any],
    before: dict[str, Any] | None,
) -> set[int]:
    """The candidates that are the source by the annotation."""
    the_one_before, nobody = len(candidates) - 2, len(candidates) - 1
    start, end = quotation.get("speaker_start"), quotation.get("speaker_end")
    if quotation["speaker"] is None:
        return {nobody}
    if start is None or end is None:
        return set()
    meeting: list[tuple[int, int, Mention]] = []
    for number, candidate in enumerate(candidates):
        if candidate.mention is not None:
            mention = candidate.mention
            place = text.annotated(candidate.paragraph, mention.start, mention.end)
            if place[0] < end and start < place[1]:
                meeting.append((place[0], number, mention))
    meeting.sort()
    right = {number for _, number, _ in meeting[:1]}
    if len(meeting) > 1:  # "her campaign manager, Robby Mook"
        (_, _, first), (_, number, second) = meeting[:2]
        if first.kind != "name" == second.kind and second.start - first.end <= 2:
            right.add(number)
    same = before is not None and (
        before.get("speaker_start") == start
        or (not right and before["speaker"] == quotation["speaker"])
    )
    return right | {the_one_before} if same else right


def _speaker(quotation: dict[str, Any], before: PreviousSpeech | None) -> str | None:
    """Who speaks, as far as the next quotation needs it."""
    words = quotation["speaker"]
    if words and words.casefold() in ("he", "she", "who"):
        return before.speaker if before else None
    return words if words and any(word[0].isupper() for word in words.split()) else None


def train(examples: list[Example], kind: str) -> dict[str, float]:
    """The weights that make the right candidates probable."""
    counts = Counter(f for example in examples for c in example.candidates for f in c)
    kept = [
        Example(
            [[f for f in c if counts[f] >= RAREST[kind]] for c in example.candidates],
            example.right,
        )
        for example in examples
    ]
    chance = random.Random(1)
    weights: defaultdict[str, float] = defaultdict(float)
    squares: defaultdict[str, float] = defaultdict(lambda: 1e-2)
    mean: defaultdict[str, float] = defaultdict(float)
    for epoch in range(1, EPOCHS[kind] + 1):
        chance.shuffle(kept)
        loss = sum(_step(example, weights, squares, kind) for example in kept)
        print(f"{kind}, epoch {epoch}: loss {loss / len(kept):.4f}")
        if epoch > EPOCHS[kind] - MEAN_OF[kind]:
            for feature, weight in weights.items():
                mean[feature] += weight / MEAN_OF[kind]
    return dict(mean)


def _step(
    example: Example, weights: dict[str, float], squares: dict[str, float], kind: str
) -> float:
    """Move the weights by one example; gives its loss."""
    shares = model.shares([model.score(c, weights) for c in example.candidates])
    total = max(sum(shares[number] for number in example.right), 1e-9)
    for number, candidate in enumerate(example.candidates):
        gradient = shares[number]
        if number in example.right:
            gradient -= shares[number] / total
        if abs(gradient) < 1e-3:
            continue
        for feature in candidate:
            slope = gradient + DECAY[kind] * weights[feature]
            squares[feature] += slope * slope
            weights[feature] -= RATE[kind] * slope / math.sqrt(squares[feature])
    return -math.log(total)


def share_right(examples: list[Example], weights: dict[str, float]) -> float:
    """How many examples have a right candidate with the highest score."""
    right = 0
    for example in examples:
        scores = [model.score(candidate, weights) for candidate in example.candidates]
        right += max(range(len(scores)), key=scores.__getitem__) in example.right
    return right / len(examples)


if __name__ == "__main__":
    main()
