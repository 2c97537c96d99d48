"""The region picker's answers: public, the same for everybody."""
