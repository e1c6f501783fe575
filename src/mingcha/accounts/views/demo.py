"""Changing roles in the demo: one click turns the visitor into another of its made-up people."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mingcha.accounts import selectors
from mingcha.accounts.gate import open_while_outstanding
from mingcha.accounts.models import EndedBecause
from mingcha.accounts.services import sessions
from mingcha.accounts.views.signing_in import complete
from mingcha.base.viewers import Officer
from mingcha.web import access, demo
from mingcha.web.http import Request


@open_while_outstanding
@access.public
@never_cache
@require_POST
def switch(request: Request) -> HttpResponseBase:
    """Sign in as one of the demo's cast, without the password; a 404 for anybody else and outside it."""
    one = demo.person(request.POST.get("who", ""))
    user = selectors.active_user_named(one.username) if one is not None else None
    if one is None or user is None:
        raise Http404
    if isinstance(request.viewer, Officer) and request.viewer.id == user.pk:
        # Whoever it is already stays signed in: ending this session would leave none to go on with.
        answer: HttpResponseBase = redirect("/")
    else:
        sessions.end_current(session_key=request.session.session_key or "", because=EndedBecause.SIGNED_OUT)
        answer = complete(request, user, None, "/")
    messages.info(request, _("现在您是%(name)s（%(role)s）。") % {"name": one.name, "role": one.role})
    return answer
