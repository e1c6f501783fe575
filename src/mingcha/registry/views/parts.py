"""Adding, correcting and ending what belongs to a subject; looking at a telephone number."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from mingcha.registry import services, subject_page
from mingcha.registry.forms.parts import PART_FORMS, ReasonForm
from mingcha.registry.models import REGISTER_READERS, Contact, Subject
from mingcha.registry.registers.subjects import SubjectRegister
from mingcha.registry.services.parts import PARTS, Part, masked_contact
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView
from mingcha.web.http import officer
from mingcha.web.reveal import is_revealed, reveal
from mingcha.web.text import Text


def subject_or_404(request: HttpRequest, pk: int) -> Subject:
    return get_object_or_404(Subject.objects.visible_to(officer(request)), pk=pk)


def crumbs(subject: Subject, *last: Text) -> list[Crumb]:
    """The way to a page of a subject."""
    trail = [
        Crumb(gettext("检查对象名录库"), reverse("registry:subjects-list")),
        Crumb(str(subject), page_of(subject)),
    ]
    return [*trail, *(Crumb(str(label)) for label in last)]


def page_of(subject: Subject, part: str = "") -> str:
    """The page on which this part of a subject stands."""
    name = "registry:subject-file" if part in subject_page.FILE else "registry:subjects-detail"
    return reverse(name, args=[subject.pk]) + (f"#{part}" if part else "")


class PartPage(ServiceFormView):
    """What the three pages share: the kind of row, the row, its subject."""

    part: Part
    subject: Subject
    row: Any = None
    words: Text = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if kwargs["part"] not in PARTS:
            raise Http404
        self.part = PARTS[kwargs["part"]]
        if "row" in kwargs:
            self.row = subject_page.row_of(self.part, officer(request), kwargs["row"])
            if self.row is None:
                raise Http404
            self.subject = self.row.subject
        else:
            self.subject = subject_or_404(request, kwargs["pk"])
        self.title = f"{self.words}{self.part.label}"
        self.subtitle = str(self.subject)
        self.verb = f"registry.{type(self).__name__}.{self.part.code}"

    def crumbs(self) -> list[Crumb]:
        return crumbs(self.subject, self.title)

    def cancel_url(self) -> str:
        return page_of(self.subject, self.part.code)

    def outcome(self, result: Any) -> str:
        return page_of(self.subject, self.part.code)


class AddPart(PartPage):
    words = _("登记")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.form_class = PART_FORMS[self.part.code]

    def perform(self, form: Any) -> Any:
        return services.add_part(
            actor=officer(self.request), part=self.part.code, subject=self.subject, values=form.cleaned_data
        )


class CorrectPart(PartPage):
    words = _("更正")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.form_class = PART_FORMS[self.part.code]

    def form_arguments(self) -> dict[str, Any]:
        return {"instance": self.row}

    def perform(self, form: Any) -> Any:
        return services.correct_part(
            actor=officer(self.request), part=self.part.code, row_id=self.row.pk, values=form.cleaned_data
        )


class EndPart(PartPage):
    """Never a deletion in silence: why is asked, and kept."""

    form_class = ReasonForm
    words = _("停用")
    danger = True
    submit_label = _("确定")
    done = _("已办理，理由已记入历史记录。")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.title = gettext("停用或撤回：%(row)s") % {"row": self.row}

    def perform(self, form: Any) -> Any:
        return services.end_part(
            actor=officer(self.request),
            part=self.part.code,
            row_id=self.row.pk,
            reason=form.cleaned_data["reason"],
        )


@officers(*REGISTER_READERS)
@require_GET
def subject_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Gradings, counts, violations and former names of a subject."""
    subject = subject_or_404(request, pk)
    values = {
        **SubjectRegister().head(officer(request), subject),
        **subject_page.summary(subject),
        "tab": "file",
        "cards": subject_page.cards(officer(request), subject, subject_page.FILE),
        "keeps": subject_page.keeps(officer(request)),
    }
    return render(request, "registry/subject_file.html", values)


class RevealPhone(ServiceFormView):
    """One telephone number, for ten minutes, after the person has said what for."""

    form_class = ReasonForm
    template_name = "registry/contact_phone.html"
    title = _("查看联系电话")
    submit_label = _("记录并查看")
    done = _("查看已记录，号码显示 10 分钟。")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        contacts = Contact.objects.visible_to(officer(request)).select_related("subject")
        self.contact: Contact = get_object_or_404(contacts, pk=kwargs["pk"])
        self.verb = f"registry.reveal:{self.contact.pk}"
        self.subtitle = str(self.contact.subject)

    def crumbs(self) -> list[Crumb]:
        return crumbs(self.contact.subject, self.title)

    def cancel_url(self) -> str:
        return page_of(self.contact.subject, "contacts")

    def page_values(self, form: Any) -> dict[str, Any]:
        name, phone = masked_contact(self.contact)
        shown = is_revealed(self.request, self.contact)
        return {
            "contact": self.contact,
            "name": self.contact.name if shown else name,
            "phone": self.contact.phone if shown else phone,
            "shown": shown,
        }

    def perform(self, form: Any) -> Contact:
        found = services.reveal_phone(
            actor=officer(self.request), contact_id=self.contact.pk, reason=form.cleaned_data["reason"]
        )
        reveal(self.request, self.contact)
        return found

    def outcome(self, result: Contact) -> str:
        return reverse("registry:contact-phone", args=[result.pk])
