"""Kinds of events and of places in words."""

from __future__ import annotations

from tracker.timeline.speech import Speech

__all__ = ["kind_words", "place_kind_words"]


def kind_words(kind: str, speech: Speech) -> str:
    """Name a kind of event; one that has no name here is shown as it is called in the data, with blanks."""
    return {**_of_people(speech), **_of_nature(speech)}.get(kind) or kind.replace("_", " ")


def place_kind_words(kind: str, speech: Speech) -> str:
    """Name a kind of place; '' for those that are hard to name."""
    names = {"country": speech.say("country"), "region": speech.say("region"), "city": speech.say("city or town")}
    return names.get(kind, "")


def _of_people(speech: Speech) -> dict[str, str]:
    return {
        "visit": speech.say("visit"),
        "talks": speech.say("talks"),
        "statement": speech.say("statement"),
        "agreement": speech.say("agreement"),
        "ratification": speech.say("ratification"),
        "decision": speech.say("decision"),
        "law": speech.say("law"),
        "vote": speech.say("vote"),
        "election": speech.say("election"),
        "appointment": speech.say("appointment"),
        "resignation": speech.say("resignation"),
        "protest": speech.say("protest"),
        "attack": speech.say("attack"),
        "battle": speech.say("battle"),
        "deployment": speech.say("deployment"),
        "training": speech.say("training"),
        "weapons_test": speech.say("weapons test"),
        "arrest": speech.say("arrest"),
        "trial": speech.say("trial"),
        "verdict": speech.say("verdict"),
        "sanction": speech.say("sanction"),
        "aid": speech.say("aid"),
        "price": speech.say("price"),
        "construction": speech.say("construction"),
        "demining": speech.say("demining"),
        "launch": speech.say("launch"),
        "match": speech.say("match"),
        "ceremony": speech.say("ceremony"),
        "award": speech.say("award"),
        "crime": speech.say("crime"),
        "business": speech.say("business"),
        "discovery": speech.say("discovery"),
    }


def _of_nature(speech: Speech) -> dict[str, str]:
    return {
        "explosion": speech.say("explosion"),
        "quake": speech.say("earthquake"),
        "eruption": speech.say("eruption"),
        "flood": speech.say("flood"),
        "landslide": speech.say("landslide"),
        "storm": speech.say("storm"),
        "fire": speech.say("fire"),
        "accident": speech.say("accident"),
        "death": speech.say("death"),
        "death_toll": speech.say("number of dead"),
        "disease": speech.say("disease"),
        "evacuation": speech.say("evacuation"),
        "event": speech.say("other event"),
    }
