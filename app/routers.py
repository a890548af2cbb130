"""Every route of the product, area by area. Of two that fit an address, the first one answers."""

from app.badges.routes import router as badges
from app.bylaws.reading import router as bylaws
from app.bylaws.routes import router as bylaw_keeping
from app.deliveries.routes import router as deliveries
from app.deliveries.trial_routes import router as trials
from app.desk.alarms.routes import router as desk_alarms
from app.desk.alarms.threats import router as threats
from app.desk.answering.closing import router as closing
from app.desk.answering.composing import router as composing
from app.desk.answering.masking import router as result_masking
from app.desk.answering.taking_back import router as taking_back
from app.desk.calls.duty import router as duty
from app.desk.calls.routes import router as calls
from app.desk.colleagues.day import router as day
from app.desk.colleagues.moving import router as claim_moving
from app.desk.colleagues.relays import router as relays
from app.desk.disclosures.routes import router as desk_disclosures
from app.desk.drills.routes import router as desk_drills
from app.desk.inbox.missing import router as missing
from app.desk.inbox.routes import router as desk
from app.desk.intake.floods import router as floods
from app.desk.intake.papers import router as report_papers
from app.desk.intake.rescue import router as rescue
from app.desk.intake.routes import router as intake
from app.desk.outcomes.candidates import router as candidates
from app.desk.outcomes.owed import router as owed
from app.desk.outcomes.routes import router as desk_outcomes
from app.desk.report.cases import router as cases
from app.desk.report.masking import router as masking
from app.desk.report.routes import router as desk_report
from app.desk.report.workplaces import router as desk_workplaces
from app.disclosures.routes import router as disclosures
from app.holdings.routes import router as data
from app.home.at_counter import router as at_counter
from app.home.drills import router as home_drills
from app.home.handover import router as handover
from app.home.routes import router as home
from app.home.verification import router as verification
from app.instructions.routes import kept as kept_answers
from app.instructions.routes import router as instructions
from app.leaflets.routes import router as leaflets
from app.office.badges.holders import router as holders
from app.office.badges.issuing import router as issuing
from app.office.badges.routes import router as office_badges
from app.office.badges.stopping import router as stopping
from app.office.badges.validity import router as validity
from app.office.blueprint.routes import router as blueprint
from app.office.drills.routes import router as office_drills
from app.office.editions.checklist_items import router as checklist_items
from app.office.editions.checklists import router as checklists
from app.office.editions.reviews import router as reviews
from app.office.editions.routes import router as editions
from app.office.editions.templates import router as templates
from app.office.members.contacts import router as contacts
from app.office.members.organization import router as organization
from app.office.members.organizations import router as organizations
from app.office.members.secrecy import router as secrecy
from app.office.members.workplaces import router as workplaces
from app.office.prints.badge_sheet import router as badge_sheet
from app.office.prints.briefings import router as briefings
from app.office.prints.jobs import router as print_jobs
from app.office.prints.routes import router as prints
from app.office.prints.shop_codes import router as shop_codes
from app.office.records.routes import router as audit
from app.office.roster.routes import router as roster
from app.office.settings.links import router as links
from app.office.settings.routes import router as office_settings
from app.office.staff.routes import router as office_staff
from app.operations.network_health import router as network_health
from app.operations.routes import router as operations
from app.pilots.paper_routes import router as pilot_papers
from app.pilots.routes import router as pilots
from app.pilots.survey_routes import router as surveys
from app.reports.routes import router as reports
from app.running.founding.routes import router as founding
from app.running.routes import router as running
from app.scan.drills import router as scan_drills
from app.scan.guidance import router as guidance
from app.scan.preview import router as preview
from app.scan.review_preview import router as review_preview
from app.scan.routes import router as scan
from app.setup.routes import router as setup
from app.staff.account_routes import router as account
from app.staff.invitation_routes import router as invitations
from app.staff.passkey_routes import router as passkeys
from app.staff.routes import router as staff
from app.trainings.attendance_routes import router as attendances
from app.trainings.material_routes import router as training_materials
from app.trainings.routes import router as trainings

ROUTERS = (
    home,
    at_counter,
    handover,
    verification,
    scan,
    guidance,
    scan_drills,
    home_drills,
    badges,
    reports,
    instructions,
    kept_answers,
    disclosures,
    deliveries,
    trials,
    desk,
    desk_report,
    cases,
    masking,
    result_masking,
    desk_workplaces,
    desk_alarms,
    threats,
    composing,
    closing,
    desk_outcomes,
    candidates,
    owed,
    taking_back,
    calls,
    claim_moving,
    day,
    relays,
    duty,
    missing,
    intake,
    report_papers,
    floods,
    rescue,
    desk_drills,
    desk_disclosures,
    organizations,
    badge_sheet,
    shop_codes,
    print_jobs,
    briefings,
    prints,
    organization,
    workplaces,
    contacts,
    secrecy,
    issuing,
    validity,
    stopping,
    holders,
    office_badges,
    roster,
    office_staff,
    office_settings,
    links,
    audit,
    setup,
    checklists,
    checklist_items,
    preview,
    templates,
    editions,
    review_preview,
    reviews,
    office_drills,
    data,
    running,
    training_materials,
    leaflets,
    pilots,
    pilot_papers,
    surveys,
    attendances,
    trainings,
    bylaw_keeping,
    founding,
    blueprint,
    bylaws,
    staff,
    invitations,
    passkeys,
    account,
    network_health,
    operations,
)

# Each route once: an included router is looked through twice for every request.
ROUTES = tuple(route for router in ROUTERS for route in router.routes)
