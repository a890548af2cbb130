"""Which tables grow with the years, and what keeps an answer short all the same.

A roster doesn't: a town has thousands of organizations and workplaces, and had them last year. Nor
do trainings, pilots and invitations, of which there are tens in a year.
"""

MANY = {
    "audit_entry", "badge", "device", "evidence", "instruction", "instruction_answer", "message",
    "pairing", "recipient", "report",
}  # fmt: skip
GROWING = MANY | {
    "agreement", "data_export", "device_gap", "drill", "drill_phone", "drill_report",
    "drill_workplace", "handover_number", "instruction_follow_up",
    "leaflet_order", "mail", "outbox_item", "past_report", "phone_task", "print_job", "print_part",
    "report_conflict", "retention_run", "roster_draft", "sign_in_attempt", "staff_session",
    "subscription", "survey_answer", "training_attendance",
}  # fmt: skip
BESIDE = {"organization", "training", "training_attendance", "workplace"}
ROWS = dict.fromkeys(GROWING - {"roster_draft", "survey_answer"}, 1_000) | dict.fromkeys(
    MANY | BESIDE, 10_000
)

# By table and column: few rows share a value, and why.
FEW = {
    ("instruction", "report_id"): "a report is answered a handful of times",
    ("instruction_answer", "instruction_id"): "one of each kind",
    ("instruction_follow_up", "instruction_id"): "one of each kind",
    ("phone_task", "instruction_id"): "one",
    ("evidence", "message_id"): "a few for each phone that the message went to",
    ("recipient", "message_id"): "the phones that the message goes to",
    ("mail", "message_id"): "one for each workplace that the message is about",
    ("phone_task", "done_at"): "calls that are owed: as many as a desk can make",
    ("drill", "ended_at"): "drills that run: one at a workplace",
    ("data_export", "done_at"): "exports that are being made",
    ("report_conflict", "report_id"): "a phone seldom contradicts itself",
    ("device_gap", "device_id"): "a phone seldom loses reports",
    ("pairing", "badge_id"): "a person's phones",
    ("pairing", "device_id"): "the badges of one phone",
    ("subscription", "device_id"): "one browser",
    ("subscription", "staff_id"): "one person's browsers",
    ("handover_number", "device_id"): "a number lives for minutes",
    ("staff_session", "secret_hash"): "a secret is one of a kind",
    ("badge", "code"): "a code is one of a kind",
    ("badge", "number"): "one in each network",
    ("agreement", "badge_id"): "one for each version of the promise",
    ("agreement", "organization_id"): "one for each version and representative",
    ("badge", "workplace_id"): "the people of one workplace",
    ("drill_workplace", "drill_id"): "the places of one drill",
    ("drill_phone", "drill_id"): "the phones of one drill",
    ("drill_report", "drill_id"): "a report or two from each phone of one drill",
    ("survey_answer", "survey_id"): "a survey takes no more than so many answers",
    ("print_part", "job_id"): "a job holds 5,000 badges, 200 in a part",
    ("staff_session", "staff_id"): "one person's sessions",
    ("sign_in_attempt", "staff_id"): "one person's tries, for a day",
    ("training_attendance", "badge_id"): "a person's trainings",
    ("training_attendance", "training_id"): "the people at one training",
    ("leaflet_order", "workplace_id"): "the orders of one workplace",
}

# By table, what says since when a row is over, as most rows are.
ENDED = {
    "device_gap": ["dismissed_at"],
    "drill": ["ended_at"],
    "instruction": ["ended_at"],
    "invitation": ["ended_at"],
    "leaflet_order": ["given_on"],
    "leaflet_placement": ["ended_on"],
    "mail": ["accepted_at"],
    "outbox_item": ["done_at"],
    "phone_task": ["done_at"],
    "report": ["closed_at"],
    "report_conflict": ["reviewed_at"],
    "staff_session": ["ended_at"],
}

# Pages that may take longer, and why.
UNHURRIED: dict[str, str] = {
    "GET /office/badges": "how many a search finds stands on the button that prints them all",
    "GET /office/data": "what is kept, counted for the clerk who answers for it",
    "GET /office/data/retention": "what a night would let go of, counted before a clerk says so",
    "GET /office/running": "the whole network in numbers, for the next clerk",
    "GET /office/running/succession.pdf": "the same on paper, once a year",
    "GET /office/roster/{draft_id}": "a roster is compared with all badges there are",
    "GET /office/trainings/attendances.csv": "everything, as a file",
    "GET /office/trainings/untrained": "groups are counted along a key until a page is full",
    "GET /office/secrecy": "groups are counted along a key until a page is full",
    "GET /office/drills": "a drill is for those workplaces that have phones",
    "GET /office/settings": "how many badges bear the number that is about to be changed",
    "GET /office/leaflets": "orders that are open, by leaflet",
    "GET /health": "of all phones those that hear nothing: as many as a town has badges",
    "GET /metrics": "the same in numbers",
}
