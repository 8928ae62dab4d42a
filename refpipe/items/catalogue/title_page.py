"""What a book's title page says, as catalogues write it: who did what, when, how long it is.

A statement of responsibility, 責任表示, is what stands there (``結城浩 著``, ``トビー・セガラン,
コリン・エバンス著 ; 玉川竜司訳``); the catalogue's authority names say which part of a name is the
family's and know no roles.  So roles and order come from the statement, and the parts of a name
from the authority that bears it out; a name that nobody has parted stays whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from refpipe import dates
from refpipe.model import Certainty, Claim, Identifier, Item, Reading, Record, Repair, Scheme
from refpipe.normalise.text import JAPANESE

Name: TypeAlias = dict[str, str]

_ROLES = {
    "author": "著 著者 著作 共著 編著 編著者 執筆 原著 主著 作 文 述 原作 著・訳 話 選 筆"
    " 编著 지음 저 글",
    "editor": "編 編集 編者 共編 編纂 編輯 責任編集 企画編集 編集代表 総編集 専門編集 企画・編集"
    " 主編 編者代表 編集主幹 編集幹事 編集委員 主编 编 엮음 편",
    "editorial-director": "監修 総監修 監修者 医学監修 監修・著 監修・執筆 監修・編集 編集・監修"
    " 監修代表 감수",
    "translator": "訳 監訳 共訳 翻訳 訳編 編訳 抄訳 訳者 全訳 訳著 訳注 訳・監修 監修・訳 監訳・訳"
    " 総監訳 訳者代表 監訳者 監訳代表 译 譯 옮김 역",
    "illustrator": "絵 画 イラスト 写真 挿絵 挿画 作画 原画 さし絵 撮影",
    "composer": "作曲 音楽",
    "director": "監督",
    "performer": "出演 演 朗読 演奏",
    "script-writer": "脚本",
    "contributor": "解説 序 序文 協力 著・文・その他 指導・執筆 編曲 デザイン 出題・監修 注 校注"
    " 校閲 校訂 医学校閲",
}
"""Role of CSL → the words for it, counted in records of NDL Search and CiNii
(https://docs.citationstyles.org/en/stable/specification.html#name-variables)."""

_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words.split()}
_ENGLISH_ROLES = {
    "editor": "editor", "editors": "editor", "ed": "editor", "eds": "editor",
    "translator": "translator", "author": "author", "authors": "author", "hrsg": "editor",
    "hg": "editor", "éd": "editor", "dir": "editor", "trans": "translator", "übers": "translator",
}  # fmt: skip
_GLUED = frozenset(
    """
    著 共著 編著 執筆 編 編集 共編 編纂 監修 責任編集 訳 監訳 共訳 翻訳 編訳 原著 原作 監修・執筆
    指導・執筆 総監修 総編集 医学監修 監修代表 主編 主编 编著 编 译 編者代表 編集主幹 総監訳
    訳者代表 監訳者 校閲 校訂 医学校閲
    """.split()  # noqa: SIM905
)
"""The roles that may stand behind a name without a gap; ``文`` and ``作`` end names as well."""

_WORD = "|".join(sorted(map(re.escape, _ROLE_OF), key=len, reverse=True))
_CLOSE = "|".join(sorted(map(re.escape, _GLUED), key=len, reverse=True))
_OTHERS = r"(?:(?:ほか|他)(?:\s*\d+\s*[名人])?|et al\.?)"
_MORE = rf"(?:\s*\[?\s*{_OTHERS}\s*\]?)"
_SPACED = re.compile(rf"(?P<name>.+?)(?:{_MORE}\s*|\s+)\[?(?P<role>{_WORD})\]?{_MORE}?")
_UNSPACED = re.compile(rf"(?P<name>.+?)(?:\[(?P<boxed>{_WORD})\]|(?P<role>{_CLOSE})){_MORE}?")
_SLASHED = re.compile(r"(?P<name>[^∥／/]+)[∥／/]\s*(?P<role>[^∥／/,]+)")
_ET_AL = re.compile(rf"\s*(?:\[?\s*{_OTHERS}\s*\]?|\.\.\.\s*\[et al\.?\])\s*$")
_BRACKETED = re.compile(
    rf"(?P<name>[^()\[\]]+?)\s*[(\[](?P<role>{'|'.join(_ENGLISH_ROLES)})\.?[)\]]", re.IGNORECASE
)
_MARKS = str.maketrans("〔〕［］；，", "[][];,")
_YEARS = re.compile(
    r",\s*(?:(?:pub\.|b\.|d\.|ca\.?|fl\.)\s*)?-?\d{3,4}.*$|,\s*-\d{3,4}$|,\s*\d+世紀.*$"
)
_JAPANESE = re.compile(f"[{JAPANESE}]")

_PARALLEL = re.compile(r"\s=\s.*$")
"""The statement once more in another language."""
_ROLE_BEFORE = re.compile(r"(?P<role>\w+)\s*[:：]\s*(?P<names>.+)")
_EUROPEAN = re.compile(r"\[?[a-zà-ÿ][\x00-\u024f]*$")
_WORDY = re.compile(r"\b(?:by|hrsg|hg|éd|trad|a cura|[a-zà-ÿ]{5,})\b")
"""A part in Latin letters that begins small and has such a word is about people; it is no name
(``van der Berg``)."""
_BY = re.compile(r"(?P<did>\b\w+\s+(?:and\s+\w+\s+)?)?\bby\s+(?P<names>.+)")
_VON = re.compile(
    r"\[?(?P<did>(?:aus\b.+\b)?(?:hrsg|herausgeg|hg|übers)\S*|sous la dir\S*|a cura"
    r"|(?:[ée]d|dirig|trad)\S*(?: du \S+| de l[’']\S+)?)"
    r"\s+(?:von|par|por|de|di)\s+(?P<names>.+)",
    re.IGNORECASE,
)
"""``hrsg. von``, ``traduit de l'anglais par``, ``a cura di``: the same in German and Romance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A name as the catalogue's authority file has it, and how it is read."""

    family: str
    given: str = ""
    reading: str = ""

    @property
    def key(self) -> str:
        """The whole name without gaps."""
        return _folded(self.family + self.given)

    @property
    def words(self) -> frozenset[str]:
        """The words of the name in any order."""
        return frozenset(_folded_words(f"{self.given} {self.family}"))

    def name(self) -> Name:
        """CSL's name."""
        if not self.given:
            return {"literal": self.family}
        return {"family": self.family, "given": self.given}


@dataclass(slots=True, kw_only=True)
class People:
    """The people of a book by role, and whether the statement says that there are more."""

    roles: dict[str, list[Name]] = field(default_factory=dict)
    has_more: bool = False

    def add(self, role: str, name: Name) -> None:
        """Put a name behind the others of its role, once."""
        listed = self.roles.setdefault(role, [])
        if name not in listed:
            listed.append(name)

    def item(self) -> Item:
        """The people as CSL's variables."""
        custom: Item = {"custom": {"author-et-al": True}} if self.has_more else {}
        return dict(self.roles) | custom


def authority(written: str, reading: str = "") -> Authority:
    """``結城, 浩, 1963-`` or ``Van Rossum, Guido``; a name without comma is that of a body."""
    bare = _YEARS.sub("", " ".join(unicodedata.normalize("NFC", written).split()))
    family, _, given = (
        bare.replace("/", ", ", 1).partition(",") if "/" in bare else bare.partition(",")
    )
    return Authority(
        family=family.strip(" ."),
        given=_without_stop(given.strip()),
        reading=_YEARS.sub("", reading).strip(),
    )


def _without_stop(given: str) -> str:
    """The given name without the full stop that ends the field, but with that of an initial."""
    return given[:-1] if re.search(r"\w{3,}\.$", given) else given


def people(statements: Sequence[str], authorities: Sequence[Authority]) -> People:
    """Everybody whom the statements name, each with a role; without statement, the authorities."""
    found = People()
    for statement in statements:
        for role, name in _read(statement, found, authorities):
            found.add(role, _named(name, authorities))
    if not found.roles:
        for one in authorities:
            found.add("author", one.name())
    _settle(found.roles)
    return found


def has_role(written: str) -> bool:
    """Whether a role stands behind the name: ``青山剛昌∥原作``, ``佐藤花子 著``."""
    return bool(_parted(written.translate(_MARKS), [])[1])


def _settle(roles: dict[str, list[Name]]) -> None:
    """Who supervised a book that names nobody else is the one whom readers know it by."""
    if "editorial-director" in roles and not roles.keys() & {"author", "editor"}:
        roles["editor"] = roles.pop("editorial-director")


def _read(
    statement: str, found: People, authorities: Sequence[Authority]
) -> Iterator[tuple[str, str]]:
    """(role, name) for each person of one statement."""
    for part in _PARALLEL.sub("", statement).translate(_MARKS).split(";"):
        if _EUROPEAN.match(part.strip()) and _WORDY.search(part):
            yield from _said_in_english(part.strip(), found)
            continue
        if (before := _ROLE_BEFORE.fullmatch(part.strip())) and before["role"] in _ROLE_OF:
            names = filter(None, map(str.strip, re.split(r",|、", before["names"])))
            yield from ((_ROLE_OF[before["role"]], name) for name in names)
            continue
        waiting: list[str] = []
        role = ""
        for token in filter(None, map(str.strip, re.split(r",|、", part))):
            name, its_role, has_more = _parted(token, authorities)
            found.has_more = found.has_more or has_more
            if not its_role:
                waiting.append(name)
                continue
            role = its_role
            yield from ((role, one) for one in (*waiting, name) if one)
            waiting = []
        yield from (
            (role or "author", one) for one in waiting if _is_person(one, role, authorities)
        )


def _said_in_english(part: str, found: People) -> Iterator[tuple[str, str]]:
    """(role, name) of ``edited by Jane Doe and John Roe``; nobody where nothing is "by" anyone."""
    if match := _VON.match(part):
        role = "translator" if re.search("übers|trad", match["did"], re.IGNORECASE) else "editor"
    elif match := _BY.search(part):
        role = next((role for role, word in _ENGLISH if word.search(match["did"] or "")), "author")
    else:
        return
    found.has_more = found.has_more or bool(_ET_AL.search(part))
    for name in re.split(
        r",\s+(?:and\s+)?|\s+(?:and|und|et)\s+",  # The Romance y and e stand within names too.
        _ET_AL.sub("", match["names"]).strip("[]. "),
    ):
        if name.strip(". "):
            yield role, name.strip()


def _is_person(token: str, role: str, authorities: Sequence[Authority]) -> bool:
    """Whether what stands behind the last role is one more name, and not one more role."""
    return bool(token) and (not role or _known(token, authorities) is not None)


def _parted(token: str, authorities: Sequence[Authority]) -> tuple[str, str, bool]:
    """The name, the role (empty for none) and whether more people are said to be."""
    has_more = bool(re.search(r"ほか|\[他\]|他\s*\d+\s*[名人]|et al", token))
    return (*_name_and_role(token, authorities), has_more)


def _name_and_role(token: str, authorities: Sequence[Authority]) -> tuple[str, str]:
    if (borne_out := _borne_out(token, authorities)) is not None:
        return borne_out
    if marked := _SLASHED.fullmatch(token) or _BRACKETED.fullmatch(token):
        word = marked["role"].strip()
        known = _ROLE_OF.get(word) or _ENGLISH_ROLES.get(word.lower())
        return marked["name"].strip(), known or "contributor"
    for pattern in (_SPACED, _UNSPACED):
        if match := pattern.fullmatch(token):
            word = match["role"] or match.groupdict().get("boxed") or ""
            return _ET_AL.sub("", match["name"]).strip(), _ROLE_OF[word]
    if role := _ROLE_OF.get(token.strip("[]")) or _ENGLISH_ROLES.get(token.strip("[].").lower()):
        return "", role
    name, gap, last = token.rpartition(" ")
    if gap and _JAPANESE.search(last) and _known(name, authorities) is not None:
        return name, "contributor"
    return _ET_AL.sub("", token).strip(), ""


def _borne_out(token: str, authorities: Sequence[Authority]) -> tuple[str, str] | None:
    """The name that an authority has, and the role whose word is all that stands behind it.

    The role is empty where nothing does.
    """
    if _known(token, authorities) is not None:
        return token, ""
    whole = "".join(token.split())
    for one in authorities:
        name = "".join(f"{one.family}{one.given}".split())
        rest = whole.removeprefix(name).strip("[]")
        if name and _JAPANESE.search(name) and rest in _ROLE_OF and whole.startswith(name):
            return name, _ROLE_OF[rest]
    return None


def _named(name: str, authorities: Sequence[Authority]) -> Name:
    """CSL's name: parted as the authority has it, else whole."""
    known = _known(name, authorities)
    if known is None:
        return _western(name)
    is_same_script = bool(_JAPANESE.search(known.family)) == bool(_JAPANESE.search(name))
    return known.name() if known.given and is_same_script else {"literal": name}


def _known(name: str, authorities: Sequence[Authority]) -> Authority | None:
    key, words = _folded(name), frozenset(_folded_words(name))
    for one in authorities:
        if one.key == key or (one.words == words and words):
            return one
    return None


def _western(name: str) -> Name:
    """``Toby Segaran`` in two parts; anything longer or in another script stays whole."""
    parts = name.split()
    if len(parts) == 2 and name.isascii() and all(part[:1].isupper() for part in parts):
        return {"family": parts[1], "given": parts[0]}
    return {"literal": name}


def _folded(text: str) -> str:
    return "".join(_folded_words(text))


def _folded_words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


_ENGLISH = (
    (
        "editor",
        re.compile(r"\b[eé]dit|\bcompil|hrsg|herausg|\bhg|\béd|\bdir|a cura", re.IGNORECASE),
    ),
    ("translator", re.compile(r"\btransl|\btrad|übers", re.IGNORECASE)),
    ("illustrator", re.compile(r"\billustrat|\bpictures|\bphoto", re.IGNORECASE)),
    ("narrator", re.compile(r"\bread by|\bnarrat", re.IGNORECASE)),
    ("contributor", re.compile(r"\bforeword|\bintroduc|\bpreface", re.IGNORECASE)),
)


def english(statement: str, authorities: Sequence[Authority]) -> People:
    """Each authority with the role that an English statement gives it; an author without one."""
    found = People(has_more="et al" in statement)
    parts = re.split(r"\s*[;\[\]]\s*", statement)
    for one in authorities:
        found.add(_english_role(one, parts), one.name())
    return found


def _english_role(one: Authority, parts: Sequence[str]) -> str:
    family = _folded(one.family)
    for part in parts:
        if family and family in _folded(part):
            return next((role for role, word in _ENGLISH if word.search(part)), "author")
    return "author"


# ── When a book came out, how long it is, and what series it stands in, as catalogues write it ────


_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_DAY = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)[.\-/年](\d{1,2})(?!\d)(?:[.\-/月](\d{1,2})(?!\d))?")
_RANGE = re.compile(r"\d{4}[.\d]*\s*[-~～]\s*(?:\d{4}|$)")
_ERA_MONTH = re.compile(r"\d\.(\d{1,2})\b")
_PAGES = re.compile(r"(?<![\d.])(\d{1,5})\s?p(?:\.|\b)", re.IGNORECASE)
_SEVERAL = re.compile(r"\d\s*[冊巻枚]|\bv\.")


def issued(written: str, known: str = "") -> dict[str, Any] | None:
    """CSL's date of what is printed; ``known`` is a plain year that a field beside it gives.

    ``c2007`` and ``[2007]`` are 2007; a year of a Japanese era counts only as far as ``known``
    bears it out; of a range of years, in which several volumes came out, the first.
    """
    text = unicodedata.normalize("NFKC", written)
    sure = _YEAR.search(unicodedata.normalize("NFKC", known))
    year = _YEAR.search(text)
    if year is None:
        if sure is None:
            return None
        month = _ERA_MONTH.search(text)
        return _date([sure[1], month[1] if month else None])
    day = _DAY.search(text)
    if day is None or _RANGE.search(text):
        return _date([year[1]])
    return _date([part for part in day.groups() if part]) or _date([year[1]])


def _date(parts: list[Any]) -> dict[str, Any] | None:
    found = dates.from_parts([[part for part in parts if part]])
    return {"date-parts": dates.to_parts(found)} if found else None


def pages(extent: str) -> str:
    """The number of pages, where the extent is that of one volume with one run of pages."""
    text = unicodedata.normalize("NFKC", extent)
    found = _PAGES.findall(text)
    is_one = len(found) == 1 and not _SEVERAL.search(text) and not re.search(r"\d,\s*\d", text)
    return found[0] if is_one else ""


def series(written: str) -> dict[str, str]:
    """Title and number of the series: ``講談社現代新書 ; 2117``."""
    title, _, number = written.rpartition(" ; ")
    if not title:
        return {"collection-title": written.strip()} if written.strip() else {}
    return {"collection-title": title.strip(), "collection-number": number.strip()}


# ── The whole record as an item ─────────────────────────────────────────────────────────────────


def reading(record: Record, item: Item, isbns: list[Identifier], found: list[Repair]) -> Reading:
    """The item with its number, and what it answers for."""
    own = record.identifier
    number = own.value if own.scheme is Scheme.ISBN else next((one.value for one in isbns), "")
    whole = {name: value for name, value in item.items() if value}
    whole |= {"ISBN": number} if number else {}
    claim = Claim(identifier=own, certainty=Certainty.CONFIRMED)
    return Reading(item=whole, claims=(claim,), repairs=tuple(found))
