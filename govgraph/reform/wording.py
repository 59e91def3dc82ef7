"""Steps of a reform in words, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govgraph.model.case import Text
from govgraph.model.vocabulary import vocabulary
from govgraph.reform.draft import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from govgraph.model.case import Change

SENTENCES: dict[str, tuple[str, str]] = {
    "add": ("“{from}”对“{to}”建立{type}{dimension}{about}", "put in force: {from} {type} {to}{dimension}{about}"),
    "end": ("“{from}”对“{to}”的{type}{dimension}{about}终止", "end: {from} {type} {to}{dimension}{about}"),
    "create": ("设立“{name}”（{kind}）", "create {name} ({kind})"),
    "dissolve": ("撤销“{what}”", "dissolve {what}"),
    "move": ("“{what}”的{type}{dimension}由“{from}”改为“{to}”", "move {type}{dimension} of {what} from {from} to {to}"),
    "merge": ("“{bodies}”合并为“{into}”", "merge {bodies} into {into}"),
    "split": ("“{body}”分设为“{into}”", "split {body} into {into}"),
    "grant": ("“{from}”将“{what}”授予“{to}”{extent}", "{from} grants {what} to {to}{extent}"),
    "fund": ("“{by}”为“{what}”出资{amount}", "{by} pays for {what}{amount}"),
    "staff": ("为“{what}”配人{number}{giver}", "staff {what}{number}{giver}"),
    "equip": ("为“{what}”配备“{with}”{giver}", "equip {what} with {with}{giver}"),
    "connect": ("对接“{systems}”", "connect {systems}"),
    "recognise": ("“{by}”认可“{what}”的隶属", "{by} recognises {what}"),
    "evaluate_jointly": ("“{by}”联合考核“{what}”", "{by} evaluate {what} jointly"),
}


def describe(change: Change) -> Text:
    """Return a step as a short sentence in both languages."""
    return Text(_sentence(change, "zh"), _sentence(change, "en"))


def _sentence(change: Change, language: str) -> str:
    special = SPECIAL.get(change.do)
    if special is not None:
        return special(change.arguments, language)
    sentence = SENTENCES[change.do][language == "en"]
    return sentence.format_map(_Words(change.arguments, language))


def _join(value: Any, language: str) -> str:
    return ("、" if language == "zh" else ", ").join(texts(value))


class _Words(dict[str, str]):
    """Arguments as a sentence uses them; what is not given is empty."""

    def __init__(self, arguments: Mapping[str, Any], language: str) -> None:
        super().__init__({key: _join(value, language) for key, value in arguments.items()})
        chinese = language == "zh"
        types = vocabulary().relations
        if "type" in self and not chinese and self["type"] in types:
            self["type"] = types[self["type"]].en
        if "kind" in self and not chinese and self["kind"] in vocabulary().kinds:
            self["kind"] = vocabulary().kinds[self["kind"]].en
        frames = {
            "dimension": ("（{}）", " ({})"),
            "about": ("（{}）", " about {}"),
            "amount": ("{}万元", ", {} (10,000 yuan)"),
            "number": ("{}人", ", {} people"),
            "extent": ("（{}）", " ({})"),
        }
        for key, frame in frames.items():
            self[key] = frame[not chinese].format(self._word(self[key], chinese)) if self.get(key) else ""
        self["giver"] = ("（由{}提供）" if chinese else " (from {})").format(self["by"]) if self.get("by") else ""

    @staticmethod
    def _word(text: str, chinese: bool) -> str:
        if chinese:
            return text
        known = {word: term.en for terms in vocabulary().enumerations.values() for word, term in terms.items()}
        return ", ".join(known.get(part, part) for part in text.split(", "))

    def __missing__(self, key: str) -> str:
        return ""


def _clarify(arguments: Mapping[str, Any], language: str) -> str:
    chinese = language == "zh"
    if arguments.get("what"):
        what = _join(arguments["what"], language)
        head = f"明确“{what}”的责任" if chinese else f"make the division of {what} clear"
    else:
        words = _Words(arguments, language)
        head = "明确“{from}”对“{to}”的{type}" if chinese else "make clear: {from} {type} {to}"
        head = head.format_map(words)
    lead, basis = _join(arguments.get("lead"), language), _join(arguments.get("basis"), language)
    if lead:
        head += f"，由“{lead}”一家主责" if chinese else f", with {lead} alone in the lead"
    if basis:
        head += f"，依据“{basis}”" if chinese else f", by {basis}"
    return head


def _coordinate(arguments: Mapping[str, Any], language: str) -> str:
    chinese = language == "zh"
    bodies = _join(arguments.get("bodies"), language)
    mechanism, about = _join(arguments.get("mechanism"), language), _join(arguments.get("about"), language)
    if chinese:
        matter = f"就“{about}”" if about else ""
        return f"“{bodies}”{matter}" + (f"建立“{mechanism}”" if mechanism else "直接协调")
    matter = f" about {about}" if about else ""
    return f"{bodies} coordinate{matter}" + (f" in {mechanism}" if mechanism else "")


SPECIAL: dict[str, Callable[[Mapping[str, Any], str], str]] = {"clarify": _clarify, "coordinate": _coordinate}
