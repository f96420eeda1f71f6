"""The sandbox in which a pack's templates run: what they may reach, call and make.

Jinja's sandbox forbids what is known to be dangerous; this one allows what is listed. A template
reads declared fields (:mod:`generator.pack.templates.shown`), calls listed functions, and makes
values of a size that is known before they are made (:mod:`generator.pack.templates.measures`),
within a budget.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import BuiltinMethodType, CodeType, MethodType
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.parser import Parser
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.utils import Cycler, Joiner, Namespace
from markupsafe import Markup, escape

from generator.pack.templates.budget import RenderingBudget
from generator.pack.templates.escaping import escaped_text
from generator.pack.templates.filters import CUT, JOIN, LIST, LOOP, PASS, filters, tests
from generator.pack.templates.measures import (
    hold,
    joined_length,
    operate,
    printed_length,
    replaced,
    text_to_split,
)
from generator.pack.templates.shown import may_call, may_read

_WRITTEN_BY_TEMPLATES = (Macro, BlockReference, LoopContext, Joiner)
"""What a template makes itself and calls."""
_NAMED_BY_TEMPLATES = (Namespace, TemplateModule)
"""What holds the values that a template gave it, by their names."""
_METHODS = (MethodType, BuiltinMethodType)
_COSTLY = (MethodType, Macro)
_COST = 20
"""Steps of what takes longer than a loop: a macro, a question about the figures, a template."""


class _Generator(CodeGenerator):
    """Writes no value down before its template runs: what may not be printed would be.

    A value is measured and escaped in one call; a document has a hundred thousand of them.
    """

    def _output_child_to_const(self, node: nodes.Expr, *arguments: Any) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, *arguments)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _escapes(frame):
            self.write("environment.escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _escapes(frame):
            self.write(")")
        else:
            super()._output_child_post(node, frame, finalize)


def _escapes(frame: Frame) -> bool:
    """Whether what is printed here is escaped whatever the template sets while it runs."""
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment in which templates reach, call and make only what they may."""

    code_generator_class = _Generator
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(undefined=StrictUndefined, **options)
        self.budget = RenderingBudget()
        self.finalize = self._output
        self._tree: nodes.Node = nodes.Template([], lineno=1)
        """What is being compiled."""
        self._readable: dict[type, set[str]] = {}
        """Attributes that were found to be listed, by type; below, methods."""
        self._callable: dict[type, set[str]] = {}
        self._listed: dict[int, Callable[..., Any]] = {}
        self._plain: set[int] = set()
        """Listed functions that take nothing but their arguments, and keep none of them."""
        self.filters.clear()
        self.filters.update(filters(self.budget))
        self.tests.clear()
        self.tests.update(tests())
        self.globals = {}
        self.offer(range=safe_range, dict=dict, namespace=Namespace, cycler=Cycler, joiner=Joiner)

    def offer(self, **functions: Callable[..., Any]) -> None:
        """Gives templates functions by name."""
        self.globals.update(functions)
        self._listed |= {id(function): function for function in functions.values()}
        self._plain |= {id(function) for function in functions.values() if _is_plain(function)}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002
        """Whether an attribute is one of those listed."""
        if isinstance(obj, _NAMED_BY_TEMPLATES):
            return not attr.startswith("_")
        return may_read(type(obj), attr)

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether something that is called is listed, or made by a template."""
        if isinstance(obj, _WRITTEN_BY_TEMPLATES) or id(obj) in self._listed:
            return True
        if not isinstance(obj, _METHODS):
            return False
        owner, name = obj.__self__, obj.__name__
        kind = type(owner)
        if name in self._callable.get(kind, ()):
            return True
        if may_call(kind, name):
            self._callable.setdefault(kind, set()).add(name)
            return True
        return owner in self.extensions.values()

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute; whether that of a type is listed is found out once."""
        kind = type(obj)
        if attribute in self._readable.get(kind, ()):
            try:
                return getattr(obj, attribute)
            except AttributeError:  # of this object only; maybe it has such an item
                return super().getattr(obj, attribute)
        if may_read(kind, attribute):
            self._readable.setdefault(kind, set()).add(attribute)
        try:
            return super().getattr(obj, attribute)
        except TypeError:  # so Python 3.11.2 says of __weakref__
            return self.unsafe_undefined(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An item; a method is none, whatever the subscript is called."""
        try:
            found = obj[argument]
        except (TypeError, LookupError):
            found = super().getitem(obj, argument)
        return self.unsafe_undefined(obj, argument) if isinstance(found, _METHODS) else found

    def wrap_str_format(self, value: Any) -> None:
        """Nothing is wrapped: the format methods of texts are not listed."""

    def call(self, context: Context, function: Any, /, *arguments: Any, **options: Any) -> Any:
        """Calls what is listed, and takes from the budget what that costs.

        Raises:
            SecurityError: if it is not listed.
        """
        if id(function) in self._plain:
            self.budget.step()
            return hold(self.budget, function(*arguments, **_without_context(options)))
        if isinstance(function, Undefined):
            str(function)  # raises what is to be said of it
        if not self.is_safe_callable(function):
            raise SecurityError(f"not callable: {getattr(function, '__name__', '')}")
        if isinstance(function, LoopContext):
            arguments = tuple(self.filters[LOOP](argument) for argument in arguments)
        if isinstance(function, _METHODS):
            arguments = self._measured(function, arguments)
        if _keeps_arguments(function):
            hold(self.budget, (arguments, options))
        self.budget.step(_COST if isinstance(function, _COSTLY) else 1)
        return hold(self.budget, context.call(function, *arguments, **options))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002
        """Does an operation whose result may be large."""
        return operate(self.budget, operator, left, right)

    def concat(self, texts: Iterable[str]) -> str:
        """Puts together what a template, a macro or a block has written."""
        if isinstance(texts, list):
            self.budget.write(sum(map(len, texts)))
            return "".join(texts)
        return "".join(self._counted(texts))

    def get_template(self, *arguments: Any, **options: Any) -> Any:
        """A template by name; including one that includes others costs as much as a loop does."""
        self.budget.step(_COST)
        return super().get_template(*arguments, **options)

    def select_template(self, *arguments: Any, **options: Any) -> Any:
        """The first of several templates that is there; costs as much."""
        self.budget.step(_COST)
        return super().select_template(*arguments, **options)

    def _counted(self, texts: Iterable[str]) -> list[str]:
        """The pieces of a whole document, which may be longer than any text within it."""
        found = []
        written = 0
        for text in texts:
            found.append(text)
            written += len(text)
            if written > _PART:
                self.budget.write(written)
                written = 0
        self.budget.write(written)
        return found

    def escaped(self, value: Any) -> str:
        """What is printed of a value in a document, after taking from the budget what it costs."""
        kind = type(value)
        if kind is str:
            self.budget.write(len(value))
            return escaped_text(value)
        if kind is Markup:
            self.budget.write(len(value))
            return value  # type: ignore[no-any-return]
        self._output(value)
        return str(value) if kind is int else escape(value)

    def _output(self, value: Any) -> Any:
        """A value that is printed, after taking from the budget what it costs."""
        kind = type(value)
        self.budget.write(len(value) if kind is str or kind is Markup else printed_length(value))
        return value

    def _measured(
        self, method: BuiltinMethodType | MethodType, arguments: tuple[Any, ...]
    ) -> tuple[Any, ...]:
        """The arguments of a method, after taking from the budget what it will write."""
        text, name = method.__self__, method.__name__
        if not isinstance(text, str):
            return arguments
        if name == "join" and len(arguments) == 1:
            items = list(self.filters[LOOP](*arguments))
            self.budget.write(joined_length(text, items))
            return (items,)
        if name == "replace":
            self.budget.write(replaced(text, *arguments[:2]))
        else:
            self.budget.write(len(text_to_split(text) if name in _CUTTING else text))
        return arguments

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parser = _Parser(self, source, name, filename)
        try:
            return parser.parse()
        except RecursionError as error:
            raise _too_deep(parser.stream.current.lineno, name, filename) from error

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        self._tree = source
        try:
            return super()._generate(source, name, filename, defer_init)
        except RecursionError as error:
            raise _too_deep(_deepest_line(source), name, filename) from error

    def _compile(self, source: str, filename: str) -> CodeType:
        try:
            return super()._compile(source, filename)
        except (SyntaxError, RecursionError, MemoryError) as error:  # Python's own limits
            raise _too_deep(_deepest_line(self._tree), None, filename) from error


def _too_deep(line: int, name: str | None, filename: str | None) -> TemplateSyntaxError:
    return TemplateSyntaxError("a template nested too deep", line, name, filename)


def _deepest_line(tree: nodes.Node) -> int:
    """The line of what is nested deepest in a template."""
    deepest, line = 0, 1
    waiting: list[tuple[int, nodes.Node]] = [(0, tree)]
    while waiting:
        depth, node = waiting.pop()
        if depth > deepest:
            deepest, line = depth, node.lineno
        waiting += ((depth + 1, child) for child in node.iter_child_nodes())
    return line


def _is_plain(function: Callable[..., Any]) -> bool:
    """Whether calling a function is all there is to do: it does not ask for the context."""
    asks = hasattr(function, PASS) or hasattr(function.__call__, PASS)  # type: ignore[operator]
    return not asks and not isinstance(function, type)


def _without_context(options: dict[str, Any]) -> dict[str, Any]:
    """The options that a template wrote, without the variables that the compiler adds to them."""
    options.pop("_loop_vars", None)
    options.pop("_block_vars", None)
    return options


def _keeps_arguments(function: Any) -> bool:
    """Whether what is called holds any number of values afterwards."""
    if isinstance(function, Macro):
        return bool(function.catch_varargs or function.catch_kwargs)
    return function in (Namespace, Cycler)


_CUTTING = frozenset({"split", "rsplit", "splitlines"})
_PART = 10_000
"""Characters of a document after which the budget is asked again."""


class _Parser(Parser):
    """Lets loops, lists, slices and ``~`` ask the budget: they become filters."""

    _in_target = False

    def parse_for(self) -> nodes.For:
        loop = super().parse_for()
        loop.iter = _filtered(loop.iter, LOOP)
        return loop

    def parse_concat(self) -> nodes.Expr:
        found: nodes.Node = super().parse_concat()
        if not isinstance(found, nodes.Concat):
            assert isinstance(found, nodes.Expr)  # noqa: S101 - an operand
            return found
        parts: nodes.Expr = nodes.List(found.nodes, lineno=found.lineno)
        return _filtered(parts, JOIN)

    def parse_subscript(self, node: nodes.Expr) -> nodes.Expr:  # type: ignore[override]
        found: nodes.Expr = super().parse_subscript(node)
        is_cut = isinstance(found, nodes.Getitem) and isinstance(found.arg, nodes.Slice)
        return _filtered(found, CUT) if is_cut else found

    def parse_list(self) -> nodes.Expr:  # type: ignore[override]
        return _held(super().parse_list())

    def parse_dict(self) -> nodes.Expr:  # type: ignore[override]
        return _held(super().parse_dict())

    def parse_tuple(self, *arguments: Any, **options: Any) -> nodes.Expr:
        found = super().parse_tuple(*arguments, **options)
        return found if self._in_target or not isinstance(found, nodes.Tuple) else _held(found)

    def parse_assign_target(self, *arguments: Any, **options: Any) -> Any:
        """What is set or run through: its tuples are no values."""
        self._in_target = True
        try:
            return super().parse_assign_target(*arguments, **options)
        finally:
            self._in_target = False


def _held(node: nodes.Expr) -> nodes.Expr:
    """A list that is not as large as it is written asks the budget."""
    if isinstance(node, nodes.List | nodes.Tuple):
        items: list[nodes.Node] = [*node.items]
    elif isinstance(node, nodes.Dict):
        items = [each for pair in node.items for each in (pair.key, pair.value)]
    else:
        return node
    return node if _constant(items) else _filtered(node, LIST)


def _constant(items: Iterable[nodes.Node]) -> bool:
    """Whether a list is as large as it is written."""
    return all(
        isinstance(item, nodes.Const)
        or (isinstance(item, nodes.List | nodes.Tuple) and _constant(item.items))
        for item in items
    )


def _filtered(node: nodes.Node, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)
