"""A story in an ordinary morning: what is left out, and what is added."""

from streams.domain.times import SECOND_MS, EpochMs
from streams.simulation.post import CROWD_REPORTS, TPS_STATUS, Post
from streams.simulation.story import Story, with_story
from tests.unit.simulation.written import OFFICER, PAIR, TPS, story_of

DESA = TPS[:13]
QUIET = story_of("")
EIGHT = EpochMs(QUIET.starts + 90 * 60 * SECOND_MS)
"""08:00 local time."""


def post(at: int, *about: str, kind: str = "heartbeat") -> Post:
    """Return an ordinary message."""
    return Post(EpochMs(at), EpochMs(at + 500), TPS_STATUS, b"{}", kind, about)


def muted(of: str, only: str = "[]") -> Story:
    """Return a story that silences a name from 08:00 to 08:10."""
    return story_of(f'    mute: [{{of: "{of}", from: "08:00", to: "08:10", only: {only}}}]\n')


def kept(story: Story, *posts: Post) -> list[Post]:
    """Return what is left of ordinary messages."""
    return [one for one in with_story(posts, story) if one in posts]


def test_without_mutes_everything_is_kept() -> None:
    """A story that says nothing changes nothing."""
    posts = (post(EIGHT, TPS, DESA), post(EIGHT, OFFICER))
    assert list(posts) == kept(QUIET, *posts)


def test_a_mute_goes_by_the_time_of_writing() -> None:
    """From its first moment until before its last."""
    inside = [post(EIGHT, TPS), post(EIGHT + 599 * SECOND_MS, TPS)]
    outside = [post(EIGHT - SECOND_MS, TPS), post(EIGHT + 600 * SECOND_MS, TPS)]
    assert outside == kept(muted(TPS), *inside, *outside)


def test_a_muted_tps_is_not_named_by_anybody() -> None:
    """An officer's check-in that names it is a word from it."""
    assert [] == kept(muted(TPS), post(EIGHT, OFFICER, TPS, DESA, kind="checkin"))


def test_a_muted_tps_leaves_its_neighbours_alone() -> None:
    """Others of the desa go on."""
    neighbour = post(EIGHT, f"{DESA}-001", DESA)
    assert [neighbour] == kept(muted(TPS), neighbour)


def test_a_muted_desa_is_silent_as_a_whole() -> None:
    """All of its TPS."""
    assert [] == kept(muted(DESA), post(EIGHT, TPS, DESA), post(EIGHT, f"{DESA}-001", DESA))


def test_a_muted_pair_is_its_tps_and_its_officers() -> None:
    """A word of either would be a word of the pair."""
    of_pair = [
        post(EIGHT, "17.02.22.2004-006", "17.02.22.2004"),
        post(EIGHT, "officer:17.02/P55A", kind="checkin"),
        post(EIGHT, "officer:17.02/P55B", kind="checkin"),
    ]
    assert [] == kept(muted(PAIR), *of_pair)


def test_a_mute_can_be_of_some_kinds_only() -> None:
    """The TPS goes on while nobody checks in there."""
    heartbeat, checkin = post(EIGHT, TPS), post(EIGHT, TPS, kind="checkin")
    assert [heartbeat] == kept(muted(TPS, "[checkin]"), heartbeat, checkin)


def test_strangers_are_silent_where_the_story_plays() -> None:
    """An ordinary report there would be evidence that the story does not know of."""
    story = story_of(f'    expect: [{{at: "08:00", rule: W04, scope: {TPS}, change: opened}}]\n')
    here = Post(EIGHT, EIGHT, CROWD_REPORTS, b"{}", "report", (DESA,))
    there = Post(EIGHT, EIGHT, CROWD_REPORTS, b"{}", "report", ("17.02.09.1031",))
    assert [there] == kept(story, here, there)


def test_the_story_adds_its_own_messages() -> None:
    """And a mute does not silence them."""
    story = story_of(f"""\
    mute: [{{of: {TPS}, from: "08:00", to: "09:00"}}]
    posts:
      - {{at: "08:30", status: {{kind: heartbeat, tps: {TPS}, source: {{id: k, role: kpps}}}}}}
""")
    assert 1 == len(with_story((), story))


def test_nothing_is_received_after_the_end() -> None:
    """The day stops where the story does."""
    assert [] == kept(QUIET, post(QUIET.ends, TPS))


def test_captions_come_in_the_order_of_time() -> None:
    """Whatever the order of the incidents in the file."""
    story = story_of("""\
  - id: earlier
    at: "06:45"
    caption: {id: "Dua", en: "Two"}
""")
    assert ["Two", "One"] == [caption.text.en for caption in story.captions]
