# The tables as they stood before the first release; the steps that led there are in the history.

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mingcha.base.crypto.fields


class Migration(migrations.Migration):
    replaces = [
        ("planning", "0001_initial"),
        ("planning", "0002_initial"),
        ("planning", "0003_items_of_a_draw"),
        ("planning", "0004_annual_plan"),
        ("planning", "0005_sealed_mode"),
        ("planning", "0006_lines_look_at_cases"),
        ("planning", "0007_campaigns"),
        ("planning", "0008_sources_and_witnesses"),
        ("planning", "0009_other_numbers"),
        ("planning", "0010_dispatch"),
        ("planning", "0011_witnesses_stand_with_their_entry"),
        ("planning", "0012_visits"),
        ("planning", "0013_changes_of_teams"),
        ("planning", "0014_joining_units"),
        ("planning", "0015_requests_fall_away"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0002_saved_views"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("basics", "0002_who_confirms_a_parameter"),
        ("items", "0002_confirmed_items"),
        ("registry", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnnualPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "year",
                    models.PositiveIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(2020),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="年度",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                ("title", models.CharField(max_length=100, verbose_name="计划名称")),
                (
                    "base_day",
                    models.DateField(help_text="企业总数按这一天的名录库计算", verbose_name="基准日"),
                ),
                ("grounds", models.TextField(blank=True, max_length=2000, verbose_name="制定依据和考虑")),
                (
                    "shortage_way",
                    models.TextField(
                        blank=True,
                        help_text="人员够用的不填；不够的写明改哪几项为非现场、请市局支援多少、或调整到哪几个月",
                        max_length=1000,
                        verbose_name="人员不足的解决办法",
                    ),
                ),
                ("change_reason", models.CharField(blank=True, max_length=300, verbose_name="调整理由")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "待审批"),
                            ("approved", "已批准"),
                            ("published", "已公布"),
                            ("superseded", "被替代"),
                            ("stopped", "停止"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("created_at", models.DateTimeField(editable=False, verbose_name="起草时间")),
                ("approved_at", models.DateTimeField(editable=False, null=True, verbose_name="批准时间")),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="公布时间")),
                (
                    "end_reason",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="停止理由"),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="起草人",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="planning.annualplan",
                        verbose_name="所替代的版本",
                    ),
                ),
            ],
            options={
                "verbose_name": "年度抽查计划",
                "verbose_name_plural": "年度抽查计划",
                "ordering": ["-year", "-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("year", "version"), name="annual_plan_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("draft", "submitted", "approved"))),
                        fields=("year",),
                        name="one_open_annual_plan_a_year",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kinds", models.CharField(max_length=120, verbose_name="对象类型")),
                ("licences", models.CharField(blank=True, max_length=120, verbose_name="许可备案")),
                ("industries", models.CharField(blank=True, max_length=300, verbose_name="行业代码")),
                ("towns", models.CharField(blank=True, max_length=500, verbose_name="乡镇街道")),
                (
                    "workers_from",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="用工人数不少于"),
                ),
                (
                    "workers_until",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="用工人数不多于"),
                ),
                (
                    "records",
                    models.CharField(
                        blank=True,
                        choices=[("", "不限"), ("yes", "有违法违规记录的"), ("no", "没有违法违规记录的")],
                        default="",
                        max_length=3,
                        verbose_name="违法违规记录",
                    ),
                ),
                ("grades_hrss", models.CharField(blank=True, max_length=40, verbose_name="守法诚信等级")),
                (
                    "grades_market",
                    models.CharField(blank=True, max_length=40, verbose_name="市监信用风险等级"),
                ),
                (
                    "grades_dispatch",
                    models.CharField(blank=True, max_length=40, verbose_name="劳务派遣信用等级"),
                ),
                (
                    "disputes_from",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="每百名职工劳动争议不少于（百分之一件）",
                    ),
                ),
                (
                    "complaints_from",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="投诉举报不少于（件）",
                    ),
                ),
                (
                    "stratify",
                    models.CharField(
                        choices=[
                            ("none", "只按类型"),
                            ("hrss", "按守法诚信等级"),
                            ("market", "按市监信用风险等级"),
                            ("industry", "按行业门类"),
                            ("town", "按乡镇街道"),
                            ("size", "按用工人数"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="分层",
                    ),
                ),
                (
                    "quota_mode",
                    models.CharField(
                        choices=[("rate", "按比例（每层向上取整）"), ("number", "按户数（各层按户数分配）")],
                        default="rate",
                        max_length=10,
                        verbose_name="抽取方式",
                    ),
                ),
                (
                    "rate_bp",
                    models.PositiveIntegerField(
                        default=300,
                        validators=[django.core.validators.MaxValueValidator(10000)],
                        verbose_name="比例（万分之）",
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0, verbose_name="户数")),
                ("rates", models.JSONField(blank=True, default=dict, verbose_name="各层比例")),
                ("title", models.CharField(max_length=100, verbose_name="任务名称")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("plan", "年度计划任务"),
                            ("ad_hoc", "经批准的临时任务"),
                            ("special", "专项检查"),
                            ("superior", "上级抽取派发"),
                        ],
                        max_length=10,
                        verbose_name="来源",
                    ),
                ),
                ("superior_number", models.CharField(blank=True, max_length=60, verbose_name="上级任务编号")),
                ("superior_at", models.DateTimeField(blank=True, null=True, verbose_name="上级派发时间")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="事由")),
                (
                    "directed",
                    models.BooleanField(
                        default=False, help_text="限定行业、地区或类别的为定向", verbose_name="定向抽查"
                    ),
                ),
                (
                    "manner",
                    models.CharField(
                        choices=[
                            ("on_site", "现场检查"),
                            ("off_site", "非现场检查"),
                            ("both", "现场和非现场"),
                        ],
                        default="on_site",
                        max_length=10,
                        verbose_name="检查方式",
                    ),
                ),
                (
                    "manner_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="采用现场检查的理由"),
                ),
                (
                    "unannounced",
                    models.BooleanField(
                        default=True,
                        help_text="入企检查一般不事先通知，名单在检查时才公开",
                        verbose_name="不事先通知",
                    ),
                ),
                ("visit_from", models.DateField(verbose_name="检查开始日期")),
                ("visit_until", models.DateField(verbose_name="检查结束日期")),
                ("avoid_seen", models.BooleanField(default=True, verbose_name="避开本年已经抽查过的对象")),
                (
                    "team_size",
                    models.PositiveIntegerField(
                        default=2,
                        validators=[
                            django.core.validators.MinValueValidator(2),
                            django.core.validators.MaxValueValidator(6),
                        ],
                        verbose_name="每户人数",
                    ),
                ),
                (
                    "half_days",
                    models.PositiveIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="每户所需半天数",
                    ),
                ),
                ("special", models.BooleanField(default=False, editable=False, verbose_name="专项检查")),
                ("assessment", models.TextField(blank=True, max_length=2000, verbose_name="必要性评估")),
                ("approved_by", models.CharField(blank=True, max_length=100, verbose_name="批准的人民政府")),
                ("approval_number", models.CharField(blank=True, max_length=100, verbose_name="批准文号")),
                ("filed", models.CharField(blank=True, max_length=200, verbose_name="备案机关和日期")),
                ("announced", models.CharField(blank=True, max_length=200, verbose_name="公布的时间和地方")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "拟定"),
                            ("submitted", "待批准"),
                            ("approved", "已批准"),
                            ("drawn", "已抽取"),
                            ("dispatched", "已派发"),
                            ("closed", "办结"),
                            ("cancelled", "撤销"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                (
                    "roster_digest",
                    models.CharField(
                        blank=True, editable=False, max_length=64, verbose_name="提请批准时的名单摘要"
                    ),
                ),
                ("created_at", models.DateTimeField(editable=False, verbose_name="拟定时间")),
                ("approved_at", models.DateTimeField(editable=False, null=True, verbose_name="批准时间")),
                ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="办结或撤销时间")),
                (
                    "end_reason",
                    models.CharField(
                        blank=True, editable=False, max_length=300, verbose_name="办结或撤销说明"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="拟定人",
                    ),
                ),
                (
                    "item_versions",
                    models.ManyToManyField(
                        related_name="campaigns", to="items.itemversion", verbose_name="抽查事项"
                    ),
                ),
                (
                    "joining_units",
                    models.ManyToManyField(
                        blank=True,
                        related_name="joined_campaigns",
                        to="accounts.unit",
                        verbose_name="参与股室和部门",
                    ),
                ),
                (
                    "lead_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="led_campaigns",
                        to="accounts.unit",
                        verbose_name="牵头股室",
                    ),
                ),
                (
                    "tags",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="registry.tag", verbose_name="标签（有其中之一的）"
                    ),
                ),
            ],
            options={
                "verbose_name": "抽查任务",
                "verbose_name_plural": "抽查任务",
                "ordering": ["-created_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("superior_number", ""), _negated=True),
                            models.Q(("state", "cancelled"), _negated=True),
                        ),
                        fields=("superior_number",),
                        name="campaign_superior_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("visit_until__gte", models.F("visit_from"))),
                        name="campaign_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("team_size__gte", 2)), name="campaign_two_a_team"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CampaignTarget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveIntegerField(verbose_name="行")),
                ("name", models.CharField(max_length=200, verbose_name="名称（上级名单）")),
                ("code", models.CharField(blank=True, max_length=32, verbose_name="代码（上级名单）")),
                ("at_cap", models.BooleanField(default=False, verbose_name="已达年度入企频次上限")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("", "待决定"), ("keep", "仍然检查"), ("leave_out", "不检查，报上级")],
                        default="",
                        max_length=10,
                        verbose_name="处理",
                    ),
                ),
                ("decision_reason", models.CharField(blank=True, max_length=300, verbose_name="处理理由")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="决定时间")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="planning.campaign",
                        verbose_name="抽查任务",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="决定人",
                    ),
                ),
                (
                    "inspectors",
                    models.ManyToManyField(
                        related_name="+", to="registry.inspector", verbose_name="上级指定的检查人员"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.subject",
                        verbose_name="检查对象",
                    ),
                ),
            ],
            options={
                "verbose_name": "上级抽中的对象",
                "verbose_name_plural": "上级抽中的对象",
                "ordering": ["campaign", "place"],
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "subject"), name="campaign_target_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("visit_from", models.DateField(verbose_name="检查开始日期")),
                ("visit_until", models.DateField(verbose_name="检查结束日期")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("prepared", "待派发"),
                            ("sent", "待确认"),
                            ("confirmed", "已确认"),
                            ("cancelled", "已撤销"),
                        ],
                        default="prepared",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("prepared_at", models.DateTimeField(verbose_name="列出时间")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="派发时间")),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="确认时间")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispatches",
                        to="planning.campaign",
                        verbose_name="抽查任务",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="确认人",
                    ),
                ),
                (
                    "item_versions",
                    models.ManyToManyField(related_name="+", to="items.itemversion", verbose_name="抽查事项"),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="派发人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="负责股室或部门",
                    ),
                ),
            ],
            options={
                "verbose_name": "派发",
                "verbose_name_plural": "派发",
                "ordering": ["-prepared_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("visit_until__gte", models.F("visit_from"))),
                        name="dispatch_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reserve", "候补递补"),
                            ("replace", "更换检查人员"),
                            ("drop_out", "检查人员退出"),
                        ],
                        max_length=10,
                        verbose_name="种类",
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("deregistered", "已注销或吊销"),
                            ("closed", "已歇业、停业或关闭"),
                            ("moved_out", "已迁出本辖区"),
                            ("not_ours", "不属本局监管"),
                            ("not_found", "登记的住所查无下落"),
                            ("meanwhile", "抽取后已达年度入企频次上限"),
                            ("recusal", "回避"),
                            ("clash", "这一户的检查时间与其他公务冲突"),
                            ("ill", "病假、事假等长时间不能到岗"),
                            ("transferred", "调离"),
                            ("suspended", "停职或暂停执法"),
                            ("certificate", "执法证件失效"),
                            ("seconded", "借调、抽调、脱产培训"),
                        ],
                        max_length=14,
                        verbose_name="事由",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="说明")),
                ("recusal_declared", models.BooleanField(default=False, verbose_name="随申请登记回避")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待批准"),
                            ("approved", "已批准"),
                            ("rejected", "不同意"),
                            ("withdrawn", "已撤回"),
                            ("lapsed", "已失效"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="提出时间")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="决定时间")),
                ("decision", models.CharField(blank=True, max_length=300, verbose_name="决定的理由")),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="决定人",
                    ),
                ),
                (
                    "inspector",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.inspector",
                        verbose_name="检查人员",
                    ),
                ),
                (
                    "recusal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="change_requests",
                        to="registry.recusal",
                        verbose_name="回避登记",
                    ),
                ),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="change_requests",
                        to="planning.dispatch",
                        verbose_name="派发",
                    ),
                ),
            ],
            options={
                "verbose_name": "候补或更换",
                "verbose_name_plural": "候补和更换",
                "ordering": ["-asked_at", "-id"],
                "indexes": [models.Index(fields=["state", "asked_at"], name="change_request_by_state")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "drop_out"), ("state", "waiting")),
                        fields=("dispatch", "inspector"),
                        name="drop_out_asked_for_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DispatchPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="确认时间")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="确认人",
                    ),
                ),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="planning.dispatch",
                        verbose_name="派发",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="参与股室或部门",
                    ),
                ),
            ],
            options={
                "verbose_name": "参与单位的部分",
                "verbose_name_plural": "参与单位的部分",
                "ordering": ["dispatch", "unit"],
                "constraints": [
                    models.UniqueConstraint(fields=("dispatch", "unit"), name="dispatch_part_of_a_unit_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Draw",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("dice", "现场摇号（二十个 0–9 的号码球）"),
                            ("kl8", "中国福利彩票快乐8（80 选 20）"),
                        ],
                        default="dice",
                        max_length=10,
                        verbose_name="随机来源",
                    ),
                ),
                (
                    "source_issue",
                    models.CharField(
                        blank=True,
                        help_text="选快乐8时填写将要开奖的一期；摇号时间填开奖时间",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9]{7}$", "期号是七位数字，例如 2026198"
                            )
                        ],
                        verbose_name="快乐8期号",
                    ),
                ),
                (
                    "fallback_source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("dice", "现场摇号（二十个 0–9 的号码球）"),
                            ("kl8", "中国福利彩票快乐8（80 选 20）"),
                        ],
                        help_text="原定来源停摇、停开时改用；写进封存的方案，启用须有理由并由另一人决定",
                        max_length=10,
                        verbose_name="备用来源",
                    ),
                ),
                (
                    "fallback_issue",
                    models.CharField(
                        blank=True,
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9]{7}$", "期号是七位数字，例如 2026198"
                            )
                        ],
                        verbose_name="备用快乐8期号",
                    ),
                ),
                ("fallback_at", models.DateTimeField(blank=True, null=True, verbose_name="备用来源的时间")),
                (
                    "fallback_digest",
                    models.CharField(blank=True, editable=False, max_length=64, verbose_name="备用方案摘要"),
                ),
                (
                    "fallback_reason",
                    models.CharField(
                        blank=True, editable=False, max_length=200, verbose_name="启用备用来源的理由"
                    ),
                ),
                ("title", models.CharField(max_length=100, verbose_name="抽查名称")),
                ("items", models.CharField(editable=False, max_length=1000, verbose_name="抽查事项")),
                (
                    "subject_kinds",
                    models.CharField(help_text="检查对象的类型", max_length=200, verbose_name="抽取范围"),
                ),
                (
                    "quota_mode",
                    models.CharField(
                        choices=[
                            ("rate", "按比例（每类分别计算，向上取整）"),
                            ("total", "按总户数（各类按比例分配）"),
                        ],
                        default="rate",
                        max_length=10,
                        verbose_name="抽取方式",
                    ),
                ),
                (
                    "rate_bp",
                    models.PositiveIntegerField(
                        default=300,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(10000),
                        ],
                        verbose_name="比例（万分之）",
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0, verbose_name="总户数")),
                (
                    "reserve_pct",
                    models.PositiveIntegerField(
                        default=20,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="候补比例（%）",
                    ),
                ),
                (
                    "per_target",
                    models.PositiveIntegerField(
                        default=2,
                        validators=[
                            django.core.validators.MinValueValidator(2),
                            django.core.validators.MaxValueValidator(6),
                        ],
                        verbose_name="每户人数",
                    ),
                ),
                (
                    "capacity",
                    models.PositiveIntegerField(
                        default=20,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100000),
                        ],
                        verbose_name="每人至多户数",
                    ),
                ),
                ("visit_from", models.DateField(verbose_name="检查开始日期")),
                ("visit_until", models.DateField(verbose_name="检查结束日期")),
                ("reveal_at", models.DateTimeField(verbose_name="摇号时间")),
                ("reveal_place", models.CharField(max_length=100, verbose_name="摇号地点")),
                (
                    "repeat_reason",
                    models.CharField(
                        blank=True,
                        help_text="只在同一份名单已经抽取过时填写，将公开",
                        max_length=200,
                        verbose_name="再次抽取的理由",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("open", "公开抽取：抽取后立即公布结果"),
                            ("sealed", "封存抽取（暗访）：检查结束后才公布名单和结果"),
                        ],
                        default="open",
                        help_text="入企检查一般不事先告知，默认封存；结果最迟在方案写明的日期公开",
                        max_length=10,
                        verbose_name="公开方式",
                    ),
                ),
                ("open_by", models.DateField(editable=False, null=True, verbose_name="最迟公开日期")),
                ("opened_at", models.DateTimeField(editable=False, null=True, verbose_name="公开时间")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "拟定"),
                            ("sealed", "已封存"),
                            ("revealed", "号码待核对"),
                            ("kept", "已抽取，未公开"),
                            ("drawn", "已抽取"),
                            ("void", "作废"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "number",
                    models.CharField(blank=True, editable=False, max_length=48, verbose_name="抽取编号"),
                ),
                (
                    "digits",
                    models.CharField(blank=True, editable=False, max_length=64, verbose_name="摇出的号码"),
                ),
                (
                    "plan_digest",
                    models.CharField(blank=True, editable=False, max_length=64, verbose_name="方案摘要"),
                ),
                (
                    "roster_digest",
                    models.CharField(blank=True, editable=False, max_length=64, verbose_name="名单摘要"),
                ),
                ("stratum_labels", models.JSONField(default=dict, editable=False)),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="作废理由"),
                ),
                ("created_at", models.DateTimeField(editable=False, verbose_name="拟定时间")),
                ("sealed_at", models.DateTimeField(editable=False, null=True, verbose_name="封存时间")),
                ("revealed_at", models.DateTimeField(editable=False, null=True, verbose_name="录入号码时间")),
                ("drawn_at", models.DateTimeField(editable=False, null=True, verbose_name="抽取时间")),
                (
                    "campaign",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draws",
                        to="planning.campaign",
                        verbose_name="抽查任务",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="拟定人",
                    ),
                ),
                (
                    "item_versions",
                    models.ManyToManyField(
                        help_text="只能选已公布并在检查期间施行的事项（国办发〔2024〕54号三）",
                        related_name="draws",
                        to="items.itemversion",
                        verbose_name="抽查事项",
                    ),
                ),
                (
                    "repeat_approved_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="同意再次抽取的人",
                    ),
                ),
                (
                    "specialty",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.specialty",
                        verbose_name="所需业务专长",
                    ),
                ),
                (
                    "supplements",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supplemented_by",
                        to="planning.draw",
                        verbose_name="补充的抽取",
                    ),
                ),
            ],
            options={
                "verbose_name": "抽取",
                "verbose_name_plural": "抽取",
                "ordering": ["-created_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("number",),
                        name="draw_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("per_target__gte", 2)), name="draw_two_a_target"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capacity__gte", 1)), name="draw_capacity_positive"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="dispatch",
            name="draw",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dispatch",
                to="planning.draw",
                verbose_name="抽取",
            ),
        ),
        migrations.CreateModel(
            name="DigitsAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digits", models.CharField(max_length=64, verbose_name="摇出的号码")),
                ("witnesses", models.CharField(max_length=500, verbose_name="见证人")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("returned_at", models.DateTimeField(null=True, verbose_name="退回时间")),
                ("return_reason", models.CharField(blank=True, max_length=200, verbose_name="退回理由")),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="planning.draw",
                    ),
                ),
            ],
            options={
                "verbose_name": "号码录入",
                "ordering": ["draw", "entered_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "recipient",
                    models.CharField(
                        choices=[
                            ("justice", "司法局"),
                            ("discipline", "纪检监察机关"),
                            ("board", "公告栏张贴"),
                            ("website", "政府网站"),
                            ("superior", "上级平台"),
                            ("notary", "公证处"),
                            ("witness", "到场见证人"),
                        ],
                        max_length=12,
                        verbose_name="送往",
                    ),
                ),
                ("person", models.CharField(max_length=60, verbose_name="签收人或地点")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("hand", "当面送达"),
                            ("posted", "张贴、发布"),
                            ("mail", "邮寄"),
                            ("electronic", "电子邮件、即时消息"),
                        ],
                        max_length=12,
                        verbose_name="方式",
                    ),
                ),
                ("delivered_at", models.DateTimeField(verbose_name="送达时间")),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "paper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="basics.attachment",
                        verbose_name="凭证",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="planning.draw",
                    ),
                ),
            ],
            options={
                "verbose_name": "封存公告的送达",
                "ordering": ["draw", "delivered_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="DrawFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                (
                    "audience",
                    models.CharField(
                        choices=[("public", "公众"), ("overseer", "监督人员"), ("internal", "内部")],
                        max_length=10,
                    ),
                ),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="planning.draw"
                    ),
                ),
            ],
            options={
                "verbose_name": "抽取文件",
                "constraints": [
                    models.UniqueConstraint(fields=("draw", "name", "audience"), name="draw_file_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DrawPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8)),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="people", to="planning.draw"
                    ),
                ),
                (
                    "inspector",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="registry.inspector"),
                ),
            ],
            options={
                "verbose_name": "参加抽取的人员",
                "constraints": [
                    models.UniqueConstraint(fields=("draw", "code"), name="draw_person_code_once"),
                    models.UniqueConstraint(fields=("draw", "inspector"), name="draw_person_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DrawSecret",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("value", mingcha.base.crypto.fields.EncryptedTextField(verbose_name="封存值")),
                (
                    "draw",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="secret", to="planning.draw"
                    ),
                ),
            ],
            options={
                "verbose_name": "封存值",
            },
        ),
        migrations.CreateModel(
            name="DrawTarget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seq", models.PositiveIntegerField(verbose_name="抽取序号")),
                (
                    "kind",
                    models.CharField(
                        choices=[("S", "抽中"), ("R", "候补")], max_length=1, verbose_name="结果"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="名称（封存时）")),
                ("roster_id", models.CharField(max_length=32, verbose_name="编号")),
                ("stratum", models.CharField(max_length=32, verbose_name="类别")),
                ("ticket", models.CharField(max_length=64, verbose_name="号码")),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="planning.draw",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.subject",
                        verbose_name="检查对象",
                    ),
                ),
            ],
            options={
                "verbose_name": "抽取结果",
                "ordering": ["draw", "-kind", "seq"],
                "constraints": [
                    models.UniqueConstraint(fields=("draw", "kind", "seq"), name="draw_target_seq_once"),
                    models.UniqueConstraint(fields=("draw", "subject"), name="draw_target_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemShare",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="item_shares",
                        to="planning.campaign",
                        verbose_name="抽查任务",
                    ),
                ),
                (
                    "item_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="items.itemversion",
                        verbose_name="抽查事项",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="由谁查",
                    ),
                ),
            ],
            options={
                "verbose_name": "联合抽查的分工",
                "verbose_name_plural": "联合抽查的分工",
                "ordering": ["campaign", "item_version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "item_version"), name="campaign_item_shared_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanBase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("base_day", models.DateField(verbose_name="基准日")),
                ("frozen_at", models.DateTimeField(verbose_name="冻结时间")),
                ("size", models.PositiveIntegerField(verbose_name="户数")),
                ("kinds", models.JSONField(verbose_name="各类户数")),
                ("seen", models.PositiveIntegerField(verbose_name="本年已查企业")),
                ("groups", models.JSONField()),
                ("digest", models.CharField(max_length=64, verbose_name="名单摘要")),
                ("content", models.BinaryField()),
                (
                    "frozen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="冻结人",
                    ),
                ),
                (
                    "plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="base",
                        to="planning.annualplan",
                        verbose_name="计划",
                    ),
                ),
            ],
            options={
                "verbose_name": "基准名单",
                "verbose_name_plural": "基准名单",
            },
        ),
        migrations.CreateModel(
            name="PlanLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kinds", models.CharField(max_length=120, verbose_name="对象类型")),
                ("licences", models.CharField(blank=True, max_length=120, verbose_name="许可备案")),
                ("industries", models.CharField(blank=True, max_length=300, verbose_name="行业代码")),
                ("towns", models.CharField(blank=True, max_length=500, verbose_name="乡镇街道")),
                (
                    "workers_from",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="用工人数不少于"),
                ),
                (
                    "workers_until",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="用工人数不多于"),
                ),
                (
                    "records",
                    models.CharField(
                        blank=True,
                        choices=[("", "不限"), ("yes", "有违法违规记录的"), ("no", "没有违法违规记录的")],
                        default="",
                        max_length=3,
                        verbose_name="违法违规记录",
                    ),
                ),
                ("grades_hrss", models.CharField(blank=True, max_length=40, verbose_name="守法诚信等级")),
                (
                    "grades_market",
                    models.CharField(blank=True, max_length=40, verbose_name="市监信用风险等级"),
                ),
                (
                    "grades_dispatch",
                    models.CharField(blank=True, max_length=40, verbose_name="劳务派遣信用等级"),
                ),
                (
                    "disputes_from",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="每百名职工劳动争议不少于（百分之一件）",
                    ),
                ),
                (
                    "complaints_from",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="投诉举报不少于（件）",
                    ),
                ),
                (
                    "stratify",
                    models.CharField(
                        choices=[
                            ("none", "只按类型"),
                            ("hrss", "按守法诚信等级"),
                            ("market", "按市监信用风险等级"),
                            ("industry", "按行业门类"),
                            ("town", "按乡镇街道"),
                            ("size", "按用工人数"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="分层",
                    ),
                ),
                (
                    "quota_mode",
                    models.CharField(
                        choices=[("rate", "按比例（每层向上取整）"), ("number", "按户数（各层按户数分配）")],
                        default="rate",
                        max_length=10,
                        verbose_name="抽取方式",
                    ),
                ),
                (
                    "rate_bp",
                    models.PositiveIntegerField(
                        default=300,
                        validators=[django.core.validators.MaxValueValidator(10000)],
                        verbose_name="比例（万分之）",
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0, verbose_name="户数")),
                ("rates", models.JSONField(blank=True, default=dict, verbose_name="各层比例")),
                ("number", models.PositiveIntegerField(editable=False, verbose_name="序号")),
                ("name", models.CharField(max_length=100, verbose_name="任务名称")),
                (
                    "source",
                    models.CharField(
                        choices=[("own", "本局计划"), ("superior", "上级计划")],
                        default="own",
                        max_length=10,
                        verbose_name="来源",
                    ),
                ),
                ("superior_number", models.CharField(blank=True, max_length=60, verbose_name="上级计划编号")),
                (
                    "superior_items",
                    models.CharField(
                        blank=True, editable=False, max_length=300, verbose_name="上级计划所列事项"
                    ),
                ),
                (
                    "directed",
                    models.BooleanField(
                        default=False, help_text="限定行业、地区或类别的为定向", verbose_name="定向抽查"
                    ),
                ),
                ("special", models.BooleanField(default=False, verbose_name="专项检查")),
                (
                    "special_approval",
                    models.CharField(blank=True, max_length=200, verbose_name="专项检查批准、备案文号"),
                ),
                ("first_day", models.DateField(verbose_name="开始日期")),
                ("last_day", models.DateField(verbose_name="结束日期")),
                (
                    "manner",
                    models.CharField(
                        choices=[("on_site", "现场检查"), ("off_site", "非现场检查")],
                        default="on_site",
                        max_length=10,
                        verbose_name="检查方式",
                    ),
                ),
                (
                    "manner_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="采用现场检查的理由"),
                ),
                ("avoid_seen", models.BooleanField(default=True, verbose_name="避开本年已经抽查过的对象")),
                (
                    "team_size",
                    models.PositiveIntegerField(
                        default=2,
                        validators=[
                            django.core.validators.MinValueValidator(2),
                            django.core.validators.MaxValueValidator(6),
                        ],
                        verbose_name="每户人数",
                    ),
                ),
                (
                    "half_days",
                    models.PositiveIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="每户所需半天数",
                    ),
                ),
                ("scope_digest", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "without_cases",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="件数不明、没有计入的户数"
                    ),
                ),
                (
                    "items",
                    models.ManyToManyField(
                        related_name="plan_lines", to="items.itemversion", verbose_name="抽查事项"
                    ),
                ),
                (
                    "joining_units",
                    models.ManyToManyField(
                        blank=True,
                        related_name="joined_plan_lines",
                        to="accounts.unit",
                        verbose_name="参与股室和部门",
                    ),
                ),
                (
                    "lead_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="led_plan_lines",
                        to="accounts.unit",
                        verbose_name="发起（牵头）股室",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="planning.annualplan",
                        verbose_name="计划",
                    ),
                ),
                (
                    "tags",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="registry.tag", verbose_name="标签（有其中之一的）"
                    ),
                ),
            ],
            options={
                "verbose_name": "计划任务",
                "verbose_name_plural": "计划任务",
                "ordering": ["plan", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="plan_line_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="plan_line_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("team_size__gte", 2)), name="plan_line_two_a_team"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LineStratum",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=80, verbose_name="层")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("enterprise", "企业"),
                            ("household", "个体工商户"),
                            ("cooperative", "农民专业合作社"),
                            ("nonenterprise", "民办非企业单位"),
                            ("public_body", "机关事业单位"),
                            ("project", "工程建设项目"),
                        ],
                        max_length=20,
                        verbose_name="类型",
                    ),
                ),
                ("label", models.CharField(max_length=120, verbose_name="名称")),
                ("population", models.PositiveIntegerField(verbose_name="户数")),
                ("at_cap", models.PositiveIntegerField(default=0, verbose_name="已达频次上限")),
                ("class_a", models.PositiveIntegerField(default=0, verbose_name="A级且本年已查")),
                ("seen", models.PositiveIntegerField(default=0, verbose_name="本年已查，避开")),
                ("rate_bp", models.PositiveIntegerField(default=0, verbose_name="比例（万分之）")),
                ("quota", models.PositiveIntegerField(default=0, verbose_name="应抽户数")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="strata",
                        to="planning.planline",
                    ),
                ),
            ],
            options={
                "verbose_name": "分层",
                "verbose_name_plural": "分层",
                "ordering": ["line", "code"],
                "constraints": [models.UniqueConstraint(fields=("line", "code"), name="line_stratum_once")],
            },
        ),
        migrations.AddField(
            model_name="draw",
            name="plan_line",
            field=models.ForeignKey(
                blank=True,
                help_text="按年度计划抽取的，选计划中的任务；名单只取该任务范围内的对象",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="draws",
                to="planning.planline",
                verbose_name="年度计划任务",
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="plan_lines",
            field=models.ManyToManyField(
                blank=True, related_name="campaigns", to="planning.planline", verbose_name="年度计划任务"
            ),
        ),
        migrations.CreateModel(
            name="RegisterLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seq", models.PositiveIntegerField(unique=True)),
                ("event", models.CharField(max_length=10, verbose_name="事项")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("line", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="register_lines",
                        to="planning.draw",
                    ),
                ),
            ],
            options={
                "verbose_name": "抽取登记簿",
                "ordering": ["seq"],
            },
        ),
        migrations.CreateModel(
            name="DispatchChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="次序")),
                ("event", models.CharField(max_length=10, verbose_name="事项")),
                ("public", models.TextField()),
                ("confidential", models.TextField()),
                ("made_at", models.DateTimeField(verbose_name="时间")),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="planning.dispatch",
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="change",
                        to="planning.changerequest",
                    ),
                ),
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="planning.registerline",
                    ),
                ),
            ],
            options={
                "verbose_name": "候补和更换的记录",
                "verbose_name_plural": "候补和更换的记录",
                "ordering": ["dispatch", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("dispatch", "number"), name="change_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SuperiorDrawList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="文件")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("rows", models.JSONField()),
                ("received_at", models.DateTimeField(verbose_name="导入时间")),
                (
                    "campaign",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superior_list",
                        to="planning.campaign",
                        verbose_name="抽查任务",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="导入人",
                    ),
                ),
            ],
            options={
                "verbose_name": "上级抽取名单",
                "verbose_name_plural": "上级抽取名单",
                "ordering": ["-received_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="SuperiorPlanList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="文件")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("rows", models.JSONField()),
                ("received_at", models.DateTimeField(verbose_name="导入时间")),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="确认时间")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superior_lists",
                        to="planning.annualplan",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="导入人",
                    ),
                ),
            ],
            options={
                "verbose_name": "上级计划清单",
                "verbose_name_plural": "上级计划清单",
                "ordering": ["-received_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seq", models.PositiveIntegerField(verbose_name="抽取序号")),
                ("name", models.CharField(max_length=200, verbose_name="检查对象")),
                ("visit_from", models.DateField(verbose_name="检查开始日期")),
                ("visit_until", models.DateField(verbose_name="检查结束日期")),
                ("known_from", models.DateField(verbose_name="检查人员知悉日期")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("prepared", "待派发"),
                            ("sent", "待确认"),
                            ("confirmed", "已确认"),
                            ("cancelled", "已撤销"),
                        ],
                        default="prepared",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="planning.dispatch",
                        verbose_name="派发",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="registry.subject",
                        verbose_name="检查对象",
                    ),
                ),
                (
                    "target",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="task",
                        to="planning.drawtarget",
                    ),
                ),
            ],
            options={
                "verbose_name": "检查任务",
                "verbose_name_plural": "检查任务",
                "ordering": ["dispatch", "seq"],
                "indexes": [models.Index(fields=["dispatch", "state"], name="task_by_state")],
                "constraints": [
                    models.UniqueConstraint(fields=("dispatch", "subject"), name="task_of_a_firm_once"),
                    models.CheckConstraint(
                        condition=models.Q(("visit_until__gte", models.F("visit_from"))),
                        name="task_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Companion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("purpose", models.CharField(max_length=200, verbose_name="协助什么")),
                ("joined_at", models.DateTimeField(verbose_name="列入时间")),
                ("left_at", models.DateTimeField(null=True, verbose_name="退出时间")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="列入人",
                    ),
                ),
                (
                    "inspector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.inspector",
                        verbose_name="协助人员",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="companions",
                        to="planning.task",
                        verbose_name="检查任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "协助人员",
                "verbose_name_plural": "协助人员",
                "ordering": ["task", "joined_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_at", None)),
                        fields=("task", "inspector"),
                        name="companion_of_a_task_once",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="changerequest",
            name="task",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="change_requests",
                to="planning.task",
                verbose_name="检查任务",
            ),
        ),
        migrations.CreateModel(
            name="TaskMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=8, verbose_name="代号")),
                ("position", models.PositiveIntegerField(verbose_name="次序")),
                ("joined_at", models.DateTimeField(verbose_name="加入时间")),
                ("left_at", models.DateTimeField(null=True, verbose_name="退出时间")),
                (
                    "inspector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.inspector",
                        verbose_name="检查人员",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="planning.task",
                    ),
                ),
            ],
            options={
                "verbose_name": "检查组成员",
                "verbose_name_plural": "检查组成员",
                "ordering": ["task", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_at", None)),
                        fields=("task", "inspector"),
                        name="task_member_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("left_at", None)),
                        fields=("task", "position"),
                        name="task_position_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="planning.drawperson"),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="planning.drawtarget",
                    ),
                ),
            ],
            options={
                "verbose_name": "检查组成员",
                "ordering": ["target", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("target", "position"), name="team_position_once"),
                    models.UniqueConstraint(fields=("target", "person"), name="team_member_once"),
                ],
            },
        ),
        migrations.AddField(
            model_name="drawtarget",
            name="team",
            field=models.ManyToManyField(
                related_name="targets", through="planning.TeamMember", to="planning.drawperson"
            ),
        ),
        migrations.CreateModel(
            name="VisitSlot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(db_index=True, verbose_name="计划日期")),
                ("morning", models.BooleanField(default=True, verbose_name="上午")),
                ("set_at", models.DateTimeField(verbose_name="安排时间")),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="安排人",
                    ),
                ),
                (
                    "task",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slot",
                        to="planning.task",
                        verbose_name="检查任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "检查安排",
                "verbose_name_plural": "检查安排",
                "ordering": ["day", "-morning", "id"],
            },
        ),
        migrations.CreateModel(
            name="Witness",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=30, verbose_name="姓名")),
                ("unit", models.CharField(blank=True, max_length=60, verbose_name="单位")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("enterprise", "企业代表"),
                            ("worker", "职工代表"),
                            ("discipline", "纪检监察"),
                            ("justice", "司法局"),
                            ("notary", "公证"),
                            ("deputy", "人大代表、政协委员"),
                            ("citizen", "群众"),
                        ],
                        max_length=12,
                        verbose_name="身份",
                    ),
                ),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="present",
                        to="planning.digitsattempt",
                    ),
                ),
            ],
            options={
                "verbose_name": "见证人",
                "ordering": ["attempt", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("draw", None)),
                fields=("campaign",),
                name="dispatch_of_a_superior_list_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="changerequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "reserve"), ("state", "waiting")),
                fields=("task",),
                name="reserve_asked_for_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="changerequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "replace"), ("state", "waiting")),
                fields=("task", "inspector"),
                name="replacement_asked_for_once",
            ),
        ),
    ]
