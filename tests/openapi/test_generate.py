"""`generate.py --check` passes on what stands, notices every planted fault, and obeys nothing around it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from subprocess import CompletedProcess

    Generate = Callable[..., CompletedProcess[str]]

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "generated/memory_imports_api"


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def generated(root: Path) -> dict[str, bytes]:
    """What of `generated/` matters: all but Python's caches."""
    return {name: content for name, content in tree(root / "generated").items() if "__pycache__" not in name}


def test_what_stands_is_what_the_generator_writes(generate: Generate) -> None:
    """Nobody has edited `generated/`, and the specification has not moved on without it."""
    ended = generate(ROOT, "--check")
    expected = f"generated/: {len(generated(ROOT))} files compared, no difference.\n"
    assert expected == ended.stdout
    assert ended.returncode == 0


def test_edited_extra_and_missing_files_are_named(ground: Path, generate: Generate) -> None:
    """One run names each fault with its diff; a cache of Python is none."""
    edited, missing = ground / PACKAGE / "errors.py", ground / PACKAGE / "models" / "error.py"
    edited.write_text(edited.read_text(encoding="utf-8") + "PLANTED = 1\n", encoding="utf-8")
    missing.unlink()
    (ground / PACKAGE / "stale.py").write_text("STALE = 1\n", encoding="utf-8")
    (ground / "generated" / "beside.txt").write_text("beside\n", encoding="utf-8")
    (ground / PACKAGE / "__pycache__").mkdir()
    (ground / PACKAGE / "__pycache__" / "errors.pyc").write_bytes(b"\0")
    before = tree(ground)
    ended = generate(ground, "--check")
    assert ended.returncode == 1
    sentences = [line for line in ended.stdout.splitlines() if line.startswith("generated/memory") or "beside" in line]
    assert "generated/beside.txt does not come from the generator." in sentences
    assert "generated/memory_imports_api/errors.py is not what the generator writes." in sentences
    assert "generated/memory_imports_api/models/error.py is missing." in sentences
    assert "generated/memory_imports_api/stale.py does not come from the generator." in sentences
    assert "-PLANTED = 1" in ended.stdout
    assert "__pycache__" not in ended.stdout
    assert before == tree(ground)
    assert generate(ground).returncode == 0
    assert generated(ROOT) == generated(ground)


@pytest.mark.parametrize("fault", ["extra", "missing", "specification"])
def test_a_single_fault_is_enough(ground: Path, generate: Generate, fault: str) -> None:
    """Each kind of fault fails by itself."""
    if fault == "extra":
        (ground / PACKAGE / "deep").mkdir()
        (ground / PACKAGE / "deep" / "untracked.txt").touch()
    elif fault == "missing":
        (ground / PACKAGE / "py.typed").unlink()
    else:
        source = ground / "openapi" / "imports.yaml"
        source.write_bytes(source.read_bytes().replace(b"maximum: 104857600", b"maximum: 104857601"))
    ended = generate(ground, "--check")
    assert ended.returncode == 1
    assert "different" in ended.stdout


def test_surroundings_change_no_byte(ground: Path, tmp_path: Path, generate: Generate) -> None:
    """Hostile settings in the working folder and above the temporary one, another locale and hash seed."""
    hostile = tmp_path / "build" / "hostile"
    hostile.mkdir(parents=True)
    for folder in (hostile, hostile.parent, tmp_path, ground, ground / "openapi", ground.parent):
        (folder / "ruff.toml").write_text(
            "line-length = 40\nexclude = ['*']\n[format]\nquote-style = 'single'\n", encoding="utf-8"
        )
        (folder / "pyproject.toml").write_text("[tool.ruff]\nline-length = 60\n", encoding="utf-8")
        (folder / ".ignore").write_text("*.py\n", encoding="utf-8")
    (hostile / "ruff.py").write_text("raise SystemExit('a module of the working folder')\n", encoding="utf-8")
    for path in sorted((ground / PACKAGE).rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    surroundings = {
        "TMPDIR": str(hostile),
        "LANG": "C",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "77",
        "PATH": "/nowhere",
    }
    ended = generate(ground, cwd=hostile, PYTHONPATH=str(hostile), PYTHONUTF8="0", **surroundings)
    assert ended.returncode == 0, ended.stderr
    assert generated(ROOT) == generated(ground)
    assert not [path for path in hostile.iterdir() if path.is_dir()]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("minItems: 2", "minItems: 2\n      uniqueItems: true", "ColumnMappings uses `uniqueItems`"),
        ("maximum: 599", "exclusiveMaximum: true\n          maximum: 599", "status uses `exclusiveMaximum`"),
        (
            "maxProperties: 4",
            "additionalProperties: {type: string}",
            "ListMeta has an `additionalProperties` schema",
        ),
        ("pattern: ^[0-9]+$", "const: '1'", "RetryAfter/schema uses `const`"),
        ("schemas/SortOrder'", "schemas/Order'", "OrderBy/schema refers to `#/components/schemas/Order`"),
        (
            "type: integer\n          description: Rows that did",
            "type: int\n          description: Rows that did",
            "`int`",
        ),
        (
            "maxProperties: 4",
            "allOf: [{type: object}, {type: object}]",
            "ListMeta has an `allOf` of more or fewer",
        ),
        (
            "schemas/ImportSummary'",
            "schemas/ImportSummary'\n          nullable: true",
            "keywords beside `$ref`",
        ),
        ("openapi: 3.0.3", "openapi: [", "imports.yaml is not YAML"),
    ],
)
def test_what_the_wrapper_could_not_check_is_refused(
    ground: Path, generate: Generate, old: str, new: str, sentence: str
) -> None:
    """A keyword that nobody enforces never gets into the contract: one sentence, nothing written."""
    source = ground / "openapi" / "imports.yaml"
    text = source.read_text(encoding="utf-8")
    assert old in text
    source.write_text(text.replace(old, new, 1), encoding="utf-8")
    before = tree(ground)
    ended = generate(ground)
    assert ended.returncode == 2
    assert not ended.stdout
    assert sentence in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert before == tree(ground)


def test_a_tool_that_fails_is_not_a_difference(ground: Path, generate: Generate) -> None:
    """A broken template is exit 2 with the generator's own words, never a half-written package."""
    (ground / "openapi" / "templates" / "package_init.py.jinja").write_text("{% broken", encoding="utf-8")
    before = tree(ground)
    ended = generate(ground, "--check")
    assert ended.returncode == 2
    assert "openapi_python_client failed." in ended.stderr
    assert before == tree(ground)
