"""列の見出し of what was asked for when a council asked for personal data."""

OF_DISCLOSURES = {
    "answered_at": "答えた日時",
    "asked_at": "頼んだ日時",
    "asked_by_id": "頼んだ人",
    "asked_items": "求めてよい項目",
    "asker": "求めた人",
    "consent": "ご本人の同意",
    "device_ids": "求めた端末のID",
    "erased_at": "消した日時",
    "expires_at": "有効期限",
    "other_item": "そのほかの項目",
    "outcome": "結果",
    "personal_data": "個人情報を求める",
    "purpose": "目的",
    "purpose_text": "目的(自分の言葉)",
    "transcribed_at": "転記した日時",
}
