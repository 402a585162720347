"""A notice in full: what somebody reads who has a screen, one line a fact.

    TINGGI, naik: TPS 003 Padang Leban belum buka
    Untuk: posko Polres - mohon dijawab
    Tempat: TPS 003, Padang Leban, Tanjung Kemuning, Kaur, Bengkulu
    Sejak: 07:30 WIB
    …

Nobody is named in it but levels, pairs and posts: who was told before is a level, who has it is
what the notice calls him. Of what is restricted it says what the notice says and no more, for it
goes to those alone who may see it.
"""

from collections.abc import Iterator, Mapping, Sequence

from streams.domain.alert import AGENCY, Told
from streams.domain.ids import AlertId
from streams.domain.levels import level_above
from streams.domain.outgoing import Outgoing
from streams.texts.notices_items import (
    Item,
    head_of,
    how_many,
    is_drill,
    items_of,
    level_name,
    messages_of,
    moment,
    one_line,
    places_of,
    roll_up_text,
    title_of,
    zoned,
)
from streams.texts.notices_words import pick, said

__all__ = ["full"]


def full(
    notices: Sequence[Outgoing],
    language: str,
    codes: Mapping[AlertId, str],
    links: Mapping[AlertId, str],
) -> str:
    """Return all that is told, in lines; alerts are parted by an empty line.

    Args:
        notices: One, or several of one destination that are told together; never none.
        language: `en`, or any other for Indonesian.
        codes: By which an alert can be answered in a message; without one it cannot.
        links: Pages on which an alert can be answered; without one it cannot.
    """
    items = items_of(notices)
    blocks = [
        *messages_of(notices, language),
        *_opening(notices, language),
        *("\n".join(_lines(item, language, codes, links)) for item in items),
        *_rest(notices, items, language),
    ]
    if is_drill(notices):
        mark = said("drill_line", language)
        blocks = [mark, *blocks, mark]
    return "\n\n".join(blocks)


def _opening(notices: Sequence[Outgoing], language: str) -> Iterator[str]:
    """Yield what stands before several alerts."""
    rolled_up = [(one, one.rolled_up) for one in notices if one.rolled_up is not None]
    for notice, kecamatan in rolled_up:
        text = roll_up_text(notice, kecamatan, language)
        pace = said("pace", language, count=str(kecamatan.opened))
        yield f"{text}. {pace}"
    if not rolled_up and (count := how_many(notices)) > 1:
        called = how_many(notices, calls=True)
        yield f"{said('calls' if called else 'news', language, count=str(called or count))}."


def _rest(notices: Sequence[Outgoing], items: Sequence[Item], language: str) -> Iterator[str]:
    """Yield how many of a roll-up have no text of their own."""
    without = how_many(notices) - len({item.alert.alert for item in items})
    if without:
        yield said("rest", language, count=str(without))


def _lines(
    item: Item, language: str, codes: Mapping[AlertId, str], links: Mapping[AlertId, str]
) -> Iterator[str]:
    alert = item.alert
    yield f"{head_of(item, language)}: {title_of(item, language)}"
    yield from _asked(item, language)
    if places := places_of(alert):
        yield said("where", language, place=", ".join(places))
    yield said("since", language, time=zoned(alert.opened_at, item.notice, language))
    if summary := one_line(pick(alert.summary, language)):
        yield said("why", language, summary=summary)
    if item.is_call and (action := one_line(pick(alert.action, language))):
        yield said("what_to_do", language, action=action)
    yield from _others(item, language)
    if item.is_call:
        yield from _answers(item, language, codes, links)
    if alert.runbook:
        yield said("runbook", language, page=_page(alert.runbook))


def _page(runbook: str) -> str:
    """Return what people call a page: `docs/runbooks/T03.md` is T03."""
    return runbook.rpartition("/")[2].removesuffix(".md")


def _asked(item: Item, language: str) -> Iterator[str]:
    """Yield who is asked, and for whom he stands in."""
    post = item.notice.destination.post
    level = level_name(post.ladder, post.level, language)
    yield said("for_call" if item.is_call else "for_inform", language, level=level)
    if instead_of := item.alert.instead_of:
        yield said("instead_of", language, level=level_name("", instead_of, language))


def _others(item: Item, language: str) -> Iterator[str]:
    """Yield who else knows of it, who has it, and who does not know."""
    alert = item.alert
    if told := [_told(item, one, language) for one in alert.told if one.at < item.notice.at]:
        yield said("told", language, who=", ".join(told))
    if alert.taken_by is not None:
        yield said("taken_by", language, who=one_line(pick(alert.taken_by, language)))
    if alert.unreached:
        names = (level_name(AGENCY, one, language) for one in alert.unreached)
        yield said("unreached", language, who=", ".join(names))
    if alert.flapping:
        yield said("flapping", language)


def _told(item: Item, told: Told, language: str) -> str:
    level = level_name(told.ladder, told.level, language)
    time = moment(told.at, item.notice, language)
    return (
        f"{level} {time}"
        if told.contacts
        else said("told_nobody", language, level=level, time=time)
    )


def _answers(
    item: Item, language: str, codes: Mapping[AlertId, str], links: Mapping[AlertId, str]
) -> Iterator[str]:
    """Yield until when an answer is waited for, who is called then, and how to answer."""
    alert = item.alert
    if alert.due_at is not None:
        time = zoned(alert.due_at, item.notice, language)
        if above := level_above(alert.ladder, alert.level):
            level = level_name(alert.ladder, above, language)
            yield said("answer_by_then", language, time=time, level=level)
        else:
            yield said("answer_by", language, time=time)
    if code := codes.get(alert.alert):
        yield said("reply", language, code=code)
    if link := links.get(alert.alert):
        yield said("link", language, link=link)
