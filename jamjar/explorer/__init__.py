"""The record as pages for auditors and the public: members, consents, transactions, and a log's proofs."""
