"""Connections that lead to public addresses only, and that can be cut from outside."""

from __future__ import annotations

import socket
from typing import Any, TypeAlias

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NameResolutionError

from refpipe.http import guard

Live: TypeAlias = set[HTTPConnection]
"""The connections that are open."""


class WireError(Exception):
    """Why an answer was not taken.

    No OSError, for requests would wrap that, and no urllib3 error, for that would be retried.
    """


class PrivateAddress(WireError):
    """The name leads to an address that is not on the public internet."""


class _Careful(HTTPConnection):
    """A connection to a host that was named by the user, or to a public address."""

    live: Live
    trusted: frozenset[str]

    def _new_conn(self) -> socket.socket:
        host = self._dns_host
        if host in self.trusted:
            return super()._new_conn()
        # Connecting to the number that was looked at leaves the name no second answer.
        self._dns_host = self._public_address(host)
        try:
            return super()._new_conn()
        finally:
            self._dns_host = host

    def _public_address(self, host: str) -> str:
        try:
            found = socket.getaddrinfo(host.strip("[]"), self.port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as error:
            failure = error if isinstance(error, socket.gaierror) else socket.gaierror(str(error))
            raise NameResolutionError(host, self, failure) from error
        addresses = [str(row[4][0]) for row in found]
        if not addresses or not all(guard.is_public(address) for address in addresses):
            raise PrivateAddress(host)
        return addresses[0]

    def connect(self) -> None:
        super().connect()
        self.live.add(self)

    def close(self) -> None:
        self.live.discard(self)
        super().close()


class _CarefulSecure(_Careful, HTTPSConnection):
    pass


def pool_classes(trusted: frozenset[str], live: Live) -> dict[str, Any]:
    """urllib3's pools by scheme, with connections of the careful kind."""
    own = {"live": live, "trusted": trusted}
    plain = type("Connection", (_Careful,), own)
    secure = type("SecureConnection", (_CarefulSecure,), own)
    return {
        "http": type("Pool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("SecurePool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
    }
