"""Authors in bylines: names that are divided, and those that must not be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.citing.authors import Author, authors_of, without_by


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("Anna Weber", Author("Weber", "Anna")),
        ("By Anna Weber", Author("Weber", "Anna")),
        ("BY ANNA WEBER", Author("WEBER", "ANNA")),
        ("Reporting by Anna Weber; Editing by Tom Ash", Author("Weber", "Anna")),
        ("Dr. Anna Weber, PhD", Author("Weber", "Anna")),
        ("António de Oliveira Jr.", Author("Oliveira", "António", "de", "Jr.")),
        ("António de Oliveira, Jr.", Author("Oliveira", "António", "de", "Jr.")),
        ("John Smith III", Author("Smith", "John", suffix="III")),
        ("Ursula von der Leyen", Author("Leyen", "Ursula", "von der")),
        ("Robert De Niro", Author("De Niro", "Robert")),
        ("Bashar al-Assad", Author("al-Assad", "Bashar")),
        ("Louis d'Orléans", Author("d'Orléans", "Louis")),
        ("José Ortega y Gasset", Author("Ortega y Gasset", "José")),
        ("J.K. Rowling", Author("Rowling", "J.K.")),
        ("Al Gore", Author("Gore", "Al")),
        ("Ash, Tom", Author("Ash", "Tom")),
        ("de Oliveira, António", Author("Oliveira", "António", "de")),
        ("Иванов И. И.", Author("Иванов", "И. И.")),
        ("Иванов Иван Иванович", Author("Иванов", "Иван Иванович")),
    ],
)
def test_a_person_has_a_given_and_a_family_name(byline, author):
    assert authors_of(byline) == [author]


@pytest.mark.parametrize(
    "byline",
    [
        "Bank of England",
        "Ministry of Finance",
        "Ministry of Foreign Affairs and Trade",
        "Department for Business, Energy and Industrial Strategy",
        "University of California at Berkeley",
        "Smith & Sons",
        "Reuters",
        "Agence France-Presse",
        "Al Jazeera",
        "BBC Sport",
        "The Danube Courier",
        "news.example.com",
        "Anna Weber in London",
        "bell hooks",
        "Xi Jinping",
        "张伟",
    ],
)
def test_what_is_no_person_or_in_doubt_is_not_divided(byline):
    assert authors_of(byline) == [Author(literal=byline)]


def test_a_publication_is_no_person():
    assert authors_of("Example Weekly Echo", "Example weekly echo")[0].literal
    assert authors_of("Echo Weber", "The Echo") == [Author("Weber", "Echo")]


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Ken Griffey, Jr. and Tom Ash", ["Griffey", "Ash"]),
        ("Weber, Anna; Reed, Paul", ["Weber", "Reed"]),
        ("Anna Weber & Paul Reed", ["Weber", "Reed"]),
        ("Anna Weber und Paul Reed", ["Weber", "Reed"]),
        ("Anna Weber and by Paul Reed", ["Weber", "Reed"]),
        ("Anna Weber of Reuters", ["Weber", "Reuters"]),
        ("Anna Weber (Reuters)", ["Weber", "Reuters"]),
        ("Anna Weber, Reuters", ["Weber", "Reuters"]),
        ("Reuters, AP", ["Reuters", "AP"]),
        ("Renae Merle,Sarah Larimer", ["Merle", "Larimer"]),
        ("David Jackson, @djusatoday, USA TODAY", ["Jackson", "USA TODAY"]),
        ("JIM ASH,Oleg Berg and Zachary Wichter contributed research.", ["ASH", "Berg", "Wichter"]),
        ("EDUARDO PORTER. Email: e@example.com,Twitter: @porter", ["PORTER"]),
        ("Mary Quill, Jan van Ash and Coast Press Agency", ["Quill", "Ash", "Coast Press Agency"]),
    ],
)  # fmt: skip
def test_several_authors(byline, names):
    assert [author.literal or author.family for author in authors_of(byline)] == names


@pytest.mark.parametrize("byline", [None, "", "By ", " ,; "])
def test_no_author(byline):
    assert authors_of(byline) == []


WORDS = st.sampled_from(
    "By by Anna Weber de la Jr. III PhD Reuters of and & , ; Bank (AP) y В. И. 张伟 d'Arc".split()
)


@given(st.lists(WORDS, max_size=9).map(" ".join) | st.text(max_size=40))
def test_any_byline_has_authors_whose_letters_are_its_own(byline):
    for author in authors_of(byline):
        assert bool(author.literal) != bool(author.family)
        parts = (author.literal, author.given, author.particle, author.family, author.suffix)
        for word in " ".join(parts).split():
            assert word in byline
        assert author.given.casefold() != "by"
    assert byline.endswith(without_by(byline))
