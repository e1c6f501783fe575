"""All models of base, where Django looks for them."""

from mingcha.base.crypto.signing_keys import SigningKey
from mingcha.base.idempotency import IdempotencyKey
from mingcha.base.jobs.models import Beat, Job, PeriodicTask

__all__ = ["Beat", "IdempotencyKey", "Job", "PeriodicTask", "SigningKey"]
