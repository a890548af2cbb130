"""列の見出し: of reports that staff typed in, and of badges that flood."""

OF_INTAKE = {
    "flood_in_a_day": "1日に何件で静かにするか",
    "flood_in_ten_minutes": "10分に何件で静かにするか",
    "heard_again_at": "静かにするのをやめた日時",
    "quiet_since": "静かにした日時",
    "quieted_at": "静かにした日時",
    "said_number": "名札番号を言った",
    "typed_at": "入力した日時",
    "typed_by_id": "入力した人",
    "way": "方法",
}
