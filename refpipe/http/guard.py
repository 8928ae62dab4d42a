"""Which addresses of the network a page may be fetched from."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit


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


def refusal(url: str) -> str:
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
