import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from app.sealing import base64url
from app.sealing.envelope import (
    SUITE,
    Context,
    SealBroken,
    SealedEnvelope,
    generate_key_pair,
    open_sealed,
    seal,
)
from tests.js.node import returned

VECTORS = json.loads((Path(__file__).parents[1] / "vectors/sealing.json").read_text("utf-8"))
KEYS = {key["kid"]: key for key in VECTORS["keys"]}
HERE = Context("network", "report", "report", "note")
PAIR = generate_key_pair()
SEALED = seal("ひみつ", PAIR.public_key, "k1", HERE)


def test_what_was_sealed_opens_in_its_context() -> None:
    assert open_sealed(SEALED, PAIR.private_key, HERE) == "ひみつ"


@pytest.mark.parametrize("case", VECTORS["envelopes"], ids=lambda case: case["text"][:20])
def test_envelopes_sealed_long_ago_still_open(case: dict[str, Any]) -> None:
    envelope = SealedEnvelope.from_dict(case["envelope"])
    private_key = KEYS[case["kid"]]["private_key"]
    assert open_sealed(envelope, private_key, Context(**case["context"])) == case["text"]
    assert envelope.to_dict() == case["envelope"]


def test_what_the_phone_sealed_opens_here() -> None:
    cases = VECTORS["envelopes"]
    calls = []
    for case in cases:
        key = {"kid": case["kid"], "key": KEYS[case["kid"]]["public_key"]}
        calls.append([case["text"], key, case["context"]])
    for case, envelope in zip(cases, returned("sealing/seal.js", "seal", calls), strict=True):
        sealed, context = SealedEnvelope.from_dict(envelope), Context(**case["context"])
        private_key = KEYS[case["kid"]]["private_key"]
        assert open_sealed(sealed, private_key, context) == case["text"]
        assert len(sealed.ct) == case["steps"] * 256 + 16
        with pytest.raises(SealBroken):
            open_sealed(sealed, private_key, replace(context, object_id="another"))


def test_the_context_is_bound_as_agreed_with_the_phone() -> None:
    assert HERE.info == b"nafuda/1\nnetwork\nreport\nreport\nnote"


@pytest.mark.parametrize("part", ["network_id", "object_id", "purpose", "field"])
def test_a_sealed_text_opens_nowhere_else(part: str) -> None:
    with pytest.raises(SealBroken):
        open_sealed(SEALED, PAIR.private_key, replace(HERE, **{part: "other"}))


@pytest.mark.parametrize("part", ["network_id", "object_id", "purpose", "field"])
def test_a_context_cannot_be_written_two_ways(part: str) -> None:
    with pytest.raises(ValueError, match="line break"):
        replace(HERE, **{part: "two\nlines"})


def test_another_key_opens_nothing() -> None:
    with pytest.raises(SealBroken):
        open_sealed(SEALED, generate_key_pair().private_key, HERE)


@pytest.mark.parametrize("place", [0, 1, 32, 64])
def test_a_changed_point_breaks_the_seal(place: int) -> None:
    changed = replace(SEALED, enc=flipped(SEALED.enc, place))
    with pytest.raises(SealBroken):
        open_sealed(changed, PAIR.private_key, HERE)


@pytest.mark.parametrize("place", [0, 1, 100, 255, 256, 271])
def test_a_changed_ciphertext_breaks_the_seal(place: int) -> None:
    changed = replace(SEALED, ct=flipped(SEALED.ct, place))
    with pytest.raises(SealBroken):
        open_sealed(changed, PAIR.private_key, HERE)


@pytest.mark.parametrize(
    ("enc", "ct"),
    [
        (b"", b""),
        (SEALED.enc, b""),
        (b"", SEALED.ct),
        (SEALED.enc, SEALED.ct[:-1]),
        (SEALED.enc, SEALED.ct + b"\0"),
        (SEALED.enc[:-1], SEALED.ct),
        (SEALED.enc[:-1], SEALED.enc[-1:] + SEALED.ct),
        (SEALED.enc + SEALED.ct[:1], SEALED.ct[1:]),
    ],
    ids=["empty", "no ct", "no enc", "cut", "longer", "short enc", "moved", "moved back"],
)
def test_a_cut_or_stretched_envelope_breaks_the_seal(enc: bytes, ct: bytes) -> None:
    with pytest.raises(SealBroken):
        open_sealed(SealedEnvelope("k1", enc, ct), PAIR.private_key, HERE)


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"\0",
        b"\0\0",
        b"\0\1" + b"x" * 254,
        b"\0\2" + b"\xff\xfe" + bytes(252),
        b"\1\0" + b"x" * 254,
        b"\0\1x" + bytes(509),
    ],
    ids=["nothing", "half", "unpadded", "not zeros", "not UTF-8", "cut", "too many steps"],
)
def test_a_sender_who_pads_otherwise_is_not_believed(plain: bytes) -> None:
    point = base64url.decode(PAIR.public_key)
    recipient = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    sealed = SUITE.encrypt(plain, recipient, info=HERE.info)
    with pytest.raises(SealBroken) as broken:
        open_sealed(SealedEnvelope("k1", sealed[:65], sealed[65:]), PAIR.private_key, HERE)
    assert (broken.value.__cause__, broken.value.__suppress_context__) == (None, True)


def test_the_same_text_is_never_sealed_the_same_way_twice() -> None:
    again = seal("ひみつ", PAIR.public_key, "k1", HERE)
    assert again.enc != SEALED.enc
    assert again.ct != SEALED.ct


def test_an_envelope_survives_json() -> None:
    stored = json.loads(json.dumps(SEALED.to_dict()))
    assert set(stored) == {"v", "kid", "enc", "ct"}
    assert SealedEnvelope.from_dict(stored) == SEALED


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"v": "1"},
        {"kid": None},
        {"kid": 7},
        {"enc": None},
        {"ct": b"AAAA"},
        {"more": 1},
        {"ct": SEALED.to_dict()["ct"] + "="},
        {"enc": "é"},
        {"ct": "+/+/"},
        {"ct": "A"},
        {"ct": "AB"},
    ],
    ids=lambda change: f"{next(iter(change))} of {len(str(*change.values()))}",
)
def test_only_an_exact_envelope_is_one(change: dict[str, Any]) -> None:
    with pytest.raises(SealBroken):
        SealedEnvelope.from_dict(SEALED.to_dict() | change)


@pytest.mark.parametrize("missing", ["v", "kid", "enc", "ct"])
def test_nothing_may_be_missing(missing: str) -> None:
    envelope = SEALED.to_dict()
    del envelope[missing]
    with pytest.raises(SealBroken):
        SealedEnvelope.from_dict(envelope)


@pytest.mark.parametrize("key", ["", "AAAA", base64url.encode(b"\4" + b"\1" * 64)])
def test_a_key_that_is_no_point_seals_nothing(key: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        seal("x", key, "k1", HERE)


def flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
