"""What the counties' figures cost when the journal is long."""
