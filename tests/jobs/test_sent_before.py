"""Parts that have gone in as parts of other jobs: nothing is skipped in silence, and nothing is sent again unsaid."""

from memory_imports.errors import Problem
from memory_imports.jobs import Journal, sent_before
from tests.jobs.bench import COLUMNS, Bench, of_rows


def warned(bench: Bench) -> list[Problem]:
    """Return what is said before the job is run."""
    with bench.planned() as plan, Journal(bench.journal) as journal:
        return sent_before(bench.client, plan, journal)


def test_a_part_that_went_in_with_other_files_is_warned_of(bench: Bench) -> None:
    """Before anything is sent, and again in the result: which rows, when, and as which import."""
    (first,) = bench.run().parts
    assert [] == warned(bench)  # by the same job it is not sent again
    text = bench.file.read_text()
    bench.rules = of_rows(2)
    bench.file.write_text(text + "cyd@example.com,Cyd\n")
    (warning,) = warned(bench)
    assert ("sent_before", "warning", str(bench.file), 1) == (
        warning.code,
        warning.severity,
        warning.file,
        warning.row,
    )
    assert warning.message.startswith("rows 1 to 2 went in already on 20")
    assert warning.message.endswith(
        f" UTC as {first.import_id}, in a run of other files or of another version of them; they are sent again."
    )
    result = bench.run()
    assert (warning,) == result.problems
    assert 3 == len(bench.imports())


def test_other_mappings_send_something_else(bench: Bench) -> None:
    """The same bytes put elsewhere are no repetition."""
    bench.run()
    bench.columns = {**COLUMNS, "name": "Contact.lastName"}
    assert [] == warned(bench)


def test_what_did_not_go_in_is_not_warned_of(bench: Bench) -> None:
    """Nothing of it is there twice."""
    job = bench.job()
    with bench.planned() as plan, Journal(bench.journal) as journal:
        journal.begin(job, ["another"] * len(plan.parts))
    bench.file.write_text(bench.file.read_text() + "cyd@example.com,Cyd\n")
    assert [] == warned(bench)


def test_what_is_meant_is_not_warned_of(bench: Bench) -> None:
    """`fresh` says that everything is to be sent again."""
    bench.run()
    assert () == bench.run(fresh=True).problems
