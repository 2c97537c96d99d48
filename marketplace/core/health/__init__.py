"""Whether the site lives and what it needs answers, for load balancers and monitoring."""
