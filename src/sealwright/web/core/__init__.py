"""What every app leans on: refusals, safety headers, limits."""
