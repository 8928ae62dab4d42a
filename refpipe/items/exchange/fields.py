"""What bibliography files have in common: tagged lines, and names as they write them ⇄ CSL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from refpipe.normalise.text import EAST_ASIAN, PARTICLES

# ── Names as bibliography files write them ⇄ CSL names ──────────────────────────────────────────
# Three orders: ``First von Last``, ``von Last, First`` and ``von Last, Jr, First``. A particle
# counts as one only if it is known to be (``normalise.names``): a small word in the name of an
# organisation is none.


Name = dict[str, str]

_SUFFIX = re.compile(r"(?:jr|sr)\.?|[IVX]{1,4}|\d(?:st|nd|rd|th)", re.IGNORECASE)
_LAST_SUFFIX = re.compile(r"[JS]r\.?|II|III|IV")
_EAST_ASIAN = re.compile(f"[{EAST_ASIAN}]")
_STOPPED = re.compile(r"(?:[^\W\d_]\.[ -]?){1,4}")
_FAMILY = re.compile(r"[^\W\d_]['’]?[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_BETWEEN = frozenset({"of", "for", "and", "&", "on", "in", "the", "für", "pour", "et", "und"})
"""Words that stand inside the names of bodies, and never between a person's."""
_LEGAL = re.compile(
    r"(?:inc|ltd|llc|l\.l\.c|corp|co|gmbh|plc|p\.l\.c|s\.a|n\.v|a\.g|b\.v|u\.s|u\.k|u\.s\.a|e\.u|u\.n"
    r"|s\.p\.a|k\.k|a\.s|a\.b|p\.c|d\.c)\.?",
    re.IGNORECASE,
)
"""Forms of companies and names of countries, which look like initials."""
_INITIALS = re.compile(r"(?:[A-Z]\.-?){1,4}|[A-Z]{2}")
_MORE = r"(?:他|ほか)(?:\s*\d+\s*[名人])?|外\s*\d+\s*[名人]"
OTHERS = re.compile(
    rf"[\[(（［〔]?(?:(?:and )?others|et\.? al\.?|{_MORE})[\])）］〕]?", re.IGNORECASE
)
"""What stands in the place of the names that a list leaves out."""
ET_AL = re.compile(rf"(?<![,、，\s])[,、，\s]+(?:et\.? al\.?|{_MORE})$", re.IGNORECASE)
"""The same behind the last name."""
_NO_PARTICLES = frozenset({"a", "e", "y", "and"})
"""Particles between names, but just as well an initial without its full stop."""


def name(text: str) -> Name | None:
    """The name that ``text`` is; None where nothing is left of it."""
    parts = [" ".join(part.split()) for part in text.split(",")]
    while parts and not parts[-1]:
        parts.pop()
    if not any(parts):
        return None
    if len(parts) == 1:
        is_closed = text.rstrip().endswith(",") and " " in parts[0]
        return literal(parts[0]) if is_closed else _in_order(parts[0].split())
    if len(parts) == 2:
        return _of_two(*parts)
    if _SUFFIX.fullmatch(parts[2]):
        parts[1], parts[2] = parts[2], parts[1]
    return named(parts[0], ", ".join(parts[2:]), parts[1])


def without_others(names: list[Name]) -> tuple[list[Name], bool]:
    """The names without an "et al." among them or behind the last, and whether there was one."""
    known = [one for one in names if not OTHERS.fullmatch(_written(one).strip("., "))]
    last = known[-1] if known else {}
    if OTHERS.fullmatch(last.get("given", "")):  # "Sato, H., et al.", of which H. was read as Jr.
        last = named(last["family"], last.get("suffix", "")) or last
    else:
        last = {part: ET_AL.sub("", text) for part, text in last.items()}
    goes_on = len(known) < len(names) or known[-1:] != [last] * bool(known)
    return [*known[:-1], last] if known else known, goes_on


def _written(name: Name) -> str:
    return " ".join(name[part] for part in ("family", "given", "literal") if name.get(part))


def _of_two(family: str, given: str) -> Name | None:
    """A name with one comma in it."""
    if _SUFFIX.fullmatch(given) and " " in family:
        return {**(_in_order(family.split()) or {}), "suffix": given}
    if given.lower() == "the":
        return literal(f"{given} {family}")
    if _is_body(family, given):
        return literal(f"{family}, {given}")
    rest, _, last = given.rpartition(" ")
    if rest and _LAST_SUFFIX.fullmatch(last):
        return named(family, rest, last)
    return named(family, given)


def _is_body(family: str, given: str) -> bool:
    """True for ``Example Labs, Inc.`` and ``Centers for Disease Control, U.S.``."""
    words = family.split()
    is_phrase = any(word in _BETWEEN for word in words[1:-1])
    return _LEGAL.fullmatch(given) is not None or (is_phrase and len(words) > 2)


def unparted(text: str) -> Name | None:
    """A name without a comma: ``Smith J.A.`` is a person, ``Example Inc.`` is not.

    Only initials behind a family name say that it is a person; what else stands there may be
    a body, which is never taken apart.
    """
    words = text.split()
    has_initials = len(words) > 1 and _STOPPED.fullmatch(words[-1]) is not None
    if not has_initials or _LEGAL.fullmatch(words[-1]) or not _FAMILY.fullmatch(words[-2]):
        return literal(text)
    is_person = all(word in PARTICLES for word in words[:-2])
    return named(" ".join(words[:-1]), words[-1]) if is_person else literal(text)


def literal(text: str) -> Name | None:
    """A name that is not to be taken apart: an organisation's."""
    text = " ".join(text.split())
    return {"literal": text} if text else None


def named(family: str, given: str, suffix: str = "") -> Name | None:
    """A name of these parts, the empty ones left out."""
    if not family:
        return literal(given)
    name = {"family": family, "given": given, "suffix": suffix}
    return {part: text for part, text in name.items() if text}


def _in_order(words: list[str]) -> Name | None:
    """A name written without a comma."""
    if len(words) < 2:
        text = words[0] if words else ""
        return literal(text) if _EAST_ASIAN.search(text) else named(text, "")
    if len(words) == 2 and _is_family_first(*words):
        return named(*words)
    suffix = words.pop() if len(words) > 2 and _LAST_SUFFIX.fullmatch(words[-1]) else ""
    particles = (place for place in range(1, len(words) - 1) if _is_particle(words[place]))
    cut = next(particles, len(words) - 1)
    return named(" ".join(words[cut:]), " ".join(words[:cut]), suffix)


def _is_family_first(first: str, second: str) -> bool:
    """Whether ``山田 太郎`` or ``Smith J.A.`` stands there: nobody is called J.A."""
    if _EAST_ASIAN.match(first) and _EAST_ASIAN.match(second):
        return True
    return _INITIALS.fullmatch(second) is not None and not first.isupper() and "." not in first


def _is_particle(word: str) -> bool:
    return word in PARTICLES and word not in _NO_PARTICLES


def written_name(name: Name) -> str:
    """The name family first, separated by commas; ``read`` gives it back."""
    if "literal" in name:
        return name["literal"]
    particle = name.get("non-dropping-particle") or name.get("dropping-particle") or ""
    family = f"{particle} {name.get('family', '')}".strip()
    parts = [family, name.get("suffix", ""), name.get("given", "")]
    return ", ".join(parts if parts[1] else (parts[0], parts[2])).rstrip(", ")


_ADDRESS = re.compile(r"https?://\S+|(?<![\w:>])//[\w-]+\.\S+|www\.\S+|ftp://\S+")
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")


def address(text: str) -> str:
    """The first address in the text with its scheme; nothing where there is none."""
    found = _ADDRESS.search(text)
    if not found:
        return ""
    if found[0].startswith("//"):
        return f"https:{found[0]}"
    return f"http://{found[0]}" if found[0].startswith("www.") else found[0]


def is_issn(text: str) -> bool:
    """Whether the text has the shape of an ISSN, which EndNote keeps in the field of the ISBN."""
    return _ISSN.fullmatch(text.strip()) is not None


_NO_TITLE = re.compile(r"\[?not available\]?\.?", re.IGNORECASE)


def medline_title(title: str) -> str:
    """A title without PubMed's full stop; nothing where PubMed says that it has none in English."""
    if _NO_TITLE.fullmatch(title):
        return ""
    return title[:-1] if title.endswith(".") and not title.endswith("..") else title


_RANGE = re.compile(r"([A-Za-z]*)(\d+)-([A-Za-z]*)(\d+)")


_PII = re.compile(r"\s*pii:?\s+(?=\w)", re.IGNORECASE)
_DASH = re.compile(r"\s*[-\u2010-\u2015\u2212]+\s*")
_ONE_PAGE = re.compile(r"(\w+)-\1")


def tidy_pages(text: str) -> str:
    """The pages with a plain hyphen for every kind of dash, and one page as one.

    >>> tidy_pages("pii: E13"), tidy_pages("297--297"), tidy_pages("12–15")
    ('E13', '297', '12-15')
    """
    tidy = _DASH.sub("-", _PII.sub("", text.strip()))
    return one[1] if (one := _ONE_PAGE.fullmatch(tidy)) else tidy


def whole_pages(text: str) -> str:
    """The pages with a shortened end made whole: ``6913-7`` is ``6913-6917``."""
    return ", ".join(
        _RANGE.sub(_lengthened, part.strip()) for part in tidy_pages(text).split(",") if part
    )


def _lengthened(found: re.Match[str]) -> str:
    letters, start, end_letters, end = found.groups()
    if len(end) < len(start) and end_letters in ("", letters):
        end = start[: len(start) - len(end)] + end
        end_letters = letters
    return f"{letters}{start}-{end_letters}{end}"


_NAMES = {
    "en": "eng english englisch anglais 英語", "ja": "jpn japanese japanisch 日本語",
    "de": "ger deu german deutsch ngerman", "fr": "fre fra french français french",
    "es": "spa spanish español castellano", "it": "ita italian italiano",
    "pt": "por portuguese português", "nl": "dut nld dutch nederlands",
    "zh": "chi zho chinese 中国語 中文", "ko": "kor korean 韓国語", "ru": "rus russian",
    "pl": "pol polish", "sv": "swe swedish svenska", "da": "dan danish dansk",
    "no": "nor norwegian norsk", "fi": "fin finnish suomi", "cs": "cze ces czech",
    "hu": "hun hungarian magyar", "tr": "tur turkish", "el": "gre ell greek", "uk": "ukr ukrainian",
    "is": "isl ice icelandic", "la": "lat latin", "ar": "ara arabic", "he": "heb hebrew",
}  # fmt: skip
"""BCP 47 → ISO 639-2 (both forms), English and own names."""

_CODES = {name: code for code, names in _NAMES.items() for name in names.split()}
_TAG = re.compile(r"[a-z]{2}(?:[-_][A-Za-z0-9]+)*", re.IGNORECASE)


def language(text: str) -> str:
    """The code of a language; a name nobody knows stands as it is."""
    text = text.strip()
    if _TAG.fullmatch(text):
        return text.replace("_", "-")
    return _CODES.get(text.lower(), text)


# ── Files of tagged lines (RIS, NBIB, Refer): a tag, a value, and lines that go on with it ──────


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One tag with its value; what stood on following lines is separated by line breaks."""

    tag: str
    value: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The lines of one entry, and its text."""

    lines: tuple[Line, ...]
    raw: str
    number: int

    def all(self, *tags: str) -> list[str]:
        """The values of the tags that are not empty, tag by tag in the order asked for."""
        return [line.value for tag in tags for line in self.lines if line.tag == tag and line.value]

    def first(self, *tags: str) -> str:
        """The first of them, or nothing."""
        for tag in tags:
            for line in self.lines:
                if line.tag == tag and line.value:
                    return line.value
        return ""


def blocks(
    lines_of_file: Iterable[str], tag: re.Pattern[str], opens: str, closes: str = ""
) -> Iterator[Block]:
    """The entries in the lines of a file, each beginning with the tag ``opens``.

    ``tag`` matches the head of a tagged line, its first group being the tag.  Lines before an
    opening tag belong to the entry that it opens where entries are closed by a tag too, and
    otherwise make one of their own.  In a file that begins so and does not close its entries, the
    lines behind the last blank one belong to the entry that comes.
    """
    lines: list[Line] = []
    raw: list[str] = []
    start = 1
    is_closed = is_late = is_begun = False
    is_first = True
    blank = (0, 0)
    for number, shown in enumerate(lines_of_file, 1):
        head = tag.match(shown.lstrip("\ufeff"))
        if head and lines and (is_closed or (head[1] == opens and (is_begun or not closes))):
            is_split = is_late and not is_closed and blank[0]
            kept, kept_raw = blank if is_split else (len(lines), len(raw))
            yield _block(lines[:kept], raw[:kept_raw], start)
            lines, raw, blank = lines[kept:], raw[kept_raw:], (0, 0)
            start = lines[0].number if lines else start
            is_begun = any(line.tag == opens for line in lines)
        if head:
            is_begun = is_begun or head[1] == opens
            value = shown.lstrip("\ufeff")[head.end() :].strip()
            start = number if not lines else start
            is_late, is_first = is_late or (is_first and head[1] != opens), False
            lines.append(Line(tag=head[1], value=value, number=number))
            is_closed = bool(closes) and head[1] == closes
        elif lines and shown.strip() and not is_closed:
            last = lines.pop()
            joined = f"{last.value}\n{shown.strip()}" if last.value else shown.strip()
            lines.append(Line(tag=last.tag, value=joined, number=last.number))
        elif lines and not shown.strip():
            blank = (len(lines), len(raw) + 1)
        if lines:
            raw.append(shown)
    if lines:
        yield _block(lines, raw, start)


def _block(lines: list[Line], raw: list[str], start: int) -> Block:
    return Block(lines=tuple(lines), raw="\n".join(raw).rstrip(), number=start)
