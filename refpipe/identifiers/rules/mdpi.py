"""MDPI's journals by ISSN."""

from __future__ import annotations

import re

_TABLE = """
1422-0067 ijms 1660-4601 ijerph 2077-0383 jcm 2072-6643 nu 2072-6694 cancers 2073-4409 cells
2227-9059 biomedicines 2227-9032 healthcare 2075-4418 diagnostics 1648-9144 medicina
1420-3049 molecules 1424-8220 s 2076-3417 app 2071-1050 su 2076-2607 microorganisms
2076-393X vaccines 1999-4915 v 2076-3921 antiox 2218-273X biom 1999-4923 pharmaceutics
1424-8247 ph 2076-3425 brainsci 2075-4426 jpm 2308-3425 jcdd 2411-5142 jfmk 2075-4663 sports
2072-6651 toxins 2218-1989 metabo 2304-8158 foods 2079-6382 antibiotics 2076-0817 pathogens
2414-6366 tropicalmed 2227-9067 children 2076-328X bs 2079-7737 biology 2073-4425 genes
1999-4907 f 2073-4441 w 2072-4292 rs 1996-1073 en 1996-1944 ma 2079-4991 nano 2073-4360 polym
2223-7747 plants 2076-2615 ani 2306-7381 vetsci 2304-6767 dj 2313-7673 biomimetics
2306-5354 bioengineering 1660-3397 md 2225-1154 cli 2304-6775 publications 2073-8994 sym
1099-4300 e 2227-7390 math 2079-9292 electronics 2072-666X mi 2220-9964 ijgi 2073-4433 atmos
2073-4395 agronomy 2077-0472 agriculture 2309-608X jof 2075-1729 life 2077-0375 membranes
2079-6412 coatings 2075-4701 met 2073-4344 catal 2227-9717 pr 2218-6581 robotics 2078-2489 info
2305-6304 toxics 2306-5729 data 2313-433X jimaging 2077-1312 jmse 2075-5309 buildings
2227-7102 educsci 2076-0760 socsci 2076-0787 h 2077-1444 rel 2226-4310 aerospace 2075-163X min
2076-3263 geosciences 2073-445X land 2310-2861 gels 2311-5637 fermentation 2073-4352 cryst
2304-6740 inorganics 2075-4450 insects 2227-9040 chemosensors 2079-6374 bios 2073-4468 antib
2039-4403 nursrep 1718-7729 curroncol 2254-9625 ejihpe 2218-1997 universe 2039-7283 clinpract
2035-8377 neurolint 2379-139X tomography 2624-8549 chemistry 2304-6732 photonics
"""
_CODES = dict(re.findall(r"(\S{9}) (\S+)", _TABLE))
"""ISSN → the code of the journal in DOIs (https://www.mdpi.com/about/journals)."""


def article(match: re.Match[str]) -> str | None:
    """The DOI of ``/ISSN/volume/issue/article``; None for a journal that is not in the table."""
    code = _CODES.get(match["issn"].upper())
    if code is None or len(match["article"]) > 5:
        return None
    return f"10.3390/{code}{match['volume']}{match['issue']:0>2}{match['article']:0>4}"
