"""Work that many requests ask for at one moment, done once for all of them.

What comes of it is given to each as it is, so it must be the same for all who can name its key.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

LASTS = timedelta(seconds=2)
MOST = 64
Made = TypeVar("Made")


@dataclass(frozen=True)
class Piece:
    began_at: datetime
    made: Future[Any] = field(default_factory=Future)


class SharedWork:
    """Of one process. Who comes while a piece is being made waits for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pieces: OrderedDict[Hashable, Piece] = OrderedDict()

    def get(self, key: Hashable, now: datetime, make: Callable[[], Made]) -> Made:
        """What `make` returns now, or returned for the same key within two seconds. Where it fails
        for one, the others try themselves."""
        with self._lock:
            piece = self._pieces.get(key)
            is_ours = piece is None or not timedelta(0) <= now - piece.began_at < LASTS
            if piece is None or is_ours:
                piece = self._keep(key, now)
        if is_ours:
            self._make(piece, make)
        made: Made | None = piece.made.result()
        return make() if made is None else made

    def _keep(self, key: Hashable, now: datetime) -> Piece:
        piece = self._pieces[key] = Piece(now)
        self._pieces.move_to_end(key)
        if len(self._pieces) > MOST:
            self._pieces.popitem(last=False)
        return piece

    def _make(self, piece: Piece, make: Callable[[], Made]) -> None:
        made = None
        try:
            made = make()
        finally:
            piece.made.set_result(made)
