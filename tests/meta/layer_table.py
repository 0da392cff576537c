"""Which layer each module of jamjar is in, and what only a few of them may import; `test_layers` holds them to it."""

# From the bottom up: a module imports from its own layer and from those above it in this table.
LAYERS = {
    "pure": "address advice budget catalogue commitment consent_events consent_history consent_parties "
    "consent_record consent_rules consent_words decision disclosure entries errors event hand_over_rules hashing held "
    "lines member_events member_rules merkle money padding paper_text period purpose record recorded replay "
    "schedule scope settings strict_json terms typed_data verification "
    "bank.bars bank.book bank.csv_files bank.keys bank.layouts bank.open_banking bank.reader bank.rules bank.source "
    "bank.spending bank.svg bank.text bank.transaction "
    "audit.block audit.bloom audit.figures audit.findings audit.history audit.page audit.pictures audit.report "
    "audit.saved_state audit.style tlog.checkpoint tlog.errors tlog.leaf tlog.proof tlog.reading "
    "tlog.strict_base64 tlog.tiles tlog.tree",
    "edges": "asking calls card_page carried consent_schema contract_abi database deployment event_log ledger package "
    "panic_card raw_logs recipient_key rejection reply sealing signed_json signing "
    "vault.connecting vault.header vault.page vault.passphrase vault.records vault.secret vault.storage_errors "
    "vault.store vault.tables vault.turns vault.vault vault.whole_file "
    "audit.built_code audit.calldata audit.reading audit.views tlog.evidence tlog.folder tlog.monitor_state "
    "tlog.note tlog.policy tlog.receipt tlog.web",
    "services": "mailbox.app mailbox.client mailbox.conditions mailbox.rates mailbox.refusal mailbox.service "
    "mailbox.sight mailbox.signed_request mailbox.store mailbox.tables mailbox.watch "
    "relayer.accounts relayer.answers relayer.app relayer.batching relayer.calldata relayer.carrier "
    "relayer.carrier_settings relayer.chain relayer.client relayer.clock relayer.conditions relayer.epochs "
    "relayer.following relayer.health relayer.intake relayer.item relayer.journal relayer.metrics relayer.node "
    "relayer.outbox relayer.outcomes relayer.queue relayer.receipt relayer.refusal relayer.shares relayer.sight "
    "relayer.tables relayer.transactions relayer.worker "
    "audit.auditor audit.checks audit.nodes audit.past audit.store audit.tables tlog.monitor tlog.publisher "
    "tlog.receipts tlog.witness tlog.witness_app tlog.witness_client tlog.witness_store",
    "roles": "administrator adviser adviser_mail claimant claimant_mail erasure jars kept_receipts looks refusals",
    "commands": "cli.adviser cli.audit cli.carry cli.connections cli.consents cli.ending cli.files cli.keep "
    "cli.listening cli.log cli.mailbox cli.main cli.money cli.monitor cli.receipts cli.relayer cli.sending cli.setting "
    "cli.show cli.shown cli.sorting cli.verify cli.wallet cli.witness __main__",
}
# What only the named modules of jamjar may import.
RESERVED = {
    "web3": {"asking", "ledger", "raw_logs", "relayer.node"},
    "requests": {"asking", "audit.reading", "mailbox.client", "relayer.client", "tlog.web"},
    "fastapi": {"mailbox.app", "relayer.app", "tlog.witness_app"},
    "coincurve": {"signing"},
    "sqlalchemy": {"audit.store", "audit.tables", "database", "mailbox.store", "mailbox.tables", "tlog.witness_store"}
    | {"relayer.journal", "relayer.queue", "relayer.tables"}
    | {"vault.connecting", "vault.storage_errors", "vault.store", "vault.tables"},
    "typer": {"cli.adviser", "cli.carry", "cli.consents", "cli.ending", "cli.keep", "cli.mailbox", "cli.main"}
    | {"cli.audit", "cli.log", "cli.monitor", "cli.receipts", "cli.verify", "cli.witness"}
    | {"cli.money", "cli.relayer", "cli.sending", "cli.setting", "cli.show", "cli.shown", "cli.sorting", "cli.wallet"},
    "ijson": {"bank.open_banking"},
    "brownie": set(),
    "scripts": set(),
    "tests": set(),
}
# The time, chance, files, nodes and other programs: what a pure module gets as values.
OUTSIDE = {
    "asyncio",
    "http",
    "io",
    "logging",
    "os",
    "pathlib",
    "random",
    "secrets",
    "socket",
    "sqlite3",
    "subprocess",
    "tempfile",
    "time",
    "urllib",
}
