"""What a gate remembers of requests."""

from streams.gate.seen import Before, Seen, digest_of

A, B = digest_of(b"a"), digest_of(b"b")


def test_a_repeat_is_told_from_another_content() -> None:
    """Under way until it is taken; with another content it is neither."""
    seen = Seen(600, 10)
    assert Before.NOTHING is seen.claim("app", "1", A, 0)
    assert Before.UNDER_WAY is seen.claim("app", "1", A, 1)
    assert Before.OTHER is seen.claim("app", "1", B, 1)
    seen.take("app", "1")
    assert Before.TAKEN is seen.claim("app", "1", A, 2)
    assert Before.OTHER is seen.claim("app", "1", B, 2)


def test_senders_and_ids_are_apart() -> None:
    """Two may call their requests alike."""
    seen = Seen(600, 10)
    seen.claim("app", "1", A, 0)
    assert Before.NOTHING is seen.claim("room", "1", B, 0)
    assert Before.NOTHING is seen.claim("app", "2", B, 0)


def test_what_is_old_is_forgotten() -> None:
    """At the end of its time it is still known, and a moment later it is not."""
    seen = Seen(600, 10)
    seen.claim("app", "1", A, 0)
    assert Before.UNDER_WAY is seen.claim("app", "1", A, 600)
    assert Before.NOTHING is seen.claim("app", "1", B, 600.5)
    assert 1 == len(seen)


def test_there_are_never_more_than_it_may_hold() -> None:
    """The oldest goes first; to take what was forgotten changes nothing."""
    seen = Seen(600, 3)
    for number in range(5):
        seen.claim("app", str(number), A, 0)
    assert 3 == len(seen)
    assert Before.NOTHING is seen.claim("app", "0", B, 0)
    seen.take("app", "1")
    assert Before.UNDER_WAY is seen.claim("app", "4", A, 0)


def test_a_digest_knows_where_its_parts_end() -> None:
    """The same bytes cut elsewhere are another content."""
    assert digest_of(b"ab", b"c") != digest_of(b"a", b"bc")
    assert digest_of(b"ab", b"c") == digest_of(b"ab", b"c")
