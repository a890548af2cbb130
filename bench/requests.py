"""HTTP/1.1 requests as a phone's browser writes them, ready for a socket."""

import base64
import json
from collections.abc import Sequence

from bench.envelopes import Phone

HEAD = (
    "{line} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Mozilla/5.0 (Linux; Android 14; Mobile)\r\n"
    "Accept: */*\r\nAccept-Language: ja\r\nAccept-Encoding: gzip, deflate, br\r\n"
    "Origin: http://localhost\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\n"
    "Content-Type: application/json\r\nCookie: {cookie}\r\nNafuda-Badge: {code}\r\n"
    "Content-Length: {length}\r\n\r\n"
)


def written(line: str, phone: Phone, body: bytes) -> bytes:
    head = HEAD.format(line=line, cookie=phone.cookie, code=phone.code, length=len(body))
    return head.encode() + body


def put_request(phone: Phone, report_id: str, envelope: bytes) -> bytes:
    return written(f"PUT /api/reports/{report_id}", phone, envelope)


def post_request(path: str, phone: Phone, envelope: bytes) -> bytes:
    return written(f"POST {path}", phone, envelope)


def batch_request(phone: Phone, envelopes: Sequence[bytes]) -> bytes:
    coded = [base64.urlsafe_b64encode(one).rstrip(b"=").decode() for one in envelopes]
    return written("POST /api/reports", phone, json.dumps({"envelopes": coded}).encode())
