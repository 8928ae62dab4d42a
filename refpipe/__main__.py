"""The door: ``refpipe`` and ``python -m refpipe``."""

from __future__ import annotations

import sys

from refpipe import __version__


def main() -> None:
    """Run the command line.

    ``--version``, and ``refs`` where nothing is to be done, are answered before click is
    imported: both are asked by scripts again and again, and click costs more than the answer.
    """
    if sys.argv[1:] == ["--version"]:
        print(f"refpipe {__version__}")  # noqa: T201
        return
    if sys.argv[1:2] == ["refs"]:
        from refpipe import idle

        said = idle.answer(sys.argv[1:])
        if said is not None:
            print(said, file=sys.stderr)  # noqa: T201
            return
    from refpipe.cli import run

    sys.exit(run())


if __name__ == "__main__":
    main()
