"""What a person holds, brings along, shows and shares."""
