"""Which records may be one work: block, compare, classify, decide, and look at the whole."""

from __future__ import annotations

from refpipe.match.blocking import blocks
from refpipe.match.classifying import Judgement, classify
from refpipe.match.clustering import (
    Clusters,
    clusters,
    judgements,
    may_share,
    strength,
    united,
)
from refpipe.match.comparing import compare
from refpipe.match.comparison import Agreement, Comparison, Level
from refpipe.match.deciding import decide, decide_all, evidence
from refpipe.match.explaining import explain
from refpipe.match.profiles import Profile, content
from refpipe.match.profiles import of as profile
from refpipe.match.subject import Subject
from refpipe.match.titles import is_same_but_for_mark

__all__ = [
    "Agreement",
    "Clusters",
    "Comparison",
    "Judgement",
    "Level",
    "Profile",
    "Subject",
    "blocks",
    "classify",
    "clusters",
    "compare",
    "content",
    "decide",
    "decide_all",
    "evidence",
    "explain",
    "is_same_but_for_mark",
    "judgements",
    "may_share",
    "profile",
    "strength",
    "united",
]
