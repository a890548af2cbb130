from app.audit.rules import GENESIS, digest_of

FIELDS = {"number": 1, "actor": "phone:1", "details": {"a": 1, "b": "字"}}


def test_a_digest_does_not_depend_on_the_order_of_fields() -> None:
    turned = {"details": {"b": "字", "a": 1}, "actor": "phone:1", "number": 1}
    assert digest_of(GENESIS, FIELDS) == digest_of(GENESIS, turned)


def test_a_digest_covers_every_field_and_the_entry_before() -> None:
    known = digest_of(GENESIS, FIELDS)
    assert known != digest_of("1" * 64, FIELDS)
    assert all(known != digest_of(GENESIS, FIELDS | {name: "other"}) for name in FIELDS)


def test_text_and_number_are_told_apart() -> None:
    assert digest_of(GENESIS, {"n": 1}) != digest_of(GENESIS, {"n": "1"})
