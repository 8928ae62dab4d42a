"""The door: ``refpipe`` and ``python -m refpipe``."""

from __future__ import annotations

import sys

from refpipe import __version__


def main() -> None:
    """Run the command line.

    ``--version`` is answered before click is imported: the question is asked by scripts, and
    the answer should cost no more than starting Python does.
    """
    if sys.argv[1:] == ["--version"]:
        print(f"refpipe {__version__}")  # noqa: T201
        return
    from refpipe.cli import run

    sys.exit(run())


if __name__ == "__main__":
    main()
