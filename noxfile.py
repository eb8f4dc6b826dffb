"""The chores of the project, each from nothing: `pip install nox uv`, then `nox`.

The default run is what has to pass before a change goes in. Sessions install what the hash-pinned files under
requirements/ name, so that a run next year checks the same thing; `lock` alone may rewrite those files. No
session may need a tool that pip did not bring: node itself comes from a wheel.
"""

import os
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import nox
from packaging.requirements import Requirement

PYTHONS = ("3.11", "3.12", "3.13")
RUNNING = f"{sys.version_info.major}.{sys.version_info.minor}"
NODE = Path("requirements/node")
NPM_TOOLS = ("@redocly/cli", "pyright")
SPEC = "openapi/imports.yaml"
ROOMS = ("wrapper", "generated", "sandbox", "contract_tests", "tests", "benchmarks", "openapi", "tools")
CODE = ["noxfile.py", *(room for room in ROOMS if any(Path(room).rglob("*.py")))]  # a room may still be empty
DETECTOR = "contract_tests/memory_imports_contract"
MUTATED = {
    ("contract_tests/live", "contract_tests/test_catalogue_live.py"): ("live",),
    ("contract_tests/spec",): ("spec", "adopt", "reports", "findings.py"),
}
PINNED_BUILD = ("--build-constraints", "requirements/build.txt")
EVERY_CORE = ("--numprocesses=auto",)
EXTRAS = ("--extra=cli", "--extra=contract", "--extra=data", "--extra=sandbox")
COMPILE = (
    *("uv", "pip", "compile", "--quiet", "--universal", f"--python-version={PYTHONS[0]}"),
    *("--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header"),
)
# In this order: what the tests run with is settled first, and every file agrees with those before it.
LOCKS = {
    "tests": ("pyproject.toml", *EXTRAS, "--group=test"),
    "demo": ("pyproject.toml", "--extra=cli", "--extra=sandbox"),
    "types": ("pyproject.toml", *EXTRAS, "--group=test", "--group=types"),
    "mutate": ("pyproject.toml", *EXTRAS, "--group=test", "--group=mutate"),
    "generate": ("--group=generate",),
    "lint": ("--group=lint",),
    "build": ("--group=build",),
    "audit": ("--group=audit",),
}

os.environ["UV_PYTHON_DOWNLOADS"] = "never"  # a missing interpreter is named, not fetched
nox.options.default_venv_backend = "uv"
nox.options.download_python = "never"
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = [f"tests-{RUNNING}", "contract", "types", "lint", "generated", "build"]


def _install(session: nox.Session, name: str, *project: str) -> None:
    """Install a pinned file, then the project itself if `project` says how, built by pinned tools."""
    session.install("--require-hashes", "--no-build", "-r", f"requirements/{name}.txt")
    if project:
        # uv takes an unchanged pyproject.toml for an unchanged project, hence the reinstallation.
        session.install("--no-deps", "--reinstall-package=memory-imports", *PINNED_BUILD, *project)


def _from_npm(session: nox.Session, tool: str, *arguments: str) -> None:
    """Run a tool of requirements/node, installed by hash if it is not there yet."""
    lock, installed = NODE / "package-lock.json", NODE / "node_modules" / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        session.run("npm", "ci", "--prefix", str(NODE))
    session.run(str(NODE.resolve() / "node_modules" / ".bin" / tool), *arguments, external=True)


@nox.session
def demo(session: nox.Session) -> None:
    """Import a sample into a service on this machine, and show the profiles that arrived."""
    _install(session, "demo", ".")
    session.run("memory-imports", "demo", *session.posargs)


@nox.session(python=sorted({*PYTHONS, RUNNING}))
def tests(session: nox.Session) -> None:
    """Run the tests and require every branch of the wrapper; arguments go to pytest instead."""
    _install(session, "tests", "--editable", ".")  # editable, so that coverage names the files of the tree
    coverage = ("--cov", "--cov-report=term-missing", "--cov-fail-under=100")
    session.run("pytest", *(session.posargs or (*EVERY_CORE, *coverage)))


@nox.session(python=PYTHONS[0])
def tests_floor(session: nox.Session) -> None:
    """Run the tests with the oldest libraries that pyproject.toml allows."""
    _install(session, "tests-floor", "--editable", ".")
    session.run("pytest", *(session.posargs or EVERY_CORE))


@nox.session
def types(session: nox.Session) -> None:
    """Check the types of all code, then those that people get to see, with a second checker."""
    _install(session, "types", "--editable", ".")
    session.run("mypy", *CODE)
    _from_npm(session, "pyright")
    _from_npm(session, "pyright", "--ignoreexternal", "--verifytypes", "memory_imports")


@nox.session
def lint(session: nox.Session) -> None:
    """Check the style of the code, and the contract against OpenAPI's rules and good manners."""
    _install(session, "lint")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("openapi-spec-validator", SPEC)
    session.env["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true"
    _from_npm(session, "redocly", "lint", "--config=openapi/redocly.yaml", SPEC)


@nox.session
def generate(session: nox.Session) -> None:
    """Write generated/ from the contract anew; with `-- --check`, only compare."""
    _install(session, "generate")
    session.run("python", "openapi/generate.py", *session.posargs)


@nox.session
def generated(session: nox.Session) -> None:
    """Fail where generated/ is not what the contract gives."""
    _install(session, "generate")
    session.run("python", "openapi/generate.py", "--check")


@nox.session
def adopt(session: nox.Session) -> None:
    """Take the vendor's changes into the contract (`-- NEW`), generate anew and run the tests."""
    _install(session, "tests", "--editable", ".")
    session.run("python", "-m", "memory_imports_contract.adopt", *session.posargs, success_codes=[0, 1])
    for following in (f"tests-{RUNNING}", "generated"):
        session.notify(following, posargs=())  # NEW is no argument of theirs


@nox.session
def contract(session: nox.Session) -> None:
    """Prove the drift detector on planted drifts, and say how many it found; arguments go to pytest instead."""
    _install(session, "tests", "--editable", ".")
    # More processes than cores: half of the time of a run is waiting for a second to pass.
    whole = ("contract_tests", "--proof", "--numprocesses=6", "--dist=loadgroup")
    session.run("pytest", *(session.posargs or whole))


@nox.session
def faults(session: nox.Session) -> None:
    """Run whole imports in bad weather and with kills (`-- --runs 200 --rate 0.3`, `-- --help`), and count."""
    _install(session, "tests", "--editable", ".")
    session.run("python", "-m", "tests.soak", *session.posargs)


@nox.session
def audit(session: nox.Session) -> None:
    """Ask the public database of advisories about every pinned version; what it cannot tell of is a failure, too."""
    _install(session, "audit")
    options = ("--strict", "--require-hashes", "--no-deps", "--disable-pip", "--progress-spinner=off")
    for file in sorted(Path("requirements").glob("*.txt")):
        session.run("pip-audit", *options, "--requirement", str(file))


@nox.session
def fuzz(session: nox.Session) -> None:
    """Try the command line, its files, answers and environments on so many examples of each (`-- --examples 5000`)."""
    _install(session, "tests", "--editable", ".")
    _, _, examples = " ".join(session.posargs).rpartition("--examples")
    session.env["FUZZ_EXAMPLES"] = examples.strip(" =") or "2000"
    session.run("pytest", "tests/fuzz", "--numprocesses=auto", "-p", "no:logging")


@nox.session
def bench(session: nox.Session) -> None:
    """Measure beside the peers and write benchmarks/bench.md; `-- NAME` for some of it, `-- --full` for gigabytes."""
    _install(session, "tests", "--editable", ".")
    session.chdir("benchmarks")
    session.run("python", "-m", "suite", *(session.posargs or ("--output", ".")))


@nox.session
def mutate(session: nox.Session) -> None:
    """Break the checks of the drift detector one by one, and name what no test notices; `-- PATH...` for some alone.

    Paths are those inside the detector, as `live/checks`. Of each file a sample is tried, with `--sample=0` all of it.
    """
    _install(session, "mutate", "--editable", ".")
    paths = [given for given in session.posargs if not given.startswith("-")]
    options = ("--sample=20", *(given for given in session.posargs if given.startswith("-")))
    for tests, parts in MUTATED.items():
        chosen = [path for path in paths or parts if Path(path).parts[0] in parts]
        if chosen:
            mutated = [f"--mutate={DETECTOR}/{path}" for path in chosen]
            # What starts processes or takes the time says nothing about a mutant.
            session.run("pytest", *tests, "-p", "mutation.plugin", "-k", "not in_two_seconds", *options, *mutated)


@nox.session
def simulate(session: nox.Session) -> None:
    """Play a hundred thousand schedules of faults and crashes, and break every rule once (`-- --seed N` plays one)."""
    _install(session, "tests", "--editable", ".")
    session.run("python", "-m", "tests.simulation", *session.posargs)


@nox.session
def build(session: nox.Session) -> None:
    """Build into dist/, build again and compare, look inside, use the wheel where the tree cannot be seen."""
    _install(session, "build")
    session.env["SOURCE_DATE_EPOCH"] = "1767225600"
    command = ("uv", "build", "--quiet", "--clear", "--require-hashes", *PINNED_BUILD)
    with TemporaryDirectory() as away:
        # The first wheel is made from the source distribution, the second from the tree.
        session.run(*command, "--out-dir", "dist")
        session.run(*command, "--sdist", "--wheel", "--out-dir", f"{away}/again")
        session.run("python", "tests/packaging/distribution.py", "dist", f"{away}/again")
        (wheel,) = Path("dist").resolve().glob("*.whl")
        for name, extras in (("whole", "[cli,contract,data,sandbox]"), ("core", "")):
            session.run("uv", "venv", "--quiet", f"{away}/{name}")
            install = ("uv", "pip", "install", "--quiet", "--python", f"{away}/{name}")
            pins = ("--constraints", "requirements/tests.txt")
            session.run(*install, *pins, f"memory-imports{extras} @ {wheel.as_uri()}")
        session.run("python", "tests/packaging/installed.py", away)


@nox.session
def lock(session: nox.Session) -> None:
    """Bring the pinned files in line with pyproject.toml; with `-- --upgrade`, to the newest versions too."""
    agreed: tuple[str, ...] = ()
    for name, what in LOCKS.items():
        file = f"requirements/{name}.txt"
        session.run(*COMPILE, *session.posargs, *what, *agreed, "--output-file", file)
        agreed += ("--constraints", file)
    # At the floor the test tools stay as they are: what is tried there is what people install.
    tools = Path(session.create_tmp(), "tools.txt")
    group = nox.project.dependency_groups(nox.project.load_toml("pyproject.toml"), "test")
    wanted = {Requirement(line).name for line in group}
    pins = re.findall(r"^([\w.-]+)==(\S+)", Path("requirements/tests.txt").read_text(), re.MULTILINE)
    tools.write_text("\n".join(f"{tool}=={version}" for tool, version in pins if tool in wanted))
    oldest = (*LOCKS["tests"], "--upgrade", "--resolution=lowest-direct", "--constraints", str(tools))
    session.run(*COMPILE, *oldest, "--output-file", "requirements/tests-floor.txt")
    _install(session, "lint")
    newest = [f"{tool}@latest" for tool in NPM_TOOLS] if "--upgrade" in session.posargs else []
    session.run("npm", "install", "--prefix", str(NODE), "--package-lock-only", "--save-exact", *newest)
