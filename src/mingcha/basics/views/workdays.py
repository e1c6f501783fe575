"""The work-day table: a year as a grid, publishing a year, correcting a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from mingcha.base import clock
from mingcha.base.viewers import Officer
from mingcha.basics.forms import NoticeForm, OverrideDayForm, PublishYearForm
from mingcha.basics.models import WorkDay
from mingcha.basics.rules import KEEPERS
from mingcha.basics.selectors import workdays as reading
from mingcha.basics.selectors.moving import would_move
from mingcha.basics.services import workdays
from mingcha.kernel.holiday_notice import read_notice
from mingcha.kernel.refusal import Refused
from mingcha.kernel.workdays import PROVISIONAL_NOTICE
from mingcha.web import access
from mingcha.web.components import Crumb
from mingcha.web.forms import PreviewedFormView, ServiceFormView

WEEKDAYS = (
    gettext_lazy("一"),
    gettext_lazy("二"),
    gettext_lazy("三"),
    gettext_lazy("四"),
    gettext_lazy("五"),
    gettext_lazy("六"),
    gettext_lazy("日"),
)
#: How far from today a year may lie to be entered by hand.
_SPAN = 10


@access.officers()
@require_GET
def year_page(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """One year, month by month, with what its last change moved."""
    known = reading.years()
    shown = year or clock.today().year
    if known and shown not in known:
        if year is not None:
            raise Http404
        shown = known[-1]
    viewer = request.viewer  # type: ignore[attr-defined]
    published = shown in reading.known_years()
    visible = WorkDay.objects.visible_to(viewer).filter(date__year=shown)
    values = {
        "year": shown,
        "years": known,
        "months": reading.grid(shown) if known else [],
        "published": published,
        "notice": _(PROVISIONAL_NOTICE),
        "source": visible.filter(overridden=False).values_list("source", flat=True).first() or "",
        "overridden": visible.filter(overridden=True),
        "moves": reading.moved_by(shown, viewer),
        "today": clock.today(),
        "weekdays": WEEKDAYS,
        "may_edit": isinstance(viewer, Officer) and viewer.has(*KEEPERS),
        "crumbs": [Crumb(_("工作日历"))],
    }
    return render(request, "basics/workdays.html", values)


class PublishYear(ServiceFormView):
    """Enter the State Council's notice for a year."""

    form_class = PublishYearForm
    verb = "basics.publish_year"
    submit_label = gettext_lazy("发布")
    done = gettext_lazy("已发布，受影响的期限已重新计算。")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.year: int = kwargs["year"]
        if abs(self.year - clock.today().year) > _SPAN:
            raise Http404
        self.title = _("录入 %(year)d 年放假安排") % {"year": self.year}
        self.subtitle = _("只录入与平日不同的日子：放假的日期和补班的周末")
        return super().dispatch(request, *args, **kwargs)

    def perform(self, form: Any) -> int:
        holidays, worked = form.cleaned_data["holidays"], form.cleaned_data["worked"]
        workdays.publish_year(
            actor=self.request.viewer,  # type: ignore[attr-defined]
            year=self.year,
            days={**dict.fromkeys(holidays, False), **dict.fromkeys(worked, True)},
            names={**holidays, **worked},
            source=form.cleaned_data["source"],
        )
        return self.year

    def outcome(self, result: Any) -> str:
        return reverse("basics:workdays-year", args=[self.year])

    def cancel_url(self) -> str:
        return reverse("basics:workdays")

    def crumbs(self) -> list[Crumb]:
        return [Crumb(_("工作日历"), reverse("basics:workdays")), Crumb(str(self.title))]


class OverrideDay(ServiceFormView):
    """Correct one day."""

    form_class = OverrideDayForm
    verb = "basics.override_day"
    done = gettext_lazy("已调整，受影响的期限已重新计算。")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.day = date.fromisoformat(kwargs["day"])
        except ValueError:
            raise Http404 from None
        visible = WorkDay.objects.visible_to(request.viewer)  # type: ignore[attr-defined]
        found = visible.filter(date=self.day).first()
        if found is None:
            raise Http404
        self.row = found
        self.title = _("调整 %(day)s") % {"day": self.day.isoformat()}
        return super().dispatch(request, *args, **kwargs)

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"is_workday": "yes" if self.row.is_workday else "no", "name": self.row.name}}

    def perform(self, form: Any) -> WorkDay:
        return workdays.override_day(
            actor=self.request.viewer,  # type: ignore[attr-defined]
            day=self.day,
            **form.cleaned_data,
        )

    def outcome(self, result: Any) -> str:
        return self.cancel_url()

    def cancel_url(self) -> str:
        return reverse("basics:workdays-year", args=[self.day.year])

    def crumbs(self) -> list[Crumb]:
        return [Crumb(_("工作日历"), self.cancel_url()), Crumb(str(self.title))]


class PublishNotice(PreviewedFormView):
    """Publish a year from the notice as it is pasted, after a look at the calendar and at what it moves."""

    form_class = NoticeForm
    verb = "basics.publish_notice"
    title = gettext_lazy("粘贴放假通知")
    subtitle = gettext_lazy("读出日期、核对星期和天数，先看会变动哪些期限；确认之前什么也不会改变")
    submit_label = gettext_lazy("读取并核对")
    done = gettext_lazy("已发布，受影响的期限已重新计算，列在下面。")

    def look(self, form: NoticeForm) -> bool:
        self.notice = read_notice(form.cleaned_data["notice"])
        self.faults = [fault.shown(_) for fault in self.notice.faults]
        if self.notice.year is not None and abs(self.notice.year - clock.today().year) > _SPAN:
            self.faults.append(
                _("%(year)d 年离现在太远，不在可以发布的年度之内") % {"year": self.notice.year}
            )
        return not self.faults

    def preview(self, form: NoticeForm, refused: Refused | None = None) -> HttpResponse:
        """The calendar that the notice makes, where it contradicts itself, and the deadlines it moves."""
        notice, year = self.notice, self.notice.year
        values: dict[str, Any] = {
            "form": form,
            "notice": notice,
            "faults": self.faults,
            "refusals": refused.refusals if refused else (),
            "crumbs": [*self.crumbs()[:-1], Crumb(_("核对放假安排"))],
            "by_hand_url": reverse("basics:workdays-publish", args=[clock.today().year + 1]),
        }
        if year is not None and not self.faults:
            days = notice.days_of(year)
            values |= {
                "months": reading.grid_with(year, days, notice.names_of(year)),
                "weekdays": WEEKDAYS,
                "moved": would_move(
                    year,
                    reading.calendar_with(year, days),
                    self.request.viewer,  # type: ignore[attr-defined]
                ),
                "elsewhere": sorted(notice.elsewhere().items()),
                "replaces": year in reading.known_years(),
            }
        return render(self.request, "basics/notice_preview.html", values, status=409 if refused else 200)

    def perform(self, form: Any) -> int:
        year = self.notice.year
        assert year is not None  # noqa: S101  a notice without a year has a fault, and is not performed
        workdays.publish_year(
            actor=self.request.viewer,  # type: ignore[attr-defined]
            year=year,
            days=self.notice.days_of(year),
            names=self.notice.names_of(year),
            source=self.notice.title,
        )
        return year

    def outcome(self, result: Any) -> str:
        return reverse("basics:workdays-year", args=[result])

    def cancel_url(self) -> str:
        return reverse("basics:workdays")

    def crumbs(self) -> list[Crumb]:
        return [Crumb(_("工作日历"), reverse("basics:workdays")), Crumb(str(self.title))]


publish_notice = access.officers(*KEEPERS)(PublishNotice.as_view())
publish_year = access.officers(*KEEPERS)(PublishYear.as_view())
override_day = access.officers(*KEEPERS)(OverrideDay.as_view())
