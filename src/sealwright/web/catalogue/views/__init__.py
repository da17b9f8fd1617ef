"""The console of programmes, the designer, and badge pictures."""
