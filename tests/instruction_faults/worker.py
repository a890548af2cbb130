"""A worker in a process of its own, whose time runs faster, until it is killed.

`python -m tests.instruction_faults.worker DATA_DIR DATABASE_URL PUSH_ORIGIN NOW`: DATABASE_URL is
empty for SQLite, NOW the moment at which its clock starts.
"""

import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import uvloop

from app.db import Database
from app.deliveries.dispatch import Dispatcher
from app.sealing.custody import MasterKey, key_file
from app.worker import HANDLERS, lanes
from tests.towns import settings_in

FASTER = 20
"""A lease of a minute is over in three seconds."""


def main() -> None:
    folder, url, origin, start = sys.argv[1:]
    began, since = datetime.fromisoformat(start), time.monotonic()
    settings = settings_in(Path(folder), url).model_copy(update={"push_origins": (origin,)})
    master = MasterKey(key_file(settings.data_dir, "master"))

    def clock() -> datetime:
        return began + timedelta(seconds=(time.monotonic() - since) * FASTER)

    database = Database(settings.database)
    uvloop.run(Dispatcher(database, clock, HANDLERS, lanes(settings, master), 0.05).run())


if __name__ == "__main__":
    main()
