"""URL許可依頼書: what the IT department of a bank or a chain has to let through, and why."""

from datetime import datetime
from urllib.parse import urlsplit

from app.clock import TOKYO
from app.networks.models import Network
from app.printing.documents import Document, Section, render_document
from app.web.times import era_day

OPENING = (
    "{municipality}の{network}では、店頭で気付いた消費者トラブルを、名札の裏の二次元コードから"
    "{center}に知らせる「つなぐ名札」を使っています。"
    "貴社の端末・店内の通信から、次の宛先への接続をお許しくださいますよう、お願いいたします。"
)
APP = (
    "アプリの配布・インストール・端末の管理(MDM)の変更は要りません。ブラウザーだけで動きます。",
    "ログインはありません。送るのは、呼び名(任意)、名札番号、チェックした項目と答え、送受信の時刻です。"
    "お客様の氏名・住所・写真・位置情報は送りません。「ひとこと」は端末の中で暗号化します。",
    "Cookie は、この宛先だけが読む2つ(端末の登録・表示の言語)です。"
    "広告・解析・ほかの会社の Cookie とスクリプトは使いません。",
    "通知を使わない設定でも、報告と指示の確認は全部できます。通知の宛先は、許可しなくても動きます。",
)
PUSH = (
    ("mtalk.google.com", "TCP 5228〜5230、443", "Android・Chrome"),
    ("*.push.apple.com", "TCP 5223、443", "iPhone・iPad・Safari"),
    ("*.notify.windows.com、*.wns.windows.com", "TCP 443", "Edge(Windows)"),
    ("push.services.mozilla.com", "TCP 443", "Firefox"),
)


def url_request(network: Network, base_url: str, now: datetime) -> bytes:
    """A PDF in Japanese, addressed to nobody yet."""
    address = urlsplit(base_url)
    port = address.port or (443 if address.scheme == "https" else 80)
    office = network.office_name or network.center_name
    return render_document(
        Document(
            title="接続先(URL)の許可のお願い",
            when=era_day(now.astimezone(TOKYO).date()),
            to="　　　　　　　　　　　　 御中",
            by=f"{office} 電話 {network.office_tel or network.center_tel}",
            sections=[
                Section(
                    "",
                    [
                        OPENING.format(
                            municipality=network.municipality,
                            network=network.name,
                            center=network.center_name,
                        )
                    ],
                ),
                Section(
                    "必ず要る宛先",
                    table=[
                        ["宛先", "ポート", "向き", "使いみち"],
                        [
                            address.hostname or base_url,
                            f"TCP {port}({address.scheme})",
                            "端末から外へ",
                            "チェックリスト、報告、指示の表示。/b/ で始まる道が名札のコードです",
                        ],
                    ],
                    widths=[5, 3, 2, 6],
                ),
                Section(
                    "通知を使うときに要る宛先",
                    [
                        "端末のOSとブラウザーが、もともと通知のために使う宛先です。"
                        "変わることがあるので、各社の最新の案内でも確かめてください。"
                    ],
                    [["宛先", "ポート", "端末・ブラウザー"], *map(list, PUSH)],
                    [5, 3, 4],
                ),
                Section("安全について", APP),
            ],
            footer=f"つなぐ名札 {network.municipality}",
        )
    )
