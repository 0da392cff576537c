"""The files for Prometheus and Grafana: every metric in them is one that a relayer or `jamjar metrics` has.

When promtool reads them                    the rules are whole, each alert comes when it should, every query is one
Given a relayer, and all that is measured   what rules and dashboard name is there, and each metric is in one of them
Grafana itself is in no registry that this project installs from: its file's form is checked, and each query in it.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from jamjar.cli.metrics import HELP
from jamjar.relayer.metrics import Metrics
from jamjar.relayer.queue import Queue

DEPLOY = Path(__file__).parents[2] / "deploy"
RULES, CASES = (DEPLOY / "prometheus" / f"jamjar.{name}.yml" for name in ("rules", "test"))
DASHBOARD: dict[str, Any] = json.loads((DEPLOY / "grafana" / "jamjar.json").read_text(encoding="utf-8"))
PANELS: list[dict[str, Any]] = DASHBOARD["panels"]
QUERIES = [target["expr"] for panel in PANELS for target in panel.get("targets", [])]
ALERTS = re.findall(r"- alert: (\w+)", RULES.read_text(encoding="utf-8"))
METRIC = re.compile(r"\bjamjar_[a-z_]+")


def promtool(*words: object) -> str:
    program = shutil.which("promtool")
    if program is None:
        pytest.skip("promtool is not installed: apt-get install -y prometheus")
    done = subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def the_metrics(folder: Path) -> set[str]:
    """The names of all metrics that a relayer and `jamjar metrics` have."""
    queue = Queue(f"sqlite:///{folder / 'relayer.db'}")
    page = Metrics(queue, lambda: 0.0).page().decode()
    queue.close()
    return set(HELP) | set(re.findall(r"^# TYPE (\w+)", page, re.MULTILINE))


def named(text: str) -> set[str]:
    """The metrics that a text names, a histogram's without its suffix."""
    return {re.sub("_(bucket|count|sum)$", "", name) for name in METRIC.findall(text)}


def test_the_rules_are_whole() -> None:
    assert f"SUCCESS: {len(ALERTS)} rules found" in promtool("check", "rules", RULES)


def test_each_alert_comes_when_it_should() -> None:
    assert "SUCCESS" in promtool("test", "rules", CASES)


def test_each_alert_is_tried_both_ways() -> None:
    cases = CASES.read_text(encoding="utf-8")
    assert ALERTS
    for alert in ALERTS:
        assert f"alertname: {alert}, exp_alerts: []" in cases
        assert re.search(rf"alertname: {alert}\n +exp_alerts:\n +- exp_labels", cases)


def test_each_query_of_the_dashboard_is_one(tmp_path: Path) -> None:
    rules = [{"record": f"query_{place}", "expr": query} for place, query in enumerate(QUERIES)]
    file = tmp_path / "queries.yml"
    file.write_text(json.dumps({"groups": [{"name": "queries", "rules": rules}]}))
    assert f"SUCCESS: {len(QUERIES)} rules found" in promtool("check", "rules", file)


def test_every_metric_is_there(tmp_path: Path) -> None:
    rules = [line for line in RULES.read_text(encoding="utf-8").splitlines() if " expr: " in line]
    used = named("\n".join([*rules, *QUERIES]))
    assert used <= the_metrics(tmp_path)
    assert set(HELP) <= used


def test_the_dashboard_has_the_form_of_one() -> None:
    assert DASHBOARD["schemaVersion"] >= 36
    assert len({panel["id"] for panel in PANELS}) == len(PANELS)
    for panel in PANELS:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        if panel["type"] != "row":
            assert panel["targets"]
            assert panel["title"]
            assert panel["description"]
            assert panel["datasource"] == {"type": "prometheus", "uid": "${source}"}
