"""Which records may be one work: block, compare, classify, decide, and look at the whole."""

from __future__ import annotations

from refpipe.match.blocking import blocks
from refpipe.match.classifying import Judgement, classify
from refpipe.match.clustering import clusters, united
from refpipe.match.comparing import compare
from refpipe.match.comparison import Agreement, Comparison, Level
from refpipe.match.deciding import decide, decide_all, evidence
from refpipe.match.explaining import explain
from refpipe.match.looking import look_over
from refpipe.match.profiles import Profile
from refpipe.match.profiles import of as profile
from refpipe.match.subject import Subject

__all__ = [
    "Agreement",
    "Comparison",
    "Judgement",
    "Level",
    "Profile",
    "Subject",
    "blocks",
    "classify",
    "clusters",
    "compare",
    "decide",
    "decide_all",
    "evidence",
    "explain",
    "look_over",
    "profile",
    "united",
]
