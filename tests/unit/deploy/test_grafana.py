"""What Grafana shows: committed as it is built, laid out well, said in both languages."""

import json
import re
from itertools import combinations
from pathlib import PurePosixPath
from typing import Any, Final, cast

import pytest
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.cog.plugins import register_default_plugins
from grafana_foundation_sdk.models.dashboard import Dashboard as Model

from streams.domain.alert import AlertState, Change
from streams.domain.facts import Stage
from streams.domain.receipt import ReceiptOutcome
from streams.domain.words import Severity, SituationColour, TpsClass
from tests.unit.deploy.dashboards import BUILT, NAMES, SHOWN, panels_of
from tests.unit.deploy.files import ROOT, compose, datasources, providers
from tools.dashboards import words
from tools.dashboards.__main__ import FOLDER
from tools.dashboards.catalogue import files
from tools.dashboards.draw.files import Panel, Place
from tools.dashboards.draw.units import UNITS

CORE: Final = {"bargauge", "heatmap", "row", "stat", "state-timeline", "table", "timeseries"}
"""Kinds of panels that Grafana 11 and 12 bring along."""
BEYOND_THE_SDK: Final = {"step", "titleFormat"}
"""What Grafana's Prometheus reads of an annotation, and the SDK's type does not have."""
_GRID: Final = 24
_LETTERS_PER_COLUMN: Final = 8
_LANGUAGES: Final = 2


PANELS: Final = [
    pytest.param(panel, id=f"{dashboard.uid}: {panel.title}")
    for dashboard in SHOWN.values()
    for panel in panels_of(dashboard)
]


def overlap(one: Place, two: Place) -> bool:
    """Say whether two panels lie on each other."""
    beside = one.x + one.w <= two.x or two.x + two.w <= one.x
    return not beside and one.y < two.y + two.h and two.y < one.y + one.h


def test_the_committed_dashboards_are_those_that_are_built() -> None:
    """`python -m tools.dashboards` writes them, and nothing else lies there."""
    committed = {path.name: path.read_text("utf-8") for path in FOLDER.iterdir()}
    assert sorted(BUILT) == sorted(committed)
    assert [] == [name for name in NAMES if BUILT[name] != committed[name]]


def test_building_again_gives_the_same_bytes() -> None:
    """So a difference is a change that somebody made."""
    assert BUILT == files()


def test_the_control_room_may_be_elsewhere() -> None:
    """Its address is in the files once each, as a variable."""
    moved = files("https://posko.example")
    assert [1] * len(NAMES) == [moved[name].count("https://posko.example") for name in NAMES]
    assert [] == [name for name in NAMES if "localhost" in moved[name]]


@pytest.mark.parametrize("name", NAMES)
def test_the_sdk_reads_what_it_has_written(name: str) -> None:
    """A field that its types do not know would be lost on the way, and be different."""
    register_default_plugins()
    document = cast("dict[str, Any]", json.loads(BUILT[name]))
    for one in document["annotations"]["list"]:
        for field in BEYOND_THE_SDK:
            one.pop(field, None)
    again = json.loads(json.dumps(Model.from_json(document), cls=JSONEncoder))
    assert document == again


@pytest.mark.parametrize("name", NAMES)
def test_panels_lie_beside_each_other(name: str) -> None:
    """None hides another, and each line is filled."""
    panels = SHOWN[name].panels
    assert [] == [
        (one.title, two.title)
        for one, two in combinations(panels, 2)
        if overlap(one.place, two.place)
    ]
    widths: dict[int, int] = {}
    for panel in panels:
        widths[panel.place.y] = widths.get(panel.place.y, 0) + panel.place.w
    assert {_GRID} == set(widths.values())


@pytest.mark.parametrize("name", NAMES)
def test_names_are_used_once(name: str) -> None:
    """A panel is spoken of by its title, and Grafana tells panels apart by their number."""
    titles = [panel.title for panel in SHOWN[name].panels]
    assert len(titles) == len(set(titles))
    numbers = re.findall(r'^   "id": (\d+)', BUILT[name], re.MULTILINE)
    assert [str(number + 1) for number in range(len(titles))] == sorted(numbers, key=int)


@pytest.mark.parametrize("panel", PANELS)
def test_a_panel_says_what_it_is(panel: Panel) -> None:
    """Title and description in both languages, a unit that is known, words for nothing."""
    assert _LANGUAGES == len(panel.title.split(" · "))
    paragraphs = panel.description.split("\n\n")
    assert _LANGUAGES == len(paragraphs)
    # Why one looks at it, and what to do then.
    assert all(re.search(r"[.:;] ", paragraph) for paragraph in paragraphs), panel.description
    assert panel.fields().unit in UNITS
    assert " · " in panel.fields().no_value
    assert panel.type in CORE


@pytest.mark.parametrize("panel", PANELS)
def test_a_title_fits_above_its_panel(panel: Panel) -> None:
    """Grafana cuts off what is longer."""
    assert len(panel.title) <= _LETTERS_PER_COLUMN * panel.place.w


@pytest.mark.parametrize("panel", PANELS)
def test_each_query_has_its_letter_and_its_name(panel: Panel) -> None:
    """Grafana mixes up queries of one letter, and calls nameless series by all their labels."""
    letters = [target.ref_id for target in panel.targets]
    assert ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"][: len(letters)] == letters
    assert all(target.legend_format for target in panel.targets)


def test_there_is_one_datasource() -> None:
    """A dashboard that names another one shows nothing on a new installation."""
    [source] = datasources()
    named = {
        (one["type"], one["uid"])
        for text in BUILT.values()
        for one in (json.loads(found) for found in re.findall(r'"datasource": (\{[^}]*\})', text))
    }
    assert {(source.type, source.uid), ("datasource", "grafana")} == named
    assert source.is_default
    assert "http://prometheus:9090" == source.url
    assert "prometheus" in compose().services


def test_alerts_are_marked_by_the_tags_that_they_are_told_with() -> None:
    """The mirror in Grafana writes them; see docs/reference/mirrors.md."""
    for text in BUILT.values():
        tags = [
            one["target"]["tags"]
            for one in json.loads(text)["annotations"]["list"]
            if one["datasource"]["uid"] == "grafana"
        ]
        assert [["siaga", "severity:critical"], ["siaga", "severity:high"]] == tags


def test_words_are_there_for_every_value() -> None:
    """A stage without a word would stand in English, and in a colour of chance."""
    assert set(Stage) == set(words.STAGES)
    assert set(Severity) == set(words.SEVERITIES)
    assert set(TpsClass) == set(words.CLASSES)
    assert set(AlertState) - {AlertState.RESOLVED} == set(words.STATES)
    assert set(ReceiptOutcome) == set(words.RECEIPTS)
    assert len(SituationColour) == len(words.SITUATION)
    assert set(words.CHANGES) <= set(Change)


def test_colours_are_not_alone() -> None:
    """Each word of a list has its own text, and its own colour."""
    for listed in (words.SEVERITIES, words.STAGES, words.STATES, words.CLASSES, words.SITUATION):
        assert len(listed) == len({text for text, _ in listed.values()})
        assert len(listed) == len({colour for _, colour in listed.values()})


def test_nothing_is_fetched_from_elsewhere() -> None:
    """An installation has no internet: no maps, no pictures, no plugins."""
    for text in BUILT.values():
        assert {"http://localhost:8120"} == set(re.findall(r"https?://[^\"/]*", text))


def test_who_leads_is_nowhere() -> None:
    """Counts say how many are in."""
    for text in BUILT.values():
        assert not re.search(r"\b(choice|paslon|votes|suara_sah)\b", text)


def test_grafana_finds_the_dashboards() -> None:
    """The provisioned folder is where Compose mounts ours; the first page is the wall."""
    grafana = compose().services["grafana"]
    [provider] = providers()
    assert FOLDER == ROOT / grafana.mounts[provider.options.path]
    home = PurePosixPath(grafana.environment["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"])
    assert (provider.options.path, "siaga-wall.json") == (str(home.parent), home.name)
