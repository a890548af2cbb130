"""根拠: on what somebody is asked to tell where a person may need help (個人情報保護法27条1項)."""

GROUNDS = ("life", "consent", "law", "public")
"""2号 人の生命・身体・財産, 本人の同意, 1号 法令, 4号 国や自治体の事務."""
ASKED_FOR = frozenset({"R12"})
"""Templates that aren't sent without one."""
