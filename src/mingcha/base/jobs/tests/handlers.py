"""Handlers that only tests use; a subprocess imports this module to know them too."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

from mingcha.base.jobs.context import JobContext, JobFailed
from mingcha.base.jobs.registry import job, periodic
from mingcha.kernel.refusal import Refusal, Refused

#: What the handlers did, in this process.
done: list[tuple[str, object]] = []


@job("test.note", label="记一笔")
def note(ctx: JobContext, *, value: int = 0) -> dict[str, object]:
    done.append(("note", value))
    return {"summary": "记好了", "value": value}


@job("test.fault", label="出错")
def fault(ctx: JobContext) -> None:
    done.append(("fault", ctx.attempt))
    raise ZeroDivisionError("王小明 13800000000")


@job("test.hopeless", label="做不了")
def hopeless(ctx: JobContext) -> None:
    raise JobFailed("文件里没有“名称”一列，请补上后重新导入")


@job("test.refused", label="被拒绝")
def refused(ctx: JobContext, *, filled: bool) -> None:
    params = {"who": "王小明"} if filled else {}
    who = "%(who)s" if filled else "检查人员"
    raise Refused(Refusal("test.no", f"{who}没有资格", "条例第九条", "请另选一人", params))


@job("test.unstorable", label="结果不能保存")
def unstorable(ctx: JobContext) -> dict[str, object]:
    return {"value": object()}


@job("test.steps", label="分步")
def steps(ctx: JobContext, *, folder: str, count: int) -> None:
    """Write a file for each step, slowly; a step that is written already is left alone."""
    for step in range(1, count + 1):
        ctx.check_cancelled()
        with (Path(folder) / "calls").open("a") as calls:
            calls.write(f"{ctx.attempt}:{step}\n")
        (Path(folder) / f"step-{step}").touch()
        ctx.progress(step, count, f"第 {step} 步")
        time.sleep(0.1)
    with (Path(folder) / "ends").open("a") as ends:
        ends.write(f"{ctx.attempt}\n")


@job("test.stubborn", label="停不下来")
def stubborn(ctx: JobContext, *, folder: str) -> None:
    """Never asks whether it should stop."""
    (Path(folder) / "begun").touch()
    for _ in range(600):
        time.sleep(0.1)


@periodic("test.daily", label="每天一次", daily_at="00:05")
def daily(ctx: JobContext) -> None:
    done.append(("daily", ctx.job_id))


@periodic("test.often", label="每五分钟", every=timedelta(minutes=5))
def often(ctx: JobContext) -> None:
    done.append(("often", ctx.job_id))
