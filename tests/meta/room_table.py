"""Which rooms each room of jamjar may import, and what only a few modules may; `test_rooms` holds the code to it."""

# Floor by floor from the ground up: a room imports only from lower floors, and only what stands here.
FLOORS: tuple[dict[str, str], ...] = (
    {"errors": ""},
    {"encoding": "errors"},
    {
        "crypto": "errors",
        "service": "encoding errors",
        "vault": "encoding errors",
    },
    {
        "pages": "errors service",
        "plan": "encoding errors",
        "protocol": "crypto encoding errors",
    },
    {
        "model": "crypto errors protocol",
        "bank": "encoding errors plan",
        "network": "crypto encoding errors protocol service",
        "admitter": "crypto errors protocol service",
        "hop": "crypto encoding errors protocol service",
    },
    {
        "consent": "crypto encoding errors model plan protocol",
        "ledger": "crypto encoding errors model protocol service",
        "audit": "crypto errors model protocol service",
    },
    {
        "module": "consent encoding errors",
        "disclosure": "consent crypto encoding errors plan protocol",
        "tlog": "crypto encoding errors ledger protocol service",
        "relayer": "crypto encoding errors hop ledger model protocol service",
    },
    {
        "mailbox": "crypto disclosure encoding errors hop ledger model protocol service",
        "explorer": "audit errors ledger model pages protocol tlog",
        "operator_pages": "errors ledger network pages service tlog",
        "study": "consent crypto disclosure encoding errors ledger plan protocol vault",
    },
    {
        "wallet": "bank consent crypto disclosure encoding errors hop ledger mailbox model plan protocol relayer "
        "service tlog vault",
        "adviser": "consent crypto disclosure encoding errors ledger mailbox model protocol service vault",
    },
    {
        "wallet_pages": "bank consent errors ledger model pages plan protocol wallet",
        "adviser_pages": "adviser consent disclosure encoding errors ledger mailbox model pages plan service vault",
    },
    {
        "cli": "admitter adviser adviser_pages audit bank consent disclosure encoding errors explorer hop ledger "
        "mailbox model module network operator_pages pages plan protocol relayer service study tlog vault wallet "
        "wallet_pages",
    },
    {
        "__main__": "cli",
        "sandbox": "admitter adviser audit bank cli consent crypto disclosure errors ledger mailbox model plan "
        "protocol relayer service tlog vault wallet",
    },
)
ROOMS = {room: set(may.split()) for floor in FLOORS for room, may in floor.items()}

# Of the top-level folders, what each may import of the others.
GROUND = {
    "jamjar": set[str](),
    "modules": {"jamjar"},
    "tools": {"jamjar"},
    "benchmarks": {"jamjar", "modules", "tools"},
    "assurance": {"jamjar", "tools"},
    "scripts": {"jamjar", "modules", "tools", "assurance"},
    "tests": {"jamjar", "modules", "tools", "benchmarks", "assurance", "scripts"},
}

# The walls: rooms that nothing in these may reach, by however many imports.
WALLS = {
    (
        "plan",
        "bank",
        "wallet.jars",
        "wallet.bank_holidays",
    ): "protocol model consent ledger disclosure audit tlog relayer mailbox adviser wallet.wallet wallet.mail cli",
}

# What only the named modules of jamjar may import, and the sandbox, which plays every party.
EDGES = {
    "web3": "ledger.deploying ledger.ledger ledger.own_contract ledger.module_registry ledger.rpc ledger.transacting",
    "requests": "ledger.rpc service.bounded_session service.http_client service.json_rpc",
    "urllib3": "service.bounded_session",
    "fastapi": "cli.pages.doors explorer.door hop.app hop.gateway_app mailbox.app operator_pages.pages pages.app "
    "pages.guard relayer.app service.cors service.monitored service.openapi service.refusal_http tlog.witness_app",
    "starlette": "explorer.door hop.app hop.gateway_app mailbox.app pages.app pages.guard relayer.app service.cors "
    "service.refusal_http tlog.witness_app",
    "jinja2": "pages.site",
    "babel": "pages.sentences pages.words",
    "h11": "service.bounded_protocol",
    "uvicorn": "service.bounded_protocol service.listening",
    "prometheus_client": "hop.metrics hop.openapi operator_pages.services relayer.metrics relayer.openapi "
    "service.monitored",
    "coincurve": "crypto.pedersen protocol.signing",
    "cryptography": "admitter.key_file crypto.blind_rsa crypto.es256 crypto.ml_dsa crypto.sealing disclosure.package "
    "tlog.note vault.header vault.passphrase vault.records vault.secret",
    "eth_account": "adviser.asking adviser.mail adviser.questions adviser_pages.desk cli.desk cli.options cli.relayer "
    "disclosure.reply ledger.transacting network.geth network.join_request network.setting_up "
    "network.signed_file protocol.signing relayer.accounts relayer.carrier relayer.replacing relayer.sender "
    "relayer.transactions",
    "eth_abi": "audit.views ledger.ledger ledger.own_contract ledger.rpc protocol.calldata protocol.event_decoding "
    "protocol.rejections relayer.outcomes",
    "rlp": "relayer.transactions",
    "pyrevm": "",
    "pytest": "",
    "hexbytes": "ledger.ledger ledger.own_contract relayer.node",
    "sha3": "crypto.hashing",
    "sqlalchemy": "admitter.book audit.store audit.tables hop.store hop.tables mailbox.store mailbox.tables "
    "relayer.acceptance relayer.journal relayer.queue relayer.retention relayer.tables service.database "
    "tlog.witness_store vault.connecting vault.storage_errors vault.store vault.tables",
    "govuk_bank_holidays": "wallet.bank_holidays",
    "ijson": "bank.json_answers",
    "defusedxml": "bank.camt",
    "mt940": "bank.mt940",
    "openpyxl": "bank.spreadsheets",
    "jsonschema": "consent.schema",
    "referencing": "consent.schema",
    "tomli": "bank.layouts ledger.founders_file network.allowed module.manifest network.members_file plan.plan_file",
    "segno": "encoding.qr_code",
    "rich": "bank.bars cli.output cli.wallet.jars",
}
# Rooms all of which may import a package.
ROOM_EDGES = {"typer": {"cli"}}

# The rooms that do no input or output, and what nothing in them imports: clocks, chance, files, networks, processes.
WITHOUT_IO = ("plan", "protocol", "model", "disclosure")
IO = frozenset({"asyncio", "http", "io", "logging", "os", "pathlib", "random", "secrets", "shutil", "socket"})
IO |= {"sqlite3", "ssl", "subprocess", "tempfile", "threading", "time", "urllib"}
