"""The public log of everything issued, which nobody can change unnoticed."""
