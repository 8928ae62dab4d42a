"""When things begin and end: patterns are compiled by their first user, what is open is closed."""

from __future__ import annotations

import re
from typing import Any, Self, cast

# The modules that a command loads know some five hundred patterns, of which it uses a part, and
# compiling all of them was up to a fifth of what a writer waited for.

_OWN = (
    "search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "groups",
    "groupindex",
)  # fmt: skip


class _Lazy:
    """A pattern that is not compiled yet; afterwards it has the compiled one's own methods."""

    def __init__(self, text: str, flags: int | re.RegexFlag) -> None:
        self.pattern, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        self.__dict__.update({one: getattr(compiled, one) for one in _OWN})
        return getattr(compiled, name)


def lazy(text: str, flags: int | re.RegexFlag = 0) -> re.Pattern[str]:
    """What ``re.compile`` gives, made when it is first used.

    Its methods are all there; where ``re`` itself wants a compiled pattern, it is none.

    >>> lazy("b+").findall("abba")
    ['bb']
    """
    return cast("re.Pattern[str]", _Lazy(text, flags))


class Closing:
    """Something that is open until ``close`` is called; a ``with`` block calls it at its end."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of what is held."""
        raise NotImplementedError
