"""From parts to an item: CSL spellings, the kind of work, what was left over, what is mended.

What pasting and printing damaged is mended where it is unmistakable, and proposed where it is not.
Every repair carries its reason.  One that is applied can be seen by its ``after`` standing in
the item; the others wait for a registry or a person.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from refpipe.items.printed.articles.pieces import expand
from refpipe.items.printed.clean import Clean
from refpipe.items.printed.japanese_layout import as_printed
from refpipe.items.printed.nouns import Draft, Field, Part, Printed, Rest
from refpipe.items.printed.people.full_names import apart
from refpipe.items.printed.people.japanese_names import JAPANESE
from refpipe.items.printed.words import word_set
from refpipe.items.printed.works import with_days
from refpipe.items.printed.works.imprint import REGIONS, is_house, is_place
from refpipe.lifetimes import lazy
from refpipe.model import Claim, Item, Repair, Span

_CUSTOM = {"number": "article-number"}


def fields(parts: list[Part], clean: Clean, text: str) -> dict[str, Field]:
    """Every part as a field, the first of each name, with its place in the original ``text``."""
    found: dict[str, Field] = {}
    for part in sorted(parts, key=lambda part: part.start):
        if part.name not in found:
            value = _value(part)
            if value == []:
                continue
            span = clean.origin(part.start, part.end)
            if isinstance(value, str):
                value = with_days(value, span.of(text))
            if part.name in ("title", "container-title"):
                value = as_printed(str(value), text, span)
            found[part.name] = Field(value=value, confidence=round(part.confidence, 2), span=span)
    return found


def with_town(read: Printed) -> Printed:
    """The reading whose town alone, or with its state, is no publisher.

    This is told of the reading that stands: what speaks for one of several is seen as it was read.
    """
    if "publisher" not in read.places:
        return read
    found = dict(read.places)
    _settle_town(found, found["publisher"], found.get("publisher-place"))
    if found == read.places:
        return read
    fields = dict(read.fields)
    _settle_town(fields, fields["publisher"], fields.get("publisher-place"))
    named = {one: fields[one].value for one in ("publisher", "publisher-place") if one in fields}
    item = {name: value for name, value in read.reading.item.items() if name != "publisher"} | named
    return replace(read, reading=replace(read.reading, item=item), fields=fields)


def _settle_town(found: dict[str, Field], house: Field, place: Field | None) -> None:
    """A town alone published nothing, nor did its state; a house is not the town of one."""
    is_town = is_place(str(house.value)) and not _SCHOOL.search(str(house.value))
    if place is None and is_town:
        found["publisher-place"] = found.pop("publisher")
    elif place and is_town and is_house(str(place.value)):
        found |= {"publisher": place, "publisher-place": house}
    elif place:
        town, state = sorted((place, house), key=lambda one: one.span.start)
        whole = f"{town.value}, {state.value}"
        is_state = _STATE.fullmatch(str(state.value)) and is_place(f"{town.value} {state.value}")
        if (is_state or state.value in REGIONS) and is_place(str(town.value)) and is_place(whole):
            span = Span(town.span.start, state.span.end)
            found["publisher-place"] = replace(town, value=whole, span=span)
            del found["publisher"]


_STATE = lazy(r"[A-Z]{2}|[A-Z]\.\s?[A-Z]\.?")
_SCHOOL = lazy(r"\([A-Z]{3,}\)")
"""The initials of a body, and no state."""


_ET_AL = lazy(r"\bet\.?\s?(?:al|coll?)\b\.?", re.IGNORECASE)


_EDGE = " 　・･,，、;；:：/／|｜＆&="
"""What parts names from one another and from their role, and is no part of one."""
_BEHALF = lazy(r"^(?:and\s)?on behalf of\s(?:the\s)?")


def _names(names: list[dict[str, str]]) -> list[dict[str, str]]:
    """The names without what parts them, and without one of which "et al." was made a part."""
    whole = [name for name in names if not any(map(_ET_AL.search, name.values()))]
    trimmed = [
        {key: _BEHALF.sub("", _in_one_form(value).strip(_EDGE)) for key, value in name.items()}
        for name in whole
    ]
    return [
        apart({key: value for key, value in name.items() if value})
        for name in trimmed
        if name.get("family") or name.get("literal")
    ]


def _in_one_form(name: str) -> str:
    """A name whose letters are those that everybody writes (ﾔﾏﾀﾞ → ヤマダ); signs stay."""
    if unicodedata.is_normalized("NFKC", name):
        return name
    runs = itertools.groupby(name, _is_letter)
    said = [(is_word, "".join(run)) for is_word, run in runs]
    return "".join(unicodedata.normalize("NFKC", run) if is_word else run for is_word, run in said)


def _is_letter(sign: str) -> bool:
    return sign.isalpha() or unicodedata.category(sign).startswith("M")


def _value(part: Part) -> object:
    """The value in the item's spelling."""
    value = part.value
    if isinstance(value, list):
        return _names(value)
    if isinstance(value, str):
        if part.name == "page":
            return expand(value)
        if part.name in ("volume", "issue"):
            return re.sub(r"\s*[‐‑‒–—−]\s*", "-", value.strip(" .,;:"))
        return re.sub(r"\s+", " ", value)
    return value


def item(found: dict[str, Field], draft: Draft, *, has_doi: bool) -> Item:
    """The item that the fields make."""
    names, kind = draft.head.names, draft.kind
    whole: dict[str, Any] = {}
    custom: dict[str, Any] = dict(draft.custom)
    for name, field in found.items():
        if name in _CUSTOM and kind in ("", "article-journal"):
            custom[_CUSTOM[name]] = field.value
        else:
            whole[name] = field.value
    role = "editor" if names is not None and names.are_editors else "author"
    if names is not None and names.is_cut and role in whole:
        custom[f"{role}-et-al"] = True
    if custom:
        whole["custom"] = custom
    return {"type": _type(whole, kind, has_doi=has_doi), **whole}


def mended(found: dict[str, Field], item: Item) -> dict[str, Field]:
    """The fields with the values that repairs gave the item."""
    return {
        name: replace(field, value=item[name])
        if item.get(name, field.value) != field.value
        else field
        for name, field in found.items()
    }


def _type(whole: dict[str, Any], kind: str, *, has_doi: bool) -> str:
    if kind:
        return kind
    if "container-title" in whole:
        return "article-journal"
    if "publisher" in whole or "ISBN" in whole:
        return "book"
    if "URL" in whole and not has_doi:
        return "webpage"
    return "article-journal" if has_doi or {"volume", "page", "PMID"} & whole.keys() else "document"


def rest(parts: list[Part], known: list[tuple[int, int]], clean: Clean) -> tuple[Rest, ...]:
    """The stretches that became no field, without bare labels and punctuation."""
    covered = sorted([*((part.start, part.end) for part in parts), *known])
    left: list[Rest] = []
    position = 0
    for start, end in [*covered, (len(clean.text), len(clean.text))]:
        if start > position:
            _leave(left, clean, position, start)
        position = max(position, end)
    return tuple(left)


def beyond(text: str, limit: int) -> tuple[Rest, ...]:
    """What of an overlong text was not read at all."""
    left = text[limit:].strip()
    return (Rest(text=left, span=Span(limit, len(text))),) if left else ()


YEAR = lazy(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def twin(masked: str) -> int:
    """Where the same work is named again, in brackets and in the other writing; else the end.

    ``Guilford Press, 2002（越川房子監訳：…，2007）`` is a book and its translation,
    ``臨床心理学, 1, 153-159. (Ito, A. (2001). …)`` an article and its name in English.
    """
    end = len(masked.rstrip(" ."))
    if end < 40 or masked[end - 1] not in ")]":
        return len(masked)
    depth, start = 0, end
    while start and (depth or start == end):
        start -= 1
        depth += (masked[start] in ")]") - (masked[start] in "([")
    front, behind = masked[:start], masked[start:end]
    native, other = _count(front), _count(behind)
    is_twin = (other >= 4 and not native) or (native >= 5 and not other and len(behind) > 40)
    is_dated = all(map(YEAR.search, (front, behind) if native else (front,)))
    return start if is_twin and is_dated else len(masked)


def _count(text: str) -> int:
    return len(JAPANESE.findall(text))


def _leave(left: list[Rest], clean: Clean, start: int, end: int) -> None:
    text = clean.text[start:end]
    is_beside = _ENDS_IN_FIGURE.search(clean.text[:start]) or _FIGURE_NEXT.match(clean.text, end)
    if _is_idle(text, _IDLE | _LABELS if is_beside else _IDLE):
        return
    while not text[0].isalnum():
        start, text = start + 1, text[1:]
    text = text.rstrip(' ,.;:([“"')
    for opener, closer in ("()", "[]", "（）", "［］", "「」", "『』"):
        if text.endswith(closer) and opener not in text:
            text = text.removesuffix(closer)
    span = clean.origin(start, start + len(text))
    left.append(Rest(text=text, span=Span(span.start, span.end)))


def _is_idle(text: str, idle: frozenset[str]) -> bool:
    words = re.findall(r"[^\W_]+", text.lower())
    return all(word in idle for word in words)


_ENDS_IN_FIGURE = lazy(r"\d\W*\Z")
_FIGURE_NEXT = lazy(r"\W*\d")


_IDLE = word_set(
    """vol vols volume no nr issue num p pp page pages doi org http https dx available from at
    online internet and eds ed in et al accessed retrieved pmid pmcid url isbn arxiv editor
    editors cited jan feb mar apr may jun jul aug sep sept oct nov dec january february march
    april june july august september october november december suppl s e 巻 号 頁 年 月 日 第 巻第
    hp ほか 他 ら 参照 閲覧 ページ 頁数 所収 著 編 監修 訳 閲覧日 参照日 最終閲覧日 アクセス日 以下
    号合併号 合併号 通巻 通号
    ホームページ ウェブサイト サイト 号 月号 著者 書名 出版社 発行所 発行者 編者 訳者 掲載 より 条
    edited translated by paper с т presented website site homepage licence license this article is
    項 通達 通知 付 付け 面 発行 公表 改訂 更新 公開 刊 放送 所収 収録
    ª º edition edición edição edn aufl auflage páginas hlm"""
)
_LABELS = word_set(
    """band bd heft jahrgang jg h nummer seite seiten t tom tome tomo fasc fascículo fascicolo
    fascicule numero número numéro årgång årg årgang jaargang roč ročník rocznik č číslo zeszyt
    vuosikerta broj br god cilt sayı blz str ss sid том вып выпуск стр anno año n págs pág núm z
    zesz häfte hæfte afl aflevering letnik št štev jahrg vsk sv siv sivut"""
)
"""Labels of other languages, which beside a figure say nothing; Tom, God and Sid are names too."""


# ── what pasting and printing damaged ──────────────────────────────────

_ROWS: tuple[tuple[str, str, str], ...] = (
    (r"10\.3171/(?:spi\.|.*spine)", "Journal of Neurosurgery: Spine", r"spine|spi\b"),
    (r"10\.3171/(?:ped\.|.*peds)", "Journal of Neurosurgery: Pediatrics", r"pediatr"),
    (r"10\.3171/(?:foc\.|.*focus)", "Neurosurgical Focus", r"focus|foc\b"),
    (r"10\.1148/(?:radiol\b|radiology)", "Radiology", r"^radiology"),
    (r"10\.1148/rg\.", "RadioGraphics", r"radiogr"),
    (r"10\.1097/(?:00007632|brs\.)", "Spine", r"spine"),
    (r"10\.1016/j\.spinee\.", "The Spine Journal", r"spine"),
    (r"10\.1007/s00586-", "European Spine Journal", r"spine"),
    (r"10\.7759/cureus\.", "Cureus", r"cureus"),
    (r"10\.1056/nejm", "New England Journal of Medicine", r"n(?:ew|\.)? *engl|nejm"),
    (r"10\.1001/jama\.\d", "JAMA", r"jama|j\.? *am|journal of the american medical"),
    (r"10\.1136/bmj\.", "BMJ", r"bmj|br(?:itish|\.)? *med"),
    (r"10\.1016/s0140-6736", "The Lancet", r"lancet"),
    (r"10\.1371/journal\.pone\.", "PLoS ONE", r"plos *one"),
    (r"10\.1371/journal\.pmed\.", "PLoS Medicine", r"plos *med"),
    (r"10\.1186/s12891-", "BMC Musculoskeletal Disorders", r"musculoskelet"),
    (r"10\.1136/bjsports-", "British Journal of Sports Medicine", r"sports|bjsm"),
    (r"10\.2519/jospt\.", "Journal of Orthopaedic & Sports Physical Therapy", r"sports|jospt"),
    (r"10\.1016/j\.pain\.", "Pain", r"pain"),
    (r"10\.1093/ptj/", "Physical Therapy", r"phys(?:ical|\.)? *ther|ptj"),
    (r"10\.2106/jbjs\.", "Journal of Bone and Joint Surgery", r"bone|jbjs"),
    (r"10\.1302/", "Bone & Joint Journal", r"bone"),
    (r"10\.1007/s00264-", "International Orthopaedics", r"int(?:ernational|\.)? *orthop"),
    (r"10\.1007/s00198-", "Osteoporosis International", r"osteopor"),
    (r"10\.1002/14651858\.", "Cochrane Database of Systematic Reviews", r"cochrane"),
)
"""Pattern of the DOI, its journal, and what a container must hold to be that journal."""

_TABLE = tuple(
    (re.compile(doi), name, re.compile(sign, re.IGNORECASE)) for doi, name, sign in _ROWS
)


def container_of_doi(doi: str, printed: str) -> str:
    """The journal that the DOI belongs to where the printed one differs; empty otherwise."""
    for pattern, name, sign in _TABLE:
        if pattern.match(doi):
            return "" if sign.search(printed) else name
    return ""


_ORDINARY_ENDING = lazy(
    r"(?:tion|tions|sion|ment|ments|ness|ity|ities|come|comes|ance|ence|ing|ings|sis|ses|logy|ism|ship"
    r"|ture|tures|graphy|apy|apies|ical|tive|ous|ery|ers|ors|ents|ants|ists|ease|eases|ures|tics|tric"
    r"|spine|pain|study|studies|review|trial|trials|children|women|men|life|care|disc|knee|heart|brain"
    r"|model|models|method|methods|effect|effects|role|results?|guidelines?|adults?|syndromes?|cells?)$"
)
"""Endings of ordinary words, behind which a digit can only be a footnote; names of genes and
proteins (Notch1, connexin43) end otherwise."""
_FOOTNOTE = lazy(r"(?P<word>(?<![\w-])[^\W\d_]{4,})(?P<mark>\d|[*†‡§¶]{1,2})$")
_CUT = lazy(r"\s*(?:…|\.\s?\.\s?\.)$")
_GIVEN_NAMES = word_set(
    """dimitrios georgios konstantinos ioannis nikolaos panagiotis christos vasileios athanasios
    michael christopher matthew jennifer jessica elizabeth katherine catherine stephanie
    rebecca nicholas benjamin jonathan timothy gregory kenneth jeffrey patricia deborah
    barbara margaret susan andrea alessandro giuseppe giovanni francesco marco maria anna
    laura stefano wolfgang jürgen hans klaus dieter heinz ursula sabine jacques françois
    philippe nathalie isabelle mohammed mohamed muhammad ahmed fatima hassan mehmet mustafa
    sergei vladimir dmitri natalia hiroshi takeshi kenji yoshiko akira makoto kazuo satoshi"""
)
"""Given names that are hardly ever family names."""


def mend(item: Item, claims: Sequence[Claim]) -> tuple[Item, tuple[Repair, ...]]:
    """The item with what is unmistakable mended, and every repair made or proposed."""
    mended: dict[str, Any] = dict(item)
    repairs: list[Repair] = []
    if isinstance(mended.get("title"), str):
        _mend_title(mended, repairs)
    _doubt_names(mended, repairs)
    _doubt_container(mended, claims, repairs)
    return mended, tuple(repairs)


def _mend_title(item: dict[str, Any], repairs: list[Repair]) -> None:
    title = item["title"]
    title = _apply(
        title, re.sub(r"\s+:(?=\s)", ":", title), "a space stood before the colon", repairs
    )
    if _CUT.search(title):
        item["custom"] = {**item.get("custom", {}), "title-is-cut": True}
        reason = "the title breaks off here; the whole one must come from a registry"
        repairs.append(Repair(field="title", before=title, after=title, reason=reason))
    elif re.search(r"(?<![.\s][^\W\d_])\.$", title) and not title.endswith(".."):
        bare = title[:-1]
        title = _apply(title, bare, "a full stop stood before the closing mark", repairs)
    item["title"] = _without_footnote(title, repairs)


def _apply(before: str, after: str, reason: str, repairs: list[Repair]) -> str:
    if before != after:
        repairs.append(Repair(field="title", before=before, after=after, reason=reason))
    return after


def _without_footnote(title: str, repairs: list[Repair]) -> str:
    match = _FOOTNOTE.search(title)
    if not match:
        return title
    bare = title[: match.start("mark")]
    is_plain = _ORDINARY_ENDING.search(match["word"].lower()) is not None
    if not match["mark"].isdigit() or is_plain:
        return _apply(
            title, bare, f"“{match['mark']}” at the end is the mark of a footnote", repairs
        )
    if match["word"].islower():
        reason = f"“{match['mark']}” at the end may be the mark of a footnote"
        repairs.append(Repair(field="title", before=title, after=bare, reason=reason))
    return title


def _doubt_names(item: dict[str, Any], repairs: list[Repair]) -> None:
    """A list of bare family names in which a given name has slipped."""
    authors = item.get("author") or []
    if any("given" in name or "literal" in name for name in authors):
        return
    for name in authors:
        family = name.get("family", "")
        if "non-dropping-particle" in name:
            continue
        if len(authors) > 1 and family.lower() in _GIVEN_NAMES:
            reason = "this is a given name; the family name is missing or stands before it"
            repairs.append(Repair(field="author", before=family, after="", reason=reason))


def _doubt_container(item: dict[str, Any], claims: Sequence[Claim], repairs: list[Repair]) -> None:
    """A container that is not the one its DOI belongs to."""
    printed = item.get("container-title")
    if not isinstance(printed, str):
        return
    for claim in claims:
        if claim.identifier.scheme.value == "doi":
            expected = container_of_doi(claim.identifier.value, printed)
            if expected:
                reason = f"the DOI {claim.identifier.value} is one of {expected}"
                repairs.append(
                    Repair(field="container-title", before=printed, after=expected, reason=reason)
                )
                return


# ── a title printed in two languages: the first is the item's, the second its twin ────

_BRACKETED = lazy(r"(?P<first>.+?)\s*[\[［(（]\s*(?P<second>[^\[\]［］()（）]{8,}+)\s*[\])）]\s*$")
_EQUAL = lazy(r"(?P<first>.+?)\s+[=＝]\s+(?P<second>.{8,})$")


def parted(item: Item) -> Item:
    """The item with a translation behind its title moved to ``custom["twin"]``.

    Only a title in Japanese with one in Latin letters behind it, or the other way about, is
    parted; any other bracket is part of the title.
    """
    title = item.get("title")
    if not isinstance(title, str):
        return item
    match = _EQUAL.fullmatch(title) or _BRACKETED.fullmatch(title)
    if match is None or _is_japanese(match["first"]) == _is_japanese(match["second"]):
        return item
    if not _is_japanese(match["second"]) and len(match["second"].split()) < 2:
        return item
    language = "ja" if _is_japanese(match["second"]) else "en"
    twin = {"title": match["second"].strip(), "language": language}
    custom = {**item.get("custom", {}), "twin": twin}
    return {**item, "title": match["first"].strip(), "custom": custom}


def _is_japanese(text: str) -> bool:
    return JAPANESE.search(text) is not None
