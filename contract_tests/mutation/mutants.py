"""Mutants of the detector: one change each, made by mutmut's operators, and put into the modules of this process.

mutmut's own runner makes each test fifty times slower and leaves tables alone; so its operators are used, and the
changed code takes the place of the old one in functions and module variables that are there already.
"""

import inspect
import sys
from collections.abc import Iterator
from functools import cached_property
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import libcst
from attrs import field, frozen
from mutmut.mutation.file_mutation import create_mutations

import memory_imports_contract

PACKAGE = memory_imports_contract.__name__
ROOM = Path(memory_imports_contract.__file__).parent
_VALUES = (str, int, float, bytes, tuple, list, dict, frozenset, set)
_SKIPPED = frozenset({"__main__", "errors"})
"""Modules without a single check."""
_REMEMBERED = frozenset(
    {"live.contract", "live.conformance", "live.bench", "live.checks.generated", "live.checks.access"}
)
"""What these work out, caches keep."""


@frozen(eq=False, slots=False)  # of most mutants nobody asks what they look like, and it takes a while to say
class Mutant:
    """One change: `function` is the qualified name of what holds it, None for a variable of the module."""

    module: str
    function: str | None
    _text: str = field(repr=False)
    _tree: libcst.Module = field(repr=False)
    _nodes: tuple[libcst.CSTNode, libcst.CSTNode] = field(repr=False)

    @cached_property
    def code(self) -> str:
        """The whole file with the change."""
        changed = self._tree.deep_replace(*self._nodes)
        assert isinstance(changed, libcst.Module)  # noqa: S101 - no mutation is of a whole file
        return changed.code

    @cached_property
    def line(self) -> int:
        """The first line that differs, counted from one."""
        pairs = enumerate(zip(self._text.splitlines(), self.code.splitlines(), strict=False), 1)
        return next(number for number, (before, after) in pairs if before != after)

    @property
    def name(self) -> str:
        """The same for the same change, whatever stands above it in the file."""
        was, now = (text.splitlines()[self.line - 1].strip() for text in (self._text, self.code))
        return f"{self.module.removeprefix(PACKAGE + '.')} {self.function or '='}: {was} -> {now}"

    @property
    def path(self) -> str:
        """The file of the module."""
        return str(sys.modules[self.module].__file__)

    def lines(self) -> set[int]:
        """The lines of the function that it is in."""
        code = [_function(sys.modules[self.module], self.function).__code__] if self.function else []
        for one in code:
            code += [inner for inner in one.co_consts if isinstance(inner, CodeType)]
        return {line for one in code for *_, line in one.co_lines() if line is not None}

    def put_in(self) -> None:
        """Changes this process, which can only be left after that."""
        old, new = sys.modules[self.module], ModuleType(self.module)
        new.__dict__.update(__file__=old.__file__, __package__=old.__package__)
        exec(compile(self.code, self.path, "exec"), new.__dict__)  # noqa: S102 - our own code
        if self.function is not None:
            taken, given = _function(old, self.function), _function(new, self.function)
            taken.__code__, taken.__defaults__ = given.__code__, given.__defaults__
            taken.__kwdefaults__ = given.__kwdefaults__
        else:
            _set_variables(old, new)
        if self.module.removeprefix(PACKAGE + ".") in _REMEMBERED:
            _forget()


def _set_variables(old: ModuleType, new: ModuleType) -> None:
    for name, before in list(vars(old).items()):
        if name in vars(new) and not name.startswith("__") and isinstance(before, _VALUES):
            # A private name is nobody else's; others are imported, by the tests as well.
            for module in [old] if name.startswith("_") else list(sys.modules.values()):
                if getattr(module, "__dict__", {}).get(name) is before:
                    setattr(module, name, vars(new)[name])


def _forget() -> None:
    """Empties every cache, so that what was worked out before the change is worked out again."""
    for module in _loaded():
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def mutants(path: Path) -> Iterator[Mutant]:
    """Every mutant of a file of the detector."""
    if path.stem in _SKIPPED:
        return
    dotted = [PACKAGE, *path.relative_to(ROOM).with_suffix("").parts]
    module = ".".join(dotted[:-1] if dotted[-1] == "__init__" else dotted)
    import_module(module)
    text = path.read_text(encoding="utf-8")
    tree, mutations, _, _ = create_mutations(str(path), text)
    held = _Held(tree)
    for one in mutations:
        nodes = (one.original_node, one.mutated_node)
        if one.original_node in held.outside or _is_wording(*nodes):
            continue
        top = one.contained_by_top_level_function
        yield Mutant(module, held.names[top] if top is not None else None, text, tree, nodes)


class _Held:
    """The names of functions, and what is in none: bodies of classes, types and ``__all__``."""

    def __init__(self, tree: libcst.Module) -> None:
        self.names: dict[libcst.CSTNode, str] = {}
        self.outside: set[libcst.CSTNode] = set()
        for statement in tree.body:
            if isinstance(statement, libcst.SimpleStatementLine) and _is_declared(libcst.Module([statement]).code):
                self.outside |= set(_below(statement))
            if isinstance(statement, libcst.FunctionDef):
                self.names[statement] = statement.name.value
            elif isinstance(statement, libcst.ClassDef):
                for inner in statement.body.body:
                    if isinstance(inner, libcst.FunctionDef):
                        self.names[inner] = f"{statement.name.value}.{inner.name.value}"
                    else:
                        self.outside |= set(_below(inner))


def _is_declared(statement: str) -> bool:
    return any(mark in statement for mark in ("TypeAlias", "__all__", " = Any"))


def _below(node: libcst.CSTNode) -> Iterator[libcst.CSTNode]:
    yield node
    for child in node.children:
        yield from _below(child)


def _is_wording(old: libcst.CSTNode, new: libcst.CSTNode) -> bool:
    """Whether only the words of a sentence change, or the case of a text that changes otherwise in another mutant."""
    if not (isinstance(old, libcst.SimpleString) and isinstance(new, libcst.SimpleString)):
        return False
    text = old.value.strip("\"'")
    return old.value.lower() == new.value.lower() or (" " in text and text.endswith("."))


def _function(module: ModuleType, name: str) -> FunctionType:
    found: Any = module
    for part in name.split("."):
        found = inspect.getattr_static(found, part)
    for inner in ("fget", "__func__"):
        found = getattr(found, inner, found) or found
    function = inspect.unwrap(found)
    assert isinstance(function, FunctionType)  # noqa: S101 - the tree says so
    return function


def _loaded() -> list[ModuleType]:
    return [module for key, module in sys.modules.items() if key.split(".")[0] == PACKAGE]
