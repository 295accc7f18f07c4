"""Where quotations begin and end: marks of every kind, nested, unclosed, over paragraphs."""

import pytest

from reader.model.article import Paragraph
from reader.quotes.spans import find_spans


def spans(*texts):
    return find_spans([Paragraph(number, text) for number, text in enumerate(texts, start=1)])


def quoted(text):
    return [span.text for (span,) in spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The same mark again: both must be closed for it to be a quotation inside.
        ("He said “they call it “peace” there” today.", ["they call it “peace” there"]),
        ("“a “b “c” d” e” and “f”", ["a “b “c” d” e", "f"]),
        ("He said “they call it “peace there” today.", ["they call it “peace there"]),
        ("He said “a “b” c” and “d “e” f.", ["a “b” c", "d “e"]),
        ("She said ‘they call it ‘peace’ there’ today.", ["they call it ‘peace’ there"]),
        ("She said 'they call it 'peace' there' today.", ["they call it 'peace' there"]),
        ("She said ‘they call it ‘peace there’ today.", ["they call it ‘peace there"]),
        ("Er sagte „sie nennen es „Frieden“ dort“ und ging.", ["sie nennen es „Frieden“ dort"]),
        ("Il dit « la « paix » là » hier.", ["la « paix » là"]),
        ("Он сказал: «Это газета «Правда». Он ушёл.", ["Это газета «Правда"]),
        ("Il dit ‹la ‹paix› là› hier.", ["la ‹paix› là"]),
        # Curly marks inside straight ones.
        ('He said "they call it “peace” there" today.', ["they call it “peace” there"]),
        ('He said "one “two” three “four” five" today.', ["one “two” three “four” five"]),
        ('He said "one “two" and "three" today.', ["one “two", "three"]),
        ('He said "it is over” today.', ["it is over"]),
        ('He said "a “b” c” and "d".', ["a “b” c", "d"]),
        ('He said "a “b “c” d” e” f', ["a “b “c” d” e"]),
        # A straight mark inside curly ones opens there behind a space.
        ('He said “they call it "peace" there” today.', ['they call it "peace" there']),
        ('He said “a "b" c "d" e” today.', ['a "b" c "d" e']),
        ('He said “a "b "c" d” today.', ['a "b "c" d']),
        ('He said “the "peace talks” today.', ['the "peace talks']),
        ('He said “it is over" today.', ["it is over"]),
        ('He said “it is over " today.', ["it is over"]),
        ('He said “it is over" today, “all of it”.', ["it is over", "all of it"]),
        # Other marks inside single ones.
        ("He said ‘they call it “peace” there’ today.", ["they call it “peace” there"]),
        ("He said “they call it ‘peace’ there” today.", ["they call it ‘peace’ there"]),
    ],
)
def test_nested_ones_belong_to_the_outer(text, expected):
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said ‘it’s over’ today.", ["it’s over"]),
        ("He said 'it's over' today.", ["it's over"]),
        ("He said 'it is over’ today.", ["it is over"]),
        ("He said ‘it is over' today.", ["it is over"]),
        ("He said ‘it is over’", ["it is over"]),
        ("He said 'the ' sign' today.", ["the ' sign"]),
        ("‘It is over’, he said.", ["It is over"]),
        ("(‘over’) and [‘done’] and —‘gone’", ["over", "done", "gone"]),
        ("It’s the dogs’ bowl.", []),
        ("The ' sign.", []),
        ("A ‘ sign’ here.", []),
        ("In the ’90s and '80s, 'em and ’til, rock 'n' roll.", []),
        ("He said ‘the '90s were good’ today.", ["the '90s were good"]),
        # An apostrophe that nothing closes does not hide what is behind it.
        ("The ‘hood said “no” and ‘yes and “maybe”.", ["no", "maybe"]),
        ("The 'hood said “no”.", ["no"]),
    ],
)
def test_single_marks_and_apostrophes(text, expected):
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The man is 6'2\" tall, she said.", []),
        ('It is 12" wide and 14" long.', []),
        ('Chapter 12"Title" is good.', ["Title"]),
        ('" It is over , " he said .', ["It is over ,"]),
        ('It ends with a "', []),
        ("He said ”it is over” today.", ["it is over"]),
        ("He said (”it is over”) today.", ["it is over"]),
        ('He said ”it is over" today.', ["it is over"]),
        ("He said” it is over.", []),
        ("He said ” it is over ” today.", []),
        ("An empty “” pair, “—” and “one”.", ["one"]),
        ("“  spaced  ” and “x”", ["spaced", "x"]),
        ('“One”“two”«three»"four"', ["One", "two", "three", "four"]),
        ('„So“ und „so” und „so" weiter', ["So", "so", "so"]),
        ("«so» ‹so›", ["so", "so"]),
        ("«so› und ‹so» weiter", ["so› und ‹so"]),
        # Opened again behind a whole sentence.
        ("“It is over. “I am leaving,” he said.", ["It is over.", "I am leaving,"]),
        ("“Is it over? “No! “Well… “Yes.”", ["Is it over?", "No!", "Well…", "Yes."]),
        ("“It is over, “I think,” he said.", ["It is over, “I think,"]),
        ("“It is over. “I am leaving", ["It is over.", "I am leaving"]),
        ("„Es ist aus. „Ich gehe“", ["Es ist aus. „Ich gehe"]),
    ],
)
def test_marks_that_open_and_close(text, expected):
    assert quoted(text) == expected


def test_a_span_has_its_offsets_and_mark():
    ((first,), (second,)) = spans('He said “ it is over ” and "gone')
    assert (first.paragraph, first.start, first.end) == (1, 10, 20)
    assert (first.text, first.open, first.mark) == ("it is over", False, "“")
    assert (second.start, second.end, second.open, second.mark) == (28, 32, True, '"')


def test_a_quotation_that_is_cut_short_is_not_open():
    ((first,), (second,)) = spans("“It is over. “I am leaving")
    assert (first.open, second.open) == (False, True)


@pytest.mark.parametrize(
    ("texts", "parts"),
    [
        (("He said, “One.", "“Two.", "“Three.” He left."), [3]),
        (("He said, “One.", "-“Two.” He left."), [1, 1]),
        (("He said, “One.", "- “Two.” He left."), [1, 1]),
        (("He said, “One.", '"Two." He left.'), [1, 1]),
        (("He said, “One.”", "“Two.” He left."), [1, 1]),
        (("He said, “One.", "Nothing.", "“Two.” He left."), [1, 1]),
        (("“WALLACE: One.", "“TRUMP: Two.”"), [1, 1]),
        (("“One.", "“Two” and “three.”"), [2, 1]),
        (("«One.", "«Two.»"), [2]),
        (('"One.', '"Two."'), [2]),
        (("‘One.", "‘Two.’"), [2]),
        (("‘One.", "‘Two."), []),
        (("He said: ‘One.", "‘Two.", "‘It is the workers’ union.’ He left."), [3]),
    ],
)
def test_one_that_opens_again_in_the_next_paragraph_goes_on(texts, parts):
    assert [len(quotation) for quotation in spans(*texts)] == parts


def test_paragraphs_without_marks_have_none():
    assert spans("", "No marks.", "5 > 3") == []
    assert spans() == []
