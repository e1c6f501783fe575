"""What people type about the item list."""

from mingcha.items.forms.editor import MORE, Editor
from mingcha.items.forms.lists import ConfirmForm, ProposeForm, ReviewForm
from mingcha.items.forms.superiors import DecideForm, UploadForm

__all__ = ["MORE", "ConfirmForm", "DecideForm", "Editor", "ProposeForm", "ReviewForm", "UploadForm"]
