"""A crowd in a town of its own, on either database."""

import shutil
from pathlib import Path
from uuid import uuid4

import pytest

from tests.house_rules.visitors import Crowd
from tests.postgres import Cluster
from tests.towns import settings_in


def gather(
    kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Crowd:
    """Copied from the town that is founded once: founding one takes longer than most tests."""
    folder, town = request.getfixturevalue(f"{kind}_town")
    data: Path = tmp_path_factory.mktemp("crowd") / "data"
    shutil.copytree(folder, data)
    address = ""
    if kind == "postgres":
        cluster: Cluster = request.getfixturevalue("cluster")
        name = f"crowd{uuid4().hex}"
        cluster.execute(f"CREATE DATABASE {name} TEMPLATE town")
        address = cluster.url(name)
    return Crowd(settings_in(data, address), town)
