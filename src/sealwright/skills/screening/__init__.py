"""Comparing candidates' proven skills with what a job asks for, with every reason."""
