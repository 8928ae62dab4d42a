"""Which records may be one work: block, compare, classify, decide, and look at the whole."""

from __future__ import annotations

from refpipe.match.candidate_pairs import (
    DEPTH,
    LARGEST,
    NEIGHBOURS,
    blocks,
    blocks_of,
    divisions,
    groups,
    pairs,
    worth_judging,
)
from refpipe.match.clusters import (
    Clusters,
    clusters,
    copies,
    decide,
    decide_all,
    evidence,
    held_back_decision,
    judge,
    judge_copy,
    judgements,
    may_share,
    strength,
    united,
    without_bridge,
)
from refpipe.match.comparison import Agreement, Comparison, Level
from refpipe.match.explanations import explain
from refpipe.match.judgement import Judgement, classify, compare, held_back
from refpipe.match.profiles import Profile, Subject, content
from refpipe.match.profiles import of as profile
from refpipe.match.shortened import (
    behind_title,
    ends_in_ellipsis,
    fuller_names,
    is_abbreviated,
    is_part_of_phrase,
    is_part_of_title,
)
from refpipe.match.titles import is_same_but_for_mark, outline

__all__ = [
    "DEPTH",
    "LARGEST",
    "NEIGHBOURS",
    "Agreement",
    "Clusters",
    "Comparison",
    "Judgement",
    "Level",
    "Profile",
    "Subject",
    "behind_title",
    "blocks",
    "blocks_of",
    "classify",
    "clusters",
    "compare",
    "content",
    "copies",
    "decide",
    "decide_all",
    "divisions",
    "ends_in_ellipsis",
    "evidence",
    "explain",
    "fuller_names",
    "groups",
    "held_back",
    "held_back_decision",
    "is_abbreviated",
    "is_part_of_phrase",
    "is_part_of_title",
    "is_same_but_for_mark",
    "judge",
    "judge_copy",
    "judgements",
    "may_share",
    "outline",
    "pairs",
    "profile",
    "strength",
    "united",
    "without_bridge",
    "worth_judging",
]
