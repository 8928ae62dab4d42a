"""Lists of authors: how far one reaches, and who is named in it.

``scan`` walks an open list name by name until something is no name; ``within`` reads a stretch
that is known to hold nothing but names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from refpipe.items.printed.words import (
    LOWER,
    PARTICLES,
    UPPER,
    ends_as_organisation,
    is_organisation,
)
from refpipe.lifetimes import lazy

Name = dict[str, str]

_U, _L = UPPER, LOWER
_WORD = (
    rf"(?:[{_U}{_L}]['’]|(?:de|la|le|van|von|di|da)(?=[{_U}][{_L}]))?"
    rf"[{_U}][{_U}{_L}'’]*[{_U}{_L}](?:-[{_U}{_L}’']+){{0,3}}(?!\w)"
)
_PARTICLE = (
    r"(?:van|von|der|den|dem|de|del|della|di|da|dos|das|do|du|la|le|el|al|ten|ter|te|zu|zur|zum|af|av"
    r"|bin|ben|ibn|y|e|i|’t|'t|in|op|Van|Von|Der|Den|De|Del|Di|Da|Dos|Du|La|Le|El|Al|St\.|St|San)"
)
_FAMILY = (
    rf"(?![eiy]\s)(?:{_PARTICLE}\s){{0,3}}{_WORD}(?:[\s-](?:{_PARTICLE}\s){{0,3}}{_WORD}){{0,4}}"
)
_UNDOTTED = (
    rf"(?:[{_U}](?:de|da|do|dos|del|van)\s[{_U}]{{1,2}}"
    rf"|(?:Yu|Ya|Kh|Ch|Sh|Zh|Th|Ph|Ju|St|Gy|[{_U}]){{1,4}}"
    rf"(?:[\s-](?!(?:II|IV)(?!\w))[{_U}]{{1,2}}|-[{_L}])?)(?!\w)"
)
_DOTTED = (
    rf"(?!Inc\.|Ltd\.)[{_U}][{_L}]{{0,2}}\.(?:[\s-]{{0,2}}[{_U}][{_L}]{{0,1}}\.)*"
    rf"(?:-[{_U}]\b\.?)?(?:\s\.)?"
)
_TAILPARTICLE = r"(?:\s(?:van|von|der|den|de|di|da|dos|do|del|la|le)(?=[\s,.;:&(])){0,3}"
_SUFFIX = r"(?:,?\s(Jr|Sr|II|III|IV|2nd|3rd|4th)(?:\.|(?!\w)))?"
_AHEAD = (
    rf"(?=\s*(?:$|[,;:&(\[“\"…]|\.(?!\s?[{_U}]\.|-[{_U}]|[{_U}][,;])|(?<=[A-Z]{{2}})\.\s(?=U\.[KNS]\.)"
    r"|(?:and|et|und|in|eds?|a\skol|i\swsp|[ey]\scols?|[ey](?=\s[A-Z]))\b|[ue]\.\s?a\.|m\.\s?fl\.|\d{4}))"
)

_AHEAD_OF_SUFFIX = r",?\s(Jr|Sr|II|III|IV|2nd|3rd|4th)(?:\.|(?!\w))(?=\s*(?:$|[,;:.&(\[“\"…]|\w))"

_NO_NUMERAL = rf"(?!(?:(?<=\s[{_U}]{{2}}\s)|(?<=\s[{_U}]\s))(?:III?|IV)(?!\w))"
"""Behind initials a numeral tells generations apart: Matsen FA III."""

_EXPRESSIONS = {
    "inverted": (
        rf"({_FAMILY}(?:\s[{_U}](?=,\s?{_DOTTED}\s?(?:[,;&(]|and\b|\d)))?),\s?(?!(?:Jr|Sr)\.)({_DOTTED}(?:\s[{_U}](?=,\s|\s?\((?:19|20)\d\d)|{_TAILPARTICLE})){_SUFFIX}"
    ),
    "inverted-jr": rf"({_FAMILY}),\s(Jr|Sr|II|III|IV)\.?,\s({_DOTTED})",
    "vancouver": (rf"({_FAMILY})\s{_NO_NUMERAL}({_UNDOTTED})(?:{_AHEAD_OF_SUFFIX}|{_AHEAD})"),
    "dotted": (
        rf"({_FAMILY})\s({_DOTTED}(?:[{_U}](?=[,;])|{_TAILPARTICLE})){_SUFFIX}(?=\s*(?:$|[,;:&(“\"]|and\b|et\b|[ue]\.\s?a\.|m\.\s?fl\.|\d{{4}}|[{_U}]))"
    ),
    "direct": rf"({_DOTTED})\s?({_FAMILY}){_SUFFIX}{_AHEAD}",
    "bare": rf"([{_U}]{{1,3}}(?:[\s-][{_U}]{{1,2}})?)\s({_FAMILY}){_SUFFIX}{_AHEAD}",
    "comma": (
        rf"({_FAMILY}),\s([{_U}]{{1,3}}(?:[\s-][{_U}])?)(?=\s*(?:$|[,;:.&(“\"]|and\b|et\b|[ue]\.\s?a\.|m\.\s?fl\.|\d{{4}}))"
    ),
}


@cache
def pattern(kind: str) -> re.Pattern[str]:
    """How a name of a kind is written; compiled when first wanted, for it takes long."""
    return re.compile(_EXPRESSIONS[kind])


_ORDER = ("inverted", "inverted-jr", "vancouver", "direct", "comma", "dotted", "bare")
_FOLLOWERS = {
    "inverted": ("inverted", "inverted-jr", "direct", "vancouver", "comma"),
    "inverted-jr": ("inverted", "inverted-jr", "direct"),
    "vancouver": ("vancouver", "dotted", "direct", "inverted", "comma"),
    "dotted": ("dotted", "vancouver", "direct"),
    "direct": ("direct", "bare"),
    "bare": ("bare", "direct"),
    "comma": ("comma", "inverted", "vancouver"),
}
"""A list stays in its kind; these are the mixtures that styles and slips produce."""

_SEPARATOR = lazy(
    r"\s*(?:[;,/]\s*(?:(?:and|und|et(?!\.?\s*al\b))\s+|&\s*)?|\.,\s*(?:and\s+|&\s*)?|(?<=\s)(?:and|und|et(?!\.?\s*al\b)|y|e|&)\s+|&\s*)"
)
_NO_CONJUNCTION = r"cf|vs|via|for|by|in|the"
JOINED = (
    rf",?\s(?:[eiy]|agus|(?!(?:{_PARTICLE}|{_NO_CONJUNCTION})\s)[{_L}]{{1,3}})\s"
    rf"(?=[{_U}][^\d,.;:()“]{{1,30}},\s[{_U}])"
)
"""A small word of any language between two inverted names; a longer one (apud, from) joins none.
What is no "and" in a language that we know joins them in doubt (``people.are_odd``)."""
_JOIN = lazy(JOINED)
_ET_AL = lazy(
    r"(?:\.(?=,?\s(?:et\s|[ue]\.\s?a\.|m\.\s?fl\.)))?[\s,;(]*(?:(?:and|&)\s+)?"
    r"(?:[Ee]t\.?\s*(?:[Aa]l+|coll?)\b|a\skol\b|i\swsp\b|[ey]\scols?\b|[ue]\.\s?a(?=\.)|m\.\s?fl(?=\.)|и\sдр\b"
    r"|(?:and\s)?(?:others|colleagues|coworkers|co-workers)\b)[.)]?"
)
_ELLIPSIS = lazy(r"[\s,]*(?:…|\.\s?\.\s?\.)\s*(?:&\s*|and\s+)?")
_EDITORS = lazy(r"(?:\.(?=,?\s+(?:[(\[]|eds?\b)))?[\s,]*[(\[]?\b[Ee]d(?:s|itors?)?\b\.?[)\]]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """A list of names and where it stands."""

    names: tuple[Name, ...]
    start: int
    end: int
    kind: str
    is_cut: bool = False
    """The list ends with "et al." or leaves names out."""
    are_editors: bool = False


def scan(text: str, start: int = 0) -> Names | None:
    """The longest list of names that begins at ``start``; None where none begins."""
    names: list[Name] = []
    position, kind, is_cut = start, "", False
    first = ""
    end = start
    while len(names) < 400:
        hit = _next(text, position, kind, first)
        if hit is None:
            break
        kind, name, end = hit
        first = first or kind
        names.append(name)
        cut = _ET_AL.match(text, end)
        if cut:
            is_cut, end = True, cut.end()
            break
        gap = _ELLIPSIS.match(text, end)
        if gap:
            is_cut, position = True, gap.end()
            continue
        join = _JOIN.match(text, end) if kind.startswith("inverted") else None
        separator = join or _SEPARATOR.match(text, end)
        if separator:
            position = separator.end()
        elif kind.startswith("inverted") and text[end : end + 1] == " ":
            position = end + 1
        else:
            break
    if not names and (sole := _SOLE.match(text, start)):
        # ``Lorig et al. Health …``: one family name, and others.
        return Names(
            names=({"family": sole["family"]},),
            start=start,
            end=sole.end(),
            kind="within",
            is_cut=True,
        )
    if not names or (kind == "bare" and len(names) == 1 and not _is_safe_bare(names[0], text, end)):
        return None
    editors = _EDITORS.match(text, end)
    if editors:
        end = editors.end()
    return Names(
        names=tuple(names),
        start=start,
        end=end,
        kind=kind,
        is_cut=is_cut,
        are_editors=bool(editors),
    )


_SOLE = lazy(rf"(?P<family>{_WORD})\set\.?\s?al\b\.?")


def _is_safe_bare(name: Name, text: str, end: int) -> bool:
    """Whether "R Poulin" is a name: "A Review" and "I Robot" begin a title."""
    return (
        name["given"] not in ("A.", "I.")
        and " " not in name["family"]
        and text[end : end + 1] == ","
    )


def _next(text: str, position: int, kind: str, first: str) -> tuple[str, Name, int] | None:
    """The next name; behind one of another form the list goes on as it began."""
    followers = _FOLLOWERS.get(kind, _ORDER)
    for candidate in followers if first in followers or not first else (*followers, first):
        match = pattern(candidate).match(text, position)
        if match:
            return candidate, _name(candidate, match), match.end()
    return None


def _name(kind: str, match: re.Match[str]) -> Name:
    if kind == "inverted-jr":
        family, suffix, given = match.groups()
    elif kind in ("direct", "bare"):
        given, family, suffix = match.groups()
    elif kind == "comma":
        (family, given), suffix = match.groups(), None
    else:
        family, given, suffix = match.groups()
    inner = re.search(r"\s(Jr|Sr|II|III|IV)$", family)
    if inner:
        family, suffix = family[: inner.start()], inner[1]
    name = {"family": _spaced(family), "given": initials(given)}
    if suffix:
        name["suffix"] = suffix
    return name


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" ,;")


def initials(text: str) -> str:
    """Given names in one form: ``MT`` and ``M.T.`` become ``M. T.``; whole names stay."""
    plain = _spaced(text)
    if re.fullmatch(rf"[{_U}]{{1,4}}(?:-[{_U}])?", plain):
        return re.sub(rf"([{_U}])(?=[{_U}])", r"\1. ", plain).replace("-", ".-") + "."
    spread = re.sub(rf"\.(?=[{_U}])", ". ", plain)
    return spread + "." if "." in spread and re.search(rf"[.\s][{_U}]$", spread) else spread


# ── a stretch that holds nothing but names ─────────────────────────────────────────────────

_PIECE = lazy(
    r"\s*(?:;\s*(?:and\s+|&\s*)?|,\s*(?:and\s+|&\s*)?|(?<=\s)(?:and|&|und|et(?!\.?\s*al\b))\s)\s*"
)
_INITIALS_ONLY = lazy(rf"(?:{_DOTTED}(?:\s?[{_U}])?|[{_U}]{{1,3}})$")
_EDITORS_LAST = lazy(r"[,\s]*\(?\b[Ee]d(?:s|itors?)?\b\.?\)?$")
_SUFFIX_ONLY = lazy(r"(?:Jr|Sr|II|III|IV|2nd|3rd)\.?$")


def within(
    text: str, start: int, end: int, *, is_certain: bool = False, is_in_order: bool = False
) -> Names | None:
    """The names in a stretch that ought to hold nothing else; None where it does not.

    ``is_certain`` says that a sign behind it (a quotation mark) makes it the place of names;
    then odd pieces pass that would be doubted otherwise.  ``is_in_order`` says that no style
    is known that would put a family name first.
    """
    segment = text[start:end].strip(" ,.;:-")
    if not segment or len(segment) > 4000:
        return None
    begin = text.index(segment, start)
    cut = _ET_AL.search(segment)
    if cut and re.search(r"[^\W\d_]{3}", segment[cut.end() :]):
        return None
    core = segment[: cut.start()] if cut else segment
    is_cut = cut is not None or "…" in core or ". . ." in core
    bare = _EDITORS_LAST.sub("", core)
    names = _named(bare, is_cut=is_cut, is_certain=is_certain, is_in_order=is_in_order)
    if not names:
        return None
    return Names(
        names=tuple(names),
        start=begin,
        end=begin + len(text[begin:end].rstrip(" ,;:")),
        kind="within",
        is_cut=is_cut,
        are_editors=bare != core,
    )


def _named(segment: str, *, is_cut: bool, is_certain: bool, is_in_order: bool) -> list[Name] | None:
    """The names between the separators of a stretch; None where a piece can be none."""
    pieces = [p.strip(" .…") if "." not in p[:-1] else p.strip(" …") for p in _PIECE.split(segment)]
    pieces = [piece for piece in pieces if piece and (piece[0].isalpha() or not is_certain)]
    bodies = _TWO_BODIES.split(segment)
    if len(bodies) != 2 or ", " in bodies[0] or not all(map(ends_as_organisation, bodies)):
        bodies = (
            [segment] if _is_one_body(segment, pieces) or _INITIALISM.fullmatch(segment) else []
        )
    if bodies:
        return [{"literal": _spaced(body)} for body in bodies]
    if _LAST_PAIR.search(segment) and len(pieces) % 2 == 0 and all(map(_is_family_alone, pieces)):
        return [
            {"family": family, "given": initials(given)}
            for family, given in zip(pieces[::2], pieces[1::2], strict=True)
        ]
    is_list = len(pieces) > 2 or (len(pieces) == 2 and not re.search("[,;(]|[A-Z]{3}", segment))
    if is_list and _are_whole(pieces) and all(map(_is_namely, pieces)):
        return [one(piece) for piece in pieces]
    if is_in_order and _are_whole(pieces[:2]):
        return [one(piece) for piece in pieces] if all(map(_is_namely, pieces)) else None
    is_bare = re.search(r"[a-z]\s[a-z]|\.", segment) is None and not is_organisation(segment)
    if len(pieces) == 1 and len(segment.split()) > 5 and is_bare:
        # No name of one person has so many words, but for particles.
        return None
    has_and = bool(re.search(r"\s(?:and|&)\s", segment))
    return _assemble(pieces, has_and=has_and, is_cut=is_cut)


_LAST_PAIR = lazy(r"\s(?:and|&|et|und)\s[^,;]+,\s[^,;]+$")
"""``…, and Ichihashi, Noriaki``: the comma behind "and" shows that all names are inverted."""
_TWO_BODIES = lazy(r",\s(?:&|and)\s(?:the\s)?")
_INITIALISM = lazy(rf"[{_U}]{{3,6}}(?:/[{_U}][{_U}{_L}]{{1,7}})*")

_PERSON = lazy(rf"\b[{_U}]\.|\s[{_U}]{{1,3}}$|^[{_U}]{{1,2}}\s")


def _is_one_body(segment: str, pieces: list[str]) -> bool:
    """Whether "and" joins words of one body: "Centers for Disease Control and Prevention".

    Two bodies are each named whole.
    """
    if _is_unit(segment):
        return True
    if len(pieces) < 2 or re.search(r"[,;]", segment) or not is_organisation(segment):
        return False
    return not all(map(ends_as_organisation, pieces)) and not any(map(_PERSON.search, pieces))


_UNIT = lazy(
    r"(?:[A-Z][\w’'-]*\s){0,6}(?:Bureau|Office|Division|Department|Centre|Center|Branch|Unit|Section|Agency|Directorate)"
    r"(?:\s(?:of|for|on)\s[A-Z][^,;]{2,60})?"
)
_LISTED = lazy(
    r"(?:The\s)?(?:[A-Z][\w’'-]*\s){0,5}(?:Ministry|Department|Office|Committee|Panel|Commission|Institute|Bureau"
    r"|Board|Council|Subcommittee|Centers?|Centres?|Agency|Secretariat)\s(?:of|for|on|to)\s"
    r"[A-Z][^,;.]{2,90}(?:,\s[A-Z][\w’'-]*(?:\s(?:and\s)?[A-Z][\w’'-]*){0,3}){0,3},?"
    r"(?:\s(?:and|&)\s(?:the\s)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3})?(?:\s\([A-Z]{2,8}\))?"
)
"""``Ministry of Health, Labour and Welfare (MHLW)``: what a body is for has commas and an "and"."""


LISTED_BODY = lazy(rf"({_LISTED.pattern}(?<=[A-Z]\))),\s(?=[A-Z“])")
"""The same in front of a title, where its initials in brackets show that it ends."""


def _is_unit(segment: str) -> bool:
    """Whether a stretch is one body, perhaps with the unit of it before a comma."""
    first, _, rest = segment.partition(", ")
    if _LISTED.fullmatch(segment) is None:
        return _UNIT.fullmatch(first) is not None and _LISTED.fullmatch(rest) is not None
    others = re.split(r",\s|\s(?:and|&)\s", segment)[1:]
    return bool(others) and not any(is_organisation(one) for one in others)


def _assemble(pieces: list[str], *, has_and: bool, is_cut: bool) -> list[Name] | None:
    if not pieces or not all(_is_namely(piece) for piece in pieces):
        return None
    if _are_surnames(pieces, has_and=has_and, is_cut=is_cut):
        return [{"family": piece} for piece in pieces]
    names: list[Name] = []
    position = 0
    is_inverted = len(pieces) > 1 and _is_family_alone(pieces[0])
    while position < len(pieces):
        piece = pieces[position]
        following = pieces[position + 1] if position + 1 < len(pieces) else ""
        if _SUFFIX_ONLY.match(piece) and names:
            names[-1]["suffix"] = piece.rstrip(".")
        elif (
            following and _INITIALS_ONLY.match(following) and not _INITIALS_ONLY.match(piece)
        ) or (position == 0 and is_inverted and following and not is_organisation(piece)):
            names.append({"family": piece, "given": initials(following)})
            position += 1
        else:
            names.append(one(piece))
        position += 1
    return names


def _are_surnames(pieces: list[str], *, has_and: bool, is_cut: bool) -> bool:
    """A list such as "Yildiz, Irwin, and Hughes": nothing but single words.

    Two of them separated by a comma alone are a family name and a given name.
    """
    if not all(_is_family_alone(piece) and " " not in piece for piece in pieces):
        return False
    is_pair = len(pieces) == 2 and has_and
    return len(pieces) > 2 or is_pair or (len(pieces) == 1 and not is_cut)


def _are_whole(pieces: list[str]) -> bool:
    """Whether each piece is a whole name in reading order: "John Smith, Jane Doe"."""
    return all(
        len(words := piece.split()) > 1
        and "." not in words[0] + words[-1]
        and words[0].lower() not in PARTICLES
        for piece in pieces
    )


def _is_family_alone(piece: str) -> bool:
    words = piece.split()
    if any("." in word or (word.isupper() and len(word) < 3) for word in words):
        return False
    return len([word for word in words if word.lower() not in PARTICLES]) <= 2


_TITLE_WORDS = ("An", "On", "In", "From", "How", "Why", "What", "Das", "Die")
"""What a title begins with and no name; bodies of people begin with "The"."""


def _is_namely(piece: str) -> bool:
    """Whether a piece can be a name: few words, each with a capital, a particle or initials."""
    words = piece.split()
    if words[0] in _TITLE_WORDS or (len(words) > 4 and piece.count("(") > piece.count(")")):
        return False
    if is_organisation(piece):
        return len(words) <= 12
    if len(words) > 6 or any(sign.isdigit() for sign in piece):
        return bool(re.fullmatch(r"(?:2nd|3rd)", piece))
    return words[0] != "The" and all(
        word[0].isupper()
        or re.fullmatch(r"[a-z]\.", word) is not None
        or word.lower().strip(".") in PARTICLES
        or word[0] in "'’&(."
        or word[:2] in ("d’", "d'", "l’")
        for word in words
    )


def body(start: int, end: int, name: str) -> Names:
    """A body of people, alone."""
    return Names(names=({"literal": name},), start=start, end=end, kind="group")


_ROLE_BEHIND = lazy(r"\s+\((?:(?:Eds?|Trans|Hgg?)\.?|[^\W\d_A-Z]{2,6}\.)\)$")
_GIVEN_BEHIND = lazy(rf"(?P<family>{_FAMILY})\s\((?P<given>{_DOTTED})\)")
"""``AMAND (M.)``"""


def one(piece: str) -> Name:
    """One name standing alone, in whatever order it is in."""
    piece = _ROLE_BEHIND.sub("", _spaced(piece).strip(",;"))
    if behind := _GIVEN_BEHIND.fullmatch(piece):
        return {"family": behind["family"], "given": initials(behind["given"])}
    for kind in ("vancouver", "inverted", "direct", "dotted", "comma"):
        match = pattern(kind).fullmatch(piece)
        if match:
            return _name(kind, match)
    words = piece.split()
    if is_organisation(piece):
        return {"literal": piece}
    if len(words) == 1:
        return {"family": piece}
    family_at = len(words) - 1
    while family_at > 1 and words[family_at - 1].lower() in PARTICLES:
        family_at -= 1
    return {"family": " ".join(words[family_at:]), "given": initials(" ".join(words[:family_at]))}
