"""The door: ``refpipe`` and ``python -m refpipe``."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from refpipe import __version__


def main() -> None:
    """Run the command line.

    ``--version``, and ``refs`` where nothing is to be done, are answered before click is
    imported: both are asked by scripts again and again, and click costs more than the answer.
    """
    # Starting makes many objects and no rubbish; the usual look after each 700 finds nothing.
    gc.set_threshold(50_000, 20, 20)
    if sys.argv[1:] == ["--version"]:
        print(f"refpipe {__version__}")  # noqa: T201
        return
    try:
        if sys.argv[1:2] == ["refs"]:
            said = _idle(sys.argv[1:])
            if said is not None:
                print(said, file=sys.stderr)  # noqa: T201
                return
        from refpipe.cli import run
    except KeyboardInterrupt:  # Before there is a command that could answer for itself.
        from refpipe import config, display

        told = "stopped; what was done so far is kept"
        lang = config.choose_language(None, "")
        print(display.in_language(told, lang), file=sys.stderr)  # noqa: T201
        sys.exit(2)
    sys.exit(run())


# Most runs of an authoring workflow find every article in order.  Such a run reads the articles
# and compares digests; importing the command line would take longer than that.  Whatever is not
# plainly idle goes the ordinary way, and so does every option.


def _idle(arguments: Sequence[str]) -> str | None:
    """What to say where ``refs`` with these arguments has nothing to do; None otherwise."""
    if not arguments or arguments[0] != "refs" or any(one[:1] == "-" for one in arguments[1:]):
        return None
    from pathlib import Path

    from refpipe import config, files
    from refpipe.cache import Cache
    from refpipe.display import in_language
    from refpipe.errors import ArticleError, RefpipeError
    from refpipe.pipeline import refs

    try:
        paths = [Path(one) for one in arguments[1:]]
        settings = config.load_for(paths, Path.cwd())
        if not settings.cache.is_dir():
            return None
        named = paths or list(settings.articles)
        with Cache(settings.cache) as cache:
            # To ask git what it ignores costs as much as all the rest, and seldom matters.
            for asks_git in (False, True):
                unreadable: list[ArticleError] = []
                found = list(
                    files.find(
                        named,
                        config.SUFFIXES,
                        settings.exclude,
                        unreadable=unreadable,
                        asks_git=asks_git,
                        within=settings.bounds,
                    )
                )
                if unreadable or not found:
                    return None
                if refs.are_idle(settings, cache, found):
                    open_works = refs.unconfirmed(cache, found)
                    break
            else:
                return None
    except (RefpipeError, OSError, ValueError, RuntimeError):
        # Only what is sure is answered here; the ordinary way says what is wrong, and in words.
        return None
    said = f"{len(found)} article{'' if len(found) == 1 else 's'}, 0 written"
    if open_works:
        works = f"{len(open_works)} work{'' if len(open_works) == 1 else 's'}"
        said = f"{refs.UNCONFIRMED.format(works)}\n{said}"
    return in_language(said, config.choose_language(None, settings.lang))


if __name__ == "__main__":
    main()
