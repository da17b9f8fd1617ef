"""Who vouches for whom: accreditation, membership and registers, as facts with a source."""
