"""列の見出し of what networks have to do with each other, of drafts that one approves, and of
customers at the counter, and of how reports ended."""

OF_LINKS = {
    "alone_reason": "ほかに確認する人がいないわけ",
    "approved_by_id": "確認した人",
    "approved_link_id": "確認した中心市(連携のID)",
    "asked_link_id": "頼んだ中心市(連携のID)",
    "connections": "つないだ先",
    "grade": "金額の確かさ",
    "leads": "こちらが中心市・都道府県",
    "marked_at": "候補にした日時",
    "municipalities": "市町村の一覧",
    "peer_id": "相手のネットワークのID",
    "peer_name": "相手のネットワーク",
    "phrase": "決まった言葉",
    "seen_at": "最後に見た日時",
    "taken_at": "「見ています」を押した日時",
    "recovered_yen": "回復した金額(円)",
    "stopped_yen": "止めた金額(円)",
}
