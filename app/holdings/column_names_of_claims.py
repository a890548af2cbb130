"""列の見出し of what is known about claims."""

OF_CLAIMS = {
    "calls": "電話のお願いの数",
    "claim_minutes": "担当が戻るまでの分",
    "from_id": "渡した人",
    "minutes": "分",
    "relay_id": "申し送りのID",
    "to_id": "受けた人",
    "urgent_claim_minutes": "急ぎの担当が戻るまでの分",
    "writing_at": "書いていた日時",
}
