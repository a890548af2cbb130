"""設置要綱の案: written for this product, to be checked by whoever knows the municipality's law."""

from app.networks.models import Network
from app.printing.documents import Document, Section

DRAFT = "案。法務・要綱の担当で確かめてください。"
OPEN = (
    "【 】は、決めてから書き入れる所です。条文の番号と文は、法令の原文で確かめてください。"
    "ここに無いこと(役員、会議、費用など)は、ほかの要綱に合わせて加えてください。"
)
PURPOSE = (
    "消費者の被害を防ぎ、高齢者などが安心して暮らせるように、消費者安全法(平成21年法律第50号。"
    "以下「法」という。)第11条の3第1項に基づき、{name}(以下「会」という。)を置く。"
)
TASKS = (
    "会は、次のことを行う。",
    "(1) 見守りに必要な情報を交換し、協議すること。",
    "(2) 店頭・窓口・配達などで気付いたことを、{center}に知らせること。",
    "(3) 手口と注意を、住民と働く人に知らせること。",
    "(4) 研修と訓練を行うこと。",
    "(5) 前の各号のほか、会の目的のために要ること。",
)
MEMBERS = (
    "会は、関係機関と、法第11条の3により構成員に加えた団体などで組織する。",
    "構成員に加えたときは、加えた日と根拠を名簿に残す。",
)
PARTNERS = (
    "{head}は、法第11条の7により、協力団体・協力員を委嘱することができる。",
    "委嘱の期間は【1】年とし、更新することができる。委嘱した日と期間を名簿に残す。",
)
REPORTS = (
    "最初の報告には、お客様の氏名、住所、口座、写真を書かない。",
    "声を掛けるか、知らせるかは、自分と職場の安全を先に考えて、働く人が決める。",
    "急ぐときは、報告より先に110番・119番に電話する。",
)
ASKING = (
    "個人情報の提供は、法第11条の4により、会が構成員に求める場合に限る。",
    "求めた人、相手、項目、目的、日時と回答を記録する。協力団体・協力員には求めない。",
)
SECRECY = (
    "会の事務に従事する人、従事していた人は、法第11条の5により、知った秘密を漏らしてはならない。",
    "協力団体・協力員も、知ったことをほかの人に話さない。やめた後も同じとする。",
)
HANDLING = (
    "情報の管理の方法は、別に書面で定め、構成員・協力団体・協力員に知らせる。",
    "記録を残す期間は、{of}の文書の規程に合わせて定める。",
)
BADGES = (
    "会は、名札を発行する。名札には番号と有効期限を記し、本名と顔写真は求めない。",
    "名札をなくした人は、すぐに事務局に知らせる。事務局は、その名札を停止する。",
)
OFFICE = ("会の事務局は、{office}(電話 {office_tel})に置く。",)
REST = ("会の組織と運営について、この要綱のほかに要ることは、法第11条の6により会が定める。",)
BEGINNING = ("この要綱は、【令和　年　月　日】から施行する。",)
ARTICLES = (
    ("設置", (PURPOSE,)),
    ("すること", TASKS),
    ("組織", MEMBERS),
    ("協力団体・協力員", PARTNERS),
    ("報告", REPORTS),
    ("個人情報の求め", ASKING),
    ("秘密を守ること", SECRECY),
    ("情報の管理", HANDLING),
    ("名札", BADGES),
    ("事務局", OFFICE),
    ("委任", REST),
)
SOURCES = (
    ("法第11条の3", "組織、構成員に加えること", "公開された要綱などと照らした"),
    ("法第11条の4", "情報の交換、見守り、構成員への求め", "求めの部分は一般の知識。原文で確かめる"),
    ("法第11条の5", "秘密を守る義務", "罰の内容は一般の知識。案には書いていない"),
    ("法第11条の6", "組織・運営は会が定めること", "一般の知識。原文で確かめる"),
    ("法第11条の7", "協力団体・協力員の委嘱", "公開された要綱と照らした。罰の有無は確かめる"),
)


def charter(network: Network, when: str) -> Document:
    values = {
        "name": network.name,
        "head": network.head,
        "of": network.of,
        "center": network.center_name,
        "office": network.office_name or "【課の名前】",
        "office_tel": network.office_tel or "【電話】",
    }
    articles = [
        Section(f"第{number}条({title})", [one.format(**values) for one in sentences])
        for number, (title, sentences) in enumerate(ARTICLES, 1)
    ]
    return Document(
        title=f"{network.name} 設置要綱(案)",
        when=when,
        to="",
        by=network.municipality,
        sections=[
            Section("", [DRAFT, OPEN]),
            *articles,
            Section("附則", BEGINNING),
            Section(
                "引用した条と、確かさ",
                ["決裁の前に、この表と最初の注意を消してください。"],
                [["条", "使った所", "確かさ"], *map(list, SOURCES)],
                [3, 5, 7],
            ),
        ],
        footer=f"案 {network.municipality}",
    )
