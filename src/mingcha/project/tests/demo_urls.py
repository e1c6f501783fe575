"""The addresses of the product as they are in the demo."""

from django.urls import include, path

from mingcha.project import urls as product

handler404 = product.handler404
urlpatterns = [*product.urlpatterns, path("demo/", include("mingcha.accounts.demo_urls"))]
