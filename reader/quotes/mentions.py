"""Who a text speaks of: names, descriptions and pronouns that can be somebody's words' source.

A mention is a run of words that can be a subject: "Trump", "Texas Sen. Ted Cruz", "Cruz's
campaign", "a spokesman for the committee", "the senator", "she". It is found by the form of its
words: there is no dictionary of verbs, only of the words that never stand in a mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reader.quotes.cues import VERBS
from reader.quotes.first_names import FIRST_NAMES

# Marks the place of quoted words in a paragraph, so that what is read around them never reads the
# quotation itself. A private-use character: no article's text needs it.
QUOTED = "\ue000"

TITLES = frozenset(
    """mr mrs ms miss dr prof professor sir dame lord lady president vice prime minister foreign
    secretary state senator sen senators sens gov governor rep reps representative
    congressman congresswoman chancellor king queen prince princess pope father rev
    reverend judge justice gen general col colonel maj major capt captain lt lieutenant
    sgt adm admiral commander chief mayor ambassador speaker chairman chairwoman spokesman
    spokeswoman spokesperson director attorney republican democrat democratic gop
    libertarian then-president former acting candidate nominee strategist pollster host
    reporter sheriff detective officer coach ceo leader whip pastor bishop manager adviser
    advisor aide congressional hon cmdr pres ex-president sister brother""".split()
)
# The last word of what is no person.
ORGANISATIONS = frozenset(
    """committee university college party times post news department house senate court council
    association institute center centre foundation project union pac inc corp journal
    magazine group coalition agency bureau office board commission network radio press
    company fund league society church congress parliament ministry administration
    campaign team herald tribune gazette daily guardian today street politico reuters
    bloomberg cnn nbc abc cbs msnbc fox npr ap bbc usa twitter facebook google states
    kingdom nations service police force forces army navy america club school hospital
    bank report review observer examiner register globe chronicle democrats republicans
    conservatives liberals nation world act law""".split()
)
# Common nouns for somebody who, or something which, can say a thing.
HEADS = frozenset(
    """ad adviser advisers agent agents assistant advisor advisors affidavit agency aide aides
    ally allies analyst analysts activist activists actor actress announcement anchor
    article association attendee attorney attorneys audience author authorities backer
    backers banner blog blogger board boss brother businessman businesswoman camp campaign
    candidate candidates captain caption chair chairman chairwoman chief clinic coach
    colleague colleagues columnist commentator commission committee company complaint
    confidant consultant consultants congressman congresswoman contributor counsel
    correspondent court critic critics crowd daughter delegate delegates delegation
    democrat department deputy director document documents doctor donor donors editor
    editorial editors email emails employee establishment executive executives expert
    experts family fan fans father filing fellow founder friend friends front-runner
    frontrunner general governor group groups guest head headline heckler host hosts
    husband insider insiders investigator investigators journalist journalists judge jury
    justice lawmaker lawmakers lawsuit lawyer lawyers leader leaders leadership letter
    magazine man manager mayor media member members memo men message minister ministry
    moderator mogul mother motto narrator network newspaper nominee note observers offices
    office officer officers official officials operative operatives opponent opponents
    organization organizer outlet owner page panel parents partner party pastor people
    person physician piece pilot pledge police policy politician politicians poll pollster
    pollsters pope post president press prosecutor prosecutors professor protester
    protesters publication publisher readout release report reporter reporters reports
    representative representatives researcher researchers resident residents rival rivals
    runner-up scholar secretary senator senators sheriff show sign signs sister slogan son
    source sources speaker speech spokesman spokesmen spokeswoman spokesperson staff
    staffer staffers statement strategist strategists student students supporter
    supporters surrogate surrogates survey team text transcript tweet tycoon union user
    users veteran voter voters website wife witness woman women worker workers writer""".split()
)
# Nouns that "of" makes the name of an office with.
_OFFICES = frozenset("secretary minister chancellor director head speaker governor mayor".split())
_DETERMINERS = frozenset(
    """a an the one another some several many few two three four five six both his her its their
    my our no any every each most this these those other""".split()
)
# Words that no mention has in it: it ends before them.
_OUTSIDE = frozenset(
    """and or but nor so yet if when while as at by for from in into of off on onto over to up
    with after before since until because although though that there here he she it they
    we you i him them us me himself herself itself themselves who whom whose which what
    where why how not also then now later still even just only once again already soon
    never always often however meanwhile instead yesterday today tomorrow tonight monday
    tuesday wednesday thursday friday saturday sunday january february march april june
    july august september october november december am is are was were be been being have
    has had having do does did will would can could shall should may might must during
    under between among about against despite without within through throughout across
    behind beyond via toward towards amid around near per than like upon further
    previously famously reportedly apparently following including regarding concerning ago
    next last very too all s t re ve ll d m n't don’t didn’t doesn’t isn’t wasn’t won’t
    can’t couldn’t wouldn’t don't didn't doesn't isn't wasn't won't can't couldn't
    wouldn't yes no ok said says say saying told tells tell telling wrote writes write
    writing added adds adding asked asks asking called calls calling""".split()
)
_PRONOUNS = frozenset("he she they it i we who".split())
# Capitalised where a sentence begins, and no name.
_OPENING = (
    _OUTSIDE
    | _DETERMINERS
    | frozenset(
        """according asked speaking despite well let given besides regardless unlike related
    read watch follow image photo advertisement earlier moreover perhaps maybe indeed thus
    hence yet first second third finally recently additionally furthermore nevertheless
    nonetheless otherwise noting""".split()
    )
)
_PARTICLES = frozenset(
    "de del della der den van von bin ibn al el la le da di dos du ten ter".split()
)
_COMPLEMENT = frozenset("for of at with from".split())
_MOST_WORDS = 12
_MOST_LEADING = 5
# Where a report comes from, before its first words: "LA CROSSE, Wisc. —", "WASHINGTON (AP) —".
_DATELINE = re.compile(
    r"[A-Z][A-Z.’' -]{2,}(?:,[^—–\ue000]{1,30})?(?:\s*\([^)]{1,20}\))?\s*[—–-]{1,2}\s"
)

_ABBREVIATED = (
    "Sen|Sens|Gov|Rep|Reps|Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Capt|Rev|St|Jr|Sr|Adm|Hon|Maj|Cmdr|Det|"
    "Pres|Mt|Ft|Asst|Atty"
)
_TOKEN = re.compile(
    rf"{QUOTED}+|(?:{_ABBREVIATED})\.|(?:[^\W\d_]\.)+(?:[^\W\d_](?!\w))?"
    r"|@?[^\W_]+(?:[’'‑&-][^\W_]+)*(?:[’'](?!\w))?|\S"
)
# The Arabic article before a name, however it is said: al-Sisi.
_ARTICLE = re.compile(r"^(?:al|el|ul|ad|an|ar|as|ash|at|az)-(?=[^\W\d_a-z])")
_PARTY = re.compile(r"\s*\((?:[RDI]|Ind)(?:[.-][^()]{0,20})?\)|\s*\([^()]{1,12}\)")
# Words that may stand between a name and what it is of: "presidential candidate".
_MODIFIER = re.compile(
    r"\w+(?:al|ive|ic|ary|ory|ent|ior|[^\W\d_]-\w+)|\w+-\w+|campaign|press|policy|communications|"
    r"security|chief|deputy|vice|talk|radio|tv|news|field|finance|estate|house|party|state|city|"
    r"committee|staff|league|team|football|morning|sports|business|money|health|tech|media|trade|"
    r"intelligence|homeland|reality|chapter|district|union|university|foreign|defen[cs]e|prime|"
    r"interior|justice|energy|economy|economics|culture|education|oil|opposition|army|navy|air|"
    r"labou?r|transport|agriculture|information|rights|aid|health|water|peace|village|town|county"
)
# Who does something, by the ending of the word.
_AGENT = re.compile(r"(?:ers?|ors?|ists?|ians?|[a-z]m[ae]n|ees?)$")
_NO_AGENTS = frozenset(
    """further however whether another together rather either neither former latter earlier later
    larger smaller greater higher lower longer shorter better bigger stronger closer
    harder faster easier sooner older younger number numbers matter matters order orders
    power powers paper papers water letter letters summer winter quarter center centers
    factor factors error errors favor major minor senior junior prior interior behavior
    labor harbor honor terror horror mirror murder corner chapter dinner weather gender
    transfer answer answers offer offers cover corridor corridors tenor tours hours flour
    detour degree degrees committee coffee guarantee refugees list lists twist moist exist
    exists insist insists resist""".split()
)
_CONTRACTED = re.compile(r"[’'](?:s|d|ll|ve|re|m)$")
_POSSESSIVE = re.compile(r"(?:[’'][sS]|(?<=s)[’'])$")


class Mention(NamedTuple):
    """A run of words that can be a source: the characters where it starts and ends.

    `kind` is "name", "description" (a common noun with a name in it), "nominal" (without one), or
    the pronoun. `name` is how the text names it: without title, determiner and possessive; "" if it
    does not.
    """

    start: int
    end: int
    kind: str
    name: str
    possessive: bool = False


class _Token(NamedTuple):
    text: str
    start: int
    end: int
    opens: bool  # whether it begins a sentence


def find_mentions(masked: str, known: frozenset[str]) -> list[Mention]:
    """The mentions in a paragraph, in order; `known` are the words that the article capitalises
    inside sentences.
    """
    dateline = _DATELINE.match(masked)
    begin = dateline.end() if dateline else 0
    tokens = [token for token in _tokens(masked) if token.start >= begin]
    if tokens:
        tokens[0] = tokens[0]._replace(opens=True)
    found: list[Mention] = []
    place = 0
    while place < len(tokens):
        mention, next_place = _mention_at(tokens, place, known, masked)
        place = max(next_place, place + 1)
        if mention is not None:
            found.append(mention)
            while place < len(tokens) and tokens[place].start < mention.end:
                place += 1
    return found


def _tokens(masked: str) -> Iterator[_Token]:
    opens = True
    for match in _TOKEN.finditer(masked):
        text = match[0]
        yield _Token(text, match.start(), match.end(), opens)
        if text[0].isalnum() or text[0] == "@":
            opens = False
        elif text in ".!?:;—–" or text[0] in (QUOTED, "“", '"', "•"):
            opens = text not in ";—–"


def _is_capital(token: _Token, known: frozenset[str]) -> bool:
    """Whether a word is part of a name."""
    text = _ARTICLE.sub("", token.text.lstrip("@"))
    if not text or not text[0].isupper():
        return token.text[:1] == "@" and len(token.text) > 2
    lower = text.lower()
    if lower in _OPENING or lower.rstrip(".") in ("i",):
        return False
    if token.opens and text not in known and _POSSESSIVE.sub("", text) not in known:
        # The first word of a sentence may be any: "Adding", "Audiences". A name is none that is
        # met in small letters.
        return lower not in known and not lower.endswith(("ing", "ly"))
    return True


def _mention_at(
    tokens: list[_Token], place: int, known: frozenset[str], masked: str
) -> tuple[Mention | None, int]:
    """The mention that begins at a token, and the place after it."""
    first = tokens[place]
    lower = first.text.lower()
    pronoun = _CONTRACTED.sub("", lower)
    if pronoun in _PRONOUNS:
        return Mention(first.start, first.start + len(pronoun), pronoun, ""), place + 1
    determined = lower in _DETERMINERS
    at = place + 1 if determined else place
    if not determined and not (
        _is_capital(first, known) or lower in HEADS or _before_capital(tokens, place, known)
    ):
        return None, place + 1
    end, last_capital, first_capital = at, -1, -1
    possessive_at = -1
    while at < len(tokens) and at - place < _MOST_WORDS:
        token = tokens[at]
        word = token.text.lower()
        if token.opens and at > place and not (determined and at == place + 1):
            break
        if _is_capital(token, known):
            first_capital = at if first_capital < 0 else first_capital
            last_capital = at
        elif (
            word in _PARTICLES
            and last_capital == at - 1
            and at + 1 < len(tokens)
            and _is_capital(tokens[at + 1], known)
        ) or (word == "of" and _is_office(tokens, at)):
            pass
        elif (
            not (token.text[0].isalpha() or (determined and "-" in word and word[0].isdigit()))
            or word in _OUTSIDE
            or word in _DETERMINERS
            or (
                (not determined or last_capital == at - 1 or _is_head(tokens[at - 1].text.lower()))
                and possessive_at != at - 1
                and not _leads_on(tokens, at, known)
            )
            or (word.endswith(("ed", "ing")) and word not in HEADS and at > place + 1)
        ):
            break
        if _POSSESSIVE.search(token.text) and len(token.text) > 2:
            possessive_at = at
            determined = True
        at += 1
        end = at
    if end <= place or (end == place + 1 and lower in _DETERMINERS):
        return None, place + 1
    made = _made(tokens, place, end, first_capital, last_capital, masked, known)
    return _with_complement(tokens, end, made, known, masked)


def _is_office(tokens: list[_Token], at: int) -> bool:
    """Whether "of" stands in the name of an office: Secretary of State, Chief of Staff."""
    if at + 1 >= len(tokens) or tokens[at - 1].text.lower() not in TITLES:
        return False
    return tokens[at + 1].text in ("State", "Defense", "Treasury", "Staff", "Labor", "Commerce")


def _leads_on(tokens: list[_Token], at: int, known: frozenset[str]) -> bool:
    """Whether lower-case words behind a name lead on to what it is of: a common noun for who
    speaks, with another name behind it or not ("Fox News host Sean Hannity").
    """
    for place in range(at, min(at + _MOST_LEADING, len(tokens))):
        token = tokens[place]
        word = token.text.lower()
        before = tokens[place - 1].text.lower()
        if place > at and _is_capital(token, known):
            return before in TITLES or _is_head(before)
        if _is_head(word):
            return True
        if word in _OUTSIDE | _DETERMINERS | VERBS or not _MODIFIER.fullmatch(word):
            return False
    return False


def _is_head(word: str) -> bool:
    """Whether a lower-case word is what somebody or something that can speak is called."""
    word = _POSSESSIVE.sub("", word)
    if word in HEADS:
        return True
    return len(word) > 5 and word not in _NO_AGENTS and _AGENT.search(word) is not None


def _before_capital(tokens: list[_Token], place: int, known: frozenset[str]) -> bool:
    """Whether a lower-case word modifies a name: "former", "14-year-old"."""
    word = tokens[place].text.lower()
    return (
        (word in TITLES or word in HEADS or "-" in word)
        and word not in _OUTSIDE
        and place + 1 < len(tokens)
        and (
            _is_capital(tokens[place + 1], known)
            or (
                tokens[place + 1].text.lower() in HEADS | TITLES
                and place + 2 < len(tokens)
                and _is_capital(tokens[place + 2], known)
            )
        )
    )


def _made(
    tokens: list[_Token],
    place: int,
    end: int,
    first_capital: int,
    last_capital: int,
    masked: str,
    known: frozenset[str],
) -> Mention:
    last = tokens[end - 1]
    possessive = _POSSESSIVE.search(last.text) is not None
    start, stop = tokens[place].start, last.end
    party = _PARTY.match(masked, stop)
    if party:
        stop = party.end()
    if first_capital < 0:
        return Mention(start, stop, "nominal", "", possessive)
    if last_capital == end - 1:
        name = proper_name([t.text for t in tokens[_run(tokens, place, end, known) : end]])
        kind = "name" if name else "nominal"
        return Mention(start, stop, kind, name, possessive)
    owner = next(
        (n for n in range(first_capital, end - 1) if _POSSESSIVE.search(tokens[n].text)), None
    )
    if owner is not None and last.text.lower() not in HEADS:  # somebody's words, claim, language
        run = _run(tokens, place, owner + 1, known)
        name = proper_name([token.text for token in tokens[run : owner + 1]])
        return Mention(start, stop, "name" if name else "nominal", name, possessive)
    return Mention(start, stop, "description", _words(tokens[first_capital:end]), possessive)


def _words(tokens: list[_Token]) -> str:
    """The words of a description, without a possessive ending."""
    return _POSSESSIVE.sub("", " ".join(token.text for token in tokens))


def _with_complement(
    tokens: list[_Token], at: int, mention: Mention, known: frozenset[str], masked: str
) -> tuple[Mention, int]:
    """A common noun with whom it speaks for: "a spokesman for the Bush campaign"."""
    last = tokens[at - 1].text.lower()
    if mention.kind != "nominal" or not _is_head(last) or at + 1 >= len(tokens):
        return mention, at
    if tokens[at].text not in _COMPLEMENT:
        return mention, at
    other, end = _mention_at(tokens, at + 1, known, masked)
    if other is None or other.kind not in ("name", "description"):
        return mention, at
    if last in _OFFICES and other.kind == "name" and masked[other.start].islower():
        # "secretary of state Hillary Clinton": an office and who has it.
        return other._replace(start=mention.start), end
    name = _PARTY.sub("", f"{tokens[at - 1].text} {masked[tokens[at].start : other.end]}")
    return Mention(mention.start, other.end, "description", name, other.possessive), end


def _run(tokens: list[_Token], place: int, end: int, known: frozenset[str]) -> int:
    """Where the last run of capitalised words begins."""
    at = end - 1
    while at > place:
        before = tokens[at - 1]
        if _POSSESSIVE.search(before.text) or not (
            _is_capital(before, known) or before.text.lower() in _PARTICLES
        ):
            break
        at -= 1
    return at


def proper_name(words: list[str]) -> str:
    """A row of capitalised words without titles before and a possessive ending; maybe empty."""
    words = [word for word in words if word]
    if not words:
        return ""
    words = [*words[:-1], _POSSESSIVE.sub("", words[-1])]
    is_person = _plain(words[-1]) not in ORGANISATIONS
    is_called = len(words) == 2 and _plain(words[0]) in ("mr", "mrs", "ms", "miss", "dr")
    if is_person:
        titles = [n for n, word in enumerate(words[:-1]) if _plain(word) in TITLES]
        if titles:
            words = words[titles[-1] + 1 :]
    while len(words) > 1 and _plain(words[0]) in (TITLES | _OPENING if is_person else _OPENING):
        words.pop(0)
    if is_person and len(words) > 2 and _plain(words[0]) not in FIRST_NAMES and len(words[0]) > 2:
        # "Certainly Donald Trump", "Exchequer Nigel Lawson": the name begins with the first name.
        firsts = (n for n, word in enumerate(words[:-1]) if _plain(word) in FIRST_NAMES)
        words = words[next(firsts, 0) :]
    # A stop that belongs to the name is not the sentence's: U.S., Jr.
    is_short = len(words[-1]) < 3 or "." in words[-1][:-1]
    name = " ".join(words) if is_short else " ".join(words).strip(" ,.")
    if len(words) == 1 and is_called:  # Mr. King
        return name
    if _plain(name) in TITLES | _OPENING or len(name.strip(".")) < 2:
        return ""
    return name


def _plain(word: str) -> str:
    return word.strip(".,@").lower()


def words_known(texts: list[str]) -> frozenset[str]:
    """The words that texts capitalise inside sentences, where capitals tell names, and those that
    they have in small letters.
    """
    found: set[str] = set()
    for text in texts:
        inside = _INSIDE.findall(text)
        if len(inside) * 2 <= text.count(" "):  # else a headline
            found.update(_POSSESSIVE.sub("", word) for word in inside)
        found.update(_SMALL.findall(text))
    return frozenset(found)


_INSIDE = re.compile(r"(?<=[\w,] )[^\W\d_a-z][\w’'-]*")
_SMALL = re.compile(r"(?<![\w’'-])[a-z]{3,}(?![\w’'-])")
