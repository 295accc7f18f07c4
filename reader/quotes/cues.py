"""The words that give somebody's words: cue verbs and their like, compiled to one expression."""

from __future__ import annotations

import re

# Verbs of saying and writing in the forms that news reports use them in.
_VERBS = """
acknowledged acknowledges added adds admitted admits advised advises affirmed affirms agreed
agrees alleged alleges announced announces answered answers argued argues asked asks asserted
asserts blasted boasted called calls cautioned cautions charged charges cited cites claimed claims
clarified commented comments complained complains conceded concedes concluded concludes confessed
confirmed confirms continued continues countered counters cried criticized declared declares
decried demanded demands denied denies denounced denounces described describes dismissed disputed
echoed emphasized emphasizes explained explains exclaimed expressed fumed griped hailed hinted
implied insisted insists instructed joked jokes labeled lamented laments likened mused noted notes
objected observed observes opined outlined posted posts praised pledged pleaded predicted predicts
proclaimed promised promises pronounced protested quipped quips quoted railed read reads reasoned
recalled recalls recounted referred refers reflected reiterated reiterates rejected remarked
remarks repeated repeats replied replies reported reports responded responds retorted revealed
reveals said says scoffed shouted shouts slammed snapped speculated spoke stated states stressed
stresses suggested suggests summarized swore tells testified thought thinks told touted tweeted
tweets urged urges vowed vows wanted warned warns warning wondered wrote writes saying adding
telling calling arguing claiming insisting noting asking explaining writing declaring tweeting
stating referring describing promising predicting suggesting believes believed hopes hoped
""".split()
_PHRASES = (
    r"(?:went|goes|going) on to (?:say|add|explain|claim|write|note|describe)",
    r"(?:continued|continues|began|begins) by (?:saying|adding|noting|asking)",
    r"put it",
    r"made (?:it )?clear",
    r"(?:would|will|did|to|can|could|might|may|must|has|have|had) (?:not )?(?:say|said|call|called|"
    r"tell|told|describe|described|add|added|write|written|argue|argued|explain|claim|ask|warn|urge|"
    r"acknowledge|denounce|denounced)",
    r"(?:issued|released) a statement",
)
_ADVERB = r"(?:\w+ly|also|then|later|further|once|again|has|have|had|even|still|first|never|now)"

CUE = re.compile(rf"\b(?:{'|'.join(_PHRASES)}|{'|'.join(sorted(_VERBS, key=len, reverse=True))})\b")
ACCORDING = re.compile(r"\b[Aa]ccording to\b|\b[Aa]s per\b|\b[Ii]n the words of\b")
# What may stand between a subject and its verb: "Pence also said", "Pence, who …, said".
BEFORE_VERB = re.compile(rf"(?:\s+{_ADVERB})*\s*$")
