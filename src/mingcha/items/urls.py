from django.urls import path

from mingcha.items.registers import FlagRegister, ItemRegister, RevisionRegister, SuperiorRegister
from mingcha.items.views import confirming, lists, superiors, versions

app_name = "items"

urlpatterns = [
    *ItemRegister.urls(),
    path("new/", versions.create_item, name="create"),
    path("<int:pk>/next/", versions.draft_next, name="draft-next"),
    path("versions/<int:pk>/", versions.version_page, name="version"),
    path("versions/<int:pk>/edit/", versions.edit_version, name="version-edit"),
    path("versions/<int:pk>/discard/", versions.discard, name="discard"),
    path("versions/<int:pk>/stop/", versions.stop, name="stop"),
    path("propose/", lists.propose_change, name="propose"),
    path("confirm/", confirming.confirm_items, name="confirm"),
    path("print/", lists.print_list, name="print"),
    path("sheet.xlsx", lists.list_sheet, name="sheet"),
    *RevisionRegister.urls(),
    *FlagRegister.urls(),
    path("flags/<int:pk>/review/", lists.review_flag, name="flag-review"),
    *SuperiorRegister.urls(),
    path("superiors/rows/<int:pk>/", superiors.decide_row, name="superior-row"),
    path("superiors/<int:pk>/accept/", superiors.accept, name="superior-accept"),
    path("superiors/<int:pk>/confirm/", superiors.confirm, name="superior-confirm"),
    path("superiors/<int:pk>/cancel/", superiors.cancel, name="superior-cancel"),
]
