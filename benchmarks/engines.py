"""What the benchmark of `check` runs: our command, the parsers of others, and our checks as they would do them.

Each is Python code for a process of its own, given FILE and ROWS.
"""

COLUMNS = {"email": "email", "phone": "phone", "first_name": "firstName", "last_name": "lastName", "city": "city"}
MAPPED = [word for column, trait in COLUMNS.items() for word in ("--map", f"{column}=Contact.{trait}")]

COMMAND = f"""
import sys
from memory_imports.cli import main
sys.argv = ["memory-imports", "check", FILE, "--blank", "overwrite", "--quiet", *{MAPPED!r}]
assert not main()
"""
PLAN = COMMAND.replace('"check"', '"plan"')
PLAIN = "import sys; sys.modules['numpy'] = None\n" + COMMAND
LOADED = "import memory_imports.cli.parser, memory_imports.cli"

# What comes before the first answer, and each byte read once; then also where cells may end, which is no check yet.
FLOOR = f"""
import os
os.environ["OPENBLAS_NUM_THREADS"] = "1"
{LOADED}, numpy
with open(FILE, "rb", buffering=0) as stream:
    while text := stream.read(1 << 20):
        found(text)
"""
NOTHING = f"found = len{FLOOR}"
ENDS = f"""
def found(text):
    data = numpy.frombuffer(text, numpy.uint8)
    return numpy.flatnonzero((data == ord(",")) | (data == ord("\\n")) | (data == ord('"')))
{FLOOR}"""

CSV_READER = """
import csv
with open(FILE, newline="", encoding="utf-8") as stream:
    assert sum(1 for _ in csv.reader(stream)) == ROWS + 1
"""
POLARS = f"""
import polars
assert polars.read_csv(FILE, infer_schema=False, columns={list(COLUMNS)!r}).height == ROWS
"""
PYARROW = f"""
from pyarrow import csv, string
columns = {list(COLUMNS)!r}
options = csv.ConvertOptions(column_types=dict.fromkeys(columns, string()), include_columns=columns)
assert csv.read_csv(FILE, convert_options=options, parse_options=csv.ParseOptions(newlines_in_values=True))
"""
DUCKDB = f"""
import duckdb
counts = ", ".join(f"count({{column}})" for column in {list(COLUMNS)!r})
assert duckdb.sql(f"SELECT count(*), {{counts}} FROM read_csv('{{FILE}}', all_varchar=true)").fetchall()[0][0] == ROWS
"""  # noqa: S608 - of our own

# The same questions that `check` asks of every cell: is it blank, too long, unclear, an email, a phone, there before?
_EMAIL = r"""^[^\s@<>,;:"()\[\]\\]+@[^\s@<>,;:"()\[\]\\.][^\s@<>,;:"()\[\]\\]*$"""
_PHONE = r"^\+[1-9][0-9]{6,14}$"
_UNCLEAR = r"[^\x00-\x{024f}\x{0300}-\x{036f}\x{1e00}-\x{1eff}]"
_TOLD = f"EMAIL, PHONE, UNCLEAR = {_EMAIL!r}, {_PHONE!r}, {_UNCLEAR!r}\nCOLUMNS = {list(COLUMNS)!r}\n"

POLARS_CHECKS = f"""{_TOLD}
import polars
from polars import col
table = polars.read_csv(FILE, infer_schema=False, columns=COLUMNS)
assert table.select(
    col("email").str.contains(EMAIL).sum().alias("emails"),
    col("phone").str.contains(PHONE).sum().alias("phones"),
    *((col(name).str.strip_chars() == "").sum().alias(name + " blank") for name in COLUMNS),
    *(col(name).str.len_chars().max().alias(name + " longest") for name in COLUMNS),
    *(col(name).str.contains(UNCLEAR).sum().alias(name + " unclear") for name in COLUMNS),
    *(col(name).str.to_lowercase().hash(1).is_duplicated().sum().alias(name + " again") for name in COLUMNS[:2]),
).height
"""
PYARROW_CHECKS = f"""{_TOLD}{PYARROW.replace("assert ", "table = ").replace("columns =", "columns = COLUMNS #")}
from pyarrow import compute
compute.sum(compute.match_substring_regex(table["email"], EMAIL))
compute.sum(compute.match_substring_regex(table["phone"], PHONE))
for name in COLUMNS:
    compute.sum(compute.equal(compute.utf8_trim_whitespace(table[name]), ""))
    compute.max(compute.utf8_length(table[name]))
    compute.sum(compute.match_substring_regex(table[name], UNCLEAR))
for name in COLUMNS[:2]:
    compute.count_distinct(compute.utf8_lower(table[name]))
"""
DUCKDB_CHECKS = f"""{_TOLD}
import duckdb
asked = [f"count_if(regexp_matches(email, '{{EMAIL}}'))", f"count_if(regexp_matches(phone, '{{PHONE}}'))"]
for name in COLUMNS:
    asked.append(f"count_if(coalesce(trim({{name}}), '') = '')")
    asked.append(f"max(length({{name}})), count_if(regexp_matches({{name}}, '{{UNCLEAR}}'))")
asked += [f"count(DISTINCT hash(lower({{name}})))" for name in COLUMNS[:2]]
assert duckdb.sql(f"SELECT {{', '.join(asked)}} FROM read_csv('{{FILE}}', all_varchar=true)").fetchall()
"""  # noqa: S608 - of our own

RACE = {
    "csv.reader": CSV_READER,
    "polars, parsing": POLARS,
    "memory-imports check": COMMAND,
    "the CLI and numpy loaded, bytes read": NOTHING,
    "the same, and where cells may end": ENDS,
}
FIELD = {
    "csv.reader": CSV_READER,
    "polars, parsing": POLARS,
    "polars, parsing and checks": POLARS_CHECKS,
    "pyarrow, parsing": PYARROW,
    "pyarrow, parsing and checks": PYARROW_CHECKS,
    "duckdb, parsing": DUCKDB,
    "duckdb, parsing and checks": DUCKDB_CHECKS,
    "memory-imports check": COMMAND,
    "the same without numpy": PLAIN,
    "memory-imports plan": PLAN,
}
STARTS = {
    "the interpreter": "pass",
    "the CLI loaded": LOADED,
    "memory-imports check": COMMAND,
    "the CLI and numpy loaded": LOADED + ", numpy",
    "the CLI and pyarrow.csv loaded": LOADED + ", pyarrow.csv",
    "the CLI and duckdb loaded": LOADED + ", duckdb",
    "the CLI and polars loaded": LOADED + ", polars",
}
