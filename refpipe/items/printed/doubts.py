"""What speaks against a reading: signs within a field, words beside it, and the labeller.

A reference whose form nobody foresaw still gives fields.  What such a field holds shows it: a
bracket without its partner, a role, the end of a sentence within a publisher; and words next to
it that became no field at all.  And the labeller, which was not told how the grammar reads, may
be sure that the words are something else.  Such a field is kept, and told as unsure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as given
from functools import partial

from refpipe.items.printed import people
from refpipe.items.printed.clean import plain_signs
from refpipe.items.printed.labeller import Model, Told, joined
from refpipe.items.printed.nouns import Field, Part, Rest
from refpipe.items.printed.works.days import is_day

DOUBTED = 0.6
"""The confidence of a field that shows a sign of being misread."""
NAMES = ("author", "editor", "translator", "editorial-director")
_NAMED = frozenset(("article-journal", "book", "chapter", "thesis", "paper-conference"))
"""Kinds of work that hardly ever are printed without a name."""
_QUOTES = tuple('「『“"')
_PAIRS = ("()", "（）", "[]", "「」", "『』", "“”")
_JAPANESE = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_ODD = {
    "title": re.compile(
        r"^[A-Z]\.(?:\s?[A-Z]\.)*(?:,| (?:and|&) [A-Z])|^[(（\[［【*＊※]|^.?$"
        r"|[,，、]\s?[A-Z]$|／|[|｜]|(?:編|編著|監修|監訳|訳)[）)／/．.]"
        r"|\b(?:eds?|trans)\.\s|\b(?:[Ee]dited|[Tt]ranslated) by\b|\b[Vv]ol\.? \d+$"
        r"|(?:新書|文庫|選書|叢書|シリーズ\s?\d*)[）)]?$|(?!\betc)\b[^\W\d_]{3,}[)]?\.\s[A-Z][a-z]"
        rf"|(?:書院|書店|書房|出版社?)$|[{_JAPANESE}]\s-\s"
        r"|^(?:(?:and|und|et|[B-HJ-Z])\s[A-Z(]|[A-Za-z](?:\.?[,;]\s|\s\()|[a-z]\.\s[A-Z])"
        r"|^[と及][\s\u3000]|\bet al\b|^et\b|[–—-]\s?$"
        r"|^(?:[a-z]{1,3} ){0,2}[\w’'-]+,? (?:[A-Z]\.?[ -]?[a-z]?){1,3}(?:\.,?|(?<=\.)) ?[\w&]"
        r"|^(?:[a-z]{1,3} ){0,2}[\w’'-]+,? (?:[A-Z]\.?[ -]?[a-z]?\.?){1,3}[,;] (?:(?:and|&) )?"
        r"(?:[a-z]{1,3} ){0,2}[\w’'-]+,? (?:[A-Z]\.?[ -]?[a-z]?\.?){1,3}(?:[:,;.(]|$)"
        r"|^(?:[A-Z]\.?[ -]?[a-z]?\.?){1,3} (?:[a-z]{1,3} ){0,2}[\w’'-]+[,;] (?:(?:and|&) )?"
        r"(?:[A-Z]\.?[ -]?[a-z]?\.?){1,3} (?:[a-z]{1,3} ){0,2}[\w’'-]+(?:[,:;.(]|$)"
        r"|^[^\w\s“\"'‘«「『<〈《≪¿¡$€£#@]"
        r"|^\(?(?:19|20)\d\d\)?[\s.]|\((?:19|20)\d\d[a-z]?\)[.:]\s\w"
    ),
    "container-title": re.compile(
        r"^[(（\[［【*＊※]|[「『」』]|年|第$|\b(?:reviewed|updated)\b|(?:編|編著|監修)$|\b[Ee]ds?\b"
        r"|:\s[A-Z]\w+(?:\sPress)?\)|[a-z]{3}\d+$|\b(?:19|20)\d\d$|\S:\s?[a-z]?\d|[\]】]\.?$|\b[Aa]ccessed\b"
        r"|\b[Nn][o°º]\.?\s?\d"
        r"|\b(?:in|of|the|and|for|to)\b.*[a-z]{4}\. [A-Z]"
    ),
    "publisher": re.compile(
        rf"（(?![株有]）)|(?<![（(][株有])）|[\[\]／「」『』:：;]|\((?!(?:[A-Z]{{2,10}}|[株有])\))|[\d{_JAPANESE}]/|第.*[章節]|[編著訳]$|^.$|ページ|^\d"
        r"|^J [A-Z]"
        r"|,\s(?!(?:Inc|Ltd|L\.?L\.?C|Co|Corp|GmbH|S\.?A|[Dd]ep|[A-Z][a-z]* (?:and|&))\b)[A-Z]"
    ),
    "publisher-place": re.compile(r"[(（「」『』\d](?![A-Z]{2}\b)"),
    "collection-title": re.compile(r"[「」『』]"),
}
"""What the text of a field does not hold where it was read rightly."""
_DAY = r"[年月日版]|\d\.\d+\."
"""What a day or an edition holds, and no figure of a journal."""
_ODD_FIGURE = {
    "volume": re.compile(rf"[A-Za-z]{{2,}}\d{{4}}$|^(?:19|20)\d\d$|{_DAY}"),
    "issue": re.compile(rf"^0$|{_DAY}"),
    "page": re.compile(rf"^0\d?$|\d(?:st|nd|rd|th|ed|[a-z]{{3,}})$|{_DAY}"),
}
"""What figures of a journal do not look like."""
_OLD_ERA = re.compile(r"[S昭]\s?\d\s?[;；]")
"""``S1;61`` is a supplement, or the year of an era in which hardly a journal is cited."""


@dataclass(frozen=True, slots=True)
class Signs:
    """The fields with a sign of being misread."""

    firm: frozenset[str]
    soft: frozenset[str]
    """Those whose border alone is in doubt; the labeller's consent takes that back."""

    @property
    def all(self) -> frozenset[str]:
        """Both."""
        return self.firm | self.soft


def signs(fields: Mapping[str, Field], kind: str, rest: tuple[Rest, ...], text: str) -> Signs:
    """What speaks against the fields."""
    found = {*_odd(fields, text), *_rivals(fields, rest)}
    is_japanese = re.search(f"[{_JAPANESE}]", text) is not None
    if _is_behind_half_a_name(fields):
        found.add("container-title")
    if "title" in fields and _is_front_unread(fields, rest):
        found.add("title")
    beside = {*_beside(fields, rest)}
    found |= beside - _BORDERED
    if "volume" not in fields and "issue" in fields:
        found |= {"issue"} if _RUNNING.search(text, 0, fields["issue"].span.end) else set()
    if "title" not in fields and kind in ("document", "article-journal", "book"):
        found |= {"author"} & fields.keys() if _may_be_title(fields) else set()
        found |= {"container-title"} & fields.keys() if is_japanese else set()
    soft, unnamed = beside & _BORDERED, {*_unnamed(fields, kind, text)}
    if is_japanese:
        found |= unnamed  # The labeller of Japanese was told that there is no name.
    else:
        soft |= unnamed
    return Signs(frozenset(found), frozenset(soft))


def _is_front_unread(fields: Mapping[str, Field], rest: tuple[Rest, ...]) -> bool:
    """Whether words before all that was read became nothing, and nobody is named."""
    begin = min(field.span.start for field in fields.values())
    return not any(name in fields for name in NAMES) and any(
        one.span.start < begin and len(re.findall(r"[^\W\d_]", one.text)) > 9 for one in rest
    )


def _may_be_title(fields: Mapping[str, Field]) -> bool:
    """Whether the authors may be the title, or the journal, where no title was found.

    Not initials before a journal with its figures: ``E. Roe, P. Poe, Marsh Lett. 2010, 10, 1082``.
    """
    names = fields["author"].value if "author" in fields else []
    is_article = {"container-title", "volume", "page"} <= fields.keys()
    return not (is_article and isinstance(names, list) and people.have_initials(names))


def _is_behind_half_a_name(fields: Mapping[str, Field]) -> bool:
    """Whether the title before a shortened container ends in one word, as those are shortened.

    ``Explaining pain, Physiother. Theory Pract. 34``: the stop behind it is no end of a title.
    """
    title, host = fields.get("title"), fields.get("container-title")
    if title is None or host is None or not 0 <= host.span.start - title.span.end <= 2:
        return False
    is_short = re.search(r"[a-z]\.", str(host.value)) is not None
    return is_short and re.search(r",\s[A-Z][a-z]{1,9}$", str(title.value)) is not None


_BORDERED = frozenset(("title", "container-title"))
"""Fields of which the labeller sees well where they begin and end."""
_RIVALS = {
    "page": re.compile(
        r"(?P<v>\d+)(?:[-–—―ー－−~〜～]\d+)?\s?(?:頁|ページ)|(?:頁|ページ|\bpp?\.?)\s?(?P<w>\d+)"
    ),
    "volume": re.compile(r"(?P<v>\d+)\s?巻|\b[Vv]ol\.?\s?(?P<w>\d+)"),
    "issue": re.compile(r"(?P<v>\d+)\s?号(?!\s?[館室線])|\b[Nn]o\.?\s?(?P<w>\d+)"),
}
"""Figures whose labels tell what they are."""


def _rivals(fields: Mapping[str, Field], rest: tuple[Rest, ...]) -> Iterator[str]:
    """Fields of which another was printed as well, and became nothing: two issues, two pages."""
    for name in _RIVALS.keys() & fields.keys():
        own = plain_signs(str(fields[name].value))
        for one in rest:
            other = _RIVALS[name].search(plain_signs(one.text))
            if other and (other["v"] or other["w"]) not in own:
                yield name


def _odd(fields: Mapping[str, Field], text: str) -> Iterator[str]:
    """Fields that hold what their like do not hold."""
    for name, field in fields.items():
        if name in NAMES and isinstance(field.value, list):
            is_odd = people.are_odd(name, field.value, field.span, text)
        else:
            is_odd = (
                (name in ("issued", "accessed") and _is_no_day(field, text))
                or (name == "issued" and _OLD_ERA.match(text, field.span.start) is not None)
                or (name in _ODD_FIGURE and bool(_ODD_FIGURE[name].search(str(field.value))))
                or (name in _FIGURES and _is_torn(field, fields, text))
                or (name in ("issue", "page") and _GOES_ON.match(text, field.span.end) is not None)
                or (name == "page" and _PAGE_GOES_ON.match(text, field.span.end) is not None)
                or (name in _ODD and not _is_quoted(field, text) and _is_odd_text(name, field))
                or (
                    name == "title" and (_goes_on_with_names(field, text) or _is_boxed(field, text))
                )
            )
        if is_odd:
            yield name


def _is_boxed(field: Field, text: str) -> bool:
    """Whether a field is all that a bracket holds: 3面（総合）."""
    start, end = field.span.start, field.span.end
    return start > 0 and text[start - 1] in "(（" and text[end : end + 1] in (")", "）")


def _is_odd_text(name: str, field: Field) -> bool:
    value = str(field.value)
    is_uneven = any(value.count(pair[0]) != value.count(pair[1]) for pair in _PAIRS)
    return is_uneven or _ODD[name].search(value) is not None


def _goes_on_with_names(title: Field, text: str) -> bool:
    """Whether a title begins with a name, behind the comma of a list of names."""
    before = text[max(0, title.span.start - 5) : title.span.start].rstrip()
    is_list = before.endswith((",", ";", "&", " and"))
    return is_list and _NAME_AHEAD.match(str(title.value)) is not None


_NAME_AHEAD = re.compile(
    r"(?:[a-z]{1,3} ){0,2}[\w’'-]+,? (?:[A-Z]\.?[ -]?[a-z]?\.?){1,3}\s?(?:[.:,;]|\(|$)"
    r"|(?:[A-Z]\.?(?:[ -]?[A-Za-z]\.?)?\s?){1,3}\s(?:[a-z]{1,3} ){0,2}[A-Za-z][\w’'-]+[,.:;]"
)
_FIGURES = ("volume", "issue", "page")
_RUNNING = re.compile(r"№\s?(?:5[3-9]|[6-9]\d|[1-9]\d\d+)\Z")
"""More than a journal has weeks: a number that runs on over the years, or a volume."""


def _is_torn(field: Field, fields: Mapping[str, Field], text: str) -> bool:
    """Whether a field ends within a word or a figure of which the rest became nothing: 4_6–16."""
    start, end = field.span.start, field.span.end
    for at in (start, end):
        if 0 < at < len(text) and _WITHIN.match(text, at - 1):
            outside = at if at == end else at - 1
            is_parted = text[outside] == "." and 0 < outside < len(text) - 1
            beyond = outside + (1 if at == end else -1) if is_parted else outside  # ``54.1``
            if not any(one.span.start <= beyond < one.span.end for one in fields.values()):
                return True
    return False


_WITHIN = re.compile(r"\d[._]?\d|\d_|_\d", re.ASCII)
_GOES_ON = re.compile(r"\s?[/／]\s?\w|\s(?:à|a|bis|to|から)\s\d")
"""What stands behind half a figure: ``25/26``, ``56 à 80``."""
_PAGE_GOES_ON = re.compile(r"\(\d+\)[^\w\s]\d|[-‐‑‒–—―−─━~〜～∼]\d")


_FIGURES_OF_DAY = re.compile(
    r"年\s?(?P<m>\d{1,2})\s?月(?:\s?(?P<d>\d{1,2})\s?日)?"
    r"|(?<!\d)\d{4}(?P<s>[-/.])(?P<m2>\d{1,2})(?P=s)(?P<d2>\d{1,2})(?!\d)"
)

_TWO_WAYS = re.compile(r"(?<!\d)\d{1,2}(?P<s>[/-])\s?\d{1,2}(?P=s)\s?\d{2,4}(?!\d)")


def _is_no_day(field: Field, text: str) -> bool:
    """Whether a month or day was printed that no calendar has, or that may be either: 7/10/2018."""
    value, place = field.value, field.span
    printed = _FIGURES_OF_DAY.search(plain_signs(text[place.start : place.end + 2]))
    if not isinstance(value, dict):
        return False
    figures = _TWO_WAYS.search(text, max(0, place.start - 7), place.end + 6)
    if figures and figures.start() <= place.start and len(value["date-parts"][0]) == 1:
        return True
    if printed is None:
        return False
    told = [int(figure) for figure in printed.group("m", "d", "m2", "d2") if figure]
    return not is_day(value["date-parts"][0][0], *told)


def _is_quoted(field: Field, text: str) -> bool:
    """Whether quotation marks show where a field begins."""
    return text[max(0, field.span.start - 1) : field.span.start] in _QUOTES


def _unnamed(fields: Mapping[str, Field], kind: str, text: str) -> Iterator[str]:
    """A title that may hold what is missing: who wrote the work, or the journal it is in."""
    title = fields.get("title")
    if title is None or _is_quoted(title, text):
        return
    is_nameless = not any(name in fields for name in NAMES)
    value = str(title.value)
    if is_nameless and (kind in _NAMED or (kind == "webpage" and re.search(r"[\s:：(（]", value))):
        yield "title"
    if kind == "article-journal" and "container-title" not in fields:
        yield "title"


_WORD_END = re.compile(r"\s?[A-Z][a-z]{0,3}\.?\s?")
"""What ends a journal's name and is too short to be told as a word: the J of Spine J."""


def _beside(fields: Mapping[str, Field], rest: tuple[Rest, ...]) -> Iterator[str]:
    """Fields next to words that were not understood and may be part of them."""
    for left in rest:
        letters = len(re.findall(r"[^\W\d_]", left.text))
        host = fields.get("container-title")
        if host and 0 <= left.span.start - host.span.end <= 1 and _WORD_END.fullmatch(left.text):
            yield "container-title"
        if letters < (2 if re.search(f"[{_JAPANESE}]", left.text) else 5):
            continue
        for name, field in fields.items():
            gap = max(left.span.start - field.span.end, field.span.start - left.span.end)
            if gap <= 3 and (name in _ODD or name in NAMES):
                yield name


# ── the labeller against the grammar ──────────────────────────────────────────────────

_PEOPLE = ("author", "editor", "translator")
_IMPRINT = ("publisher", "place")
_LABELS = {
    "title": ("title",), "container-title": ("container",), "collection-title": ("series",),
    "publisher": _IMPRINT, **dict.fromkeys(NAMES, _PEOPLE),
}  # fmt: skip
"""The labels that the words of a field may have.

What people did is told by a word of print, and a town from its publisher by the order and by lists;
in these the grammar knows better, so that towns are not asked about.
"""
_LETTER = re.compile(r"[^\W_]")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How probable a field's label is, between 0 and 1."""

    least: float
    """In the word in which it is least probable."""
    mean: float
    before: float
    """In the word before the field."""
    behind: float


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the labeller says of the grammar's fields."""

    against: frozenset[str] = frozenset()
    """Those of which it is sure that a word is none of theirs, or is missing."""
    shared: frozenset[str] = frozenset()
    """Those that it reads alike."""
    whole: frozenset[str] = frozenset()
    """Those in which, and beside which, it sees no word that is probably misplaced."""
    shares: Mapping[str, Share] = given(default_factory=dict)
    """How probable the label of each field is in its words and beside them."""
    labelled: Mapping[str, float] = given(default_factory=dict)
    """How sure it is of every word of its surest stretch, for labels that tell a kind of work."""
    has_title: bool = True
    """Whether it reads a title anywhere."""


SHARED = 0.1
"""How probable it may be at most of any word of a field that both read alike to be none of it."""
WHOLE = 0.3
"""The same of a field whose border is confirmed."""


def opinion(parts: list[Part], text: str, model: Model, sure: float, *told: Told) -> Opinion:
    """What a labeller says, where it must be so sure of a word to speak against a field."""
    words = [
        (index, start, end)
        for index, (_, start, end) in enumerate(model.tag(text, *told))
        if _LETTER.search(text, start, end)
        and text[start:end].strip("().,:;[]").lower() not in people.ROLE_WORDS
    ]
    known = [part for part in parts if part.name not in _LABELS and part.end > part.start]
    free = [
        word for word in words
        if not any(part.start <= word[1] and word[2] <= part.end for part in known)
    ]  # fmt: skip
    found: dict[str, float] = {}
    for part in sorted(parts, key=lambda part: part.start):
        if part.name in _LABELS and part.name not in found:
            found[part.name] = _doubt(part, free, text, model)
    return Opinion(
        against=frozenset(name for name, doubt in found.items() if doubt >= sure),
        shared=frozenset(name for name, doubt in found.items() if doubt <= SHARED),
        whole=frozenset(name for name, doubt in found.items() if doubt <= WHOLE),
        shares=_shares(parts, text, model, told),
        labelled=_labelled(text, model, told),
        has_title=any(label.rstrip("+") == "title" for label, _, _ in model.tag(text, *told)),
    )


_LABEL_OF = {
    "title": ("title",), "container-title": ("container",), "collection-title": ("series",),
    "publisher": _IMPRINT, "publisher-place": _IMPRINT, "volume": ("volume", "number"),
    "issue": ("issue", "number"), "page": ("page", "number"), "issued": ("date", "number"),
    "edition": ("edition", "number"), "accessed": ("accessed", "number"),
    **dict.fromkeys(NAMES, _PEOPLE),
}  # fmt: skip
"""The labels of each field's words, in the two languages' models."""


def _shares(parts: list[Part], text: str, model: Model, told: tuple[Told, ...]) -> dict[str, Share]:
    words = [
        (index, start, end)
        for index, (_, start, end) in enumerate(model.tag(text, *told))
        if _WORD.search(text, start, end)
    ]
    found: dict[str, Share] = {}
    for part in sorted(parts, key=lambda part: part.start):
        if part.name in found or part.name not in _LABEL_OF or part.end <= part.start:
            continue
        share = partial(_share, model, labels=_LABEL_OF[part.name])
        inner = [
            share(index) for index, start, end in words if start < part.end and part.start < end
        ]
        before = [index for index, _, end in words if end <= part.start][-1:]
        behind = [index for index, start, _ in words if start >= part.end][:1]
        found[part.name] = Share(
            least=min(inner, default=0.5),
            mean=sum(inner) / len(inner) if inner else 0.5,
            before=max(map(share, before), default=0.0),
            behind=max(map(share, behind), default=0.0),
        )
    return found


def _labelled(text: str, model: Model, told: tuple[Told, ...]) -> dict[str, float]:
    found: dict[str, float] = {}
    for label, _, _, sure in joined(model.words(text, *told)):
        if label in ("container", "publisher"):
            found[label] = max(found.get(label, 0.0), sure)
    return found


def _doubt(part: Part, words: list[tuple[int, int, int]], text: str, model: Model) -> float:
    """How probable it is that a word of the field is another's, or one beside it is its own."""
    labels = _LABELS[part.name]
    within = [word for word in words if word[1] < part.end and part.start < word[2]]
    if labels == _PEOPLE and isinstance(part.value, list):
        # Where people work is no name.
        named = " ".join(word for name in part.value for word in name.values())
        within = [word for word in within if text[word[1] : word[2]] in named]
    inner = [index for index, _, _ in within]
    least = min((_share(model, index, labels) for index in inner), default=0.5)
    is_bounded = text[part.start - 1 : part.start] in _QUOTES and part.start > 0
    if labels in (_PEOPLE, _IMPRINT) or is_bounded:
        return 1 - least
    before = [index for index, _, end in words if end <= part.start][-1:]
    behind = [index for index, start, _ in words if start >= part.end][:1]
    return max(1 - least, *(_share(model, index, labels) for index in (*before, *behind)), 0)


def _share(model: Model, index: int, labels: tuple[str, ...]) -> float:
    return sum(model.probability(index, label) for label in labels)


# ── a reference that names no work ──

_BACK = re.compile(
    r"(?:\A|[\s,.:;，、．。：；)）\]］])(?:前掲|上掲|前出|同上|同書|同論文|同誌)(?:書|論文|誌|文献|注)?(?=$|[\s\d,.:;，、．。：；()（）\[p]|[^\W\d_]{2,6}[(（]\d)"
    r"|\A\W{0,3}(?:文献|注)\s?\d{1,3}[)）]?\s?(?:に同じ|と同じ|を?参照|参照)"
    r"|\A\W{0,3}(?:[Ii]bid(?:em)?|[Oo]p\.\s?cit|[Ll]oc\.\s?cit|[Ii]d)\b\.?(?=[\s,.]|$)"
)
_QUOTED = re.compile(r"「[^」]*」|『[^』]*』|“[^”]*”")


def refers_back(text: str) -> bool:
    """Whether a reference names a work only by one above it: 前掲書, 同上, ibid."""
    return _BACK.search(_QUOTED.sub(" ", text)) is not None
