"""Japanese authors: 姓名 with and without a space, ほか, societies, and how lists lay them out."""

from __future__ import annotations

import re

from refpipe.items.printed.people import western_names
from refpipe.items.printed.people.western_names import Name, Names
from refpipe.items.printed.words import GIVEN_NAMES, word_set
from refpipe.lifetimes import lazy

KANJI = "\u3400-\u9fff々〆ヶ\uf900-\ufaff\U00020000-\U0003ffff"
HANGUL = "\uac00-\ud7af"
KANA = "\u3041-\u309f\u30a0-\u30ff"
JAPANESE = lazy(f"[{KANJI}{KANA}{HANGUL}]")
"""Signs of Japanese, and of Korean, whose references are printed in the same order."""

_ORGANISATION = lazy(
    r"(?:省|庁|局|調査会|審議会|協議会|事業団|公社|組合|基金|振興会|連絡会|[\u3400-\u9fff]{2,3}県|東京都|大阪府|京都府|北海道|[\u3400-\u9fff]{2,4}[市区]役所|[\u3400-\u9fff]{2,4}市|学会|協会|機構|委員会|研究所|研究会|研究班|研究グループ|センター|財団|法人|大学|病院|医師会"
    r"|連盟|連合会|会議|クリニック|会社|グループ|事務局|(?:学術|編集|企画|広報|衛生|保健|福祉|教育|研究|事業|統計|情報|健康|労働)[部局課室]|新聞社|診療所|本部|支部|サービス|国際連合|世界保健機関|WHO|課|部会|班|[督防察]署|保健所|役場|製薬|省庁|府|院|社|連合|機関|ネットワーク|局長|課長|部長|大臣|局長通知|課長通知|局長通達|インスティテュート|国連|(?<=[^\s・,]{2})(?<![社機都再面])会|(?:推進|対策|企画|調査|相談|管理|支援|統計|情報|広報|政策)室|(?<=[ァ-ヶーA-Za-z])[&＆][ァ-ヶー]{2,}"
    r"|[省庁局][^\sのを]{1,12}[部室係]|[県都府市区][^\sのを]{0,8}(?:福祉|保健|健康|介護|高齢|教育|こども|市民|医療|環境|防災|生活|政策|衛生|長寿)[^\sのを]{0,10}[部室係])(?:\s?[（(].{0,20}[)）])?$"
)
ET_AL = lazy(
    r"(?:ほか|他|(?:(?<=[\u3400-\u9fff\U00020000-\U0003ffff])|(?<=[ぁ-んァ-ヶ]{3}))ら|et\s?al\.?)\s*(?:\d{1,2}名)?\s*(?=$|[:.,「『(“\"])|(?:ほか|他\d{0,2}名?|et\s?al\.?)\s*$"
)
_ROLES = r"(?:編著|編集・発行|編集|監修・編集|監修|監訳|編|著|訳|翻訳|責任編集|総編集|ed\.?|eds\.?)"
_ROLE = lazy(rf"[(（]?\s?(?P<role>{_ROLES})[)）]?\s*(?=$|[,:;.「『・])")
ROLE_BEFORE = (
    r"(?:(?:責任|総|共|企画|代表)?編集(?:者|代表)?|編著者?|編者|編|総?監修(?:者|医師?)?|監訳者?|翻訳者?|訳者?|(?:共|原)?著者?"
    r"|(?:分担|代表)?執筆(?:者|代表)?|解説者?)"
)
"""What stands in front of a name and says what its bearer did."""
_LEADING_ROLE = lazy(rf"[(\[【]?\s?(?P<role>{ROLE_BEFORE})(?:[)\]】]\s?:?|\s?:|\s)\s*(?=\S)")
_ROLE_ALONE = lazy(rf"[(\[【]?\s?(?:{ROLE_BEFORE}|{_ROLES})\s?[)\]】]?")
_PERSON = lazy(
    rf"(?:[{KANJI}]{{1,4}}[\s・]?[{KANJI}{KANA}]{{1,5}}|[\u30a0-\u30ff]{{2,12}},?\s?(?:[A-Z]\.?[\s-]?){{1,3}}|(?:(?:[A-Z]\.\s?-?){{1,4}}|[A-Z]{{1,2}}\s?)?[\u30a0-\u30ff]{{2,12}}(?:[\s・＝=][\u30a0-\u30ffA-Z.]{{1,12}}){{0,3}}|[{KANJI}]{{2,4}}|[ぁ-ん]{{2,4}}\s[ぁ-ん]{{2,4}}|[{HANGUL}]{{2,4}})"
)
_SPACED = lazy(rf"[{KANJI}]{{1,4}}\s(?:[{KANJI}]{{1,3}}|[ぁ-ん]{{2,4}})$")
_NO_NAME = lazy(
    r"^(?:明治|大正|昭和|平成|令和|[週月旬]刊|季刊|隔月刊)|語訳|^[全新完抄対意]訳|[のはをがにへ]|からみた|[\u3400-\u9fff]と[\u3400-\u9fff]|における|による|および|について|治療|診断|症例|検討|研究|報告|評価|効果|調査|総論|概論|疾患|腰痛"
    r"|障害|療法|手術|骨折|.{3}学$|症$|病$|炎$|誌$|データ|罹患|死亡|割合|推移|概要|健康|栄養|運動|予防|状況|実態|対策|指針|白書|ガイドライン|マニュアル|とは|法$|論$|術$"
)
_SUBJECT_END = word_set(
    """療法 方法 手法 技法 用法 文法 作法 司法 憲法 民法 刑法 商法 立法 話法 製法 論法 師法 士法
    症法 者法 波法 険法 診法 食法 薬法 医学 科学 化学 数学 工学 文学 語学 史学 法学 理学 光学 農学
    薬学 哲学 生学 病学 養学 護学 健学 理論 総論 各論 概論 原論 通論 結論 議論 評論 序論 本論 推論
    世論 言論 史論 手術 技術 医術 術式"""
)
"""What words of subjects and of laws end in, and given names do not: 運動療法, 感染症法."""
_MADE_OF = lazy(
    r"遺伝子|[体質卵語物品像系列器膜腺球菌核酸鎖胞素声]$|^[\u30a1-\u30faー]+$|^[A-Za-z]+$"
    r"|^(?:現代|逐次|同時|自動|機械|逐語)"
)
_TRANSLATION_OF = lazy("語$|^.$|^(?:現代|逐次|同時|自動|機械|逐語)")
"""What is edited or translated, and edits nothing: 遺伝子編集, ゲノム編集, 現代語訳, 新訳."""


def is_made_of(word: str, role: str) -> bool:
    """Whether a word and the role that touches it are the name of something: 遺伝子編集."""
    if role == "訳":
        return word not in SURNAMES and _TRANSLATION_OF.search(word) is not None
    is_single = _MADE_OF.search(word) is not None or is_doubtful({"literal": word})
    return role in ("編集", "翻訳") and is_single and not {word, word[:2]} & SURNAMES


_GIVEN = lazy(
    rf"(?<=[{KANJI}])(?:\s?(?:はる[かなみこきとえ]|はな[こえ]?|は[やづ][とかき]|はつ[みえこ]|はじめ|のぞみ|のり[こえか]|の[あんの]|ののか"
    r"|のどか|[ほま]のか|[かしひよきあみゆ][なやきし]?の[んぶりる]?|[みちこ]はる|[いこお][ろと]は|く?に[なこいじ])|\s学)(?=$|・)"
)
"""Given names that hold a particle, or are a word of subjects: 森のぞみ, 大河内 学."""


def _is_subject(piece: str, *, is_told: bool) -> bool:
    """Whether a word names what is studied and nobody, whatever its last sign is.

    佐々木学 and 山本真法 are people, 下出真法 where a word tells that he edited something.
    """
    piece = _GIVEN.sub("郎", piece)
    if not _NO_NAME.search(piece):
        return False
    if piece[-2:] in _SUBJECT_END or not re.fullmatch(f"[{KANJI}]{{2,6}}[法学論]", piece):
        return True
    if _NO_NAME.search(piece[:-1] + "郎"):
        return True
    lengths = {2: (4,), 3: (4, 5)} if piece.endswith("学") else {2: (4,), 3: (5,)}
    is_of_people = any(piece[:one] in SURNAMES and len(piece) in lengths[one] for one in (2, 3))
    return not (is_of_people or (is_told and len(piece) == 4))


SURNAMES = word_set(
    """佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林
    斎藤 清水 山崎 森 池田 橋本 阿部 石川 山下 中島 石井 小川
    前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本 斉藤 福田 太田 西村 藤井 金子 岡本 藤原
    中野 三浦 原田 中川 松田 竹内 小野 田村 中山 和田 石田 森田
    上田 原 内田 柴田 酒井 宮崎 横山 高木 安藤 宮本 大野 小島 谷口 今井 工藤 高田 増田 丸山 杉山
    村田 大塚 新井 平野 菊地 千葉 久保 松井 野口 岩崎 桜井
    木下 野村 佐野 松尾 菅原 市川 水野 古川 西田 上野 浜田 平田 島田 武田 黒田 東 矢野 永井 渡部
    渡邉 渡邊 齋藤 齊藤 髙橋 五十嵐 伊東 大西 大橋 河野 川崎 熊谷 小池 小松 榊原 篠原 白石 須藤
    関口 高野 高山 津田 土屋 永田 長尾 西川 西山 野崎 服部 早川 馬場 福島 福井 星野 堀内 本田 本間
    松岡 松原 松村 松永 三宅 宮田 望月 森本 八木 山内 山中 吉川 吉村 若林 大谷 飯田 石原 岩本 岩田
    江口 岡崎 奥村 尾崎 片山 金井 川口 川島 川村 神田 菊池 北村 小山 佐久間 杉本 杉浦 田口 田島
    田辺 寺田 戸田 中西 中尾 永野 成田 西尾 根本 樋口 平井 平山 広瀬 藤本 前川 牧野 松下 三好 水谷
    村山 村松 安田 柳田 横田 吉岡 米田"""
)
"""The commonest family names, to tell 佐藤・鈴木 (two people) from 山田・太郎 (one)."""

_SITE = lazy(
    r"(?:通知|通達|告示)$|\s?(?:公式)?(?:ホームページ|ウェブサイト|[Ww]eb\s?サイト|サイト|HP)$"
)


_OCCUPATION = lazy(
    r"(?:各?(?:科|診療科)?(?:専門|認定|現役|産業)?医師?|[管理]*栄養士|(?:薬剤|看護|保健|助産|鍼灸|整体|柔道整復|マッサージ|救急救命)[師士]"
    r"|(?:理学療法|作業療法|介護福祉|社会福祉|歯科衛生|臨床心理)士|専門家|スタッフ|トレーナー"
    r"|(?:巻頭|総力|大)?特集|連載|座談会|対談|鼎談|インタビュー|書評|コラム)"
)
"""Who looked a page through, without a name (専門医監修), and what a magazine calls its pieces."""


_TITLE_BEHIND = lazy(rf"(?<=[{KANJI}]{{2}})\s?(?:先生|医師|博士|教授|氏)$")
"""What politeness puts behind a name."""


_AFFILIATION = lazy(
    rf"(?<=[{KANJI}{KANA}])\s?\([^()]{{1,30}}(?:大学|病院|医院|センター|研究所|クリニック|会社|学院|高校|学校|学科"
    r"|[学薬看]部|研究科|教室|講座|治療院|整骨院)[^()]{0,12}\)(?=\s*(?:[,;・/]|$))"
)
"""Where somebody works, in brackets behind the name."""


def is_body(text: str) -> bool:
    """Whether the name is one of a society, an office or a firm."""
    is_ended = _ORGANISATION.search(text) is not None or _LEGAL_FRONT.match(text) is not None
    return is_ended and not _MECHANISM.search(text)


_LEGAL_FRONT = lazy(
    r".+[（(](?:株|有|財|社|独|医)[)）]$|NPO法人(?=\s?\S)|(?:(?:公益|一般)(?:財団|社団)|独立行政|国立研究開発|特定非営利活動|国立大学|医療|学校)法人(?=\s?\S)"
    r"|(?:株式|有限|合同)会社(?=\s?\S)|[（(](?:株|有|財|社|独)[)）](?=\S)"
)
"""A legal form in front, whatever the name behind it ends in."""


_MECHANISM = lazy(
    r"(?:の[^の]{0,12}|分子|作用|発症|発現|発生|調節|調整|制御|病態|伝達|防御|代謝|神経|免疫|進展|形成|吸収"
    r"|分泌|認識|修復|耐性|抵抗性?|活性化)機構$"
)
"""機構 that is how something works, and no agency: インスリン抵抗性の分子機構."""


def within(shape: str, start: int, end: int, *, is_told: bool = False) -> Names | None:
    """The names in ``shape[start:end]``; None where something else stands there.

    ``is_told`` says that a word beside them tells what they did.
    """
    segment = shape[start:end].strip(" ,.:;")
    begin = shape.find(segment, start)
    if not segment or len(segment) > 600 or "|" in segment:
        return None
    site = _SITE.search(segment)
    if site and is_body(segment[: site.start()]):
        segment = segment[: site.start()]
    core, is_cut, are_editors = segment, False, False
    leading = _LEADING_ROLE.match(core)
    if leading:
        are_editors = bool(re.search("編|監修", leading["role"]))
        core = core[leading.end() :]
    for _ in range(3):
        role = list(_ROLE.finditer(core))
        if role and role[-1].end() == len(core):
            are_editors = are_editors or "編" in role[-1]["role"]
            is_told = is_told or role[-1]["role"] != "編"
            core, glued = core[: role[-1].start()], core
            if glued.endswith(role[-1]["role"]) and is_made_of(core, role[-1]["role"]):
                return None
            core = core.rstrip(" ,・(（")
        cut = ET_AL.search(core)
        if cut and cut.end() == len(core):
            is_cut, core = True, core[: cut.start()].rstrip(" ,・")
    found = _names(core, is_told=is_told)
    if not found:
        return None
    return Names(
        names=(*found[:-1], _dotted_again(found[-1], shape[begin + len(core) :])),
        start=begin,
        end=begin + len(segment),
        kind="japanese",
        is_cut=is_cut,
        are_editors=are_editors,
    )


def _dotted_again(name: Name, behind: str) -> Name:
    """A name with the full stop of its last initial: アームソン, J. O."""
    given = name.get("given", "")
    is_initial = behind.startswith(".") and re.fullmatch(r"(?:[A-Z]\.\s?-?)*[A-Z]", given)
    return {**name, "given": f"{given}."} if is_initial else name


def _names(core: str, *, is_told: bool) -> list[Name] | None:
    if re.search(rf"[^A-Za-z]\.\s*[^A-Za-z\s,]|[A-Za-z]\.\s?[{KANJI}]", core):
        return None
    core = re.sub(rf"(?<=[{KANJI}])ノ(?=[{KANJI}])", _STAND_IN, _AFFILIATION.sub("", core))
    if "," in core and not core.isascii():
        core = _FOREIGN.sub(r"\g<family> \g<given>", core)
    pieces = [piece.strip() for piece in _BETWEEN.split(core) if piece.strip()]
    if len(pieces) > 1 and any(map(_is_enumeration, pieces)):
        return None
    if any(piece.count("(") != piece.count(")") for piece in pieces):
        return None
    names: list[Name] = []
    like = [one for one in re.split("[,;/&・]", core) if re.search(f"[ぁ-ん]$|{_GIVEN_END}", one)]
    # Who surely bears a name tells the others: one among several pieces, or two within one.
    is_told = is_told or len(like) >= (1 if len(pieces) > 1 else 2)
    for piece in pieces:
        bare = _TITLE_BEHIND.sub("", _ROLE.sub("", piece).strip())
        if _ROLE_ALONE.fullmatch(bare) or _OCCUPATION.fullmatch(bare):
            return None
        more = _in_blanks(bare.split()) or _piece(bare, is_told=is_told)
        if more is None:
            return None
        names.extend(more)
    whole = [
        {key: one.replace(_STAND_IN, "ノ") for key, one in name.items()} for name in _paired(names)
    ]
    return whole or None


_BETWEEN = lazy(r"\s*(?:[,;/]|[&＆](?![ァ-ヶー]++(?!・))|(?<![ァ-ヶーA-Za-z])[&＆])\s*")
_STAND_IN = "\U0003fffd"
"""Read as kanji for the ノ of 一ノ瀬."""
_FOREIGN = lazy(
    r"(?P<family>[\u30a1-\u30ffー・]{2,16}),\s?(?P<given>(?:[A-Z]\.?\s?-?){1,3})(?=\s*(?:[,;&/(]|$|(?<=\.)・))"
)
"""``フロイト, S.``: one name, though a comma parts it."""


_INITIALS_BEHIND = lazy(
    r"(?P<family>[\u30a1-\u30ffー・]{2,16})\s(?P<given>[A-Z]\.?(?:\s?-?[A-Z]\.?){0,3})"
)


def _is_enumeration(piece: str) -> bool:
    """Whether 脊椎・体幹・頭部 beside a comma is part of a title: two signs each, no surname."""
    parts = piece.rsplit(maxsplit=1)[-1].split("・")
    return len(parts) > 1 and all(
        len(part) == 2 and part not in SURNAMES and JAPANESE.match(part) for part in parts
    )


def _paired(names: list[Name]) -> list[Name]:
    """山田，太郎: one person whose names were separated by a comma."""
    if len(names) == 2 and all("literal" in name and len(name["literal"]) <= 2 for name in names):
        family, given = names[0]["literal"], names[1]["literal"]
        if family in SURNAMES and not (given in SURNAMES or _FAMILY_END.search(given)):
            return [{"family": family, "given": given}]
    return [
        {"family": name["literal"]} if name.get("literal", "") in SURNAMES else name
        for name in names
    ]


_IN_FULL = lazy(r"[A-Z][a-z’'-]+(?:\s[A-Z]\.?)?\s[A-Z][A-Za-z’'-]+")
"""Guy Heyden, among Japanese names."""


def _is_in_full(piece: str) -> bool:
    """Whether a Western name is written out: its given name is known, or an initial is within."""
    is_known_given = piece.split(maxsplit=1)[0].lower() in GIVEN_NAMES
    is_told = is_known_given or re.search(r"\s[A-Z]\.?\s", piece)
    return bool(is_told and _IN_FULL.fullmatch(piece))


def _piece(piece: str, *, is_told: bool) -> list[Name] | None:  # noqa: PLR0911
    """The name or names of one piece between commas."""
    if not piece:
        return []
    if not JAPANESE.search(piece):
        scanned = western_names.scan(piece)
        if scanned and scanned.end >= len(piece) - 1:
            return list(scanned.names)
        if _is_in_full(piece):
            return [western_names.one(piece)]
        is_short = re.fullmatch(r"[A-Z]{2,10}(?:\s[A-Z]\w+){0,4}", piece)
        return [{"literal": piece}] if is_short else None
    if is_body(piece) and _is_one_body(piece):
        parts = piece.split("・")
        if len(parts) > 1 and all(_ORGANISATION.search(part) for part in parts):
            return [{"literal": part} for part in parts]
        return [{"literal": piece}] if len(piece) <= 60 else None
    parts = [part for part in piece.split("・") if part]
    is_of_body = len(parts) == 2 and is_body(parts[0])
    if is_of_body and re.fullmatch(rf"[{KANJI}]{{1,3}}\s?[{KANJI}{KANA}]{{1,4}}", parts[1]):
        return [{"literal": parts[0]}, _person(parts[1])]
    is_parted = _SPACED.match(piece) and not _NO_NAME.search(piece.split(maxsplit=1)[0])
    is_subject = any(_is_subject(part, is_told=is_told) for part in parts)
    if is_subject and not (is_parted or is_site(piece)):
        return None
    if len(parts) > 1:
        return _dotted(parts, piece)
    return [_person(piece)] if _PERSON.fullmatch(piece) else None


_WHOLE_NAME = lazy(rf"(?:[{KANJI}]{{1,6}}|[{KANJI}]{{1,4}}[ぁ-ん]{{1,5}}[子江代美枝]?)$")
_SOLD = lazy("(?:書[店院房]|出版|[堂館舎])$")


def _in_blanks(words: list[str]) -> list[Name]:
    """Several people whom nothing but blanks part; nobody where they may be one or a title.

    Each word is a whole name (``平野恵 久保健太``), or family and given names take turns.
    """
    for word in words:
        is_subject = re.fullmatch(f"[{KANJI}]+", word) and _NO_NAME.search(word)
        if is_subject or _SOLD.search(word) or is_body(word) or not _WHOLE_NAME.match(word):
            return []
    sizes = [len(word) for word in words]
    known = [word[:2] in SURNAMES or word[:3] in SURNAMES for word in words]
    like = [re.search(f"[ぁ-ん]$|{_GIVEN_END}", word) is not None for word in words]
    is_each = len(words) > 1 and min(sizes) > 2 and max(sizes) < 8 and words[0] not in SURNAMES
    is_each = is_each and (sum(known) + sum(like)) * 2 >= len(words)
    if is_each and (len(words) > 2 or max(sizes) > 3 or all(known)):
        return [{"literal": word} for word in words]
    families, given = words[::2], words[1::2]
    if len(words) < 4 or len(words) % 2 or max(sizes) > 3 or not {*families} & SURNAMES:
        return []
    return [{"family": one, "given": other} for one, other in zip(families, given, strict=True)]


LEGAL_FORM = lazy(
    r"(?:公益|一般)?(?:財団|社団)法人|(?:独立行政|国立研究開発|特定非営利活動|学校|医療)法人|NPO法人"
    r"|株式会社|有限会社"
)


_SITE_NAME = lazy(
    r"(?:ネット|ナビ|サイト|ライブラリー?|ポータル|ニュース|オンライン|マガジン|ブログ|チャンネル|プラス|ラボ|Web|WEB|NEWS|ホームページ|電子版"
    rf"|タイムズ|ドットコム|[.](?:jp|com)|(?<=[{KANJI}{KANA}])(?:ビュー|ドクター|タウン|ノート|ジャーナル|デジタル))(?:\([^()]*\))?$"
)


def is_site(text: str) -> bool:
    """Whether a name ends as those of sites do."""
    name = re.sub(r"\s?\([^()]*\)$", "", text.strip())
    return name.endswith("サービス") or _SITE_NAME.search(name) is not None


def _is_one_body(piece: str) -> bool:
    """Whether a piece with a space in it is one body, and not a title and a body behind it."""
    first, *others = re.sub(r"\s?\([^()]*\)$", "", piece).split()
    if others and _SITE_NAME.search(others[-1]) and _ORGANISATION.search(first):
        return False
    known = LEGAL_FORM.fullmatch(first) or _ORGANISATION.search(first)
    return not others or bool(known or re.fullmatch(r"[ァ-ヶー・\s]+(?:株式会社|会社|製薬)", piece))


def _dotted(parts: list[str], piece: str) -> list[Name] | None:
    """山田太郎・鈴木花子, 山田・太郎 or ジョン・スミス."""
    if all(re.fullmatch(r"[\u30a0-\u30ffA-Z. -]+", part) for part in parts):
        is_each_whole = all(_INITIALS.search(part) for part in parts)
        return [{"literal": part} for part in parts] if is_each_whole else [{"literal": piece}]
    form = rf"(?:{_PERSON.pattern}|[{KANJI}]{{1,2}}|{_LATIN})"
    if not all(re.fullmatch(form, part) or _is_in_full(part.strip()) for part in parts):
        return None
    is_given = re.search(_GIVEN_END, parts[-1]) is not None
    is_given = is_given or (parts[0] in SURNAMES and not _FAMILY_END.search(parts[-1]))
    is_short = len(parts) == 2 and all(len(part) <= 2 for part in parts)
    if is_short and is_given and parts[1] not in SURNAMES:
        return [{"family": parts[0], "given": parts[1]}]
    return [
        western_names.one(part.strip()) if re.fullmatch(_LATIN, part.strip()) else _person(part)
        for part in parts
    ]


_LATIN = r"[A-Z][a-z’'-]+(?:\s[A-Z][A-Za-z’'-]*\.?){1,3}"
"""A Western name among dotted Japanese ones."""
_INITIALS = lazy(r"\s[A-Z]\.?(?:\s?-?[A-Z]\.?)*$|^[A-Z]\.(?:\s?-?[A-Z]\.)*\s?[\u30a1-\u30fa]")
"""What parts ランダウ L. D. and L.D.ランダウ from one name of several words."""
_GIVEN_END = "[郎子男夫雄美一二三之治司志香恵江代実樹介輔助太平人彦也哉弘裕]$|^.$"
"""What given names end in: 三澤・竹原 are two people."""
_FAMILY_END = lazy("[村田山川本井野口崎島沢澤藤原木橋谷倉岡坂林池畠畑浦津塚瀬堀]$")
"""What family names end in, and given names hardly do: 小山・芳村 are two people."""


def is_doubtful(name: Name) -> bool:
    """Whether a word may as well open a title: 図解, 標準, 最新 and any other word of two signs."""
    word = name.get("literal", "")
    if len(name.get("family", "")) == len(name.get("given", "")) == 2:
        # 上肢・下肢 has the form of a name; a family name is known or has another length.
        return name["family"] not in SURNAMES
    is_short = re.fullmatch(f"[{KANJI}]{{1,2}}|[\u30a1-\u30faー]+", word) is not None
    return is_short and word not in SURNAMES and word[:1] not in SURNAMES


def may_open_title(name: Name) -> bool:
    """Whether a word before a blank may open a title: a doubtful one, and one of Latin letters."""
    return is_doubtful(name) or "".join(name.values()).isascii()


def unless_run_over(names: Names | None) -> Names | None:
    """A list of names, unless it ran over into a title: 諏訪孝博、線型代数入門.

    Six signs of kanji are hardly a name, nor is a word in katakana behind one in kanji.
    """
    words = [name.get("literal", "") for name in names.names] if names else []
    if len(words) < 2 or is_body(words[-1]):
        return names
    is_long = re.fullmatch(f"[{KANJI}]{{6,}}(?<![郎介輔])", words[-1])
    is_other = re.fullmatch("[\u30a1-\u30faー]+", words[-1]) and re.match(f"[{KANJI}]", words[0])
    return None if is_long or is_other else names


def are_plain(names: Names) -> bool:
    """Whether names can be nothing but names: several, or one that is parted or well known."""
    people = ["".join(name.values()) for name in names.names]
    if all(map(is_doubtful, names.names)) or any(map(is_body, people)):
        return False
    form = f"[{KANJI}]{{2,6}}|[{KANJI}]{{1,3}}[{KANA}]{{2,4}}"
    if not all(re.fullmatch(form, one) for one in people):
        return False
    is_several = len(people) > 1 or names.is_cut or "family" in names.names[0]
    return is_several or is_known(names.names[0])


def is_known(name: Name) -> bool:
    """Whether a name begins with one of the commonest family names."""
    word = "".join(name.values())
    return any(word[:count] in SURNAMES for count in (2, 3))


def _person(piece: str) -> Name:
    if foreign := _INITIALS_BEHIND.fullmatch(piece):
        return {"family": foreign["family"], "given": foreign["given"]}
    spaced = piece.split()
    if len(spaced) == 2 and not re.search("[A-Z]", piece):
        return {"family": spaced[0], "given": spaced[1]}
    return {"literal": piece}


STOP = (
    r"\.(?!\s?(?:,|[Ee]t\.?\s?[Aa]l|ほか(?!の)|他[\s.:]))(?!(?<=\d\.)\d)"
    r"(?!(?<=[A-Z][a-z]\.)\s(?:van|von|de|den|der)\s)"
    r"(?!(?:(?<=^[A-Z]\.)|(?<=,\s[A-Z]\.))\s[A-Z][a-z’-]+\s?[,:&])"
    r"(?!(?<=[A-Z]\.)\s?-?(?:[A-Z][a-z]?\.|[ァ-ヺー]{2,12}(?:[\s(『「,・著訳:他ほ]|$)"
    r"|[A-Z][a-z’-]+(?:\s[A-Z][a-z’-]+)?[「『(]))"
    r"(?!(?<=[a-z]\s[A-Z]\.)\s[A-Z][a-z’-]+(?:-?[A-Z][a-z]+)?"
    rf"(?:[,，、・]\s?(?:[{KANJI}]|[A-Z][a-z]+\s[A-Z])|[:：]\s?[{KANJI}{KANA}]|[.．]\s?[{KANJI}{KANA}][^.．]{{2,}}[.．]\s?[^\W\d]))"
)
"""A full stop behind names, and not that of an initial or of et al."""
