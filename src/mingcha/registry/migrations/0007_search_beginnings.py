from django.db import migrations


def all_pending(apps, editor):
    """The index holds the beginnings of initials and codes too: every subject is indexed anew."""
    editor.execute("DELETE FROM registry_pendingsubject")
    editor.execute("INSERT INTO registry_pendingsubject (subject_id) SELECT id FROM registry_subject")


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0006_list_indexes"),
    ]

    operations = [migrations.RunPython(all_pending, migrations.RunPython.noop)]
