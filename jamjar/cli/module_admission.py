"""Commands by which members admit modules: the registry, proposals, and what is admitted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jamjar.cli import acting, options, output
from jamjar.cli.acting import Keystore
from jamjar.errors import DeploymentError, InvalidInput

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger
    from jamjar.ledger.module_registry import AdmittedModule
    from jamjar.module.checking import CheckedModule

Out = Annotated[
    Path | None, typer.Option("--out", help="Where the founder is a Safe: write its transaction into this new file.")
]


def registry(
    context: typer.Context,
    keystore: Keystore,
    password_file: options.PasswordFile = None,
    yes: options.Yes = False,
) -> None:
    """Deploy the registry of modules, once, and write modules.json beside the deployment file."""
    from jamjar.ledger import module_registry
    from jamjar.ledger.rpc import connect
    from jamjar.ledger.transacting import address_of

    deployment, file = context.obj.read_deployment(), acting.registry_file(context.obj)
    if file.exists():
        raise DeploymentError(f"{file} is there already; there is one registry of a deployment.")
    sender = options.account(keystore, password_file)
    web3, chain_id = connect(options.web_address(context.obj.node, "node"))
    if chain_id != deployment.chain_id:
        raise DeploymentError(f"The node is on chain {chain_id}; name the deployment file of that chain.")
    acting.ask_first(f"Deploy a registry from {address_of(sender)}? It has no power afterwards.", yes=yes)
    place = module_registry.deploy(web3, sender, deployment.consortium.address)
    place.write(file)
    typer.echo(f"The registry is at {place.address}; wrote {file}, which every member needs.")


def propose(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The module's folder.")],
    keystore: Keystore,
    target: Annotated[str, typer.Option(help="The address of the module's contract, if it has one.")] = "",
    password_file: options.PasswordFile = None,
    out: Out = None,
    yes: options.Yes = False,
) -> None:
    """Propose that the members admit a module, with exactly these files; it is checked first."""
    from jamjar.ledger.module_registry import NO_CONTRACT

    name, code_hash, runtime = _checked(folder)
    if bool(target) != (runtime is not None):
        raise InvalidInput("A module with a contract is admitted with --target, its address, and no other one is.")
    actor = acting.enter(context, keystore, password_file)
    address = _is_contract(actor.ledger, target, runtime) if runtime is not None else NO_CONTRACT
    _propose(context, actor, ("admit", _word(name), code_hash, address), out=out, yes=yes)


def dismiss(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The module's name.")],
    keystore: Keystore,
    password_file: options.PasswordFile = None,
    out: Out = None,
    yes: options.Yes = False,
) -> None:
    """Propose that the members dismiss a module; its contract goes on, as nothing can stop one."""
    from jamjar.module.manifest import check_name

    word = _word(check_name(name))
    _propose(context, acting.enter(context, keystore, password_file), ("dismiss", word), out=out, yes=yes)


def list_modules(
    context: typer.Context,
    folders: Annotated[
        list[Path] | None, typer.Argument(metavar="[FOLDER]...", help="Folders to compare with what is admitted.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """List the modules that are admitted, and whether folders are what was admitted (exit status 1 if one is not)."""
    from jamjar.ledger.module_registry import admitted, read_place
    from jamjar.module import folder, manifest

    found = admitted(context.obj.ledger(), read_place(acting.registry_file(context.obj)))
    matches = dict[str, bool]()
    for each in folders or []:
        files = folder.read(each)
        module = found.get(manifest.parsed(files.contents.get(manifest.FILE, b"")).name)
        matches[str(each)] = not files.wrong and bool(module) and folder.code_hash(files.contents) == module.code_hash  # type: ignore[union-attr]
    if as_json:
        output.print_json({"modules": [_json(each) for each in found.values()], "folders": matches})
    else:
        table = output.OutputTable("Module", "Code hash", "Contract", "Since block", right=("Since block",))
        for module in found.values():
            contract = module.target if module.has_contract else "none"
            table.add(module.name, f"0x{module.code_hash.hex()}", contract, module.block)
        table.print(empty="No module is admitted.")
        for place, same in matches.items():
            typer.echo(f"{place} is {'exactly what was admitted' if same else 'not what was admitted'}.")
    if not all(matches.values()):
        raise typer.Exit(1)


def checked(folder: Path) -> CheckedModule:
    """Check a module, and print what was looked at, each finding, and the code hash."""
    from jamjar.module.checking import CHECKED
    from jamjar.module.checking import check as check_module

    found = check_module(folder)
    table = output.OutputTable("For", "What was checked", "Result")
    for promise, what in CHECKED.items():
        table.add(promise, what, found.result(promise))
    table.print()
    for finding in found.findings:
        output.print_error(finding.sentence)
    if found.code_hash:
        typer.echo(f"Code hash: 0x{found.code_hash.hex()}")
    return found


def _json(module: AdmittedModule) -> Mapping[str, Any]:
    contract = {"target": module.target, "target_hash": f"0x{module.target_hash.hex()}"} if module.has_contract else {}
    return {"name": module.name, "code_hash": f"0x{module.code_hash.hex()}", "block": module.block, **contract}


def _checked(folder: Path) -> tuple[str, bytes, bytes | None]:
    """Return a module's name and code hash, and its contract's runtime code; ends the command where it is not sound."""
    from jamjar.module import artefact

    found = checked(folder)
    if found.findings or found.manifest is None or found.code_hash is None:
        raise InvalidInput(f"{folder} does not pass the check, so nothing was proposed; correct what is said above.")
    contract = found.manifest.contract
    built = artefact.read(found.files.text(contract.artefact) or "", contract.artefact) if contract else None
    return found.manifest.name, found.code_hash, built.runtime if built else None


def _is_contract(ledger: Ledger, target: str, runtime: bytes) -> str:
    """Return an address, at which the code of an artefact is; raises InvalidInput where another is."""
    from jamjar.ledger.rpc import ask
    from jamjar.module.artefact import fits
    from jamjar.protocol.address import checksum_address, parse_address

    address = checksum_address(parse_address(target))
    web3 = ledger.contract_at(address, ()).w3
    if not fits(runtime, ask(lambda: bytes(web3.eth.get_code(address)))):
        raise InvalidInput(f"The code at {address} is not that of the artefact; deploy what was built, and name it.")
    return address


def _propose(
    context: typer.Context, actor: acting.Actor, call: tuple[Any, ...], *, out: Path | None, yes: bool
) -> None:
    """Try a call of the registry as the governance would make it, and propose it."""
    from jamjar.cli.propose import schedule
    from jamjar.ledger.module_registry import CONTRACT, admitted, contract_of, read_place
    from jamjar.ledger.proposal_words import Change, module_name
    from jamjar.ledger.rpc import ask

    ledger, (function, name, *rest) = actor.ledger, call
    place = read_place(acting.registry_file(context.obj))
    now = admitted(ledger, place).get(module_name(name))
    if function == "dismiss" and now is None:
        raise InvalidInput(f"No module {module_name(name)} is admitted; see jamjar module list.")
    tried = contract_of(ledger, place).get_function_by_name(function)(name, *rest)
    ask(partial(tried.call, {"from": ledger.deployment.governance.address}))
    then = f"admitted with code hash 0x{rest[0].hex()} and contract {rest[1]}" if rest else "dismissed"
    change = Change(
        f"Module {module_name(name)}",
        f"admitted with code hash 0x{now.code_hash.hex()} and contract {now.target}" if now else "not admitted",
        then,
    )
    schedule(actor, [call], CONTRACT, [change], at=place.address, out=out, yes=yes)


def _word(name: str) -> bytes:
    return name.encode("ascii").ljust(32, b"\0")
