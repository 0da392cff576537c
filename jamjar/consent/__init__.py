"""The content of a consent: purpose, scope, terms, times, and its record after ISO/IEC TS 27560."""
