from django.urls import path

from mingcha.laws import registers, views

app_name = "laws"

urlpatterns = [
    path("search/", views.search, name="search"),
    *registers.LawRegister.urls(),
    path("<int:pk>/versions/", views.versions, name="versions"),
    path("<int:pk>/texts/new/", views.add_text, name="text-add"),
    path("<int:pk>/repeal/", views.repeal, name="repeal"),
    path("texts/<int:pk>/", views.text_page, name="text"),
    path("texts/<int:pk>/confirm/", views.confirm_text, name="text-confirm"),
]
