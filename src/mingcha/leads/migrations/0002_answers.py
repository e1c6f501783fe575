import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mingcha.base.crypto.fields


def tell_who_complains(apps, schema_editor):
    """Leads in which somebody complains say so, whichever way they came."""
    lead = apps.get_model("leads", "Lead")
    complainants = apps.get_model("leads", "Complainant")._base_manager.values("lead")
    lead._base_manager.filter(pk__in=complainants).update(complained=True)


class Migration(migrations.Migration):
    dependencies = [
        ("basics", "0003_morning_mails"),
        ("leads", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="lead",
            name="complained",
            field=models.BooleanField(default=False, editable=False, verbose_name="有投诉人"),
        ),
        migrations.AddField(
            model_name="lead",
            name="late_why",
            field=models.CharField(
                blank=True,
                default="",
                help_text="收到以后已过受理期限的必填；期限从收到之日算，一登记就是超期",
                max_length=300,
                verbose_name="为什么现在才登记",
            ),
        ),
        migrations.AlterField(
            model_name="lead",
            name="proposal",
            field=models.CharField(
                blank=True,
                choices=[("decline", "不予受理"), ("send_on", "转出"), ("void", "登记作废")],
                default="",
                max_length=8,
                verbose_name="承办人的建议",
            ),
        ),
        migrations.AlterField(
            model_name="leadnotice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("ask", "补正告知书"),
                    ("decline", "不予受理通知书"),
                    ("send_on", "线索转送函"),
                    ("told", "转送告知书"),
                    ("answer", "办理结果告知书"),
                    ("feedback", "办理情况反馈函"),
                ],
                max_length=8,
                verbose_name="文书",
            ),
        ),
        migrations.CreateModel(
            name="NoticeService",
            fields=[
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="service",
                        serialize=False,
                        to="leads.leadnotice",
                        verbose_name="线索文书",
                    ),
                ),
                ("on", models.DateField(verbose_name="送达日期")),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("direct", "直接送达"),
                            ("left", "留置送达"),
                            ("post", "邮寄送达"),
                            ("electronic", "电子送达（本人同意）"),
                            ("spoken", "电话或当面告知，有记录"),
                        ],
                        max_length=10,
                        verbose_name="送达方式",
                    ),
                ),
                ("receiver", mingcha.base.crypto.fields.EncryptedTextField(verbose_name="签收人")),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "paper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="basics.attachment",
                        verbose_name="送达回证",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "线索文书送达",
                "verbose_name_plural": "线索文书送达",
                "ordering": ["notice"],
            },
        ),
        migrations.RunPython(tell_who_complains, migrations.RunPython.noop),
    ]
