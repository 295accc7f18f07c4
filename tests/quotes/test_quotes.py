"""Quotations in an article: where they are, who said them, and the words for the speaker."""

import time

import pytest
from articles import parse
from hypothesis import given
from hypothesis import strategies as st

from reader.model.article import Article, Paragraph
from reader.quotes import find
from reader.settings import bundled_corpus


def article(*texts, title="Title"):
    return Article("id", title, tuple(Paragraph(n, t) for n, t in enumerate(texts, start=1)))


def words(*texts):
    return [quote.text for quote in find(article(*texts))]


def test_the_bundled_article():
    (path,) = bundled_corpus().glob("*.txt")
    found = find(parse(path.read_bytes(), "a"))
    speech = [quote for quote in found if quote.kind == "speech"]
    assert [(quote.paragraph, quote.speaker) for quote in speech] == [
        (1, "Ilham Aliyev"),
        (5, "Ilham Aliyev"),
        (6, "Ilham Aliyev"),
    ]
    assert speech[0].text == "Azerbaijan is prepared to work with Armenia"
    assert (speech[0].cue, speech[2].cue) == ("posted", "went on to say")
    assert speech[2].text.startswith("When the Zangazur corridor opens, it will")
    assert speech[2].text.endswith("peace and security in the region.")
    terms = [(quote.paragraph, quote.text) for quote in found if quote.kind == "term"]
    assert terms == [(4, "Nagorno Karabakh,"), (7, "Nagorno Karabakh Republic"), (7, "Artsakh")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He said “it is over” today.", ["it is over"]),
        ('He said "it is over" today.', ["it is over"]),
        ("Er sagte: „Es ist vorbei“ und ging.", ["Es ist vorbei"]),
        ("Il a dit « c’est fini » hier.", ["c’est fini"]),
        ("He said ‘it is over’ and it’s true.", ["it is over"]),
        ("He said 'it is over' and it's the dogs' fault.", ["it is over"]),
        (
            "He said “they called it ‘over’ and ‘done’ there.”",
            ["they called it ‘over’ and ‘done’ there."],
        ),
        ('He said “it is over" today.', ["it is over"]),
        ("It's the dogs' bowl in the '90s.", []),
        ("The man is 6'2\" tall, she said.", []),
        ("He said “it is never closed", ["it is never closed"]),
        ("An empty “” pair and “one”.", ["one"]),
        ('He said "they call it “peace” there" today.', ["they call it “peace” there"]),
        ("He said „so ist es“ and ‹so› on.", ["so ist es", "so"]),
        ("“It is over. “I am leaving,” he said.", ["It is over.", "I am leaving,"]),
        ("He said ”it is over” today.", ["it is over"]),
        ('“a” and "b" and «c»', ["a", "b", "c"]),
    ],
)
def test_marks(text, found):
    assert words(text) == found


def test_a_quotation_over_several_paragraphs_is_one():
    found = find(
        article(
            "Lee said, “It began here.", "“It went on.", "“It ended,” and left.", "“No,” he said."
        )
    )
    assert found[0].text == "It began here.\nIt went on.\nIt ended,"
    assert found[0].paragraph == 1
    assert found[1].text == "No,"


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        ("“It is over,” Ann Lee said.", "Ann Lee", "said"),
        ("“It is over,” said Ann Lee, the mayor.", "Ann Lee", "said"),
        ("“It is over,” said the mayor, Ann Lee.", "Ann Lee", "said"),
        ("Ann Lee told reporters: “It is all over now.”", "Ann Lee", "told"),
        ("President Ann Lee added that “it is over.”", "Ann Lee", "added"),
        ("According to Ann Lee, “it is all over.”", "Ann Lee", "According to"),
        ("“It is over,” the ministry said in a statement.", None, "said"),
        ("“It is over,” she said.", None, "said"),
    ],
)
def test_speakers(text, speaker, cue):
    (quote,) = find(article(text))
    assert (quote.kind, quote.speaker, quote.cue) == ("speech", speaker, cue)


def test_surnames_and_pronouns_are_the_fullest_name():
    found = find(
        article(
            "The mayor, Ann Lee, came on Monday.",
            "“It is over,” Lee said. “I am leaving town.”",
            "“There is no way back,” she added.",
        )
    )
    assert [quote.speaker for quote in found] == ["Ann Lee"] * 3


# The ways in which news gives words to somebody, a few paragraphs each.
@pytest.mark.parametrize(
    ("texts", "speakers"),
    [
        (["“It is,” Pence said, “the end of it all.”"], ["Pence", "Pence"]),
        (
            [
                "The Russian foreign minister, Sergei Lavrov, told reporters that “the talks "
                "are over.”"
            ],
            ["Sergei Lavrov"],
        ),
        (["“We will not sign,” the ministry said in a statement."], [None]),
        (
            ["“We will not sign it,” the Foreign Ministry said in a statement."],
            ["Foreign Ministry"],
        ),
        (["The report, published by Oxfam, said “the poor are poorer.”"], [None]),
        (["“We can win this,” Senator Mark Kelly tweeted on Friday."], ["Mark Kelly"]),
        (["“Are you ready for this?” Pence asked."], ["Pence"]),
        (
            ["TRUMP: “I never said that, ever.”", "CLINTON: “You did say that.”"],
            ["TRUMP", "CLINTON"],
        ),
        (
            [
                "Ann Lee, the mayor, spoke for an hour. “It is over,” she said. “I am leaving. "
                "Nothing will stop me.”"
            ],
            ["Ann Lee", "Ann Lee"],
        ),
        (["“It was my fault,” said Ludwig van Beethoven."], ["Ludwig van Beethoven"]),
        (
            ["Crown Prince Mohammed bin Salman said: “The war must end now.”"],
            ["Mohammed bin Salman"],
        ),
        (
            ["“We are close to a deal,” said Ursula von der Leyen, the commission’s president."],
            ["Ursula von der Leyen"],
        ),
        (
            ["“No one will be left behind,” President Abdel Fattah al-Sisi said."],
            ["Abdel Fattah al-Sisi"],
        ),
        (["“I will resign on Monday,” said J. K. Rowling."], ["J. K. Rowling"]),
        (["“It is a great honour,” South Korean President Park Geun-hye said."], ["Park Geun-hye"]),
        (
            [
                "“China will open its doors wider,” Xi Jinping said in Davos.",
                "Xi added that “trade wars have no winners.”",
            ],
            ["Xi Jinping", "Xi Jinping"],
        ),
        (["“We regret the error,” a spokeswoman for Boeing said."], [None]),
        (
            ["“It is very sad news,” Mary-Anne Trevelyan wrote on Facebook."],
            ["Mary-Anne Trevelyan"],
        ),
        (
            [
                "In a statement on Monday, Kyriakos Mitsotakis said Greece was “ready for "
                "dialogue with Turkey.”"
            ],
            ["Kyriakos Mitsotakis"],
        ),
        (
            ["“This is good,” John Smith, a farmer from Iowa who voted twice for Obama, said."],
            ["John Smith"],
        ),
        (
            [
                "Asked about it, Merkel replied, “We can do it.”",
                "The chancellor then left. “Enough for today,” she said.",
            ],
            ["Merkel", "Merkel"],
        ),
        (["“Stop it,” Ann Lee told Bo Hart."], ["Ann Lee"]),
        (["The film “Gone With the Wind” was shown on the ship “Enterprise”."], [None, None]),
        (
            [
                "Azerbaijani Foreign Minister Jeyhun Bayramov noted that “the peace treaty is "
                "on the table.” Armenian Prime Minister Nikol Pashinyan, for his part, said "
                "that “Armenia is ready.”"
            ],
            ["Jeyhun Bayramov", "Nikol Pashinyan"],
        ),
        (["“The road is open”, said Ms Lee.", "Mr Hart disagreed: ‘It is not’."], ["Lee", "Hart"]),
        (["„Wir schaffen das“, sagte Angela Merkel."], ["Angela Merkel"]),
        (["Kremlin spokesman Dmitry Peskov said the idea was “absurd.”"], ["Dmitry Peskov"]),
        (
            [
                "“The strikes continued overnight,” Ukraine’s President Volodymyr Zelenskiy "
                "said in his nightly address."
            ],
            ["Volodymyr Zelenskiy"],
        ),
        (
            [
                "Police chief Aung Min said “nobody was hurt”, while opposition leader Aung San"
                " Suu Kyi called it “a crime against the people”."
            ],
            ["Aung Min", "Aung San Suu Kyi"],
        ),
        (  # doubled apostrophes, as wire services type quotation marks
            [
                "The couple, Abdul Zaman, 25, and his wife, Belqis Alavi, 27, pleaded.",
                "''We are travellers,'' Ms. Alavi said. ''We are not traders.'' Mr. Zaman said:"
                " ''The fire that broke out today was the work of traders.''",
            ],
            ["Belqis Alavi", "Belqis Alavi", "Abdul Zaman"],
        ),
    ],
)
def test_who_said_it(texts, speakers):
    assert [quote.speaker for quote in find(article(*texts))] == speakers


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“The Russian minister told us ‘no’,” said Ann Lee, a clerk.", "Ann Lee|, a clerk"),
        (
            "“No, we do not know,” said a spokeswoman for the ministry.",
            "a spokeswoman| for the ministry",
        ),
        ("“It is all over now,” she said.", "she|"),
        ("“It is all over now,” the Kremlin spokesman said.", "the Kremlin spokesman|"),
    ],
)
def test_the_articles_own_words_for_the_speaker_are_kept(text, words):
    (quote,) = find(article(text))
    # An apposition, behind the stroke, may be kept or left out.
    least, apposition = words.split("|")
    assert quote.attribution in (least, least + apposition)


@given(st.lists(st.text("ab “”\"'’‘«»„.,A said", max_size=40), max_size=5))
def test_quotations_are_the_paragraphs_words(texts):
    texts = [" ".join(text.split()) for text in texts]
    for quote in find(article(*texts)):
        assert texts[quote.paragraph - 1][quote.start : quote.end] == quote.parts[0]
        assert quote.kind in ("speech", "term")
        for at, part in enumerate(quote.parts):
            assert part in texts[quote.paragraph - 1 + at]


@pytest.mark.parametrize(
    "unit",
    ["“", "'a ", '"a" ', "“a,” he said. ", "“a” said ", "The ", "Ab ", "“a\" ‘b' ", "1 May 2020 "],
)
def test_time_grows_with_the_text_and_not_faster(unit):
    # The window of 2,000 characters around a quotation that attribution reads is full in both.
    short, long = (" ".join((unit * (size // len(unit))).split()) for size in (3_000, 12_000))
    for quote in find(article(long)):
        assert long[quote.start : quote.end] == quote.parts[0]
    # Four times as long: a quadratic rule would take sixteen times as long.
    assert takes_less_than(8, article(long), article(short))


@pytest.mark.parametrize("count", [40, 400])
def test_a_quotation_costs_the_same_in_a_paragraph_of_many(count):
    sentence = "The “words go on and on” said Al Bo."
    together, apart = article(" ".join([sentence] * count)), article(*[sentence] * count)
    assert len(find(together)) == len(find(apart)) == count
    assert takes_less_than(2, together, apart)


def takes_less_than(times, one, other):
    """Whether one article takes less than so many times the processor time of another, by the best
    of three measurements; the first that is less will do.
    """
    limit = times * min(seconds(other) for _ in range(3))
    return any(seconds(one) < limit for _ in range(3))


def seconds(measured):
    began = time.process_time()
    find(measured)
    return time.process_time() - began


def test_a_novel_is_attributed_as_far_as_its_bound():
    quotations = find(article(*["“It is so and not otherwise,” said Ann Lee."] * 3_002))
    assert [q.speaker for q in quotations] == ["Ann Lee"] * 3_000 + [None] * 2
    assert {q.kind for q in quotations} == {"speech"}


def test_a_paragraph_without_end_is_not_read_for_speakers():
    said = "“It is so and not otherwise,” said Ann Lee. "
    endless = said + "word " * 10_000
    quotations = find(article(endless, said.rstrip()))
    assert [q.speaker for q in quotations] == [None, "Ann Lee"]


def test_names_that_share_a_surname_without_end_are_not_compared():
    texts = [f"A{chr(97 + i % 26)}{chr(97 + i // 26)} Lee came." for i in range(300)]
    (quotation,) = find(article("“It is so and not otherwise,” said Lee.", *texts))
    assert quotation.speaker.endswith("Lee")


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("The agency quoted Ann Lee as saying: “The talks are over now.”", ["Ann Lee"]),
        ("“The talks are over now,” the Globe quoted Ann Lee as saying.", ["Ann Lee"]),
        ("Bob Ray heard Ann Lee say “the talks are over now” at lunch.", ["Ann Lee"]),
        ("“The bridge opens in May,” the council was told by Ann Lee.", ["Ann Lee"]),
        ("“You must leave the town,” Bob Ray was told.", [None]),
        ("In one note Ann Lee was warned that “nobody will fail at this”.", [None]),
        ("Ann Lee denied saying “the town can go to hell” at the meeting.", [None]),
        ("Ann Lee never said “the town can go to hell” at any meeting.", [None]),
        ("“Are the talks over?” “Yes, they are,” Ann Lee answered.", [None, "Ann Lee"]),
        ("“Will you sign?” Bob Ray asked Ann Lee. “No, I will not.”", ["Bob Ray", "Ann Lee"]),
        ("The reason, writes Ann Lee, is “the bad habit of not listening.”", ["Ann Lee"]),
        ("The journal Nature Letters said so. “It is not so,” said the rep.", [None]),
        ("Lee's lawyer said: “My client is innocent, as you will see.”", [None]),
        ("“We regret it very much,” a spokesman for the council said.", [None]),
        (
            "“We go on with the work,” the University of Deal at Sandwich said.",
            ["University of Deal at Sandwich"],
        ),
        (
            "“We see,” said María del Carmen de la Vega y Soto.",
            ["María del Carmen de la Vega y Soto"],
        ),
        ("Ann Lee KC came. “It is only advisory,” Ms Lee argued.", ["Ann Lee"]),
        ("Mayor Tom Ray met them. The mayor said: “It will have to change.”", ["Tom Ray"]),
        ("Sprinter Mia Holt lost. “I was so very sad,” the 24-year-old said.", ["Mia Holt"]),
        (
            "‘I don’t know,’ Ann Lee said. ‘But the workers’ union does, and it’s angry.’",
            ["Ann Lee", "Ann Lee"],
        ),
        # Clauses that lead to something else.
        (
            "Bob Ray quoted Ann Lee as saying it rained, but Tom Fry said: “It did not.”",
            ["Tom Fry"],
        ),
        ("“We go at once,” Bob Ray said, and quoted Ann Lee as saying no more.", ["Bob Ray"]),
        ("“We go at once,” said Bob Ray when he was told about it.", ["Bob Ray"]),
        ("``The talks are over for good,'' Ann Lee said.", ["Ann Lee"]),
        ("「The talks are over for good,」 Ann Lee said.", ["Ann Lee"]),
        ('"We move from "letting" families in to asking them," Ann Lee said.', ["Ann Lee"]),
    ],
)
def test_clauses_marks_and_names(text, speakers):
    quotations = find(article(text))
    assert [quotation.speaker for quotation in quotations] == speakers
    assert {quotation.kind for quotation in quotations} == {"speech"}
    for quotation in quotations:
        assert quotation.text == text[quotation.start : quotation.end]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee wrote “How We Won the War” in 1999.",
        "Ann Lee starred in “The Long Night of the Soul” that year.",
        "The so-called “experts” met again, Ann Lee said.",
        "The illness, called “miller’s lung,” is rare.",
    ],
)
def test_titles_and_what_something_is_called_are_terms(text):
    assert [quotation.kind for quotation in find(article(text))] == ["term"]


def test_people_are_urged_in_the_speakers_words():
    text = "Manager Carl Dean has encouraged people to “choose well” when seeking help."
    assert [(q.kind, q.speaker) for q in find(article(text))] == [("speech", "Carl Dean")]


@pytest.mark.parametrize(
    ("texts", "speakers"),
    [
        (
            ["Lund won at home.", "He worked during Turin 2006.", "He said: “It was a dream.”"],
            ["Lund"],
        ),
        (
            ["Mr Lund came.", "Staff who use Excel lack it.", "“They can do it well,” he said."],
            ["Lund"],
        ),
        (["It rained in Alabama.", "“It is still quite weak,” he said."], [None]),
        (["GB won.", "It cost Rs 40.", "“It is still quite weak,” she said."], [None]),
    ],
)
def test_he_and_she_are_people(texts, speakers):
    assert [quotation.speaker for quotation in find(article(*texts))] == speakers


def test_block_quotations_and_transcripts_are_speech():
    paragraphs = [
        Paragraph(1, "Ann Lee wrote this on her page on Monday:"),
        Paragraph(2, "We will not sign it.", role="quoted"),
        Paragraph(3, "Nobody can make us.", role="quoted"),
        Paragraph(4, "The council did not answer."),
        Paragraph(5, "A pull quote of nobody.", role="quoted"),
        Paragraph(6, "More of it."),
        Paragraph(7, "It is over, and it was good.", role="quoted"),
        Paragraph(8, "— Bob Ray, the mayor", role="quoted"),
    ]
    found = find(Article("id", "Title", tuple(paragraphs)))
    assert [(q.paragraph, q.speaker, len(q.parts)) for q in found] == [
        (1 + 1, "Ann Lee", 2),
        (7, "Bob Ray", 1),
    ]
    texts = ["Q: Will you sign?", "A: No.", "Q: Why not?", "A: It is wrong.", "It ended there."]
    assert [(q.speaker, q.text) for q in find(article(*texts))] == [
        (None, "Will you sign?"),
        (None, "No."),
        (None, "Why not?"),
        (None, "It is wrong."),
    ]
    texts = [
        "ANN LEE: So?",
        "BOB RAY: No.",
        "ANN LEE: Why not?",
        "BOB RAY: It is wrong.",
        "Note: x.",
    ]
    assert [q.speaker for q in find(article(*texts))] == ["Ann Lee", "Bob Ray"] * 2
    assert find(article("Note: this is it.", "Update: no more.")) == ()


def test_of_other_languages_only_sure_names_are_taken():
    german = (
        "Im Jahr 2021 sagte die Ministerin Petra Lindholm am Montag in Berlin: „Wir werden das "
        "nicht unterschreiben“, und das Kabinett stimmte ihr nach langer Beratung am Abend zu."
    )
    assert [quotation.speaker for quotation in find(article(german))] == [None]
    russian = "«Мы не подпишем этот договор», — заявил министр Иван Петров во вторник вечером."
    assert [quotation.speaker for quotation in find(article(russian))] == ["Иван Петров"]


@pytest.mark.parametrize(
    ("title", "texts", "speakers"),
    [
        (
            "Understated Okoro raises profile",
            ["Understated Okoro raises profile.", "“It is a fraud,” said Samuel Okoro."],
            ["Samuel Okoro"],
        ),
        (
            "News",
            ["Ms. Holm came. “It is late,” Holm said. Vera Holm Pryce left."],
            ["Vera Holm Pryce"],
        ),
        ("News", ["Harsher words came. He said: “It is late and we are going.”"], [None]),
        ("News", ["Ida Holm of Florida, who said “it is late and we go,” left."], ["Ida Holm"]),
        ("News", ["A talk was held. The Chinese said: “It is late and we are going.”"], [None]),
    ],
)
def test_words_of_headlines_and_peoples_are_no_names(title, texts, speakers):
    paragraphs = tuple(Paragraph(n, text) for n, text in enumerate(texts, 1))
    quotations = find(Article(id="a", title=title, paragraphs=paragraphs))
    assert [quotation.speaker for quotation in quotations] == speakers
