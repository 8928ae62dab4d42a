"""One printed reference → its item, each field with its confidence and its place.

``read`` takes the text of a single reference in whatever style, line breaks and all.  What was
not understood comes back as ``rest``; nothing is invented.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from refpipe.items.printed import addresses, assemble, clean, doubts, repair, second_reading
from refpipe.items.printed.addresses import Addresses
from refpipe.items.printed.articles import japanese_articles, western_articles
from refpipe.items.printed.clean import Clean
from refpipe.items.printed.nouns import SERIAL, Draft, Field, Printed, Rest
from refpipe.items.printed.works import japanese_kinds, japanese_works, western_kinds, western_works
from refpipe.model import LONGEST_REFERENCE, Claim, Reading, Record, Scheme, Span

__all__ = ["Field", "Printed", "Rest", "read", "reading", "remembered"]


_HALF = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair: no character, and nothing that the labeller can be given."""


_REMARK = re.compile(
    r"\s*(?:[(（][^()（）]*[)）]|[【［\[][^\[\]［］【】]*[】］\]])[\s.。]*\Z"
    r"|\s[※←→⇒★☆◎◆■●▶♪][^\n]*\Z"
    r"|(?<=\d)[.。]?\s+[^\d\s\x00-\x7f][^\d\n]*\Z"
)
"""What somebody may have written behind a reference that was complete without it."""


def read(text: str) -> Printed:
    """The reference, read; a remark behind it is ``rest`` where a journal's is spoilt by it."""
    whole = _read(text)
    remark = _REMARK.search(text) if _is_spoilt(whole) else None
    shorter = _read(text[: remark.start()]) if remark else whole
    if remark is None or _is_spoilt(shorter):
        return whole
    said = Rest(text=remark[0].strip(), span=Span(remark.start(), remark.end()))
    return replace(shorter, text=text, rest=(*shorter.rest, said))


def _is_spoilt(read: Printed) -> bool:
    """Whether a journal's numbers stand where no numbers are: in a name, or unread."""
    held = str(read.reading.item.get("container-title", ""))
    return read.is_run_together or any(
        SERIAL.search(text) for text in (held, *(stretch.text for stretch in read.rest))
    )


def _read(text: str) -> Printed:
    cleaned = clean.clean(_HALF.sub("\ufffd", text[:LONGEST_REFERENCE]))
    found = addresses.find(cleaned.text, cleaned.shape)
    # Figures alone, such as the number of a reference that was not copied, say nothing.
    is_said = any(map(str.isalpha, cleaned.text))
    draft = _draft(cleaned, found) if is_said else Draft()
    parts = draft.parts + found.parts
    fields = assemble.fields(parts, cleaned)
    item = assemble.item(fields, draft, has_doi=_has_doi(found.claims))
    item, repairs = repair.mend(repair.parted(item), found.claims)
    fields = assemble.mended(fields, item)
    rest = assemble.rest(parts, found.spans + draft.known, cleaned)
    rest += assemble.beyond(text, LONGEST_REFERENCE)
    return Printed(
        text=text,
        reading=Reading(item=item, claims=tuple(found.claims), repairs=repairs),
        fields=doubts.doubted(
            fields, str(item["type"]), rest, text, second_reading.against(parts, cleaned)
        ),
        rest=rest,
    )


@lru_cache(maxsize=1024)
def remembered(text: str) -> Printed:
    """The reference, read once for all who ask for it soon after; nobody may change its item."""
    return read(text)


def _draft(cleaned: Clean, found: Addresses) -> Draft:
    """The parts, read by the order of the kind that the signs tell."""
    has_url = any(part.name in ("URL", "accessed") for part in found.parts)
    has_doi = _has_doi(found.claims)
    if japanese_articles.is_japanese(cleaned):
        kind = japanese_kinds.kind_of(found.masked, has_url=has_url, has_doi=has_doi)
        if kind == "journal":
            return japanese_articles.read(cleaned, found)
        return japanese_works.read(cleaned.text, found.masked, kind)
    kind = western_kinds.kind_of(cleaned.shape, found.masked, has_url=has_url, has_doi=has_doi)
    if kind == "journal":
        draft = western_articles.read(cleaned, found)
    else:
        draft = western_works.read(cleaned.text, found.masked, kind)
    if kind in second_reading.KINDS:
        second_reading.settle(draft, cleaned.text)
    return draft


def _has_doi(claims: list[Claim]) -> bool:
    return any(claim.identifier.scheme is Scheme.DOI for claim in claims)


def reading(record: Record) -> Reading:
    """What a record of the source ``printed`` means; its payload is the printed line."""
    return read(record.payload).reading
