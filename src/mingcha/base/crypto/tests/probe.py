"""Models that exist only in these tests, in a registry of their own so that no migration sees them."""

from django.apps.registry import Apps
from django.db import models

from mingcha.base.crypto.fields import BlindIndexField, EncryptedTextField
from mingcha.base.crypto.normalise import normalise_phone

registry = Apps()


class Person(models.Model):
    name = EncryptedTextField()
    phone = EncryptedTextField(blank=True, null=True)
    phone_index = BlindIndexField(source="phone", normalise=normalise_phone)
    town = models.CharField(max_length=20, blank=True)

    class Meta:
        apps = registry
        app_label = "probe"

    def __str__(self) -> str:
        return f"#{self.pk}"


class Visit(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE)

    class Meta:
        apps = registry
        app_label = "probe"

    def __str__(self) -> str:
        return f"#{self.pk}"
