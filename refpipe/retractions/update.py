"""Getting the data: from Crossref's published file, or from a file that is here already."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from refpipe.errors import NetworkError, RetractionDataError, UnreadableText
from refpipe.http import Settings, site_session
from refpipe.retractions import data_set, index

SOURCE = "https://gitlab.com/crossref/retraction-watch-data/-/raw/main/retraction_watch.csv"
"""Where Crossref publishes the data (https://gitlab.com/crossref/retraction-watch-data)."""
_LEAST = 0.9
"""The share of the rows of yesterday that a download must have to be believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Updated:
    """What an update came to."""

    notices: int
    tally: data_set.Tally
    is_unchanged: bool = False
    """True: the published file is the one that was read last time."""


def from_file(
    path: Path, target: Path, *, now: str, about: dict[str, str] | None = None
) -> Updated:
    """Make the index from a file.  Raises UnreadableText, or RetractionDataError for the disk."""
    tally = data_set.Tally()
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
        # Old dumps are Latin-1: a byte that is no UTF-8 stands in names that nobody looks up.
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            known = {
                "made": now,
                "source": str(path),
                "sha256": digest.hexdigest(),
                **(about or {}),
            }
            count = index.make(target, data_set.read(lines, tally), known)
    except OSError as error:
        raise RetractionDataError(f"the index was not made: {error}") from error
    except UnreadableText as error:
        raise UnreadableText(
            f"{path}: {error}; what was known before is kept", hint=error.hint
        ) from error
    return Updated(notices=count, tally=tally)


def from_network(settings: Settings, target: Path, *, now: str, url: str = "") -> Updated:
    """Make the index from the published file, unless it is the one that was read last time.

    Raises NetworkError where it cannot be had, UnreadableText where it cannot be believed.
    """
    source = url or os.environ.get("REFPIPE_RETRACTION_DATA_URL", "") or SOURCE
    before = _known(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f"{target.name}.{os.getpid()}.csv")
    etag = before.get("etag", "") if before.get("source") == source else ""
    try:
        got = site_session.download_file(settings, source, beside, etag=etag)
        if got.failure:
            raise NetworkError(
                f"the Retraction Watch data could not be downloaded: {got.failure}",
                hint="What was known before is kept.  --file reads a file that you downloaded.",
            )
        if got.is_unchanged:
            return Updated(
                notices=int(before.get("notices", 0)), tally=data_set.Tally(), is_unchanged=True
            )
        return _believed(beside, target, before, {"source": source, "etag": got.etag}, now)
    finally:
        beside.unlink(missing_ok=True)


def _believed(
    file: Path, target: Path, before: dict[str, str], about: dict[str, str], now: str
) -> Updated:
    """The index of a download; one with far fewer rows than the last is not believed."""
    trial = target.with_name(f"{target.name}.{os.getpid()}.trial")
    try:
        made = from_file(file, trial, now=now, about=about)
        if made.notices < int(before.get("notices", 0)) * _LEAST:
            raise UnreadableText(
                f"the published file holds {made.notices} notices, and the last one held"
                f" {before['notices']}; what was known before is kept",
                hint="If the data really shrank, download the file and use --file.",
            )
        trial.replace(target)
    finally:
        trial.unlink(missing_ok=True)
    return made


def _known(target: Path) -> dict[str, str]:
    """What the index at hand says of itself; nothing where there is none that can be read."""
    try:
        with index.Index(target) as known:
            return {**known.about, "notices": str(known.count)}
    except RetractionDataError:
        return {}
