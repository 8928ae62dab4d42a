"""Why an entry of ours differs from the reference engine's: causes, each with its own test.

A cause knows which items it can concern and folds away what it alone changes.  A difference is
explained when the causes that concern its item, folded away on both sides, leave equal texts.
What no cause explains is a shortfall of ours and counts as wrong.  Each cause is argued in
``docs/deviations.md`` under its name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

Item = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One reason to differ."""

    name: str
    concerns: Callable[[Item], bool]
    fold: Callable[[str, Item], str]


def people(item: Item) -> Iterator[tuple[str, str]]:
    """Family and given names of everybody in an item, a literal name as family."""
    for key in ("author", "editor", "translator", "collection-editor"):
        for name in item.get(key) or ():
            yield str(name.get("family") or name.get("literal") or ""), str(name.get("given") or "")


def given(pattern: str) -> Callable[[Item], bool]:
    """True for items with a given name that a pattern finds."""
    return lambda item: any(re.search(pattern, name) for _, name in people(item))


def field(key: str, pattern: str) -> Callable[[Item], bool]:
    """True for items with a field that a pattern finds."""
    return lambda item: re.search(pattern, str(item.get(key, ""))) is not None


def sub(pattern: str, by: str = "") -> Callable[[str, Item], str]:
    """A fold that needs to know nothing of the item."""
    return lambda text, _: re.sub(pattern, by, text)


def fold_slips(text: str, item: Item) -> str:
    """``William.`` and ``W.`` alike."""
    for _, name in people(item):
        for word in re.findall(r"\w{4,}(?=\.)", name):
            text = text.replace(f"{word}.", f"{word[0]}.").replace(word, word[0])
    return text.replace(" ", "").replace(".", "")


def fold_typographic_hyphens(text: str, item: Item) -> str:
    """``J.-L.`` and ``J.``, ``JL`` and ``J`` alike, for the names concerned."""
    for family, name in people(item):
        if re.search("[\u2010\u2011]", name):
            first = re.escape(name[0])
            text = re.sub(rf"{first}\.(?:-\w\.)*", f"{name[0]}.", text)
            text = re.sub(rf"({re.escape(family)} {first})\w*(?: [a-z]+)?", r"\1", text)
    return text


def fold_padded(text: str, item: Item) -> str:
    """A given name with blanks around it, whole or shortened, alike."""
    for family, name in people(item):
        if name != name.strip() or family != family.strip() or re.search(r"\s[.,]$", name):
            words = re.findall(r"[^\W\d_]+", name)
            initials = [word[0] for word in words]
            forms = {name.strip(), " ".join(words), "-".join(words), "".join(initials)}
            forms |= {".-".join(initials) + ".", ". ".join(initials) + "."}
            forms |= {". ".join(initials) + ". ."}
            for form in sorted(forms, key=len, reverse=True):
                text = text.replace(f"{form} {family.strip()}", "@")
                text = text.replace(f"{family.strip()} {form}", "@")
    return re.sub(r"[ .]", "", text)


def fold_unreached(text: str, item: Item) -> str:
    """Initials of letters that the reference engine takes for none."""
    for _, name in people(item):
        for word in name.split():
            if ord(word[0]) > 0x17F:
                text = text.replace(word, word[0])
    return text.replace(" ", "")


BARE = re.compile(r"[A-Z]{2,3}|[BCDFGHJKLMNPQRSTVWXZ]{4}")
ALONE = re.compile(
    r"[A-Z]\.?|(?:[A-Z]\.[ -]?){1,3}(?:[A-Z]\.?)?|(?!NG$)[BCDFGHJKLMNPQRSTVWXZ]{2,3}"
)


def fold_bare(text: str, item: Item) -> str:
    """``E. J.`` and ``E.``, ``EJ`` and ``E`` alike for a given name of bare initials."""
    for family, name in people(item):
        if BARE.fullmatch(name):
            dotted = ". ".join(name) + "."
            for form in (dotted, f"{name[0]}."):
                text = text.replace(f"{form} {family}", f"@ {family}")
            for form in (name, name[0]):
                text = re.sub(rf"{re.escape(family)} {form}\b", f"{family} @", text)
    return text


def fold_swapped(text: str, item: Item) -> str:
    """``A. Aalto`` and what becomes of ``family: A, given: Aalto.`` alike."""
    for family, name in people(item):
        if ALONE.fullmatch(family):
            letters = re.sub(r"\W", "", family)
            bare = name.rstrip(".")
            dotted = ". ".join(letters) + "."
            ours = (f"{dotted} {bare}", f"{bare} {letters}")
            theirs = (f"{bare[0]}. {family}", f"{name} {family}", f"{family} {bare[0]}")
            for form in sorted((*ours, *theirs, f"{family} {bare}"), key=len, reverse=True):
                text = text.replace(form, "@")
    return text.replace(".", "")


def has_numbers_only(text: str) -> bool:
    """True for one number or roman numeral, or two with a hyphen."""
    return re.fullmatch(r"[\divxlc]+(?:[-–][\divxlc]+)?", text, re.IGNORECASE) is not None


def odd_number(item: Item) -> bool:
    """True where a number field is more than a number or a range of two."""
    fields = (str(item.get(key, "")) for key in ("page", "number", "collection-number", "volume"))
    return any(text and not has_numbers_only(text) for text in fields) or bool(
        re.fullmatch(r"\d+-\d+", str(item.get("number", item.get("collection-number", ""))))
    )


def edition_words(item: Item) -> bool:
    """True for an edition that is more than a number."""
    text = str(item.get("edition", ""))
    return bool(text) and not text.isdigit()


LABELS = frozenset(
    """trans translator translators editor editors and ed eds version vol presented at paper pp p
    dir director located no nos""".split()  # noqa: SIM905
)
MORE = {
    "book": ("page",),
    "chapter": ("volume",),
    "paper-conference": ("volume",),
    "software": ("publisher", "publisher-place"),
    "report": ("number", "genre"),
    "manuscript": ("genre", "page", "number-of-pages", "archive", "archive_location"),
}
"""Type → fields that our styles print and the reference engine's leave out."""
ALWAYS = ("event-title", "event-place", "version", "status")


def left_out(item: Item) -> list[str]:
    """What the reference engine's styles leave out of an item, as texts."""
    named = [*ALWAYS, *MORE.get(str(item.get("type")), ())]
    texts = [str(item[key]) for key in named if item.get(key)]
    for role in ("translator", "director", "compiler"):
        for name in item.get(role) or ():
            given = str(name.get("given") or "")
            initials = re.findall(r"\b[^\W\d_]", given)
            texts += [str(name.get("family") or name.get("literal") or ""), given]
            texts += ["".join(initials), *initials]
    return texts


def fold_left_out(text: str, item: Item) -> str:
    """The words of an entry without those of the fields that are left out there."""
    gone = {word.lower() for part in left_out(item) for word in re.findall(r"\w+", part)} | LABELS
    return " ".join(word for word in re.findall(r"\w+", text) if word.lower() not in gone)


def fold_order(text: str, _: Item) -> str:
    """The words alone, in the order of the alphabet: names turned round are the same."""
    return " ".join(sorted(re.findall(r"\w+", text)))


def fold_volume_twice(text: str, item: Item) -> str:
    """A volume that is told again in front of the date."""
    volume = re.escape(str(item.get("volume", "")))
    return re.sub(rf"(?:Vol\. )?{volume}\. (?=.*{volume})", "", text)


def fold_edition(text: str, _: Item) -> str:
    """``5th ed.`` and ``Fifth edition`` alike."""
    for number, word in enumerate(["first", "second", "third", "fourth", "fifth"], 1):
        text = re.sub(rf"\b{word}\b", str(number), text, flags=re.IGNORECASE)
    text = re.sub(
        r"(?<=\d)(?:st|nd|rd|th)|[.,]|\bed(?:ition|s)?\b| ", "", text, flags=re.IGNORECASE
    )
    return text.lower()


CAUSES = (
    Cause(name="lettered-pages", concerns=field("page", r"\d[a-z]+[-–]\d"),
          fold=sub(r"\d+[a-z]+[–-]\d+[a-z]*", "PAGES")),
    Cause(name="date-of-a-web-page",
          concerns=lambda item: item.get("type") in ("webpage", "post", "post-weblog")
          and "accessed" not in item,
          fold=sub(r",? (?:[A-Z][a-z]+\.?(?: \d\d,)? )?\d{4}(?=[.,”])|[.,”]")),
    Cause(name="bare-initials", fold=fold_bare,
          concerns=lambda item: any(BARE.fullmatch(name) for _, name in people(item))),
    Cause(name="swapped-names", fold=fold_swapped,
          concerns=lambda item: any(
              name and ALONE.fullmatch(family) for family, name in people(item))),
    Cause(name="given-name-with-a-stop", concerns=given(r"\w{4,}\."), fold=fold_slips),
    Cause(name="o-in-the-given-name", concerns=given(r"[ODLodl]\.?['’]$"),
          fold=sub(r"[ .’O]")),
    Cause(name="title-begins-with-punctuation", concerns=field("title", r"^\s*[.:;,!?]"),
          fold=sub(r"[.:;,!?“” ]")),
    Cause(name="typographic-hyphen-in-a-name", concerns=given("[\u2010\u2011]"),
          fold=fold_typographic_hyphens),
    Cause(name="blanks-around-a-name", fold=fold_padded,
          concerns=lambda item: any(
              family != family.strip() or name != name.strip() or re.search(r"\s[.,]$", name)
              for family, name in people(item))),
    Cause(name="initial-of-a-letter-it-does-not-know", fold=fold_unreached,
          concerns=lambda item: any(
              ord(word[0]) > 0x17F for _, name in people(item) for word in name.split())),
    Cause(name="quotation-marks-in-a-name", fold=sub(r"[\"“”]"),
          concerns=lambda item: any('"' in family for family, _ in people(item))),
    Cause(name="doi-as-an-address", concerns=field("DOI", r"^https?://"),
          fold=sub(r"https?://(?:dx\.)?doi\.org/")),
    Cause(name="comma-after-a-series", concerns=lambda item: "collection-title" in item,
          fold=sub(r"\. , ", ". ")),
    Cause(name="in-without-a-book", fold=sub(r" ?\bIn[.:]"),
          concerns=lambda item: not item.get("container-title")),
    Cause(name="edition-in-words", concerns=edition_words, fold=fold_edition),
    Cause(name="fields-it-leaves-out", concerns=lambda item: bool(left_out(item)),
          fold=fold_left_out),
    Cause(name="word-of-a-number-twice", fold=sub(r"(?i)\b(?:nos?|vols?|volume)\b\.? ?"),
          concerns=lambda item: any(
              re.match(r"(?i)(?:no|nr|vol|volume)\.? ?\d", str(item.get(key, "")))
              for key in ("collection-number", "issue", "volume"))),
    Cause(name="latin-name-on-an-east-asian-work", fold=fold_order,
          concerns=field("language", "^(?:zh|ja|ko)")),
    Cause(name="japanese-entry", fold=sub(r"年| and|[,.]"),
          concerns=field("language", "(?i)^(?:ja|jpn|japanese)")),
    Cause(name="small-word-in-a-given-name", concerns=given(r" [a-z]{2,}$"),
          fold=sub(r"(?<= [A-Z]) [a-z]{2,}(?=[,.])")),
    Cause(name="names-of-one-word-among-others", fold=fold_order,
          concerns=lambda item: any(not family or not name for family, name in people(item))),
    Cause(name="volume-without-a-journal", fold=fold_volume_twice,
          concerns=lambda item: "volume" in item and not item.get("container-title")),
    Cause(name="extent-in-words", fold=sub(r" p\b\.?|\."),
          concerns=lambda item: not str(item.get("number-of-pages", "1")).isdecimal()),
    Cause(name="series-of-a-journal-before-its-volume", fold=sub(" "),
          concerns=lambda item: item.get("type") == "article-journal"
          and "collection-title" in item),
    Cause(name="pages-without-a-year", fold=sub(r"[.:] ?(?=\d+[-–]\d+)"),
          concerns=lambda item: "page" in item and "issued" not in item),
    Cause(name="day-of-a-newspaper", fold=sub(r"[A-Z][a-z]+ \d{1,2}, (?=\d{4}\b)"),
          concerns=lambda item: item.get("type") == "article-newspaper" and "issue" in item),
    Cause(name="markup-it-does-not-know", fold=sub("</?span[^>]*>|&shy;|[\u200b ]"),
          concerns=field("title", "<span|&shy;|\u200b")),
    Cause(name="markup-it-does-not-know", fold=sub("[\u200b ]"),
          concerns=lambda item: "\u200b" in json.dumps(item, ensure_ascii=False)),
    Cause(name="dash-in-a-number", concerns=odd_number, fold=sub("–", "-")),
    Cause(name="plural-of-one-number", concerns=odd_number, fold=sub(r"\bnos?\b\.?", "no.")),
    Cause(name="stop-after-a-question-mark", concerns=field("title", r"[?!]$"),
          fold=sub(r"(?<=[?!])\.")),
    Cause(name="names-run-together", fold=sub(r"[ ,]"),
          concerns=lambda item: "author" not in item and "editor" in item and "translator" in item),
    Cause(name="comma-before-an-address", fold=sub(r"[,”]"),
          concerns=lambda item: not item.get("container-title")
          and ("URL" in item or "DOI" in item)),
    Cause(name="day-or-month-zero", concerns=field("issued", r"\b0\b"), fold=sub(r" 0\b,?")),
    Cause(name="turkish-capital", concerns=field("language", "^(?:tr|TUR)"), fold=sub("İ", "I")),
)  # fmt: skip
"""In the order of ``docs/deviations.md``."""


def explained(item: Item, ours: str, theirs: str) -> tuple[str, ...]:
    """The names of the causes that explain a difference, as few as do; empty if none do."""
    concerned = [cause for cause in CAUSES if cause.concerns(item)]
    for cause in concerned:
        if folded(ours, item, [cause]) == folded(theirs, item, [cause]):
            return (cause.name,)
    if concerned and folded(ours, item, concerned) == folded(theirs, item, concerned):
        return tuple(dict.fromkeys(cause.name for cause in concerned))
    return ()


def folded(text: str, item: Item, causes: Iterable[Cause]) -> str:
    """The text without what the causes change."""
    for cause in causes:
        text = cause.fold(text, item)
    return text
