"""Every table of the product, in one import for the migrations and the house rules."""

from sqlmodel import SQLModel

import app.alarms.models
import app.audit.models
import app.badges.models
import app.bylaws.models
import app.checklists.models
import app.claims.models
import app.deliveries.models
import app.disclosures.models
import app.drills.models
import app.editions.models
import app.holdings.models
import app.instructions.models
import app.leaflets.models
import app.links.models
import app.networks.models
import app.office.roster.models
import app.organizations.models
import app.outcomes.models
import app.pilots.models
import app.printing.models
import app.reports.models
import app.running.models
import app.sealing.models
import app.staff.models
import app.trainings.models  # noqa: F401

metadata = SQLModel.metadata
