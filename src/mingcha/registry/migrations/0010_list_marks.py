# Lists that were written before their rows bore a mark: the mark is put on by the ranges that were noted.

from django.db import migrations


def mark(apps, editor):
    for batch in apps.get_model("registry", "ImportBatch").objects.exclude(added={}):
        for label, (first, last) in batch.added.items():
            rows = apps.get_model(label).objects.filter(pk__gte=first, pk__lte=last)
            rows.update(batch=batch)


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0009_lists"),
    ]

    operations = [
        migrations.RunPython(mark, migrations.RunPython.noop),
        migrations.RemoveField(model_name="importbatch", name="added"),
    ]
