"""Hiring on proof: what a job asks, against the credentials that candidates bring."""
