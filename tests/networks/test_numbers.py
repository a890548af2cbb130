"""Numbers without gaps or twins, however many ask at once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from fastapi import FastAPI
from sqlmodel import Session

from app.networks.numbers import current_number, next_number
from tests.towns import Town


def test_numbers_count_up_from_one(app: FastAPI, town: Town) -> None:
    with app.state.database.writing() as session:
        given = [next_number(session, town.here.network.id, "receipt") for _ in range(3)]
        assert given == [1, 2, 3]
        assert current_number(session, town.here.network.id, "receipt") == 3


def test_a_block_of_numbers_is_named_by_its_first(app: FastAPI, town: Town) -> None:
    with app.state.database.writing() as session:
        assert next_number(session, town.here.network.id, "receipt", 5) == 1
        assert next_number(session, town.here.network.id, "receipt") == 6


def test_each_network_counts_for_itself(app: FastAPI, town: Town, session: Session) -> None:
    with app.state.database.writing() as writing:
        next_number(writing, town.here.network.id, "receipt", 9)
        assert next_number(writing, town.neighbour.id, "receipt") == 1


def test_a_transaction_that_fails_gives_its_number_back(app: FastAPI, town: Town) -> None:
    with suppress(RuntimeError), app.state.database.writing() as session:
        next_number(session, town.here.network.id, "receipt")
        raise RuntimeError
    with app.state.database.writing() as session:
        assert next_number(session, town.here.network.id, "receipt") == 1


def test_twenty_who_ask_at_once_get_twenty_numbers(app: FastAPI, town: Town) -> None:
    def ask(_: int) -> int:
        with app.state.database.writing() as session:
            return next_number(session, town.here.network.id, "receipt")

    with ThreadPoolExecutor(8) as threads:
        given = list(threads.map(ask, range(20)))
    assert sorted(given) == list(range(1, 21))
