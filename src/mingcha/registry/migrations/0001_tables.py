# The tables as they stood before the first release; the steps that led there are in the history.

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mingcha.base.crypto.fields
import mingcha.registry.models.staged

# The keys of the index of registry/search: beside the texts on PostgreSQL, in a table of FTS5 on SQLite.
_MAKE = {
    "postgresql": (
        "ALTER TABLE registry_subjecttext ADD COLUMN keys integer[]",
        "CREATE INDEX subject_text_by_keys ON registry_subjecttext USING gin (keys)",
    ),
    "sqlite": (
        "CREATE VIRTUAL TABLE registry_subjectkeys USING fts5"
        " (keys, content='', detail=none, columnsize=0, tokenize='ascii')",
    ),
}
_UNMAKE = {
    "postgresql": ("ALTER TABLE registry_subjecttext DROP COLUMN keys",),
    "sqlite": ("DROP TABLE registry_subjectkeys",),
}


def make_keys(apps, editor):
    for statement in _MAKE[editor.connection.vendor]:
        editor.execute(statement)


def unmake_keys(apps, editor):
    for statement in _UNMAKE[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    replaces = [
        ("registry", "0001_initial"),
        ("registry", "0002_two_registers"),
        ("registry", "0003_imports"),
        ("registry", "0004_search"),
        ("registry", "0005_subjects"),
        ("registry", "0006_list_indexes"),
        ("registry", "0007_search_beginnings"),
        ("registry", "0008_list_indexes_with_kind"),
        ("registry", "0009_lists"),
        ("registry", "0010_list_marks"),
        ("registry", "0011_case_counts"),
        ("registry", "0012_old_numbers_index"),
        ("registry", "0013_visits_name_tasks"),
        ("registry", "0014_recusal_changes"),
        ("registry", "0015_labels_taken_off"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0002_saved_views"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Division",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=12, unique=True, verbose_name="区划代码")),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                (
                    "parent",
                    models.CharField(blank=True, db_index=True, max_length=12, verbose_name="上级代码"),
                ),
                ("replaced_by", models.CharField(blank=True, max_length=12, verbose_name="现行代码")),
                ("source", models.CharField(blank=True, max_length=100, verbose_name="来源")),
            ],
            options={
                "verbose_name": "行政区划",
                "verbose_name_plural": "行政区划",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="ImportSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="来源")),
                (
                    "division_code",
                    models.CharField(
                        blank=True,
                        help_text="整份名单都在同一地方时填写",
                        max_length=12,
                        verbose_name="默认属地",
                    ),
                ),
            ],
            options={
                "verbose_name": "名单来源",
                "verbose_name_plural": "名单来源",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Industry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=5, unique=True, verbose_name="行业代码")),
                ("name", models.CharField(max_length=100, verbose_name="行业名称")),
                (
                    "parent",
                    models.CharField(blank=True, db_index=True, max_length=5, verbose_name="上级代码"),
                ),
                ("level", models.PositiveSmallIntegerField(verbose_name="级别")),
                ("section", models.CharField(max_length=1, verbose_name="门类")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
            ],
            options={
                "verbose_name": "行业分类",
                "verbose_name_plural": "行业分类",
                "ordering": ["section", "code"],
            },
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="名称")),
                (
                    "initials",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="拼音首字母"),
                ),
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
                        default="enterprise",
                        max_length=20,
                        verbose_name="类型",
                    ),
                ),
                (
                    "credit_code",
                    models.CharField(
                        blank=True,
                        help_text="18 位；没有代码的可以留空，由系统编公开编号",
                        max_length=18,
                        verbose_name="统一社会信用代码",
                    ),
                ),
                (
                    "old_number",
                    models.CharField(
                        blank=True,
                        help_text="三证合一以前的注册号，多为 15 位",
                        max_length=32,
                        verbose_name="原注册号",
                    ),
                ),
                (
                    "public_number",
                    models.CharField(blank=True, editable=False, max_length=32, verbose_name="公开编号"),
                ),
                ("code_warnings", models.TextField(blank=True, editable=False, verbose_name="代码核对提示")),
                (
                    "registration",
                    models.CharField(
                        choices=[
                            ("active", "存续"),
                            ("suspended", "歇业"),
                            ("closed", "停业"),
                            ("liquidating", "清算"),
                            ("revoked", "吊销"),
                            ("cancelled", "撤销登记"),
                            ("deregistered", "注销"),
                            ("moved_out", "迁出"),
                        ],
                        default="active",
                        max_length=20,
                        verbose_name="登记状态",
                    ),
                ),
                ("registered_on", models.DateField(blank=True, null=True, verbose_name="成立日期")),
                (
                    "registration_since",
                    models.DateField(
                        blank=True,
                        help_text="例如注销、吊销、迁出的日期",
                        null=True,
                        verbose_name="登记状态变更日期",
                    ),
                ),
                (
                    "legal_form",
                    models.CharField(
                        blank=True,
                        help_text="登记机关写明的类型，例如有限责任公司",
                        max_length=100,
                        verbose_name="企业类型",
                    ),
                ),
                (
                    "capital_text",
                    models.CharField(blank=True, max_length=100, verbose_name="注册资本（原文）"),
                ),
                (
                    "capital_yuan",
                    models.BigIntegerField(
                        blank=True, editable=False, null=True, verbose_name="注册资本（元）"
                    ),
                ),
                ("scope", models.TextField(blank=True, verbose_name="经营范围")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="地址")),
                (
                    "division_code",
                    models.CharField(
                        blank=True,
                        help_text="实际所在地的区划代码，不能由信用代码推断，例如栾城区 130111",
                        max_length=12,
                        verbose_name="属地区划代码",
                    ),
                ),
                ("town", models.CharField(blank=True, max_length=50, verbose_name="乡镇街道")),
                (
                    "industry_code",
                    models.CharField(
                        blank=True,
                        help_text="GB/T 4754 的数字代码，例如 13、7263；C13 记作 13",
                        max_length=5,
                        verbose_name="行业代码",
                    ),
                ),
                (
                    "workers",
                    models.PositiveIntegerField(
                        blank=True, editable=False, null=True, verbose_name="用工人数"
                    ),
                ),
                (
                    "insured",
                    models.PositiveIntegerField(
                        blank=True, editable=False, null=True, verbose_name="参保人数"
                    ),
                ),
                (
                    "dispatched",
                    models.PositiveIntegerField(
                        blank=True, editable=False, null=True, verbose_name="派遣用工人数"
                    ),
                ),
                (
                    "counted_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="人数统计日期"),
                ),
                (
                    "grade_hrss",
                    models.CharField(blank=True, editable=False, max_length=3, verbose_name="守法诚信等级"),
                ),
                (
                    "grade_market",
                    models.CharField(
                        blank=True, editable=False, max_length=3, verbose_name="市监信用风险等级"
                    ),
                ),
                (
                    "grade_dispatch",
                    models.CharField(
                        blank=True, editable=False, max_length=3, verbose_name="劳务派遣信用等级"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(editable=False, verbose_name="录入时间")),
                ("changed_at", models.DateTimeField(editable=False, null=True, verbose_name="修改时间")),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.subject",
                        verbose_name="已并入",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.importsource",
                        verbose_name="来源",
                    ),
                ),
            ],
            options={
                "verbose_name": "检查对象",
                "verbose_name_plural": "检查对象",
                "ordering": ["name", "id"],
                "indexes": [
                    models.Index(fields=["name"], name="subject_by_name"),
                    models.Index(fields=["credit_code"], name="subject_by_credit"),
                    models.Index(fields=["old_number"], name="subject_by_old_number"),
                    models.Index(fields=["public_number"], name="subject_by_public_number"),
                    models.Index(fields=["kind"], name="subject_by_kind"),
                    models.Index(fields=["registration"], name="subject_by_registration"),
                    models.Index(fields=["registered_on"], name="subject_by_registered_on"),
                    models.Index(fields=["grade_hrss"], name="subject_by_grade_hrss"),
                    models.Index(fields=["grade_market"], name="subject_by_grade_market"),
                    models.Index(fields=["grade_dispatch"], name="subject_by_grade_dispatch"),
                    models.Index(fields=["workers"], name="subject_by_workers"),
                    models.Index(fields=["insured"], name="subject_by_insured"),
                    models.Index(fields=["division_code", "kind"], name="subject_by_division_kind"),
                    models.Index(fields=["town", "kind"], name="subject_by_town_kind"),
                    models.Index(fields=["industry_code", "kind"], name="subject_by_industry_kind"),
                    models.Index(
                        condition=models.Q(("code_warnings", ""), _negated=True),
                        fields=["id"],
                        name="subject_with_code_warnings",
                    ),
                    models.Index(
                        condition=models.Q(("merged_into__isnull", False)),
                        fields=["merged_into"],
                        name="subject_merged_away",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("credit_code", ""), _negated=True), ("merged_into__isnull", True)
                        ),
                        fields=("credit_code",),
                        name="subject_credit_code_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("public_number", ""), _negated=True),
                        fields=("public_number",),
                        name="subject_public_number_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Specialty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=32, unique=True, verbose_name="代码")),
                ("label", models.CharField(max_length=50, verbose_name="名称")),
            ],
            options={
                "verbose_name": "业务专长",
                "verbose_name_plural": "业务专长",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=32, unique=True, verbose_name="代码")),
                ("label", models.CharField(max_length=50, unique=True, verbose_name="名称")),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("trade", "监管类别"),
                            ("risk", "风险"),
                            ("record", "记录"),
                            ("own", "本局标签"),
                        ],
                        default="own",
                        max_length=10,
                        verbose_name="分组",
                    ),
                ),
                ("meaning", models.CharField(blank=True, max_length=200, verbose_name="含义与依据")),
                ("in_use", models.BooleanField(default=True, verbose_name="在用")),
            ],
            options={
                "verbose_name": "标签",
                "verbose_name_plural": "标签",
                "ordering": ["group", "label"],
            },
        ),
        migrations.CreateModel(
            name="BulkChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("tag", "加标签"),
                            ("untag", "去标签"),
                            ("town", "填写乡镇街道"),
                            ("claim", "认领"),
                        ],
                        max_length=10,
                        verbose_name="办理",
                    ),
                ),
                ("what", models.CharField(blank=True, max_length=100, verbose_name="内容")),
                ("value", models.CharField(blank=True, max_length=100)),
                ("why", models.CharField(max_length=200, verbose_name="理由")),
                ("changed", models.PositiveIntegerField(default=0, verbose_name="改动户数")),
                (
                    "passed_over",
                    models.PositiveIntegerField(default=0, verbose_name="原本如此、没有改动的户数"),
                ),
                ("done_at", models.DateTimeField(verbose_name="办理时间")),
                ("undone_at", models.DateTimeField(null=True, verbose_name="撤销时间")),
                ("undone_why", models.CharField(blank=True, max_length=200, verbose_name="撤销理由")),
                ("left_alone", models.PositiveIntegerField(default=0, verbose_name="撤销时未动的户数")),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
            ],
            options={
                "verbose_name": "批量办理",
                "verbose_name_plural": "批量办理",
                "ordering": ["-done_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "register",
                    models.CharField(
                        choices=[
                            ("subjects", "检查对象"),
                            ("projects", "工程建设项目"),
                            ("inspectors", "执法检查人员"),
                            ("leaves", "离岗安排"),
                            ("recusals", "回避登记"),
                            ("visits", "入企记录"),
                            ("licences", "许可备案"),
                            ("gradings", "信用等级"),
                            ("headcounts", "用工和参保人数"),
                            ("cases", "劳动争议和投诉举报件数"),
                            ("divisions", "行政区划"),
                            ("industries", "行业分类"),
                        ],
                        max_length=20,
                        verbose_name="名录",
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="文件名")),
                ("file", models.CharField(blank=True, editable=False, max_length=200)),
                (
                    "sha256",
                    models.CharField(blank=True, db_index=True, max_length=64, verbose_name="SHA-256"),
                ),
                ("size", models.PositiveBigIntegerField(default=0, verbose_name="大小（字节）")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reading", "正在读取"),
                            ("mapping", "待确认列的含义"),
                            ("staging", "正在核对"),
                            ("ready", "待确认导入"),
                            ("confirming", "正在写入"),
                            ("done", "已导入"),
                            ("cancelled", "已取消"),
                            ("failed", "无法读取"),
                            ("undone", "已撤销"),
                        ],
                        default="reading",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("layout", models.JSONField(default=dict)),
                ("options", models.JSONField(default=dict)),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="行数")),
                ("understood", models.PositiveIntegerField(default=0, verbose_name="看懂的")),
                ("warned", models.PositiveIntegerField(default=0, verbose_name="有提示的")),
                ("refused", models.PositiveIntegerField(default=0, verbose_name="不能导入的")),
                ("created", models.PositiveIntegerField(default=0, verbose_name="新增")),
                ("updated", models.PositiveIntegerField(default=0, verbose_name="更新")),
                ("removed", models.PositiveIntegerField(default=0, verbose_name="移除")),
                ("unchanged", models.PositiveIntegerField(default=0, verbose_name="没有变化")),
                ("skipped", models.PositiveIntegerField(default=0, verbose_name="不导入")),
                ("rows_digest", models.CharField(blank=True, max_length=64, verbose_name="内容摘要")),
                ("message", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                ("job_id", models.BigIntegerField(null=True, verbose_name="后台任务")),
                ("started_at", models.DateTimeField(verbose_name="开始时间")),
                ("changed_at", models.DateTimeField(verbose_name="最近办理时间")),
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
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="导入人",
                    ),
                ),
                (
                    "undoes",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inverses",
                        to="registry.importbatch",
                        verbose_name="撤销哪次导入",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.importsource",
                        verbose_name="来源",
                    ),
                ),
            ],
            options={
                "verbose_name": "导入批次",
                "verbose_name_plural": "导入批次",
                "ordering": ["-started_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Inspector",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="姓名")),
                (
                    "kind",
                    models.CharField(
                        choices=[("certified", "执法人员"), ("expert", "专家"), ("helper", "协助人员")],
                        default="certified",
                        max_length=10,
                        verbose_name="人员类别",
                    ),
                ),
                ("post", models.CharField(blank=True, max_length=50, verbose_name="职务")),
                ("duties", models.CharField(blank=True, max_length=200, verbose_name="岗位职责")),
                (
                    "certificate_number",
                    models.CharField(
                        blank=True,
                        help_text="专家和协助人员没有的留空",
                        max_length=40,
                        verbose_name="执法证件号码",
                    ),
                ),
                ("authority", models.CharField(blank=True, max_length=100, verbose_name="发证机关")),
                (
                    "field",
                    models.CharField(
                        blank=True, help_text="证件载明的类别", max_length=100, verbose_name="执法类别"
                    ),
                ),
                (
                    "territory",
                    models.CharField(
                        blank=True, help_text="证件载明的区域", max_length=100, verbose_name="执法区域"
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="证件有效期自")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="证件有效期至")),
                (
                    "scope",
                    models.CharField(
                        blank=True, help_text="可以检查的事项或行业", max_length=200, verbose_name="岗位权限"
                    ),
                ),
                (
                    "yearly_limit",
                    models.PositiveIntegerField(
                        blank=True, help_text="不限的留空", null=True, verbose_name="每年至多检查户次"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("active", "在岗"),
                            ("suspended", "暂停执法"),
                            ("review", "证件年审未过"),
                            ("left", "离岗"),
                        ],
                        default="active",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="accounts.unit",
                        verbose_name="所在股室",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspector",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登录账号",
                    ),
                ),
                (
                    "specialties",
                    models.ManyToManyField(blank=True, to="registry.specialty", verbose_name="业务专长"),
                ),
            ],
            options={
                "verbose_name": "检查人员",
                "verbose_name_plural": "检查人员",
                "ordering": ["name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("certificate_number", ""), _negated=True),
                        fields=("certificate_number",),
                        name="inspector_certificate_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="inspector_certificate_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "certified"), _negated=True),
                            models.Q(
                                models.Q(("certificate_number", ""), _negated=True),
                                ("valid_from__isnull", False),
                                ("valid_until__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="inspector_certified_has_certificate",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PendingSubject",
            fields=[
                (
                    "subject",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_pending",
                        serialize=False,
                        to="registry.subject",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SubjectText",
            fields=[
                (
                    "subject",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_text",
                        serialize=False,
                        to="registry.subject",
                    ),
                ),
                ("names", models.TextField()),
                ("codes", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                ("moved", models.JSONField(default=dict)),
                ("merged_at", models.DateTimeField(verbose_name="合并时间")),
                ("undone_at", models.DateTimeField(null=True, verbose_name="撤销时间")),
                ("undone_reason", models.CharField(blank=True, max_length=200, verbose_name="撤销理由")),
                (
                    "merged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
                (
                    "gone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_away",
                        to="registry.subject",
                        verbose_name="并入",
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges",
                        to="registry.subject",
                        verbose_name="保留",
                    ),
                ),
            ],
            options={
                "verbose_name": "合并记录",
                "verbose_name_plural": "合并记录",
                "ordering": ["-merged_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Licence",
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
                            ("dispatch", "劳务派遣经营许可"),
                            ("hr_service", "人力资源服务许可"),
                            ("placement", "人力资源服务（职业介绍等）备案"),
                            ("training", "民办职业培训学校办学许可"),
                            ("other", "其他许可、备案"),
                        ],
                        max_length=20,
                        verbose_name="许可种类",
                    ),
                ),
                ("number", models.CharField(max_length=60, verbose_name="证号")),
                ("authority", models.CharField(blank=True, max_length=100, verbose_name="发证机关")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="有效期自")),
                (
                    "valid_until",
                    models.DateField(
                        blank=True, help_text="长期有效的留空", null=True, verbose_name="有效期至"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("valid", "有效"),
                            ("suspended", "暂停"),
                            ("revoked", "吊销、撤销"),
                            ("cancelled", "注销"),
                        ],
                        default="valid",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="licences",
                        to="registry.subject",
                        verbose_name="检查对象",
                    ),
                ),
            ],
            options={
                "verbose_name": "许可备案",
                "verbose_name_plural": "许可备案",
                "ordering": ["kind", "-valid_until", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "number"), name="licence_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="licence_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Headcount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "withdrawn_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="撤回日期"),
                ),
                (
                    "withdrawn_why",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        editable=False,
                        max_length=200,
                        verbose_name="撤回理由",
                    ),
                ),
                ("counted_on", models.DateField(verbose_name="统计日期")),
                ("workers", models.PositiveIntegerField(blank=True, null=True, verbose_name="用工人数")),
                ("insured", models.PositiveIntegerField(blank=True, null=True, verbose_name="参保人数")),
                (
                    "dispatched",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="派遣用工人数"),
                ),
                ("source", models.CharField(max_length=100, verbose_name="来源")),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.importbatch",
                        verbose_name="导入批次",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="headcounts",
                        to="registry.subject",
                        verbose_name="检查对象",
                    ),
                ),
            ],
            options={
                "verbose_name": "人数",
                "verbose_name_plural": "人数",
                "ordering": ["-counted_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject", "counted_on", "source"), name="headcount_once_a_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Grading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "withdrawn_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="撤回日期"),
                ),
                (
                    "withdrawn_why",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        editable=False,
                        max_length=200,
                        verbose_name="撤回理由",
                    ),
                ),
                (
                    "system",
                    models.CharField(
                        choices=[
                            ("hrss", "劳动保障守法诚信等级"),
                            ("market", "企业信用风险分类（市场监管）"),
                            ("dispatch", "劳务派遣单位信用等级"),
                        ],
                        max_length=10,
                        verbose_name="等级体系",
                    ),
                ),
                ("grade", models.CharField(max_length=3, verbose_name="等级")),
                ("year", models.PositiveIntegerField(verbose_name="评价年度")),
                ("graded_on", models.DateField(verbose_name="评定日期")),
                ("source", models.CharField(blank=True, max_length=100, verbose_name="来源")),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.importbatch",
                        verbose_name="导入批次",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gradings",
                        to="registry.subject",
                        verbose_name="检查对象",
                    ),
                ),
            ],
            options={
                "verbose_name": "信用等级",
                "verbose_name_plural": "信用等级",
                "ordering": ["system", "-year", "-graded_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject", "system", "year", "graded_on"), name="grading_once_a_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "withdrawn_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="撤回日期"),
                ),
                (
                    "withdrawn_why",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        editable=False,
                        max_length=200,
                        verbose_name="撤回理由",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="曾用名")),
                ("until", models.DateField(verbose_name="用至")),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.importbatch",
                        verbose_name="导入批次",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="former_names",
                        to="registry.subject",
                        verbose_name="检查对象",
                    ),
                ),
            ],
            options={
                "verbose_name": "曾用名",
                "verbose_name_plural": "曾用名",
                "ordering": ["-until", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "post",
                    models.CharField(
                        choices=[
                            ("legal", "法定代表人、负责人"),
                            ("hr", "人事、劳资负责人"),
                            ("site", "项目现场负责人"),
                            ("other", "其他联系人"),
                        ],
                        default="other",
                        max_length=10,
                        verbose_name="身份",
                    ),
                ),
                (
                    "name",
                    mingcha.base.crypto.fields.EncryptedTextField(
                        blank=True, default="", verbose_name="姓名"
                    ),
                ),
                (
                    "phone",
                    mingcha.base.crypto.fields.EncryptedTextField(
                        blank=True, default="", verbose_name="电话"
                    ),
                ),
                (
                    "phone_index",
                    mingcha.base.crypto.fields.BlindIndexField(
                        blank=True, db_index=True, default="", editable=False, max_length=80, source="phone"
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=100, verbose_name="来源")),
                ("recorded_on", models.DateField(verbose_name="登记日期")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.importbatch",
                        verbose_name="导入批次",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="registry.subject",
                        verbose_name="检查对象",
                    ),
                ),
            ],
            options={
                "verbose_name": "联系人",
                "verbose_name_plural": "联系人",
                "ordering": ["post", "id"],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("pending", "待认领"), ("claimed", "已认领"), ("declined", "不属本局监管")],
                        default="pending",
                        max_length=10,
                        verbose_name="认领状态",
                    ),
                ),
                ("arrived_on", models.DateField(verbose_name="推送日期")),
                ("source", models.CharField(max_length=100, verbose_name="来源")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="办理时间")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="registry.subject",
                        verbose_name="检查对象",
                    ),
                ),
            ],
            options={
                "verbose_name": "认领",
                "verbose_name_plural": "认领",
                "ordering": ["arrived_on", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "pending")),
                        fields=("subject",),
                        name="claim_pending_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "withdrawn_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="撤回日期"),
                ),
                (
                    "withdrawn_why",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        editable=False,
                        max_length=200,
                        verbose_name="撤回理由",
                    ),
                ),
                (
                    "counted_on",
                    models.DateField(
                        help_text="两项件数都是截至这一天的前 12 个月的合计", verbose_name="统计截至"
                    ),
                ),
                (
                    "disputes",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="近12个月劳动争议案件数"),
                ),
                (
                    "complaints",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="近12个月投诉举报件数"),
                ),
                ("source", models.CharField(max_length=100, verbose_name="来源")),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.importbatch",
                        verbose_name="导入批次",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case_counts",
                        to="registry.subject",
                        verbose_name="检查对象",
                    ),
                ),
            ],
            options={
                "verbose_name": "劳动争议和投诉举报件数",
                "verbose_name_plural": "劳动争议和投诉举报件数",
                "ordering": ["-counted_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject", "counted_on", "source"), name="case_count_once_a_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BulkChangeRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.CharField(blank=True, max_length=100)),
                ("kept", models.JSONField(default=dict)),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="registry.bulkchange",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulk_rows",
                        to="registry.subject",
                    ),
                ),
            ],
            options={
                "verbose_name": "批量办理的检查对象",
                "constraints": [models.UniqueConstraint(fields=("change", "subject"), name="bulk_row_once")],
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "permit_number",
                    models.CharField(blank=True, db_index=True, max_length=60, verbose_name="施工许可证号"),
                ),
                ("owner_name", models.CharField(blank=True, max_length=200, verbose_name="建设单位")),
                (
                    "contractor_name",
                    models.CharField(blank=True, max_length=200, verbose_name="施工总承包单位"),
                ),
                ("amount_yuan", models.BigIntegerField(blank=True, null=True, verbose_name="合同造价（元）")),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="开工日期")),
                ("planned_end", models.DateField(blank=True, null=True, verbose_name="计划竣工日期")),
                (
                    "contractor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracted_projects",
                        to="registry.subject",
                        verbose_name="施工总承包单位（名录库）",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_projects",
                        to="registry.subject",
                        verbose_name="建设单位（名录库）",
                    ),
                ),
                (
                    "subject",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="project",
                        to="registry.subject",
                        verbose_name="工程建设项目",
                    ),
                ),
            ],
            options={
                "verbose_name": "工程建设项目信息",
                "verbose_name_plural": "工程建设项目信息",
            },
        ),
        migrations.CreateModel(
            name="Recusal",
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
                            ("family", "近亲属"),
                            ("interest", "投资或任职"),
                            ("former_post", "曾任职"),
                            ("direct_stake", "直接利害关系"),
                            ("other", "其他可能影响公正的关系"),
                        ],
                        max_length=20,
                        verbose_name="回避事由",
                    ),
                ),
                ("basis", models.CharField(max_length=200, verbose_name="说明与依据")),
                ("valid_from", models.DateField(verbose_name="自")),
                (
                    "valid_until",
                    models.DateField(blank=True, help_text="长期有效的留空", null=True, verbose_name="至"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("declared", "待批准"),
                            ("approved", "已批准"),
                            ("rejected", "不予回避"),
                            ("replaced", "已变更"),
                        ],
                        default="declared",
                        editable=False,
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "declared_by",
                    models.CharField(
                        blank=True,
                        help_text="本人申报、企业申请，或由谁提出",
                        max_length=50,
                        verbose_name="申报人",
                    ),
                ),
                ("declared_on", models.DateField(blank=True, null=True, verbose_name="申报日期")),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="批准时间")),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="批准人",
                    ),
                ),
                (
                    "inspector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.inspector",
                        verbose_name="检查人员",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="registry.recusal",
                        verbose_name="变更哪一条",
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
                "verbose_name": "回避登记",
                "verbose_name_plural": "回避登记",
                "ordering": ["-valid_from", "-id"],
            },
        ),
        migrations.CreateModel(
            name="StagedProblem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="序号")),
                ("column", models.CharField(blank=True, max_length=100, verbose_name="列")),
                ("value", models.CharField(blank=True, max_length=200, verbose_name="内容")),
                ("reason", models.CharField(max_length=200, verbose_name="原因")),
                ("group", models.CharField(max_length=200)),
                (
                    "severity",
                    models.CharField(
                        choices=[("warning", "提示"), ("error", "不能导入")],
                        max_length=10,
                        verbose_name="轻重",
                    ),
                ),
                ("accepted", models.BooleanField(default=False, verbose_name="已确认")),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="problems",
                        to="registry.importbatch",
                    ),
                ),
            ],
            options={
                "verbose_name": "核对发现的问题",
                "verbose_name_plural": "核对发现的问题",
                "ordering": ["batch", "position", "id"],
                "indexes": [
                    models.Index(fields=["batch", "severity", "group", "position"], name="problem_by_reason"),
                    models.Index(fields=["batch", "position"], name="problem_by_row"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StagedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="序号")),
                ("sheet", models.CharField(max_length=100, verbose_name="工作表")),
                ("row", models.PositiveIntegerField(verbose_name="行号")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("understood", "看懂的"), ("warned", "有提示的"), ("refused", "不能导入的")],
                        max_length=10,
                        verbose_name="核对结果",
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("create", "新增"),
                            ("update", "更新"),
                            ("same", "没有变化"),
                            ("skip", "不导入"),
                            ("remove", "移除"),
                        ],
                        max_length=10,
                        verbose_name="处理",
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=200, verbose_name="编号")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="名称")),
                ("cells", mingcha.base.crypto.fields.EncryptedTextField(blank=True, default="")),
                ("before", models.JSONField(default=dict)),
                ("target_version", models.PositiveIntegerField(default=0)),
                ("values", models.JSONField(default=dict)),
                ("target_id", models.BigIntegerField(null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="registry.importbatch",
                    ),
                ),
            ],
            options={
                "verbose_name": "导入的行",
                "verbose_name_plural": "导入的行",
                "ordering": ["batch", "position"],
                "indexes": [models.Index(fields=["batch", "key"], name="staged_by_key")],
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "position"), name="staged_row_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="StagedSubject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="序号")),
                ("sheet", models.CharField(max_length=100, verbose_name="工作表")),
                ("row", models.PositiveIntegerField(verbose_name="行号")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("understood", "看懂的"), ("warned", "有提示的"), ("refused", "不能导入的")],
                        max_length=10,
                        verbose_name="核对结果",
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("create", "新增"),
                            ("update", "更新"),
                            ("same", "没有变化"),
                            ("skip", "不导入"),
                            ("remove", "移除"),
                        ],
                        max_length=10,
                        verbose_name="处理",
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=200, verbose_name="编号")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="名称")),
                ("cells", mingcha.base.crypto.fields.EncryptedTextField(blank=True, default="")),
                ("before", models.JSONField(default=dict)),
                ("target_version", models.PositiveIntegerField(default=0)),
                ("kind", models.CharField(blank=True, max_length=20)),
                ("initials", models.CharField(blank=True, max_length=200)),
                ("credit_code", models.CharField(blank=True, max_length=18)),
                ("old_number", models.CharField(blank=True, max_length=32)),
                ("public_number", models.CharField(blank=True, max_length=32)),
                ("code_warnings", models.TextField(blank=True)),
                ("registration", models.CharField(blank=True, max_length=20)),
                ("registered_on", models.DateField(null=True)),
                ("registration_since", models.DateField(null=True)),
                ("legal_form", models.CharField(blank=True, max_length=100)),
                ("capital_text", models.CharField(blank=True, max_length=100)),
                ("capital_yuan", models.BigIntegerField(null=True)),
                ("scope", models.TextField(blank=True)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("division_code", models.CharField(blank=True, max_length=12)),
                ("town", models.CharField(blank=True, max_length=50)),
                ("industry_code", models.CharField(blank=True, max_length=5)),
                ("workers", models.PositiveIntegerField(null=True)),
                ("insured", models.PositiveIntegerField(null=True)),
                ("dispatched", models.PositiveIntegerField(null=True)),
                ("counted_on", models.DateField(null=True)),
                ("grade_hrss", models.CharField(blank=True, max_length=3)),
                ("grade_market", models.CharField(blank=True, max_length=3)),
                ("grade_dispatch", models.CharField(blank=True, max_length=3)),
                ("former_name", models.CharField(blank=True, max_length=200)),
                ("tags", models.CharField(blank=True, max_length=300)),
                ("contact_name", mingcha.registry.models.staged.ForContact(blank=True, default="")),
                ("contact_phone", mingcha.registry.models.staged.ForContact(blank=True, default="")),
                ("contact_phone_index", models.CharField(blank=True, max_length=80)),
                ("has_contact", models.BooleanField(default=False)),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="registry.importbatch",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.subject",
                    ),
                ),
            ],
            options={
                "verbose_name": "导入的检查对象",
                "verbose_name_plural": "导入的检查对象",
                "ordering": ["batch", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "position"), name="staged_subject_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Suspicion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reasons", models.CharField(max_length=60, verbose_name="相似之处")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "待核对"), ("merged", "已合并"), ("distinct", "不是同一户")],
                        default="open",
                        max_length=10,
                        verbose_name="核对结果",
                    ),
                ),
                ("found_at", models.DateTimeField(verbose_name="发现时间")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="核对时间")),
                (
                    "decision",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="核对说明"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="核对人",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.subject",
                        verbose_name="先录入的",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.subject",
                        verbose_name="后录入的",
                    ),
                ),
            ],
            options={
                "verbose_name": "疑似重复",
                "verbose_name_plural": "疑似重复",
                "ordering": ["found_at", "id"],
                "constraints": [models.UniqueConstraint(fields=("first", "second"), name="suspicion_once")],
            },
        ),
        migrations.CreateModel(
            name="SubjectTag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(verbose_name="自")),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.importbatch",
                        verbose_name="导入批次",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subject_tags",
                        to="registry.subject",
                        verbose_name="检查对象",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subject_tags",
                        to="registry.tag",
                        verbose_name="标签",
                    ),
                ),
            ],
            options={
                "verbose_name": "对象标签",
                "verbose_name_plural": "对象标签",
                "ordering": ["tag__label"],
                "constraints": [models.UniqueConstraint(fields=("subject", "tag"), name="subject_tag_once")],
            },
        ),
        migrations.CreateModel(
            name="Violation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "withdrawn_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="撤回日期"),
                ),
                (
                    "withdrawn_why",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        editable=False,
                        max_length=200,
                        verbose_name="撤回理由",
                    ),
                ),
                ("decided_on", models.DateField(verbose_name="日期")),
                (
                    "handling",
                    models.CharField(
                        choices=[
                            ("order", "责令改正"),
                            ("decision", "行政处理"),
                            ("penalty", "行政处罚"),
                            ("referral", "移送"),
                            ("listed", "列入失信名单"),
                        ],
                        max_length=10,
                        verbose_name="处理",
                    ),
                ),
                ("what", models.CharField(max_length=300, verbose_name="违法事实")),
                ("article", models.CharField(blank=True, max_length=200, verbose_name="违反条款")),
                ("document_number", models.CharField(blank=True, max_length=80, verbose_name="文书号")),
                ("authority", models.CharField(blank=True, max_length=100, verbose_name="作出机关")),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="履行完毕日期")),
                ("source", models.CharField(blank=True, max_length=100, verbose_name="来源")),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="violations",
                        to="registry.subject",
                        verbose_name="检查对象",
                    ),
                ),
            ],
            options={
                "verbose_name": "违法违规记录",
                "verbose_name_plural": "违法违规记录",
                "ordering": ["-decided_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("visited_on", models.DateField(verbose_name="日期")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("routine", "日常检查"),
                            ("case", "个案检查"),
                            ("special", "专项检查"),
                            ("other", "非执法入企（调研、督导、观摩）"),
                        ],
                        default="routine",
                        max_length=10,
                        verbose_name="检查类型",
                    ),
                ),
                (
                    "manner",
                    models.CharField(
                        choices=[("on_site", "现场"), ("off_site", "非现场")],
                        default="on_site",
                        max_length=10,
                        verbose_name="检查方式",
                    ),
                ),
                (
                    "unit_name",
                    models.CharField(help_text="股室，或其他部门", max_length=100, verbose_name="检查部门"),
                ),
                ("own_bureau", models.BooleanField(default=True, verbose_name="本局检查")),
                (
                    "together",
                    models.CharField(
                        blank=True,
                        help_text="几个股室或部门同去的填同一个编号，算一次",
                        max_length=60,
                        verbose_name="联合检查编号",
                    ),
                ),
                (
                    "plan_task",
                    models.CharField(
                        blank=True,
                        help_text="属于年度计划任务的，计划完成情况据此统计",
                        max_length=60,
                        verbose_name="计划任务",
                    ),
                ),
                ("items", models.CharField(blank=True, max_length=300, verbose_name="检查事项")),
                ("outcome", models.CharField(blank=True, max_length=200, verbose_name="检查结果")),
                ("document_number", models.CharField(blank=True, max_length=80, verbose_name="文书号")),
                (
                    "exempt_reason",
                    models.CharField(
                        blank=True,
                        help_text="例如投诉举报、上级交办、企业申请",
                        max_length=100,
                        verbose_name="不计入频次上限的理由",
                    ),
                ),
                ("counts", models.BooleanField(default=True, editable=False, verbose_name="计入频次上限")),
                ("recorded_at", models.DateTimeField(editable=False, verbose_name="录入时间")),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.importsource",
                        verbose_name="来源",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="registry.subject",
                        verbose_name="检查对象",
                    ),
                ),
            ],
            options={
                "verbose_name": "入企记录",
                "verbose_name_plural": "入企记录",
                "ordering": ["-visited_on", "-id"],
                "indexes": [models.Index(fields=["visited_on", "subject"], name="visit_by_day")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject", "visited_on", "unit_name", "items"), name="visit_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ColumnMeaning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("register", models.CharField(max_length=20, verbose_name="名录")),
                ("heading", models.CharField(max_length=100, verbose_name="列名")),
                ("field", models.CharField(blank=True, max_length=40, verbose_name="含义")),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meanings",
                        to="registry.importsource",
                    ),
                ),
            ],
            options={
                "verbose_name": "列的含义",
                "verbose_name_plural": "列的含义",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "register", "heading"), name="column_meaning_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Leave",
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
                            ("leave", "休假"),
                            ("training", "培训学习"),
                            ("seconded", "借调、抽调"),
                            ("other", "其他"),
                        ],
                        default="leave",
                        max_length=10,
                        verbose_name="种类",
                    ),
                ),
                ("first_day", models.DateField(verbose_name="自")),
                ("last_day", models.DateField(verbose_name="至")),
                ("cancelled_on", models.DateField(blank=True, null=True, verbose_name="取消日期")),
                (
                    "inspector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaves",
                        to="registry.inspector",
                        verbose_name="检查人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "离岗安排",
                "verbose_name_plural": "离岗安排",
                "ordering": ["-first_day", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="leave_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.RunPython(make_keys, unmake_keys),
    ]
