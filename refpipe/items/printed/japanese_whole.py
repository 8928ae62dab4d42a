"""A whole Japanese reference as its labeller reads it.

Where the order or the signs of a reference are of no known form, the grammar leaves words unread or
takes the names into the title.  The labeller has seen elements in every order and
between all signs, and is told how the grammar reads.  Where the two differ ``japanese_choice`` says
which of them stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from refpipe.items.printed import labeller
from refpipe.items.printed.clean import plain_signs
from refpipe.items.printed.doubts import DOUBTED
from refpipe.items.printed.japanese_labeller import JAPANESE
from refpipe.items.printed.labeller import Told
from refpipe.items.printed.nouns import Draft, Head, Part
from refpipe.items.printed.people import japanese_names
from refpipe.items.printed.people.western_names import Names
from refpipe.items.printed.words import word_set
from refpipe.items.printed.works import japanese_roles
from refpipe.items.printed.works.days import DATE, date_parts
from refpipe.lifetimes import lazy

NAMES = ("author", "editor", "translator")
_TEXTS = {
    "title": "title", "container": "container-title", "publisher": "publisher",
    "place": "publisher-place", "series": "collection-title",
}  # fmt: skip
_FIGURES = {name: name for name in ("volume", "issue", "page", "edition")}
_DAYS = {"date": "issued", "accessed": "accessed"}
FIELDS_OF = {
    **{label: (name,) for label, name in (_TEXTS | _FIGURES | _DAYS).items()},
    **dict.fromkeys(
        NAMES, ("author", "editor", "translator", "editorial-director", "container-author")
    ),
}
"""The grammar's fields that a label may be."""
_ONCE = ("author", "title", "container", "publisher", "place", "volume", "page", "edition")
_DATE = lazy(rf"(?<!\d){DATE}", re.IGNORECASE)
_LETTER = lazy(r"[^\W_]")
_UNITS = lazy(
    "第|巻|号|頁|ページ|月号|年度|年|月|日|版|刷|面|以下|発行|刊行?"
    "|(?:最終)?(?:閲覧|アクセス|参照|更新)|確認|取得|公開|検索"
)
_IDLE = word_set(
    """p pp vol no v n 全 総 通巻 ほか 他 ら et al etal 名 雑誌 in 所収 収録 url doi より 注 文献
    出典 参考 出版 付 掲載 accessed から 代表 先生 氏 available from と および 及び"""
)
"""Words that may stand beside the elements without being one."""
_PARTING = lazy(
    r"[＝=]|[&＆](?![ァ-ヶー]++(?!・))|(?<![ァ-ヶーA-Za-z])[&＆]|(?<=[\u3400-\u9fff])(?:および|及び|と)(?=[\u3400-\u9fff])"
)
_Run = tuple[str, int, int, float, int]
"""A label, where its stretch begins and ends, its least probability, how many words it has."""


@dataclass(slots=True)
class Whole:
    """The labeller's reading."""

    draft: Draft
    grammar: list[Part]
    sure: float = 0.0
    """How probable the label is of the word that is least sure."""
    odd: list[str] = field(default_factory=list)
    """What speaks against it: an element twice, a day that is none."""
    lost: set[str] = field(default_factory=set)
    """Fields that the grammar has, and that are none of their own any more."""
    left: int = 0
    """How many letters it explains as nothing."""
    differs: bool = False
    """Whether anything is read otherwise than by the grammar."""


def read(text: str, grammar: Draft) -> Whole:
    """What the labeller reads, and what speaks against it.

    Where both read the same stretch the grammar's field stands, since it knows the roles and forms.
    """
    told = {name for name, *_ in grammar.told[1]}
    runs = [
        run for run in _runs(text, grammar.told)
        if run[0] != "url" and not (run[0] == "accessed" and "accessed" in told)
    ]  # fmt: skip
    own = replace(grammar, parts=[], custom=dict(grammar.custom), head=Head())
    runs = _hosted_runs(text, _of_volume(text, runs), grammar)
    whole = Whole(own, grammar.parts)
    whole.sure = min((sure for *_, sure, _ in runs), default=0.0)
    labels = [label for label, *_ in runs]
    whole.odd += [label for label in _ONCE if labels.count(label) > 1]
    new: list[tuple[int, int]] = []
    labelled = [one for one in grammar.parts if one.name in _LABEL and has_label(one, text)]
    whole.draft.parts += labelled
    for at, (label, start, end, _, _) in enumerate(runs):
        if label in _FIGURES and any(one.start < end and start < one.end for one in labelled):
            continue
        if same := _same(text, grammar.parts, label, start, end):
            whole.draft.parts += [one for one in same if one not in whole.draft.parts]
            continue
        if label in FIELDS_OF:
            new.append((start, end))
        _add(whole, text, (label, start, end), _role(text, runs, at))
    _keep(whole, grammar.parts, new)
    whole.odd += [
        one.name for one in grammar.parts
        if one not in whole.draft.parts and one.name != "issued" and has_label(one, text)
    ]  # fmt: skip
    if not any(one.name == "title" and letters_in(str(one.value)) for one in whole.draft.parts):
        whole.odd.append("untitled")
    whole.differs |= name_head(whole.draft, grammar, text)
    whole.draft.kind = kind_of(whole.draft.parts, grammar, text)
    return whole


def _hosted_runs(text: str, runs: list[_Run], grammar: Draft) -> list[_Run]:
    """A work stands somewhere: a second title behind the first one's full stop says where.

    Where nothing else does, and the grammar left it unread, it is a container or a publisher,
    whichever the labeller holds for the more probable.
    """
    labels = [label for label, *_ in runs]
    named = {one.name for one in grammar.parts} | {name for name, *_ in grammar.told[1]}
    title = next((one for one in grammar.parts if one.name == "title"), None)
    if title is None or labels.count("title") != 2 or _HOSTS & (named | {*labels}):
        return runs
    at = len(labels) - 1 - labels[::-1].index("title")
    start, end, sure, count = runs[at][1:]
    is_free = not any(one.start < end and start < one.end for one in grammar.parts)
    if not is_free or not _STOP.fullmatch(text, title.end, start):
        return runs
    shares = {
        label: sum(
            JAPANESE.probability(place, label)
            for place, word in enumerate(JAPANESE.words(text, grammar.told))
            if start <= word[1] < end
        )
        for label in ("container", "publisher")
    }
    return [
        *runs[:at],
        (max(shares, key=shares.__getitem__), start, end, sure, count),
        *runs[at + 1 :],
    ]


_HOSTS = {"container", "container-title", "publisher", "url", "URL", "DOI", "series"}
_STOP = lazy(r"[.．。]\s*")
_NUMBER = lazy(r"号|no|№|[(（]", re.IGNORECASE)


def _of_volume(text: str, runs: list[_Run]) -> list[_Run]:
    """Figures between a journal and the pages, 12-2, are a volume and an issue, one is a volume."""
    labels = [run[0] for run in runs]
    if labels.count("issue") == 1 and "volume" not in labels:
        at = labels.index("issue")
        start, end = runs[at][1:3]
        is_bare = text[start:end].isdigit() and not _NUMBER.search(text[start - 4 : end + 1])
        return [*runs[:at], ("volume", *runs[at][1:]), *runs[at + 1 :]] if is_bare else runs
    if labels.count("page") != 2 or {"volume", "issue"} & set(labels):
        return runs
    at = labels.index("page")
    start, end, sure, count = runs[at][1:]
    figures = re.fullmatch(r"(\d+)\s?[-‐–]\s?(\d+)", text[start:end])
    if figures is None or not at or labels[at - 1] != "container":
        return runs
    middle, begin = start + figures.end(1), start + figures.start(2)
    both = [("volume", start, middle, sure, count), ("issue", begin, end, sure, count)]
    return [*runs[:at], *both, *runs[at + 1 :]]


def _role(text: str, runs: list[_Run], at: int) -> str:
    """The word for what somebody did, where one stands beside a list of names."""
    start, end = runs[at][1:3]
    beside = (*runs[max(0, at - 1) : at], *runs[at + 1 : at + 2])
    return "".join(
        text[run[1] : run[2]] for run in beside
        if run[0] == "role" and (0 <= run[1] - end <= 2 or 0 <= start - run[2] <= 2)
    )  # fmt: skip


_BY_ROLE = ("editor", "translator", "editorial-director")
_LABELS = {
    "volume": "巻|vol", "issue": r"(?<!月)号|no\b|№", "page": r"頁|ページ|\bpp?\b",
    "number-of-pages": "頁|ページ|p", "number-of-volumes": "巻|冊", "edition": "版|刷",
    "issued": "",
}  # fmt: skip
"""Words beside figures that tell what they are; a year tells itself."""
_LABEL = {name: re.compile(words, re.IGNORECASE) for name, words in _LABELS.items()}


_QUOTES = {"「": "」", "『": "』", "“": "”"}


def has_label(part: Part, text: str) -> bool:
    """Whether a sign tells what the field is: a role, quotation marks, 頁, 第2版, an era."""
    if part.name == "title":
        box = _QUOTES.get(text[part.start - 1 : part.start])
        return box is not None and box not in text[part.start : part.end]
    is_figure = part.name in _LABEL and re.search(r"\d", text[part.start : part.end]) is not None
    around = text[max(0, part.start - 4) : part.end + 3]
    return part.name in _BY_ROLE or (is_figure and bool(_LABEL[part.name].search(around)))


def _plain(text: str) -> str:
    return re.sub(r"[\W_]|ほか|他|(?:代表|共|原|総|責任)?[編監著訳][集修著訳者]*", "", text)


def _same(text: str, parts: list[Part], label: str, start: int, end: int) -> list[Part]:
    """The grammar's fields that hold the same letters as a stretch; a list of names may be two."""
    fields = FIELDS_OF.get(label, ())
    own = [one for one in parts if one.name in fields and one.start < end and start < one.end]
    begin = min((one.start for one in own), default=0)
    stop = max((one.end for one in own), default=0)
    is_same = own and _plain(text[begin:stop]) == _plain(text[start:end])
    return own if is_same else []


def _keep(whole: Whole, parts: list[Part], new: list[tuple[int, int]]) -> None:
    """Keep what the grammar alone knows, where the labeller reads nothing else."""
    for one in parts:
        if one in whole.draft.parts:
            continue
        is_free = not any(one.start < end and start < one.end for start, end in new)
        is_word = (
            not isinstance(one.value, str) or one.start >= one.end or letters_in(one.value) > 0
        )
        is_free = is_free and (is_word or one.name not in _TEXTS.values())
        is_named = any(part.name == one.name for part in whole.draft.parts)
        if is_free and not is_named:
            whole.draft.parts.append(one)
            continue
        whole.differs = True
        is_text = one.name in _TEXTS.values() or isinstance(one.value, list)
        is_renamed = is_text and _is_renamed(one, whole.draft.parts)
        if is_word and not is_named and not is_renamed:
            whole.lost.add(one.name)


def _is_renamed(one: Part, parts: list[Part]) -> bool:
    """Whether what a field held is another field now, and nothing else beside it."""
    return any(
        part.start < one.end
        and one.start < part.end
        and part.end - part.start <= one.end - one.start + 3
        for part in parts
    )


def name_head(draft: Draft, grammar: Draft, text: str) -> bool:
    """Set the list of names in front; whether it was cut short, which the grammar did not see."""
    part = next((one for one in draft.parts if one.name in ("author", "editor")), None)
    head = grammar.head.names
    if part is None or not isinstance(part.value, list):
        return False
    cut = _CUT.match(text, part.end)
    if head is not None and (head.start, head.end) == (part.start, part.end):
        is_more = cut is not None and not head.is_cut
        draft.head.names = replace(head, is_cut=True) if is_more else head
        return is_more
    is_within = _LEFT_OUT.search(text, part.start, part.end) is not None
    draft.head.names = Names(
        names=tuple(part.value), start=part.start, end=part.end, kind="japanese",
        is_cut=cut is not None or is_within, are_editors=part.name == "editor",
    )  # fmt: skip
    return False


_CUT = lazy(r"[\s,，、・／/]*(?:ほか|他(?![\u3400-\u9fff])|ら(?![\u3041-\u309f])|et\.?\s?al|…)")
_LEFT_OUT = lazy(r"(?:ほか|他|ら|et\.?\s?al\.?)\s*$")


def _runs(text: str, told: Told) -> list[_Run]:
    """The stretches that hold letters; signs alone do not part a list of names."""
    found: list[_Run] = []
    last = ""
    for label, start, end, sure in JAPANESE.words(text, told):
        is_word = _LETTER.search(text, start, end) is not None
        is_gap = len(found) > 1 and found[-1][0] == "other" and not found[-1][4]
        if is_gap and label == found[-2][0] and label in NAMES:
            found.pop()
            last = label
        if label == last:
            name, begin, _, least, count = found[-1]
            found[-1] = (name, begin, end, min(least, sure) if is_word else least, count + is_word)
        else:
            found.append((label, start, end, sure if is_word else 1.0, int(is_word)))
        last = label
    return [run for run in found if run[4]]


_ROLE_OF = (
    ("翻?訳", "translator"), ("監", "editorial-director"), ("編", "editor"),
    ("著|執筆|文", "author"),
)  # fmt: skip


def _add(whole: Whole, text: str, run: tuple[str, int, int], role: str) -> None:
    """One element more, or what speaks against the reading."""
    label, start, end = run
    if label not in ("other", "role", "note", "number"):
        start, end = labeller.trimmed(text, start, end)
    value = text[start:end]
    if label in NAMES:
        if text.startswith(role, end) and japanese_names.is_made_of(value, role):
            whole.odd.append(label)
            return
        named = next((name for sign, name in _ROLE_OF if re.search(sign, role)), label)
        _add_names(whole, text, named, start, end)
        if named == "editorial-director":
            _direct(whole, role)
    elif label in _TEXTS:
        start -= text[:start].endswith("第") and value[:1].isdigit()
        end -= value.endswith("第") and text[end : end + 1].isdigit()
        _put(whole, _TEXTS[label], text[start:end], start, end)
    elif label in _FIGURES:
        plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", plain_signs(value)))
        if label == "edition" and text[end : end + 1] == "版":
            plain, end = f"第{plain}版" if plain.isdigit() else f"{plain}版", end + 1
        _put(whole, _FIGURES[label], plain, start, end)
    elif label in _DAYS:
        _add_day(whole, text, _DAYS[label], start, end)
    elif label == "other":
        whole.left += letters_in(value)


def letters_in(text: str) -> int:
    """How many letters stand in words that are no mere labels of days and figures."""
    words = re.findall(r"[^\W\d_]+", _UNITS.sub(" ", text.lower()))
    return sum(len(word) for word in words if word not in _IDLE)


def _direct(whole: Whole, role: str) -> None:
    """監修 alone stands under editors, with its word, if names were read beside it."""
    parts = whole.draft.parts
    part = next((one for one in parts if one.name == "editorial-director"), None)
    if part and not any(one.name == "editor" for one in parts):
        parts[parts.index(part)] = replace(part, name="editor")
        whole.draft.custom["editor-label"] = re.sub(r"\W", "", role) or "監修"


def _put(whole: Whole, name: str, value: object, start: int, end: int) -> None:
    """One field more; the grammar's where it has read the same."""
    if any(part.name == name for part in whole.draft.parts):
        return
    own = Part(name=name, value=value, start=start, end=end, confidence=DOUBTED)
    theirs = (one for one in whole.grammar if one.name == name and _is_like(name, one.value, value))
    found = next(theirs, own)
    whole.differs |= found is own
    whole.draft.parts.append(found)


def _is_like(name: str, one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        own, theirs = re.sub(r"[\W_]", "", one), re.sub(r"[\W_]", "", other)
        if name == "edition":
            return re.findall(r"\d+", one) == re.findall(r"\d+", other) != []
        if name in ("title", "container-title") and own.startswith(theirs):
            return not re.search(r"[^\W\d_]", own[len(theirs) :])  # 2021/2022 ends a name.
        is_more = name in ("volume", "issue") and bool(theirs) and own.startswith(theirs)
        return own == theirs or (is_more and not theirs.isdigit())
    return one == other


def _add_day(whole: Whole, text: str, name: str, start: int, end: int) -> None:
    day = _DATE.search(plain_signs(text[start : end + 1]))
    if day is None or _OF_YEARS.match(text, start + day.end()) or _TO.search(text, 0, start):
        whole.odd.append(name)
        return
    parts = date_parts(day)
    before = next((part for part in whole.draft.parts if part.name == name), None)
    if before is not None and isinstance(before.value, dict):
        if before.value["date-parts"][0][0] != parts[0]:
            whole.odd.append(name)
        elif before in whole.grammar and before.start < before.end <= start:
            return  # Behind the year another day of it is another's: 公開日.
        elif len(parts) > len(before.value["date-parts"][0]):
            whole.draft.parts.remove(before)
    _put(whole, name, {"date-parts": [parts]}, start, end)


_OF_YEARS = lazy(r"年?\s?[～〜~－–-]\s?(?:19|20)\d\d")
_TO = lazy(r"\d{4}年?\s?[～〜~－–-]\s?$")
"""What makes two years a span, of which neither is that of the work."""


def _add_names(whole: Whole, text: str, role: str, start: int, end: int) -> None:
    shape = _PARTING.sub(lambda match: ",".ljust(len(match[0])), plain_signs(text))
    names = japanese_roles.people(shape, start, end)
    value = [dict(name) for name in names.names] if names else _parted(shape[start:end])
    if not value:
        whole.odd.append(role)
        return
    before = next((part for part in whole.draft.parts if part.name == role), None)
    if before is not None and isinstance(before.value, list):
        whole.draft.parts.remove(before)
        value, start = before.value + value, min(start, before.start)
    _put(whole, role, value, start, end)


def _parted(line: str) -> list[dict[str, str]]:
    """Names that have no known form, parted at the signs between them."""
    signs = (
        r"\s*[,;/]\s*" if re.search("[,;/]", line) else r"(?<=[\u3400-\u9fff])・(?=[\u3400-\u9fff])"
    )
    pieces = [piece.strip() for piece in re.split(signs, line) if piece.strip()]
    if any(len(piece) > 40 or not _LETTER.search(piece) for piece in pieces):
        return []
    return [{"literal": piece} for piece in pieces]


def kind_of(parts: list[Part], grammar: Draft, text: str) -> str:
    """The kind of the work; that which the grammar tells where the elements allow it."""
    values = {part.name: part.value for part in parts}
    telling = {"container-title", "publisher", "volume", "issue"}
    before = {part.name for part in grammar.parts}
    has_address = any(name == "URL" for name, *_ in grammar.told[1])
    kind = grammar.kind
    is_alike = values.keys() & telling == before & telling
    is_house = "publisher" in values and "container-title" not in values and kind == "report"
    if (kind == "webpage" and has_address) or (is_alike and not is_house):
        return kind
    if "container-title" in values:
        return _hosted(kind, values.keys(), text)
    if "publisher" in values:
        is_sold = not japanese_names.is_body(str(values["publisher"]))
        is_open = is_sold if kind in ("report", "webpage") else kind in _OTHER
        return "book" if is_open else kind
    if kind not in _OTHER or {"volume", "issue"} & values.keys():
        return kind
    is_report = _REPORT.search(str(values.get("title", ""))) is not None
    return "webpage" if has_address else "report" if is_report else "book"


def _hosted(kind: str, names: AbstractSet[str], text: str) -> str:
    """The kind of what stands in something."""
    if {"volume", "issue"} & names or re.search(r"\d月号", text):
        return "article-journal"
    if "publisher" in names:
        return kind if kind in _HOSTED else "chapter"
    return kind if kind not in ("book", "document", "") else "article-journal"


_OTHER = ("article-journal", "chapter", "document", "webpage", "")
_REPORT = lazy("報告書?|白書|概況|調査|統計|計画|提言|資料|要綱|推計")
_HOSTED = ("paper-conference", "article-newspaper", "webpage", "motion_picture", "dataset")
