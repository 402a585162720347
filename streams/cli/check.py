"""Check an election folder and its pack: name every fault at once, with file, line and column.

Errors make the folder unusable; warnings are for a person to look at. Both are printed as
`file:line: column: found ..., expected ...`, then a line that sums the folder up. The pack that the
folder names is loaded as a worker loads it, once the folder itself has no error; what the texts of
a rule say is looked at once its fields can be read. Tests of rules are not run: `siaga rules test`.
Where channels are configured (`notify_file`), contacts are held against the channels they name;
where there is a `users_file`, its users' areas against the TPS of this and the other `elections`.
"""

import argparse
from collections import Counter
from pathlib import Path

import msgspec

from streams.authoring.trial import refused_in
from streams.cli.settings import add_roster, config_of
from streams.config import Config
from streams.domain.words import TPS_CLASSES
from streams.errors import ConfigError
from streams.room.user_areas import unwatched
from streams.rules.faults import PackError, PackFault
from streams.rules.reading import draft_of
from streams.setup import room_actors, text_of
from streams.sinks.contacts import check_contacts
from streams.sinks.settings import load_notify
from streams.territory.fault import Fault, Faults, FaultSeverity, errors_of
from streams.territory.plan import Plan
from streams.wire.folder import load_folder

__all__ = ["add_arguments", "run"]

_EPILOG = """\
examples:
  siaga check elections/rejang-lebong-2024
  siaga check elections/rejang-lebong-2024 --json | jq .faults
  siaga check elections/rejang-lebong-2024 --notify /etc/siaga/notify.toml

exit code: 0 usable (there may be warnings), 1 it has errors, its pack cannot be used, or there is
no such folder
"""
_ELECTION_FILE = "election.toml"


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What a usable folder holds, in numbers."""

    election: str
    tps: int
    tps_by_class: dict[str, int]
    dpt: int
    kabupaten: int
    desa: int
    polsek: int
    pairs: int
    officers: int
    on_duty: int
    actors: int
    contacts: int


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The whole answer, as `--json` prints it."""

    usable: bool
    errors: int
    warnings: int
    summary: Summary | None
    faults: tuple[Fault, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga check`."""
    parser.epilog = _EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("election", metavar="ELECTION", type=Path, help="the election folder")
    parser.add_argument(
        "--notify",
        metavar="FILE",
        help="channels to hold the contacts against (default: notify_file of the settings)",
    )
    add_roster(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead")


def run(arguments: argparse.Namespace) -> int:
    """Print what is wrong with the folder and what it holds; return the exit code."""
    folder: Path = arguments.election
    config = config_of(arguments)
    plan, faults = load_folder(folder, room=room_actors(config))
    if plan is not None:
        faults += (
            *pack_faults(plan),
            *contact_faults(plan, arguments),
            *user_faults(plan, folder, config),
        )
    verdict = judge(plan, faults)
    if arguments.json:
        print(msgspec.json.format(msgspec.json.encode(verdict), indent=2).decode())
    else:
        for fault in faults:
            print(fault)
        print(_last_line(folder, verdict))
    return 0 if verdict.usable else 1


def contact_faults(plan: Plan, arguments: argparse.Namespace) -> tuple[Fault, ...]:
    """Return which contacts no configured channel reaches; none where none is configured.

    Raises:
        ConfigError: The settings, or the file of channels, cannot be used.
    """
    file: str = arguments.notify or config_of(arguments).notify_file
    return check_contacts(load_notify(file), plan) if file else ()


def user_faults(plan: Plan, folder: Path, config: Config) -> tuple[Fault, ...]:
    """Return which users of the control room have an area without TPS.

    Elections of the settings count too: a user may be there for another one.

    Raises:
        ConfigError: The users file cannot be used.
    """
    others = (Path(one) for one in config.elections)
    read = (load_folder(one)[0] for one in others if one.resolve() != folder.resolve())
    plans = (plan, *(one for one in read if one is not None))
    return unwatched(config.users_file, room_actors(config) or (), plans)


def pack_faults(plan: Plan) -> tuple[Fault, ...]:
    """Load the pack of an election as a worker does, and return why it cannot be used.

    A test of the folder's own that cannot be run is a warning: workers run none.
    """
    try:
        text = text_of(plan)
        draft = draft_of(text)
        pack = draft.pack(text.profile)
    except PackError as error:
        return tuple(_of_rules(one, FaultSeverity.ERROR) for one in error.faults)
    except ConfigError as error:
        faults = Faults(_ELECTION_FILE)
        faults.error(0, "pack", f"what no worker can start with ({error})", "a pack to judge by")
        return tuple(faults.noted)
    own = {file.name for file in text.overrides}
    return tuple(_of_rules(one, FaultSeverity.WARNING) for one in refused_in(draft, pack, own))


def _of_rules(fault: PackFault, severity: FaultSeverity) -> Fault:
    return Fault(
        file=fault.file,
        line=fault.line,
        column=fault.field,
        found=fault.what,
        expected="",
        severity=severity,
    )


def judge(plan: Plan | None, faults: tuple[Fault, ...]) -> Verdict:
    """Sum up what was read and what is wrong with it."""
    errors = len(errors_of(faults))
    usable = plan if errors == 0 else None
    return Verdict(
        usable=usable is not None,
        errors=errors,
        warnings=len(faults) - errors,
        summary=None if usable is None else summarize(usable),
        faults=faults,
    )


def summarize(plan: Plan) -> Summary:
    """Count what a plan holds."""
    classes = Counter(tps.tps_class for tps in plan.tps.values())
    return Summary(
        election=plan.election.id,
        tps=len(plan.tps),
        tps_by_class={str(word): classes[word] for word in TPS_CLASSES},
        dpt=sum(tps.dpt for tps in plan.tps.values()),
        kabupaten=len(plan.kabupaten),
        desa=len(plan.tps_of_desa),
        polsek=len(plan.polsek),
        pairs=len(plan.pairs),
        officers=len(plan.officers),
        on_duty=sum(officer.on_duty for officer in plan.officers.values()),
        actors=len(plan.actors or ()),
        contacts=len(plan.contacts),
    )


def _last_line(folder: Path, verdict: Verdict) -> str:
    found = verdict.summary
    counted = f"{verdict.errors} errors, {verdict.warnings} warnings"
    if found is None:
        return f"{folder}: not usable: {counted}"
    classes = ", ".join(f"{word} {count}" for word, count in found.tps_by_class.items())
    return (
        f"{found.election}: {found.tps} TPS ({classes}), {found.dpt} voters, {found.desa} desa,"
        f" {found.polsek} Polsek, {found.pairs} pairs, {found.officers} officers"
        f" ({found.on_duty} on duty), {found.actors} actors, {found.contacts} contacts: {counted}"
    )
