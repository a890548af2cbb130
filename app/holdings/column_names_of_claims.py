"""列の見出し: who has a report, and what they owe."""

OF_CLAIMS = {
    "assigned_to_id": "担当",
    "attempts": "回数",
    "calls": "電話のお願いの数",
    "claim_minutes": "担当が戻るまでの分",
    "claimed_at": "担当した日時",
    "claimed_by_id": "担当した人",
    "due_at": "約束の日時",
    "from_id": "渡した人",
    "minutes": "分",
    "relay_id": "申し送りのID",
    "slots": "折り返しの時間の候補",
    "to_id": "受けた人",
    "urgent_claim_minutes": "急ぎの担当が戻るまでの分",
    "writing_at": "書いていた日時",
}
