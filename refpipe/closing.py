"""What is closed when a ``with`` block ends, whatever happened in it."""

from __future__ import annotations

from typing import Self


class Closing:
    """Something that is open until ``close`` is called; a ``with`` block calls it at its end."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of what is held."""
        raise NotImplementedError
