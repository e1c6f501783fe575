"""A register page costs a few lines: list, filter, sort, detail, form, history, export.

    class SubjectRegister(Register):
        model = Subject
        slug = "subject"
        title = _("检查对象")
        read_roles = (Role.COORDINATOR, Role.INSPECTOR)
        write_roles = (Role.COORDINATOR,)
        columns = ("name", "code", Column("grade", render=grade_badge))
        filters = ("kind", "town")
        search_fields = ("name", "code")
        form_class = SubjectForm

        def create(self, actor, cleaned):
            return services.add_subject(actor=actor, **cleaned)

    urlpatterns = [*SubjectRegister.urls()]

Its tests are inherited too: `mingcha.web.testing.RegisterContract`.
"""

from mingcha.web.registers.columns import Column, Section
from mingcha.web.registers.register import Creating, Editing, Register

__all__ = ["Column", "Creating", "Editing", "Register", "Section"]
