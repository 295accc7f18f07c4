"""The words that give somebody's words: cue verbs and their like, compiled to one expression."""

from __future__ import annotations

import re

# Verbs of saying and writing in the forms that news reports use them in.
VERBS = frozenset(
    """
accused accuses accusing acknowledged acknowledges acknowledging added adding adds admits admitted
advised advises affirmed affirms agreed agrees alleged alleges allowed announced announces
announcing answered answers apologised argued argues arguing asked asking asks asserted asserting
asserts assured assures assuring believed believes bemoaned blasted blasting boasted bragged
branded called calling calls cautioned cautions characterised characterized charged charges chided
cited cites claimed claiming claims clarified commented comments complained complains conceded
concedes conceding concluded concludes concluding confessed confirmed confirms continued continues
countered counters cracked cried criticised criticising criticized declared declares declaring
decried deemed demanded demands denied denies denounced denounces derided described describes
describing dismissed dismissing disputed dubbed echoed emphasised emphasises emphasising emphasized
emphasizes emphasizing exclaimed explained explaining explains expressed fumed fuming griped hailed
hinted hoped hopes implied implying insisted insisting insists instructed instructing interjected
intoned invoked joked jokes labeled labelled lamented laments lauded likened likening marveled
mocked mused noted notes noting objected observed observes offered opined outlined pleaded pledged
pledging posted posts praised predicted predicting predicts proclaimed proclaiming promised
promises promising pronounced protested quipped quips quoted railed read reads reasoned recalled
recalling recalls recounted referred referring refers reflected reiterated reiterates rejected
remarked remarks remembered repeated repeating repeats replied replies replying reported reports
responded responding responds retorted revealed reveals ridiculed said saying says scoffed shouted
shouts slammed slamming snapped speculated spoke stated states stating stressed stresses stressing
suggested suggesting suggests summarised summarized summarizing summed swore telling tells
testified theorised thinks thought thundered told touted touting tweeted tweeting tweets urged
urges urging volunteered vowed vowing vows wanted warned warning warns wondered writes writing
wrote
""".split()
)
_PHRASES = (
    r"(?:went|goes|going) on to (?:say|add|explain|claim|write|note|describe)",
    r"(?:continued|continues|began|begins) by (?:saying|adding|noting|asking)",
    r"put it",
    r"point(?:s|ed) (?:out|to)",
    r"(?:accus|critic|faul|mock|attack|blam|prais)\w*ed",
    r"made (?:it )?clear",
    r"(?:would|will|did|to|can|could|might|may|must|has|have|had) (?:not )?(?:say|said|call|called|"
    r"tell|told|describe|described|add|added|write|written|argue|argued|explain|claim|ask|warn|urge|"
    r"acknowledge|denounce|denounced)",
    r"(?:issued|released) a statement",
)

CUE = re.compile(rf"\b(?:{'|'.join(_PHRASES)}|{'|'.join(sorted(VERBS, key=len, reverse=True))})\b")
ACCORDING = re.compile(r"\b[Aa]ccording to\b|\b[Aa]s per\b|\b[Ii]n the words of\b")
