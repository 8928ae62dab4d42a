"""Regular expressions that are compiled by whoever uses them first."""

from __future__ import annotations

import re
from typing import Any, cast

# The modules that a command loads know some five hundred patterns, of which it uses a part, and
# compiling all of them was up to a fifth of what a writer waited for.

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


class _Lazy:
    """A pattern that is not compiled yet; afterwards it has the compiled one's own methods."""

    def __init__(self, text: str, flags: int | re.RegexFlag) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self._text, self._flags)
        self.__dict__.update({one: getattr(compiled, one) for one in _METHODS})
        return getattr(compiled, name)


def lazy(text: str, flags: int | re.RegexFlag = 0) -> re.Pattern[str]:
    """What ``re.compile`` gives, made when it is first used.

    Its methods are all there; where ``re`` itself wants a compiled pattern, it is none.

    >>> lazy("b+").findall("abba")
    ['bb']
    """
    return cast("re.Pattern[str]", _Lazy(text, flags))
