"""What every app of the field leans on (design §4.5-4.8): dated parameters with their source, the
work-day table, deadlines, document numbers, attachments, approval routes.

Reads stand in `selectors`, verbs in `services`, what other apps react to in `events`. An app makes its
own things known to attachments and approvals with `things.register`.
"""
