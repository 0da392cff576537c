"""The vectors of every format that another implementation must make, written from fixed bytes."""
