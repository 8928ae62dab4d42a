"""Connections that lead to public addresses only, and that can be cut from outside."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NameResolutionError

# ── Which addresses of the network a page may be fetched from ───────────────────────────────────


def is_public(address: str) -> bool:
    """Whether a numeric network address belongs to the public internet.

    Loopback, private, link-local, multicast, reserved and shared addresses do not, nor do
    IPv6 addresses that carry such an IPv4 address inside (mapped, 6to4, NAT64, Teredo).
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or _nat64(found)
        if found.teredo is not None:
            return False
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast and not found.is_reserved


def _nat64(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in ipaddress.ip_network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


_PRIVATE_NAMES = (".localhost", ".local", ".localdomain", ".internal", ".intranet", ".lan",
                  ".home.arpa", ".corp", ".home")  # fmt: skip
"""Ends of names that are used inside a house only (RFC 6761, RFC 6762, RFC 8375, ICANN 2018)."""
_PORTS = frozenset({None, 80, 443, 8080, 8443})


def address_refusal(url: str) -> str:
    """Why ``url`` must not be fetched, or the empty string; the name is not looked up here."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        return "is no address that can be read"
    reasons = (
        (parts.scheme not in {"http", "https"}, "is not fetched: it is not http or https"),
        (not host, "names no host"),
        (parts.username is not None, "is not fetched: it carries a user name"),
        (not _may_be_public(host), "is not fetched: it is a private address"),
        (port not in _PORTS, f"is not fetched: port {port} serves no public pages"),
    )
    return next((reason for applies, reason in reasons if applies), "")


def _may_be_public(host: str) -> bool:
    """Whether a name or number can lead to the public internet at all.

    A last label of digits makes a name a number in disguise (``127.1``, ``0x7f000001``).
    """
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        name = host.rstrip(".").lower()
        last = name.rpartition(".")[2]
        return "." in name and not name.endswith(_PRIVATE_NAMES) and not last[:1].isdigit()
    return is_public(host)


Live: TypeAlias = set[HTTPConnection]
"""The connections that are open."""


class WireError(Exception):
    """Why an answer was not taken.

    No OSError, for requests would wrap that, and no urllib3 error, for that would be retried.
    """


class PrivateAddress(WireError):
    """The name leads to an address that is not on the public internet."""


class RefusedAddress(WireError):
    """The address is one that nobody is asked at; says why."""


class Watched(HTTPConnection):
    """A connection that is known as long as it is open, so that it can be cut."""

    live: Live

    def connect(self) -> None:
        """Open the connection."""
        super().connect()
        self.live.add(self)

    def close(self) -> None:
        """Close the connection."""
        self.live.discard(self)
        super().close()


class _Careful(Watched):
    """A connection to a host that was named by the user, or to a public address."""

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
            addresses = look_up(host, self.port)
        except socket.gaierror as error:
            raise NameResolutionError(host, self, error) from error
        if not addresses or not all(is_public(address) for address in addresses):
            raise PrivateAddress(host)
        return addresses[0]


class _CarefulSecure(_Careful, HTTPSConnection):
    pass


def look_up(host: str, port: int | None) -> list[str]:
    """The numbers that the name stands for here; raises gaierror where there are none."""
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise socket.gaierror(str(error)) from error
    return [str(row[4][0]) for row in found]


def pool_classes(trusted: frozenset[str], live: Live) -> dict[str, Any]:
    """urllib3's pools by scheme, with connections of the careful kind."""
    own = {"live": live, "trusted": trusted}
    plain = type("Connection", (_Careful,), own)
    secure = type("SecureConnection", (_CarefulSecure,), own)
    return {
        "http": type("Pool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("SecurePool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
    }


def watched(pools: Mapping[str, Any], live: Live) -> dict[str, Any]:
    """The same pools, of a proxy, with connections that can be cut."""
    return {
        scheme: type(
            "WatchedPool",
            (pool,),
            {"ConnectionCls": type("Connection", (Watched, pool.ConnectionCls), {"live": live})},
        )
        for scheme, pool in pools.items()
    }


def refuse_private(url: str, trusted: frozenset[str], *, is_proxied: bool) -> None:
    """Raise RefusedAddress or PrivateAddress where ``url`` must not be asked.

    A host that the user named may lie anywhere.  Behind a proxy it is the proxy that looks names
    up, so every other name is looked up here first; one that cannot be judged is not asked.
    """
    if _host(url) in trusted:
        return
    reason = address_refusal(url)
    if reason:
        raise RefusedAddress(reason)
    if not is_proxied:
        return  # The connection looks the name up itself, and connects to what it found.
    host = _host(url)
    try:
        addresses = look_up(host, None)
    except socket.gaierror as error:
        raise RefusedAddress(
            "cannot be looked up here, and the proxy is not trusted with it"
        ) from error
    if not all(is_public(address) for address in addresses):
        raise PrivateAddress(host)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
