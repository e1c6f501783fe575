# What a list brings in bears its mark; cells are kept encrypted; codes of industries have one form.

import string

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Substr

import mingcha.base.crypto.fields

_IMPORTED = ("contact", "formername", "grading", "headcount", "subjecttag")
_REGISTERS = [
    ("subjects", "检查对象"),
    ("projects", "工程建设项目"),
    ("inspectors", "执法检查人员"),
    ("leaves", "离岗安排"),
    ("recusals", "回避登记"),
    ("visits", "入企记录"),
    ("licences", "许可备案"),
    ("gradings", "信用等级"),
    ("headcounts", "用工和参保人数"),
    ("divisions", "行政区划"),
    ("industries", "行业分类"),
]


def drop_letters(apps, editor):
    """C13 and 13 are one industry: the digits stay, a section alone keeps its letter."""
    subjects = apps.get_model("registry", "Subject").objects
    for letter in string.ascii_uppercase[:20]:
        lettered = subjects.filter(industry_code__startswith=letter).exclude(industry_code=letter)
        lettered.update(industry_code=Substr("industry_code", 2))


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0008_list_indexes_with_kind"),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name=model,
                name="batch",
                field=models.ForeignKey(
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="registry.importbatch",
                    verbose_name="导入批次",
                ),
            )
            for model in _IMPORTED
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="register",
            field=models.CharField(choices=_REGISTERS, max_length=20, verbose_name="名录"),
        ),
        migrations.AlterField(
            model_name="subject",
            name="industry_code",
            field=models.CharField(
                blank=True,
                help_text="GB/T 4754 的数字代码，例如 13、7263；C13 记作 13",
                max_length=5,
                verbose_name="行业代码",
            ),
        ),
        migrations.RemoveIndex(model_name="stagedsubject", name="staged_subject_by_key"),
        *(migrations.RemoveField(model_name=model, name="raw") for model in ("stagedrow", "stagedsubject")),
        *(
            migrations.AddField(
                model_name=model,
                name="cells",
                field=mingcha.base.crypto.fields.EncryptedTextField(blank=True, default=""),
            )
            for model in ("stagedrow", "stagedsubject")
        ),
        migrations.RunPython(drop_letters, migrations.RunPython.noop),
    ]
