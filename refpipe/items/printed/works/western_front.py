"""The front of a Western work that is no article: who wrote it, and when where the year follows."""

from __future__ import annotations

import re
from dataclasses import replace

from refpipe.items.printed import clean
from refpipe.items.printed import words as vocabulary
from refpipe.items.printed.articles import head as heads
from refpipe.items.printed.articles import split as splits
from refpipe.items.printed.nouns import LIVING_BOOK, OF_BODIES, Head, Part
from refpipe.items.printed.people import full_names
from refpipe.items.printed.people import western_names as name_lists
from refpipe.items.printed.people.western_names import Names
from refpipe.items.printed.works import days, imprint, marks, western_roles
from refpipe.items.printed.works.days import DATE, PLAIN_DATE
from refpipe.items.printed.works.marks import CUT, Marked
from refpipe.lifetimes import lazy

Span = tuple[int, int]

_STOP = lazy(
    rf"(?P<sign>[.?!][”\"’']?)\s+(?=[A-Z0-9“\"‘'\[(À-ÞĀ-ſΑ-ΩА-ЯЁ\u0590-\u06ff{CUT}]|in\s[A-Z]"
    rf"|[a-z][\w-]*\.(?:uk|com|org|gov|jp|net|edu)\b)|(?P<cut>{CUT})"
)
_LABEL_ALONE = lazy(r"(?:Accessed|Retrieved|Available|Cited|Viewed)(?:\s(?:on|from|at))?:?")
"""What announced a day or an address that was taken out."""
_ABBREVIATED = lazy(
    r"(?:\b(?:[A-Z]|etc|St|Dr|Mr|Mrs|Ms|Prof|vs|no|No|Nr|vol|Vol|pp|p|Univ|Dept|Mech|Eng|Inst|Proc"
    r"|Conf|Int|Int'l|Symp|Natl?|Assoc|Soc|Acad|Sci|Rep|Tech|Ann|Jr|Sr|ed|eds|Eds|Ed|cf"
    r"|e\.g|i\.e|U\.S|U\.K|vom\s\d\d?|Fig|Ch|Ave|Co|Inc|Ltd|Bros|F\.A|Pub|L|Stat|Reg|approx)"
    r"|\d\s?[A-Z])$"
)
IN = lazy(
    rf"(?:(?<=[.?!”\"’',;)\]{CUT}])\s*|\s)(?P<in>(?<![A-Za-z])[Ii]n\s?:\s*"
    rf"|(?:(?<=[.?!”\"’',;{CUT}]\s)|(?<=\d\)\s)(?<![A-Z]\d\)\s))[Ii]n\s+(?=[A-Z0-9“\"v]|the\s(?:[A-Z]\w+\s)?Proc)"
    r"|(?<=[”\"’',;]\s)[Cc]h(?:ap(?:ter)?)?\.?\s\d{1,3}\sin\s+(?=[A-Z])"
    r"|(?<=[\w)]\s)In\s+(?=(?:[A-Z][\w’-]+\s[A-Z]{1,3},\s){0,5}[A-Z][\w’-]+\s[A-Z]{1,3}(?:\.|,\s\(?[Ee]ds?\b)\s?))"
)
"""What introduces the work that holds a part."""


class Front:
    """The walk through names, bodies and the year before the title; ``begin`` is where it ends."""

    def __init__(self, marked: Marked, kind: str) -> None:
        self.marked = marked
        self.kind = kind
        self.head = Head()
        self.begin = 0
        self.is_undated = False

    def take_head(self) -> None:
        """Who wrote the work, and the year where it stands in front."""
        left = self.marked.left
        if self.kind == "law":
            self.date_of_law()
        if dashes := clean.end_of_dashes(self.marked.text):
            self.begin = dashes
            self.take_head_year()
            return
        start = len(left) - len(left.lstrip(f" .,{CUT}"))
        is_barred = self.kind == "webpage" and _BARRED.match(left, start)
        body = None if is_barred else self.body(start)
        if body:
            bodies = western_roles.bodies(left[slice(*body)].strip())
            self.set_names(Names(names=bodies, start=body[0], end=body[1], kind="group"))
            self.begin = body[1]
            self.take_head_year()
            return
        names = None if is_barred else self.people(start)
        is_group = names is not None and names.kind == "group"
        if names and (
            _MEDIUM.match(self.marked.text, names.end)
            or (is_group and self.is_whole_title(start, names.end))
        ):
            names = None
        if names is None and not is_barred:
            names = self.before_quoted(start)
        if names:
            self.set_names(names)
            self.begin = names.end
            self.take_head_year()
            return
        self.begin = start
        if self.kind == "webpage":
            self.take_barred(start)

    def before_quoted(self, start: int) -> Names | None:
        """What stands before a quoted title, whatever it looks like, is who wrote the work."""
        found = _BEFORE_QUOTED.match(self.marked.left, start)
        if found is None or self.kind in ("law", "standard", "newspaper"):
            return None
        named = full_names.scan(self.marked.left[: found.end("body")], start)
        if named is not None and named.end == found.end("body"):
            return named
        if western_roles.WHOLE_NAMES.fullmatch(found["body"]) and not vocabulary.is_organisation(
            found["body"]
        ):
            return name_lists.within(
                self.marked.left, start, found.end("body"), is_certain=True, is_in_order=True
            )
        return Names(
            names=western_roles.bodies(found["body"]),
            start=start,
            end=found.end("body"),
            kind="group",
        )

    def take_barred(self, start: int) -> None:
        """``Title | Site``, as a browser names a page."""
        barred = _BARRED.match(self.marked.left, start)
        if barred:
            # ``Why sleep? Example Clinic. (2025, May 9).``
            title, site = ("asked", "by") if barred["asked"] else ("title", "site")
            self.marked.take_text("title", barred.span(title), 0.8)
            self.marked.take_text("container-title", barred.span(site), 0.75)
            self.begin = barred.end()
            self.take_head_year()

    def date_of_law(self) -> None:
        """The date within the name of a law, which keeps it."""
        dated = re.compile(
            rf"\b(?:of\s|del?\s|du\s|vom\s|Act\s|Regulations\s|Order\s|\(){DATE}", re.IGNORECASE
        ).search(self.marked.left)
        if dated and not self.marked.has("issued"):
            value = {"date-parts": [days.date_parts(dated)]}
            self.marked.parts.append(Part(
                name="issued", value=value, start=dated.start(), end=dated.end(), confidence=0.8,
            ))  # fmt: skip

    def people(self, start: int) -> Names | None:
        """The names of people that stand in front."""
        left = self.marked.left
        text = self.marked.text
        if left[start : start + 1] in "“\"‘'" or self.kind == "law":
            return None
        full = full_names.scan(left, start, is_certain=self.kind == "thesis")
        head = heads.read(text, left, len(left.rstrip(f" ,;{CUT}")))
        if head.names is not None and head.title is None:
            names = head.names
            is_title = full and re.match(r"[,:]\s[a-z]", left[full.end :])
            if (
                full
                and full.end > names.end
                and western_roles.is_given_alone(names)
                and not is_title
            ):
                return full
            goes_on = re.match(r",|\s(?:and|&|et)\s|;|\s[A-Z][a-z]+,", left[names.end :])
            if full and full.end > names.end and (goes_on or names.end == 0):
                return full
            is_inverted = "," in left[start : names.end]
            if self.kind == "thesis" and names.kind == "within" and full and is_inverted:
                # ``Schultz Hoffmann, Sofía Victoria.``: who writes a thesis writes alone.
                return full
            if names.kind != "bare" or len(names.names) > 1:
                return names
        return full

    def body(self, start: int) -> Span | None:
        """A society, an office or a firm that stands where authors stand."""
        left = self.marked.left
        stop = re.compile(
            rf"(?:(?<=[^\W\d_)])|(?<=[A-Z]\))|(?<=[a-z]\))(?=\s\())(?<![\s.][A-Z])(?P<stop>[.:](?=[\s{CUT}])|\s?(?=\(\s*(?i:{PLAIN_DATE}"
            rf"|n\.\s?d\.|{heads.NO_DATE}(?=\)(?!\s[a-z]{{2}})))[^()]*\))|,\s(?=[“\"‘'])|{CUT})"
        ).search(
            left,
            self.behind_state(start),
            min(len(left), start + 160, left.find("“", start) + 1 or len(left)),
        )
        dated = _BODY_AND_YEAR.match(left, start)
        if dated and (group := self.dated_body(dated)):
            return dated.span(group)
        if stop is None or not left[start : start + 1].isupper():
            return None
        span = (start, stop.start())
        words = left[slice(*span)]
        if _MEDIUM.match(self.marked.text, stop.start()) or (
            stop["stop"] == ":"
            and self.kind != "webpage"
            and not _is_told_body(words)
            and not re.match(r"\s*\d{4}", left[stop.end() :])
        ):
            # ``Epilogue: A look …``, ``Site [Internet]``: a title.
            return None
        if western_roles.begins_with_names(
            self.marked.text, left, start, words
        ) and not _LAWGIVER.search(words):
            return None
        behind = left[stop.end() :].strip(f" .,:;{CUT}")
        small = sum(
            1
            for word in re.sub(r"\b[dl]['’]", "", words).split()
            if word[0].islower() and word not in _SMALL | _PEOPLE
        )
        is_repeated = re.search(rf"[.:]\s{re.escape(words)}\s?[,;]", left[stop.end() :]) is not None
        if small and (is_repeated or vocabulary.is_foreign_body(words)):
            small = 0
        if len(words.split()) > 14 or small > 0 or not behind:
            return None
        return span if is_repeated or self.may_be_body(words, stop.end()) else None

    def dated_body(self, dated: re.Match[str]) -> str:
        """The group that is a body before its year (``Sleep Well 2020, Cramps, viewed …``)."""
        if dated["body"] is None:
            return dated.lastgroup or ""
        is_read = self.kind == "webpage" and _READ_BEHIND.match(self.marked.text, dated.end())
        return "body" if is_read or vocabulary.ends_as_organisation(dated["body"]) else ""

    def behind_state(self, start: int) -> int:
        """Where the office of a state begins: ``United States. Environment Agency``."""
        state = _STATE.match(self.marked.left, start)
        return state.end() if state and vocabulary.is_organisation(state["office"]) else start

    def may_be_body(self, words: str, position: int) -> bool:
        """Whether words in front of a title name a body of people."""
        if self.kind in ("chapter", "conference") and (
            IN.match(self.marked.left, position)
            or LIVING_BOOK.match(self.marked.left, position + 1)
        ):
            return False
        behind = self.marked.left[position:]
        is_act = re.search(r"\bAct\b", behind) is not None and "Act" not in words
        is_alone = len(self.sentences(position, len(self.marked.left))) < (1 if is_act else 2)
        if (self.kind == "law" and is_alone) or (
            len(words.split()) > 3 and self.is_only_imprint(position)
        ):
            return False
        if re.search(r"\s(?:contributors|editors|staff|team|authors)$", words):
            return True
        words = re.sub(r"\s\([A-Z][A-Z&/-]{1,11}\)$", "", words)
        if vocabulary.ends_as_organisation(words) or _INITIALS.fullmatch(words):
            return True
        if western_roles.SCHOOL_OF.search(words) or (
            vocabulary.is_organisation(words)
            and _DATED.match(behind)
            and not self.is_only_imprint(position)
        ):
            return True
        is_plain = _PLAIN_BODY.fullmatch(words) is not None and len(words.split()) <= 4
        is_plain &= not self.is_only_imprint(position)
        is_more = self.kind in OF_BODIES and self.is_more_behind(position, words)
        return is_plain and (is_act if self.kind == "law" else is_more)

    def is_whole_title(self, start: int, end: int) -> bool:
        """Whether words that have the form of a body are all the title that there is."""
        words = self.marked.left[start:end]
        return len(words.split()) > 3 and self.is_only_imprint(end)

    def is_only_imprint(self, position: int) -> bool:
        """Whether nothing but a publisher is printed behind what may be a body."""
        behind = self.marked.left[position:].strip(f" .,;{CUT}")
        found = _ONLY_IMPRINT.fullmatch(behind)
        return found is not None and _LONG_TITLE.match(found["house"]) is None

    def is_more_behind(self, position: int, words: str) -> bool:
        """Whether a title stands behind what may be a body, so that it is not the title itself."""
        sentences = self.sentences(position, len(self.marked.left))
        if len(words.split()) == 1 and "," in words:
            return False
        return (
            len(sentences) >= (1 if self.kind == "webpage" else 2)
            or self.marked.has("issued")
            or bool(re.match(r"\s*\(", self.marked.left[position:]))
        )

    def set_names(self, names: Names) -> None:
        """Make the names in front authors, or what the role behind them says."""
        self.head.names = names
        left = self.marked.left
        if self.kind == "video" and (known := _KNOWN_AS.match(left, names.end)):
            self.marked.known.append(known.span())
            self.marked.cut(*known.span())
        role = western_roles.ROLE_MARK.match(left, names.end)
        name, end = ("editor" if names.are_editors else "author"), names.end
        if role and role["trans"]:
            name, end = "translator", role.end()
        elif role and role["ed"]:
            name, end = "editor", role.end()
        if made := _MADE_BY.match(left, end):
            end = made.end()
        value = [dict(one) for one in names.names]
        if name == "translator" and len(names.names) > 1:
            semicolon = left.rfind(";", names.start, names.end)
            if semicolon > 0:
                self.split_roles(names, semicolon, end)
                return
        self.marked.parts.append(
            Part(name=name, value=value, start=names.start, end=end, confidence=0.9)
        )
        self.marked.cut(names.start, end)
        self.head.names = replace(names, end=end, are_editors=name == "editor")

    def split_roles(self, names: Names, semicolon: int, end: int) -> None:
        """``Author A; Other B, trans.``: what stands behind the semicolon has the role."""
        first = name_lists.within(self.marked.left, names.start, semicolon)
        second = name_lists.within(self.marked.left, semicolon + 1, names.end)
        if first is None or second is None:
            return
        for name, part in (("author", first), ("translator", second)):
            value, span = [dict(one) for one in part.names], (part.start, part.end)
            self.marked.parts.append(
                Part(name=name, value=value, start=span[0], end=span[1], confidence=0.8)
            )
        self.marked.cut(names.start, end)
        self.head.names = Names(names=first.names, start=names.start, end=end, kind=names.kind)

    def take_head_year(self) -> None:
        """The year behind the names."""
        left = self.marked.left
        if self.head.names:
            self.begin = max(self.begin, self.head.names.end)
        match = re.compile(
            rf"[\s,.;:{CUT}]*(?:[(\[]\s*(?:{PLAIN_DATE}[a-z]?|n\.\s?d\.?"
            rf"|{heads.NO_DATE}|in\spress|{PLAIN_DATE},?[^()]{{0,20}})"
            rf"\s*[)\]]|{PLAIN_DATE}(?=\s*[.,:;]))[.,:;]*\s*",
            re.IGNORECASE,
        ).match(left, self.begin)
        if match is None:
            # ``Gurke, Karl 1987 Bricks …``: a year without a sign, if the work has no other.
            bare = re.compile(r"[\s.,]*(?P<y>(?:1[6-9]|20)\d\d)[a-z]?\s(?=[A-Z“\"'‘])")
            match = bare.match(left, self.begin) if self.head.names else None
            if match is None or re.search(DATE, left[match.end() :]):
                return
        dated = re.compile(DATE, re.IGNORECASE).search(match[0])
        if dated and not self.marked.has("issued"):
            span = (match.start() + dated.start(), match.start() + dated.end())
            self.marked.take(
                "issued", {"date-parts": [days.date_parts(dated)]}, span, 0.95, around=match.span()
            )
        else:
            self.is_undated = re.search(r"[a-z]\.\s?[a-zA-Z]\b", match[0]) is not None
            self.marked.known.append(match.span())
            self.marked.cut(*match.span())
        self.begin = match.end()

    # ── sentences ──

    def sentences(self, start: int, end: int) -> list[Span]:
        """The stretches between full stops that end a sentence, and between what was taken out."""
        left = self.marked.left
        edges: list[Span] = []
        begin = start
        for match in _STOP.finditer(left, start, end):
            if (
                match["sign"]
                and match["sign"][0] == "."
                and self.is_abbreviated(begin, match.start())
            ):
                continue
            is_kept = bool(match["sign"]) and match["sign"][0] != "."
            edges.append((begin, match.start() + is_kept))
            begin = match.end()
        edges.append((begin, end))
        return [
            trimmed for trimmed in (marks.trimmed(left, *edge) for edge in edges)
            if trimmed[1] > trimmed[0] and re.search(r"\w", left[slice(*trimmed)])
            and not _LABEL_ALONE.fullmatch(left[slice(*trimmed)])
        ]  # fmt: skip

    def is_abbreviated(self, begin: int, stop: int) -> bool:
        """Whether the full stop belongs to a word: an initial, "Proc.", or one of a meeting."""
        words = self.marked.left[begin:stop]
        placed = _PLACE_BEHIND.match(self.marked.left, stop)
        is_saint = words.endswith(("St", "Ste"))
        if placed and imprint.is_place(placed["place"]) and not is_saint:
            return False
        if _ABBREVIATED.search(words) or (self.kind == "law" and words.endswith((" n", " N"))):
            return True
        if _IN_PROCEEDINGS.search(words) and _SHORT_BEHIND.match(self.marked.left, stop):
            return True
        is_meeting = self.kind == "conference" and _CONFERENCE_WORDS.search(words) is not None
        return is_meeting and bool(words.split()) and splits.is_abbreviation(words.split()[-1])


_PLACE_BEHIND = lazy(r"\.\s(?P<place>[A-Z][^:;.\d]{2,40}(?:,\s[A-Z]\.\s?[A-Z]\.)?)\s?:\s(?=[A-Z])")
"""``… and Vitamin D. Washington, DC: House``: what is no initial, for a town follows."""


def _is_told_body(words: str) -> bool:
    """Whether words in front of a colon show that they name a body of people."""
    return vocabulary.is_organisation(words) or words.isupper()


_BODY_AND_YEAR = lazy(
    r"(?P<sole>[A-ZÀ-Þ][\w&-]+)\s+(?=\((?:Eds?|Trans)\.?\))"
    r"|(?P<short>[A-Z]{2,8}(?:\s\([A-Z][^()]{6,80}\))?)\s+(?=(?:19|20)\d\d(?:\s|[.,:]\s)[A-Z][a-z]+\s)"
    r"|(?P<body>(?:[A-ZÀ-Þ][\w’&-]*|of|for|the|and|de|du|der|für)(?:\s(?:[A-ZÀ-Þ][\w’&-]*|of|for|the|and|de|du|der|für)){1,8})"
    r"\s+(?=(?:19|20)\d\d(?:\s|[.,:]\s[“\"'’]?)[A-Z][a-z]+\s|\((?:Eds?|Trans)\.?\))"
)
"""``American Therapy Association 2003 Core values``, ``Health Institute (Eds.)``."""
_READ_BEHIND = lazy(r"\d{4},\s[^“”]*,\s\(?(?:viewed|accessed|retrieved)\s")
_BEFORE_QUOTED = lazy(
    r"(?P<body>[^\W\d_][^“”\"]{3,120}?(?<=[\w)]))(?:[.,:]|\s--?)\s(?=“|['’][A-ZÀ-Þ])"
)
_BARRED = lazy(
    rf"(?=[^?.]{{8,140}}\?\s(?!An?\s)[A-ZÀ-Þ][\w’'&-]*(?:\s(?:of|for|the|and|in|[A-ZÀ-Þ&][\w’'-]*)){{0,8}}\.\s\([^()]{{4,24}}\)[\s.{CUT}]*\Z)"
    r"(?P<asked>[^?]*\?)\s(?P<by>[^.]*)[.\s]*|"
    rf"(?P<title>[^|{CUT}]{{4,160}})\s\|\s(?P<site>[^|.{CUT}]{{2,60}}(?:\.(?:com|org|gov|net))?)[.\s]*"
)
_ONLY_IMPRINT = lazy(
    r"(?:[^.:;]{2,40}:\s)?(?P<house>[^.:;\d]{2,80}(?:Inc|Ltd|Co)?)[.]?[;,]\s(?:[A-Z][a-z]{2,8}\.?\s|c|©\s?)?(?:19|20)\d\d.{0,30}"
)
_MEDIUM = lazy(r"\s*[(\[]\s?(?:[Ii]nternet|[Oo]nline)\s?[)\]]")
_LONG_TITLE = lazy(
    r"(?!.*\b(?:Press|Office|Department|Ministry|Institute|Cent(?:er|re)s?|Organi[sz]ation|Agency)\b)"
    r"(?:\S+\s){2,}for\s"
)
"""Words that are hardly a publisher: ``Global Strategy for Asthma Management and Prevention``."""
_IN_PROCEEDINGS = lazy(r"\bProc\.\s(?:[A-Z\d]\w*\.?\s)*(?:\d{1,2}(?:st|nd|rd|th)|[A-Z][a-z]{1,5})$")
_SHORT_BEHIND = lazy(r"(?<=\d[a-z]{2})\.\s[A-Z]|\.\s[A-Z][a-z]{1,6}\.")
"""``Proc. 5th. Workshop``, ``Proc. 43rd Annu. Int. Conf.``: words that are broken off go on."""
_CONFERENCE_WORDS = lazy(r"\b(?:Proc|Conf|Symp|Int)\.")
_STATE = lazy(
    r"(?:Great Britain|United States|[A-Z][A-ZÀ-Þ]{3,}|[A-Z][a-zà-ÿ]{3,})\.\s"
    r"(?=(?P<office>[A-Z][^.:;]{4,80})\.\s)"
)
_KNOWN_AS = lazy(r"\s?\[[^\[\]]{2,60}\](?=[.,]?\s(?:\(|\x01))")
"""``Lau, E. [Quiet Nights]. (2020).``: the name under which somebody shows films."""
_MADE_BY = lazy(
    r"\s*\((?:[A-Z][a-z]+(?:/|\s&\s))?(?:Director|Producer|Writer|Host|Narrator|Performer)s?\)"
)
"""``Moore, M. (Writer/Director).``: what somebody did for a film."""
_INITIALS = lazy(r"[A-Z]{2,8}|[A-Z]\w{1,7}(?:/[A-Z]\w{1,7})+")
_DATED = lazy(r"\.?\s*\(\s*(?:19|20)\d\d[^()]*\)")
_LAWGIVER = lazy(r"\b(?:Congress|Senate)$")
_PEOPLE = vocabulary.word_set("contributors editors staff team authors")
_SMALL = vocabulary.word_set("of for and the on in de des du la le et und für der to at & y e")
_PLAIN_BODY = lazy(
    r"[A-Z][\w’&-]*(?:\s(?:of|for|and|the|on|in|de|&|[A-Z][\w’&-]*)){0,8}(?:\s\([A-Z]+\))?"
)
