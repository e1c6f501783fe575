"""A subject that is saved alone is found at once, whichever service saved it."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver

from mingcha.registry.models import FormerName, Subject, Tag
from mingcha.registry.search.index import forget_subjects, index_subjects
from mingcha.registry.search.initials import initials_of
from mingcha.registry.selectors import facets


@receiver(pre_save, sender=Subject)
def fill_initials(instance: Subject, **more: Any) -> None:
    instance.initials = initials_of(instance.name)


@receiver(post_save, sender=Subject)
def index_saved(instance: Subject, **more: Any) -> None:
    index_subjects([instance.pk])


@receiver(pre_delete, sender=Subject)
def forget_deleted(instance: Subject, **more: Any) -> None:
    forget_subjects([instance.pk])


@receiver([post_save, post_delete], sender=FormerName)
def index_renamed(instance: FormerName, **more: Any) -> None:
    index_subjects([instance.subject_id])


@receiver([post_save, pre_delete], sender=Subject)
@receiver(post_save, sender=Tag)
def forget_choices(**more: Any) -> None:
    facets.forget()
