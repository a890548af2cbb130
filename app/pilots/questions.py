"""試行の前と後に聞く5つの問い: the same ones both times, with nothing that says who answers."""

from dataclasses import dataclass

from app.errors import N_


@dataclass(frozen=True)
class Question:
    """`options`: words by code. `several`: as many as apply, else one."""

    code: str
    text: str
    options: dict[str, str]
    several: bool = False


QUESTIONS = (
    Question(
        "aware",
        N_("仕事の中で、お客様の消費者トラブルを気にかけていますか。"),
        {
            "always": N_("いつも気にかけている"),
            "sometimes": N_("ときどき気にかけている"),
            "seldom": N_("あまり気にかけていない"),
            "never": N_("気にかけたことがない"),
        },
    ),
    Question(
        "knows",
        N_("お客様の様子が気になったとき、何をすればよいか分かりますか。"),
        {
            "well": N_("よく分かる"),
            "mostly": N_("だいたい分かる"),
            "little": N_("あまり分からない"),
            "not": N_("分からない"),
        },
    ),
    Question(
        "consults",
        N_("消費生活センターに、相談や連絡をしやすいですか。"),
        {
            "easy": N_("しやすい"),
            "fair": N_("まあしやすい"),
            "hard": N_("あまりしやすくない"),
            "very_hard": N_("しにくい"),
            "unknown": N_("センターを知らない"),
        },
    ),
    Question(
        "shares",
        N_("トラブルの情報を、職場でどう伝え合っていますか。(いくつでも)"),
        {
            "meeting": N_("朝礼・会議"),
            "circular": N_("回覧"),
            "mail": N_("メール・チャット"),
            "board": N_("掲示"),
            "none": N_("伝え合っていない"),
        },
        several=True,
    ),
    Question(
        "troubles",
        N_("見守りの活動で、困ることは何ですか。(いくつでも)"),
        {
            "busy": N_("忙しくて時間がない"),
            "what": N_("何をすればよいか分からない"),
            "words": N_("声の掛け方が分からない"),
            "customer": N_("お客様を怒らせないか心配"),
            "alone": N_("一人で勤務している"),
            "nothing": N_("困ることはない"),
        },
        several=True,
    ),
)
