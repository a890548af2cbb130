"""What the demo says in the terminal it was started in: what to open, and as whom."""

import json
from dataclasses import dataclass

from app.clock import TOKYO
from app.demo.kept_certificate import KeptCertificate
from app.demo.town import DemoStaff
from app.printing.qr import qr_blocks

SHOWN_INDUSTRIES = ("conveni", "finance", "post")


@dataclass(frozen=True)
class OpenTown:
    base: str
    badges: list[dict[str, str]]
    staff: list[DemoStaff]

    def badge(self, industry: str) -> dict[str, str]:
        return next(one for one in self.badges if one["industry"] == industry)

    def person(self, role: str) -> DemoStaff:
        return next(one for one in self.staff if one.role == role)


@dataclass(frozen=True)
class LanDemo:
    """`trust` is where phones get the certificate."""

    town: OpenTown
    address: str
    trust: str
    kept: KeptCertificate


def as_line(town: OpenTown, **more: str) -> str:
    staff = [vars(one) for one in town.staff]
    line = {"base": town.base, "badges": town.badges, "staff": staff, **more}
    return json.dumps(line, ensure_ascii=False)


def as_page(town: OpenTown) -> str:
    """The start page on the terminal: three people, three windows."""
    samples = [town.badge(industry) for industry in SHOWN_INDUSTRIES]
    workers = "\n".join(f"   {b['number']}  {b['workplace']}\n     {b['url']}" for b in samples)
    return f"""
つなぐ名札: 青波市(架空の市)で試せます。窓を3つ開いてください。

1. 店員・配達員(スマートフォンの幅で。名札の裏を読み取ったところから)
{workers}

2. 相談員(タブレットの幅で)
{sign_in(town, "counsellor")}

3. 事務局(PCで)
{sign_in(town, "clerk", "?next=/office")}

とめるには Ctrl+C。"""


def as_lan_page(demo: LanDemo) -> str:
    """For a phone: first trust, then scan. In the order of its steps, so it ends with the badge."""
    badge = demo.town.badge(SHOWN_INDUSTRIES[0])
    until = demo.kept.until.astimezone(TOKYO)
    return f"""
つなぐ名札: 青波市(架空の市)を、手元のスマートフォンで試せます。
スマートフォンを、この機械と同じ Wi-Fi につないでください。

1. 証明書を入れる(1台に1回。{until.month}月{until.day}日まで)。
   カメラで読み取り、出たページのとおりに。
{qr_blocks(demo.trust.upper())}
   {demo.trust}
   信じるのは {demo.address} だけです。入れる前に、この指紋と同じか確かめます。
{fingerprint(demo.kept)}

2. 相談員と事務局(PCで。証明書を入れていないブラウザーは警告を出します)
{sign_in(demo.town, "counsellor")}
{sign_in(demo.town, "clerk", "?next=/office")}

3. 店員になる。{badge["workplace"]} の名札 {badge["number"]} を、カメラで読み取る。
{qr_blocks(badge["url"].upper())}
   {badge["url"]}

つながらないときは、この機械のファイアウォールと、
Wi-Fi の「端末どうしをつながない」設定を確かめてください。
とめるには Ctrl+C。"""


def sign_in(town: OpenTown, role: str, more: str = "") -> str:
    person = town.person(role)
    return f"   {town.base}/sign-in{more}    {person.sign_in} / {person.password}"


def fingerprint(kept: KeptCertificate) -> str:
    pairs = kept.fingerprint.split(" ")
    return "\n".join(f"   {' '.join(half)}" for half in (pairs[:16], pairs[16:]))
