"""Signs of Western kinds: words of theses, newspapers, laws and preprints, and a placed house.

``in_english`` says as the grammar does what other languages call the parts of a reference.
"""

from __future__ import annotations

import re

from refpipe.items.printed import people
from refpipe.items.printed.articles import labels_in_english, put
from refpipe.items.printed.words import CONTAINER_WORDS, WHOLE_CONTAINERS
from refpipe.items.printed.works import imprint
from refpipe.lifetimes import lazy

MONTH_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
THESIS = (
    r"(?:(?:[Uu]npublished\s)?(?:[Dd]octoral|Ph\.?\s?D\.?|D\.?Phil\.?|M\.?D\.?"
    r"|[Mm]aster(?:['’]?s)?|M\.?\s?S\.?c?\.?|M\.?A\.?|M\.?Eng\.?|[Bb]achelor(?:['’]?s)?"
    r"|B\.?S\.?c?\.?|[Dd]iploma|[Dd]octorate|[Hh]abilitation"
    r"|[Hh]onou?rs)\s?(?:'s\s)?(?:[Dd]issertation|[Tt]hesis|[Dd]iss\.?)"
    r"|(?<=[\[(.,]\s)(?:[Dd]issertation|[Tt]hesis)(?=[\],.)])|(?<=[\[(])(?:[Dd]issertation"
    r"|[Tt]hesis)|[Dd]iplomarbeit|\b[Tt]h(?:èse(?:\sde\s\w+)?|ese\sd(?:e\s|['’])\w+)|[Tt]esis\s[Dd]octoral"
    r"|\bMaster Thesis|\bPhD Dissertation|\bPhD thesis"
    r"|(?:(?<=[.,;–—-]\s)|(?<=[\[(]))(?:(?:[Mm]aster|[Bb]achelor|[Mm]agister|[Dd]oktor)(?:arbeit|arbeid|oppgave|opgave"
    r"|uppsats|scriptie|avhandling)|[Pp]roefschrift|[Dd]isserta[cç](?:ão|ao|ión)|[Дд]исс?ертаци\w+|[Hh]abilitation\sà\s[^,.]{5,40}"
    r"|(?:[Mm]émoire|[Tt]ese|[Tt]esi|[Tt]esis|[Tt]rabajo|[Tt]rabalho|[Pp]raca)\s(?:(?:de|di|em|de\sfin\sde|de\sconclusão\sde)\s)?"
    r"(?:[Mm]aster|[Mm]aîtrise|[Dd]octor|[Dd]outor|[Dd]ottora|[Ll]aurea|[Ll]icenc|[Mm]áster|[Mm]aestría|[Mm]estrado|[Gg]rad|[Cc]urso|[Mm]agist|[Ii]nż)\w*"
    r"|[Tt]ese(?=\s\()|[Mm]onografia(?=\s\())(?:\s\([^()]{4,90}\))?"
    r"|(?<=\[)[^\[\],\d]{3,40}(?=,\s[^\[\]]*\bUniv[^\[\]]*\]))"
)
_PAPERS = (
    r"(?:[Tt]he\s)?(?:New York Times|Washington Post|Guardian|Wall Street Journal"
    r"|Los Angeles Times|L\.A\. Times|USA Today|Boston Globe|Chicago Tribune|Daily (?:Mail"
    r"|Telegraph|Mirror|News|Express|Star)|Sunday Times|Financial Times|Japan Times"
    r"|Asahi Shimbun|Mainichi(?: Shimbun| Daily News)?|Yomiuri(?: Shimbun)?|Nikkei(?: Asia)?"
    r"|Independent|Telegraph|Observer|Irish Times|Sydney Morning Herald|Globe and Mail"
    r"|Toronto Star|San Francisco Chronicle|Times of India|South China Morning Post"
    r"|Straits Times|Korea (?:Herald|Times)|Le Monde|Le Figaro|Die Zeit|Der Spiegel|El País"
    r"|Times of London|Scotsman|Evening Standard|Philadelphia Inquirer|Houston Chronicle"
    r"|Miami Herald|Denver Post|Seattle Times|BBC News|Associated Press|Reuters|CNN"
    r"|(?:[A-Z][a-z]+\s){1,2}(?:Times|Post|Tribune|Herald|Gazette|Shimbun|Chronicle|Telegraph"
    r"|Examiner|Inquirer|Bee|Dispatch))(?:\s\([A-Z][\w\s]{2,12}\))?(?:\s(?:Online|Magazine))?"
)
_PREPRINT = (
    r"(?:bioRxiv|medRxiv|arXiv|Jxiv|PsyArXiv|SSRN(?:\sElectronic\sJournal)?|Research\sSquare"
    r"|ResearchSquare|OSF\sPreprints|Preprints\.org|ChemRxiv|SportRxiv|EarthArXiv|SocArXiv)"
)
DEGREE = (
    r"(?:Ph\.?\s?D|D\.?\s?Phil|M\.?\s?(?:A|S|Sc|Phil|Eng)|Ed\.?\s?D"
    r"|(?:Doctor|Master|Bachelor)s?\sof\s[A-Z][\w ]{2,30}"
    r"|[Tt]h(?:èse|ese\sd(?:e\s|['’]))[^\[\](),.]{0,40})\.?"
)
_ADVISER = (
    r"(?:[Oo]rientador\w*|[Aa]dvis[oe]r|[Ss]upervisor|[Bb]etreuer(?:in)?|[Dd]irect(?:ora?|eure?|rice)"
    r"|[Pp]romotore?s?|[Rr]elatore)(?:\sde\s(?:th[èe]se|tesis))?"
)
MARKS: dict[str, re.Pattern[str]] = {
    "thesis": re.compile(
        rf"\[(?P<degree>{DEGREE})\]|(?<=[.,]\s)(?P<bare>{DEGREE})(?=\s*[.,\x01]|\s*$)"
        r"|(?<=[.?!]\s)(?:(?P<date>(?:19|20)\d\d)\.\s)?(?P<number_of_pages>\d{1,4})\s?(?:fl?s?|p|pp|h|S|s|l)\.(?=\s[A-ZÀ-Þ])"
        rf"|[(\[]?\s?(?P<genre>{THESIS})(?:,?\s(?:in"
        rf"|for)\s[A-Z][\w\s]{{2,30}}(?=[,)\]]))?(?:[,;]\s(?P<publisher>[^()\[\]]{{3,80}}?"
        rf")(?=\s?[)\]]))?(?:\s?[)\]])?(?:\s[–—-](?=\s))?|(?<=\.\s)ProQuest[^.]*\.?|UMI No\.? \d+"
        r"|[(\[]\s?(?:Publication|UMI|Order)\sNo\.?\s?[\w-]+\s?[)\]]"
        rf"|[(\[]\s?{_ADVISER}\s?:\s[^()\[\]\x01]{{3,60}}[)\]]"
        # A title may begin with the same word: it names nobody, or stands behind the year.
        rf"|(?<=[.,]\s)(?<!\d{{4}}\)[.,]\s)(?<!\d{{4}}[.,]\s){_ADVISER}(?:\s?:\s(?:[A-Z][a-z]{{0,4}}\.\s)*[A-ZÀ-Þ]"
        r"|\s(?:(?:Prof|Dra?|Mr|Ms|Mme)\.\s|[A-ZÀ-Þ]\.\s?)+[A-ZÀ-Þ]|\s(?=[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'.-]*){1,3}\s*$))"
        r"[^,;\d\x01]*?(?=[,;\x01]|\.?\s*$|\.\s[A-ZÀ-Þ])"
    ),
    "newspaper": re.compile(
        rf"(?<=[.,”\"?!:\x01]\s)(?P<container_title>{_PAPERS})(?=\s*[.,;(\[\x01]|\s*$|\s{{4}})|(?<=;)\s?Sect(?:ion|\.)?\s?[A-Z]?\s?(?=:)"
    ),
    "preprint": re.compile(
        rf"(?<=[.,”\"?!\s])(?P<container_title>{_PREPRINT})(?:\s(?!(?:19|20)\d\d\b)\d[\d.]+)?(?:\s?[(\[]?[Pp]reprint[)\]]?)?"
        rf"(?=\s*[.,;:(\[\x01]|\s*$|\s\d)|(?<=\d:)\s?(?P<number>20\d\d(?:\.\d\d){{2}}\.\d{{4,}})"
        rf"|[Pp]reprint\s(?:at|available at"
        rf"|posted online)?(?=\s|$)|\b[Pp]reprint\b(?=[.,])"
    ),
    "dataset": re.compile(
        r"(?P<publisher>Zenodo|[Ff]igshare|Dryad(?:\sDigital\sRepository)?|Harvard\sDataverse|Mendeley\sData|OSF|UK\sData\sService|ICPSR)(?=[.,;\s]|$)"
        r"|[(\[]\s?[Vv]ersion\s?[\d.]+\s?[)\]]"
    ),
    "video": re.compile(
        r"(?P<container_title>YouTube|Vimeo|Netflix)(?=\s*[.,;:(\[\x01]|\s*$)|\b[Uu]ploaded\sby\s[^,]{2,60}(?=,)"
    ),
    "law": re.compile(
        r"[,(]?\s?(?P<number>\b(?:SI|S\.I\.|SR|Statutory Instrument)\s?(?P<date>(?:19"
        r"|20)\d\d)(?:/|\s[Nn]o\.?\s?)\d+|Pub(?:lic)?\.?\s?L(?:aw)?\.?\s?(?:No\.?\s?)?\d+[-‑]\d+"
        r"|(?<!\d)\d+\s?U\.?\s?S\.?\s?C\.?(?:\s?§+\s?[\w.-]+)?"
        r"|(?<!\d)\d+\s?C\.?\s?F\.?\s?R\.?(?:\s?§+\s?[\w.-]+|\s\d[\d.]+|\s?(?:part|pt)\.?\s?\d+)?"
        r"|\bc\.\s?\d+"
        r"|Act\sNo\.\s?\d+(?:\sof\s\d{4})?)\)?|,?\s\d+\sStat\.\s\d+"
    ),
    "standard": re.compile(
        r"[(\[]?\s?(?P<number>\b(?:ISO|IEC|JIS|BS|EN|DIN|ASTM|ANSI"
        r"|IEEE Std)(?:/[A-Z]+)*(?:\s[Ss]tandard)?(?:\s(?:No\.|EN|ISO|TR|TS"
        r"|IEC))*\s?[A-Z]?\d[\d.]*(?:-\d{1,2})*(?:(?:\s?:\s?|-)(?P<date>(?:19"
        r"|20)\d\d))?(?:\+[A-Z]{1,4}\s?\d{0,2}:(?:19|20)\d\d)*(?:\([EFD]\))?)(?:,?\s-(?=\s)|,(?=\s))?\s?[)\]]?"
    ),
    "drug-label": re.compile(
        r"(?P<genre>\b(?:[Ff]ull\s)?[Pp]rescribing [Ii]nformation|\b[Pp]ackage [Ii]nsert"
        r"|\b[Ss]ummary of [Pp]roduct [Cc]haracteristics|\bSmPC"
        r"|\b[Pp]roduct (?:[Mm]onograph|[Ll]abel))"
    ),
    "report": re.compile(
        r"[(\[]\s?(?P<collection_title>[A-Z][^()\[\].;:]{3,60}?)[,;]?\s(?:[Nn]os?\.?|[Nn]umber)\s?(?P<collection_number>[\w/-]+)\s?[)\]]"
        r"|[(\[]?\s?\b(?:Report|Publication|Rep|Pub|Document|Tech(?:nical|\.)\sRep(?:ort"
        r"|\.)|Working Paper)\.?\s?(?:[Nn]os?\.?"
        r"|[Nn]umber)?\s?:?\s?(?P<number>(?!(?:19|20)\d\d\b)(?=[\w/.-]*\d)[A-Z]{0,8}[\w/.-]*\w)\s?[)\]]?"
    ),
    "conference": re.compile(
        r"(?:[Pp]aper|[Pp]oster|[Oo]ral|[Aa]bstract)?\s?\b[Pp]resented\s(?:at|to)\s?:?\s?(?:the\s)?"
    ),
}


REPORT_NAME = lazy(
    r"\b(?:Technical Report|Tech\. Rep|Report (?:No|Series)"
    r"|Rep\.\s(?!(?:19|20)\d\d)\d+(?!\d|,\s\d+\s\()"
    r"|Publication No|Working Paper|Data Brief|Reports?;\sno|White Paper|Evidence Report|Series, No"
    r"|publication no|Research Report|Policy Brief)\b"
)


GIVEN_OUT = lazy(
    r"\[internet\spublication\]|\.\s(?:[A-Z][\w’-]*\s){0,3}[Gg]uid(?:eline|ance)s?\s[\[(]?[A-Z]{1,3}\d{1,4}\b"
)
"""What an office says of a work that it gave out, where no house is named."""


def kind_of_own_words(masked: str, shape: str) -> str:  # noqa: PLR0911
    """The kind that a reference names itself; nothing where it does not."""
    law = MARKS["law"].search(masked) or _EUROPEAN_LAW.match(masked) or _NAMED_LAW.search(masked)
    if law and ("c." not in law[0] or re.search(r"\bAct\b", masked)):
        return "law"
    if MARKS["drug-label"].search(masked):
        return "drug-label"
    standard = MARKS["standard"].search(masked)
    if (
        standard
        and (
            masked[: standard.start()].strip(' “"') == ""
            or re.match(r"\s*[.,;:)\]]|\s*$", masked[standard.end() :])
            or (standard["date"] and _BODY_BEFORE.fullmatch(masked[: standard.start()]))
        )
        and re.search(r"\b(?:ISO|IEC|JIS|ASTM|ANSI|DIN|BS)\b", masked)
    ):
        return "standard"
    if re.search(r"[\[(]\s?[Dd]ata\s?set\s?[\])]", masked):
        return "dataset"
    if re.search(
        r"[\[(]\s?(?:[Oo]nline\s)?[Vv]ideo(?:\sfile)?\s?[\])]|\bYouTube\b"
        r"|[\[(](?:[Mm]otion picture|[Ff]ilm|DVD)[\])]",
        masked,
    ):
        return "video"
    if re.search(
        rf"[.,”\"?!\s]{_PREPRINT}(?=\s*[.,;:(\[\x01]|\s*$|\s\d|\s[Pp]re)|\b[Pp]reprint at\b"
        rf"|\barXiv preprint\b|[\[(][Pp]reprint[\])]",
        shape,
    ):
        return "preprint"
    paper = MARKS["newspaper"].search(masked)
    if (
        paper
        and paper["container_title"]
        and re.search(
            rf"(?:{'|'.join(MONTH_NAMES)})[a-z]*\.?\s\d{{1,2}}\b"
            rf"|\b\d{{1,2}}[\s-](?:{'|'.join(MONTH_NAMES)})",
            masked,
        )
    ):
        return "newspaper"
    return ""


_BODY_BEFORE = lazy(r"[^.:\d]{3,100}[.:]\s?")
_NAMED_LAW = lazy(
    r"(?:^\W*|[.:]\s)(?:Lei|Ley|Loi|Legge|(?:Real\s)?Decreto(?:-[Ll]e[iy])?"
    r"|Décret|Portaria|Reglamento|Règlement|Regolamento|Verordnung)"
    r"\s(?:[A-Z][a-z]+\s)?(?:\([A-Z]{2,3}\)\s|(?:n|N)[º°.ro]{0,2}\s?)?\d[\d./-]*,?\s?(?:de|del|du|vom|:|\[)"
)
"""``Lei nº 11.105, de 24 de março``, ``Ley 769 de 2002``: a law by its number, behind its kind."""
_EUROPEAN_LAW = lazy(
    r"\W*(?:[A-Z][^.;:“”]{6,90}\),\s)?(?:Commission\s|Council\s)?(?:Regulation|Directive)\s(?:\((?:EU|EC|EEC)\)|\d+/\d+/E)"
)


# ── a place and a house ──

_HOUSE_LAST = lazy(
    r"\b[Vv]ol(?:ume|\.)?\s\w{1,4}\.\s(?P<house>[^.,;:]{3,40})[,;]\s(?:19|20)\d\d\.?\s*$"
)


def is_of_house(masked: str) -> bool:
    """Whether a volume is that of a book: ``…, volume 4. Springer, 2006``."""
    last = _HOUSE_LAST.search(masked)
    return last is not None and imprint.WESTERN_HOUSE.fullmatch(last["house"]) is not None


_PLACED = lazy(
    r"(?:^"
    r"|[.,;(\])\x01”\"]\s?)(?P<place>[A-Z](?:[^:;()\d.]|(?<=\bSt)\.){1,40}?"
    r"(?:\s?\([A-Z][A-Za-z. ]{1,14}\))?(?:,\s[A-Z][\w.]{1,14}){0,2})"
    r"\s?:\s(?P<house>[A-Z][^:;]{1,80}?)[,;.]\s?\(?(?:c?(?:19"
    r"|20)\d\d)?"
)
_LAST_PLACED = lazy(
    r"(?:\S+\s){4,}\S+,\s(?P<place>[A-Z][\w.’-]+(?:\s[A-Z][\w’-]+){0,2}):\s"
    r"(?P<house>(?!(?:An?|The|On|In|How|Why|What)\s)[A-Z][\w.’&-]*(?:\s[A-Z&][\w.’&-]*){0,3}),"
    r"\s(?:19|20)\d\d\.?\s*$"
)
"""``Names, Title, Town: House, 1988.``: commas alone, and a town that no list knows."""


_HOUSE_AND_PLACE = lazy(r";\s[A-Z][^:;]{2,60}:\s(?P<place>[^:;]{2,40}),\s(?:19|20)\d\d\b")


_PLACE_AND_HOUSE = lazy(
    r"(?:[^\W\d_]{2}|[)\]?!]),\s(?P<place>[A-ZÀ-Þ][^,.:;()\d“”]{2,30}),\s(?P<house>(?:[A-ZÀ-Þ]|L[’'])[^,:;()\d“”]{2,60}?)"
    r"(?:\s\([^()]{1,30}\))?(?:,\s(?:[^\W\d_]{3,9}\s)?(?:19|20)\d\d)?[\s.]*$"
)
"""``Title, Paris, Fayard, 1998``: as French lists print."""
_HOUSE_OF_PLACE = lazy(
    r"\b(?:19|20)\d\d,\s[^.;:]{4,200},\s(?P<house>[A-ZÀ-Þ][^,.:;()\d“”]{2,60}),\s(?P<place>[A-ZÀ-Þ][^,.:;()\d“”]{2,30})[\s.]*$"
)
"""``Lau M., 1997, Title, Fayard, Paris.``, the year in front."""
_IN_BRACKET = lazy(
    r"\((?P<place>[A-ZÀ-Þ][^,.:;()\d“”]{2,30}),\s(?P<house>[A-ZÀ-Þ][^,:;()\d“”]{2,60}),\s(?:19|20)\d\d\)"
)
"""``Title (Paris, Fayard, 1998), p. 12``, ``Title (Scribner, New York, 1952)``"""
_MEETING = lazy(r"\b(?:Proc(?:eedings|\.)|Conf(?:erence|\.)|Symposium|Workshop)")


def is_placed(masked: str) -> bool:
    """Whether a place and a publisher stand beside a colon."""
    behind = _HOUSE_AND_PLACE.search(masked)
    lasts = filter(None, (one.search(masked) for one in (_PLACE_AND_HOUSE, _HOUSE_OF_PLACE)))
    is_last = any(imprint.is_house_of(last["place"], last["house"]) for last in lasts)
    boxed = _IN_BRACKET.search(masked)
    is_last = is_last or (boxed is not None and any(map(imprint.is_place, boxed.groups())))
    is_last = is_last and not _MEETING.search(masked)
    if is_last or _LAST_PLACED.match(masked) or (behind and imprint.is_place(behind["place"])):
        return True
    position = 10
    while match := _PLACED.search(masked, position):
        position = match.start("house")
        place, house = match["place"].strip(), match["house"]
        if imprint.is_place(place):
            return True
        dated = re.search(r"(?P<by>[;,])\s?\(?c?(?:19|20)\d\d$", match[0])
        if not imprint.may_be_place(place):
            continue
        if dated is None:
            if _ends_book(masked, match):
                return True
            continue
        if dated["by"] == ";" or (imprint.is_house(house) and len(place.split()) <= 3):
            return True
        if _is_third_sentence(masked, match) and len(house.split()) <= 6:
            return True
    return False


YEAR_IN_FRONT = lazy(r"[^“”\"]{3,200}?\((?:19|20)\d\d[a-z]?\)[.,:]?\s")
"""Who wrote a work, and its year in brackets."""


def _ends_book(masked: str, placed: re.Match[str]) -> bool:
    """Whether a place and a house end a work whose year stands in front, as the APA prints it."""
    words = {word.lower() for word in re.findall(r"[^\W\d_]+", placed["place"].partition(",")[0])}
    is_last = not re.search(r"[^\W_]", masked[placed.end("house") :])
    is_known = not words & (CONTAINER_WORDS | WHOLE_CONTAINERS) and placed["house"][:1].isupper()
    return bool(
        is_last and is_known and len(placed["house"].split()) <= 6
        and YEAR_IN_FRONT.match(masked) and _is_third_sentence(masked, placed)
    )  # fmt: skip


def _is_third_sentence(masked: str, placed: re.Match[str]) -> bool:
    """Whether authors and a title stand before a place and a house that no list knows."""
    before = masked[: placed.start()]
    is_sentence = placed[0][0] in ".)]" or before.endswith((".", ")", "]"))
    return (
        is_sentence
        and re.search(r"[^\W\d_]{2}[.?!)]\s|(?:19|20)\d\d[a-z]?\)[.:]?\s", before) is not None
        and re.match(r"[A-Z]", placed["house"]) is not None
        and not re.match(r"(?:An?|The|How|What|From|On)\s", placed["house"])
    )


_VOLUME = lazy(
    r";\s?(?!(?:19|20)\d\d:)\d{1,4}[A-Z]?(?:\s?\([^()]{1,24}\))?\s?:\s?[A-Za-z]{0,4}\.?\d"
    r"|\s\d{1,4}\s?\([\w-]+\)\s?\(|\b[Vv]ol(?:ume)?\.?\s?\d|(?:,"
    r"|\s)\d{1,4}\s?\(\s?[\w\s.-]{1,16}\)\s?[,:]\s?(?:pp?\.\s?)?[A-Za-z]{0,2}\d"
    r"|(?<=[^\W\d_.,)])[,.]?\s\d{1,4}\s?:\s?[A-Za-z]{0,2}\d+|\s\d{1,4},\s?(?:no|nr)\.?\s\d"
    r"|[A-Za-z.],?\s\d{1,4},\s?[A-Za-z]?\d+-+\d+|\b[Nn]o\.\s?\d+,\s(?:pp?\.|\d{4})"
    r"|\s\d{1,4}\.\d{1,3}\s\(|\s[A-H]?\d{1,4},\s\d{1,6}\s\((?:19|20)\d\d\)"
    r"|[^\W\d_]\.?\s(?:19|20)\d\d,\s\d{1,4}(?:\s?\([\w\s.-]{1,16}\))?,\s[A-Za-z]{0,2}\d"
    r"|\b(?:Jg|Jahrgang)\.?\s\d|\bHeft\s\d"
    r"|,\sv\.\s?\d+,\sn\.\s?\d|,\sn\.\s?\d+,\sp\.\s?\d"
)


def has_volume(masked: str) -> bool:
    """Whether figures stand as a journal's do, and no book's."""
    return _VOLUME.search(masked) is not None and not is_of_house(masked)


# ── what other languages call the parts of a reference ──

_ROLE = lazy(
    r"(?<=[\w.])\s?(?P<role>[(\[]\s?(?:(?P<told>a cura di|[Hh]gg?\.?|[Hh]rsgg?\.?|[Rr]ed\.?"
    r"|[Dd]irs?\.?|[Cc]oords?\.?|[Oo]rgs?\.?|[Cc]omps?\.|(?:coordin|compil|organi[zs]|redakt|redact|herausge|redig)[^\W\d_]{2,8})"
    r"|(?:[a-zà-ÿа-яё]{1,4}\s){0,2}[^\W\d_]{2,6}\.|[Aa](?:uto|utho|uteu)r(?:e?s)?)\s?[)\]])(?=[\s,.:;]|$)"
)
"""A word in brackets that says what people did; one that a stop shortens may be of any language."""
_BARE_ROLE = lazy(
    r"(?<=[\w.]),?\s(?P<role>(?:Hrsgg?|Hgg?|hrsgg?|hgg?|red|coords?|dirs?|orgs?)\.|(?:coordinad|coordenad|organizad|redakt|kurat)[^\W\d_]{2,6}"
    r"|Herausgeber(?:in)?|editores)(?=\s?[(:,;]|\.?\s+[^\W\d_a-z])"
)
"""The same without brackets."""
_NO_ROLE = lazy(
    r"\W*(?:[Ee]ds?|[Tt]rans|ill?us|forth|subm|acc|undat|ined|in\s|[a-z]\.|.*\d).*|\W*.{1,2}\.\W*"
)
_WROTE = lazy(
    r"\W*(?:au(?:th?|t?eur|tor|thor|c)e?s?|verf|förf|szerz|avt|авт|prof|assoc|asst|priv|doz|dott|dra?|ing"
    r"|dipl|med|phil|hon|chair|pres|corr|resp)\W*",
    re.IGNORECASE,
)
"""A word for the authors of a work, or for what one of them is, which makes nobody its editor."""
_TRANSLATES = lazy(r"\W*(?:trad|[üu]bers|overs|övers|vert|tłum|preklad|пер)", re.IGNORECASE)
_WITHIN = lazy(r"(?<=[.?!”\"»)\]]\s)(?:En|Em|Dans|Im|In|I|W|V|U|В)(?P<colon>\s?:)?\s(?=\S)")
_IS_HOST = lazy(
    r"[^()]{4,240}\((?:Eds?|Trans)\.?\)|[^().]{4,160}\((?:pp?|ss?|S|str|págs?|с)\.\s?\d"
)


def in_english(shape: str) -> str:
    """The shape with roles and labels as the grammar says them, of the same length."""
    for one in list(_ROLE.finditer(shape)):
        if _WROTE.fullmatch(one["role"]) and people.ends_names(shape, one.start()):
            sign, rest = shape[one.end() : one.end() + 1], shape[one.end() + 1 :]
            shape = f"{shape[: one.start()]}{sign}{' ' * len(one[0])}{rest}"
            continue
        is_role = one["told"] or not _NO_ROLE.fullmatch(one["role"])
        if not is_role or not (one["told"] or people.ends_names(shape, one.start())):
            continue
        instead = "(Trans.)" if _TRANSLATES.match(one["role"]) else "(Eds.)"
        shape = put(shape, one.span("role"), instead if len(one["role"]) > 5 else "(Ed)")
    for one in list(_BARE_ROLE.finditer(shape)):
        if people.ends_names(shape, one.start()):
            shape = put(shape, one.span("role"), "ed." if one["role"].endswith(".") else "eds")
    return labels_in_english(shape)


def hosts_in_english(shape: str) -> list[tuple[int, int, str]]:
    """Where other languages say "In" before a book: (start, end, instead)."""
    return [
        (*one.span(), "In: " if one["colon"] else "In ")
        for one in _WITHIN.finditer(shape)
        if one["colon"] or _IS_HOST.match(shape, one.end())
    ]


# ── the room that houses of the East set around signs of the West, or do not set ──

_HEAD_ENDS = lazy(
    r"(?:(?P<people>[A-Z][\w’'-]+,?\s(?:[A-Z]{1,4}|(?:[A-Z]\.[\s-]?)+)(?:,?\s(?:[JS]r|II|III|IV))?\.?|\bal\.?)|\d(?:nd|rd|th)"
    r"|\b[a-z]{3,}|\b[A-Z][a-z]{3,}|\b[A-Z]{3,6}|\))\Z"
)
_WIDE_YEAR = lazy(
    r"(?<=[A-Za-z.])\s?(?:（(?P<year>\s?(?:19|20)\d\d[a-z]?)）|\((?P<half>(?:19|20)\d\d[a-z]?)\)(?=[A-Z]))\s?(?=[^\W\d_])"
)
"""``Bowlby, J.（1973）Attachment``: full-width brackets bring their own room along."""


_STATE_COLON = lazy(r"(?<=[a-z],\s[A-Z]{2})\s?:(?=[A-Z][A-Za-z])|(?<=[a-z],\s[A-Z]{2})\s:\s")
"""``Washington, DC:US Department``"""
_FORM = lazy(
    r"(?<=[^\s\d][.?!)]\s)[Dd]ata\s?[Ss]et(?=\.\s[A-Z][^.]{1,60}(?:\.?\s*$|[.,]?\s+(?:https?:|doi\b|\(?(?:19|20)\d\d)))"
)
"""``Title. Data set. Zenodo``: what APA sets in brackets."""
_NEXT_NAME = lazy(
    r"(?<=[a-z]\s[A-Z]),(?=[A-Z][a-z’-]+\s[A-Z])|(?<=[a-z]\s[A-Z]{2}),(?=[A-Z][a-z’-]+\s[A-Z])"
)
"""``Dodd KJ,Shields N``: a name behind initials, without a blank."""
_COLON = lazy(r"\s?(?P<sign>[:：])\s?")


def _head_colon(text: str, shape: str) -> re.Match[str] | None:
    """The colon behind Western names that a title touches, or that a blank parts from them.

    ``Codman EA:The Shoulder`` and ``Kendall FP : Muscles`` are how Japanese houses set it; a ratio
    (``CD4:CD8``) and an address have other signs there.
    """
    at = shape.find(":", 2, 400)
    colon = _COLON.match(text, at - (shape[at - 1 : at] == " ")) if at > 0 else None
    if colon is None or colon[0] == colon["sign"] + " ":
        return None
    first = shape[colon.end() : colon.end() + 1]
    if not first.isascii() or not (first.isupper() or first.isdigit()):
        return None
    is_native = _NO_HEAD.search(text, 0, at) is not None
    ended = None if is_native else _HEAD_ENDS.search(shape[: colon.start()])
    is_spaced = colon.start() < at
    is_head = ended and (ended["people"] or (first.isupper() and not is_spaced))
    return colon if is_head else None


_NO_HEAD = lazy(r"[\u3040-\u30ff\u3400-\u9fff]|\d{4}[a-z]?\)")


def room(text: str, shape: str) -> list[tuple[int, int, str]]:
    """Colons and commas behind names as the West sets them: (start, end, instead)."""
    colon = _head_colon(text, shape)
    found = [(*colon.span(), f"{colon['sign']} ")] if colon else []
    found += [(*one.span(), ": ") for one in _STATE_COLON.finditer(shape)]
    for one in _FORM.finditer(shape):
        found += [(one.start(), one.start(), "["), (one.end(), one.end(), "]")]
    return found + [(*one.span(), ", ") for one in _NEXT_NAME.finditer(shape)]


def wide_room(text: str) -> list[tuple[int, int, str]]:
    """Full-width stops and brackets in a reference that is written in Latin letters."""
    found = [(*one.span(), ". ") for one in re.finditer(r"(?<=[A-Za-z)])．(?=\S)", text)]
    for one in _WIDE_YEAR.finditer(text):
        year = one.span("year" if one["year"] else "half")
        found += [(one.start(), year[0], " ("), (year[1], one.end(), "). ")]
    return found
