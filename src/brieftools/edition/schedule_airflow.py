"""A DAG of one task for Airflow 2 and 3."""

from __future__ import annotations

from brieftools.edition.timed import Timed
from brieftools.errors import SpecError

_DAG = '''\
"""{slug}: {when}.

Save in Airflow's dags folder. The worker needs the project's folder and brieftools; output is in the task's log.
"""

from __future__ import annotations

import logging
import os
import subprocess
from datetime import timedelta

import pendulum
from airflow.timetables.trigger import CronTriggerTimetable

try:  # Airflow 3
    from airflow.providers.standard.operators.bash import BashOperator
    from airflow.sdk import DAG
except ImportError:  # Airflow 2
    from airflow import DAG
    from airflow.operators.bash import BashOperator

NOTICE = {notice!r}  # a command for sh; None: the failure is only logged


def tell(context):
    """Say that a run failed."""
    said = "brief run-due {slug} failed: " + str(context.get("exception"))
    logging.getLogger(__name__).error(said)
    if NOTICE is not None:
        environment = os.environ | {{"BRIEF_SLUG": {slug!r}, "BRIEF_EXIT": "unknown"}}
        subprocess.run(["/bin/sh", "-c", NOTICE], input=said + "\\n", text=True, env=environment, timeout=300, check=True)


with DAG(
    dag_id={dag_id!r},
    schedule=CronTriggerTimetable("0 {hour} * * {weekday}", timezone={timezone!r}),
    start_date=pendulum.datetime(2020, 1, 1, tz={timezone!r}),
    catchup=False,  # run-due itself makes up for what was missed
    max_active_runs=1,
    tags=["brieftools"],
) as dag:
    BashOperator(
        task_id="run_due",
        bash_command='cd -- "$BRIEF_PROJECT" && "$BRIEF_COMMAND" run-due "$BRIEF_SLUG" --json',
        env={{
            "BRIEF_PROJECT": {project!r},
            "BRIEF_COMMAND": {command!r},
            "BRIEF_SLUG": {slug!r},
        }},
        append_env=True,
        retries=1,
        retry_delay=timedelta(hours=1),
        on_failure_callback=tell,
    )
'''


def dag(timed: Timed) -> dict[str, str]:
    """Return the file.

    Raises
    ------
    SpecError
        A path that Airflow would take for a template.
    """
    for given in (timed.project, timed.command):
        if any(mark in given for mark in ("{{", "{%", "{#")) or given.endswith((".sh", ".bash")):
            raise SpecError(f"Airflow would read this path as a template: {given!r}", do="rename the folder")
    text = _DAG.format(
        slug=timed.slug,
        dag_id=f"brief_{timed.slug}",
        when=timed.when,
        notice=timed.notice,
        hour=timed.hour,
        weekday=(timed.weekday + 1) % 7,  # 0 is Sunday there
        timezone=timed.timezone,
        project=timed.project,
        command=timed.command,
    )
    return {f"brief_{timed.slug.replace('-', '_')}.py": text}
