"""Every error that govgraph raises on purpose.

::

    GovgraphError                 exit code 2 unless said otherwise
    ├── InputError                a case, table or plan that is refused as a whole (a list of problems)
    ├── RuleError                 a rule or library query file that is refused
    ├── QueryError                Cypher that the engine or govgraph refuses
    ├── NotFoundError             a name, case, finding or rule that does not exist
    ├── ReformError               a step of a reform that does not apply
    └── EnvironmentFailure        exit code 3: what lies outside is away
        ├── StoreUnavailableError     no store at the address, or it does not answer
        ├── LoginRefusedError         wrong user or password
        └── QueryTimeoutError         a query ran longer than it may
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in an input: where it is, what was found, what was expected, what to try."""

    where: str
    found: str
    expected: str = ""
    hint: str = ""

    def __str__(self) -> str:
        text = f"{self.where}: {self.found}"
        if self.expected:
            text += f"; expected {self.expected}"
        if self.hint:
            text += f". {self.hint}"
        return text


class GovgraphError(Exception):
    """Base of all errors that govgraph raises on purpose; ``exit_code`` is the process's."""

    exit_code = 2


class InputError(GovgraphError):
    """An input that is refused as a whole; ``problems`` has one entry a mistake."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        head = f"{count} mistake{'s' if count != 1 else ''} found; nothing was loaded"
        super().__init__("\n".join([*(str(problem) for problem in self.problems), head]))


class RuleError(GovgraphError):
    """A rule or library query file that is refused."""


class QueryError(GovgraphError):
    """Cypher that the engine, or govgraph on its behalf, refuses."""


class NotFoundError(GovgraphError):
    """A name, case, finding or rule that does not exist."""


class ReformError(GovgraphError):
    """A step of a reform that does not apply to the arrangement."""


class EnvironmentFailure(GovgraphError):  # noqa: N818 - names a condition outside, not a mistake
    """Something outside govgraph is away or refuses."""

    exit_code = 3


class StoreUnavailableError(EnvironmentFailure):
    """No store at the address, or it does not answer."""


class LoginRefusedError(EnvironmentFailure):
    """The store refused the user or the password."""


class QueryTimeoutError(EnvironmentFailure):
    """A query ran longer than it may."""
