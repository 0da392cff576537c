"""What a consent says: purpose, scope, terms, times, and its record after ISO/IEC TS 27560."""
