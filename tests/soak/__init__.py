"""What the suite tries a few times and `make soak` thousands of times: races, repetitions, histories."""
