from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("planning", "0016_trial_draws"),
    ]

    operations = [
        migrations.AlterField(
            model_name="dispatch",
            name="state",
            field=models.CharField(
                choices=[
                    ("prepared", "待派发"),
                    ("sent", "待确认"),
                    ("confirmed", "已确认"),
                    ("begun", "已开展"),
                    ("done", "已完成"),
                    ("cancelled", "已撤销"),
                ],
                default="prepared",
                max_length=10,
                verbose_name="状态",
            ),
        ),
        migrations.AlterField(
            model_name="task",
            name="state",
            field=models.CharField(
                choices=[
                    ("prepared", "待派发"),
                    ("sent", "待确认"),
                    ("confirmed", "已确认"),
                    ("begun", "已开展"),
                    ("done", "已完成"),
                    ("cancelled", "已撤销"),
                ],
                default="prepared",
                max_length=10,
                verbose_name="状态",
            ),
        ),
    ]
