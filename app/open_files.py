"""How many files this process may hold open."""

import resource


def allow_many() -> None:
    """As many as the system lets us. Each live screen is one, and most systems begin at 1,024."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
