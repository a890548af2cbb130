"""消去証明書: what was erased when, for whom, and what the paper can't prove by itself."""

from app.holdings.cells import in_era
from app.holdings.erasure import Erasure
from app.printing.documents import Document, Section, render_document

OPENING = (
    "次のとおり、{municipality}の{network}({slug})のデータを、このサーバーのデータベースから"
    "すべて消去したことを証明します。"
)
KEYS = (
    "次の鍵は、秘密の半分ごと消去しました。この鍵で封をした「ひとこと」は、"
    "このデータベースからは、だれも開けません。"
)
BEYOND = (
    "この証明書は、サーバーのデータベースについてのものです。"
    "バックアップ(写し)、書き出したファイル、印刷物、端末に残るものは、別に消去してください。"
    "バックアップには、消去の前の行と、包まれた鍵が残っています。消去した日を下に書いてください。"
)


def certificate(erasure: Erasure, archive_sha256: str) -> bytes:
    """A PDF. `archive_sha256`: of the final export, so that both papers belong together."""
    counts = [[name, f"{count:,}行"] for name, count in erasure.counts.items()]
    keys = [[one.purpose, one.name, one.fingerprint] for one in erasure.keys]
    return render_document(
        Document(
            title="データ消去証明書",
            when=in_era(erasure.erased_at),
            to=f"{erasure.municipality} 御中",
            by="",
            sections=[
                Section(
                    "",
                    [
                        OPENING.format(
                            municipality=erasure.municipality,
                            network=erasure.network_name,
                            slug=erasure.slug,
                        )
                    ],
                ),
                Section(
                    "申し込みと実行",
                    table=[
                        ["項目", "内容"],
                        ["申し込んだ人", f"{erasure.asked_by}({in_era(erasure.asked_at)})"],
                        ["わけ", erasure.reason],
                        ["消去した日時", in_era(erasure.erased_at)],
                        ["ネットワークのID", str(erasure.network_id)],
                        ["最後の書き出し(SHA-256)", f"{archive_sha256[:32]} {archive_sha256[32:]}"],
                    ],
                    widths=[1, 3],
                ),
                Section(
                    f"消去した行(合計 {erasure.rows:,}行)",
                    table=[["表", "件数"], *counts],
                    widths=[3, 1],
                ),
                Section(
                    "破棄した鍵",
                    [KEYS],
                    [["種類", "名前", "公開の半分の指紋(SHA-256の前半)"], *keys],
                    [2, 3, 6],
                ),
                Section("この証明書の範囲", [BEYOND]),
            ],
            lines=["消去した人の署名", "バックアップを消去した日", "確かめた人の署名"],
            footer=f"つなぐ名札 データ消去証明書 {erasure.slug}",
        )
    )
