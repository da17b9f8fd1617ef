"""What credentials are good for: skills, gaps, routes and screening, as functions over values.

Knows neither Django nor the credential engine: whoever has credentials maps them to
`Evidence` first. Time, files and seeds are arguments. Needs numpy (the extra `skills`).
"""
