"""Checking credentials that people bring: the page, the fragment and the endpoint."""
