"""Which names are one person's, and which names a part of a name means."""

from string import ascii_lowercase, ascii_uppercase

import pytest

from reader.quotes.persons.people import is_first_name, is_of_many, merged_names, naming


@pytest.mark.parametrize(
    ("part", "name", "meant"),
    [
        ("aliyev", "Ilham Aliyev", True),
        ("Əliyev", "Ilham Aliyev", True),
        ("Ali", "Ilham Aliyev", True),
        ("ilham", "Ilham Aliyev", True),
        ("I. Aliyev", "Ilham Aliyev", True),
        ("Ilham Aliyev", "I. Aliyev", True),
        ("J.F. Kennedy", "John Fitzgerald Kennedy", True),
        ("JFK", "John Fitzgerald Kennedy", True),
        ("John Kennedy", "John F. Kennedy", True),
        ("kovac", "Ana Kovač", True),
        ("Geun hye", "Park Geun-hye", True),
        ("pence", "Bo Spencer", False),
        ("Trump", "T. Boone Pickens", False),
        ("Kennedy John", "John Kennedy", False),
        ("JFK", "John Kennedy", False),
        ("…", "Ilham Aliyev", False),
    ],
)
def test_naming(part, name, meant):
    assert naming(part)(name) is meant


def test_the_same_name_in_other_letters_is_of_one_person():
    found = merged_names({"Ilham Aliyev": 3, "ILHAM ALIYEV": 1, "İlham Əliyev": 1})
    assert set(found.values()) == {"Ilham Aliyev"}


def test_a_middle_name_or_an_initial_may_be_left_out():
    found = merged_names({"Donald Trump": 9, "Donald J. Trump": 2, "D. Trump": 1})
    assert set(found.values()) == {"Donald Trump"}


def test_a_surname_alone_is_of_the_only_one_who_has_it():
    assert merged_names({"Lena Aagaard": 2, "Aagaard": 1})["Aagaard"] == "Lena Aagaard"
    found = merged_names({"Bill Clinton": 4, "Hillary Clinton": 50, "Clinton": 8})
    assert found["Clinton"] == "Clinton"


@pytest.mark.parametrize(
    "names",
    [
        ("George W. Bush", "George H.W. Bush"),
        ("George Bush", "George W. Bush", "George H.W. Bush"),
        ("John Smith", "Jane Smith"),
        ("J. Smith", "John Smith", "Jane Smith"),
        ("Donald Trump", "Donald Trump Jr."),
        ("Press Office", "Press Information Office"),
        ("Aides", "Hillary Clinton aides"),
        ("House", "White House"),
        ("Bank of England", "Bank of Canada"),
        ("England", "Bank of England"),
        ("Russia", "Vladimir Putin's Russia"),
        ("Chris Hall", "Christine Hall", "Christopher Hall"),
        ("Gary Johnson", "Garrett Johnson"),
        ("Mary Quist", "Marie Quist"),
        ("Robert Kennedy", "Bob Kennedy", "Robert F. Kennedy Jr."),
    ],
)
def test_names_that_may_be_of_several_stay_apart(names):
    assert merged_names(dict.fromkeys(names, 1)) == {name: name for name in names}


def test_names_that_share_a_surname_without_end_are_counted_apart():
    names = {f"{first}{second} Lee": 1 for first in ascii_uppercase for second in ascii_lowercase}
    assert merged_names({**names, "Ann Lee": 2, "A. Lee": 1})["A. Lee"] == "A. Lee"


@pytest.mark.parametrize(
    "names",
    [
        ("Joseph R. Biden", "Joe Biden"),
        ("Joseph R. Biden Jr.", "Joe Biden"),
        ("Edward G. Rendell", "Ed Rendell", "Rendell"),
        ("William Quist", "Bill Quist"),
        ("Michael Okoro", "Mike Okoro"),
        ("Katherine Holm", "Kate Holm"),
        ("Elizabeth Warren", "Liz Warren"),
        ("Hillary Clinton", "Hilary Clinton"),
    ],
)
def test_nicknames_and_doubled_letters_are_of_one_person(names):
    counts = {name: len(names) - index for index, name in enumerate(names)}
    assert set(merged_names(counts).values()) == {names[0]}


def test_a_surname_alone_is_of_the_one_quoted_twenty_times_as_often():
    counts = {"Obama": 129, "Barack Obama": 73, "Michelle Obama": 7}
    assert merged_names(counts)["Obama"] == "Barack Obama"
    assert merged_names({**counts, "Michelle Obama": 11})["Obama"] == "Obama"
    assert merged_names({"Barack Obama": 19, "Michelle Obama": 1, "Obama": 1})["Obama"] == (
        "Barack Obama"
    )


@pytest.mark.parametrize(
    ("name", "alone"), [("Bob", True), ("WALLACE", False), ("Obama", False), ("Bob Reed", False)]
)
def test_a_first_name_alone(name, alone):
    assert is_first_name(name) is alone


@pytest.mark.parametrize(
    ("name", "many"), [("Democrats", True), ("Iowa Democrat", True), ("David French", False)]
)
def test_names_of_peoples_and_parties(name, many):
    assert is_of_many(name) is many
