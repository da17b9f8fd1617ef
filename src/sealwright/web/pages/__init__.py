"""The public pages: awards, programmes, providers and the catalogue."""
