"""A WordPress site's posts as files and back: pulled, compared, pushed, and nobody's work lost.

The site has no conditional update, so every write is framed by comparisons: the post is read
again and must be what was pulled, and what is stored then must be what was sent.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from refpipe import articles, files
from refpipe.errors import RefpipeError, UnreadableText, UsageError
from refpipe.wordpress import checkout
from refpipe.wordpress.checkout import Checkout, Tracked
from refpipe.wordpress.posts import Fate, Listing, Post, PostOutcome, Refused
from refpipe.wordpress.site import WordPressSite


def pull(
    site: WordPressSite, here: Checkout, kinds: Iterable[str], *, since: str = ""
) -> Iterator[PostOutcome | Listing]:
    """Each post as it arrives, and how the listing of its type stands after each page.

    Stopped anywhere, it has done what it told of, and the next run goes on behind the last page
    that was read whole; what was changed in the pages before is asked for in the end.
    """
    for kind in kinds:
        broken_off, seen = here.broken_off(kind, since) or (None, set[str]())
        listing, arriving = site.listing(kind, since=since, broken_off=broken_off)
        yield from _arrived(here, listing, arriving, seen)
        if listing.refused is not None:
            continue
        if listing.is_resumed and listing.began:
            later, changed = site.listing(kind, since=listing.began)
            for post in changed:
                seen.add(post.name)
                yield _pulled(here, post)
            if later.refused is not None:
                yield later
        if not listing.hidden and not since:
            yield from _gone(here, kind, seen)


def _arrived(
    here: Checkout, listing: Listing, arriving: Iterable[Post], seen: set[str]
) -> Iterator[PostOutcome | Listing]:
    page = listing.page
    for post in arriving:
        if listing.shown == 1:
            seen.clear()  # It began anew.
        if listing.page != page:
            page = listing.page
            here.keep_place(listing, seen)
            yield listing
        seen.add(post.name)
        yield _pulled(here, post)
    here.keep_place(listing, seen)
    yield listing


def unpack(
    here: Checkout, posts: Iterable[Post], kinds: Collection[str] = ()
) -> Iterator[PostOutcome]:
    """The same for posts out of an export file; of the types ``kinds``, or without any of all.

    What was left out is counted.  Raises UnreadableText where that is all there is.
    """
    left: Counter[str] = Counter()
    is_any = False
    for post in posts:
        if post.status == "trash" or (kinds and post.kind not in kinds):
            left["trash" if post.status == "trash" else post.kind] += 1
            continue
        is_any = True
        yield _pulled(here, post)
    for kind, number in left.items():
        detail = (
            "in the trash" if kind == "trash" else f"of the type {kind}, not read without --types"
        )
        yield PostOutcome(fate=Fate.LEFT, name=kind, detail=f"{number} {detail}")
    if not is_any:
        raise UnreadableText(
            f"{here.site}: no post of the types that were to be read",
            hint="Is this the file that you exported? --types names other types.",
        )


@contextmanager
def opened(exports: Sequence[Path]) -> Iterator[Mapping[Path, str]]:
    """The posts of export files as files, each with what to call it, for as long as it is open.

    Raises UnreadableText for what is no export file.
    """
    from refpipe.wordpress.posts import exported

    names: dict[Path, str] = {}
    with tempfile.TemporaryDirectory(prefix="refpipe-") as folder:
        for number, export in enumerate(exports):
            here = Checkout(Path(folder).resolve() / str(number), str(export))
            for outcome in unpack(here, exported(export.read_bytes(), name=str(export))):
                if outcome.is_unchecked:
                    raise UnreadableText(f"{export}: {outcome.detail}", hint=outcome.hint)
                if outcome.path is not None:
                    within = outcome.path.relative_to(here.folder).as_posix()
                    names[outcome.path] = f"{export}/{within}"
        yield names


def _pulled(here: Checkout, post: Post) -> PostOutcome:
    """The site's text brought into the file, with what was changed there kept."""
    try:
        known = here.get(post) or _stranger(here, post)
        text = checkout.local_text(known) if known else None
        if known is None or text is None:
            tracked = (
                replace(known, post=post) if known else Tracked(post=post, path=here.path_for(post))
            )
            return _stored(here, tracked, Fate.NEW, tracked.base)
        known = _settled(known, post)
        if text == known.base:
            fate = Fate.UNCHANGED if _is_same(known.post, post) else Fate.UPDATED
            return _stored(here, replace(known, post=post), fate, with_fate(fate, post))
        if _is_same(known.post, post):
            is_unsettled = checkout.has_conflict(text, known.base)
            fate = Fate.CONFLICT if is_unsettled else Fate.CHANGED
            return _stored(here, replace(known, post=post), fate)
        merged, is_clean = checkout.merge(known.base, text, checkout.with_footnotes(post))
        fate = Fate.MERGED if is_clean else Fate.CONFLICT
        return _stored(here, replace(known, post=post), fate, merged)
    except RefpipeError as error:
        return _failed(post, str(error), error.hint)


def with_fate(fate: Fate, post: Post) -> str | None:
    """The text to write for a post that was not touched here; None to leave the file alone."""
    return checkout.with_footnotes(post) if fate is Fate.UPDATED else None


def _stranger(here: Checkout, post: Post) -> Tracked | None:
    """A file that stands where a post that was never pulled would go: never overwritten unseen."""
    path = here.path_for(post)
    if not path.exists():
        return None
    empty = replace(post, raw="", footnotes=None)
    return Tracked(post=empty, path=path)


def _stored(here: Checkout, tracked: Tracked, fate: Fate, text: str | None = None) -> PostOutcome:
    """Write the file first and what is remembered of it second.

    Killed between the two, the next pull finds the site's text in the file and the old base,
    merges the one with the other, and comes to the same.
    """
    if text is not None:
        checkout.replace(tracked.path, text)
    here.remember(tracked)
    return PostOutcome(
        fate=fate,
        name=tracked.post.name,
        path=tracked.path,
        title=tracked.post.title,
        warnings=tuple(_unseen(tracked, tracked.base if text is None else text)),
    )


_SYNCED = re.compile(r'<!-- wp:block \{[^{}]*"ref":\s*(\d+)')


def _unseen(tracked: Tracked, text: str) -> Iterator[str]:
    """What an editor took from the citations of a post, and what of it is not in its file."""
    bare = articles.without_comments(articles.read(tracked.path.name, text))
    if bare:
        yield (f"an editor removed the comments of citations ({bare}); refpipe refs puts them back")
    for number in dict.fromkeys(_SYNCED.findall(text)):
        yield f"it shows the synced pattern {number}, whose text is not in this file"


def _settled(known: Tracked, post: Post) -> Tracked:
    """What is known of a post once a push that was cut off has been accounted for."""
    if known.sent and checkout.with_footnotes(post) == known.sent:
        return replace(known, post=post, sent="")
    return known


def _gone(here: Checkout, kind: str, seen: Collection[str]) -> Iterator[PostOutcome]:
    for known in here.tracked():
        if known.post.kind == kind and known.post.name not in seen:
            yield PostOutcome(
                fate=Fate.GONE,
                name=known.post.name,
                path=known.path,
                title=known.post.title,
                detail="the site lists it no longer; the file is kept",
            )


def _named(here: Checkout, paths: Sequence[Path]) -> list[Tracked]:
    """The pulled posts whose files are ``paths`` or stand below them; all of them without any.

    Raises UsageError where that is none: nothing looked at is no success.
    """
    known = list(here.tracked())
    if not known:
        raise UsageError(
            f"nothing was pulled into {here.folder}",
            hint="refpipe wordpress pull brings the posts.",
        )
    if not paths:
        return known
    places = {path: path.resolve() for path in paths}
    found = {one.post.name: one.path.resolve() for one in known}
    for path, place in places.items():
        if not any(one.is_relative_to(place) for one in found.values()):
            raise UsageError(f"{path} was not pulled from the site")
    return [
        one
        for one in known
        if any(found[one.post.name].is_relative_to(place) for place in places.values())
    ]


def status(here: Checkout, paths: Sequence[Path] = ()) -> Iterator[PostOutcome]:
    """How each file (or those of ``paths``) stands to what was pulled; nobody is asked."""
    for known in _named(here, paths):
        try:
            text = checkout.local_text(known)
            fate, detail = _standing(known, text)
        except RefpipeError as error:
            yield _failed(known.post, str(error), error.hint, known.path)
            continue
        yield PostOutcome(
            fate=fate,
            name=known.post.name,
            path=known.path,
            title=known.post.title,
            detail=detail,
            diff=files.diff(known.path.name, known.base, text or "")
            if fate is not Fate.UNCHANGED
            else "",
            warnings=tuple(_unseen(known, text)) if text is not None else (),
        )


def _standing(known: Tracked, text: str | None) -> tuple[Fate, str]:
    if text is None:
        return (
            Fate.CHANGED,
            "the file was removed; pull brings it back, push does not touch the site",
        )
    if checkout.has_conflict(text, known.base):
        return Fate.CONFLICT, "settle what stands between the marks, then push"
    if known.sent:
        return Fate.CHANGED, "a push was cut off; push again finds out what the site holds"
    if text == known.base:
        return Fate.UNCHANGED, ""
    if known.filtered == text:
        return Fate.FILTERED, "the site stored it otherwise"
    return Fate.CHANGED, ""


def push(
    site: WordPressSite, here: Checkout, paths: Sequence[Path] = (), *, is_dry: bool = False
) -> Iterator[PostOutcome]:
    """Each file that was changed here, written to the site or told why not.

    ``paths`` are files or folders; without any, every file is looked at.
    """
    for known in _named(here, paths):
        try:
            outcome = _pushed(site, here, known, is_dry=is_dry)
        except RefpipeError as error:
            outcome = _failed(known.post, str(error), error.hint, known.path)
        if outcome is not None:
            yield outcome


def _pushed(
    site: WordPressSite, here: Checkout, known: Tracked, *, is_dry: bool
) -> PostOutcome | None:
    text = checkout.local_text(known)
    if text is None or (text == known.base and not known.sent):
        return None
    if (held := _held_back(known, text)) is not None:
        return held
    there = site.post(known.post.kind, known.post.id)
    if isinstance(there, Refused):
        return _failed(known.post, there.reason, there.hint, known.path)
    known = _settled(known, there)
    if not _is_same(known.post, there):
        return _told(
            known,
            Fate.OUTDATED,
            "changed on the site since it was pulled; nothing was written",
            hint="refpipe wordpress pull merges both, then push again",
        )
    return _due(site, here, replace(known, post=there), text, is_dry=is_dry)


def _held_back(known: Tracked, text: str) -> PostOutcome | None:
    """Why a text is not even offered to the site; None where it may go."""
    if checkout.has_conflict(text, known.base):
        return _told(known, Fate.CONFLICT, "not written: settle what stands between the marks")
    if text == known.filtered:
        return _told(known, Fate.FILTERED, "not sent again: the site stores it otherwise")
    return None


def _due(
    site: WordPressSite, here: Checkout, known: Tracked, text: str, *, is_dry: bool
) -> PostOutcome:
    """The write itself, of a post that is on the site what was pulled."""
    raw, notes = checkout.without_footnotes(text, known.post)
    if raw == known.post.raw and notes is None:
        here.remember(replace(known, sent=""))
        return _told(known, Fate.PUSHED, "a push that was cut off had been written")
    warnings = _warnings(site, known.post)
    if is_dry:
        diff = files.diff(known.path.name, known.base, text)
        return replace(_told(known, Fate.DUE, ""), diff=diff, warnings=warnings)
    sending = replace(known, sent=text, before=known.base)
    here.remember(sending)
    written = site.write(known.post, raw, notes)
    if isinstance(written, Refused):
        return _unsure(site, here, sending, written)
    return _compared(site, here, sending, written, warnings)


def _unsure(site: WordPressSite, here: Checkout, sending: Tracked, refused: Refused) -> PostOutcome:
    """After an answer that was lost or a no: what the site holds now decides."""
    post = sending.post
    now = site.post(post.kind, post.id)
    if isinstance(now, Refused):
        reason = f"{refused.reason}; whether it was written is not known"
        return _failed(post, reason, refused.hint or "push again finds out", sending.path)
    if checkout.with_footnotes(now) == sending.sent:
        here.remember(replace(sending, post=now, sent=""))
        return _told(sending, Fate.PUSHED, "written, though the answer was lost")
    here.remember(replace(sending, sent="", before=None))
    return _failed(post, f"{refused.reason}; nothing was written", refused.hint, sending.path)


def _compared(
    site: WordPressSite, here: Checkout, sending: Tracked, written: Post, warnings: tuple[str, ...]
) -> PostOutcome:
    """What was stored held against what was sent, and the count of revisions against one more."""
    warnings += _between(site, sending.post, written)
    stored = checkout.with_footnotes(written)
    filtered = "" if stored == sending.sent else sending.sent
    here.remember(replace(sending, post=written, sent="", filtered=filtered))
    if not filtered:
        return replace(_told(sending, Fate.PUSHED, ""), warnings=warnings)
    return replace(_stored_otherwise(sending, stored), warnings=warnings)


def _stored_otherwise(sending: Tracked, stored: str) -> PostOutcome:
    told = _told(
        sending,
        Fate.FILTERED,
        "the site changed what was sent: this user may not store such markup",
        hint="Push as an administrator or editor, or remove the file and pull the site's text.",
    )
    return replace(told, diff=files.diff(sending.path.name, sending.sent, stored))


def _between(site: WordPressSite, before: Post, written: Post) -> tuple[str, ...]:
    """Texts that somebody stored between our comparison and our write, and that it covered."""
    if before.revisions is None or written.revisions in {None, before.revisions + 1}:
        return ()
    found = site.revisions(written)
    if isinstance(found, Refused):
        return (f"whether somebody saved meanwhile could not be checked: {found.reason}",)
    known, last = {before.raw, written.raw}, before.revision or 0
    covered = [one for one in found if one.id > last and one.raw not in known]
    return tuple(
        f"somebody saved it at the same moment; that text is revision {one.id} of the post, kept"
        for one in covered
    )


def _warnings(site: WordPressSite, there: Post) -> tuple[str, ...]:
    newer = site.autosave(there)
    if isinstance(newer, Refused):
        return (f"whether an editor holds an unsaved text could not be checked: {newer.reason}",)
    if newer is None or newer.raw == there.raw:
        return ()
    return (f"an editor holds an unsaved text of {newer.modified}, newer than the post",)


def undo(site: WordPressSite, here: Checkout, paths: Sequence[Path]) -> Iterator[PostOutcome]:
    """The texts before the last push of the files ``paths`` put back."""
    for known in _named(here, paths):
        try:
            yield _undone(site, here, known)
        except RefpipeError as error:
            yield _failed(known.post, str(error), error.hint, known.path)


def _undone(site: WordPressSite, here: Checkout, known: Tracked) -> PostOutcome:
    post, before = known.post, known.before
    if before is None:
        return _failed(post, "nothing of it was pushed from here", "", known.path)
    there = site.post(post.kind, post.id)
    if isinstance(there, Refused):
        return _failed(post, there.reason, there.hint, known.path)
    if not _is_same(there, post):
        return _told(
            known, Fate.OUTDATED, "changed on the site since the push; nothing was written"
        )
    was_same = checkout.local_text(known) == known.base
    refused, written = None, site.write(there, *checkout.without_footnotes(before, there))
    if isinstance(written, Refused):
        refused, written = written, site.post(post.kind, post.id)
    if isinstance(written, Refused) or (refused is not None and _is_same(written, post)):
        told = refused or written
        assert isinstance(told, Refused)  # noqa: S101
        return _failed(post, told.reason, told.hint, known.path)
    tracked = replace(known, post=written, before=None, sent="", filtered="")
    outcome = _stored(here, tracked, Fate.UNDONE, tracked.base if was_same else None)
    if tracked.base == before:
        return outcome
    return _stored_otherwise(replace(tracked, sent=before), tracked.base)


def _is_same(one: Post, other: Post) -> bool:
    return one.raw == other.raw and (one.footnotes or "") == (other.footnotes or "")


def _told(known: Tracked, fate: Fate, detail: str, hint: str = "") -> PostOutcome:
    return PostOutcome(
        fate=fate, name=known.post.name, path=known.path, title=known.post.title, detail=detail,
        hint=hint,
    )  # fmt: skip


def _failed(post: Post, detail: str, hint: str, path: Path | None = None) -> PostOutcome:
    return PostOutcome(
        fate=Fate.FAILED, name=post.name, path=path, title=post.title, detail=detail, hint=hint
    )
