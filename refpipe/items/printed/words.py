"""Words that mark the parts of a printed reference: months, particles, words of journal titles.

General knowledge, written down by hand.  The words of journal titles follow the habits of
ISO 4 (https://www.issn.org/services/online-services/access-to-the-ltwa/): a container is often
made of nothing but such words, a title of an article hardly ever is.
"""

from __future__ import annotations

import re
import sys
import unicodedata


def _ranges(category: str) -> str:
    found = [
        code
        for start, end in ((0x41, 0x530), (0x1E00, 0x2000))
        for code in range(start, min(end, sys.maxunicode))
        if unicodedata.category(chr(code)) == category
    ]
    return "".join(chr(code) for code in found)


UPPER = _ranges("Lu")
"""For use inside ``[…]``: every capital letter."""
LOWER = _ranges("Ll") + "ʹªº"
"""For use inside ``[…]``: every small letter."""


def word_set(text: str) -> frozenset[str]:
    """The words of a text, so that a table of words can be written as one."""
    return frozenset(text.split())


ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
"""The year before the first of each era."""
INITIALS = {"H": "平成", "R": "令和", "S": "昭和"}
"""How an era is shortened in Latin letters."""
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janv janvier januar enero gennaio januari",
            "feb february fevr février februar febrero fevereiro febbraio februari",
            "mar march mars märz mrz marzo março maart",
            "apr april avr avril abril aprile",
            "may mai mayo maio maggio mei",
            "jun june juin juni junio junho giugno",
            "jul july juil juillet juli julio julho luglio",
            "aug august août aout agosto augustus",
            "sep sept september septembre septiembre setembro settembre",
            "oct october okt oktober octobre octubre outubro ottobre",
            "nov november novembre noviembre novembro",
            "dec december dez dezember décembre diciembre dezembro dicembre",
        ),
        1,
    )
    for name in names.split()
}
"""Name or abbreviation of a month in lower case → its number."""

SHORT_MONTHS = {
    "gen": 1, "ene": 1, "fev": 2, "mrt": 3, "abr": 4, "mag": 5, "maj": 5, "giu": 6, "lug": 7,
    "ago": 8, "set": 9, "out": 10, "ott": 10, "nov": 11, "dic": 12, "dez": 12,
}  # fmt: skip
"""What is a month between the figures of a day only; elsewhere it is a word, or a journal's."""

SEASONS = word_set("spring summer autumn fall winter")

PARTICLES = word_set(
    """van von der den dem de del della di da dos das do du la le los las el al ten ter te zu
    zur zum
    af av bin ben ibn y e d' van't 't vander vom in't dal dalla degli dei auf"""
)
"""Lower-case words that belong to a family name."""

ORGANISATION_WORDS = word_set(
    """organization organisation society association group committee ministry institute institutes
    collaboration collaborative investigators agency department council consortium network
    academy foundation centers centre center college university federation panel board institution
    commission bureau office administration team initiative members
    researchers program programme project united nations national task trialists taskforce federal
    survey service services union collaborators hospital workshop conference secretariat
    government watch associates alliance trust authority staff clinic library coalition
    publishing healthcare parliament corporation partnership observatory bank investigadores"""
)

FOREIGN_BODIES = word_set(
    """institut instituto istituto ministère ministério ministerio ministero ministerium
    bundesministerium gesellschaft verband arbeitsgemeinschaft kommission bundesamt
    bundeszentrale stiftung akademie universität université universidad universidade università
    société fédération agence autorité organização organización organizzazione organizacion
    sociedad sociedade società asociación associação associazione fundación fundação fondazione
    fondation comité comitê comissão comisión consejo conselho conseil réseau grupo gruppo groupe
    secretaría secretaria agencia agência agenzia colegio collège federación federação federazione
    instituut vereniging ministerie"""
)
"""Words of bodies in other languages, which print the words behind them in small letters."""

KNOWN_INITIALS = word_set(
    "WHO NICE CDC NIH FDA AHA ACSM NHS OECD UNICEF EMA AAOS APTA IASP NIOSH OSHA NCCIH NIAMS IARC"
)
"""Offices and societies of health that are cited by their initials."""

FUNCTION_WORDS = word_set(
    """of the and in for on to a an at by with from de la le les des du der die das und für fur
    im et e y del en di della dell da do dos das & - – an zur zum aus nella och i w na"""
)
"""Words that a title in capitals may hold in lower case."""

CONTAINER_WORDS = word_set(
    """j journal jour am amer american br brit british can canadian eur european int intl
    international jpn jap japanese chin chinese ind indian aust austral australian scand nord nordic
    ann annals annales ann. adv advances acta arch archives archiv archivio bull bulletin biul clin
    clinical clinics clinica clinique curr current cur rev review reviews revue revista rivista
    res research proc proceedings trans transactions lett letters comm commun communications rep
    reports report rec records med medical medicine medica medicinal medizin medicina medizinische
    sci science sciences scientific nat natl national acad academy soc society surg surgery surgical
    surgeons surgeon phys physics physical physica physiol physiology physiological chem chemistry
    chemical chim chemie biochem biochemistry biochemical biol biology biological bio biophys
    biophysics biophysical biochim biomed biomedical biotech biotechnol biotechnology biomech
    biomechanics biomater biomaterials biometrics bioinformatics bioorg bioscience biosci
    pharmacol pharmacology pharm pharmaceutical pharmacotherapy pharmacother drug drugs ther
    therapy therapeutics toxicol toxicology neurol neurology neurological neurosci neuroscience
    neurosurg neurosurgery neuropsychol neuropsychology neuropsychopharmacol neuroimage neuron
    neurochem neurophysiol neuroreport neuropathol neuroradiol psychol psychology psychological
    psychiatry psychiatr psychiatric psychother psychosom psychopharmacol psychopharmacology
    radiol radiology radiat radiother roentgenol imaging magn reson ultrasound oncol oncology cancer
    carcinog carcinogenesis tumor tumour leuk leukemia hematol haematol hematology haematology blood
    haemost thromb haematologica transfus transplant transplantation transplantion immunol
    immunology immun immunity immunother allergy asthma infect infection infectious dis diseases
    disease disord disorders microb microbiol microbiology microbes virol virology virus bacteriol
    parasitol parasitology mycol antimicrob antimicrobial agents chemother chemotherapy vaccine
    aids hiv epidemiol epidemiology public health environ environmental environment occup
    occupational hyg hygiene prev preventive prevention nutr nutrition food diet dietetic obes
    obesity diabetes diabetol diabetologia diabet metab metabolism metabolic endocrinol endocrine
    endocrinology horm hormone hormones thyroid bone joint miner mineral calcif tissue orthop
    orthopaedic orthopaedics orthopedic rheum rheumatol rheumatism rheumatology arthritis osteoporos
    arthrosc arthroscopy arthroplasty spine spinal knee foot ankle hand shoulder elbow sports sport
    exerc exercise rehabil rehabilitation phys. ther. muscle nerve pain gait posture cardiol
    cardiology cardiovasc cardiovascular cardiac circ circulation heart hypertens hypertension
    stroke vasc vascular thorac thoracic chest respir respiratory lung pulm pulmonary crit critical
    care intensive anesth anaesth anesthesiol anesthesia anaesthesia anesthesiology analg
    emerg emergency trauma injury burns wound shock resuscitation gastroenterol gastroenterology
    gastrointest gut hepatol hepatology liver digest digestion dig endosc endoscopy colorectal bowel
    pancreas nephrol nephrology kidney renal dial dialysis urol urology androl andrology
    obstet obstetrics gynecol gynaecol gynecology gynaecology reprod reproduction reproductive
    fertil
    fertility steril sterility hum human contraception perinat perinatol perinatal neonatal pediatr
    paediatr pediatrics paediatrics pediatric child children adolesc adolescent dev development
    developmental geriatr gerontol gerontology geriatrics aging ageing age dent dental dentistry
    oral
    periodontol periodontal endod orthod orthodontics maxillofac craniofac implants otolaryngol
    otol laryngoscope laryngol rhinol head neck hear hearing ophthalmol ophthalmology ophthalmic
    vis vision eye retina cornea dermatol dermatology derm skin invest investigative investigation
    plast plastic reconstr reconstructive nurs nursing midwifery educ education educational teach
    learn eng engineering engineers technol technology technological tech techniques comput
    computer computers computing computational inform informatics inf softw ieee acm appl applied
    math mathematics mathematical stat statistics statistical statist anal analysis analytical
    methods method mater materials polym polymer opt optics optical electron electronics electr
    electrical electrochem spectrosc spectrometry spectroscopy mass chromatogr chromatography
    crystallogr crystallography struct structural structure struc mol molecular cell cells cellular
    cytol cytometry cytokine cytogenet genet genetics genome genomics genes gene mutat mutation
    heredity chromosome chromosoma rna dna nucleic acids protein proteins proteome proteomics
    peptides peptide enzyme enzymes enzymol glycobiology lipid lipids membr membrane embo febs faseb
    plos one pnas usa bmc bmj jama lancet nature embryol embryo evol evolution evolutionary
    ecol ecology ecological ecosyst anim animal behav behavior behaviour behavioral behavioural
    brain cogn cognitive cognition cortex percept perception mem memory lang language speech sleep
    soil plant plants planta bot botany botanical agric agricultural agriculture hortic hort crop
    field forest forestry wood mar marine aquat aquatic aquac aquaculture fish fisheries ocean
    oceanogr oceanography limnol zool zoology zoological entomol entomology insect mammal ornithol
    avian poult poultry vet veterinary dairy meat cereal ferment geophys geophysical geol geology
    geochem geochim cosmochim geography geoderma geo earth planet atmos atmospheric meteorol climate
    climatol hydrol hydrology water wat energy power fuel combust heat fluid fluids mech mechanics
    mechanical aerosp civ struct. nucl nuclear radioact radiation hazard waste manag management
    manage bus business econ economic economics finance financ law legal policy polit political
    soc. social sociol sociology sociological anthropol anthropology hist history historical
    philos philosophy philosophical relig religion theol ethics bioeth stud studies quarterly q
    monatsschr wochenschr zeitschrift z ztg zentralbl deutsche dtsch schweiz osterr wien klin
    klinische presse nederlands tijdschrift ned tijdschr geneeskd ugeskr laeger lakartidningen
    nippon zasshi zhonghua zhongguo za zhi zhi. igaku gakkai kagaku rinsho gan kagaku ryoho
    ser series sect section suppl supplement part spec special issue ed edition online electronic
    open access global world asia asian pacific africa african latin north south east west western
    eastern new old york engl england london paris berl berlin royal roy ir irish scott swiss dan
    danish finn norw pol polish russ turk turkish iran iranian isr israel korean kor taiwan
    thai singap hong kong braz brasil bras mex argent chil ital italian franc french fr span esp
    philipp pak bangladesh saudi egypt gen general intern internal pract practice practical
    practitioner family fam prim primary hosp hospital qual quality life value outcomes patient
    patients serv services safety admin administration inst institute dep univ university coll
    college fed federation assoc association comp comparative exp expl experimental theor
    theoretical basic fundam fundamental pathol pathology pathobiol histol histochem histochemistry
    anat anatomy anatomical morphol ultrastruct microsc microscopy micron lab laboratory labor diagn
    diagnostic diagnosis diagnostics forensic leg. med. top topics trends opin opinion perspect
    perspectives horizons frontiers front handbook encyclopedia encyclopaedia dictionary companion
    advances progress prog yearb yearbook symp symposium conf conference congr congress workshop
    meeting lect lecture notes monogr monograph mon monthly wkly weekly daily news newsletter
    bulletin
    mag magazine gaz gazette forum dialogues essays memoirs mem. contrib contributions abstracts
    index digest digest. survey surveys systems system syst sys syndr syndromes netw network
    networks signal signaling process processing proces pattern intell intelligence robot robotics
    autom automatic automation control sensors sensor actuators devices instrum instruments
    instrumentation meas measurement measurements vib acoust acoustical acoustics sound ultrason
    laser lasers photon photonics photochem photobiol quantum solid state solids surf surface
    surfaces
    interface interfaces film films thin vacuum cryst crystal crystals growth ceram ceramic metall
    metals alloys alloy compos composites corros corrosion tribol wear chemosphere tetrahedron synth
    synthesis synthetic org organic inorg inorganic organomet organometallic catal catalysis
    catalyst
    colloid colloids langmuir nano nanotechnology nanotechnol nanosci nanomed macromol
    macromolecules rheol separ separation sep purif filtr membrane. desalin desalination
    transport traffic transp urban regional region reg rural community commun. soc cult culture
    cultural art arts lit literature literary linguist linguistics music musical film theatre
    gender sex sexual women womens men mens psychoanal personality pers individ individual differ
    differences addict addiction addictive alcohol alcoholism alcsm abuse suicide violence crime
    criminol justice police military mil war army naval navy aviat space spaceflight aerospace
    undersea cureus heliyon elife peerj biorxiv medrxiv arxiv cochrane database syst. rev. mmwr morb
    mortal wkly. cytotherapy stem regen regenerative aesthetic aesthet cosmet burn headache
    cephalalgia
    epilepsia epilepsy seizure parkinsonism dement dementia alzheimer alzheimers mult scler autism
    schizophr schizophrenia bipolar affect depress depression anxiety stress emotion motiv attach
    couns counseling consult fam. marriage parent early childhood infant youth elderly nurse
    nurses midwives bereave death omega palliat palliative hospice support ethic j.
    astron astrophys astronomy astronomical approx dynam clim angew quim chimia inorganica organica
    geol. seismol seism tecton tectonophysics volcanol meteorit meteoritics petrol paleontol
    palaeontol paleobiol palaeogeogr quaternary lithos icarus glaciol cryosphere hydrobiol ichthyol
    herpetol herpetological mammalogy wildl wildlife conserv conservation biogeogr biogeography
    silva silvae rangeland weed phytopathol phytopathology phytochem phytochemistry physiologia
    plantarum mycologia nematol acarol parasit helminthol malacol naturwissenschaften naturforsch
    annalen annales abhandlungen mitteilungen berichte jahrbuch archivum acta actes travaux
    memoires mémoires cahiers comptes rendus bollettino giornale quaderni studi rassegna anales
    boletin boletim cuadernos revue vestnik doklady izvestiya zhurnal trudy uspekhi folia pol.
    časopis szemle közlemények gesellschaft forschung wissenschaft wissenschaften heilpädagogik
    pädagogik erziehung philologie geschichte romanische germanische sprachen soziologie volkskunde
    deutsches österreichische psychologie psychologische sociologie histoire géographie archéologie
    littérature économie politique sociale société soins recherche ethnol ethnology ethnography
    folklore archaeol archaeology archaeological antiquity museum numismatic classical philol
    philology semiotics poetics rhetoric hispanic hispania romance germanic slavic oriental
    biblical catholic christian church theological judaism islamic mind metaphysics logic symb
    symbolic algebra topology geom geometry geometric differ. equ equations integr functional
    discrete combin combinatorics number fourier probab probability stoch stochastic random
    bernoulli biometrika annals ergodic ding lond. ser. found foundations inf. theory theoret math.
    comput. oper operations optim optimization program programming syst. decis decision forecasting
    accounting marketing retail tourism hospitality leisure recreation management. organ
    organization organizational administrative labor labour employment industrial relations
    monetary banking trade foreign affairs diplomacy peace conflict strateg strategic security
    defense governance comparative electoral congress parliamentary constitutional criminal penal
    jurisprudence bar court librarianship library libraries archival documentation bibliographic
    bibliothek printing publishing journalism journalist communication media broadcast film cinema
    theater drama dance architecture arch. urban planning landscape design housing built
    construction concrete steel bridge geotech geotechnical tunnelling mining mineralogy mineralog
    mineral coal petroleum gas oil pipeline chem. environ. eng. technol. sci. automot automotive
    vehicle railway naval ships mater. mech. appl."""
)
"""Words, whole or abbreviated, that journal titles and series are made of."""

WHOLE_CONTAINERS = word_set(
    """nature science cell lancet blood brain spine radiology pediatrics chest gut circulation
    neurology neuron cancer endoscopy diabetes biomaterials genetics development ecology evolution
    microbiology virology immunity hepatology gastroenterology surgery anesthesiology thorax heart
    stroke hypertension cureus pain sleep bone kidney-int epidemiology medicine anaesthesia
    psychopharmacology neuropharmacology neuroscience neuroimage endocrinology biochemistry planta
    toxicology tetrahedron langmuir oikos oecologia injury urology virology vaccine demography
    hippocampus cognition cortex perception appetite addiction obesity ophthalmology transplantation
    infection allergy sensors molecules nutrients cancers cells plos-one heliyon elife biometrika
    chemosphere carcinogenesis oncogene leukemia haematologica arthroscopy clinics drugs"""
)
"""Journals of one word, lower case."""

PLACES = word_set(
    """london new york boston philadelphia berlin heidelberg amsterdam oxford cambridge tokyo paris
    chicago washington geneva baltimore stuttgart basel munich münchen dordrecht princeton toronto
    hoboken edinburgh san francisco diego los angeles mahwah hillsdale thousand oaks newbury park
    beverly hills orlando louis malden chichester norwell totowa copenhagen stockholm sydney
    melbourne rockville bethesda atlanta englewood cliffs upper saddle river reading dublin rome
    milan vienna wien madrid barcelona moscow beijing shanghai hong kong singapore delhi
    minneapolis denver houston dallas austin seattle portland albany bloomington champaign urbana
    ann arbor ithaca pittsburgh cleveland columbus durham gainesville tampa miami alexandria
    arlington hyattsville rosemont evanston lewisburg lanham westport stanford berkeley davis irvine
    santa barbara monica fe cruz tucson phoenix salt lake city nashville charlottesville richmond
    glasgow cardiff bristol manchester leeds birmingham nottingham sheffield leicester aberdeen
    swindon southampton bath york aldershot farnham abingdon basingstoke hove exeter belfast cork
    leiden the hague rotterdam utrecht nijmegen groningen delft antwerp brussels leuven ghent liège
    bern berne zurich zürich lausanne geneva genève göttingen frankfurt hamburg köln cologne
    tübingen freiburg wiesbaden leipzig bonn jena bremen düsseldorf hannover würzburg graz salzburg
    prague warsaw budapest helsinki oslo bergen aarhus odense gothenburg uppsala lund umeå lisbon
    porto seville valencia salamanca bologna florence firenze roma milano torino napoli padova
    venice athens istanbul ankara jerusalem haifa tel aviv cairo johannesburg cape town nairobi
    canberra brisbane adelaide perth auckland wellington dunedin christchurch montreal ottawa
    vancouver calgary edmonton quebec mexico buenos aires são paulo rio janeiro bogotá lima santiago
    seoul taipei bangkok manila jakarta kuala lumpur mumbai calcutta bangalore osaka kyoto nagoya
    yokohama kobe sapporo fukuoka sendai champaign waltham silver spring gaithersburg springfield
    st st. clifton garden grove novato needham heights burlington sudbury saint paul d.c. dc
    東京 大阪 京都 名古屋 福岡"""
)

TOWNS = PLACES | word_set(
    """rennes lyon marseille toulouse bordeaux grenoble strasbourg lille nantes bruxelles karlsruhe
    dresden münster kassel opladen weinheim venezia lisboa coimbra warszawa kraków praha"""
)
PUBLISHER_WORDS = word_set(
    """press publishers publishing publications publisher verlag springer elsevier wiley academic
    saunders mosby lippincott williams wilkins churchill livingstone mcgraw-hill routledge sage
    blackwell thieme karger humana crc dekker kluwer plenum erlbaum associates books guilford
    freeman norton raven pergamon butterworth heinemann university inc ltd editions masson
    prentice-hall macmillan penguin harper taylor francis informa nova
    editora ediciones edições edizioni éditions editore editores uitgeverij forlag förlag"""
)

GIVEN_NAMES = word_set(
    """aaron adam alan albert alex alexander alfred alice alison allen amanda amy andrea andreas
    andrew andre angela ann anna anne anthony antonio arthur barbara ben benjamin bernard beth
    betty bill brian bruce carl carlos carol caroline catherine charles charlotte chris
    christian christina christine christoph christopher claire claude claudia colin craig
    cynthia dan daniel daniela darren dave david dean deborah denis dennis derek diana diane
    dietrich don donald dorothy douglas edgar edith edmund eduard eduardo edward eileen elaine
    eleanor elena elisabeth elizabeth ellen emily emma eric erik ernest eugene eva evelyn felix
    fernando fiona florence frances francesco francis franz fred frederick friedrich gary
    geoffrey georg george gerald gerard gilbert giovanni giuseppe glenn gordon graham gregory
    guy hannah hans harold harry heather helen henri henry herbert howard hugh ian ingrid irene
    isabel isabella ivan jack jacob jacqueline jacques james jan jane janet jason jean jeffrey
    jennifer jeremy jessica jill jim joan joe johann johannes john jon jonathan jordan jorge
    josef joseph joshua joyce juan judith julia julian julie jurgen karen karin karl katherine
    kathleen kathryn keith kenneth kevin kim klaus kurt larry laura lawrence lee leo leon
    leonard leslie lewis linda lisa lorenzo louis louise lucy luis luke lynn madeleine manuel
    marc marco margaret maria marie mario marion mark martha martin mary matthew maurice max
    melissa michael michel michelle miguel mohamed monica nancy natalie neil nicholas nicolas
    nicole nina noah nora norman olga oliver oscar pablo pamela patricia patrick paul paula
    paulo pedro peter philip philippe pierre rachel ralph raymond rebecca richard robert robin
    roger roland ronald rosa rose roy russell ruth ryan sally sam samuel sandra sara sarah scott
    sean sharon sheila silvia simon sofia sophie stefan stephanie stephen steve steven stuart
    susan suzanne sylvia teresa terry theodor theodore theresa thomas tim timothy tom tony
    ursula valerie vera veronica victor victoria vincent virginia walter wanda wayne wendy
    werner wilhelm will william wolfgang yves akira hiroshi kenji takeshi yuki satoshi makoto
    kazuo hideo masao akiko keiko yoko naoko taro hanako
    abdul abdullah abigail adel adele adolf adrian agnes ahmad ahmed alain alastair alberto aldo
    alejandro aleksander aleksandr alessandra alessandro alexandra alexandre alexei alfonso
    alfredo ali alicia alois alvaro amelie amina amir ana anders andre andrei andrej andrzej
    angelo anil anita anja anke annette annie ansgar antoine anton antonia antonie antonino
    anton antonis anwar ariane arjun armando arne arnold arturo ashley astrid audrey august
    augusto axel barry bart beatrice beatriz benedict benoit bernd bernhard bertrand birgit
    birgitta bjorn bradley brandon brenda brent brigitte bruno bryan camille carla carlo carmen
    carole carolyn carsten cecile cecilia chantal chiara christa christiane christophe clara
    claudio clemens corinne cornelia cristina curtis dagmar damien daniele danielle dariusz
    debra denise diego dieter dimitri dimitris dirk dmitri dmitry dominic dominique donna dorothea
    duncan dylan eckhard edmond edouard edwin elaine elias elisa elise elke emilia emilio
    emmanuel enrico enrique ernst esther etienne eugenio evan fabio fabrice fatima federico
    ferdinand fernand filippo flavio florian franco francois francoise frank frederic frederik
    fritz gabriel gabriela gabriele gaston gavin genevieve gerd gerhard gilles gillian gino giorgio
    giulia giulio goran gottfried graeme greg gregor guido guillaume guillermo gunter gunnar
    gunther gustav gustavo hamid harald harriet hartmut hasan hassan hector heidi heike heiko
    heinrich heinz helena helene helga helmut hendrik henrik henrique herman hermann hilary
    holger horst hubert hugo humberto hussein igor ilse ines inga inge ioannis irina irving irwin
    isabelle ivo jaap jacek jackie jacopo jaime jakob jakub jamal jaroslav javier jeannette jeff
    jens jerome jerry jesper jesus jimmy joachim joanna joanne joao jochen joel joerg johan
    joaquin jonas jose josefina josephine josh jozef judy juergen jules julien juliette julio
    justin kai kamal karim karol karolina karsten kate katharina kathrin kathy katja katrin kay
    kelly kerstin khalid kirsten klaas konrad konstantin krzysztof kristin kristina kyle lars
    laszlo laure laurence laurent lauren lena lennart leonardo leopold leslie liam lionel loic
    lorna lorraine louis luca lucas lucia luciano lucien luciano ludwig luiz lukas lutz lynne
    maarten magdalena magnus mahmoud malcolm manfred manuela marcel marcello marcelo marcin marcus
    marek margaret margarita margarethe margit marianne marina mariano marius marjorie markus
    marlene marta martina martine mateusz mats matteo matthias matthieu maureen mauricio maurizio
    maxime mehmet melanie meredith michal michele miguel mikael mike mikhail milan mirjam mitchell
    mohammad mohammed mohsen monika monique moritz morten muhammad murad mustafa nadia nadine nathan
    nathalie nelson nigel nikolai nikolaos nikolaus nils nina norbert odile olaf ole olga
    oliver olivia olivier omar orlando oswald otto owen paolo pascal patrice patrizia paulette
    pauline pavel penelope per peggy petra petr phil philipp phillip pietro piotr rafael rafal
    raffaele rainer ralf ramon randall raphael raul ray regina reinhard reinhold remi renate
    rene ricardo riccardo rita robbie roberta roberto rodney rodolfo rodrigo rolf romain roman
    rosemary ross rudolf rupert ruth sabine salvatore samir samantha sanjay santiago saskia
    sebastian sebastien serge sergei sergey sergio severine shannon sharon shirley siegfried
    sigrid silvana simona slavoj sonja sonia soren stan stanislav stanley stefania stefano
    steffen stella stephane stewart susana susanna susanne sven svetlana tamara tanja tania tara ted
    thierry thorsten tina tobias todd tomas tomasz torsten tracy trevor ulla ulrich ulrike umberto
    urs uwe valentin valeria vanessa vicente viktor vincenzo viviane vladimir volker waltraud
    warren wendell wilfried wilfrid willem willi wim wladimir wojciech xavier yann yasmin yolanda
    yuri yvette yvonne yusuf zoe zoltan akiko atsushi daisuke hideki hiroko hisashi ichiro
    jun kaori katsuhiko kazuhiro kazuyuki kenichi kentaro kiyoshi koichi koji kumiko makiko mari
    masahiro masaki masashi mayumi megumi michiko minoru mitsuru miyuki noboru nobuo norio osamu
    ryo ryuji sachiko shigeru shinichi shinji shoji tadashi takahiro takao takashi takayuki tatsuya
    tetsuya tomoko toru toshiaki toshio tsutomu yasuhiro yasuo yoshiaki yoshihiro yoshiko yoshio
    yukio yumiko"""
)
"""Given names of Europe and Japan, to tell a name that is written out from the words of a title."""
LANGUAGES = {
    "japanese": "ja", "german": "de", "french": "fr", "chinese": "zh", "spanish": "es",
    "russian": "ru", "korean": "ko", "italian": "it", "polish": "pl", "portuguese": "pt",
    "persian": "fa", "turkish": "tr", "arabic": "ar", "dutch": "nl",
}  # fmt: skip
_NOTE_WORDS = (
    "[", "doi", "epub", "pubmed", "online", "print", "published", "posted", "in press", "available",
    "licen", "retrieved", "forthcoming", "submitted", "to appear", "open access", "full text",
    "discussion", "quiz", "reply", "table of contents", "nbk", "crossref", "google", "medline",
    "scopus",
    "portico", "clockss", "jstor", "web", "オンライン", "n. pag", "n.pag", "cite this article",
    "erratum", "comment", "corrected", "original report", "retraction", "republished", "update",
    "expression of concern", "summary for patients", *(f"in {name}" for name in LANGUAGES),
)  # fmt: skip
"""A note beside a reference (``addresses``) holds one of these words; most hold none."""


def has_note_word(text: str) -> bool:
    """Whether a note may stand in a reference; this is found quicker than the note."""
    lower = text.lower()
    return any(word in lower for word in _NOTE_WORDS)


KEPT_HYPHEN_HEADS = word_set(
    """self long short high low well non anti pre post co cross double single one two three four
    five evidence population hospital community case meta first second third third-line full
    half follow mid multi quasi time dose age sex weight gene year acid amino cell receptor
    attention blood soft hard early late large small open risk health quality post-traumatic"""
)
KEPT_HYPHEN_TAILS = word_set(
    """based specific induced dependent related like mediated associated free term type deficit
    old year risk analysis wide regulated derived driven controlled blind up and of in to or
    centered centred enhanced weighted positive negative binding activated reported"""
)
"""Words that a line's end parts at a hyphen of their own."""


# ── bodies of people ──


def is_organisation(piece: str) -> bool:
    """Whether a word of the piece names a body of people."""
    words = [word.strip("().,;").lower().rpartition("-")[2] for word in piece.split()]
    is_told = any(word in ORGANISATION_WORDS or word in FOREIGN_BODIES for word in words)
    # ``NHS England``
    is_told = is_told or (len(words) == 2 and piece.split(maxsplit=1)[0] in KNOWN_INITIALS)
    return is_told or _PARTY.search(piece) is not None


def ends_as_organisation(text: str) -> bool:
    """Whether the last word, or the one before "of" or "for", names a body of people."""
    core = re.split(r"\s(?:of|for|on|in)\s", text)[0]
    last = core.split()[-1].strip("().,").lower().rpartition("-")[2] if core.split() else ""
    is_told = not {last, last.removesuffix("s")}.isdisjoint(ORGANISATION_WORDS)
    is_told = is_told or is_foreign_body(text) or _PARTY.search(core) is not None
    return is_told or text.split()[-1:] == ["Collaborators"] or text.endswith(" Investigators")


_PARTY = re.compile(r"\b[Ww]orking\s[Pp]arty\b")


def is_foreign_body(text: str) -> bool:
    """Whether one of the first words, with a capital, names a body: ``Haute Autorité de santé``."""
    words = [word.strip("().,").rpartition("-")[2] for word in text.split()[:3]]
    return any(word.lower() in FOREIGN_BODIES and text[:1].isupper() for word in words)
