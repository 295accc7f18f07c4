"""Which names are one person's, and which names a part of a name means."""

from string import ascii_lowercase, ascii_uppercase

import pytest

from reader.quotes.persons.people import merged_names, naming


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
    ],
)
def test_names_that_may_be_of_several_stay_apart(names):
    assert merged_names(dict.fromkeys(names, 1)) == {name: name for name in names}


def test_names_that_share_a_surname_without_end_are_counted_apart():
    names = {f"{first}{second} Lee": 1 for first in ascii_uppercase for second in ascii_lowercase}
    assert merged_names({**names, "Ann Lee": 2, "A. Lee": 1})["A. Lee"] == "A. Lee"
