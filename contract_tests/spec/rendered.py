"""Three reports in every format, word for word, as `rendered/` holds them.

`python -m spec.rendered` writes the files anew; read the difference before it is kept.
"""

from pathlib import Path

from memory_imports_contract import FORMATS, Change, Finding, LiveReport, Severity, SpecReport, render

FOLDER = Path(__file__).with_name("rendered")
REPORTS: dict[str, SpecReport | LiveReport] = {
    "spec": SpecReport(
        (
            Change(
                "maximum-lowered",
                Severity.BREAKING,
                "CreateX, FetchX",
                "/a/b",
                2,
                {"x": "\u00e9"},
                "It [fell]: a,b 50%.",
            ),
            Change("property-added", Severity.COMPATIBLE, "FetchX", "", None, "`tick`", "New."),
            Change("words-changed", Severity.NOTE, "ListX", "/w|`", "a" * 298, "b" * 299, "Words \\ differ."),
        )
    ),
    "live": LiveReport(
        (
            Finding("echo-differs", "FetchX, ListX", "/answer/body", "Other.", "curl -i\n200 {}"),
            Finding("no-answer", "CreateX", "`x", "Lost.", ""),
        ),
        {"CreateX": 1, "FetchX": 3, "ListX": 2, "upload": 1},
        1,
        1.25,
    ),
    "clean": LiveReport((), {}, 2, 0.0),
}
FILES = {f"{name}.{form}": (name, form) for name in REPORTS for form in FORMATS}
"""Which report is in which format in which file."""


def rendered(file: str) -> str:
    """What the file has to hold."""
    name, form = FILES[file]
    return render(REPORTS[name], form)


def main() -> None:
    """Writes the files."""
    FOLDER.mkdir(exist_ok=True)
    for file in FILES:
        (FOLDER / file).write_text(rendered(file), encoding="utf-8")


if __name__ == "__main__":
    main()
