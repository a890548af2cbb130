"""What a server does once with its memory."""

import gc


def settle() -> None:
    """Call it when everything is loaded. What is there by now stays until the end, so Python's
    collector needn't look at it again: it stood still for 100 ms each time (docs/bench.md)."""
    gc.collect()
    gc.freeze()
