"""The JSON of ``check --format json`` as pydantic models: read back, and published as docs/check.schema.json.

Tools outside rely on it; it changes only by adding. `govgraph.render.json_report` writes it.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Severity = Literal["error", "warning", "note"]


class _Part(BaseModel):
    """Any object of the contract: further keys may come, so they are let through."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)


class SubjectPart(_Part):
    """A node that a finding is about; the first is the one in question."""

    id: str
    name: str
    kind: str


class RelationPart(_Part):
    """A relation that a finding rests on."""

    id: str
    type: str
    start: str = Field(alias="from")
    end: str = Field(alias="to")


class EvidencePart(_Part):
    """A quote, the source it is from, and where the case states it."""

    source: str | None
    quote: str
    file: str | None = None
    line: int | None = None


class LocationPart(_Part):
    """Where the input states the first thing that a finding rests on."""

    file: str
    line: int


class FindingPart(_Part):
    """One finding."""

    rule: str
    severity: Severity
    status: Literal["violated", "undetermined"]
    fingerprint: str = Field(pattern="^[0-9a-f]{16}$")
    message: str
    subjects: list[SubjectPart]
    relations: list[RelationPart]
    evidence: list[EvidencePart]
    location: LocationPart | None
    remedy: str
    identity: list[str | int | float | list[str] | None] = []


class RulePart(_Part):
    """How one rule came out."""

    id: str
    severity: Severity
    title: str
    status: Literal["violated", "passed", "undetermined", "not_applicable"]
    evaluated: int = Field(ge=0)
    violations: int = Field(ge=0)
    undetermined: int = Field(ge=0)


class CheckDocument(_Part):
    """A whole check."""

    version: Literal[1]
    case: str | None
    as_of: str | None
    reform: str | None = None
    rules: list[RulePart] = []
    findings: list[FindingPart]
