"""What is asked, and for what: as an instruction and a letter say it."""

from collections.abc import Mapping
from typing import Any

from app.disclosures.rules import Ground
from app.errors import N_
from app.instructions.wording import Values, wording_of
from app.web.language import Language, translated

ITEM_WORDS = {
    "name": N_("お名前"),
    "address": N_("住所・地区"),
    "telephone": N_("電話番号"),
    "age_band": N_("年代"),
    "other": N_("そのほか"),
}
PURPOSE_WORDS = {
    "safety": N_("お客様の安全の確認"),
    "stop": N_("支払いを止める手続き"),
    "recover": N_("被害の回復"),
    "support": N_("支援へのつなぎ"),
}
GROUND_WORDS = {
    Ground.COUNCIL: N_("協議会の求め(消費者安全法11条の4第3項)"),
    Ground.LIFE: N_("命・体・財産を守るため(個人情報保護法27条1項2号)"),
    Ground.DUTY: N_("市の仕事への協力(個人情報保護法27条1項4号)"),
    Ground.CONSENT: N_("ご本人の同意"),
}


def item_words(items: list[str], other: str, language: Language) -> list[str]:
    said = [translated(ITEM_WORDS[one], language) for one in items if one != "other"]
    return [*said, other] if "other" in items else said


def request_texts(
    template: Mapping[str, Any],
    values: Values,
    items: list[str],
    other: str,
    purpose: str,
    purpose_text: str,
) -> dict[str, Any]:
    """The instruction in every language; what a counsellor put in own words, in Japanese only."""
    is_own = bool(purpose_text) or "other" in items
    languages = [Language.JA] if is_own else list(Language)
    texts = {}
    for one in languages:
        if not template["title"].get(one.value):
            continue
        between = ", " if one is Language.EN else "・"
        said = purpose_text or translated(PURPOSE_WORDS[purpose], one)
        asked = {"items_requested": between.join(item_words(items, other, one)), "purpose": said}
        texts[one.value] = wording_of(template, {**values, **asked}, one).as_json()
    return texts
