"""Of which version a room is: the shell, the session and the snapshot say it, and say the same."""

from tests.unit.room.rooms import Room, Visitor, visiting


def test_a_session_says_of_which_version_the_files_of_the_room_are() -> None:
    """By it a page that is open notices that the room has become another."""

    async def talk(_room: Room, visitor: Visitor) -> None:
        version = (await visitor.ask("GET", "/api/v1/session")).json()["version"]
        assert f'name="siaga-version" content="{version}"' in (await visitor.ask("GET", "/")).text
        snapshot = (await visitor.ask("GET", "/api/v1/snapshot")).json()
        assert version == snapshot["session"]["version"]
        assert 16 == len(version)

    visiting("viewer", talk)
