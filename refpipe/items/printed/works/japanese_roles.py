"""Who did what for a Japanese work, told by the words beside the names: 編, 監訳, 監修 鈴木一郎."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from refpipe.items.printed import japanese_rows
from refpipe.items.printed.people import japanese_names, western_names
from refpipe.items.printed.people.japanese_names import JAPANESE, KANA, KANJI, ROLE_BEFORE
from refpipe.items.printed.people.western_names import Name, Names
from refpipe.items.printed.works.days import PLAIN_DATE
from refpipe.items.printed.works.imprint import PUBLISHER
from refpipe.items.printed.works.japanese_stretches import Piece, Segment
from refpipe.items.printed.works.marks import CUT, Marked, is_within_quotes
from refpipe.lifetimes import lazy

_WORDS = {
    "editorial-director": (
        r"総?監修?(?:者|医師?)?(?:・著)?|編集顧問|編集主幹"
        r"|(?<=[(\[])(?:日本語版)?(?:用語|医学|医療|総合|学術|料理|栄養|運動|法律|歯科|薬学){1,2}の?監修"
    ),
    "translator": (
        r"(?:監修[・,]?\s?)?総?監?訳(?:者|代表|・監修)?|(?:監修,\s?)?翻訳(?:監修)?|共訳|邦訳|訳・?編|編訳|訳・?[注註]"
        r"|日本語版(?:総?監修|監訳|翻訳|編集)者?"
    ),
    "editor": (
        r"(?:責任|総|共|専門|企画|代表)?編集?・?(?:著|集代表|集委員会?|集主幹|集責任|者|纂|集協力)?"
        r"|(?<=[会班])作成|編集企画|(?<=[(\s])eds?\.?|編集?・(?:監修|訳|著|発行)|編集・制作|監修・編集?|著・編|企画・編集"
    ),
    "author": (
        r"(?:編集・)?(?:共|原)?著者?|(?:分担|代表)?執筆(?:代表)?|原作|解説|著・監修|監修・著|述|口述"
        r"|(?:研究|主任|代表|分担)(?:代表|分担|研究)者|班長|文責"
    ),
}
_WORD = "|".join(f"(?P<{name.replace('-', '_')}>{words})" for name, words in _WORDS.items())
_ROLE = lazy(
    rf"(?P<cut>[・,，、]?\s?(?:ほか|他|(?<=[\u3400-\u9fff])ら|(?<=\s)with colleagues)"
    r"\s?[・,，、]?\s?)?"
    rf"[(\[=]?\s?(?:{_WORD})\s?[)\]]?(?=\s*(?:$"
    rf"|[,:;./「『(）)\[\]」』”“{CUT}]|(?<=[)\]])・|(?<=著)・(?=[^・]{{2,40}}[編監訳])|\s))"
)
_HARD = lazy(rf"[.:/|「『“”」』()\[\]{CUT}]|(?:^|\s|[,.])(?:In|所収|収録)\s?[:.]?\s")
_LEADING = lazy(
    rf"(?:(?<=^)|(?<=[.,:;/|」』”({CUT}])|(?<=[.,:;/|」』”{CUT}]\s))"
    rf"(?:[(\[【]\s?(?P<marked>{ROLE_BEFORE})\s?[)\]】]\s?:?|[(\[]?(?P<plain>{ROLE_BEFORE})(?:\s?:|/|\s))"
    rf"\s*(?=\w)|(?<=\s)(?P<labelled>{ROLE_BEFORE})\s?:\s*(?=\w)"
    rf"|(?<=\s)\[(?P<boxed>{ROLE_BEFORE})\](?=\w)"
    rf"|(?<=\s)(?P<spaced>(?:総?監修|総?編集|編著|監訳|翻訳|訳|著)者?|編者)\s(?=[{KANJI}]{{1,4}}\s?[{KANJI}])"
)
"""A role that stands before its names: 監修 鈴木一郎, 編集：吉尾雅春."""

_STOP = lazy(rf"[.:;/|「『“()\]{CUT}]|\s(?={PLAIN_DATE})|$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Names with the role that is printed beside them."""

    role: str
    names: Names
    start: int
    end: int
    is_bracketed: bool
    label: str


_OF_TRANSLATION = lazy(
    r"\s*(?P<authors>[^/「『]{2,200}?)\s?\((?P<first>(?:1[89]|20)\d\d)\)\s?/\s?(?P<translators>[^/()「『]{2,120}?)"
    r"\s?(?:監?訳)?\s?\((?P<year>(?:19|20)\d\d)\)\s?[.:,]?\s*"
)
"""``原著者（原書の年）／訳者（訳書の年）：`` as nurses' journals print a translated book."""


def of_translation(left: str) -> tuple[re.Match[str], Names, Names] | None:
    """Who wrote a book and who translated it, each with the year."""
    match = _OF_TRANSLATION.match(left)
    authors = people(left, *match.span("authors")) if match else None
    translators = people(left, *match.span("translators")) if match else None
    return (match, authors, translators) if match and authors and translators else None


def take_translation(marked: Marked) -> tuple[Names, int] | None:
    """Take who wrote and who translated a book, and both years, from before its title."""
    found = of_translation(marked.left)
    if found is None:
        return None
    match, authors, translators = found
    for name, names in (("author", authors), ("translator", translators)):
        value = [dict(one) for one in names.names]
        marked.take(name, value, (names.start, names.end), 0.88)
        if names.is_cut:
            marked.custom[f"{name}-et-al"] = True
    for name, group in (("original-date", "first"), ("issued", "year")):
        marked.take(name, {"date-parts": [[int(match[group])]]}, match.span(group), 0.9)
    marked.cut(*match.span())
    return authors, match.end()


_HEADING_OF_BODY = lazy(
    rf"\s*(?P<heading>[^/:「『]{{2,60}})/\s?(?P<body>[^/:,.()「『]{{2,30}}):\s*(?P<page>[^\s{CUT}].*)?"
)


def take_heading(marked: Marked) -> tuple[Names, int] | None:
    """Take the office between a stroke and a colon: 健康・医療／厚生労働省：…."""
    match = _HEADING_OF_BODY.match(marked.left)
    names = japanese_names.within(marked.left, *match.span("body")) if match else None
    if match is None or names is None or not japanese_names.is_body(match["body"].strip()):
        return None
    both = japanese_names.within(marked.left, match.start("heading"), match.end("body"))
    if both and all(japanese_names.is_body(one.get("literal", "")) for one in both.names):
        value, span = [dict(name) for name in both.names], (both.start, both.end)
        marked.take("author", value, span, 0.85, around=(both.start, both.end + 1))
        return both, both.end + 1
    field, sure = ("container-title", 0.65) if match["page"] else ("title", 0.75)
    marked.take_text(field, match.span("heading"), sure)
    around = (match.end("heading"), match.end("body") + 1)
    value = [dict(name) for name in names.names]
    marked.take("author", value, match.span("body"), 0.8, around=around)
    return names, match.end("body") + 1


_BEHIND_TITLE = lazy(rf"\(\s?(?P<body>[^(),.「『{CUT}]{{2,60}}),?\s?(?={CUT}|{PLAIN_DATE}|\))")
_SITE_OF_BODY = lazy(r"\s*(?P<body>[^(),.:「『]{3,30})\s?\((?P<site>[^()\x00-\x7f]{2,20})\)")


def body_behind_title(left: str) -> tuple[Names, tuple[int, int]] | None:
    """Who brought a work out, in brackets behind its title and before its date."""
    for match in _BEHIND_TITLE.finditer(left):
        names = people(left, *match.span("body"))
        if names and all(japanese_names.is_body(name.get("literal", "")) for name in names.names):
            return names, (match.start(), match.end("body"))
    return None


def site_of_body(left: str) -> re.Match[str] | None:
    """A body and in brackets its site, and no other name of the body: 協会けんぽ.

    Or the site and in brackets the body: e-ヘルスネット（厚生労働省）.
    """
    match = _SITE_OF_BODY.match(left)
    if match is None:
        return None
    if not japanese_names.is_body(match["body"].strip()) or japanese_names.is_site(match["body"]):
        behind = _BODY_OF_SITE.match(left)
        return behind if behind and japanese_names.is_body(behind["body"]) else None
    shared = [sign for sign in match["site"] if sign in match["body"]]
    return match if len(shared) * 3 < len(match["site"]) else None


_BODY_OF_SITE = lazy(
    r"\s*(?P<site>[^(),.:「『]{3,30}?)\s?\((?P<body>[^()\x00-\x7f]{2,20})\)(?=\s?[「『|:])"
)


_IN_FRONT = lazy(
    rf"\s*(?P<house>[{KANJI}{KANA}ー・]{{1,14}}(?:書院|書店|書房|新社|出版[社部局会]?|出版協会|[堂社館舎閣]|ブックス"
    rf"|プレス|ジャパン|インターナショナル|企画|センター)|じほう|ぎょうせい)\s?(?:\([^()]{{1,16}}\)|{CUT}\s*)?"
    rf"(?=[\s『「,.:/{CUT}]|(?:19|20)\d\d)"
)


def house_in_front(left: str, found: list[Phrase]) -> tuple[int, int] | None:
    """A publisher that stands before everything, where others are told to have made the work."""
    house = _IN_FRONT.match(left)
    if house is None or not found or found[0].start < house.end("house"):
        return None
    behind = re.sub(rf"[\s,.:/{CUT}\d年月]", "", left[house.end() : found[0].start])
    is_named = found[0].role in ("editor", "author", "editorial-director")
    is_parted = left[house.end() : house.end() + 1] in " 『「" or not behind
    return house.span("house") if is_named and is_parted else None


def phrases(left: str) -> list[Phrase]:
    """All names of a reference that stand beside the word for what their bearers did."""
    found = list(_leading(left))
    floor = 0
    for role in _ROLE.finditer(left):
        is_read = any(one.start <= role.start() < one.end for one in found)
        is_read = is_read or is_within_quotes(left, role.start())
        if role.start() < floor or role.start() == 0 or is_read:
            continue
        is_told = role["editor"] != "編"
        before = _names_before(left, role.start(), floor, is_told=is_told)
        before = before or _nobody_known(left, role, floor)
        if before is None or _is_part_of_title(left, before[0], role):
            continue
        names, start = before
        is_next = any(role.start() < one.start < role.end() for one in found)  # モロー（訳：…）
        if is_next and not left[start : role.start()].isascii():
            continue
        is_bracketed = left[start - 1 : start] in ("(", "[")
        if is_bracketed and role[0].endswith((")", "]")):
            start -= 1
        name = next(key for key in _WORDS if role[key.replace("-", "_")])
        # The bracket that a role closes may have opened before more than the names.
        end = role.end() - (role[0].endswith(")") and "(" not in left[start : role.end()])
        end = role.start() if is_next else end
        found.append(
            Phrase(
                role="author" if is_next else name,
                names=replace(names, is_cut=names.is_cut or bool(role["cut"])),
                start=start, end=end, is_bracketed=is_bracketed,
                label=role[name.replace("-", "_")],
            )
        )  # fmt: skip
        floor = end + left.startswith("・", end)
    return found


def _nobody_known(left: str, role: re.Match[str], floor: int) -> tuple[Names, int] | None:
    """Who stands between the beginning and a role before a title: フリー雑学隊編『題名』."""
    told = _UNKNOWN.fullmatch(left, floor, role.start()) if floor == 0 else None
    if told is None or not left.startswith(("『", "「"), role.end()):
        return None
    span = told.span("name")
    return Names(
        names=({"literal": told["name"]},), start=span[0], end=span[1], kind="japanese"
    ), span[0]


_UNKNOWN = lazy(rf"\s*(?P<name>[^\s.,:/()「」『』{CUT}のをはがにへ]{{3,24}})\s?")


def people(left: str, start: int, end: int, *, is_told: bool = False) -> Names | None:
    """The names in a stretch, of people or bodies; None where something else stands."""
    stretch = left[start:end]
    if CUT in stretch.strip(f" {CUT}"):
        return None
    names = japanese_names.within(left, start, end, is_told=is_told)
    if names:
        return names
    if not JAPANESE.search(stretch) and re.search("[A-Za-z]", stretch):
        west = western_names.within(left, start, end, is_in_order=True)
        if west and re.fullmatch("[A-Z]{2,10}", stretch.strip(" ,.:;")):
            return replace(west, names=({"literal": stretch.strip(" ,.:;")},))
        return west
    return None


def _leading(left: str) -> list[Phrase]:
    """Names behind the word that says what they did."""
    found = []
    for role in itertools.islice(_LEADING.finditer(left), 12):
        stops = _STOP.finditer(left, role.end())
        found_at = (people(left, role.end(), one.start()) for one in itertools.islice(stops, 2))
        names = next((one for one in found_at if one), None)
        last = names.names[-1] if names else {}
        # 佐藤貴夫 岩波書店 is a name and a house.
        is_run_on = any(
            re.fullmatch("[^ぁ-ん]{4,}", last.get(key, "")) for key in ("family", "given")
        )
        if names is None or role["spaced"] or role["boxed"] or is_run_on:
            names = _up_to_space(left, role.end()) or names
        if names is None or _ROLE.match(left, names.end):
            continue
        is_before = role.start() > 0 and _TOLD_BEHIND.match(left, role.end())
        if role["spaced"] and (is_before or PUBLISHER.search(left[names.start : names.end])):
            continue  # 山田太郎 著 医学書院, モロー 著 山田太郎訳: it belongs to who stands before.
        word = role[role.lastgroup or "spaced"]
        bare = re.sub("(?<=.)者$", "", word)
        name = next((key for key, words in _WORDS.items() if re.fullmatch(words, bare)), "author")
        place = {"start": role.start(), "end": names.end}
        found.append(Phrase(role=name, names=names, **place, is_bracketed=False, label=word))
    return found


_TOLD_BEHIND = lazy(r"[^「『.:()]{2,60}?\s?(?:監訳|共訳|訳|編著?|監修)\s?[「『,.:]")


def _up_to_space(left: str, start: int) -> Names | None:
    """The names up to the first space behind which no more of them stands."""
    best = None
    for space in itertools.islice(re.compile(r"(?<![,;])\s|$").finditer(left, start), 4):
        names = people(left, start, space.start())
        if names and not any(map(japanese_names.is_doubtful, names.names)):
            if best and len(names.names[-1].get("given", "")) > 3:
                break  # 森乾 岩波書店
            best = names
            if len("".join(names.names[-1].values())) > 2:
                break
    return best


def _is_part_of_title(left: str, names: Names, role: re.Match[str]) -> bool:
    """Whether 編 belongs to a word that names a part of a work: 基礎編, 頸椎・胸椎編.

    Or 編集 to what is edited: 遺伝子編集.
    """
    word = left[names.start : names.end]
    before = left[: names.start].rstrip(" ")
    if before.endswith("(") and re.match(r"[^()]{2,6}編\)", left[names.start :]):
        return all(map(japanese_names.is_doubtful, names.names))
    is_beside = before.endswith(("』", "」")) or left.startswith(("『", "「"), role.end())
    is_apart = names.end != role.start() or (is_beside and role[0].strip() == "編集")
    if not is_apart and japanese_names.is_made_of(word, role[0].strip()):
        return True
    is_glued = names.end == role.start() and role[0].strip() == "編"
    is_behind = names.start > len(before) > 0 and before[-1] not in f".,:;/|「」『』“”()[]{CUT}"
    return is_glued and is_behind and all(map(japanese_names.is_doubtful, names.names))


def _names_before(
    left: str, end: int, floor: int, *, is_told: bool = False
) -> tuple[Names, int] | None:
    """The longest list of names that ends where a role stands."""
    start = floor + len(left[floor:]) - len(left[floor:].lstrip(" ,;"))
    found = japanese_rows.STUDY_GROUP.finditer(left, start, end + 3)
    group = ([None, *(one for one in found if one["body"])])[-1]
    if group and group.end("body") <= end and not left[group.end("body") : end].strip(" (["):
        return japanese_rows.named_after(group, left), group.start("body")
    hard = [match.end() for match in _HARD.finditer(left, floor, end)]
    hard = [
        place for place in hard
        if left[place - 1] != "." or not re.search(r"(?<![A-Za-z])[A-Z]\.$", left[:place])
    ]  # fmt: skip
    while hard and not left[hard[-1] : end].strip(" ,/"):
        # The role stands in a bracket of its own, or behind a stroke: its names are before that.
        end = hard[-1] - 1 if left[hard[-1] - 1] == "/" else end
        hard.pop()
    start = hard[-1] if hard else floor
    explained = _IN_BRACKETS.search(left[:end], floor)
    before = _names_before(left, explained.start(), floor) if explained else None
    if before and all(japanese_names.is_body(one.get("literal", "")) for one in before[0].names):
        return before
    starts = [*_behind_strokes(left, hard, floor), start]
    starts += [match.end() for match in re.compile(r"[,;、]\s*|\s+").finditer(left, start, end)]
    for begin in starts:
        names = people(left, begin, end, is_told=is_told)
        if names is None or (begin < start and not _are_alike(names)):
            continue
        if len(names.names) > 1 and _IN_BLANKS.fullmatch(left[begin:end].strip()):
            continue  # 死ぬ瞬間 川口正吉訳: the first may be the end of a title.
        if any(_SOLD.search(one.get("literal", "")) for one in names.names[:-1]):
            continue  # 新しい介護, 講談社, 東田 勉(編集): title and house stand before them.
        # The last word of a title may stand before the comma: …の理学療法 脊柱, 嶋田智明, 編.
        is_word = begin > start and re.match(rf"[{KANJI}]{{1,2}},", left[begin:]) is not None
        if not (is_word and japanese_names.is_doubtful(names.names[0])):
            return names, names.start
    return None


def foreign_before(names: list[Name]) -> int:
    """How many of the names before 訳 are foreign, and so those of who wrote the work."""
    is_native = [re.search(f"[{KANJI}]", "".join(name.values())) is not None for name in names]
    count = next((at for at, native in enumerate(is_native) if native), 0)
    return count if all(is_native[count:]) else 0


def take_behind_comma(
    marked: Marked, start: int, end: int, *, is_plain: bool = False
) -> tuple[int, int]:
    """A title without the author behind its last comma, who is taken."""
    left = marked.left
    comma = re.compile(r",\s*(?=[^,]+,?\s*$)").search(left[:end].rstrip(" ,"), start)
    names = japanese_names.within(left, comma.end(), end) if comma else None
    if comma is None or names is None or any(map(japanese_names.is_doubtful, names.names)):
        return start, end
    if is_plain and not japanese_names.are_plain(names):
        return start, end
    value = [dict(name) for name in names.names]
    marked.take("author", value, (names.start, names.end), 0.65 if is_plain else 0.75)
    return start, comma.start()


def take_writer(marked: Marked, span: Segment, *, is_apart: bool) -> None:
    """Take who wrote a thesis behind its title: 博士論文「題名」西山 玲."""
    names = japanese_names.within(marked.left, span.start, span.end)
    words = [name for name in names.names if not (is_apart and "given" in name)] if names else []
    if names is None or any(map(japanese_names.is_doubtful, words)):
        return
    told = marked.left[names.start : names.end]
    is_body = japanese_names.is_body(told) or re.search(
        "(?:専攻|コース|課程|[分領][野域]|[教講][室座]|学科)$", told
    )
    if not is_body and (is_apart or japanese_names.are_plain(names)):
        value = [dict(name) for name in names.names]
        marked.take("author", value, (names.start, names.end), 0.75 if is_apart else 0.65)


def take_somebody(marked: Marked, piece: Piece) -> bool:
    """Whether a word behind a quoted title is a name, which is taken: 『題名』菅原臥竜、1906年."""
    names = japanese_names.within(marked.left, piece.start, piece.end)
    is_named = any(map(marked.has, ("author", "editor", "translator", "publisher")))
    is_named = is_named or marked.left[piece.start : piece.end].rstrip().endswith(_OF_SHOP)
    if names is None or not japanese_names.are_plain(names) or is_named:
        return False
    value = [dict(name) for name in names.names]
    marked.take("author", value, (names.start, names.end), 0.65)
    return True


def take_author_behind(marked: Marked, pieces: list[Piece]) -> list[Piece]:
    """The pieces without who wrote a book, between its quoted title and its publisher."""
    words = [piece for piece in pieces if piece.sign in ("text", "quoted", "book")]
    is_text = [piece.sign == "text" for piece in words]
    is_told = words[1:] and re.fullmatch(ROLE_BEFORE, marked.left[words[1].start : words[1].end])
    is_fit = is_text in ([False, True], [False, True, True]) and not is_told
    names = people(marked.left, words[1].start, words[-1].end) if is_fit else None
    if names is None:
        return pieces
    is_of_people = not any(japanese_names.is_body(one.get("literal", "")) for one in names.names)
    sure = 0.75 if is_of_people and japanese_names.are_plain(names) else 0.65
    value = [dict(name) for name in names.names]
    marked.take("author", value, (names.start, names.end), sure)
    return pieces[: pieces.index(words[1])]


_SOLD = lazy(r"(?:(?<![会公結神聞信])社|出版|書[店院房])$")
_OF_SHOP = tuple("店屋社堂館房舎")
_IN_BLANKS = lazy(rf"[{KANJI}{KANA}]+\s[{KANJI}{KANA}]+")
_IN_BRACKETS = lazy(r"(?<=\w)\([^()]+\)\s*$")


def _are_alike(names: Names) -> bool:
    """Whether what strokes part are all people or all bodies, and no title and its author."""
    bodies = {japanese_names.is_body(name.get("literal", "")) for name in names.names}
    return len(bodies) == 1 and not any(map(japanese_names.is_doubtful, names.names[:-1]))


def _behind_strokes(left: str, hard: list[int], floor: int) -> list[int]:
    """Where a list of names may begin whose names are parted by strokes: A・B／C・D著."""
    found = []
    for at in range(len(hard) - 1, -1, -1):
        if left[hard[at] - 1] != "/":
            break
        found.append(hard[at - 1] if at else floor)
    return found[::-1]


_ORGANISER = lazy(
    rf".*(?:集|抄録|プログラム)(?P<gap>\s*[,.{CUT}]\s*)(?:(?P<place>[{KANJI}]{{2,4}})\s?[:,]\s*)?(?P<body>[^.:]{{3,40}})$"
)


def take_organiser(marked: Marked, host: Segment, end: int) -> Segment:
    """Take the society that brought proceedings out, behind their name; that name alone."""
    end = host.start + len(marked.left[host.start : end].rstrip(f" ,.{CUT}"))
    found = _ORGANISER.match(marked.left, host.start, end)
    names = people(marked.left, *found.span("body")) if found else None
    if not (found and names and japanese_names.is_body(names.names[0].get("literal", ""))):
        return host
    marked.take_text("publisher", found.span("body"), 0.75)
    if found["place"]:
        marked.take_text("publisher-place", found.span("place"), 0.75)
    return Segment(start=host.start, end=min(host.end, found.start("gap")), sign=host.sign)
