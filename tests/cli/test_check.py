"""``govgraph check`` from the outside: contract, exit codes, languages, selection."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

from benchmarks.national.planted import CASE as PLANTED
from benchmarks.national.planted import write_planted
from govgraph.store.bulk import load_tables

if TYPE_CHECKING:
    from tests.cli.conftest import Run

CASE = "园区带街"
RULE_KEYS = {"id", "severity", "title", "status", "evaluated", "violations", "undetermined"}
FINDING_KEYS = {
    "rule", "severity", "status", "fingerprint", "message", "subjects", "relations", "evidence", "location", "remedy",
}  # fmt: skip
CLEAN = "meta: {id: clean}\norganizations:\n  - {name: 某区, kind: 区, place: 某区}\n"


def test_json_has_every_key_of_the_contract(govgraph: Run) -> None:
    """The JSON of a check has the documented keys, and each finding names its rule, place and evidence."""
    report = json.loads(govgraph("check", CASE, "--format", "json").out)
    assert set(report) >= {"version", "case", "as_of", "reform", "rules", "findings"}
    assert report["version"] == 1
    assert report["case"] == CASE
    assert all(set(rule) >= RULE_KEYS for rule in report["rules"])
    assert report["findings"]
    for finding in report["findings"]:
        assert set(finding) >= FINDING_KEYS
        assert finding["subjects"][0].keys() == {"id", "name", "kind"}
        assert finding["location"]["file"] == f"data/{CASE}/case.yaml"
        assert finding["evidence"], finding["message"]
    counted = sum(rule["violations"] + rule["undetermined"] for rule in report["rules"])
    assert counted == len(report["findings"])


def test_json_validates_against_the_published_schema(govgraph: Run) -> None:
    """The schema in docs/ is the contract: what check writes validates against it."""
    schema = json.loads((Path(__file__).parents[2] / "docs" / "check.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(govgraph("check", CASE, "--format", "json").out), schema)


def test_two_runs_give_the_same_bytes(govgraph: Run) -> None:
    """The same input gives the same bytes."""
    first, second = (govgraph("check", CASE, "--format", "json").out for _ in range(2))
    assert first == second


def test_languages_differ_only_in_texts(govgraph: Run) -> None:
    """Chinese and English reports are equal but for titles, messages and remedies."""

    def bare(language: str) -> object:
        report = json.loads(govgraph("check", CASE, "--format", "json", "--lang", language).out)
        for entry in (*report["rules"], *report["findings"]):
            for key in ("title", "message", "remedy"):
                entry.pop(key, None)
        return report

    assert bare("zh") == bare("en")


@pytest.mark.parametrize(("level", "code"), [("error", 1), ("warning", 1), ("note", 1), ("never", 0)])
def test_exit_code_follows_fail_on(govgraph: Run, level: str, code: int) -> None:
    """Findings at or above ``--fail-on`` give exit code 1, in either format."""
    assert govgraph("check", CASE, "--fail-on", level).code == code
    assert govgraph("check", CASE, "--fail-on", level, "--format", "json").code == code


def test_a_clean_case_exits_with_0(govgraph: Run, tmp_path: Path) -> None:
    """A case without findings is clean, and the rules that saw nothing are not applicable, not passed."""
    (tmp_path / "case.yaml").write_text(CLEAN, encoding="utf-8")
    outcome = govgraph("check", str(tmp_path), "--format", "json", "--fail-on", "note")
    assert outcome.code == 0
    report = json.loads(outcome.out)
    assert report["findings"] == []
    assert {rule["status"] for rule in report["rules"] if not rule["evaluated"]} == {"not_applicable"}


def test_the_text_report_prints_each_claim_with_its_quote(govgraph: Run) -> None:
    """The console report shows rule, count, message, fingerprint, quote and place."""
    out = govgraph("check", CASE, "--lang", "zh", "--select", "reporting/unrecognized-transfer").out
    assert "reporting/unrecognized-transfer" in out
    assert "“市财政局、统计局、人事局”" in out
    assert f"data/{CASE}/case.yaml:" in out


def test_the_text_report_says_how_many_findings_it_leaves_out(govgraph: Run, tmp_path: Path) -> None:
    """A rule with many findings shows the first ones and counts the rest; --verbose shows all."""
    duties = "\n".join(f"  - {{name: 事{n}, kind: 职责, clarity: 不清}}" for n in range(25))
    (tmp_path / "case.yaml").write_text(f"{CLEAN}duties:\n{duties}\n", encoding="utf-8")
    short = govgraph("check", str(tmp_path), "--lang", "en", "--select", "duty/unclear").out
    assert "and 5 more" in short
    assert short.count("✗") == 20
    assert govgraph("check", str(tmp_path), "--verbose", "--select", "duty/unclear").out.count("✗") == 25


def test_selection_by_category_pattern_and_name(govgraph: Run) -> None:
    """``--select`` and ``--ignore`` take ids, last parts, categories and patterns."""

    def rules(*arguments: str) -> set[str]:
        report = json.loads(govgraph("check", CASE, "--format", "json", *arguments).out)
        return {rule["id"] for rule in report["rules"]}

    assert rules("--select", "funding") == {rule for rule in rules() if rule.startswith("funding/")}
    assert rules("--select", "dual-reporting") == {"reporting/dual-reporting"}
    assert rules("--ignore", "duty/*") == {rule for rule in rules() if not rule.startswith("duty/")}


def test_an_unknown_rule_is_answered_with_its_neighbours(govgraph: Run) -> None:
    """A selection that matches nothing is bad usage, with a suggestion."""
    outcome = govgraph("check", CASE, "--select", "dual-reportin")
    assert outcome.code == 2
    assert "reporting/dual-reporting" in outcome.err


def test_severity_can_be_changed(govgraph: Run) -> None:
    """``--severity RULE=LEVEL`` changes what fails."""
    arguments = ("check", CASE, "--select", "dual-reporting")
    assert govgraph(*arguments).code == 1
    assert govgraph(*arguments, "--severity", "dual-reporting=note").code == 0
    assert govgraph(*arguments, "--severity", "dual-reporting=grave").code == 2


def test_source_and_store_exclude_each_other(govgraph: Run) -> None:
    """SOURCE and --store cannot both be given, nor neither."""
    assert govgraph("check").code == 2
    assert govgraph("check", CASE, "--store", "x.db").code == 2


def test_a_store_that_is_away_is_an_environment_failure(govgraph: Run, tmp_path: Path) -> None:
    """A missing embedded store exits with 3 and says how to make one."""
    outcome = govgraph("check", "--store", str(tmp_path / "none.db"))
    assert outcome.code == 3
    assert "govgraph load" in outcome.err


def test_a_loaded_store_gives_the_findings_of_the_file(govgraph: Run, tmp_path: Path) -> None:
    """Checking a case in a store on disk gives the same bytes as checking its file."""
    store = str(tmp_path / "city.db")
    assert govgraph("load", CASE, "--store", store).code == 0
    assert (
        govgraph("check", "--store", store, "--format", "json").out == govgraph("check", CASE, "--format", "json").out
    )


def test_as_of_checks_the_state_of_that_day(govgraph: Run) -> None:
    """Before the arrangement began, what it set up was not there to be found."""
    before = json.loads(govgraph("check", CASE, "--format", "json", "--as-of", "2008").out)
    now = json.loads(govgraph("check", CASE, "--format", "json").out)
    assert before["as_of"] == "2008"
    gone = {f["rule"] for f in now["findings"]} - {f["rule"] for f in before["findings"]}
    assert {"funding/payment-detour", "reporting/unrecognized-transfer"} <= gone


def test_a_wrong_date_is_refused(govgraph: Run) -> None:
    """``--as-of`` takes partial dates only."""
    outcome = govgraph("check", CASE, "--as-of", "2009-13")
    assert outcome.code == 2
    assert "2009-09-01" in outcome.err


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of tables with 600 findings in six provinces, and a case without codes beside it."""
    folder = tmp_path_factory.mktemp("large")
    write_planted(folder / "tables", 600)
    load_tables(folder / "tables", folder / "store.duckdb", PLANTED)
    return folder / "store.duckdb"


def test_many_findings_end_with_their_numbers_and_what_to_ask_next(govgraph: Run, large: Path) -> None:
    """A large check shows the first findings of a rule with their relations, then counts by rule and by place."""
    outcome = govgraph("check", "--store", str(large), "--select", "duty", "--lang", "en")
    lines = outcome.out.splitlines()
    assert outcome.code == 1
    assert sum(line.startswith("  ✗") for line in lines) == 10
    assert lines.count("  … and 295 more") == 2
    assert "findings: error 600, warning 0, note 0, undetermined 0" in lines[-3]
    assert lines[lines.index("By rule") :] == [
        "By rule",
        "  violated  undetermined  severity  rule",
        "       300             0  error     duty/ownerless  Ownerless duty",
        "       300             0  error     duty/unclear  Unclear duty",
        "",
        "By place (province)",
        "  120  11",
        "  120  32",
        "  120  41",
        "  120  44",
        "   60  51",
        "   60  65",
        "",
        lines[-3],
        f"one place (110101, 120 findings): govgraph check --store {large} --scope 110101",
        f"all findings into a file: govgraph check --store {large} --format jsonl -o findings.jsonl",
    ]


def test_findings_of_relations_without_quotes_show_the_relations(govgraph: Run, tmp_path: Path) -> None:
    """Where nothing is quoted, a finding shows the relations that it rests on, with the names of their ends."""
    (tmp_path / "case.yaml").write_text(
        f"{CLEAN}duties:\n  - {{name: 事, kind: 职责}}\nrelations:\n"
        "  - {from: 某区, type: 主责, to: 事, clarity: 争议}\n",
        encoding="utf-8",
    )
    out = govgraph("check", str(tmp_path), "--select", "duty/unclear").out
    assert "      某区 -主责-> 事  clean/某区-主责->事" in out.splitlines()


def test_a_store_streams_into_a_file_and_the_console_has_the_numbers(
    govgraph: Run, large: Path, tmp_path: Path
) -> None:
    """The file has every finding; the exit code and the numbers are those of the ordinary check."""
    target = tmp_path / "found.jsonl"
    arguments = ("check", "--store", str(large), "--select", "duty", "--format", "jsonl", "-o", str(target))
    outcome = govgraph(*arguments, "--lang", "zh")
    assert outcome.code == 1
    assert len(target.read_text(encoding="utf-8").splitlines()) == 600
    assert outcome.out.splitlines()[:4] == [
        "按规则",
        "  不符  待查  程度  规则",
        "   300     0  错误  duty/ownerless  无主",
        "   300     0  错误  duty/unclear  责任不清",
    ]
    assert "按地方（省）" in outcome.out
    assert govgraph(*arguments, "--fail-on", "never").code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        (CASE, "--format", "jsonl", "-o", "x"),
        ("--store", "s", "--format", "csv"),
        ("--store", "s", "--format", "csv", "-o", "x", "--scope", "32"),
        ("--store", "s", "--format", "csv", "-o", "x", "--suppressions", "y.yaml"),
    ],
)
def test_what_does_not_stream_is_refused(govgraph: Run, arguments: tuple[str, ...]) -> None:
    """A streamed format wants a whole store and a file, and takes no baseline or suppressions."""
    outcome = govgraph("check", *arguments)
    assert outcome.code == 2
    assert "jsonl" in outcome.err or "csv" in outcome.err
