"""Lines and branches of the contracts that a suite reached."""
