"""The demo world: fictional providers, programmes, people and awards, all truly signed."""
