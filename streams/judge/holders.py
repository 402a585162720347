"""Says who has taken an alert on, as everybody who was told of it may know: never by name.

officer on the roster ──► his pair, else the post of his Polsek
contact who answers ────► the level that it stands for, and where
anybody else ───────────► the role, and where
"""

from streams.domain.alert import Text
from streams.domain.events import Actor
from streams.domain.ids import AreaCode, area_kind, kabupaten_of
from streams.territory.plan import Contact, Plan, covers
from streams.texts.words import actor_role_text, level_text

__all__ = ["holder_text"]


def holder_text(plan: Plan, actor: Actor, place: AreaCode) -> Text:
    """Return how people call who acts on an alert at a place, by pair, post, level or role."""
    officer = plan.officers.get((kabupaten_of(place), actor.id))
    if officer is not None and officer.pair:
        return Text(f"pasangan {officer.pair}", f"pair {officer.pair}")
    if officer is not None and officer.polsek:
        return Text(f"piket Polsek {officer.polsek}", f"duty post of Polsek {officer.polsek}")
    contact = _contact_of(plan, actor.id, place)
    if contact is not None:
        return _at(level_text(contact.level), plan.name_of(contact.area))
    # Without a roster an area is what the message says, so it may be anything.
    known = area_kind(actor.area) is not None
    return _at(actor_role_text(actor.role), plan.name_of(AreaCode(actor.area)) if known else "")


def _contact_of(plan: Plan, actor: str, place: AreaCode) -> Contact | None:
    """Return the contact as whom somebody answers: that of the narrowest area around the place."""
    own = [one for one in plan.contacts if one.actor == actor]
    near = [one for one in own if covers(one.area, place)]
    return max(near or own, key=lambda one: len(one.area), default=None)


def _at(who: Text, area: str) -> Text:
    return Text(f"{who.id} {area}".rstrip(), f"{who.en} {area}".rstrip())
