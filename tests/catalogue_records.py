"""Made-up records in the shapes of the libraries' catalogues, for the fake ones."""

from __future__ import annotations

from html import escape

_DCNDL = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:dcndl="http://ndl.go.jp/dcndl/terms/"
 xmlns:foaf="http://xmlns.com/foaf/0.1/">
<dcndl:BibAdminResource rdf:about="https://ndlsearch.ndl.go.jp/books/{number}"/>
<dcndl:BibResource rdf:about="https://ndlsearch.ndl.go.jp/books/{number}#material">{inner}
</dcndl:BibResource>
<dcndl:BibResource rdf:about="https://ndlsearch.ndl.go.jp/books/{number}#material">
<dcndl:record rdf:resource="https://ndlsearch.ndl.go.jp/books/{number}#item"/></dcndl:BibResource>
</rdf:RDF>"""

_NDL = "http://ndl.go.jp/dcndl/terms/"


def _value(name: str, text: str, reading: str = "") -> str:
    read = f"<dcndl:transcription>{escape(reading)}</dcndl:transcription>" if reading else ""
    inner = f"<rdf:Description><rdf:value>{escape(text)}</rdf:value>{read}</rdf:Description>"
    return f"<{name}>{inner}</{name}>" if text else ""


def _agent(name: str, person: str, **parts: str) -> str:
    inner = "".join(
        f"<{tag.replace('_', ':')}>{escape(t)}</{tag.replace('_', ':')}>"
        for tag, t in parts.items()
        if t
    )
    return (
        f"<{name}><foaf:Agent><foaf:name>{escape(person)}</foaf:name>{inner}</foaf:Agent></{name}>"
    )


def dcndl(
    title: str,
    *,
    isbn: str = "",
    number: str = "R100000002-I000000001",
    statements: tuple[str, ...] = (),
    agents: tuple[str, ...] = (),
    edition: str = "",
    volume: str = "",
    series: str = "",
    publisher: str = "架空書房",
    place: str = "東京",
    seller: str = "",
    date: str = "2019.5",
    issued: str = "2019",
    extent: str = "120p ; 26cm",
    kind: str = "図書",
    doi: str = "",
    reading: str = "",
) -> str:
    """An ``rdf:RDF`` element as NDL Search sends it."""
    kinds = {"ISBN": isbn, "DOI": doi}
    inner = "".join(
        f'<dcterms:identifier rdf:datatype="{_NDL}{name}">{escape(text)}</dcterms:identifier>'
        for name, text in kinds.items()
        if text
    )
    inner += f"<dcterms:title>{escape(title)}</dcterms:title>" + _value("dc:title", title, reading)
    inner += _value("dcndl:volume", volume) + _value("dcndl:seriesTitle", series)
    inner += f"<dcndl:edition>{escape(edition)}</dcndl:edition>" if edition else ""
    inner += "".join(_agent("dcterms:creator", name) for name in agents)
    inner += "".join(f"<dc:creator>{escape(text)}</dc:creator>" for text in statements)
    inner += _agent("dcterms:publisher", publisher, dcndl_location=place)
    if seller:
        inner += _agent(
            "dcterms:publisher", seller, dcterms_description="発売", dcndl_location=place
        )
    inner += f"<dcterms:date>{date}</dcterms:date>"
    inner += (
        f'<dcterms:issued rdf:datatype="http://purl.org/dc/terms/W3CDTF">{issued}</dcterms:issued>'
    )
    inner += f"<dcterms:language>jpn</dcterms:language><dcterms:extent>{extent}</dcterms:extent>"
    inner += f'<dcndl:materialType rdf:resource="{_NDL}Book" rdfs:label="{kind}"/>'
    return _DCNDL.format(number=number, inner=inner)


def mods(
    title: str,
    *,
    isbn: str,
    names: tuple[tuple[str, str], ...] = (),
    statement: str = "",
    year: str = "c2013",
    edition: str = "5th ed.",
) -> str:
    """A ``mods`` element as the Library of Congress sends it; ``names`` are (name, role)."""
    people = "".join(
        f'<name type="personal"><namePart>{escape(name)}</namePart>'
        + (f"<role><roleTerm>{role}</roleTerm></role>" if role else "")
        + "</name>"
        for name, role in names
    )
    return (
        f'<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>{escape(title)}</title>'
        f"</titleInfo>{people}<typeOfResource>text</typeOfResource><originInfo><place>"
        f'<placeTerm type="text">New York</placeTerm></place><publisher>Fictional House</publisher>'
        f"<dateIssued>{year}</dateIssued><edition>{edition}</edition><issuance>monographic</issuance>"
        f'</originInfo><note type="statement of responsibility">{escape(statement)}</note>'
        f'<identifier type="isbn">{isbn} (hbk.)</identifier></mods>'
    )
