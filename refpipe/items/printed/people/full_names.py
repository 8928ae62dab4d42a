"""Authors whose list no initials bound: given names written out, a body and its members.

``Sapolsky, Robert M. Why …``, ``Frost, Michael and Alan Hirsch, The …``: no initials say where such
a list ends, so it is walked word by word, and ends where the stop, the comma or the role behind a
whole name stands.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from refpipe.items.printed.people.western_names import (
    JOINED,
    Name,
    Names,
    body,
    initials,
)
from refpipe.items.printed.people.western_names import scan as people_listed
from refpipe.items.printed.words import (
    CONTAINER_WORDS,
    GIVEN_NAMES,
    LOWER,
    ORGANISATION_WORDS,
    UPPER,
    ends_as_organisation,
    is_organisation,
    word_set,
)
from refpipe.lifetimes import lazy

_GIVEN = (
    rf"(?:[{UPPER}][{LOWER}]+(?:[-’'][{UPPER}]?[{LOWER}]+)*|(?:[{UPPER}]\.-?)+|[{UPPER}](?=[\s,]))"
)
_PARTICLES = r"(?:(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|ten|ter|bin|ibn|al|el)\s)"
_FAMILY_WORD = rf"[{UPPER}](?:[{UPPER}{LOWER}]|[’'-](?=[{UPPER}{LOWER}]))+"
_FAMILY = rf"{_PARTICLES}{{0,2}}{_FAMILY_WORD}(?:[\s-](?:de\s|da\s)?{_FAMILY_WORD})?"
_GIVENS = rf"{_GIVEN}(?:\s{_GIVEN}){{0,2}}"
_INVERTED = lazy(
    rf"(?P<family>{_FAMILY}),\s(?P<given>{_GIVENS}(?:\sda|\sde)?)(?P<suffix>,\s(?:Jr|Sr|II|III)\b\.?)?"
)
_DIRECT = lazy(
    rf"(?P<given>{_GIVENS})\s(?P<family>{_PARTICLES}{{0,2}}{_FAMILY_WORD}(?:-{_FAMILY_WORD})?)(?P<suffix>,\s(?:Jr|Sr)\b\.?)?"
)
_CAPITALS = lazy(
    rf"(?P<family>[{UPPER}]{{2,}}(?:[\s’'-][{UPPER}]{{2,}})?),?\s(?P<given>[{UPPER}][{LOWER}]+(?:[\s-][{UPPER}][{LOWER}]+)?)(?P<suffix>(?!))?(?=[,.;:(]|\s(?:et|and|&|und|y|e)\s)"
)
"""``CHEDEVILLE André``: capitals show the family name, whatever stands between."""
_BETWEEN = lazy(
    rf"(?:,|;)?\s(?:and|&|et|und|e|y)\s|{JOINED}|;\s|,\s|\.\s(?=[{UPPER}]{{2,}}(?:-[{UPPER}]+)?,\s[{UPPER}][{LOWER}])|/(?=[{UPPER}])"
)
_BYNAME = lazy(r"\s\([A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3}\)(?=[.,])")
_LAST = lazy(r"\s(?:and|&|et|und|e|y)\s")
_ROLE = lazy(
    r",?\s[(\[]?(?:[Ee]ds?|[Ee]ditors?|[Tt]rans|[Dd]irector|[Dd]ir|éd|Hrsg|hg|coord)\b\.?[)\]]?"
)
_END = lazy(r"\.\s|:\s|,?\s(?=[(\[])|,\s(?=[“\"‘])|\s(?=(?:19|20)\d\d\b)|\.?$")
_NO_NAME = word_set(
    "the a an in on of at for and from towards how why what introduction principles textbook"
    " handbook physiology anatomy histology biochemistry embryology genetics neuroanatomy pathology"
)


def scan(text: str, start: int, *, is_certain: bool = False) -> Names | None:
    """The list of whole names that begins at ``start``; None where none begins or none ends.

    ``is_certain`` says that names must stand there, so that none of them needs to be a common one.
    """
    in_order = _IN_ORDER.match(text, start)
    joined = _LAST_JOINED.match(text, start)
    named = re.split(r",\s|\s(?:and|&|et|und|y|e)\s", joined[0]) if joined else []
    is_joined = any(_plain(one.split()[0]) in GIVEN_NAMES for one in named if one)
    if is_joined or (in_order and _begin_with_given(in_order[0])):
        return _walk(text, start, (_DIRECT, _INVERTED), is_certain=True)
    for first in ((_CAPITALS, _INVERTED, _DIRECT), (_INVERTED, _DIRECT), (_DIRECT, _INVERTED)):
        names = _walk(text, start, first, is_certain=is_certain)
        if names is not None:
            return names
    return None


_ONE = (
    rf"[{UPPER}][{LOWER}]+(?:-[{UPPER}][{LOWER}]+)?\s(?:[{UPPER}]\.?\s)?{_PARTICLES}{{0,2}}"
    rf"{_FAMILY_WORD}(?:-{_FAMILY_WORD})?"
)
_WHOLE = rf"{_ONE},\s"
_LAST_JOINED = lazy(rf"(?:{_WHOLE}){{1,8}}{_ONE},?\s(?:and|&|et|und|y|e)\s{_ONE}(?=\s?\(|:\s|\.\s)")
"""``Ann Lau, Ben Nagai et Cleo Okafor (dir.)``: no comma is within the last name."""
_IN_ORDER = lazy(rf"(?:{_WHOLE}){{3}}(?:{_WHOLE}{_WHOLE}){{0,8}}et\.?\sal\b")
"""``Ann Lau, Ben Nagai, Cleo Okafor, et al.``: an odd number of whole names, which no list of
family names and given names has."""


def _begin_with_given(listed: str) -> bool:
    """Whether as many known given names stand first as last: not ``Lau Ann, Nagai Ben``."""
    people = [one.split() for one in listed.split(", ")[:-1]]
    first, last = (sum(_plain(one[at]) in GIVEN_NAMES for one in people) for at in (0, -1))
    return first >= last


_UNPARTED = lazy(
    rf"(?P<family>{_FAMILY}),?\s(?P<given>(?:[{UPPER}]\.[\s-]?){{1,3}})(?P<sign>,?\s?(?:(?:and|&|et|und)\s)?)"
)
_YEAR_BEHIND = lazy(r"\(?(?:19|20)\d\d")


def unparted(text: str, start: int) -> Names | None:
    """``Benner P. Tanner C. A. & Chesla C. A. (1996)``: nothing but a stop between two names.

    The year shows where they end: behind ``Smith J.`` stands ``Vitamin D. Deficiency`` as well.
    """
    found: list[Name] = []
    position, are_unparted = start, False
    while match := _UNPARTED.match(text, position):
        given = match["given"].strip(" -")
        found.append({"family": match["family"], "given": initials(given)})
        stop, position = match.start("given") + len(given), match.end()
        is_inverted = text[match.end("family")] == "," and match["sign"].strip()
        is_bare = not is_inverted and "," not in match["sign"] and _UNPARTED.match(text, position)
        are_unparted = are_unparted or bool(is_bare)
    if len(found) < 2 or not are_unparted or not _YEAR_BEHIND.match(text, position):
        return None
    return Names(names=tuple(found), start=start, end=stop, kind="unparted")


_BEHIND_BODY = lazy(r"(?:[;,]|\s(?:and|&))\s(?=[A-Z])")
_SOLE_MEMBER = lazy(r"(?:\s(?:and|&)|;)\s\S+\s(?!US|UK|EU)[A-Z]{1,3}$|,\s\S+\s[A-Z]$")
"""One person behind a body: ``Department of Medicine and Jones B``, but no ``Dallas TX``."""


def body_with_people(masked: str) -> Names | None:
    """A society and its members: ``US Preventive Services Task Force; Davidson KW, et al.``."""
    start = len(masked) - len(masked.lstrip())
    for sign in _BEHIND_BODY.finditer(masked, start + 4, start + 90):
        body = masked[start : sign.start()]
        if re.search(r"[.:;,]", body):
            return None
        people = people_listed(masked, sign.end()) if is_organisation(body) else None
        if people is None or people.kind != "vancouver":
            continue
        if len(people.names) > 1 or _SOLE_MEMBER.search(masked[sign.start() : people.end]):
            names = ({"literal": body}, *people.names)
            return replace(people, names=names, start=start)
    return None


def or_body(text: str, names: Names | None) -> Names | None:
    """The names, or a body of which the country was read as initials: ``Diabetes UK``."""
    if names is None or len(names.names) > 1 or names.kind != "vancouver":
        return names
    words = {word.lower() for word in re.findall(r"[^\W\d_]+", names.names[0]["family"])}
    is_country = names.names[0]["given"] in ("U. K.", "U. S.", "E. U.", "N. Z.", "U. S. A.")
    if not is_country or words.isdisjoint(ORGANISATION_WORDS | CONTAINER_WORDS):
        return names
    return body(names.start, names.end, text[names.start : names.end])


def is_group(words: str) -> bool:
    """Whether words behind people name a body; one that holds a comma ends as a body's name."""
    return ends_as_organisation(words) or (is_organisation(words) and "," not in words)


_PERSON = (
    rf"(?:(?:[{UPPER}]\.[\s-]?){{1,3}}|[{UPPER}][{LOWER}]+(?:-[{UPPER}]?[{LOWER}]+)?\s(?:[{UPPER}]\.?\s)?)"
    rf"{_PARTICLES}{{0,2}}{_FAMILY_WORD}"
)
_LISTED = rf"{_FAMILY}\s[{UPPER}]{{1,3}}"
_INTO_TITLE = lazy(
    rf"(?:(?P<short>(?:(?>{_LISTED}(?=,\s)),\s){{1,30}}{_LISTED})"
    rf"|(?P<whole>(?:(?>{_PERSON}(?=,\s)),\s){{1,30}}(?:(?:and|&)\s)?{_PERSON}))"
    rf"(?=\s(?!(?:Jr|Sr|I{{1,3}}|[{UPPER}]{{1,3}})[:.,\s])"
    rf"(?P<title>[{UPPER}“][^\s,.;(]*\s[^\s,.;(]+(?:\s[^\s.;(]+){{2}}))"
)
_JOINS = ("and", "et", "und", "y", "e")
_NO_FAMILY = word_set("vitamin hepatitis type group factor influenza haemophilia grade stage class")


def run_into_title(text: str, start: int) -> Names | None:
    """``M. Piazza, C. van Stolk Why sleep matters …``: nothing parts the last name from the title.

    The comma before it shows that the list goes on, the small words behind it that it does not.
    """
    found = _INTO_TITLE.match(text, start)
    words = found["title"].split()[1:] if found else []
    if found is None or not any(word.islower() and word not in _JOINS for word in words):
        return None
    names = [
        _run_in(piece, is_short=found["short"] is not None)
        for piece in re.split(r",\s(?:(?:and|&)\s)?", found[0])
    ]
    if names[-1]["family"].lower() in _NO_FAMILY or is_organisation(found[0]):
        return None
    if any(_is_none(**name) or re.fullmatch("[A-Z]{1,3}", name["family"]) for name in names):
        return None
    if len(names) < 3 and not all("." in name["given"] for name in names):
        # ``Ann Smith, Green Tea for …``: two words may be the title's.
        return None
    return Names(names=tuple(names), start=start, end=found.end(), kind="unparted")


def _run_in(piece: str, *, is_short: bool) -> Name:
    if is_short:
        family, _, given = piece.rpartition(" ")
        return {"family": family, "given": initials(given)}
    person = re.fullmatch(rf"(?P<given>.*?)\s?(?P<family>{_PARTICLES}{{0,2}}{_FAMILY_WORD})", piece)
    family = person["family"] if person else piece
    return {"family": family, "given": initials(piece[: len(piece) - len(family)].strip())}


_DEGREE = (
    r"(?:Ph\.?\s?D|M\.?D|M\.?P\.?H|M\.?B\.?A|[BM]\.?Sc|[BM]\.S|D?PT|D\.O|Ed\.?D|Psy\.?D|Dr\.?P\.?H|Pharm\.?D"
    r"|[BM]SN?|R[ND]|FA[A-Z]{1,3}|FRC[A-Z]{1,2}|[A-Z]{2,5}-[A-Z]{1,2}|OTR(?:/L)?|ATC|CDE|MBBS|DNP|CSCS)\b(?:\.(?=[,;]))?"
)
_DEGREES = lazy(
    rf"(?:(?<![\w’'-])(?:[{UPPER}][\w’'-]*\s(?:[{UPPER}]\.?\s)*[{UPPER}][\w’'-]+|[{UPPER}][\w’'-]+\s[{UPPER}]{{1,3}}"
    rf"|[{UPPER}][\w’'-]*[{LOWER}],\s[{UPPER}][{LOWER}]{{2,}})|[{UPPER}]\.)"
    rf"(?P<degrees>(?:,\s{_DEGREE})+)(?=[,;.&]|\s(?:and|&)\s|\.?\s[{UPPER}])"
)
_BARE_DEGREE = lazy(
    rf"(?<![\w.])(?P<given>[{UPPER}][{LOWER}]+)\s(?:[{UPPER}]\.?\s)?[{UPPER}][\w’'-]*[{LOWER}]"
    r"(?P<degrees>\s(?:M\.?D|Ph\.?D|D\.?O|M\.?P\.?H|R\.?N)\b(?:\.(?=[,;]|\s(?:and|&)\s))?)(?=[,;.]|\s(?:and|&)\s)"
)
"""``Ann Lau M.D and Ben Nagai M.D.``: what two whole names have in common, or one that is known."""
_SMALL = lazy(r"(?<!\w)(?!and\b|van\b|von\b|der\b|den\b|del\b|dos\b)[a-z]{3,}")


def degrees(shape: str) -> list[tuple[int, int, str]]:
    """``Phillip J Quartana, PhD, Claudia M Campbell, PhD``: what is no part of a name."""
    small = _SMALL.search(shape)
    end = small.start() if small else len(shape)
    bare = list(_BARE_DEGREE.finditer(shape, 0, end))
    if len(bare) < 2 and not any(_plain(one["given"]) in GIVEN_NAMES for one in bare):
        bare = []
    found = [*_DEGREES.finditer(shape, 0, end), *bare]
    return [(*one.span("degrees"), "") for one in found]


_Order = tuple[re.Pattern[str], ...]


def _walk(text: str, start: int, first: _Order, *, is_certain: bool) -> Names | None:
    """The list, its first name tried in one order and then in the other."""
    found: list[Name] = []
    position = start
    is_cut = is_listed = False
    while len(found) < 30:
        followers = first if first[0] is _CAPITALS or is_listed else (_DIRECT, _INVERTED)
        name, end = _next(text, position, followers if found else first[:1])
        if name is None:
            return None
        found.append(name)
        byname = _BYNAME.match(text, end)
        end = byname.end() if byname else end
        cut = re.compile(r",?\s(?:et\.?\s?al\b\.?|and others)").match(text, end)
        if cut:
            is_cut, end = True, cut.end()
        between = _BETWEEN.match(text, end)
        if is_cut or not between or (_ends(text, end) and between[0] != ". "):
            break
        is_named = is_certain and any(
            order.match(text, between.end()) for order in (_INVERTED, _DIRECT)
        )
        if between[0] == ", " and not is_named and not _goes_on(text, between.end()):
            break
        position, is_listed = between.end(), ";" in between[0]
    if (not _ends(text, end) and text[end : end + 2] != ", ") or _is_mixed(found):
        return None
    is_shown = is_cut or is_certain or first[0] is _CAPITALS or _ROLE.match(text, end)
    if not is_shown and not any(map(is_surely_name, found)) and not _is_bare(found, text, end):
        return None
    return Names(names=tuple(found), start=start, end=end, kind="full", is_cut=is_cut)


def _is_mixed(found: list[Name]) -> bool:
    """Whether initials were read as a family name: ``Casiano VE, Sarwan G. Back Pain``.

    Who prints family names in capitals (``Jian WU, Ming LI``) does so of everybody.
    """
    capitals = [re.fullmatch("[A-Z]{1,3}", name["family"]) is not None for name in found]
    return capitals[0] and not all(name["family"].isupper() for name in found)


def is_surely_name(name: Name) -> bool:
    """Whether a given name is an initial or a common one, which no title begins with."""
    words = name["given"].split()
    return any("." in word or _plain(word) in GIVEN_NAMES for word in words)


def _plain(word: str) -> str:
    """A word in small letters, without its accents."""
    spread = unicodedata.normalize("NFD", word.lower())
    return "".join(sign for sign in spread if not unicodedata.combining(sign))


_BEGINS_TITLE = lazy(
    r",\s(?:The|A|An|On|In|From|Towards?|How|Why|What|La|Le|Les|L['’]|Der|Die|Das|Il|El|Los|Introduction|Handbook|History)\b"
)
"""``Rachael Stock, The …``: what a title begins with behind the comma of a name."""


def _is_bare(found: list[Name], text: str, end: int) -> bool:
    """Whether ``Perrault, Charles.`` may be a name though nothing shows it: one word and one."""
    only = found[0]
    if len(found) == 1 and "," not in text[:end] and _BEGINS_TITLE.match(text, end):
        return True
    return (
        (len(found) == 1 or ";" in text[:end])
        and len(re.sub(_PARTICLES, "", only["family"]).split()) == 1
        and len(only["given"].split()) <= 2
        and "," in text[:end]
        and re.match(
            r"[.;(]|\s\((?:(?:19|20)\d\d[),]|\d{1,2}\s)|\s(?:19|20)\d\d\b|,\s(?:[^\s,.:;]+[\s:]){3}",
            text[end:],
        )
        is not None
    )


def _ends(text: str, end: int) -> bool:
    return (_END.match(text, end) or _ROLE.match(text, end)) is not None or (
        text[end - 1 : end] == "." and text[end : end + 1] == " " and not _LAST.match(text, end)
    )


def _next(text: str, position: int, order: _Order) -> tuple[Name | None, int]:
    """The name that stands at a position, and where it ends."""
    for pattern in order:
        match = pattern.match(text, position)
        if match is None:
            continue
        end = match.end()
        given = match["given"]
        if pattern is _INVERTED:
            given, end = _shortened(text, match)
        if _is_none(match["family"], given):
            continue
        name = {"family": match["family"], "given": initials(given.strip())}
        if match["suffix"] and end >= match.end("suffix"):
            name["suffix"] = match["suffix"].strip(" ,.")
        return name, end
    return None, position


def _shortened(text: str, match: re.Match[str]) -> tuple[str, int]:
    """The given names up to the first stop that can end them.

    In ``Robert M. Why Zebras`` the word behind the initial begins the title; in ``C. Peter, Your``
    it is the name one goes by, for a comma follows.
    """
    words = list(re.finditer(r"\S+", match["given"]))
    for word in words[:-1]:
        following = words[words.index(word) + 1]
        at = match.start("given") + word.end()
        is_initial = word[0].endswith(".")
        if is_initial and not re.fullmatch(r"(?:\w\.)+|\w", following[0]):
            behind = match.start("given") + following.end()
            is_last = re.match(r",\s|\.\s|\s(?:and|&)\s|;", text[behind:])
            if word is not words[0] or not is_last or _begins_list(text[behind:], following[0]):
                return match["given"][: word.end()], at
    return match["given"], match.end()


def _begins_list(behind: str, word: str) -> bool:
    """Whether a word is the first of a title's list: ``S. Attention, Balance and Coordination``."""
    return _plain(word) not in GIVEN_NAMES and _TWO_OF_TITLE.match(behind) is not None


_TWO_OF_TITLE = lazy(r",\s[A-Z][a-z]+(?:\s[a-z]+)*\s(?:and|&)\s[A-Z][a-z]+\s?[:.]\s")


def _is_none(family: str, given: str) -> bool:
    """Whether a family name and a given name are rather the words of a title or a body."""
    last = family.rsplit(maxsplit=1)[-1]
    if " " in family and re.fullmatch(r"[A-Z]{1,3}", last):
        return True
    words = f"{given} {family}".split()
    return is_organisation(f"{given} {family}") or any(word.lower() in _NO_NAME for word in words)


def _goes_on(text: str, position: int) -> bool:
    """Whether another name stands behind a comma, and not the title of the work."""
    match = _DIRECT.match(text, position)
    if match is None or _is_none(match["family"], match["given"]):
        return False
    behind = text[match.end() :]
    if re.match(
        r",?\s(?:and|&|et|und)\s[A-Z]|\.\s|,\s(?:eds?|editors?)\b|\s\((?:eds?|editors?)", behind
    ):
        return True
    more = _LAST.search(text, match.end(), match.end() + 120)
    stop = re.compile(r"\.\s|:\s|\(").search(text, match.end())
    return bool(more and behind.startswith(", ") and (stop is None or more.start() < stop.start()))


# ── the small words before a family name ────────────────────────────────────────────────
# ``van den Bergh`` is one name to its reader; a registry sorts it under Bergh, and a style may.
# A particle that is always printed is CSL's ``non-dropping-particle``
# (https://docs.citationstyles.org/en/stable/specification.html#names).

LOWER_PARTICLES = word_set(
    """van von vom vander vanden vande der den dem des de del della dello delle degli dei dal dalla
    di da das dos do du la las le los lo li el al ten ter te zu zur zum af av bin ben ibn op in aan
    't ’t 's ’s st st."""
)
"""Dutch, German, Nordic, French, Italian, Spanish, Portuguese and Arabic; told by lower case."""
CAPITAL_PARTICLES = word_set("van von vander vanden vande de del ten ter den")
"""Those that count with a capital as well: PubMed files 38 of 39 such names without them.

Of Italian and French ones with a capital (``Di``, ``Della``, ``La``, ``Le``) and of ``El`` and
``Do`` it makes a part of the name.
"""


def apart(name: dict[str, str]) -> dict[str, str]:
    """The name with its particles, if it has any, in a part of their own."""
    words = name.get("family", "").split()
    count = _particles(words)
    if not count:
        return name
    particle, family = " ".join(words[:count]), " ".join(words[count:])
    return {"non-dropping-particle": particle, **name, "family": family}


def _particles(words: list[str]) -> int:
    """How many words of a family name are particles; one word is always left."""
    count = 0
    while count < len(words) - 1 and _is_particle(words[count], is_first=count == 0):
        count += 1
    # A name that begins with a figure or sign was read wrongly, and is left as it was printed.
    return count if count and words[count][0].isalpha() else 0


def _is_particle(word: str, *, is_first: bool) -> bool:
    folded = word.lower()
    if word == folded:
        return folded in LOWER_PARTICLES
    return folded in (CAPITAL_PARTICLES if is_first else LOWER_PARTICLES)


def joined(name: dict[str, str]) -> str:
    """The family name with its particles, as it is printed."""
    parts = (name.get("non-dropping-particle", ""), name.get("family", ""))
    return " ".join(part for part in parts if part)
