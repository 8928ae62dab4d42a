"""Medical journals and public health bodies with addresses of their own."""

from __future__ import annotations

import re

from refpipe.identifiers.rules import rule
from refpipe.identifiers.rules.rule import Rule

_BAISHIDENG = dict(
    re.findall(
        r"(\S{9}) (\S+)",
        """1007-9327 10.3748/wjg 1948-5182 10.4254/wjh 1948-9366 10.4240/wjgs 1948-5204 10.4251/wjgo
        1948-5190 10.4253/wjge 2218-5836 10.5312/wjo 1948-9358 10.4239/wjd 1949-8462 10.4330/wjc
        2307-8960 10.12998/wjcc 1949-8470 10.4329/wjr""",
    )
)
"""ISSN → the beginning of the DOI, for the World Journals of Baishideng."""


def _world_journal(match: re.Match[str]) -> str | None:
    begin = _BAISHIDENG.get(match["issn"].upper())
    return f"{begin}.v{match['volume']}.i{match['issue']}.{match['page']}" if begin else None


MEDICINE: tuple[Rule, ...] = (
    Rule(
        name="bmj-article-id",
        host=r"bmj\.com",
        pattern=r"^/content/(?P<volume>3[3-9]\d)/(?P<id>bmj\.[a-z]\d{1,5})\b",
        gives="10.1136/{id}",
        source="The BMJ, 2008-2019",
        example=("https://www.bmj.com/content/350/bmj.h1234.full", "10.1136/bmj.h1234"),
    ),
    Rule(
        name="bmj-manuscript-id",
        host=r"(?:[a-z]+\.)?bmj\.com",
        pattern=r"^/content/(?:\d+/(?:\w+/)?|early/\d{4}/\d\d/\d\d/)(?P<id>[a-z]+-20[12]\d-\d{6})\b",
        gives="10.1136/{id}",
        source="The BMJ since 2019; pages of the BMJ journals that show the manuscript's number",
        example=("https://www.bmj.com/content/380/bmj-2022-072087", "10.1136/bmj-2022-072087"),
    ),
    Rule(
        name="bmc-volume",
        host=r"(?:[a-z]+\.)?biomedcentral\.com",
        pattern=r"^/(?:content/(?:pdf|epub)/)?(?P<issn>(?:14\d\d|17\d\d|20\d\d)-\d{3}[\dx])(?P<cut>[/-])"
        r"(?P<volume>\d+)(?P=cut)(?P<article>[a-z]?\d+)(?:\.pdf|/|\?|$)",
        gives="10.1186/{issn}-{volume}-{article}",
        source="BioMed Central, addresses before 2016",
        example=(
            "http://www.biomedcentral.com/1471-2474/9/123/abstract",
            "10.1186/1471-2474-9-123",
        ),
    ),
    Rule(
        name="jmir-article",
        host=r"(?:[a-z]+\.)?jmir\.org|(?:researchprotocols|i-jmr|jmirpublications)\.org",
        pattern=r"^/\d{4}/\d+/e(?P<id>\d{5,6})(?:/|\?|$)",
        gives="10.2196/{id}",
        source="JMIR, since 2018: the article's number is the manuscript's",
        example=("https://www.jmir.org/2023/1/e44741", "10.2196/44741"),
    ),
    Rule(
        name="cdc-eid",
        host=r"wwwnc\.cdc\.gov",
        pattern=r"/eid/article/(?P<volume>\d+)/(?P<issue>\d+)/(?P<yy>\d\d)-(?P<id>\d{4})_",
        gives="10.3201/eid{volume:0>2}{issue:0>2}.{yy}{id}",
        source="Emerging Infectious Diseases",
        example=(
            "https://wwwnc.cdc.gov/eid/article/26/6/20-0233_article",
            "10.3201/eid2606.200233",
        ),
    ),
    Rule(
        name="who-bulletin",
        host=r"who\.int",
        pattern=r"/bulletin/volumes/\d+/\d+/(?P<yy>\d\d)-(?P<id>\d{6})\b",
        gives="10.2471/blt.{yy}.{id}",
        source="Bulletin of the World Health Organization",
        example=("http://www.who.int/bulletin/volumes/86/1/07-041541/en/", "10.2471/blt.07.041541"),
    ),
    Rule(
        name="jci-article",
        host=r"jci\.org",
        pattern=r"^/articles/view/(?P<id>\d{4,6})(?:/|\?|$)",
        gives="10.1172/jci{id}",
        source="Journal of Clinical Investigation",
        example=("https://www.jci.org/articles/view/45161", "10.1172/jci45161"),
    ),
    Rule(
        name="jci-insight",
        host=r"insight\.jci\.org",
        pattern=r"^/articles/view/(?P<id>\d{5,6})(?:/|\?|$)",
        gives="10.1172/jci.insight.{id}",
        source="JCI Insight",
        example=("https://insight.jci.org/articles/view/98961", "10.1172/jci.insight.98961"),
    ),
    Rule(
        name="jstage-volume-page",
        host=r"(?:www\d?\.)?jstage\.jst\.go\.jp",
        pattern=r"^/article/(?P<journal>[a-z0-9]+)/(?P<volume>\d+)/(?P<issue>\d+)/"
        r"(?P=volume)_(?P=issue)_(?P<page>\d+)(?:/|$)",
        gives=rule.jstage_article,
        source="J-STAGE: Japanese journals of medicine, while page numbers name their articles",
        example=(
            "https://www.jstage.jst.go.jp/article/jspfsm/56/1/56_1_60/_article/-char/ja/",
            "10.7600/jspfsm.56.60",
        ),
    ),
    Rule(
        name="baishideng-full",
        host=r"wjgnet\.com",
        pattern=r"^/(?P<issn>\d{4}-\d{3}[\dx])/(?:full|abstract|pdf)/v(?P<volume>\d+)/i(?P<issue>\d+)/"
        r"(?P<page>\d+)",
        gives=_world_journal,
        source="Baishideng",
        example=(
            "https://www.wjgnet.com/1007-9327/full/v20/i30/10392.htm",
            "10.3748/wjg.v20.i30.10392",
        ),
    ),
    Rule(
        name="rockefeller-article-number",
        host=r"rupress\.org",
        pattern=r"^/jcb/article(?:-abstract|-pdf)?/\d+/\d+/e?(?P<id>20\d{7})/",
        gives="10.1083/jcb.{id}",
        source="Journal of Cell Biology: the article's number is the manuscript's",
        example=(
            "https://rupress.org/jcb/article-abstract/220/1/e202004184/211570/Katanin-p60-like-1",
            "10.1083/jcb.202004184",
        ),
    ),
    Rule(
        name="rockefeller-jem-number",
        host=r"rupress\.org",
        pattern=r"^/jem/article(?:-abstract|-pdf)?/\d+/\d+/e?(?P<id>20\d{6})/",
        gives="10.1084/jem.{id}",
        source="Journal of Experimental Medicine: the article's number is the manuscript's",
        example=(
            "https://rupress.org/jem/article/218/1/e20201234/211489/Title",
            "10.1084/jem.20201234",
        ),
    ),
    Rule(
        name="pnas-early",
        host=r"pnas\.org",
        pattern=r"^/content/early/\d{4}/\d\d/\d\d/(?P<id>\d{10})\b",
        gives="10.1073/pnas.{id}",
        source="PNAS: the article's number before it has a volume",
        example=(
            "https://www.pnas.org/content/early/2009/05/12/0901234106",
            "10.1073/pnas.0901234106",
        ),
    ),
    Rule(
        name="german-medical-science",
        host=r"egms\.de",
        pattern=r"/(?:journals/[a-z]+/\d{4}-\d+/(?P<id>[a-z]*\d{6})|meetings/[a-z]+\d{4}/(?P<talk>\d\d[a-z]+\d{2,4}))"
        r"\.s?html",
        gives="10.3205/{id}{talk}",
        source="German Medical Science: the file of an article or a congress abstract",
        example=(
            "https://www.egms.de/static/de/journals/cpo/2017-13/cpo001859.shtml",
            "10.3205/cpo001859",
        ),
    ),
    Rule(
        name="avma-view",
        host=r"avmajournals\.avma\.org",
        pattern=r"/view/journals/[a-z]+/[^?]*/(?P<id>(?:javma|ajvr)\.\d+(?:\.\d+){2,3})\.xml",
        gives="10.2460/{id}",
        source="American Veterinary Medical Association",
        example=(
            "https://avmajournals.avma.org/view/journals/javma/245/10/javma.245.10.1111.xml",
            "10.2460/javma.245.10.1111",
        ),
    ),
    Rule(
        name="cell-physiology-article",
        host=r"(?:www\.)?cellphysiolbiochem\.com",
        pattern=r"^/articles/(?P<id>\d{1,9})(?:/|\?|$)",
        gives="10.33594/{id:0>9}",
        source="Cellular Physiology and Biochemistry, since 2019",
        example=("https://www.cellphysiolbiochem.com/Articles/000123/", "10.33594/000000123"),
    ),
    Rule(
        name="jmbs-archive",
        host=r"(?:[a-z]{2}\.)?jmbs\.com\.ua",
        pattern=r"^/(?:[a-z]{2}/)?archive/(?P<volume>\d{1,2})/(?P<issue>\d{1,2})/(?P<page>\d{1,3})(?:/|\?|$)",
        gives="10.26693/jmbs{volume:0>2}.{issue:0>2}.{page:0>3}",
        source="Ukrainian Journal of Medicine, Biology and Sport",
        example=("http://en.jmbs.com.ua/archive/1/2/184", "10.26693/jmbs01.02.184"),
    ),
    Rule(
        name="protein-data-bank",
        host=r"rcsb\.org",
        pattern=r"(?:structureid=|^/structure/)(?P<id>\d[a-z0-9]{3})\b",
        gives="10.2210/pdb{id}/pdb",
        source="https://www.rcsb.org/pages/policies",
        example=("https://www.rcsb.org/structure/1COW", "10.2210/pdb1cow/pdb"),
    ),
    Rule(
        name="bioconductor-package",
        host=r"bioconductor\.org",
        pattern=r"^/packages/(?:[\w.]+/bioc/html/)?(?P<id>[a-z][a-z0-9.]+?)(?:\.html|/?$)",
        gives="10.18129/b9.bioc.{id}",
        source="Bioconductor",
        example=(
            "https://bioconductor.org/packages/devel/bioc/html/SummarizedExperiment.html",
            "10.18129/b9.bioc.summarizedexperiment",
        ),
    ),
    Rule(
        name="apa-supplement",
        host=r"supp\.apa\.org",
        pattern=r"^/psycarticles/supplemental/(?P<id>[a-z]{1,4}\d{7})/",
        gives="10.1037/{id}.supp",
        source="American Psychological Association",
        example=(
            "https://supp.apa.org/psycarticles/supplemental/emo0001311/emo0001311_supp.html",
            "10.1037/emo0001311.supp",
        ),
    ),
)
"""Rules for medicine and the life sciences."""
