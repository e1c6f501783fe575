"""What people type about a tag of the dictionary."""

from __future__ import annotations

from mingcha.registry.models import Tag
from mingcha.web.forms import ModelForm


class TagForm(ModelForm):
    class Meta:
        model = Tag
        fields = ["label", "code", "group", "meaning", "in_use"]
