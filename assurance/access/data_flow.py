"""Follows Slither's intermediate code of one call: what it changes, and which conditions precede each change.

The code is not run; every path through it counts. Calls within the contract and into libraries are followed, with
their arguments; calls of other contracts are known by name only.
"""

from dataclasses import replace
from typing import Any, Final, TypeAlias

from slither.core.cfg.node import NodeType
from slither.core.declarations import FunctionContract, SolidityVariableComposed
from slither.core.variables import LocalVariable, StateVariable
from slither.slithir import operations as op
from slither.slithir.variables import Constant

from assurance.access.data_flow_values import NOTHING, Condition, Effect, Outcome, Value, error_in, in_order, joined

LEAVES: Final = {"ECDSA.tryRecover", "EIP712._hashTypedDataV4"}
"""Functions that are known by name only, and not followed."""
MOST_PASSES: Final = 20

Known: TypeAlias = frozenset[Condition]


class Flow:
    """Follows calls of one contract, each with the same arguments once."""

    def __init__(self, contract: Any) -> None:
        self._contract = contract
        self._seen: dict[tuple[Any, tuple[Value, ...]], Outcome] = {}

    def entry(self, function: Any) -> Outcome:
        """Follow a call from outside, with the parameters' names as its arguments."""
        return self.follow(function, tuple(Value(frozenset({p.name}), path=p.name) for p in function.parameters))

    def follow(self, function: Any, arguments: tuple[Value, ...]) -> Outcome:
        """Follow a function with these arguments."""
        key = (function, arguments)
        if key not in self._seen:
            self._seen[key] = _Frame(self, function, arguments).outcome()
        return self._seen[key]

    def called(self, call: Any) -> Any:
        """Return the function that a call reaches in this contract, which may override the one that it names."""
        function = call.function
        inherited = isinstance(function, FunctionContract) and function.visibility != "private"
        if not inherited or isinstance(call, op.LibraryCall) or str(call.expression).startswith("super."):
            return function
        return self._contract.available_functions_as_dict().get(function.full_name, function)


class _Frame:
    """The analysis of one function: passes over its nodes until nothing changes, as loops need."""

    def __init__(self, flow: Flow, function: Any, arguments: tuple[Value, ...]) -> None:
        self._flow, self._function = flow, function
        self._arguments = dict(zip(function.parameters, arguments, strict=False))
        self._before: dict[Any, Value] = {}
        self._values: dict[Any, Value] = {}
        self._effects: set[Effect] = set()
        self._returned: list[tuple[Value, ...]] = []
        self._node: Any = None
        self._known: Known = frozenset()

    def outcome(self) -> Outcome:
        """Return the outcome of following the function to its ends."""
        nodes = list(in_order(self._function.entry_point)) if self._function.entry_point else []
        for _ in range(MOST_PASSES):
            self._values, self._effects, self._returned = dict(self._arguments), set(), []
            holds = self._pass(nodes)
            if self._values == self._before:
                break
            self._before = self._values
        else:
            raise RuntimeError(
                f"The analysis of {self._function.canonical_name} does not converge; extend data_flow.py."
            )
        results = tuple(self._values.get(each, NOTHING) for each in self._function.returns)
        for returned in self._returned:
            results = tuple(a | b for a, b in zip(results, returned, strict=True))
        effects = (replace(effect, conditions=effect.conditions | (holds or set())) for effect in self._effects)
        return Outcome(results, holds, frozenset(effects))

    def _pass(self, nodes: list[Any]) -> Known | None:
        """Go over the nodes once; return what holds wherever the function ends, None if it always reverts."""
        after: dict[tuple[Any, Any], Known] = {}
        ends: list[Known] = [] if nodes else [frozenset()]
        for node in nodes:
            reaching = [after[father, node] for father in node.fathers if (father, node) in after]
            if node != nodes[0] and not reaching:
                continue  # reached only through a revert
            self._node, self._known = node, frozenset.intersection(*reaching) if reaching else frozenset()
            steps = [self._step(ir) for ir in node.irs]
            if node.type == NodeType.ASSEMBLY:
                self._effect("assembly", self._function.canonical_name)
            if any(steps) or node.type == NodeType.THROW:
                continue
            for son in node.sons:
                after[node, son] = self._known | self._branch(son)
            if not node.sons or node.type == NodeType.RETURN:
                ends.append(self._known)
        return frozenset.intersection(*ends) if ends else None

    def _branch(self, son: Any) -> Known:
        node = self._node
        if node.type not in (NodeType.IF, NodeType.IFLOOP):
            return frozenset()
        then = node.son_true
        refused = node.type == NodeType.IF and (
            then.type == NodeType.RETURN or str(then.expression).startswith("revert")
        )
        error = error_in(then.expression) if refused else ""
        settled = refused and then.type != NodeType.RETURN
        return self._asked(node.expression, node.irs[-1].value, error, not error and son == then, settled)

    def _asked(self, expression: Any, variable: Any, error: str, truth: bool, settled: bool) -> Known:
        value = self._value(variable)
        obeys = value.decided and self._node.type != NodeType.IFLOOP
        if error:
            self._effect("refuses", error)
        asked = value.conditions | {Condition(str(expression), value.names, error, truth, obeys)}
        return frozenset(replace(each, settled=True) for each in asked) if settled else asked

    def _effect(self, kind: str, name: str) -> None:
        self._effects.add(Effect(kind, name, self._known))

    # ------------------------------------------------------------------ values

    def _value(self, variable: Any) -> Value:
        if isinstance(variable, list):
            return joined(map(self._value, variable))
        if isinstance(variable, StateVariable):
            fixed = variable.is_constant or variable.is_immutable
            return Value(frozenset({variable.name}), storage=frozenset(() if fixed else {variable.name}))
        if isinstance(variable, SolidityVariableComposed):
            return Value(frozenset({variable.name}))
        if isinstance(variable, Constant):
            return NOTHING
        before = self._before.get(variable, NOTHING)
        now = self._values.get(variable, before)
        return replace(now, names=now.names | before.names, storage=now.storage | before.storage)

    def _set(self, variable: Any, value: Value) -> None:
        """Assign a value to a variable or to what a reference points to; in storage, this is a write."""
        origin = getattr(variable, "points_to_origin", None)
        written = {variable.name} if isinstance(variable, StateVariable) else set(self._value(variable).storage)
        if isinstance(variable, StateVariable) or (origin is not None and written):
            for name in written:
                self._effect("writes", name)
        elif variable is not None:
            if isinstance(variable, LocalVariable) and not variable.is_storage:
                value = replace(value, storage=frozenset())
            target = variable if origin is None else origin
            old = self._values.get(target)
            self._values[target] = value.under(self._known) if old is None else old | value.under(self._known)

    def _weighed(self, variable: Any, expression: Any) -> Value:
        """Return a value; if it is a bool computed from something, its expression is a condition on it."""
        value = self._value(variable)
        made = value != NOTHING and not isinstance(variable, LocalVariable | StateVariable | Constant)
        if str(getattr(variable, "type", "")) != "bool" or not made:
            return value
        asked = Condition(str(expression), value.names, obeys=value.decided)
        return value.under(frozenset({asked}))

    # ------------------------------------------------------------------ operations

    def _step(self, ir: Any) -> bool:  # noqa: PLR0912 - a branch for each operation
        """Follow one operation; return whether it always reverts."""
        if isinstance(ir, op.SolidityCall):
            return self._solidity(ir)
        if isinstance(ir, op.InternalCall | op.LibraryCall):
            return self._call(ir)
        if isinstance(ir, op.HighLevelCall):
            name = f"{ir.destination.type}.{ir.function_name}"
            self._effect("calls", name if ir.function.view or ir.function.pure else f"{name} (changes state)")
            self._set(ir.lvalue, Value(joined(map(self._value, ir.arguments)).names | {name}))
        elif isinstance(ir, op.LowLevelCall | op.Send | op.Transfer | op.InternalDynamicCall | op.NewContract):
            any_call = isinstance(ir, op.LowLevelCall)
            self._effect("calls", f"{ir.destination}.{ir.function_name} (any call)" if any_call else str(ir))
        elif isinstance(ir, op.EventCall):
            self._effect("emits", ir.name)
        elif isinstance(ir, op.Return):
            values = [self._weighed(each, self._node.expression).under(self._known) for each in ir.values]
            self._returned.append(tuple(values or [Value(conditions=self._known)]))
        elif isinstance(ir, op.Member):
            self._values[ir.lvalue] = self._value(ir.variable_left).member(str(ir.variable_right))
        elif isinstance(ir, op.Index):
            self._values[ir.lvalue] = self._value(ir.variable_left).element(self._value(ir.variable_right))
        elif isinstance(ir, op.Length):
            self._values[ir.lvalue] = self._value(ir.value).member("length")
        elif isinstance(ir, op.Unpack):
            self._set(ir.lvalue, self._values.get((ir.tuple, ir.index), self._value(ir.tuple)))
        elif isinstance(ir, op.Assignment):
            asked = getattr(self._node.expression, "expression_right", self._node.expression)
            self._set(ir.lvalue, self._weighed(ir.rvalue, asked))
        elif isinstance(ir, op.TypeConversion):
            self._set(ir.lvalue, self._value(ir.variable))
        elif isinstance(ir, op.Condition) and self._node.type == NodeType.IFLOOP:
            self._loop(self._value(ir.value).names)
        elif hasattr(ir, "lvalue"):
            self._set(ir.lvalue, joined(map(self._value, ir.read)))
        return False

    def _loop(self, counted: frozenset[str]) -> None:
        bounds = sorted(str(each) for each in self._known if each.weighs & counted and each.error and "<=" in each.text)
        name = self._function.canonical_name.partition("(")[0]
        self._effect("loops", f"{name}: {self._node.expression}; {' and '.join(bounds) or 'WITHOUT A BOUND'}")

    def _call(self, ir: Any) -> bool:
        asked = getattr(ir.expression, "arguments", None) or ir.arguments
        arguments = tuple(map(self._weighed, ir.arguments, asked if len(asked) == len(ir.arguments) else ir.arguments))
        function = self._flow.called(ir)
        name = function.canonical_name.partition("(")[0]
        if name in LEAVES:
            self._set(ir.lvalue, Value(joined(arguments).names | {name}))
            return False
        outcome = self._flow.follow(function, arguments)
        self._effects |= {replace(effect, conditions=effect.conditions | self._known) for effect in outcome.effects}
        self._known |= outcome.holds or set()
        if len(outcome.results) == 1:
            self._set(ir.lvalue, outcome.results[0])
        elif ir.lvalue is not None:
            self._set(ir.lvalue, joined(outcome.results))
            self._values |= {(ir.lvalue, i): each.under(self._known) for i, each in enumerate(outcome.results)}
        return outcome.holds is None

    def _solidity(self, ir: Any) -> bool:
        name = ir.function.name
        if name.startswith(("require", "assert")):
            first, *rest = self._node.expression.arguments
            error = error_in(" ".join(map(str, rest))) or name.partition("(")[0]
            self._known |= self._asked(first, ir.arguments[0], error, True, True)
        elif name.startswith("revert"):  # within a require it only creates the error
            return "require" not in str(self._node.expression).partition("(")[0]
        elif name.startswith(("selfdestruct", "suicide")):
            self._effect("calls", name)
        else:
            self._set(ir.lvalue, joined(map(self._value, ir.read)))
        return False
