"""One of each object that running a network leaves behind: trainings."""

from datetime import datetime
from uuid import UUID

from fastapi import FastAPI

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
    rows = {"training": training, "material": material, "attendance": attendance}
    return {f"{name}_id": str(row.id) for name, row in rows.items()}
