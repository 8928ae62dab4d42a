"""Elements in a row that one sign parts, and what stands beside names, set as books set them.

``題名 山田太郎/著 医学書院 2019年``, ``山田太郎／題名／医学書院／2019``, ``北 澄（きた すみ）``:
which element is which shows from what each one is, and only one may be left to be the title.
"""

from __future__ import annotations

import re
from dataclasses import replace

from refpipe.items.printed.nouns import Part
from refpipe.items.printed.people.japanese_names import (
    HANGUL,
    KANA,
    KANJI,
    LEGAL_FORM,
    ROLE_BEFORE,
    are_plain,
    is_body,
    is_site,
    within,
)
from refpipe.items.printed.people.western_names import Names
from refpipe.items.printed.works.days import DATE, PLAIN_DATE, date_parts
from refpipe.items.printed.works.marks import CUT, Marked
from refpipe.lifetimes import lazy

# ── names of a library's catalogue ────────────────────────────────────────

_BEHIND_STROKE = lazy(
    r"\s?[/／]\s?(?P<role>総?監修|編著|責任編集|編集|共編|編|共著|原著|著|監訳|共訳|翻訳|訳|原作|作|文)"
    r"(?=\s|\Z|[^\s/／]{2,16}[/／](?:監|編|著|訳|作))"
    r"|(?P<priced>監修|編著|編集|編|共著|著|監訳|翻訳|訳)[/／、，,]\s?(?:本体|定価)?\s?[\d,，]{3,6}\s?円"
    r"\s?(?:[+＋（(]?税[込抜別]?[）)]?)?\s?(?P<end>[/／、，,])\s?"
)
_HOUSE_BEHIND = lazy(
    r"\s*(?P<house>[^\s\d.,、，。．/／「」『』（(][^\s\d.,、，。．/／「」『』]{1,23})"
    r"(?:\s+(?=(?P<year>(?:19|20)\d\d(?:年(?:\d{1,2}月)?)?)(?P<call>\s+\d{2,5}(?:\.\d+)?\s*\Z)?)|\s*(?=\Z))"
)
"""The house behind a catalogue's names, the year, and the number under which the book stands."""


def behind_strokes(text: str, shape: str) -> list[tuple[int, int, str]]:
    """What to set for the strokes of a library's catalogue: ``題名 山田太郎/著 医学書院 2019年``.

    Given as (start, end, instead); nothing where blanks do not show where each element begins.
    """
    found: list[tuple[int, int, str]] = []
    begin = 0
    opened = False
    for role in _BEHIND_STROKE.finditer(text):
        at = role.start()
        start = _names_up_to(shape, begin, at)
        if start < 0 or (begin and text[begin:start].strip()):
            return []
        if start:
            blank = len(text[:start].rstrip())
            is_bare = not begin and not re.search("[『』]", text[:blank])
            found.append((blank, start, "，" if begin else "』．" if is_bare else "．"))
            opened = opened or is_bare
        word = role["role"] or role["priced"]
        found.append((at, role.end(), f"（{'著' if word in ('作', '文') else word}）"))
        begin = role.end()
    house = _HOUSE_BEHIND.match(text, begin) if found else None
    if house is None:
        return []
    found.append((begin, house.start("house"), "．"))
    found.append((house.end("house"), house.end(), "，" if house["year"] else ""))
    number = re.match(r"\d{1,3}\s+(?=\S)", text)
    first = number.end() if number and house["call"] else 0
    if house["call"]:
        found.append((*house.span("call"), ""))
    found.append((0, first, "『" if opened else ""))
    return found


def _names_up_to(shape: str, floor: int, end: int) -> int:
    """Where the names before a role begin, as far as blanks show it; -1 where none stand there."""
    starts = [one.start() for one in re.finditer(r"(?<![^\s)」』])[^\s)」』]", shape[:end])]
    best = -1
    for at in [floor] * bool(floor) + [at for at in reversed(starts[-6:]) if at > floor]:
        names = within(shape, at, end)
        if names is None or (best >= 0 and not _goes_on(shape, at, best)):
            break
        best = at
    return best


def _goes_on(shape: str, at: int, start: int) -> bool:
    """Whether names go on before a place: behind a comma, or where one short word stands."""
    is_listed = shape[:start].rstrip().endswith((",", "・"))
    given = re.compile(rf"[{KANJI}{KANA}]{{1,3}}(?=\s?[/,])").match(shape, start)
    family = re.compile(rf"[{KANJI}]{{1,3}}\s").match(shape, at)
    return is_listed or (given is not None and family is not None and len(given[0]) < 3)


_SOLD = r"[^\s、，,.・（）()]{1,16}(?:社|書店|書院|書房|出版会?|堂|館|研究所|新書|文庫|選書)"
_BEHIND_TITLE = lazy(
    r"(?P<title>[^「」『』（）()、，,.．。:：/／]{4,80}?)(?:"
    r"(?P<sign>\s?[、，,]\s*|\s+)(?P<name>[^\s、，,]{2,8}|[\u3400-\u9fff]{1,4}\s[\u3400-\u9fff]{1,4})(?P=sign)"
    rf"(?P<house>{_SOLD})(?P=sign)(?P<year>(?:19|20)\d\d)年?[.．。]?"
    r"|\s?[（(](?P<boxed>[^（）()]{2,60}?)\s?・?(?P<role>編著|監修|監訳|[著編訳])(?=[、，,．/／])"
    r"(?P<rest>[^（）()]{0,60}(?:19|20)\d\d[^（）()]{0,24})[）)]"
    r")\s*\Z"
)


_BEHIND_QUOTED = lazy(
    r"(?P<open>「)[^「」]{4,80}(?P<close>」\s?[（(]?)(?P<name>[^\s、，,（）()]{2,8})(?P<one>[、，,・\s]\s?)"
    rf"(?P<house>{_SOLD})(?P<two>[、，,・\s]\s?)(?:19|20)\d\d(?P<end>年?[）)]?\s*)\Z"
)


def behind_title(text: str, shape: str) -> list[tuple[int, int, str]]:
    """Quotation marks around a title behind which its author, the house and the year stand.

    ``題名, 佐藤弘明, 医学書院, 2020`` and ``題名（佐藤弘明 著、医学書院、2020年）``.
    """
    quoted = _BEHIND_QUOTED.match(text)
    people = within(shape, *quoted.span("name")) if quoted else None
    if quoted and people and are_plain(people):
        signs = {"open": "『", "close": "』", "one": "，", "two": "，", "end": "年"}
        return [(*quoted.span(name), sign) for name, sign in signs.items()]
    found = _BEHIND_TITLE.match(text)
    if found is None or re.search(rf"[\s:：/／]{ROLE_BEFORE}\Z", found["title"]):
        return []
    names = within(shape, *found.span("name" if found["name"] else "boxed"))
    title = within(shape, *found.span("title"))
    if names is None or not (found["boxed"] or are_plain(names)) or (title and are_plain(title)):
        return []
    at = found.end("title")
    if found["boxed"]:
        return [(0, 0, "『"), (at, found.start("boxed"), "』"), (found.end("rest"), len(text), "")]
    edges = [found.span("name"), found.span("house"), found.span("year")]
    gaps = zip((at, edges[0][1], edges[1][1]), (start for start, _ in edges), strict=True)
    return [(0, 0, "『"), *((*gap, sign) for gap, sign in zip(gaps, "』，，", strict=True))]


# ── a book in brackets behind its title ───────────────────────────────────

_MADE = r"共?編著|共著|[原共]?著|編集?|責任編集|監修|監?訳|翻訳"
_BOXED_BEHIND = lazy(
    r"(?P<open>[「『])[^「」『』]{4,80}(?P<close>[」』]\s?[（(])(?P<names>[^（）()「」『』]{2,60}?)\s?"
    rf"(?P<role>{_MADE})(?P<one>\s?[、，,．・／/\s]\s?)(?P<house>[^（）()、，,・／/\s]{{2,24}}?)"
    rf"(?P<two>(?:刊|発行|発売)?[、，,・／/\s]{{1,2}})(?={PLAIN_DATE})"
    r"[^（）()、，,]{4,20}?(?P<end>刊?[）)])\s*\Z"
)


def boxed_behind(text: str, shape: str) -> list[tuple[int, int, str]]:
    """``「題名」（佐藤 弘 著・朝日書房刊、平成20年）``: who made a book, its house and the year."""
    found = _BOXED_BEHIND.match(text)
    if found is None or within(shape, *found.span("names"), is_told=True) is None:
        return []
    signs = {"open": "『", "close": "』", "one": "．", "two": "，", "end": ""}
    role = (found.end("names"), found.end("role"), f"（{found['role']}）")
    return [*((*found.span(name), sign) for name, sign in signs.items()), role]


# ── strokes between all elements ──────────────────────────────────────────

_STROKE = lazy(r"\s?[/／|｜∥‖]\s?")
_ROLE_LAST = lazy(rf"\s?[（(]?(?P<role>{_MADE})[）)]?\Z")
_DATED = lazy(rf"(?:{PLAIN_DATE})(?:刊|発行|出版)?[.．。]?")
_FIGURED = lazy(
    r"(?:[Vv]ol\.?\s?|第\s?)?\d{1,4}\s?(?:巻|[（(]|[:：]|号).*"
    r"|(?:pp?\.?\s?)?\d{1,5}(?:\s?[-–〜～]\s?\d{1,5})?\s?(?:頁|ページ|p)?[.．。]?",
    re.IGNORECASE,
)


def in_strokes(text: str, shape: str) -> list[tuple[int, int, str]]:
    """``佐藤弘 著／題名／朝日書房／2017``: a row in which nothing but strokes part the elements.

    Names, year and figures show what they are, and so does where the house stands: last of the
    words.  One element has to be left, which is the title.
    """
    edges = [0, *(at for one in _STROKE.finditer(text) for at in one.span()), len(text)]
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    if not 3 <= len(spans) <= 6 or re.search(r"[「」『』“”]|https?:|www\.", text):
        return []
    kinds = [_element(text, shape, *span) for span in spans]
    words = [at for at, kind in enumerate(kinds) if kind == "words"]
    named = [at for at, kind in enumerate(kinds) if kind == "names"]
    is_row = kinds.count("date") <= 1 and {"date", "figures"} & set(kinds) and len(words) == 2
    if not is_row or len(named) != 1 or named[0] > 1 or words[1] < named[0]:
        return []
    title, host = words
    if re.search(r"[、，,。：:]", text[slice(*spans[host])]):
        return []
    is_journal = any(
        kind == "figures" and re.search(r"[巻号(（:：]", text[slice(*span)])
        for kind, span in zip(kinds, spans, strict=True)
    )
    opener, closer = "「」" if is_journal else "『』"
    found = [(spans[title][0], spans[title][0], opener), (spans[title][1], spans[title][1], closer)]
    for (_, end), (start, _), kind in zip(spans, spans[1:], kinds[1:], strict=False):
        beside = "" if text[slice(end, start)] and end == spans[title][1] else "．"
        found.append((end, start, "，" if kind in ("date", "figures") else beside))
    return found


def _element(text: str, shape: str, start: int, end: int) -> str:
    """What an element between strokes shows to be."""
    words = text[start:end]
    if _DATED.fullmatch(words):
        return "date"
    if _FIGURED.fullmatch(words):
        return "figures"
    role = _ROLE_LAST.search(words)
    names = within(shape, start, start + role.start() if role else end, is_told=bool(role))
    return "names" if names and (role or are_plain(names)) else "words"


STUDY_GROUP = lazy(
    r"\s*(?P<body>[^.:;,「」『』/]{0,40}(?:「[^「」]{4,120}」|『[^『』]{2,40}』(?=[^「」『』]{0,10}編))"
    r"[^.:,;「」『』/()\d]{0,10}(?:班|グループ|チーム|委員会|編集[部室]))"
    r"(?=\s?(?:[:(.,]|総?監修?|編))[:.,]?"
    r"|\s*(?P<named>[^.:;「」『』/()\d]{2,30}(?:の会|の家|の里|の森|プロジェクト|プロジェクトチーム|倶楽部|クラブ))\s?:(?!\d)(?=\s?\S)"
)
"""A group that is named after its task, which stands in quotation marks, or after what it is."""


def named_after(group: re.Match[str], text: str) -> Names:
    """Such a group as the only name of a list; ``text`` is what is printed."""
    start, end = group.span("body" if group["body"] else "named")
    names = ({"literal": text[start:end].strip()},)
    return Names(names=names, start=start, end=end, kind="japanese")


# ── what stands beside names ──────────────────────────────────────────────

_READING = lazy(
    r"\s?[（(](?:[\u3041-\u309fー]{1,7}[\s・]?[\u3041-\u309fー]{1,7}"
    r"|[\u30a1-\u30faー]{1,7}[\s・]?[\u30a1-\u30faー]{1,7}|[A-Z][a-z’-]{2,},?\s[A-Z][a-z’-]*\.?)[）)]"
)
_NAMED_BEFORE = lazy(
    rf"(?:\A|[\s，、,・：:）)」』])(?P<name>[{KANJI}]{{1,4}}[\s\u3000]?[{KANJI}{KANA}]{{1,4}})\Z"
)
_OF_ROC = lazy(r"(?<=[（(\s，,。．])民(?:國|国)?\s?(?P<n>\d{2,3})\s?年?(?=[）)\s，,。．])")
_YEAR_FIRST = lazy(
    r"(?P<front>[（(]?(?P<year>(?:19|20)\d\d)年?[)）]?\s+)(?P<names>[^「『“\"（(:：.．\d]{2,60}?)"
    r"(?P<sign>\s?[：:「.．]|[，,]\s?(?=[“\"「]))"
)
"""``(2017) 北澄：題名``: the year that other lists have behind the names."""
_FULL_YEAR = lazy(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_SHORT_YEAR = lazy(r"(?<=[,，、])\s?(?P<era>[SHRＳＨＲ])(?P<n>[1-9]\d?)(?=[.．。]?\s*\Z)")
_BEFORE_PAGE = lazy(
    r"(?:(?<![-–—〜～~.\dp])\d{1,4}\s?(?:[(（][^()（）]{1,9}[)）])?|[巻号])[,，、]\Z"
)
"""A volume, behind which S12 is a page of a supplement: 51(3), S12."""
_ERAS = {"S": "昭和", "H": "平成", "R": "令和", "Ｓ": "昭和", "Ｈ": "平成", "Ｒ": "令和"}
_HANGUL_DOT = lazy(rf"(?<=[{HANGUL}])\s?[·ㆍ・‧∙]\s?(?=[{HANGUL}]{{2,4}}(?:[·ㆍ・‧∙\s(（,.]))")


def names_alone(text: str, shape: str) -> list[tuple[int, int, str]]:
    """Names without their reading in kana, Korean ones with commas, and the years of Taiwan.

    A word with its reading may also open a title (``足底筋膜炎（そくていきんまくえん）``), so that
    a reading which is not parted has to stand behind names in front.
    """
    found: list[tuple[int, int, str]] = []
    for one in _READING.finditer(text):
        before = _NAMED_BEFORE.search(text[: one.start()])
        if before is None or re.search("[「『“]", text[: one.start()]):
            continue
        names = within(shape, before.start("name"), one.start())
        is_parted = re.search(r"\S[\s・]\S", one[0].strip()) is not None
        if names and (is_parted or (before.start("name") == 0 and are_plain(names))):
            found.append((*one.span(), ""))
    year = re.search(r"[(（]\s?(?:19|20)\d\d", text)
    if year:
        found += [(*one.span(), ", ") for one in _HANGUL_DOT.finditer(text, 0, year.start())]
    first = _YEAR_FIRST.match(text)
    names = within(shape, *first.span("names")) if first else None
    is_boxed = first is not None and first["front"][0] in "（("
    if first and names and (are_plain(names) or is_boxed or "「" in first["sign"]):
        behind = f"（{first['year']}）{first['sign'].strip()}"
        found += [(*first.span("front"), ""), (*first.span("sign"), behind)]
    if _FULL_YEAR.search(text) is None:
        found += [
            (*one.span(), f" {_ERAS[one['era']]}{one['n']}年")
            for one in _SHORT_YEAR.finditer(text)
            if one["era"] not in "SＳ" or not _BEFORE_PAGE.search(text, 0, one.start())
        ]
    for one in _OF_ROC.finditer(text):
        found.append((*one.span(), str(int(one["n"]) + 1911)))
    return found


_PATH = lazy(r"(?<=[\w」』）)])\s?[＞≫»›]\s?(?=[^\W\d])")
"""``医院＞案内＞題名``: the way through a site."""


def set_apart(text: str, shape: str) -> list[tuple[int, int, str]]:
    """What to set for the signs of a row, and for what stands beside names."""
    rows = (in_strokes, behind_strokes, boxed_behind, behind_title)
    found = next((one for row in rows if (one := row(text, shape))), [])
    if "＜" not in text:
        found += [(*one.span(), "｜") for one in _PATH.finditer(text)]
    if text.count("；") > 3 and not re.search("[，、．。]", text):
        found += [(one.start(), one.end(), "，") for one in re.finditer("；", text)]
    return found + names_alone(text, shape)


# ── judgments ──────────────────────────────────────────────────────────────

_COURT = (
    rf"最(?:高裁(?:判所)?|[大一二三]小?)?|[{KANJI}]{{2,4}}(?:[高地家簡]裁?|(?:高等|地方|家庭|簡易)裁判所)"
    rf"(?:[{KANJI}]{{1,4}}支部?)?"
)
JUDGMENT = lazy(
    rf"\s*[〇○]?(?P<title>(?P<authority>{_COURT})\s?(?:(?:第[一二三]小|大)法廷\s?)?"
    rf"(?:(?:判決?|決定?|中間判決|命令)\s?[(]?(?P<date>{PLAIN_DATE})[)]?"
    rf"|[(]?(?P<day>{PLAIN_DATE})[)]?[^「『:]{{0,24}}?(?:判決|決定|命令)))"
)
"""A court, its decision and the day: 最判平成7年6月9日, 東京地裁平成18年7月26日判決."""
_REPORTER = lazy(
    rf"[\s,・(]*(?P<container_title>[{KANJI}{KANA}]{{1,14}})\s?(?:第?(?P<volume>\d{{1,4}})\s?巻\s?)?"
    r"(?:第?(?P<issue>\d{1,5})\s?号\s?)(?P<page>\d{1,5})(?:\s?頁)?(?:以下)?[)]?"
)
"""Where a judgment is printed: 民集49巻6号1499頁."""


def take_judgment(marked: Marked) -> None:
    """Take a judgment's court and day for its title, and the first reporter that prints it."""
    named = JUDGMENT.match(marked.left)
    if named is None:
        return
    printed = _REPORTER.match(marked.left, named.end())
    name = "date" if named["date"] else "day"
    dated = re.compile(DATE).match(marked.left, named.start(name))
    if dated:
        marked.take("issued", {"date-parts": [date_parts(dated)]}, named.span(name), 0.9)
    if "裁" in named["authority"]:
        marked.take_text("authority", named.span("authority"), 0.85)
    for group in ("container_title", "volume", "issue", "page") if printed else ():
        if printed and printed[group]:
            marked.take_text(group.replace("_", "-"), printed.span(group), 0.85)
    start, end = named.span("title")
    value = marked.text[start:end]
    marked.parts.append(Part(name="title", value=value, start=start, end=end, confidence=0.8))


# ── a site and whose it is ──


def make_host(marked: Marked) -> bool:
    """Make the body that was read as the author the site, since a person wrote the page."""
    one = next((part for part in marked.parts if part.name == "author"), None)
    if one is None or marked.has("container-title"):
        return False
    value = marked.text[one.start : one.end].strip(" ,.:")
    marked.parts[marked.parts.index(one)] = replace(one, name="container-title", value=value)
    return True


def part_site(marked: Marked) -> None:
    """Part a site from the body that stands before or behind it with nothing but a blank between.

    ``歩行局 あるくネット`` has an author, ``あるくネット 歩行財団`` a publisher.
    """
    whole = next((one for one in marked.parts if one.name == "container-title"), None)
    blanks = list(re.finditer(r"\s", marked.text[whole.start : whole.end])) if whole else []
    if whole is None or not blanks or LEGAL_FORM.fullmatch(str(whole.value).split()[0]):
        return
    first, last = whole.start + blanks[0].start(), whole.start + blanks[-1].start()
    text = marked.text
    behind = text[first : whole.end].strip()
    is_named = len(behind) > 5 and is_site(behind) and not is_body(behind)
    if is_named and is_body(text[whole.start : first]):
        name, body, site = "author", (whole.start, first), (first, whole.end)
    elif is_site(text[whole.start : last]) and is_body(text[last : whole.end].strip()):
        name, body, site = "publisher", (last, whole.end), (whole.start, last)
    else:
        return
    marked.parts.remove(whole)
    value, said = (marked.text[slice(*span)].strip() for span in (site, body))
    marked.take("container-title", value, site, whole.confidence)
    marked.take(name, said if name == "publisher" else [{"literal": said}], body, 0.7)


_TITLE_BEFORE = lazy(r"[:.,)]\s?[^:.,]{4,}[.,]\s*\Z")


def may_be_grant(left: str, found: re.Match[str]) -> bool:
    """Whether a title stands before what names the year of a grant: …研究，令和2年度…報告書."""
    return "年度" not in found[0] or _TITLE_BEFORE.search(left[: found.start()]) is not None


# ── theses ──


def take_year_of_school(marked: Marked, start: int, end: int) -> int:
    """Take the year of a school from before its name (平成29年度 北信大学); where that begins."""
    found = re.compile(rf"\s*(?P<day>{DATE})度\s*").match(marked.left, start, end)
    if found is None:
        return start
    value = {"date-parts": [date_parts(found)]}
    marked.take("issued", value, found.span("day"), 0.85, around=found.span())
    return found.end()


def school_behind(left: str, start: int, end: int) -> int:
    """Where the title of a thesis ends before the university behind its last comma."""
    comma = re.compile(
        r"[,(]\s*(?=[^,(]*(?:大学|研究科)[^,]*$)|\s+(?=\S*(?:大学|研究科)\S*$)"
    ).search(left[:end].rstrip(f" ,.{CUT}"), start)
    return comma.start() if comma else end


def is_of_school(masked: str) -> bool:
    """Whether a person, a title and a graduate school are all that is said: a thesis."""
    told = masked.rstrip(" .")
    found = _OF_SCHOOL.fullmatch(told) if len(masked) - len(told) < 8 else None
    return found is not None and not is_body(found["names"].strip())


_OF_SCHOOL = lazy(
    rf"(?P<names>[^「『“:.,()\d]{{2,24}})(?:[,.:\s]|\({PLAIN_DATE}\))*(?:「[^」]+」|『[^』]+』|“[^”]+”)[,.\s]{{0,3}}"
    rf"[^\s「『,.:()]{{2,12}}大学(?:院[^\s「『,.:()]{{0,20}})?(?:研究科|学府|大学院)(?:\s?[^\s「『,.:()]{{2,12}}専攻)?"
    rf"[,.(\s]*(?:{PLAIN_DATE})?[).]*"
)
"""``名前（2017）「題名」北信大学大学院文学研究科``, and no address."""
