"""The addresses of the product as they are in the demo."""

from mingcha.project import urls as product

handler404 = product.handler404
urlpatterns = [*product.urlpatterns, *product.DEMO_URLS]
