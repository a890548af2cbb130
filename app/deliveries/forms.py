"""What phones send about pushes."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class SubscriptionKeys(BaseModel):
    model_config = ConfigDict(extra="forbid")

    p256dh: Annotated[str, Field(max_length=100)]
    auth: Annotated[str, Field(max_length=40)]


class SubscriptionForm(BaseModel):
    """PushSubscription.toJSON() of the Push API."""

    model_config = ConfigDict(extra="ignore")

    endpoint: Annotated[str, Field(max_length=800)]
    keys: SubscriptionKeys


class DeviceForm(BaseModel):
    """What a phone says of itself whenever it is opened. `endpoint`: where it is subscribed."""

    model_config = ConfigDict(extra="forbid")

    permission: Literal["granted", "denied", "default", "unsupported"]
    platform: Literal["ios", "android", "other"]
    is_installed: bool
    endpoint: Annotated[str, Field(max_length=800)] | None = None


class ReceiptForm(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: Literal["delivered"]
