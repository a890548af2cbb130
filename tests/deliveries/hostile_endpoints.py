"""What somebody may send as the address or the keys of a push subscription, hoping that we call.

`{port}` is a listener of ours on loopback, which must never hear anything.
"""

KNOWN = "https://fcm.googleapis.com"

LOOPBACK = [
    f"{scheme}://{host}:{{port}}/wpush/x"
    for scheme in ("http", "https")
    for host in (
        "127.0.0.1", "localhost", "LOCALHOST", "localhost.", "localhost.localdomain", "[::1]",
        "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "[::1%25lo]",
        "0.0.0.0", "0", "127.1", "127.0.1", "2130706433", "0x7f.1", "0x7f000001", "017700000001",
        "0177.0.0.1", "127.0.0.1.", "127.0.0.1.nip.io", "127。0。0。1", "①②⑦.⓪.⓪.①",
    )
]  # fmt: skip

INSIDE = [
    "https://169.254.169.254/latest/meta-data/",
    "http://169.254.169.254/latest/meta-data/",
    "https://[fd00:ec2::254]/latest/meta-data/",
    "https://metadata.google.internal/computeMetadata/v1/",
    "https://100.100.100.200/latest/meta-data/",
    "https://192.168.0.1/x",
    "https://10.0.0.1/x",
    "https://intranet/x",
    "https://[fe80::1]/x",
    "https://[64:ff9b::7f00:1]/x",
]

SCHEMES = [
    "",
    "/",
    "x",
    "//fcm.googleapis.com/x",
    "http://fcm.googleapis.com/x",
    "HTTPS://fcm.googleapis.com/x",
    "https:/fcm.googleapis.com/x",
    "https:fcm.googleapis.com/x",
    "https:\\\\fcm.googleapis.com\\x",
    "ftp://fcm.googleapis.com/x",
    "ws://127.0.0.1:{port}/x",
    "gopher://127.0.0.1:{port}/_x",
    "file:///etc/passwd",
    "data:text/plain,x",
    "javascript:alert(1)",
    "unix:///run/docker.sock",
    "dict://127.0.0.1:{port}/x",
    "blob:https://fcm.googleapis.com/x",
]

HOSTS = [
    "https://fcm.googleapis.com.evil.example/x",
    "https://evil.example/?https://fcm.googleapis.com/x",
    "https://evil.example#fcm.googleapis.com/x",
    "https://127.0.0.1:{port}#.push.apple.com/x",
    "https://127.0.0.1:{port}?.push.apple.com/x",
    "https://127.0.0.1:{port}\\.push.apple.com/x",
    "https://127.0.0.1:{port}%00.push.apple.com/x",
    "https://127.0.0.1%2f.push.apple.com:{port}/x",
    "https://127.0.0.1:{port};.push.apple.com/x",
    "https://fcm.googleapis.com@127.0.0.1:{port}/x",
    "https://fcm.googleapis.com:443@127.0.0.1:{port}/x",
    "https://127.0.0.1:{port}\\@fcm.googleapis.com/x",
    "https://fcm.googleapis.com%40127.0.0.1:{port}/x",
    "https://user:pass@fcm.googleapis.com/x",
    "https://@fcm.googleapis.com/x",
    "https://fcm.googleapis.com./x",
    "https://fcm%2egoogleapis%2ecom/x",
    "https://fcm%2Egoogleapis.com/x",
    "https://FCM.GOOGLEAPIS.COM/x",
    "https://ｆｃｍ.googleapis.com/x",
    "https://fcm。googleapis。com/x",
    "https://fcm．googleapis．com/x",
    "https://fcm.gооgleapis.com/x",
    "https://xn--fcm-googleapis-com.example/x",
    "https://fcm.xn--ggleapis-66gc.com/x",
    "https://evilfcm.googleapis.com/x",
    "https://evil.fcm.googleapis.com/x",
    "https://push.apple.com/x",
    "https://evilpush.apple.com/x",
    "https://a..push.apple.com/x",
    "https://-a.push.apple.com/x",
    "https://notify.windows.com/x",
    "https://sni.cloudflaressl.com/x",
]

PORTS = [
    f"{KNOWN}:80/x",
    f"{KNOWN}:8443/x",
    f"{KNOWN}:22/x",
    f"{KNOWN}:0443/x",
    f"{KNOWN}:/x",
    f"{KNOWN}:443:443/x",
    f"{KNOWN}:-443/x",
    f"{KNOWN}:４４３/x",
    f"{KNOWN}:99999/x",
]

PATHS = [
    KNOWN,
    f"{KNOWN}?x",
    f"{KNOWN}/x#fragment",
    f"{KNOWN}/a b",
    f"{KNOWN}/a\tb",
    f" {KNOWN}/x",
    f"{KNOWN}/x\n",
    f"{KNOWN}/x\r\nHost: 127.0.0.1",
    f"{KNOWN}/x HTTP/1.1\r\n\r\nGET / HTTP/1.1",
    f"{KNOWN}/x\x00",
    f"{KNOWN}/\u202eevil",
    f"{KNOWN}/\ud800",
    f"{KNOWN}/通知",
    f"{KNOWN}/{{port}}|`id`",
    f"{KNOWN}/a\\..\\b",
    f"{KNOWN}/" + "x" * 774,
    f"{KNOWN}/" + "x" * 2021,
    "https://" + "a." * 500 + "push.apple.com/x",
    "https://" + "a" * 64 + ".push.apple.com/x",
]

ENDPOINTS = [*LOOPBACK, *INSIDE, *SCHEMES, *HOSTS, *PORTS, *PATHS]
"""All of them as text; what is no text at all is below."""

NO_TEXT: list[object] = [None, 1, True, [], {}, [f"{KNOWN}/x"], {"href": f"{KNOWN}/x"}]

POINT = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
"""A point on the curve; that of RFC 8291, section 5."""
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"

KEYS: list[object] = [
    None,
    "",
    [],
    {},
    {"p256dh": POINT},
    {"auth": AUTH},
    {"p256dh": POINT, "auth": None},
    {"p256dh": POINT, "auth": ""},
    {"p256dh": POINT, "auth": "AA"},
    {"p256dh": POINT, "auth": AUTH[:20]},
    {"p256dh": POINT, "auth": AUTH + "AAAA"},
    {"p256dh": POINT, "auth": "+" * 22},
    {"p256dh": POINT, "auth": AUTH[:21] + "\n"},
    {"p256dh": POINT, "auth": "\ud800" * 22},
    {"p256dh": POINT, "auth": AUTH, "private": "x"},
    {"p256dh": "", "auth": AUTH},
    {"p256dh": POINT[:-1] + "8", "auth": AUTH},
    {"p256dh": POINT[:-4] + "AAAA", "auth": AUTH},
    {"p256dh": "A" * 87, "auth": AUTH},
    {"p256dh": "B" + "A" * 86, "auth": AUTH},
    {"p256dh": "A" + POINT[1:44], "auth": AUTH},
    {"p256dh": POINT[:86], "auth": AUTH},
    {"p256dh": POINT + "AA", "auth": AUTH},
    {"p256dh": "x" * 100_000, "auth": AUTH},
    {"p256dh": [4] * 65, "auth": AUTH},
]
