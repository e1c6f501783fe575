"""What every part stands on: services, events, viewers, the clock, encrypted fields, idempotency, jobs.

Nothing in here knows a page or a rule of the field.
"""
