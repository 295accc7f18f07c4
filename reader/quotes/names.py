"""The people of an article: the fullest form of each name, and whether it is he or she."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from reader.quotes.mentions import ORGANISATIONS, proper_name

_PARTICLE = r"(?:de|del|della|der|den|van|von|bin|ibn|al|el|la|le|da|di|dos|du|ten|ter|y)"
_WORD = r"(?:[^\W\d_a-z][\w’'‑-]*\.?)"
_NAME = re.compile(
    rf"(?<![\w@#])(?:(M(?:r|rs|s)|Miss)\.?\s+)?({_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_WORD}){{0,5}})"
)

# First names that are nearly always a man's or a woman's where English news reports them.
_HIS = frozenset(
    """aaron abdullah abraham adam adrian ahmed alan albert alberto alejandro aleksandr alex alexander
    alexei alfred ali allen andre andrea-s andrei andrew anthony antonio arnold arthur barack barney
    barry ben benjamin bernard bernie bill billy bob bobby boris brad bradley brandon brent bret brett
    brian bruce bryan carl carlos charles charlie chris christian christopher chuck clarence clark
    claude clint colin corey craig dan daniel darrell dave david dean denis dennis derek dick dmitri
    dmitry don donald doug douglas duncan dwight earl ed eddie edgar edward edwin eli elijah emmanuel
    eric erik ernest eugene evan felipe fernando florian francis francisco francois frank franklin fred
    frederick gary gavin gene geoff geoffrey george gerald gerard gilbert glenn gordon graham grant greg
    gregory gus guy hans harold harry harvey heinz henry herbert herman howard hugh hugo ian igor ilham
    ivan jack jacob jake james jamie-s jan jared jason javier jay jean-claude jeff jeffrey jeremy jerome
    jerry jesse jim jimmy joachim joaquin joe joel joerg john johnny jon jonathan jorge jose joseph josh
    joshua juan julian julius justin karl keith ken kenneth kevin kirk kurt kyle larry lawrence lee leo
    leon leonard leonid leroy lewis liam lloyd louis lucas luis luke malcolm marc marco marcus mario
    mark martin marvin matt matthew maurice max maxim mehmet michael michel miguel mikhail mike mitch
    mitchell mitt mohamed mohammad mohammed muhammad nathan neil newt nicholas nicolas nigel nikol nikolai noah
    norman oleg oliver olaf omar oscar otto owen pablo pat-s patrick paul pavel pedro pete peter petr
    phil philip philippe phillip pierre rafael ralph ramon rand randy ray raymond reince rene ricardo
    richard rick robby robert roberto robin-s rodney rodrigo roger roland ron ronald ross roy rudolph
    rudy rupert russell ryan salman sam samuel scott sean sebastian sepp sergei sergey sergio seth shawn
    shinzo sidney simon spencer stanley stefan stephen steve steven stewart stuart ted terrence terry
    theodore thomas tim timothy toby todd tom tommy tony travis trevor trey tyler vernon victor vincent
    viktor vitaly vladimir volodymyr wallace walter warren wayne wendell will william wolfgang xi yuri
    zachary""".split()
)
_HERS = frozenset(
    """abigail ada adriana agnes alexandra alice alicia alison allison amanda amber amy ana andrea angela
    angelina anita ann anna anne annette annie april arianna ashley astrid audrey ava barbara beatrice
    becky bella bernadette beth betsy betty beverly bonnie brenda bridget brittany camille candice cara
    carla carly carmen carol caroline carolyn cassandra catherine cathy cecilia celia charlotte chelsea
    cheryl chloe christina christine cindy claire clara claudia colleen connie constance cristina
    cynthia daisy dana danielle daphne dawn deborah debbie debra debbie denise diana diane dianne dolores
    donna doris dorothy edith eileen elaine elena eleanor elise elizabeth ella ellen emily emma erica
    erika erin esther ethel eva eve evelyn fatima felicia fiona flora florence frances gabriela gail
    geraldine gillian gina ginger gloria grace greta gretchen gwen gwendolyn hannah harriet heather
    heidi helen helena hillary holly hope huma ida ingrid irene iris isabel isabella ivanka jackie
    jacqueline jan-s jane janet janice jasmine jean jeanne jennifer jenny jessica jill joan joanna
    joanne jocelyn jodi josephine joy joyce juanita judith judy julia juliana julie june karen karin kate
    katherine kathleen kathryn kathy katie katrina kayla kelli kelly-s kellyanne kimberly kirsten kristen
    kristin krystal lara laura lauren leah leila lena leslie-s leticia lillian lily linda lindsay lisa
    lois loretta lori lorraine louise lucia lucille lucy lydia lynn mabel madeleine madeline maggie
    marcia margaret margarita maria mariana marie marilyn marina marion marjorie marlene marsha martha
    mary maureen megan megyn melania melanie melinda melissa mercedes meredith mia michele michelle
    mildred miranda miriam molly monica nadia nancy naomi natalia natalie natasha nicola nicole nina
    noelle nora norma olga olivia oprah paige pamela patricia patty paula pauline peggy penny phyllis
    priscilla rachel rebecca regina renee rhonda rita roberta robyn rosa rosalie rose rosemary rosie
    roxanne ruth sabrina sally samantha sandra sandy-s sara sarah shannon sharon sheila shelley sherry
    shirley silvia sofia sonia sonja sophia sophie stacey stacy stella stephanie sue susan susana susanne
    suzanne sylvia tamara tammy tanya tara tatiana teresa theresa tiffany tina tracy ursula valentina
    valerie vanessa vera veronica vicki victoria viola violet virginia vivian wanda wendy whitney
    winifred yolanda yvette yvonne zoe""".split()
)
_MOST = 5


class Names:
    """The names of an article's people; `fullest` gives of any form the one that says most.

    A surname that several have is that of whom the article names in full most often.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._full: Counter[str] = Counter()
        self._by_last: dict[str, list[str]] = {}
        self._by_first: dict[str, list[str]] = {}
        self._gender: dict[str, str] = {}
        for text in texts:
            self._read(text)

    def _read(self, text: str) -> None:
        found = list(_NAME.finditer(text))
        capitals = sum(len(match[2].split()) for match in found)
        if capitals * 2 > len(text.split()) + 1:  # a headline: all words are capitalised
            return
        for match in found:
            name = proper_name(match[2].split())
            words = name.split()
            if match[1] and words:
                self._gender.setdefault(words[-1].casefold(), "he" if match[1] == "Mr" else "she")
            if 2 <= len(words) <= _MOST and words[-1].strip(".").lower() not in ORGANISATIONS:
                if name not in self._full:
                    self._by_last.setdefault(_surname(words), []).append(name)
                    self._by_first.setdefault(words[0].casefold(), []).append(name)
                self._full[name] += 1

    def fullest(self, name: str, pronoun: str | None = None) -> str:
        """The fullest form that the article has of a name; the name itself if it has no other.

        `pronoun` is "he" or "she" where the text tells which it is.
        """
        words = name.split()
        if not words:
            return name
        known = self._by_last.get(_surname(words), [])
        if len(words) == 1:
            fitting = [full for full in known if self.fits(full, pronoun)] or known
            if fitting:
                return max(fitting, key=lambda full: self._full[full])
            first = self._by_first.get(words[0].casefold(), [])
            return first[0] if len(first) == 1 else name
        longer = [full for full in known if set(words) < set(full.split())]
        return longer[0] if longer else name

    def fits(self, name: str, pronoun: str | None) -> bool:
        """Whether a person may be meant by "he" or "she", as far as is known."""
        return pronoun is None or self.pronoun(name) in (None, pronoun)

    def pronoun(self, name: str) -> str | None:
        """Whether a person is "he" or "she"; None if nothing tells."""
        words = name.split()
        first = words[0].casefold() if len(words) > 1 else ""
        if first in _HIS:
            return "he"
        if first in _HERS:
            return "she"
        return self._gender.get(words[-1].casefold()) if words else None

    def is_person(self, name: str) -> bool:
        """Whether a name is of a person, as far as its form tells."""
        words = name.split()
        return bool(words) and words[-1].strip(".").lower() not in ORGANISATIONS


def _surname(words: list[str]) -> str:
    last = words[-1].strip(".,").casefold()
    if last in ("jr", "sr", "ii", "iii", "iv") and len(words) > 1:
        last = words[-2].strip(".,").casefold()
    return last
