"""A linear program with integers, solved by HiGHS: one thread, a fixed seed, always the same."""

from __future__ import annotations

from collections.abc import Mapping

import highspy
import numpy as np
from msgspec import Struct, field

_INFINITY = highspy.kHighsInf
_NODES, _MOST_NODES = 300, 2000
_SOLVED = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kSolutionLimit)


class Program(Struct):
    """Columns with bounds and cost, rows of sums within limits; cost is minimised."""

    _lower: list[float] = field(default_factory=list)
    _upper: list[float] = field(default_factory=list)
    _cost: list[float] = field(default_factory=list)
    _whole: list[bool] = field(default_factory=list)
    _rows: list[tuple[float, float, dict[int, float]]] = field(default_factory=list)

    def column(
        self,
        lower: float = 0,
        upper: float | None = None,
        *,
        cost: float = 0,
        whole: bool = False,
    ) -> int:
        """Adds a column and returns its index."""
        self._lower.append(lower)
        self._upper.append(_INFINITY if upper is None else upper)
        self._cost.append(cost)
        self._whole.append(whole)
        return len(self._cost) - 1

    def row(self, lower: float, upper: float, terms: Mapping[int, float]) -> None:
        """Demands that a weighted sum of columns lies within limits."""
        self._rows.append((lower, upper, dict(terms)))

    def solve(self) -> list[float] | None:
        """The values of the columns; ``None`` if none are found.

        The search ends after so many nodes, not after some time: a clock would make
        the answer depend on the machine. It goes on only if it has found nothing by then.
        """
        for nodes in (_NODES, _MOST_NODES):
            solver = self._run(nodes)
            if solver.getModelStatus() not in _SOLVED:
                return None
            solution = solver.getSolution()
            if solution.value_valid:
                return list(solution.col_value)
        return None

    def _run(self, nodes: int) -> highspy.Highs:
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", 0),
            ("mip_max_nodes", nodes),
            # beginning anew takes minutes where amounts are of very different size
            ("mip_allow_restart", False),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 1e-6),
        ):
            solver.setOptionValue(option, value)
        solver.passModel(self._model())
        solver.run()
        return solver

    def _model(self) -> highspy.HighsLp:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self._cost), len(self._rows)
        model.col_cost_ = np.array(self._cost, dtype=float)
        model.col_lower_ = np.array(self._lower, dtype=float)
        model.col_upper_ = np.array(self._upper, dtype=float)
        model.row_lower_ = np.array([low for low, _, _ in self._rows], dtype=float)
        model.row_upper_ = np.array([high for _, high, _ in self._rows], dtype=float)
        sizes = [len(terms) for _, _, terms in self._rows]
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.cumsum([0, *sizes]).astype(np.int32)
        columns = [column for _, _, terms in self._rows for column in terms]
        values = [value for _, _, terms in self._rows for value in terms.values()]
        model.a_matrix_.index_ = np.array(columns, dtype=np.int32)
        model.a_matrix_.value_ = np.array(values, dtype=float)
        if any(self._whole):
            kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            model.integrality_ = [kinds[whole] for whole in self._whole]
        return model
