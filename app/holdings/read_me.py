"""読んでください.txt: what is in the zip, what isn't and why, and how it is written."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.holdings.cells import in_era
from app.holdings.headings import LEFT_OUT
from app.holdings.rows import Reading

TEXT = """つなぐ名札 全データ
作った日時: {when}

■ 入っているもの
全データ.xlsx … 表ごとに1枚のシートです。
CSV(UTF-8) … 同じ内容です。BOM付きなので、Excelでそのまま開けます。
CSV(CP932) … 同じ内容です。CP932(Shift_JIS)しか読めないソフトのためのものです。
CP932にない字の一覧.csv … 「𠮷」のように CP932 にない字の一覧です({letters}字)。

■ 件数
{counts}

■ 入っていないもの
・報告の「ひとこと」と、返事に添えた文。封をしてあり、受信箱で相談員だけが開けます。
・パスワード、鍵の秘密の半分、通知の宛先など、なりすましに使えるもの。
{codes}{contents}{left_out}

■ 書き方
・日時は日本時間です。ISO 8601 の列と、和暦の列が並んでいます。
・英語の符号の意味は、このファイルの最後にあります。
・[ ] や {{ }} で始まる値は JSON です。
・CSVでは、= + - @(全角も) タブ ' で始まる文字の前に ' を1つ付けています(計算を防ぐため)。
  元の値は、先頭の ' を1つ取ったものです。Excelのファイルには付けていません。
・CP932 にない字は {{U+20BB7}} のように書き、行の最後の列「CP932にない字」にも書いています。
{cut}
■ 符号
区分: agency 関係機関、member 構成員、partner 協力団体、volunteer 協力員
業種: conveni コンビニ、finance 金融機関、post 郵便局、delivery 宅配・運送、insurance 保険、
  retail スーパー・生協、newspaper 新聞、other その他
名札の状態: issued 印刷待ち、printed 印刷済み、in_use 使用中、stopped 停止
緊急度: now 今すぐ、today 本日中、info 情報提供
役割: counsellor 相談員、supervisor 主任、clerk 事務局
"""
NO_CODES = "・名札の裏の番号と、職場の番号(書き出すときに選ぶと入ります)。\n"
NO_CONTENTS = """・報告の中身(✓した項目、答え、手口)と、指示の文。事務局は見ない決まりだからです。
  中身も入った全データは、サーバーの担当者が nafuda network export で作ります。
"""
CUT = "・Excelの1つのセルに入らない長い値は途中までで、最後が … です。全部はCSVにあります({})。\n"


def read_me(
    reading: Reading, counts: Mapping[str, int], cut: Sequence[str], letters: int, now: datetime
) -> str:
    return TEXT.format(
        when=in_era(now),
        letters=letters,
        counts="\n".join(f"{name}: {count}行" for name, count in counts.items()),
        codes="" if reading.codes else NO_CODES,
        contents="" if reading.contents else NO_CONTENTS,
        left_out="\n".join(f"・{why}。" for why in LEFT_OUT.values()),
        cut=CUT.format("、".join(cut)) if cut else "",
    )
