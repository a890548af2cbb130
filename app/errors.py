"""Things that go wrong in ways a reader must be told about.

The message is source text of the catalogue; one handler in `web` turns an error into a page or an
`application/problem+json` in the reader's language.
"""


def N_(message: str) -> str:
    """Mark a message for the catalogue where it can't be translated yet."""
    return message


class DomainError(Exception):
    status = 400
    problem = "invalid"

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


class Invalid(DomainError):
    status = 422


class NotFound(DomainError):
    """Also what another network's row is: never forbidden, always not found."""

    status = 404
    problem = "not-found"


class Conflict(DomainError):
    status = 409
    problem = "conflict"


class Forbidden(DomainError):
    status = 403
    problem = "forbidden"


class TooMany(DomainError):
    status = 429
    problem = "too-many"


class TooSlow(DomainError):
    status = 408
    problem = "too-slow"


class TooLarge(DomainError):
    status = 413
    problem = "too-large"


class SignInNeeded(DomainError):
    """A member of staff is asked to sign in; what they had typed is kept for them."""

    status = 401
    problem = "sign-in-needed"


class UnknownDevice(DomainError):
    """The phone has no credential that we know. It keeps everything and reads the badge again."""

    status = 401
    problem = "unknown-device"
