"""One of each object that running a network leaves: a training, a pilot, leaflets."""

from datetime import datetime
from uuid import UUID

from fastapi import FastAPI

from app.badges.rules import new_code
from app.leaflets.models import Leaflet, LeafletOrder, Placement
from app.pilots.models import Pilot, Survey, SurveyAnswer
from app.pilots.rules import Phase
from app.trainings.models import Attendance, Training, TrainingMaterial


def running(app: FastAPI, network_id: UUID, known: dict[str, str], now: datetime) -> dict[str, str]:
    """`known`: ids of what was there before."""
    at = {"network_id": network_id, "created_at": now}
    with app.state.database.writing() as session:
        material = TrainingMaterial(**at, title="声掛け", text="3つの問い")
        session.add(material)
        session.flush()
        training = Training(**at, held_on=now.date(), place="公民館", material_id=material.id)
        session.add(training)
        session.flush()
        badge_id = UUID(known["badge_id"])
        attendance = Attendance(
            network_id=network_id, training_id=training.id, badge_id=badge_id, recorded_at=now
        )
        session.add(attendance)
        leaflet = Leaflet(**at, name="188カード", stock=5)
        session.add(leaflet)
        session.flush()
        there = {
            "network_id": network_id,
            "leaflet_id": leaflet.id,
            "workplace_id": UUID(known["workplace_id"]),
        }
        order = LeafletOrder(**there, quantity=1, ordered_at=now)
        placement = Placement(**there, place="レジ", since_on=now.date())
        session.add_all([order, placement])
        pilot = Pilot(**at, name="試行", begins_on=now.date(), ends_on=now.date())
        session.add(pilot)
        session.flush()
        place = {"pilot_id": pilot.id, "workplace_id": UUID(known["workplace_id"])}
        survey, after = (
            Survey(network_id=network_id, **place, phase=phase, code=new_code()) for phase in Phase
        )
        session.add_all([survey, after])
        session.flush()
        session.add(
            SurveyAnswer(
                network_id=network_id,
                survey_id=survey.id,
                ticks={},
                from_paper=True,
                answered_at=now,
            )
        )
    rows = {
        "leaflet": leaflet,
        "order": order,
        "placement": placement,
        "pilot": pilot,
        "survey": survey,
        "training": training,
        "material": material,
        "attendance": attendance,
    }
    ids = {f"{name}_id": str(row.id) for name, row in rows.items()}
    return ids | {"survey_code": survey.code, "phase": Phase.BEFORE.value}
