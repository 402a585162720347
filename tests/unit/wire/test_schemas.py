"""Three readings of the contract agree: its schemas, our schemas, our decoder."""

from pathlib import Path

import pytest

import streams.wire
from streams.wire.__main__ import main
from streams.wire.inputs import INPUT_TYPES, decode_input
from streams.wire.reference import reference_page
from streams.wire.rejection import Rejection
from streams.wire.schemas import SCHEMAS, Json, schema, schema_text
from tests.support.examples import CASES, SCHEMA_OF, Example, examples
from tests.support.json_schema import CONTRACT, contract_schema, in_contract, judge, read_json

ROOT = Path(__file__).parents[3]
COMMITTED = Path(streams.wire.__file__).parent / "schemas"
EXAMPLES = tuple(examples())
OURS = {topic: judge(schema(name)) for topic, name in SCHEMA_OF.items()}
THEIRS = {
    topic: judge(contract_schema(name)) for topic, name in SCHEMA_OF.items() if in_contract(name)
}


def decoder_takes(example: Example) -> bool:
    """Tell whether our decoder takes an example."""
    try:
        decode_input(example.topic, example.body)
    except Rejection:
        return False
    return True


def names(of: Json) -> set[str]:
    """Return the names in a list, or of the fields of an object."""
    assert isinstance(of, list | dict), "only these hold names"
    return {name for name in of if isinstance(name, str)}


def test_the_examples_are_many_and_of_every_input() -> None:
    """Agreement means little on a handful of messages."""
    for topic in INPUT_TYPES:
        mine = [example.good for example in EXAMPLES if example.topic == topic]
        assert mine.count(True) >= 50, topic
        assert mine.count(False) >= 50, topic


def test_the_examples_try_every_field() -> None:
    """A field of a schema that no example touches would be unchecked."""
    for topic, name in SCHEMA_OF.items():
        assert {*names(schema(name)["properties"]), "unknown"} == set(CASES[topic])


@pytest.mark.parametrize("topic", INPUT_TYPES)
def test_decoder_and_both_schemas_agree(topic: str) -> None:
    """Each example is good or bad for all three, and as the table of examples says."""
    judges = [OURS[topic], *([THEIRS[topic]] if topic in THEIRS else [])]
    mine = [example for example in EXAMPLES if example.topic == topic]
    found = {
        example.name: (
            decoder_takes(example),
            *(judge.is_valid(read_json(example.body)) for judge in judges),
        )
        for example in mine
    }
    assert {example.name: (example.good,) * (1 + len(judges)) for example in mine} == found


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_schema_is_the_generated_one(name: str) -> None:
    """`python -m streams.wire` writes them anew."""
    path = COMMITTED / f"{name}.schema.json"
    assert path.read_text(encoding="utf-8") == schema_text(name)


def test_no_committed_schema_is_left_over() -> None:
    """A schema without a type would promise what nobody keeps."""
    expected = {f"{name}.schema.json" for name in SCHEMAS}
    assert expected == {path.name for path in COMMITTED.iterdir()}


def test_the_reference_page_is_the_generated_one() -> None:
    """`python -m streams.wire` writes it anew."""
    page = ROOT / "docs" / "reference" / "schemas.md"
    assert page.read_text(encoding="utf-8") == reference_page()


def test_the_program_writes_all_of_it(tmp_path: Path) -> None:
    """Every schema into the folder, the page into its file."""
    main(tmp_path, tmp_path / "page.md")
    expected = {f"{name}.schema.json" for name in SCHEMAS} | {"page.md"}
    assert expected == {path.name for path in tmp_path.iterdir()}
    assert reference_page() == (tmp_path / "page.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["alert", "transition"])
def test_an_output_promises_all_that_the_contract_asks(name: str) -> None:
    """Our schema of an output requires each field of the contract, and knows each it names."""
    ours, theirs = schema(name), contract_schema(name)
    optional = {"election"} if name == "transition" else set[str]()
    assert names(theirs["required"]) <= names(ours["required"])
    assert names(theirs["properties"]) - names(ours["properties"]) == optional


def test_the_copy_of_the_contract_is_the_contract() -> None:
    """The schemas in `tests/contract` are those that were handed out, byte for byte."""
    original = ROOT.parent / "shared" / "contract"
    if not original.is_dir():
        pytest.skip("the contract's own folder does not lie beside the repository")
    expected = {path.name: path.read_bytes() for path in original.glob("*.schema.json")}
    assert expected == {path.name: path.read_bytes() for path in CONTRACT.iterdir()}
