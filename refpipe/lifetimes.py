"""What is open until it is closed, such as a database or a connection."""

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
