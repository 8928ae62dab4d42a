"""What the labeller of Japanese references sees of them.

Japanese print has no blanks between words.  A token is a run of one writing; a role glued to a name
(編, 監修, 訳) and what is left out of a list (ほか, 他) are tokens of their own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from refpipe.items.printed import labeller
from refpipe.items.printed.clean import plain_signs
from refpipe.items.printed.labeller import UNTOLD, Model, Told, Words
from refpipe.items.printed.nouns import Part
from refpipe.items.printed.people.japanese_names import SURNAMES
from refpipe.items.printed.words import word_set
from refpipe.lifetimes import lazy

_KANJI = "\u3400-\u9fff々〆ヶ\uf900-\ufaff\U00020000-\U0003ffff"
_ROLES = (
    "責任編集|原著|総編集?|編集主幹|監修|監訳|編集|編著|共[編著訳]|翻訳|執筆|[著編訳]者|著|編|訳|監"
)
_UNITS = "月号|年度|年|月|日|巻|号|頁|ページ|版|刷|面"
_TOKEN = lazy(
    rf"(?P<unit>(?<=[0-9０-９])(?:{_UNITS})|第(?=[0-9０-９])"
    r"|(?:明治|大正|昭和|平成|令和)(?=[\s0-9０-９元]))"
    rf"|(?P<role>(?:{_ROLES})(?![{_KANJI}])"
    rf"|(?<![{_KANJI}])(?:監修|監訳|編集|編著|翻訳|執筆)(?=[{_KANJI}]))"
    rf"|(?P<left>ほか|他(?![{_KANJI}])|(?<=[{_KANJI}])ら(?![\u3041-\u309f])|et\.?\s?al\b\.?)"
    rf"|(?P<kanji>[{_KANJI}]+?(?=(?:{_ROLES}|他)(?![{_KANJI}])|[^{_KANJI}]|第[0-9０-９]|$))"
    r"|(?P<hira>[\u3041-\u309f]+?(?=ほか|[^\u3041-\u309f]|$))|(?P<kata>[\u30a1-\u30faーｦ-ﾟ]+)"
    r"|(?P<url>(?:https?://|www\.)[!-~]+)"
    r"|(?P<locator>(?<![A-Za-z])[A-Za-z](?=[0-9]))|(?P<latin>[A-Za-zＡ-Ｚａ-ｚÀ-ɏ]+)|(?P<digit>[0-9０-９]+)|(?P<space>\s+)|(?P<sign>.)",
    re.DOTALL,
)
_PARTING = frozenset(' ,.:;|/"“”‘’「」『』()（）[]［］〈〉《》【】〔〕＜＞<>-―—…※*＊')
"""Signs at which a stretch ends; a middle dot parts names only."""
_OPENING = {sign: number for number, sign in enumerate("「『“〈《【([〔<")}
_CLOSING = frozenset("」』”〉》】)]〕>")
_ENDINGS = (
    ("journal", "誌|雑誌|紀要|会報|論文集|抄録集|ジャーナル|研究|医学|Journal|[JM]ed"),
    ("house", "社|書店|書院|書房|出版[部局会]?|堂|館|選書|新書|文庫|プレス|Press"),
    ("body", "省|庁|会|協会|機構|財団|法人|センター|研究所|研究班|病院|大学|大学院|[課部局県市]"),
    (
        "book",
        "ガイドライン|ガイド|マニュアル|ハンドブック|テキスト|入門|概論|白書|指針|全書|教科書|講座",
    ),
    ("paper", "新聞(?:デジタル|電子版)?"),
    (
        "work",
        "効果|検討|治療|診断|影響|予防|対策|関係|課題|評価|現状|報告|症|病|障害|炎|痛|法|例|性",
    ),
)
"""What a stretch may end with, and what that tells of it."""
_ENDING = [(name, re.compile(f"(?:{words})$")) for name, words in _ENDINGS]
_PLACES = word_set("東京 東京都 大阪 京都 名古屋 横浜 札幌 仙台 福岡 神戸 広島 岡山 金沢 新潟 千葉")
_YEAR = lazy(r"(?:1[89]|20)\d\d")


@dataclass(slots=True)
class _Stretch:
    """What stands between two signs that part."""

    first: int
    last: int
    text: str
    before: str
    after: str
    kind: str = ""


def tokens(text: str) -> list[tuple[int, int, str, str]]:
    """(start, end, class, the token as it is compared) of each token."""
    plain = plain_signs(text)
    return [
        (match.start(), match.end(), match.lastgroup or "sign", plain[match.start() : match.end()])
        for match in _TOKEN.finditer(text)
    ]


def features(text: str, told: Told = UNTOLD) -> list[list[str]]:
    """What the labeller sees of each token: itself, its stretch, its neighbours, the grammar."""
    row = tokens(text)
    stretches, place = _stretches(row)
    all_told = _around_all(stretches)
    first_long = next((at for at, one in enumerate(stretches) if _is_long(one)), len(stretches))
    shown = [
        [*_told(stretches, at, is_later=at > first_long), *all_told[at]]
        for at in range(len(stretches))
    ]
    places = [(start, end) for start, end, *_ in row]
    reading, around = labeller.reading(places, [one[2] for one in row], told), _around(row)
    return [
        [
            *own, *shown[place[at]], *_inside(row, stretches[place[at]], at), *around[at],
            *reading[at], f"{reading[at][0]} {stretches[place[at]].kind}",
        ]
        for at, own in enumerate(_own(row))
    ]  # fmt: skip


def _own(row: list[tuple[int, int, str, str]]) -> Iterator[list[str]]:
    """The features of each token itself, and of what has come before it."""
    box, seen = "-", ""
    behind = _behind_boxes(row)
    boxes: dict[str, int] = {}
    for at, (_, _, kind, text) in enumerate(row):
        if kind == "sign" and text in _CLOSING:
            box = "-"
        found = [
            f"k={kind}", f"w={text[:6]}", f"l={text[-2:]}", f"e={text[-1:]}", f"f={text[:1]}",
            f"k={kind}{min(len(text), 6)}", f"b={box}", f"seen={seen}",
            f"k={kind} b={box} seen={seen}",
        ]  # fmt: skip
        if box != "-":
            found += (f"b={box}{boxes[box]}", f"b={box}>{behind[at]}")
        yield found
        if kind == "sign" and text in _OPENING:
            box = text
            boxes[box] = min(boxes.get(box, 0) + 1, 3)
        if kind == "digit" and _YEAR.fullmatch(text) and "y" not in seen:
            seen += "y"
        if kind == "role" and "r" not in seen:
            seen += "r"
        if kind == "url" and "u" not in seen:
            seen += "u"


def _stretches(row: list[tuple[int, int, str, str]]) -> tuple[list[_Stretch], list[int]]:
    """The stretches between signs, and the one in which each token stands."""
    found: list[_Stretch] = []
    place: list[int] = []
    begin, before = 0, "^"
    for at, (_, _, kind, text) in enumerate(row):
        is_parting = kind in ("space", "role", "left") or (kind == "sign" and text in _PARTING)
        sign = " " if kind == "space" else kind if kind in ("role", "left") else text
        if is_parting:
            if at > begin:
                found.append(_made(row, begin, at, before, sign))
                place += [len(found) - 1] * (at - begin)
            found.append(_Stretch(at, at + 1, text, before, "", kind=f"<{sign}>"))
            place.append(len(found) - 1)
            begin, before = at + 1, sign
    if begin < len(row):
        found.append(_made(row, begin, len(row), before, "$"))
        place += [len(found) - 1] * (len(row) - begin)
    return found, place


def _made(
    row: list[tuple[int, int, str, str]], first: int, last: int, before: str, after: str
) -> _Stretch:
    text = "".join(one[3] for one in row[first:last])
    made = _Stretch(first, last, text, before, after)
    kinds = {one[2] for one in row[first:last]}
    if kinds <= {"digit", "sign"}:
        made.kind = "year" if _YEAR.fullmatch(text) else "figures"
    elif "url" in kinds:
        made.kind = "url"
    elif text in _PLACES:
        made.kind = "place"
    else:
        letters = "".join(sorted(kind[:2] for kind in kinds))
        ending = ending_of(text)
        if kinds <= {"kanji", "sign"} and not ending and len(text) <= 12:
            ending = "name" if len(text) <= 5 or "・" in text else ""
            ending = "Name" if ending and (text[:2] in SURNAMES or text[:3] in SURNAMES) else ending
        size = min(len(text), 6) if len(text) < 7 else 8 if len(text) < 12 else 14
        made.kind = f"{letters}{size}{ending}"
    return made


def ending_of(text: str) -> str:
    """What a stretch may be by its last word; nothing where that tells nothing."""
    return next((name for name, pattern in _ENDING if pattern.search(text)), "")


def _told(stretches: list[_Stretch], at: int, *, is_later: bool) -> list[str]:
    """What a stretch is like, and those around it that hold words."""
    own = stretches[at]
    words = [one for one in stretches[max(0, at - 5) : at] if one.kind[0] != "<"]
    later = [one for one in stretches[at + 1 : at + 8] if one.kind[0] != "<"]
    before, after = (words[-1].kind if words else "none"), (later[0].kind if later else "none")
    behind = later[1].kind if len(later) > 1 else "none"
    signs = f"{own.before}{own.after}"
    return [
        f"S={own.kind}", f"S-={before}", f"S+={after}", f"S={own.kind}+{after}",
        f"S={before}-{own.kind}", f"S++{after}{behind}", f"signs={signs}", f"S={own.kind} {signs}",
        f"nth={min(at // 2, 7)}", f"left={min((len(stretches) - at) // 2, 7)}",
        f"end={own.text[-2:]}", f"end={own.text[-3:]}", f"begin={own.text[:2]}",
        f"+role={any('role' in one.after for one in [own, *later[:1]])}",
        f"later={is_later:d}", f"later={is_later:d} {own.kind} {own.before}",
        f"signs+={later[0].before + later[0].after if later else ''}",
        f"signs-={words[-1].before if words else ''}",
    ]  # fmt: skip


def _around_all(stretches: list[_Stretch]) -> list[list[str]]:
    """What stands before and behind each stretch, near or far, and in the whole reference."""
    marks = [_mark_of(stretch) for stretch in stretches]
    before, later = "", [""]
    for mark in reversed(marks):
        later.append(later[-1] if mark in later[-1] else "".join(sorted(later[-1] + mark)))
    whole, found = later[-1], []
    for at, (stretch, mark) in enumerate(zip(stretches, marks, strict=True)):
        behind = later[len(stretches) - at - 1]
        kind = stretch.kind
        found.append([
            f"all={whole}", f"E-={before}", f"E+={behind}", f"S={kind} E-={before}",
            f"S={kind} E+={behind}", f"E={before}|{mark}|{behind}",
            f"all={whole} {stretch.before}{stretch.after}",
        ])  # fmt: skip
        if mark not in before:
            before = "".join(sorted(before + mark))
    return found


_MARKS = {
    "journal": "j", "house": "h", "body": "b", "paper": "p", "name": "n", "Name": "N", "book": "k",
    "work": "w",
}  # fmt: skip


def _mark_of(stretch: _Stretch) -> str:
    """A letter for what a stretch may be, nothing where it does not show it."""
    kind = stretch.kind
    if kind[0] == "<":
        return {"<「>": "q", "<『>": "Q", "<role>": "r"}.get(kind, "")
    if kind in ("url", "year", "place"):
        return kind[0]
    ending = next((mark for name, mark in _MARKS.items() if kind.endswith(name)), "")
    return ending or ("T" if len(stretch.text) >= 8 else "")


def _behind_boxes(row: list[tuple[int, int, str, str]]) -> list[str]:
    """For each token what stands behind the next closing bracket."""
    found, behind = [""] * len(row), "?"
    for at in range(len(row) - 1, -1, -1):
        found[at] = behind
        _, _, kind, text = row[at]
        if kind == "sign" and text in _CLOSING:
            if at + 1 == len(row):
                behind = "$"
            else:
                _, _, after, sign = row[at + 1]
                behind = sign[:1] if after in ("sign", "role", "unit") else after
    return found


def _is_long(stretch: _Stretch) -> bool:
    """Whether a stretch is too long for a name: behind the first such a title has been."""
    return len(stretch.text) >= 6 and not stretch.kind.endswith(("ame", "body", "paper", "url"))


def _inside(row: list[tuple[int, int, str, str]], own: _Stretch, at: int) -> Iterator[str]:
    yield f"in={min(at - own.first, 2)}.{min(own.last - 1 - at, 2)}"
    yield f"in={min(at - own.first, 2)} {row[at][2]} {own.kind}"


def _around(row: list[tuple[int, int, str, str]]) -> list[list[str]]:
    """What stands beside each token, up to the third on either side."""
    edge = ["none"] * 3
    near = [text if kind in ("sign", "role", "left") else kind for _, _, kind, text in row]
    near = [*edge, *near, *edge]
    signs = ["none", *(text if kind == "sign" else kind for _, _, kind, text in row), "none"]
    found = [
        [
            f"-3{near[at]}", f"-2{near[at + 1]}", f"-1{near[at + 2]}",
            f"1{near[at + 4]}", f"2{near[at + 5]}", f"3{near[at + 6]}",
            f"{signs[at]}|{signs[at + 2]}",
        ]
        for at in range(len(row))
    ]  # fmt: skip
    for one, (_, _, _, text) in zip(found[1:], row, strict=False):
        one.extend((f"-1w={text[:3]}", f"-1w={text[-2:]}"))
    for one, (_, _, _, text) in zip(found, row[1:], strict=False):
        one.extend((f"1w={text[:3]}", f"1w={text[-2:]}"))
    return found


JAPANESE = Model(files(__package__ or "") / "labeller_ja.crfsuite.xz", tokens, features)


# ── how much more probable words are in one reading than in another ──────────────────

_LEAST = 1e-3
_LABEL_OF = {
    "title": "title", "container-title": "container", "publisher": "publisher",
    "publisher-place": "place", "collection-title": "series", "volume": "volume",
    "issue": "issue", "page": "page", "edition": "edition", "issued": "date",
    "accessed": "accessed", "author": "author", "editor": "editor", "translator": "translator",
    "editorial-director": "editor", "number": "number", "URL": "url", "DOI": "url",
}  # fmt: skip
"""The label of a field of the grammar."""
_NO_FIELD = ("series", "number", "note", "role")


def gains(
    own: Sequence[Part], theirs: Sequence[Part], parts: Sequence[Part], words: Words
) -> Iterator[tuple[str, float]]:
    """How much more probable the words tagged last are if ``theirs`` stand in the place of ``own``.

    ``parts`` are all of the reading that holds ``own``.
    """
    moves: dict[str, list[float]] = {}
    least = 1.0
    others = [part for part in parts if part not in own]
    for at, (label, start, end, _) in enumerate(words):
        shared = _label(others, start, end) or "other"
        ours = _label(own, start, end) or shared
        their = _label(theirs, start, end) or shared
        if ours == their:
            continue
        if their == "other" and label in _NO_FIELD:
            their = label
        share = JAPANESE.probability(at, their)
        gain = math.log(max(share, _LEAST)) - math.log(max(JAPANESE.probability(at, ours), _LEAST))
        moves.setdefault(f"{ours} to {their}", []).append(gain)
        least = min(least, share)
    gains = [gain for some in moves.values() for gain in some]
    if not gains:
        yield "nothing moved", 1.0
        return
    yield "moved", min(len(gains), 10) / 10
    yield "mean gain", sum(gains) / len(gains) / 4
    yield "sum gain", max(-20.0, min(20.0, sum(gains))) / 10
    yield "least gain", min(gains) / 4
    yield "least", least
    yield from ((f"least {bound}", float(least >= bound)) for bound in (0.3, 0.6, 0.9))
    for move, some in moves.items():
        yield from ((move, 1.0), (f"gain {move}", sum(some) / len(some) / 4))


def _label(parts: Sequence[Part], start: int, end: int) -> str:
    return next(
        (
            _LABEL_OF.get(part.name, "other") for part in parts
            if part.start < end and start < part.end
        ),
        "",
    )  # fmt: skip
