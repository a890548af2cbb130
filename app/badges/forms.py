from typing import Annotated

from pydantic import BaseModel, Field


class PairingForm(BaseModel):
    """登録. What a person agrees to and, where they were given one, the workplace's code."""

    agreed_version: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    call_name: Annotated[str, Field(max_length=40)] = ""
    workplace_code: Annotated[str, Field(max_length=20)] = ""
