"""The posts in a WordPress export file (WXR), read without the site.

Source: the files that Tools > Export writes; RSS 2.0 with the namespace
``http://wordpress.org/export/1.2/``.  Apart from the posts, so that only a run that reads such
a file loads a parser of XML.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from refpipe.errors import UnreadableText
from refpipe.wordpress.posts import Post

_KINDS = {"post": "posts", "page": "pages"}
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def site_of(content: bytes, *, name: str) -> str:
    """The address of the site that wrote the file; empty where it does not say.

    Raises UnreadableText where it is no export file.
    """
    channel = _root(content, name).find("channel")
    if channel is None:
        return ""
    return (_text(channel, "base_site_url") or channel.findtext("link") or "").rstrip("/")


def exported(content: bytes, *, name: str) -> Iterator[Post]:
    """The posts and pages of the file ``name``, in its order; what has no text is passed over.

    Raises UnreadableText where it is no export file.
    """
    root = _root(content, name)
    for item in root.iter("item"):
        kind = _KINDS.get(_text(item, "post_type"))
        number = _text(item, "post_id")
        raw = item.findtext(_CONTENT)
        is_published = _text(item, "status") == "publish"
        if kind and number.isdigit() and raw:
            yield Post(
                id=int(number),
                kind=kind,
                status=_text(item, "status"),
                link=item.findtext("link") or "",
                slug=_text(item, "post_name"),
                title=item.findtext("title") or "",
                raw=raw,
                modified=_utc(_text(item, "post_modified_gmt")),
                published=_utc(_text(item, "post_date_gmt")) if is_published else "",
                modified_on=_text(item, "post_modified")[:10],
                published_on=_text(item, "post_date")[:10] if is_published else "",
            )


def _root(content: bytes, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableText(f"{name}: not XML ({error})") from error
    if root.tag != "rss" or not any("wordpress.org/export/" in (uri or "") for uri in _uris(root)):
        raise UnreadableText(
            f"{name}: no WordPress export file", hint="Tools > Export in the site writes one."
        )
    return root


def _uris(root: etree._Element) -> list[str]:
    return [str(uri) for uri in root.nsmap.values()]


def _text(item: etree._Element, name: str) -> str:
    """The text of a child in whichever version of the export's namespace."""
    for child in item:
        if isinstance(child.tag, str) and child.tag.endswith(f"}}{name}"):
            return (child.text or "").strip()
    return ""


def _utc(text: str) -> str:
    return f"{text.replace(' ', 'T')}Z" if text and not text.startswith("0000") else ""
