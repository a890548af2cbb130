"""Every way to type what one knows of a person, by HTTP; the twelve take turns."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from typing import Any
from uuid import UUID

from app.networks.scope import in_network
from app.sealing.envelope import Context, seal
from app.sealing.models import SealingKey
from tests.canary.persons import PERSONS, Person
from tests.cast import Cast, Desk, Phone
from tests.desk.test_intake import take_in
from tests.desk.test_masking import chosen_on
from tests.disclosures.asking import address, ask, asking, open_with
from tests.drills.practice import practice
from tests.scan.plain_form import PlainForm
from tests.scan.test_drills import send as send_in_drill

HERE: dict[str, Any] = {"items": ["CV-01"], "answers": {"still_here": "yes"}}
REFUSED = 422


@dataclass
class Journeys:
    cast: Cast
    bank: Phone
    desk: Desk
    work: Callable[[], int]

    @property
    def network_id(self) -> UUID:
        return self.cast.town.here.network.id

    def sealed(self, text: str, object_id: UUID, purpose: str, field: str) -> dict[str, Any]:
        """As the phone's script seals."""
        with self.cast.app.state.database.reading() as session:
            key = session.exec(in_network(SealingKey, self.network_id)).one()
        context = Context(str(self.network_id), str(object_id), purpose, field)
        return dict(seal(text, key.public_key, key.kid, context).to_dict())

    def note_with_script(self, person: Person) -> None:
        """Nothing can be pushed to this phone, so that its workplace is written to."""
        phone = self.cast.phone("post")
        phone.pair()
        envelope = phone.envelope()
        report_id = UUID(envelope["report_id"])
        sealed = self.sealed(person.sentence, report_id, "report", "note")
        assert phone.put(envelope | {"sealed": sealed}).status_code == 201
        assert person.name in self.desk.get(f"/desk/reports/{report_id}").text
        self.desk.instruct(report_id)

    def note_without_script(self, person: Person) -> None:
        """It is asked about, and shown again, before it goes."""
        form = PlainForm(self.cast.phone("delivery"))
        asked = form.send(note=person.sentence)
        assert asked.status_code == REFUSED
        assert person.name in asked.text
        assert form.send(note=person.sentence, note_is_fine="yes").status_code == 303
        assert form.send(note=person.sentence * 9, note_is_fine="yes").status_code in {303, REFUSED}

    def disclosure_with_script(self, person: Person) -> None:
        asked = self._asked()
        typed = {"name": person.name, "telephone": person.telephone}
        sealed = self.sealed(json.dumps(typed), asked.id, "disclosure", "answer")
        sent = {"sealed": json.dumps(sealed)}
        assert self.bank.client.post(address(asked), data=sent).status_code == 303
        assert person.name in open_with(self.desk, asked).text

    def disclosure_without_script(self, person: Person) -> None:
        asked = self._asked()
        typed = {"name": person.name, "address": person.address, "telephone": person.telephone}
        too_long = self.bank.client.post(address(asked), data=typed | {"name": person.name * 99})
        assert too_long.status_code == REFUSED
        assert self.bank.client.post(address(asked), data=typed).status_code == 303
        assert person.name in open_with(self.desk, asked).text

    def note_of_a_result(self, person: Person) -> None:
        report_id = self.bank.report()
        instruction_id = self.desk.instruct(report_id)
        self._leaves()
        path = f"/instructions/{instruction_id}"
        self.bank.client.post(f"{path}/acknowledgement")
        typed = {"result": "called", "note": person.sentence}
        assert self.bank.client.post(f"{path}/result", data=typed).status_code == REFUSED
        answer = self.bank.client.post(f"{path}/result", data=typed | {"note_is_fine": "yes"})
        assert answer.status_code == 303

    def masking(self, person: Person) -> None:
        """The page spells out what is about to go; nothing of it is kept."""
        form = PlainForm(self.cast.phone("delivery"))
        form.send(note=person.sentence, note_is_fine="yes")
        path = f"/desk/reports/{form.report_id}/masking"
        page = self.desk.get(path)
        assert person.name in page.text
        assert self.desk.post(path, **chosen_on(page.text)).status_code == 303
        assert person.name not in self.desk.get(f"/desk/reports/{form.report_id}").text

    def note_in_a_drill(self, person: Person) -> None:
        drill = practice(self.cast)
        drill_id = drill.start()
        assert send_in_drill(drill, drill_id, note=person.sentence).status_code == REFUSED
        answer = send_in_drill(drill, drill_id, note=person.sentence, note_is_fine="yes")
        assert answer.status_code == 303
        report_id = answer.headers["location"].rsplit("/", 1)[1]
        assert person.name in drill.desk.get(f"/desk/drills/reports/{report_id}").text

    def telephone_intake(self, person: Person) -> None:
        assert take_in(self.desk, "a1", note=person.sentence).status_code == REFUSED
        answer = take_in(self.desk, "a1", note=person.sentence, note_is_fine="yes")
        assert answer.status_code == 303
        assert person.name in self.desk.get(answer.headers["location"]).text

    def short_line(self, person: Person) -> None:
        report_id = self.cast.phone("post").report(**HERE)
        path = f"/desk/reports/{report_id}/talk"
        assert self.desk.post(path, text=f"{person.name}さんへ").status_code == REFUSED
        assert self.desk.post(path, text=person.account).status_code == REFUSED

    def closing(self, person: Person) -> None:
        path = f"/desk/reports/{self.bank.report()}/closure"
        fields = {"template": "R18", "outcome": "informed", "result_summary": person.sentence}
        assert self.desk.post(path, **fields).status_code == REFUSED

    def note_for_a_colleague(self, person: Person) -> None:
        report_id = self.bank.report()
        self.desk.post(f"/desk/reports/{report_id}/claim")
        page = self.desk.get(f"/desk/reports/{report_id}/handover").text
        found = re.search(r'name="to"[^>]*value="([^"]+)"|<option value="([0-9a-f-]{36})"', page)
        assert found, page
        fields = {"to": found[1] or found[2], "note": person.sentence}
        for path in (f"/desk/reports/{report_id}/handover", "/desk/day/relay"):
            answer = self.desk.post(path, **fields)
            assert answer.status_code == REFUSED, answer.text
            assert "名前や番号のような文字があります" in answer.text

    def reason_of_a_candidate(self, person: Person) -> None:
        path = f"/desk/reports/{self.bank.report()}/candidates"
        assert self.desk.post(path, kind="card", reason=person.sentence).status_code == REFUSED

    def purpose_of_a_request(self, person: Person) -> None:
        path = f"/desk/reports/{self.bank.report()}/disclosures"
        fields = {
            "ground": "council", "asker": "センター", "items": ["name", "other"],
            "other_item": person.sentence[:60], "purpose": "own", "purpose_text": person.sentence,
            "hours": "48",
        }  # fmt: skip
        assert self.desk.post(path, **fields).status_code == REFUSED

    def search_of_the_desk(self, person: Person) -> None:
        """It finds nobody by name, and remembers nothing that was looked for."""
        for text in person.told:
            assert self.desk.get("/desk", params={"q": text}).status_code == 200

    def _leaves(self) -> None:
        """Ten seconds later it is released, and then pushed."""
        self.cast.clock.advance(seconds=11)
        self.work()
        self.work()

    def _asked(self) -> Any:
        report_id = self.bank.report()
        ask(self.desk, report_id, items=["name", "address", "telephone"])
        self._leaves()
        return asking(self.cast.app, self.network_id, report_id)

    def all(self) -> None:
        ways = (
            self.note_with_script, self.note_without_script, self.disclosure_with_script,
            self.disclosure_without_script, self.note_of_a_result, self.telephone_intake,
            self.short_line, self.closing, self.note_for_a_colleague, self.reason_of_a_candidate,
            self.purpose_of_a_request, self.search_of_the_desk, self.masking, self.note_in_a_drill,
        )  # fmt: skip
        for way, person in zip(ways, cycle(PERSONS), strict=False):
            way(person)
