"""受講: writing down which badges were there, taking one off again, and all of it as a file."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.errors import N_, NotFound
from app.ids import read_id
from app.networks.scope import get_row
from app.trainings.commands import read_badges, record_attendance, remove_attendance
from app.trainings.models import Attendance, Training
from app.trainings.queries import all_attendances
from app.trainings.routes import Form, Runner, training_page
from app.web.fields import Fields
from app.web.language import say_plainly
from app.web.rendering import see_other
from app.web.session import Now, SessionDep
from app.web.spreadsheets import as_csv

router = APIRouter(prefix="/office/trainings")
HEADINGS = (
    N_("研修の日"),
    N_("場所"),
    N_("対象"),
    N_("名札の番号"),
    N_("団体"),
    N_("事業所・店舗"),
)


@router.get("/attendances.csv")
def export(session: SessionDep, actor: Runner) -> Response:
    rows = (
        [
            training.held_on.isoformat(),
            training.place,
            training.audience,
            badge.number,
            organization.name,
            workplace.name,
        ]
        for training, badge, workplace, organization in all_attendances(session, actor.network_id)
    )
    content = as_csv([say_plainly(one) for one in HEADINGS], rows)
    headers = {"Content-Disposition": 'attachment; filename="kenshu.csv"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


@router.post("/{training_id}/attendances")
def attend(
    request: Request, session: SessionDep, actor: Runner, training_id: UUID, form: Form, now: Now
) -> Response:
    training, fields = get_row(session, Training, actor.network_id, training_id), Fields(form)
    typed = [one.id for one in read_badges(session, fields, actor.network_id, "numbers")]
    ticked = [one for sent in form.getlist("badge") if (one := read_id(sent))]
    if not typed and not ticked:
        fields.refuse("numbers", N_("名札の番号を入れてください。"))
    if fields.wrong:
        return training_page(request, session, actor, training, fields)
    record_attendance(session, training, actor, [*typed, *ticked], now)
    return see_other(f"/office/trainings/{training.id}")


@router.post("/{training_id}/attendances/{attendance_id}/removal")
def remove(
    session: SessionDep, actor: Runner, training_id: UUID, attendance_id: UUID, now: Now
) -> Response:
    attendance = get_row(session, Attendance, actor.network_id, attendance_id)
    if attendance.training_id != training_id:
        raise NotFound(N_("見つかりません。"))
    remove_attendance(session, attendance, actor, now)
    return see_other(f"/office/trainings/{training_id}")
