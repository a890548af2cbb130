"""短い言葉: what desk and till can say with one tap, in all three languages."""

CUES = {
    "police": {
        "ja": "110番してください",
        "easy": "110に {電話|でんわ} してください",
        "en": "Please call 110",
    },
    "wait": {
        "ja": "お客様に、少し待ってもらってください",
        "easy": "お{客|きゃく}さんに「{少|すこ}し {待|ま}って ください」と {言|い}ってください",
        "en": "Please ask the customer to wait a little",
    },
    "hold": {
        "ja": "支払いの手続きを進めないでください",
        "easy": "お{金|かね}を {払|はら}う ことを {止|と}めてください",
        "en": "Please do not go on with the payment",
    },
    "manager": {
        "ja": "店長に代わってください",
        "easy": "{店長|てんちょう}に {代|か}わってください",
        "en": "Please let your manager take over",
    },
    "handset": {
        "ja": "お客様に電話を代わってもらえますか。センターに電話してください",
        "easy": "センターに {電話|でんわ} してください。お{客|きゃく}さんと {話|はな}します",
        "en": "Please call the centre. We will speak with the customer",
    },
    "distance": {
        "ja": "近づかず、離れて見ていてください",
        "easy": "{近|ちか}くに {行|い}かないで、{見|み}ていてください",
        "en": "Keep your distance and just watch",
    },
    "still": {
        "ja": "お客様はまだいますか",
        "easy": "お{客|きゃく}さんは まだ いますか",
        "en": "Is the customer still there?",
    },
    "enough": {
        "ja": "そのままで大丈夫です。見ています",
        "easy": "そのままで {大丈夫|だいじょうぶ}です。{見|み}ています",
        "en": "You are doing fine. I am watching",
    },
}
REPLIES = {
    "yes": {"ja": "はい", "easy": "はい", "en": "Yes"},
    "cannot": {"ja": "できません", "easy": "できません", "en": "I can't"},
    "gone": {"ja": "もういません", "easy": "もう いません", "en": "They have gone"},
}
