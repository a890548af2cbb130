"""A town as it is after years."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import structlog

from bench.multiplying import multiply
from tests.house_rules.visitors import Crowd
from tests.towns import build, settings_in

ERROR = 40


@contextmanager
def grown(
    folder: Path, rows: Mapping[str, int], ended: Mapping[str, Collection[str]], url: str = ""
) -> Iterator[Crowd]:
    """A town with one of everything and whoever may see it, and then with so many rows."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(ERROR))
    folder.mkdir(parents=True, exist_ok=True)
    settings = settings_in(folder, url)
    crowd = Crowd(settings, build(settings))
    database = crowd.app.state.database
    multiply(database.engine, crowd.network_id, rows, ended)
    yield crowd
    crowd.app.state.report_writer.close()
    database.close()
