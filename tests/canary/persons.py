"""Twelve persons who don't exist, each with words that stand nowhere else."""

from dataclasses import dataclass

SURNAMES = (
    ("鵺塚", "ぬえづか"), ("鸛巣", "こうのす"), ("鵲橋", "かささぎばし"), ("鶸田", "ひわだ"),
    ("鷦野", "さざきの"), ("鵤木", "いかるぎ"), ("鶫原", "つぐみはら"), ("鵯谷", "ひよどりだに"),
    ("鷽川", "うそかわ"), ("鴫沼", "しぎぬま"), ("鵁浜", "ごいはま"), ("鶚崎", "みさござき"),
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    name: str
    kana: str
    telephone: str
    address: str
    account: str

    @property
    def told(self) -> tuple[str, ...]:
        return (self.name, self.kana, self.telephone, self.address, self.account)

    @property
    def sentence(self) -> str:
        """As somebody writes it who means well."""
        return f"{self.name}さん({self.kana})、{self.telephone}、{self.address}、口座{self.account}"


def _person(place: int) -> Person:
    surname, kana = SURNAMES[place]
    return Person(
        name=f"{surname}{'甲乙丙丁戊己庚辛壬癸子丑'[place]}江",
        kana=f"{kana}・{'あいうえおかきくけこさし'[place]}え",
        telephone=f"0000-00-{7301 + 13 * place}",
        address=f"青波市{surname}町{place + 2}丁目{31 + place}番地",
        account=f"普通{4_719_206 + 104_729 * place}",
    )


PERSONS = tuple(_person(place) for place in range(len(SURNAMES)))
